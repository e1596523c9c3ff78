"""What people say about transitions: at which cuts, of which type and length, and what becomes of them."""

from __future__ import annotations

import copy

import pytest

from nemo_widgets.studio.agent import MediaItem

PORT, FAIR, DUSK = "/media/1/port.mp4", "/media/2/fair.mp4", "/media/3/dusk.mp4"


@pytest.fixture
def three(new_world, clips):
    """Clips of 10, 20 and 30 seconds, called port, fair and dusk."""
    world = new_world(clips((PORT, "port", 10_000), (FAIR, "fair", 20_000), (DUSK, "dusk", 30_000)))
    for src, long in ((PORT, 10_000), (FAIR, 20_000), (DUSK, 30_000)):
        world.media[src] = MediaItem(src, src.rpartition("/")[2], "video", long, has_audio=True)
    return world


def joints(world):
    """The transitions before the second and the third clip: (type, ms), None for a hard cut."""
    found = [s["m"].get("transition") for s in world.draft.data["t"][0]["sg"][1:]]
    return [(t["type"], t["d"]) if t else None for t in found]


CROSS, WIPE, SLIDE = ("crossfade", 500), ("wipe-left", 500), ("slide-left", 500)
SAID = [
    ("crossfade between the first and second clip", [CROSS, None]),
    ("add a transition between the first two clips", [CROSS, None]),
    ("put a slide between the first three clips", [SLIDE, SLIDE]),
    ("crossfades between all three clips", [CROSS, CROSS]),
    ("slide up at the last cut", [None, ("slide-up", 500)]),
    ("transition at 0:30", [None, CROSS]),
    ("transition at 10 seconds", [CROSS, None]),
    ("fade to black before the third clip", [None, ("fade-black", 500)]),
    ("0.5s crossfade at 0:10", [CROSS, None]),
    ("a wipe at 0:10 and a slide at 0:30", [WIPE, SLIDE]),
    ("put a 1 second crossfade after port and a wipe before dusk", [("crossfade", 1000), WIPE]),
    ("wipe from the top between the clips", [("wipe-down", 500)] * 2),
    ("wipe from left to right", [("wipe-right", 500)] * 2),
    ("transitions of 1 second", [("crossfade", 1000)] * 2),
    ("let the clips overlap by a second", [("crossfade", 1000)] * 2),
    ("blend the clips into each other", [CROSS, CROSS]),
    ("fade from one clip to the next", [CROSS, CROSS]),
    ("soft cuts", [CROSS, CROSS]),
    ("quick dissolves", [CROSS, CROSS]),
    ("在10秒处加叠化", [CROSS, None]),
    ("第一个剪切点加滑动转场", [SLIDE, None]),
    ("前两段之间加转场", [CROSS, None]),
    ("每段之间都加转场", [CROSS, CROSS]),
    ("片段之间向右擦除", [("wipe-right", 500)] * 2),
]


@pytest.mark.parametrize(("words", "found"), SAID, ids=[words for words, _ in SAID])
def test_put(words, found, three, do):
    """A transition comes at the cuts that are named, and at no other."""
    do(words, three)
    assert joints(three) == found


THERE = "a wipe at 0:10 and a 1 second crossfade at 0:30"
LATER = [
    ("make the second transition a slide up", [WIPE, ("slide-up", 1000)]),
    ("最后一个转场改成黑场", [WIPE, ("fade-black", 1000)]),
    ("change the wipe to a slide", [SLIDE, ("crossfade", 1000)]),
    ("replace the crossfade with a fade through white", [WIPE, ("fade-white", 1000)]),
    ("use slides instead of wipes", [SLIDE, ("crossfade", 1000)]),
    ("用滑动代替叠化", [WIPE, ("slide-left", 1000)]),
    ("make the transitions longer", [("wipe-left", 1000), ("crossfade", 2000)]),
    ("make the crossfade twice as long", [WIPE, ("crossfade", 2000)]),
    ("转场短一点", [("wipe-left", 233), ("crossfade", 500)]),
    ("shorten the first transition to 0.3 seconds", [("wipe-left", 300), ("crossfade", 1000)]),
    ("remove the first transition", [None, ("crossfade", 1000)]),
    ("去掉第二个转场", [WIPE, None]),
    ("no transition before dusk", [WIPE, None]),
    ("remove the wipes", [None, ("crossfade", 1000)]),
    ("hard cuts only", [None, None]),
    ("no transitions", [None, None]),
    ("不要转场", [None, None]),
]


@pytest.mark.parametrize(("words", "found"), LATER, ids=[words for words, _ in LATER])
def test_changed(words, found, three, do):
    """Transitions that are there change by number, type or all together; the others stay."""
    do(THERE, three)
    do(words, three)
    assert joints(three) == found


REFUSED = [
    ("use a page turn between the clips", "nearest is a slide"),
    ("cube transition", "nearest is a slide"),
    ("can you do a star wipe?", "nearest is a wipe"),
    ("glitch transition", "nearest is a crossfade"),
    ("use the zoom effect between port and fair", "nearest is a crossfade"),
    ("翻页转场", "最接近的是滑动"),
    ("crossfade 5 hours", "the longest is 30 s"),
    ("add a transition at the fifth cut", "There is no cut 5: there are 2"),
    ("make the third transition a wipe", "There is no transition 3: there are 2"),
    ("crossfade at 0:20", "There is no cut at 0:20"),
    ("change the slide to a wipe", "There is no slide"),
    ("shorten the transitions by 0.2 seconds", "not understand"),
    ("random transitions", "not understand"),
    ("wipe", "not understand"),
    ("make the transitions longer and shorter", "not understand"),
]


@pytest.mark.parametrize(("words", "why"), REFUSED, ids=[words for words, _ in REFUSED])
def test_refused(words, why, three, do):
    """What can't be done is refused with the nearest, or with what there is, and changes nothing."""
    do(THERE, three)
    before = copy.deepcopy(three.draft.data)
    done = do(words, three)
    assert three.draft.data == before
    assert why in done.reply


def test_no_new_transitions(three, do):
    """'No transitions' beside a cut is for its joint; those that are there stay."""
    do(THERE, three)
    do("remove 0:03 to 0:05, no transitions", three)
    assert [t for t in joints(three) if t] == [WIPE, ("crossfade", 1000)]
    assert len(joints(three)) == 3


def test_where_is_told(three, do):
    """The reply names the cut at which a transition was put."""
    assert "at the cut at 0:10" in do("wipe between port and fair", three).reply
    assert "在 0:29.5的剪切点" in do("第三段前面加个黑场过渡", three).reply
