"""Frames of the canvas: sources decoded, turned upright, fitted, and blended into each other."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import (
    ColorPrimaries,
    ColorRange,
    Colorspace,
    ColorTrc,
    Interpolation,
    VideoReformatter,
)

from nemo_widgets.studio.media import MediaError
from nemo_widgets.studio.media.still import StillReader, is_still
from nemo_widgets.studio.media.video import Look, VideoReader

from .errors import RenderError
from .output import even

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from PIL.Image import Image

    from .timeline import Shot, Span

__all__ = ["Pictures", "black", "planes"]

_SD_HEIGHT = 576
"""A picture of unnamed colours up to this height is BT.601, a higher one BT.709: what players assume."""
_HDR = (ColorTrc.SMPTE2084, ColorTrc.ARIB_STD_B67)
"""What phones film in high dynamic range: PQ and HLG."""
_MOST_OPEN = 3
"""Readers kept open at once: two that blend, and one to come back to."""
_KEPT_ROWS = 2
"""A fitted picture that misses the canvas by no more pixels than this fills it."""


class Pictures:
    """The composed frames of spans, without titles. A context manager.

    Every frame is yuv420p, limited range, BT.709, of the canvas' size, and may be written into.
    """

    def __init__(self, width: int, height: int) -> None:
        self._width, self._height = width, height
        self._readers: list[_Source] = []
        # One for all clips: working out its tables takes some seconds, and that only where a clip needs it.
        self._toner = VideoReformatter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for reader in self._readers:
            reader.close()

    def frame(self, span: Span, n: int) -> VideoFrame:
        """Frame n of the timeline.

        Raises:
            RenderError: a source can't be read; the sentence names the clip.
        """
        if span.below is None:
            return black(self._width, self._height)
        below = self._shown(span.below, n)
        if span.above is None:
            return _copy(below)
        return _mix(below, self._shown(span.above, n), span.weight(n))

    def _shown(self, shot: Shot, n: int) -> VideoFrame:
        moment = shot.moment(n)
        try:
            return self._reader(shot, moment).canvas(moment, shot.tolerance)
        except MediaError as error:
            raise RenderError(str(error)) from error

    def _reader(self, shot: Shot, moment: Fraction) -> _Source:
        """The reader that follows the shot already, else one that stands shortly before, else a new one."""
        mine = [r for r in self._readers if r.path == shot.path]
        reader = next((r for r in mine if r.shot == shot), None)
        if reader is None:
            # Another shot of the same clip may still need its reader: it is free once its shot is over.
            free = [r for r in mine if r.shot is None or r.shot.last <= shot.first]
            reader = max(free, key=lambda r: (r.position <= moment, r.position), default=None)
        if reader is None:
            reader = _Source(shot.path, shot.name, (self._width, self._height), self._toner)
        else:
            self._readers.remove(reader)
        reader.shot = shot
        self._readers.append(reader)
        while len(self._readers) > _MOST_OPEN:
            self._readers.pop(0).close()
        return reader


class _Source:
    """One clip on the canvas. The last frame is kept: a still picture is fitted once."""

    def __init__(self, path: Path, name: str, size: tuple[int, int], toner: VideoReformatter) -> None:
        self.path = path
        self.shot: Shot | None = None
        self._width, self._height = size
        self._still = StillReader(path, name) if path.is_file() and is_still(path) else None
        self._video = None if self._still is not None else VideoReader(path, name)
        self._reformatter, self._toner = VideoReformatter(), toner
        self._from: Image | VideoFrame | None = None
        self._fitted: VideoFrame | None = None

    def close(self) -> None:
        for reader in (self._still, self._video):
            if reader is not None:
                reader.close()

    @property
    def position(self) -> Fraction:
        return Fraction(0) if self._video is None else self._video.position

    def canvas(self, moment: Fraction, tolerance: Fraction | None) -> VideoFrame:
        """The clip's picture at a moment, on the canvas; shared, not to be written into."""
        if self._still is not None:
            picture = self._still.at(moment)
            if self._fitted is None or self._from is not picture:
                frame = VideoFrame.from_ndarray(np.asarray(picture), format="rgb24")
                self._from, self._fitted = picture, self._fit(frame, Look())
            return self._fitted
        if self._video is None:
            raise MediaError("The clip is closed.")
        frame = self._video.at(moment, tolerance)
        if self._fitted is None or self._from is not frame:
            self._from, self._fitted = frame, self._fit(frame, self._video.look)
        return self._fitted

    def _fit(self, frame: VideoFrame, look: Look) -> VideoFrame:
        wide, high = look.size(frame.width, frame.height)
        scale = min(self._width / wide, self._height / high)
        width, height = min(self._width, even(wide * scale)), min(self._height, even(high * scale))
        if self._width - width <= _KEPT_ROWS and self._height - height <= _KEPT_ROWS:
            width, height = self._width, self._height
        fitted = self._scaled(frame, *((height, width) if look.transpose else (width, height)))
        turned = look.transpose or look.flip_x or look.flip_y
        if (width, height) == (self._width, self._height) and not turned:
            return fitted
        out = black(self._width, self._height)
        left, top = (self._width - width) // 4 * 2, (self._height - height) // 4 * 2
        for source, target, half in zip(planes(fitted), planes(out), (1, 2, 2), strict=True):
            upright = source.T if look.transpose else source
            upright = upright[:: -1 if look.flip_y else 1, :: -1 if look.flip_x else 1]
            y, x = top // half, left // half
            target[y : y + upright.shape[0], x : x + upright.shape[1]] = upright
        return out

    def _scaled(self, frame: VideoFrame, width: int, height: int) -> VideoFrame:
        """The frame in the size, format and colours of the canvas."""
        space = frame.colorspace
        if frame.format.is_rgb:
            space = Colorspace.ITU709
        elif space in (2, 0):  # not named
            space = Colorspace.ITU601 if frame.height <= _SD_HEIGHT else Colorspace.ITU709
        elif space == 9 or space == 10:  # noqa: PLR1714, PLR2004 - AVCOL_SPC_BT2020_NCL and _CL
            space = Colorspace.BT2020
        full = frame.color_range == ColorRange.JPEG or frame.format.name.startswith("yuvj")
        alike = frame.format.name == "yuv420p" and not full and space in (1, Colorspace.ITU709)
        if alike and (frame.width, frame.height) == (width, height):
            return frame
        smaller = width < frame.width
        hdr = frame.color_trc in _HDR
        scaled = self._reformatter.reformat(
            frame,
            width,
            height,
            "yuv420p10le" if hdr else "yuv420p",
            src_colorspace=int(space),
            dst_colorspace=int(space if hdr else Colorspace.ITU709),
            src_color_range=ColorRange.JPEG if full or frame.format.is_rgb else ColorRange.MPEG,
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.AREA
            if smaller and width * 2 <= frame.width
            else Interpolation.BICUBIC,
            threads=0,
        )
        return self._toned(scaled, frame.color_trc) if hdr else scaled

    def _toned(self, frame: VideoFrame, transfer: int) -> VideoFrame:
        """A picture of high dynamic range (BT.2020) as an ordinary one, its white as white."""
        frame.colorspace, frame.color_range = int(Colorspace.BT2020), int(ColorRange.MPEG)
        frame.color_trc, frame.color_primaries = transfer, int(ColorPrimaries.BT2020)
        return self._toner.reformat(
            frame,
            format="yuv420p",
            src_colorspace=int(Colorspace.BT2020),
            dst_colorspace=int(Colorspace.ITU709),
            src_color_range=ColorRange.MPEG,
            dst_color_range=ColorRange.MPEG,
            dst_color_trc=ColorTrc.BT709,
            dst_color_primaries=ColorPrimaries.BT709,
            threads=0,
        )


