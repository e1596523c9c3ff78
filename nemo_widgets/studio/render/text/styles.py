"""How the kinds of text are set, and their colours."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["STYLES", "Color", "Style", "contrast", "outline_color", "parse_color"]

Color = tuple[int, int, int, int]
"""Red, green, blue and opacity, 0 to 255."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of text is set, in shares of the frame.

    `widest` is the most a line takes of the width, `highest` the most all lines take of the height (a longer
    text is set smaller), `below` the margin under a text at the bottom.
    """

    widest: float = 0.86
    highest: float = 0.86
    below: float = 0.06
    background: Color | None = None


STYLES = {
    "title": Style(),
    "caption": Style(widest=0.8, highest=0.4),
    # It stands above where subtitles of two lines would be.
    "lower-third": Style(widest=0.6, highest=0.4, below=0.19, background=(0, 0, 0, 165)),
    "subtitle": Style(widest=0.8, highest=0.35),
}
"""By the kind of text, see `nemo_widgets.draft.schema.TEXT_KINDS`."""

_LIGHT, _DARK = (255, 255, 255), (0, 0, 0)


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """How well two colours can be told apart, 1 to 21 (WCAG 2); opacity is left aside."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def outline_color(color: tuple[int, int, int]) -> tuple[int, int, int]:
    """Black or white, whichever stands out more against letters of this colour."""
    return _DARK if contrast(color, _DARK) >= contrast(color, _LIGHT) else _LIGHT


def parse_color(value: object) -> Color | None:
    """`#rgb`, `#rrggbb` or `#rrggbbaa`, with or without the `#`; None for anything else."""
    digits = value.strip().removeprefix("#") if isinstance(value, str) else ""
    if len(digits) == 3:  # noqa: PLR2004 - #rgb
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) not in (6, 8) or any(digit not in "0123456789abcdefABCDEF" for digit in digits):
        return None
    red, green, blue, opacity = (int((digits + "ff")[i : i + 2], 16) for i in (0, 2, 4, 6))
    return red, green, blue, opacity


def _luminance(color: tuple[int, ...]) -> float:
    linear = [
        value / 255 / 12.92 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB
        for value in color[:3]
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
