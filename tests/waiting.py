"""Waiting for what happens in another thread, task or process."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PATIENCE_S", "until", "until_async"]

T = TypeVar("T")

PATIENCE_S = 120.0
"""Seconds after which what should have happened is missing. Only a failure takes so long, so it is ample:
a busy machine may stand still for some seconds."""


def until(look: Callable[[], T], every_s: float = 0.01) -> T:
    """What `look()` gives, as soon as that is something."""
    end = time.monotonic() + PATIENCE_S
    while not (found := look()):
        assert time.monotonic() < end, f"not seen within {PATIENCE_S:g} s"
        time.sleep(every_s)
    return found


async def until_async(look: Callable[[], T], every_s: float = 0.01) -> T:
    """As `until`, while the loop goes on."""
    end = time.monotonic() + PATIENCE_S
    while not (found := look()):
        assert time.monotonic() < end, f"not seen within {PATIENCE_S:g} s"
        await asyncio.sleep(every_s)
    return found
