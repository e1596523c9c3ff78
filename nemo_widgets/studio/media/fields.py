"""Interlaced pictures: whether a file has any, which field comes first, and how they become whole pictures.

What a file says of itself is a hint alone: cameras flag interlaced pictures as progressive, and the other way
round. So the combs decide, for each picture anew: films with both, and telecined ones, keep what is whole.
"""

from __future__ import annotations

import time
from collections import deque
from contextlib import suppress
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

import av
import numpy as np
from av.filter import Graph

from .errors import MediaError
from .opening import only, open_media, video_stream
from .whole import structure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

    from .whole import Window

    Order: TypeAlias = Literal["", "tff", "bff"]
    Timed: TypeAlias = tuple[Fraction, VideoFrame]

__all__ = ["Deinterlacer", "field_order", "whole"]

_WHOLE_ONLY = ("vp8", "vp9", "av1", "gif", "png", "webp", "apng")
"""Codecs of formats that hold no interlaced pictures, so that nobody makes such files by mistake."""
_TALLEST = 1152
"""Rows: nothing higher was ever filmed in fields."""
_PLACES, _FRAMES, _PATIENCE_S = 5, 7, 0.8
"""Where a file is looked into, how many pictures in a row at each place, and how long in all."""
_STEP = 10
"""A row that is brighter by this than both of its neighbours, or darker, may be a tooth of a comb."""
_TOOTHED, _CURED = 0.0015, 2.0
"""The share of such pixels in a combed picture, and how many times fewer there are once it is mended."""
_LIKELY = 2
"""Combed pictures in the sample that are no chance."""


@lru_cache(maxsize=256)
def _order(path: Path, size: int, changed: int) -> Order:  # noqa: ARG001 - the file as it is now
    with open_media(path) as container:
        windows = structure(path, container.format.name).windows or (None,)
    return next(filter(None, (_order_in(path, window) for window in windows)), "")


def _order_in(path: Path, window: Window | None) -> Order:
    """The same of the file as a whole, or of one of the files that are joined in it."""
    with open_media(path, window=window) as container:
        stream = video_stream(container)
        if stream is None or stream.codec_context is None:
            return ""
        if stream.codec_context.name in _WHOLE_ONLY or stream.height > _TALLEST or stream.height % 2:
            return ""
        only(container, stream)
        stream.thread_type = "AUTO"
        return _looked_at(container, stream)


def field_order(path: Path) -> Order:
    """Which field of a file's interlaced pictures is the earlier one, the top or the bottom one; "" for none.

    Some pictures are looked at, of each of the files that are joined in it. It is remembered for as long as
    the file stays as it is. A file that can't be read has none.
    """
    try:
        about = path.stat()
        return _order(path, about.st_size, about.st_mtime_ns)
    except (MediaError, OSError, av.error.FFmpegError):
        return ""


def _looked_at(container: InputContainer, stream: VideoStream) -> Order:
    until = time.monotonic() + _PATIENCE_S
    votes = {"tff": 0, "bff": 0, "progressive": 0}
    combed = flagged = 0
    for row in _rows(container, stream):
        marked = sum(frame.interlaced_frame for frame in row)
        flagged += marked
        if marked or any(_teeth(frame) > _TOOTHED for frame in row):
            verdicts = _verdicts(row)
            for verdict in verdicts:
                votes[verdict] = votes.get(verdict, 0) + 1
            combed += _combed(row, verdicts)
        if time.monotonic() > until:
            break
    told: Order = "bff" if str(stream.codec_context.field_order) in ("bb", "tb", "BB", "TB") else "tff"
    if abs(votes["tff"] - votes["bff"]) >= _LIKELY:
        told = "tff" if votes["tff"] > votes["bff"] else "bff"
    moving = votes["tff"] + votes["bff"] + votes["progressive"]
    if combed >= _LIKELY:
        return told
    return told if flagged and not moving else ""


