"""Messages that take back what they said a moment ago: 'swap 1 and 3, actually no, 1 and 2', 不对，是删森林."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re

from nemo_widgets.studio.agent.compiled import rx

from .numbers import NUMBER
from .tokens import DURATION, PERCENT, POINT, QUOTE, SPAN

__all__ = ["amended", "takes_back"]

_MARK = rx(
    r"[,，。;；!！]\s?(?:(?:哦|啊|呃|额|嗯|哎|诶|等等|等下|等一下|慢着|抱歉|不好意思)[,，!！]?\s?){0,3}"
    r"(?:(?:(?:不对|我?(?:说|搞|弄|打|写)错了|错了|口误|更正一?下?|改主意了)[,，。!！:：]{0,3}|(?:不是|不不|不)[,，。!！]{1,3})\s?){1,4}"
    r"|(?<![\s,.;!:-])[\s,.;!:-]++(?:(?:oh|ah|uh|um+|hm+|er+m?|oops|whoops|sorry|wait|hang\s+on|hold\s+on|hmm)[\s,.!-]+){0,3}"
    r"(?:actually[\s,]+no|no[\s,]+(?:wait|sorry|actually|hang\s+on|hold\s+on)|wait[\s,]+no|sorry[\s,]+no|oops[\s,]+no|scratch\s+that|strike\s+that|forget\s+that|correction|(?:sorry[\s,]+)?i\s+mean[ts]?|i\s+meant\s+to\s+say|my\s+mistake|changed\s+my\s+mind|on\s+second\s+thoughts?)(?![a-z'])[\s,.!:;-]+"
)
_LEADS = rx(
    r"^(?:还是|应该)?(?:是|我是说|我的意思是|应该|改成|要|换成)?\s*(?:(?:rather|just|instead|actually|let's\s+(?:make\s+it|do|go\s+with)|make\s+(?:that|it)|do|it's|it\s+should\s+be|i\s+meant?)\s+)?"
)
_AT = rx(r"^(?:at|to|by|for|in|on|from)\s+")
_ENDS = rx(r"\s*(?:instead|rather)?\s*(?:$|[,.。;!])")
_JOINED = r"\s*(?:,|,?\s*and|&|with|和|跟|与|、)\s*"
_VALUE = rx(
    "|".join(
        (
            SPAN,
            POINT,
            DURATION,
            PERCENT,
            QUOTE,
            rf"(?:{NUMBER})\s*(?:倍速?|[x×](?![a-z]))",
            rf"(?<![\w.])(?:{NUMBER})(?![\w.%])",
        )
    )
)

_VALUES = rx(f"(?:{_VALUE.pattern})(?:{_JOINED}(?:{_VALUE.pattern}))*")
_HAN = re.compile("[\u4e00-\u9fff]")


def takes_back(text: str) -> bool:
    """Whether a message takes back what it said first."""
    mark = _MARK.search(text)
    return mark is not None and mark.start() > 0


def amended(text: str) -> tuple[str, list[str]] | None:
    """What a veiled message said first, and what it may mean instead; None if it takes nothing back.

    The first part has to be understood for this: as it was to be one instruction, all of it is taken back.
    """
    mark = _MARK.search(text)
    if mark is None or mark.start() == 0 or mark.end() == len(text) or _MARK.search(text, mark.end()):
        return None
    before, after = text[: mark.start()], text[mark.end() :]
    bare = _LEADS.sub("", after)
    found, plain = [after, bare], _AT.sub("", bare)
    if (values := _VALUES.match(plain)) and _ENDS.match(plain, values.end()):
        found += _put(before, [*_VALUE.finditer(values.group())], plain[values.end() :])
    places = re.findall(SPAN, before)
    if (
        len(places) == 1 and not re.match(SPAN, bare) and _HAN.search(bare)
    ):  # 不对，放到最后: something else, of the same
        found.append(f"把{places[0]}{bare}")
    return before, list(dict.fromkeys(filter(None, found)))


def _put(before: str, values: list[re.Match[str]], behind: str) -> list[str]:
    """The same with these in the places of as many others of their kind."""
    kinds = {_kind(value) for value in values}
    same = [m for m in _VALUE.finditer(before) if _kind(m) in kinds]
    if len(kinds) != 1 or len(same) != len(values):
        return []
    for old, new in zip(reversed(same), reversed(values), strict=True):
        before = f"{before[: old.start()]}{new.group()}{before[old.end() :]}"
    return [f"{before}{behind}"]


def _kind(value: re.Match[str]) -> str:
    said = value.group()
    return said[0] if "\ue000" <= said[0] <= "\uf8ff" else "times" if said[-1] in "速倍xX×" else "number"
