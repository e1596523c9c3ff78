"""Events in shapes that the protocol does not name (§4): what they stand in, and where their words are.

Servers of chat answers write alike: `{"text": …}`, `{"content": …}`, OpenAI's `choices[0].delta.content`,
Gemini's `candidates[0].content.parts`, Anthropic's `content_block_delta`, Ollama's `message.content`. An
event that says that it is something else, such as a status or a tool's work, is none of the agent's words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .adk_codes import FAILURES, is_silent_end
from .json_values import first, mapping, parsed, plain, text
from .render_words import state_word

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Words",
    "holds_words",
    "inside",
    "is_prose",
    "is_quiet",
    "is_under_way",
    "kinds",
    "model_end",
    "other_end",
    "words_in",
    "words_of",
]

Words = tuple[str, bool]
"""Words for the user, and whether they are a piece of more."""

_MARK = "[DONE]"
"""By this OpenAI's servers say that a stream is at its end."""
_WRAPPED = (
    "data", "event", "payload", "result", "response", "message", "chunk", "delta", "choices", "candidates",
    "content", "parts", "output", "events", "messages", "body", "params", "kwargs", "contentblockdelta",
    "artifact",
)  # fmt: skip
"""What other events may stand in, in this order."""
_SAID = ("text", "content", "delta", "output_text", "token")
_PERHAPS = ("answer", "reply", "response", "output", "completion", "result", "data", "message")
"""These may hold words, and in an envelope hold something else."""
_HELD = ("data", "result")
"""What an envelope holds; a sentence in one is words."""
_OF_A_TOOL = frozenset({"tool", "toolname", "toolcallid", "name", "function", "call"})
"""Beside one of these a result is a tool's."""
_JOBS = ("data", "job", "task", "result", "message", "run")
"""Where an answer may tell of the work that a message has begun."""
_ENVELOPE = frozenset({"code", "success", "status", "ok"})
_FOR_A_TOOL = frozenset({"tool_calls", "function_call", "tool_use", "pause_turn"})
"""For one of these a model ends, and the agent goes on."""
_OTHERS = frozenset({"user", "human", "system", "tool", "function", "developer"})
_AGENTS = ("agent", "assistant", "model")
_THOUGHTS = frozenset({"thinking", "thought", "thoughts", "reasoning"})
"""An event of such a type is not for the user at all."""
_QUIET = frozenset(
    (
        "status", "progress", "usage", "log", "debug", "info", "meta", "metadata", "start", "started",
        "created", "begin", "ping", "pong", "heartbeat", "keepalive", "tool", "tools", "function", "user",
        "human", "system", "state", "session", "step", "stage",
    )
)  # fmt: skip
"""An event of such a type tells nothing that the agent says to the user."""
_WHOLE = frozenset({"done", "complete", "completed", "final", "whole", "end", "warning", "notice"})
_SIGNS = frozenset(
    ("ok", "done", "end", "ping", "pong", "start", "stop", "open", "connected", "keepalive", "null")
)
"""A line of one such word is a sign between machines."""
_STOPS = (".", "!", "?", "…", "。", "！", "？")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SHORTEST = 4
"""So many characters of a script without spaces are a sentence."""
_BOOKS = frozenset(
    map(
        plain,
        ("actions", "usage", "usageMetadata", "model", "author", "role", "id", "invocationId", "timestamp"),
    )
)


def inside(value: dict[str, Any]) -> Iterator[Any]:
    """What may be events inside of an event, in the order in which to look."""
    if _is_anothers(value):
        return
    if (parts := _beside_a_status(value)) is not None:
        yield parts
    named = {plain(name): held for name, held in value.items()}
    for name in _WRAPPED:
        held = parsed(named.get(name))
        if isinstance(held, (dict, list)) and held:
            yield held


def words_in(value: dict[str, Any]) -> Words | None:
    """The words that an event has for the user, where they stand openly; None if it has none."""
    if _is_anothers(value) or is_quiet(value):
        return None
    named = {plain(name): held for name, held in value.items()}
    whole = value.get("partial") is False or not kinds(value).isdisjoint(_WHOLE)
    for name in map(plain, _SAID):
        if isinstance(said := named.get(name), str) and said:
            return said, not whole
    in_envelope = not _ENVELOPE.isdisjoint(named)
    for name in _HELD if in_envelope else _PERHAPS:
        if name == "result" and not _OF_A_TOOL.isdisjoint(named):
            continue
        if isinstance(said := named.get(name), str) and is_prose(said) and (" " in said or not in_envelope):
            return said, not whole
    return None


