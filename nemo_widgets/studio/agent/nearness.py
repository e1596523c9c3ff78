"""What comes near to words that were not understood: sentences that are, about the same things.

Two sentences are near if they are about the same things, not if they are spelled alike. What takes something
away is near only to who asked for that.
"""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from .edits.edit import Said
from .language.tokens import rx

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["near"]

_LEAST_NEAR = 0.5
_MOST = 3

_THINGS = {
    "pause": r"\b(?:pauses?|silen(?:ces?|t)|gaps?|dead\s+air)\b|停顿|静音的?部分|静音(?=去|删|剪)|(?:去掉|去除|删|剪).{0,6}静音|沉默|空白",
    "music": r"\b(?:music|songs?|bgm|soundtrack|beds?|tunes?)\b|音乐|配乐|歌",
    "title": r"\b(?:titles?|headings?|headlines?|captions?)\b|标题|文字",
    "lower third": r"\blower[\s-]thirds?\b|\bname\s+tags?\b|人名条|字幕条",
    "subtitles": r"\bsubtitles?\b|\bsrt\b|字幕(?!条)",
    "transition": r"\b(?:transitions?|cross-?fades?|dissolves?|wipes?)\b|转场|叠化",
    "fade": r"\bfad(?:e|es|ed|ing)\b|淡[入出]",
    "voice": r"\b(?:voices?|speech|speakers?|narration|sound|audio)\b|人声|原声|声音",
    "volume": r"\b(?:volume|loud(?:er)?|quiet(?:er)?|softer|level)\b|音量|大声|小声|大一点|小一点",
    "mute": r"\b(?:mute[ds]?|muting)\b|静音(?!的?部分)",
    "loudness": r"\b(?:normali[sz]e|lufs|loudness)\b|响度",
    "beat": r"\b(?:beats?|rhythm)\b|卡点|节拍|节奏",
    "speed": r"\b(?:speed(?:ed|ing)?|slow(?:er|ly|ed)?|fast(?:er)?|slow[\s-]motion|quick(?:er)?)\b|加速|减速|慢动作|慢放|快进|变速",
    "split": r"\bsplit\b(?![\s-]*screen)|\bdivide\b|分割|切成|分成",
    "swap": r"\b(?:swap|switch|exchange)\b|交换|对调",
    "move": r"\bmove\b|移到|放到|挪到",
    "reel": r"\b(?:highlights?|reel|shorten|shorter|trailer|best\s+(?:bits|parts|moments))\b|集锦|精彩|缩短|精华",
    "vertical": r"\b(?:vertical|portrait|square|9:16|tiktok|reels|shorts)\b|竖屏|方形",
    "black and white": r"\bblack\s+and\s+white\b|\bb&w\b|黑白",
    "zoom": r"\bzoom\b|推近|拉远|放大",
    "reverse": r"\b(?:reverse|backwards?)\b|倒放",
    "freeze": r"\b(?:freeze|still\s+frame)\b|定格",
    "kiss": r"\bkiss\w*\b|吻",
    "undo": r"\b(?:undo|take\s+back|revert)\b|撤销|撤回",
    "start over": r"\b(?:start\s+over|reset|from\s+scratch)\b|重新开始|重来",
}
_MANNERS = {
    "remove": r"\b(?:remove|delete|cut|trim|drop|erase|get\s+rid|take\s+(?:out|away|off)|lose|without|no)\b|删|剪掉|去掉|去除|不要",
    "add": r"\b(?:add|put|insert|give|show|write|place)\b|加|添|放",
    "keep": r"\b(?:keep|only|leave)\b|保留|只留",
    "less": r"\b(?:quieter|softer|half|lower|less|down|reduce)\b|小|低",
    "more": r"\b(?:louder|higher|more|up|raise)\b|大声|大一点|提高",
    "slower": r"\bslow\w*\b|慢",
    "length": r"\b\d+(?:\.\d+)?[\s-]*(?:s|secs?|seconds?|min|minutes?)\b|\d\s*(?:秒|分)",
    "end": r"\b(?:end|ending|last|outro)\b|结尾|最后|片尾",
    "beginning": r"\b(?:begin\w*|start(?!\s+over)|intro|first|opening|front)\b|开头|片头|前",
}
_SAYINGS = (
    Said("cut the pauses", "剪掉停顿"),
    Said("cut the pauses longer than 2 seconds", "剪掉超过2秒的停顿"),
    Said("add 1 second transitions", "添加1秒转场"),
    Said("remove the transitions", "去掉转场"),
    Said("fade out to black at the end", "结尾淡出"),
    Said("fade the music out at the end", "音乐在结尾淡出"),
    Said("fade out the voice at the end", "人声在结尾淡出"),
    Said("add background music at 20%", "加背景音乐，音量20%"),
    Said("make the music quieter", "音乐小声一点"),
    Said("remove the music", "去掉音乐"),
    Said("mute 0:10 to 0:20", "0:10到0:20静音"),
    Said("make the voice louder", "人声大一点"),
    Said("normalise the audio to -14 LUFS", "响度统一到-14"),
    Said("add a title “Hello” for the first 3 seconds", "添加标题“你好”，显示3秒"),
    Said("change the title to “Hello”", "把标题改成“你好”"),
    Said("make the title bigger", "标题大一点"),
    Said("remove the title", "去掉标题"),
    Said("add a lower third “Anna” “Producer” at 0:10", "加人名条“安娜”，职位“制片人”"),
    Said("add the subtitles", "加上字幕"),
    Said("shift the subtitles by 0.5 s", "字幕推后0.5秒"),
    Said("put the cuts on the beat", "卡点剪辑"),
    Said("move the second clip to the front", "把第二段放到最前面"),
    Said("swap clip 1 and 2", "交换第一段和第二段"),
    Said("split the video at 1:00", "在1分钟处分割"),
    Said("speed it up 2x", "加速两倍"),
    Said("slow motion from 0:10 to 0:20", "0:10到0:20慢动作"),
    Said("reverse it", "倒放"),
    Said("freeze the last frame for 2 seconds", "最后一帧定格2秒"),
    Said("make a 30 second highlight reel", "剪成30秒的精彩集锦"),
    Said("make it vertical with blurred bars", "改成竖屏，用模糊填充"),
    Said("make it black and white", "变成黑白"),
    Said("slowly zoom in", "慢慢推近"),
    Said("remove the kiss scene", "删掉吻戏"),
    Said("undo", "撤销"),
    Said("start over", "重新开始"),
)
"""Sentences that are understood, each short and of another kind."""
_PLACED = frozenset({"music", "title", "transition", "subtitles"})
_TAKING = ("remove", "keep")
_BACK = frozenset({"undo", "start over"})
_BESIDE_BACK = rx(
    r"\b(?:the|my|all|of|it|that|this|these|last|latest|previous|first|please|now|just|again|once|twice|times?|edits?|"
    r"changes?|steps?|everything|to|and|i|we|you|want|would|like|can|could|let'?s|one|two|three|x)\b|[\d\W_]|"
    r"请|帮我|一下|最近|上|下|所有|全部|的|了|吧|把|到|第|步|次|个|操作|改动|修改|编辑|剪辑|[一二两三四五六七八九十几零]"
)
"""Words beside which an undo is still what was meant: of anything else it would take back something else."""
_QUOTED = re.compile(r"[“\"「《'‘]([^“”\"「」《》'’]{1,60})[”\"」》'’]")
_LABELLED = re.compile(
    r"^\s*(?:the\s+)?(?:title|heading|headline|标题)\s*+[:：]\s*+(.{1,60}?)\s*$", re.IGNORECASE
)
_ALL = {name: rx(pattern) for name, pattern in {**_THINGS, **_MANNERS}.items()}


