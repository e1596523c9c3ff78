"""What people say, judged by the draft that results: nearly all right, nothing changed unasked."""

from __future__ import annotations

import pytest
from studio.agent.instructions.judging import report, try_all
from studio.agent.instructions.tables import TABLES

LEAST_RIGHT = 0.97
LEAST_ROWS = 300
LEAST_STILL = 0.2


@pytest.fixture(scope="module")
def verdicts():
    return {theme: try_all(rows) for theme, rows in TABLES.items()}


def test_enough_is_asked(verdicts):
    """There are hundreds of sentences, and a fifth of them must change nothing."""
    every = [v for theme in verdicts.values() for v in theme]
    assert len(every) >= LEAST_ROWS
    assert sum(v.still for v in every) >= LEAST_STILL * len(every)


def test_nearly_all_is_right(verdicts):
    """At least 97 of 100 sentences end in the draft that was meant."""
    every = [v for theme in verdicts.values() for v in theme]
    right = sum(not v.wrong for v in every)
    assert right >= LEAST_RIGHT * len(every), report(every)


@pytest.mark.parametrize("theme", list(TABLES))
def test_no_theme_is_left_behind(theme, verdicts):
    """Each theme is nearly all right by itself."""
    wrong = [v for v in verdicts[theme] if v.wrong]
    assert len(wrong) <= max(2, 0.05 * len(verdicts[theme])), report(wrong)


def test_nothing_is_changed_that_was_not_to_be(verdicts):
    """Of the sentences that must change nothing, none does."""
    meddled = [v for theme in verdicts.values() for v in theme if v.meddled]
    assert not meddled, report(meddled)
