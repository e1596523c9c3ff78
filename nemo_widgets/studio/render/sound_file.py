"""The file of an export that is sound alone: M4A, MP3 or WAV, written as it is made."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import av

from nemo_widgets.printable import printable
from nemo_widgets.private_files import ensure_private
from nemo_widgets.studio.limits import short

from .encoder import BITRATE, LONGEST_TITLE, sound_frame, unwritten
from .timeline import RATE

if TYPE_CHECKING:
    from pathlib import Path

    from nemo_widgets.studio.media.sound import Samples

    from .timeline import Plan

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
        self._target, self._heard = target, 0
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

    def sound(self, samples: Samples) -> None:
        """The next samples."""
        frame = sound_frame(samples, self._heard)
        self._heard += len(samples)
        self._written(frame)

    def rest(self) -> None:
        """Encodes what the encoder still holds."""
        self._written(None)

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

    def _written(self, frame: av.AudioFrame | None) -> None:
        try:
            for packet in self._stream.encode(frame):
                self._file.mux(packet)
        except (av.error.FFmpegError, OSError) as error:
            raise unwritten(error, "the disk may be full") from error
