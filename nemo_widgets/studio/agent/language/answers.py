"""Questions that have an answer: how long the timeline is, what is on it, what can be done."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re

__all__ = ["asked"]

_NOW = r"(?:\s+(?:now|currently|so\s+far|at\s+the\s+moment|right\s+now|in\s+total|altogether))*"
_IT = r"(?:it|this|that|(?:(?:the|my|this|whole|final|edited)\s+)*(?:video|timeline|clip|edit|film|movie|cut|result|project))"
_QUESTIONS = {
    "length": rf"(?:so\s+)?how\s+long\s+(?:is|are)\s+{_IT}{_NOW}|what(?:'s|\s+is)\s+(?:its|the)(?:\s+(?:current|total))?\s+(?:length|duration)(?:\s+of\s+{_IT})?{_NOW}|"
    r"(?:现在|目前|当前|视频|片子|成片|时间线|整个|它|总共|一共|的)*(?:有|是)?(?:多长|多久|多少秒|几分钟|(?:总?时长|长度)(?:是|有)?多少)(?:时间)?(?:了|呢|啊)?",
    "contents": rf"what(?:'s|\s+is)\s+(?:there\s+)?(?:now\s+)?(?:on|in)\s+{_IT}{_NOW}|(?:show|tell)\s+me\s+(?:what(?:'s|\s+is)\s+on\s+)?the\s+timeline|show\s+the\s+timeline|what\s+do\s+(?:we|i)\s+have{_NOW}|"
    r"(?:现在|目前)?(?:的)?时间线(?:上|里|里面)?(?:现在)?(?:都)?(?:有|是)(?:些|哪些)?(?:什么|内容|东西)+(?:呢)?|(?:看看|显示)时间线",
    "help": r"help(?:\s+me)?(?:\s+please)?|(?:please\s+)?help|what\s+(?:else\s+)?can\s+(?:you|i|it|this|nemo)\s+(?:do|say|ask(?:\s+for)?)(?:\s+(?:here|now|for\s+me))?|what\s+are\s+(?:you\s+able\s+to\s+do|my\s+options)|"
    r"how\s+does\s+(?:it|this)\s+work|(?:show|list)\s+(?:me\s+)?(?:the\s+|your\s+)?commands|(?:你|这里|我)?(?:都)?(?:能|会|可以)(?:帮我)?(?:做|干)(?:些|点)?(?:什么|啥)|帮助|怎么用|(?:你)?有(?:什么|哪些)功能",
}  # fmt: skip
_COMPILED = {reason: re.compile(pattern, re.IGNORECASE) for reason, pattern in _QUESTIONS.items()}
_AROUND = " \t\n?!.。？！,，~"
_OPENING = re.compile(r"^(?:(?:hi|hello|hey|ok|okay|so|and|you|请问|你好)[\s,，]+)+|^请问", re.IGNORECASE)


def asked(text: str) -> str:
    """What a question is about, `length`, `contents` or `help`; "" if it is none of these."""
    bare = _OPENING.sub("", " ".join(text.split()).strip(_AROUND), count=1) if text else ""
    return next((reason for reason, p in _COMPILED.items() if p.fullmatch(bare)), "")
