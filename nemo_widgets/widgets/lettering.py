"""Words in drawn pictures: how much of a text fits, and how it is written, whatever its script."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image, ImageDraw

from nemo_widgets.fonts import (
    clusters,
    draw_letters,
    draw_pictures,
    drawable,
    font,
    length_of,
    pieces,
    set_line,
)

__all__ = ["fitted", "wrapped", "write"]

_LONGEST = 300
"""No label shows more characters than this, so no more are measured."""
_NARROWEST = 0.2
"""No character is narrower than this share of the font's size."""


@lru_cache(maxsize=4096)
def fitted(text: str, width: float, size: int) -> str:
    """As much of `text` as fits in `width` pixels at `size`, "…" if cut; "" if next to nothing does.

    Line breaks become spaces. It is cut between letters, never between a letter and its marks.
    """
    whole = clusters(drawable(" ".join(text[:_LONGEST].split())))
    most = int(min(_LONGEST, max(0.0, width) / (size * _NARROWEST))) + 1
    letters = whole[:most]
    text = "".join(letters)
    if not text or (len(letters) == len(whole) and length_of(text, size) <= width):
        return text
    low, high = 0, len(letters)
    while low < high:
        middle = (low + high + 1) // 2
        if length_of("".join(letters[:middle]).rstrip() + "…", size) <= width:
            low = middle
        else:
            high = middle - 1
    return "".join(letters[:low]).rstrip() + "…" if low > 1 else ""


def wrapped(text: str, width: float, size: int) -> list[str]:
    """The text on lines of at most `width` pixels at `size`; a wider word ends in "…"."""
    lines: list[str] = []
    line = ""
    for part in pieces(drawable(" ".join(text[:_LONGEST].split()))):
        if line and length_of((line + part).rstrip(), size) > width:
            lines.append(line)
            line = ""
        line += part
    return [fitted(line, width, size) for line in (*lines, line) if line.strip()]


def write(  # noqa: PLR0917 - as Pillow's own
    picture: Image.Image,
    at: tuple[float, float],
    words: str,
    size: int,
    fill: tuple[int, ...],
    anchor: str = "lm",
) -> None:
    """Write words on a picture; `anchor` as Pillow names it: "lm" begins at the place, "mm" is about it."""
    line, pen = set_line(words, size), ImageDraw.Draw(picture)
    main = font(size)
    if len(line.runs) == 1 and line.runs[0].text == words and line.runs[0].face.at(size) is main:
        pen.text(at, words, font=main, fill=fill, anchor=anchor)
        return
    ascent, descent = main.getmetrics()
    x, base = at[0] - (line.width / 2 if anchor == "mm" else 0), round(at[1] + (ascent - descent) / 2)
    draw_letters(pen, (x, base), line, fill)
    for left, top, emoji in draw_pictures(line):
        place = round(x + left), round(base + top)
        under = picture.crop((*place, place[0] + emoji.width, place[1] + emoji.height)).convert("RGBA")
        under.alpha_composite(emoji)
        picture.paste(under.convert(picture.mode), place)
