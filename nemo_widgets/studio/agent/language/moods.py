"""The moods of generated music by the many words for them, and what comes nearest to those there are not."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re

from nemo_widgets.studio.music import BEDS, Bed

__all__ = ["MOOD", "bed_of", "mood_of", "nearest"]


def _words(words: tuple[str, ...]) -> str:
    return "|".join(
        re.sub(r"\\?[ -]", r"[\\s-]?", re.escape(word)) for word in sorted(words, key=len, reverse=True)
    )


_MOODS = {
    bed.source: re.compile(
        rf"(?:(?:{_words(bed.words)})(?:[\s-](?:sounding|style|ish))?|(?:{_words(bed.words_zh)}))",
        re.IGNORECASE,
    )
    for bed in BEDS.values()
}
_BEFORE_MUSIC = r"(?:film|movie|pop|dance|study|party|piano|meditation)"
"""Words that are a mood only right before 'music'."""
_PLAIN = _words(tuple(w for bed in BEDS.values() for w in bed.words if not re.fullmatch(_BEFORE_MUSIC, w)))
_ZH = _words(tuple(w for bed in BEDS.values() for w in bed.words_zh))
MOOD = (
    rf"(?:(?:more|very|really|rather|quite|nice|nicely|slightly|a\s+(?:little\s+)?bit(?:\s+more)?|super|kind\s+of)\s+)*(?:(?P<mood>{_PLAIN})(?:[\s-](?:sounding|style|ish))?(?![a-z])|(?P<moodbefore>{_BEFORE_MUSIC})(?=[\s-]+(?:style\s+)?(?:background\s+)?(?:music|soundtrack|score|track|tune|bgm|song|beats?)(?![a-z])))"
    rf"|(?:很|有点|比较|更|非常|那种|更加)*(?P<zhmood>{_ZH})(?:感|级|一点儿?|一些|点儿?|些)?(?:风格|感觉|类型|风)?的?"
)
"""A phrase for one mood; `mood_of` reads what its groups hold."""
_NEAREST = {
    "music:calm": r"sad|romantic|love|melanchol|acoustic|guitar|folk|country|classical\s+piano|sleep|spa|yoga|harp|violin|lullaby|nature|伤感|悲伤|忧伤|浪漫|吉他|民谣|催眠|古筝|小提琴",
    "music:lofi": r"jazz|hip[\s-]?hop|rap|blues|soul|r\s?&\s?b|vaporwave|trip[\s-]?hop|downtempo|bossa|reggae|爵士|嘻哈|说唱|蓝调|雷鬼",
    "music:upbeat": r"rock|punk|techno|house|edm|electro|disco|funk|funny|comic|latin|salsa|ska|trance|dubstep|drum|christmas|birthday|k-?pop|rave|摇滚|电子|迪斯科|搞笑|圣诞|生日|电音|舞曲|流行",
    "music:cinematic": r"classical|horror|scary|spooky|dark|sci-?fi|metal|opera|choir|symphon|orchestra|adventure|war|battle|action|myster|恐怖|古典|悬疑|科幻|交响|歌剧|战争|冒险|神秘|金属|中国风|国风",
}


def mood_of(found: re.Match[str]) -> Bed:
    """The generated music that a match of `MOOD` means."""
    return bed_of(next(found[g] for g in ("mood", "moodbefore", "zhmood") if found[g]))


def bed_of(word: str) -> Bed:
    """The generated music that one of the words in `MOOD`'s groups means."""
    return BEDS[next(source for source, rx in _MOODS.items() if rx.fullmatch(word))]


def nearest(words: str) -> str:
    """The source that comes nearest to a mood there is not, "" if none does."""
    return next(
        (s for s, rx in _NEAREST.items() if re.search(rf"(?<![a-z])(?:{rx})", words, re.IGNORECASE)), ""
    )
