"""What happens to a cell's text: long magics become awaited calls, so that a click is handled meanwhile.

A magic can't be a coroutine. But what IPython makes of `%nemo edit …` is a line of Python, and that line can
be an `await`: the kernel's loop then stays free for the Cancel button even where the front end uses no
subshell. A magic in a loop, below `%%time` and its like, or called by a program is left as it
is, and blocks in slices.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from .commands import LONG
from .swallowed import nested

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MARK", "asking", "awaiting"]

MARK = "\u200b"
"""Stands behind the question mark of a question, and is taken away again before anybody reads it."""

_QUESTION = re.compile(r"^\s*(?:[\w.]+\s*=\s*)?%nemo\s+(?!help\b)\S+\s+\S.*\?\s*$")
"""Several words with a question mark behind them are said to the agent, or to be told how to say it."""

_HELP = re.compile(r"^\s*\?{0,2}\s*%{1,2}nemo\s+(?P<name>[a-z]+)\s*\?{0,2}\s*$")
"""`%nemo export?`, or with the question mark in front: help on a subcommand, as on anything of Python's."""

_CALL = re.compile(
    r"^(?P<indent>[ \t]*)(?P<target>[\w.\[\]'\"]+\s*=\s*)?"
    r"get_ipython\(\)\.run_(?P<kind>line|cell)_magic\('nemo',\s*(?P<words>.*)\)\s*$",
    re.DOTALL,
)


_SETTING = re.compile(r"get_ipython\(\)\.run_line_magic\('(?:autoawait|pdb)'")
"""A line of the cell itself that may forbid to await."""


def asking(lines: list[str]) -> list[str]:
    """Keep `%nemo ask how long is it?` a question to the agent: IPython takes a `?` at the end for help.

    `%nemo export?` is a question for help, on what IPython knows nothing of.
    """
    if lines and lines[0].startswith("%%") and not lines[0].startswith("%%nemo"):
        return lines
    return [_asking(line) for line in lines]


def _asking(line: str) -> str:
    if "?" in line and (found := _HELP.match(line)):
        return f"%nemo help {found['name']}\n"
    return f"{line.rstrip()}{MARK}\n" if _QUESTION.match(line) else line


def awaiting(shell: Any) -> Callable[[list[str]], list[str]]:
    """The input transformer for `shell`: lines of transformed code in, lines out."""

    def transform(lines: list[str]) -> list[str]:
        can_await = _can_await(shell, lines)
        return [_awaited(line, can_await=can_await) for line in lines]

    return transform


def _can_await(shell: Any, lines: list[str]) -> bool:
    """Whether a cell may await.

    It may not while a cell is run by another's code (%%time, %%capture, run_cell); and not with %pdb: a
    debugger that finds nobody to talk to ends an awaiting cell without an answer, so that it hangs.
    """
    if not getattr(shell, "autoawait", False) or getattr(shell, "call_pdb", False) or nested():
        return False
    return not any(_SETTING.match(line) for line in lines)


def _awaited(line: str, *, can_await: bool = True) -> str:
    found = _CALL.match(line)
    if not found:
        return line
    indent, target, words = found["indent"], found["target"] or "", found["words"]
    ours = "get_ipython().magics_manager.registry['NemoMagics']"
    if can_await and not indent and _long(found["kind"], words):
        assigned = ", assigned=True" if target else ""
        return f"{target}await {ours}.awaited({words}{assigned})\n"
    return f"{indent}{target}{ours}.assigned({words})\n" if target else line


def _long(kind: str, words: str) -> bool:
    try:
        first = ast.literal_eval(f"({words},)")
    except (SyntaxError, ValueError):
        return False
    return kind == "cell" or next(iter(str(first[0]).split()), "") in LONG
