"""What the agent said in one turn, put together from pieces and whole texts without saying anything twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .events import ErrorEvent, TextEvent, ToolCallEvent, ToolResultEvent

if TYPE_CHECKING:
    from .events import Event

__all__ = ["Transcript"]

_ISSUE = "i encountered a temporary issue"
_TRAILING = re.compile(r"\s*\bI encountered a temporary issue(?:[.!…,;:][^\n]*)?\s*\Z", re.IGNORECASE)


class Transcript:
    """Collects the events of a turn.

    Attributes:
        tool_calls: the calls in order, each once (by id).
    """

    def __init__(self) -> None:
        self.tool_calls: list[ToolCallEvent] = []
        self._texts: list[str] = []
        self._pieces: list[str] = []
        self._length = 0
        self._revisable = False
        self._held = ""
        self._results = 0
        self._errors: list[str] = []
        self._ids: set[str] = set()

    def feed(self, event: Event) -> str | None:
        """Take an event in.

        Returns:
            What the text grew by; "" where the whole `text` has to be shown anew; None if it stays.
        """
        match event:
            case TextEvent(text=words, partial=True):
                return self._grow(words)
            case TextEvent(text=words):
                return self._whole(words)
            case ToolCallEvent(id=call_id):
                self._close()
                if not call_id or call_id not in self._ids:
                    self._ids.add(call_id)
                    self.tool_calls.append(event)
            case ToolResultEvent():
                self._close()
                self._results += 1
            case ErrorEvent(message=message):
                self._errors.append(message)
        return None

    @property
    def text(self) -> str:
        """All that was said, without a trailing 'I encountered a temporary issue' (protocol §4)."""
        return _TRAILING.sub("", self._all()).strip()

    @property
    def error(self) -> str | None:
        """Why the turn failed, or None.

        A temporary issue, be it a text or an error, counts only if nothing else came in the turn.
        """
        errors = [message for message in self._errors if not _is_issue(message)]
        if errors:
            return errors[-1]
        if self.text or self.tool_calls or self._results:
            return None
        return self._all().strip() or next(iter(self._errors), None)

    @property
    def question(self) -> ToolCallEvent | None:
        """The question to the user that the turn ended with, if it did (`ask_question`)."""
        last = self.tool_calls[-1] if self.tool_calls else None
        return last if last and last.name == "ask_question" else None

    def _all(self) -> str:
        spoken = [*self._texts, "".join(self._pieces)]
        joined = spoken[0]
        for words in spoken[1:]:
            joined += _between(joined, words) + words
        return joined

    def _grow(self, piece: str) -> str | None:
        if len(self._pieces) > 1 and len(piece) == self._length and piece == "".join(self._pieces):
            return None  # the whole text again, in a shape that has no word for it
        opening = not self._pieces and self._texts
        between = _between(self._texts[-1], piece) if opening else ""
        self._length = len(piece) + (self._length if self._pieces else 0)
        self._pieces.append(piece)
        return self._release(between + piece)

    def _release(self, grown: str) -> str | None:
        """Hold back what may become the sentence that is dropped; give out all else."""
        self._held += grown
        start = self._held.strip().lower()
        if start and (_ISSUE.startswith(start) or _TRAILING.fullmatch(self._held)):
            return None
        grown, self._held = self._held, ""
        return grown or None

    def _whole(self, words: str) -> str | None:
        if self._pieces:
            before, self._pieces = "".join(self._pieces), []
        elif self._texts and (
            words == self._texts[-1] or (self._revisable and words.startswith(self._texts[-1]))
        ):
            before = self._texts.pop()
        else:
            between = _between(self._texts[-1], words) if self._texts else ""
            self._texts.append(words)
            self._revisable = False
            return self._release(between + words)
        self._texts.append(words)
        self._revisable = False
        if words.startswith(before):
            return self._release(words[len(before) :])
        self._held = ""
        return ""

    def _close(self) -> None:
        """End the pieces so far: what comes after a tool is another text, unless it repeats this one."""
        if self._pieces:
            self._texts.append("".join(self._pieces))
            self._pieces = []
            self._revisable = True


def _between(before: str, after: str) -> str:
    """Two texts are two paragraphs, unless white space at their border says that they are one."""
    if not before or not after or before[-1].isspace() or after[0].isspace():
        return ""
    return "\n\n"


def _is_issue(message: str) -> bool:
    return _ISSUE in message.lower()
