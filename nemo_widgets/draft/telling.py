"""Changes as sentences: what, name, when, before and after; many of one sort as one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.printable import printable

from .clock import clock, duration
from .schema import TEXT_KINDS
from .wording import quoted, short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .changes import Change

__all__ = ["describe"]

_LISTED = 4
"""More changes of one sort than this are told as one."""
_CLIPS = ("video", "sound")
_NOUNS = {"video": ("Clip", "clips"), "sound": ("Clip", "clips"), "audio": ("Music", "pieces of music")}
"""Of one and of many; texts are called by their kind."""


def describe(found: Iterable[Change]) -> list[str]:
    """The changes as sentences, in order; more than four of one sort are told as one, with their extent."""
    groups: dict[tuple[str, str, str], list[Change]] = {}
    for c in found:
        groups.setdefault((c.what, c.kind, c.style), []).append(c)
    return [printable(line) for group in groups.values() for line in _lines(group)]


def _lines(group: Sequence[Change]) -> Iterator[str]:
    if len(group) > _LISTED and group[0].what not in ("order", "length"):
        yield f"{_many(group)}."
        return
    for c in group:
        yield f"{_one(c)}."


def _one(c: Change) -> str:
    if c.what == "detail":
        return f"{short(c.name)} changed{_values(c)}"
    if c.kind == "timeline":
        what = "Title of the project" if c.what == "title" else c.what.capitalize()
        return f"{what}: {_change(c)}"
    if c.what in _SENTENCES:
        return _SENTENCES[c.what](c)
    if c.what == "time":
        return _time(c)
    when = f"({_when(c)})" if c.start_ms is not None else ""
    return f"{c.what.capitalize()} of {_called(c) or 'the ' + _noun(c).lower() + ' '}{when}".rstrip() + (
        f": {_change(c)}"
    )


def _added(c: Change) -> str:
    return f"{_noun(c)} added: {c.after if c.kind not in _CLIPS else _called(c) + _when(c)}"


def _removed(c: Change) -> str:
    if c.kind in _CLIPS and c.before == _when(c):
        return f"Removed {c.before} of {short(c.name) or 'the clip'}"
    return f"{_noun(c)} removed: {c.before}"


def _time(c: Change) -> str:
    """How long something lasts now, or when, where its start is another too."""
    who = _called(c) or f"The {_noun(c).lower()} "
    if "–" in c.after:
        return f"{who}is now at {c.after} (was {c.before})"
    return f"{who}is now {c.after} long (was {c.before})"


def _transition(c: Change) -> str:
    at = clock(c.start_ms or 0)
    if c.before and c.after:
        return f"Transition at {at}: {_transition_told(c.before)} → {_transition_told(c.after)}"
    told = _transition_told(c.after or c.before)
    return f"{told[:1].upper()}{told[1:]} at {at}" + ("" if c.after else " removed")


def _transition_told(words: str) -> str:
    kind, _, seconds = words.rpartition(" ")[0].rpartition(" ")
    return f"{short(kind)} of {seconds} s" if kind else words


def _freeze(c: Change) -> str:
    whose = f" of {_called(c).rstrip()}" if _called(c) else ""
    at = clock(c.start_ms or 0)
    if c.before and c.after:
        return f"Picture{whose} held at {at}: {_change(c)}"
    return (
        f"Picture{whose} held at {at} for {c.after}" if c.after else f"Picture{whose} no longer held at {at}"
    )


_SENTENCES: dict[str, Callable[[Change], str]] = {
    "added": _added,
    "removed": _removed,
    "restored": lambda c: f"Added {c.after} of {short(c.name) or 'the clip'}",
    "moved": lambda c: f"{_noun(c)} {_called(c)}moved from {c.before} to {c.after}",
    "order": lambda c: f"Order: {_change(c)}",
    "split": lambda c: f"Clip {_called(c)}split at {c.after}",
    "transition": _transition,
    "freeze": _freeze,
}


def _many(group: Sequence[Change]) -> str:
    c, n = group[0], len(group)
    extent = _extent(group)
    if c.what in ("removed", "restored") and c.kind in _CLIPS:
        total = sum((g.end_ms or 0) - (g.start_ms or 0) for g in group)
        return f"{'Removed' if c.what == 'removed' else 'Added'} {n} parts, {duration(total)} together"
    if c.what == "transition":
        kinds = list(dict.fromkeys(_transition_told(g.after or g.before) for g in group))
        verb = (
            "set"
            if not any(g.before for g in group)
            else "changed"
            if any(g.after for g in group)
            else "removed"
        )
        more = [f"and {len(kinds) - _LISTED} more"] if len(kinds) > _LISTED else []
        return f"Transitions {verb} at {n} cuts{extent} ({', '.join([*kinds[:_LISTED], *more])})"
    if c.what in _SENTENCES:
        things = {"split": "cuts", "freeze": "pictures"}.get(c.what, _plural(c))
        done = (
            "held or no longer held"
            if c.what == "freeze"
            else "made without taking anything out"
            if c.what == "split"
            else c.what
        )
        return f"{n} {things} {done}{extent}"
    if c.what == "detail":
        return f"{n} details changed, {short(c.name)} the first of them"
    same = len({(g.before, g.after) for g in group}) == 1
    return f"{c.what.capitalize()} of {n} {_plural(c)}{extent}{': ' + _change(c) if same else ' changed'}"


def _extent(group: Sequence[Change]) -> str:
    starts = [g.start_ms for g in group if g.start_ms is not None]
    ends = [g.end_ms for g in group if g.end_ms is not None]
    return f", {clock(min(starts))}–{clock(max([*starts, *ends]))}" if starts else ""


def _plural(c: Change) -> str:
    if c.style:
        return f"{TEXT_KINDS[c.style].name.en}s"
    return _NOUNS[c.kind][1] if c.kind in _NOUNS else f"segments of kind {c.kind}"


def _noun(c: Change) -> str:
    if c.style:
        return TEXT_KINDS[c.style].name.en.capitalize()
    return _NOUNS[c.kind][0] if c.kind in _NOUNS else f"Segment of kind {c.kind}"


def _called(c: Change) -> str:
    return f"{quoted(c.name)} " if c.name.strip() else ""


def _when(c: Change) -> str:
    if c.start_ms is None:
        return ""
    return clock(c.start_ms) + (f"–{clock(c.end_ms)}" if c.end_ms is not None else "")


def _change(c: Change) -> str:
    return f"{c.before or 'none'} → {c.after or 'none'}"


def _values(c: Change) -> str:
    return f" ({_change(c)})" if c.before or c.after else ""
