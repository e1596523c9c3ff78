"""The files that exports of this kernel are about to write: no two of them write the same one."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Protocol
from weakref import WeakSet

from nemo_widgets.catalogue import say
from nemo_widgets.errors import UsageError

from .run import RUNNING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["check_free", "claim", "is_claimed", "writer"]


class _Export(Protocol):
    id: str
    state: str
    target: Path | None


_exports: WeakSet[_Export] = WeakSet()
_lock = threading.Lock()


def claim(export: _Export) -> None:
    """Note an export: the file that is its target is its own until it has ended."""
    with _lock:
        _exports.add(export)


def _owner(target: Path) -> _Export | None:
    with _lock:
        under_way = [export for export in _exports if export.state in RUNNING and export.target is not None]
    return next((export for export in under_way if _spelt(export.target) == _spelt(target)), None)


def _spelt(target: Path | None) -> str:
    return os.path.normcase(os.path.normpath(target or ""))


def writer(target: Path) -> str:
    """The id of the export that is under way and will write this file; "" for none."""
    owner = _owner(target)
    return "" if owner is None else owner.id


def is_claimed(target: Path) -> bool:
    """Whether an export that is under way will write this file."""
    return _owner(target) is not None


def check_free(target: Path) -> None:
    """Raises UsageError where an export that is under way will write this file."""
    if (owner := _owner(target)) is not None:
        raise UsageError(
            say("export.being written", name=target.name, id=owner.id),
            hint=say("export.wait or rename"),
        )
