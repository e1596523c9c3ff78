"""A draft as a person sees it: what is shown in which order, and everything about it that can be changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nemo_widgets.draft import AUDIO, TEXT, VIDEO, Draft

SEGMENT_KEYS = {
    "speed": 1.0,
    "reverse": False,
    "rotate": 0,
    "flip": None,
    "crop": None,
    "focus": None,
    "zoom": None,
    "looks": None,
    "volume": 1.0,
}
"""What a shot can have, each with what it means to have none."""
TIMING = {"cut", "speed", "freeze", "joints"}
"""What moves everything behind it, and so where music ends."""
_CLOSE_MS = 50
_TEXT_KEYS = ("style", "subtitle", "position", "size", "color", "background", "animation")


@dataclass(frozen=True)
class Piece:
    """One segment: `low` to `high` of its source, `start` to `end` on the timeline, in ms."""

    name: str
    src: str
    low: int
    high: int
    start: int
    end: int
    meta: dict[str, Any]

    def get(self, key: str) -> Any:
        """A key's value, or what it means to have none."""
        value = self.meta.get(key)
        return SEGMENT_KEYS.get(key) if value in (None, [], {}) else value


def plain(name: str) -> str:
    """A clip's name without its ending, in small letters."""
    return name.rsplit(".", 1)[0].casefold() if "." in name[-5:] else name.casefold()


def _pieces(data: dict[str, Any], kind: int) -> list[list[Piece]]:
    tracks = [t for t in Draft(data).layout() if t.type == kind and t.segments]
    return [
        [
            Piece(
                plain(s.name),
                s.src,
                s.in_ms or 0,
                s.out_ms if s.out_ms is not None else (s.in_ms or 0) + s.duration_ms,
                s.start_ms,
                s.end_ms,
                s.raw.get("m", {}),
            )
            for s in track.segments
        ]
        for track in tracks
    ]


def shots(data: dict[str, Any]) -> list[Piece]:
    """The main track, stills included."""
    return next(iter(_pieces(data, VIDEO)), [])


def moving(data: dict[str, Any]) -> list[Piece]:
    """The main track without frozen pictures."""
    return [s for s in shots(data) if not s.meta.get("freeze")]


def sounds(data: dict[str, Any]) -> list[Piece]:
    """The music."""
    return [p for track in _pieces(data, AUDIO) for p in track]


def texts(data: dict[str, Any]) -> list[Piece]:
    """Every text, in order of time."""
    return sorted((p for track in _pieces(data, TEXT) for p in track), key=lambda p: p.start)


def shown(data: dict[str, Any]) -> list[tuple[str, int, int]]:
    """What of the sources is shown, as (name, from, to) in ms; a split without a cut is none."""
    found: list[tuple[str, str, int, int]] = []
    for s in moving(data):
        before = found[-1] if found else None
        if before and before[1] == s.src and abs(before[3] - s.low) <= _CLOSE_MS and s.high > s.low:
            found[-1] = (*before[:3], s.high)
        else:
            found.append((s.name, s.src, s.low, s.high))
    return [(name, low, high) for name, _, low, high in found]


def joints(data: dict[str, Any]) -> list[tuple[str, int]]:
    """The transition at every cut of the main track as (type, length in ms); ("", 0) for a hard one."""
    cuts = [s.meta.get("transition") or {} for s in shots(data)[1:]]
    return [(cut.get("type", ""), cut.get("d", 0)) for cut in cuts]


def _values(data: dict[str, Any], key: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for s in moving(data):
        found.setdefault(s.src, set()).add(repr(s.get(key)))
    return found


def changed(before: dict[str, Any], after: dict[str, Any], touched: set[str]) -> list[str]:
    """What is different although nothing in `touched` lets it be."""
    old, new = before.get("m", {}), after.get("m", {})
    moved = touched & TIMING
    found = [
        key
        for key in SEGMENT_KEYS
        if key not in touched and not _same_values(before, after, key, cut="cut" in touched)
    ]
    if "cut" not in touched and not _same_ranges(shown(before), shown(after)):
        found.append("cut")
    if "freeze" not in touched and _stills(before) != _stills(after):
        found.append("freeze")
    if "joints" not in touched:
        were, are = ([j for j in joints(d) if j[0]] for d in (before, after))
        if len(are) > len(were) or (not moved and are != were):
            found.append("joints")
    if "fit" not in touched and (_fits(before) != _fits(after)):
        found.append("fit")
    root = {"frame": ("width", "height"), "loudness": ("loudness",), "fade": ("fade_in", "fade_out")}
    rest = (set(old) | set(new)) - {"fit", "fade_color"} - {k for keys in root.values() for k in keys}
    root["root"] = tuple(sorted(rest))
    found += [
        name
        for name, keys in root.items()
        if name not in touched and any((old.get(k) or 0) != (new.get(k) or 0) for k in keys)
    ]
    if "music" not in touched and _beds(before, timed=not moved) != _beds(after, timed=not moved):
        found.append("music")
    if "texts" not in touched and _words(before, timed=not moved) != _words(after, timed=not moved):
        found.append("texts")
    return found


def _same_values(before: dict[str, Any], after: dict[str, Any], key: str, *, cut: bool) -> bool:
    old, new = _values(before, key), _values(after, key)
    return all(new[src] <= old[src] if cut else new[src] == old[src] for src in new if src in old)


def _same_ranges(old: list[tuple[str, int, int]], new: list[tuple[str, int, int]]) -> bool:
    return len(old) == len(new) and all(
        a[0] == b[0] and abs(a[1] - b[1]) <= _CLOSE_MS and abs(a[2] - b[2]) <= _CLOSE_MS
        for a, b in zip(old, new, strict=True)
    )


def _stills(data: dict[str, Any]) -> list[tuple[str, int]]:
    return [(s.src, s.end - s.start) for s in shots(data) if s.meta.get("freeze")]


def _fits(data: dict[str, Any]) -> set[str]:
    root = data.get("m", {}).get("fit") or "fit"
    return {s.meta.get("fit") or root for s in shots(data)}


def _beds(data: dict[str, Any], *, timed: bool) -> list[tuple[Any, ...]]:
    return [
        (p.src, p.meta.get("volume"), bool(p.meta.get("duck")), *((p.start, p.end) if timed else ()))
        for p in sounds(data)
    ]


def _words(data: dict[str, Any], *, timed: bool) -> list[tuple[Any, ...]]:
    return [
        (p.meta.get("text"), *map(p.meta.get, _TEXT_KEYS), *((p.start, p.end) if timed else ()))
        for p in texts(data)
    ]
