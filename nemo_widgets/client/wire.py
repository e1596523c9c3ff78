"""One HTTP exchange: a request out, a reply or a named fault back. Knows no token and repeats nothing."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.errors import ConnectError, EventTooLarge, NemoError, ProtocolError, TimedOut, UsageError

from .address import Address, is_loopback
from .body import ACCEPTED, whole
from .envelope import About, Reply, Verdict
from .opening import opened
from .timing import in_words

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    import httpx

    from .credentials import Credentials
    from .retry import Kind
    from .settings import ClientSettings

__all__ = ["Call", "Wire", "encoded", "fault"]


@dataclass(frozen=True, slots=True)
class Call:
    """A request to the API: `json` or `content` (made anew for each attempt) is its body.

    An answer of the media type `accept` is taken as it is; every other one is read as JSON.
    """

    method: str
    path: str
    kind: Kind = "read"
    about: About = "session"
    json: Any = field(default=None, repr=False)
    content: Callable[[], AsyncGenerator[bytes, None]] | None = field(default=None, repr=False)
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    read_s: float | None = None
    accept: str = ""


_JSON = {"Content-Type": "application/json"}


class Wire:
    """The connections: pools for the API, and one without any credentials for everybody else."""

    def __init__(self, address: Address, settings: ClientSettings) -> None:
        self.address = address
        self._settings = settings
        self._pools: dict[str, httpx.AsyncClient] = {}
        self.is_studio = False
        self.heard = False
        """Whether the API has answered at all, so that `is_studio` means something."""

    @property
    def where(self) -> str:
        """The API's address, as messages name it."""
        return self.address.api

    def api(self, kind: Kind) -> httpx.AsyncClient:
        """The pool for requests to the API; each paid one has a connection of its own.

        A connection that was idle may be closed by the server at the very moment it is used again. A read is
        simply repeated then; a paid request can't be, since nobody knows whether it arrived.
        """
        return self._pool("paid", idle=0) if kind == "paid" else self._pool("api")

    def outside(self) -> httpx.AsyncClient:
        """The pool for downloads: it has never seen a token."""
        return self._pool("outside")

    async def aclose(self) -> None:
        """Close every connection."""
        pools, self._pools = self._pools, {}
        for pool in pools.values():
            await pool.aclose()

    async def exchange(self, call: Call, headers: dict[str, str], sign: Credentials) -> Reply | Verdict:
        """The reply, read whole; a verdict instead where none came."""
        import httpx

        body = call.content() if call.content else None
        broken: list[Exception] = []
        content = _set_aside(body, broken) if body is not None else None
        headers = {**call.headers, **headers, **({} if call.json is None else _JSON)}
        try:
            async with opened(
                self.api(call.kind),
                call.method,
                self.address.url(call.path),
                content=encoded(call.json) if content is None and call.json is not None else content,
                headers=headers,
                auth=sign,
                timeout=self.timeout(call.read_s),
            ) as response:
                return await self._read(response)
        except httpx.HTTPError as error:
            found = fault(error, self.where)
        finally:
            if body is not None and content is not None:
                await content.aclose()
                await body.aclose()  # a body that was not read to its end has a file open, or somebody waits
        # Outside of the except block, so that no error of ours holds httpx's, which holds the headers.
        if broken:
            raise broken[0]
        return found

    async def _read(self, response: httpx.Response) -> Reply | Verdict:
        """The reply, read no further than it may be large, and no longer than it may take."""
        self.note(response)
        settings, status, error = self._settings, response.status_code, None
        try:
            end = settings.clock.now() + settings.body_s
            body = await settings.clock.by(end, whole(response, settings.answer_most))
        except EventTooLarge as large:
            error = large
        except TimeoutError:
            late = TimedOut(say("wire.unended", where=self.where, time=in_words(settings.body_s)))
            return Verdict(error=late, number=None)
        if error is not None:
            # Not asked for again: it would be as large.
            return Verdict(error=error, number=status, status=status, page=True)
        return self.reply(response, body)

    def timeout(self, read_s: float | None = None) -> httpx.Timeout:
        """The time limits of a request."""
        import httpx

        s = self._settings
        return httpx.Timeout(s.read_s, connect=s.connect_s, pool=s.connect_s, read=read_s or s.read_s)

    def stream_timeout(self) -> httpx.Timeout:
        """The time limits of a stream whose pieces somebody else waits for."""
        import httpx

        s = self._settings
        return httpx.Timeout(None, connect=s.connect_s, pool=s.connect_s, write=s.read_s)

    def note(self, response: httpx.Response) -> None:
        """Note whether the studio sent a response of the API."""
        self.heard = True
        self.is_studio = self.is_studio or "x-nemo-studio" in response.headers

    def reply(self, response: httpx.Response, body: bytes) -> Reply:
        """An httpx response as a reply."""
        self.note(response)
        return Reply(response.status_code, dict(response.headers), body)

    def _pool(self, name: str, idle: int = 20) -> httpx.AsyncClient:
        """A pool by its name, made when first used: reading the certificates takes time."""
        import httpx

        if (found := self._pools.get(name)) is not None:
            return found
        # The studio is not spoken to over TLS, so it needs no certificates at all.
        plain = name != "outside" and not self.address.encrypted and is_loopback(self.address.host)
        verify = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if plain else httpx.create_ssl_context()
        limits = httpx.Limits(max_keepalive_connections=idle)
        direct = httpx.AsyncHTTPTransport(verify=verify, limits=limits, socket_options=_keepalive())
        # httpx honours the environment's proxies; a mount exempts a host from them. No proxy can reach this
        # machine; and where none is in the way of the API, its connections are watched by the system too.
        hosts = {"localhost", "127.0.0.1", "::1"}
        if is_loopback(self.address.host) or not _proxied(self.address):
            hosts.add(self.address.host)
        self._pools[name] = httpx.AsyncClient(
            verify=verify,
            follow_redirects=False,
            headers={"Accept-Encoding": ACCEPTED},
            mounts={f"all://[{host}]" if ":" in host else f"all://{host}": direct for host in hosts},
            limits=limits,
        )
        return self._pools[name]


