"""The sound tracks of a file: what they are called, which are silent, which repeat another one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.printable import without_controls
from nemo_widgets.studio.soundtrack import SoundTrack

from .comparison import compared
from .errors import MediaError
from .opening import open_media, sound_streams

if TYPE_CHECKING:
    from pathlib import Path

    from av.audio.stream import AudioStream

__all__ = ["sound_tracks"]

_MOST = 64
"""Tracks: what compares them takes the square of their number."""
_LONGEST = 80
"""Characters of a track's title."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}")
_ALIKE = 0.97
"""Two tracks that correlate by at least this have the same sound: mixed, it would only be twice as loud."""
_SHARED = 0.2
"""What correlates by at least this is the same sound among others: of a second microphone, or of a mix."""


def sound_tracks(path: Path, name: str = "") -> tuple[SoundTrack, ...]:
    """The sound tracks of a file in order, and what is to be known of how they are mixed.

    Raises:
        MediaError: the file can't be opened, or has over _MOST sound tracks.
    """
    with open_media(path, name, heard=True) as container:
        streams = sound_streams(container)
        if len(streams) > _MOST:
            raise MediaError(
                f"“{name or path.name}” has {len(streams)} sound tracks, over {_MOST}: keep fewer of them, "
                "and upload that."
            )
        told = [_told(number, stream) for number, stream in streams]
    found = compared(path, [track.number for track in told], name)
    every = range(len(told))

    def alike(i: int, j: int) -> float:
        return found.alike[min(i, j), max(i, j)]

    return tuple(
        track._replace(
            silent=found.silent[i],
            repeats=next((told[j].number for j in range(i) if alike(i, j) >= _ALIKE), 0),
            shared=tuple(told[j].number for j in every if j != i and alike(i, j) >= _SHARED),
            turned=i in found.turned,
            mirrored=i in found.mirrored,
        )
        for i, track in enumerate(told)
    )


def _told(number: int, stream: AudioStream) -> SoundTrack:
    tags = {key.lower(): _tag(value) for key, value in stream.metadata.items()}
    title = tags.get("title") or tags.get("name") or ""
    if not title and tags.get("handler_name", "") not in _HANDLERS:
        title = tags.get("handler_name", "")
    language = tags.get("language", "")
    known = _LANGUAGE.fullmatch(language) is not None and language not in ("und", "mis", "zxx")
    return SoundTrack(number, title, language if known else "", stream.codec_context.channels)


def _tag(value: str) -> str:
    """What a tag says, as a name: in one line, and no longer than one."""
    said = " ".join(without_controls(value[: 4 * _LONGEST]).split())
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1].rstrip() + "…"


_HANDLERS = frozenset({
    "", "SoundHandler", "Core Media Audio", "Apple Sound Media Handler", "Sound Media Handler", "soun",
    "GPAC ISO Audio Handler", "Mainconcept MP4 Sound Media Handler", "SoundHandle", "AudioHandle",
    "GoPro AAC", "ISO Media file produced by Google Inc.", "DJI.Audio",
})  # fmt: skip
"""What programs write as a track's name that says nothing of what is in it."""
