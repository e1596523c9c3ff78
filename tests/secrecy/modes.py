"""What others than their owner may do with files."""

from __future__ import annotations

import stat
from contextlib import suppress

__all__ = ["open_to_others"]


def open_to_others(folder, *, inside=False):
    """What others may read, write or enter of a folder and all in it, by name; `inside`: not of itself."""
    found = []
    for path in ([] if inside else [folder]) + sorted(folder.rglob("*")):
        with suppress(FileNotFoundError):
            if not path.is_symlink() and stat.S_IMODE(path.stat().st_mode) & 0o077:
                found.append(str(path.relative_to(folder)))
    return found
