"""What surrounds every request: the Host check, and the headers that every answer bears."""

from __future__ import annotations

import ipaddress
import logging
import re
import secrets
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

from .addresses import LOOPBACK
from .answers import refusal
from .errors import Refused

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from .settings import Settings

__all__ = ["REFUSED", "Guard", "version"]

REFUSED = "nemo.refused"
"""Where a request's scope holds the code that it was refused with."""

_log = logging.getLogger("nemo_widgets.studio.requests")
_ANY = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, not bound to
_HOST = re.compile(r"(?:\[(?P<address>[0-9a-f:.]+)\]|(?P<name>[a-z0-9._-]+))(?::[0-9]{1,5})?")
"""What stands in `Host`: an IPv6 address in brackets, or a name or an IPv4 address; and a port."""
_WRONG, _MISDIRECTED = 400, 421


def version() -> str:
    """The installed version of this package; `0` if it was never installed."""
    try:
        return installed("nemo-widgets")
    except PackageNotFoundError:
        return "0"


class Guard:
    """Turns away requests that were made for another name than ours.

    A page on the web can have its own name point to 127.0.0.1 (DNS rebinding) and would then be of the same
    origin as the studio; its requests bear its name in `Host`. Over HTTPS the certificate sees to that, and
    the studio goes by whatever name it is valid for. What can be no name is turned away there, too.
    """

    def __init__(self, app: ASGIApp, *, host: str, settings: Settings, tls: bool = False) -> None:
        self._app = app
        self._tls = tls
        self._hosts = LOOPBACK | {host.lower().strip("[]")}
        self._any_address = not _ANY.isdisjoint(self._hosts)
        self._settings = settings
        self._version = version()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, asked = secrets.token_hex(6), Headers(scope=scope)
        doubtful = "content-length" in asked and "transfer-encoding" in asked
        status = 0

        async def marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(raw=message["headers"])
                if self._settings.studio_header:
                    headers["X-Nemo-Studio"] = self._version
                headers["X-Request-Id"] = request_id
                headers["X-Content-Type-Options"] = "nosniff"
                if doubtful:  # where such a request ends, a proxy may see otherwise (RFC 9112 §6.1)
                    headers["Connection"] = "close"
            await send(message)

        if self._trusted(asked.get("host", "")):
            await self._app(scope, receive, marked)
        else:
            answer = refusal(self._settings, Refused(_MISDIRECTED, "This studio does not go by that name."))
            await answer(scope, receive, marked)
        code = scope.get(REFUSED, status)
        told = str(status) if code == status else f"{status} ({code})"
        # Neither headers nor the query: no token and no client id gets into the log. Polls stay out of it.
        fine = scope["method"] in ("GET", "HEAD") and max(status, code) < _WRONG
        level = logging.DEBUG if fine else logging.INFO
        _log.log(level, "%s %s %s %s", request_id, scope["method"], scope["path"], told)

    def _trusted(self, host: str) -> bool:
        found = _HOST.fullmatch(host.lower())
        if found is None or self._tls:
            return self._tls and (found is not None or not host)  # HTTP/1.0 has no such header
        name = found["address"] or found["name"]
        return name in self._hosts or (self._any_address and _is_address(name))


def _is_address(name: str) -> bool:
    """Whether it is a bare IP address, which no DNS entry can be made to point here."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
