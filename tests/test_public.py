"""The public face of the package."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import nemo_widgets as nemo

ROOT = Path(__file__).parents[1]

HEAVY = (
    "pandas",
    "numpy",
    "httpx",
    "anywidget",
    "ipywidgets",
    "IPython",
    "av",
    "PIL",
    "starlette",
    "markdown_it",
)


def imported_by(statement):
    code = f"import sys; {statement}; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


def test_every_public_name_is_there():
    """What `__all__` names can be had, and `dir` shows it."""
    assert all(getattr(nemo, name) is not None for name in nemo.__all__)
    assert nemo.__all__ == sorted(nemo.__all__)
    assert set(nemo.__all__) <= set(dir(nemo))


def test_importing_the_package_loads_nothing_heavy():
    """`import nemo_widgets` costs next to nothing."""
    assert imported_by("import nemo_widgets") == set()


def test_loading_the_extension_loads_only_ipython():
    """What `%load_ext` imports by itself is IPython's own; the rest is warmed up in a thread of its own."""
    assert imported_by("import nemo_widgets.magics") == {"IPython"}


def test_client_and_draft_stand_alone():
    """The client and the draft work without IPython, pandas and FFmpeg."""
    assert imported_by("import nemo_widgets.draft") == set()
    assert imported_by("import nemo_widgets.client") <= {"httpx"}


def test_the_front_ends_extension_is_in_the_wheel():
    """It stands where JupyterLab looks for it, is named as the package is, and what it loads is there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    ((source, place),) = shared.items()
    (linked,) = nemo._jupyter_labextension_paths()
    assert place == f"share/jupyter/labextensions/{linked['dest']}"
    assert source == f"nemo_widgets/{linked['src']}"
    told = json.loads((ROOT / source / "package.json").read_text())
    assert (told["name"], told["version"]) == (project["project"]["name"], project["project"]["version"])
    assert (ROOT / source / told["jupyterlab"]["_build"]["load"]).is_file()
