"""One HTTP exchange: a request out, a reply or a named fault back. Knows no token and repeats nothing."""

from __future__ import annotations

import contextlib
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from nemo_widgets.errors import ConnectError, NemoError, ProtocolError, TimedOut

from .address import Address, is_loopback
from .envelope import About, Reply, Verdict

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable

    import httpx

    from .retry import Kind
    from .settings import ClientSettings

__all__ = ["Call", "Wire", "fault", "pieces_of"]


@dataclass(frozen=True, slots=True)
class Call:
    """A request to the API: `json` or `content` (made anew for each attempt) is its body."""

    method: str
    path: str
    kind: Kind = "read"
    about: About = "session"
    json: Any = field(default=None, repr=False)
    content: Callable[[], AsyncIterator[bytes]] | None = field(default=None, repr=False)
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    read_s: float | None = None


class Wire:
    """The connections: pools for the API, and one without any credentials for everybody else."""

    def __init__(self, address: Address, settings: ClientSettings) -> None:
        self.address = address
        self._settings = settings
        self._pools: dict[str, httpx.AsyncClient] = {}
        self.is_studio = False

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

    async def exchange(self, call: Call, headers: dict[str, str]) -> Reply | Verdict:
        """The reply, read whole; a verdict instead where none came."""
        import httpx

        try:
            response = await self.api(call.kind).request(
                call.method,
                self.address.url(call.path),
                json=call.json,
                content=call.content() if call.content else None,
                headers={**call.headers, **headers},
                timeout=self.timeout(call.read_s),
            )
        except httpx.HTTPError as error:
            found = fault(error, self.where)
        else:
            return self.reply(response, response.content)
        # Outside of the except block, so that no error of ours holds httpx's, which holds the headers.
        return found

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
        """Note whether the studio sent a response."""
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
        # httpx honours the environment's proxies; a mount without a transport exempts a host from them.
        local = {"localhost", "127.0.0.1", "[::1]"}
        if is_loopback(host := self.address.host):
            local.add(f"[{host}]" if ":" in host else host)
        self._pools[name] = httpx.AsyncClient(
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if plain else True,
            follow_redirects=False,
            mounts={f"all://{host}": None for host in local},
            limits=httpx.Limits(max_keepalive_connections=idle),
        )
        return self._pools[name]


def pieces_of(response: httpx.Response, size: int | None = None) -> AsyncGenerator[bytes, None]:
    """The body as it comes, as the generator that it is: one that can be closed."""
    return cast("AsyncGenerator[bytes, None]", response.aiter_bytes(size))


def fault(error: httpx.HTTPError, where: str) -> Verdict:
    """What an error of httpx means: was anything sent, and what is to be told."""
    import httpx

    why = _why(error)
    found: NemoError
    match error:
        case httpx.ConnectTimeout() | httpx.PoolTimeout():
            found, sent = ConnectError(f"{where} does not answer{why}."), False
        case httpx.ConnectError() | httpx.ProxyError() | httpx.UnsupportedProtocol():
            found, sent = ConnectError(f"Can't reach {where}{why}."), False
        case httpx.TimeoutException():
            found, sent = TimedOut(f"{where} took the request, but its answer did not come in time."), True
        case httpx.DecodingError() | httpx.TooManyRedirects():
            found, sent = ProtocolError(f"The answer of {where} can't be decoded."), True
        case _:
            found, sent = ConnectError(f"The connection to {where} broke{why}.", hint=_TRY_AGAIN), True
    return Verdict(error=found, number=None, sent=sent)


_TRY_AGAIN = "Try again; if it stays so, is something between you and the server closing connections?"


def _why(error: BaseException) -> str:
    """The reason in the operating system's words, where it is one that helps."""
    seen: BaseException | None = error
    for _ in range(6):
        if seen is None:
            break
        if isinstance(seen, ssl.SSLCertVerificationError):
            return f" (its certificate is not trusted: {seen.verify_message})"
        if isinstance(seen, OSError) and seen.strerror:
            with contextlib.suppress(ValueError):
                return f" ({seen.strerror})"
        seen = seen.__cause__ or seen.__context__
    return ""
