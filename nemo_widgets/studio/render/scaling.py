"""Decoded frames in the size, format and colours of the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from av.video.reformatter import (
    ColorPrimaries,
    ColorRange,
    Colorspace,
    ColorTrc,
    Interpolation,
    VideoReformatter,
)

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

__all__ = ["SD_HEIGHT", "Scaler"]

SD_HEIGHT = 576
"""A picture of unnamed colours up to this height is BT.601, a higher one BT.709: what players assume."""
_HDR = (ColorTrc.SMPTE2084, ColorTrc.ARIB_STD_B67)
"""What phones film in high dynamic range: PQ and HLG."""


class Scaler:
    """Scales the frames of one clip to yuv420p, limited range, BT.709.

    `toner` is shared by all clips: working out its tables takes some seconds, where a clip needs it.
    """

    def __init__(self, toner: VideoReformatter) -> None:
        self._reformatter, self._toner = VideoReformatter(), toner

    def scaled(self, frame: VideoFrame, width: int, height: int) -> VideoFrame:
        """The frame in this size and in the format and colours of the canvas."""
        space = frame.colorspace
        if frame.format.is_rgb:
            space = Colorspace.ITU709
        elif space in (2, 0):  # not named
            space = Colorspace.ITU601 if frame.height <= SD_HEIGHT else Colorspace.ITU709
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
