"""Texts to be shown that stand in a message without quotation marks: a title saying Hello, 写着大家好.

Word for word, so none of their words is a manner, or says how exactly a number is meant.
"""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re

from nemo_widgets.studio.agent.compiled import rx

from .tokens import FILE, QUOTE

__all__ = ["SAYS", "SPEECH", "open_text", "without_text"]

SAYS = r"(?:(?:that|which)\s+(?:should\s+)?(?:say|read)s?|saying|says|reading|titled|called|named|with\s+(?:the\s+)?(?:text|words?|title|caption)|写着|写上|内容(?:是|为)|叫做?|名为|说)"
"""What stands before such a text."""
_NOUN = r"(?:title|text|heading|headline|caption|label|words?|card|subtitle|subs|overlay|标题|文字|字幕|字样|题目|字)"
_OPEN = rx(
    rf"{_NOUN}.*?{SAYS}(?![a-z])\s*:?\s*(?!{QUOTE}|{FILE})(?P<text>\S.*?)(?=\s+please\W*$|\s*(?:[,;，。；、]|(?<!\.)\.(?:\s|$)|\s(?:and\s+then|then|and\s+please)\s|然后|接着|$))"
)
_BEHIND = rx(
    rf"\s*(?!{QUOTE}|{FILE})(?P<text>\S.*?)(?=,?\s+please\W*$|[,;，。；、\s]*(?:\s(?:and\s+then|then|and\s+please)\s|然后|接着|$))"
)
"""All that stands behind a colon is the text, where the words before it put one in."""
_BETWEEN = re.compile("[,;，。；:]")
_LABEL = rx(rf"\s*{_NOUN}\s*")
_PUTS = rx(
    r"(?<![a-z])(?:add|insert|put|show|display|place|include|create|write|overlay|make|use|have|give|want|need)(?![a-z])|[加插写打放显配来]"
)
_A_NOUN = rx(rf"{_NOUN}|(?<![a-z])write(?![a-z])|写")
_SAYS = rx(SAYS)
_MARKS = re.compile(r"[?!.。]+")
SPEECH = rx(
    r"the\s+(?:spoken\s+)?words\s+(?:in|of|from)\s+(?:the|my|this)\s+(?:video|film|clip|speech|audio|movie)|(?:i|you|he|she|we|they|people|everyone|(?:the|my)\s+speaker)\s+(?:say|speak)s?"
    r"|(?:what(?:ever)?|everything|all(?:\s+that)?|the\s+words?|words)\s+(?:(?:that|which)\s+)?(?:(?:is|are|was|were|gets?)\s+(?:being\s+)?(?:said|spoken|heard)|(?:i|you|he|she|it|we|they|people|everyone|everybody|somebody|someone|(?:the|my)\s+\w+)(?:'s|'m|'re|\s+(?:is|am|are|was|were))?\s+(?:say(?:s|ing)?|said|speak(?:s|ing)?|spoke|talk(?:s|ing)?(?:\s+about)?))(?:\s+(?:in|on)\s+(?:the|my|it)\b.*)?"
    r"|(?:视频|片子|里面|其中|中|他|她|它|我|你|们|大家|别人|人物?|里|的)*(?:所?说|讲|念)(?:出来|到|过|了)?的?(?:话|内容|东西|每一?句话|台词)?"
)
"""Not such a text but what somebody says in the film."""


def open_text(text: str) -> tuple[int, int] | None:
    """Where such a text begins and ends in a message; None if none stands there."""
    said = _OPEN.search(text) if _SAYS.search(text) else None
    colon = _colon(text)
    if colon and (said is None or colon.start("text") <= said.start("text")):
        return colon.span("text")
    return said.span("text") if said else None


def without_text(text: str) -> str:
    """A message without such a text where it asks to put it in: what the text says, nobody asks or wants."""
    said = _OPEN.search(text) if _SAYS.search(text) else None
    found = _colon(text) or (said if said and _PUTS.search(text[: said.start("text")]) else None)
    if found is None:
        return text
    marks = _MARKS.match(text, found.end("text"))
    return text[: found.start("text")] + text[marks.end() if marks else found.end("text") :]


def _colon(text: str) -> re.Match[str] | None:
    """The text behind a colon."""
    first = 0
    for between in _BETWEEN.finditer(text):
        head, first = text[first : between.start()], between.end()
        puts = between.group() == ":" and (
            _LABEL.fullmatch(head) or (_A_NOUN.search(head) and _PUTS.search(head))
        )
        if puts and (found := _BEHIND.match(text, first)):
            return found
    return None
