"""How far a render is: facts in the units of the work itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = ["Progress", "Stage"]

Stage: TypeAlias = Literal["listening", "encoding", "writing", "done"]
"""What goes on: the sound is heard through beforehand, frames are encoded, the file is put in order."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What is done of a render.

    Attributes:
        stage: what goes on.
        frames: frames of the export that have left the encoder, of `frames_total`.
        heard_ms: sound heard through beforehand, of `sound_ms`: the timeline's length for each pass. Where a
            pass more is needed than was thought, `sound_ms` grows. Both are 0 where nothing is listened to.
        copy_frames: of `frames`, those that were taken over as they are coded; `copy_frames_total` will be.
        share: percents of an export that is sound alone, and has no frames.
    """

    stage: Stage
    frames: int
    frames_total: int
    heard_ms: int = 0
    sound_ms: int = 0
    share: int = 0
    copy_frames: int = 0
    copy_frames_total: int = 0

    @property
    def percent(self) -> int:
        """Whole percents of the work; 100 only once the file is there."""
        if self.stage == "done":
            return 100
        return min(99, self.frames * 100 // self.frames_total if self.frames_total else self.share)
