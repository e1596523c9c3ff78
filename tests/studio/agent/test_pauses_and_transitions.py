"""Pauses and transitions: which are cut, which cuts get one, how long they are."""

from __future__ import annotations

import re

import pytest

from nemo_widgets.studio.agent import MediaItem
from nemo_widgets.studio.analysis.errors import SilentThroughout

from .conftest import CLIP

THREE = [(0, 10_000), (12_000, 40_000), (43_000, 70_000), (70_800, 110_000)]
"""What remains of the clip without its three pauses."""
TWO = [(0, 10_000), (12_000, 40_000), (43_000, 110_000)]

PAUSES = [
    ("cut the pauses", THREE, 500, 100),
    ("Remove silences.", THREE, 500, 100),
    ("please remove all the silent parts", THREE, 500, 100),
    ("cut out the dead air", THREE, 500, 100),
    ("get rid of the awkward gaps", THREE, 500, 100),
    ("trim the awkward pauses from the video", THREE, 500, 100),
    ("could you cut out all the long pauses?", TWO, 1000, 100),
    ("tighten it up by cutting the pauses", THREE, 500, 100),
    ("clean up the video by removing the silences", THREE, 500, 100),
    ("cut the pauses longer than 2 s", TWO, 2000, 100),
    ("remove silences of more than two seconds", TWO, 2000, 100),
    ("cut the pauses over 1.5 seconds and keep 0.2 s", TWO, 1500, 200),
    ("cut the pauses, keep 0.2 s on each side", THREE, 500, 200),
    ("cut the pauses but keep 0.4 seconds of each pause", THREE, 500, 200),
    ("cut the pauses longer than 2.5 s", [(0, 40_000), (43_000, 110_000)], 2500, 100),
    ("剪掉停顿", THREE, 500, 100),
    ("去掉静音", THREE, 500, 100),
    ("把空白的部分剪掉", THREE, 500, 100),
    ("请帮我把视频里的停顿都剪掉", THREE, 500, 100),
    ("删除所有的停顿", THREE, 500, 100),
    ("剪掉超过2秒的停顿", TWO, 2000, 100),
    ("去掉两秒以上的静音", TWO, 2000, 100),
    ("剪掉停顿，保留0.2秒", THREE, 500, 200),
]


@pytest.mark.parametrize(("sentence", "remains", "least", "padding"), PAUSES, ids=[p[0] for p in PAUSES])
def test_pauses(sentence, *, remains, least, padding, world, do, shown):
    """The pauses asked for are gone, found with the options that were said."""
    done = do(sentence, world)
    assert shown(done.draft) == remains, done.reply
    assert {(a, b) for _, a, b in world.asked} == {(least, padding)}


def test_pauses_are_counted(world, do):
    """The reply says how many pauses there were and how long the timeline is now."""
    reply = do("cut the pauses", world).reply
    assert "3 pauses" in reply
    assert "5.8 s" in reply
    assert "1:44.2" in reply


def test_pauses_add_up_at_slow_frame_rates(world, do):
    """What went is said as it went, at ten frames a second too: the sum is what the timeline is shorter."""
    world.draft.data["m"]["fps"] = 10
    world.found[CLIP] = [(10_040, 11_960), (40_040, 42_960), (70_040, 70_760)]
    reply = do("cut the pauses", world).reply
    total, shorter = re.findall(r"([\d.]+) s (?:in all|shorter)", reply)
    assert total == shorter, reply


def test_pauses_on_both_sides_of_a_joint_are_two(new_world, clips, do):
    """The silent end of one clip and the silent start of the next are two pauses, as undo counts them."""
    world = new_world(clips(("/media/a.mp4", "a", 20_000), ("/media/b.mp4", "b", 20_000)))
    world.found = {"/media/a.mp4": [(17_000, 20_000)], "/media/b.mp4": [(0, 2000)]}
    assert "Cut 2 pauses, 5 s in all" in do("cut the pauses", world).reply
    assert "2 pauses (5 s) are back" in do("undo", world).reply


def test_no_pauses(world, do):
    """Where there is no pause, the reply says so and nothing changes."""
    world.found.clear()
    done = do("cut the pauses", world)
    assert done.draft is None
    assert "no pauses" in done.reply


def test_no_sound(new_world, clips, do):
    """Where there is no sound, the reply says so and nothing is analysed."""
    world = new_world(clips(("/media/bb22/mute.mp4", "mute", 20_000)))
    done = do("cut the pauses", world)
    assert done.draft is None
    assert "no sound" in done.reply
    assert not world.asked


@pytest.mark.parametrize("many", [1, 2, 4])
def test_sound_that_cannot_be_judged(many, new_world, clips, do):
    """Where no pause could be looked for the wish is refused, and the reason told once for all files."""
    sources = [f"/media/{n}/part{n}.mp4" for n in range(many)]
    world = new_world(clips(*((src, f"part{n}", 20_000) for n, src in enumerate(sources))))

    def find(question, _):
        message = f"{world.media[question.src].name} is silent throughout: no sound."
        raise SilentThroughout(message)

    world.find = find
    world.media = {src: MediaItem(src, src[9:], "video", 20_000, has_audio=True) for src in sources}
    done = do("cut the pauses", world)
    assert (done.outcome, done.draft) == ("refused", None)
    others = {1: "", 2: " Likewise part1.mp4.", 4: " Likewise part1.mp4, part2.mp4 and part3.mp4."}[many]
    why = f"part0.mp4 is silent throughout: no sound.{others} So I could not look for that."
    assert done.reply == f"{why} Nothing was changed."


@pytest.mark.parametrize("sentence", ["keep only the first 300 seconds", "keep only 0:00 to 1:50"])
def test_all_that_is_kept(sentence, world, do):
    """Nothing is said to be removed where all of it is kept."""
    done = do(sentence, world)
    assert done.draft is None
    assert done.reply.startswith("That is the whole timeline.")
    assert "removed" not in done.reply


