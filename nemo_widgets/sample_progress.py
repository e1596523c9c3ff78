"""One line that shows how far a sample is which is drawn just now; nothing where none is."""

from __future__ import annotations

import threading
import time
import uuid
from typing import TYPE_CHECKING, Self

from nemo_widgets.catalogue import say
from nemo_widgets.host import host
from nemo_widgets.question import escaped
from nemo_widgets.running.pace import Pace, counted
from nemo_widgets.safe_markdown import safe_markdown

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["Drawing"]

_EVERY_S = 0.2


class Drawing:
    """Called with the frames drawn and their number in all; the line ends with what became of it.

    The number is 0 while it is not known: its sound is mixed, or another process draws it. The one who draws
    may be another thread: once the line has ended, the next call raises KeyboardInterrupt there.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._place = uuid.uuid4().hex
        self._pace: Pace | None = None
        self._begun = self._last = 0.0
        self._whole = 0
        self._lock = threading.Lock()
        self._over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._over = True
        if self._pace is not None:
            spent = f"{time.monotonic() - self._begun:.0f}"
            ended = say("sample.drawn", name=self._name, count=counted(self._whole), seconds=spent)
            self._show(ended if kind is None else say("sample.stopped", name=self._name), last=True)

    def __call__(self, done: int, whole: int) -> None:
        """Take a count."""
        with self._lock:
            if self._over:
                raise KeyboardInterrupt
            self._count(done, whole)

    def _count(self, done: int, whole: int) -> None:
        now, first = time.monotonic(), self._pace is None
        if self._pace is None:
            self._pace, self._begun = Pace(begun=done), now
        self._whole = whole
        left = self._pace.left(done, whole) if done else ""
        if first or now - self._last >= _EVERY_S:
            self._last = now
            told = say("sample.drawing", name=self._name)
            if whole:
                told = say("sample.frame", name=self._name, done=counted(done), whole=counted(whole))
            self._show(" · ".join(filter(None, [told, left])), first=first)

    def _show(self, sentence: str, *, first: bool = False, last: bool = False) -> None:
        where = host()
        if where == "terminal" and (first or last):
            print(sentence)  # noqa: T201 - a terminal is for printing
        elif where == "notebook":
            from IPython.display import display

            data = {"text/markdown": safe_markdown(f"*{escaped(sentence)}*"), "text/plain": sentence}
            display(data, raw=True, display_id=self._place, update=not first)
