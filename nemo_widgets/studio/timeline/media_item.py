"""An uploaded file, as edits see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from nemo_widgets.studio.soundtrack import SoundTrack

__all__ = ["MediaItem"]


@dataclass(frozen=True, slots=True)
class MediaItem:
    """One uploaded file: `src` as segments name it, `kind` video, image, audio or text.

    `tracks` are its sound tracks where it has several, else none. `fps` are a video's pictures a second.
    """

    src: str
    name: str
    kind: str
    duration_ms: int
    has_audio: bool
    tracks: tuple[SoundTrack, ...] = ()
    fps: Fraction | None = None
