"""The words by which an agent asks its user something before it goes on, without a mark of the protocol's.

They count only where the timeline has not changed, and only at the answer's end. A polite offer behind an
answer ("Anything else?") asks for nothing.
"""

from __future__ import annotations

import re

from .abroad import asks_abroad, closes_abroad
from .simplified import simplified

__all__ = ["asked_in_words"]

_CLOSERS = (
    r"anything else|something else|what else|else (?:can|may|should) i|help you|help with|assist"
    r"|any (?:other )?questions|you think|(?:does|do) (?:that|this|it|they) (?:sound|look|work|help)"
    r"|sounds? good|like it|happy with|next\?|like to (?:know|see)|still need"
    "|还需要|还有|还想|其他|其它|别的|帮您|帮你|帮到|帮助|满意|怎么样|觉得|喜欢"
)
"""What ends a conversation politely."""
_WHICH = (
    r"(?:which|whose)\b",
    (
        r"(?:what|where|when|who|how (?:much|many|long|far|fast|loud|large|big|should|would|do))\b"
        r".*\b(?:you|your|i|should)\b"
    ),
    r"(?:do|did) you mean\b",
    r"(?:can|could|would) you (?:please )?(?:tell|specify|clarify|confirm|say|name|choose|pick)\b",
    r"(?:can|could|would) you (?:please )?(?:provide|upload|describe)\b",
    "(?:您|你)?.{0,6}(?:哪|什么|多少|几|多长|多久|怎样|如何).*(?:您|你|想|要|删|剪|保留|移除|加|放|指)",
    "[^，。“「是写]{0,8}(?:要|想|该|需要)(?:写|用|叫|放|加|显示|删除?|剪掉?|选择?|改成|换成|保留)(?:什么|哪|几|多少|多长|多大)",
    "(?:您|你)(?:想|要|希望|需要|是指|指的是|说的是).*(?:哪|什么|多少|几|还是|吗|么)",
)
"""The question that a sentence is: something is to be named."""
_MAY_I = (
    r"(?:do you want|would you like|want me to|is it ok(?:ay)?|ok(?:ay)? to"
    r"|(?:shall|should) (?:i|we)|(?:may|can) i)"
)
_ON = (
    r"\b(?:proceed|continue|go ahead|go on|start|begin|apply|do (?:it|this|that|so)|delete|remove|cut"
    r"|them|those|these|now)\b"
)
_GOES_ON = (
    rf"{_MAY_I}.*{_ON}",
    r"(?:are you sure|is (?:that|this|it) (?:ok|okay|right|correct|what you)|(?:shall|should|may) i\?)",
    r"(?:proceed|continue|go ahead|confirm|ready|ok|apply|do it|good to go)\b",
    r"(?:shall we|(?:can|may|could) i (?:get|have) (?:a|your) (?:yes|ok|go-ahead|approval|confirmation))\b",
    "(?:是否|要不要|可不可以|可以).*(?:继续|开始|执行|删|剪|应用|进行|吗)",
    "(?:您|你)?(?:确定|确认|同意).*(?:吗|么|？)?",
    "(?:要|需要|想要?|现在)?(?:应用|执行|提交|生效)(?:更改|修改|剪辑|它|这些|此|该|这个)?.{0,2}(?:吗|么|？)",
    ".{0,3}(?:要我|需要我|让我|我可以|继续|开始).*(?:吗|么)",
)
"""It asks whether to go on with what was said."""
_TELL_ME = r"(?:let me know|tell me|i(?:'d| would)? need to know)"
_TELLS = (
    rf"{_TELL_ME}\s+(?:which|where|when|whether|who|the|how (?:much|many|long|far|fast|loud))\b",
    rf"{_TELL_ME}\s+what (?:to|part|clip|section|you(?:'d)? (?:want|would like|like|mean))\b",
    rf"{_TELL_ME}\s+if (?:i should|you want me to|you'd like me to|that's|this is|it's ok)\b",
    r"(?:specify|clarify|indicate|provide|choose|pick|select)\b",
    r"confirm\b(?=[^.]*\b(?:that|if|whether|you|want|delet|remov|cut)\b|$)",
    r"(?:reply|respond|answer|type|say)\s+(?:with\s+)?[\"'“‘*]*(?:yes|no|ok(?:ay)?|y|confirm|go|proceed|\d)\b",
    r"i(?:'ll| will)? (?:just )?need (?:more|a bit more|some more|your|you to|the exact|to know)\b",
    "(?:请|麻烦).{0,4}(?:告诉我|告知|说明|指定|明确|选择|提供|回复|回答|指出|确认)",
    "(?:我)?需要(?:您|你)(?:的)?(?:确认|同意|提供|告诉|指定|说明|选择)|回复[“\"'「]?(?:是|确认|好|继续)",
)
"""It tells the user to say something."""

_LEAD = (
    r"(?:(?:please|so|and|but|then|just|now|ok|okay|sure|also|kindly|before i \w+|to be sure|first"
    r"|(?:one|a) (?:more |quick )?(?:thing|question)|请问|那么?|好的?)[, ，:：]*)*"
)
_ASKED = re.compile(rf"{_LEAD}(?:{'|'.join((*_WHICH, *_GOES_ON))})", re.IGNORECASE)
_TOLD = re.compile(rf"{_LEAD}(?:{'|'.join(_TELLS)})", re.IGNORECASE)
_CLOSES = re.compile(_CLOSERS, re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?。！？؟।\n]+(?:[.!?。！？؟।]+(?![A-Za-z0-9])|[.!?][^.!?。！？؟।\n]*)*")
_CLAUSE = re.compile(r"[,;，；—–]\s*")
_QUOTES = re.compile(r"\b(?:says?|said|asks?|reads?|titled|caption|subtitle)\b|标题|字幕|写着|问|说")
"""What follows is said by somebody in the film."""
_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,2}[.)、])\s")
_LOOKED_AT = 800
"""So many characters are looked at, from the end."""
_MOST = 2
"""So many sentences."""


def asked_in_words(text: str) -> str:
    """The sentence at the end of an answer that asks the user something, "" if none does.

    >>> asked_in_words("I found three clips. Which one do you mean?")
    'Which one do you mean?'
    >>> asked_in_words("It lasts 10 s. Anything else?")
    ''
    """
    lines = [line for line in text[-_LOOKED_AT:].splitlines() if not _ITEM.match(line)]
    found = [m[0].strip(" *_#>\t") for line in lines for m in _SENTENCE.finditer(line)]
    for sentence in reversed([each for each in found if each][-_MOST:]):
        plain = simplified(sentence.replace("’", "'"))
        if _CLOSES.search(plain):
            continue
        asks = plain.rstrip(" *_\"'”’)）").endswith(("?", "？", "؟"))
        clauses = [plain] if _QUOTES.search(plain) else [plain, *_CLAUSE.split(plain)[1:]]
        if _abroad(sentence.replace("’", "'"), marked=asks) or any(
            (asks and _ASKED.match(clause)) or _TOLD.match(clause) for clause in clauses
        ):
            return sentence
    return ""


def _abroad(sentence: str, *, marked: bool) -> bool:
    """Whether it asks in another language, and nobody in the film does."""
    if _QUOTES.search(sentence) or closes_abroad(sentence):
        return False
    return asks_abroad(sentence, marked=marked)
