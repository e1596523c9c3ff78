"""Encodings told apart: sentences of many languages, in whatever writes them, read as they were meant."""

from __future__ import annotations

import unicodedata

import pytest
from talks import TALKS

from nemo_widgets.studio.encoding_names import encoding_name, named_encoding
from nemo_widgets.studio.media.encodings import Reading, readings
from nemo_widgets.studio.media.tongues import TONGUES
from nemo_widgets.studio.subtitles import read_subtitles

WIDE = ("utf_8", "utf_8_sig", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be")
TONES = "\u0300\u0301\u0303\u0309\u0323"


def cues(lines: tuple[str, ...], end: str = "\r\n") -> str:
    """The lines as subtitles of a second each."""
    return "".join(f"{n}{end}00:00:{n:02},000 --> 00:00:{n:02},900{end}{line}{end}{end}"
                   for n, line in enumerate(lines, 1))  # fmt: skip


def coded(text: str, encoding: str) -> bytes:
    """The text as programs write it: in cp1258 a letter's tone stands behind it."""
    if encoding != "cp1258":
        return text.encode(encoding)
    parts = [char if char.isascii() else unicodedata.normalize("NFD", char) for char in text]
    tones = ["".join(mark for mark in part[1:] if mark in TONES) for part in parts]
    letters = ["".join(mark for mark in part if mark not in TONES) for part in parts]
    return "".join(unicodedata.normalize("NFC", letter) + tone
                   for letter, tone in zip(letters, tones, strict=True)).encode(encoding)  # fmt: skip


def same(reading: Reading, text: str) -> bool:
    """Whether it reads as this text, however its marks are written."""
    return unicodedata.normalize("NFC", reading.text).removeprefix("\ufeff") == text


@pytest.mark.parametrize("language", TALKS)
def test_the_encoding_of_a_talk_is_found(language: str) -> None:
    """A handful of subtitles is read as it was meant, without a question, whatever wrote it."""
    encodings, lines = TALKS[language]
    wrong = []
    for encoding in (*encodings.split(), *WIDE):
        text = cues(lines, "\r" if encoding.startswith("mac") else "\r\n")
        found = readings(coded(text, encoding))
        if not (len(found) == 1 and same(found[0], text)):
            wrong.append((encoding, [(each.encoding, each.en) for each in found]))
        elif [words for *_, words in read_subtitles(text).cues] != list(lines):
            wrong.append((encoding, []))
    assert wrong == []


@pytest.mark.parametrize("language", TALKS)
def test_a_single_line_is_read_or_asked(language: str) -> None:
    """Of one line with three foreign letters or more what was meant is read, or is among what is asked."""
    encodings, lines = TALKS[language]
    wrong = []
    for encoding in encodings.split():
        for line in lines:
            text = cues((line,), "\r" if encoding.startswith("mac") else "\n")
            if sum(not char.isascii() for char in line) < 3:
                continue
            found = readings(coded(text, encoding))
            if not any(same(each, text) for each in found):
                wrong.append((encoding, line, [each.encoding for each in found]))
    assert wrong == []


@pytest.mark.parametrize("end", ["\r", "\r\n"])
@pytest.mark.parametrize(
    "line",
    ["It’s a “test”… don’t you think?", "I’m fine – really.", "We met at the café.", "He is so naïve.",
     "It costs £5.", "That’s 20 °C.", "— What? — Nothing.", "« Non », dit-il.", "Ça va ?", "¡Hola!", "¿Qué?",
     "OÙ ÊTES-VOUS ?"],
)  # fmt: skip
def test_signs_and_single_letters_are_read(line: str, end: str) -> None:
    """Quotes, dashes and a letter or two, by Windows and by a Mac of old: no Korean, no Cyrillic."""
    text = cues((line,), end)
    found = readings(text.encode("mac_roman" if end == "\r" else "cp1252"))
    assert [each.text for each in found] == [text]


def test_what_is_found_can_be_named() -> None:
    """Every encoding is understood by the name that it is told by."""
    every = dict.fromkeys(encoding for tongue in TONGUES for encoding in tongue.encodings)
    assert [each for each in every if named_encoding(encoding_name(each)) != each] == []


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("Mac OS Roman", "mac_roman"), ("macintosh", "mac_roman"), ("x-mac-cyrillic", "mac_cyrillic"),
     ("MacCE", "mac_latin2"), ("Mac Central European", "mac_latin2"), ("DOS 850", "cp850"),
     ("IBM437", "cp437"), ("koi8r", "koi8_r"), ("gb 2312", "gb18030"),
     ("Big-5", "big5hkscs"), ("UTF-32", "utf_32"),
     ("ISO-2022-JP", "iso2022_jp_ext"), ("latin 9", "iso8859_15"),
     ("nonsense", ""), ("mac", ""), ("rot13", "")],
)  # fmt: skip
def test_names_are_understood(name: str, encoding: str) -> None:
    """However people and other programs write them."""
    assert named_encoding(name) == encoding


