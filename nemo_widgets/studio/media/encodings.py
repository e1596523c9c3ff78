"""Which encoding a text is in: what a detector finds, weighed by the languages that the bytes could be."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from typing import NamedTuple

from nemo_widgets.studio.encoding_names import encoding_name
from nemo_widgets.studio.note import Note

from .east_asian import ASIAN, QUIET, WRITTEN, likeness, share, trust
from .recoded import begun_utf8, mended_twice, nearly_utf8, utf8_lines
from .tongues import TONGUES

__all__ = ["Reading", "readings"]

_MOST = 12_000
"""Bytes of a file that are looked at."""
_MARKS = ((codecs.BOM_UTF8, "utf_8_sig"), (codecs.BOM_UTF32_LE, "utf_32"), (codecs.BOM_UTF32_BE, "utf_32"),
          (codecs.BOM_UTF16_LE, "utf_16"), (codecs.BOM_UTF16_BE, "utf_16"))  # fmt: skip
_ESCAPED = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp_ext"), (b"~{", "hz"))
"""What switches to other letters in a text of ASCII alone, as mail has them."""
_OLD = ("mac", "cp4", "cp7", "cp8")
"""Of programs for DOS and for Macs as they were: rarer than the rest."""
_RARE, _FEW, _MAC = 0.06, 0.3, 0.2
"""How much speaks against these, the more the fewer letters; for those of Macs where lines end so."""
_EXTENDED = [chr(code) for code in range(0x100, 0x180)]
_SMALL = r"a-z\u0430-\u045f\u03ac-\u03ce\u00df-\u00ff" + "".join(c for c in _EXTENDED if c.islower())
_FOREIGN = r"\u0400-\u042f\u0386-\u03ab\u00c0-\u00de" + "".join(c for c in _EXTENDED if c.isupper())
_LARGE = "A-Z" + _FOREIGN
_BROKEN_CASE = re.compile(
    rf"[{_SMALL}][{_LARGE}]|(?:[{_LARGE}][{_FOREIGN}]|[{_FOREIGN}][{_LARGE}])(?=[{_SMALL}])"
)
"""A capital behind a small letter, or two before one, as no language writes."""
_SYMBOL = re.compile(
    rf"(?<=[^\W\d_])(?:[€£§«¿¡№„‚•¼½¾]|[©®™°»\xa0“”–](?=[{_SMALL}]))|[»”€](?=[^\W\d_])|[¼½](?=u|il)|[^\W\d_a-zA-Z]\d"
)
"""A sign that is part of a word, behind it where it belongs before one, or the other way round."""
_TURNED = (("¿", "?"), ("¡", "!"), ("„", "“”"), ("‚", "‘’"), ("«", "»"), ("»", "«"), ("‘", "’‚"))
"""Signs that go with another one, and these."""
_MIXED = re.compile(r"[a-zA-Z\u00c0-\u024f][\u0370-\u0e7f]|[\u0370-\u0e7f][a-zA-Z\u00c0-\u024f]")
"""Letters of two scripts side by side."""
_OPENED = re.compile(rf"^\W*[{_LARGE}]", re.MULTILINE)
"""A line that begins with a capital."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SURE = 0.12
"""How much more the best reading has to have for itself than the next one that reads otherwise."""
_USUAL = 0.6
"""The share that the ten commonest letters of a long alphabet have of a text."""
_QUOTES = 0.75
"""How much a text has for itself that has no foreign letter, but signs alone."""
_LEAST = 0.35
"""What has less than this for itself is read by nobody."""


class Reading(NamedTuple):
    """One way to read a file: the encoding (a name of Python's), the language, and how much speaks for it.

    `put_right` is what was done where a program had spoilt it.
    """

    encoding: str
    en: str
    zh: str
    score: float
    text: str
    put_right: Note | None = None

    @property
    def name(self) -> str:
        """The encoding as people write it."""
        return encoding_name(self.encoding)


