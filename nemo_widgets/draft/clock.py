"""Times as people read them, to a tenth of a second: the one place that says how.

Data holds whole milliseconds. Whatever a person reads, in a sentence, a headline, a picture, a question or a
table, is written by these functions, so that one time looks the same everywhere.
"""

from __future__ import annotations

__all__ = ["clock", "clocks", "seconds"]

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
