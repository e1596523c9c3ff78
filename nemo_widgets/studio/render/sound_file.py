"""The file of an export that is sound alone: M4A, MP3 or WAV, written as it is made."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import av

from nemo_widgets.printable import printable
from nemo_widgets.private_files import ensure_private
from nemo_widgets.studio.limits import short

from .coded import BITRATE, Coded
from .encoder import LONGEST_TITLE, sound_frame
from .errors import unwritten
from .model import RATE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from nemo_widgets.studio.media.sound import Samples

    from .model import Plan

__all__ = ["SoundFile"]

_FORMS = {
    "m4a": ("ipod", "aac", {"movflags": "+faststart"}),
    "mp3": ("mp3", "libmp3lame", {}),
    "wav": ("wav", "pcm_s16le", {"rf64": "auto"}),
}
"""FFmpeg's muxer and encoder, and the muxer's options."""


class SoundFile:
    """A file being written: `sound` again and again, then `rest`, then `finish` (or `drop`).

    Raises:
        WriteError: the file can't be written.
    """

    def __init__(self, plan: Plan, target: Path) -> None:
        self._target, self._heard, self._coded = target, 0, False
        muxer, codec, options = _FORMS[plan.format]
        try:
            ensure_private(target)
            self._file = av.open(str(target), "w", format=muxer, options=options)
        except (av.error.FFmpegError, OSError) as error:
            raise unwritten(error, "no access") from error
        if plan.title:
            self._file.metadata["title"] = printable(short(plan.title, LONGEST_TITLE))
        stream: Any = self._file.add_stream(codec, rate=RATE, layout="stereo")
        if plan.format != "wav":
            stream.bit_rate = BITRATE[plan.quality]
        self._stream = stream

    def sound(self, samples: Samples | Coded) -> None:
        """The next samples, all or none of them coded already."""
        if isinstance(samples, Coded):
            self._coded, packets = True, samples.packets
        else:
            packets = self._stream.codec_context.encode_lazy(sound_frame(samples, self._heard))
            self._heard += len(samples)
        self._written(packets)

    def rest(self) -> None:
        """Encodes what the encoder still holds: what is coded already has an end of its own."""
        if not self._coded:
            self._written(self._stream.codec_context.encode_lazy(None))

    def finish(self) -> None:
        """Ends the file."""
        try:
            self._file.close()
        except (av.error.FFmpegError, OSError) as error:
            raise unwritten(error, "the disk may be full") from error

    def drop(self) -> None:
        """Lets go of the file and removes it; never fails."""
        with suppress(OSError):
            self._target.unlink(missing_ok=True)
        with suppress(av.error.FFmpegError, OSError, ValueError):
            self._file.close()
        with suppress(OSError):  # where an open file can't be removed
            self._target.unlink(missing_ok=True)

    def _written(self, packets: Iterable[Any]) -> None:
        try:
            for packet in packets:
                packet.stream = self._stream
                self._file.mux(packet)
        except (av.error.FFmpegError, OSError) as error:
            raise unwritten(error, "the disk may be full") from error
