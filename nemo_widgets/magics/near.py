"""The subcommand that was probably meant: slips of the pen and other words, as data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["distance", "nearest", "unknown"]

_ENDS_SOMETHING = frozenset({"again", "cancel", "clean", "disconnect", "undo"})
"""Those that stop work, delete, or send once more: only an unmistakable slip suggests one of them."""

_CALLED = {
    "render": "export",
    "save": "export",
    "download": "export",
    "add": "upload",
    "import": "upload",
    "load": "upload",
    "login": "connect",
    "start": "connect",
    "balance": "credits",
    "clips": "segments",
    "table": "segments",
    "show": "timeline",
    "json": "draft",
    "log": "runs",
    "watch": "play",
    "examples": "what",
    "tell": "edit",
    "say": "edit",
}
"""What others call them. Nothing that ends something is in here."""


def unknown(name: str, line: str, names: Iterable[str]) -> UsageError:
    """The error of a subcommand that is none of `names`: what is near, and how to tell the agent."""
    near = nearest(name, names)
    rest = _options(line.strip().partition(" ")[2].strip(), called=name.lower() in _CALLED)
    guess = say("magic.meant", near=f"%nemo {near} {rest}".strip()) if near else ""
    if len(line.split()) > 1 or not name.isascii():
        told = say("magic.tell", line=line.strip())
    else:
        told = say("magic.tell how")
    return UsageError(say("magic.unknown", name=name), hint=f"{guess} {told}".strip())


def _options(rest: str, *, called: bool) -> str:
    """What stands behind a slip, if it is options, a file or a number; "" for words, which are for the agent.

    Behind another word for a command (`called`) only options are sure to be none.
    """
    first = rest.partition(" ")[0]
    keeps = first.startswith("-") or (not called and re.search(r"[.*/\d-]", first))
    return rest if keeps and "`" not in rest else ""


def nearest(typed: str, names: Iterable[str]) -> str | None:
    """The one of `names` that was probably meant by what was typed; None where nothing is really near.

    One slip is forgiven in a word, two in a word of six letters or more.

    >>> nearest("exprot", ["export", "cancel"]), nearest("panel", ["cancel"]), nearest("cancle", ["cancel"])
    ('export', None, 'cancel')
    """
    word, known = typed.lower(), sorted(names)
    if _CALLED.get(word) in known:
        return _CALLED[word]
    slips = 0 if len(word) < 3 else 1 if len(word) < 6 else 2  # noqa: PLR2004 - as the docstring says
    found = sorted((distance(word, name), name) for name in known if abs(len(name) - len(word)) <= slips)
    for far, name in found:
        if far <= (slips if name not in _ENDS_SOMETHING else min(slips, 1)) and _same_word(word, name):
            return name
    return None


def _same_word(word: str, name: str) -> bool:
    """Whether it is a slip in this very word: what ends something needs all its letters in their order."""
    return name not in _ENDS_SOMETHING or len(word) != len(name) or sorted(word) == sorted(name)


def distance(one: str, other: str) -> int:
    """How many letters were missed, doubled, mistaken or swapped (Damerau-Levenshtein, restricted).

    >>> distance("exprot", "export"), distance("panel", "cancel"), distance("track", "tracks")
    (1, 2, 1)
    """
    older: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            least = min(last[j] + 1, row[-1] + 1, last[j - 1] + (a != b))
            if older and j > 1 and a == other[j - 2] and one[i - 2] == b:
                least = min(least, older[j - 2] + 1)
            row.append(least)
        older, last = last, row
    return last[-1]
