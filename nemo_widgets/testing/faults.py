"""What a proxy can do to an exchange, and what it writes down of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

__all__ = ["Exchange", "Fault", "Only", "hits"]

Only: TypeAlias = str | Callable[[str], bool]
"""Which requests: how `POST /run_sse` or `/api/render` begins, or a function of such a line."""


def hits(only: Only | None, line: str) -> bool:
    """Whether `only` means the request of this line: method, space, path without the query.

    >>> hits("/api/state", "GET /api/state/me"), hits("POST /api", "GET /api/state/me"), hits(None, "GET /")
    (True, False, True)
    """
    if only is None:
        return True
    if callable(only):
        return bool(only(line))
    return (line.partition(" ")[2] if only.startswith("/") else line).startswith(only)


@dataclass(slots=True, kw_only=True, eq=False)
class Fault:
    """One trouble on the line. Made by `Proxy.fault`, which explains the arguments.

    Attributes:
        taken: how many exchanges it was laid upon so far.
    """

    latency_s: float = 0.0
    slice: int = 0
    stall_after: int | None = None
    half_close_after: int | None = None
    cut_after: int | None = None
    reset_after: int | None = None
    direction: Literal["down", "up"] = "down"
    of: Literal["whole", "body"] = "whole"
    only: Only | None = None
    times: int | None = None
    taken: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        if self.direction not in ("down", "up"):
            raise ValueError(f"The direction is down or up, not {self.direction!r}.")
        if self.of not in ("whole", "body"):
            raise ValueError(f"Bytes are counted of the whole or of the body, not of {self.of!r}.")
        given = [getattr(self, f"{name}_after") for name in _ENDS]
        if sum(at is not None for at in given) > 1:
            raise ValueError(f"An exchange ends in one way: {', '.join(_ENDS)}.")
        numbers = [self.latency_s, self.slice, self.times or 0, *(at or 0 for at in given)]
        if any(number < 0 for number in numbers):
            raise ValueError("Bytes, seconds and times are not negative.")

    @property
    def end(self) -> str:
        """How the exchange ends: stall, half_close, cut, reset, or "" where it goes on."""
        return next((name for name in _ENDS if getattr(self, f"{name}_after") is not None), "")

    @property
    def after(self) -> int:
        """After how many bytes it ends so; of no meaning without an `end`."""
        return int(getattr(self, f"{self.end}_after", 0))

    def wanted(self, line: str) -> bool:
        """Whether it is to be laid upon the next exchange with this request line."""
        return (self.times is None or self.taken < self.times) and hits(self.only, line)


_ENDS = ("stall", "half_close", "cut", "reset")


@dataclass(slots=True)
class Exchange:
    """A request and its answer, as they went through the proxy.

    Attributes:
        method, path: of the request; the path without its query.
        status: the answer's, 0 as long as there is none.
        up, down: bytes of request and answer that were passed on, heads and chunk sizes included.
        fault: what was done to it, such as `cut after 17 of the answer`; "" for nothing.
        done: whether the whole answer was passed on.
    """

    method: str
    path: str
    status: int = 0
    up: int = 0
    down: int = 0
    fault: str = ""
    done: bool = False

    @property
    def line(self) -> str:
        """Method and path, as `only` sees them."""
        return f"{self.method} {self.path}"
