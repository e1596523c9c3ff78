"""What a clip's picture is treated with, as pure data."""

from __future__ import annotations

from dataclasses import dataclass

from nemo_widgets.studio.media.look import Look

__all__ = ["UNTREATED", "Tone", "Treatment", "Zoom", "turned", "turned_point"]


@dataclass(frozen=True, slots=True)
class Zoom:
    """The picture is shown `start` times as large at first and `stop` times at last, about a point of it.

    `x` and `y` are fractions of the canvas.
    """

    start: float = 1.0
    stop: float = 1.0
    x: float = 0.5
    y: float = 0.5


@dataclass(frozen=True, slots=True)
class Tone:
    """One look, such as `sepia`, and how much of it: 0..1, or -1..1 where less is possible."""

    kind: str
    amount: float


@dataclass(frozen=True, slots=True)
class Treatment:
    """All that is done to a picture before it is blended, in this order.

    Attributes:
        rotate: degrees clockwise, a multiple of 90.
        flip: "horizontal", "vertical" or "".
        crop: left, top, width and height of what is kept, as fractions of the turned picture.
        fit: "pad" with black bars, "blur" with blurred ones, or "crop" what is too much.
        focus: (ms in the source, x, y), rising: where the middle of a picture fitted by cropping shall be,
            as fractions of the picture as the file shows it.
        zoom: how it is enlarged over its time.
        tones: its looks.
    """

    rotate: int = 0
    flip: str = ""
    crop: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    fit: str = "pad"
    focus: tuple[tuple[float, float, float], ...] = ()
    zoom: Zoom = Zoom()
    tones: tuple[Tone, ...] = ()

    @property
    def moving(self) -> bool:
        """Whether one and the same picture of the clip is shown differently at different times."""
        return self.zoom.start != self.zoom.stop or (self.fit == "crop" and len(self.focus) > 1)


UNTREATED = Treatment()
"""The whole picture as it is, with bars where the canvas has another shape."""


def turned(look: Look, treatment: Treatment) -> Look:
    """How stored frames are to be shown once they are turned and mirrored besides."""
    extra = _turn(treatment)
    x, y = (look.flip_y, look.flip_x) if extra.transpose else (look.flip_x, look.flip_y)
    return Look(look.transpose != extra.transpose, x != extra.flip_x, y != extra.flip_y, look.pixel)


def turned_point(x: float, y: float, treatment: Treatment) -> tuple[float, float]:
    """Where a point of the picture as the file shows it lies after turning, in fractions."""
    turn = _turn(treatment)
    x, y = (y, x) if turn.transpose else (x, y)
    return 1 - x if turn.flip_x else x, 1 - y if turn.flip_y else y


def _turn(treatment: Treatment) -> Look:
    x, y = treatment.rotate in (90, 180), treatment.rotate in (180, 270)
    return Look(
        treatment.rotate in (90, 270),
        x != (treatment.flip == "horizontal"),
        y != (treatment.flip == "vertical"),
    )
