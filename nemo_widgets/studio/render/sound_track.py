"""The sound of a file as packets: encoded here, or coded already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .coded import Coded, sound_frame
from .model import RATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nemo_widgets.studio.media.sound import Samples

    from .model import Plan
    from .output_file import OutputFile

__all__ = ["SoundTrack"]


class SoundTrack:
    """The packets of a file's sound: `sound` for every block of samples, then `rest`."""

    def __init__(self, file: OutputFile, plan: Plan) -> None:
        encoder = file.form.sound
        if encoder is None:
            raise ValueError(f"{plan.format} has no sound.")
        stream: Any = file.container.add_stream(encoder.codec, rate=RATE, layout="stereo")
        if encoder.rates:
            stream.bit_rate = encoder.rates[plan.quality]
        self._stream, self._heard, self._coded = stream, 0, False

    def sound(self, samples: Samples | Coded) -> Iterator[Any]:
        """What comes of the next samples, all of the film's or none of them coded already."""
        if isinstance(samples, Coded):
            self._coded = True
            return self._of_stream(samples.packets)
        at, self._heard = self._heard, self._heard + len(samples)
        return self._of_stream(self._stream.codec_context.encode_lazy(sound_frame(samples, at)))

    def rest(self) -> Iterator[Any]:
        """What the encoder still holds: what is coded already has an end of its own."""
        return iter(()) if self._coded else self._of_stream(self._stream.codec_context.encode_lazy(None))

    def _of_stream(self, packets: Iterable[Any]) -> Iterator[Any]:
        for packet in packets:
            packet.stream = self._stream
            yield packet
