"""The drawn windows of the made screen recording: an editor, a terminal, a browser, and typing in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from PIL import Image, ImageDraw, ImageFont

from nemo_widgets.fonts import font

from .painting import SIZE, gradient, rgb

__all__ = ["SCREENS", "Screen"]

_A_SECOND = 11
"""Characters that are typed a second."""
_SIZE, _LINE = 17, 26
_LEFT, _TOP, _RIGHT, _BOTTOM = 40, 26, 600, 334

SCREENS = MappingProxyType(
    {
        "editor": ("greeting.py - editor", "#1e2233", "#d6deeb"),
        "terminal": ("terminal", "#0d1410", "#8fe3a5"),
        "browser": ("How to - browser", "#fbfbf8", "#28303f"),
    }
)
"""Title, background, ink of each window."""

_ANSWERS = {
    "python greeting.py": "Hello, Mira",
    "python greeting.py Leo": "Hello, Leo",
    "python text upper case": "",
}
_FOUND = ("Text in capital letters", "str.upper() - every string has it", "Upper and lower case, explained")
_WORD = re.compile(r"\b(def|return|print)\b|('[^']*'?)|(#.*)")
_TINTS = ("#c792ea", "#c3e88d", "#7a88a8")


@dataclass(frozen=True, slots=True)
class Screen:
    """One window in front from `start` on (seconds), into which `lines` are typed from `types` on."""

    name: str
    start: float
    lines: tuple[str, ...] = ()
    types: float = field(default=0.0)

    @property
    def typed_at(self) -> float:
        """When the last character is there, in seconds."""
        return self.types + sum(len(line) + 1 for line in self.lines) / _A_SECOND

    def after(self, before: list[str]) -> list[str]:
        """The window's lines once everything is typed, after those that were there."""
        return self._lines(before, self.typed_at)

    def _lines(self, before: list[str], seconds: float) -> list[str]:
        """All lines at a moment: in the editor a print replaces the one before, elsewhere lines are added."""
        budget = max(0, int((seconds - self.types) * _A_SECOND))
        lines = [] if self.name == "browser" else list(before)
        for line in self.lines:
            if budget <= 0:
                break
            typed, whole = line[:budget], budget >= len(line)
            budget -= len(line) + 1
            if self.name == "editor" and lines and lines[-1].startswith("print") and line.startswith("print"):
                lines[-1] = typed
            else:
                lines.append(typed if self.name != "terminal" else f"$ {typed}")
            if whole and budget >= 0 and (answer := _ANSWERS.get(line)):
                lines.append(answer)
        return lines

    def draw(self, before: list[str], seconds: float) -> Image.Image:
        """The whole screen at a moment: 640x360."""
        lines = tuple(self._lines(before, seconds))
        return _drawn(self.name, lines, int(seconds * 2) % 2 == 0, seconds >= self.typed_at)


@lru_cache(maxsize=8)
def _drawn(name: str, lines: tuple[str, ...], blink: bool, done: bool) -> Image.Image:  # noqa: FBT001 - of the cache
    picture = _window(name).copy()
    pen = ImageDraw.Draw(picture)
    ink = rgb(SCREENS[name][2])
    if name == "browser":
        _search(pen, lines[0] if lines else "", blink=blink, done=done)
        return picture
    x, y = _LEFT + (46 if name == "editor" else 14), _TOP + 42
    end: float = x
    for number, line in enumerate(lines, 1):
        if name == "editor":
            pen.text((_LEFT + 14, y), str(number), font=_font(), fill=rgb("#55607a"))
        end = _code(pen, x, y, line, ink) if name == "editor" else x + _font().getlength(line)
        if name != "editor":
            pen.text((x, y), line, font=_font(), fill=ink)
        y += _LINE
    if blink:
        top = y - _LINE if lines else y
        pen.rectangle((end + 2, top + 3, end + 4, top + 21), fill=ink)
    return picture


def _code(pen: ImageDraw.ImageDraw, x: float, y: float, line: str, ink: tuple[int, int, int]) -> float:
    """A line of Python in colours; where it ends."""
    at = 0
    for found in _WORD.finditer(line):
        pieces = ((line[at : found.start()], ink), (found.group(), rgb(_TINTS[(found.lastindex or 1) - 1])))
        for text, tint in pieces:
            pen.text((x, y), text, font=_font(), fill=tint)
            x += _font().getlength(text)
        at = found.end()
    pen.text((x, y), line[at:], font=_font(), fill=ink)
    return x + _font().getlength(line[at:])


def _search(pen: ImageDraw.ImageDraw, text: str, *, blink: bool, done: bool) -> None:
    left, y = _LEFT + 22, _TOP + 48
    pen.rounded_rectangle(
        (left, y, _RIGHT - 22, y + 36), 18, fill=(255,) * 3, outline=rgb("#c9ccd4"), width=2
    )
    pen.text((left + 18, y + 6), text, font=_font(), fill=rgb("#28303f"))
    if blink and not done:
        end = left + 20 + _font().getlength(text)
        pen.rectangle((end, y + 9, end + 2, y + 27), fill=rgb("#28303f"))
    if not done:
        return
    for i, title in enumerate(_FOUND):
        top = y + 56 + i * 68
        pen.text((left + 6, top), title, font=_font(), fill=rgb("#1d4fc4"))
        for row, wide in enumerate((440, 330)):
            y1, right = top + 30 + row * 14, left + 6 + wide - i * 40
            pen.rounded_rectangle((left + 6, y1, right, y1 + 7), 3, fill=rgb("#dcdee3"))


@lru_cache(maxsize=4)
def _window(name: str) -> Image.Image:
    """The desk with an empty window on it."""
    title, paper, _ = SCREENS[name]
    picture = gradient(SIZE, [(0, "#3b5b8c"), (1, "#7f5a86")])
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((_LEFT, _TOP, _RIGHT, _BOTTOM), 10, fill=rgb(paper))
    pen.rounded_rectangle((_LEFT, _TOP, _RIGHT, _TOP + 30), 10, fill=rgb("#cfd3dc"))
    pen.rectangle((_LEFT, _TOP + 16, _RIGHT, _TOP + 30), fill=rgb("#cfd3dc"))
    for i, colour in enumerate(("#e8654f", "#f6b545", "#63b07a")):
        pen.ellipse((_LEFT + 12 + i * 20, _TOP + 9, _LEFT + 24 + i * 20, _TOP + 21), fill=rgb(colour))
    pen.text((_LEFT + 210, _TOP + 5), title, font=font(14), fill=rgb("#3a4152"))
    return picture


def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return font(_SIZE)
