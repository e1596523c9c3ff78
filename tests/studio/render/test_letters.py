"""Letters read out of the decoded export: of texts that differ little, the one that was written is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from nemo_widgets.draft import Draft
from nemo_widgets.fonts import can_shape
from nemo_widgets.fonts.choice import choose

if TYPE_CHECKING:
    from types import SimpleNamespace

    from numpy.typing import NDArray

READ = {
    "Polish": ("Zażółć gęślą jaźń", ("Zazolc gesla jazn", "Zażółc gęślą jaźń", "Zażółć gęśla jaźń")),
    "Czech": (
        "Příliš žluťoučký kůň",
        ("Prilis zlutoucky kun", "Příliš žlutoučký kůň", "Příliš žluťoučky kůň"),
    ),
    "Turkish": ("ığdır şöförün göğsü", ("igdir şöförün göğsü", "ığdır söförün göğsü", "ığdır şöförün gögsü")),
    "Vietnamese": ("Tiếng Việt rất đẹp", ("Tieng Viet rat dep", "Tiêng Việt rất đẹp", "Tiếng Việt rất đep")),
    "Ukrainian": ("Київ і Європа", ("Киів і Європа", "Київ ї Європа", "Київ і Европа")),
    "simplified Chinese": ("夜里的灯火很亮", ("夜裏的燈火很亮", "夜里的火很亮", "夜里的灯水很亮")),
    "Japanese": ("テストです", ("チストです", "テストてす", "テスです")),
    "Korean": ("한국어", ("한극어", "힌국어", "한국")),
    "Hebrew": ("שלום עולם", ("םולש םלוע", "עולם שלום", "שלוס עולם")),
    "Arabic": ("مرحبا بالعالم", ("مرحبا بالعلم", "مرخبا بالعالم", "م ر ح ب ا بالعالم")),
}
"""A sentence, and others that it must not be taken for."""


def drawn(text: str, face: Any, size: int) -> NDArray[np.float64]:
    """The text as Pillow draws it with that font: how much ink is where, cut to what there is of it."""
    font = ImageFont.truetype(str(face), size)
    image = Image.new("L", (size * len(text) + 200, 3 * size))
    ImageDraw.Draw(image).text((100, 2 * size), text, 255, font, anchor="ls")
    return cut(np.asarray(image, np.float64))


def cut(luma: NDArray[np.float64]) -> NDArray[np.float64]:
    """The part of a picture that has ink."""
    ink = luma > luma.max() / 2
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return luma[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def apart(seen: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """How much two texts differ where they differ most: the share of ink in the worst patch.

    Each is drawn as large as the other; a patch is about as large as a letter's mark.
    """
    soft = []
    for picture in (seen, other):
        grey = Image.fromarray(picture / picture.max() * 255).resize((1200, 96), Image.Resampling.BOX)
        soft.append(np.asarray(grey.convert("L").filter(ImageFilter.BoxBlur(1)), np.float64))
    off = np.abs(soft[0] - soft[1]) / 255
    patch = off.reshape(96 // 16, 16, 1200 // 24, 24).mean(axis=(1, 3))
    return float(patch.max())


@pytest.mark.parametrize("style", ["subtitle", "title"])
@pytest.mark.parametrize("language", READ)
def test_the_letters_of_an_export_can_be_read(kit: SimpleNamespace, language: str, style: str) -> None:
    """The text in the film is the one that was written, and none that differs by a mark or a letter."""
    text, others = READ[language]
    (face,) = {face for _, face in choose(text)}
    if not can_shape() and language == "Arabic":
        pytest.skip("Pillow has no library here that joins letters")
    cue = {"start": 0, "text": text, "style": style, "animation": "none", "size": 280}
    draft = {"d": 200, "m": {"width": 1280, "height": 320, "fps": 10},
             "t": [{"tt": 7, "m": {"name": "Subtitles"}, "sg": [{"d": 200, "m": cue}]}]}  # fmt: skip
    film = kit.make(Draft(draft), resolution="1280x320").path
    luma = kit.watched(film)[0].astype(np.float64)
    seen = cut(np.clip(luma - 16, 0, None))
    size = round(100 * seen.shape[0] / drawn(text, face.path, 100).shape[0])
    own = apart(seen, drawn(text, face.path, size))
    strange = [apart(seen, drawn(other, face.path, size)) for other in others]
    assert own < 0.3
    assert min(strange) > own + 0.1
