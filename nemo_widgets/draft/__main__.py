"""`python -m nemo_widgets.draft show|diff|convert FILE...`: drafts for pipes and scripts.

A FILE is a draft's JSON, or a timeline file of another editor; `-` is the standard input or output.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from pathlib import Path

from nemo_widgets.catalogue import say
from nemo_widgets.errors import NemoError
from nemo_widgets.json_text import read
from nemo_widgets.printable import printable

from .model import Draft

__all__ = ["main"]

_PIPE = "-"
_SAME, _OTHER, _TROUBLE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; 1 if two drafts differ, 2 if something is wrong."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        return int(options.work(options))
    except BrokenPipeError:  # whoever read it has read enough
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _SAME
    except (NemoError, OSError, ValueError) as wrong:
        sys.stderr.write(f"{printable(str(wrong))}\n")
        return _TROUBLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nemo_widgets.draft", description=say("shell.drafts"))
    parts = parser.add_subparsers(required=True, metavar="show|diff|convert")
    show = parts.add_parser("show", help=say("shell.show"), description=say("shell.show"))
    show.add_argument("files", nargs="+", metavar="FILE")
    show.add_argument("--csv", action="store_true", help=say("shell.csv"))
    show.set_defaults(work=_show)
    diff = parts.add_parser("diff", help=say("shell.diff"), description=say("shell.diff"))
    diff.add_argument("before", metavar="FILE")
    diff.add_argument("after", metavar="FILE")
    diff.add_argument("--csv", action="store_true", help=say("shell.csv"))
    diff.set_defaults(work=_diff)
    convert = parts.add_parser("convert", help=say("shell.convert"), description=say("shell.convert"))
    convert.add_argument("source", metavar="FILE")
    convert.add_argument("target", metavar="FILE")
    convert.add_argument("--to", metavar="FORMAT", default="", help=say("shell.to"))
    convert.set_defaults(work=_convert)
    return parser


def _draft(name: str) -> Draft:
    """The draft in a file: its JSON, else what another editor's timeline file holds."""
    content = sys.stdin.buffer.read() if name == _PIPE else Path(name).expanduser().read_bytes()
    ending = "" if name == _PIPE else Path(name).suffix.lower()
    if ending in ("", ".json", ".draft"):
        data = read(content)
        if ending != ".json" or not isinstance(data, dict) or "t" in data:
            return Draft.from_json(content)
    from .formats import decode

    made, report = decode(content, ending)
    _tell(report.losses)
    return Draft(made)


def _show(options: argparse.Namespace) -> int:
    for n, name in enumerate(options.files):
        draft = _draft(name)
        if options.csv:
            sys.stdout.write(draft.segments.to_csv(lineterminator="\n"))
            continue
        head = f"{name}: " if len(options.files) > 1 else ""
        sys.stdout.write("\n" * bool(n) + printable(f"{head}{draft!r}") + "\n")
        _tell([str(problem) for problem in draft.problems])
    return _SAME


def _diff(options: argparse.Namespace) -> int:
    table = _draft(options.before).diff(_draft(options.after))
    if options.csv:
        sys.stdout.write(table.to_csv(index=False, lineterminator="\n"))
    else:
        sys.stdout.writelines(f"{sentence}\n" for sentence in table["sentence"])
    return _SAME if table.empty else _OTHER


def _convert(options: argparse.Namespace) -> int:
    from .formats import encode

    draft, target = _draft(options.source), options.target
    format_ = options.to or ("" if target == _PIPE else Path(target).suffix.lower().lstrip("."))
    losses: tuple[str, ...] = ()
    if format_ in ("", "draft"):
        content = draft.to_json().encode("utf-8") + b"\n"
    else:
        content, report = encode(draft.data, format_)
        losses = report.losses
    if target == _PIPE:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
    else:
        Path(target).expanduser().write_bytes(content)
    _tell(losses)
    return _SAME


def _tell(sentences: list[str] | tuple[str, ...]) -> None:
    """What is to be known beside the output, where a pipe does not take it up."""
    sys.stderr.writelines(f"{printable(sentence)}\n" for sentence in sentences)


if __name__ == "__main__":
    sys.exit(main())
