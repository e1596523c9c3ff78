"""Which font draws which letter: chosen for a letter with its marks, and for an emoji as a whole."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import bidirectional, category, east_asian_width, normalize

from wcwidth import iter_graphemes

from .faces import EMOJI, LATIN, MAIN, bundled, of_extra
from .forms import forms_of
from .system import installed

if TYPE_CHECKING:
    from .faces import Face
    from .forms import Forms

__all__ = ["choose", "clusters", "drawable", "face_of", "ignorable", "missing"]

_TEXT_STYLE, _EMOJI_STYLE = "\ufe0e", "\ufe0f"
_FLAGS = range(0x1F1E6, 0x1F200)
_PICTURES = range(0x1F000, 0x20000)
_MARKS = 32
"""No letter is composed with more marks: ordering them would take the square of their number."""
_FILLERS = (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0)
_PRIVATE = ("Co", "Cs")


def drawable(text: str) -> str:
    """The text as it is drawn: composed (NFC), its line breaks kept, control characters left out.

    Nothing else is left out: what no font has is drawn as a box; `missing` tells.

    >>> drawable("Urban Dreams 🎬")
    'Urban Dreams 🎬'
    """
    if text.isascii() and text.isprintable():
        return text
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    kept = "".join(_written(char) for char in whole if char == "\n" or category(char) != "Cc")
    return "".join(normalize("NFC", each[:_MARKS]) + each[_MARKS:] for each in clusters(kept))


def clusters(text: str) -> list[str]:
    """The text's letters, each with its marks; an emoji of several characters is one (UAX #29)."""
    return list(text) if text.isascii() else list(iter_graphemes(text))


def choose(text: str, forms: Forms = "") -> list[tuple[str, Face | None]]:
    """Pieces of a line, each with the font that it is drawn with; None for what is drawn as a box.

    Chinese characters are drawn in these `forms`, or in those that the text itself tells of.

    A letter and its marks are parted only where no font has both. A word that the main font lacks a letter of
    is drawn with the other one of the same design as a whole; spaces and marks between words go with what is
    before them.
    """
    japanese = (forms or forms_of(text)) == "east"
    chosen: list[tuple[str, Face | None]] = []
    for cluster in clusters(text):
        face = face_of(cluster, japanese=japanese)
        if face is None and len(cluster) > 1:
            chosen += [(char, face_of(char, japanese=japanese)) for char in cluster if not ignorable(char)]
        else:
            chosen.append((cluster, face))
    _keep_words(chosen)
    before: Face | None = None
    for n, (cluster, face) in enumerate(chosen):
        if before not in (None, MAIN) and _between(cluster) and _covers(before, cluster):
            chosen[n] = cluster, before
        elif face is not None and not _between(cluster):
            before = None if face.coloured else face
    return chosen


def missing(text: str) -> list[str]:
    """The characters of a text that no font here has, each once, in their order."""
    found = []
    for char in dict.fromkeys(text):
        seen = drawable(char).strip()
        if seen and not ignorable(seen[0]) and face_of(seen, japanese=False) is None:
            found.append(seen)
    return found


@lru_cache(maxsize=8192)
def face_of(cluster: str, *, japanese: bool) -> Face | None:
    """The first font that has all of a letter: of the package, of the extra, of the machine."""
    if _is_emoji(cluster):
        if EMOJI.has(cluster[0]) and _covers(EMOJI, cluster):
            return EMOJI
        coloured = (face for face in installed() if face.coloured and _covers(face, cluster))
        if found := next((face for face in coloured if face.draws(cluster)), None):
            return found
    for face in (*bundled(japanese=japanese), *of_extra()):
        if _covers(face, cluster):
            return face
    if all(category(char) in _PRIVATE for char in cluster):
        return None
    return next((face for face in installed() if _covers(face, cluster) and face.draws(cluster)), None)


def ignorable(char: str) -> bool:
    """Whether a character is never seen itself: joiners, marks of direction, selectors (UAX #44)."""
    code = ord(char)
    if category(char) == "Cf":
        return code not in range(0x600, 0x606)  # these are signs of Arabic numbers
    return code in _FILLERS or code in range(0xFE00, 0xFE10) or code in range(0xE0100, 0xE01F0)


def _written(char: str) -> str:
    """The sorts of space that fonts lack are usual ones; where a line may not break, it still may not."""
    if char in "\u2007\u202f":
        return "\u00a0"
    return char if char == "\n" or not char.isspace() or char in " \u3000\u00a0" else " "


def _keep_words(chosen: list[tuple[str, Face | None]]) -> None:
    start = 0
    for n in range(len(chosen) + 1):
        if n < len(chosen) and not chosen[n][0].isspace():
            continue
        if any(face == LATIN for _, face in chosen[start:n]):
            for i in range(start, n):
                cluster, face = chosen[i]
                if face == MAIN and east_asian_width(cluster[0]) not in "WF" and _covers(LATIN, cluster):
                    chosen[i] = cluster, LATIN
        start = n + 1


def _covers(face: Face | None, cluster: str) -> bool:
    """Whether a font has every character, composed or not; marks need a font that is shaped."""
    if face is None:
        return False
    seen = [char for char in cluster if not ignorable(char)]
    if face == MAIN and any(category(char)[0] == "M" for char in seen):
        return False
    if all(map(face.has, seen)):
        return True
    return len(seen) == 1 and not seen[0].isascii() and face != MAIN and _apart(face, seen[0])


def _apart(face: Face, char: str) -> bool:
    """Whether a font has a letter and its marks, if not the two in one."""
    parts = normalize("NFD", char)
    return len(parts) > 1 and all(map(face.has, parts))


def _between(cluster: str) -> bool:
    """Whether this stands between words: spaces, and marks that no script has for itself."""
    char = cluster[0]
    if len(cluster) > 1 or char.isspace():
        return cluster.isspace()
    common = category(char)[0] == "P" and bidirectional(char) in ("ON", "CS", "ES", "ET")
    return common and east_asian_width(char) not in "WF"


def _is_emoji(cluster: str) -> bool:
    """Whether it is shown as an emoji: those that are by themselves are wide symbols (UTS #51)."""
    char = cluster[0]
    if _TEXT_STYLE in cluster:
        return False
    if _EMOJI_STYLE in cluster or ord(char) in _FLAGS:
        return True
    return category(char) in ("So", "Sk", "Cn") and (ord(char) in _PICTURES or east_asian_width(char) == "W")
