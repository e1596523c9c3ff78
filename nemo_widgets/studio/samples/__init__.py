"""Two small clips that come with the package, and what is known about them.

`speech` is a short lesson with pauses at known places, `scenes` five painted places with hard cuts at known
places. Both are made by `make_samples`: drawn, spoken and mixed by this package, free of anyone's rights. A
third, with people in it, is made where it is needed: `film.make_film`.
"""

from __future__ import annotations

import json
import shutil
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

__all__ = ["SAMPLES", "copy", "truth"]

_HERE = Path(__file__).parent

SAMPLES = MappingProxyType({"speech": _HERE / "speech.mp4", "scenes": _HERE / "scenes.mp4"})
"""The clips, by name."""


def copy(name: str, folder: str | Path = ".") -> Path:
    """Copy a sample into a folder (made if it is not there) under its own file name; the copy's path.

    Raises:
        ValueError: there is no sample of that name.
    """
    source = SAMPLES[_known(name)]
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(source, target / source.name))


def truth(name: str) -> dict[str, Any]:
    """What is known about a sample, times in ms.

    Of `speech`: duration_ms, sentences, utterances ([start, end] each), pauses (gaps of 500 ms or more,
    silence before and after the lesson included). Of `scenes`: duration_ms, scenes (names), cuts_ms.

    Raises:
        ValueError: there is no sample of that name.
    """
    known: dict[str, Any] = json.loads((_HERE / "truth.json").read_text(encoding="utf-8"))[_known(name)]
    return known


def _known(name: str) -> str:
    plain = name.lower().removesuffix(".mp4")
    if plain in SAMPLES:
        return plain
    near = get_close_matches(plain, SAMPLES, 1, 0.5)
    guess = f" Did you mean {near[0]}?" if near else ""
    raise ValueError(f"There is no sample {name!r}: there are {' and '.join(SAMPLES)}.{guess}")
