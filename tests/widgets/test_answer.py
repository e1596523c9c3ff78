"""Pictures of an answer in the saved notebook."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image

from nemo_widgets.widgets import AnswerPicture


def _coded(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


NOISE = Image.fromarray(np.random.default_rng(1).integers(0, 255, (700, 2000, 3), np.uint8))
SMALL = Image.new("RGB", (600, 90), (90, 20, 30))


def _shown(data: bytes) -> tuple[str, Image.Image, int]:
    bundle, metadata = AnswerPicture(data, "the kiss")._repr_mimebundle_()
    assert bundle.pop("text/plain") == "[the kiss]"
    ((mime, coded),) = bundle.items()
    assert metadata == {mime: {"alt": "the kiss"}}
    kept = base64.b64decode(coded)
    return mime, Image.open(io.BytesIO(kept)), len(kept)


def test_a_small_picture_is_kept_as_it_is():
    """A picture of a reasonable size stands in the notebook byte for byte, with its words."""
    data = _coded(SMALL, "PNG")
    assert AnswerPicture(data, "").kept == ("image/png", data)
    assert repr(AnswerPicture(data, "")) == "[picture]"
    assert _shown(data)[:2] == ("image/png", Image.open(io.BytesIO(data)))


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_a_large_picture_is_made_smaller(kind):
    """What is too large, or no format that every notebook shows, becomes a JPEG of at most 150 kB."""
    mime, picture, size = _shown(_coded(NOISE, kind))
    assert mime == "image/jpeg"
    assert picture.size == (960, 336)
    assert size <= 150_000


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n and no picture", _coded(SMALL, "PNG")[:60]])
def test_what_is_no_picture_is_told_in_words(data):
    """Bytes that can't be read as a picture leave only the words."""
    assert AnswerPicture(data, "the kiss")._repr_mimebundle_() == ({"text/plain": "[the kiss]"}, {})
