"""Whether a request is sent again: one pure function, and the loop that obeys it.

Requests are of two classes. `read`: safe to repeat. `paid`: chat, render submit and uploads, which cost or
leave something behind; never sent again once their body may have left (the truth is read from the state).
`token`: like `read`, but a 429 is left to the token request's own rule (one wait of 30 s, protocol §2).
"""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from .envelope import Verdict
    from .settings import ClientSettings

__all__ = ["Kind", "decide", "repeat"]

Kind: TypeAlias = Literal["read", "paid", "token"]

_RATE_LIMIT = 429
_PASSING = (408, 425, _RATE_LIMIT)

# stamina logs each retry as a warning; without a handler Python would print that under the user's cell.
logging.getLogger("stamina").addHandler(logging.NullHandler())


def passing(verdict: Verdict) -> bool:
    """Whether the fault may be gone in a moment: no answer, 408, 425, 429 or 5xx."""
    number = verdict.number
    return number is None or number in _PASSING or 500 <= number < 600  # noqa: PLR2004 - HTTP's own class


def decide(kind: Kind, verdict: Verdict, attempt: int, attempts: int, most_s: float) -> bool | float:
    """Whether to try again after `attempt` (from 1) of `attempts`.

    Returns:
        False, or True (wait as the back-off says), or the seconds the server asks for, at most `most_s`.
    """
    if verdict.error is None or attempt >= attempts:
        return False
    if verdict.number is None and not verdict.sent:
        return True
    if kind == "paid" or not passing(verdict) or (kind == "token" and verdict.number == _RATE_LIMIT):
        return False
    return True if verdict.wait_s is None else min(verdict.wait_s, most_s)


async def repeat(kind: Kind, once: Callable[[], Awaitable[Verdict]], settings: ClientSettings) -> Verdict:
    """The verdict of `once()`, tried again as `decide` says, with stamina's jittered back-off between."""
    import stamina

    def again(error: Exception) -> bool | float:
        return error.wait if isinstance(error, _Again) else False

    verdict = None
    with contextlib.suppress(_Again):  # stamina's own test switches may allow fewer attempts than we do
        async for attempt in stamina.retry_context(
            on=again,
            attempts=settings.attempts,
            timeout=None,
            wait_initial=settings.backoff_s,
            wait_max=settings.backoff_most_s,
            wait_jitter=settings.backoff_s,
        ):
            with attempt:
                verdict = await once()
                wait = decide(kind, verdict, attempt.num, settings.attempts, settings.backoff_most_s)
                if wait is not False:
                    raise _Again(wait)
    if verdict is None:  # stamina always attempts at least once
        raise AssertionError
    return verdict


class _Again(Exception):
    """Tells stamina to go on; never leaves this module."""

    def __init__(self, wait: bool | float) -> None:  # noqa: FBT001 - what decide answered
        super().__init__()
        self.wait = wait
