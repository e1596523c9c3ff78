"""The raw stream of an answer beside its meaning: what a lesson, or somebody who looks for a fault, wants."""

from __future__ import annotations

from dataclasses import dataclass, field
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

if TYPE_CHECKING:
    import pandas as pd

    from nemo_widgets.client import Event

__all__ = ["StreamLine", "meaning", "stream_table"]

_LONGEST = 2000
_SHOWN = 80


@dataclass(slots=True)
class StreamLine:
    """One message of the stream: when it came (seconds from sending), its data, the events that it holds."""

    at_s: float
    raw: str
    events: list[Event] = field(default_factory=list)

    @classmethod
    def of(cls, at_s: float, data: str | None) -> StreamLine:
        """A line that keeps the first 2,000 characters of its data; None is a comment or an empty block."""
        kept = data or ""
        return cls(
            round(at_s, 3),
            kept if len(kept) <= _LONGEST else f"{kept[:_LONGEST]}… ({len(kept):,} characters)",
        )


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

    rows = [(line.at_s, line.raw, "; ".join(map(meaning, line.events))) for line in lines]
    return table_of(rows, ["at_s", "raw", "meaning"])


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
