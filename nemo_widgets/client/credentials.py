"""What proves who asks, put into a request at the last moment, so that no dictionary of ours ever holds it.

A traceback that shows the locals of its frames (IPython's verbose mode, rich, error trackers) shows this
object, which shows nothing; and where a server repeats a secret in its headers, the HTTP library's logs are
cleaned of it.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from nemo_widgets.redaction import redact, remember

if TYPE_CHECKING:
    import httpx

    from .secret import Secret

__all__ = ["Credentials", "keep_hidden"]

_LOGGERS = ("httpx", *(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")))


class Credentials:
    """Signs requests: httpx calls it as `auth=`, on the API's own requests alone."""

    __slots__ = ("_client_id", "_token")

    def __init__(self, token: Secret | None = None, client_id: Secret | None = None) -> None:
        self._token, self._client_id = token, client_id

    @property
    def token(self) -> Secret | None:
        """The token that requests are signed with, to be named if it is refused."""
        return self._token

    def __call__(self, request: httpx.Request) -> httpx.Request:
        """The request with the headers of protocol §1 and §2 that are secrets."""
        if self._token is not None:
            request.headers["Authorization"] = f"Bearer {self._token.reveal()}"
        if self._client_id is not None:
            request.headers["X-Client-Id"] = self._client_id.reveal()
        return request


class _Veil(logging.Filter):
    """Takes what is secret out of the records that pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if (clean := redact(said)) != said:
            record.msg, record.args = clean, ()
        return True


_veil = _Veil()


def keep_hidden(secret: Secret) -> None:
    """See to it that nothing with `secret` in it is shown or logged, for as long as it is alive."""
    remember(secret)
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_veil)
