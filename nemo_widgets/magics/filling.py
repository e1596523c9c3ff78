"""What stands in braces in a magic, in place of the braces: a variable or any expression, as in an f-string.

`{{` and `}}` are the braces themselves. What can't be worked out is refused: nobody is sent braces that
were meant to be a number.
"""

from __future__ import annotations

import re
from contextlib import suppress
from inspect import CO_OPTIMIZED
from itertools import chain
from sys import _getframe
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.errors import UsageError
from nemo_widgets.reasons import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import CodeType, FrameType

__all__ = ["filled", "scope", "words_of"]

_AROUND = ("IPython", "contextlib", "nemo_widgets")
"""The packages that stand between a magic and the code it was typed in."""
_TEXT = re.compile(r"[^{}]+|\{\{|\}\}")
_STRING = re.compile(r"('''|\"\"\"|'|\")(?:\\.|(?!\1).)*+\1", re.DOTALL)
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_LONGEST = 60


def scope(user_ns: Mapping[str, Any]) -> dict[str, Any]:
    """The variables where a magic was typed: a function's own before the notebook's.

    A name that the function gives a value further down stands for nothing yet, as in Python.
    """
    frame: FrameType | None = _getframe(1)
    while frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] in _AROUND:
        frame = frame.f_back
    if frame is None:
        return dict(user_ns)
    code = frame.f_code
    own = dict(frame.f_locals)
    seen = {**user_ns, **frame.f_globals}
    if code.co_flags & CO_OPTIMIZED:
        for name in chain(code.co_varnames, code.co_cellvars, code.co_freevars):
            seen.pop(name, None)
    return {**seen, **own}


def filled(text: str, variables: Mapping[str, Any]) -> str:
    """The text with each `{expression}` worked out.

    Raises:
        UsageError: one of them stands for nothing.
    """
    return "".join(_formatted(words, variables) if braced else words for words, braced in _parts(text))


def words_of(word: str, variables: Mapping[str, Any]) -> list[str]:
    """The same for one word of a command: a list or tuple in braces is as many words as it has items.

    Raises:
        UsageError: as `filled`.
    """
    parts = list(_parts(word))
    if len(parts) == 1 and parts[0][1]:
        with suppress(SyntaxError):  # it may have a format behind it
            code = compile(f"({parts[0][0]})", "<braces>", "eval")
            value = _worked_out(parts[0][0], code, variables)
            return [str(each) for each in value] if isinstance(value, (list, tuple)) else [str(value)]
    return [filled(word, variables)]


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text in order, in parts: words as they stand, and what is in braces (True)."""
    at = 0
    while at < len(text):
        if m := _TEXT.match(text, at):
            yield (m[0][:1] if m[0] in ("{{", "}}") else m[0]), False
            at = m.end()
        else:
            end = _end(text, at)
            if text[at] == "}" or not end or not text[at + 1 : end].strip():
                near = text[at : end + 1 or at + _LONGEST].partition("\n")[0]
                raise UsageError(say("braces.alone", near=near), hint=_twice())
            yield text[at + 1 : end], True
            at = end + 1


def _end(text: str, at: int) -> int:
    """Where the brace that opens at `at` is closed, 0 for nowhere."""
    open_ = [_PAIRS["{"]] if text[at] == "{" else []
    at += 1
    while open_ and at < len(text):
        if quoted := _STRING.match(text, at):
            at = quoted.end()
            continue
        if text[at] in _PAIRS:
            open_.append(_PAIRS[text[at]])
        elif text[at] == open_[-1]:
            open_.pop()
            if not open_:
                return at
        at += 1
    return 0


def _formatted(words: str, variables: Mapping[str, Any]) -> str:
    try:
        code = compile(f'f"""{{{words}}}"""', "<braces>", "eval")
    except SyntaxError:
        raise UsageError(say("braces.no python", words=_shown(words)), hint=_twice()) from None
    return str(_worked_out(words, code, variables))


def _worked_out(words: str, code: CodeType, variables: Mapping[str, Any]) -> Any:
    name = words.strip()
    if name.isidentifier() and name not in variables:  # nor is a function of Python's meant, such as max
        raise UsageError(say("braces.no variable", words=_shown(words)), hint=_twice())
    try:
        return eval(code, dict(variables))  # noqa: S307 - the user's own code, as in every magic
    except Exception as error:  # noqa: BLE001 - whatever the user's own code raises
        why = sentence(f"{type(error).__name__}: {error}")
        raise UsageError(say("braces.failed", words=_shown(words), why=why), hint=_twice()) from None


def _twice() -> str:
    return say("braces.twice", braces="{{…}}")


def _shown(words: str) -> str:
    return f"`{{{words}}}`" if len(words) <= _LONGEST else f"`{{{words[:_LONGEST]}…`"
