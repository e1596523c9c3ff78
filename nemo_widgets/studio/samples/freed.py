"""Memory that is free again, given back to the system."""

from __future__ import annotations

import ctypes
from contextlib import suppress

__all__ = ["give_back"]


def give_back() -> None:
    """Let the system have what nobody uses any more: glibc keeps it, other C libraries do not.

    A kernel in which a film was drawn lives on for hours, and would be hundreds of megabytes larger.
    """
    with suppress(OSError, TypeError, AttributeError):  # another library, another system
        ctypes.CDLL(None).malloc_trim(0)
