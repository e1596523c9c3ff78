"""The file that a film is in until it is whole: whoever goes on with the export goes on there."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["drop_part", "move_part", "part_of"]

_NAME = 40
"""So many letters of the film's name are in its part's; a name has 255 bytes at most."""


def part_of(target: Path, run_id: str) -> Path:
    """Where the film of a run is until it is whole."""
    return target.parent / f".{target.name[:_NAME]}.{run_id}.part"


def drop_part(target: Path, run_id: str) -> None:
    """Remove what there is of a film that nobody goes on with."""
    for path in _files(target, run_id):
        with contextlib.suppress(OSError):
            path.unlink()


def move_part(source: Path, source_id: str, target: Path, target_id: str) -> None:
    """Hand what there is of one run's film to another run; where it can't be handed on, it goes."""
    for old, new in zip(_files(source, source_id), _files(target, target_id), strict=True):
        with contextlib.suppress(OSError):
            old.replace(new)
    drop_part(source, source_id)


def _files(target: Path, run_id: str) -> tuple[Path, Path]:
    """The part, and what tells of which film it is."""
    part = part_of(target, run_id)
    return part, part.with_name(f"{part.name}.tag")
