"""What `%nemo <TAB>` offers: subcommands, options and their values, skills, files, sessions and runs.

It is loaded with the extension, and so loads nothing else before it is asked.
"""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from nemo_widgets.media_types import MEDIA_TYPES
from nemo_widgets.paths import expanded

from .commands import COMMANDS, OFFERED, parsers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["completer"]

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
        words = offers(found["words"], shell.user_ns)
        return {
            "completions": [SimpleCompletion(text=word, type="magic") for word in words],
            "suppress": bool(words),
        }

    nemo_matcher.__module__ = __name__
    matcher: Callable[[Any], dict[str, Any]] = nemo_matcher
    return matcher


def offers(words: str, variables: Mapping[str, Any] = MappingProxyType({})) -> list[str]:
    """The continuations of what stands behind `%nemo`, for its last word."""
    parts = words.split()
    last = "" if words[-1:].isspace() else parts.pop()
    return sorted(w for w in _candidates(parts, last, variables) if w.startswith(last) and w != last)


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
        "upload": lambda: _files(last),
        "play": lambda: _files(last, "video"),
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


def _files(start: str, kind: str = "") -> list[str]:
    """Folders, and media files: those of a kind, or all."""
    folder = Path(start).parent if start and not start.endswith("/") else Path(start or ".")
    try:
        found = [p for p in expanded(folder).iterdir() if not p.name.startswith(".")]
    except OSError:
        return []
    endings = {ending for ending, row in MEDIA_TYPES.items() if kind in ("", row.kind)}
    return [
        f"{(folder / p.name).as_posix()}{'/' if p.is_dir() else ''}"
        for p in found
        if p.is_dir() or p.suffix.lower() in endings
    ]
