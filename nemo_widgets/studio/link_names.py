"""What a fetched file is called: as its server says, or as its address does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from .errors import Refused
from .names import display_name
from .receive import check_name

if TYPE_CHECKING:
    import httpx

__all__ = ["content_extension", "media_type", "sent_name"]

_EXTENDED = re.compile(r"filename\*\s*=\s*utf-8'[^']*'([^;\s]+)", re.IGNORECASE)
_PLAIN = re.compile(r'filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))', re.IGNORECASE)
_TYPES = {
    "video/mp4": "mp4", "video/x-m4v": "mp4", "video/quicktime": "mov", "video/webm": "webm",
    "video/x-matroska": "mkv", "video/matroska": "mkv",
    "video/x-msvideo": "avi", "video/avi": "avi", "video/msvideo": "avi", "video/vnd.avi": "avi",
    "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp",
    "audio/mpeg": "mp3", "audio/mp3": "mp3", "audio/wav": "wav", "audio/x-wav": "wav", "audio/wave": "wav",
    "audio/vnd.wave": "wav", "audio/mp4": "m4a", "audio/x-m4a": "m4a", "audio/m4a": "m4a",
    "audio/aac": "aac", "audio/x-aac": "aac", "audio/aacp": "aac",
    "text/vtt": "vtt", "text/srt": "srt", "application/x-subrip": "srt",
}  # fmt: skip
"""Extensions by type, written out: what the system's own table says differs from machine to machine."""
_HEADS = tuple(
    (re.compile(pattern, re.DOTALL), ending)
    for pattern, ending in (
        (rb"....ftypqt", "mov"),
        (rb"....ftypM4A", "m4a"),
        (rb"....ftyp", "mp4"),
        (rb"....(?:moov|mdat|wide|free)", "mov"),
        (rb"\x1aE\xdf\xa3.{0,60}webm", "webm"),
        (rb"\x1aE\xdf\xa3", "mkv"),
        (rb"RIFF....AVI ", "avi"),
        (rb"RIFF....WAVE", "wav"),
        (rb"RIFF....WEBP", "webp"),
        (rb"\xff\xd8\xff", "jpg"),
        (rb"\x89PNG", "png"),
        (rb"GIF8", "gif"),
        (rb"\xff[\xf0\xf1\xf8\xf9]", "aac"),
        (rb"ID3|\xff[\xe2-\xfb]", "mp3"),
    )
)


def sent_name(answer: httpx.Response, head: bytes) -> str:
    """The name in Content-Disposition, else the last part of the path.

    A missing extension is given by the type that the server tells, or by the content's first bytes.
    """
    disposition = answer.headers.get("content-disposition", "")
    if found := _EXTENDED.search(disposition):
        name = display_name(unquote(found[1]))
    elif found := _PLAIN.search(disposition):
        name = display_name(found[1] or found[2] or "")
    else:
        name = display_name(unquote(answer.url.path))
    try:
        check_name(name)
    except Refused:
        ending = _TYPES.get(media_type(answer)) or content_extension(head)
        return f"{name}.{ending}" if ending else name
    return name


def content_extension(head: bytes) -> str:
    """The extension that goes with a file's first bytes; "" for what is none of the supported types."""
    return next((ending for pattern, ending in _HEADS if pattern.match(head)), "")


def media_type(answer: httpx.Response) -> str:
    """The type that the server tells, without its parameters; "" if it tells none."""
    return str(answer.headers.get("content-type", "")).partition(";")[0].strip().lower()
