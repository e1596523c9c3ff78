"""Text of others made fit to be printed: no escape sequence, no control, nothing that turns the line around.

What an agent says, a file is called, or a server answers may hold what a terminal obeys: colours, a new
title, a cleared screen, a line that overwrites the one before it.
"""

from __future__ import annotations

import re

__all__ = ["printable"]

_SEQUENCES = re.compile(
    r"(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC: a title, a link
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c]*(?:\x1b\\|\x9c)?"  # DCS, SOS, PM, APC
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, the cursor
    r"|\x1b[ -/]*[0-~]?"  # everything shorter
)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]")
"""C0 and C1 but tab and line feed, what overrides the direction of writing, other ends of lines."""


def printable(text: str) -> str:
    r"""The text without escape sequences, controls and overrides of direction; lines and tabs stay.

    >>> printable("a\x1b[31mred\x1b[0m\r\nfilm\u202e4pm.exe\x07")
    'ared\nfilm4pm.exe'
    """
    if text.isascii() and text.isprintable():
        return text
    return _CONTROLS.sub("", _SEQUENCES.sub("", text))
