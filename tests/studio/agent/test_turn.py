"""A turn as the server sees it: steps in order, silence, heartbeats, cancelling."""

from __future__ import annotations

import threading
import time
import zlib

import pytest
from waiting import PATIENCE_S

from nemo_widgets.studio.agent import (
    Agent,
    AgentSettings,
    Done,
    Heartbeat,
    Plan,
    Refusal,
    Text,
    ToolCall,
    ToolResult,
    capabilities,
    understand,
)
from nemo_widgets.studio.analysis.errors import AnalysisCancelled, NoSound


def steps(text, world, **settings):
    return list(Agent(AgentSettings(**settings)).turn(text, world))


def test_steps_of_a_cut(world):
    """Analysis, heartbeat, cut, text in pieces that make up the reply, and the draft at the end."""
    said = steps("cut the pauses", world, silent="never")
    calls = [s for s in said if isinstance(s, ToolCall)]
    results = [s for s in said if isinstance(s, ToolResult)]
    assert [c.name for c in calls] == ["analyze_audio", "cut_segments"]
    assert [r.id for r in results] == [c.id for c in calls]
    assert results[0].response["pauses"] == 3
    assert any(isinstance(s, Heartbeat) for s in said)
    pieces = [s.delta for s in said if isinstance(s, Text)]
    assert len(pieces) > 2
    done = said[-1]
    assert isinstance(done, Done)
    assert "".join(pieces) == done.reply
    assert done.edits == ["cut"]
    assert sum(isinstance(s, Done) for s in said) == 1


@pytest.mark.parametrize(
    ("question", "summary"),
    [
        (
            "what is on the timeline?",
            "Timeline (1 track): 1. Video: interview (0:00-0:45), interview (0:45-1:15)",
        ),
        ("时间线上有什么？", "时间线（1 条轨道）：1. 视频：interview (0:00-0:45), interview (0:45-1:15)"),
    ],
)
def test_the_timeline_is_told_where_it_is_asked_for(question, summary, world, do):
    """Who asks for the summary gets it, in the language of the question; an edit leaves it out."""
    assert "Timeline (" not in do("remove 0:45-1:20", world).reply
    assert do(question, world).reply == summary


@pytest.mark.parametrize("sentence", [f"remove the first {n} seconds" for n in range(1, 13)])
def test_a_third_is_silent(sentence, world):
    """Where a third is to be silent, the checksum of a cut's words decides; its draft is there."""
    done = steps(sentence, world, silent="third")[-1]
    assert (done.reply == "") == (zlib.crc32(sentence.encode()) % 3 == 0)
    assert done.draft is not None


@pytest.mark.parametrize("sentence", [f"remove the first {n} seconds" for n in range(1, 13)])
def test_nothing_is_silent_unless_that_is_set(sentence, world):
    """Left to itself the agent says what it did, whatever the words."""
    assert steps(sentence, world)[-1].reply.startswith("Removed 0:00")


@pytest.mark.parametrize(
    "sentence", ["add music", 'add a title "x"', "nonsense", "how long is it?", "remove 3:00-3:10"]
)
def test_never_silent(sentence, world):
    """Music, titles and refusals always say what happened, even if all cuts are silent."""
    assert steps(sentence, world, silent="always")[-1].reply


def test_silent_shows_its_tools(world):
    """A silent cut has no text but shows its tools."""
    said = steps("remove 0:45-1:20", world, silent="always")
    assert not any(isinstance(s, Text) for s in said)
    assert any(isinstance(s, ToolCall) for s in said)


def test_undo_is_never_silent(world, do):
    """An undo says what it did."""
    do("remove 0:45-1:20", world)
    assert steps("undo", world, silent="always")[-1].reply


