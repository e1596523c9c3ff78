"""What a font file has: its characters and its tables, read from the file itself (OpenType 1.9, cmap)."""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Tables", "read_tables"]

_MOST_TABLES, _MOST_BYTES, _MOST_GROUPS = 256, 1 << 23, 1 << 17
_SEGMENTS, _GROUPS = 4, 12
"""The two formats of character maps that fonts of today have."""
_UNICODE = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}


@dataclass(frozen=True, slots=True)
class Tables:
    """The names of a font's tables, and its characters as ranges in order: `starts`, and `ends` included."""

    names: frozenset[str] = frozenset()
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    flat_colours: bool = False
    """Whether it has coloured glyphs of flat layers (COLR version 0)."""

    def has(self, code: int) -> bool:
        """Whether there is a glyph for this character."""
        at = bisect_right(self.starts, code) - 1
        return at >= 0 and code <= self.ends[at]


@lru_cache(maxsize=4096)
def read_tables(path: Path, index: int = 0) -> Tables:
    """What the font at `index` of a file has; nothing for a file that can't be read as a font."""
    try:
        with path.open("rb") as file:
            head = file.read(12)
            offset = 0
            if head[:4] == b"ttcf":
                file.seek(12 + 4 * index)
                (offset,) = struct.unpack(">I", file.read(4))
                file.seek(offset)
                head = file.read(12)
            (count,) = struct.unpack(">H", head[4:6])
            rows = [struct.unpack(">4sIII", file.read(16)) for _ in range(min(count, _MOST_TABLES))]
            places = {str(name, "latin-1"): (at, size) for name, _, at, size in rows}
            parts = {}
            for name in ("cmap", "COLR"):
                at, size = places.get(name, (0, 0))
                file.seek(at)
                parts[name] = file.read(min(size, _MOST_BYTES if name == "cmap" else 4))
        ranges = _ranges(parts["cmap"])
    except (OSError, ValueError, struct.error, IndexError):
        return Tables()
    flat = len(parts["COLR"]) == 4 and struct.unpack(">HH", parts["COLR"])[1] > 0  # noqa: PLR2004 - its head
    return Tables(frozenset(places), tuple(r[0] for r in ranges), tuple(r[1] for r in ranges), flat)


def _ranges(cmap: bytes) -> list[tuple[int, int]]:
    """The characters of the largest Unicode table in a character map."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    found = []
    for n in range(min(count, _MOST_TABLES)):
        platform, coding, at = struct.unpack_from(">HHI", cmap, 4 + 8 * n)
        (form,) = struct.unpack_from(">H", cmap, at)
        if (platform, coding) in _UNICODE and form in (_SEGMENTS, _GROUPS):
            found.append((form, at))
    if not found:
        return []
    form, at = max(found)
    ranges = _grouped(cmap, at) if form == _GROUPS else _segmented(cmap, at)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _grouped(cmap: bytes, at: int) -> list[tuple[int, int]]:
    (count,) = struct.unpack_from(">I", cmap, at + 12)
    groups = (struct.unpack_from(">III", cmap, at + 16 + 12 * n) for n in range(min(count, _MOST_GROUPS)))
    return [(start + (glyph == 0), end) for start, end, glyph in groups if end >= start + (glyph == 0)]


def _segmented(cmap: bytes, at: int) -> list[tuple[int, int]]:
    (double,) = struct.unpack_from(">H", cmap, at + 6)
    count = double // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{count}H", cmap, at + 14 + n * double + 2 * (n > 0)) for n in range(4)
    )
    found: list[tuple[int, int]] = []
    for n, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        if start > end or start == 0xFFFF:  # noqa: PLR2004 - the end of the table
            continue
        if not offset:
            missing = -delta & 0xFFFF  # the one character that this gives glyph 0
            found += [
                (a, b) for a, b in ((start, min(end, missing - 1)), (max(start, missing + 1), end)) if a <= b
            ]
            continue
        place = at + 16 + 3 * double + 2 * n + offset
        glyphs = struct.unpack_from(f">{end - start + 1}H", cmap, place)
        found += [(start + i, start + i) for i, glyph in enumerate(glyphs) if glyph]
    return found
