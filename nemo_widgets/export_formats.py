"""What an export can become: a video, an animation or sound alone; and what comes nearest to other wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import is_sound

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ANIMATIONS", "ASKED_BY_NAME", "ASKED_FOR", "FORMATS", "SOUNDS", "VIDEOS", "formats_in_words",
    "nearest_format", "slip_of", "usual_format",
]  # fmt: skip

VIDEOS = ("mp4", "mov", "mkv", "webm")
ANIMATIONS = ("gif", "webp")
"""Formats of pictures that move, without sound."""
SOUNDS = ("m4a", "mp3", "wav", "flac")
"""Formats of sound alone."""
FORMATS = (*VIDEOS, *ANIMATIONS, *SOUNDS)
ASKED_BY_NAME = ("mp4", "m4a", "mp3", "wav")
"""What a file's name asks of a server that is no studio of ours: others might come as an MP4 all the same."""
ASKED_FOR = (*FORMATS, "apng", "avi", "aac", "ogg")
"""By these people name what an export shall be; what can't be made is said by who would have to make it."""

_NEAREST = {
    "m4a": "aac m4b mpa ac3 eac3 ogg oga opus wma mka mp2 amr ra aax",
    "wav": "wave aif aiff aifc caf w64 pcm au",
    "flac": "alac ape wv tta",
    "gif": "gifv apng",
    "webp": "webpa",
}
_VIDEO = ("m4v", "mpv", "mpg", "wmv")
"""Videos whose names are one letter away from a sound's."""
_NEAR = {ending: name for name, endings in _NEAREST.items() for ending in endings.split()}


def formats_in_words(*, chinese: bool = False) -> str:
    """All formats by their kind.

    >>> formats_in_words()
    'MP4, MOV, MKV or WEBM videos, GIF or WEBP animations, or M4A, MP3, WAV or FLAC for the sound alone'
    """
    kinds = [[name.upper() for name in names] for names in (VIDEOS, ANIMATIONS, SOUNDS)]
    if chinese:
        return "视频 {}、动图 {}，或只有声音的 {}".format(*("、".join(names) for names in kinds))
    listed = [f"{', '.join(names[:-1])} or {names[-1]}" for names in kinds]
    return "{} videos, {} animations, or {} for the sound alone".format(*listed)


def usual_format(data: Mapping[str, Any]) -> str:
    """What a draft becomes where nothing is said: sound without a picture a `.m4a`, all else a video."""
    meta = data.get("m")
    shown = isinstance(meta, dict) and meta.get("backdrop")
    return "m4a" if is_sound(data) and not shown else "mp4"


def nearest_format(name: str) -> str:
    """The format that comes nearest to one that can't be made: of a sound a sound, of all else a video.

    >>> nearest_format("alac"), nearest_format("avi"), nearest_format("m4v"), nearest_format("m3a")
    ('flac', 'mp4', 'mp4', 'm4a')
    """
    name = name.lower().strip(". ")
    if name in _VIDEO:
        return "mp4"
    return _NEAR.get(name) or slip_of(name) or "mp4"


def slip_of(name: str) -> str:
    """The format that one wrong, missing, added or exchanged letter has made this of; "" for none.

    >>> slip_of("m3a"), slip_of("mpp4"), slip_of("pm3"), slip_of("final")
    ('m4a', 'mp4', 'mp3', '')
    """
    name = name.lower()
    return next((known for known in ("mp4", "m4a", "mp3", "wav") if _one_slip(name, known)), "")


def _one_slip(name: str, known: str) -> bool:
    if abs(len(name) - len(known)) > 1 or name == known:
        return False
    if len(name) == len(known):
        wrong = [i for i, (a, b) in enumerate(zip(name, known, strict=True)) if a != b]
        exchanged = len(wrong) == 2 and wrong[1] - wrong[0] == 1  # noqa: PLR2004
        i = wrong[0]
        return len(wrong) == 1 or (exchanged and (name[i], name[i + 1]) == (known[i + 1], known[i]))
    long, short = sorted((name, known), key=len, reverse=True)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
