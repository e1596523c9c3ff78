"""Every reply in Chinese: what is said in the tables, answered in Chinese whatever language it is said in."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from studio.agent.instructions.checks import offered
from studio.agent.instructions.judging import Pick
from studio.agent.instructions.tables import TABLES
from studio.agent.instructions.worlds import WORLDS

from nemo_widgets.draft import Draft
from nemo_widgets.studio.agent import Agent, AgentSettings, ToolCall, agent, plan, replies
from nemo_widgets.studio.agent.dialogue import understanding
from nemo_widgets.studio.agent.planning import trouble
from nemo_widgets.studio.analysis import errors
from nemo_widgets.studio.words import Said, spaced

HAN = "\u3400-\u9fff"
FULL = f"{HAN}“”，。；：、！？（）《》"
SPACED = re.compile(f"[{FULL}] +[{FULL}]| +[的，。；：、！？）]|[，。；：、！？（] +")
HALF = re.compile(f"[{HAN}] ?[,;?!]|[,;?!] ?[{HAN}]|[{HAN}”]\\.")
"""A half-width mark beside a Chinese character."""
QUOTED, CODE = re.compile("“[^”]*”|《[^》]*》"), re.compile("`[^`]*`")
TERMS = {"lo-fi", "lufs", "dbtp", "db", "srt", "vtt", "ass", "mp4", "mb", "http", "nemo_llm_url"}
"""Words that a Chinese editor has, too."""
NAMES = ["海边", "市场.mp4", "夜里的街", "访谈 上.mp4"]


def wrong_in(reply, names=()):
    """What is not written as Chinese is: our own English words, spaces and marks in the wrong places."""
    bare = CODE.sub("0", QUOTED.sub("“”", reply))
    for name in sorted(filter(None, names), key=len, reverse=True):
        ends = ("0" if letter.isascii() else "名" for letter in (name[0], name[-1]))
        bare = bare.replace(name, "".join(ends))
    words = [word for word in re.findall(r"[A-Za-z][\w'’-]+", bare) if word.lower() not in TERMS]
    return words + SPACED.findall(bare) + HALF.findall(bare)


def renamed(world):
    """The world with files that have Chinese names."""
    new = dict(zip(world.media, NAMES, strict=False))
    world.media = {src: replace(item, name=new.get(src, item.name)) for src, item in world.media.items()}
    for draft in (world.draft, world.first, *world.history):
        for track in draft.data["t"]:
            for segment in track["sg"]:
                meta = segment["m"]
                meta |= {"name": new[meta["src"]]} if meta.get("src") in new else {}
    world.draft, world.first = Draft(world.draft.data), Draft(world.first.data)
    return world


def answers(messages, world):
    """The replies to messages said one after the other, and what the clips are called."""
    calls = ()
    for message in messages if isinstance(messages, tuple) else (messages,):
        said = message.among(offered(calls)) if isinstance(message, Pick) else message
        if said is None:
            return
        steps = list(Agent(AgentSettings(heartbeat_s=0.05)).turn(said, world))
        calls = tuple((step.name, step.args) for step in steps if isinstance(step, ToolCall))
        names = {item.name for item in world.media.values()}
        choices = [label for label in offered(calls) if re.search(f"[{HAN}]", label)]
        assert not [label for label in choices if re.search(r"\bclips? ?\d", label)]
        yield said, steps[-1].reply, names | {name.rpartition(".")[0] for name in names}
        world.take(said, steps[-1])


@pytest.fixture
def in_chinese(monkeypatch):
    """Every answer comes in Chinese."""
    real = replies.reply
    monkeypatch.setattr(Said, "in_language", lambda said, _, told=Said.in_language: told(said, "zh-CN"))
    for module in (plan, understanding):
        monkeypatch.setattr(module, "language_of", lambda *_: "zh-CN")
    for module in (agent, replies):
        monkeypatch.setattr(module, "reply", lambda spoken, _: real(spoken, "zh-CN"))


@pytest.mark.parametrize("theme", list(TABLES))
def test_every_reply_is_written_as_chinese_is(theme, in_chinese):
    """No English word of ours, no space between Chinese characters or before 的 and a mark, in any reply.

    Every second row is said of files that have Chinese names.
    """
    del in_chinese
    found = {}
    for number, (messages, name, *_) in enumerate(TABLES[theme]):
        world = WORLDS[name]()
        world.language = "zh-CN"
        for said, reply, names in answers(messages, renamed(world) if number % 2 else world):
            if bad := wrong_in(reply, names):
                found[said] = (bad, reply)
    assert not found


@pytest.mark.parametrize(
    "said",
    [
        trouble.unreachable("", Said("no answer", "没有回答")),
        trouble.unreachable("通义", Said("HTTP 500", "HTTP 500")),
        trouble.declined("通义", "做不到。"),
        trouble.no_plan("通义"),
        trouble.too_many("通义", 40),
    ],
)
def test_what_is_said_of_a_model_is_written_as_chinese_is(said):
    """Likewise where a language model is asked, whose name may be Chinese."""
    assert wrong_in(said.said.in_language("zh-CN")) == []


@pytest.mark.parametrize("kind", [getattr(errors, name) for name in errors.__all__])
def test_why_nothing_could_be_found_is_told_in_chinese(kind):
    """Each reason of an analysis has its Chinese sibling."""
    assert wrong_in(kind.zh) == []
    assert kind.zh.endswith("。")


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (("把", "a.mp4", "移到了", "0:10", "。"), "把 a.mp4 移到了 0:10。"),
        (("把", "海边", "移到了最前面。"), "把海边移到了最前面。"),
        (("全部 3 个片段", "的速度设为", "2×", "，音调不变。"), "全部 3 个片段的速度设为 2×，音调不变。"),
        (("a.mp4", "的全部"), "a.mp4的全部"),
        (("", "访谈 上", "", "倒放。"), "访谈 上倒放。"),
    ],
)
def test_a_space_stands_between_two_scripts_only(parts, told):
    """Between Chinese and Latin letters or figures is a space, elsewhere none; a name keeps its own."""
    assert spaced(*parts) == told
