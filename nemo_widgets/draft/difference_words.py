"""A difference as a sentence: in the words that tell of an edit's changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say

from .changes import Change
from .clock import clock, clocks
from .properties import told
from .schema import TRANSITIONS, Name, percent
from .telling import describe
from .wording import NOTHING, ROOT, SEGMENT, lasting, plain, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from .layout import Segment

__all__ = ["said"]

Words = tuple[Name, Name]


def said(
    what: str, kind: str, name: str, s: Segment | None, values: tuple[Any, Any], *, key: str = ""
) -> str:
    """One sentence.

    Args:
        what: what differs.
        kind: the kind of the track, track, or timeline.
        name: what that which differs is called.
        s: the segment, None for what is of a track or of the whole.
        values: before and after.
        key: the way to it in the segment, where it is a detail.
    """
    if kind == "track":
        return _of_track(what, name, *values)
    if what == "detail" and s is not None:
        name = f"{name}: {key}"
    start, end = (s.start_ms, s.end_ms) if s is not None else (None, None)
    if what == "cut":
        start, end = values[0]
    words = _words(what, s, *values)
    style = s.text_kind if kind == "text" and s is not None else ""
    as_told = "time" if what == "trimmed" and not isinstance(values[0], tuple) else _AS.get(what, what)
    change = Change(as_told, kind, name, start, end, words[0].en, words[1].en, style)
    chinese = [zh if zh != en else "" for en, zh in words]
    return describe([replace(change, chinese=("", chinese[0], chinese[1]))])[0]


_AS = {"trimmed": "part", "cut": "removed"}


def _of_track(what: str, name: str, before: Any, after: Any) -> str:
    if what in ("added", "removed"):
        return say(f"difference.track {what}", name=plain(after or before))
    called, none = say("difference.track", name=name), say("change.none")
    values = f"{plain(before) or none} → {plain(after) or none}"
    return say("change.ended", told=say("change.detail values", name=called, values=values))


def _words(what: str, s: Segment | None, before: Any, after: Any) -> Words:
    """Before and after in words."""
    if s is not None and what in ("added", "removed"):
        words = told(s)
        return (words, NOTHING) if what == "removed" else (NOTHING, words)
    if what in _BOTH:
        return _BOTH[what](before, after)
    form = _FORMS.get(what) or _of_key(what)
    return form(before), form(after)


def _same(before: str, after: str) -> Words:
    return Name.same(before), Name.same(after)


def _span(part: tuple[int | None, int | None]) -> str:
    return "–".join(clock(ms) if ms is not None else "" for ms in part)


def _volume(value: float | None) -> Name:
    if value is None:
        return Name("as recorded", "原声")
    return Name.same(percent(value)) if value else Name("muted", "静音")


def _cut(value: tuple[str, int] | None) -> Name:
    if value is None:
        return NOTHING
    name, long = TRANSITIONS.get(value[0], Name.same(value[0])), lasting(value[1])
    return Name(f"{name.en} {long.en}", f"{name.zh} {long.zh}")


def _held(value: Any) -> Name:
    return Name("held", "定格") if value is True else NOTHING


def _trimmed(before: Any, after: Any) -> Words:
    if isinstance(before, tuple):
        return _same(_span(before), _span(after))
    return lasting(before), lasting(after)


_BOTH: dict[str, Callable[[Any, Any], Words]] = {
    **dict.fromkeys(("moved", "length"), lambda before, after: _same(*clocks(before, after))),
    **dict.fromkeys(("trimmed", "part"), _trimmed),
    "cut": lambda before, _: _same(_span(before), ""),
    "split": lambda _, after: _same("", clock(after)),
}
_FORMS: dict[str, Callable[[Any], Name]] = {
    "volume": _volume,
    "speed": lambda value: Name.same(f"{value:g}×"),
    "transition": _cut,
    "freeze": _held,
    **dict.fromkeys(("text", "name", "source"), lambda value: Name.same(quoted(plain(value)))),
}


def _of_key(what: str) -> Callable[[Any], Name]:
    """How the value of another key is put."""
    known = (form for name, form in (*SEGMENT.values(), *ROOT.values()) if name.en == what)
    return next(known, lambda value: Name.same(plain(value)))
