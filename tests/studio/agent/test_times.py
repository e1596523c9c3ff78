"""Times and numbers as people write them."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line

from __future__ import annotations

from fractions import Fraction

import pytest

from nemo_widgets.studio.agent.language.numbers import number
from nemo_widgets.studio.agent.language.spans import find_spans
from nemo_widgets.studio.agent.language.times import milliseconds

TIMES = [
    ("1:20.5", 80_500), ("45s", 45_000), ("45 seconds", 45_000), ("1 min 20", 80_000), ("1m20s", 80_000),
    ("00:01:20", 80_000), ("one minute twenty", 80_000), ("half a minute", 30_000), ("half-second", 500),
    ("a minute and a half", 90_000), ("one and a half minutes", 90_000), ("1 hour 2 minutes and 3 seconds", 3_723_000),
    ("500ms", 500), ("0.2 s", 200), ("1分20秒", 80_000), ("1分半", 90_000), ("半分钟", 30_000), ("第80秒", 80_000),
    ("一分二十秒", 80_000), ("一分二十", 80_000), ("两秒半", 2500), ("1小时2分3秒", 3_723_000), ("十秒", 10_000),
]  # fmt: skip


@pytest.mark.parametrize(("text", "ms"), TIMES)
def test_time(text, ms):
    """A time is read to the millisecond."""
    assert milliseconds(text) == ms


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("forty-five", 45),
        ("a hundred and ten", 110),
        ("1.5", Fraction(3, 2)),
        ("二十五", 25),
        ("一百一十", 110),
        ("三点五", Fraction(7, 2)),
    ],
)
def test_number(text, value):
    """A number is read exactly."""
    assert number(text) == value


SPANS = [
    ("from 0:45 to 1:20", (45_000, 80_000)), ("5 to 10 seconds", (5000, 10_000)), ("45-80s", (45_000, 80_000)),
    ("at 0:10 for 4 seconds", (10_000, 14_000)), ("10 seconds from 0:45", (45_000, 55_000)),
    ("everything from 0:45 to 1:20", (45_000, 80_000)), ("the last half minute", (80_000, 110_000)),
    ("1:00 onwards", (60_000, 110_000)), ("everything from 1:00 on", (60_000, 110_000)),
    ("45秒和80秒之间", (45_000, 80_000)), ("从1分钟到结尾", (60_000, 110_000)), ("最后五秒", (105_000, 110_000)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "where"), SPANS)
def test_span(text, where):
    """A span covers all of its words and lies where it says on a timeline of 1:50."""
    ((start, end, span),) = find_spans(text)
    assert (start, end) == (0, len(text))
    assert span.within({"d": 110_000}) == where


@pytest.mark.parametrize(
    "text", ["longer than 2 s", "keep 0.2 s on each side", "the first clip", "1:75 to 2:80", "35%"]
)
def test_no_span(text):
    """What is no range is not taken for one."""
    assert find_spans(text) == []


def test_not_a_number():
    """A word that is no number is refused."""
    with pytest.raises(ValueError, match="banana"):
        number("banana")
