"""The MP4 file: H.264 and AAC, written as it is made."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from av.video.frame import PictureType

from nemo_widgets.printable import printable
from nemo_widgets.private_files import ensure_private
from nemo_widgets.studio.limits import short

from .coded import BITRATE, Coded
from .errors import unwritten
from .model import RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from av.video.frame import VideoFrame

    from nemo_widgets.studio.media.sound import Samples

    from .model import Plan

__all__ = ["LONGEST_TITLE", "Encoder", "as_heard", "sound_frame"]

_KEY_SECONDS = 3
"""A key frame at least this often: a player can go anywhere quickly, and the file hardly grows."""
_BT709 = 1
_LOSSLESS = "high444"
"""The profile that x264 needs for crf 0, which loses nothing."""
LONGEST_TITLE = 200


class Encoder:
    """A file being written: `picture` and `sound` in turn, then `rest`, then `finish` (or `drop`).

    Attributes:
        frames: pictures that are encoded. The encoder looks ahead, so that it has got some more.

    Raises:
        WriteError: the file can't be written.
    """

    def __init__(self, plan: Plan, target: Path) -> None:
        self._target = target
        self._tick = 1 / plan.fps
        self._heard, self._coded = 0, False
        self.frames = 0
        try:
            ensure_private(target)
            self._file = av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"})
        except (av.error.FFmpegError, OSError) as error:
            raise unwritten(error, "no access") from error
        if plan.title:
            self._file.metadata["title"] = printable(short(plan.title, LONGEST_TITLE))
        video = self._file.add_stream("libx264", rate=plan.fps)
        video.width, video.height, video.pix_fmt = plan.width, plan.height, "yuv420p"
        video.time_base = self._tick
        context = video.codec_context
        context.time_base = self._tick
        context.color_range, context.colorspace = 1, _BT709  # limited range
        context.color_primaries, context.color_trc = _BT709, _BT709
        context.gop_size = max(1, round(_KEY_SECONDS * plan.fps))
        context.sample_aspect_ratio = Fraction(1)
        profile = "high" if plan.crf else _LOSSLESS
        video.options = {"preset": plan.preset, "crf": str(plan.crf), "profile": profile}
        sound = self._file.add_stream("aac", rate=RATE, layout="stereo")
        sound.bit_rate = BITRATE[plan.quality]
        self._video, self._sound = video, sound

    def picture(self, frame: VideoFrame, n: int) -> None:
        """The next frame, number n."""
        frame.pts, frame.time_base, frame.pict_type = n, self._tick, PictureType.NONE
        for _ in self._written(self._video, self._video.codec_context.encode_lazy(frame)):
            self.frames += 1

    def sound(self, samples: Samples | Coded) -> None:
        """The next samples, all of the film's or none of them coded already."""
        if isinstance(samples, Coded):
            self._coded, packets = True, iter(samples.packets)
        else:
            packets = self._sound.codec_context.encode_lazy(sound_frame(samples, self._heard))
            self._heard += len(samples)
        for _ in self._written(self._sound, packets):
            pass

    def rest(self, sound: Iterable[Samples | Coded] = ()) -> Iterator[int]:
        """Encodes what the encoder still holds, and gives the number of `frames` after each.

        `sound` is what it was not given yet: what is coded already has an end of its own.
        """
        for _ in self._written(self._video, self._video.codec_context.encode_lazy(None)):
            self.frames += 1
            yield self.frames
        for samples in sound:
            self.sound(samples)
        if not self._coded:
            for _ in self._written(self._sound, self._sound.codec_context.encode_lazy(None)):
                pass

    def finish(self) -> None:
        """Ends the file: its index is put in front."""
        try:
            self._file.close()
        except (av.error.FFmpegError, OSError) as error:
            raise unwritten(error, "the disk may be full") from error

    def drop(self) -> None:
        """Lets go of the file and removes it; never fails."""
        with suppress(OSError):  # without it, closing has nothing left to put in order, and is quick
            self._target.unlink(missing_ok=True)
        with suppress(av.error.FFmpegError, OSError, ValueError):
            self._file.close()
        with suppress(OSError):  # where an open file can't be removed
            self._target.unlink(missing_ok=True)

    def _written(self, stream: av.VideoStream | av.AudioStream, packets: Iterable[Any]) -> Iterator[None]:
        """Stops at every packet once it is in the file, as soon as the encoder lets go of it."""
        try:
            for packet in packets:
                packet.stream = stream
                self._file.mux(packet)
                yield
        except (av.error.FFmpegError, OSError) as error:
            raise unwritten(error, "the disk may be full") from error


def as_heard(
    blocks: Iterable[Samples], quality: str, keep: Callable[[Coded], None] = lambda _: None
) -> Iterator[Samples]:
    """What a player makes of the sound of a file of this quality, coding included; some 40 times as fast.

    The first 1024 samples are the encoder's silence ahead of it. `keep` is given all that is coded.
    """
    encoder = av.CodecContext.create("aac", "w")
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "stereo", "fltp"
    encoder.bit_rate = BITRATE[quality]
    encoder.open()
    decoder = av.CodecContext.create("aac", "r")
    decoder.extradata = encoder.extradata

    def heard(frame: av.AudioFrame | None) -> Iterator[Samples]:
        block = Coded(frame.samples if frame is not None else 0, encoder.encode(frame))
        keep(block)
        for packet in block.packets:
            for decoded in decoder.decode(packet):
                yield np.ascontiguousarray(decoded.to_ndarray().T, np.float32)

    at = 0
    for block in blocks:
        yield from heard(sound_frame(block, at))
        at += len(block)
    yield from heard(None)


def sound_frame(samples: Samples, at: int) -> av.AudioFrame:
    """Samples as FFmpeg wants them; `at` is the first one's number."""
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.T), format="fltp", layout="stereo")
    frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), at
    return frame
