"""The subcommands of `%nemo`: their words, options and help, as data that everything else reads."""

from __future__ import annotations

import argparse
import re
import shlex
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn

from nemo_widgets.errors import UsageError

from .near import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COMMANDS", "LONG", "LOOKING", "OFFERED", "help_text", "parse", "parsers"]

COMMANDS = {
    "connect": "connect to the cloud, or with --local to the studio on this machine",
    "sessions": "the sessions that can be opened again, and what they take on the disk",
    "open": "go on with a session, by its short name or id",
    "clean": "what nobody needs of what the studio keeps; with --yes it is removed",
    "upload": "upload files, links and patterns (clip*.mp4); they stand on the timeline at once",
    "edit": "tell the agent what to do (as %%nemo edit, the cell's text is the instruction)",
    "ask": "say anything: exports, credits, status and uploads are recognised, the rest goes to the agent",
    "answer": "answer what the agent asked: an option's number or label, or free text",
    "again": "send the last edit once more, if by a look at the timeline it was not made",
    "undo": "take the last edit back, or the last N",
    "redo": "bring back what was undone last, or the last N",
    "what": "what can be said: examples, by skill",
    "tracks": "the tracks as a table",
    "segments": "the segments as a table",
    "draft": "the draft's JSON",
    "timeline": "the timeline as a picture",
    "status": "the timeline in words, and what is under way",
    "export": "render the timeline, download it and play it",
    "play": "play the last export, or a file",
    "credits": "what is left on the account",
    "skills": "the skills there are",
    "runs": "what was done, here and in other notebooks, what is under way, and what was left behind",
    "attach": "take up a run that a stopped kernel left behind, and go on with it",
    "cancel": "stop what is under way",
    "disconnect": "end the session",
    "help": "this page, or the help of one subcommand",
}
LONG = frozenset({"upload", "edit", "ask", "answer", "again", "undo", "redo", "export", "attach"})
"""The subcommands that wait for work."""

LOOKING = frozenset(
    {"tracks", "segments", "draft", "timeline", "status", "play", "credits", "skills", "runs", "what", "help"}
)
"""The subcommands that only look, and may be repeated as often as one likes."""

OFFERED = {"--resolution": ("1080p", "720p", "480p", "source"), "--language": ("en", "zh-CN")}
"""What TAB offers behind an option that takes other values too."""

_SAYING = ("edit", "ask", "answer")
"""Those behind which everything is text."""


_COMMENT = re.compile(r"\s#\s+(?=[^\W\d])")
"""Where a comment begins, as Python has them behind a line; `# 1` is a number, and what is quoted stays."""
_MAGIC = re.compile(r"^\s*(%%?nemo(?: \w+)?)", re.MULTILINE)
_DOLLAR = re.compile(r"\$([A-Za-z_]\w*)")
_VARIABLE = re.compile(r"\{([A-Za-z_]\w*)\}")


