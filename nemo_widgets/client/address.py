"""Where the server is: addresses from the environment, and the questions asked about them."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from nemo_widgets.catalogue import say
from nemo_widgets.errors import UsageError

__all__ = ["Address", "is_loopback", "web_address"]

_API = "https://mega-api-prod.nemovideo.ai"
_WEB = "https://nemovideo.com"


@dataclass(frozen=True, slots=True)
class Address:
    """The API's base address and the web site's, without a slash at their ends."""

    api: str
    web: str

    @classmethod
    def find(cls, base_url: str | None = None) -> Address:
        """The address given, else NEMO_API_URL and NEMO_WEB_URL, else the cloud's.

        Raises:
            UsageError: it is not an http(s) address, or holds a user name, a query or a fragment.
        """
        api = _checked(base_url or _named(), say("address.server"))
        return cls(api, _checked(os.environ.get("NEMO_WEB_URL") or _WEB, "NEMO_WEB_URL"))

    @property
    def host(self) -> str:
        """The API's host name, without its port."""
        return urlsplit(self.api).hostname or ""

    @property
    def is_cloud(self) -> bool:
        """Whether the API is the cloud's own."""
        return self.api == _API

    @property
    def may_have_token(self) -> bool:
        """Whether NEMO_TOKEN may be sent to the API: the environment names it, or it is on this machine."""
        return is_loopback(self.host) or _canonical(self.api) == _canonical(_named())

    @staticmethod
    def for_token() -> str:
        """The server that NEMO_TOKEN is meant for, in words."""
        return say("address.cloud") if (api := _named()) == _API else say("address.at", api=api)

    @property
    def encrypted(self) -> bool:
        """Whether the API is spoken to over TLS."""
        return self.api.startswith("https:")

    def url(self, path: str) -> str:
        """The URL of an API path that begins with a slash."""
        return self.api + path

    def resolve(self, link: str) -> str:
        """A link that may be relative to the API, as an absolute http(s) URL, or "" if it is neither."""
        return web_address(self.api + "/", link.strip())


def web_address(base: str, link: str) -> str:
    """A link that stands on the page `base`, as an absolute URL; "" where it leads to no place on the web."""
    import httpx

    try:
        joined = urljoin(base, link)
        url = httpx.URL(joined)  # what it can't read can't be fetched
    except (ValueError, httpx.InvalidURL):
        return ""
    return joined if url.scheme in ("http", "https") and url.host else ""


def is_loopback(host: str) -> bool:
    """Whether `host` names this machine: no proxy can reach it."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _named() -> str:
    """The API's address in the environment, else the cloud's."""
    return os.environ.get("NEMO_API_URL", "").strip().rstrip("/") or _API


def _canonical(url: str) -> tuple[str, str, int | None, str]:
    """Scheme, host, port and path: two addresses of one server are alike in these."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return "", "", None, url
    return parts.scheme, (parts.hostname or "").rstrip("."), port, parts.path.rstrip("/")


def _checked(url: str, what: str) -> str:
    url = url.strip().rstrip("/")
    try:
        parts = urlsplit(url)
        well = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1) > 0
    except ValueError:
        raise UsageError(say("address.none", what=what), hint=say("address.like")) from None
    if not well:
        raise UsageError(say("address.none such", what=what, url=repr(url)), hint=say("address.like"))
    if "@" in parts.netloc or parts.query or parts.fragment:
        # Said without the address: what stands before an @ is a password.
        raise UsageError(say("address.bare", what=what), hint=say("address.like"))
    return url
