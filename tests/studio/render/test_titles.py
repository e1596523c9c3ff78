"""Titles: where they stand, that they can be read, and that they leave the rest of the picture alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from nemo_widgets.fonts import font
from nemo_widgets.studio.render.pictures import black, planes
from nemo_widgets.studio.render.timeline import Title
from nemo_widgets.studio.render.titles import art, draw, wrapped
from nemo_widgets.studio.render.wording import POSITIONS

if TYPE_CHECKING:
    from types import SimpleNamespace


def made(text: str = "Urban Dreams", **form: Any) -> Title:
    given = {"first": 0, "last": 60, "position": "top-center", "size": 64.0, "color": (255, 255, 255), **form}
    return Title(text, **given)


def drawn(
    title: Title, *, size: tuple[int, int] = (640, 360), ground: int = 120
) -> tuple[np.ndarray, np.ndarray]:
    """(luma before, luma after) of a flat frame."""
    frame = black(*size)
    planes(frame)[0][:] = ground
    before = planes(frame)[0].copy()
    draw(frame, title, 30)
    return before, planes(frame)[0].copy()


@pytest.mark.parametrize("position", POSITIONS)
def test_a_title_stands_where_it_was_said_to(position: str) -> None:
    """What differs from the picture lies in the named part of the frame, inside the title's box."""
    title = made("Hello", position=position)
    before, after = drawn(title)
    rows, columns = np.nonzero(before != after)
    left, top, right, bottom = art(title, 640, 360).box
    assert left <= columns.min() <= columns.max() < right
    assert top <= rows.min() <= rows.max() < bottom
    letters = np.argwhere(after > 220)
    y, x = letters.mean(axis=0) / (360, 640)
    down, across = position.split("-") if "-" in position else ("center", "center")
    assert {"top": y < 0.3, "center": 0.4 < y < 0.6, "bottom": y > 0.7}[down]
    assert {"left": x < 0.3, "center": 0.45 < x < 0.55, "right": x > 0.7}[across]
    assert letters.min() > 8


@pytest.mark.parametrize("ground", [16, 120, 235])
def test_white_letters_can_be_read_on_any_ground(ground: int) -> None:
    """On white, grey and black alike the letters border on something much darker."""
    _, after = drawn(made("HHHH", size=90), ground=ground)
    row = after[np.argwhere(after > 225)[:, 0].mean().astype(int)].astype(int)
    letter = np.argwhere(row >= 228)[:, 0]
    first = letter[1] if ground == 235 else letter[0]
    assert row[max(0, first - 6) : first].min() < 110 or ground == 235
    assert after.min() < 110


def test_colors_are_right() -> None:
    """A red title is red: its Y, U and V are those of BT.709."""
    frame = black(640, 360)
    draw(frame, made("█HHH", size=120, color=(255, 0, 0)), 30)
    y, u, v = planes(frame)
    at = np.argwhere(v == v.max())[0]
    assert (int(y[at[0] * 2, at[1] * 2]), int(u[tuple(at)]), int(v[tuple(at)])) == pytest.approx(
        (63, 102, 240), abs=2
    )


def test_long_titles_are_wrapped_within_the_frame() -> None:
    """English wraps between words, Chinese anywhere but never before a closing mark, and nothing is lost."""
    letters = font(40)
    english = "It is a truth universally acknowledged, that a single man in possession"
    lines = wrapped(english, letters, 400)
    assert len(lines) > 2
    assert " ".join(lines) == english
    chinese = "春江潮水连海平，海上明月共潮生，滟滟随波千万里，何处春江无月明。"
    lines = wrapped(chinese, letters, 320)
    assert "".join(lines) == chinese
    assert all(letters.getlength(line) <= 320 + 40 for line in lines)
    assert not any(line[0] in "，。" for line in lines)
    assert wrapped("one\ntwo", letters, 400) == ["one", "two"]
    assert "".join(wrapped("W" * 60, letters, 300)) == "W" * 60


def test_a_title_too_long_for_the_frame_gets_smaller() -> None:
    """However long the text is, all of it is in the picture."""
    left, top, right, bottom = art(made("words and more words " * 60, position="center"), 640, 360).box
    assert (left >= 0, top >= 0, right <= 640, bottom <= 360) == (True, True, True, True)


def test_it_fades_in_and_out(kit: SimpleNamespace) -> None:
    """150 ms at both ends; before and after there is nothing."""
    name = kit.made("grey.mp4", frames=60, audio=None)
    title = {"d": 1000, "m": {"start": 500, "text": "HH", "position": "center", "size": 400}}
    plan = kit.make(kit.timeline([kit.clip(name, 0, 0, 2000)], titles=[title])).plan
    shown = plan.spans[1].titles[0]
    assert (shown.first, shown.last) == (15, 45)
    assert [round(shown.opacity(n), 2) for n in (15, 16, 19, 30, 43, 44)] == [0.2, 0.4, 1.0, 1.0, 0.4, 0.2]
    assert [bool(span.titles) for span in plan.spans] == [False, True, False]


def test_titles_are_in_the_file(kit: SimpleNamespace) -> None:
    """Quotes, percent signs, backslashes and Chinese are drawn; frames without the title are as before."""
    name = kit.made("grey.mp4", frames=60, audio=None)
    text = '"It\'s" 100%: a\\b {x} 城市之梦'
    title = {
        "d": 1000,
        "m": {"start": 0, "text": text, "position": "bottom-center", "size": 64, "color": "#fff"},
    }
    plain = kit.watched(kit.make(kit.timeline([kit.clip(name, 0, 0, 2000)]), resolution="360p").path)
    titled = kit.watched(
        kit.make(kit.timeline([kit.clip(name, 0, 0, 2000)], titles=[title]), resolution="360p").path
    )
    away = [np.abs(a.astype(int) - b) for a, b in zip(plain, titled, strict=True)]
    assert away[10][240:].mean() > 10 * max(0.2, away[10][:200].mean())
    assert np.mean([d.mean() for d in away[35:]]) < 1.5


def test_every_chinese_character_is_another_picture() -> None:
    """The glyphs are real ones, not the box that stands for a missing one."""
    shapes = {art(made(char, size=200), 640, 360).alphas[0].tobytes() for char in "城市之梦"}
    assert len(shapes) == 4


def test_what_cannot_be_drawn_is_left_out(kit: SimpleNamespace) -> None:
    """Emoji vanish without a gap; a title of nothing but emoji is no title."""
    name = kit.made("grey.mp4", frames=60, audio=None)
    titles = [{"d": 500, "m": {"start": 0, "text": text}} for text in ("Hi 🎬", "🎬🎉", "   ")]
    plan = kit.make(kit.timeline([kit.clip(name, 0, 0, 1000)], titles=titles)).plan
    assert [t.text for span in plan.spans for t in span.titles] == ["Hi"]
