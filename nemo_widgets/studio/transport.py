"""How links are fetched: from addresses that were looked at, and from no others."""

from __future__ import annotations

import socket
import urllib.request
from functools import cache
from typing import TYPE_CHECKING

import anyio
import anyio.to_thread
import httpx

from .addresses import is_in, is_public, networks

if TYPE_CHECKING:
    import ssl

__all__ = ["CheckedTransport", "PrivateAddress", "environment_proxy"]

_LAST_PORT = 65_535
_MOST_ADDRESSES = 4
_SCHEMES = ("http", "https")
_DEFAULT_PORTS = {"http": 80, "https": 443}


class PrivateAddress(httpx.TransportError):
    """A host that is in no public network: fetching from it would open a door into this one."""


class CheckedTransport(httpx.AsyncBaseTransport):
    """Connects to hosts in public networks, and to those in `allowed`; every redirect is a new request here.

    A host is looked up once, and connected to at an address that was looked at: a name that leads elsewhere
    the second time (DNS rebinding) gains nothing. No connection serves two requests, for it was made, and its
    certificate checked, for the name in one.

    Args:
        allowed: networks that may be connected to though they are not public, as in `Settings`.
        proxy: whether the environment's proxy is used where it names one. That looks names up by itself, so
            a host that is not known here is left to it.
    """

    def __init__(self, allowed: str = "", *, proxy: bool = False) -> None:
        self._allowed = networks(allowed)
        self._proxy = proxy
        self._open: list[httpx.AsyncHTTPTransport] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request.

        Raises:
            PrivateAddress: one of the host's addresses is neither public nor allowed.
            httpx.UnsupportedProtocol: it is not for HTTP. httpx.ConnectError: there is no such host, or it
                can't be reached.
        """
        url = request.url
        if url.scheme not in _SCHEMES:
            raise httpx.UnsupportedProtocol("neither http nor https", request=request)
        host, port = url.raw_host.decode("ascii").strip("[]"), url.port or _DEFAULT_PORTS[url.scheme]
        if port > _LAST_PORT:
            raise httpx.ConnectError("there is no such port", request=request)
        proxy = environment_proxy(url) if self._proxy else None
        try:
            addresses = await _addresses(host, port)
        except OSError as error:
            if proxy is None:
                raise httpx.ConnectError("the host is not known", request=request) from error
            addresses = []
        if not all(is_public(address) or is_in(address, self._allowed) for address in addresses):
            raise PrivateAddress("the host is in no public network", request=request)
        if proxy is not None:
            return await (await self._transport(proxy)).handle_async_request(request)
        transport, refused = await self._transport(), None
        for address in addresses[:_MOST_ADDRESSES]:
            try:
                return await transport.handle_async_request(_pinned(request, host, address))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                refused = error
        raise refused or httpx.ConnectError("the host has no address", request=request)

    async def aclose(self) -> None:
        """Close what is open."""
        while self._open:
            await self._open.pop().aclose()

    async def _transport(self, proxy: str | None = None) -> httpx.AsyncHTTPTransport:
        context = await anyio.to_thread.run_sync(_tls)
        once = httpx.Limits(max_keepalive_connections=0)
        try:
            made = httpx.AsyncHTTPTransport(verify=context, limits=once, proxy=proxy)
        except (ImportError, ValueError, httpx.InvalidURL) as error:
            raise httpx.ProxyError("the environment's proxy can't be used") from error
        self._open.append(made)
        return made


def environment_proxy(url: httpx.URL) -> str | None:
    """The proxy that the environment names for an address (HTTPS_PROXY and its like, NO_PROXY), if any."""
    if urllib.request.proxy_bypass(url.host):
        return None
    known = urllib.request.getproxies()
    found = known.get(url.scheme) or known.get("all")
    return f"http://{found}" if found and "://" not in found else found


async def _addresses(host: str, port: int) -> list[str]:
    """The IP addresses of a host, each once.

    Raises:
        OSError: it is not known.
    """
    try:
        found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a name that no host can have
        raise socket.gaierror(socket.EAI_NONAME, "no name of a host") from error
    return list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))


def _pinned(request: httpx.Request, host: str, address: str) -> httpx.Request:
    """The request, sent to this address under the name of its host.

    Another object: a redirect is relative to the name in the first one, whose Host header this one has.
    """
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": host},
    )


@cache
def _tls() -> ssl.SSLContext:
    """Made once, for it takes some time."""
    return httpx.create_ssl_context()
