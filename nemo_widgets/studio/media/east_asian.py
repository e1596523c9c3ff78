"""Text of East Asia as evidence of what a file's bytes mean: by the commonest characters of each language."""

from __future__ import annotations

import re

__all__ = ["ASIAN", "QUIET", "WRITTEN", "likeness", "share", "trust"]

ASIAN = {
    "cp932": ("Japanese", "日语"), "euc_jp": ("Japanese", "日语"), "cp949": ("Korean", "韩语"),
    "gb18030": ("Chinese", "简体中文"), "big5hkscs": ("traditional Chinese", "繁体中文"),
}  # fmt: skip
_LEVELS = {"Japanese": ("cp932", 0x88, 0x97), "Chinese": ("gb2312", 0xB0, 0xD7),
           "traditional Chinese": ("big5", 0xA4, 0xC6)}  # fmt: skip
"""Where the standards have their common characters: the first bytes of these."""
_GLUED = re.compile(r"[a-z][\u1100-\ud7ff]|[\u1100-\ud7ff][a-z]")
"""Small letters of Latin beside one of the east."""
_BESIDE = 0.7
"""How much speaks against characters that all stand beside small letters."""
WRITTEN = 3
"""One letter in so many, or more, is of its own script in a language that has one."""
_LITTLE = 1.2
"""How much less a single letter says than many."""
QUIET = frozenset("“”„‚‘’«»–—…·•°¿¡♪♫€£§©®™¼½¾\xa0、。，！？：；「」『』（）《》〈〉・～￥―‧﹏")
"""What stands in texts of every language, and speaks for none."""


def trust(count: int) -> float:
    """How much so many letters say: a single one little, ten as much as any number."""
    return 1 - _LITTLE / (1 + count) ** 2


def share(foreign: list[str], text: str) -> float:
    """Which part of all letters is foreign."""
    return len(foreign) / max(1, len(foreign) + sum(c.isalpha() for c in text if c.isascii()))


def likeness(foreign: list[str], text: str, language: str) -> float:
    """How much a text with these foreign characters looks like the language."""
    glued = min(1.0, len(_GLUED.findall(text)) / len(foreign))
    alike = _common(foreign, language) * trust(len(foreign)) * min(1.0, 2 * WRITTEN * share(foreign, text))
    return alike - _BESIDE * glued


def _common(foreign: list[str], language: str) -> float:
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
