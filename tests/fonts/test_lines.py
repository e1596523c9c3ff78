"""Lines of mixed scripts: what stands where, and what belongs together."""

from __future__ import annotations

import numpy as np
import pytest
from growth import assert_linear, pumped
from PIL import Image, ImageDraw

from nemo_widgets.fonts import clusters, draw_letters, font, length_of, pieces, set_line, wrapped
from nemo_widgets.fonts.bidi import embedding_levels, reads_rtl, visual_order
from nemo_widgets.fonts.faces import LATIN, MAIN


def drawn(text: str, size: int = 60) -> np.ndarray:
    """A line as it is drawn."""
    line, picture = set_line(text, size), Image.new("L", (900, 200))
    draw_letters(ImageDraw.Draw(picture), (20, 120), line, 255)
    return np.asarray(picture)


@pytest.mark.parametrize(
    ("composed", "apart"),
    [("é", "e\u0301"), ("ế", "e\u0302\u0301"), ("ż", "z\u0307"), ("й", "и\u0306"), ("ή", "η\u0301"),
     ("が", "か\u3099"), ("한", "\u1112\u1161\u11ab"), ("Å", "\u212b")],
)  # fmt: skip
def test_letters_composed_and_decomposed_look_alike(composed: str, apart: str) -> None:
    """To the pixel."""
    assert np.array_equal(drawn(f"a{composed}b"), drawn(f"a{apart}b"))


@pytest.mark.parametrize("mark", ["\u0302", "\u0304", "\u0323", "\u20d7"])
def test_a_mark_stays_with_its_letter_where_no_letter_has_it(mark: str) -> None:
    """It is seen, it takes no room of its own, and it stands above or below the letter."""
    plain, marked = drawn("xqx"), drawn(f"xq{mark}x")
    assert marked.sum() > plain.sum() * 1.02
    assert length_of(f"xq{mark}x", 60) == pytest.approx(length_of("xqx", 60), abs=5)
    columns = np.flatnonzero((marked.astype(int) - plain > 60).any(axis=0))
    q = 20 + length_of("x", 60), 20 + length_of("xq", 60)
    assert q[0] - 25 < columns.mean() < q[1] + 25


def test_english_and_chinese_keep_their_look() -> None:
    """They are drawn with the main font alone, exactly as it draws them by itself."""
    for text in ("Urban Dreams, 100% (it's)!", "城市之梦：第1章《测试》"):
        alone = Image.new("L", (900, 200))
        ImageDraw.Draw(alone).text((20, 120), text, 255, font(60), anchor="ls")
        assert np.array_equal(drawn(text), np.asarray(alone))


def test_a_word_is_of_one_font() -> None:
    """A word that needs the other Latin font is drawn with it whole; Chinese beside it is not."""
    assert [(run.text, run.face) for run in set_line("gęś 中文 goose", 40).runs] == [
        ("gęś ", LATIN),
        ("中文 goose", MAIN),
    ]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("abc אבג 123", "abc 123 גבא"),
        ("אבג abc 123", "abc 123 גבא"),
        ("אבג (abc) דה!", "!הד (abc) גבא"),
        ("אבג 12:30, 50%", "50% ,12:30 גבא"),
        ("abc (אבג) def", "abc (גבא) def"),
        ("a \u2067אב c\u2069 d", "a c בא d"),
        ("a \u202eabc\u202c d", "a cba d"),
        ("عربي 123 abc", "abc 123 يبرع"),
    ],
)
def test_letters_stand_in_the_order_in_which_they_are_read(text: str, seen: str) -> None:
    """Right to left, with Latin, numbers and brackets among them, as Unicode's UAX #9 says."""
    levels = embedding_levels(text, rtl=reads_rtl(text))
    hidden, swapped = "\u2067\u2069\u202e\u202c", dict(zip("()", ")(", strict=True))
    order = visual_order(levels)
    shown = "".join(swapped.get(text[i], text[i]) if levels[i] % 2 else text[i] for i in order)
    assert "".join(char for char in shown if char not in hidden) == seen


def test_a_line_from_the_right_begins_at_the_right() -> None:
    """Hebrew alone reads from the right; what comes first stands right of what comes last."""
    first, last = (drawn(f"{a}{'ב' * 6}{b}") for a, b in (("ש", " "), (" ", "ש")))
    ink = [np.flatnonzero(picture.any(axis=0)) for picture in (first, last)]
    assert ink[0].max() > ink[1].min() + 100
    runs = set_line("שלום abc", 40).runs
    assert [run.rtl for run in runs] == [False, True]


def test_arabic_is_joined() -> None:
    """A word is narrower than its letters one by one, and another picture."""
    word = "مرحبا"
    assert length_of(word, 60) < sum(length_of(char, 60) for char in word) * 0.95
    assert not np.array_equal(drawn(word), drawn("\u200c".join(word)))


@pytest.mark.parametrize(
    "text", ["ภาษาไทยน้ำใจที่นี่เป็นเมือง" * 4, "ភាសាខ្មែរ" * 9, "မြန်မာစာ" * 9, "ພາສາລາວ" * 9, "春江潮水连海平，" * 9,
             "👩‍👩‍👧‍👦🇵🇱" * 20, "e\u0301" * 90, "हिन्दी" * 30]
)  # fmt: skip
def test_lines_are_broken_between_letters_only(text: str) -> None:
    """Where there are no spaces a line ends after a whole letter with its marks; nothing is lost; all fit."""
    lines = wrapped(text, font(30), 200)
    assert len(lines) > 2
    assert [cluster for line in lines for cluster in clusters(line)] == clusters(text)
    assert all(length_of(line, 30) <= 200 + 6 for line in lines)


def test_lines_do_not_begin_or_end_with_what_belongs_elsewhere() -> None:
    """Thai vowels stay with their letter, words of Korean whole, closing marks with what they close."""
    assert all(piece[-1] not in "เแโใไ" and piece[0] not in "ะาๅๆ" for piece in pieces("ไปเที่ยวและมาหาเธอแล้ว"))
    assert pieces("한국어 자막 파일") == ["한국어 ", "자막 ", "파일"]
    assert pieces("他说：“好的”。") == ["他", "说：", "“好", "的”。"]
    assert pieces("テスト・データ") == ["テ", "ス", "ト・", "デー", "タ"]


@pytest.mark.parametrize(
    "unit", ["a", "字", "ż ", "ب", "(א) ", "\u0300\u0316", "👩‍👩‍👧", "ก", "x\u0302", "\u2067a", "\u202e("]
)
def test_no_title_costs_more_than_its_length(unit: str) -> None:
    """Whatever is written, setting a line and breaking it takes time as its length does."""
    assert_linear(lambda text: set_line(text, 20), pumped(unit, after="x"), most=1000, about=unit)
    assert_linear(lambda text: wrapped(text, font(20), 300), pumped(unit, after="x"), most=1000, about=unit)
