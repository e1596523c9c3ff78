"""The many ways in which a request is polite, as the one that the grammar knows: could you … .

Only heads that ask somebody to do something: whoever asks whether it can be done, or should be, asks.
"""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx

from .vocabulary import vocabulary

if TYPE_CHECKING:
    import re

__all__ = ["without_courtesy"]

_HAIL = r"(?:(?:hi|hello|hey|hiya|ok|okay|so|um+|please|sorry|excuse\s+me|good\s+(?:morning|evening|afternoon)|(?:my\s+)?dear(?:\s+(?:nemo|editor|friend|all|sir(?:\s+or\s+madam)?))?|nemo)(?:\s+there|\s+nemo)?\s*[,!.:]*\s+)"
_YOU = r"(?:you|u|ya)"
_MAY = r"(?:can|could|would|will)"
_SOFTLY = r"(?:\s+(?:possibly|maybe|perhaps|kindly|please|pls|plz))"
_KIND = r"be\s+(?:so\s+|very\s+)?(?:kind|good|nice|sweet)\s+(?:as\s+to|enough\s+to|and)"
_HEADS = rx(
    rf"(?:would|do)\s+{_YOU}\s+mind\s+(?P<ing>[a-z]{{2,14}}ing)\s+"
    rf"|{_MAY}\s+{_YOU}{_SOFTLY}*\s+{_KIND}\s+|{_MAY}\s+{_YOU}{_SOFTLY}+\s+|{_MAY}\s+(?:u|ya)\s+|{_KIND}\s+"
    rf"|(?:may|can|could|might)\s+i\s+(?:please\s+)?(?:ask|trouble|bother|get)\s+{_YOU}\s+to\s+"
    rf"|(?:(?:is|would)\s+there\s+(?:be\s+)?)?any\s+(?:chance|way)\s+(?:that\s+)?{_YOU}\s+(?:could|can|would|might)\s+"
    rf"|(?:do|would)\s+you\s+think\s+(?:that\s+)?{_YOU}\s+(?:could|can|might)\s+"
    rf"|i(?:\s+was|\s+am|'m)?\s+wonder(?:ing)?\s+(?:if|whether)\s+{_YOU}\s+(?:could|can|might|would)\s+"
    rf"|(?:i|we)(?:'d|\s+would)\s+(?:really\s+)?(?:be\s+(?:so\s+|very\s+)?(?:grateful|thankful|happy|glad)|appreciate\s+it|love\s+it|like\s+it)\s+if\s+{_YOU}\s+(?:could|can|would)\s+"
    rf"|(?:it\s+would|it'd|would\s+it)\s+be\s+(?:\w+\s+)?(?:possible|ok|okay|alright|great|nice|lovely|good|cool|wonderful|fine)\s+(?:for\s+you\s+to|to|if\s+{_YOU}\s+(?:could|can|would))\s+"
)
_GREETED = rx(rf"^\s*{_HAIL}*")
_DEAR = rx(
    r"^\s*(?:(?:my\s+)?dear(?:\s+(?:nemo|editor|friend|all|sir(?:\s+or\s+madam)?))?|excuse\s+me|good\s+(?:morning|evening|afternoon)|hiya)\s*[,!.:]+\s*(?=\S)"
)


def without_courtesy(text: str) -> str:
    """A message whose request is polite in one of many ways, as 'could you …'; others as they are.

    >>> without_courtesy("Would you mind cutting the intro?")
    'could you cut the intro?'
    """
    greeted = _GREETED.match(text)
    head = _HEADS.match(text, greeted.end() if greeted else 0)
    if head is None:
        return _DEAR.sub("", text)
    verb = f"{_plain(head)} " if head["ing"] else ""
    return f"could you {verb}{text[head.end() :]}"


def _plain(head: re.Match[str]) -> str:
    """The verb of 'would you mind cutting'."""
    stem = head["ing"][:-3]
    known = (word for word in (f"{stem}e", stem, stem[:-1]) if word.lower() in vocabulary())
    return next(known, head["ing"])
