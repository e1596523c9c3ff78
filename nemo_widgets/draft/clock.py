"""Times as people read them, to a tenth of a second: the one place that says how.

Data holds whole milliseconds. Whatever a person reads, in a sentence, a headline, a picture, a question or a
table, is written by these functions, so that one time looks the same everywhere.
"""

from __future__ import annotations

import re
from datetime import timedelta

__all__ = ["LONGEST_MS", "clock", "clocks", "duration", "moment_ms", "seconds"]

LONGEST_MS = 24 * 3_600_000
"""No timeline is longer than a day, and no moment of one later."""

_WRITTEN = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5}(?:\.\d{1,9})?)\s*s?", re.ASCII)
_MINUTE, _SECOND, _TENTH = 60_000, 1000, 100


def clock(ms: int, *, exact: bool = False) -> str:
    """A position, or the length of a timeline: `0:45`, `1:20.3`, `1:02:03`; a tenth only where there is one.

    With `exact` it has all its milliseconds: for what is to be read back, and for times that are nearer to
    each other than a tenth.

    >>> clock(45_000), clock(80_250), clock(3_723_000), clock(80_250, exact=True)
    ('0:45', '1:20.3', '1:02:03', '1:20.25')
    """
    sign, ms = ("-" if ms < 0 else ""), abs(ms)
    if not exact:
        ms = (ms + _TENTH // 2) // _TENTH * _TENTH
        sign = sign if ms else ""
    minutes, rest = divmod(ms, _MINUTE)
    whole, fraction = divmod(rest, _SECOND)
    tail = f".{fraction:03}".rstrip("0") if fraction else ""
    if minutes >= 60:  # noqa: PLR2004 - minutes an hour
        return f"{sign}{minutes // 60}:{minutes % 60:02}:{whole:02}{tail}"
    return f"{sign}{minutes}:{whole:02}{tail}"


def clocks(before: int, after: int) -> tuple[str, str]:
    """Two different times side by side: exact where they would look the same.

    >>> clocks(1000, 2040), clocks(1000, 1040)
    (('0:01', '0:02'), ('0:01', '0:01.04'))
    """
    told = clock(before), clock(after)
    if before == after or told[0] != told[1]:
        return told
    return clock(before, exact=True), clock(after, exact=True)


def seconds(ms: int) -> str:
    """How long something lasts, in seconds without the unit: to a tenth, below one second to a hundredth.

    >>> seconds(12_000), seconds(5_140), seconds(250)
    ('12', '5.1', '0.25')
    """
    step = _TENTH if abs(ms) >= _SECOND else _TENTH // 10
    sign = "-" if ms < 0 else ""
    rounded = (abs(ms) + step // 2) // step * step
    return f"{sign}{rounded / _SECOND:.2f}".rstrip("0").rstrip(".")


def duration(ms: int, *, zh: bool = False) -> str:
    """How long something lasts, with its units; nobody takes it for a position.

    >>> duration(250), duration(12_000), duration(109_960), duration(179_300), duration(3_725_000)
    ('0.25 s', '12 s', '1 min 50 s', '2 min 59.3 s', '1 h 2 min 5 s')
    >>> duration(12_000, zh=True), duration(179_300, zh=True)
    ('12 秒', '2 分 59.3 秒')
    """
    hour, minute, second = ("小时", "分", "秒") if zh else ("h", "min", "s")
    if abs(ms) >= _MINUTE - _TENTH // 2:
        ms = (ms + _TENTH // 2) // _TENTH * _TENTH
    sign, (minutes, rest) = ("-" if ms < 0 else ""), divmod(abs(ms), _MINUTE)
    hours, minutes = divmod(minutes, 60)
    counts = [f"{hours} {hour}" if hours else "", f"{minutes} {minute}" if minutes else ""]
    if rest or not any(counts):
        counts.append(f"{seconds(rest)} {second}")
    return sign + " ".join(filter(None, counts))


def moment_ms(value: float | str | timedelta) -> int:
    """A position in milliseconds: of seconds, of a time as `clock` writes it, or of a `timedelta`.

    >>> moment_ms(12.5), moment_ms("1:20.3"), moment_ms("1:02:03"), moment_ms("80.25 s")
    (12500, 80300, 3723000, 80250)

    Raises:
        ValueError: it is none, or before the beginning.
    """
    if isinstance(value, timedelta):
        value = value.total_seconds()
    if isinstance(value, str):
        if (written := _WRITTEN.fullmatch(value.strip())) is None:
            raise ValueError(f"“{value[:40]}” is no position")
        hours, minutes, rest = (float(part or 0) for part in written.groups())
        value = hours * 3600 + minutes * 60 + rest
    if (
        not isinstance(value, float | int)
        or isinstance(value, bool)
        or not 0 <= value * _SECOND < float("inf")
    ):
        raise ValueError(
            f"{value!r:.40} is no position: it is at least 0 seconds, and no more than can be told"
        )
    return round(value * _SECOND)
