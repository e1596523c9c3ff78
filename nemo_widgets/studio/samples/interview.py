"""A made interview of three minutes: a boat builder talks, the time and the frame's number are burnt in."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from nemo_widgets.fonts import font

from .counter import burn
from .painting import SIZE, rgb
from .people import Actor, Pose
from .recorded import Track, gaps, lay, sentences
from .room import room_tone
from .scenery import PLACES
from .scripts import SCRIPTS
from .voice import RATE
from .writing import write

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["make_interview", "truth"]

_FPS = 10
_LENGTH_MS = 180_000
_FIRST_MS = 900
_TURNS = (0, 12, -9, 18, -3, 6, -15)
"""Degrees that she looks aside, from sentence to sentence."""


def make_interview(path: str | Path) -> dict[str, Any]:
    """Make the interview as an MP4 (640x360, 10 frames a second); what is known about it, see `truth`."""
    track = _track()
    sound = track.samples + room_tone(len(track.samples))
    write(Path(path), _pictures(track), sound[:, None], fps=_FPS, crf=27, bit_rate=64_000, preset="superfast")
    return truth()


def truth() -> dict[str, Any]:
    """What is known about the interview, times in ms.

    duration_ms, fps, sentences, utterances ([start, end] each), pauses (gaps of 500 ms or more), scenes.
    """
    spoken = _track().spoken
    return {
        "duration_ms": _LENGTH_MS,
        "fps": _FPS,
        "sentences": [s.text for s in spoken],
        "utterances": [[s.start * 1000 // RATE, s.end * 1000 // RATE] for s in spoken],
        "pauses": gaps(spoken, _LENGTH_MS),
        "scenes": [["interview", 0, _LENGTH_MS]],
    }


def _track() -> Track:
    lengths = [len(s) * 1000 // RATE for s in sentences("interview")]
    steps = [a + line.after for a, line in zip(lengths, SCRIPTS["interview"], strict=True)]
    return lay("interview", accumulate(steps[:-1], initial=_FIRST_MS), _LENGTH_MS)


def _pictures(track: Track) -> Iterator[Image.Image]:
    behind = _workshop()
    keys: list[tuple[float, Pose]] = []
    for i, spoken in enumerate(track.spoken):
        start, end, yaw = spoken.start / RATE, spoken.end / RATE, _TURNS[i % len(_TURNS)]
        for at, talk in ((start - 0.08, 0), (start + 0.02, 1), (end - 0.06, 1), (end, 0)):
            keys.append((at, Pose(318, 150, 58, yaw, talk=talk, smile=0.5)))
    speaker = Actor("Amara", keys)
    for frame in range(_LENGTH_MS * _FPS // 1000):
        picture = behind.copy()
        speaker.draw(picture, frame / _FPS)
        burn(picture, frame, _FPS)
        yield picture


def _workshop() -> Image.Image:
    """The water behind a window, out of focus, a wall of planks, a sign with her name."""
    water = dict(PLACES)["harbour"]().draw(2.6).filter(ImageFilter.GaussianBlur(4))
    picture = Image.new("RGB", SIZE, rgb("#6b4a35"))
    pen = ImageDraw.Draw(picture)
    shades = np.random.default_rng(5).integers(-9, 9, SIZE[0] // 40 + 1)
    for i, shade in enumerate(shades.tolist()):
        pen.rectangle((i * 40, 0, i * 40 + 38, SIZE[1]), fill=(112 + shade, 80 + shade, 58 + shade))
    picture.paste(water.crop((60, 40, 330, 260)), (30, 30))
    pen.rectangle((24, 24, 305, 255), outline=rgb("#3d2a1e"), width=8)
    pen.line([(164, 28), (164, 252)], fill=rgb("#3d2a1e"), width=6)
    pen.rectangle((462, 70, 616, 76), fill=rgb("#4b3324"))
    for x, high, colour in (
        (478, 44, "#c8553d"),
        (506, 30, "#d9a441"),
        (530, 38, "#3d6a8a"),
        (566, 52, "#e9dcc3"),
    ):
        pen.rounded_rectangle((x, 70 - high, x + 20, 70), 4, fill=rgb(colour))
    picture = picture.filter(ImageFilter.GaussianBlur(1.2))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((470, 312, 624, 342), fill=rgb("#1f2a44"))
    pen.text((480, 315), "Amara, boat builder", font=font(15), fill=rgb("#f7f1e6"))
    return picture
