"""Progress calls at a pace that a screen can follow: the first, the last, and some between."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from nemo_widgets.printable import printable_repr

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["DownloadCallback", "Meter", "UploadCallback", "UploadProgress"]


@printable_repr
@dataclass(frozen=True, slots=True)
class UploadProgress:
    """How far one file is: bytes `sent` of `total`.

    All of them count as sent, and `done` is True, once the server has answered that it has the file. `whole`
    is True when the last byte has left and the server is looking into the file.
    """

    path: Path
    sent: int
    total: int
    done: bool = False
    whole: bool = False


UploadCallback: TypeAlias = Callable[[UploadProgress], None]
DownloadCallback: TypeAlias = Callable[[int, int | None], None]
"""Called with the bytes received and their number in all, None where the server does not say."""


class Meter:
    """Calls `tell(bytes)` at most once in `pace_s` seconds; less than before at once: it begins anew."""

    def __init__(self, tell: Callable[[int], None], pace_s: float) -> None:
        self._tell = tell
        self._pace_s = pace_s
        self._told = -1
        self._last = float("-inf")

    def at(self, count: int, *, last: bool = False) -> None:
        """Tell `count`, if it is time to, if it is less than before, or if this is the `last` call."""
        now = time.monotonic()
        if count < self._told or (count > self._told and (last or now - self._last >= self._pace_s)):
            self._told, self._last = count, now
            self._tell(count)
