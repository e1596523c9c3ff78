"""'I encountered a temporary issue', in Chinese too: behind an answer it means nothing (protocol §4)."""

from __future__ import annotations

import re

__all__ = ["HeldBack", "is_issue", "without_issue"]

_ISSUES = (
    "i encountered a temporary issue",
    *(
        f"{who}遇到了{some}{what}问题"
        for who in ("我", "")
        for some in ("一个", "一些", "")
        for what in ("临时", "暂时性")
    ),
)
_TRAILING = re.compile(
    rf"(?:\b|(?<=[。！？])|^)(?:{'|'.join(_ISSUES)})(?:[.!…,;:。！，；：].*)?\Z", re.IGNORECASE
)
_GOES_ON = tuple(".!…,;:。！，；：")


def is_issue(message: str) -> bool:
    """Whether a failure is no more than that sentence."""
    told = message.lower()
    return any(issue in told for issue in _ISSUES)


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
            if start and any(issue.startswith(start) for issue in _ISSUES):
                return None
            said = next(filter(start.startswith, _ISSUES), "")
            grown = start.removeprefix(said)
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
