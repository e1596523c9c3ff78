"""The sound of an export at whatever level: mixed once, and kept, where it has to be heard more than once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import numpy as np

from nemo_widgets.export_formats import SOUNDS

from .coded import CodedSound
from .dynamics import BLOCK, limited
from .formats import AAC, form_of
from .scratch import Scratch
from .sound import Sound

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from pathlib import Path

    from nemo_widgets.studio.media.sound import Samples

    from .coded import Coded
    from .model import Level, Plan

__all__ = ["Mixdown"]

_BYTES = 8
"""Of a sample: two channels in float32."""


class Mixdown:
    """The mix of a plan, and what comes of it at a level. A context manager.

    What is heard by `plain` is kept in a file beside the export, so that its sources are decoded and its
    music is made once; with no `folder`, or no room in it, that is done each time. So is what is coded at a
    level. Memory does not depend on the length either way.
    """

    def __init__(self, plan: Plan, folder: Path | None = None) -> None:
        self._plan, self._folder = plan, folder
        self._mixing: Generator[Samples] | None = None
        self._mix: Scratch | None = None
        self._taken: CodedSound | None = None
        self._accepted: CodedSound | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for held in (self._mixing, self._mix, self._taken, self._accepted):
            if held is not None:
                held.close()

    def plain(self) -> Iterator[Samples]:
        """Float32 blocks (n, 2) at 48 kHz, as many samples in all as the plan says, too loud or not.

        Raises:
            RenderError: a source can't be read.
        """
        return self._trimmed(self._keeping())

    def levelled(self, level: Level | None) -> Iterator[Samples]:
        """The same never clipping or, with a level, times its gain and with its true peak held under it.

        Raises:
            RenderError: a source can't be read.
        """
        mix = self._kept(self._mix) if self._mix is not None and self._mix.whole else self._mixed()
        if level is None:
            return self._trimmed(limited(mix))
        gain = np.float32(level.gain)
        return self._trimmed(limited((block * gain for block in mix), level.true_peak))

    def take(self) -> CodedSound:
        """Where the sound is kept as it is coded at a level, until the next one; `accept` is for the last."""
        if self._taken is not None:
            self._taken.close()
        form = self._plan.format
        used = form_of(form).sound == AAC and (form in SOUNDS or not self._plan.waveform)
        folder = self._folder if used else None
        self._taken = CodedSound(folder, self._plan.samples, self._plan.quality)
        return self._taken

    def accept(self) -> None:
        """The last take becomes the file's sound."""
        if self._taken is not None:
            self._taken.end()
            self._taken, self._accepted = self._accepted, self._taken

    def finished(self, level: Level | None) -> Iterator[Samples | Coded]:
        """The file's sound at the level that was found: as it was coded for it, else as `levelled`.

        Raises:
            RenderError: a source can't be read.
        """
        take = self._accepted
        return take.blocks() if take is not None and take.whole else self.levelled(level)

    def _mixed(self) -> Generator[Samples]:
        def mixing() -> Generator[Samples]:
            with Sound(self._plan) as sound:
                yield from sound.mix()

        if self._mixing is not None:
            self._mixing.close()
        self._mixing = mixing()
        return self._mixing

    def _keeping(self) -> Iterator[Samples]:
        """The mix, kept as it goes by."""
        self._mix = mix = Scratch(self._folder, (self._plan.samples + BLOCK) * _BYTES)
        for block in self._mixed():
            mix.write(block.astype(np.float32, copy=False).tobytes())
            yield block
        mix.end()

    def _kept(self, mix: Scratch) -> Iterator[Samples]:
        mix.rewind()
        while data := mix.read(BLOCK * _BYTES):
            yield np.frombuffer(data, np.float32).reshape(-1, 2)

    def _trimmed(self, blocks: Iterable[Samples]) -> Iterator[Samples]:
        left = self._plan.samples
        for block in blocks:
            if left <= 0:
                return
            yield block[:left]
            left -= len(block)