def test_pauses_follow_the_source(world, do, shown):
    """After a cut, pauses are still taken from the right places of the source."""
    do("remove the first 11 seconds", world)
    do("cut the pauses", world)
    assert shown(world.draft) == [(12_000, 40_000), (43_000, 70_000), (70_800, 110_000)]
    assert do("cut the pauses", world).draft is None


TRANSITIONS = [
    ("add transitions", 500),
    ("add smooth transitions", 500),
    ("Add crossfades between the clips", 500),
    ("put a dissolve at the cuts", 500),
    ("add fades between the clips", 500),
    ("I'd like a crossfade at every cut", 500),
    ("use fade transitions between clips", 500),
    ("add transitions at all the cuts", 500),
    ("add 1 second transitions", 1000),
    ("add half-second crossfades", 500),
    ("add a 0.8s crossfade between the clips", 800),
    ("add transitions of 2 seconds", 2000),
    ("join the parts smoothly", 500),
    ("添加转场", 500),
    ("加点转场", 500),
    ("加1秒转场", 1000),
    ("在所有剪切点加淡入淡出", 500),
    ("给片段之间加叠化", 500),
    ("加上半秒的转场", 500),
    ("添加平滑的转场效果", 500),
]


@pytest.mark.parametrize(("sentence", "length"), TRANSITIONS, ids=[t[0] for t in TRANSITIONS])
def test_transitions(sentence, length, two_clips, do):
    """Every cut gets a crossfade of the length said, and the timeline is shorter by it."""
    done = do(sentence, two_clips)
    second = done.draft.layout()[0].segments[1]
    assert (second.transition, second.transition_ms, second.start_ms) == (
        "crossfade",
        length,
        110_000 - length,
    )
    assert done.draft.data["d"] == 130_000 - length


CHANGED = [
    ("make the transitions 1 second long", 1000),
    ("change the transitions to 2 seconds", 2000),
    ("set the transition length to 1.5 s", 1500),
    ("use 1 second transitions", 1000),
    ("把转场改成2秒", 2000),
    ("转场时长改为1秒", 1000),
    ("remove the transitions", 0),
    ("get rid of the crossfades", 0),
    ("delete all transitions between the clips", 0),
    ("去掉转场", 0),
    ("把转场都删掉", 0),
]


@pytest.mark.parametrize(("sentence", "length"), CHANGED, ids=[t[0] for t in CHANGED])
def test_changed_transitions(sentence, length, two_clips, do):
    """Transitions that are there get the new length, or go."""
    do("add transitions", two_clips)
    second = do(sentence, two_clips).draft.layout()[0].segments[1]
    assert (second.transition_ms, second.start_ms) == (length, 110_000 - length)


@pytest.mark.parametrize(
    "sentence",
    ["remove the transitions", "make the transitions 1 second long", "add transitions", "去掉转场"],
)
def test_no_cut_no_transition(sentence, world, do):
    """With a single clip there is no cut, and the reply says so."""
    assert do(sentence, world).draft is None


@pytest.mark.parametrize(
    "sentence", ["add a cube transition", "use spin transitions", "加翻页转场", "add a zoom transition"]
)
def test_other_transitions(sentence, two_clips, do):
    """A transition of another kind is refused, and crossfade named as what there is."""
    done = do(sentence, two_clips)
    assert done.draft is None
    assert "rossfade" in done.reply or "叠化" in done.reply


def test_half_of_the_shorter(new_world, clips, do):
    """A transition is never longer than half of the shorter neighbour."""
    source = "/media/aa11/interview.mp4"
    world = new_world(clips((source, "a", 10_000), (source, "b", 1_000), (source, "c", 10_000)))
    done = do("add 2 second transitions", world)
    assert [s.transition_ms for s in done.draft.layout()[0].segments] == [0, 500, 500]
    assert done.draft.data["d"] == 20_000


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "add 2 second crossfades at the cuts",
            "They are shorter than 2 s: clip 2 is only 1 s long, of which a transition takes half at most.",
        ),
        ("在剪切点加2秒的叠化", "都比 2 秒短：第 2 个片段只有 1 秒，转场最多占其中一半。"),
    ],
)
def test_a_shortened_transition_is_said(sentence, told, world, do):
    """A transition that has no room for the length asked for is said to be shorter, and for which clip."""
    world.draft = do("split at 0:30 and at 0:31", world).draft
    assert told in do(sentence, world).reply


@pytest.fixture
def short_clips(new_world, clips):
    """Makes a world with clips of so many milliseconds."""

    def make(lengths):
        source = "/media/aa11/interview.mp4"
        return new_world(clips(*((source, f"c{i}", long) for i, long in enumerate(lengths))))

    return make


@pytest.mark.parametrize(
    ("cut", "sentence", "told"),
    [
        (
            (9_000, 1_000, 9_000, 9_000, 800),
            "add 2 second crossfades at the cuts",
            "3 are shorter than 2 s: clip 2 is only 1 s long and clip 5 is only 0.8 s long, of which",
        ),
        ((9_000, 800), "在剪切点加2秒的叠化", "它比 2 秒短：第 2 个片段只有 0.8 秒，转场最多占其中一半。"),
        (
            (9_000, 9_000, 40),
            "add 2 second crossfades at the cuts",
            "1 cut stays hard: clip 3 is only 0.04 s long, too short for a transition.",
        ),
    ],
)
def test_each_clip_that_leaves_no_room_for_a_transition_is_named(cut, sentence, told, short_clips, do):
    """Those that are too short for what was asked, and those too short for any."""
    assert told in do(sentence, short_clips(cut)).reply
