"""The credits of a user (§6), as a server tells them: in numbers, by kinds, or without a limit. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .json_values import find, layers, mapping, named, number, plain

__all__ = ["Credits"]

_LISTS = ("data", "credits", "balances", "balance", "buckets", "wallets", "items")
_COUNTS = ("available", "remaining", "balance", "credits", "amount", "value", "count")
"""Where one of several kinds of credits has its number."""
_KINDS = frozenset(
    map(plain, ("free", "paid", "gift", "bonus", "trial", "purchased", "subscription", "promo"))
)
"""Names of kinds of credits that add up to the balance."""
_NO_LIMIT = frozenset(
    ("unlimited", "infinite", "infinity", "inf", "∞", "nolimit", "unmetered", "limitless", "unbounded",
     "无限", "无限制", "无限量", "不限", "不限量", "无上限", "無限", "無限制", "不限制")
)  # fmt: skip
"""Words that stand for a number of credits where there is no limit; letters alone."""
_ENDLESS = frozenset({-1.0, 2.0**31 - 1, 2.0**53 - 1, 2.0**63})
"""Numbers by which programs say the same."""
_FLAGS = (
    "unlimited", "is_unlimited", "unlimited_credits", "credits_unlimited", "has_unlimited_credits",
    "no_limit",
)  # fmt: skip
_AROUND = ("balance", "credits", "account", "user", "plan", "subscription")
_AVAILABLE = (
    "available", "available_credits", "available_balance", "remaining", "remaining_credits",
    "credits_remaining", "credits_left", "left", "credits_available",
)  # fmt: skip
_FROZEN = ("frozen", "frozen_credits", "locked", "reserved")
_TOTAL = ("total", "total_credits")
_ALONE = ("balance", "credits", "credit", "amount", "data")
"""Where an answer has its one number."""


@dataclass(frozen=True, slots=True)
class Credits:
    """The balance (§6); total = available + frozen. None is what the server did not tell.

    `message_cost` is what a studio takes for a message. `unlimited`: there is no limit, and no number.
    """

    available: float | None = None
    frozen: float | None = None
    total: float | None = None
    message_cost: float | None = None
    unlimited: bool = False

    @classmethod
    def from_json(cls, data: Any) -> Credits:
        """Read an answer, envelope and all. Of two of the numbers follows the third; none is made up."""

        def told(*names: str) -> float | None:
            wanted, around = list(map(plain, names)), ("balance", "credits", "account", "user")
            told = [(plain(name), held) for item in layers(data, *around) for name, held in named(item)]
            found = [
                (wanted.index(name), count)
                for name, held in told
                if name in wanted and (count := number(held)) is not None
            ]
            return min(found, key=lambda pair: pair[0])[1] if found else None

        if _unlimited(data):
            return cls(
                frozen=_tidy(told(*_FROZEN) or None), message_cost=told("message_cost"), unlimited=True
            )
        listed = _sum(data)
        if listed is not None:
            return cls(_tidy(listed))
        available = told(*_AVAILABLE)
        frozen = told(*_FROZEN)
        total = told(*_TOTAL)
        total = None if _is_endless(total) else total
        used = told("used", "used_credits", "credits_used", "spent", "consumed")
        if available is None and total is not None and used is not None:
            available = total - used - (frozen or 0)
            total = None
        if available is None and total is None:
            available = _of_kinds(data)
        if available is None and total is None:
            available = told(*_ALONE)  # the answer is one number
        if available is not None and frozen is not None:
            total = available + frozen if total is None else total
        elif total is not None and frozen is not None:
            available = total - frozen
        elif total is not None and available is not None:
            frozen = total - available
        return cls(_tidy(available), _tidy(frozen), _tidy(total), _tidy(told("message_cost")))

    @property
    def known(self) -> bool:
        """Whether the server told anything."""
        return self.unlimited or (self.available, self.frozen, self.total) != (None, None, None)

    @property
    def free(self) -> bool:
        """Whether nothing is paid: a studio says that its messages cost nothing."""
        return self.message_cost == 0

    def __str__(self) -> str:
        if self.free:
            return "none needed: nothing costs any here"
        parts = ["unlimited credits"] if self.unlimited else []
        parts += [
            f"{count:g} {word}"
            for count, word in (
                (self.available, "credits available"),
                (self.frozen, "frozen"),
                (self.total, "in all" if self.available is not None else "credits in all"),
            )
            if count is not None
        ]
        return ", ".join(parts) or "unknown"


def _sum(data: Any) -> float | None:
    """The credits of an answer that lists several kinds of them, together; None for any other answer."""
    rows = _rows(data)
    told = [[n for key in _COUNTS if (n := number(row.get(key))) is not None] for row in rows]
    return sum(counts[0] for counts in told) if told and all(told) else None


def _rows(data: Any) -> list[dict[str, Any]]:
    """The kinds of credits that an answer lists; none where it does not list several."""
    data = {"data": data} if isinstance(data, list) else data
    for layer in layers(data, "balance", "credits", "account"):
        for name, held in named(layer):
            if isinstance(held, list) and plain(name) in _LISTS and len(held) > 1:
                return [mapping(row) for row in held]
    return []


def _of_kinds(data: Any) -> float | None:
    """The credits of an answer that names each kind of them; None where it does not name several."""
    for layer in layers(data, "balance", "credits", "account"):
        told = [number(held) for name, held in named(layer) if plain(name) in _KINDS]
        counts = [count for count in told if count is not None]
        if len(counts) > 1:
            return sum(counts)
    return None


def _unlimited(data: Any) -> bool:
    """Whether an answer says that there is no limit: by a flag, or in the place of a number."""
    flag = find(data, *_FLAGS, inner=_AROUND)
    if flag is True or (isinstance(flag, str) and flag.strip().lower() in {"true", "yes", "1"}):
        return True
    if flag is False:
        return False
    counts = [plain(name) for name in (*_AVAILABLE, *_TOTAL, *_ALONE)]
    told = [
        (counts.index(plain(name)), held)
        for layer in layers(data, *_AROUND[:4])
        for name, held in named(layer)
        if plain(name) in counts and isinstance(held, (int, float, str)) and held != ""
    ]
    if rows := _rows(data):
        return any(_is_endless(row.get(key)) for row in rows for key in _COUNTS)
    return bool(told) and _is_endless(min(told, key=lambda pair: pair[0])[1])


def _is_endless(count: Any) -> bool:
    """Whether what stands in the place of a number says that there is none to count to.

    >>> [_is_endless(count) for count in (-1, "Unlimited", "∞", "不限", 0, -5, "many")]
    [True, True, True, True, False, False, False]
    """
    if isinstance(count, float) and count == float("inf"):
        return True
    if (found := number(count)) is not None:
        return found in _ENDLESS
    words = count if isinstance(count, str) else ""
    return "".join(c for c in words if c.isalnum() or c == "∞").lower() in _NO_LIMIT


def _tidy(count: float | None) -> float | None:
    return int(count) if count is not None and float(count).is_integer() else count
