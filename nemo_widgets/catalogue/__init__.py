"""What the package itself says to people, in English and in Chinese: a row each, by a key, in these tables.

The agent's words are its own, and the studio's stand beside the edits that say them.
"""

from __future__ import annotations

import re
from functools import cache

from nemo_widgets.languages import either, spoken

from . import (
    arguments,
    changes,
    commands,
    drafts,
    edits,
    errors,
    exports,
    files,
    films,
    magics,
    media,
    plans,
    questions,
    runs,
    servers,
    timelines,
    uploads,
    views,
)

__all__ = ["ROWS", "english", "say", "translation", "words"]

ROWS: dict[str, tuple[str, str]] = {
    **arguments.ROWS,
    **changes.ROWS,
    **commands.ROWS,
    **drafts.ROWS,
    **timelines.ROWS,
    **runs.ROWS,
    **edits.ROWS,
    **uploads.ROWS,
    **exports.ROWS,
    **plans.ROWS,
    **files.ROWS,
    **errors.ROWS,
    **magics.ROWS,
    **questions.ROWS,
    **views.ROWS,
    **servers.ROWS,
    **media.ROWS,
    **films.ROWS,
}


def say(row: str, /, **slots: object) -> str:
    """The words of a row in the language that is spoken now, its slots filled.

    >>> say("run.length", before="0:12", after="0:10")
    ' · length 0:12 → 0:10'
    """
    return either(spoken(), *ROWS[row]).format(**slots)


def words(*rows: str) -> dict[str, str]:
    """The words of rows in the language that is spoken now, their slots open: for a script in a page."""
    return {row: either(spoken(), *ROWS[row]) for row in rows}


def english(row: str, /, **slots: object) -> str:
    """The English words of a row, as they go over the wire; who hears them has `translation`."""
    return ROWS[row][0].format(**slots)


_LONGEST = 600
"""In characters: what is longer is no sentence of a studio's."""


def translation(told: str) -> str:
    """A studio's reason, or a part of one, in the language that is spoken now; anything else as it is."""
    if len(told) > _LONGEST or not either(spoken(), "", "zh"):
        return told
    for row, form in _forms():
        if (found := form.fullmatch(told)) is not None:
            return say(row, **{name: translation(part) for name, part in found.groupdict().items()})
    return told


@cache
def _forms() -> list[tuple[str, re.Pattern[str]]]:
    """The rows that a studio says, and their forms: those that hold a reason first, then the wordiest."""
    found: list[tuple[bool, int, str, re.Pattern[str]]] = []
    for row, (words_of, _) in ROWS.items():
        if row.startswith(("media.", "unread.", "film.")):
            parts = re.split(r"\{(\w+)\}", words_of)
            form = "".join(
                re.escape(p) if n % 2 == 0 else f"(?P={p})" if p in parts[:n] else f"(?P<{p}>.+?)"
                for n, p in enumerate(parts)
            )
            whole, size = bool(parts[-1]), len("".join(parts[::2]))
            found.append((whole, -size, row, re.compile(form, re.DOTALL)))
    return [(row, form) for _, _, row, form in sorted(found, key=lambda each: each[:2])]
