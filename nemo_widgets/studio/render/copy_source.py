"""A clip whose packets may stand in an export as they are, and its groups of pictures."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from av.video.reformatter import ColorRange, Colorspace, ColorTrc

from nemo_widgets.studio.media import MediaError
from nemo_widgets.studio.media.extent import clock_of, extents, origin
from nemo_widgets.studio.media.fields import field_order
from nemo_widgets.studio.media.look import Look, look_of
from nemo_widgets.studio.media.opening import only, open_media, video_stream
from nemo_widgets.studio.media.whole import structure

from .h264 import ParameterSets, has_other_sets, is_idr, is_well_formed
from .scaling import SD_HEIGHT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from av.container import InputContainer
    from av.packet import Packet
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

__all__ = ["CopySource", "Head", "copy_source", "groups", "only_video"]

_LARGEST = 64 << 20
"""Bytes between two IDR pictures."""
_PROFILES = {"Baseline": "baseline", "Constrained Baseline": "baseline", "Main": "main", "High": "high"}


@dataclass(frozen=True, slots=True)
class CopySource:
    """A clip's stream of H.264.

    Attributes:
        sets: its parameter sets.
        delay: by how many frames decoding is ahead of showing.
        profile: what x264 calls its profile.
        tick: the unit of its clock, in seconds.
        origin: the time on it that is the clip's moment 0, in seconds.
    """

    sets: ParameterSets
    delay: int
    profile: str
    tick: Fraction
    origin: Fraction


@dataclass(frozen=True, slots=True)
class Head:
    """What counts of a packet: when it is shown, and whether it is damaged, or can't stand elsewhere."""

    time: int
    broken: bool


def copy_source(path: Path, name: str, size: tuple[int, int]) -> CopySource | str:
    """The clip's stream where its packets can stand in an export of this size as they are; else why not.

    The reason is one of `explain.REASONS`.

    Raises:
        MediaError: it can't be read.
    """
    if why := _spoilt(path, name):
        return why
    with open_media(path, name) as container:
        stream = video_stream(container)
        if stream is None or stream.codec_context is None or stream.time_base is None:
            return "codec"
        if why := _unfit(stream.codec_context, size):
            return why
        context, shape = stream.codec_context, structure(path, container.format.name)
        sets = ParameterSets.of_record(context.extradata or b"")
        profile = _PROFILES.get(context.profile or "")
        joined = shape.windows or shape.pieces or shape.cut or clock_of(path, container, name)
        if joined or not stream.index_entries or sets is None or profile is None:
            return "structure"
        begin = origin(container)
        only(container, stream)
        if why := _strange(next(container.decode(stream), None), stream):
            return why
        return CopySource(sets, context.reorder_depth, profile, Fraction(stream.time_base), begin)


def _spoilt(path: Path, name: str) -> str:
    """Why a file can't be gone through from one end to the other, picture by picture; "" if it can."""
    if field_order(path):
        return "interlaced"
    found = extents(path, name)
    return "damaged" if found.lost or found.cut else ""


def _strange(frame: VideoFrame | None, stream: VideoStream) -> str:
    """What is unusual about a stream's first picture; "" for nothing."""
    if frame is None:
        return "damaged"
    if look_of(frame, stream) != Look():
        return "turned"
    return "" if _is_usual(frame) else "colours"


def _unfit(context: VideoCodecContext, size: tuple[int, int]) -> str:
    """What is another about a stream's pictures than about an export's; "" for nothing."""
    if context.name != "h264":
        return "codec"
    if context.pix_fmt != "yuv420p":
        return "pixels"
    return "size" if (context.width, context.height) != size else ""


def _is_usual(frame: VideoFrame) -> bool:
    """Whether a frame has the colours of every export: BT.709, limited range; unnamed ones are, in HD."""
    named = frame.colorspace in (1, Colorspace.ITU709)
    unnamed = frame.colorspace in (0, 2) and frame.height > SD_HEIGHT
    return (
        (named or unnamed)
        and frame.color_range != ColorRange.JPEG
        and not frame.interlaced_frame
        and frame.color_trc in (ColorTrc.BT709, ColorTrc.UNSPECIFIED, 0)
    )


def groups(
    path: Path, name: str, sets: ParameterSets, start: int, is_behind: Callable[[int], bool]
) -> Iterator[list[Head]]:
    """The packets of a stretch in the order of their decoding, from each IDR picture until the next one.

    Args:
        path: the clip.
        name: what it is called.
        sets: its parameter sets.
        start: a time in the first group, in ticks.
        is_behind: whether a group that begins at this time is behind the stretch.

    Raises:
        MediaError: the clip can't be read.
    """
    with open_media(path, name) as container:
        stream = only_video(container)
        container.seek(max(start, 0), stream=stream)
        group: list[Head] = []
        size = 0
        for packet in container.demux(stream):
            if packet.pts is None:
                break
            if packet.is_keyframe and is_idr(memoryview(packet)):
                if group:
                    yield group
                if is_behind(packet.pts):
                    return
                group, size = [_head(packet, packet.pts, sets)], 0
            elif group:
                group.append(_head(packet, packet.pts, sets))
            size += packet.size
            if size > _LARGEST:
                group = []
        if group:
            yield group


def _head(packet: Packet[VideoStream], time: int, sets: ParameterSets) -> Head:
    data = memoryview(packet)
    strange = not is_well_formed(data) or (packet.is_keyframe and has_other_sets(data, sets))
    return Head(time, packet.is_discard or packet.is_corrupt or strange)


def only_video(container: InputContainer) -> VideoStream:
    """The clip's pictures, of which alone packets are read.

    Raises:
        MediaError: it has none.
    """
    stream = video_stream(container)
    if stream is None:
        raise MediaError("The clip has no pictures.")
    only(container, stream)
    return stream
