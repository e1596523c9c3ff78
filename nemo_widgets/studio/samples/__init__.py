"""Clips to try things out with, free of anyone's rights, and what is known about them.

| name | what is there |
|---|---|
| speech | a short lesson with pauses at known places |
| scenes | five painted places, hard cuts at known places |
| interview | 3 minutes: a boat builder talks; the time and the frame's number are burnt in |
| recording | 2 minutes: a screen with an editor, a terminal and a browser, explained with pauses |
| footage | 2 minutes, unedited: scenes of all sorts, with speech, silences, blur, black, a frozen picture |
| film | a minute: two meet, friends talk, they walk, and at dusk they kiss |

The first two come with the package. The others are made when first wanted, in some seconds, the same every
time, and kept in the user's cache. Everything in them is drawn, spoken and mixed by this package.
"""

from __future__ import annotations

import json
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say

from .freed import give_back
from .keeping import kept, place
from .telling import heard, telling

if TYPE_CHECKING:
    from .telling import Heard

__all__ = ["NAMES", "SAMPLES", "make", "truth"]

_HERE = Path(__file__).parent

SAMPLES = MappingProxyType({"speech": _HERE / "speech.mp4", "scenes": _HERE / "scenes.mp4"})
"""The clips that come with the package, by name."""

NAMES = (*SAMPLES, "interview", "recording", "footage", "film")
"""All there are."""


def make(name: str, folder: str | Path = ".", progress: Heard | None = None) -> Path:
    """Put a sample into a folder (made if it is not there) under its own file name; the clip's path.

    Args:
        name: which.
        folder: where to.
        progress: called with the frames drawn and their number in all (0 while that is not known), where it
            has to be drawn first.

    Raises:
        ValueError: there is no sample of that name.
    """
    name = _known(name)
    target = Path(folder) / f"{name}.mp4"
    target.parent.mkdir(parents=True, exist_ok=True)
    if name in SAMPLES:
        return place(SAMPLES[name], target)

    def draw(path: Path) -> None:
        try:
            with telling(progress):
                heard(0, 0)
                getattr(_maker(name), f"make_{name}")(path)
        finally:
            give_back()

    def waiting() -> None:
        if progress is not None:
            progress(0, 0)

    if (made := kept(name, draw, waiting)) is not None:
        return place(made, target)
    unfinished = target.with_name(f".{name}.part.mp4")
    try:
        draw(unfinished)
        return unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def truth(name: str) -> dict[str, Any]:
    """What is known about a sample, times in ms; `duration_ms` of each.

    Of `speech`, `interview`, `recording` and `footage`: sentences, utterances ([start, end] each), pauses
    (gaps of 500 ms or more, silence before and after the speech included). Of `scenes`: scenes (names),
    cuts_ms. Of `footage` and `film`: scenes ([name, start, end] each), cuts_ms. Of `footage`: black, blurry
    and frozen stretches. Of `recording`: windows and typing. Of `film`: kiss.

    Raises:
        ValueError: there is no sample of that name.
    """
    name = _known(name)
    if name in SAMPLES:
        known: dict[str, Any] = json.loads((_HERE / "truth.json").read_text(encoding="utf-8"))[name]
        return known
    told: dict[str, Any] = _maker(name).truth()
    return told


def _maker(name: str) -> Any:
    """The module that makes a sample: it paints, so it is loaded for who asks."""
    return import_module(f".{name}", __name__)


def _known(name: str) -> str:
    plain = name.lower().removesuffix(".mp4")
    if plain in NAMES:
        return plain
    near = get_close_matches(plain, NAMES, 1, 0.6)
    guess = say("sample.meant", name=near[0]) if near else ""
    names = say("names.and", names=", ".join(NAMES[:-1]), last=NAMES[-1])
    raise ValueError(say("sample.unknown", name=repr(name), names=names) + guess)
