"""Words that stand for a picture, for those who do not see it."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from nbconvert import HTMLExporter
from PIL import Image

import nemo_widgets as nemo
from nemo_widgets import widgets
from nemo_widgets.studio.samples import SAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CLIP = SAMPLES["scenes"]
DRAFT = {"t": [{"tt": 0, "sg": [{"d": 4000, "m": {"name": 'the "harbour" & <b>more</b>'}}]}]}


def photo() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((40, 30), 90).save(out, "PNG")
    return out.getvalue()


SHOWN: dict[str, tuple[Callable[[], Any], str]] = {
    "TimelinePicture": (lambda: widgets.TimelinePicture(nemo.Draft(DRAFT)), "harbour"),
    "DifferencePicture": (lambda: widgets.DifferencePicture(nemo.Draft({}), nemo.Draft(DRAFT)), "harbour"),
    "Draft": (lambda: nemo.Draft(DRAFT), "harbour"),
    "MediaSheet": (lambda: widgets.MediaSheet([(CLIP, "scenes.mp4", "0:15")]), "scenes.mp4 · 0:15"),
    "AnswerPicture": (lambda: widgets.AnswerPicture(photo(), "the kiss"), "the kiss"),
    "AnswerPicture without words": (lambda: widgets.AnswerPicture(photo(), ""), "picture"),
    "Player": (lambda: widgets.Player(CLIP), "scenes.mp4 · 0:15"),
    "Video": (lambda: nemo.Video(CLIP, 15_200, 1), "scenes.mp4 · 0:15"),
}


@pytest.mark.usefixtures("ears")
@pytest.mark.parametrize("name", SHOWN)
def test_every_picture_has_its_words(name: str) -> None:
    """Whatever of ours shows a picture says in words what is on it, where hosts look for them."""
    make, words = SHOWN[name]
    data, metadata = make()._repr_mimebundle_()
    (picture,) = (mime for mime in data if mime.startswith("image/"))
    assert words in metadata[picture]["alt"]
    assert words in data["text/plain"]
    assert "\n" not in metadata[picture]["alt"]
    output = nbformat.v4.new_output("display_data", data, metadata=metadata)
    story = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x", outputs=[output])])
    html, _ = HTMLExporter(template_name="classic").from_notebook_node(story)
    assert "No description has been provided" not in html


@pytest.mark.parametrize("place", ["nemo_widgets", "nemo_widgets.draft"])
def test_a_draft_shows_its_timeline_with_nothing_loaded_but_itself(place: str) -> None:
    """To import `Draft` is enough, as in a host that takes bundles and no extension."""
    code = f"from {place} import Draft; print(*Draft()._repr_mimebundle_(include=None, exclude=None)[0])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["text/plain", "image/png"]


def test_to_look_never_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What can't be drawn, or was removed, is told in words."""
    gone = nemo.Video(tmp_path / "gone.mp4", 15_200, 600_000)
    assert gone._repr_mimebundle_() == ({"text/plain": "gone.mp4 · 0:15.2 · 600 kB · not there any more"}, {})
    monkeypatch.setitem(sys.modules, "nemo_widgets.widgets.timeline", None)
    assert nemo.Draft(DRAFT)._repr_mimebundle_() == ({"text/plain": repr(nemo.Draft(DRAFT))}, {})
