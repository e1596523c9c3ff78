"""What a studio says that an export would do with which part of a film, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nemo_widgets.printable import printable_repr

from .json_values import mapping, number, text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ExportPlan", "PlanStretch"]


@printable_repr
@dataclass(frozen=True, slots=True)
class PlanStretch:
    """A stretch of the film's pictures with which the same is done.

    Attributes:
        what: copy, keep, encode or still.
        why: a word for the reason, such as `title` or `joint`; the catalogue has a sentence for each.
        source: the clip that is shown, "" for none or two.
    """

    what: str
    why: str
    start_ms: int
    end_ms: int
    frames: int
    source: str = ""


@printable_repr
@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What an export would do. Of sound alone there are no `frames` and no `stretches`.

    Attributes:
        format: the file's, such as `mp4`.
        sound: the sound is mixed and encoded; False where there is none, or where the film is there already.
    """

    format: str
    duration_ms: int
    frames: int
    width: int
    height: int
    fps: float
    stretches: tuple[PlanStretch, ...]
    sound: bool

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> ExportPlan:
        """Read the studio's answer."""
        return cls(
            format=text(data.get("format")),
            duration_ms=_whole(data, "duration_ms"),
            frames=_whole(data, "frames"),
            width=_whole(data, "width"),
            height=_whole(data, "height"),
            fps=number(data.get("fps")) or 0.0,
            stretches=tuple(_stretches(data.get("stretches"))),
            sound=data.get("sound") is True,
        )


def _stretches(rows: Any) -> Iterator[PlanStretch]:
    for row in map(mapping, rows if isinstance(rows, list) else ()):
        yield PlanStretch(
            what=text(row.get("what")),
            why=text(row.get("why")),
            start_ms=_whole(row, "start_ms"),
            end_ms=_whole(row, "end_ms"),
            frames=_whole(row, "last") - _whole(row, "first"),
            source=text(row.get("source")),
        )


def _whole(data: dict[str, Any], name: str) -> int:
    return round(number(data.get(name)) or 0)
