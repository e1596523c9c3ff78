"""Who hears how far a sample is: whoever asks for one, told by whoever writes it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Heard", "heard", "telling"]

Heard: TypeAlias = Callable[[int, int], None]
"""Called with the frames that are drawn and their number in all."""

_heard: ContextVar[Heard | None] = ContextVar("_heard", default=None)


@contextmanager
def telling(progress: Heard | None) -> Iterator[None]:
    """Let `progress` hear of what is written inside."""
    token = _heard.set(progress)
    try:
        yield
    finally:
        _heard.reset(token)


def heard(done: int, whole: int) -> None:
    """Tell how far it is."""
    if (progress := _heard.get()) is not None:
        progress(done, whole)