@pytest.mark.parametrize(
    ("language", "page"), [("German", "cp1252"), ("French", "cp1252"), ("Russian", "cp1251")]
)
def test_letters_that_were_encoded_twice_are_read_as_they_were(language: str, page: str) -> None:
    """UTF-8 that a program took for a code page and saved as UTF-8 is put right, and that is said."""
    text = cues(TALKS[language][1])
    spoilt = "".join(bytes([byte]).decode(page, "replace") for byte in text.encode())
    if "\ufffd" in spoilt:  # a byte without a meaning stays a control character
        spoilt = "".join(bytes([byte]).decode(page, "ignore") or chr(byte) for byte in text.encode())
    (reading,) = readings(spoilt.encode())
    assert reading.text == text
    assert reading.put_right is not None
    assert readings(text.encode())[0].put_right is None


@pytest.mark.parametrize(
    ("language", "page"), [("German", "cp1252"), ("French", "cp1252"), ("Russian", "cp1251")]
)
@pytest.mark.parametrize("often", [1, 30])
def test_lines_of_two_encodings_are_read_each_in_its_own(language: str, page: str, often: int) -> None:
    """Where files were put together, no line is gibberish, however few are in the other encoding."""
    one, other = cues(TALKS[language][1] * often), cues(TALKS[language][1])
    (reading,) = readings(one.encode() + other.encode(page))
    assert reading.text == one + other
    assert reading.put_right is not None
    assert page in reading.put_right.en


@pytest.mark.parametrize(
    ("line", "encoding"),
    [
        ("Le cœur coûte 5 € à Nîmes", "iso8859_15"),
        ("Ma sœur a un œuf", "iso8859_15"),
        ("L'œuf et le cœur", "cp1252"),
        ("Das kostet 20 €, schön, nicht?", "iso8859_15"),
        ("Add ½ cup of sugar", "cp1252"),
        ("Il a ¾ d'heure", "cp1252"),
        ("1½ Stunden später", "cp1252"),
        ("Déjà vu ½", "cp1252"),
    ],
)
def test_fractions_are_told_from_the_letters_that_took_their_place(line: str, encoding: str) -> None:
    """Where Windows has ¼, ½, ¾ and ¤, Latin 9 has Œ, œ, Ÿ and €: each is read where it makes sense."""
    text = cues((line,))
    assert [each.text for each in readings(text.encode(encoding))] == [text]


@pytest.mark.parametrize("line", ["Привет, друзья", "你好，世界", "Zażółć gęślą jaźń ł"])
def test_a_text_that_ends_within_a_letter_is_read_as_far_as_it_goes(line: str) -> None:
    """A file in UTF-8 that was cut off is no other encoding; what it lacks is said."""
    whole = cues((line,)).rstrip()
    (reading,) = readings(whole.encode()[:-1])
    assert reading.text == whole[:-1]
    assert reading.put_right is not None


@pytest.mark.parametrize("encoding", ["utf_8", "cp1251"])
def test_zeros_behind_a_text_are_none_of_it(encoding: str) -> None:
    """A disk that was taken away too early leaves them at the end of a file."""
    text = cues(("Добрый день, друзья.",))
    (reading,) = readings(text.encode(encoding) + bytes(512))
    assert reading.text == text
