"""Which encoding a text is in: what a detector finds, weighed by the languages that the bytes could be."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple

from nemo_widgets.studio.encoding_names import encoding_name

from .tongues import TONGUES

__all__ = ["Reading", "readings"]

_MOST = 12_000
"""Bytes of a file that are looked at."""
_MARKS = ((codecs.BOM_UTF8, "utf_8_sig"), (codecs.BOM_UTF16_LE, "utf_16"), (codecs.BOM_UTF16_BE, "utf_16"))
_ASIAN = {
    "cp932": ("Japanese", "日语"), "euc_jp": ("Japanese", "日语"), "cp949": ("Korean", "韩语"),
    "gb18030": ("Chinese", "简体中文"), "big5hkscs": ("traditional Chinese", "繁体中文"),
}  # fmt: skip
_LEVELS = {"Japanese": ("cp932", 0x88, 0x97), "Chinese": ("gb2312", 0xB0, 0xD7),
           "traditional Chinese": ("big5", 0xA4, 0xC6)}  # fmt: skip
"""Where the standards have their common characters: the first bytes of these."""
_SMALL = r"a-z\u0430-\u045f\u03ac-\u03ce\u00df-\u00ff"
_LARGE = r"A-Z\u0400-\u042f\u0386-\u03ab\u00c0-\u00de"
_BROKEN_CASE = re.compile(rf"[{_SMALL}][{_LARGE}]")
"""A capital behind a small letter, as no language writes."""
_SYMBOL = re.compile(r"(?<=[^\W\d_])[€£§©®™°•«»¿¡№\xa0„“](?=[^\W\d_])")
"""A sign in the middle of a word."""
_MIXED = re.compile(r"[a-zA-Z\u00c0-\u024f][\u0370-\u0e7f]|[\u0370-\u0e7f][a-zA-Z\u00c0-\u024f]")
"""Letters of two scripts side by side."""
_OPENED = re.compile(rf"^\W*[{_LARGE}]", re.MULTILINE)
"""A line that begins with a capital."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_QUIET = frozenset("“”„‚‘’«»–—…·•°¿¡♪♫€£§©®™\xa0、。，！？：；「」『』（）《》〈〉・～￥―‧﹏")
"""What stands in texts of every language, and speaks for none."""
_SURE = 0.12
"""How much more the best reading has to have for itself than the next one that reads otherwise."""
_USUAL = 0.6
"""The share that the ten commonest letters of a long alphabet have of a text."""
_LEAST = 0.35
"""What has less than this for itself is read by nobody."""


class Reading(NamedTuple):
    """One way to read a file: the encoding (a name of Python's), the language, and how much speaks for it."""

    encoding: str
    en: str
    zh: str
    score: float
    text: str

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
    wide = _sixteen(data)
    if wide or b"\0" in data:
        return _only(data, wide) if wide else []
    if (plain := _only(data, "utf_8")) or _nearly_utf8(data):
        return plain or _only(data, "utf_8", errors="replace")
    return _weighed(data)


def _only(data: bytes, encoding: str, errors: str = "strict") -> list[Reading]:
    try:
        return [Reading(encoding, "", "", 1.0, data.decode(encoding, errors))]
    except UnicodeDecodeError:
        return []


def _nearly_utf8(data: bytes) -> bool:
    """Whether it is UTF-8 but for a few bytes, as after a cut in the middle of a character."""
    text = data.decode("utf-8", "replace")
    good = sum(character > "\x7f" for character in text) - (bad := text.count("\ufffd"))
    return bad * 20 <= good


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
    for encoding, (en, zh) in _ASIAN.items():
        text = _decoded(words, encoding)
        if text is None:
            continue
        foreign = [c for c in text if c > "\x7f" and c not in _QUIET]
        if foreign:
            out.append(Reading(encoding, en, zh, _asian(foreign, en), text))
    return out


