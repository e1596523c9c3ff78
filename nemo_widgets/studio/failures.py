"""Why an export failed, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .render import RenderError, WriteError
from .store import store_error, told
from .workers import MemoryLimit, TimeLimit, WorkerError, WorkerLost

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["failure"]

_ENDS = {
    TimeLimit: {
        "en": "The export took too long and was ended: export a shorter timeline or a smaller resolution.",
        "zh": "导出用时太长，已被终止。请导出较短的时间线，或者降低分辨率。",
    },
    MemoryLimit: {
        "en": "The export needs more memory than it may have: export fewer tracks or a smaller resolution.",
        "zh": "导出所需的内存超过限额。请减少轨道，或者降低分辨率。",
    },
    WorkerLost: {
        "en": "The export was ended by the system, perhaps because memory ran out: try again, or export a"
        " smaller resolution.",
        "zh": "导出被系统终止，可能是因为内存不足。请再试一次，或者降低分辨率。",
    },
}


def failure(error: Exception, folder: Path, language: str) -> tuple[str, bool]:
    """The sentence for whoever wanted the export, and whether another try may go well.

    Args:
        error: what was raised.
        folder: where the film is written.
        language: en or zh.
    """
    cause = OSError(error.number, "") if isinstance(error, WriteError) else error
    if (unstored := store_error(cause, folder)) is not None:
        head = {"en": "The video can't be written. ", "zh": "视频无法写入。"}[language]
        return head + told(unstored, language), False
    if isinstance(error, RenderError):
        return str(error), isinstance(error, WriteError)  # the same draft and files come to the same
    if isinstance(error, WorkerError):
        return _ENDS[type(error)][language], isinstance(error, WorkerLost)
    return f"The export failed ({type(error).__name__}: {error}).", True
