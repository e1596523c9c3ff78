"""A model's answer read for the calls in it, in whatever form servers and models write them.

`tool_calls`, the older `function_call`, and plans in the text: as JSON, fenced, or in `<tool_call>` tags;
whole, or in the pieces of a stream (SSE, or a JSON object a line).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from .dialects import called, loosely
from .trouble import declined, no_plan, too_many

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["calls_of", "error_in", "message_of"]

_MOST_CALLS = 30
_MOST_PIECES = 100_000
_NAME = ("name", "tool", "tool_name", "function", "action", "recipient_name")
_ARGUMENTS = ("arguments", "args", "parameters", "params", "input", "tool_input", "action_input")
_LISTS = (
    "tool_calls", "calls", "plan", "edits", "actions", "steps", "tools", "functions", "commands",
    "operations", "tool_uses",
)  # fmt: skip
_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(
    r"<(tool_calls?|function_calls?|tool|function)>(.*?)(?:</\1>|(?=<\1>)|\Z)", re.DOTALL | re.IGNORECASE
)
_FENCE = re.compile(r"(?:```|~~~)[ \t]*+[\w-]*+[ \t]*+\n(.*?)(?:\n[ \t]*+(?:```|~~~)|\Z)", re.DOTALL)
_MARK = re.compile(r"<\|[\w_▁|]{1,40}\|>|\[TOOL_CALLS\]|\[/?TOOL_CALL\]|functools(?=\[)")
_CANNOT = re.compile(
    r"\b(?:can(?:no|')t|can not|unable|sorry|impossible|no tool|none of|not able|don't have|won't)\b"
    "|无法|不能|没有工具|抱歉|做不到",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    _CANNOT.pattern
    + r"|\b(?:but|however|if|could|would|might|such as|should|shall|example|instead|unless|not|wait|don't)\b"
    r"|[?？但别]|如果|例如|是否|不要",
    re.IGNORECASE,
)
"""Words behind a plan by which it may be none."""


def message_of(content: bytes) -> dict[str, Any]:
    """The message in the body of an answer, put together if it came in pieces.

    Raises:
        ValueError: there is none.
    """
    text = content.decode("utf-8", "replace").lstrip("\ufeff")
    try:
        whole = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    except ValueError:
        return _joined(_events(text))
    return _message(whole)


def error_in(content: bytes) -> str:
    """The reason that a server gives in an answer that is none, "" if it gives none that can be read."""
    text = content.decode("utf-8", "replace")
    try:
        body = json.loads(text)
    except RecursionError:
        return ""
    except ValueError:
        first = next(_events(text), None)
        if first is None:
            return "" if "<" in text[:200] else text
        body = first
    for _ in range(4):
        if isinstance(body, list):
            body = body[0] if body else ""
        if not isinstance(body, dict):
            break
        body = next((body[k] for k in ("error", "message", "detail", "msg", "reason") if body.get(k)), "")
    return str(body) if isinstance(body, (str, int, float)) else ""


def calls_of(message: dict[str, Any], model: str, known: frozenset[str]) -> list[tuple[str, Any]]:
    """The calls in a message: names and arguments, unchecked. `known` are the names of the tools.

    Raises:
        ModelError: there are none, or too many, or they can't be read.
    """
    try:
        calls = [_call(item) for item in _list(message.get("tool_calls"))]
        if not calls and message.get("function_call"):
            calls = [_call(message["function_call"])]
        calls = calls or [_call(part) for part in _list(message.get("content")) if _is_used(part)]
        text = _THOUGHT.sub("", _text(message.get("content")))
        calls = calls or _in_text(text, known)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise no_plan(model) from error
    if not calls:
        raise declined(model, text or _text(message.get("refusal")))
    if len(calls) > _MOST_CALLS:
        raise too_many(model, len(calls))
    return calls


def _message(body: Any) -> dict[str, Any]:
    if isinstance(body, dict):
        choices = body.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices else body
        if isinstance(choice, dict):
            message = choice.get("message")
            if isinstance(message, dict):
                return message
            if isinstance(choice.get("text"), str):
                return {"content": choice["text"]}
    raise ValueError("no message")


def _events(text: str) -> Iterator[Any]:
    """The JSON objects of a stream: behind `data:`, or a line each."""
    for line in text.splitlines()[:_MOST_PIECES]:
        data = line[5:].strip() if line.startswith("data:") else line.strip()
        if data[:1] == "{":
            try:
                yield json.loads(data)
            except (ValueError, RecursionError):
                continue


def _joined(events: Iterator[Any]) -> dict[str, Any]:
    """The message that the pieces of a stream come to."""
    content: list[str] = []
    calls: dict[Any, dict[str, str]] = {}
    older = {"name": "", "arguments": ""}
    seen = False
    for event in events:
        choices = event.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices else event
        delta = choice.get("delta") or choice.get("message") if isinstance(choice, dict) else None
        if not isinstance(delta, dict):
            continue
        seen = True
        content.append(_text(delta.get("content")))
        for piece in filter(None, _list(delta.get("tool_calls"))):
            if not isinstance(piece, dict):
                raise ValueError("a piece that is no object")  # noqa: TRY004 - of the server, not of our own
            key = _key(piece, calls)
            if key in calls or len(calls) <= _MOST_CALLS:
                _add(calls.setdefault(key, {"name": "", "arguments": ""}), piece.get("function"))
        _add(older, delta.get("function_call"))
    if not seen:
        raise ValueError("no message")
    whole: dict[str, Any] = {
        "content": "".join(content),
        "tool_calls": [{"function": c} for c in calls.values()],
    }
    return whole | ({"function_call": older} if older["name"] else {})


def _key(piece: Any, calls: dict[Any, dict[str, str]]) -> Any:
    """Which call a piece belongs to: by index or id; else the last one, unless both have a beginning."""
    for key in ("index", "id"):
        if isinstance(piece.get(key), (int, str)) and piece[key] != "":
            return piece[key]
    function = piece.get("function")
    named = isinstance(function, dict) and bool(function.get("name"))
    last = next(reversed(calls), None)
    return len(calls) if last is None or (named and calls[last]["arguments"]) else last


def _add(call: dict[str, str], piece: Any) -> None:
    """One more piece of a call; a name may come again whole, arguments may come as an object."""
    if not isinstance(piece, dict):
        return
    name, arguments = piece.get("name"), piece.get("arguments")
    if isinstance(name, str) and name != call["name"]:
        call["name"] += name
    if isinstance(arguments, str):
        call["arguments"] += arguments
    elif isinstance(arguments, dict):
        call["arguments"] = json.dumps(arguments)


def _in_text(text: str, known: frozenset[str]) -> list[tuple[str, Any]]:
    """The calls that a text consists of, none if it is prose; a plan behind a 'can't' is an example."""
    if found := called(text, known):
        return found
    if tags := [m[2] for m in _TAG.finditer(text)]:
        return [call for inside in tags for call in _plan(inside, known)]
    if fences := _FENCE.findall(text):
        if _CANNOT.search(_FENCE.sub(" ", text)):
            return []
        return [call for inside in fences for call in _plan(inside, known)]
    bare = _MARK.sub("", text).strip().strip("`").strip()
    if bare.startswith(('"{', '"[')):
        bare = str(json.loads(bare))  # JSON within JSON
    starts = re.search(r"[\[{]", bare)
    if starts is None or _CANNOT.search(bare[: starts.start()]):
        return []
    head, rest = bare[: starts.start()], bare[starts.start() :]
    return _plan(rest, known) or ([] if _TAKEN_BACK.search(head) else _plan(_before_words(rest), known))


