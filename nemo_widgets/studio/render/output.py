"""What kind of file an export shall become (protocol §9, `output`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Self

from nemo_widgets.catalogue import english
from nemo_widgets.export_formats import ANIMATIONS, FORMATS, SOUNDS, formats_in_words, nearest_format
from nemo_widgets.studio.limits import short
from nemo_widgets.studio.media.info import common_rate

from .errors import RenderError
from .formats import form_of

__all__ = ["Output", "even", "parse_rate"]

_CRF = {"high": 20, "medium": 23, "low": 28}
_ANIMATED = {"high": (480, Fraction(20)), "medium": (360, Fraction(25, 2)), "low": (240, Fraction(10))}
"""Of an animation: pixels on the short side and frames a second, at the most where nothing is said."""
_LOW = ("draft", "small", "worst", "lowest", "lo", "poor", "preview")
_PRESETS = ("ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow")
_NAMED = {"4k": 2160, "uhd": 2160, "2k": 1440, "qhd": 1440, "fullhd": 1080, "fhd": 1080, "hd": 720}
"""Pixels on the short side, as they are called."""
_SMALLEST, _LARGEST = 16, 4096
_FASTEST = 240
_RATE = re.compile(r"\s*\d{1,9}(?:\.\d{0,9}|/\d{1,9})?\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Output:
    """The file's form. What is None is taken from the draft, or from the quality.

    Attributes:
        format: one of `export_formats.FORMATS`.
        quality: high, medium or low; it means crf 20, 23 or 28 where `crf` is None, and of an animation
            how large and how quick it is at the most where nothing is said.
        resolution: "source" (the first clip's own), "720p" (any number: pixels on the short side) or
            "1280x720".
        fps: frames a second, a number or "30000/1001".
        preset: x264's preset; None means veryfast.

    Raises:
        RenderError: something in it can't be made; one sentence.
    """

    format: str = "mp4"
    quality: str = "high"
    resolution: str | None = None
    fps: float | str | None = None
    codec: str | None = None
    crf: int | None = None
    preset: str | None = None

    def __post_init__(self) -> None:
        if self.format not in FORMATS:
            raise RenderError(
                english(
                    "film.formats",
                    formats=formats_in_words(),
                    format=short(self.format),
                    near=nearest_format(short(self.format)),
                )
            )
        if self.format in SOUNDS:
            self._refuse_video("sound", ("resolution", "fps", "crf", "preset"))
        if self.format in ANIMATIONS:
            self._refuse_video("animation", ("crf", "preset"))
        self._check_codec()
        if self.quality not in _CRF:
            raise RenderError(
                english(
                    "film.quality",
                    quality=short(self.quality),
                    near="low" if self.quality in _LOW else "high",
                )
            )
        if self.crf is not None and not 0 <= self.crf <= 51:  # noqa: PLR2004 - x264's scale
            near = 0 if self.crf < 0 else 51
            raise RenderError(english("film.crf", crf=short(self.crf), near=near))
        if self.preset is not None and self.preset not in _PRESETS:
            raise RenderError(english("film.preset", names=", ".join(_PRESETS), preset=short(self.preset)))
        encoder = form_of(self.format).video
        if self.fps is not None and parse_rate(self.fps) > (most := encoder.fastest if encoder else _FASTEST):
            raise RenderError(
                english("film.fastest", format=self.format.upper(), most=most, fps=short(self.fps), near=most)
            )
        self.size(1920, 1080)

    def _refuse_video(self, kind: str, keys: tuple[str, ...]) -> None:
        """Raises RenderError for what only a video has."""
        for key in keys:
            if getattr(self, key) is not None:
                raise RenderError(english(f"film.{kind} has no", format=self.format.upper(), key=key))

    def _check_codec(self) -> None:
        form = form_of(self.format)
        encoder = form.video or form.sound
        if encoder is not None and self.codec not in (None, encoder.codec, *encoder.called):
            raise RenderError(
                english("film.codec", format=self.format, codec=encoder.called[0], asked=short(self.codec))
            )

    @classmethod
    def from_request(cls, request: dict[str, Any] | None, usual: str = "mp4") -> Self:
        """The `output` of a render request, unknown keys left aside; `usual` is the format if none is said.

        Raises:
            RenderError: a value of the wrong type, or one that can't be made.
        """
        request = {key: value for key, value in (request or {}).items() if value is not None}
        words = ("format", "quality", "resolution", "codec", "preset")
        texts = {key: request[key] for key in words if key in request}
        for key, value in texts.items():
            if not isinstance(value, str):
                raise RenderError(english("film.word", key=key, value=short(repr(value))))
        fps, crf = request.get("fps"), request.get("crf")
        if isinstance(fps, bool) or not isinstance(fps, int | float | str | None):
            raise RenderError(english("film.fps", value=short(repr(fps))))
        if crf is not None and (isinstance(crf, bool) or not isinstance(crf, int | float) or crf % 1 != 0):
            raise RenderError(english("film.whole crf", value=short(repr(crf))))
        texts = {key: value.strip().lower() for key, value in texts.items()}
        texts.setdefault("format", usual)
        return cls(**texts, fps=fps, crf=None if crf is None else int(crf))

    @property
    def rate_factor(self) -> int:
        """x264's crf."""
        return _CRF[self.quality] if self.crf is None else self.crf

    @property
    def copies(self) -> bool:
        """Whether clips may be copied: not where a smaller file is asked for, or a quality by number."""
        encoder = form_of(self.format).video
        return encoder is not None and encoder.copies and self.quality == "high" and self.crf is None

    def rate(self, usual: Fraction) -> Fraction:
        """Frames a second where no `fps` is asked for, of a film that has `usual`."""
        return min(usual, _ANIMATED[self.quality][1]) if self.format in ANIMATIONS else usual

    def size(
        self,
        width: int,
        height: int,
        source: tuple[int, int] | None = None,
        *,
        largest: Fraction = Fraction(1),
    ) -> tuple[int, int]:
        """The output's even width and height for a canvas of `width` x `height` and a first clip's size.

        Where no resolution is asked for the sides are the canvas', or this share of them. A clip of odd sides
        that decides them loses a row, and gains none.
        """
        wanted = self.resolution
        if wanted is None and self.format in ANIMATIONS:
            largest = min(largest, Fraction(_ANIMATED[self.quality][0], min(width, height)))
        if wanted is None or (wanted == "source" and source is None):
            share = max(largest, Fraction(_SMALLEST, min(width, height))) if largest < 1 else largest
            return _checked(*_filmed((width * share, height * share), source))
        if wanted == "source" and source is not None:
            # The canvas keeps its shape: a clip of another one was fitted into it.
            scale = min(Fraction(source[0], width), Fraction(source[1], height))
            scale = max(scale, Fraction(_SMALLEST, min(width, height)))
            return _checked(*_filmed((width * scale, height * scale), source))
        if found := re.fullmatch(r"(\d{1,5})\s*[x×*]\s*(\d{1,5})", wanted):
            return _checked(int(found[1]), int(found[2]))
        lines = _NAMED.get(wanted.replace(" ", ""))
        if re.fullmatch(r"([5-9]|[1-9]\d)k", wanted):
            raise RenderError(english("film.too large", size=wanted.upper(), most=_LARGEST))
        if found := re.fullmatch(r"(\d{2,5})p?", wanted):
            lines = int(found[1])
            if lines > _LARGEST:
                raise RenderError(english("film.too many lines", lines=lines, most=_LARGEST))
        if lines is None:
            near = re.fullmatch(r"(\d{3,4})i", wanted)
            raise RenderError(
                english("film.resolution near", size=short(wanted), near=f"{near[1]}p")
                if near
                else english("film.resolution", size=short(wanted))
            )
        # A panorama's long side would be too long: it is made as large as can be.
        scale = min(Fraction(lines, min(width, height)), Fraction(_LARGEST, max(width, height)))
        return _checked(width * scale, height * scale)


def parse_rate(value: float | str) -> Fraction:
    """Frames a second: 29.97 and "30000/1001" are the same exact fraction.

    Raises:
        RenderError: no number, or no rate that a video can have.
    """
    try:
        if isinstance(value, str) and not _RATE.fullmatch(value):  # “1e999999999” would take for ever
            raise ValueError  # noqa: TRY301 - one sentence for all that is no rate
        rate = Fraction(value)
    except (ValueError, ZeroDivisionError, OverflowError) as error:
        raise RenderError(english("film.rate", value=short(value))) from error
    if not 1 <= rate <= _FASTEST:
        near = 1 if rate < 1 else _FASTEST
        raise RenderError(english("film.rates", most=_FASTEST, value=short(value), near=near))
    # 29.97 and 23.976 are what people write for 30000/1001 and 24000/1001.
    return common_rate(rate, Fraction(3, 100_000)) or rate.limit_denominator(1001)


def even(value: Fraction | float) -> int:
    """The nearest even number: yuv420p has one colour sample for two pixels."""
    return max(2, 2 * round(value / 2))


def _filmed(
    size: tuple[Fraction, Fraction], source: tuple[int, int] | None
) -> tuple[Fraction | int, Fraction | int]:
    """The sides, or those of a clip of this shape and size without the odd row: canvases are rounded."""
    if source is None or abs(size[0] * source[1] - size[1] * source[0]) > max(source):  # another shape
        return size
    if all(abs(side - own) >= 1 for side, own in zip(size, source, strict=True)):
        return size
    return source[0] - source[0] % 2, source[1] - source[1] % 2


def _checked(width: Fraction | int, height: Fraction | int) -> tuple[int, int]:
    size = even(width), even(height)
    if min(size) < _SMALLEST or max(size) > _LARGEST:
        large, small = max(size), min(size)
        scale = Fraction(_LARGEST, large) if large > _LARGEST else Fraction(_SMALLEST, small)
        near = [min(_LARGEST, max(_SMALLEST, even(side * scale))) for side in size]
        sides = {"size": f"{size[0]}x{size[1]}", "near": f"{near[0]}x{near[1]}"}
        raise RenderError(english("film.size", **sides, least=_SMALLEST, most=_LARGEST))
    return size
