"""A widget that no kernel has, put into a notebook: when the page complains of it, it would of any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

__all__ = ["lose_a_widget", "only_that_is_lost"]

_COMPLAINT = "Error displaying widget: model not found"
_VIEW = "application/vnd.jupyter.widget-view+json"


def lose_a_widget(path: Path, target: Path) -> None:
    """Copy a notebook, with one cell more at its end, in whose output stands a widget without a kernel."""
    story = nbformat.read(path, as_version=4)
    bundle = {_VIEW: {"version_major": 2, "version_minor": 0, "model_id": "0" * 32}, "text/plain": "lost"}
    cell = nbformat.v4.new_code_cell("lost", outputs=[nbformat.v4.new_output("display_data", bundle)])
    story.cells.append(cell)
    nbformat.write(story, target)


def only_that_is_lost(page: Page) -> None:
    """Wait until the page has looked for its widgets in the kernel; all others there are must be found.

    JupyterLab looks when its widget manager has come up, for two seconds: whoever asks earlier sees nothing.
    """
    page.wait_for_selector(f".jp-OutputArea-output:text('{_COMPLAINT}')", timeout=60_000)
    assert page.inner_text("body").count(_COMPLAINT) == 1
    assert page.inner_text("body").lower().count("model not found") == 1