def other_end(raw: Any) -> bool:
    """Whether what came says, in the manner of OpenAI, Anthropic or Ollama, that the answer is at its end."""
    if not isinstance(raw, dict):
        return bool(raw == _MARK)
    reason = model_end(raw)
    return raw.get("done") is True or (reason != "" and reason not in _FOR_A_TOOL)


def model_end(raw: dict[str, Any]) -> str:
    """Why a model's answer is at its end, in the word of OpenAI or the like; "" where none stands."""
    choices, delta = raw.get("choices"), raw.get("delta")
    places = [
        *((item, "finish_reason") for item in (choices if isinstance(choices, list) else ())),
        (raw, "finish_reason"),
        (raw, "finishReason"),
        (raw, "stop_reason"),
        (raw, "stopReason"),
        (raw.get("messageStop"), "stopReason"),
        (raw.get("incomplete_details"), "reason"),
        (mapping(raw.get("response")).get("incomplete_details"), "reason"),
        (delta, "stop_reason"),
        (raw, "done_reason"),
    ]
    told = (text(place.get(name)) for place, name in places if isinstance(place, dict))
    return next(filter(None, told), "")


def is_prose(line: str) -> bool:
    """Whether a text that came without any shape is words for people, and not a sign between machines."""
    said = line.strip()
    if not any(c.isalpha() for c in said) or said.startswith(("{", "[", "<")):
        return False
    return plain(said) not in _SIGNS


def holds_words(raw: Any) -> bool:
    """Whether there is a sentence in what was not understood, beside what servers keep for themselves."""
    stack: list[Any] = [raw]
    while stack:
        held = stack.pop()
        if isinstance(held, str) and _is_sentence(held.strip()):
            return True
        if isinstance(held, dict) and not is_quiet(held) and not _is_anothers(held):
            skipped = FAILURES if is_silent_end(held) else frozenset()
            stack += [
                item for name, item in held.items() if plain(name) not in _BOOKS and name not in skipped
            ]
        elif isinstance(held, list):
            stack += held
    return False


def _is_sentence(words: str) -> bool:
    """Whether a text is several words, one with a full stop, or Chinese."""
    if not any(c.isalpha() for c in words):
        return False
    return " " in words or words.endswith(_STOPS) or len(_CJK.findall(words)) >= _SHORTEST


def is_quiet(value: dict[str, Any]) -> bool:
    """Whether an event says by its type that its words are not the agent's: a status, a tool's work."""
    return _beside_a_status(value) is None and not kinds(value).isdisjoint(_QUIET)


def is_under_way(value: Any) -> bool:
    """Whether an answer says of the message no more than that it is queued, or being worked at."""
    held = mapping(value)
    for part in (held, *(mapping(held.get(name)) for name in _JOBS)):
        status = first(part, "status", "state")
        if part.get("accepted") is True or state_word(text(status)) in ("pending", "processing"):
            return True
    return False


def _beside_a_status(value: dict[str, Any]) -> list[Any] | None:
    """The agent's words where an event of A2A tells them beside the state of its task; else None."""
    status = value.get("status")
    message = status.get("message") if isinstance(status, dict) else None
    if not isinstance(message, dict) or message.get("role") not in _AGENTS:
        return None
    parts = message.get("parts")
    return parts if isinstance(parts, list) and parts else None


def _is_anothers(value: dict[str, Any]) -> bool:
    """Whether an event is what somebody else said, or what the agent only thought."""
    speakers = {text(value.get(name)).lower() for name in ("role", "author", "sender")}
    thought = value.get("thought") is True or not kinds(value).isdisjoint(_THOUGHTS)
    return thought or not speakers.isdisjoint(_OTHERS)


def kinds(value: dict[str, Any]) -> set[str]:
    """The words of an event's type: `response.output_text.delta` has four."""
    return words_of(" ".join(text(value.get(name)) for name in ("type", "event", "kind", "object")))


def words_of(told: str) -> set[str]:
    """The words of a name, in lower case: `streamError` has two."""
    return set(re.split(r"[^a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", told).lower()))
