"""Edits of what is found in picture and sound: kisses, black, blurry and frozen parts, the best of it."""

from __future__ import annotations

import base64

import pytest
from studio.agent.instructions.worlds import WORLDS

from nemo_widgets.studio.agent import Agent, AgentSettings, ToolCall
from nemo_widgets.studio.agent.edits.highlights import _moments
from nemo_widgets.studio.agent.world import Heartbeat, Picture, Question, Text, ToolResult
from nemo_widgets.studio.analysis import AnalysisError


@pytest.fixture
def seeing(world, see):
    """The interview, in which all of this is found."""
    return see(world)


@pytest.mark.parametrize(
    ("sentence", "points"),
    [
        ("remove the kiss scene", [(0, 50_000), (58_400, 110_000)]),
        ("keep only the kiss", [(50_000, 58_400)]),
        ("detect the kiss and cut it out", [(0, 50_000), (58_400, 110_000)]),
        ("remove the black bits", [(1200, 110_000)]),
        ("delete the blurry parts and the black frames", [(1200, 30_000), (33_000, 110_000)]),
        ("keep the best scene", [(60_000, 110_000)]),
        ("把吻戏剪掉", [(0, 50_000), (58_400, 110_000)]),
        ("删掉模糊的部分", [(0, 30_000), (33_000, 110_000)]),
        ("cut the pauses after 0:30", [(0, 40_000), (43_000, 70_000), (70_800, 110_000)]),
        ("cut the longest pause", [(0, 40_000), (43_000, 110_000)]),
        ("cut the long pause in the middle", [(0, 40_000), (43_000, 110_000)]),
        ("只剪前半段的停顿", [(0, 10_000), (12_000, 40_000), (43_000, 110_000)]),
    ],
)
def test_what_goes(sentence, points, seeing, do, shown):
    """What is found goes, or stays alone, to the millisecond."""
    assert shown(do(sentence, seeing).draft) == points


@pytest.mark.parametrize(
    ("sentence", "seconds"),
    [("make a 30 second highlight reel", 30), ("give me the best minute", 60), ("剪成15秒的精彩集锦", 15)],
)
def test_reel(sentence, seconds, seeing, do, shown):
    """A reel is as long as was asked and made of the best moments, in order."""
    points = shown(do(sentence, seeing).draft)
    assert abs(sum(b - a for a, b in points) - 1000 * seconds) <= 1500
    assert points == sorted(points)
    assert points[-1][1] == 110_000


def test_reel_longer_than_the_footage(seeing, do):
    """A reel that would be longer than the footage changes nothing and says why."""
    done = do("make a 5 minute highlight reel", seeing)
    assert done.draft is None
    assert "only 1:50" in done.reply


def test_scenes_of_several_clips_are_told_apart():
    """The first scene of one clip is not the first scene of another."""
    world = WORLDS["trip"]()
    world.find = lambda _: [{"start": 0, "end": 5000, "score": 0.5, "speech": False, "scene": 0}]
    found = _moments([Question("moments", src) for src in world.media], world.draft.data, world)
    assert len(found) == len({moment["scene"] for moment in found}) == 3


NOTHING_THERE = [
    ("remove the kiss", "no kiss scene"),
    ("remove the blurry parts", "no blurry stretch"),
    ("remove the black bits", "no black stretch"),
    ("cut the frozen parts", "no frozen stretch"),
    ("cut the pauses longer than 50 seconds", "no pauses of 50 s or more"),
    ("remove the transitions", "no transitions"),
    ("remove the title", "no title"),
]


@pytest.mark.parametrize(("sentence", "words"), NOTHING_THERE)
def test_what_is_not_there_is_not_refused(sentence, words, world, do):
    """Where nothing is found that is to go, whatever it is, the message is done and changes nothing."""
    done = do(sentence, world)
    assert (done.draft, done.outcome) == (None, "done")
    assert done.reply.endswith("Nothing was changed.")
    assert words in done.reply
    done = do(f"{sentence}, and add background music", world)
    assert (done.edits, done.outcome) == (["add_music"], "done")
    assert words in done.reply


@pytest.mark.parametrize(("sentence", "words"), NOTHING_THERE[:5])
def test_what_could_not_be_looked_for_is_not_done(sentence, words, world, do):
    """Where nobody could look, nobody says that nothing is there: why is told, and the rest offered."""

    def find(_question, _progress):
        raise AnalysisError("it can't be decoded.")

    world.find = find
    done = do(sentence, world)
    assert (done.draft, done.outcome) == (None, "refused")
    for said in (done, do(f"{sentence} and add background music", world)):
        assert "interview.mp4: it can't be decoded. So I could not look for that." in said.reply
        assert words not in said.reply
    assert (said.draft, said.outcome) == (None, "asked")


@pytest.mark.parametrize("what", ["kiss", "blurry part", "black bits"])
def test_what_is_to_stay_has_to_be_there(what, world, do):
    """Where nothing is found that is to stay alone, nothing would be left: that is refused."""
    done = do(f"keep only the {what}", world)
    assert (done.draft, done.outcome) == (None, "refused")
    assert "to keep" in done.reply


def test_why_no_kiss_can_be_found(world, do):
    """Where faces can't be looked for, what to install is said beside the refusal."""

    def find(_question, _progress):
        raise AnalysisError('Faces need pip install "nemo-widgets[faces]".')

    world.find = find
    done = do("remove the kiss", world)
    assert done.draft is None
    assert "nemo-widgets[faces]" in done.reply


def test_the_analyses_are_shown(seeing):
    """Each analysis is a tool's call with its answer, before the edit."""
    steps = Agent(AgentSettings(silent="never")).turn("remove the kiss", seeing)
    assert [s.name for s in steps if isinstance(s, ToolCall)] == [
        "detect_kiss",
        "take_stills",
        "cut_segments",
    ]


@pytest.mark.parametrize(
    ("sentence", "words"), [("remove the kiss", "The kiss in"), ("把吻戏剪掉", "中的吻戏")]
)
def test_what_was_taken_for_a_kiss_is_shown(sentence, words, seeing, monkeypatch):
    """Behind the cut and before the words a picture shows what was found, told in the language spoken."""
    real = seeing.find

    def find(question, progress):
        if question.kind != "strip":
            return real(question, progress)
        assert question.options == (("end_ms", 58_400), ("start_ms", 50_000))
        return {"png": base64.b64encode(b"a picture").decode(), "times": [50_700, 52_100]}

    monkeypatch.setattr(seeing, "find", find)
    steps = [
        s for s in Agent(AgentSettings(silent="never")).turn(sentence, seeing) if not isinstance(s, Heartbeat)
    ]
    (at,) = (i for i, step in enumerate(steps) if isinstance(step, Picture))
    assert steps[at].png == b"a picture"
    assert words in steps[at].alt
    assert "0:50–0:58.4" in steps[at].alt
    assert steps[at - 1].name == "cut_segments"
    assert all(isinstance(step, Text) for step in steps[at + 1 : -1])
    (told,) = (s.response for s in steps if isinstance(s, ToolResult) and s.name == "take_stills")
    assert told == {"status": "success", "times": [50.7, 52.1]}
