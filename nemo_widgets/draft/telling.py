"""Changes as sentences: what, name, when, before and after; many of one sort as one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.languages import either, spoken
from nemo_widgets.printable import printable

from .clock import clock
from .schema import TEXT_KINDS
from .wording import lasting, quoted, short, what_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .changes import Change

__all__ = ["describe"]

_LISTED = 4
"""More changes of one sort than this are told as one."""
_CLIPS = ("video", "sound")
_NOUNS = {"video": "change.clip", "sound": "change.clip", "audio": "change.music"}
_MANY = {"video": "change.clips", "sound": "change.clips", "audio": "change.pieces"}
"""Of one and of many; texts are called by their kind."""


def describe(found: Iterable[Change]) -> list[str]:
    """The changes as sentences, in order; more than four of one sort are told as one, with their extent."""
    groups: dict[tuple[str, str, str], list[Change]] = {}
    for c in found:
        groups.setdefault((c.what, c.kind, c.style), []).append(c.said(spoken()))
    return [printable(line) for group in groups.values() for line in _lines(group)]


def _lines(group: Sequence[Change]) -> Iterator[str]:
    if len(group) > _LISTED and group[0].what not in ("order", "length"):
        yield say("change.ended", told=_many(group))
        return
    for c in group:
        yield say("change.ended", told=_one(c))


def _one(c: Change) -> str:
    if c.what == "detail":
        if c.before or c.after:
            return say("change.detail values", name=short(c.name), values=_values(c))
        return say("change.detail", name=short(c.name))
    if c.kind == "timeline":
        what = say("change.project") if c.what == "title" else _what(c)
        return say("change.whole", what=what, values=_values(c))
    if c.what in _SENTENCES:
        return _SENTENCES[c.what](c)
    whose = quoted(c.name.strip()) or say("change.the", noun=_lower(_noun(c)))
    given = {"what": _what(c), "whose": whose, "values": _values(c)}
    return say("change.of when", when=_when(c), **given) if _when(c) else say("change.of", **given)


def _added(c: Change) -> str:
    if c.kind not in _CLIPS:
        return say("change.added", noun=_noun(c), what=c.after)
    return say("change.added", noun=_noun(c), what=f"{quoted(c.name.strip())} {_when(c)}".strip())


def _removed(c: Change) -> str:
    if c.kind in _CLIPS and c.before == _when(c):
        return say("change.cut", part=c.before, name=short(c.name) or say("change.the clip"))
    return say("change.removed", noun=_noun(c), what=c.before)


def _restored(c: Change) -> str:
    return say("change.restored", part=c.after, name=short(c.name) or say("change.the clip"))


def _time(c: Change) -> str:
    """How long something lasts now, or when, where its start is another too."""
    who = quoted(c.name.strip()) or say("change.The", noun=_lower(_noun(c)))
    row = "change.now at" if "–" in c.after else "change.now long"
    return say(row, who=who, before=c.before, after=c.after)


def _transition(c: Change) -> str:
    at = clock(c.start_ms or 0)
    if c.before and c.after:
        told = [_transition_told(words) for words in (c.before, c.after)]
        return say("change.transition", at=at, before=told[0], after=told[1])
    told_of = _upper(_transition_told(c.after or c.before))
    return say("change.transition set" if c.after else "change.transition gone", told=told_of, at=at)


def _transition_told(words: str) -> str:
    kind, _, seconds = words.rpartition(" ")[0].rpartition(" ")
    return say("change.transition long", kind=short(kind), seconds=seconds) if kind else words


def _freeze(c: Change) -> str:
    at, name = clock(c.start_ms or 0), quoted(c.name.strip())
    whose = {"name": name} if name else {}
    if c.before and c.after:
        row = "change.held otherwise of" if name else "change.held otherwise"
        return say(row, at=at, values=_values(c), **whose)
    if c.after:
        return say("change.held of" if name else "change.held", at=at, long=c.after, **whose)
    return say("change.released of" if name else "change.released", at=at, **whose)


_SENTENCES: dict[str, Callable[[Change], str]] = {
    "added": _added,
    "removed": _removed,
    "restored": _restored,
    "moved": lambda c: say("change.moved", who=_who(c), before=c.before, after=c.after),
    "order": lambda c: say("change.order", values=_values(c)),
    "split": lambda c: say("change.split", who=_who(c), at=c.after),
    "time": _time,
    "transition": _transition,
    "freeze": _freeze,
}


_COUNTED = {"split": "change.many split", "freeze": "change.many freeze"}
_DONE = {"added": "change.many added", "removed": "change.many removed", "moved": "change.many moved"}


def _many(group: Sequence[Change]) -> str:
    c, n, extent = group[0], len(group), _extent(group)
    if c.what in ("removed", "restored") and c.kind in _CLIPS:
        total = lasting(sum((g.end_ms or 0) - (g.start_ms or 0) for g in group)).said(spoken())
        return say("change.many cut" if c.what == "removed" else "change.many restored", count=n, long=total)
    if c.what == "transition":
        return _many_transitions(group, extent)
    if c.what in _COUNTED:
        return say(_COUNTED[c.what], count=n, extent=extent)
    if c.what in _DONE:
        return say(_DONE[c.what], things=_things(c, n), extent=extent)
    if c.what == "detail":
        return say("change.many details", count=n, name=short(c.name))
    given = {"what": _what(c), "things": _things(c, n), "extent": extent}
    same = len({(g.before, g.after) for g in group}) == 1
    return say("change.many alike", values=_values(c), **given) if same else say("change.many", **given)


def _many_transitions(group: Sequence[Change], extent: str) -> str:
    kinds = list(dict.fromkeys(_transition_told(g.after or g.before) for g in group))
    more = [say("change.more kinds", count=len(kinds) - _LISTED)] if len(kinds) > _LISTED else []
    told = say("names.comma").join([*kinds[:_LISTED], *more])
    before, after = any(g.before for g in group), any(g.after for g in group)
    row = "change.transitions set"
    if before:
        row = "change.transitions changed" if after else "change.transitions removed"
    return say(row, count=len(group), extent=extent, kinds=told)


def _extent(group: Sequence[Change]) -> str:
    starts = [g.start_ms for g in group if g.start_ms is not None]
    ends = [g.end_ms for g in group if g.end_ms is not None]
    if not starts:
        return ""
    return say("change.extent", start=clock(min(starts)), end=clock(max([*starts, *ends])))


def _things(c: Change, n: int) -> str:
    """So many of what has changed."""
    if c.style:
        return say("change.texts", count=n, name=_kind(c))
    return say(_MANY[c.kind], count=n) if c.kind in _MANY else say("change.kinds", count=n, kind=c.kind)


def _noun(c: Change) -> str:
    """What one is that has changed."""
    if c.style:
        return _upper(_kind(c))
    return say(_NOUNS[c.kind]) if c.kind in _NOUNS else say("change.kind", kind=c.kind)


def _kind(c: Change) -> str:
    return TEXT_KINDS[c.style].name.said(spoken())


def _who(c: Change) -> str:
    name = quoted(c.name.strip())
    return say("change.noun called", noun=_noun(c), name=name) if name else _noun(c)


def _what(c: Change) -> str:
    return _upper(what_name(c.what).said(spoken()))


def _upper(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _lower(words: str) -> str:
    return either(spoken(), words.lower(), words)


def _when(c: Change) -> str:
    if c.start_ms is None:
        return ""
    return clock(c.start_ms) + (f"–{clock(c.end_ms)}" if c.end_ms is not None else "")


def _values(c: Change) -> str:
    none = say("change.none")
    return f"{c.before or none} → {c.after or none}"
