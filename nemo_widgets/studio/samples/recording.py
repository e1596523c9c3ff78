"""A made screen recording of two minutes: a lesson in an editor, a terminal and a browser, explained."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .recorded import Track, gaps, lay, sentences
from .room import room_tone
from .screens import SCREENS, Screen
from .scripts import SCRIPTS
from .voice import RATE
from .writing import write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

__all__ = ["make_recording", "truth"]

_FPS = 10
_LENGTH_MS = 120_000
_FIRST_MS = 1200
_TYPES_FIRST_S = 0.4
"""How long after a window has come to the front typing begins."""

_SHOWN = (
    (0, "editor", ()),
    (3, "editor", ("def greet(name):", "    return 'Hello, ' + name")),
    (5, "editor", ("print(greet('Mira'))",)),
    (8, "terminal", ("python greeting.py",)),
    (10, "terminal", ("python greeting.py Leo",)),
    (13, "browser", ("python text upper case",)),
    (18, "editor", ("print(greet('Mira').upper())",)),
    (20, "terminal", ("python greeting.py",)),
    (23, "editor", ("print(greet('Mira'))",)),
    (25, "editor", ("# Your turn: ask for the name.",)),
)
"""From which sentence on which window is in front, and what is typed into it."""


def make_recording(path: str | Path) -> dict[str, Any]:
    """Make the recording as an MP4 (640x360, 10 frames a second); what is known about it, see `truth`."""
    track = _track()
    sound = track.samples + room_tone(len(track.samples))
    write(Path(path), _pictures(track), sound[:, None], fps=_FPS, crf=26, bit_rate=64_000, preset="superfast")
    return truth()


def truth() -> dict[str, Any]:
    """What is known about the recording, times in ms.

    duration_ms, fps, sentences, utterances ([start, end] each), pauses (gaps of 500 ms or more), windows
    ([name, start, end]: which one is in front), typing ([start, end] each).
    """
    track = _track()
    shown = _shown(track)
    ends = [*(screen.start for screen in shown[1:]), _LENGTH_MS / 1000]
    windows: list[list[Any]] = []
    for screen, end in zip(shown, ends, strict=True):
        if windows and windows[-1][0] == screen.name:
            windows[-1][2] = round(end * 1000)
        else:
            windows.append([screen.name, round(screen.start * 1000), round(end * 1000)])
    return {
        "duration_ms": _LENGTH_MS,
        "fps": _FPS,
        "sentences": [s.text for s in track.spoken],
        "utterances": [[s.start * 1000 // RATE, s.end * 1000 // RATE] for s in track.spoken],
        "pauses": gaps(track.spoken, _LENGTH_MS),
        "windows": windows,
        "typing": [
            [round(screen.start * 1000 + _TYPES_FIRST_S * 1000), round(screen.typed_at * 1000)]
            for screen in shown
            if screen.lines
        ],
    }


def _track() -> Track:
    lengths = [len(s) * 1000 // RATE for s in sentences("recording")]
    steps = [a + line.after for a, line in zip(lengths, SCRIPTS["recording"], strict=True)]
    return lay("recording", accumulate(steps[:-1], initial=_FIRST_MS), _LENGTH_MS)


def _shown(track: Track) -> list[Screen]:
    """The windows in the order in which they come to the front, each at the end of a sentence before."""
    found = []
    for sentence, name, lines in _SHOWN:
        start = round(track.spoken[sentence].start / RATE * _FPS) / _FPS if sentence else 0.0
        found.append(Screen(name, start, lines, start + _TYPES_FIRST_S))
    return found


def _pictures(track: Track) -> Iterator[Image.Image]:
    shown = _shown(track)
    kept: dict[str, list[str]] = {name: [] for name in SCREENS}
    at = -1
    for frame in range(_LENGTH_MS * _FPS // 1000):
        seconds = frame / _FPS
        if at + 1 < len(shown) and seconds >= shown[at + 1].start:
            if at >= 0:
                kept[shown[at].name] = shown[at].after(kept[shown[at].name])
            at += 1
        yield shown[at].draw(kept[shown[at].name], seconds)
