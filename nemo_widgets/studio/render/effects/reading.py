"""A segment's keys as a treatment; what can't be done is refused in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import english
from nemo_widgets.draft.schema import FITS, FLIPS, LOOKS
from nemo_widgets.studio.limits import LARGEST, short
from nemo_widgets.studio.render.errors import RenderError

from .treatment import Tone, Treatment, Zoom

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["number", "rotation", "treatment"]

_SMALLEST, _LARGEST = 0.1, 20.0
"""Times that a picture can be enlarged."""
_NARROWEST = 0.01
_SPARE = 1e-3
"""What rounding may add to a crop."""


def treatment(meta: dict[str, Any], name: str, fit: Any = None) -> Treatment:
    """What a segment's metadata asks for.

    Args:
        meta: its `m`.
        name: what its clip is called in an error's sentence.
        fit: how the draft fits what doesn't say so itself.

    Raises:
        RenderError: a value that can't be carried out.
    """
    return Treatment(
        rotation(meta, name),
        _one_of(meta.get("flip"), FLIPS, name, "flipped") or "",
        _crop(meta.get("crop"), name),
        _one_of(meta.get("fit"), FITS, name, "fitted") or _one_of(fit, FITS, name, "fitted") or "pad",
        _focus(meta.get("focus"), name),
        _zoom(meta.get("zoom"), name),
        _tones(meta.get("looks"), name),
    )


def number(value: Any) -> float | None:
    """A number that is no farther from 0 than any may be, None for whatever else it is."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        return None
    return float(value)


def rotation(meta: dict[str, Any], name: str) -> int:
    """By how many degrees a segment's picture is turned clockwise: 0, 90, 180 or 270.

    Raises:
        RenderError: something else is asked for.
    """
    value = meta.get("rotate")
    degrees = number(value or 0)
    if degrees is None or degrees % 90:
        raise RenderError(english("film.turn", name=name, value=short(repr(value))))
    return int(degrees % 360)


def _one_of(value: Any, choices: Collection[str], name: str, done: str) -> str | None:
    if value in (None, ""):
        return None
    if not isinstance(value, str) or value not in choices:
        said = {"value": short(repr(value)), "choices": ", ".join(choices)}
        raise RenderError(english(f"film.{done}", name=name, **said))
    return value


def _crop(value: Any, name: str) -> tuple[float, float, float, float]:
    if value is None:
        return 0.0, 0.0, 1.0, 1.0
    given = [number(value.get(key)) for key in "xywh"] if isinstance(value, dict) else []
    numbers = [n for n in given if n is not None]
    if len(numbers) != 4:  # noqa: PLR2004 - x, y, w and h
        raise RenderError(english("film.crop", name=name))
    x, y, w, h = numbers
    inside = min(x, y) >= 0 and min(w, h) >= _NARROWEST and max(x + w, y + h) <= 1 + _SPARE
    if not inside:
        raise RenderError(english("film.crop beyond", name=name))
    return x, y, min(w, 1 - x), min(h, 1 - y)


def _focus(value: Any, name: str) -> tuple[tuple[float, float, float], ...]:
    points: list[tuple[float, float, float]] = []
    for point in value if isinstance(value, list) else [] if value is None else [value]:
        numbers = [number(n) for n in point] if isinstance(point, list | tuple) else []
        known = [n for n in numbers if n is not None]
        if len(known) != 3 or len(numbers) != 3 or not all(0 <= n <= 1 for n in known[1:]):  # noqa: PLR2004
            raise RenderError(english("film.focus", name=name))
        points.append((known[0], known[1], known[2]))
    return tuple(sorted(points))


def _zoom(value: Any, name: str) -> Zoom:
    if value is None:
        return Zoom()
    keys = {"from": 1.0, "to": 1.0, "x": 0.5, "y": 0.5}
    given = [number(value.get(k, usual)) for k, usual in keys.items()] if isinstance(value, dict) else []
    numbers = [n for n in given if n is not None]
    if len(numbers) != len(keys) or not all(0 <= n <= 1 for n in numbers[2:]):
        raise RenderError(english("film.zoom", name=name))
    if not all(_SMALLEST <= n <= _LARGEST for n in numbers[:2]):
        raise RenderError(
            english(
                "film.zooms",
                name=name,
                least=f"{_SMALLEST:g}",
                most=f"{_LARGEST:g}",
                value=short(repr(value)),
            )
        )
    return Zoom(*numbers)


def _tones(value: Any, name: str) -> tuple[Tone, ...]:
    tones = []
    for look in value if isinstance(value, list) else [] if value is None else [value]:
        kind = look.get("type") if isinstance(look, dict) else None
        if not isinstance(kind, str) or kind not in LOOKS:
            raise RenderError(english("film.look", name=name, look=short(repr(kind or look))))
        amount = number(look.get("amount", 1.0))
        lowest = LOOKS[kind].least
        if amount is None or not lowest <= amount <= 1:
            asked = look.get("amount")
            raise RenderError(
                english("film.amount", look=kind, name=name, least=lowest, value=short(repr(asked)))
            )
        if amount:
            tones.append(Tone(kind, amount))
    return tuple(tones)
