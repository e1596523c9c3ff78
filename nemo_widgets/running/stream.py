"""The raw stream of an answer beside its meaning: what a lesson, or somebody who looks for a fault, wants."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from nemo_widgets.client import (
    ArgumentsEvent,
    ErrorEvent,
    HeartbeatEvent,
    PictureEvent,
    ProgressEvent,
    TextEvent,
    ThoughtEvent,
    ToolCallEvent,
    ToolResultEvent,
)
from nemo_widgets.printable import printable_repr
from nemo_widgets.redaction import HIDDEN, redact_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from nemo_widgets.client import Event

__all__ = ["StreamLine", "hide_split", "meaning", "note", "stream_table"]

_IN_RAW = re.compile(r'"((?:[^"\\]|\\.){0,2000})"(\s{0,4}:)?')
"""A text in a message's data, or a key. Messages are cut, so that not all of them can be parsed."""
_LONGEST = 2000
_SHOWN = 80
_MOST_EVENTS = 1000
"""So many events of a message are kept."""
_MOST_LINES = 5000
"""So many messages are kept one by one; all later ones are counted."""
_MOST_KEPT = 2_000_000
"""In characters of their data: the same, however few they are."""
_REST = "… (what follows is counted, and not kept)"


@printable_repr
@dataclass(slots=True)
class StreamLine:
    """One message of the stream: when it came (seconds from sending), its data, the events that it holds.

    `count` is how many like it came one after the other: signs of life, or what came behind all that is kept.
    `size` is how many characters had come by then.
    """

    at_s: float
    raw: str
    events: list[Event] = field(default_factory=list)
    count: int = 1
    size: int = field(default=0, repr=False, compare=False)

    @classmethod
    def of(cls, at_s: float, data: str | None) -> StreamLine:
        """A line that keeps the first 2,000 characters of its data; None is a comment or an empty block."""
        return cls(round(at_s, 3), _cut(data or ""))

    def take(self, event: Event) -> None:
        """Keep an event of it. Of signs of life one is enough."""
        known = isinstance(event, HeartbeatEvent) and event in self.events[-1:]
        if not known and len(self.events) < _MOST_EVENTS and self.size <= _MOST_KEPT:
            self.events.append(event)

    @property
    def _is_a_sign_of_life(self) -> bool:
        return len(self.events) == 1 and isinstance(self.events[0], HeartbeatEvent)


def note(lines: list[StreamLine], at_s: float, data: str | None) -> None:
    """Write a message down as it comes, before its events. However many come, the list stays of a size."""
    line, last = StreamLine.of(at_s, data), lines[-1] if lines else None
    line.size = len(data or "") + (last.size if last is not None else 0)
    if last is not None and last._is_a_sign_of_life and line.raw == last.raw:  # noqa: SLF001 - of this module
        last.count += 1
    elif last is not None and len(lines) > 1 and last.raw == _REST:
        last.count += 1
        last.events.clear()
    elif len(lines) == _MOST_LINES or (last is not None and last.size > _MOST_KEPT):
        lines.append(replace(line, raw=_REST))
    else:
        lines.append(line)


def hide_split(lines: list[StreamLine]) -> None:
    """Hide what is secret in the texts of several messages together: each alone was looked through before."""
    found = [(line, name, text) for line in lines for name, text in _texts(line)]
    hidden = redact_pieces([text for _, _, text in found], [name for _, name, _ in found])
    for (line, _, text), left in zip(found, hidden or [], strict=bool(hidden)):
        if text != left and line.raw != HIDDEN:
            line.raw = HIDDEN
            line.events = [_veiled(event) for event in line.events]


def _texts(line: StreamLine) -> Iterator[tuple[str, str]]:
    """The texts of a message, each with a name that the same one has in others: words, or a field."""
    for event in line.events:
        if isinstance(event, (TextEvent, ThoughtEvent)):
            yield type(event).__name__, event.text
            yield "words", event.text
        else:
            for each in fields(event):
                yield from _held(getattr(event, each.name), f"{type(event).__name__} {each.name}")
    name = "raw"
    for text, colon in _IN_RAW.findall(line.raw):
        yield ("raw" if colon else name), text
        name = f"raw {text}" if colon else name
    if not line.events:
        yield "line", line.raw


def _held(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """The texts in a field of an event, each with a name."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, list):
        for held in value:
            yield from _held(held, name)
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from _held(key, name)
            yield from _held(held, f"{name} {key}")


def _veiled(event: Event) -> Event:
    """An event with all of its texts hidden."""
    return replace(event, **{each.name: _veil(getattr(event, each.name)) for each in fields(event)})


def _veil(value: Any) -> Any:
    if isinstance(value, list):
        return [_veil(held) for held in value]
    if isinstance(value, dict):
        return {_veil(key): _veil(held) for key, held in value.items()}
    return HIDDEN if isinstance(value, str) and value else value


def meaning(event: Event) -> str:
    """An event in a few words.

    >>> meaning(TextEvent("Cut", partial=True))
    'a piece of text: Cut'
    """
    told = "something that the protocol does not name: kept, and passed over"
    match event:
        case TextEvent(text=words, partial=partial):
            told = f"{'a piece of text' if partial else 'the whole text'}: {_short(words)}"
        case ThoughtEvent(text=words):
            told = f"a thought, not for you: {_short(words)}"
        case ToolCallEvent(name=name, args=args):
            told = f"the agent uses {name}({', '.join(f'{k}={_short(str(v))}' for k, v in args.items())})"
        case ArgumentsEvent(piece=piece):
            told = f"more of what the agent's tool is given: {_short(piece)}"
        case ToolResultEvent(name=name, response=response):
            told = f"{name or 'the tool'} answers {_short(str(response))}"
        case PictureEvent(data=data, alt=alt):
            told = f"a picture of {len(data):,} bytes: {_short(alt) or 'without words'}"
        case ProgressEvent(tool=tool, done_s=done, whole_s=whole):
            told = f"how far {tool} is: {done:.1f} of {whole:.1f} s"
        case HeartbeatEvent():
            told = "a heartbeat: still at work"
        case ErrorEvent(message=message):
            told = f"a failure: {_short(message)}"
    return told


def stream_table(lines: list[StreamLine]) -> pd.DataFrame:
    """One row a message of the stream: at_s, raw, meaning."""
    from nemo_widgets.table import table_of

    rows = [(line.at_s, line.raw, _told(line)) for line in lines]
    return table_of(rows, ["at_s", "raw", "meaning"])


def _told(line: StreamLine) -> str:
    told = _cut("; ".join(map(meaning, line.events)))
    return f"{told} ({line.count:,} times)" if line.count > 1 else told


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}… ({len(words):,} characters)"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
