"""Chapters, as YouTube reads them in a description (`.txt`), and as a Markdown list (`.md`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from nemo_widgets.catalogue import say
from nemo_widgets.draft.layout import length_ms, main_track, tracks_of

from .cut import file_name, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nemo_widgets.draft.layout import Segment

    from .cut import Cut
    from .losses import Losses

__all__ = ["write_list", "write_markdown"]

_SHORTEST_MS = 10_000
"""YouTube takes no chapter that is shorter."""
_FEWEST = 3
"""YouTube shows no chapters where there are fewer."""
_LONGEST_NAME = 100
_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&])")
"""What Markdown gives a meaning."""


class _Chapter(NamedTuple):
    start_ms: int
    name: str


def write_list(cut: Cut, data: dict[str, Any], losses: Losses) -> bytes:
    """A line for each chapter, `0:00 Name`, as YouTube takes them: none is shorter than ten seconds.

    Raises:
        ValueError: nothing is on the timeline.
    """
    whole = length_ms(tracks_of(data))
    kept: list[_Chapter] = []
    for chapter in (every := _chapters(cut, data)):
        last = whole - chapter.start_ms < _SHORTEST_MS
        if not kept or (not last and chapter.start_ms - kept[-1].start_ms >= _SHORTEST_MS):
            kept.append(chapter)
    if len(kept) < len(every):
        losses.add("short", count=len(every) - len(kept))
    if len(kept) < _FEWEST:
        losses.add("few", count=len(kept))
    return "".join(f"{_clock(c.start_ms)} {c.name}\n" for c in kept).encode("utf-8")


def write_markdown(cut: Cut, data: dict[str, Any], _: Losses) -> bytes:
    """A heading and an item for each chapter.

    Raises:
        ValueError: nothing is on the timeline.
    """
    head = f"# {_markdown(line_of(cut.title, _LONGEST_NAME)) or say('chapters.heading')}\n\n"
    items = (f"- **{_clock(c.start_ms)}** {_markdown(c.name)}\n" for c in _chapters(cut, data))
    return (head + "".join(items)).encode("utf-8")


def _chapters(cut: Cut, data: dict[str, Any]) -> list[_Chapter]:
    """The titles, or the clips where there are no titles; the first one begins with the film."""
    named = [*_named(_titles(data))] or [*_named(_clips(data))]
    if not named:
        raise ValueError(say("formats.nothing"))
    if named[0].start_ms >= _SHORTEST_MS:
        named.insert(0, _Chapter(0, line_of(cut.title, _LONGEST_NAME) or say("chapters.start")))
    return [_Chapter(0, named[0].name), *named[1:]]


def _named(segments: Sequence[Segment]) -> Iterator[_Chapter]:
    """A chapter for each segment, but for those named as the one before it."""
    before = ""
    for s in sorted(segments, key=lambda s: s.start_ms):
        name = line_of(s.text or s.name or file_name(s.src), _LONGEST_NAME)
        if name and name != before:
            yield _Chapter(max(0, s.start_ms), name)
            before = name


def _titles(data: dict[str, Any]) -> list[Segment]:
    texts = (s for track in tracks_of(data) if track.kind == "text" for s in track.segments)
    return [s for s in texts if s.text_kind == "title" and s.text.strip()]


def _clips(data: dict[str, Any]) -> list[Segment]:
    """The clips of the track that is cut."""
    main = main_track(data)
    return list(tracks_of({"t": [main]})[0].segments) if main is not None else []


def _clock(ms: int) -> str:
    """The second in which a chapter begins, such as `1:02:03`."""
    minutes, second = divmod(ms // 1000, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def _markdown(name: str) -> str:
    return _SIGNS.sub(r"\\\1", name).replace("$", "&#36;")
