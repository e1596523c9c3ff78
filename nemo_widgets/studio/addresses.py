"""Which addresses are this machine, and which are out in the open: who may be talked to on whose behalf."""

from __future__ import annotations

import ipaddress
import socket

__all__ = ["LOOPBACK", "is_in", "is_loopback", "is_public", "networks"]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


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

    This machine's own address is none, though it be a public one: a firewall that stands before it for the
    world does not stand before us.

    >>> [is_public(a) for a in ("93.184.216.34", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1")]
    [True, False, False, False]
    """
    try:
        found = _bare(address)
    except ValueError:
        return False
    inner = isinstance(found, ipaddress.IPv6Address) and any(found in network for network in _INNER)
    if not found.is_global or found.is_multicast or inner or any(found in network for network in _NEAR):
        return False
    return not _is_own(found)


def networks(text: str) -> tuple[_Network, ...]:
    """The networks of a list such as `127.0.0.0/8, 192.168.1.20`.

    Raises:
        ValueError: a word is no network and no address.
    """
    words = [word for word in text.replace(",", " ").split() if word]
    try:
        return tuple(ipaddress.ip_network(word, strict=False) for word in words)
    except ValueError:
        raise ValueError(f"{text!r} is no list of networks such as 127.0.0.0/8,192.168.1.20.") from None


def is_in(address: str, some: tuple[_Network, ...]) -> bool:
    """Whether an IP address, or the one inside of it, is in one of these networks.

    >>> is_in("::ffff:127.0.0.1", networks("127.0.0.0/8")), is_in("10.0.0.1", ())
    (True, False)
    """
    try:
        found = _bare(address)
    except ValueError:
        return False
    return any(found in network for network in some)


def _bare(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The address; of one that stands inside of an IPv6 address (mapped, 6to4, NAT64), that one."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv4Address):
        return found
    if found in _NAT64:
        return ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    return found.ipv4_mapped or found.sixtofour or found


def _is_own(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether it is an address of this machine. Nothing is sent: the system is asked for the way there."""
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6  # noqa: PLR2004 - of IP
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as way:
            way.connect((str(address), 9))
            return ipaddress.ip_address(way.getsockname()[0].partition("%")[0]) == address
    except OSError:  # there is no way there
        return False


_INNER = tuple(
    map(
        ipaddress.IPv6Network,
        ("::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "fec0::/10", "3fff::/20", "5f00::/16"),
    )
)
"""Not for the world, though Python's table may not know it: IPv4-compatible and translated addresses, a local
NAT64 (RFC 8215), a site's own, examples, segment routing."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NEAR = tuple(map(ipaddress.IPv4Network, ("192.0.0.0/24", "192.88.99.0/24")))
"""Where whoever is near answers: protocols of the IETF (RFC 6890), and a cloud that keeps its machines' keys
there; relays of 6to4 (RFC 7526)."""
