"""Edits of order, length and speed: what they show, what they refuse, and that they can be taken back."""

from __future__ import annotations

from fractions import Fraction

import pytest

from nemo_widgets.studio.agent import MediaItem
from nemo_widgets.studio.agent.edits.arranging import Duplicate, Move, Order, Swap
from nemo_widgets.studio.agent.edits.dressing import Crop, Flip, Look, Rotate
from nemo_widgets.studio.agent.edits.framing import FadeFilm, Frame
from nemo_widgets.studio.agent.edits.inserting import Insert
from nemo_widgets.studio.agent.edits.speeding import Freeze, Reverse, Speed
from nemo_widgets.studio.agent.edits.splitting import Split
from nemo_widgets.studio.agent.edits.trimming import TrimTo
from nemo_widgets.studio.agent.edits.zooming import Zoom
from nemo_widgets.studio.timeline.refs import Beside, ClipRef, Part, TextRef
from nemo_widgets.studio.timeline.time_range import TimeRange

PORT, FAIR, DUSK = "/media/1/port.mp4", "/media/2/fair.mp4", "/media/3/dusk.mp4"


@pytest.fixture
def three(new_world, clips):
    """Clips of 10, 20 and 30 seconds, called port, fair and dusk."""
    world = new_world(clips((PORT, "port", 10_000), (FAIR, "fair", 20_000), (DUSK, "dusk", 30_000)))
    for src, long in ((PORT, 10_000), (FAIR, 20_000), (DUSK, 30_000)):
        name = src.rpartition("/")[2]
        world.media[src] = MediaItem(src, name, "video", long, has_audio=True)
    return world


def shown(draft):
    """What is shown: (name, in, out) in ms."""
    main = next(t for t in draft["t"] if t["tt"] == 0)
    return [(s["m"]["name"], s["m"]["in"], s["m"]["out"]) for s in main["sg"]]


WHOLE = [("port", 0, 10_000), ("fair", 0, 20_000), ("dusk", 0, 30_000)]
EDITS = [
    (Move(ClipRef(3), "start"), [WHOLE[2], WHOLE[0], WHOLE[1]]),
    (Move(ClipRef(name="port"), "after", ClipRef(2)), [WHOLE[1], WHOLE[0], WHOLE[2]]),
    (Move(ClipRef(-1), "before", ClipRef(2)), [WHOLE[0], WHOLE[2], WHOLE[1]]),
    (
        Move(TimeRange(5000, None, last=True), "start"),
        [("dusk", 25_000, 30_000), *WHOLE[:2], ("dusk", 0, 25_000)],
    ),
    (Swap(ClipRef(1), ClipRef(-1)), [WHOLE[2], WHOLE[1], WHOLE[0]]),
    (Order("reversed"), WHOLE[::-1]),
    (Order("name"), [WHOLE[2], WHOLE[1], WHOLE[0]]),
    (Order(clips=(ClipRef(2),)), [WHOLE[1], WHOLE[0], WHOLE[2]]),
    (Duplicate(ClipRef(1), 2), [WHOLE[0]] * 3 + WHOLE[1:]),
    (Split((TimeRange(5000, None),)), [("port", 0, 5000), ("port", 5000, 10_000), *WHOLE[1:]]),
    (TrimTo(8000, ClipRef(2)), [WHOLE[0], ("fair", 0, 8000), WHOLE[2]]),
    (
        Insert("dusk.mp4", TimeRange(5000, None)),
        [("port", 0, 5000), WHOLE[2], ("port", 5000, 10_000), WHOLE[1]],
    ),
    (Reverse(), WHOLE[::-1]),
    (
        Rotate(90, Part(TimeRange(2000, None, last=True), ClipRef(1))),
        [("port", 0, 8000), ("port", 8000, 10_000), *WHOLE[1:]],
    ),
]


@pytest.mark.parametrize(("edit", "points"), EDITS, ids=lambda e: type(e).__name__)
def test_what_is_shown(edit, points, three):
    """Each edit shows what it says, in that order, and its inverse brings back the draft exactly."""
    before = three.draft.data
    after = edit.apply(before, three).draft
    assert shown(after) == points
    assert edit.inverse(before).apply(after, three).draft == before
    assert after["d"] == max(s["m"]["start"] + s["d"] for s in after["t"][0]["sg"])


