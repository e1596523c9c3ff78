"""Other ways of telling someone to press a button, put plainly: 'give Apply a click' is 'click Apply'.

Only the frame is put in other words. Whether what stands in it is a button is for the grammar to say.
"""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["plainly"]

_LONGEST = 200
"""In characters: a longer clause is none of these."""
_CUE = re.compile(
    r"\b(?:give|smash|mash|bang|slam|whack|punch|poke|thump|look|pop|crack|fire|click|tap|press|push|button|icon|btn|"
    r"mind|with|using|via|through)\b|按钮|按鈕|按键|键|点|點|按|戳|敲",
    re.IGNORECASE,
)
_LEAD = r"(?P<lead>(?:[^\w\ue010-\uf8ff]|\b(?:please|just|simply|now|then|so|and|or|also|kindly|you(?:'ll)? (?:can|could|should|must|just|only|need to|have to)|could you|can you|go ahead and|go on and|finally|next) )*+)"
_KIND = r"(?:(?:single|quick|simple|little|final|last|good|short|one|mere|gentle) )*"
_PRESS = r"(?:click|tap|press|push|hit|poke|mouse click)"
_OBJECT = r"(?P<object>[^,;:]{1,50}?)"
_BUTTON = r"(?:button|btn|icon)"
_BY_ITSELF = (
    r"(?:(?:will|'ll|would|should|can) (?:do|make|apply|start|begin|confirm|continue|proceed|trigger|save|download|export|get|give|take|let"
    r"|bring|finish|set|put|run|kick)|does|starts?|begins?|applies|confirms?|continues|triggers?|saves|downloads|exports|lets|gets|gives"
    r"|takes|brings|finishes|sets|puts|runs|kicks)\b"
)
_ALL_IT_TAKES = (
    r"(?:(?:all|what) (?:it|this|that) takes is|all (?:that is|that's|that remains|you need|i need|we need)(?: left| missing)? is"
    r"|all you need|what(?:'s| is) (?:left|missing) is|(?:it|this) (?:only|just|merely) (?:takes|needs)|(?:i|we)(?: just| only| still)* need"
    r"|there(?:'s| is) (?:only|just)|just|only|it's|now)"
)


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _clicked(m: re.Match[str]) -> str:
    rest = (m.groupdict().get("rest") or "").strip()
    return f"{m['lead']}click {m['object'].strip()}{' ' + rest if rest else ''}"


def _for(m: re.Match[str]) -> str:
    """'The Export button downloads it': what it is pressed for stays out, it is what the button says."""
    return f"{m['lead']}click {m['object'].strip()}"


_FRAMES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_rx(rf"{_LEAD}give {_OBJECT} (?:an?|one(?: more)?|another) {_KIND}{_PRESS}\b(?P<rest>.*)$"), _clicked),
    (_rx(rf"{_LEAD}(?:smash|mash|bang|slam|whack|punch|poke|thump)(?: on)? {_OBJECT}$"), _clicked),
    (_rx(rf"{_LEAD}(?:smash|mash|bang|slam|whack|punch|poke|thump)(?: on)? {_OBJECT}(?P<rest> (?:to|and|when|once|if)\b.*)$"), _clicked),
    (
        _rx(
            rf"{_LEAD}(?:{_ALL_IT_TAKES} )?(?:an?|one|your|another) {_KIND}{_PRESS} (?:on|of) {_OBJECT}(?: from you| left| now)*"
            rf"(?: (?:is all|{_BY_ITSELF}|(?:and|away)\b).*)?$"
        ),
        _for,
    ),
    (_rx(rf"{_LEAD}(?:an?|one|your) {_KIND}{_PRESS} (?:on|of) {_OBJECT}(?P<rest> (?:to|when|once|if)\b.*)$"), _clicked),
    (
        _rx(
            rf"{_LEAD}(?P<object>[^,;:]{{1,50}}?)(?: now| still| just| only)* "
            r"(?:(?:is|are|'s) (?:waiting|ready)(?: there)? for (?:you|your (?:click|tap|press|ok))|awaits (?:you|your (?:click|tap|press))"
            rf"|needs (?:an?|one|your) {_KIND}{_PRESS}|(?:is|'s) (?:all|the only thing|everything) (?:that )?you need)(?: to {_PRESS}(?: it)?| here| now| below)*$"
        ),
        _for,
    ),
    (
        _rx(
            rf"{_LEAD}(?P<object>(?:the|your|that) [^,;:]{{0,40}}?\b{_BUTTON}\b(?: [^,;:]{{1,50}}?)??) {_BY_ITSELF}(?: .*)?$"
        ),
        _for,
    ),
    (
        _rx(
            r"(?P<lead>[^\w\ue010-\uf8ff]*)(?:would|could|do) you mind (?:click|tapp|press|hitt|push)ing(?: on)? "
            rf"{_OBJECT}$"
        ),
        lambda m: f"{m['lead']}could you click {m['object'].strip()}",
    ),
    (
        _rx(rf"(?P<lead>[^\w\ue010-\uf8ff]*)mind (?:click|tapp|press|hitt|push)ing(?: on)? {_OBJECT}$"),
        lambda m: f"{m['lead']}could you click {m['object'].strip()}",
    ),
    (
        _rx(
            rf"{_LEAD}(?:export|download|save|share|render|get|fetch|undo|redo|play|preview|upload|import|apply|start|generate)"
            rf"(?: [^,;:]{{1,40}}?)?? (?:with|using|via|through|by means of) (?P<object>(?:the|that|this|your) [^,;:]{{0,40}}?{_BUTTON}\b[^,;:]{{0,50}})$"
        ),
        _for,
    ),
    (_rx(rf"{_LEAD}(?:have|take|get) an? {_KIND}(?:close |closer |careful )?look (?P<rest>(?:at|in|inside|through)\b.*)$"), lambda m: f"{m['lead']}look {m['rest']}"),
    (_rx(rf"{_LEAD}(?:pop|crack|pull|fire|flip)(?: open| up) (?P<rest>.+)$"), lambda m: f"{m['lead']}open {m['rest']}"),
)  # fmt: skip

