"""What `%nemo <TAB>` offers: subcommands, options and their values, skills, files, sessions, runs, answers.

It is loaded with the extension, and so loads nothing else before it is asked.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft.timeline_types import TIMELINES
from nemo_widgets.export_formats import FORMATS
from nemo_widgets.media_types import MEDIA_TYPES
from nemo_widgets.paths import expanded

from .commands import COMMANDS, OFFERED, parsers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["completer"]

_MANY_WORDS = frozenset({"answer", "upload", "play", "export"})
"""What stands behind these may have spaces in it."""
_NEXT = re.compile(r"[;；,，]\s*")
"""Parts the answers to several questions, and several choices of one."""
_UNPLAIN = re.compile(r"[;；,，{}]|^[-\"'#]|\s#")
"""What has a meaning of its own behind `%nemo answer`."""
_LINE = re.compile(r"(?:^|=)\s*%{1,2}nemo(?P<words>(?:\s.*)?)$")


def completer(shell: Any) -> Callable[[Any], dict[str, Any]]:
    """The matcher for `shell`'s completer (IPython's matcher interface, version 2)."""
    from IPython.core.completer import SimpleCompletion, context_matcher

    @context_matcher()
    def nemo_matcher(context: Any) -> dict[str, Any]:
        line = context.full_text.splitlines()[context.cursor_line][: context.cursor_position]
        found = _LINE.search(line)
        if not found or not found["words"]:
            return {"completions": []}
        typed = found["words"]
        if _is_pythons(typed):
            return {"completions": []}
        words = offers(typed, shell.user_ns)
        return {
            "completions": _Complete(SimpleCompletion(text=word, type="magic") for word in words),
            "suppress": True,
            "matched_fragment": _begun(typed, words),
        }

    nemo_matcher.__module__ = __name__
    matcher: Callable[[Any], dict[str, Any]] = nemo_matcher
    return matcher


class _Complete(list[Any]):
    """All completions that there are. IPython adds any file's name where a matcher says that it has none."""

    def __len__(self) -> int:
        return max(1, super().__len__())


def _is_pythons(typed: str) -> bool:
    """Whether a name of Python's is being typed: in braces, or of a variable to keep something in."""
    return typed.rpartition("{")[2].find("}") < 0 <= typed.find("{") or typed.split()[-2:-1] == ["-o"]


def offers(words: str, variables: Mapping[str, Any] = MappingProxyType({})) -> list[str]:
    """The continuations of what stands behind `%nemo`, for its last word, or for a name of several words."""
    parts = words.split()
    last = "" if words[-1:].isspace() else parts.pop()
    starts = [last]
    if parts and parts[0] in _MANY_WORDS and not last.startswith("-"):
        named = [part for part in parts[1:] if not part.startswith("-")]
        starts = [" ".join([*named[i:], last]) for i in range(len(named) + 1)]
        if parts[0] == "answer":
            starts = [_NEXT.split(starts[0])[-1]]
    for start in starts:
        bare = start.lstrip("\"'").casefold()
        found = [w for w in _candidates(parts, start, variables) if _bare(w).startswith(bare) and w != start]
        if found:
            return sorted(found)
    return []


def _bare(word: str) -> str:
    return word.strip('"').casefold()


def _begun(typed: str, offered: Iterable[str]) -> str:
    """What of the typed words the offered ones take the place of."""
    known = tuple(map(_bare, offered))
    for found in re.finditer(r"(?<![^\s;；,，])\S|$", typed):
        begun = typed[found.start() :]
        if any(word.startswith(begun.lstrip("\"'").casefold()) for word in known):
            return begun
    return re.split(r"\s", typed)[-1]


def _candidates(before: list[str], last: str, variables: Mapping[str, Any]) -> Iterable[str]:
    if not before:
        return COMMANDS
    command, previous = before[0], before[-1]
    if command not in COMMANDS:
        return ()
    if (values := _values(command, previous, variables)) is not None:
        return values
    if last.startswith("-"):
        return [o for action in parsers()[command]._actions for o in action.option_strings]  # noqa: SLF001 - argparse lists them nowhere else
    offered: dict[str, Callable[[], Iterable[str]]] = {
        "help": lambda: COMMANDS,
        "open": lambda: _sessions(last),
        "attach": _left,
        "answer": lambda: _choices(" ".join([*before[1:], last])),
        "upload": lambda: _files(last),
        "play": lambda: _files(last, "video", "audio", among=FORMATS),
        "export": lambda: [*_exports(last), *_files(last, among=FORMATS)],
    }
    return offered.get(command, tuple)()


def _values(command: str, option: str, variables: Mapping[str, Any]) -> Iterable[str] | None:
    """What may stand behind an option, where that is known; None behind anything else."""
    offered: dict[tuple[str, str], Callable[[], Iterable[str]]] = {
        ("connect", "--skill"): _skills,
        ("sessions", "--forget"): _sessions,
        ("export", "--draft"): lambda: _drafts(variables),
    }
    if (command, option) in offered:
        return offered[command, option]()
    actions = [a for a in parsers()[command]._actions if option in a.option_strings]  # noqa: SLF001 - likewise
    return (tuple(actions[0].choices or ()) or OFFERED.get(option)) if actions else None


def _drafts(variables: Mapping[str, Any]) -> list[str]:
    from nemo_widgets.draft import Draft

    return [name for name, value in variables.items() if isinstance(value, Draft)]


def _skills() -> list[str]:
    from nemo_widgets import skills

    return list(skills.every())


def _left() -> list[str]:
    from nemo_widgets.journal import Journal

    return [record.id for record in Journal().left()]


def _sessions(start: str = "") -> list[str]:
    """Short names; ids for whoever has begun one."""
    from nemo_widgets.session_register import Register

    noted = Register().all()
    return [one.place.session_id for one in noted] if start.isdigit() else [one.name for one in noted]


def _choices(typed: str) -> list[str]:
    """The choices of the open question: their labels, or their marks where those are no plain words."""
    session = getattr(sys.modules.get("nemo_widgets.session"), "_current", None)
    if session is None:
        return []
    from nemo_widgets.open_question import open_here

    question = open_here(session.runs)
    place = len(re.findall("[;；]", typed))
    if question is None or place >= len(question.items):
        return []
    item = question.items[place]
    return [
        mark if _UNPLAIN.search(option.label) else option.label
        for mark, option in zip(item.marks, item.options, strict=True)
    ]


def _exports(start: str) -> list[str]:
    """The name that was begun, with each of the endings that an export may have."""
    stem, dot, ending = start.rpartition(".")
    name = stem if dot and "/" not in ending else start
    if Path(name).name in ("", ".", "..", "~"):
        return []
    return [f"{name}.{each}" for each in (*FORMATS, *TIMELINES)]


def _files(start: str, *kinds: str, among: Iterable[str] = ()) -> list[str]:
    """Folders, and media files: those of some kinds and those with an ending `among` some, or all."""
    start = start.lstrip("\"'")
    folder = Path(start).parent if start and not start.endswith("/") else Path(start or ".")
    try:
        found = [p for p in expanded(folder).iterdir() if not p.name.startswith(".")]
    except OSError:
        return []
    endings = {f".{each}" for each in among}
    endings |= {ending for ending, row in MEDIA_TYPES.items() if row.kind in kinds}
    endings = endings or set(MEDIA_TYPES)
    names = [
        f"{(folder / p.name).as_posix()}{'/' if p.is_dir() else ''}"
        for p in found
        if p.is_dir() or p.suffix.lower() in endings
    ]
    return [f'"{name}"' if " " in name and not name.endswith("/") else name for name in names]
