"""What the studio answers when it can't do what was asked: a number of the protocol and one sentence."""

from __future__ import annotations

from nemo_widgets.errors import StoreError

__all__ = [
    "BAD_TOKEN",
    "BUSY",
    "FILE_TOO_LARGE",
    "INVALID",
    "NOT_FOUND",
    "NO_CREDITS",
    "NO_SESSION",
    "SENT_BEFORE",
    "UNSTORED",
    "UNSUPPORTED_FILE",
    "Refused",
]

BAD_TOKEN, NO_SESSION, NO_CREDITS, UNSUPPORTED_FILE, FILE_TOO_LARGE = 1001, 1002, 2001, 4001, 4002
"""The body codes of protocol §10. Numbers below 600 are HTTP statuses."""
NOT_FOUND, INVALID, SENT_BEFORE, BUSY = 404, 422, 409, 423
UNSTORED = StoreError.number
"""The disk or the database does not do its part (RFC 4918 §11.5): nothing of the request was done."""


class Refused(Exception):
    """A request that is answered with an error.

    `code` is a body code or an HTTP status; `retry_after` the seconds after which it may go well, 0 for none.
    """

    def __init__(self, code: int, message: str, *, retry_after: int = 0) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.retry_after = retry_after