KEYS = [
    (Rotate(90), {"rotate": 90}),
    (Rotate(-90), {"rotate": 270}),
    (Flip(), {"flip": "horizontal"}),
    (Crop(left=Fraction(1, 4)), {"crop": {"x": 0.25, "y": 0.0, "w": 0.75, "h": 1.0}}),
    (Zoom(Fraction(3, 2), slowly=True), {"zoom": {"from": 1.0, "to": 1.5, "x": 0.5, "y": 0.5}}),
    (Look("bw"), {"looks": [{"type": "bw", "amount": 1.0}]}),
    (Look("brightness", Fraction(-1, 5)), {"looks": [{"type": "brightness", "amount": -0.2}]}),
    (Speed(Fraction(2), ClipRef(2)), {"speed": 2.0}),
]


@pytest.mark.parametrize(("edit", "keys"), KEYS, ids=lambda e: type(e).__name__)
def test_what_is_written(edit, keys, three):
    """Each edit writes its keys, and only these."""
    segment = edit.apply(three.draft.data, three).draft["t"][0]["sg"][1]
    old = three.draft.data["t"][0]["sg"][1]["m"]
    assert {k: v for k, v in segment["m"].items() if old.get(k) != v and k != "start"} == keys


def test_looks_replace_each_other(three):
    """Warm after cool is warm; black and white stays beside it until it is taken away."""
    draft = three.draft.data
    for edit in (Look("cool"), Look("bw"), Look("warm"), Look("bw", Fraction(0))):
        draft = edit.apply(draft, three).draft
    assert draft["t"][0]["sg"][0]["m"]["looks"] == [{"type": "warm", "amount": 0.5}]


@pytest.mark.parametrize(
    ("sentence", "speed"),
    [
        ("speed it up by half", "3/2"),
        ("speed it up half", "3/2"),
        ("speed the first clip up by a third", "4/3"),
        ("make it a quarter slower", "3/4"),
        ("slow it down by two fifths", "3/5"),
        ("make it 20 % faster", "6/5"),
        ("make it half as fast", "1/2"),
        ("make it half again as fast", "3/2"),
        ("play it three times slower", "1/3"),
        ("speed it up by one and a half", "3/2"),
        ("increase the speed of the first clip by 20%", "6/5"),
        ("cut the speed in half", "1/2"),
        ("lower the speed to a third", "1/3"),
        ("play it at two thirds of the speed", "2/3"),
        ("加速一半", "3/2"),
        ("放慢三分之一", "2/3"),
        ("速度提高20%", "6/5"),
    ],
)
def test_by_how_much_faster(sentence, speed, three, do):
    """A share is added to the speed or taken from it, a factor is the speed; slower is never faster."""
    first = do(sentence, three).draft.data["t"][0]["sg"][0]
    assert first["m"]["speed"] == pytest.approx(float(Fraction(speed)))


def test_a_share_is_of_the_speed_that_there_is(three, do):
    """What is fast already is faster by half then."""
    do("play it at 2x", three)
    assert do("speed it up by half", three).draft.data["t"][0]["sg"][0]["m"]["speed"] == 3.0


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("lower the volume by a third", "100% → 67%"),
        ("make it louder by half", "100% → 150%"),
        ("zoom in by a quarter", "125%"),
    ],
)
def test_other_things_change_by_a_share_too(sentence, said, three, do):
    """As they do by a percentage."""
    assert said in do(sentence, three).reply


def test_speed_carries_titles_and_music(three, do):
    """At twice the speed what comes later comes at half its time, and music ends with the film."""
    do('add a title "Dusk" at 0:40 and background music', three)
    after = Speed(Fraction(2)).apply(three.draft.data, three).draft
    music, title = (next(t for t in after["t"] if t["tt"] == tt)["sg"][0] for tt in (1, 7))
    assert (after["d"], title["m"]["start"], title["d"]) == (30_000, 20_000, 3000)
    assert (music["m"]["start"], music["d"]) == (0, 30_000)


def test_a_freeze_holds_its_frame(three):
    """A still stands where it was asked for, as long as was asked, and what follows comes later."""
    after = Freeze(TimeRange(4000, None), 2000).apply(three.draft.data, three).draft
    still = after["t"][0]["sg"][1]
    assert (still["m"]["in"], still["m"]["out"], still["d"], still["m"]["freeze"]) == (4000, 4000, 2000, True)
    assert after["d"] == 62_000


