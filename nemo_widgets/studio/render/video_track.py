"""The pictures of a film as packets: encoded here, or taken over from clips as they are."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol

import av
from av.codec.context import Flags
from av.video.frame import PictureType

from nemo_widgets.studio.media import MediaError
from nemo_widgets.studio.media.opening import open_media, video_stream

from .errors import CopyError
from .h264 import MOST_IDS, ParameterSets, length_prefixed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from av.container import OutputContainer
    from av.packet import Packet
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

    from .copies import Copy, CopyPlan
    from .formats import Form
    from .model import Plan

__all__ = ["EncodedTrack", "MixedTrack", "VideoTrack"]

_KEY_SECONDS = 3
"""A key frame at least this often: a player can go anywhere quickly, and the file hardly grows."""
_BT709 = 1


class VideoTrack(Protocol):
    """The packets of a file's pictures: `picture` for every frame that is encoded, then `rest`."""

    def picture(self, frame: VideoFrame, n: int) -> Iterator[Packet[VideoStream]]:
        """What comes of the next frame, number n."""

    def copied(self, copy: Copy) -> Iterator[Packet[VideoStream]]:
        """What comes before the frames of a copy, and they.

        Raises:
            CopyError: the file can't hold them, or they can't be read.
        """

    def rest(self) -> Iterator[Packet[VideoStream]]:
        """What is still to come."""


class EncodedTrack:
    """Every frame is encoded, by one encoder."""

    def __init__(self, file: OutputContainer, plan: Plan, form: Form) -> None:
        if form.video is None:
            raise ValueError(f"{plan.format} has no pictures.")
        stream: Any = file.add_stream(form.video.codec, rate=plan.fps)
        self._stream: VideoStream = stream
        self._stream.time_base = 1 / plan.fps
        _set_up(self._stream.codec_context, plan)
        stream.options = form.video.options(plan.crf, plan.preset)
        self._tick = 1 / plan.fps

    def picture(self, frame: VideoFrame, n: int) -> Iterator[Packet[VideoStream]]:
        """What comes of the next frame, number n."""
        _number(frame, n, self._tick)
        return self._of_stream(self._stream.codec_context.encode_lazy(frame))

    def copied(self, copy: Copy) -> Iterator[Packet[VideoStream]]:
        """Refuse it: the file's head has the encoder's parameter sets alone."""
        raise CopyError(f"{copy.name} can't be copied into a file that is encoded.")

    def rest(self) -> Iterator[Packet[VideoStream]]:
        """What the encoder still holds."""
        return self._of_stream(self._stream.codec_context.encode_lazy(None))

    def _of_stream(self, packets: Iterable[Packet[Any]]) -> Iterator[Packet[VideoStream]]:
        for packet in packets:
            packet.stream = self._stream
            yield packet


class MixedTrack:
    """Copies, and between them frames that an encoder of their own makes, an IDR picture first.

    The parameter sets of both stand in the file's head under different numbers. Packets are decoded in the
    order in which they come, a tick apart, and as long before they are shown as the deepest reordering needs.

    Raises:
        CopyError: a copy can't be read, or a packet would be decoded after it is shown.
    """

    def __init__(self, file: OutputContainer, plan: Plan, copies: CopyPlan) -> None:
        self._plan, self._copies, self._tick = plan, copies, 1 / plan.fps
        self._context: VideoCodecContext | None = None
        self._come = 0
        sets = None
        for self._own_id in reversed(range(MOST_IDS)):
            own = self._encoder()
            sets = copies.sets.with_others(ParameterSets.of_units(own.extradata or b""))
            if sets is not None:  # a free number, or that of an encoder like this one
                break
        if copies.model is None or sets is None:
            raise CopyError("There is nothing to copy.")
        self._ahead = max(copies.delay, own.reorder_depth)
        with open_media(copies.model) as container:
            model = video_stream(container)
            if model is None:
                raise CopyError("The clip has no pictures.")
            self._stream: VideoStream = file.add_stream_from_template(model)
        context = self._stream.codec_context
        _set_up(context, plan)
        context.extradata = sets.record()
        self._stream.time_base = self._tick

    def picture(self, frame: VideoFrame, n: int) -> Iterator[Packet[VideoStream]]:
        """What comes of the next frame, number n."""
        if self._context is None:
            self._context = self._encoder()
        _number(frame, n, self._tick)
        return self._own(self._context.encode_lazy(frame))

    def copied(self, copy: Copy) -> Iterator[Packet[VideoStream]]:
        """What the encoder still holds, and the packets of a copy."""
        yield from self.rest()
        try:
            for n, packet in copy.packets():
                yield self._placed(bytes(packet), n, key=packet.is_keyframe)
        except (MediaError, av.error.FFmpegError) as error:
            raise CopyError(str(error)) from error

    def rest(self) -> Iterator[Packet[VideoStream]]:
        """What the encoder still holds."""
        if self._context is not None:
            yield from self._own(self._context.encode_lazy(None))
        self._context = None

    def _encoder(self) -> VideoCodecContext:
        context: VideoCodecContext = av.CodecContext.create("libx264", "w")
        context.framerate = self._plan.fps
        _set_up(context, self._plan)
        context.flags |= int(Flags.global_header)
        context.options = {
            "preset": self._plan.preset,
            "crf": str(self._plan.crf),
            "profile": self._copies.profile,
            "x264-params": f"sps-id={self._own_id}",
        }
        if not self._copies.delay:
            context.options["bf"] = "0"
        context.open()
        return context

    def _own(self, packets: Iterable[Packet[Any]]) -> Iterator[Packet[VideoStream]]:
        for packet in packets:
            yield self._placed(length_prefixed(bytes(packet)), packet.pts or 0, key=packet.is_keyframe)

    def _placed(self, data: bytes, n: int, *, key: bool) -> Packet[VideoStream]:
        if n < self._come - self._ahead:
            raise CopyError("A picture would be decoded after it is shown.")
        packet: Any = av.Packet(data)
        packet.stream, packet.time_base, packet.duration = self._stream, self._tick, 1
        packet.pts, packet.dts, packet.is_keyframe = n, self._come - self._ahead, key
        self._come += 1
        placed: Packet[VideoStream] = packet
        return placed


def _set_up(context: VideoCodecContext, plan: Plan) -> None:
    context.width, context.height, context.pix_fmt = plan.width, plan.height, "yuv420p"
    context.time_base = 1 / plan.fps
    context.color_range, context.colorspace = 1, _BT709  # limited range
    context.color_primaries, context.color_trc = _BT709, _BT709
    context.gop_size = max(1, round(_KEY_SECONDS * plan.fps))
    context.sample_aspect_ratio = Fraction(1)


def _number(frame: VideoFrame, n: int, tick: Fraction) -> None:
    frame.pts, frame.time_base, frame.pict_type = n, tick, PictureType.NONE
