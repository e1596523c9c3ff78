"""The subcommands of `%nemo`: their words, options and help, as data that everything else reads."""

from __future__ import annotations

import argparse
import re
import textwrap
from functools import cache
from typing import Any, NoReturn
from unicodedata import east_asian_width

from nemo_widgets.catalogue import commands, say
from nemo_widgets.draft.timeline_types import TIMELINES
from nemo_widgets.errors import UsageError
from nemo_widgets.export_formats import FORMATS
from nemo_widgets.languages import either, speaking, spoken

from .near import nearest, unknown

__all__ = ["COMMANDS", "LONG", "LOOKING", "OFFERED", "SAYING", "help_text", "options_of", "parsers"]

COMMANDS = {name: english for name, (english, _) in commands.COMMANDS.items()}
"""The subcommands, and what each does."""
LONG = frozenset({"upload", "edit", "ask", "answer", "again", "undo", "redo", "export", "attach"})
"""The subcommands that wait for work."""

LOOKING = frozenset(
    {
        "tracks",
        "segments",
        "draft",
        "timeline",
        "history",
        "diff",
        "frame",
        "status",
        "play",
        "credits",
        "skills",
        "runs",
        "what",
        "help",
    }
)
"""The subcommands that only look, and may be repeated as often as one likes."""

OFFERED = {"--resolution": ("1080p", "720p", "480p", "360p", "source"), "--language": ("en", "zh-CN")}
"""What TAB offers behind an option that takes other values too."""

SAYING = ("edit", "ask", "answer")
"""Those behind which everything is text."""


def _number(word: str) -> int | str:
    """A number, or the word that is none, of which the session tells what it takes."""
    return int(word) if word.removeprefix("-").isdecimal() else word


_WRONG = {
    "args.required": r"the following arguments are required: (?P<names>.*)",
    "args.unrecognized": r"unrecognized arguments: (?P<names>.*)",
    "args.choice": r"argument (?P<name>.*?): invalid choice: (?P<word>.*) \(choose from (?P<choices>.*)\)",
    "args.one": r"argument (?P<name>.*): expected one argument",
    "args.none": r"argument (?P<name>.*?): ignored explicit argument (?P<word>.*)",
}
"""What argparse says is wrong, by the rows that say the same."""


def _in_words(message: str) -> str:
    """What argparse says, in the language that is spoken, as far as there is a row for it."""
    for row, form in _WRONG.items():
        if found := re.fullmatch(form, message, re.DOTALL):
            return say(row, **found.groupdict())
    return message


class _Parser(argparse.ArgumentParser):
    """An argument parser that raises instead of leaving the kernel."""

    def error(self, message: str) -> NoReturn:
        told = say("args.wrong", name=self.prog, message=_in_words(message))
        raise UsageError(told, hint=say("magic.help", name=self.prog))

    def takes(self, option: str) -> bool:
        """Whether there is such an option."""
        return option in self._option_string_actions

    def check(self, option: str) -> None:
        """Raises UsageError for a slip of the pen in an option; the nearest is named."""
        if not self.takes(option) and (near := nearest(option, self._option_string_actions)):
            told = say("magic.no option", name=self.prog, option=option)
            raise UsageError(told, hint=say("magic.meant", near=near))

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        del status
        raise UsageError(message or "", hint="")


_CLOSING = "，。；：、）"
_PARTS = re.compile(r"[!-~]+|.")
"""Words of Latin letters are kept whole; a line may end behind any other letter."""


