"""Lines of Markdown and the sentences in them."""

from __future__ import annotations

import re
from functools import lru_cache

from .hint import HINT
from .sentence import Edit, retold
from .veil import TOKEN, read

__all__ = ["gap", "line", "sentences"]

_TOKEN = re.compile(TOKEN)
_END = re.compile(r"(?<![.!?…])[.!?…]++(?=\s|$|[^\w\s.,;:\ue010-\uf8ff-])|[。！？]+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|etc|approx|no|min|sec|mr|mrs|ms|dr|st)|\d)\.$", re.IGNORECASE
)
_NEXT = re.compile(r"\s*(\S)")
_WORD = re.compile(r"[a-z]{3,}", re.IGNORECASE)
_RUN = re.compile("[\u4e00-\u9fff]+")
_STEM = re.compile(r"(?:ed|ing|es|s|e)$")
_ALIKE = (
    "title text 标题 文字",
    "music audio sound volum bgm song 音乐 音量",
    "crossfad dissolv transition 转场 叠化",
    "remov trim cut delet 删除 剪掉 裁剪",
    "mov drag 移动",
)
_SAME = {word: words.split()[0] for words in _ALIKE for word in words.split()}
_LONGEST = 1000
"""In characters: a sentence that is longer instructs nobody."""
_HOLLOW = frozenset(
    re.split(
        " ",
        "the and you can click tap press button panel apply open drag choose select then with from into onto "
        "that this your simply just please icon tab menu add added changed set",
    )
)
"""Words that say nothing of what an instruction is about."""


@lru_cache(maxsize=512)
def line(
    body: str, changed: tuple[str, ...], told: frozenset[str], *, whole: bool
) -> tuple[str, frozenset[str]]:
    """A line behind its list mark, said anew, and what of `changed` has been told by its end.

    A sentence at the end of a line that is not `whole` is left as it is until its end has come.
    """
    text = read(body)
    now = set(told)

    def tell(words: str) -> str | None:
        about = _about(text.reveal(words))
        found = [c for c in changed if about & _about(c)]
        new = next((c for c in found if c not in now), "")
        now.add(new)
        return new if found else None

    edits: list[Edit] = []
    for start, end in sentences(text.plain, whole=whole):
        sentence = text.plain[start:end]
        if len(sentence) > _LONGEST or not HINT.search(sentence):
            continue
        inside = tuple((token, text.inside(token)) for token in _TOKEN.findall(sentence))
        for a, b, words in retold(sentence, inside, tell if changed else None):
            if (a, b, words) == (0, len(sentence), ""):
                edits.append(gap(text.plain, start, end))
            else:
                edits.append((start + a, start + b, words))
    return (text.replace(edits) if edits else body), frozenset(now)


def gap(plain: str, start: int, end: int) -> tuple[int, int, str]:
    """A dropped sentence with the blanks before it, or behind it if it is the first."""
    before, behind = start, end
    while before and plain[before - 1].isspace():
        before -= 1
    if before:
        return before, end, ""
    while plain[behind : behind + 1].isspace():
        behind += 1
    return start, behind, ""


def sentences(plain: str, *, whole: bool) -> list[tuple[int, int]]:
    """Where each sentence begins and ends, blanks around it left out."""
    found, start = [], 0
    for m in _END.finditer(plain):
        if _ABBREVIATION.search(plain[max(start, m.end() - 8) : m.end()]) and (
            m.end() < len(plain) or not whole
        ):
            following = _NEXT.match(plain, m.end())
            if not (following and following[1].isupper() and plain[m.start() - 1 : m.start()].isdigit()):
                continue
        found.append((start, m.end()))
        start = m.end()
    if whole and plain[start:].strip():
        found.append((start, len(plain)))
    return [(a + len(plain[a:b]) - len(plain[a:b].lstrip()), a + len(plain[a:b].rstrip())) for a, b in found]


@lru_cache(maxsize=256)
def _about(words: str) -> frozenset[str]:
    """What a sentence is about, as stems that an instruction and a change have in common."""
    pairs = (run[i : i + 2] for run in _RUN.findall(words) for i in range(len(run) - 1))
    found = {word.lower() for word in _WORD.findall(words)} - _HOLLOW
    return frozenset(_SAME.get(word, word) for word in (*pairs, *(_STEM.sub("", word) for word in found)))
