"""The file of an export while it is written: opened, given packets, ended or dropped."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import av

from nemo_widgets.printable import printable
from nemo_widgets.private_files import ensure_private
from nemo_widgets.studio.limits import short

from .errors import unwritten
from .formats import form_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from .model import Plan

__all__ = ["LONGEST_TITLE", "OutputFile"]

LONGEST_TITLE = 200


class OutputFile:
    """A file in the plan's format: `written` again and again, then `finish` (or `drop`).

    Attributes:
        container: to which streams are added.
        form: what its format is made of.

    Raises:
        WriteError: the file can't be written.
    """

    def __init__(self, plan: Plan, target: Path) -> None:
        self._target, self.form = target, form_of(plan.format)
        try:
            ensure_private(target)
            options = dict(self.form.options)
            self.container = av.open(str(target), "w", format=self.form.muxer, options=options)
        except (av.error.FFmpegError, OSError) as error:
            raise unwritten(error, "no access") from error
        if plan.title:
            self.container.metadata["title"] = printable(short(plan.title, LONGEST_TITLE))

    def written(self, packets: Iterable[Any]) -> Iterator[None]:
        """Stops at every packet once it is in the file, as soon as the encoder lets go of it."""
        try:
            for packet in packets:
                self.container.mux(packet)
                yield
        except (av.error.FFmpegError, OSError) as error:
            raise unwritten(error, "the disk may be full") from error

    def finish(self) -> None:
        """Ends the file: its index is written."""
        try:
            self.container.close()
        except (av.error.FFmpegError, OSError) as error:
            raise unwritten(error, "the disk may be full") from error

    def drop(self) -> None:
        """Lets go of the file and removes it; never fails."""
        with suppress(OSError):  # without it, closing has nothing left to put in order, and is quick
            self._target.unlink(missing_ok=True)
        with suppress(av.error.FFmpegError, OSError, ValueError):
            self.container.close()
        with suppress(OSError):  # where an open file can't be removed
            self._target.unlink(missing_ok=True)
