"""Nothing can be edited whose render is not measured."""

from __future__ import annotations

import importlib
from pathlib import Path

from nemo_widgets.studio.agent.edits import EVERY


def test_every_edit_is_measured() -> None:
    """Each class of the edits is named by a test that renders it."""
    files = Path(__file__).parent.glob("test_*.py")
    modules = [importlib.import_module(f"studio.agent.rendered.{file.stem}") for file in files]
    tests = [test for module in modules for test in vars(module).values() if callable(test)]
    measured = {edit for test in tests for edit in getattr(test, "edits", ())}
    assert measured == set(EVERY)
