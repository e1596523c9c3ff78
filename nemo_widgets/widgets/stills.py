"""A still picture and the facts of a media file, as far as this machine can read it."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from PIL import Image

from nemo_widgets.catalogue import say
from nemo_widgets.draft import clock
from nemo_widgets.large_pictures import UNREADABLE, opened, small, unwarned
from nemo_widgets.media_types import MEDIA_TYPES

from .good_frame import good_frame
from .waveform import levels_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Look", "look"]

_PLACES = 5
_HEAD, _LINES = 8192, 3
"""Bytes of subtitles that are looked at, and lines of them that are shown."""
_DIALOGUE = re.compile(r"Dialogue:(?:[^,]*,){9}(.*)", re.IGNORECASE)
_MARKED = re.compile(r"<[^<>]{0,80}>|\{[^{}]{0,200}\}")
_GREY = 200
"""What is seen through a picture, from 0 to 255."""
_LONGEST_SIDE = 1280
"""Pixels: a card or a poster shows no more of a picture, on a fine screen."""
_TURN, _SIDEWAYS = 0x0112, (5, 6, 7, 8)
"""EXIF's tag that says how a picture is turned, and what it says of one that lies on its side."""
_MOST_FILM = 40_000_000
"""Pixels of a frame: 8K has 33 million. Of a larger one several are too much for a kernel."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a file looks like: `kind` is video, audio, image or text; 0 and None are what is not known.

    `lines` are the first words of subtitles, `levels` how loud a sound is from its beginning to its end, from
    0 to 1, and `sound` is what it is made of, such as `AAC · 48 kHz · stereo`.
    """

    kind: str
    duration_ms: int = 0
    width: int = 0
    height: int = 0
    picture: Image.Image | None = None
    lines: tuple[str, ...] = ()
    levels: tuple[float, ...] = ()
    sound: str = ""

    def words(self, name: str) -> str:
        """The file in one line, such as `out.mp4 · 0:24 · 1920×1080`."""
        length = clock(self.duration_ms) if self.duration_ms else ""
        return " · ".join(filter(None, [name, length, f"{self.width}×{self.height}" if self.width else ""]))


def look(path: Path, at_ms: int | None = None, *, best: bool = True) -> Look:
    """The facts of a file and a still of it: the frame at `at_ms`, or a good one, the `best` of some or not.

    Never fails: of a file that can't be read, or without PyAV, only what its name says is known.
    """
    known = MEDIA_TYPES.get(path.suffix.lower())
    kind = known.kind if known else "video"
    if kind == "image":
        with suppress(*UNREADABLE):
            return _still(path)
    if kind == "text":
        return Look("text", lines=_first_words(path))
    try:
        import av
    except ImportError:
        return Look(kind)
    try:
        with av.open(str(path)) as film:
            return _film(film, at_ms, best=best)
    except (av.FFmpegError, *UNREADABLE):
        return Look(kind)


@unwarned()
def _still(path: Path) -> Look:
    try:
        with opened(path) as image:
            size = image.size[::-1] if image.getexif().get(_TURN, 1) in _SIDEWAYS else image.size
            return Look("image", 0, *size, small(image, path.stat().st_size, _LONGEST_SIDE, below=_GREY))
    except Image.DecompressionBombError:
        return Look("image")


def _first_words(path: Path) -> tuple[str, ...]:
    """The first lines that subtitles show; none where they can't be told."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return ()
    coding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = head.decode(coding, "ignore" if len(head) == _HEAD else "strict")
    except UnicodeDecodeError:
        return ()  # which encoding it is in only the studio finds out
    return tuple(islice(_shown_words(text), _LINES))


def _shown_words(text: str) -> Iterator[str]:
    """The words below the times of SRT and WebVTT, and behind the fields of ASS and SSA."""
    shown = False
    for raw in text.splitlines():
        line = raw.strip()
        if (told := _DIALOGUE.match(line)) is not None:
            yield from filter(None, (_MARKED.sub("", part).strip() for part in told[1].split("\\N")))
        elif "-->" in line or not line:
            shown = bool(line)
        elif shown and (words := _MARKED.sub("", line).strip()):
            yield words


def _film(film: Any, at_ms: int | None, *, best: bool) -> Look:
    import av

    duration_ms = round(film.duration * 1000 / av.time_base) if film.duration else 0
    stream = next(iter(film.streams.video), None)
    heard = next(iter(film.streams.audio), None)
    if stream is None:
        levels = levels_of(film, heard) if heard is not None else ()
        return Look("audio", duration_ms, levels=levels, sound=_sound_words(heard))
    context, (width, height) = stream.codec_context, (stream.codec_context.width, stream.codec_context.height)
    if width * height > _MOST_FILM:
        return Look("video", duration_ms, width, height)
    context.options = {"max_pixels": str(_MOST_FILM)}  # for what a stream says later
    cover = bool(stream.disposition & av.stream.Disposition.attached_pic)
    if cover and not at_ms:
        picture = _shown(next(film.decode(stream), None), stream)
        return Look("audio", duration_ms, picture=picture, sound=_sound_words(heard))
    if at_ms is not None:
        frame = _frame_at(film, stream, at_ms)
    else:
        frame = good_frame(film, stream, _PLACES, best_of_all=best)
    picture = _shown(frame, stream)
    width, height = context.width, context.height
    ratio = stream.sample_aspect_ratio or 1
    width = round(width * ratio)
    if picture is not None:
        turned = (picture.width > picture.height) != (width > height) and width != height
        width, height = (height, width) if turned else (width, height)
    return Look("video", duration_ms, width, height, picture)


def _sound_words(stream: Any) -> str:
    """What a sound is made of, as far as the file says it."""
    context = stream.codec_context if stream is not None else None
    if context is None:
        return ""
    name = context.name.partition("_")[0].upper().removesuffix("FLOAT")
    known = {1: say("sound.mono"), 2: say("sound.stereo")}
    kind = known.get(context.channels) or say("sound.channels", count=context.channels)
    rate = f"{context.sample_rate / 1000:g} kHz" if context.sample_rate else ""
    return " · ".join(filter(None, [name, rate, kind]))


def _frame_at(film: Any, stream: Any, at_ms: int) -> Any:
    """The frame that is shown at `at_ms`; the last one behind the end, None if there is none."""
    start = film.start_time or 0
    for place in dict.fromkeys((at_ms * 1000 + start if at_ms else 0, 0)):
        with suppress(OSError):
            film.seek(place)
        last = None
        for frame in film.decode(stream):
            last = frame
            if frame.time is None or frame.time * 1000 - start / 1000 >= at_ms - 1:
                break
        if last is not None:  # behind the last key frame of a stream there is nothing to decode by itself
            return last
    return None


def _shown(frame: Any, stream: Any) -> Image.Image | None:
    """The frame turned and stretched as players show it, and no larger than it is to be seen."""
    if frame is None:
        return None
    width, height = frame.width * (stream.sample_aspect_ratio or 1), frame.height
    down = max(1, width / _LONGEST_SIDE, height / _LONGEST_SIDE)
    size = max(1, round(width / down)), max(1, round(height / down))
    # A file may say that its pixels are thousands of times as wide as high.
    picture: Image.Image = frame.to_image(width=min(size[0], frame.width), height=size[1])
    picture = picture if picture.size == size else picture.resize(size)
    return picture.rotate(frame.rotation, expand=True) if frame.rotation else picture
