"""The file of a film with its sound, written as it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .copies import NOTHING
from .output_file import OutputFile
from .sound_track import SoundTrack
from .video_track import EncodedTrack, MixedTrack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from av.video.frame import VideoFrame

    from nemo_widgets.studio.media.sound import Samples

    from .coded import Coded
    from .copies import Copy, CopyPlan
    from .model import Plan
    from .video_track import VideoTrack

__all__ = ["VideoFile"]


class VideoFile(OutputFile):
    """A file being written: `picture` and `sound` in turn, then `rest`, then `finish` (or `drop`).

    Attributes:
        frames: pictures that are encoded. The encoder looks ahead, so that it has got some more.
        copy_frames: those of them that were taken over.

    Raises:
        WriteError: the file can't be written.
    """

    def __init__(self, plan: Plan, target: Path, copies: CopyPlan = NOTHING) -> None:
        super().__init__(plan, target)
        self.frames = self.copy_frames = 0
        self._pictures: VideoTrack = (
            MixedTrack(self.container, plan, copies)
            if copies.copies
            else EncodedTrack(self.container, plan, self.form)
        )
        self._track = SoundTrack(self, plan)

    def picture(self, frame: VideoFrame, n: int) -> None:
        """The next frame, number n."""
        for _ in self.written(self._pictures.picture(frame, n)):
            self.frames += 1

    def copied(self, copy: Copy) -> Iterator[int]:
        """The next frames, those of a copy; gives how many of them there are after each."""
        for count, _ in enumerate(self.written(self._pictures.copied(copy)), 1):
            self.frames += 1
            self.copy_frames += self.frames > copy.first  # what the encoder still held came before them
            yield count

    def sound(self, samples: Samples | Coded) -> None:
        """The next samples, all of the film's or none of them coded already."""
        for _ in self.written(self._track.sound(samples)):
            pass

    def rest(self, sound: Iterable[Samples | Coded] = ()) -> Iterator[int]:
        """Encodes what the encoder still holds, and gives the number of `frames` after each.

        `sound` is what it was not given yet: what is coded already has an end of its own.
        """
        for _ in self.written(self._pictures.rest()):
            self.frames += 1
            yield self.frames
        for samples in sound:
            self.sound(samples)
        for _ in self.written(self._track.rest()):
            pass
