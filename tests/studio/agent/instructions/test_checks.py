"""The checks themselves: each takes a draft that is right, and none that is wrong."""

# ruff: noqa: E501 - a table of drafts reads best with a draft on a line

from __future__ import annotations

import copy
from dataclasses import replace

import pytest
from studio.agent.instructions.checks import (
    Turn,
    any_of,
    as_at_first,
    asks,
    back,
    judge,
    may,
    restarted,
    says,
    unchanged,
)
from studio.agent.instructions.cutting import clips, gone, kept, lasts, pieces, split_at, there
from studio.agent.instructions.furnishing import (
    fade,
    frame,
    hue,
    loud,
    music,
    no_music,
    on_beats,
    size,
    text,
    text_count,
)
from studio.agent.instructions.judging import broken
from studio.agent.instructions.manner import WIPES, clip, differ, during, freeze, joined, look, zoomed
from studio.agent.instructions.tables import TABLES
from studio.agent.instructions.worlds import WORLDS

ASKED = (
    ("ask_question", {"questions": [{"id": "q", "prompt": "Which clip?", "options": ["harbour", "night"]}]}),
)


def turn(world, change=lambda _: None, **more):
    """What it is when a world's draft is changed by hand."""
    made = WORLDS[world]()
    first = made.draft.data
    after = copy.deepcopy(first)
    change(after)
    history = tuple(d.data for d in made.history)
    return Turn(first, first, after, reply="Well.", unedited=made.first.data, history=history, **more)


def on(kind, index=0, **keys):
    """A change: these keys at a segment of the first track of a kind; `d` and `root` stand elsewhere."""

    def change(data):
        track = next(t for t in data["t"] if t["tt"] == kind)
        chosen = track["sg"] if index is None else [track["sg"][index]]
        for segment in chosen:
            segment["d"] = keys.get("d", segment["d"])
            segment["m"] |= {k: v for k, v in keys.items() if k != "d"}

    return change


def laid(*ranges):
    """A change: the main track shows these (index of a clip, in, out), one after the other, in seconds."""

    def change(data):
        was, at = data["t"][0]["sg"], 0
        data["t"][0]["sg"] = []
        for number, (i, low, high) in enumerate(ranges, 1):
            segment = copy.deepcopy(was[i])
            segment["d"] = round((high - low) * 1000)
            segment["m"] |= {
                "id": f"v{number}",
                "start": at,
                "in": round(low * 1000),
                "out": round(high * 1000),
            }
            segment["m"].pop("transition", None)
            at += segment["d"]
            data["t"][0]["sg"].append(segment)

    return change


def both(*changes):
    def change(data):
        for one in changes:
            one(data)

    return change


def root(**keys):
    return lambda data: data["m"].update(keys)


def added(kind, *segments):
    """A change: one more track with these (length in s, metadata)."""

    def change(data):
        data["t"].append(
            {"tt": kind, "m": {"name": "x"}, "sg": [{"d": int(d * 1000), "m": m} for d, m in segments]}
        )

    return change


def crossing(*kinds, d=500):
    """A change: these transitions at the cuts."""

    def change(data):
        at = 0
        for segment, kind in zip(data["t"][0]["sg"], ("", *kinds), strict=True):
            if kind:
                segment["m"]["transition"] = {"type": kind, "d": d}
            segment["m"]["start"] = at - (d if kind else 0)
            at = segment["m"]["start"] + segment["d"]

    return change


HELLO = {"id": "x9", "start": 0, "text": "Hello", "position": "top-center", "size": 64, "color": "#d01010"}
CALM = {"id": "a9", "start": 0, "src": "music:calm", "volume": 0.2}
SLOW = both(laid((0, 0, 10), (0, 10, 20), (0, 20, 180)), on(0, 1, speed=0.5, d=20_000))
STILL = both(laid((0, 0, 30), (0, 30, 30), (0, 30, 180)), on(0, 1, freeze=True, d=2000))

