"""What is typed behind `%nemo`, taken apart: the subcommand, its options, the instruction."""

from __future__ import annotations

import re
import shlex
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.errors import UsageError
from nemo_widgets.reasons import sentence

from .commands import COMMANDS, SAYING, parsers
from .filling import filled, words_of
from .near import unknown

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

__all__ = ["parse"]

_COMMENT = re.compile(r"\s#\s+(?=[^\W\d])")
"""Where a comment begins, as Python has them behind a line; `# 1` is a number, and what is quoted stays."""
_BEHIND = re.compile(r"(?:^|\s)(--[a-z]+|-o\s+[^\W\d]\w*)\s*$")
"""An option at the end of an instruction, where other magics take theirs, too."""
_MAGIC = re.compile(r"^\s*(%%?nemo(?: \w+)?|%%?[A-Za-z_]\w*)", re.MULTILINE)
_SHORT = 2
"""`-o` and `-3` are no slips of longer options."""
_NAMED = 3
"""An option that more subcommands take is told of so many."""
_DOLLAR = re.compile(r"\$([A-Za-z_]\w*)")


def parse(
    line: str, cell: str | None, variables: Mapping[str, Any] = MappingProxyType({})
) -> tuple[str, argparse.Namespace]:
    """The subcommand and its options from what was typed.

    `%nemo` alone is help; `%%nemo` with a text below is `ask`. In `edit` and `ask`, everything between the
    options in front and those at the end is the instruction to the letter (quotes included). `{name}` stands
    for a variable, or any other expression; elsewhere for one word whatever is in it (a file's name with
    spaces, say), or for several if it is a list.

    Raises:
        UsageError: there is no such subcommand or option, the nearest is named; or braces stand for nothing.
    """
    name, _, rest = line.strip().partition(" ")
    if not rest:
        name = name.removesuffix(";")
    if not name:
        name = "help" if cell is None else "ask"
    elif name not in COMMANDS and cell is not None and name.startswith("-"):
        name, rest = "ask", line
    if name not in COMMANDS:
        raise unknown(name, line, COMMANDS)
    if name in SAYING:
        _check_alone(name, cell or "")
        rest, behind = _parted(name, _uncommented(f" {rest}"))
        return name, _instruction(name, behind, filled(rest, variables), filled(cell or "", variables))
    if cell is not None and cell.strip():
        raise UsageError(say("magic.no text", name=name), hint=say("magic.one line", line=line.strip()))
    words = _words(rest.rstrip().removesuffix(";"), variables)  # at a ; IPython shows nothing
    try:
        return name, parsers()[name].parse_args(words)
    except UsageError as error:
        if not (others := _of_others(name, words)):
            _check_slips(name, words)
        error.hint = f"{others}{error.hint}"
        if len(words) > 1 and not any(word.startswith("-") for word in words):
            error.hint += say("magic.spaces", line=line.strip())
        raise


def _of_others(name: str, words: list[str]) -> str:
    """Where an option belongs that stands behind the wrong subcommand; "" if there is none."""
    for word in (word.partition("=")[0] for word in words if word.startswith("--")):
        owners = [each for each, parser in parsers().items() if parser.takes(word)]
        if owners and name not in owners:
            names = say("magic.and").join(f"`%nemo {each}`" for each in owners[:_NAMED])
            return say("magic.belongs", option=word, names=names)
    return ""


def _check_slips(name: str, words: list[str]) -> None:
    """Raises UsageError where one of the words is a misspelt option."""
    for option in (word.partition("=")[0] for word in words if word.startswith("-")):
        if len(option) > _SHORT:
            parsers()[name].check(option)


def _check_alone(name: str, cell: str) -> None:
    """Raises UsageError where a text holds a magic, ours or not, which would go to the agent as words."""
    if found := _MAGIC.search(cell):
        raise UsageError(
            say("magic.inside", found=found[1], name=name),
            hint=say("magic.own cell"),
        )


def _uncommented(rest: str) -> str:
    for found in _COMMENT.finditer(rest):
        before = rest[: found.start()]
        opened = len(re.findall(r"(?<!\w)'(?=\w)", before)) - len(re.findall(r"(?<=\S)'(?!\w)", before))
        if before.count('"') % 2 == 0 and before.count("“") == before.count("”") and opened <= 0:
            return before.rstrip()
    return rest


def _words(rest: str, variables: Mapping[str, Any]) -> list[str]:
    words: list[str] = []
    for word in _split(rest):
        if word == "#":  # a comment
            break
        dollar = _DOLLAR.fullmatch(word)
        if dollar and dollar[1] in variables:
            word = f"{{{dollar[1]}}}"  # noqa: PLW2901 - as IPython's own magics take it
        words += words_of(word, variables)
    return words


def _parted(name: str, rest: str) -> tuple[str, list[str]]:
    """The instruction, and the options at its end.

    Raises:
        UsageError: one of them is misspelt, and would be sent to the agent as a word.
    """
    options: list[str] = []
    while found := _BEHIND.search(rest):
        option = found[1].split()[0]
        if not any(parsers()[each].takes(option) for each in SAYING):
            parsers()[name].check(option)
            break
        options = [*found[1].split(), *options]
        rest = rest[: found.start()]
    return rest, options


def _instruction(name: str, behind: list[str], rest: str, cell: str) -> argparse.Namespace:
    options = list(behind)
    words = rest.strip()
    while words.startswith("-"):
        option, _, words = words.partition(" ")
        parsers()[name].check(option)
        options.append(option)
        if option == "-o":
            value, _, words = words.strip().partition(" ")
            options.append(value)
        words = words.strip()
    found = parsers()[name].parse_args(options)
    found.words = "\n".join(part for part in (words, cell.strip()) if part)
    if not found.words:
        raise UsageError(say("edit.no instruction"), hint=say("magic.write it", name=name))
    return found


def _unsplit(error: ValueError) -> str:
    told = sentence(str(error))
    return say("magic.no closing") if told == "No closing quotation." else told


def _split(rest: str) -> list[str]:
    try:
        return [word.strip("\"'") if word[:1] in "\"'" else word for word in shlex.split(rest, posix=False)]
    except ValueError as error:
        before, comment, _ = rest.partition(" # ")
        if comment:
            return _split(before)
        raise UsageError(say("magic.quotation", rest=rest), hint=_unsplit(error)) from None
