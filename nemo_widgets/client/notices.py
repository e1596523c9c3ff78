"""What the client has to tell people while it waits by itself: whoever started the work hears it.

A context variable carries the listener, so that no call needs an argument for it and two runs at once do not
hear each other's.
"""

from __future__ import annotations

import math
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .timing import Clock

__all__ = ["countdown", "listening", "tell"]

_listener: ContextVar[Callable[[str], None] | None] = ContextVar("nemo_notices", default=None)


@contextmanager
def listening(listener: Callable[[str], None]) -> Iterator[None]:
    """Within, `listener` hears each notice, a sentence; "" takes the last one away."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def tell(sentence: str) -> None:
    """Tell whoever listens, if anybody does."""
    if (listener := _listener.get()) is not None:
        listener(sentence)


async def countdown(clock: Clock, seconds: float, sentence: str) -> None:
    """Wait, and tell each second how long it still takes, behind `sentence`: Trying again in 27 s."""
    end = clock.now() + seconds
    try:
        while (left := end - clock.now()) > 0:
            tell(say("answer.again in", told=sentence, seconds=math.ceil(left)))
            await clock.sleep(min(1.0, left))
    finally:
        tell("")
