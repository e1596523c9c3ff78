"""Links: a file fetched over http(s) by the studio, under the same limits as one that is sent."""

from __future__ import annotations

import hashlib
import re
import socket
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import anyio.to_thread
import httpx

from nemo_widgets.links import veiled

from .addresses import PrivateAddress, PublicTransport
from .errors import FILE_TOO_LARGE, UNSUPPORTED_FILE, Refused
from .names import display_name
from .receive import Sink, check_name, size_words

if TYPE_CHECKING:
    from pathlib import Path

    from .receive import Received
    from .settings import Settings

__all__ = ["fetch", "link_hash"]

_PIECE = 1024 * 1024
_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|<head|<\?xml[^>]*\?>\s*<(?:!doctype )?html)", re.IGNORECASE)
_PAGES = ("text/html", "application/xhtml+xml")
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


async def fetch(url: str, part: Path, settings: Settings, *, local_only: bool) -> Received:
    """Fetch one link into the file `part`.

    `local_only`: nobody but this machine can ask for it. Else hosts in private networks are refused, for who
    can't reach them must not reach them through the studio.

    Raises:
        Refused: 4001, the link is none, or gives no supported file, with the reason; 4002 as for an upload.
    """
    if not _is_link(url):
        raise Refused(UNSUPPORTED_FILE, f"{_shown(url)} is no link: one begins with http:// or https://.")
    timeout = httpx.Timeout(settings.link_timeout_s, connect=min(10.0, settings.link_timeout_s))
    transport = None if local_only else PublicTransport()
    try:
        async with (
            httpx.AsyncClient(follow_redirects=True, timeout=timeout, transport=transport) as client,
            client.stream("GET", url) as answer,
        ):
            received = await _receive(answer, url, part, settings.max_upload_bytes)
    except PrivateAddress:
        raise Refused(
            UNSUPPORTED_FILE,
            f"{_shown(url)} is not fetched: it is in a private network, and others can ask this studio.",
        ) from None
    except httpx.TimeoutException:
        raise Refused(UNSUPPORTED_FILE, f"{_shown(url)} did not answer in time.") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        said = str(error) or type(error).__name__
        why = "there is no such address." if _unknown(error) else veiled(said, url)
        raise Refused(UNSUPPORTED_FILE, f"{_shown(url)} can't be fetched: {why}") from None
    return replace(received, link=link_hash(url))


def _unknown(error: BaseException | None) -> bool:
    """Whether it comes of a host whose name nobody knows, or of no network at all."""
    while error is not None and not isinstance(error, socket.gaierror):
        error = error.__cause__ or error.__context__
    return error is not None


def link_hash(url: str) -> str:
    """What is kept of an address: one that is signed is a secret, and the file's name is kept anyway."""
    return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()


async def _receive(answer: httpx.Response, url: str, part: Path, limit: int) -> Received:
    if answer.is_error:
        told = f"{answer.status_code} {answer.reason_phrase}".strip()
        raise Refused(UNSUPPORTED_FILE, f"{_shown(url)} answered {told}.")
    pieces = answer.aiter_bytes(_PIECE)
    first = await anext(pieces, b"")
    if _PAGE.match(first) or (_kind(answer) in _PAGES and not _content(first)):
        raise Refused(UNSUPPORTED_FILE, f"{_shown(url)} leads to a web page, not to a media file.")
    name = _name(answer, first)
    try:
        check_name(name)
    except Refused as error:
        raise Refused(error.code, f"{_shown(url)}: {error.message}") from None
    length = answer.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limit:
        raise Refused(FILE_TOO_LARGE, f"{name} is larger than {size_words(limit)}.")
    sink = Sink(part, name, limit)
    try:
        await anyio.to_thread.run_sync(sink.write, first)
        async for piece in pieces:
            await anyio.to_thread.run_sync(sink.write, piece)
        return await anyio.to_thread.run_sync(sink.finish)
    except BaseException:
        sink.discard()
        raise


def _is_link(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)


def _name(answer: httpx.Response, head: bytes) -> str:
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
        ending = _TYPES.get(_kind(answer)) or _content(head)
        return f"{name}.{ending}" if ending else name
    return name


def _content(head: bytes) -> str:
    """The extension that goes with a file's first bytes; "" for what is none of the supported types."""
    return next((ending for pattern, ending in _HEADS if pattern.match(head)), "")


def _kind(answer: httpx.Response) -> str:
    return str(answer.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _shown(url: str) -> str:
    """The link without its query: a signed link's signature is a secret, and has no place in a message."""
    plain = display_name(url.partition("?")[0].partition("#")[0].rpartition("/")[2])
    try:
        parts = urlsplit(url)
    except ValueError:
        return repr(plain)
    if parts.scheme.lower() not in ("http", "https"):
        return f"{parts.scheme[:20]}://…/{plain}" if parts.scheme else repr(plain)
    return f"{parts.hostname or ''}/…/{plain}"
