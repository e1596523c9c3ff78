"""The credits of a user (§6), as a server tells them: in numbers, by kinds, or without a limit. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from nemo_widgets.catalogue import say

from .json_values import find, first, layers, mapping, named, number, plain

__all__ = ["Credits", "digits"]

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
_HOLDERS = ("balance", "credits", "account", "user", "wallet", "quota")
"""Objects that a balance may stand in."""
_AROUND = (*_HOLDERS, "plan", "subscription")
_HELD = ("amount", "value", "credits", "count")
"""Where an object in the place of a number has it."""
_AVAILABLE = (
    "available", "available_credits", "available_balance", "remaining", "remaining_credits",
    "credits_remaining", "credits_left", "left", "credits_available", "available_credit",
    "available_amount", "remain", "usable", "usable_credits", "credit_balance", "credits_balance",
    "current_balance", "points_balance",
)  # fmt: skip
_FROZEN = ("frozen", "frozen_credits", "locked", "reserved")
_TOTAL = ("total", "total_credits", "total_balance")
_ALONE = ("balance", "credits", "credit", "points", "amount", "data")
"""Where an answer has its one number."""
_USED = ("used", "used_credits", "credits_used", "spent", "consumed")
_UNITS = (
    "credits?|crédits?|créditos?|crediti|guthaben|кредит(?:ов|а|ы)?|points?|pts|积分|點數|点数?|クレジット"
)
_WRITTEN = re.compile(
    rf"([+-]?)(?:(\d{{1,3}}(?:[, \u00a0\u202f'’]\d{{3}})+|\d+)(?:\.(\d+))?"
    rf"|(\d{{1,3}}(?:\.\d{{3}})+|\d+),(\d{{1,2}}))\s*(?:(?:{_UNITS})(?:\s+(?:left|remaining|available))?)?",
    re.IGNORECASE,
)
"""A number as it is written for people: 1,234.50 or 1.234,5, with what is counted behind it."""
_LONGEST = 60
_PLACES = 6


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
            wanted = list(map(plain, names))
            told = [(plain(name), held) for item in layers(data, *_HOLDERS) for name, held in named(item)]
            found = [
                (wanted.index(name), count)
                for name, held in told
                if name in wanted and (count := _count(_held(held, name))) is not None
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
        used = told(*_USED)
        if available is None and total is not None and used is not None:
            available = total - used - (frozen or 0)
            total = None
        if available is None and total is None:
            available = _of_kinds(data)
        if available is None and total is None:
            available = told(*_ALONE)  # the answer is one number
        available, frozen, total = _third(available, frozen, total, used)
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
            return say("credits.none needed")
        parts = [say("credits.unlimited")] if self.unlimited else []
        parts += [
            say(row, count=digits(count))
            for count, row in (
                (self.available, "credits.available"),
                (self.frozen, "credits.frozen"),
                (self.total, "credits.in all" if self.available is not None else "credits.all"),
            )
            if count is not None
        ]
        return say("names.comma").join(parts) or say("credits.unknown")


def digits(count: float) -> str:
    """A number of credits as it is told, every digit of it.

    >>> digits(1234567), digits(99999.99), digits(0.1 + 0.2), digits(60)
    ('1,234,567', '99,999.99', '0.3', '60')
    """
    return f"{_tidy(round(count, _PLACES)):,}"


def _third(
    available: float | None, frozen: float | None, total: float | None, used: float | None
) -> tuple[float | None, float | None, float | None]:
    """The three numbers of a balance, with the one that follows from the two others."""
    if available is not None and frozen is not None:
        return available, frozen, available + frozen if total is None else total
    if total is not None and frozen is not None:
        return total - frozen, frozen, total
    if total is None or available is None:
        return available, frozen, total
    if used is None:
        return available, total - available, total
    # Where those that are gone count as well, what is missing is not frozen.
    return available, None, None if total == available + used else total


def _count(value: Any) -> float | None:
    """A number, also as it is written for people; None for anything else.

    >>> _count("1,234.50"), _count("1.234,5"), _count("60 credits"), _count("60 of 100"), _count("1,2,3")
    (1234.5, 1234.5, 60.0, None, None)
    """
    if (found := number(value)) is not None or not isinstance(value, str) or len(value) > _LONGEST:
        return found
    if (written := _WRITTEN.fullmatch(value.strip())) is None:
        return None
    sign, whole, part = written[1], written[2] or written[4], written[3] or written[5] or "0"
    return float(f"{sign}{re.sub(r'[^0-9]', '', whole)}.{part}")


def _held(value: Any, name: str) -> Any:
    """The number, also where it stands in an object by itself: `"available": {"amount": 5}`."""
    inside = mapping(value) if name not in _ALONE else {}
    return first(inside, *_HELD) if inside else value


def _sum(data: Any) -> float | None:
    """The credits of an answer that lists several kinds of them, together; None for any other answer."""
    rows = _rows(data)
    told = [[n for key in _COUNTS if (n := _count(row.get(key))) is not None] for row in rows]
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
        told = [_count(held) for name, held in named(layer) if plain(name) in _KINDS]
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
        for layer in layers(data, *_HOLDERS)
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
