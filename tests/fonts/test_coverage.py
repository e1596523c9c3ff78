"""Which letters the package's own fonts have, and what becomes of the others."""

from __future__ import annotations

import pytest

from nemo_widgets.fonts import drawable, length_of, missing, set_line
from nemo_widgets.fonts.faces import EMOJI, MAIN, bundled
from nemo_widgets.fonts.tables import read_tables

ALPHABETS = {
    "Polish": "ĄĆĘŁŃÓŚŹŻąćęłńóśźż",
    "Czech and Slovak": "ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽĹĽŔÄÔáčďéěíňóřšťúůýžĺľŕäô",
    "Croatian and Slovenian": "ČĆĐŠŽčćđšžǄǅǆǇǈǉǊǋǌ",
    "Turkish and Azerbaijani": "ÇĞİÖŞÜIıçğöşüƏə₺",
    "Romanian": "ĂÂÎȘȚŞŢăâîșțşţ",
    "Hungarian": "ÁÉÍÓÖŐÚÜŰáéíóöőúüű",
    "Baltic": "ĀČĒĢĪĶĻŅŠŪŽĄĘĖĮŲāčēģīķļņšūžąęėįų",
    "Nordic": "ÅÄÖÆØÐÞáåäöæøðþŊŋ",
    "Welsh, Irish and Maltese": "ŴŶẀẂẄŵŷẁẃẅĊĠĦċġħ",
    "Vietnamese": "ĐƠƯđơưẮẰẲẴẶẤẦẨẪẬẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựỳỵỷỹỉịọỏụủũẽẻẹạảã",
    "Hausa, Yoruba and Igbo": "ƁƊƘƳɓɗƙƴẸỌṢẹọṣỊịỤụ₦",
    "Greek": "ΆΈΉΊΌΎΏΪΫάέήίόύώϊϋΐΰςἀἁἄἅἆᾳῳῶὠ",
    "Ukrainian and Belarusian": "ЄІЇҐЎєіїґў₴",
    "Serbian and Macedonian": "ЂЃЅЈЉЊЋЌЏђѓѕјљњћќџ",
    "Kazakh, Tatar and Mongolian": "ӘҒҚҢӨҰҮҺІәғқңөұүһі",
    "mathematics": "∀∂∃∅∇∈∑√∞∫≈≠≤≥⊂⊆⊕⟨⟩ℝℕℤ→⇒↔αβγ₀¹²×÷±",
    "currencies": "€£¥₹₽₩₪₺₴₦₱฿₫₿",
    "signs": "“”‘’„«»‹›–—…•·§¶†‡©®™°′″‰№★☆✓✗♪♫",
}
SETS = {
    "gb2312": range(0xA1, 0xF8),
    "big5": range(0xA4, 0xFA),
    "shift_jis": range(0x81, 0xF0),
    "euc_kr": range(0xA1, 0xFE),
}
"""The usual sets of letters of China, Taiwan, Japan and Korea, by their codec and its first bytes."""


@pytest.mark.parametrize("name", ALPHABETS)
@pytest.mark.usefixtures("bare")
def test_no_letter_of_an_alphabet_is_missing(name: str) -> None:
    """Every letter of every alphabet written with Latin, Greek or Cyrillic letters has a glyph here."""
    assert missing(ALPHABETS[name]) == []


@pytest.mark.usefixtures("bare")
def test_no_usual_letter_of_east_asia_is_missing() -> None:
    """The usual letters of China, Taiwan, Japan and Korea and all syllables of Hangul have a glyph here."""
    letters = set(map(chr, range(0xAC00, 0xD7A4)))
    for codec, firsts in SETS.items():
        text = "".join(bytes((a, b)).decode(codec, "ignore") for a in firsts for b in range(0x40, 0xFF))
        letters |= {char for char in text if char > "\u2e7f" and not "\ue000" <= char < "\uf900"}
    assert len(letters) > 25_000
    assert missing("".join(letters)) == []


@pytest.mark.usefixtures("bare")
def test_what_no_font_has_is_a_box_and_is_named() -> None:
    """A letter that is missing takes room among its neighbours, each once in the list of them."""
    text = "a\U00013000b\U00013001\U00013000 \ue000"
    assert missing(text) == ["\U00013000", "\U00013001", "\ue000"]
    assert drawable(text) == text
    shown = "".join(run.text for run in set_line(text, 40).runs)
    assert len(shown) == len(text)
    assert length_of("a\U00013000b", 40) > length_of("ab", 40) + 20


@pytest.mark.parametrize(
    "text", ["", " \t\n", "\x00\x07\x1b", "\u200b\u200d\ufeff\ufe0f\u2066\u2069", "\u00ad"]
)
def test_what_is_never_seen_is_not_missed(text: str) -> None:
    """Spaces, control characters, joiners and marks of direction need no glyph and draw no box."""
    assert missing(text) == []
    assert not any(run.text.strip() for run in set_line(text, 40).runs if run.face == MAIN)


def test_half_characters_do_no_harm() -> None:
    """A surrogate alone becomes the sign for it, as everywhere."""
    assert drawable("a\ud800b") == "a\ufffdb"
    assert length_of("a\ud800b", 40) > length_of("ab", 40)


def test_a_file_that_is_no_font_has_no_letters(tmp_path) -> None:
    """Damaged, empty and absent files are fonts without a glyph, not an error."""
    whole = bundled()[2].path.read_bytes()
    for n, data in enumerate(
        (b"", b"OTTO", whole[:200], b"ttcf\x00\x01\x00\x00\xff\xff\xff\xff", whole[:12] + b"\xff" * 900)
    ):
        path = tmp_path / f"{n}.ttf"
        path.write_bytes(data)
        assert not read_tables(path).has(ord("a"))
    assert not read_tables(tmp_path / "none.ttf").starts


@pytest.mark.parametrize(
    "emoji",
    ["🎬", "❤️", "1️⃣", "👍🏽", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇵🇱", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "👨🏿‍🚀", "☎️"],
)
def test_an_emoji_is_one_picture(emoji: str) -> None:
    """However many characters it has, it is as wide as one, beside other letters too."""
    line = set_line(f"a{emoji}b", 40)
    assert [run.text for run in line.runs if run.face == EMOJI] == [emoji]
    assert length_of(emoji, 40) == pytest.approx(length_of("🎬", 40), abs=1)


def test_a_sign_is_text_unless_it_is_asked_for_as_a_picture() -> None:
    """Digits, © and ✓ are letters; with the selector for emoji some of them are pictures."""
    faces = {
        text: {run.face for run in set_line(text, 40).runs} for text in ("1#*", "©", "©️", "❤\ufe0e", "❤️")
    }
    assert [EMOJI in found for found in faces.values()] == [False, False, True, False, True]