def near(words: str, language: str, there: Collection[str] = _PLACED) -> list[str]:
    """The nearest sentences that are understood, the nearest first; at most three, none if none is near.

    `there` are those of music, title, transition and subtitles that stand on the timeline: only these can be
    changed.
    """
    said = _about(words)
    things = said & _THINGS.keys()
    rated: list[tuple[float, int, str]] = []
    for number, saying in enumerate(_SAYINGS):
        theirs = _about(saying.en)
        shared = things & theirs
        if not shared or not (theirs & _THINGS.keys()) <= things:
            continue
        if "speed" in shared and ("slower" in said) != ("slower" in theirs):
            continue
        if not _suits(said, theirs, labelled=bool(_LABELLED.search(words))):
            continue
        if theirs & _BACK and not _only_back(words):
            continue
        if "add" not in theirs and (theirs & _PLACED) - {*there}:
            continue
        score = 2 * _weight(said & theirs) / (_weight(said) + _weight(theirs))
        if score >= _LEAST_NEAR:
            rated.append((-score, number, _filled(saying, words, language)))
    best = min((score for score, _, _ in rated), default=0.0)
    return [sentence for score, _, sentence in sorted(rated) if score <= best / 2][:_MOST]


def _suits(said: Collection[str], theirs: Collection[str], *, labelled: bool) -> bool:
    """Whether a saying does no other thing than what was said: it takes, adds and goes back where that was said.

    What stands on the timeline and was named is what it is about.
    """
    said, theirs = {*said}, {*theirs}
    takes = theirs & {*_TAKING, *_BACK}
    if (takes and not takes & said) or bool(said & _BACK) != bool(theirs & _BACK):
        return False
    if "add" in theirs and "add" not in said and not labelled:
        return False
    if "remove" in said and "remove" not in theirs and theirs & {"mute", *_PLACED}:
        return False
    return not ("keep" in said and "remove" in theirs) and said & _PLACED <= theirs


def _only_back(words: str) -> bool:
    """Whether the words are about going back, and about nothing else."""
    rest = words
    for name in _BACK:
        rest = _ALL[name].sub(" ", rest)
    return not _BESIDE_BACK.sub("", rest).strip()


def _weight(about: Collection[str]) -> float:
    return sum(1.0 if name in _THINGS else 0.5 for name in about)


@lru_cache(maxsize=256)
def _about(text: str) -> frozenset[str]:
    """The things and manners that a sentence names, outside of its quoted texts."""
    bare = _QUOTED.sub(" ", text)
    return frozenset(name for name, pattern in _ALL.items() if pattern.search(bare))


def _filled(saying: Said, words: str, language: str) -> str:
    """The sentence with the words' own text in the place of its example."""
    sentence = saying.in_language(language)
    own = _QUOTED.search(words) or _LABELLED.search(words)
    example = "“你好”" if language.lower().startswith("zh") else "“Hello”"
    return sentence.replace(example, f"“{own[1].strip()}”") if own else sentence
