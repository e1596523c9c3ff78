"""Whose turn it is where there is less room than there are people who wait."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Asker", "RoundRobin"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asker:
    """Who waits: a session, and the user whose it is."""

    user: str
    session: str


class RoundRobin:
    """Users in turn, and of each user the sessions in turn; what one session asked for, in that order.

    Whoever has the least under way is next, then who was served the longest ago, then who has waited longest.
    To be used by one thread at a time.
    """

    def __init__(self) -> None:
        self._sessions, self._users = _Round(), _Round()

    def ordered(self, waiting: Iterable[T], asker: Callable[[T], Asker]) -> list[T]:
        """Those who wait, given as they came, in the order in which they are served."""
        sessions = self._sessions.ordered(waiting, lambda item: asker(item).session)
        return self._users.ordered(sessions, lambda item: asker(item).user)

    def busy(self, user: str) -> int:
        """How much is under way for a user."""
        return self._users.busy[user]

    @property
    def served(self) -> int:
        """For how many users something is under way."""
        return len(self._users.busy)

    def begin(self, asker: Asker) -> None:
        """It is served from now on."""
        self._sessions.begin(asker.session)
        self._users.begin(asker.user)

    def end(self, asker: Asker) -> None:
        """What it was served with has ended."""
        self._sessions.end(asker.session)
        self._users.end(asker.user)


class _Round:
    """The turns of people known by one name each."""

    def __init__(self) -> None:
        self.busy: Counter[str] = Counter()
        self._served: dict[str, int] = {}
        self._count = 0

    def ordered(self, waiting: Iterable[T], name: Callable[[T], str]) -> list[T]:
        turns = Counter(self.busy)
        keys: list[tuple[int, int, int, T]] = []
        for place, item in enumerate(waiting):
            who = name(item)
            keys.append((turns[who], self._served.get(who, 0), place, item))
            turns[who] += 1
        if not keys and not self.busy:  # nobody wants anything: all are alike again
            self._served.clear()
        return [key[3] for key in sorted(keys, key=lambda key: key[:3])]

    def begin(self, name: str) -> None:
        self._count += 1
        self.busy[name] += 1
        self._served[name] = self._count

    def end(self, name: str) -> None:
        self.busy[name] -= 1
        self.busy = +self.busy