class _Narrow(argparse.HelpFormatter):
    """Help for a page of 640 pixels, on which 52 letters have room, six of them for `%nemo `."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=16, width=46)

    def _split_lines(self, text: str, width: int) -> list[str]:
        if text.isascii():
            return textwrap.wrap(text, width, break_on_hyphens=False)
        lines, wide = [""], 0
        for part in _PARTS.findall(text):
            room = sum(1 + (east_asian_width(letter) in "WF") for letter in part)
            if wide + room > width and part not in _CLOSING:
                lines.append("")
                wide = 0
            lines[-1] += part
            wide += room
        return [line.strip() for line in lines]


def parsers() -> dict[str, _Parser]:
    """One parser a subcommand, with its help in the language that is spoken."""
    return _parsers(either(spoken(), "en", "zh"))


@cache
def _parsers(language: str) -> dict[str, _Parser]:
    with speaking(language):
        return _made()


def _made() -> dict[str, _Parser]:
    made = {
        name: _Parser(prog=name, add_help=False, allow_abbrev=False, formatter_class=_Narrow)
        for name in COMMANDS
    }
    for parser in made.values():
        parser._positionals.title = say("help.arguments")  # noqa: SLF001 - argparse has no other way
        parser._optionals.title = say("help.options")  # noqa: SLF001 - likewise
    connect = made["connect"]
    connect.add_argument("--local", action="store_true", help=say("option.local"))
    connect.add_argument("--skill", metavar="NAME", help=say("option.skill"))
    connect.add_argument("--language", metavar="LANG", help=say("option.language"))
    connect.add_argument("--url", help=say("option.url"))
    made["upload"].add_argument(
        "sources",
        nargs="+",
        metavar="FILE|LINK",
        help=say("option.sources"),
    )
    for name in sorted(LONG):
        made[name].add_argument("--background", action="store_true", help=say("option.background"))
    for name in (
        *sorted(LONG),
        "sessions",
        "clean",
        "tracks",
        "segments",
        "draft",
        "frame",
        "history",
        "diff",
    ):
        made[name].add_argument("-o", dest="output", metavar="NAME", help=say("option.output"))
    for name in SAYING:
        made[name].add_argument("words", nargs="*", help=say("option.words", name="{name}"))
    for name in ("edit", "ask"):
        made[name].add_argument("--strict", action="store_true", help=say("option.strict"))
    for name in ("undo", "redo"):
        made[name].add_argument("n", nargs="?", type=_number, default=1, help=say("option.n"))
    made["frame"].add_argument("at", nargs="?", default="0", help=say("option.at"))
    made["diff"].add_argument("states", nargs="*", type=int, metavar="STATE", help=say("option.states"))
    made["again"].add_argument("--anyway", action="store_true", help=say("option.again anyway"))
    made["open"].add_argument("session", metavar="SESSION", help=say("option.session"))
    made["sessions"].add_argument("--all", action="store_true", help=say("option.all"))
    made["sessions"].add_argument("--forget", metavar="SESSION", help=say("option.forget session"))
    for name in ("sessions", "clean"):
        made[name].add_argument("--yes", action="store_true", help=say("option.yes"))
    made["attach"].add_argument("--forget", action="store_true", help=say("option.forget"))
    made["attach"].add_argument("run", nargs="?", help=say("option.run"))
    export = made["export"]
    export.add_argument("path", nargs="?", help=say("option.path", timelines=", ".join(TIMELINES)))
    export.add_argument(
        "--format",
        choices=FORMATS,
        metavar="FORMAT",
        help=say("option.format", formats=", ".join(FORMATS)),
    )
    export.add_argument("--quality", choices=("high", "medium", "low"))
    export.add_argument(
        "--resolution",
        metavar="RES",
        help=say("option.resolution"),
    )
    export.add_argument("--draft", metavar="NAME", help=say("option.draft"))
    export.add_argument("--explain", action="store_true", help=say("option.explain"))
    export.add_argument("--anyway", action="store_true", help=say("option.export anyway"))
    made["play"].add_argument("path", nargs="?", help=say("option.film"))
    made["what"].add_argument("words", nargs="*", metavar=say("option.what words"), help=say("option.what"))
    made["help"].add_argument("command", nargs="?")
    return made


def help_text(command: str | None = None) -> str:
    """The help as Markdown: all subcommands, or one with its options.

    Raises:
        UsageError: there is no such subcommand.
    """
    if command is not None:
        if command not in COMMANDS:
            raise unknown(command, command, COMMANDS)
        usage = say("help.usage")
        how = parsers()[command].format_help().replace("usage: ", f"{usage}%nemo ", 1)
        told = say("help.one", name=command, text=say(f"command.{command}"))
        return f"{told}\n\n```text\n{how}```"
    rows = [say("help.line", name=name, text=say(f"command.{name}")) for name in COMMANDS]
    return "\n".join([*rows, "", say("help.below", variable="{name}", brace="{{")])


def options_of(namespace: argparse.Namespace, *names: str) -> dict[str, Any]:
    """Those of the named options that were given."""
    return {name: value for name in names if (value := getattr(namespace, name, None)) is not None}
