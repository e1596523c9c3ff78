"""Links: a file fetched over http(s) by the studio, under the same limits as one that is sent."""

from __future__ import annotations

import asyncio
import hashlib
import re
import socket
import ssl
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, suppress
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import anyio.to_thread
import httpx

from nemo_widgets.catalogue import english
from nemo_widgets.links import without_query
from nemo_widgets.media_types import is_media

from .errors import FILE_TOO_LARGE, UNSUPPORTED_FILE, Refused
from .link_names import media_type, sent_name
from .names import display_name
from .receive import Sink, check_name, size_words
from .transport import CheckedTransport, PrivateAddress, environment_proxy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from .receive import Received
    from .settings import Settings

__all__ = ["fetch", "link_hash", "shown"]

_PIECE = 1024 * 1024
_LONGEST_HOST = 100
"""Characters of a host's name that are told."""
_LONGEST_LENGTH = 20
"""Digits; a longer length is nonsense, and what comes is counted anyway."""
_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|<head|<\?xml[^>]*\?>\s*<(?:!doctype )?html)", re.IGNORECASE)
_PAGES = ("text/html", "application/xhtml+xml")


async def fetch(url: str, part: Path, settings: Settings, *, owner: bool) -> Received:
    """Fetch one link into the file `part`, from a public address or one of `settings.link_networks`.

    `owner`: whether the studio's owner asks. For others `link_networks` counts for nothing: who can't reach
    a network must not reach it through the studio. Nothing that the server answered is told.

    Raises:
        Refused: 4001, the link is none, or gives no supported file, with the reason; 4002 as for an upload.
    """
    _check(url)
    timeout = httpx.Timeout(settings.link_timeout_s, connect=min(10.0, settings.link_timeout_s))
    allowed = settings.link_networks if owner else ""
    transport = CheckedTransport(allowed, proxy=settings.link_proxy)
    # A file of media is compressed; what is more so for the way may be a thousand times as large as it looks.
    asked, head_s = {"Accept-Encoding": "identity"}, settings.link_head_s
    try:
        async with (
            asyncio.timeout(settings.link_most_s),
            httpx.AsyncClient(timeout=timeout, transport=transport) as client,
            _followed(client, client.build_request("GET", url, headers=asked), head_s) as answer,
        ):
            received = await _receive(answer, url, part, settings.max_upload_bytes)
    except PrivateAddress:
        raise Refused(UNSUPPORTED_FILE, f"{shown(url)} is not fetched: {_private(owner=owner)}") from None
    except TimeoutError:
        most = f"{settings.link_most_s:g}"
        raise Refused(UNSUPPORTED_FILE, english("media.late", link=shown(url), seconds=most)) from None
    except httpx.TimeoutException as error:
        why = f"{shown(url)} did not answer in time.{_other_way(error, settings)}"
        raise Refused(UNSUPPORTED_FILE, why) from None
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        why = f"{shown(url)} can't be fetched: {_why(error)}.{_other_way(error, settings)}"
        raise Refused(UNSUPPORTED_FILE, why) from None
    return replace(received, link=link_hash(url), shown=shown(url))


@asynccontextmanager
async def _followed(
    client: httpx.AsyncClient, request: httpx.Request, most_s: float
) -> AsyncIterator[httpx.Response]:
    """The answer at the end of all redirects, which has begun within `most_s` seconds in all.

    What stands in a redirect itself is not read: the library would read it whole, however long it is and
    however much it unpacks to. And it waits anew for each byte of a head, and after each answer that
    announces another one (1xx), of which there may be any number.

    Raises:
        httpx.ReadTimeout: it has not begun. httpx.HTTPError: there is none.
    """
    async with AsyncExitStack() as stack:
        try:
            async with asyncio.timeout(most_s):
                for _ in range(client.max_redirects + 1):
                    answer = await client.send(request, stream=True)
                    await stack.enter_async_context(aclosing(answer))
                    if answer.next_request is None:
                        break
                    await stack.aclose()
                    request = answer.next_request
                else:
                    raise httpx.TooManyRedirects("too many redirects", request=request)
        except TimeoutError:
            raise httpx.ReadTimeout("the answer did not begin", request=request) from None
        yield answer


def _private(*, owner: bool) -> str:
    if not owner:
        return "it is in a private network. Upload the file itself."
    return (
        "it is in a private network. Upload the file, or set NEMO_STUDIO_LINK_NETWORKS to its network "
        "(127.0.0.0/8 for this machine) and start the studio again (in a notebook: disconnect, then connect)."
    )