def test_heartbeats_while_listening(world):
    """A long analysis beats."""
    quick, enough, beats = world.find, threading.Event(), 0

    def slow(*args):
        assert enough.wait(PATIENCE_S)
        return quick(*args)

    world.find = slow
    for step in Agent(AgentSettings(heartbeat_s=0.02)).turn("cut the pauses", world):
        beats += isinstance(step, Heartbeat)
        if beats == 3:
            enough.set()
    assert isinstance(step, Done)


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("remove 0:45-1:20", "done"),
        ("undo", "done"),
        ("cut the pauses longer than 50 seconds", "done"),
        ("nonsense", "refused"),
        ("paint the sky pink", "refused"),
        ("remove 3:00-3:10", "refused"),
        ("redo", "refused"),
        ("remove the kiss scene", "done"),
        ("把吻戏剪掉", "done"),
        ("remove the blurry parts", "done"),
        ("remove the music", "done"),
        ("remove the title", "done"),
        ("keep only the kiss", "refused"),
        ("keep only the blurry parts", "refused"),
        ("export it", "refused"),
        ("cut 10 seconds", "asked"),
        ("how long is it?", "answered"),
        ("what is at 0:30?", "answered"),
        ("hello", "answered"),
        ("唱首歌", "refused"),
        ("cut the pauses, then sing a song", "asked"),
    ],
)
def test_what_became_of_the_message(sentence, outcome, world, do, see):
    """The turn's end says what became of the message: done, refused, asked or answered.

    What is to go and is not there has gone: nothing is refused. What is to stay alone has to be there.
    """
    do("remove 0:45-1:20", see(world))
    world.find = lambda question, _: [] if question.kind in ("pauses", "kisses") else None
    assert do(sentence, world).outcome == outcome


def test_cancelled(world):
    """A cancelled turn ends without a draft."""
    world.stopped = True
    assert not any(isinstance(s, Done) for s in steps("cut the pauses", world))


def test_closing_stops_the_analysis(world):
    """Closing the generator reaches the analysis at its next sign of progress."""
    stopped = threading.Event()

    def endless(_question, progress):
        try:
            while True:
                progress(0.1)
                time.sleep(0.01)
        finally:
            stopped.set()

    world.find = endless
    turn = Agent(AgentSettings(heartbeat_s=0.01)).turn("cut the pauses", world)
    while not isinstance(next(turn), Heartbeat):
        pass
    turn.close()
    assert stopped.wait(PATIENCE_S)


def test_analysis_that_fails(world):
    """What the analysis has to say is said to the user, and nothing changes."""

    def deaf(*_):
        raise NoSound("The sound is empty.")

    world.find = deaf
    done = steps("cut the pauses", world)[-1]
    assert done.draft is None
    assert "The sound is empty." in done.reply


def test_analysis_cancelled(world):
    """An analysis that was cancelled ends the turn without a draft."""

    def cancelled(*_):
        raise AnalysisCancelled

    world.find = cancelled
    assert not any(isinstance(s, Done) for s in steps("cut the pauses", world))


def test_language(world, do):
    """The answer is in the language of the words outside of quotes, else in the session's."""
    assert "Added the title" in do('add a title "城市"', world).reply
    assert "加了标题" in do("加标题“City”", world).reply
    world.language = "zh-CN"
    assert "你好" in do("!!!", world).reply
    assert "没听懂" in do("asdf", world).reply
    assert "undid" in do("undo", world).reply.lower() or "undo" in do("undo", world).reply.lower()


def test_understand_changes_nothing(world):
    """Understanding alone gives a plan or a reason, and never asks for an analysis."""
    plan = understand("cut the pauses, add transitions, and export it", world)
    assert isinstance(plan, Plan)
    assert plan.export
    assert [edit.name for edit in plan.edits] == ["cut", "set_transitions"]
    refusal = understand("sing a song", world)
    assert isinstance(refusal, Refusal)
    assert refusal.words == "sing a song"
    assert not world.asked


def test_capabilities():
    """There is a list of what can be done in each language."""
    assert "pauses" in capabilities("en")
    assert "停顿" in capabilities("zh-CN")
