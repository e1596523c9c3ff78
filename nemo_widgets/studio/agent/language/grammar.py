"""Messages to plans: every word of a message is understood, or nothing of it is carried out.

A message is cut at its commas, 'and's, 'then's. A clause is one or more of the pieces, the longest that
a rule covers whole; the message is understood if clauses cover all of it. A piece without a verb takes
that of the clause before ('add transitions and background music').
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx

from .context import Around
from .intents import Clause, Intent, Unavailable
from .rules import RULES
from .sayings import open_text, without_text
from .shaping import PLATFORM
from .titling import open_title
from .veil import DURATION, QUOTE, SPAN
from .whole import said_wholly

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nemo_widgets.studio.timeline.media_item import MediaItem

    from .veil import Veiled

__all__ = [
    "Clause",
    "Unread",
    "is_question",
    "read_clauses",
    "too_many_parts",
    "without_manners",
]


@dataclass(frozen=True, slots=True)
class Unread:
    """The words, still veiled, that no rule covers."""

    words: str


_OPENING = rx(
    r"^\s*(?:(?:hi|hello|hey|ok|okay|alright|so|well|great|nice|good|perfect|awesome|cool|yes|thanks|thank\s+you)(?:\s+there|\s+nemo)?\s*[,.!:]*\s+)+"
)
_MOST_PIECES = 12
"""A clause of more pieces than this is no clause: keeps the search for clauses short."""
_MOST_PARTS = 60
"""A message of more pieces is refused: each of them may ask for something."""
_LONGEST_CLAUSE = 150
"""Likewise; in characters, where a quoted text or a time counts as two."""
_WISH = rx(
    r"(?:^|(?<=[,.;!]\s))\s*(?:(?:hi|hello|hey|ok|okay|now|so|well|great|thanks|thank\s+you|nice|good|perfect|right)(?:\s+there|\s+nemo)?\s*[,.!:]*\s+)*"
    r"(?:(?:please|kindly)\s+)*"
    r"(?:(?:(?:can|could|would|will)\s+you|(?:can|could)\s+we)\s+(?:please\s+|kindly\s+|also\s+|now\s+|just\s+|then\s+)*(?:help\s+me\s+(?:to\s+)?)?|(?:i'd|i\s+would)\s+(?:like|love)\s+(?:you\s+)?to\s+|i\s+(?:want|need)\s+(?:you\s+)?to\s+|i'd\s+(?:want|prefer)\s+to\s+|"
    r"let's\s+|let\s+us\s+|go\s+ahead\s+and\s+|(?P<have>(?:i'd|i\s+would)\s+like\s+|i\s+(?:want|need)\s+|(?:can|could|may)\s+i\s+have\s+|give\s+me\s+)(?P<only>(?:only|just)\s+)?)"
)
_NOISE = rx(
    r"(?<![\w'])(?:please|kindly|pls|plz|(?:many\s+)?thanks(?:\s+(?:a\s+(?:lot|million|bunch)|(?:so|very|ever\s+so)\s+much|in\s+advance|again))*|thank\s+you(?:\s+(?:(?:very|so|ever\s+so)\s+much|in\s+advance|again|indeed))*|thx|tysm|much\s+appreciated|for\s+me|for\s+us|(?:would|will|could|can)\s+you(?=\s*[?.!]*\s*$)|(?:and\s+)?nothing\s+(?:else|more)(?=\s*[.!]*\s*$)|if\s+you\s+(?:can|could|would)|right\s+now|now|go\s+ahead\s+and|simply|quickly)(?![\w'])"
    r"|(?<![\w'])just(?!\s+(?:keep|use|show|leave|retain|the\s+first|the\s+last))(?<!keep\sjust)(?<!use\sjust)(?![\w'])"
)
_NOISE_ZH = re.compile(
    r"^(?:你好|您好|嗨|好的|嗯|那(?!个|段|条|首|张|些|边|里|句|行|种|几))[,!，！]?\s*|(?:麻烦|劳驾|拜托)(?:你|您|帮我|帮忙|一下)*|请问?(?:你|您)?(?:帮我|帮忙|给我|替我)?|(?:能不能|可不可以|能否|可否|可以|能)(?:请)?(?:你|您)?(?=帮|给|把|将|删|剪|去|加|添|裁|切|保留|只|撤|放|配|移|清)"
    r"|(?:帮我|帮忙|给我|替我)|我(?:想要?|要|希望|需要)(?:你|您)?(?:帮我)?(?=把|将|删|剪|去|加|添|裁|切|保留|只|撤|放|配|移|清)|谢谢(?:你|您|了)?|一下|(?:就)?(?:好吗|好不好|可以吗|行吗|行不行|好么)\s*[?]?|(?:就)?(?:行|好|可以)了?(?=$)|就?够了(?=$)|吧(?=[,.!。]|\s|$)"
)
_REASON = rx(
    r"^\s*(?:the\s+|this\s+|my\s+)?(?:intro|beginning|start|opening|middle|ending|end|outro|video|film|clip|it|this|that)(?:'s|\s+(?:part|section))?\s+(?:just\s+|really\s+|kind\s+of\s+)*(?:drags(?:\s+on)?|(?:(?:is|feels|seems|gets|goes\s+on|takes)\s+)?(?:(?:a\s+(?:bit|little)|way|far|much|really|so)\s+)?(?:(?:too\s+)?(?:long|slow|boring|dull|tedious)))\s*[,;.]\s*(?:so\s+|please\s+)*(?=\S)"
    r"|^(?:视频|片子)?的?(?:开头|片头|前面|中间|结尾|片尾|后面|视频|片子|整体|这段)(?:部分|这段)?(?:有点儿?|有些|实在|真的?)?(?:太|好|很|过于)?(?:拖沓|拖|长|慢|无聊|啰嗦|闷|沉闷)了?(?:一点|点)?[,，;。]\s*(?=\S)"
)
"""Why something is to be cut, said before what is to be cut."""
_MEASURED = rx(
    rf"^\s*(?P<head>(?:please\s+)?(?:make|let|have)\s+[^,.;]{{1,40}}?)\s+(?:(?:a\s+(?:bit|little)|much)\s+)?(?:longer|shorter)(?:\s*,?\s*(?:say|let's\s+say|like|maybe|perhaps|about|around|roughly|more\s+like)\s+|\s*:\s*)(?P<long>{DURATION})(?=\s*(?:$|[,.;!]|and\s|or\s+so))"
)
"""'Longer, say two seconds': how long it is to be."""
_FAULT = rx(
    rf"^\s*(?P<what>(?:the|my)\s+(?:background\s+)?(?:music|song|voices?|speech|narration|sound|audio|title|text)|(?:the\s+)?{SPAN})(?:'s|\s+(?:is|are|sounds?|looks?))(?:\s+(?:a\s+bit|a\s+little|way|far|much))?\s+too\s+\w+\s*[,;.]\s*(?:so\s+|please\s+)*"
    r"(?P<verb>[a-z]+)\s+(?:it|them)(?P<rest>\s[^,;.]*[\d\ue000-\uf8ff][^,;.]*)(?=$|[,;.])"
)
"""What is wrong with a thing, said before what is to be done about it: the second says it all."""
_FAULT_ZH = rx(
    rf"^(?P<what>{SPAN})(?:有点儿?|有些|实在|也)?(?:太|过于)[\u4e00-\u9fff]{{1,2}}?了?[,，]\s*(?:请)?(?:把它|将它|它)?(?=只要|只留|剪|改|缩|加速|减速|放慢|调)"
)
_REQUEST = rx(
    r"(?:^|[,.;!]\s)\s*(?:(?:hi|hello|hey|ok|okay|please|so|now|and|dear)[\s,!.]+)*(?:(?:can|could|would|will)\s+you|(?:can|could)\s+we)\s+(?!tell|say|explain|show\s+me|see\b|know\b|talk\b|(?<=we\s)(?:keep|leave)\s+(?!only|just)|be\b|have\b|recommend|suggest|think|mind)"
    r"|^\s*(?:can|could|may)\s+i\s+have\s|能不能|可不可以|能否|可否|可以.*吗|能.*吗|好吗|好不好|行吗|可以吗|行不行|好么"
)
_QUESTION = rx(
    r"[?]|^\s*(?:how|what|why|when|where|which|who|whose|is|are|was|were|do(?!\s+not)|does|did|should|shall|may|might|am|has|have(?=\s+(?:i|you|we|they|u)\s)|had|can\s+i|could\s+i|will\s+it|would\s+it|can\s+it|tell\s+me|can\s+you\s+tell)\b"
    r"|怎么|怎样|如何|什么|为什么|是否|是不是|要不要|该不该|应不应该|有没有|多长|多久|多少|(?<![这那前后头好])几(?:个|段)|哪|吗\s*[。.!]?$|呢\s*[。.!]?$"
)
_JOINT = rx(
    r"\s*(?:[,;、!&]|\.(?=\s|$)|(?<![\w'])(?:and\s+then|and\s+also|after\s+that|afterwards|but\s+also|as\s+well\s+as|and|then|also|plus|finally|lastly|next|first\s+of\s+all|firstly|secondly|but|instead|too)(?![\w'])|(?:^|(?<=[,.;!]\s)|(?<=and\s))(?:first|second)(?![\w'])"
    rf"|\s(?=for\s+(?:(?:my|the|an?)\s+)?(?:{PLATFORM})(?![a-z]))"
    rf"|\s(?=(?:except(?:\s+for)?|excluding|apart\s+from|other\s+than|not)\s+(?:(?:in|on|for)\s+)?{SPAN})"
    r"|。|；|，|然后|接着|之后|随后|并且|而且|同时|另外|此外|(?:^|(?<=[,.;，。；、\s]))最后(?!面|一|[\d\ue000-\ue008]|的)|首先|其次|以及|还有|先|再|并|和|(?<![\ue100-\uf8ff])也|但是|但|不过)\s*"
)
_ADDING = rx(r"(?:add|put|insert|apply|include|use|throw\s+in|添加|加上|加入|加|配上|配|放)(?![a-z])")
_REMOVING = rx(
    r"(?:remove|delete|cut|trim|get\s+rid|drop|skip|take\s+(?:out|away|off)|erase|删|剪|去|裁|切|移除|把.*(?:删|剪|去|裁|切))"
)
_DOING = rx(
    r"(?:make|mute|speed|slow|reverse|rotate|turn|flip|mirror|zoom|crop|move|swap|split|fade|set|lower|raise|play|shorten|change)(?![a-z])"
    r"|(?:把|将|给|加速|放慢|静音|倒放|旋转|翻转|放大|交换)"
)
_THEN = rx(r"then|afterwards|after\s+that|finally|然后|接着|之后|随后")


def is_question(text: str) -> bool:
    """Whether the message asks something instead of asking for something to be done."""
    text = without_text(text)
    return bool(_QUESTION.search(text)) and not _REQUEST.search(text)


def without_manners(text: str) -> str:
    """The message without please, could you, thanks and their like."""
    if _REQUEST.search(without_text(text)):
        text = re.sub(r"[吗么]\s*[?。.!]*\s*$", "", text)
    start, end = open_text(text) or (len(text), len(text))
    text = f"{_bare(text[:start])}{text[start:end]}{_NOISE_ZH.sub('', _NOISE.sub(' ', text[end:]))}"
    text = re.sub("(?<=[\ue100-\uf8ff])也(?!是|不|别|静音|消音)", "", text)  # of a clip: 海边也调亮
    text = re.sub(r"\s+would\s+be\s+(?:nice|great|good|cool|lovely|perfect)(?=\s*[.!]*\s*$)", "", text)
    text = re.sub(r"[\s?!.。]+$", "", text)
    return said_wholly(" ".join(text.split()))


def _bare(text: str) -> str:
    text = _MEASURED.sub(r"\g<head> \g<long> long", _OPENING.sub("", text))
    text = _FAULT_ZH.sub(r"\g<what>", _FAULT.sub(r"\g<verb> \g<what>\g<rest>", text))
    text = _WISH.sub(lambda m: ("keep only " if m["only"] else " add ") if m["have"] else " ", text)
    return _NOISE_ZH.sub("", _NOISE.sub(" ", _REASON.sub("", text)))


def too_many_parts(text: str) -> bool:
    """Whether a message has more pieces than anyone says at once."""
    return sum(1 for _ in _JOINT.finditer(text)) >= _MOST_PARTS


def read_clauses(veiled: Veiled, text: str, media: Mapping[str, MediaItem]) -> list[Clause] | Unread:
    """The clauses that cover a message, or the first words that none covers."""
    reader = _Reader(veiled, text, media)
    found = reader.read(0, "")
    return reader.unread() if found is None else found


class _Reader:
    def __init__(self, veiled: Veiled, text: str, media: Mapping[str, MediaItem]) -> None:
        self._veiled, self._text, self._around = veiled, text, Around(veiled, media)
        self._bounds: list[tuple[int, int]] = []  # where each piece starts and ends
        self._known: dict[tuple[int, str], list[Clause] | None] = {}
        self._rules: dict[tuple[str, str], tuple[Intent, ...] | None] = {}
        self._reached = 0
        at = 0
        for m in [*_JOINT.finditer(text), None]:
            end = m.start() if m else len(text)
            if text[at:end].strip():
                self._bounds.append((at, end))
            at = m.end() if m else at
        self._count = len(self._bounds)

    def read(self, i: int, verb: str) -> list[Clause] | None:
        """The clauses from piece `i` on, after a clause whose verb was `verb`; None if there are none."""
        if i == self._count:
            return []
        self._reached = max(self._reached, i)
        key = (i, verb)
        if key not in self._known:
            self._known[key] = self._search(i, verb)
        return self._known[key]

    def _search(self, i: int, verb: str) -> list[Clause] | None:
        start = self._bounds[i][0]
        joint = self._text[self._bounds[i - 1][1] : start] if i else self._text[:start]
        last = min(self._count, i + _MOST_PIECES)
        long = [(j, "rule") for j in range(last, i, -1)]
        short = [(j, "open") for j in range(i + 1, last + 1)]
        for j, way in [*long, *short, *((j, "wish") for j, _ in long)]:
            if way == "open" and any(self._goes_on(k) for k in range(i + 1, j)):
                continue
            text = self._text[start : self._bounds[j - 1][1]].strip()
            lent = verb and way != "open" and not (verb == "remove" and _NOT_REMOVED.search(text))
            for full in dict.fromkeys((text, f"{verb} {text}" if lent else text)):
                intents = self._open(full) if way == "open" else self._rule(full)
                if not intents or (way == "rule" and any(isinstance(n, Unavailable) for n in intents)):
                    continue
                rest = self.read(j, _verb(full))
                if rest is not None:
                    return [Clause(text, joint, intents), *rest]
        return None

    def _goes_on(self, k: int) -> bool:
        """Whether piece `k` asks for something more, whatever that is, and is no part of a text before it."""
        (_, before), (start, end) = self._bounds[k - 1 : k + 1]
        asks = _ADDING.match(self._text, start, end) or _REMOVING.match(self._text, start, end)
        return bool(_THEN.search(self._text, before, start)) and bool(
            asks or _DOING.match(self._text, start, end)
        )

    def _rule(self, text: str) -> tuple[Intent, ...] | None:
        if len(text) > _LONGEST_CLAUSE:
            return None
        key = (text, "")
        if key not in self._rules:
            found = next((found for rule in RULES if (found := rule(text, self._around))), None)
            self._rules[key] = tuple(found) if found else None
        return self._rules[key]

    def _open(self, text: str) -> tuple[Intent, ...] | None:
        found = open_title(text, self._veiled) if len(text) <= _LONGEST_CLAUSE else None
        return tuple(found) if found else None

    def unread(self) -> Unread:
        """The first piece that no clause could begin with; a lone quoted text says nothing by itself."""
        if not self._count:
            return Unread(self._text)
        start, end = self._bounds[self._reached]
        words = self._text[start:end]
        return Unread(words if not re.fullmatch(QUOTE, words.strip()) else self._text)


_NOT_REMOVED = rx(r"^(?:静音|消音|mute|silence)$|(?:一点|一些|点儿|些)$")
"""Is to be made silent, as likely as the silence is to go, or is so by a bit: takes no verb from before."""


def _verb(clause: str) -> str:
    if _ADDING.match(clause):
        return "add"
    return "remove" if _REMOVING.match(clause) else ""