def black(width: int, height: int) -> VideoFrame:
    """A black frame."""
    frame = VideoFrame(width, height, "yuv420p")
    for plane, value in zip(planes(frame), (16, 128, 128), strict=True):
        plane[:] = value
    return frame


def planes(frame: VideoFrame) -> list[NDArray[np.uint8]]:
    """The frame's three planes as arrays over its own memory: (rows, columns), uint8."""
    found = []
    for plane in frame.planes:
        memory: Any = plane
        rows = np.frombuffer(memory, np.uint8).reshape(-1, plane.line_size)
        found.append(rows[: plane.height, : plane.width])
    return found


def _copy(frame: VideoFrame) -> VideoFrame:
    """The same picture in memory of its own, without the decoder's notes (frame type, side data)."""
    out = VideoFrame(frame.width, frame.height, "yuv420p")
    for source, target in zip(planes(frame), planes(out), strict=True):
        target[:] = source
    return out


def _mix(below: VideoFrame, above: VideoFrame, weight: Fraction) -> VideoFrame:
    out = VideoFrame(below.width, below.height, "yuv420p")
    share = np.uint16(round(weight * 256))
    rest = np.uint16(256) - share
    for a, b, target in zip(planes(below), planes(above), planes(out), strict=True):
        mixed = a.astype(np.uint16)
        mixed *= rest
        other = b.astype(np.uint16)
        other *= share
        mixed += other
        mixed += np.uint16(128)
        mixed >>= np.uint16(8)
        target[:] = mixed
    return out
