"""What a message asks for, as far as its words tell: by that its run is headed, and listed.

The agent alone decides what it does. A studio marks a question that it answered; of any other server, and
before there is an answer, the words are all there is.
"""

from __future__ import annotations

import re
from operator import index
from typing import Literal, TypeAlias

from nemo_widgets.catalogue import say
from nemo_widgets.errors import UsageError

__all__ = ["Intent", "answered", "intent_of", "words_of"]

Intent: TypeAlias = Literal["edit", "undo", "redo", "start over", "question", "message"]
"""`message` is what was answered and is no question, such as a greeting."""

_LAST = (
    r"(?:\s+(?:that|this|it|them|again|my|the|these|those|them|of|all|both|everything|last|previous|latest|most|recent|to|and|once|more|one|two|"
    r"three|four|five|six|seven|eight|nine|ten|\d{1,4}|edits?|changes?|steps?|undos?|thing|times?|please))*"
)
_LAST_ZH = (
    r"(?:\s|掉|到|一下|刚才|刚刚|最近|最后|前面|之前|上|的|[一二两三四五六七八九十\d]{1,4}|个|步|次|操作|修改|编辑|改动|剪辑|更改|"
    r"了|吧)*"
)
_BACK: dict[Intent, str] = {
    "start over": (
        r"start\s+(?:over|again|afresh|anew|from\s+scratch)|reset(?:\s+(?:it|everything|all|the\s+timeline))?"
        r"|(?:undo|revert|discard|scrap)\s+(?:everything|all(?:\s+(?:of\s+)?(?:it|(?:my|the)?\s*(?:edits|changes)))?)"
        r"|(?:go\s+back|revert|return)\s+to\s+the\s+original(?:\s+(?:video|clip|version))?"
        r"|restore\s+the\s+original(?:\s+(?:video|clip|version))?"
        r"|重新(?:开始|来过?)|从头(?:再来|开始|来过?)|全部重来|重来|重置|全部撤销"
        rf"|撤销(?:全部|所有){_LAST_ZH}"
    ),
    "redo": (
        rf"redo{_LAST}|undo\s+the\s+undo|(?:重做|恢复撤销|取消撤销){_LAST_ZH}|(?:全部|全都|都)重做"
        rf"|重做(?:全部|所有){_LAST_ZH}"
    ),
    "undo": (
        rf"(?:undo|revert|take\s+back|take\s+(?:that|it)\s+back|roll\s+back|step\s+back|go\s+back){_LAST}"
        rf"|(?:撤销|撤回|撤消|回退|退回|后退){_LAST_ZH}"
    ),
}
_AROUND = " \t\n.!。！~,，"
_POLITE = re.compile(r"(?:please|now|ok(?:ay)?|no|请|帮我)[\s,，]*", re.IGNORECASE)
_RULES = {intent: re.compile(pattern, re.IGNORECASE) for intent, pattern in _BACK.items()}
_LONGEST = 80
"""Nobody needs more words to take something back."""
_LEAD = r"(?:(?:so|and|ok(?:ay)?|hm+|please\s+tell\s+me|tell\s+me)[\s,]+)?"
_ASKING = re.compile(_LEAD + r"(?:what|what's|whats|which|where|when|who|whose|why|how)\b", re.IGNORECASE)
"""Of such a word a question mark makes a question."""
_QUESTION = re.compile(
    _LEAD + r"(?:how\s+(?:long|many|much|loud)|what(?:'s|s|\s+(?:is|are|was|did|do|does|can|have|has))"
    r"|where\s+(?:is|are)|which\s+\w+\s+(?:is|are)|who\s+is|why\s+(?:is|are|did|does))\b",
    re.IGNORECASE,
)
"""This is one without a mark, too."""
_QUESTION_ZH = re.compile("什么|多少|多长|多久|多大|哪|几个|几段|怎么|为什么|是谁|吗$|呢$")
_WISH_ZH = re.compile("[把将给删剪加去用让]")


def intent_of(request: str) -> Intent:
    """What a message asks for by its words; `edit` where they tell nothing else.

    >>> intent_of("undo the last 3"), intent_of("how long is it now?"), intent_of("undo the crop")
    ('undo', 'question', 'edit')
    """
    words = request[: 4 * _LONGEST].strip(_AROUND)
    if len(words) <= _LONGEST:
        bare = _POLITE.sub("", words, count=1) if _POLITE.match(words) else words
        for intent, rule in _RULES.items():
            if rule.fullmatch(bare):
                return intent
    return "question" if _asks(request) else "edit"


def words_of(intent: Literal["undo", "redo"], n: int, language: str) -> str:
    """The message that takes back the last `n` edits, or brings them again.

    Raises:
        UsageError: `n` is no whole number from 1 up.
    """
    if isinstance(n, bool) or not hasattr(n, "__index__") or (n := index(n)) < 1:
        raise UsageError(say("edit.no number", value=repr(n)), hint=say("edit.such as", words=intent))
    if language.lower().startswith("zh"):
        words = {"undo": "撤销", "redo": "重做"}[intent]
        return words if n == 1 else f"{words}最近{n}步"
    return intent if n == 1 else f"{intent} the last {n}"


def answered(request: str) -> Intent:
    """What a message was that the agent answered without anything to do."""
    return "question" if _asks(request) or request.rstrip().endswith(("?", "？")) else "message"


def _asks(request: str) -> bool:
    """Whether a message is a question by its words, and not a wish in the form of one ("can you cut it?")."""
    words = request.strip(_AROUND)
    marked = words.endswith(("?", "？"))
    if len(words) > _LONGEST:
        return marked and _ASKING.match(words) is not None
    if (_ASKING if marked else _QUESTION).match(words):
        return True
    return _QUESTION_ZH.search(words.rstrip("?？")) is not None and (marked or not _WISH_ZH.match(words))
