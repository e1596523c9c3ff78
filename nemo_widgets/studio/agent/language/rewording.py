"""What a text on the screen shall say from now on, without quotation marks: change the title to Our Trip."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re

from nemo_widgets.studio.agent.compiled import unkept

__all__ = ["new_wording"]

_THE = r"(?:the|my|this|that|our|your)"
_TEXT = rf"{_THE}\s+(?:(?:first|second|last|opening|closing|main|intro|end)\s+)?(?:title|text|heading|headline|caption|label)(?:'s|’s)?(?:\s+(?:card|text|words?|wording))?"
_TEXT_ZH = r"(?:这个|那个|第[一二三\d]个)?(?:主|片头|片尾)?(?:标题|字幕|文字|题目)(?:的(?:文字|内容))?"
_STYLE = r"(?:red|blue|green|white|black|yellow|orange|purple|pink|gr[ae]y|gold|bold|italics?|sans|serif|upper\s?case|lower\s?case|(?:all\s+)?caps|size|bigger|smaller|larger|(?:the\s+|a\s+)?(?:top|bottom|left|right|middle|cent(?:er|re)|lower|upper|start|end|beginning)|(?:clip|video|shot)\s?\d)"
_END = rf"(?=\s+(?:in|at)\s+{_STYLE}\W*$|\s+please\W*$|\s+for\s+(?:\d+(?:\.\d+)?|one|two|three|four|five|six|eight|ten)\s*(?:s|secs?|seconds?)(?![a-z])|\s*(?:[;；]|,?\s+(?:and\s+)?(?:then|make|put|move|add|cut|remove|delete|fade|mute|show)\s|[,.]?\s*$))"
_ANY = r"(?P<text>[^\s\ue000-\uf8ff][^\n\ue000-\uf8ff]{0,199}?)"
_VERB = r"(?:change|set|update|edit|replace|rewrite|reword|correct|switch)"
_SAYS = unkept(
    rf"(?:{_VERB}|make|have|let)\s+{_TEXT}\s+(?:to\s+|so\s+(?:that\s+)?it\s+)?(?:says?|reads?)(?![a-z])\s*:?\s*{_ANY}{_END}"
    rf"|(?<![a-z]){_TEXT}\s+(?:should|shall|must|needs\s+to|has\s+to)\s+(?:now\s+)?(?:say|read)(?![a-z])\s*:?\s*{_ANY.replace('text', 'text2')}{_END}"
    rf"|rename\s+{_TEXT}\s+(?:to|as|into)\s*:?\s*{_ANY.replace('text', 'text3')}{_END}"
    rf"|{_VERB}\s+{_TEXT}\s+(?:to|into|with)\s*:\s*{_ANY.replace('text', 'text4')}{_END}"
    rf"|(?:[把将])?{_TEXT_ZH}(?:改成|改为|换成|换为|写成)\s*[:：]\s*(?P<text5>[^，。；,;\s\ue000-\uf8ff][^，。；,;\n\ue000-\uf8ff]{{0,99}})"
)
"""The words before it say that it is one."""
_CAPITAL = re.compile(
    rf"(?i:{_VERB}\s+{_TEXT}\s+(?:to|into))\s+(?!(?i:{_STYLE})[\s.!]*(?:$|(?i:and|with)\s))(?=[A-Z\u00c0-\u00de]){_ANY}(?i:{_END})"
)
"""Where they may say how it looks as well, its capital letter does."""


def new_wording(text: str) -> tuple[int, int] | None:
    """Where such a text begins and ends in a message; None if none stands there.

    >>> message = "change the title to Our Trip"
    >>> message[slice(*new_wording(message))], new_wording("change the title to red")
    ('Our Trip', None)
    """
    if (found := _SAYS.search(text)) is not None:
        return found.span(found.lastgroup or "text")
    found = _CAPITAL.search(text)
    return found.span("text") if found else None
