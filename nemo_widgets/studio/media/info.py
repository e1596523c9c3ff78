"""What a media file is: its kind, length, size, frame rate, and whether it has sound."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import PurePath
from typing import TYPE_CHECKING

import av

from nemo_widgets.media_types import MEDIA_TYPES
from nemo_widgets.studio.note import Note
from nemo_widgets.studio.soundtrack import track_notes

from .cover import is_cover
from .errors import MediaError
from .opening import open_media, origin, sound_stream, sound_streams, video_stream
from .still import StillReader, is_still
from .text import subtitles
from .tracks import sound_tracks
from .video import VideoReader

if TYPE_CHECKING:
    from pathlib import Path

    from av.container import InputContainer
    from av.stream import Stream
    from av.video.stream import VideoStream

    from nemo_widgets.media_types import Kind
    from nemo_widgets.studio.soundtrack import SoundTrack

__all__ = ["MAX_BYTES", "MediaInfo", "common_rate", "probe"]

_CLOCK = re.compile(r"(\d{1,6}):(\d{1,2}):(\d{1,2}(?:\.\d{1,12})?)", re.ASCII)
"""How Matroska writes a length."""

MAX_BYTES = 500 * 1024 * 1024
"""The most a file may have (protocol §5)."""

_COMMON = tuple(
    Fraction(rate)
    for rate in (
        10, 12, Fraction(12_000, 1001), 15, Fraction(15_000, 1001), 20, Fraction(24_000, 1001), 24, 25,
        Fraction(30_000, 1001), 30, 48, 50, Fraction(60_000, 1001), 60, 90, 100,
        Fraction(120_000, 1001), 120, 240,
    )
)  # fmt: skip
_SAME_RATE = Fraction(4, 10_000)
"""Half of what lies between an NTSC rate and its round neighbour."""
_BROKEN = Fraction(1)
"""Seconds of pictures that may be missing at the end before the file is counted as cut short."""
_COVER = Note("its one picture is a cover, so it is used as sound", "唯一的画面是封面，按声音使用")
_UNREAD = Note(
    "its video track has no picture that can be read, so only its sound is used",
    "视频轨道没有可读取的画面，只使用声音",
)
_INTERLACED = Note("interlaced: will be deinterlaced", "隔行扫描：会自动去隔行")
_TAIL = Fraction(1, 4)
"""Seconds by which the sound may be longer than the pictures without the clip being counted as longer."""


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What is in a media file.

    `width` and `height` are those of the picture as it is shown (turned upright, pixels square; 0 for
    sound). `duration_ms` is that of the pictures, or of the sound where it is longer by a quarter of a
    second or more; 0 for a single picture; when the last of subtitles ends. An animated gif or webp is a
    video without sound. `rotation` is in degrees clockwise. `notes` are what has to be said at the upload.
    `tracks` are the sound tracks of a file that has several.
    """

    kind: Kind
    duration_ms: int
    width: int = 0
    height: int = 0
    fps: Fraction | None = None
    has_audio: bool = False
    video_codec: str = ""
    audio_codec: str = ""
    rotation: int = 0
    fields: str = ""
    """Which field of interlaced pictures is the earlier one, `tff` or `bff`; "" where they are whole."""
    notes: tuple[Note, ...] = ()
    tracks: tuple[SoundTrack, ...] = ()


def probe(path: Path, name: str = "") -> MediaInfo:
    """What the file is by its contents, whatever its name says. Decodes one picture to be sure that it can.

    Raises:
        MediaError: missing, empty, no media file, or nothing in it can be decoded; one sentence, which
            names the file by `name` (default: its file name).
    """
    name = name or path.name
    if _is_text(path, name):
        length, notes = subtitles(path, name)
        return MediaInfo("text", length, notes=notes)
    if path.is_file() and is_still(path):
        return _picture(path, name)
    info = _played(path, name)
    if info.has_audio and (tracks := sound_tracks(path, info.duration_ms, name)):
        return replace(info, tracks=tracks, notes=(*info.notes, *track_notes(tracks)))
    return info


def _played(path: Path, name: str) -> MediaInfo:
    """What a file is that is played: a film, or sound alone."""
    with open_media(path, name) as container:
        video, sound = video_stream(container), sound_stream(container)
        codec = sound.codec_context.name if sound is not None else ""
        if video is None or video.codec_context is None:
            return _heard(path, name, *((_UNREAD,) if video is not None else ()))
        if sound is not None and is_cover(path, name):
            return _heard(path, name, _COVER)
        start = origin(container)
        length = _length(container, video) - start
        heard = _length(container, sound) - start if sound is not None else Fraction(0)
        if not _reaches(container, video, start + length):
            # What the file says of its sound is not to be trusted then, either.
            length = _whole(path, name) - start or length
        elif heard > length + _TAIL:
            length = heard
        rate, picture = frame_rate(video), video.codec_context.name
    try:
        reader = VideoReader(path, name)
    except MediaError:
        if sound is None:
            raise
        return _heard(path, name, _UNREAD)
    with reader:
        frame = reader.at(Fraction(0))
        width, height = reader.look.size(frame.width, frame.height)
        if rate is not None:
            length = max(length, 1 / rate)
        return MediaInfo("video", round(length * 1000), round(width), round(height), rate, sound is not None,
                         picture, codec, reader.look.rotation, reader.fields,
                         notes=(_INTERLACED,) if reader.fields else ())  # fmt: skip


