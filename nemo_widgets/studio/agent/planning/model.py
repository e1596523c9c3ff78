"""A language model behind an API as OpenAI's: asked only for what the grammar does not understand."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import clock, summary
from nemo_widgets.studio.agent.composing import Plan
from nemo_widgets.studio.agent.edits.edit import Said

from .tools import build, schemas

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.edits.edit import Edit
    from nemo_widgets.studio.agent.world import World

__all__ = ["Model", "ModelError", "allowed", "planned"]

_MOST_CALLS = 30
_MOST_BYTES = 1_000_000
_LONGEST_REASON = 300
_ROLE = """You edit a video timeline by calling tools; you never write prose plans.
Do exactly what the user asks and nothing else. If no tool can do it, call none and say so in one sentence,
in the user's language. Times are integer milliseconds on the timeline. Calls are carried out in order."""


_APPLY = ("apply the plan", "执行方案")
_ALLOWED = re.compile(rf"\s*(?:{'|'.join(_APPLY)})\s*:?\s*(\[.*\])\s*", re.IGNORECASE | re.DOTALL)


class ModelError(Exception):
    """The model gave no plan that can be carried out; one sentence in both languages."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.en)
        self.said = said


@dataclass(frozen=True, slots=True)
class Model:
    """Where the model is asked. `url` is the API's base, such as http://127.0.0.1:11434/v1."""

    url: str
    name: str
    key: str = field(default="", repr=False)
    timeout_s: float = 120.0

    @classmethod
    def from_environment(cls) -> Model | None:
        """The model that NEMO_LLM_URL, NEMO_LLM_MODEL and NEMO_LLM_KEY name; None without the first two."""
        url, name = (os.environ.get(f"NEMO_LLM_{key}", "").strip() for key in ("URL", "MODEL"))
        return cls(url, name, os.environ.get("NEMO_LLM_KEY", "").strip()) if url and name else None

    def ask(self, text: str, world: World) -> list[tuple[str, Any]]:
        """The calls that the model answers an instruction with: names and arguments, unchecked.

        Raises:
            ModelError: it can't be reached, its answer makes no sense, or it declines.
        """
        body = {
            "model": self.name,
            "messages": [
                {"role": "system", "content": _ROLE},
                {"role": "user", "content": _told(text, world)},
            ],
            "tools": schemas(),
            "temperature": 0,
        }
        import httpx  # only who has a model waits for it

        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        try:
            answer = httpx.post(
                f"{self.url.rstrip('/')}/chat/completions",
                json=body,
                headers=headers,
                timeout=httpx.Timeout(self.timeout_s, connect=10),
                follow_redirects=False,
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _unreachable(self.name, f"{type(error).__name__}") from error
        if answer.status_code != httpx.codes.OK:
            raise _unreachable(self.name, f"HTTP {answer.status_code}")
        return _calls(answer.content, self.name)


def planned(calls: list[tuple[str, Any]], model: str, language: str) -> Plan:
    """The plan that a model's calls come to, every argument checked.

    Raises:
        ModelError: one of them is no edit.
    """
    edits: list[Edit] = []
    for name, arguments in calls:
        try:
            edits.append(build(name, arguments))
        except ValueError as error:
            raise ModelError(
                Said(
                    f"The plan of {model} can't be carried out: {error}. Nothing was changed.",
                    f"{model} 的方案无法执行：{error}。没有做任何改动。",
                )
            ) from error
    names = ", ".join(edit.name for edit in edits)
    sentence = [{"name": name, "arguments": arguments} for name, arguments in calls]
    confirm = f"{_APPLY[0]} {json.dumps(sentence, ensure_ascii=False, separators=(',', ':'))}"
    notes = Said(f"{model} planned this: {names}.", f"由 {model} 规划：{names}。")
    return Plan(tuple(edits), language, told=tuple(range(len(edits))), notes=notes, confirm=confirm)


def allowed(text: str, language: str) -> Plan | None:
    """The plan in a message that allows one; None if it is no such message.

    Raises:
        ModelError: what is in it is no plan.
    """
    said = _ALLOWED.fullmatch(text)
    if said is None:
        return None
    wrapped = {"choices": [{"message": {"tool_calls": [{"function": f} for f in _list(said[1])]}}]}
    calls = _calls(json.dumps(wrapped).encode(), "The message")
    return replace(planned(calls, "", language), confirm="", notes=Said())


def _list(text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def _told(text: str, world: World) -> str:
    files = [
        {"src": item.src, "name": item.name, "kind": item.kind, "duration_ms": item.duration_ms}
        for item in world.media.values()
    ]
    length = world.draft.duration_ms
    return (
        f"Timeline: {length} ms ({clock(length)}).\n{summary(world.draft)}\n"
        f"Uploaded files: {json.dumps(files, ensure_ascii=False)}\nInstruction: {text}"
    )


def _calls(content: bytes, model: str) -> list[tuple[str, Any]]:
    """The calls in an answer.

    Raises:
        ModelError: there are none, or too many, or it is no answer at all.
    """
    try:
        message = json.loads(content[:_MOST_BYTES])["choices"][0]["message"]
        functions = [call["function"] for call in message.get("tool_calls") or []]
        calls = [(str(f["name"]), _arguments(f.get("arguments"))) for f in functions]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ModelError(
            Said(
                f"{model} answered with something that is no plan. Nothing was changed.",
                f"{model} 的回答不是可执行的方案。没有做任何改动。",
            )
        ) from error
    if not calls:
        words = " ".join(str(message.get("content") or message.get("refusal") or "").split())[
            :_LONGEST_REASON
        ]
        raise ModelError(
            Said(
                f"{model} found no way to do that{f': “{words}”' if words else ''}. Nothing was changed.",
                f"{model} 也做不到{f'：“{words}”' if words else ''}。没有做任何改动。",
            )
        )
    if len(calls) > _MOST_CALLS:
        raise ModelError(
            Said(
                f"{model} planned {len(calls)} edits at once, which is too many. Nothing was changed.",
                f"{model} 一次规划了 {len(calls)} 个操作，太多了。没有做任何改动。",
            )
        )
    return calls


def _arguments(given: Any) -> Any:
    return json.loads(given) if isinstance(given, str) and given.strip() else given or {}


def _unreachable(model: str, why: str) -> ModelError:
    return ModelError(
        Said(
            f"I did not understand that, and {model} can't be asked ({why}): see NEMO_LLM_URL. "
            "Nothing was changed.",
            f"没听懂，也无法询问 {model}（{why}），请检查 NEMO_LLM_URL。没有做任何改动。",
        )
    )
