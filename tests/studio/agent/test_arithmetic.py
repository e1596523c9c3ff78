"""The arithmetic of cutting: where segments, transitions, music and titles stand afterwards."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line

from __future__ import annotations

import copy
from fractions import Fraction

import pytest

from nemo_widgets.draft import Draft
from nemo_widgets.studio.timeline.clip import read
from nemo_widgets.studio.timeline.grid import FrameGrid
from nemo_widgets.studio.timeline.track_ops import cut, merge, set_transitions

SOURCE = "/media/aa11/interview.mp4"


@pytest.fixture
def faded(clips):
    """Three shots of 10 s with crossfades of 1 s: they stand at 0-10, 9-19 and 18-28 s."""
    return set_transitions(clips((SOURCE, "a", 10_000), (SOURCE, "b", 10_000), (SOURCE, "c", 10_000)), 1000)


def told(draft):
    return [(s.src_in, s.src_out, s.start, s.transition) for s in read(draft)]


def test_transitions_shorten(faded):
    """Each crossfade starts its segment that much earlier, and the root knows the length."""
    assert told(faded) == [(0, 10_000, 0, 0), (0, 10_000, 9000, 1000), (0, 10_000, 18_000, 1000)]
    assert faded["d"] == 28_000


def test_far_from_transitions(faded):
    """A cut inside of a shot leaves transitions elsewhere as they are."""
    assert told(cut(faded, [(12_000, 15_000)])) == [
        (0, 10_000, 0, 0), (0, 3000, 9000, 1000), (6000, 10_000, 12_000, 0), (0, 10_000, 15_000, 1000),
    ]  # fmt: skip


def test_through_a_transition(faded):
    """A cut that ends inside of an overlap before its middle: the left shot owns up to the middle, hard cut there."""
    # 9.0-10.0 overlaps, its middle is 9.5; what is left of shot a is 9.2-9.5, and shot b shows from 9.5 on.
    assert told(cut(faded, [(5000, 9200)])) == [
        (0, 5000, 0, 0), (9200, 9500, 5000, 0), (500, 10_000, 5300, 0), (0, 10_000, 13_800, 1000),
    ]  # fmt: skip


def test_over_a_transition(faded):
    """A cut over a whole overlap takes the transition with it, and each shot's part up to the cut."""
    assert told(cut(faded, [(8000, 11_000)])) == [
        (0, 8000, 0, 0),
        (2000, 10_000, 8000, 0),
        (0, 10_000, 15_000, 1000),
    ]


def test_up_to_the_middle(faded):
    """A cut that ends in the middle of an overlap leaves nothing of it: the half that was seen there is gone."""
    assert told(cut(faded, [(2000, 9500)])) == [
        (0, 2000, 0, 0),
        (500, 10_000, 2000, 0),
        (0, 10_000, 10_500, 1000),
    ]


def test_a_whole_shot(faded):
    """When a shot goes, its neighbours meet in a new, hard joint."""
    assert told(cut(faded, [(9500, 18_500)])) == [(0, 9500, 0, 0), (500, 10_000, 9500, 0)]


def test_transition_that_no_longer_fits(faded):
    """A transition longer than half of what is left of a neighbour becomes a hard cut in its middle."""
    assert told(cut(faded, [(10_600, 18_000)]))[:2] == [(0, 9500, 0, 0), (500, 1600, 9500, 0)]


def test_joint_is_shorter_next_to_short_parts(clips):
    """A smooth joint is at most half of the shorter part, in whole frames."""
    draft = clips((SOURCE, "a", 10_000))
    assert told(cut(draft, [(500, 9000)], 500)) == [(0, 500, 0, 0), (9000, 10_000, 267, 233)]


def test_ids(faded):
    """A segment that remains keeps its id and name; the other half of a split gets a new id."""
    segments = Draft(cut(faded, [(12_000, 15_000)])).layout()[0].segments
    assert [s.id for s in segments] == ["v1", "v2", "v4", "v3"]
    assert [s.name for s in segments] == ["a", "b", "b", "c"]


@pytest.mark.parametrize("fps", [30, 25, 24, 29.97, "30000/1001", 60, "nonsense", None])
def test_whole_frames(fps, clips):
    """New in and out points lie on whole frames, and on the kept side of what was said."""
    draft = clips((SOURCE, "a", 60_000), fps=fps)
    frames = FrameGrid.of(draft)
    left, right = read(cut(draft, [(10_013, 20_027)]))
    assert left.src_out <= 10_013
    assert right.src_in >= 20_027
    for ms in (left.src_out, right.src_in):
        assert ms == frames.at(round(ms * frames.fps / 1000))
        assert min(abs(ms - 10_013), abs(ms - 20_027)) < 1000 / frames.fps + 1


def test_rates():
    """A rate is a number or a fraction as a string."""
    assert FrameGrid.of({"m": {"fps": 29.97}}).fps == pytest.approx(Fraction(30_000, 1001), rel=1e-4)
    assert FrameGrid.of({"m": {"fps": "30000/1001"}}).fps == Fraction(30_000, 1001)
    assert FrameGrid.of({}).fps == 30


def test_merge():
    """Ranges that overlap or touch are one, empty ones none."""
    assert merge([(5, 9), (1, 3), (3, 4), (8, 12), (20, 20)]) == [(1, 4), (5, 12)]


def test_unknown_things_stay(clips, new_world, do):
    """Keys and tracks that the studio does not know are passed on as they came."""
    draft = clips((SOURCE, "a", 60_000))
    draft["x"] = {"y": 1}
    draft["t"].append({"tt": 42, "q": 1, "sg": [{"d": 99_000, "z": [1, 2]}]})
    draft["t"][0]["sg"][0]["extra"] = "kept"
    draft["t"][0]["sg"][0]["m"]["own"] = {"a": 1}
    done = do('remove 0:10-0:20, add music, add a title "x"', new_world(draft))
    assert done.draft.data["x"] == {"y": 1}
    assert {"tt": 42, "q": 1, "sg": [{"d": 99_000, "z": [1, 2]}]} in done.draft.data["t"]
    assert all(s["extra"] == "kept" and s["m"]["own"] == {"a": 1} for s in done.draft.data["t"][0]["sg"])


def test_music_and_titles_stay_in_place(world, do):
    """Titles stay at their place and are trimmed to the end; music that ran to the end still does; past it all goes."""
    do("add music", world)
    do('add a title "early" for 3 seconds', world)
    do('add a title "late" from 0:50 to 1:05', world)
    do('add a title "last" at the end', world)
    do("remove the last 50 seconds", world)
    _, music, titles = world.draft.layout()
    assert [(s.start_ms, s.end_ms) for s in music.segments] == [(0, 60_000)]
    assert [(s.text, s.start_ms, s.end_ms) for s in titles.segments] == [
        ("early", 0, 3000),
        ("late", 50_000, 60_000),
    ]


def test_music_grows_again(two_clips, do):
    """Music that ran to the end runs to the new end when transitions go and the timeline gets longer."""
    do("add 2 second transitions and music", two_clips)
    assert two_clips.draft.layout()[1].segments[0].end_ms == 128_000
    do("remove the transitions", two_clips)
    assert two_clips.draft.layout()[1].segments[0].end_ms == 130_000


def test_the_draft_given_is_untouched(world, do):
    """An edit makes a new draft and leaves the one it was given alone."""
    before = Draft(world.draft.data)
    copied = copy.deepcopy(before.data)
    do('remove 0:45-1:20 smoothly, add music and a title "x"', world)
    assert before.data == copied
