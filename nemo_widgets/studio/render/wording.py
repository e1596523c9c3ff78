"""A text segment of the draft, read as a title of the plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nemo_widgets.fonts import drawable

from .timeline import Title

if TYPE_CHECKING:
    from fractions import Fraction

    from nemo_widgets.draft import Segment

__all__ = ["POSITIONS", "title"]

POSITIONS = (
    "top-left", "top-center", "top-right",
    "center-left", "center", "center-right",
    "bottom-left", "bottom-center", "bottom-right",
)  # fmt: skip

_SAME = {"top": "top-center", "bottom": "bottom-center", "left": "center-left", "right": "center-right",
         "middle": "center", "center-center": "center"}  # fmt: skip
_FADE_MS = 150
_WORTH = 4
"""A title is faded where it lasts at least this many fades."""
_SIZES = (8.0, 400.0)


def title(segment: Segment, fps: Fraction, frames: int) -> Title | None:
    """The title, or None where nothing of it could be seen: no glyph, or behind the timeline's end."""
    raw = segment.raw.get("m")
    meta: dict[str, Any] = raw if isinstance(raw, dict) else {}
    first = max(0, round(segment.start_ms * fps / 1000))
    last = min(frames, round(segment.end_ms * fps / 1000))
    text = drawable(segment.text).strip()
    if not text or last <= first:
        return None
    fade = round(_FADE_MS * fps / 1000)
    size = meta.get("size")
    size = float(size) if isinstance(size, int | float) and not isinstance(size, bool) and size > 0 else 64.0
    return Title(
        text,
        first,
        last,
        _position(meta.get("position")),
        min(_SIZES[1], max(_SIZES[0], size)),
        _color(meta.get("color")),
        fade if last - first >= _WORTH * fade else 0,
    )


def _position(value: Any) -> str:
    name = value.strip().lower().replace("_", "-").replace(" ", "-") if isinstance(value, str) else ""
    name = _SAME.get(name, name).replace("centre", "center").replace("middle", "center")
    if name not in POSITIONS:  # "left-top" is as clear as "top-left"
        name = "-".join(reversed(name.split("-")))
    return name if name in POSITIONS else "top-center"


def _color(value: Any) -> tuple[int, int, int]:
    found = (
        re.fullmatch(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", value.strip()) if isinstance(value, str) else None
    )
    if found is None:
        return 255, 255, 255
    digits = found[1] if len(found[1]) > 3 else "".join(d * 2 for d in found[1])  # noqa: PLR2004 - #rgb
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
