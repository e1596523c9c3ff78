"""What a media file is: its kind, length, size, frame rate, and whether it has sound."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import english
from nemo_widgets.media_types import MEDIA_TYPES, extension_of_head
from nemo_widgets.studio.limits import LARGEST
from nemo_widgets.studio.note import Note
from nemo_widgets.studio.soundtrack import track_notes

from .behind import behind_notes
from .cover import is_cover
from .errors import MediaError
from .extent import extents, origin
from .opening import open_media, sound_stream, sound_streams, video_stream
from .pace import STEADY
from .remarks import length_notes, unused_notes
from .still import StillReader, is_still
from .text import subtitles
from .tracks import sound_tracks
from .video import VideoReader
from .whole import structure

if TYPE_CHECKING:
    from pathlib import Path

    from av.video.stream import VideoStream

    from nemo_widgets.media_types import Kind
    from nemo_widgets.studio.soundtrack import SoundTrack

    from .parts import Extent

__all__ = ["MAX_BYTES", "MediaInfo", "common_rate", "probe"]

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
_MEANT, _LOOSE = Fraction(1, 50), Fraction(1, 20)
"""By how much a rate that was counted may differ from the one that is meant: evenly, and in short runs."""
_LEFT_OUT, _ABOUT = Fraction(4, 3), Fraction(39, 40)
"""What is left out of a clip whose clock trembles is at most a quarter; a rate is kept up to rounding."""
_COVER = Note("its one picture is a cover, so it is used as sound", "唯一的画面是封面，按声音使用")
_UNREAD = Note(
    "its video track has no picture that can be read, so only its sound is used",
    "视频轨道没有可读取的画面，只使用声音",
)
_INTERLACED = Note("interlaced: will be deinterlaced", "隔行扫描：会自动去隔行")
_SUBTITLES = Note("there are times in its text, so it is used as subtitles", "其中的文字带有时间，按字幕使用")
_HEAD = 4096
_RATELESS = Note(
    "the file does not say how quick it is: 25 pictures a second are taken",
    "文件没有说明帧率：按每秒 25 幅处理",
)
_QUICKER, _UNEVEN = Fraction(5, 4), Fraction(60)
"""Pictures a second of motion whose rate changes, at the most."""


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What is in a media file.

    `width` and `height` are those of the picture as it is shown (turned upright, pixels square; 0 for
    sound). `duration_ms` is that of the pictures, or of the sound where it is longer by more than a tenth of
    a second; 0 for a single picture; when the last of subtitles ends. An animated gif or webp is a video
    without sound. `fps` is that of the motion: where the rate changes, the quickest. `rotation` is in degrees
    clockwise. `notes` are what has to be said at the upload.
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
        called = any(_called(each) == "text" for each in (path.name, name))
        return MediaInfo("text", length, notes=notes if called else (_SUBTITLES, *notes))
    if path.is_file() and is_still(path):
        return _picture(path, name)
    info = _played(path, name)
    if info.duration_ms > LARGEST:
        raise MediaError(english("media.endless", name=name))
    if not info.has_audio:
        return info
    tracks = sound_tracks(path, name)
    several = tracks if len(tracks) > 1 else ()
    return replace(info, tracks=several, notes=(*info.notes, *track_notes(tracks)))


def _played(path: Path, name: str) -> MediaInfo:
    """What a file is that is played: a film, or sound alone."""
    with open_media(path, name) as container, ExitStack() as stack:
        heard = container  # but of joined files
        if structure(path, container.format.name).windows:
            heard = stack.enter_context(open_media(path, name, heard=True))
        video, sound = video_stream(container), sound_stream(heard)
        codec = sound.codec_context.name if sound is not None else ""
        if video is None or video.codec_context is None:
            return _heard(path, name, *((_UNREAD,) if video is not None else ()))
        if sound is not None and is_cover(path, name, video):
            return _heard(path, name, _COVER)
        found, start, unused = extents(path, name), origin(container), unused_notes(container, video)
        if found.pictures is None and sound is None:
            raise MediaError(english("media.no pictures", name=name))
        if found.pictures is None:
            return _heard(path, name, _UNREAD)
        length, container_format = found.end - start, container.format.name
        rate, picture = frame_rate(video, found.pictures, several=bool(found.clock)), video.codec_context.name
    try:
        reader = VideoReader(path, name)
    except MediaError:
        if sound is None:
            raise
        return _heard(path, name, _UNREAD)
    if container_format == "mjpeg":
        unused.append(_RATELESS)
    with reader:
        frame = reader.at(Fraction(0))
        width, height = reader.look.size(frame.width, frame.height)
        notes = [_INTERLACED] * bool(reader.fields) + length_notes(found, start) + unused
        return MediaInfo("video", max(1, round(length * 1000)), round(width), round(height), rate,
                         sound is not None, picture, codec, reader.look.rotation, reader.fields,
                         notes=(*notes,))  # fmt: skip


def _heard(path: Path, name: str, *notes: Note) -> MediaInfo:
    """A file of which the sound alone can be used."""
    with open_media(path, name) as container:
        sounds = [stream for _, stream in sound_streams(container)]
        if not sounds:
            raise MediaError(english("media.neither", name=name))
        found, start = extents(path, name), origin(container)
        length = found.heard.end - start if found.heard is not None else Fraction(0)
        if round(length * 1000) <= 0:  # a timeline counts milliseconds: on it there would be nothing
            raise MediaError(english("media.silent track", name=name))
        codec = sounds[0].codec_context.name
        return MediaInfo("audio", round(length * 1000), has_audio=True, audio_codec=codec,
                         notes=(*notes, *length_notes(replace(found, pictures=None), start),
                                *unused_notes(container, None)))  # fmt: skip


def _is_text(path: Path, name: str) -> bool:
    """Whether it is called so, or begins so and its name promises nothing. `name` tells while it arrives."""
    known = [kind for kind in (_called(path.name), _called(name)) if kind]
    if known:
        return known[0] == "text"
    with suppress(OSError), path.open("rb") as file:
        begins = MEDIA_TYPES.get(extension_of_head(file.read(_HEAD)))
        return begins is not None and begins.kind == "text"
    return False


def _called(name: str) -> str:
    """The kind of media that a name promises; "" where it promises none."""
    media_type = MEDIA_TYPES.get(PurePath(name).suffix.lower())
    return media_type.kind if media_type is not None else ""


def frame_rate(stream: VideoStream, pictures: Extent, *, several: bool = False) -> Fraction | None:
    """Pictures a second: the average, put right to the common rate that is meant; None where unknown.

    Where there is motion that is quicker than the average, it is the motion's, up to 60; so it is where
    `several` files are joined.
    """
    declared = stream.guessed_rate or stream.base_rate
    if stream.container.format.name == "avi" and not several:  # which knows nothing but its rate
        pictures = replace(pictures, mean=None, uneven=False)
    average = 1 / pictures.mean if pictures.mean else stream.average_rate
    rate = average or declared
    if not rate or not Fraction(1, 1000) <= rate <= 1000:  # noqa: PLR2004 - beyond is a clock, not a rate
        return None
    if not pictures.mean or not pictures.quick or pictures.quick >= pictures.mean * STEADY:
        for meant in (stream.average_rate, declared, average):
            # Where a clip is short or its clock coarse the average is off; the declared rate tells.
            if meant and average and abs(meant / average - 1) <= _MEANT and (near := common_rate(meant)):
                return near
        if near := common_rate(rate, Fraction(1, 200)):
            return near
    if pictures.uneven and pictures.quick:
        return _of_motion(1 / pictures.quick, rate, trembling=pictures.trembling)
    return Fraction(rate).limit_denominator(1001)


def _of_motion(rate: Fraction, average: Fraction, *, trembling: bool) -> Fraction:
    """The rate of pictures that are not even, put right to a usual one; up to 60 where others are slower."""
    if rate > average * _QUICKER:
        rate = max(average, min(_UNEVEN, rate))
    usual = [common for common in _COMMON if common.denominator == 1]
    near = [common for common in usual if abs(common / rate - 1) <= _LOOSE]
    if exact := common_rate(rate):
        return exact
    if near:
        return min(near, key=lambda common: abs(common - rate))
    if not trembling:
        return rate.limit_denominator(1001)
    likely = [common for common in usual if average * _ABOUT <= common <= average * _LEFT_OUT]
    if likely and rate <= average * _LEFT_OUT:
        return min(likely, key=lambda common: abs(common / rate - 1))
    return min((common for common in usual if common >= rate), default=rate)


def common_rate(rate: Fraction, slack: Fraction = _SAME_RATE) -> Fraction | None:
    """The common frame rate nearest to `rate`, None where none is that near (relative)."""
    near = min(_COMMON, key=lambda common: abs(common - rate))
    return near if abs(near / rate - 1) <= slack else None


def _picture(path: Path, name: str) -> MediaInfo:
    with StillReader(path, name) as still:
        width, height = still.size
        if not still.duration_ms:
            return MediaInfo("image", 0, width, height, video_codec=still.codec, notes=behind_notes(path))
        average = Fraction((len(still.moments) - 1) * 1000, still.duration_ms)
        briefest = min(after - before for before, after in pairwise(still.moments))
        rate = max(average, min(_UNEVEN, Fraction(1000, briefest)))
        fps = common_rate(rate, Fraction(1, 100)) or rate.limit_denominator(1001)
        return MediaInfo("video", still.duration_ms, width, height, fps, video_codec=still.codec)
