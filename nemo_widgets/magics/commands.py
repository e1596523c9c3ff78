"""The subcommands of `%nemo`: their words, options and help, as data that everything else reads."""

from __future__ import annotations

import argparse
import textwrap
from functools import cache
from typing import Any, NoReturn

from nemo_widgets.catalogue import say
from nemo_widgets.errors import UsageError
from nemo_widgets.export_formats import FORMATS

from .near import nearest, unknown

__all__ = ["COMMANDS", "LONG", "LOOKING", "OFFERED", "SAYING", "help_text", "options_of", "parsers"]

COMMANDS = {
    "connect": "connect to the cloud, or with --local to the studio on this machine",
    "sessions": "list the sessions that you can open again, and the disk space that they take",
    "open": "open a session by its short name or id, and go on with it",
    "clean": "list what the studio keeps and nobody needs; --yes removes it",
    "upload": "upload files, links and patterns (clip*.mp4) and put them on the timeline",
    "edit": "tell the agent what to do (below %%nemo edit, the cell's text is the instruction)",
    "ask": "say anything: an export, credits, status or upload is recognised, the rest goes to the agent",
    "answer": "answer the agent's question with an option's number or label, or in your own words",
    "again": "send the last edit once more, unless it was made, or of an upload what did not arrive",
    "undo": "take back the last edit, or the last N",
    "redo": "bring back the last edit that was undone, or the last N",
    "what": "list examples of what you can say, by skill",
    "tracks": "show the tracks as a table",
    "segments": "show the segments as a table, without what is usual in all",
    "draft": "show the draft's JSON",
    "timeline": "show the timeline as a picture",
    "frame": "show the picture at a moment, such as 12.5 or 1:20.3",
    "status": "show the timeline in words, and what is under way",
    "export": "render the timeline, download it and play it",
    "play": "play the last export, or a file",
    "credits": "show how many credits are left",
    "skills": "list the skills",
    "runs": "list all runs, of every notebook: done, under way, or left behind by a kernel",
    "attach": "go on with a run that a stopped kernel left behind",
    "cancel": "stop everything that is under way",
    "disconnect": "disconnect from the server and stop what is under way; the session is kept",
    "help": "show this page, or the help of one subcommand",
}
LONG = frozenset({"upload", "edit", "ask", "answer", "again", "undo", "redo", "export", "attach"})
"""The subcommands that wait for work."""

LOOKING = frozenset(
    {
        "tracks",
        "segments",
        "draft",
        "timeline",
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


class _Parser(argparse.ArgumentParser):
    """An argument parser that raises instead of leaving the kernel."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"%nemo {self.prog}: {message}.", hint=say("magic.help", name=self.prog))

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


class _Narrow(argparse.HelpFormatter):
    """Help for a page of 640 pixels, on which 52 letters have room, six of them for `%nemo `."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=16, width=46)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return textwrap.wrap(text, width, break_on_hyphens=False)


@cache
def parsers() -> dict[str, _Parser]:
    """One parser a subcommand."""
    made = {
        name: _Parser(prog=name, add_help=False, allow_abbrev=False, formatter_class=_Narrow)
        for name in COMMANDS
    }
    connect = made["connect"]
    connect.add_argument(
        "--local", action="store_true", help="the studio on this machine: no account, no network"
    )
    connect.add_argument("--skill", metavar="NAME", help="the skill to work with")
    connect.add_argument(
        "--language", metavar="LANG", help="the language that the agent answers in, such as en or zh-CN"
    )
    connect.add_argument("--url", help="another server that speaks the protocol")
    made["upload"].add_argument(
        "sources",
        nargs="+",
        metavar="FILE|LINK",
        help="in the order of the timeline; *, ? and [ ] match names (clip2 comes before clip10)",
    )
    for name in sorted(LONG):
        made[name].add_argument("--background", action="store_true", help="go on with the notebook meanwhile")
    for name in (*sorted(LONG), "sessions", "clean", "tracks", "segments", "draft", "frame"):
        made[name].add_argument(
            "-o", dest="output", metavar="NAME", help="also keep the result in this variable"
        )
    for name in SAYING:
        made[name].add_argument("words", nargs="*", help="the instruction; {name} takes a variable")
    for name in ("edit", "ask"):
        made[name].add_argument(
            "--strict", action="store_true", help="end with an error where the agent refuses or asks back"
        )
    for name in ("undo", "redo"):
        made[name].add_argument("n", nargs="?", type=_number, default=1, help="how many edits (1)")
    made["frame"].add_argument("at", nargs="?", default="0", help="seconds, or a time such as 1:20.3")
    made["again"].add_argument("--anyway", action="store_true", help="send it even if it was made")
    made["open"].add_argument(
        "session", metavar="SESSION", help="its short name or id, or the beginning of one"
    )
    made["sessions"].add_argument("--all", action="store_true", help="also those with nothing in them")
    made["sessions"].add_argument(
        "--forget", metavar="SESSION", help="say what removing it would delete; --yes removes it"
    )
    for name in ("sessions", "clean"):
        made[name].add_argument("--yes", action="store_true", help="really remove it; this can't be undone")
    made["attach"].add_argument("--forget", action="store_true", help="stop offering it")
    made["attach"].add_argument(
        "run", nargs="?", help="the run's id; by default the last one that was left behind"
    )
    export = made["export"]
    export.add_argument("path", nargs="?", help="the file; by default a name that overwrites nothing")
    export.add_argument(
        "--format",
        choices=FORMATS,
        metavar="FORMAT",
        help=f"{', '.join(FORMATS)}; by default as the name ends",
    )
    export.add_argument("--quality", choices=("high", "medium", "low"))
    export.add_argument(
        "--resolution",
        metavar="RES",
        help="1080p, 720p, 480p, 360p, source or WIDTHxHEIGHT; left out, nothing is enlarged",
    )
    export.add_argument("--draft", metavar="NAME", help="a variable that holds another draft")
    export.add_argument(
        "--anyway", action="store_true", help="make a new job, whatever became of an earlier one"
    )
    made["play"].add_argument("path", nargs="?", help="the file to play; by default the last export")
    made["what"].add_argument("words", nargs="*", metavar="can I say?", help="as one asks it")
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
        how = parsers()[command].format_help().replace("usage: ", "usage: %nemo ", 1)
        return f"**%nemo {command}**: {COMMANDS[command]}\n\n```text\n{how}```"
    rows = [f"- `%nemo {name}`: {text}" for name, text in COMMANDS.items()]
    more = "`%%nemo` with a text below it takes the text as `ask`."
    braces = "`{name}` in an instruction takes a variable, `{{` is a brace."
    return "\n".join([*rows, "", f"{more} {braces}"])


def options_of(namespace: argparse.Namespace, *names: str) -> dict[str, Any]:
    """Those of the named options that were given."""
    return {name: value for name in names if (value := getattr(namespace, name, None)) is not None}