class _Parser(argparse.ArgumentParser):
    """An argument parser that raises instead of leaving the kernel."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"%nemo {self.prog}: {message}.", hint=f"`%nemo help {self.prog}` shows how.")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        del status
        raise UsageError(message or "", hint="")


@cache
def parsers() -> dict[str, _Parser]:
    """One parser a subcommand."""
    made = {
        name: _Parser(prog=name, description=text, add_help=False, allow_abbrev=False)
        for name, text in COMMANDS.items()
    }
    connect = made["connect"]
    connect.add_argument(
        "--local", action="store_true", help="the studio on this machine: no account, no network"
    )
    connect.add_argument("--skill", metavar="NAME", help="the skill to work with")
    connect.add_argument("--language", metavar="LANG", help="what the agent answers in, such as en or zh-CN")
    connect.add_argument("--url", help="another server that speaks the protocol")
    made["upload"].add_argument(
        "sources",
        nargs="+",
        metavar="FILE|LINK",
        help="in the order of the timeline; * ? and [ ] stand for what fits (clip2 comes before clip10)",
    )
    for name in sorted(LONG):
        made[name].add_argument("--background", action="store_true", help="go on with the notebook meanwhile")
    for name in (*sorted(LONG), "sessions", "clean", "tracks", "segments", "draft"):
        made[name].add_argument(
            "-o", dest="output", metavar="NAME", help="also keep the result in this variable"
        )
    for name in _SAYING:
        made[name].add_argument("words", nargs="*", help="the instruction; {name} takes a variable")
    for name in ("undo", "redo"):
        made[name].add_argument("n", nargs="?", type=int, default=1, help="how many edits (1)")
    made["again"].add_argument("--anyway", action="store_true", help="send it whatever became of it")
    made["open"].add_argument("session", metavar="SESSION", help="its short name or id, or how one begins")
    made["sessions"].add_argument("--all", action="store_true", help="also those with nothing in them")
    made["sessions"].add_argument(
        "--forget", metavar="SESSION", help="tell what would go with it; with --yes it goes"
    )
    for name in ("sessions", "clean"):
        made[name].add_argument("--yes", action="store_true", help="remove it for good")
    made["attach"].add_argument("--forget", action="store_true", help="do not offer it any more")
    made["attach"].add_argument("run", nargs="?", help="its id; by default the last one that was left behind")
    export = made["export"]
    export.add_argument("path", nargs="?", help="where to; by default a name that overwrites nothing")
    export.add_argument("--format", choices=("mp4",))
    export.add_argument("--quality", choices=("high", "medium", "low"))
    export.add_argument(
        "--resolution", metavar="RES", help="1080p (default), 720p, 480p, source or WIDTHxHEIGHT"
    )
    export.add_argument("--draft", metavar="NAME", help="a variable that holds another draft")
    made["play"].add_argument("path", nargs="?", help="by default the last export")
    made["what"].add_argument("words", nargs="*", metavar="can I say?", help="as one asks it")
    made["help"].add_argument("command", nargs="?")
    return made


def parse(
    line: str, cell: str | None, variables: Mapping[str, Any] = MappingProxyType({})
) -> tuple[str, argparse.Namespace]:
    """The subcommand and its options from what was typed.

    `%nemo` alone is help; `%%nemo` with a text below is `ask`. In `edit` and `ask`, everything behind the
    options is the instruction to the letter (quotes included). `{name}` stands for a variable, for one word
    whatever is in it (a file's name with spaces, say), or for several if it is a list; braces around
    anything else stay as they are.

    Raises:
        UsageError: there is no such subcommand or option; the nearest is named.
    """
    name, _, rest = line.strip().partition(" ")
    if not rest:
        name = name.removesuffix(";")
    if not name:
        name = "help" if cell is None else "ask"
    elif name not in COMMANDS and cell is not None and name.startswith("-"):
        name, rest = "ask", line
    if name not in COMMANDS:
        raise _unknown(name, line)
    if name in _SAYING:
        _check_alone(name, cell or "")
        rest = rest if cell else _uncommented(rest)
        return name, _instruction(name, _filled(rest, variables), _filled(cell or "", variables))
    if cell is not None and cell.strip():
        raise UsageError(f"%%nemo {name} takes no text below it.", hint=f"Use one line: %nemo {name}")
    words = _words(rest.rstrip().removesuffix(";"), variables)  # at a ; IPython shows nothing
    try:
        return name, parsers()[name].parse_args(words)
    except UsageError as error:
        if len(words) > 1 and not any(word.startswith("-") for word in words):
            error.hint += (
                f" A name with spaces stands in quotes. To tell the agent: `%nemo ask {line.strip()}`"
            )
        raise


def _check_alone(name: str, cell: str) -> None:
    """Raises UsageError where a text holds a magic of ours, which would go to the agent as words."""
    if found := _MAGIC.search(cell):
        raise UsageError(
            f"{found[1]} stands in the text of %%nemo {name}, and would be sent to the agent as words.",
            hint="Nothing was sent. Put it in a cell of its own.",
        )


def _uncommented(rest: str) -> str:
    for found in _COMMENT.finditer(rest):
        before = rest[: found.start()]
        opened = len(re.findall(r"(?<!\w)'(?=\w)", before)) - len(re.findall(r"(?<=\S)'(?!\w)", before))
        if before.count('"') % 2 == 0 and before.count("“") == before.count("”") and opened <= 0:
            return before.rstrip()
    return rest


def _filled(text: str, variables: Mapping[str, Any]) -> str:
    return _VARIABLE.sub(lambda m: str(variables[m[1]]) if m[1] in variables else m[0], text)


def _words(rest: str, variables: Mapping[str, Any]) -> list[str]:
    words: list[str] = []
    for word in _split(rest):
        if word == "#":  # a comment
            break
        whole = _VARIABLE.fullmatch(word) or _DOLLAR.fullmatch(word)
        value = variables.get(whole[1]) if whole else None
        if whole and word[0] == "$" and whole[1] in variables:
            word = f"{{{whole[1]}}}"  # noqa: PLW2901 - as IPython's own magics take it
        words += map(str, value) if isinstance(value, (list, tuple)) else [_filled(word, variables)]
    return words


def _instruction(name: str, rest: str, cell: str) -> argparse.Namespace:
    options: list[str] = []
    words = rest.strip()
    while words.startswith("-"):
        option, _, words = words.partition(" ")
        options.append(option)
        if option == "-o":
            value, _, words = words.strip().partition(" ")
            options.append(value)
        words = words.strip()
    found = parsers()[name].parse_args(options)
    found.words = "\n".join(part for part in (words, cell.strip()) if part)
    if not found.words:
        raise UsageError(
            "There is no instruction.", hint=f"Write it behind `%nemo {name}`, or below `%%nemo {name}`."
        )
    return found


def _split(rest: str) -> list[str]:
    try:
        return [word.strip("\"'") if word[:1] in "\"'" else word for word in shlex.split(rest, posix=False)]
    except ValueError as error:
        before, comment, _ = rest.partition(" # ")
        if comment:
            return _split(before)
        raise UsageError(f"A quotation mark is missing in: {rest}", hint=str(error)) from None


def _unknown(name: str, line: str) -> UsageError:
    near = nearest(name, COMMANDS)
    guess = f"Did you mean `%nemo {near}`?" if near else ""
    if len(line.split()) > 1 or not name.isascii():
        told = f"To tell the agent: `%nemo ask {line.strip()}`"
    else:
        told = (
            "`%nemo help` shows all. To tell the agent what to do: `%nemo edit …`, or `%%nemo edit` "
            "with the words below it."
        )
    return UsageError(f"There is no %nemo {name}.", hint=f"{guess} {told}".strip())


def help_text(command: str | None = None) -> str:
    """The help as Markdown: all subcommands, or one with its options.

    Raises:
        UsageError: there is no such subcommand.
    """
    if command is not None:
        if command not in COMMANDS:
            raise _unknown(command, command)
        return f"**%nemo {command}**: {COMMANDS[command]}\n\n```text\n{parsers()[command].format_help()}```"
    rows = [f"| `%nemo {name}` | {text} |" for name, text in COMMANDS.items()]
    more = (
        "`%%nemo` with a text below it takes the text as `ask`. `{name}` in an instruction takes a variable."
    )
    return "\n".join(["| magic | what it does |", "|---|---|", *rows, "", more])


def options_of(namespace: argparse.Namespace, *names: str) -> dict[str, Any]:
    """Those of the named options that were given."""
    return {name: value for name in names if (value := getattr(namespace, name, None)) is not None}