def readings(data: bytes) -> list[Reading]:
    """How a file's bytes can be read, the best way first; more than one where it is not sure which is meant.

    None where they are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _only(data, encoding)
    for mark, encoding in _ESCAPED:
        if mark in data and data.isascii() and (escaped := _only(data, encoding)):
            return escaped
    if wide := _four(data) or _sixteen(data):
        return _only(data, wide)
    return _in_bytes(data)


def _in_bytes(data: bytes) -> list[Reading]:
    """The same of a text whose ASCII letters are a byte each."""
    given, data = data, data.rstrip(b"\0")  # what a disk that was full, or taken away, puts there
    if b"\0" in data or (given and not data):
        return []
    if plain := _only(data, "utf_8") or _broken_off(data):
        return _once(plain)
    if parted := _parted(data):
        return parted
    return _only(data, "utf_8", errors="replace") if nearly_utf8(data) else _weighed(data)


def _only(data: bytes, encoding: str, errors: str = "strict") -> list[Reading]:
    try:
        return [Reading(encoding, "", "", 1.0, data.decode(encoding, errors))]
    except UnicodeDecodeError:
        return []


def _broken_off(data: bytes) -> list[Reading]:
    """How a text in UTF-8 is read that ends within a character; none if it is no such text."""
    note = Note("the file breaks off within a letter", "文件在一个字中间断开")
    return [Reading("utf_8", "", "", 1.0, text, note) for text in begun_utf8(data)]


def _once(plain: list[Reading]) -> list[Reading]:
    """The same, or as it was before a program took it for a code page and encoded it once more."""
    mended = mended_twice(plain[0].text)
    note = Note("put right: its letters were encoded twice", "已修正：文字被重复编码")
    return [plain[0]._replace(text=mended, put_right=note)] if mended else plain


def _parted(data: bytes) -> list[Reading]:
    """How a file is read of which some lines are in UTF-8 and the others in a code page; none if it isn't."""
    if not (told := utf8_lines(data)):
        return []
    lines = data.split(b"\n")
    best = _weighed(b"\n".join(line for line, good in zip(lines, told, strict=True) if not good))[0]
    text = "\n".join(line.decode("utf_8" if good else best.encoding, "replace")
                     for line, good in zip(lines, told, strict=True))  # fmt: skip
    note = Note(f"some lines are in UTF-8, the others were read as {best.en} in {best.name}",
                f"部分行是 UTF-8，其余按{best.zh}（{best.name}）读取")  # fmt: skip
    return [best._replace(text=text, put_right=note)]


def _four(data: bytes) -> str:
    """UTF-32 without a mark: of four bytes one is always zero, and the one beside it in all but emoji."""
    head = data[: _MOST - _MOST % 4]
    for encoding, always, mostly in (("utf_32_le", 3, 2), ("utf_32_be", 0, 1)):
        beside = head[mostly::4]
        if len(data) % 4 == 0 and not any(head[always::4]) and beside.count(0) > 0.8 * len(beside):
            return encoding
    return ""


def _sixteen(data: bytes) -> str:
    """UTF-16 without a mark: every second byte of what is ASCII, as times are, is zero."""
    head = data[: _MOST - _MOST % 2]
    if len(head) < 4:  # noqa: PLR2004 - two characters
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    least = len(head) // 2 // 5
    encoding = "utf_16_le" if odd > even else "utf_16_be"
    if max(odd, even) <= least or max(odd, even) <= 10 * min(odd, even):
        return ""
    text = head.decode(encoding, "replace")
    return "" if any(unicodedata.category(c) == "Cc" and c not in "\t\r\n" for c in text) else encoding


def _weighed(data: bytes) -> list[Reading]:
    """The readings in a code page, by what speaks for each."""
    head = data[:_MOST] + (b"\n" if len(data) > _MOST else b"")
    words = b"\n".join(line for line in head.splitlines() if any(byte > 0x7F for byte in line))  # noqa: PLR2004
    found = [*_wide(words), *_narrow(words, head)]
    found.sort(key=lambda reading: -reading.score)
    best = [reading for reading in found if reading.score >= _LEAST]
    if not best:
        best = [reading for reading in found if reading.encoding == "cp1252"] or found[:1]
    close: list[Reading] = []
    for reading in best:
        if reading.score < best[0].score - _SURE:
            break
        if all(reading.text != other.text for other in close):
            close.append(reading)
    whole: list[Reading] = []
    for reading in close[:4]:
        text = data.decode(reading.encoding, "replace")
        whole.append(reading._replace(text=text))
    return whole


