"""The result of a render, fetched without credentials, and by the API's own route where that fails (§9)."""

from __future__ import annotations

import hashlib
import re
import time
from contextlib import aclosing, asynccontextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from nemo_widgets.catalogue import say
from nemo_widgets.errors import ConnectError, DownloadError, NemoError, ProtocolError
from nemo_widgets.redaction import redact, redact_body

from .address import web_address
from .body import megabytes, pieces_of
from .calls import Tries
from .envelope import Reply, Verdict
from .opening import opened
from .progress import DownloadCallback, Meter
from .retry import passing, repeat
from .retry_after import retry_after
from .saving import Saving
from .secret import header_safe
from .timing import in_words
from .wire import fault

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    import httpx

    from .calls import Caller
    from .credentials import Credentials

__all__ = ["download"]

_MOST_HOPS = 10
_REDIRECTS = (301, 302, 303, 307, 308)
_PARTIAL, _RANGE_WRONG, _OK, _BUSY = 206, 416, 200, 503
_RANGE = re.compile(r"bytes (?:(\d{1,18})-\d{1,18}|\*)/(\d{1,18}|\*)")
_NO_MEDIA = ("text/", "application/json", "application/xml", "application/problem+json")
_MOST_TOLD = 64 * 1024
_UNKNOWN = 404
_LEAST = 1024
"""No film is smaller: a size below is told in a larger unit than bytes."""
_UNITS = (1000, 1024, 1000**2, 1024**2)


async def download(
    caller: Caller,
    link: str,
    target: Path,
    *,
    render_id: str = "",
    progress: DownloadCallback | None = None,
    part: Path | None = None,
    size: int = 0,
    made: bool = False,
) -> Path:
    """Fetch `link` into `target`; with `render_id` also by the API's route, if the link is missing or fails.

    What comes has to be as large as its head and, unless it is 0, `size` say. Where neither tells, it may be
    `settings.download_most` bytes at the most. `made` is whether the server has said that there is a result.

    A broken connection is taken up again where it broke, as long as the server still has the very same file
    (a strong ETag says so); with `part` also by a later process. Until the file is whole, `target` stays as
    it was.

    Raises:
        DownloadError: there is nothing to fetch, or it can't be saved. NemoError: fetching failed.
    """
    ways = [_Way(caller, url, size)] if (url := caller.wire.address.resolve(link) if link else "") else []
    if render_id:
        path = f"/api/render/proxy/{quote(render_id, safe='')}/download"
        ways.append(_Way(caller, caller.wire.address.url(path), size, ours=True))
    if not ways:
        raise DownloadError(say("download.no address"), hint=say("download.expired"))
    async with Saving(target, part) as file:
        error: NemoError | None = None
        for way in ways:
            meter = Meter(way.teller(progress), caller.settings.progress_s)
            verdict = await way.fetch(file, meter)
            if verdict.error is None:
                meter.at(file.size, last=True)
                return await file.keep()
            error = error or verdict.error
    if made and not url and verdict.number == _UNKNOWN:
        raise DownloadError(say("download.made"), hint=say("download.look there"))
    raise error or DownloadError(say("download.nothing"))


