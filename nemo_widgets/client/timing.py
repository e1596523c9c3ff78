"""The clock that every wait of the client is measured on: a test can make half an hour pass at once."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

__all__ = ["Clock"]

T = TypeVar("T")


class Clock:
    """Real time. `nemo_widgets.testing.FastClock` runs faster, and can be moved on by hand."""

    def now(self) -> float:
        """Seconds that only ever grow, from wherever."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

    async def by(self, deadline: float, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`, which is cancelled where it is not there at `deadline` (as `now` counts).

        Raises:
            TimeoutError: it was not.
        """
        async with asyncio.timeout(max(0.0, deadline - self.now())):
            return await work
