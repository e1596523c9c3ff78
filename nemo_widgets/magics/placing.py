"""Where `%%nemo` may stand: comments, empty lines and other line magics above it do no harm.

IPython takes `%%nemo` for a cell magic in the first line only; further down it is a syntax error of Python's.
"""

from __future__ import annotations

import io
import re
import tokenize

__all__ = ["placed"]

_OURS = re.compile(r"\s*%%nemo(?:\s|$)")
_NOTHING = re.compile(r"\s*(?:#.*)?$")
_LINE_MAGIC = re.compile(r"(?:%(?!%)|!)")


def placed(lines: list[str]) -> list[str]:
    """Make a `%%nemo` that is not in the first line work, or say in one line where it has to stand.

    Text inside a string, or below another cell magic, stays as it is.
    """
    at = next((i for i, line in enumerate(lines) if _OURS.match(line)), 0)
    if at == 0 or lines[0].startswith("%%"):
        return lines
    above = [i for i, line in enumerate(lines[:at]) if not _NOTHING.match(line)]
    if not above:
        return [lines[at].lstrip(), *lines[at + 1 :]]
    if lines[above[0]].startswith("%%"):
        return lines[above[0] :]
    if _goes_on(lines[:at]):
        return lines
    if all(_LINE_MAGIC.match(lines[i]) for i in above):
        from IPython.core.inputtransformer2 import cell_magic

        return [*lines[:at], *cell_magic([lines[at].lstrip(), *lines[at + 1 :]])]
    words = " ".join(lines[at].split()[1:])
    return [f"get_ipython().magics_manager.registry['NemoMagics'].misplaced({words!r})\n"]


def _goes_on(lines: list[str]) -> bool:
    """Whether these end inside a string or a bracket, so that what follows is no line of its own."""
    text = "".join("\n" if line.lstrip()[:1] in ("%", "!") else line for line in lines)
    try:
        for _ in tokenize.generate_tokens(io.StringIO(text).readline):
            pass
    except tokenize.TokenError:
        return True
    except SyntaxError:
        return False
    return False