RIGHT = [
    (kept((0, 45), (80, 180)), "interview", laid((0, 0, 45), (0, 80, 180))),
    (kept((0, 45), (80, 180)), "interview", laid((0, 0, 20), (0, 20, 45.1), (0, 80, 180))),
    (kept(("harbour", 0, 5), ("night", 3, 30)), "trip", laid((0, 0, 5), (2, 3, 30))),
    (gone((20, 30), (50, 60)), "interview", laid((0, 0, 20), (0, 30, 50), (0, 60, 180))),
    (there((31, 49)), "interview", laid((0, 0, 20), (0, 30, 50))),
    (lasts(50, 0.3), "interview", laid((0, 0, 20), (0, 30, 60.2))),
    (clips("night", "harbour", "market"), "trip", laid((2, 0, 30), (0, 0, 10), (1, 0, 20))),
    (split_at(60), "interview", laid((0, 0, 60), (0, 60, 180))),
    (pieces(3), "interview", laid((0, 0, 60), (0, 60, 90), (0, 90, 180))),
    (clip("market", speed=2), "trip", on(0, 1, speed=2.0, d=10_000)),
    (clip("all", volume=0), "trip", on(0, None, volume=0)),
    (clip("all", d=3), "pictures", on(0, None, d=3000, out=3000)),
    (differ(rotate={"harbour": 90, "night": 180}), "trip", both(on(0, 0, rotate=90), on(0, 2, rotate=180))),
    (during(10, 20, speed=0.5), "interview", SLOW),
    (freeze(30, 2), "interview", STILL),
    (clip("all", looks=look("brightness", (0.01, 1))), "interview", on(0, 0, looks=[{"type": "brightness", "amount": 1}])),
    (clip("all", zoom=zoomed(slowly=True)), "interview", on(0, 0, zoom={"from": 1.0, "to": 1.2, "x": 0.5, "y": 0.5})),
    (joined("crossfade", 0.5), "trip", crossing("crossfade", "crossfade")),
    (joined(WIPES, at=[1]), "trip", crossing("wipe-left", "")),
    (frame(9, 16, "blur"), "interview", root(width=1080, height=1920, fit="blur")),
    (frame(9, 16, "crop", follows=True), "interview", both(root(width=1080, height=1920, fit="crop"), on(0, 0, focus=[[0, 0.4, 0.5]]))),
    (size(1280, 720), "interview", root(width=1280, height=720)),
    (fade((0.1, 6), 2, "white"), "interview", root(fade_in=1000, fade_out=2000, fade_color="white")),
    (loud(-14), "interview", root(loudness=-14.0)),
    (music("music:calm", 0, 180, volume=0.2), "interview", added(1, (180, CALM))),
    (no_music(), "edited", on(1, volume=0)),
    (text("Hello", 0, 3, color=hue("red"), position="top", style="title"), "interview", added(7, (3, HELLO))),
    (text_count(0), "edited", lambda data: data["t"].pop()),
    (on_beats(0.48), "song", laid((0, 0, 4.8), (1, 0, 20))),
    (unchanged(), "trip", lambda _: None),
    (any_of(kept((0, 10)), kept((0, 20))), "interview", laid((0, 0, 20))),
]  # fmt: skip
WRONG = [
    (kept((0, 45), (80, 180)), "interview", laid((0, 0, 45), (0, 81, 180))),
    (kept((0, 45), (80, 180)), "interview", laid((0, 80, 180), (0, 0, 45))),
    (kept((0, 45), (80, 180)), "interview", both(laid((0, 0, 45), (0, 80, 180)), crossing("crossfade"))),
    (kept((0, 45), (80, 180)), "interview", both(laid((0, 0, 45), (0, 80, 180)), on(0, 1, speed=2.0))),
    (kept((0, 45), (80, 120)), "edited", both(laid((0, 0, 45), (0, 80, 120)), lambda data: data["t"].pop())),
    (gone((20, 30)), "interview", laid((0, 0, 21), (0, 30, 180))),
    (there((31, 49)), "interview", laid((0, 0, 40), (0, 42, 50))),
    (lasts(50, 0.3), "interview", laid((0, 0, 20), (0, 30, 61))),
    (clips("night", "harbour"), "trip", laid((2, 0, 30), (0, 0, 9))),
    (split_at(60), "interview", laid((0, 0, 60), (0, 61, 180))),
    (clip("market", speed=2), "trip", on(0, None, speed=2.0)),
    (clip("market", speed=2), "trip", both(on(0, 1, speed=2.0), on(0, 0, volume=0))),
    (clip("all", volume=0), "trip", on(0, 1, volume=0)),
    (differ(rotate={"harbour": 90}), "trip", on(0, None, rotate=90)),
    (during(10, 20, speed=0.5), "interview", on(0, 0, speed=0.5)),
    (during(10, 20, speed=0.5), "interview", laid((0, 0, 10), (0, 20, 180))),
    (freeze(30, 2), "interview", both(STILL, on(0, 1, d=5000))),
    (clip("all", looks=look("bw")), "interview", on(0, 0, looks=[{"type": "bw"}, {"type": "blur"}])),
    (clip("all", looks=look("bw")), "interview", lambda _: None),
    (clip("all", zoom=zoomed(slowly=True)), "interview", on(0, 0, zoom={"from": 1.2, "to": 1.2})),
    (joined("crossfade", 0.5), "trip", crossing("crossfade", "")),
    (joined("crossfade", 0.5), "trip", crossing("crossfade", "wipe-left")),
    (joined(WIPES, at=[1]), "trip", crossing("wipe-left", "wipe-left")),
    (frame(9, 16), "interview", root(width=1080, height=1080)),
    (frame(9, 16), "interview", root(width=1080, height=1920, loudness=-14.0)),
    (frame(9, 16, "crop", follows=True), "interview", root(width=1080, height=1920, fit="crop")),
    (fade(None, 2), "interview", root(fade_in=1000, fade_out=2000)),
    (music("music:calm"), "interview", added(1, (180, CALM | {"src": "music:lofi"}))),
    (music(volume=0.35), "interview", added(1, (180, CALM))),
    (music("calm", 0, 60), "interview", added(1, (180, CALM))),
    (music("calm"), "edited", added(1, (99, CALM))),
    (text("Hello", color=hue("blue")), "interview", added(7, (3, HELLO))),
    (text("Hello"), "interview", added(7, (3, HELLO), (3, HELLO))),
    (text("Hello"), "interview", both(added(7, (3, HELLO)), added(1, (180, CALM)))),
    (on_beats(0.48), "song", laid((0, 0, 4.5), (1, 0, 20))),
    (unchanged(), "trip", on(0, 1, volume=0)),
    (unchanged(), "trip", root(fit="blur")),
    (may("frame"), "trip", root(fps=25)),
    (any_of(kept((0, 10)), kept((0, 20))), "interview", both(laid((0, 0, 20)), root(loudness=-14.0))),
]  # fmt: skip


