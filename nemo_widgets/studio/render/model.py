"""What is shown and heard when, in frames and samples: pure data, which the encoder carries out.

All of it is frozen and can be pickled, so that spans can be handed to other processes.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from .effects.treatment import UNTREATED, Treatment

if TYPE_CHECKING:
    from pathlib import Path

    from nemo_widgets.fonts import Forms

__all__ = ["BITRATE", "RATE", "AudioClip", "Fades", "Level", "Plan", "Span", "Title", "VideoClip"]

RATE = 48_000
"""Samples a second of the sound."""
BITRATE = {"high": 192_000, "medium": 160_000, "low": 128_000}
"""Bits a second of sound that loses something, by the quality of the export."""
_NEARLY_HALF = Fraction(499, 1000)
"""Of two pictures that are as near as each other the earlier one is shown."""


@dataclass(frozen=True, slots=True)
class VideoClip:
    """A part of a clip on the timeline, as picture.

    Frame n of the timeline (`first` <= n < `last`) shows the clip's moment `begin` + (n - first) x `step`,
    but never one at or after `end`: what was cut away is not seen. Times are seconds in the clip; for a
    still picture they mean nothing; `end` is None where the clip's own end is the end. Where `step` is
    negative the clip runs backwards, and never to before `end`.
    """

    path: Path
    name: str
    first: int
    last: int
    begin: Fraction = Fraction(0)
    step: Fraction = Fraction(0)
    end: Fraction | None = None
    frame: Fraction = Fraction(1, 25)
    """How long the clip shows each of its frames."""
    steady: bool = False
    """The clip's frames are the timeline's, one for one: the nearest is meant, however its clock jitters."""
    treatment: Treatment = UNTREATED
    double: bool = False
    """Each field of the interlaced clip is a picture of its own."""

    def moment(self, n: int) -> Fraction:
        """The clip's moment that frame n of the timeline shows."""
        at = self.begin + (n - self.first) * self.step
        if self.step < 0:
            return at if self.end is None else max(at, self.end)
        return at if self.end is None or at < self.end else max(self.begin, self.end - self._brief / 2)

    def tolerance(self, n: int) -> Fraction:
        """How much later than its moment what frame n shows may be dated: the nearest is meant.

        It is half of the timeline's frame, or of the clip's where that is shorter, and less before `end`.
        """
        slack = self.frame * Fraction(45, 100) if self.steady else self._brief * _NEARLY_HALF
        if self.end is None or self.step <= 0:
            return slack
        return max(Fraction(0), min(slack, self.end - self.moment(n) - self._brief / 4))

    @property
    def _brief(self) -> Fraction:
        """How long a frame of the timeline lasts in the clip, or one of the clip's where that is shorter."""
        return min(self.frame, abs(self.step)) if self.step else self.frame


@dataclass(frozen=True, slots=True)
class Title:
    """A text over frames `first` until `last` (exclusive).

    `animation` takes the first `enter` frames; over the last `leave` it fades. `style` is one of
    `text.styles.STYLES`, `subtitle` a lower third's second, smaller line.
    """

    text: str
    first: int
    last: int
    position: str
    size: float
    """Height of the letters' line in pixels for a frame whose short side is 1080."""
    color: tuple[int, int, int]
    style: str = "title"
    subtitle: str = ""
    background: tuple[int, int, int, int] | None = None
    """Red, green, blue and opacity (0-255) of the box behind it."""
    animation: str = "fade"
    enter: int = 0
    leave: int = 0
    forms: Forms = ""
    """In which forms its Chinese characters are drawn."""
    down: int = 0
    """Pixels by which it stands lower than its position says, so that it is over no other text."""


@dataclass(frozen=True, slots=True)
class Span:
    """Frames `first` until `last` (exclusive) that are made of the same layers.

    Nothing below means black. With `above`, the one goes over into the other, by the `transition` of that
    type; `blend` is the stretch of frames over which that happens (a span may be a part of it).
    """

    first: int
    last: int
    below: VideoClip | None = None
    above: VideoClip | None = None
    blend: tuple[int, int] = (0, 0)
    titles: tuple[Title, ...] = ()
    transition: str = ""

    def weight(self, n: int) -> Fraction:
        """How much of `above` there is in frame n: linear, one half in the middle of the blend."""
        first, last = self.blend
        return Fraction(2 * (n - first) + 1, 2 * (last - first))


@dataclass(frozen=True, slots=True)
class AudioClip:
    """Sound on the timeline: `length` samples from sample `at` on, all at 48 kHz.

    `source` is a file or the name of generated music ("music:lofi"). `begin` is the source's first sample.
    `fade_in` and `fade_out` are linear, in samples. `voice` is what `duck`ed music makes room for. A piece
    with `loop` goes back to `begin` at the source's sample `until` (0: its end). `speed` 2 is twice as
    fast at the same pitch. With `reverse` the source is heard backwards, from the sample before `begin` on.
    Generated music that `ends` comes to its last chord. `tracks` are the numbers of the file's sound tracks
    that are heard, none for all of them.
    """

    source: Path | str
    name: str
    at: int
    length: int
    begin: int = 0
    gain: float = 1.0
    fade_in: int = 0
    fade_out: int = 0
    voice: bool = False
    duck: bool = False
    loop: bool = False
    until: int = 0
    speed: float = 1.0
    reverse: bool = False
    ends: bool = False
    tracks: tuple[int, ...] = ()

    @property
    def end(self) -> int:
        """The first sample of the timeline behind it."""
        return self.at + self.length


@dataclass(frozen=True, slots=True)
class Level:
    """What is done to the whole mix: times `gain`, then its peaks held under `true_peak` (dBTP)."""

    gain: float
    true_peak: float


@dataclass(frozen=True, slots=True)
class Fades:
    """How a whole export, picture and sound, comes out of a colour and goes into it, in frames."""

    enter: int = 0
    leave: int = 0
    color: str = "black"

    def share(self, n: int, frames: int) -> Fraction:
        """How much of frame n of so many there is."""
        come = Fraction(2 * n + 1, 2 * self.enter) if self.enter else Fraction(1)
        go = Fraction(2 * (frames - n) - 1, 2 * self.leave) if self.leave else Fraction(1)
        return min(Fraction(1), come, go)


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole export. `spans` abut from frame 0 to `frames`; `pieces` are in the order of their beginning."""

    width: int
    height: int
    fps: Fraction
    frames: int
    spans: tuple[Span, ...]
    pieces: tuple[AudioClip, ...]
    crf: int = 20
    preset: str = "veryfast"
    quality: str = "high"
    title: str = ""
    loudness: float | None = None
    """LUFS that the whole sound is brought to; None leaves it as loud as it is mixed."""
    fades: Fades = Fades()
    format: str = "mp4"
    copied: bool = False
    """Frames that nobody touched may be taken over as they are coded in their clip."""
    waveform: bool = False
    """The sound is drawn over the picture as it is heard."""

    @property
    def samples(self) -> int:
        """How long the sound is."""
        return self.sample(self.frames)

    @property
    def duration_ms(self) -> int:
        """How long the video is."""
        return round(self.frames * 1000 / self.fps)

    def sample(self, frame: int) -> int:
        """The sample at which a frame begins."""
        return round(frame * RATE / self.fps)
