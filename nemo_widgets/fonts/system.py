"""The fonts that are installed on the machine, the fittest for films first."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from nemo_widgets.paths import expanded

from .faces import Face

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["installed"]

_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
_MOST = 4000
"""No more files are looked at."""
_SECONDS = 10
_NO_LETTERS = ("lastresort", "adobeblank", "notdef", "unifont", "tofu")
"""Fonts that show every character, but as a box or a number."""
_WORSE = {
    "italic": 16, "oblique": 16, "slanted": 16, "fantasy": 16, "mono": 8, "condensed": 8, "rashi": 8,
    "unjoined": 8, "thin": 6, "light": 4, "serif": 4, "nastaliq": 4, "kufi": 4, "black": 3, "display": 2,
    "looped": 2, "medium": 1, "ui": 1,
}  # fmt: skip
_LARGEST = 200_000_000
"""In bytes; the largest collections of Chinese fonts have a fifth of it."""
_BETTER = {"bold": 3, "noto": 2, "sans": 2, "color": 2}


@cache
def installed() -> tuple[Face, ...]:
    """A font of every font file of the machine: bold, upright and without serifs first."""
    paths = dict.fromkeys(islice(_files(), _MOST))
    usable = [path for path in paths if not any(word in _name(path) for word in _NO_LETTERS)]
    usable = [path for path in usable if _is_font(path)]
    return tuple(Face(path) for path in sorted(usable, key=lambda path: (_rank(path), _name(path))))


def _is_font(path: Path) -> bool:
    """Whether it may be one: to open a pipe would wait for ever, and a device has no end."""
    try:
        return path.is_file() and path.stat().st_size <= _LARGEST
    except OSError:
        return False


def _files() -> Iterator[Path]:
    yield from _listed()
    for folder in _folders():
        for at, _, names in os.walk(folder):
            yield from (Path(at, name) for name in sorted(names) if name.lower().endswith(_SUFFIXES))


def _listed() -> Iterator[Path]:
    """What fontconfig knows, where it is there."""
    program = shutil.which("fc-list")
    if program is None:
        return
    try:
        told = subprocess.run(  # noqa: S603 - fontconfig's own program, nothing of a user in its arguments
            [program, "--format", "%{file}\n"], capture_output=True, timeout=_SECONDS, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return
    yield from (
        Path(line) for line in sorted(os.fsdecode(told).splitlines()) if line.lower().endswith(_SUFFIXES)
    )


def _folders() -> list[Path]:
    home, given = expanded("~"), os.environ.get
    if sys.platform == "win32":
        local = Path(given("LOCALAPPDATA") or home / "AppData" / "Local")
        return [Path(given("WINDIR") or "C:/Windows") / "Fonts", local / "Microsoft" / "Windows" / "Fonts"]
    if sys.platform == "darwin":
        return [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    shared = (given("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    own = given("XDG_DATA_HOME") or home / ".local/share"
    return [home / ".fonts", *(Path(folder, "fonts") for folder in (own, *shared) if folder)]


def _name(path: Path) -> str:
    return path.stem.lower()


def _rank(path: Path) -> int:
    """How little a font fits, by its file's name; "serif" isn't the one in "sansserif"."""
    name = _name(path).replace("sansserif", "sans").replace("sans-serif", "sans")
    worse = sum(weight for word, weight in _WORSE.items() if word in name)
    return worse - sum(weight for word, weight in _BETTER.items() if word in name)