@pytest.mark.parametrize(("check", "world", "change"), RIGHT, ids=range(len(RIGHT)))
def test_right(check, world, change):
    """A draft that is what was asked for passes."""
    assert judge(turn(world, change), [check]) == []


def test_wrong():
    """A draft that is something else, or something more, does not pass."""
    passed = [f"{check} {world}" for check, world, change in WRONG if not judge(turn(world, change), [check])]
    assert passed == []


def test_a_new_text_beside_the_old():
    """A text that takes the place of another is told from one more by their number."""
    changed = turn("edited", on(7, text="Hello"))
    assert judge(changed, [text("Hello"), text_count(1)]) == []
    assert judge(changed, [text("Hello"), text("Welcome")]) == ["text('Welcome')"]


def test_questions():
    """A question counts where it has choices and nothing was changed."""
    asked = turn("trip", calls=ASKED)
    assert judge(asked, [asks()]) == judge(asked, [asks("night")]) == []
    assert judge(asked, [asks("market")])
    assert judge(turn("trip"), [asks()])
    assert judge(turn("trip", on(0, 1, volume=0), calls=ASKED), [asks()])
    assert judge(asked, [says("well")]) == []
    assert judge(asked, [says("night")])


def test_versions():
    """Back is back to a version, and over is back to the clips as they came."""
    made = turn("edited")
    assert judge(replace(made, after=made.history[-1]), [back()]) == []
    assert judge(replace(made, after=made.history[-2]), [back()])
    assert judge(replace(made, after=made.unedited), [restarted()]) == []
    assert judge(made, [restarted()])
    assert judge(made, [as_at_first()])
    assert judge(replace(made, before=made.unedited), [as_at_first()]) == []


def test_worlds_are_whole():
    """No world has a draft that would be held against the agent."""
    for name, make in WORLDS.items():
        assert broken(make().draft.data, make()) == [], name


def test_broken_drafts():
    """Gaps, empty clips and clips beyond their end are seen."""
    world = WORLDS["interview"]()
    for change in (on(0, 0, out=190_000), on(0, 0, out=0), on(0, 0, start=1000)):
        assert broken(turn("interview", change).after, world)


FITTING = {
    "merge all the clips",
    "editing kiss or romantic scenes from video footage automatically for TikTok creators",
}
"""What is so already, and what need not be taken as an instruction."""


def test_nothing_is_not_enough():
    """Whoever does nothing fails each row that asks for something."""
    passed = [
        row[0]
        for rows in TABLES.values()
        for row in rows
        if not all(check.still for check in row[2:]) and not judge(turn(row[1]), row[2:])
    ]
    assert set(passed) == FITTING
