"""The result of a render, fetched without credentials, and by the API's own route where that fails (§9)."""

from __future__ import annotations

from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

from nemo_widgets.errors import DownloadError, NemoError, ProtocolError

from .envelope import Reply, Verdict
from .progress import DownloadCallback, Meter
from .retry import repeat
from .saving import Saving
from .wire import fault, pieces_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    import httpx

    from .calls import Caller

__all__ = ["download"]

_MOST_HOPS = 10
_REDIRECTS = (301, 302, 303, 307, 308)
_PARTIAL, _RANGE_WRONG, _OK = 206, 416, 200
_NO_MEDIA = ("text/", "application/json", "application/xml", "application/problem+json")
_MOST_TOLD = 64 * 1024
_EXPIRED = "It may have expired: `%nemo export` makes it anew."


async def download(
    caller: Caller,
    link: str,
    target: Path,
    *,
    render_id: str = "",
    progress: DownloadCallback | None = None,
) -> Path:
    """Fetch `link` into `target`; with `render_id` also by the API's route, if the link is missing or fails.

    A broken connection is taken up again where it broke. Until the file is whole, `target` stays as it was.

    Raises:
        DownloadError: there is nothing to fetch, or it can't be saved. NemoError: fetching failed.
    """
    ways = [_Way(caller, url)] if (url := caller.wire.address.resolve(link) if link else "") else []
    if render_id:
        path = f"/api/render/proxy/{quote(render_id, safe='')}/download"
        ways.append(_Way(caller, caller.wire.address.url(path), ours=True))
    if not ways:
        raise DownloadError("The server names no address for the result.", hint=_EXPIRED)
    async with Saving(target) as file:
        error: NemoError | None = None
        for way in ways:
            meter = Meter(way.teller(progress), caller.settings.progress_s)
            verdict = await way.fetch(file, meter)
            if verdict.error is None:
                meter.at(file.size, last=True)
                return await file.keep()
            error = error or verdict.error
            await file.restart()
    raise error or DownloadError("There was nothing to fetch.")


class _Way:
    """One address to fetch from. `ours`: the API's own route, the only one that is shown the token."""

    def __init__(self, caller: Caller, url: str, *, ours: bool = False) -> None:
        self._caller, self._url, self._ours = caller, url, ours
        self._tag = ""
        self.total: int | None = None

    def teller(self, progress: DownloadCallback | None) -> Callable[[int], None]:
        """What tells the caller of so many bytes."""

        def tell(count: int) -> None:
            if progress is not None:
                progress(count, self.total)

        return tell

    async def fetch(self, file: Saving, meter: Meter) -> Verdict:
        """Fetch into `file`, taking up again what broke; the verdict of the last try."""

        async def once() -> Verdict:
            return await self._once(file, meter)

        auth = self._caller.auth
        used = await auth.token() if self._ours else None
        verdict = await repeat("read", once, self._caller.settings)
        if self._ours and verdict.refused_token and auth.anonymous:
            await auth.token(refused=used)
            verdict = await repeat("read", once, self._caller.settings)
        return verdict

    async def _once(self, file: Saving, meter: Meter) -> Verdict:
        import httpx

        wanted = {"Accept-Encoding": "identity"}
        if file.size and self._tag:
            wanted |= {"Range": f"bytes={file.size}-", "If-Range": self._tag}
        elif file.size:
            await file.restart()
        host = urlsplit(self._url).netloc.rpartition("@")[2]
        try:
            async with self._open(wanted) as response:
                if (verdict := await self._refusal(response)) is not None:
                    return verdict
                if response.status_code != _PARTIAL and file.size:
                    await file.restart()
                self._note(response, file.size)
                async with aclosing(pieces_of(response, self._caller.settings.chunk)) as pieces:
                    async for piece in pieces:
                        await file.write(piece)
                        meter.at(file.size)
        except httpx.HTTPError as error:
            return fault(error, host)
        if not file.size:
            return Verdict(error=DownloadError("The result is empty."), number=0)
        return Verdict()

    @asynccontextmanager
    async def _open(self, wanted: dict[str, str]) -> AsyncIterator[httpx.Response]:
        """The response at the end of all redirects; the token goes to the API's own route, and no further."""
        wire, url, ours = self._caller.wire, self._url, self._ours
        for _ in range(_MOST_HOPS):
            headers = {**wanted, **await self._caller.auth.headers()} if ours else wanted
            client = wire.api("read") if ours else wire.outside()
            async with client.stream("GET", url, headers=headers, timeout=wire.timeout()) as response:
                to = response.headers.get("location", "") if response.status_code in _REDIRECTS else ""
                if not to:
                    yield response
                    return
            url, ours = urljoin(url, to), False
            if urlsplit(url).scheme not in ("http", "https"):
                raise DownloadError("The result's address leads to one that is not on the web.")
        raise DownloadError("The result's address leads in circles.")

    async def _refusal(self, response: httpx.Response) -> Verdict | None:
        """The verdict on an answer that is not the file: an error, a page, an envelope with a code."""
        kind = response.headers.get("content-type", "").lower()
        told = response.status_code in (_OK, _PARTIAL)
        if told and not kind.startswith(_NO_MEDIA):
            return None
        body = bytearray()
        async with aclosing(pieces_of(response, _MOST_TOLD)) as pieces:
            async for piece in pieces:
                body += piece
                if len(body) >= _MOST_TOLD:
                    break
        if response.status_code == _RANGE_WRONG:
            self._tag = ""  # what is there is of another file: the next try begins anew
            return Verdict(error=DownloadError("The result changed while it was fetched."), number=503)
        if not self._ours:
            # Not the API's words, so not its error table: a 401 here says nothing about our token.
            why = "a page came instead" if told else f"HTTP {response.status_code}"
            error = DownloadError(f"The result can't be fetched from its address ({why}).", hint=_EXPIRED)
            return Verdict(error=error, number=0 if told else response.status_code)
        auth = self._caller.auth
        reply = Reply(response.status_code, dict(response.headers), auth.hide_in_bytes(bytes(body)))
        verdict = auth.reader.read(reply, "render")
        if verdict.error is None:
            verdict = Verdict(error=ProtocolError("Instead of the result came something that is no video."))
        return verdict

    def _note(self, response: httpx.Response, have: int) -> None:
        tag = response.headers.get("etag", "")
        # A weak tag does not promise the same bytes, so nothing can be taken up by it.
        self._tag = "" if tag.startswith("W/") else tag
        length = response.headers.get("content-length", "")
        self.total = have + int(length[:18]) if length.isascii() and length.isdigit() else None
