"""One clip on the canvas: decoded, turned upright, framed, and given its looks."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from av.video.frame import VideoFrame
from PIL import Image

from nemo_widgets.studio.media import MediaError
from nemo_widgets.studio.media.backwards import Backwards
from nemo_widgets.studio.media.look import Look
from nemo_widgets.studio.media.still import StillReader, is_still
from nemo_widgets.studio.media.video import VideoReader

from .effects.framing import cover, place, stored
from .effects.looks import blurred, toned
from .effects.treatment import turned
from .frames import filled, part, planes
from .output import even
from .scaling import Scaler

if TYPE_CHECKING:
    from av.video.reformatter import VideoReformatter
    from numpy.typing import NDArray

    from .effects.framing import Box
    from .effects.treatment import Treatment
    from .model import VideoClip

__all__ = ["Source"]

_BACKDROP = 1 / 18
"""How far the picture behind a fitted one is blurred: the radius as a share of the canvas' short side."""


class Source:
    """One clip on the canvas. The last frame is kept: a still picture is fitted once."""

    def __init__(self, shot: VideoClip, size: tuple[int, int], toner: VideoReformatter) -> None:
        self.path, path, name = shot.path, shot.path, shot.name
        self.shot: VideoClip | None = None
        self._size = size
        self._still = StillReader(path, name) if path.is_file() and is_still(path) else None
        self._video = None if self._still is not None else VideoReader(path, name, double=shot.double)
        self._backwards = Backwards(self._video) if self._video is not None else None
        self._scaler = Scaler(toner)
        self._from: Image.Image | VideoFrame | None = None
        self._frame: VideoFrame | None = None
        self._whole: VideoFrame | None = None
        self._key: tuple[Treatment, float, float] | None = None
        self._fitted: VideoFrame | None = None

    def close(self) -> None:
        """Lets go of the file."""
        for reader in (self._still, self._video):
            if reader is not None:
                reader.close()

    def rest(self) -> None:
        """Lets go of the pictures that were kept for going backwards."""
        if self._backwards is not None:
            self._backwards.forget()

    @property
    def position(self) -> Fraction:
        """The moment of the frame that was read last."""
        return Fraction(0) if self._video is None else self._video.position

    def canvas(self, shot: VideoClip, n: int) -> VideoFrame:
        """The clip's picture at frame n of the timeline, on the canvas; shared, not to be written into.

        Raises:
            MediaError: the file can't be read.
        """
        moment = shot.moment(n)
        frame, look = self._decoded(shot, moment, shot.tolerance(n))
        moves = shot.treatment.moving
        progress = (n - shot.first) / max(1, shot.last - shot.first - 1)
        key = (shot.treatment, progress if moves else 0.0, float(moment * 1000) if moves else 0.0)
        if self._fitted is None or frame is not self._frame or key != self._key:
            if frame is not self._frame:
                self._whole = None
            self._frame, self._key = frame, key
            if not moves:
                key = (shot.treatment, 0.0, float(moment * 1000))
            self._fitted = self._fit(frame, turned(look, shot.treatment), *key)
        return self._fitted

    def _decoded(self, shot: VideoClip, moment: Fraction, slack: Fraction) -> tuple[VideoFrame, Look]:
        if self._still is not None:
            picture = self._still.at(moment + slack)
            if self._frame is None or self._from is not picture:
                self._from = picture
                return VideoFrame.from_ndarray(np.asarray(picture), format="rgb24"), Look()
            return self._frame, Look()
        if self._video is None or self._backwards is None:
            raise MediaError("The clip is closed.")
        if shot.step < 0:
            return self._backwards.at(moment, slack), self._video.look_at(moment)
        self._backwards.forget()
        return self._video.at(moment, slack), self._video.look

    def _fit(
        self, frame: VideoFrame, look: Look, treatment: Treatment, progress: float, ms: float
    ) -> VideoFrame:
        """The frame on the canvas; it is the frame itself where nothing has to be done."""
        size = look.size(frame.width, frame.height)
        spot = place(size, self._size, treatment, progress, ms)
        full = (spot.width, spot.height) == self._size
        across = (spot.height, spot.width) if look.transpose else (spot.width, spot.height)
        if spot.whole:
            fitted = self._scaler.scaled(frame, *across)
            if full and not (look.transpose or look.flip_x or look.flip_y or treatment.tones):
                return fitted
            pieces = planes(fitted)
        else:
            pieces = self._cut(frame, stored(spot.box, look), across)
        out = filled(*self._size)
        if treatment.fit == "blur" and not full:
            self._backdrop(out, frame, look, stored(cover(size, self._size, treatment), look))
        target = part(out, spot.left, spot.top, spot.width, spot.height)
        _laid(pieces, target, look)
        toned(planes(out) if treatment.fit == "blur" else target, treatment.tones)
        return out

    def _cut(self, frame: VideoFrame, box: Box, size: tuple[int, int]) -> list[NDArray[np.uint8]]:
        """A part of the stored picture in another size; it may begin between pixels, so that it glides."""
        if self._whole is None:
            self._whole = self._scaler.scaled(frame, even(frame.width), even(frame.height))
        cut = []
        for plane, half in zip(planes(self._whole), (1, 2, 2), strict=True):
            high, wide = plane.shape
            edges = (box[0] * wide, box[1] * high, box[2] * wide, box[3] * high)
            image = Image.fromarray(plane).resize(
                (size[0] // half, size[1] // half), Image.Resampling.BICUBIC, edges
            )
            cut.append(np.asarray(image))
        return cut

    def _backdrop(self, out: VideoFrame, frame: VideoFrame, look: Look, box: Box) -> None:
        """Fills the canvas with the picture itself, enlarged and blurred."""
        less = 8 if min(self._size) >= 8 * 16 else 2  # it is blurred anyhow
        wide, high = (even(side / less) for side in self._size)
        small = filled(wide, high)
        _laid(self._cut(frame, box, (high, wide) if look.transpose else (wide, high)), planes(small), look)
        radius = _BACKDROP * min(wide, high)
        for plane, target, size in zip(
            planes(small), planes(out), (radius, radius / 2, radius / 2), strict=True
        ):
            soft = Image.fromarray(blurred(plane, size))
            target[:] = np.asarray(soft.resize(target.shape[::-1], Image.Resampling.BILINEAR))


def _laid(pieces: list[NDArray[np.uint8]], targets: list[NDArray[np.uint8]], look: Look) -> None:
    """Puts stored planes upright into others."""
    for source, target in zip(pieces, targets, strict=True):
        upright = source.T if look.transpose else source
        target[:] = upright[:: -1 if look.flip_y else 1, :: -1 if look.flip_x else 1]
