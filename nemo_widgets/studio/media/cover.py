"""Whether the picture of a file of sound is its cover: one picture that is no film."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import av

from nemo_widgets.media_types import MEDIA_TYPES

from .opening import demuxed, only, open_media, sound_stream, video_stream

if TYPE_CHECKING:
    from pathlib import Path

    from av.container import InputContainer
    from av.video.stream import VideoStream

__all__ = ["is_cover"]

_PICTURES = frozenset({"mjpeg", "png", "bmp", "gif", "webp", "tiff", "jpeg2000", "targa", "ppm", "mjpegb"})
"""Codecs of single pictures."""
_SHARE = 0.5
"""A single picture that is shown for less than this share of the sound is a cover, whatever its codec."""


def is_cover(path: Path, name: str, there: VideoStream) -> bool:
    """Whether the one stream of pictures beside the sound has a single picture, and that is a cover.

    It is where the file is called one of sound, where the picture is stored as single pictures are, and where
    it is shown for a small part of the sound. `there` is that stream in an open file; if it can't tell, the
    file is read as far as the second picture.
    """
    if there.frames > 1:
        return False
    with open_media(path, name) as container:
        stream = video_stream(container)
        if stream is None or sound_stream(container) is None or not _single(container, stream):
            return False
        codec = stream.codec_context.name if stream.codec_context is not None else ""
        endings = {PurePath(name).suffix.lower(), path.suffix.lower()}
        sound = any(MEDIA_TYPES[end].kind == "audio" for end in endings if end in MEDIA_TYPES)
        return codec in _PICTURES or sound or _brief(container, stream)


def _single(container: InputContainer, stream: VideoStream) -> bool:
    """Whether the stream has one picture."""
    if stream.frames:
        return stream.frames == 1
    only(container, stream)
    pictures = 0
    try:
        for packet in demuxed(container, stream):
            pictures += bool(packet.size)
            if pictures > 1:
                return False
    except (av.error.FFmpegError, OSError):  # cut short: what can be read counts
        pass
    return pictures == 1


def _brief(container: InputContainer, stream: VideoStream) -> bool:
    """Whether the stream ends long before the file does."""
    if not stream.duration or not stream.time_base or not container.duration:
        return False
    return float(stream.duration * stream.time_base) < _SHARE * container.duration / av.time_base
