"""Which addresses are this machine, and which are out in the open: who may be talked to on whose behalf."""

from __future__ import annotations

import ipaddress
import socket

import anyio
import httpx

__all__ = ["LOOPBACK", "PrivateAddress", "PublicTransport", "is_loopback", "is_public"]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class PrivateAddress(httpx.TransportError):
    """A host that is in no public network: fetching from it would open a door into this one."""


class PublicTransport(httpx.AsyncHTTPTransport):
    """Connects to hosts in public networks alone, redirects included.

    A host is looked up once, and connected to at the address that was looked at: a name that leads elsewhere
    the second time (DNS rebinding) gains nothing. No proxy is used, for that would look names up by itself.
    """

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request.

        Raises:
            PrivateAddress: one of the host's addresses is not public. httpx.ConnectError: it has none.
        """
        host = request.url.host
        try:
            found = await anyio.getaddrinfo(host, request.url.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(f"{host} is not known: {error}", request=request) from None
        addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
        if not addresses or not all(map(is_public, addresses)):
            raise PrivateAddress(f"{host} is in no public network", request=request)
        # Another request: a redirect is relative to the name in this one. Its Host header holds that already.
        sent = httpx.Request(
            request.method,
            request.url.copy_with(host=addresses[0]),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        return await super().handle_async_request(sent)


def is_loopback(host: str) -> bool:
    """Whether a name or an address is this machine's own, which nobody else can reach.

    >>> is_loopback("127.0.0.8"), is_loopback("[::1]"), is_loopback("0.0.0.0"), is_loopback("")
    (True, True, False, False)
    """
    name = host.strip().lower().strip("[]").rstrip(".")
    if name in LOOPBACK or name.endswith(".localhost"):
        return True
    try:
        return _bare(name).is_loopback
    except ValueError:
        return False


def is_public(address: str) -> bool:
    """Whether an IP address is one that the whole world can reach; one inside of another counts.

    >>> [is_public(a) for a in ("93.184.216.34", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1")]
    [True, False, False, False]
    """
    try:
        found = _bare(address)
    except ValueError:
        return False
    inner = isinstance(found, ipaddress.IPv6Address) and any(found in network for network in _INNER)
    return found.is_global and not found.is_multicast and not inner


def _bare(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The address; of one that stands inside of an IPv6 address (mapped, 6to4, NAT64), that one."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv4Address):
        return found
    if found in _NAT64:
        return ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    return found.ipv4_mapped or found.sixtofour or found


_INNER = tuple(
    map(
        ipaddress.IPv6Network,
        ("::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "fec0::/10", "3fff::/20", "5f00::/16"),
    )
)
"""Not for the world, though Python's table may not know it: IPv4-compatible and translated addresses, a local
NAT64 (RFC 8215), a site's own, examples, segment routing."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
