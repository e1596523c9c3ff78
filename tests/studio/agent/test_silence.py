"""Crossfades where pauses were cut: over silence only, so no word is faded."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nemo_widgets.studio.timeline.clip import read

CLIP, MUTE = "/media/aa11/interview.mp4", "/media/bb22/mute.mp4"
PADDING = 100


def joints(draft):
    return list(pairwise(read(draft.data)))


def faded(draft):
    """The parts of the sources that each crossfade lies over."""
    return [
        (place, end)
        for a, b in joints(draft)
        if b.transition
        for place, end in ((a.src_out - b.transition, a.src_out), (b.src_in, b.src_in + b.transition))
    ]


ASKED = [
    "cut the pauses smoothly",
    "cut the pauses and join the parts smoothly",
    "cut the pauses, add transitions",
    "cut the pauses, add 1 second transitions",
    "cut the pauses with a 0.8 s crossfade",
    "cut the pauses and keep 0.1 s, add half-second crossfades",
    "剪掉停顿，平滑衔接",
    "把静音的部分去掉，再加点转场",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lengths=st.lists(st.tuples(st.integers(150, 4000), st.integers(500, 4000)), min_size=1, max_size=8),
    fps=st.sampled_from([24, 25, 29.97, 30, 50, "30000/1001"]),
    sentence=st.sampled_from(ASKED),
)
def test_words_are_never_faded(*, lengths, fps, sentence, new_world, clips, do):
    """Whatever the words, pauses, frame rate and length asked for: a crossfade lies inside of its pause."""
    words, pauses, at = [], [], 0
    for word, pause in lengths:
        words.append((at, at + word))
        pauses.append((at + word, at + word + pause))
        at += word + pause
    world = new_world(clips((CLIP, "a", at + 2000), fps=fps))
    world.found[CLIP] = [(a + PADDING, b - PADDING) for a, b in pauses]
    done = do(sentence, world)
    draft = done.draft or world.draft
    for start, end in faded(draft):
        assert any(a <= start and end <= b for a, b in pauses)
    shots = read(draft.data)
    for start, end in words:  # and none is cut
        assert any(s.src_in <= start and end <= s.src_out for s in shots)


def test_usual_length(world, do):
    """A crossfade at a pause lasts 0.3 s, and leaves as much silence as it takes: 0.3 s are heard."""
    done = do("cut the pauses smoothly", world)
    assert [b.transition for _, b in joints(done.draft)] == [300, 300, 300]
    left, right = joints(done.draft)[0]
    assert (left.src_out, right.src_in) == (9900 + 300, 12_100 - 300)
    assert "crossfades of 0.3 s" in done.reply


def test_both_kinds(world, do):
    """A joint of a range that was named keeps its 0.5 s, one of a pause its 0.3 s, and both are said."""
    done = do("remove 0:45-1:20 and cut the pauses smoothly", world)
    assert [b.transition for _, b in joints(done.draft)] == [300, 300, 500]
    assert "0.3–0.5 s" in done.reply


def test_short_pause(world, do):
    """A pause too short for the crossfade that was asked for gets a shorter one, and the reply says so."""
    done = do("cut the pauses, add 1 second transitions", world)
    assert [b.transition for _, b in joints(done.draft)] == [1000, 1000, 467]
    assert "0.47–1 s" in done.reply


def test_again(world, do):
    """Asked for a second time, nothing is left to cut and the crossfades stay."""
    do("cut the pauses smoothly", world)
    assert do("cut the pauses smoothly", world).draft is None
    assert do("cut the pauses", world).draft is None


def test_at_the_ends(world, do, shown):
    """Before the first word and after the last there is no joint, so no more than the padding stays."""
    world.found[CLIP] = [(0, 2000), (40_000, 43_000), (107_000, 110_000)]
    done = do("cut the pauses smoothly", world)
    assert shown(done.draft) == [(2000, 40_200), (42_800, 107_000)]


def test_next_to_a_crossfade(new_world, clips, do):
    """Silence beside a crossfade goes, the crossfade stays, and so does each word of the next clip."""
    world = new_world(clips((CLIP, "a", 40_000), (CLIP, "b", 40_000)))
    world.found[CLIP] = [(37_000, 40_000)]
    do("add transitions", world)
    done = do("cut the pauses", world)
    shots = read(done.draft.data)
    assert [(s.src_in, s.src_out, s.transition) for s in shots] == [
        (0, 37_000, 0), (39_000, 40_000, 0), (0, 37_000, 500),
    ]  # fmt: skip


def test_clips_that_meet(two_clips, do):
    """A joint of two clips at which no pause was cut gets the usual crossfade."""
    done = do("cut the pauses, add transitions", two_clips)
    assert [b.transition for _, b in joints(done.draft)] == [300, 300, 300, 500]


def test_hard_joints_stay(two_clips, do):
    """A change of the transitions that are there leaves hard cuts hard."""
    do("add transitions", two_clips)
    do("remove 0:20-0:30", two_clips)
    done = do("make the transitions 1 second long", two_clips)
    assert [b.transition for _, b in joints(done.draft)] == [0, 1000]


def test_too_short_to_fade(new_world, clips, do):
    """Below two frames there is a hard cut, and the reply says why."""
    world = new_world(clips((CLIP, "a", 10_000), (MUTE, "b", 10_000)))
    done = do("add 10 ms transitions", world)
    assert done.draft is None
    assert "at least 0.07 s" in done.reply


GRID = [24, 25, 29.97, 30, 60, "30000/1001"]
parts = st.tuples(st.integers(0, 29_000), st.integers(0, 29_000)).map(sorted)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fps=st.sampled_from(GRID),
    frames=st.lists(st.integers(20, 400), min_size=1, max_size=4),
    gone=st.lists(parts, max_size=4),
    length=st.integers(0, 1500),
    how=st.sampled_from(["cut", "set", "sentence"]),
)
def test_whole_frames(*, fps, frames, gone, length, how, new_world, clips, do):
    """Where the sources lie on whole frames, so does all that is cut and faded, to the ms."""
    from nemo_widgets.studio.timeline.grid import FrameGrid
    from nemo_widgets.studio.timeline.track_ops import cut, set_transitions

    grid = FrameGrid.of({"m": {"fps": fps}})
    draft = clips(*((CLIP, f"c{n}", grid.at(n)) for n in frames), fps=fps)
    if how == "sentence":
        world = new_world(draft)
        world.found[CLIP] = [(a, b) for a, b in ((1000, 2500), (4013, 5007)) if b <= grid.at(min(frames))]
        draft = (do("cut the pauses, add transitions", world).draft or world.draft).data
    else:
        draft = cut(draft, [(a, b) for a, b in gone], length)
        draft = set_transitions(draft, length) if how == "set" else draft

    def off(ms):
        return abs(ms - grid.at(round(ms * grid.fps / 1000)))

    for i, shot in enumerate(read(draft)):
        assert off(shot.src_in) == off(shot.src_out) == off(shot.transition) == 0
        assert off(shot.duration) <= 1
        assert off(shot.start) <= 2 * i


@pytest.mark.parametrize(("fps", "length"), [(25, 480), (24, 500), (30, 500), (50, 500)])
def test_length_in_frames(fps, length, new_world, clips, do):
    """Half a second is what whole frames make of it, and that is what is said."""
    world = new_world(clips((CLIP, "a", 10_000), (MUTE, "b", 10_000), fps=fps))
    done = do("add transitions", world)
    assert read(done.draft.data)[1].transition == length
    assert f"of {length / 1000:g} s" in done.reply
