"""What a format is made of: its container, and the encoders of its picture and its sound."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from nemo_widgets.studio.render.model import BITRATE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Form", "SoundEncoder", "VideoEncoder"]


@dataclass(frozen=True, slots=True)
class VideoEncoder:
    """An encoder of pictures.

    Attributes:
        codec: its name in FFmpeg.
        called: what people call it, the usual name first.
        options: its options for an x264 crf (0 to 51) and preset.
        copies: H.264 of clips can stand beside what it encodes.
        pixels: the form of the pictures that it takes.
        tick: seconds; the clock of an animation. A video's ticks are its frames.
        fastest: frames a second at the most; browsers show animations that are quicker more slowly.
    """

    codec: str
    called: tuple[str, ...]
    options: Callable[[int, str], dict[str, str]]
    copies: bool = False
    pixels: str = "yuv420p"
    tick: Fraction = Fraction(1, 1000)
    fastest: int = 240


@dataclass(frozen=True, slots=True)
class SoundEncoder:
    """An encoder of sound.

    Attributes:
        codec: its name in FFmpeg.
        called: what people call it.
        rates: bits a second by the quality of the export; empty where nothing is lost.
    """

    codec: str
    called: tuple[str, ...]
    rates: Mapping[str, int] = field(default_factory=lambda: BITRATE)


@dataclass(frozen=True, slots=True)
class Form:
    """A format of exports.

    Attributes:
        muxer: the name of its container in FFmpeg.
        options: of the container.
        video: None for sound alone.
        sound: None for animations.
    """

    muxer: str
    options: Mapping[str, str] = field(default_factory=dict)
    video: VideoEncoder | None = None
    sound: SoundEncoder | None = None
