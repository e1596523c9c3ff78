"""Why there is no video at the end of a render."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import av

__all__ = ["CopyError", "RenderCancelled", "RenderError", "WriteError", "unwritten"]


class RenderError(Exception):
    """The draft can't be rendered. The text is one sentence for a person; it names the clip at fault."""


class WriteError(RenderError):
    """The file can't be written. `number` is the system's own, of errno; 0 where it tells none."""

    def __init__(self, message: str, number: int = 0) -> None:
        super().__init__(message)
        self.number = number


class RenderCancelled(Exception):
    """The user stopped the render. No file is left."""

    def __init__(self) -> None:
        super().__init__("The export was cancelled.")


class CopyError(Exception):
    """Frames of a clip can't be taken over as they are coded; they are encoded instead."""


def unwritten(error: OSError | av.error.FFmpegError, guess: str) -> WriteError:
    """Why a file can't be written; `guess` where the system does not say."""
    return WriteError(f"The video can't be written: {error.strerror or guess}.", error.errno or 0)