def _before_words(text: str) -> str:
    """The JSON at the beginning of a text with words behind it, "" where they may take it back."""
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return ""
    return "" if _TAKEN_BACK.search(text[end:]) or re.search(r"[\[{]", text[end:]) else text[:end]


def _plan(text: str, known: frozenset[str]) -> list[tuple[str, Any]]:
    """The calls of JSON: a call, a list of them, an object that holds one, or one object behind another."""
    text = text.strip()
    found: list[Any] = []
    decoder = json.JSONDecoder()
    while text and len(found) <= _MOST_CALLS:
        try:
            value, end = decoder.raw_decode(text)
        except ValueError:
            try:
                value, end = loosely(text), len(text)
            except ValueError:
                return []
        found.append(value)
        text = text[end:].lstrip(" \t\r\n,;")
    if text:
        return []
    items = [item for value in found for item in _items(value)]
    return [_call(item, known) for item in items] if all(_is_call(item, known) for item in items) else []


def _items(value: Any) -> list[Any]:
    if isinstance(value, dict):
        inner = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
        return [value] if inner is None else inner
    return value if isinstance(value, list) else [value]


def _is_call(item: Any, known: frozenset[str]) -> bool:
    if not isinstance(item, dict):
        return False
    named = any(isinstance(item.get(key), (str, dict)) for key in _NAME)
    return named or (len(item) == 1 and next(iter(item)) in known)


def _is_used(part: Any) -> bool:
    """Whether a part of a content is a call: `{"type": "tool_use", "name", "input"}`."""
    return isinstance(part, dict) and part.get("type") in ("tool_use", "tool_call", "function_call")


def _call(item: Any, known: frozenset[str] = frozenset()) -> tuple[str, Any]:
    """One call: OpenAI's `{"function": {"name", "arguments"}}`, or flat, or `{"cut": {…}}`."""
    if isinstance(item.get("function"), dict):
        item = item["function"]
    if len(item) == 1 and (name := next(iter(item))) in known:
        return name, _arguments(item[name])
    name = next((item[key] for key in _NAME if isinstance(item.get(key), str)), None)
    if not name:
        raise ValueError("a call without a name")
    given = next((item[key] for key in _ARGUMENTS if item.get(key) is not None), None)
    if given is None:
        given = {key: value for key, value in item.items() if key not in (*_NAME, *_ARGUMENTS, "id", "type")}
    return str(name).removeprefix("functions."), _arguments(given)


def _arguments(given: Any) -> Any:
    for _ in range(2):  # some servers encode them twice
        given = json.loads(given) if isinstance(given, str) and given.strip() else given
    return given or {}


def _text(content: Any) -> str:
    """The words of a content, which may be a list of parts."""
    if isinstance(content, list):
        parts = (part.get("text") if isinstance(part, dict) else part for part in content)
        return "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
