"""Opening a media file with FFmpeg, and saying in a sentence why that can't be done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import av
from av.stream import Discard, Disposition

from nemo_widgets.catalogue import english
from nemo_widgets.unread_types import unread

from .bare import Patched, bare_sound
from .errors import MediaError
from .splice import Spliced, splice_of
from .whole import structure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.stream import VideoStream

    from .whole import Window

    _Stream = TypeVar("_Stream", bound=Stream)

__all__ = [
    "LENIENT",
    "begin_of",
    "check_file",
    "demuxed",
    "only",
    "open_media",
    "path_of",
    "sound_stream",
    "sound_streams",
    "video_stream",
]

_STRICT = 18
"""PyAV up to this version takes a title in an unknown encoding for an error, unless told otherwise."""

LENIENT: dict[str, Any] = (
    {"metadata_errors": "replace"} if int(av.__version__.split(".")[0]) <= _STRICT else {}
)
"""What to open a file with, so that a strange title does not keep it shut."""

_FORMATS = (
    "mov,matroska,avi,mpegts,mpeg,mpegvideo,asf,flv,ogg,gif,mxf,dv,rm,nut,wtv,ivf,yuv4mpegpipe,h264,hevc,m4v,mjpeg,"
    "mp3,wav,w64,aac,loas,flac,caf,aiff,ac3,eac3,dts,dtshd,mlp,truehd,amr,au,tta,wv,ape,mpc,mpc8,tak,voc,dsf"
)
"""What may be opened. Playlists (HLS, concat) and the like are left out: they name other files."""

_PART = "subfile,,"
"""How FFmpeg is told to read a part of a file alone."""

_CONTAINERS = (b"ftyp", b"moov", b"\x1aE\xdf\xa3", b"RIFF")


def open_media(
    path: Path, name: str = "", window: Window | None = None, *, heard: bool = False
) -> InputContainer:
    """The file, opened for reading; nothing but the file itself is ever read. `name` is used in sentences.

    Of several files that were joined end to end it is the first, or the first with sound if it is to be
    `heard`, or the one in `window`.

    Raises:
        MediaError: the file is missing, empty, or not a media file.
    """
    name = name or path.name
    check_file(path, name)
    try:
        if window is not None:
            return _opened(path, window)
        whole = _opened(path)
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise MediaError(_refusal(path, name)) from error
    first: InputContainer | None = None
    for part in structure(path, whole.format.name).windows:
        try:
            one = _opened(path, part)
        except (av.error.FFmpegError, OSError, ValueError):
            continue
        if first is None:
            first = one
        if not heard or sound_streams(one):
            if one is not first:
                first.close()
                first = one
            break
        if one is not first:
            one.close()
    if first is None:
        return whole
    whole.close()
    return first


def _opened(path: Path, window: Window | None = None) -> InputContainer:
    if window is not None:
        url = f"{_PART}start,{window.begin},end,{window.end},,:{path.absolute()}"
        return _read(url, "subfile,file")
    bare = bare_sound(path)
    try:
        found = _read(Patched(path, bare.patches) if bare is not None and bare.patches else str(path))
    except av.error.FFmpegError:
        splice = splice_of(path, _read)
        if splice is None:
            raise
        return _read(Spliced(path, splice))
    form = found.format.name
    cut = form.startswith("mov") and structure(path, form).cut
    splice = splice_of(path, _read) if cut else None
    if splice is None:
        return found
    found.close()
    return _read(Spliced(path, splice))


def _read(file: Any, protocols: str = "file") -> InputContainer:
    options = {"format_whitelist": _FORMATS, "protocol_whitelist": protocols}
    opened: InputContainer = av.open(file, options=options, **LENIENT)
    return opened


def path_of(container: InputContainer) -> Path:
    """The file that was opened."""
    name = container.name
    return Path(name.partition(",,:")[2] if name.startswith(_PART) else name)


def begin_of(container: InputContainer) -> int:
    """The byte of the file at which what was opened begins."""
    name = container.name
    return int(name.split(",")[3]) if name.startswith(_PART) else 0


def check_file(path: Path, name: str) -> None:
    """Raises MediaError where there is no file to open, or nothing in it."""
    if not path.is_file():
        raise MediaError(english("media.missing", name=name))
    if path.stat().st_size == 0:
        raise MediaError(english("media.empty", name=name))


def _refusal(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError:
        return english("media.unreadable", name=name)
    if other := unread(head):
        what, instead = english(other.what), english(other.instead)
        return english("media.unread", name=f"“{name}”", what=what, instead=instead)
    if any(mark in head[:12] for mark in _CONTAINERS):
        return english("media.damaged", name=name)
    if b"\0" not in head and not any(byte < 9 for byte in head):  # noqa: PLR2004 - control characters
        return english("media.text", name=name)
    return english("media.none", name=name)


def video_stream(container: InputContainer) -> VideoStream | None:
    """The stream of moving pictures, if any; the cover of a piece of music is none."""
    streams = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    best = container.streams.best("video")
    streams.sort(key=lambda s: (s.frames == 1, best is None or s.index != best.index))  # a cover comes last
    return streams[0] if streams else None


def sound_stream(container: InputContainer) -> AudioStream | None:
    """The stream of sound that a player would choose, if any that can be decoded."""
    best = container.streams.best("audio")
    streams = [stream for _, stream in sound_streams(container)]
    streams.sort(key=lambda s: (s.frames == 1, best is None or s.index != best.index))  # a cover comes last
    return streams[0] if streams else None


def sound_streams(container: InputContainer) -> list[tuple[int, AudioStream]]:
    """The sound tracks that can be decoded, each with its number: from 1, in the file's order."""
    return [(n, s) for n, s in enumerate(container.streams.audio, 1) if s.codec_context is not None]


def demuxed(container: InputContainer, *streams: _Stream) -> Iterator[Packet[_Stream]]:
    """The packets of these streams, from where the container stands to where it breaks off.

    A broadcast may take up a stream that was not there when it was opened, at which PyAV stops: it goes on.
    """
    while True:
        try:
            yield from cast("Iterator[Packet[_Stream]]", container.demux(*streams))
        except IndexError:
            continue
        return


def only(container: InputContainer, stream: Stream) -> None:
    """Read nothing but this stream's packets, where the format allows it."""
    for other in container.streams:
        if other.index != stream.index:
            other.discard = Discard.all