def _wide(words: bytes) -> list[Reading]:
    out = []
    for encoding, (en, zh) in ASIAN.items():
        text = _decoded(words, encoding)
        if text is None:
            continue
        foreign = [c for c in text if c > "\x7f" and c not in QUIET]
        if foreign:
            out.append(Reading(encoding, en, zh, likeness(foreign, text, en), text))
    return out


def _narrow(words: bytes, head: bytes) -> list[Reading]:
    encodings = dict.fromkeys(encoding for tongue in TONGUES for encoding in tongue.encodings)
    detected = _detected(words, list(encodings))
    macs = b"\r" in head and b"\n" not in head.rstrip(b"\n")
    out = []
    for encoding in encodings:
        text = _decoded(words, encoding)
        if text is None:
            continue
        whole = unicodedata.normalize("NFC", _decoded(head, encoding) or text)
        likely = detected.get(encoding, 0.0)
        told = Counter(w.lower().replace("’", "'") for w in _WORD.findall(whole)[:4000])
        letters = [c for c in unicodedata.normalize("NFC", text) if c > "\x7f" and c not in QUIET]
        small = Counter(c.lower() if c != "İ" else c for c in letters)
        strange = sum(count for c, count in small.items() if unicodedata.category(c)[0] not in "LM")
        strange += text.count("\ufffd")
        broken = sum(len(found.findall(text)) for found in (_BROKEN_CASE, _SYMBOL, _MIXED))
        broken += sum(max(0, text.count(one) - sum(map(text.count, others))) for one, others in _TURNED)
        single = (word for word in told if len(word) == 1 and word.isalpha() and not word.isascii())
        alone = {word: told[word] for word in single}
        script = min(1.0, WRITTEN * share(letters, text))
        doubt = 1 / (1 + len(letters))
        opened = len(_OPENED.findall(text)) * 2 >= text.count("\n") + 1
        if encoding.startswith(_OLD):
            likely += _MAC if macs and encoding.startswith("mac") else -_RARE - _FEW * doubt
        for tongue in TONGUES:
            if encoding not in tongue.encodings:
                continue
            score = _likeness(small, told, tongue.letters, tongue.words)
            if tongue.letters[0] > "\u036f":
                score *= script
            cased = tongue.letters[0].upper() != tongue.letters[0]
            strangers = cased * sum(count for word, count in alone.items() if word not in tongue.words)
            score += 0.1 * opened if cased else 0.05
            score -= 1.5 * (strange + broken + strangers) / max(1, len(letters))
            out.append(Reading(encoding, tongue.en, tongue.zh, score + likely, text))
    return out


def _likeness(small: Counter[str], told: Counter[str], letters: str, words: frozenset[str]) -> float:
    """How much letters and words look like a language's, from 0 to somewhat over 1."""
    count = max(1, small.total())
    inside = sum(n for c, n in small.items() if c in letters) / count
    common = sum(small[c] for c in letters[:10]) / count
    seen = (0.7 * inside**2 + 0.25 * min(1.0, common / _USUAL)) * trust(small.total())
    known = sum(len(word) * told[word] for word in words & told.keys())
    every = max(1, sum(len(word) * n for word, n in told.items()))
    return (seen if small else _QUOTES) + min(0.5, 2.0 * known / every)


def _detected(words: bytes, encodings: list[str]) -> dict[str, float]:
    """What the detector adds for the encoding that it finds, and for others that read the same."""
    from charset_normalizer import from_bytes

    best = from_bytes(words, cp_isolation=encodings).best()
    if best is None:
        return {}
    return dict.fromkeys({best.encoding, *best.could_be_from_charset}, 0.1 * (1 - best.chaos))


def _decoded(data: bytes, encoding: str) -> str | None:
    """The text, but for the last character, which may be cut off; None where it is in no such encoding."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if len(data) >= _MOST and error.start >= len(data) - 4:
            return data[: error.start].decode(encoding, "replace")
        return None