_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (socket.gaierror, "there is no such address"),
    (ssl.SSLCertVerificationError, "its certificate is not valid for it"),
    (ssl.SSLError, "no secure connection comes about"),
    (httpx.UnsupportedProtocol, "it leads to an address that begins with neither http:// nor https://"),
    (httpx.TooManyRedirects, "it leads from address to address without an end"),
    (httpx.ProxyError, "the environment's proxy does not let it through"),
    (httpx.ConnectError, "it can't be reached"),
    (httpx.InvalidURL, "it, or where it leads, is no valid address"),
    (UnicodeError, "it, or where it leads, is no valid address"),
)


def _why(error: BaseException) -> str:
    """What went wrong, in our own words: the library's may repeat what the server sent."""
    causes: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in causes:
        causes.append(cause)
        cause = cause.__cause__ or cause.__context__
    for kind, reason in _REASONS:
        if any(isinstance(one, kind) for one in causes):
            return reason
    return "the answer broke off, or is none of HTTP"


def _other_way(error: Exception, settings: Settings) -> str:
    """What may help where there is a proxy: links don't go through it unless that is wished for."""
    if settings.link_proxy or not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return ""
    if environment_proxy(error.request.url) is None:
        return ""
    return " The environment's proxy was not used; NEMO_STUDIO_LINK_PROXY=1 lets links go through it."


def link_hash(url: str) -> str:
    """What is kept of an address: one that is signed is a secret, and the file's name is kept anyway."""
    return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()


async def _receive(answer: httpx.Response, url: str, part: Path, limit: int) -> Received:
    if answer.status_code != HTTPStatus.OK:
        raise Refused(
            UNSUPPORTED_FILE, english("media.answered", link=shown(url), status=_status(answer.status_code))
        )
    if answer.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Refused(UNSUPPORTED_FILE, english("media.packed", link=shown(url)))
    pieces = answer.aiter_raw(_PIECE)
    first = await anext(pieces, b"")
    if _PAGE.match(first) or (media_type(answer) in _PAGES and not is_media(first)):
        raise Refused(UNSUPPORTED_FILE, english("media.page", link=shown(url)))
    name, own = sent_name(answer, first), _file_name(url)
    try:
        check_name(name, first)
    except Refused as error:
        told = error.message if name == own else "what it leads to is of no supported type."
        raise Refused(error.code, f"{shown(url)}: {told}") from None
    length = answer.headers.get("content-length", "")
    if length.isdecimal() and len(length) <= _LONGEST_LENGTH and int(length) > limit:
        raise Refused(FILE_TOO_LARGE, english("media.larger", name=own, size=size_words(limit)))
    sink = Sink(part, own, limit)
    try:
        await anyio.to_thread.run_sync(sink.write, first)
        async for piece in pieces:
            await anyio.to_thread.run_sync(sink.write, piece)
        return replace(await anyio.to_thread.run_sync(sink.finish), name=name)
    except BaseException:
        sink.discard()
        raise


def _status(code: int) -> str:
    """A status in the words of its standard: the server's own may say anything."""
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


def _check(url: str) -> None:
    """See that it can be a link.

    Raises:
        Refused: 4001, it is none.
    """
    rule = "one begins with http:// or https://"
    with suppress(ValueError):
        parts = urlsplit(url)
        if parts.scheme.lower() in ("http", "https") and parts.hostname:
            rule = "its port is a number up to 65535"
            _ = parts.port
            rule = "no address is written like that"
            with suppress(httpx.InvalidURL):
                _ = httpx.URL(url).host  # which decodes it
                return
    raise Refused(UNSUPPORTED_FILE, f"{shown(url)} is no link: {rule}.")


def _file_name(url: str) -> str:
    """The name at the end of the link's own path."""
    return display_name(unquote(without_query(url).rpartition("/")[2]))


def shown(url: str) -> str:
    """The link without its query: a signed link's signature is a secret, and has no place in a message."""
    plain = display_name(without_query(url).rpartition("/")[2])
    try:
        parts = urlsplit(url)
    except ValueError:
        return repr(plain)
    if parts.scheme.lower() not in ("http", "https"):
        return f"{parts.scheme[:20]}://…/{plain}" if parts.scheme else repr(plain)
    host = "".join(character for character in parts.hostname or "" if character.isprintable())
    return f"{host[:_LONGEST_HOST]}/…/{plain}"
