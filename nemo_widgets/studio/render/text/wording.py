"""A text segment of the draft, read as a title of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.draft.schema import (
    ANIMATIONS,
    POSITIONS,
    TEXT_COLOR,
    TEXT_KINDS,
    TextKind,
    spelled,
)
from nemo_widgets.fonts import clusters, drawable, forms_of, forms_of_language
from nemo_widgets.studio.render.effects.reading import number
from nemo_widgets.studio.render.model import Title

from .styles import STYLES, Color, Style, parse_color

if TYPE_CHECKING:
    from fractions import Fraction

    from nemo_widgets.draft import Segment
    from nemo_widgets.fonts import Forms

__all__ = ["title"]

_SAME = {"top": "top-center", "bottom": "bottom-center", "left": "center-left", "right": "center-right",
         "middle": "center", "center-center": "center"}  # fmt: skip
_ENTER_MS = {"fade": 150, "none": 0, "slide-up": 350, "slide-left": 400, "pop": 300}
_LEAVE_MS = 150
_LETTER_MS = 55
"""A typewriter needs this for a letter; for a long text less, so that it is done after three fifths."""
_WORTH = 4
"""A text moves where it lasts at least this many times as long."""
_CODE = 20
"""Letters of a language's code, at the most."""
_SIZES = (8.0, 400.0)


def title(segment: Segment, fps: Fraction, frames: int, others: Forms = "") -> Title | None:
    """The title, or None where nothing of it could be seen: no letter, or behind the timeline's end.

    `others` are the forms of Chinese characters that the draft's texts tell of, for one that doesn't tell.
    """
    meta = segment.meta
    first = max(0, round(segment.start_ms * fps / 1000))
    last = min(frames, round(segment.end_ms * fps / 1000))
    text, name = _written(segment.text), segment.text_kind
    second = _written(meta.get("subtitle")) if name == "lower-third" else ""
    if not text:
        text, second = second, ""
    if not text or last <= first:
        return None
    kind = TEXT_KINDS[name]
    animation = spelled(meta.get("animation"))
    animation = animation if animation in ANIMATIONS else "fade"
    enter, leave = _motion(animation, text + second, last - first, fps)
    color = next(filter(None, map(parse_color, (meta.get("color"), TEXT_COLOR))))
    return Title(
        text,
        first,
        last,
        _position(meta.get("position"), kind),
        _size(meta.get("size"), kind),
        color[:3],
        style=name,
        subtitle=second,
        background=_background(meta.get("background"), STYLES[name]),
        animation=animation,
        enter=enter,
        leave=leave,
        forms=forms_of(text + second) or others or forms_of_language(spelled(meta.get("lang"))[:_CODE]),
    )


def _motion(animation: str, text: str, frames: int, fps: Fraction) -> tuple[int, int]:
    """Over how many frames it comes and goes."""
    leave = round(_LEAVE_MS * fps / 1000)
    if animation == "none" or frames < _WORTH * leave:
        leave = 0
    if animation == "typewriter":
        return max(1, min(frames * 3 // 5, round(len(clusters(text)) * _LETTER_MS * fps / 1000))), leave
    enter = round(_ENTER_MS[animation] * fps / 1000)
    if animation == "fade":
        return (enter, leave) if frames >= _WORTH * enter else (0, 0)
    return min(enter, frames // _WORTH), leave


def _written(value: Any) -> str:
    """A text as it is drawn, its lines kept."""
    if not isinstance(value, str):
        return ""
    lines = drawable(value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _position(value: Any, kind: TextKind) -> str:
    name = spelled(value)
    name = _SAME.get(name, name).replace("centre", "center").replace("middle", "center")
    if name not in POSITIONS:  # "left-top" is as clear as "top-left"
        name = "-".join(reversed(name.split("-")))
    return name if name in POSITIONS else kind.position


def _size(value: Any, kind: TextKind) -> float:
    size = number(value) or 0
    return min(_SIZES[1], max(_SIZES[0], size)) if size > 0 else kind.size


def _background(value: Any, style: Style) -> Color | None:
    """The box behind the text; "none" takes away the one that a style has by itself."""
    if spelled(value) in ("none", "transparent"):
        return None
    return parse_color(value) or style.background
