"""Calls that open models write into their text: in tags of their own, or as code."""

from __future__ import annotations

import ast
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["called", "loosely"]

_LONGEST_CODE = 20_000
_TAGGED = re.compile(r"<function=([\w.-]{1,60})>(.*?)(?:</function>|(?=<function=)|\Z)", re.DOTALL)
_PARAMETER = re.compile(r"<parameter=([\w.-]{1,60})>(.*?)(?:</parameter>|(?=<parameter=)|\Z)", re.DOTALL)
_INVOKED = re.compile(r'<invoke name="([\w.-]{1,60})">(.*?)(?:</invoke>|(?=<invoke )|\Z)', re.DOTALL)
_GIVEN = re.compile(
    r'<parameter name="([\w.-]{1,60})"[^<>]{0,60}>(.*?)(?:</parameter>|(?=<parameter )|\Z)', re.DOTALL
)
_CHANNEL = re.compile(
    r"\bto=functions\.([\w.-]{1,60})[^{]{0,80}<\|message\|>(.*?)(?:<\|(?:call|end|start|return)\|>|\Z)",
    re.DOTALL,
)
_COMMENT = re.compile(r"^[ \t]*//.*$", re.MULTILINE)
_SPARE_COMMA = re.compile(r",([ \t\r\n]*[}\]])")
_PARTED = re.compile(
    r"<｜tool▁call▁begin｜>\s*+(?:function)?+\s*+<｜tool▁sep｜>\s*+([\w.-]{1,60}+)\s*+(?:```(?:json)?+)?+\s*+"
    r"(\{(?:(?!<｜tool▁call▁begin｜>|<｜tool▁call▁end｜>).)*+)<｜tool▁call▁end｜>",
    re.DOTALL,
)
_ARGUED = re.compile(
    # Kimi's, Mistral's
    r"<\|tool_call_begin\|>\s*+(?:functions\.)?([\w-]{1,60}+)(?::\d{1,9})?\s*+<\|tool_call_argument_begin\|>(.*?)<\|tool_call_end\|>"
    r"|(?:\[TOOL_CALLS\])\s*+([\w-]{1,60}+)(?:\[CALL_ID\][\w-]{1,60}+)?\[ARGS\](.*?)(?=\[TOOL_CALLS\]|\Z)",
    re.DOTALL,
)
_KEYED = re.compile(
    r"<tool_call>\s*+([\w.-]{1,60}+)\s*+(<arg_key>.*?)(?:</tool_call>|(?=<tool_call>)|\Z)", re.DOTALL
)
_PAIR = re.compile(r"<arg_key>([^<]{1,60})</arg_key>\s*+<arg_value>(.*?)</arg_value>", re.DOTALL)


def called(text: str, known: frozenset[str]) -> list[tuple[str, Any]]:
    """The calls of a text in one of these forms, none if it is in none.

    `<function=cut>{…}</function>` and `<parameter=remove>` (Llama, Qwen), `<｜tool▁call▁begin｜>` (DeepSeek),
    `<invoke name="cut">` (MiniMax), `<arg_key>` (GLM), `<|tool_call_begin|>functions.cut:0` (Kimi),
    `[TOOL_CALLS]cut[ARGS]{…}` (Mistral), `to=functions.cut … <|message|>{…}` (gpt-oss), `[cut(remove=[…])]`
    (Llama's code). `known` are the names of the tools.

    Raises:
        ValueError: the arguments can't be read.
    """
    for pattern, read in _FORMS:
        if found := pattern.findall(text):
            return [read(*parts) for parts in found]
    return _code(text.strip(), known)


def _pairs(pattern: re.Pattern[str]) -> Callable[[str, str], tuple[str, Any]]:
    """What reads a call whose arguments are written one by one, each by this pattern."""
    return lambda name, inside: (
        name,
        {key.strip(): _value(value.strip()) for key, value in pattern.findall(inside)},
    )


_FORMS: tuple[tuple[re.Pattern[str], Callable[..., tuple[str, Any]]], ...] = (
    (_TAGGED, lambda name, inside: (name, _inside(inside.strip()))),
    (_INVOKED, _pairs(_GIVEN)),
    (_CHANNEL, lambda name, given: (name, json.loads(given))),
    (_PARTED, lambda name, given: (name, json.loads(given.rstrip().removesuffix("```")))),
    (_KEYED, _pairs(_PAIR)),
    (_ARGUED, lambda name, given, other, others: (name or other, json.loads(given or others))),
)


def loosely(text: str) -> Any:
    """JSON as some models write it: with comments, a comma too many, or the quotes of Python.

    Raises:
        ValueError: it is none of that.
    """
    if len(text) > _LONGEST_CODE:
        raise ValueError("too long")
    try:
        return json.loads(_SPARE_COMMA.sub(r"\1", _COMMENT.sub("", text)))
    except ValueError:
        try:
            return ast.literal_eval(text)
        except (SyntaxError, TypeError, MemoryError, RecursionError) as error:
            raise ValueError("no JSON") from error


def _inside(text: str) -> dict[str, Any]:
    if not (found := _PARAMETER.findall(text)):
        given = json.loads(text or "{}")
        return given if isinstance(given, dict) else {}
    return {name: _value(value.strip()) for name, value in found}


def _value(text: str) -> Any:
    """A parameter as JSON, or as the text that it is."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _code(text: str, known: frozenset[str]) -> list[tuple[str, Any]]:
    """Calls as Python writes them, with nothing but constants in them; nothing of it is ever run."""
    if not text.startswith(tuple(f"{start}{name}(" for name in known for start in ("", "["))):
        return []
    try:
        body = ast.parse(text[:_LONGEST_CODE], mode="eval").body
        nodes = body.elts if isinstance(body, ast.List) else [body]
        return [(_named(node, known), _keywords(node)) for node in nodes]
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return []


def _named(node: ast.expr, known: frozenset[str]) -> str:
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and not node.args
        and node.func.id in known
    ):
        return node.func.id
    raise ValueError("no call of a tool")


def _keywords(node: ast.expr) -> dict[str, Any]:
    assert isinstance(node, ast.Call)  # noqa: S101 - as it was named
    return {keyword.arg or "": ast.literal_eval(keyword.value) for keyword in node.keywords}
