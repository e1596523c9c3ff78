"""The public face of the package."""

import subprocess
import sys

import nemo_widgets as nemo

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