def _keepalive() -> list[tuple[int, int, int]]:
    """Socket options by which the system finds out that the other side is gone: after about a minute."""
    idle = getattr(socket, "TCP_KEEPIDLE", getattr(socket, "TCP_KEEPALIVE", None))
    tcp = (
        (idle, 30),
        (getattr(socket, "TCP_KEEPINTVL", None), 10),
        (getattr(socket, "TCP_KEEPCNT", None), 3),
    )
    found = [(socket.IPPROTO_TCP, option, value) for option, value in tcp if option is not None]
    return [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1), *found]


def _proxied(address: Address) -> bool:
    """Whether the environment names a proxy for the API."""
    from urllib.request import getproxies, proxy_bypass

    proxies = getproxies()
    named = proxies.get("https" if address.encrypted else "http") or proxies.get("all")
    return bool(named) and not proxy_bypass(address.host)


async def _set_aside(
    body: AsyncGenerator[bytes, None], broken: list[Exception]
) -> AsyncGenerator[bytes, None]:
    """The body; an error of its own goes to `broken`, past the HTTP library: its frames hold the headers."""
    import httpx

    try:
        async for piece in body:
            yield piece
    except Exception as error:  # noqa: BLE001 - raised again by who sends the body
        broken.append(error)
        raise httpx.RequestError("The body broke.") from None


def encoded(value: Any) -> bytes:
    """A value as the JSON of a request's body.

    Raises:
        UsageError: it is nested too deep, or holds a number that JSON has no word for.
    """
    try:
        told = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except RecursionError:
        raise UsageError(say("send.deep"), hint="") from None
    except ValueError:
        raise UsageError(say("send.no number"), hint="") from None
    try:
        return told.encode()
    except UnicodeEncodeError:  # half a character, which JSON can write out nevertheless
        return json.dumps(value, allow_nan=False).encode()


def fault(error: httpx.HTTPError, where: str) -> Verdict:
    """What an error of httpx means: was anything sent, and what is to be told."""
    import httpx

    why = _why(error)
    found: NemoError
    match error:
        case httpx.ConnectTimeout() | httpx.PoolTimeout():
            found, sent = ConnectError(say("wire.silent", where=where, why=why)), False
        case httpx.ConnectError() | httpx.ProxyError() | httpx.UnsupportedProtocol():
            found, sent = ConnectError(say("wire.unreachable", where=where, why=why)), False
        case httpx.TimeoutException():
            found, sent = TimedOut(say("wire.late", where=where)), True
        case httpx.DecodingError() | httpx.TooManyRedirects():
            found, sent = ProtocolError(say("wire.undecodable", where=where)), True
        case httpx.RemoteProtocolError() if "illegal" in str(error):  # h11's word; a break has others
            found, sent = ProtocolError(say("wire.no http", where=where)), True
        case _:
            found, sent = _broken(where, why), True
    return Verdict(error=found, number=None, sent=sent)


def _broken(where: str, why: str) -> ConnectError:
    return ConnectError(say("wire.broke", where=where, why=why), hint=say("wire.try again"))


def _why(error: BaseException) -> str:
    """The reason in the operating system's words, where it is one that helps."""
    seen: BaseException | None = error
    for _ in range(6):
        if seen is None:
            break
        if isinstance(seen, ssl.SSLCertVerificationError):
            return say("wire.certificate", why=seen.verify_message)
        if isinstance(seen, OSError) and seen.strerror:
            with contextlib.suppress(ValueError):
                return say("wire.why", why=seen.strerror)
        seen = seen.__cause__ or seen.__context__
    return ""