def _asian(foreign: list[str], language: str) -> float:
    """How much such characters look like the language: by the commonest ones that the detector knows."""
    count = len(foreign)
    kana = sum("\u3041" <= c <= "\u30fe" for c in foreign) / count
    hangul = sum("\uac00" <= c <= "\ud7a3" for c in foreign) / count
    han = sum("\u4e00" <= c <= "\u9fff" for c in foreign) / count
    half = sum("\uff61" <= c <= "\uff9f" for c in foreign) / count
    if language == "Japanese":
        return min(1.0, kana * 1.6 + han * 0.5) * (1 - half)
    if language == "Korean":
        known = sum(c in _SYLLABLES for c in foreign) / count
        return (0.7 if hangul == 1 else 0.5 * hangul) + 0.6 * known
    common = sum(_is_common(c, *_LEVELS[language]) for c in foreign) / count
    old = sum(c in _TRADITIONAL for c in foreign) / count
    new = sum(c in _SIMPLIFIED for c in foreign) / count
    lean = old - new if language != "Chinese" else new - old
    known = sum(c in _CHARACTERS for c in foreign) / count
    return 0.2 * han + 0.5 * common + min(0.4, 1.2 * known) + lean - kana - hangul


_SYLLABLES = frozenset(
    "이다는에의을가고하지를은한로도나사기어리아그시자들일서있인게수스해보정대라부제여마원주과만안요니세습까"
    "너내저무것왜뭐네녕오우친말거야잘못았었했겠합입감미연영화구상장조전성"
)
_CHARACTERS = frozenset(
    "的一是不了在人有我他大上中到你好天就可以下那要子得她自和生能出道也里後后家地多想知没去起事看只小心"
    "请早界世回很三二十年光今三友谢再见打成真它怎吗呢吧啊把给被从方手老当前此比已行走快太女男名字笑死"
    "这来时个说为会对过么们還這來時個說為會對過麼們請謝見嗎給從當"
)
"""The commonest of Korean, and of Chinese."""
_SIMPLIFIED = frozenset("们这来时个说为会对过么没还动样点开间问头无实认东电长让关车书门见国话谁经给听进边爱")
_TRADITIONAL = frozenset("們這來時個說為會對過麼沒還動樣點開間問頭無實認東電長讓關車書門見國話誰經給聽進邊愛")


def _is_common(character: str, encoding: str, first: int, last: int) -> bool:
    try:
        return first <= character.encode(encoding)[0] <= last
    except UnicodeEncodeError:
        return False


def _narrow(words: bytes, head: bytes) -> list[Reading]:
    encodings = dict.fromkeys(encoding for tongue in TONGUES for encoding in tongue.encodings)
    detected = _detected(words, list(encodings))
    out = []
    for encoding in encodings:
        text = _decoded(words, encoding)
        if text is None:
            continue
        whole = _decoded(head, encoding) or text
        told = [w.lower().replace("’", "'") for w in _WORD.findall(whole)][:4000]
        letters = [c for c in text if c > "\x7f" and c not in _QUIET]
        strange = sum(unicodedata.category(c)[0] not in "LM" for c in letters) + text.count("\ufffd")
        broken = sum(len(found.findall(text)) for found in (_BROKEN_CASE, _SYMBOL, _MIXED))
        opened = len(_OPENED.findall(text)) * 2 >= text.count("\n") + 1
        small = [c.lower() if c != "İ" else c for c in letters]
        for tongue in TONGUES:
            if encoding not in tongue.encodings:
                continue
            score = _likeness(small, told, tongue.letters, tongue.words)
            cased = tongue.letters[0].upper() != tongue.letters[0]
            score += (0.1 * opened if cased else 0.05) - 1.5 * (strange + broken) / max(1, len(letters))
            out.append(Reading(encoding, tongue.en, tongue.zh, score + detected.get(encoding, 0.0), text))
    return out


def _likeness(small: list[str], told: list[str], letters: str, words: frozenset[str]) -> float:
    """How much letters and words look like a language's, from 0 to somewhat over 1."""
    count = max(1, len(small))
    inside = sum(c in letters for c in small) / count
    common = sum(c in letters[:10] for c in small) / count
    known = sum(len(word) for word in told if word in words) / max(1, sum(map(len, told)))
    return 0.7 * inside**2 + 0.25 * min(1.0, common / _USUAL) + min(0.5, 2.0 * known)


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
