"""Where a text may be broken into lines: between words, and between letters where words have no spaces."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from .choice import clusters
from .lines import length_of

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

__all__ = ["pieces", "wrapped"]

_CLOSING = (
    "、。，．！？；：）》」』】〉”’…,.!?;:)]}%،؛؟।॥ๆฯ々ーヽヾゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ・"
)
"""A line never begins with one of these."""
_OPENING = "（《「『【〈“‘([{"
"""Nor ends with one of these."""
_HANGUL = ((0x1100, 0x1200), (0x3130, 0x3190), (0xA960, 0xA980), (0xAC00, 0xD800), (0xFFA0, 0xFFE0))
"""Koreans write spaces: their words stay whole."""
_UNSPACED = (
    (0x0E00, 0x0F00),
    (0x1000, 0x10A0),
    (0x1780, 0x1800),
    (0x1950, 0x19E0),
    (0x1A20, 0x1AB0),
    (0xA9E0, 0xAA80),
)
"""Thai, Lao, Burmese, Khmer and their kin have no spaces between words."""
_LEADING = "เแโใไເແໂໃໄ"
"""Vowels that stand before the letter they belong to."""
_FOLLOWING = "ะาๅຯະາໆ"
"""Vowels that stand behind it."""
_JOINING = "\u1039\u17d2"
"""What puts the next letter below the last one."""
_AFTER = "\u0f0b\u1361\u200b"
"""Marks between words or syllables, where there are no spaces."""


def wrapped(text: str, letters: FreeTypeFont, width: float) -> list[str]:
    """The text in lines of at most `width` pixels, at the size of `letters`.

    Words stay whole if they fit; Chinese, Japanese and Thai break between letters. No mark leaves its letter.
    """
    size, lines = round(letters.size), []
    for paragraph in text.splitlines():
        line, long = "", 0.0
        for piece in _pieces(paragraph):
            if line and long + length_of(piece.rstrip(), size) > width:
                lines.append(line.rstrip())
                line, long = "", 0.0
            more = piece if line else piece.lstrip()
            if not line and length_of(more.rstrip(), size) > width:
                whole, more = _broken(more, size, width)
                lines += whole
            line, long = line + more, long + length_of(more, size)
        lines.append(line.rstrip())
    return lines


def _broken(word: str, size: int, width: float) -> tuple[list[str], str]:
    """A word that is too long, in lines, and what is left for the next one."""
    lines, line, long = [], "", 0.0
    for cluster in clusters(word):
        more = length_of(cluster, size)
        if line and long + more > width and not cluster.isspace():
            lines.append(line)
            line, long = "", 0.0
        line, long = line + cluster, long + more
    return lines, line


def pieces(text: str) -> list[str]:
    """What must not be broken: words with the space behind, Chinese characters with what closes them."""
    return list(_pieces(text))


@lru_cache(maxsize=256)
def _pieces(text: str) -> tuple[str, ...]:
    """Remembered for the last texts: one is wrapped again and again until its lines are even."""
    found: list[str] = []
    before = ""
    for cluster in clusters(text):
        if not before or _breaks(before, cluster):
            found.append(cluster)
        else:
            found[-1] += cluster
        before = cluster
    return tuple(found)


def _breaks(before: str, cluster: str) -> bool:
    """Whether a line may end between two letters."""
    if _is_space(cluster) or "\u00a0" in (before, cluster):
        return False
    if _is_space(before):
        return True
    if cluster[0] in _CLOSING or before[-1] in _OPENING:
        return False
    if _in(cluster, _UNSPACED) or _in(before, _UNSPACED):
        return before[0] not in _LEADING and before[-1] not in _JOINING and cluster[0] not in _FOLLOWING
    return _is_wide(cluster) or _is_wide(before) or before[-1] in _AFTER


def _is_space(cluster: str) -> bool:
    return cluster.isspace() and cluster != "\u00a0"


def _is_wide(cluster: str) -> bool:
    """Chinese and Japanese letters, their marks, and emoji."""
    char = cluster[0]
    return (
        (east_asian_width(char) in "WF" and not _in(cluster, _HANGUL))
        or "\uff61" <= char <= "\uff9f"
        or "\ufe0f" in cluster
    )


def _in(cluster: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    code = ord(cluster[0])
    return any(first <= code < end for first, end in ranges)
