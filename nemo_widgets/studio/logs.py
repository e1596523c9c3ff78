"""Where the studio's log goes: a file in the data folder, or standard error; never a notebook's output."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from starlette.requests import ClientDisconnect

from nemo_widgets.printable import printable
from nemo_widgets.private_files import ensure_private

if TYPE_CHECKING:
    from io import TextIOWrapper

__all__ = ["Log", "LoopTrouble"]

_NAMES = ("nemo_widgets.studio", "uvicorn.error")
_BYTES = 1_000_000
_QUIET_S = 60.0
_own = logging.getLogger(_NAMES[0])
_own.addHandler(logging.NullHandler())  # what is said after a stop is said to nobody, not to standard error
_own.setLevel(logging.INFO)
_own.propagate = False  # a notebook that set up logging for itself did not ask for the studio's requests

_FORMAT = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"


class _LogFile(RotatingFileHandler):
    """A log that loses what it can't write, and goes on once it can: a full disk is told where one asks."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; to a new file where the one that is open has been taken away."""
        stream: TextIOWrapper | None = self.stream
        if stream is not None and not _stands(stream, self.baseFilename):
            with suppress(OSError):
                stream.close()
            self.stream = None
        super().emit(record)

    def _open(self) -> TextIOWrapper:
        ensure_private(Path(self.baseFilename))  # a log that is begun anew, too
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Say nothing of the disk: Python would print a traceback for each line, into the user's notebook."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)


class _Stderr(logging.StreamHandler[TextIO]):
    """The same on standard error, which may be a pipe that nobody reads any more."""

    handleError = _LogFile.handleError  # noqa: N815 - logging's name


class _Lines(logging.Formatter):
    """One line for each message, whatever others wrote in it, and nothing secret."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """The line."""
        record.message = " ".join(printable(record.message).split())
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        """The line and its traceback, which another handler may have written out already."""
        return printable(super().format(record))


class _Troubles(logging.Filter):
    """Lets through what went wrong here; a client that left, or a stop, is nothing that did."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        return not isinstance(error, (asyncio.CancelledError, ClientDisconnect))


_UNTROUBLED = _Troubles()


class Log:
    """The handlers of one running studio. They leave with it."""

    def __init__(self, folder: Path, *, stderr: bool = False) -> None:
        handlers: list[logging.Handler] = [
            _LogFile(folder / "studio.log", maxBytes=_BYTES, backupCount=1, encoding="utf-8", delay=True)
        ]
        if stderr:
            handlers.append(_Stderr(sys.stderr))
        for handler in handlers:
            handler.setFormatter(_Lines(_FORMAT))
            for name in _NAMES:
                logging.getLogger(name).addHandler(handler)
        for name in _NAMES:
            logging.getLogger(name).addFilter(_UNTROUBLED)
        self._handlers = handlers

    def close(self) -> None:
        """Take the handlers away and close the file."""
        for handler in self._handlers:
            for name in _NAMES:
                logging.getLogger(name).removeHandler(handler)
            with suppress(OSError, ValueError):  # what is left to write can't be written, either
                handler.close()


class LoopTrouble:
    """Takes what the event loop complains of into the log, each complaint once a minute.

    By itself asyncio prints it to standard error, which is a notebook's output; a thousand times a second
    where no more files can be opened.
    """

    def __init__(self) -> None:
        self._told: dict[str, float] = {}

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """As asyncio calls it."""
        del loop
        message, error = str(context.get("message", "")), context.get("exception")
        now = time.monotonic()
        if now - self._told.get(message, -_QUIET_S) < _QUIET_S:
            return
        self._told = {text: at for text, at in self._told.items() if now - at < _QUIET_S} | {message: now}
        known = isinstance(error, OSError)
        _own.error("%s%s", message, f": {error}" if known else "", exc_info=None if known else error)


def _stands(stream: TextIOWrapper, name: str) -> bool:
    """Whether an open file is still the one that has the name."""
    try:
        return os.path.samestat(os.stat(name), os.fstat(stream.fileno()))  # noqa: PTH116 - of an open file, too
    except OSError:
        return False
