"""What the package itself says to people, in English and in Chinese: a row each, by a key, in these tables.

The agent's words are its own, and the studio's stand beside the edits that say them.
"""

from __future__ import annotations

from nemo_widgets.languages import either, spoken

from . import (
    changes,
    commands,
    edits,
    errors,
    exports,
    files,
    magics,
    questions,
    runs,
    servers,
    uploads,
    views,
)

__all__ = ["ROWS", "say", "words"]

ROWS: dict[str, tuple[str, str]] = {
    **changes.ROWS,
    **commands.ROWS,
    **runs.ROWS,
    **edits.ROWS,
    **uploads.ROWS,
    **exports.ROWS,
    **files.ROWS,
    **errors.ROWS,
    **magics.ROWS,
    **questions.ROWS,
    **views.ROWS,
    **servers.ROWS,
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
