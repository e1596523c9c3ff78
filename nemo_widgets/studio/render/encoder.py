"""The MP4 file: H.264 and AAC, written as it is made."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import numpy as np

from nemo_widgets.printable import printable
from nemo_widgets.private_files import ensure_private
from nemo_widgets.studio.limits import short

from .coded import BITRATE, Coded
from .copies import NOTHING
from .errors import unwritten
from .model import RATE
from .video_track import EncodedTrack, MixedTrack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from av.video.frame import VideoFrame

    from nemo_widgets.studio.media.sound import Samples

    from .copies import Copy, CopyPlan
    from .model import Plan
    from .video_track import VideoTrack

__all__ = ["LONGEST_TITLE", "Encoder", "as_coded", "as_heard", "sound_frame"]

LONGEST_TITLE = 200


class Encoder:
    """A file being written: `picture` and `sound` in turn, then `rest`, then `finish` (or `drop`).

    Attributes:
        frames: pictures that are encoded. The encoder looks ahead, so that it has got some more.

    Raises:
        WriteError: the file can't be written.
    """

    def __init__(self, plan: Plan, target: Path, copies: CopyPlan = NOTHING) -> None:
        self._target = target
        self._heard, self._coded = 0, False
        self.frames = 0
        try:
            ensure_private(target)
            self._file = av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"})
        except (av.error.FFmpegError, OSError) as error:
            raise unwritten(error, "no access") from error
        if plan.title:
            self._file.metadata["title"] = printable(short(plan.title, LONGEST_TITLE))
        self._video: VideoTrack = (
            MixedTrack(self._file, plan, copies) if copies.copies else EncodedTrack(self._file, plan)
        )
        sound = self._file.add_stream("aac", rate=RATE, layout="stereo")
        sound.bit_rate = BITRATE[plan.quality]
        self._sound = sound

    def picture(self, frame: VideoFrame, n: int) -> None:
        """The next frame, number n."""
        for _ in self._written(self._video.picture(frame, n)):
            self.frames += 1

    def copied(self, copy: Copy) -> Iterator[int]:
        """The next frames, those of a copy; gives how many of them there are after each."""
        for count, _ in enumerate(self._written(self._video.copied(copy)), 1):
            self.frames += 1
            yield count

    def sound(self, samples: Samples | Coded) -> None:
        """The next samples, all of the film's or none of them coded already."""
        if isinstance(samples, Coded):
            self._coded, packets = True, iter(samples.packets)
        else:
            packets = self._sound.codec_context.encode_lazy(sound_frame(samples, self._heard))
            self._heard += len(samples)
        for _ in self._written(self._heard_in(packets)):
            pass

    def rest(self, sound: Iterable[Samples | Coded] = ()) -> Iterator[int]:
        """Encodes what the encoder still holds, and gives the number of `frames` after each.

        `sound` is what it was not given yet: what is coded already has an end of its own.
        """
        for _ in self._written(self._video.rest()):
            self.frames += 1
            yield self.frames
        for samples in sound:
            self.sound(samples)
        if not self._coded:
            for _ in self._written(self._heard_in(self._sound.codec_context.encode_lazy(None))):
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

    def _heard_in(self, packets: Iterable[Any]) -> Iterator[Any]:
        for packet in packets:
            packet.stream = self._sound
            yield packet

    def _written(self, packets: Iterable[Any]) -> Iterator[None]:
        """Stops at every packet once it is in the file, as soon as the encoder lets go of it."""
        try:
            for packet in packets:
                self._file.mux(packet)
                yield
        except (av.error.FFmpegError, OSError) as error:
            raise unwritten(error, "the disk may be full") from error


def as_coded(blocks: Iterable[Samples | Coded], quality: str) -> Iterator[Coded]:
    """Blocks of sound as a file of this quality has them; those that are coded already stay as they are."""
    encoder, at = _sound_encoder(quality), 0
    for block in blocks:
        if isinstance(block, Coded):
            yield block
            continue
        yield Coded(len(block), encoder.encode(sound_frame(block, at)))
        at += len(block)
    if at:
        yield Coded(0, encoder.encode(None))


def as_heard(
    blocks: Iterable[Samples], quality: str, keep: Callable[[Coded], None] = lambda _: None
) -> Iterator[Samples]:
    """What a player makes of the sound of a file of this quality, coding included; some 40 times as fast.

    The first 1024 samples are the encoder's silence ahead of it. `keep` is given all that is coded.
    """
    decoder = av.CodecContext.create("aac", "r")
    decoder.extradata = _sound_encoder(quality).extradata
    for block in as_coded(blocks, quality):
        keep(block)
        for packet in block.packets:
            for decoded in decoder.decode(packet):
                yield np.ascontiguousarray(decoded.to_ndarray().T, np.float32)


def _sound_encoder(quality: str) -> av.AudioCodecContext:
    encoder = av.CodecContext.create("aac", "w")
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "stereo", "fltp"
    encoder.bit_rate = BITRATE[quality]
    encoder.open()
    return encoder


def sound_frame(samples: Samples, at: int) -> av.AudioFrame:
    """Samples as FFmpeg wants them; `at` is the first one's number."""
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.T), format="fltp", layout="stereo")
    frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), at
    return frame
