"""The raw stream of an answer beside its meaning: what a lesson, or somebody who looks for a fault, wants."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from nemo_widgets.client import (
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
from nemo_widgets.redaction import HIDDEN, spans

if TYPE_CHECKING:
    import pandas as pd

    from nemo_widgets.client import Event

__all__ = ["StreamLine", "hide_split", "meaning", "note", "stream_table"]

_LONGEST = 2000
_SHOWN = 80
_MOST_EVENTS = 1000
"""So many events of a message are kept."""
_MOST_LINES = 5000
"""So many messages are kept one by one; all later ones are counted."""


@printable_repr
@dataclass(slots=True)
class StreamLine:
    """One message of the stream: when it came (seconds from sending), its data, the events that it holds.

    `count` is how many like it came one after the other: signs of life, or what came behind all that is kept.
    """

    at_s: float
    raw: str
    events: list[Event] = field(default_factory=list)
    count: int = 1

    @classmethod
    def of(cls, at_s: float, data: str | None) -> StreamLine:
        """A line that keeps the first 2,000 characters of its data; None is a comment or an empty block."""
        return cls(round(at_s, 3), _cut(data or ""))

    def take(self, event: Event) -> None:
        """Keep an event of it. Of signs of life one is enough."""
        known = isinstance(event, HeartbeatEvent) and event in self.events[-1:]
        if not known and len(self.events) < _MOST_EVENTS:
            self.events.append(event)

    @property
    def _is_a_sign_of_life(self) -> bool:
        return len(self.events) == 1 and isinstance(self.events[0], HeartbeatEvent)


def note(lines: list[StreamLine], at_s: float, data: str | None) -> None:
    """Write a message down as it comes, before its events. However many come, the list stays of a size."""
    line, last = StreamLine.of(at_s, data), lines[-1] if lines else None
    if last is not None and last._is_a_sign_of_life and line.raw == last.raw:  # noqa: SLF001 - of this module
        last.count += 1
    elif last is not None and len(lines) > _MOST_LINES:
        last.count += 1
        last.events.clear()
    elif len(lines) == _MOST_LINES:
        lines.append(StreamLine(line.at_s, "… (what follows is counted, and not kept)"))
    else:
        lines.append(line)


def hide_split(lines: list[StreamLine]) -> None:
    """Hide what is secret in the words of several messages together: each alone was looked through before."""
    for kind in (TextEvent, ThoughtEvent):
        pieces = [
            (line, at, event)
            for line in lines
            for at, event in enumerate(line.events)
            if isinstance(event, kind)
        ]
        ends = list(accumulate(len(event.text) for _, _, event in pieces))
        for begin, end in spans("".join(event.text for _, _, event in pieces)):
            for line, at, event in pieces[bisect_right(ends, begin) : bisect_left(ends, end) + 1]:
                line.raw = HIDDEN
                line.events[at] = kind(HIDDEN, event.partial)


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
