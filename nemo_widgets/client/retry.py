"""Whether a request is sent again: one pure function, and the loop that obeys it.

Requests are of two classes. `read`: safe to repeat. `paid`: chat, render submit and uploads, which cost or
leave something behind; never sent again once their body may have left (the truth is read from the state).
Answers by which the server says that it did nothing at all (401, 429) are not decided here: see `calls`.
"""

from __future__ import annotations

import contextlib
import logging
import random
from typing import TYPE_CHECKING, Literal, TypeAlias

from nemo_widgets.errors import StoreError

from .notices import countdown

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from .envelope import Verdict
    from .settings import ClientSettings

__all__ = ["RATE_LIMIT", "Kind", "decide", "passing", "repeat", "sit_out"]

Kind: TypeAlias = Literal["read", "paid"]

RATE_LIMIT = 429
_PASSING = (408, 425, RATE_LIMIT)

# stamina logs each retry as a warning; without a handler Python would print that under the user's cell.
logging.getLogger("stamina").addHandler(logging.NullHandler())


def passing(verdict: Verdict) -> bool:
    """Whether the fault may be gone in a moment: no answer, 408, 425, 429 or 5xx but 507."""
    number = verdict.number
    if number == StoreError.number:
        return False
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
    if kind == "paid" or not passing(verdict) or verdict.number == RATE_LIMIT:
        return False
    return True if verdict.wait_s is None else min(verdict.wait_s, most_s)


async def repeat(kind: Kind, once: Callable[[], Awaitable[Verdict]], settings: ClientSettings) -> Verdict:
    """The verdict of `once()`, tried again as `decide` says, with stamina's back-off and jitter between.

    The waits are ours, since stamina's would not run on the settings' clock: it is told to wait no longer.
    """
    import stamina

    verdict = None
    with contextlib.suppress(_Again):  # stamina's own test switches may allow fewer attempts than we do
        async for attempt in stamina.retry_context(
            on=lambda error: 0.0 if isinstance(error, _Again) else False,
            attempts=settings.attempts,
            timeout=None,
            wait_initial=settings.backoff_s,
            wait_max=settings.backoff_most_s,
        ):
            with attempt:
                verdict = await once()
                wait = decide(kind, verdict, attempt.num, settings.attempts, settings.backoff_most_s)
                if wait is not False:
                    await settings.clock.sleep(
                        _jittered(attempt.next_wait, settings) if wait is True else wait
                    )
                    raise _Again
    if verdict is None:  # stamina always attempts at least once
        raise AssertionError
    return verdict


async def sit_out(verdict: Verdict, settings: ClientSettings, sentence: str) -> None:
    """Wait after a 429 (protocol §10), and let it be seen: 30 s, or longer where Retry-After asks for it."""
    asked = min(verdict.wait_s or 0.0, settings.rate_wait_most_s)
    await countdown(settings.clock, max(settings.rate_wait_s, asked), sentence)


def _jittered(least: float, settings: ClientSettings) -> float:
    """The wait that stamina proposes, and some more by chance: many clients shall not come back at once."""
    more = random.uniform(0, settings.backoff_s) if least else 0.0  # noqa: S311 - chance, not secrecy
    return min(least + more, settings.backoff_most_s)


class _Again(Exception):
    """Tells stamina to go on; never leaves this module."""
