"""The `Retry-After` header, which is a number of seconds or a date."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

__all__ = ["retry_after"]


def retry_after(header: str | None, now: float) -> float | None:
    """How many seconds from `now` (since 1970) the server asks us to wait; None if it does not say."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
