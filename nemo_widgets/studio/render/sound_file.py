"""The file of an export that is sound alone, written as it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .output_file import OutputFile
from .sound_track import SoundTrack

if TYPE_CHECKING:
    from pathlib import Path

    from nemo_widgets.studio.media.sound import Samples

    from .coded import Coded
    from .model import Plan

__all__ = ["SoundFile"]


class SoundFile(OutputFile):
    """A file being written: `sound` again and again, then `rest`, then `finish` (or `drop`).

    Raises:
        WriteError: the file can't be written.
    """

    def __init__(self, plan: Plan, target: Path) -> None:
        super().__init__(plan, target)
        self._track = SoundTrack(self, plan)

    def sound(self, samples: Samples | Coded) -> None:
        """The next samples, all or none of them coded already."""
        for _ in self.written(self._track.sound(samples)):
            pass

    def rest(self) -> None:
        """Encodes what the encoder still holds."""
        for _ in self.written(self._track.rest()):
            pass
