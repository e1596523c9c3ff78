"""What is heard of a file whose sound tracks are mixed: those of a recorder, of a camera, of languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import numpy as np

from .comparison import compared
from .errors import MediaError
from .opening import open_media, sound_streams
from .sound import SoundReader

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .sound import Samples

__all__ = ["MixReader"]


class MixReader:
    """The sum of a file's sound tracks. A context manager; `seek`, then `read` on and on.

    Each track stays as loud as it is, so the sum may be over full scale: whoever writes it limits it. What
    would cancel another track, or its own other channel, is turned round.

    Attributes:
        path: the file.
        tracks: the numbers of the tracks that are heard, from 1; none for all.

    Raises:
        MediaError: the file can't be opened, or has none of these tracks.
    """

    def __init__(self, path: Path, name: str = "", tracks: Sequence[int] = ()) -> None:
        self.path, self.tracks = path, tuple(tracks)
        name = name or path.name
        with open_media(path, name, heard=True) as container:
            there = [number for number, _ in sound_streams(container)]
        if not there:
            raise MediaError(f"“{name}” has no sound.")
        heard = [number for number in there if not tracks or number in tracks]
        if not heard:
            which = " and ".join(map(str, tracks))
            raise MediaError(f"“{name}” has {len(there)} sound tracks; number {which} is none of them.")
        signs = dict(zip(there, compared(path, there, name).signs, strict=True))
        self._signs = [np.array(signs[number], np.float32) for number in heard]
        self._readers: list[SoundReader] = []
        try:
            for number in heard:
                self._readers.append(SoundReader(path, name, number))
        except MediaError:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        for reader in self._readers:
            reader.close()

    @property
    def position(self) -> int:
        """The sample that is read next, counted from the clip's beginning."""
        return max(reader.position for reader in self._readers)

    def seek(self, position: int) -> None:
        """Go to a sample of the clip."""
        for reader in self._readers:
            reader.seek(position)

    def read(self, samples: int) -> Samples:
        """The next samples; fewer only where the last of the tracks has ended."""
        blocks = [reader.read(samples) for reader in self._readers]
        mixed = np.zeros((max(map(len, blocks)), 2), np.float32)
        for block, sign in zip(blocks, self._signs, strict=True):
            mixed[: len(block)] += block * sign
        return mixed
