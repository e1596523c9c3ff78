"""Bodies of answers, unpacked in small pieces and up to a limit: no few bytes become gigabytes."""

from __future__ import annotations

import zlib
from contextlib import aclosing
from typing import TYPE_CHECKING, cast

from nemo_widgets.catalogue import say
from nemo_widgets.errors import EventTooLarge, ProtocolError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator

    import httpx

__all__ = ["ACCEPTED", "megabytes", "pieces_of", "whole"]

ACCEPTED = "gzip, deflate"
"""The codings that are asked for and taken. Of others the library unpacks more at once than is good."""
_PIECE = 64 * 1024
"""So many bytes a piece has at most, however small it came."""
_HEADER = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


async def pieces_of(response: httpx.Response) -> AsyncGenerator[bytes, None]:
    """The body as it comes, out of its compression, in pieces of at most 64 kB.

    Raises:
        httpx.HTTPError: it broke, or can't be decoded.
    """
    coding = _coding(response)
    unpacked = _Unpacker(coding) if coding else None
    raws = cast("AsyncGenerator[bytes, None]", response.aiter_raw())
    async with aclosing(raws):
        async for raw in raws:
            if unpacked is None:
                yield raw
                continue
            for piece in unpacked.feed(raw):
                yield piece
    if unpacked is not None:
        unpacked.end()


async def whole(response: httpx.Response, most: int) -> bytes:
    """The whole body, read no further than to `most` bytes, as they are out of their compression.

    Raises:
        EventTooLarge: it is larger. httpx.HTTPError: it broke.
    """
    body = bytearray()
    told = response.headers.get("content-length", "") if not _coding(response) else ""
    if told.isascii() and told.isdigit() and int(told[:18]) > most:
        raise _too_large(most)
    async with aclosing(pieces_of(response)) as pieces:
        async for piece in pieces:
            body += piece
            if len(body) > most:
                break
        else:
            return bytes(body)
    body, piece = bytearray(), b""  # a traceback may show what stands here, and that may be secret
    raise _too_large(most)


def megabytes(size: int) -> str:
    """A limit of size as it is told, such as `32 MB`."""
    return f"{size / 1024 / 1024:.3g} MB"


def _too_large(most: int) -> EventTooLarge:
    hint = ProtocolError.default_hint
    return EventTooLarge(say("answer.large", size=megabytes(most)), hint=hint)


def _coding(response: httpx.Response) -> str:
    """How the body is compressed, "" for not at all."""
    import httpx

    told = response.headers.get("content-encoding", "").lower().split(",")
    codings = [coding for coding in map(str.strip, told) if coding not in ("", "identity")]
    if len(codings) > 1 or any(coding not in _HEADER for coding in codings):
        raise httpx.DecodingError(say("answer.compressed"))
    return codings[0] if codings else ""


class _Unpacker:
    """Takes a body out of its compression, no more than a piece at once."""

    def __init__(self, coding: str) -> None:
        self._unpacked = zlib.decompressobj(_HEADER[coding])
        self._bare = coding == "deflate"
        """Whether it may yet turn out that the header is missing that deflate should have."""
        self._begun = False

    def feed(self, raw: bytes) -> Iterator[bytes]:
        """The pieces that `raw` holds.

        Raises:
            httpx.DecodingError: it is not what it calls itself.
        """
        import httpx

        piece = b""
        self._begun = self._begun or bool(raw)
        while (raw or len(piece) == _PIECE) and not self._unpacked.eof:
            try:
                piece = self._unpacked.decompress(raw, _PIECE)
            except zlib.error:
                if not self._bare:
                    raise httpx.DecodingError(say("answer.not compressed")) from None
                self._bare, self._unpacked = False, zlib.decompressobj(-zlib.MAX_WBITS)
                continue
            self._bare = False
            raw = self._unpacked.unconsumed_tail
            if piece:
                yield piece

    def end(self) -> None:
        """Look whether what came is all that was compressed.

        Raises:
            httpx.DecodingError: it breaks off, though HTTP took it for whole.
        """
        import httpx

        if self._begun and not self._unpacked.eof:
            raise httpx.DecodingError(say("answer.breaks off"))
