"""Messages that take back what they said a moment ago: 先删海边，不对，是删森林."""

from __future__ import annotations

import re

from .compiled import rx
from .numbers import NUMBER
from .tokens import DURATION, PERCENT, POINT, QUOTE, SPAN

__all__ = ["amended", "takes_back"]

_MARK = rx(
    r"[,，。;；!！]\s?(?:(?:哦|啊|呃|额|嗯|哎|诶|等等|等下|等一下|慢着|抱歉|不好意思)[,，!！]?\s?){0,3}"
    r"(?:(?:(?:不对|我?(?:说|搞|弄|打|写)错了|错了|口误|更正一?下?|改主意了)[,，。!！:：]{0,3}|(?:不是|不不|不)[,，。!！]{1,3})\s?){1,4}"
)
_LEADS = rx(r"^(?:还是|应该)?(?:是|我是说|我的意思是|应该|改成|要|换成)?\s*")
_VALUE = rx("|".join((SPAN, POINT, DURATION, PERCENT, QUOTE, rf"(?:{NUMBER})\s*倍速?")))


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
    found, value = [after, bare], _VALUE.match(bare)
    if value and re.match(r"\s*(?:$|[,。;!])", bare[value.end() :]):
        same = [m for m in _VALUE.finditer(before) if _kind(m) == _kind(value)]
        if len(same) == 1:  # 不对，是森林: the same, of something else
            m = same[0]
            found.append(f"{before[: m.start()]}{value.group()}{before[m.end() :]}{bare[value.end() :]}")
    places = re.findall(SPAN, before)
    if len(places) == 1 and not re.match(SPAN, bare):  # 不对，放到最后: something else, of the same
        found.append(f"把{places[0]}{bare}")
    return before, list(dict.fromkeys(filter(None, found)))


def _kind(value: re.Match[str]) -> str:
    return value.group()[0] if "\ue000" <= value.group()[0] <= "\uf8ff" else "times"