def _heard(path: Path, name: str, *notes: Note) -> MediaInfo:
    """A file of which the sound alone can be used."""
    with open_media(path, name) as container:
        sounds = [stream for _, stream in sound_streams(container)]
        if not sounds:
            raise MediaError(f"“{name}” has neither pictures nor sound that can be read.")
        length = max(_length(container, sound) for sound in sounds) - origin(container)
        if length <= 0:
            raise MediaError(f"“{name}” has a sound track with nothing in it.")
        codec = sounds[0].codec_context.name
        return MediaInfo("audio", round(length * 1000), has_audio=True, audio_codec=codec, notes=notes)


def _is_text(path: Path, name: str) -> bool:
    """Whether it is called so: a text has no mark that shows it. While it arrives only `name` tells."""
    endings = (path.suffix.lower(), PurePath(name).suffix.lower())
    known = [MEDIA_TYPES[ending] for ending in endings if ending in MEDIA_TYPES]
    return bool(known) and known[0].kind == "text"


def frame_rate(stream: VideoStream) -> Fraction | None:
    """Frames a second: the average, put right to the common rate that is meant; None where unknown."""
    average, declared = stream.average_rate, stream.guessed_rate or stream.base_rate
    for rate, slack in ((average, _SAME_RATE), (declared, _SAME_RATE)):
        # The average is off where a clip is short or its clock coarse; the declared rate tells what is meant.
        if not rate or not average or abs(rate / average - 1) > Fraction(1, 50):
            continue
        if near := common_rate(rate, slack):
            return near
    rate = average or declared
    if not rate or not Fraction(1, 10) <= rate <= 1000:  # noqa: PLR2004 - beyond is a clock, not a rate
        return None
    return common_rate(rate, Fraction(1, 200)) or Fraction(rate).limit_denominator(1001)


def common_rate(rate: Fraction, slack: Fraction = _SAME_RATE) -> Fraction | None:
    """The common frame rate nearest to `rate`, None where none is that near (relative)."""
    near = min(_COMMON, key=lambda common: abs(common - rate))
    return near if abs(near / rate - 1) <= slack else None


def _picture(path: Path, name: str) -> MediaInfo:
    with StillReader(path, name) as still:
        width, height = still.size
        if not still.duration_ms:
            return MediaInfo("image", 0, width, height, video_codec=still.codec)
        rate = Fraction((len(still.moments) - 1) * 1000, still.duration_ms)
        fps = common_rate(rate, Fraction(1, 100)) or rate.limit_denominator(1001)
        return MediaInfo("video", still.duration_ms, width, height, fps, video_codec=still.codec)


def _length(container: InputContainer, stream: Stream) -> Fraction:
    """Where the stream ends, in the file's own time (seconds)."""
    tick = Fraction(stream.time_base or 1)
    if stream.duration:
        return ((stream.start_time or 0) + stream.duration) * tick
    if told := _told(stream.metadata.get("DURATION", "")):  # Matroska says it so
        return told
    if container.duration and len(container.streams) == 1:
        return Fraction((container.start_time or 0) + container.duration, av.time_base)
    if container.duration and not container.format.name.startswith("matroska"):
        return Fraction((container.start_time or 0) + container.duration, av.time_base)
    return _scan(container, stream)


def _reaches(container: InputContainer, stream: VideoStream, end: Fraction) -> bool:
    """Whether there are pictures where the file says that they end: not so where it was cut short."""
    if not end or not stream.time_base:
        return True
    try:
        container.seek(int(max(Fraction(0), end) / stream.time_base), stream=stream)
        stamps = (p.dts if p.pts is None else p.pts for p in container.demux(stream))
        last = max((stamp * stream.time_base for stamp in stamps if stamp is not None), default=None)
    except (av.error.FFmpegError, OSError):
        return False
    return last is not None and end - last <= _BROKEN


def _whole(path: Path, name: str) -> Fraction:
    with open_media(path, name) as container:
        stream = video_stream(container)
        return max(origin(container), _scan(container, stream)) if stream is not None else Fraction(0)


def _told(text: str) -> Fraction | None:
    told = _CLOCK.fullmatch(text.strip())
    if told is None:
        return None
    hours, minutes, seconds = told.groups()
    return int(hours) * 3600 + int(minutes) * 60 + Fraction(seconds)


def _scan(container: InputContainer, stream: Stream) -> Fraction:
    """The same by reading every packet: recordings made in a browser don't say how long they are."""
    tick, end, rate = Fraction(stream.time_base or 1), Fraction(0), getattr(stream, "average_rate", None)
    usual = 1 / Fraction(rate) if rate else Fraction(0)
    try:
        for packet in container.demux(stream):
            if packet.pts is not None:
                end = max(end, packet.pts * tick + (packet.duration * tick if packet.duration else usual))
    except (av.error.FFmpegError, OSError):  # cut short: what can be read counts
        pass
    return end
