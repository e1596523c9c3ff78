"""The sentence 'I encountered a temporary issue': behind a normal answer it means nothing (protocol §4)."""

from __future__ import annotations

import re

__all__ = ["HeldBack", "is_issue", "without_issue"]

_ISSUE = "i encountered a temporary issue"
_TRAILING = re.compile(r"\bI encountered a temporary issue(?:[.!…,;:].*)?\Z", re.IGNORECASE)
_GOES_ON = tuple(".!…,;:")


def is_issue(message: str) -> bool:
    """Whether a failure is no more than that sentence."""
    return _ISSUE in message.lower()


def without_issue(text: str) -> str:
    """The text without white space around it, and without the sentence in its last line."""
    text = text.strip()
    found = _TRAILING.search(text, text.rfind("\n") + 1)
    return text[: found.start()].rstrip() if found else text


class HeldBack:
    """Delays text for display while it may still become that sentence. Each character is looked at once."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Drop the buffer: the caller redraws the whole text."""
        self._held: list[str] = []
        self._within = self._line_over = False

    def release(self, grown: str) -> str | None:
        """Take the text that was added, and return what is safe to display; None while nothing is."""
        if not grown:
            return None
        self._held.append(grown)
        if not self._within:
            # Short: no more was held back than the beginning of the sentence.
            start = "".join(self._held).lstrip().lower()
            if start and _ISSUE.startswith(start):
                return None
            grown = start.removeprefix(_ISSUE)
            self._within = grown != start
            self._line_over = not grown.startswith(_GOES_ON)
        if self._within and not self._says_more(grown):
            return None
        shown = "".join(self._held)
        self.forget()
        return shown

    def _says_more(self, grown: str) -> bool:
        """Whether something comes behind the line of the sentence, so that it does mean something."""
        if not self._line_over:
            _, end, grown = grown.partition("\n")
            self._line_over = bool(end)
        return self._line_over and not (not grown or grown.isspace())