def _rows(container: InputContainer, stream: VideoStream) -> Iterator[list[VideoFrame]]:
    """Some pictures in a row at some places of the file."""
    length = stream.duration or 0
    if not length and container.duration and stream.time_base:
        length = int(Fraction(container.duration, av.time_base) / stream.time_base)
    for n in range(_PLACES if length else 1):
        if n:
            with suppress(av.error.FFmpegError, OSError):
                container.seek((stream.start_time or 0) + length * n // _PLACES, stream=stream)
        row: list[VideoFrame] = []
        with suppress(av.error.FFmpegError, OSError, EOFError, IndexError):
            for frame in container.decode(stream):
                row.append(frame)
                if len(row) == _FRAMES:
                    break
        yield row


def _verdicts(row: list[VideoFrame]) -> list[str]:
    """What FFmpeg's detector says of each picture by the motion from field to field."""
    if len(row) < 2:  # noqa: PLR2004 - what moves is seen in two
        return []
    key = "lavfi.idet.single.current_frame"
    return [str(frame.metadata.get(key, "undetermined")) for _, frame in _filtered(row, "idet", "")]


def _combed(row: list[VideoFrame], verdicts: list[str]) -> int:
    """How many pictures have combs that the motion between the fields accounts for."""
    if len(row) < 3:  # noqa: PLR2004 - a picture is mended by its neighbours
        return 0
    mended = [frame for _, frame in _filtered(row, "bwdif", "mode=send_frame:parity=tff:deint=all")]
    looked = list(zip(row, mended, verdicts, strict=False))[1:-1]
    return sum(_is_combed(old, new) for old, new, verdict in looked if verdict in ("tff", "bff"))


def _filtered(row: list[VideoFrame], name: str, options: str) -> Iterator[tuple[int, VideoFrame]]:
    strainer = _Strainer(row[0], name, options)
    frames = [frame for one in row for frame in strainer.push(one)]
    yield from enumerate([*frames, *strainer.end()])


class Deinterlacer:
    """Makes decoded pictures whole: what goes in comes out, one picture later, mended where it is combed.

    With `double` each field becomes a picture of its own: twice as many a second, the motion as it was.
    """

    def __init__(self, order: Order, *, double: bool = False) -> None:
        mode = "send_field" if double else "send_frame"
        self._options = f"mode={mode}:parity={order or 'auto'}:deint=all"
        self._double = double
        self._strainer: _Strainer | None = None
        self._waiting: deque[Timed] = deque()
        self._step = Fraction(1)

    def push(self, moment: Fraction, frame: VideoFrame) -> list[Timed]:
        """A decoded picture and its time; returns those that are ready."""
        ready: list[Timed] = []
        if self._strainer is None or not self._strainer.fits(frame):
            ready = self.end()
            self._strainer = _Strainer(frame, "bwdif", self._options)
        if self._waiting:
            self._step = moment - self._waiting[-1][0]
        self._waiting.append((moment, frame))
        return ready + self._matched(self._strainer.push(frame))

    def end(self) -> list[Timed]:
        """The last ones."""
        strainer, self._strainer = self._strainer, None
        return self._matched(strainer.end()) if strainer is not None else []

    def _matched(self, mended: list[VideoFrame]) -> list[Timed]:
        share = 2 if self._double else 1
        ready: list[Timed] = []
        for n in range(0, len(mended) - share + 1, share):
            moment, frame = self._waiting.popleft()
            step = self._waiting[0][0] - moment if self._waiting else self._step
            whole = not _is_combed(frame, mended[n])
            ready += [
                (moment + step * k / share, frame if whole else _named(mended[n + k], frame))
                for k in range(share)
            ]
        return ready


def whole(frame: VideoFrame) -> VideoFrame:
    """The decoded picture without combs, mended by itself alone: for who looks at single ones."""
    [(_, mended)] = _filtered([frame], "bwdif", "mode=send_frame:parity=auto:deint=all")
    return _named(mended, frame) if _is_combed(frame, mended) else frame


class _Strainer:
    """One filter for pictures of one size and format."""

    def __init__(self, frame: VideoFrame, name: str, options: str) -> None:
        self._form = frame.width, frame.height, frame.format.name
        self._graph, self._count = Graph(), 0
        source = self._graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1, 25)
        )
        node, sink = self._graph.add(name, options), self._graph.add("buffersink")
        source.link_to(node)
        node.link_to(sink)
        self._graph.configure()

    def fits(self, frame: VideoFrame) -> bool:
        return (frame.width, frame.height, frame.format.name) == self._form

    def push(self, frame: VideoFrame) -> list[VideoFrame]:
        pts, base = frame.pts, frame.time_base
        frame.pts, frame.time_base = self._count, Fraction(1, 25)
        self._count += 1
        self._graph.vpush(frame)
        frame.pts, frame.time_base = pts, base
        return self._pulled()

    def end(self) -> list[VideoFrame]:
        self._graph.vpush(None)
        return self._pulled()

    def _pulled(self) -> list[VideoFrame]:
        frames = []
        while True:
            try:
                frames.append(self._graph.vpull())
            except (av.error.BlockingIOError, av.error.EOFError):
                return frames


def _named(mended: VideoFrame, frame: VideoFrame) -> VideoFrame:
    """The mended picture with the colours that the decoder named."""
    mended.colorspace, mended.color_range = frame.colorspace, frame.color_range
    mended.color_trc, mended.color_primaries = frame.color_trc, frame.color_primaries
    return mended


def _is_combed(frame: VideoFrame, mended: VideoFrame) -> bool:
    before = _teeth(frame)
    return before > _TOOTHED and before > _CURED * _teeth(mended)


def _teeth(frame: VideoFrame) -> float:
    """The share of pixels that are brighter than both the row above and below, and the next one darker.

    A thin line is none: rows have to go up and down in turn.
    """
    luma = _luma(frame)
    here = luma[1:-1]
    up, down = here - luma[:-2], here - luma[2:]
    bright, dark = (up > _STEP) & (down > _STEP), (up < -_STEP) & (down < -_STEP)
    return float(np.mean((bright[:-1] & dark[1:]) | (dark[:-1] & bright[1:])))


def _luma(frame: VideoFrame) -> NDArray[np.int16]:
    """Every second column of the brightness, from 0 to 255."""
    plane, component = frame.planes[0], frame.format.components[0]
    packed = frame.format.name.startswith(("yuyv", "uyvy", "yvyu")) or frame.format.has_palette
    if packed or frame.format.is_rgb or component.bits < 8:  # noqa: PLR2004 - bits of a byte
        grey = frame.reformat(format="gray")
        return np.asarray(grey.to_ndarray()[:, ::2], np.int16)
    deep = component.bits > 8  # noqa: PLR2004 - bits of a byte
    kind = np.uint16 if deep else np.uint8
    rows = np.frombuffer(plane, kind).reshape(-1, plane.line_size // kind().itemsize)  # type: ignore[call-overload]
    luma = rows[: plane.height, : plane.width : 2]
    return np.asarray(luma >> component.bits - 8 if deep else luma, np.int16)
