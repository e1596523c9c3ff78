"""Wishes that leave all open, such as 'edit my raw video footage': a question with what can be done about them.

A wish is general if it is made of a verb for editing and words for what is edited, and of nothing else.
"""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.composing import Asked, Plan
from nemo_widgets.studio.words import Said

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["general"]

_VERB = r"(?:edit(?:ing)?|creat(?:e|ing)|mak(?:e|ing)|produc(?:e|ing)|process(?:ing)?|improv(?:e|ing)|polish(?:ing)?|turn(?:ing)?|fix(?:ing)?|clean(?:ing)?(?:\s+up)?|tidy(?:ing)?(?:\s+up)?|trim(?:ming)?|cut(?:ting)?(?:\s+out)?|remov(?:e|ing)|detect(?:ing)?|do\s+something(?:\s+(?:nice|cool|good))?\s+with|work(?:ing)?\s+on|help\s+me(?:\s+to)?\s+edit)"
_KIND = r"(?:raw|unedited|short|long|finished|final|clean|cleaned|polished|edited|nice|good|better|great|professional|romantic|love|kiss(?:ing)?|interview|talking[\s-]head|screen|phone|unwanted|middle|boring|whole|full|new|automatically|quickly|look|looking|short[\s-]form|social\s+media|vertical|high[\s-]quality|hd)"
_WHAT = r"(?:video|footage|clip|film|movie|recording|interview|material|vlog|scene|section|part|mp4|file|creator|content\s+creator|youtuber|post|reel|short|story|it|this|that|them|something)s?"
_SMALL = r"(?:my|the|a|an|our|this|that|these|some|of|in|into|to|as|for|from|with|on|or|and|out|up|please|me|you|all|by)"
_SIZE = r"(?:\d+(?:\.\d+)?[\s-]*(?:s|secs?|seconds?|min|mins|minutes?|hours?)(?:[\s-]+long)?|\d{3,4}p|[48]k|h\.?26[45])"
_SITE = r"(?:tiktok|youtube|instagram|reels|shorts|bilibili|douyin|facebook|twitter|x)"
_PAUSE = r"(?:(?:long\s+|awkward\s+)?(?:pauses?|silences?)(?:\s+in\s+the\s+middle(?:\s+of\s+it)?)?)"
_JOINING = r"(?:(?:re)?join(?:ing)?(?:\s+together)?|remaining|rest|smooth(?:ly)?|export(?:ing)?|upload(?:ing)?|share|sharing)"
_WISH = rx(
    rf"\s*(?:(?:hi|hello|hey|ok|okay|please|can\s+you|could\s+you|i\s+(?:want|need|would\s+like)(?:\s+you)?(?:\s+to)?|i'd\s+like(?:\s+you)?(?:\s+to)?|help\s+me(?:\s+to)?|just|let's)[\s,]+)*(?P<verb>{_VERB})(?P<rest>(?:[\s,]+(?:{_SIZE}|{_SITE}|{_PAUSE}|{_KIND}|{_WHAT}|{_SMALL}|{_JOINING})(?![\w'-]))+)[\s.!?]*"
)
_WISH_ZH = re.compile(
    r"\s*(?:请|帮我|帮忙|麻烦|想要?|我|给我|能不能|可以|把|将)*(?P<verb>剪辑|编辑|制作|处理|优化|美化|做|剪|弄|修)?(?:一下|下|一个|成|好|个)?(?:我|你|他|这|那)?(?:的|个|段|些|条)*"
    r"(?P<rest>(?:原始|未剪辑|粗|浪漫|吻戏|接吻|短|长|\d+|分钟|秒|的|视频|素材|影片|短片|片段|片子|录屏|录像|采访|访谈|镜头|画面|作品|成片|vlog|mp4|1080p|好看|漂亮|专业|精彩|一点|一些|点|成|为)+)(?:剪辑|编辑|处理|优化|美化|制作|剪|弄|做|修)?(?:一下|下|好看|漂亮|成片|好|得|更|一点|一些|点)*(?:吧|吗|好吗)?[\s。！!?？]*",
    re.IGNORECASE,
)
_TAKES_AWAY = rx(r"(?:trim|cut|remov|detect)")
_EXPORTS = rx(r"\d{3,4}p|[48]k\b|mp4|export|导出|成片")
_VERTICAL = rx(r"tiktok|reels|shorts|instagram|douyin|vertical|竖屏|抖音")
_KISS = rx(r"kiss|romantic|love\s+(?:scene|film|story)|吻|浪漫")
_MIDDLE = rx(r"middle|unwanted|section|part")
_SILENT = rx(r"pause|silence")

_LATER = Said(" The export is a step of its own: ask for it next.", "导出是单独的一步，请接着说导出。")
_WHAT_NEXT = Said("What is to be done with it?", "要怎么剪？")
_WHICH_PART = Said(
    "Which part is to go? Name it, as in “remove 0:45 to 1:20 smoothly”, or choose.",
    "要去掉哪一部分？可以说“平滑地删掉0:45到1:20”，也可以直接选。",
)
_ABOUT_KISS = Said("What is to become of the kiss?", "吻戏要怎么处理？")
_USUAL = (
    Said("cut the pauses and add transitions", "剪掉停顿，加转场"),
    Said("make a 30 second highlight reel", "剪成30秒的精彩集锦"),
    Said("add background music at 20%", "加背景音乐，音量20%"),
)
_OF_KISS = (
    Said("remove the kiss scene, add smooth transitions and background music", "删掉吻戏，加转场和背景音乐"),
    Said("remove the kiss scene", "删掉吻戏"),
    Said("keep only the kiss scene", "只保留吻戏"),
)
_OF_PARTS = (
    Said("cut the pauses smoothly", "平滑地剪掉停顿"),
    Said("remove the middle third smoothly", "平滑地删掉中间三分之一"),
    Said("cut the blurry parts", "删掉模糊的部分"),
)
_UPRIGHT = Said("make it vertical with blurred bars", "改成竖屏，用模糊填充")


def general(text: str, read: Callable[[str], Plan | None]) -> Plan | Asked | None:
    """What a wish that leaves all open comes to: a question; a plan where it says after all what is to go.

    None if it is no such wish. `read` gives the plan of a sentence.
    """
    english = _WISH.fullmatch(text)
    said = english or _WISH_ZH.fullmatch(text)
    if said is None or not (english or said["verb"]):
        return None
    language = "en" if english else "zh"
    if _SILENT.search(text):
        sentence = "cut the long pause in the middle" if "middle" in text.lower() else "cut the pauses"
        return read(f"{sentence}, and export it" if _EXPORTS.search(text) else sentence)
    prompt, choices = _WHAT_NEXT, list(_USUAL)
    if _KISS.search(text):
        prompt, choices = _ABOUT_KISS, list(_OF_KISS)
    elif _TAKES_AWAY.match(said["verb"] or "") and _MIDDLE.search(text):
        prompt, choices = _WHICH_PART, list(_OF_PARTS)
    elif english and _TAKES_AWAY.match(said["verb"]):
        return None
    if _VERTICAL.search(text):
        choices.append(_UPRIGHT)
    there = tuple(choice for choice in choices if read(choice.in_language(language)))
    note = _LATER if _EXPORTS.search(text) else Said()
    return Asked(Said(prompt.en + note.en, prompt.zh + note.zh), there, language)
