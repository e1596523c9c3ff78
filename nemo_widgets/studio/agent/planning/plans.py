"""A model's calls as a plan: checked, put in words where it has to be allowed, and remembered until then."""

from __future__ import annotations

import hashlib
import json
import re
from collections import OrderedDict
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.agent.composing import Plan
from nemo_widgets.studio.words import Said, spaced

from .evidence import bears_out
from .tools import OTHERS, build
from .trouble import ModelError, cut_short, no_plan
from .wording import in_words, names

if TYPE_CHECKING:
    from nemo_widgets.draft import Draft
    from nemo_widgets.studio.agent.edits.edit import Edit
    from nemo_widgets.studio.agent.world import World

__all__ = ["allowed", "planned"]

_MOST_PLANS = 100
_MOST_STEPS = 1000
_LONGEST_ANSWER = 2000
_ALLOWED = re.compile(
    r"\s*(?:plan|方案)\s*([0-9a-f]{8})\s*(?:[:：].*|[.。!！]\s*)?", re.IGNORECASE | re.DOTALL
)


class _Remembered:
    """The last plans that were shown, by their ids: what was to be done, and to which draft."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._plans: OrderedDict[str, tuple[list[tuple[str, Any]], str]] = OrderedDict()

    def keep(self, calls: list[tuple[str, Any]], draft: Draft) -> str:
        """The plan's id."""
        state = _digest(draft.data)
        name = _digest([state, calls])[:8]
        with self._lock:
            self._plans[name] = (calls, state)
            self._plans.move_to_end(name)
            while len(self._plans) > _MOST_PLANS:
                self._plans.popitem(last=False)
        return name

    def find(self, name: str) -> tuple[list[tuple[str, Any]], str] | None:
        """The plan of this id; None if it was forgotten, or never was."""
        with self._lock:
            return self._plans.get(name)


_plans = _Remembered()


def planned(calls: list[tuple[str, Any]], model: str, language: str, text: str, world: World) -> Plan:
    """The plan that a model's calls for a message come to, every argument checked.

    It is to be asked about where the message does not bear it out.

    Raises:
        ModelError: one of them is nothing that can be done.
    """
    if said := _answer(calls, model):
        return Plan((), language, notes=said)
    plan = _plan(calls, model, language)
    name, words, short = _plans.keep(calls, world.draft), in_words(calls), names(calls)
    return replace(
        plan,
        doubtful=not bears_out(text, plan.edits, world),
        notes=Said(f"{model} planned this: {short.en}.", spaced("由", model, f"规划：{short.zh}。")),
        confirm=Said(f"plan {name}: {words.en}", f"方案 {name}：{words.zh}"),
    )


def allowed(text: str, world: World) -> Plan | None:
    """The plan that a message allows by its id; None if it is no such message.

    Raises:
        ModelError: the plan is not remembered, or was made for another state of the timeline.
    """
    said = _ALLOWED.fullmatch(text)
    if said is None:
        return None
    name = said[1].lower()
    found = _plans.find(name)
    if found is None:
        raise ModelError(
            Said(
                f"I don't remember plan {name} any more; say again what you want. Nothing was changed.",
                f"已经不记得方案 {name} 了，请再说一遍。没有做任何改动。",
            )
        )
    calls, state = found
    if state != _digest(world.draft.data):
        raise ModelError(
            Said(
                f"The timeline has changed since plan {name} was made; say again what you want. "
                "Nothing was changed.",
                f"方案 {name} 之后时间线已有改动，请再说一遍。没有做任何改动。",
            )
        )
    return _plan(calls, "", world.language)


def _answer(calls: list[tuple[str, Any]], model: str) -> Said | None:
    """What a model answers where it would change nothing; None where it would."""
    if {name for name, _ in calls} != {"answer_question"}:
        return None
    texts = (given.get("text") if isinstance(given, dict) else None for _, given in calls)
    words = cut_short(" ".join(filter(None, map(str, texts))), _LONGEST_ANSWER)
    if not words:
        raise no_plan(model)
    return Said(f"{model}: {words}", f"{model}：{words}")


def _plan(calls: list[tuple[str, Any]], model: str, language: str) -> Plan:
    """Versions back or a fresh start first, then the edits."""
    back = {name: _steps(given) for name, given in calls if name in ("undo", "redo", "start_over")}
    if len(back) > 1:
        raise no_plan(model)
    edits = _edits([(name, given) for name, given in calls if name not in OTHERS], model)
    return Plan(
        edits,
        language,
        undo=back.get("undo", 0),
        redo=back.get("redo", 0),
        start_over="start_over" in back,
        told=tuple(range(len(edits))),
    )


def _steps(given: Any) -> int:
    steps = given.get("steps", 1) if isinstance(given, dict) else 1
    return steps if isinstance(steps, int) and 0 < steps <= _MOST_STEPS else 1


def _edits(calls: list[tuple[str, Any]], model: str) -> tuple[Edit, ...]:
    edits: list[Edit] = []
    for name, arguments in calls:
        try:
            edits.append(build(name, arguments))
        except (ValueError, RecursionError) as error:
            raise ModelError(
                Said(
                    f"The plan of {model} can't be carried out: {error}. Nothing was changed.",
                    spaced(model, "的方案无法执行：")
                    + f"“{names([(name, {})]).zh}”的参数不对。没有做任何改动。",
                )
            ) from error
    return tuple(edits)


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
