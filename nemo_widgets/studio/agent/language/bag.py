"""Phrases in any order: a clause is understood if phrases from one table cover all of it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Bag", "Found", "is_by", "once"]

Found = dict[str, list[re.Match[str]]]
"""The phrases of a clause by their name in the table."""

_SPACE = re.compile(r"\s*")


class Bag:
    """A table of named phrases. At each place the longest phrase is taken; nothing may be left over.

    Phrases named `glue` are read and forgotten. A Latin word must end where its phrase ends.
    """

    def __init__(self, table: Mapping[str, str]) -> None:
        self.phrases = table

    @cached_property
    def _table(self) -> dict[str, re.Pattern[str]]:
        """The phrases, compiled when the first message comes."""
        return {
            name: rx(rf"(?:{pattern})(?:(?<![a-z0-9])|(?![a-z0-9]))")
            for name, pattern in self.phrases.items()
        }

    def read(self, text: str) -> Found | None:
        """The phrases that make up the text, or None if something in it is none of them."""
        found: Found = {}
        at, text = 0, text.strip()
        while at < len(text):
            matches = [
                (m.end(), name, m)
                for name, p in self._table.items()
                if (m := p.match(text, at)) and m.end() > at
            ]
            if not matches:
                return None
            end, name, match = max(matches, key=lambda f: f[0])
            if name != "glue":
                found.setdefault(name, []).append(match)
            at = _end(text, end)
        return found


def once(found: Found, *names: str) -> bool:
    """Whether each of these was said at most once."""
    return all(len(found.get(name, ())) <= 1 for name in names)


def _end(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def is_by(found: Found) -> bool:
    """Whether a time says by how much, not how long: 2 seconds longer."""
    ways = [m.start() for name in ("longer", "shorter") for m in found.get(name, ())]
    times = [m.end() for name in ("length", "bare") for m in found.get(name, ())]
    return any(0 <= way - time <= 1 for time in times for way in ways)
