"""The grammar's patterns, compiled once for all programs of a user, as Python keeps its own code.

To compile them takes Python two seconds, which each studio, and so each kernel, would spend anew. What
comes of it is kept in the user's cache, one file for each version of Python. Patterns that are
not in it are compiled, so it may be old, broken or missing. Nothing that anybody said is ever part of it.

It is not one of the language's modules: what those hold is the grammar's vocabulary.
"""

from __future__ import annotations

import json
import re
import secrets
import sys
from array import array
from base64 import b64decode, b64encode
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any
from zlib import compress, decompress, error

from nemo_widgets.paths import cache_folder
from nemo_widgets.private_files import private_folder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["keep", "rx", "unkept"]

_Made = tuple[int, str, int, dict[str, int], list[str | None]]
"""A compiled pattern: flags, packed code, how many groups, their numbers by name, their names by number."""

_new: dict[str, _Made] = {}
"""The patterns that had to be compiled."""


@cache
def rx(pattern: str) -> re.Pattern[str]:
    """A phrase of the grammar, compiled: capital and small letters are the same."""
    try:
        if (made := _kept().get(pattern)) is None:
            made = _new[pattern] = _make(pattern)
        return _pattern(pattern, made)
    except (AttributeError, ImportError, RuntimeError, TypeError, ValueError, error):
        _new.pop(pattern, None)
        return unkept(pattern)  # another Python, or a file that was changed by hand


def unkept(pattern: str) -> re.Pattern[str]:
    """Likewise a phrase with names of files or words of a message in it, which are nobody else's."""
    return re.compile(pattern, re.IGNORECASE)


def keep() -> None:
    """Write what had to be compiled beside what was kept, for the next time."""
    if not (new := dict(_new)):
        return
    path = _path()
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    with suppress(OSError):  # no cache, a full disk: they are compiled again
        private_folder(path.parent)
        try:
            part.write_text(json.dumps(_kept() | new), encoding="ascii")
            part.replace(path)
            _kept().update(new)
            for pattern in new:
                _new.pop(pattern, None)
        finally:
            part.unlink(missing_ok=True)


def _make(pattern: str) -> _Made:
    tree: Any = import_module("re._parser").parse(pattern, re.IGNORECASE)
    code: list[int] = import_module("re._compiler")._code(tree, re.IGNORECASE)  # noqa: SLF001 - as `re` does
    state = tree.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    packed = b64encode(compress(array("I", code).tobytes())).decode("ascii")
    return int(re.IGNORECASE | state.flags), packed, state.groups - 1, state.groupdict, names


def _pattern(pattern: str, made: _Made) -> re.Pattern[str]:
    flags, packed, groups, numbers, names = made
    code = array("I", decompress(b64decode(packed))).tolist()
    compiled: Any = import_module("_sre").compile
    found: re.Pattern[str] = compiled(pattern, flags, code, groups, numbers, tuple(names))
    return found


@cache
def _kept() -> dict[str, _Made]:
    try:
        found: dict[str, _Made] = json.loads(_path().read_text(encoding="ascii"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _path() -> Path:
    """The file for this version of Python, whose `re` has a code of its own."""
    return cache_folder("grammar") / f"{sys.implementation.name}-{sys.hexversion:x}.json"
