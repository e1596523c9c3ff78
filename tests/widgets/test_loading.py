"""Nothing is loaded before it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

from nemo_widgets import widgets


def test_importing_loads_nothing() -> None:
    """Importing the package loads neither widgets nor pictures nor films; every public name is there."""
    heavy = "{'anywidget', 'ipywidgets', 'PIL', 'av', 'markdown_it', 'pandas', 'numpy'}"
    code = f"import sys, nemo_widgets.widgets; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
    assert all(getattr(widgets, name) for name in widgets.__all__)
    assert dir(widgets) == widgets.__all__
    with pytest.raises(AttributeError, match="Plyer"):
        _ = widgets.Plyer  # type: ignore[attr-defined]
