"""Where the studio's log goes: a file in the data folder, or standard error; never a notebook's output."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Log"]

_NAMES = ("nemo_widgets.studio", "uvicorn.error")
_BYTES = 1_000_000
_own = logging.getLogger(_NAMES[0])
_own.addHandler(logging.NullHandler())  # what is said after a stop is said to nobody, not to standard error
_own.setLevel(logging.INFO)
_own.propagate = False  # a notebook that set up logging for itself did not ask for the studio's requests

_FORMAT = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"


class Log:
    """The handlers of one running studio. They leave with it."""

    def __init__(self, folder: Path, *, stderr: bool = False) -> None:
        handlers: list[logging.Handler] = [
            RotatingFileHandler(
                folder / "studio.log", maxBytes=_BYTES, backupCount=1, encoding="utf-8", delay=True
            )
        ]
        if stderr:
            handlers.append(logging.StreamHandler(sys.stderr))
        for handler in handlers:
            handler.setFormatter(logging.Formatter(_FORMAT))
            for name in _NAMES:
                logging.getLogger(name).addHandler(handler)
        self._handlers = handlers

    def close(self) -> None:
        """Take the handlers away and close the file."""
        for handler in self._handlers:
            for name in _NAMES:
                logging.getLogger(name).removeHandler(handler)
            handler.close()
