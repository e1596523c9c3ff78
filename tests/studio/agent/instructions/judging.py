"""Runs the rows of the tables: the messages said in a world, the draft judged at the end."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from studio.agent.instructions.checks import Check, Turn, judge, offered
from studio.agent.instructions.reading import shots
from studio.agent.instructions.worlds import WORLDS

from nemo_widgets.studio.agent import Agent, AgentSettings, Done, ToolCall

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.agent.instructions.worlds import SaidWorld

Row = tuple[Any, ...]
"""(sentence, world, check, ...); several messages are a tuple of sentences and `pick`s."""


@dataclass(frozen=True)
class Pick:
    """The answer to the question before: the first choice in which one of these words is."""

    words: tuple[str, ...]

    def among(self, labels: list[str]) -> str | None:
        return next((label for label in labels for word in self.words if word.casefold() in label), None)


def pick(*words: str) -> Pick:
    """A message that answers a question; see `Pick`."""
    return Pick(words)


@dataclass(frozen=True)
class Verdict:
    """What came of one row. `meddled`: it was to change nothing, and something was changed."""

    said: str
    world: str
    wrong: list[str] = field(default_factory=list)
    reply: str = ""
    still: bool = False
    meddled: bool = False

    def __str__(self) -> str:
        answer = " ".join(self.reply.split())[:160]
        return f"[{self.world}] {self.said}\n    {'; '.join(self.wrong)}\n    answered: {answer}"


def try_row(row: Row) -> Verdict:
    """Say a row's messages in a fresh world and judge what came of them."""
    said, name, *checks = row
    messages = said if isinstance(said, tuple) else (said,)
    told = " / ".join(m if isinstance(m, str) else f"({' or '.join(m.words)})" for m in messages)
    still = all(check.still for check in checks if isinstance(check, Check))
    world = WORLDS[name]()
    first, turn = copy.deepcopy(world.draft.data), None
    for message in messages:
        if isinstance(message, Pick):
            answer = message.among(offered(turn.calls) if turn else [])
            if answer is None:
                return Verdict(told, name, ["no such choice was offered"], turn.reply if turn else "", still)
            message = answer  # noqa: PLW2901 - what is said
        turn = _say(message, world, first)
    assert turn is not None
    wrong = judge(turn, checks) + broken(turn.after, world)
    return Verdict(told, name, wrong, turn.reply, still, meddled=still and not turn.untouched)


def _say(message: str, world: SaidWorld, first: dict[str, Any]) -> Turn:
    before, history = copy.deepcopy(world.draft.data), tuple(d.data for d in world.history)
    steps = list(Agent(AgentSettings(silent="never", heartbeat_s=0.05)).turn(message, world))
    done = steps[-1]
    assert isinstance(done, Done)
    calls = tuple((s.name, s.args) for s in steps if isinstance(s, ToolCall))
    world.take(message, done)
    after = world.draft.data
    return Turn(first, before, after, done.undo, done.reply, calls, world.first.data, history)


def broken(data: dict[str, Any], world: SaidWorld) -> list[str]:
    """What no draft may be, whatever was said."""
    found, end = [], 0
    for s in shots(data):
        overlap = (s.meta.get("transition") or {}).get("d", 0)
        media = world.media.get(s.src)
        if abs(s.start - (end - overlap)) > 2:
            found.append(f"{s.name} does not begin where the clip before it ends")
        if not s.meta.get("freeze") and s.low >= s.high:
            found.append(f"{s.name} shows nothing")
        if s.low < 0 or (media and media.kind == "video" and s.high > media.duration_ms):
            found.append(f"{s.name} is shown beyond its end")
        end = s.end
    return found


def try_all(rows: Iterable[Row]) -> list[Verdict]:
    """The verdicts of many rows."""
    return [try_row(row) for row in rows]


def report(verdicts: Iterable[Verdict]) -> str:
    """The rows that are wrong, with what came out."""
    return "\n".join(str(v) for v in verdicts if v.wrong)
