"""What changed between two drafts, as named changes with specifics and as sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .model import AUDIO, TEXT, VIDEO, Draft, Segment
from .summary import clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LISTED = 4
"""More changes of one sort than this are told as a count."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change. For cuts, `start_ms` and `end_ms` are positions in the source, else on the timeline.

    `what` is removed, restored (a part of a source that was not shown before), transition, length, order,
    or for music and titles added, removed, changed. `before` and `after` are short texts, "" for none.
    """

    what: str
    kind: str
    name: str
    start_ms: int | None = None
    end_ms: int | None = None
    before: str = ""
    after: str = ""


def changes(before: Draft, after: Draft) -> list[Change]:
    """The changes that lead from one draft to the other; empty if nothing a viewer could notice changed."""
    if before.data == after.data:
        return []
    found = [*_cuts(before, after), *_transitions(before, after)]
    found += [*_items(before, after, AUDIO), *_items(before, after, TEXT)]
    if (first := _order(before)) != (now := _order(after)) and sorted(first) == sorted(now):
        found.append(Change("order", "video", "", before=_names(first), after=_names(now)))
    if before.duration_ms != after.duration_ms:
        lengths = clock(before.duration_ms), clock(after.duration_ms)
        found.append(Change("length", "timeline", "", before=lengths[0], after=lengths[1]))
    return found or [Change("changed", "timeline", "", before="", after="details that no table shows")]


def describe(found: Iterable[Change]) -> list[str]:
    """The changes as sentences, cuts that are many told as a count with their length."""
    found = list(found)
    lines: list[str] = []
    for what in ("removed", "restored"):
        cuts = [c for c in found if c.what == what and c.kind == "video"]
        verb = "Removed" if what == "removed" else "Added"
        if len(cuts) > _LISTED:
            total = sum((c.end_ms or 0) - (c.start_ms or 0) for c in cuts)
            lines.append(f"{verb} {len(cuts)} parts, {total / 1000:.1f} s together.")
        else:
            lines += [f"{verb} {c.before or c.after} of {c.name or 'the clip'}." for c in cuts]
    lines += [_sentence(c) for c in found if c.what not in ("removed", "restored") or c.kind != "video"]
    return lines


def _sentence(c: Change) -> str:
    label = {"audio": "Music", "text": "Title"}.get(c.kind, c.kind.capitalize())
    match c.what:
        case "transition":
            return f"Transitions: {c.before or 'none'} → {c.after or 'none'}."
        case "length":
            return f"Length: {c.before} → {c.after}."
        case "order":
            return f"Order: {c.before} → {c.after}."
        case "added":
            return f"{label} added: {c.after}."
        case "removed":
            return f"{label} removed: {c.before}."
        case _:
            return f"{label} changed: {c.before} → {c.after}." if c.before else f"{label} changed: {c.after}."


def _segments(draft: Draft, kind: int) -> list[Segment]:
    return [s for track in draft.layout() if track.type == kind for s in track.segments]


def _shown(draft: Draft) -> dict[str, list[tuple[int, int]]]:
    """What of each source is shown, as merged ranges of the source, by the segment's source and name."""
    shown: dict[str, list[tuple[int, int]]] = {}
    for s in sorted(_segments(draft, VIDEO), key=lambda s: s.in_ms or 0):
        start = s.in_ms or 0
        end = s.out_ms if s.out_ms is not None else start + s.duration_ms
        ranges = shown.setdefault(f"{s.src}\0{s.name}", [])
        if ranges and start <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        else:
            ranges.append((start, end))
    return shown


def _cuts(before: Draft, after: Draft) -> Iterator[Change]:
    old, new = _shown(before), _shown(after)
    for key in dict.fromkeys([*old, *new]):
        name = key.split("\0")[1]
        for start, end in _minus(old.get(key, []), new.get(key, [])):
            yield Change("removed", "video", name, start, end, before=f"{clock(start)}–{clock(end)}")
        for start, end in _minus(new.get(key, []), old.get(key, [])):
            yield Change("restored", "video", name, start, end, after=f"{clock(start)}–{clock(end)}")


def _minus(left: list[tuple[int, int]], right: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in left:
        at = start
        for a, b in right:
            if b <= at or a >= end:
                continue
            if a > at:
                yield at, a
            at = b
        if at < end:
            yield at, end


def _transitions(before: Draft, after: Draft) -> Iterator[Change]:
    def told(draft: Draft) -> str:
        cuts = [s for s in _segments(draft, VIDEO) if s.transition]
        kinds = ", ".join(dict.fromkeys(f"{s.transition} {s.transition_ms / 1000:g} s" for s in cuts))
        return f"{len(cuts)} ({kinds})" if cuts else ""

    if (old := told(before)) != (new := told(after)):
        yield Change("transition", "video", "", before=old, after=new)


def _items(before: Draft, after: Draft, kind: int) -> Iterator[Change]:
    """Music and titles, matched by id where there is one, else by name and place."""
    sort = "audio" if kind == AUDIO else "text"
    old = {s.id or f"{i}:{s.name}": s for i, s in enumerate(_segments(before, kind))}
    new = {s.id or f"{i}:{s.name}": s for i, s in enumerate(_segments(after, kind))}
    for key in dict.fromkeys([*old, *new]):
        a, b = old.get(key), new.get(key)
        if a is None and b is not None:
            yield Change("added", sort, b.name, b.start_ms, b.end_ms, after=_told(b))
        elif b is None and a is not None:
            yield Change("removed", sort, a.name, a.start_ms, a.end_ms, before=_told(a))
        elif a is not None and b is not None and _told(a) != _told(b):
            yield Change("changed", sort, b.name, b.start_ms, b.end_ms, _told(a), _told(b))


def _told(s: Segment) -> str:
    name = f"“{s.text}”" if s.text else s.name or "untitled"
    level = f", {round(s.volume * 100)} %" if s.volume is not None else ""
    return f"{name} {clock(s.start_ms)}–{clock(s.end_ms)}{level}"


def _order(draft: Draft) -> list[tuple[str, str, int]]:
    return [(s.name, s.src, s.in_ms or 0) for s in _segments(draft, VIDEO)]


def _names(order: list[tuple[str, str, int]]) -> str:
    return ", ".join(name or "untitled" for name, _, _ in order)
