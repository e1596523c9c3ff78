"""Titles in other scripts than Latin and Chinese: their place, lines and colours, how they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from nemo_widgets.draft import Draft
from nemo_widgets.studio.render.frames import filled, planes
from nemo_widgets.studio.render.model import Title
from nemo_widgets.studio.render.plan import make_plan
from nemo_widgets.studio.render.text import draw
from nemo_widgets.studio.render.text.art import art
from nemo_widgets.studio.render.text.setting import set_in_lines

if TYPE_CHECKING:
    from types import SimpleNamespace

HEBREW = "כותרת ארוכה מאוד\nקצר"


def made(text: str, **form: Any) -> Title:
    given = {"first": 0, "last": 60, "position": "center", "size": 100.0, "color": (255, 255, 255), **form}
    return Title(text, **given)


def columns(title: Title, n: int) -> np.ndarray:
    """The columns that have bright letters at a frame."""
    frame = filled(640, 360)
    draw(frame, title, n)
    return np.flatnonzero((planes(frame)[0] > 200).any(axis=0))


@pytest.mark.parametrize(
    ("position", "side"), [("bottom-left", "right"), ("bottom-right", "right"), ("center", "")]
)
def test_lines_from_the_right_stand_at_the_right_of_their_box(position: str, side: str) -> None:
    """In a box at either side they begin at its right; in the middle all are about the middle."""
    for box in (None, (0, 0, 0, 165)):
        setting = set_in_lines(made(HEBREW, position=position, background=box), 640, 360)
        first, second = setting.lines
        assert (first.rtl, second.rtl) == (True, True)
        if side:
            assert second.x > first.x + 50
        else:
            assert 10 < second.x - first.x < (setting.width - 2 * first.x) / 2


def test_latin_in_the_same_box_stays_at_the_left() -> None:
    """A paragraph is read as its own first letter says."""
    setting = set_in_lines(made("A rather long line\nעברית", position="bottom-left"), 640, 360)
    assert [line.rtl for line in setting.lines] == [False, True]
    assert setting.lines[0].x < 1 < setting.lines[1].x


def test_a_typewriter_writes_from_the_right_where_that_is_how_it_is_read() -> None:
    """The first letter stands where it stays, at the right; no letter moves; half way half of it is there."""
    title = made("שששששששש", animation="typewriter", enter=16)
    whole = columns(title, 30)
    seen = [columns(title, n) for n in range(15)]
    assert all(abs(int(found.max()) - int(whole.max())) <= 1 for found in seen)
    assert seen[0].min() > whole.mean()
    assert seen[7].min() == pytest.approx(whole.mean(), abs=0.15 * np.ptp(whole))


def test_a_typewriter_never_parts_a_letter_from_its_marks() -> None:
    """A family, a flag and a letter with two marks come at once, each as one step."""
    title = made("👩‍👩‍👧‍👦🇵🇱x\u0302\u0323", animation="typewriter", enter=3, size=200.0)
    alphas = [art(title, 640, 360, shown).alphas[0] for shown in (1, 2, 3)]
    ends = [np.flatnonzero(alpha.any(axis=0)).max() for alpha in alphas]
    assert ends == sorted(ends)
    assert np.array_equal(alphas[2], art(title, 640, 360).alphas[0])
    steps = np.diff(ends)
    assert steps.min() > 20


@pytest.mark.parametrize("text", ["ที่นี่ญู", "မြန်မာ့", "ភាសាខ្មែរ", "བོད་སྐྱོ", "ẤẪỆ", "لُغَةٌ", "क्ष्ट्रि"])
@pytest.mark.parametrize("position", ["top-left", "bottom-right"])
def test_high_and_deep_letters_keep_apart_and_within_the_frame(text: str, position: str) -> None:
    """Lines of letters that reach far up or down do not touch each other, nor leave box or margins."""
    title = made(f"{text}\n{text}", position=position, background=(0, 0, 0, 255), size=110.0)
    setting, frame = set_in_lines(title, 640, 360), filled(640, 360)
    draw(frame, title, 30)
    box = planes(frame)[0][setting.y : setting.y + setting.height]
    rows = (box > 120).any(axis=1)
    between = setting.lines[1].y + 0.3 * setting.size
    assert rows[: int(between)].any()
    assert not rows[0]
    assert not rows[-1]
    bands = np.flatnonzero(np.diff(rows.astype(int)) == 1).size + int(rows[0])
    assert bands >= 2
    assert setting.y >= 0.06 * 360 - 1
    assert setting.y + setting.height <= 0.94 * 360 + 1


def test_emoji_keep_their_colours_whatever_the_title_has() -> None:
    """In a title of white or black letters a red heart is red, with a box or without."""
    for form in (
        {},
        {"background": (255, 255, 255, 255), "color": (0, 0, 0)},
        {"animation": "pop", "enter": 12},
    ):
        frame = filled(640, 360)
        draw(frame, made("H ❤️ H", size=300.0, **form), 30)
        rgb = frame.to_ndarray(format="rgb24").astype(int)
        red = (rgb[..., 0] > 180) & (rgb[..., 1] < 90) & (rgb[..., 2] < 110)
        assert red.sum() > 500
        middle = np.argwhere(red).mean(axis=0)
        assert middle == pytest.approx((180, 320), abs=40)


def test_an_emoji_can_be_told_from_any_ground() -> None:
    """Without a box it has the dark edge that letters have."""
    frame = filled(640, 360)
    planes(frame)[0][:] = 235
    draw(frame, made("👋", size=300.0), 30)
    assert planes(frame)[0].min() < 90


def forms(kit: SimpleNamespace, *texts: tuple[str, str]) -> list[list[str]]:
    """The forms of every line of these texts, each with the language that it carries, in one film."""
    segments = [
        {"d": 500, "m": {"start": 500 * n, "text": text, "lang": language}}
        for n, (text, language) in enumerate(texts)
    ]
    draft = Draft({"d": 500 * len(texts), "m": {"width": 640, "height": 360, "fps": 10},
                   "t": [{"tt": 7, "m": {"name": "Texts"}, "sg": segments}]})  # fmt: skip
    shown = [title for span in make_plan(draft, kit.source).spans for title in span.titles]
    return [[line.forms for line in set_in_lines(title, 640, 360).lines] for title in shown]


def test_characters_have_the_forms_of_their_text_of_the_others_or_of_the_session(
    kit: SimpleNamespace,
) -> None:
    """In this order; each paragraph tells for itself, and a draft of two languages for neither."""
    assert forms(kit, ("骨", "")) == [[""]]
    assert forms(kit, ("骨", "ja"), ("海", "ja_JP")) == [["east"], ["east"]]
    assert forms(kit, ("骨", ""), ("これは骨です", "")) == [["east"], ["east"]]
    assert forms(kit, ("骨", "ja"), ("这是骨头", "")) == [["mainland"], ["mainland"]]
    assert forms(kit, ("これは骨です\n这是骨头\n骨", "")) == [["east", "mainland", "east"]]
    assert forms(kit, ("骨", "ja"), ("这是骨头", ""), ("これは骨です", "")) == [
        ["east"],
        ["mainland"],
        ["east"],
    ]


def test_a_character_of_two_forms_is_two_pictures() -> None:
    """The form that is asked for is the one that is drawn."""
    east, mainland, either = (
        art(made("骨直海", forms=each), 640, 360).alphas[0] for each in ("east", "mainland", "")
    )
    assert np.array_equal(mainland, either)
    assert not np.array_equal(east, mainland)
