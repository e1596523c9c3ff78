"""Sentences as people say them who have never seen the studio's words: those that it understands stay so.

`wishes.jsonl`: what somebody said, after what was said before (`setup`), and the plain instructions that lead to the
same timeline. `offered.jsonl`: what is asked about, with a choice that leads there. `nothing.jsonl`: what changes nothing, such as idle talk, reports, questions, what can't be done.
"""

# ruff: noqa: E501

import json
from pathlib import Path

import pytest

from nemo_widgets.studio.agent import Agent, MediaItem, ToolCall

from .conftest import FOUND, clip_draft, make_world, run

CLIPS = (
    ("/media/aa11/interview.mp4", "interview", 20_000),
    ("/media/dd44/trip.mp4", "trip", 15_000),
    ("/media/ee55/night.mp4", "night", 25_000),
)
SEEN = {
    **FOUND,
    "kisses": [{"start": 5000, "end": 9000, "confidence": 0.9}],
    "scenes": [[0, 9000], [9000, 20_000]],
    "stretches": {"black": [[0, 800]], "blurry": [[3000, 5000]], "frozen": []},
    "moments": [{**moment, "start": moment["start"] % 20_000} for moment in FOUND["moments"][:4]],
}
PARTS = 8


def rows(name):
    text = (Path(__file__).with_name("strangers") / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def film(row):
    """Three clips with sound, as they are after the instructions that were given before."""
    world = make_world(clip_draft(*CLIPS))
    world.media = {src: MediaItem(src, f"{name}.mp4", "video", ms, has_audio=True) for src, name, ms in CLIPS}
    world.found = {CLIPS[0][0]: [(4000, 5500), (12_000, 14_000), (17_000, 17_800)]}
    heard = world.find
    world.find = lambda q, progress: SEEN[q.kind] if q.kind in SEEN else heard(q, progress)
    world.language = "en" if row["lang"] == "en" else "zh-CN"
    for said in row.get("setup", ()):
        run(said, world)
    return world


def plain(draft):
    """The draft without what differs from one making of it to the next."""

    def bare(value):
        if isinstance(value, dict):
            return {k: bare(v) for k, v in value.items() if k not in ("id", "from_id", "title_id")}
        return [bare(v) for v in value] if isinstance(value, list) else value

    return bare(draft.data)


@pytest.mark.parametrize("part", range(PARTS))
def test_what_strangers_wish_for_is_done_at_once(part):
    """It leads to the timeline that the plain instructions lead to."""
    wrong = []
    for row in rows("wishes")[part::PARTS]:
        said, expected = film(row), film(row)
        reply = run(row["say"], said).reply
        for instruction in row["want"]:
            run(instruction, expected)
        if plain(said.draft) != plain(expected.draft):
            wrong.append((row["say"], row["want"], reply))
    assert not wrong


@pytest.mark.parametrize("part", range(PARTS // 2))
def test_what_strangers_wish_for_is_done_or_offered(part):
    """What is not beyond doubt is asked about: one of the choices leads there, at most three beside the last."""
    missed = []
    for row in rows("offered")[part :: PARTS // 2]:
        expected, said = film(row), film(row)
        for instruction in row["want"]:
            run(instruction, expected)
        labels = choices(row["say"], said)
        assert len(labels) <= 4, labels
        for label in labels[:-1] if plain(said.draft) != plain(expected.draft) else ():
            world = film(row)
            run(row["say"], world)
            run(label, world)
            if plain(world.draft) == plain(expected.draft):
                break
        else:
            missed += [(row["say"], labels)] if plain(said.draft) != plain(expected.draft) else []
    assert not missed


def choices(text, world):
    """The labels of the choices of the question that a message is answered with."""
    agent = Asking()
    run(text, world, agent=agent)
    return [
        option["label"]
        for step in agent.steps
        if isinstance(step, ToolCall) and step.name == "ask_question"
        for option in step.args["questions"][0]["options"]
    ]


class Asking(Agent):
    """An agent that keeps its steps."""

    def turn(self, text, world):
        self.steps = []
        for step in super().turn(text, world):
            self.steps.append(step)
            yield step


@pytest.mark.parametrize("part", range(PARTS))
def test_what_strangers_only_talk_of_changes_nothing(part):
    """A needless question is asked of one in ten of them at the most."""
    changed, asked, all_ = [], [], rows("nothing")[part::PARTS]
    for row in all_:
        world = film(row)
        before = plain(world.draft)
        done = run(row["say"], world)
        changed += [(row["say"], done.reply)] if plain(world.draft) != before else []
        asked += [row["say"]] if done.outcome == "asked" else []
    assert not changed
    assert len(asked) <= len(all_) / 10, asked