_LEAD_ZH = r"(?P<lead>[^\w\ue010-\uf8ff]*(?:请|您|你|麻烦|烦请|劳驾|劳烦|有劳|只需要?|现在|就|再|先|然后|接着|最后|可以|直接|帮忙|动动手指?|只差|就差|还差|只剩|还要|还得|等|等着|等待)*+)"
_NOUN_ZH = "(?:按钮|按鈕|按键|键)"
_TAP_ZH = "(?:点击?|點擊?|按|戳|敲|点按|轻点|单击)"
_NAME_ZH = "(?P<object>[^，。；：点按给把将了]{1,12}?)"
_FRAMES_ZH: tuple[tuple[re.Pattern[str], str], ...] = (
    (_rx(rf"[^\w\ue010-\uf8ff]*(?:现在)?(?:就差|只差|还差|只剩|就等|只等)(?:您|你)?(?:来)?{_TAP_ZH}(?:一下|个)?{_NAME_ZH}(?P<noun>{_NOUN_ZH})?了?$"), "点击{object}{noun}"),
    (_rx(rf"{_LEAD_ZH}[给把将]{_NAME_ZH}(?P<noun>{_NOUN_ZH})?{_TAP_ZH}(?:一下|一点|下|了)?(?P<rest>.*)$"), "{lead}点击{object}{noun}{rest}"),
    (_rx(rf"{_LEAD_ZH}{_NAME_ZH}(?P<noun>{_NOUN_ZH}){_TAP_ZH}(?:一下|下)(?P<rest>.*)$"), "{lead}点击{object}{noun}{rest}"),
    (_rx(rf"{_LEAD_ZH}(?:您|你)?{_TAP_ZH}了{_NAME_ZH}(?P<noun>{_NOUN_ZH})?(?P<rest>[，,]?我?(?:就|便|马上|才).*)$"), "{lead}点击{object}{noun}{rest}"),
    (_rx(rf"{_LEAD_ZH}{_TAP_ZH}(?:个|一个){_NAME_ZH}(?P<noun>{_NOUN_ZH})?(?P<rest>(?:(?:就|即可|后|吧|我|来|以便).*)?)$"), "{lead}点击{object}{noun}{rest}"),
    (_rx(rf"{_LEAD_ZH}{_NAME_ZH}(?P<noun>{_NOUN_ZH})(?:就|正|还|已经?|一直)*(?:在|正在)?(?:等着?|等待着?)(?:您|你)(?:来|去)?(?:{_TAP_ZH})?(?:一下)?$"), "{lead}点击{object}{noun}"),
    (_rx(rf"{_LEAD_ZH}(?P<place>(?:[^，。；：]{{1,8}}的)?){_NAME_ZH}(?P<noun>{_NOUN_ZH})(?:就)?(?:可以?|能|用来|用于|会|即可)+(?:帮您|帮你|让您)?(?P<rest>下载|导出|保存|开始|确认|应用|继续|生成|撤销|预览|播放)(?:[^，。；]{{0,8}})$"), "{lead}点击{place}{object}{noun}"),
)  # fmt: skip


def plainly(words: str) -> str:
    """The clause with the pressing put plainly, or as it is.

    >>> plainly("Give the Apply button a quick tap to go on"), plainly("A click on Export will do it")
    ('Click the Apply button to go on', 'Click Export')
    >>> plainly("给确认按钮点一下"), plainly("Mind clicking Apply")
    ('点击确认按钮', 'Could you click Apply')
    >>> plainly("The title is in")
    'The title is in'
    """
    if len(words) > _LONGEST or not _CUE.search(words):
        return words
    for pattern, told in _FRAMES:
        if m := pattern.match(words):
            put = told(m)
            return put[:1].upper() + put[1:] if words[:1].isupper() else put
    for pattern, form in _FRAMES_ZH:
        if m := pattern.match(words):
            given = {"place": "", "rest": "", "noun": "", **{k: v or "" for k, v in m.groupdict().items()}}
            return form.format(**given)
    return words
