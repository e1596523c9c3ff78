"""A widget that no kernel has, put into a notebook: when the page complains of it, it would of any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import nbformat
from waiting import PATIENCE_S

if TYPE_CHECKING:
    from browser.harness import Server
    from playwright.sync_api import Page

__all__ = ["lose_a_widget", "only_that_is_lost"]

_COMPLAINT = "Error displaying widget: model not found"
_LOOKED = """(complaint) => {
  const words = document.body.innerText;
  return words.includes(complaint) && !words.includes('Loading widget');
}"""
_VIEW = "application/vnd.jupyter.widget-view+json"


def lose_a_widget(lab: Server, name: str, target: str) -> None:
    """Copy a notebook, with one cell more at its top, in whose output stands a widget without a kernel.

    The server saves the copy as one that was run there, hence trusted: no other shows widgets.
    """
    story = nbformat.read(lab.root / name, as_version=4)
    bundle = {_VIEW: {"version_major": 2, "version_minor": 0, "model_id": "0" * 32}, "text/plain": "lost"}
    output = nbformat.v4.new_output("display_data", bundle)
    story.cells.insert(0, nbformat.v4.new_code_cell("lost", outputs=[output]))
    for cell in story.cells:
        if cell.cell_type == "code":
            cell.metadata.trusted = True
    answer = httpx.put(
        f"{lab.base}api/contents/{target}",
        params={"token": lab.token},
        json={"type": "notebook", "format": "json", "content": story},
        timeout=PATIENCE_S,
    )
    answer.raise_for_status()


def only_that_is_lost(page: Page) -> None:
    """Wait until the page has looked for its widgets in the kernel; all others there are must be found.

    JupyterLab looks when its widget manager has come up, for two seconds: whoever asks earlier sees nothing.
    """
    page.wait_for_function(_LOOKED, arg=_COMPLAINT)
    assert page.inner_text("body").lower().count("model not found") == 1