def test_frame_sizes(three):
    """A shape keeps the short side; sides are even."""
    sizes = {}
    for width, height in ((9, 16), (1, 1), (4, 5), (21, 9)):
        meta = Frame(width, height).apply(three.draft.data, three).draft["m"]
        sizes[width, height] = (meta["width"], meta["height"])
        assert meta["fit"] == "blur"
    tall, wide = {(9, 16): (1080, 1920), (4, 5): (1080, 1350)}, {(21, 9): (2520, 1080)}
    assert sizes == {**tall, **wide, (1, 1): (1080, 1080)}


def test_fades_are_at_most_half(three):
    """A fade longer than half of the film is half of it; 0 takes it away."""
    draft = FadeFilm(1000, 40_000, "white").apply(three.draft.data, three).draft
    assert (draft["m"]["fade_in"], draft["m"]["fade_out"], draft["m"]["fade_color"]) == (
        1000,
        30_000,
        "white",
    )
    assert "fade_out" not in FadeFilm(fade_out=0).apply(draft, three).draft["m"]


@pytest.mark.parametrize(
    ("where", "ms"),
    [
        (ClipRef(2), (10_000, 30_000)),
        (ClipRef(-2, -1), (10_000, 60_000)),
        (ClipRef(name="FAIR.mp4"), (10_000, 30_000)),
        (Part(TimeRange(3000, None, last=True), ClipRef(2)), (27_000, 30_000)),
        (Part(TimeRange(0, None, part=(Fraction(1, 2), Fraction(1))), ClipRef(1)), (5000, 10_000)),
        (Beside(ClipRef(2), after=True), (30_000, 60_000)),
        (Beside(ClipRef(2), after=False, length_ms=2000), (8000, 10_000)),
        (Beside(TextRef(), after=True), (7000, 60_000)),
    ],
)
def test_places(where, ms, three, do):
    """Places named by what lies there are where that is."""
    do('add a title "Hello" from 0:04 to 0:07', three)
    assert where.within(three.draft.data) == ms


REFUSED = [
    ("remove the fifth clip", "3 clips (port, fair, dusk)"),
    ("move clip 9 to the front", "no clip 9"),
    ("speed it up 20x", "0.25 to 8"),
    ("rotate it by 45 degrees", "90, 180 or 270"),
    ("split it at 5:00", "1:00 long"),
    ("freeze the frame at 9:00", "past the end"),
    ("put a crossfade at 0:20", "0:10"),
    ("zoom in 900%", "1 to 4"),
    ("cut everything after the title", "no title"),
    ("删掉第九段", "3 个片段"),
]


@pytest.mark.parametrize(("sentence", "said"), REFUSED, ids=[r[0] for r in REFUSED])
def test_refused(sentence, said, three, do):
    """What is impossible is refused with what there is."""
    done = do(sentence, three)
    assert done.draft is None
    assert said in done.reply


def test_whole_clips_give_back_their_neighbours(three, do):
    """Where a clip between two transitions goes, its neighbours are whole again."""
    do("add 1 second transitions", three)
    assert shown(do("remove the second clip", three).draft.data) == [WHOLE[0], WHOLE[2]]


@pytest.mark.parametrize("sentence", ["keep the port clip please", "could you keep the second clip?"])
def test_a_clip_that_is_kept_does_not_cost_the_others(sentence, three, do):
    """'Keep' without 'only' may mean that the others go or that this one stays: nothing is removed for it."""
    done = do(sentence, three)
    assert done.draft is None
    assert "keep only" in done.reply
    assert shown(do("keep only the port clip", three).draft.data) == WHOLE[:1]


@pytest.mark.parametrize(
    "sentence", ["trim clip 2 to 8 seconds", "shorten the video 2 to 8s", "limit shot 2 to 8 sec"]
)
def test_a_number_behind_clip_is_the_clips(sentence, three, do):
    """The second clip gets so long; nothing goes from 0:02 to 0:08."""
    done = do(sentence, three)
    assert shown(done.draft.data) == [("port", 0, 10_000), ("fair", 0, 8000), ("dusk", 0, 30_000)]