class _Way:
    """One address to fetch from. `ours`: the API's own route, the only one that is shown the token."""

    def __init__(self, caller: Caller, url: str, size: int, *, ours: bool = False) -> None:
        self._caller, self._url, self._ours = caller, url, ours
        self._size = size if size >= _LEAST else None
        self.total = self._size

    def teller(self, progress: DownloadCallback | None) -> Callable[[int], None]:
        """What tells the caller of so many bytes."""

        def tell(count: int) -> None:
            if progress is not None:
                progress(count, self.total)

        return tell

    async def fetch(self, file: Saving, meter: Meter) -> Verdict:
        """Fetch into `file`, taking up again what broke; the verdict of the last try."""
        caller = self._caller
        parts = urlsplit(self._url)
        # Without the query, in which a signature may change, and not to be read off the disk.
        place = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
        await file.take_up(hashlib.sha256(place.encode()).hexdigest())
        tries = Tries()

        async def send(sign: Credentials) -> Verdict:
            return await repeat("read", lambda: self._once(file, meter, sign), caller.settings)

        while True:
            before = file.size
            verdict = await caller.persist(send, tries, signed=self._ours)
            # The tries are counted anew as long as they get on: a long download may break many times.
            if not passing(verdict) or verdict.error is None or file.size < before + caller.settings.chunk:
                return verdict

    async def _once(self, file: Saving, meter: Meter, sign: Credentials) -> Verdict:
        import httpx

        wanted = {"Accept-Encoding": "identity"}
        if file.size and file.tag:
            wanted |= {"Range": f"bytes={file.size}-", "If-Range": file.tag}
        elif file.size:
            await file.restart()
        host = urlsplit(self._url).netloc.rpartition("@")[2]
        try:
            async with self._open(wanted, sign) as response:
                verdict = await self._refusal(response, file)
                verdict = verdict or await self._begin(response, file)
                verdict = verdict or await self._save(response, file, meter)
        except httpx.HTTPError as error:
            verdict = fault(error, host)
        if verdict is not None:
            return verdict
        if self.total is not None and file.size != self.total:
            short = ConnectError(say("result.in part", host=host, size=file.size, whole=self.total))
            return Verdict(error=short, number=None)
        if not file.size:
            return Verdict(error=DownloadError(say("download.empty")), number=0)
        return Verdict()

    async def _other(self, file: Saving, came: str) -> Verdict:
        """The verdict on a file of another size than it was to have, of which nothing is kept."""
        await file.restart()
        if self.total is None:
            most = megabytes(self._caller.settings.download_most)
            told = say("result.large", most=most)
        else:
            told = say("result.other", size=f"{self._size or self.total:,}", came=came)
        return Verdict(error=DownloadError(told, hint=say("download.expired")), number=0)

    async def _save(self, response: httpx.Response, file: Saving, meter: Meter) -> Verdict | None:
        """Write the body, in pieces that are worth a thread's while; what came before a break is kept.

        A verdict as soon as it is larger than it may be.
        """
        import httpx

        settings = self._caller.settings
        most = settings.download_most if self.total is None else self.total
        end, held, broke = settings.clock.now() + settings.download_s, bytearray(), None
        async with aclosing(pieces_of(response)) as pieces:
            piece: bytes | None = b""
            while piece is not None:
                try:
                    piece = await anext(pieces, None)
                except httpx.HTTPError as error:
                    piece, broke = None, error
                held += piece or b""
                if file.size + len(held) > most:
                    return await self._other(file, "more")
                if settings.clock.now() > end:
                    raise DownloadError(say("download.late", time=in_words(settings.download_s)))
                if held and (piece is None or len(held) >= settings.chunk):
                    await file.write(held)
                    meter.at(file.size)
                    held = bytearray()
        if broke is not None:
            raise broke
        return None

    async def _begin(self, response: httpx.Response, file: Saving) -> Verdict | None:
        """Make ready for what the response brings.

        A verdict if it is a part that fits nothing that is there, or has another size than it was to have.
        """
        tag, coded = response.headers.get("etag", ""), response.headers.get("content-encoding", "identity")
        # A weak tag does not promise the same bytes, so nothing can be taken up by it.
        tag = "" if tag.startswith("W/") or coded != "identity" or not header_safe(tag) else tag
        tag = tag if redact(tag) == tag else ""  # it is written down
        if response.status_code == _PARTIAL:
            found = _RANGE.fullmatch(response.headers.get("content-range", ""))
            if found is None or int(found[1] or -1) != file.size or (tag or file.tag) != file.tag:
                await file.restart()
                return _changed()
            self.total = self._size if found[2] == "*" else int(found[2])
            return await self._fits(file)
        await file.restart(tag)
        length = response.headers.get("content-length", "") if coded == "identity" else ""
        self.total = int(length[:18]) if length.isascii() and length.isdigit() else self._size
        return await self._fits(file)

    async def _fits(self, file: Saving) -> Verdict | None:
        """A verdict if what comes is announced with another size than the result has.

        Raises:
            DownloadError: there is no room for it.
        """
        if self.total is None:
            return None
        if self._size is not None and not _agree(self._size, self.total):
            return await self._other(file, f"{self.total:,}")
        await file.check_room(self.total)
        return None

    @asynccontextmanager
    async def _open(self, wanted: dict[str, str], sign: Credentials) -> AsyncIterator[httpx.Response]:
        """The response at the end of all redirects; the token goes to the API's own route, and no further."""
        wire, url, ours = self._caller.wire, self._url, self._ours
        for _ in range(_MOST_HOPS):
            headers = {**wanted, **self._caller.auth.attribution} if ours else wanted
            client = wire.api("read") if ours else wire.outside()
            async with opened(
                client, "GET", url, headers=headers, auth=sign if ours else None, timeout=wire.timeout()
            ) as response:
                to = response.headers.get("location", "") if response.status_code in _REDIRECTS else ""
                if not to:
                    yield response
                    return
            url, ours = web_address(url, to), False
            if not url:
                raise DownloadError(say("result.off the web"))
        raise DownloadError(say("result.circles"))

    async def _refusal(self, response: httpx.Response, file: Saving) -> Verdict | None:
        """The verdict on an answer that is not the file: an error, a page, an envelope with a code."""
        kind = response.headers.get("content-type", "").lower()
        told = response.status_code in (_OK, _PARTIAL)
        if told and not kind.startswith(_NO_MEDIA):
            return None
        body, settings = bytearray(), self._caller.settings
        with suppress(TimeoutError):  # what has come tells enough
            await settings.clock.by(settings.clock.now() + settings.body_s, _told(response, body))
        if response.status_code == _RANGE_WRONG:
            found = _RANGE.fullmatch(response.headers.get("content-range", ""))
            if found is not None and found[2] == str(file.size):
                self.total = file.size
                return Verdict()  # all of it was there; only its place was not taken yet
            await file.restart()
            return _changed()
        if not self._ours:
            # Not the API's words, so not its error table: a 401 here says nothing about our token.
            why = say("download.page") if told else f"HTTP {response.status_code}"
            error = DownloadError(say("download.refused", why=why), hint=say("download.expired"))
            wait_s = retry_after(response.headers.get("retry-after"), time.time())
            return Verdict(error=error, number=0 if told else response.status_code, wait_s=wait_s)
        auth = self._caller.auth
        reply = Reply(response.status_code, dict(response.headers), redact_body(bytes(body)))
        verdict = auth.reader.read(reply, "render")
        if verdict.error is None:
            verdict = Verdict(error=ProtocolError(say("download.no video")))
        return verdict


async def _told(response: httpx.Response, body: bytearray) -> None:
    """Append what an answer says that is not the file."""
    async with aclosing(pieces_of(response)) as pieces:
        async for piece in pieces:
            body += piece
            if len(body) >= _MOST_TOLD:
                return


def _agree(told: int, whole: int) -> bool:
    """Whether the size that was told of a file of `whole` bytes is its own, in bytes or a larger unit."""
    return told == whole or any(abs(told * unit - whole) <= unit for unit in _UNITS)


def _changed() -> Verdict:
    """A fault that is gone with the next try, which begins anew."""
    return Verdict(error=DownloadError(say("download.changed")), number=_BUSY)
