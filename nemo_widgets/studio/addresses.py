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
    if isinstance(found, ipaddress.IPv6Address) and (found not in _UNICAST or found in _EXAMPLES):
        return False
    if not found.is_global or found.is_multicast or any(found in network for network in _NEAR):
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
    """The address; of one that stands inside of an IPv6 address (mapped, 6to4, NAT64, ISATAP), that one."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv4Address):
        return found
    if found in _NAT64 or int(found) >> 32 & 0xFDFFFFFF == _ISATAP:
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


_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All that is given out of IPv6 for the world. Nothing else leads there, though Python may call it global."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_ISATAP = 0x5EFE
"""What stands before an IPv4 address in the lower half of an IPv6 one (RFC 5214), the universal bit aside."""
_EXAMPLES = ipaddress.IPv6Network("3fff::/20")
"""For documents (RFC 9637); Python's table may not know it."""
_NEAR = tuple(
    map(
        ipaddress.IPv4Network,
        (
            *("192.0.0.0/24", "192.88.99.0/24", "192.52.193.0/24"),
            *("168.63.129.16/32", "192.80.8.124/32", "161.26.0.0/16", "166.8.0.0/14"),
        ),
    )
)
"""Where whoever is near answers, though the addresses look like anybody's.

Protocols of the IETF (RFC 6890), and a cloud that keeps its machines' keys there; relays of 6to4 (RFC 7526)
and of multicast (RFC 7450). What Azure's and Packet's hosts tell their machines, and the services of IBM's
private network.
"""
