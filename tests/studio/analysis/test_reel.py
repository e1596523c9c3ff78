"""The choice of a reel's moments: whole ones, worth most, as long as was asked."""

from __future__ import annotations

import random

import pytest

from nemo_widgets.studio.analysis.reel import choose


def moments(*each, speech=True):
    """Moments one after the other from (seconds, score)."""
    found, at = [], 0
    for seconds, score in each:
        found.append({"start": at, "end": at + round(seconds * 1000), "score": score, "speech": speech})
        at = found[-1]["end"]
    return found


def total(ranges):
    return sum(b - a for a, b in ranges)


@pytest.mark.parametrize("seconds", [15, 30, 60])
@pytest.mark.parametrize("seed", range(10))
def test_length_and_whole_moments(seconds, seed):
    """Sentences of any lengths add up within 1.5 s, in order, and none is cut."""
    made = random.Random(seed)  # noqa: S311 - nothing secret
    there = moments(*[(made.uniform(1.2, 7.5), made.random()) for _ in range(45)])
    found = choose(there, seconds * 1000)
    assert abs(total(found) - seconds * 1000) <= 1500
    assert found == sorted(found)
    assert set(found) <= {(m["start"], m["end"]) for m in there}


def test_the_best_are_taken():
    """What scores highest is in the reel, what scores lowest is not."""
    there = moments((10, 0.1), (10, 0.9), (10, 0.2), (10, 0.8), (10, 0.3))
    assert choose(there, 20_000) == [(10_000, 20_000), (30_000, 40_000)]


def test_scenes_vary():
    """A scene that was shown already counts for less than a new one that is nearly as good."""
    there = moments((10, 0.9), (10, 0.88), (10, 0.8), (10, 0.1))
    for moment, scene in zip(there, (0, 0, 1, 2), strict=True):
        moment["scene"] = scene
    assert choose(there, 20_000) == [(0, 10_000), (20_000, 30_000)]


def test_less_than_was_asked_is_all_of_it():
    """Footage that is shorter than the reel is kept whole."""
    there = moments((5, 0.5), (5, 0.1))
    assert choose(there, 60_000) == [(0, 5000), (5000, 10_000)]


def test_what_does_not_add_up_is_cut_short_where_nobody_speaks():
    """One moment loses its end, and not one with speech in it."""
    there = [*moments((40, 0.9)), {"start": 40_000, "end": 90_000, "score": 0.1, "speech": False}]
    assert choose(there, 60_000) == [(0, 40_000), (40_000, 60_000)]


def test_nothing():
    """No moments make no reel."""
    assert choose([], 30_000) == []
