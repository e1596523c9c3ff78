"""Clauses about the frame: its shape or the platform it is for, its size, and how clips fill it."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from math import gcd
from typing import TYPE_CHECKING, get_args

from nemo_widgets.studio.agent.edits.framing import Fit, Frame

from .bag import Bag, once
from .phrases import GLUE, SHORT, VERB, WHOLE, of_the_rest
from .tokens import RATIO

if TYPE_CHECKING:
    from .bag import Found
    from .intents import Intent
    from .veil import Veiled

__all__ = ["PLATFORM", "frame_clause"]

_PLATFORMS = {
    (
        9,
        16,
    ): r"tik\s?tok|douyin|(?:instagram\s+|ig\s+|insta\s+|facebook\s+)?reels?|(?:you\s?tube\s+)?shorts?|(?:instagram\s+|ig\s+|insta\s+|facebook\s+)?stor(?:y|ies)|snap\s?chat|whatsapp(?:\s+status)?|(?:my\s+|a\s+|the\s+)?phones?(?:\s+screens?)?|抖音|快手|(?:微信)?视频号|手机(?:屏幕)?",
    (16, 9): r"you\s?tube(?!\s+short)|vimeo|tv|television|twitter|b\s?站|bilibili|西瓜视频|电视|油管",
    (
        4,
        5,
    ): r"(?:the\s+)?(?:instagram|insta|ig)(?:\s+(?:feed|posts?))?|(?:the\s+)?facebook(?:\s+(?:feed|posts?))?",
    (1, 1): r"linked\s?in(?:\s+(?:feed|posts?))?",
    (2, 3): r"pinterest",
    (3, 4): r"小红书|rednote|xiaohongshu",
}
PLATFORM = "|".join(_PLATFORMS.values())
"""What a video may be for."""
_SHAPES = {
    (9, 16): r"vertical(?:ly)?|verticle|portrait(?:\s+mode)?|upright|竖屏|竖版|竖着|竖向|竖的|纵向",
    (16, 9): r"horizontal|landscape(?:\s+mode)?|wide-?screen|横屏|横版|横着|横向|横的|宽屏",
    (21, 9): r"ultra-?\s?wide(?:screen)?|cinemascope|超宽屏?",
    (1, 1): r"square|方形|正方形|方的|一比一",
}
_FITS: tuple[Fit, ...] = get_args(Fit)
_SIDES = r"(?:\s+(?:at|on)\s+(?:the\s+)?(?:sides?|top\s+and\s+bottom|top|bottom))?"
_WHO = r"(?:the\s+|my\s+|his\s+|her\s+|their\s+)?(?:faces?|people|person|speakers?|heads?|me|subject)"
_KEPT = r"(?:cent(?:er|re)ed|in\s+(?:the\s+)?(?:frame|picture|view|shot|middle|cent(?:er|re)))"
_FRAME = Bag(
    {
        "verb": rf"(?:{VERB})|export|reframe|auto-?\s?reframe|reformat|resize|(?:up|down)?-?scale|lower|reduce|raise|increase|switch|optimi[sz]e|go\s+(?:with|for)|适配|适合|导出|发(?:到|布到)?|自动重新构图",
        "ratio": rf"(?:(?:aspect\s+)?ratio\s+(?:of\s+)?)?(?P<ratio>{RATIO})",
        **{f"shape{w}x{h}": pattern for (w, h), pattern in _SHAPES.items()},
        **{
            f"platform{w}x{h}": rf"(?:(?:for|on|to|into|onto)\s+)?(?:an?\s+|the\s+|my\s+)?(?:{pattern})(?:\s+(?:video|clip|format|feed))?"
            for (w, h), pattern in _PLATFORMS.items()
        },
        "size": r"(?P<wide>\d{3,4})\s?(?:x|×|\*|by|乘)\s?(?P<high>\d{3,4})(?:\s?(?:px|pixels?|像素))?|(?P<pixels>\d{3,4})\s?p(?![a-z])|(?P<k>[48])\s?k(?![a-z])|(?P<hd>full\s?hd|hd|高清)",
        "blur": rf"(?:with\s+|and\s+|,\s*|use\s+)?(?:an?\s+|the\s+)?(?:blur(?:red|ry)?|fuzzy)\s+(?:bars?|background|sides?|edges?|borders?|fill|padding){_SIDES}(?:\s+instead(?:\s+of\s+(?:the\s+)?(?:black(?:\s+(?:bars|ones))?|bars))?)?|(?:with|and|,)\s*(?:an?\s+)?blur|(?:replace|fill|change|swap|turn)\s+(?:the\s+)?(?:black\s+)?(?:bars?|borders|background)\s+(?:with|to|by|into)\s+(?:an?\s+)?(?:blur(?:red\s+(?:bars|background|ones))?)|blur\s+the\s+(?:black\s+)?(?:bars|borders|sides)|(?:with\s+|and\s+)?(?:(?:the|both)\s+)*(?:sides?|bars|edges|borders|background)\s+blurr(?:ed|y)(?:\s+instead(?:\s+of\s+(?:the\s+)?(?:black(?:\s+(?:bars|ones))?|bars))?)?|(?:上下|左右|两边|两侧|四周|背景)?(?:用|加)?(?:模糊|虚化)(?:的?(?:背景|边))?(?:来)?(?:填充|填满|补齐|填)?",
        "pad": rf"(?:with\s+|and\s+|use\s+)?(?:the\s+)?(?:black\s+)?(?:bars?|borders|letter-?box(?:ed|ing)?|pillar-?box(?:ed|ing)?|padding){_SIDES}(?:\s+instead(?:\s+of\s+(?:the\s+)?(?:blur|blurred\s+bars))?)?|(?:keep|show)\s+(?:the\s+)?(?:whole|full|entire)\s+(?:picture|frame|image)|(?:上下|左右|两边)?(?:加|留)?黑边",
        "crop": r"(?:and\s+)?(?:to\s+fill|fill(?:ing|s)?\s+(?:up\s+)?(?:the\s+)?(?:whole\s+)?(?:frame|screen)(?:\s+(?:instead\s+of|without)\s+(?:the\s+)?(?:black\s+)?bars)?|cropped|crop(?:ping)?(?:\s+it)?(?:\s+to\s+fill)?|(?:without|remove|no|get\s+rid\s+of)\s+(?:the\s+)?(?:black\s+|blurred\s+)?bars|zoom\s+to\s+fill)|(?:裁剪|裁切|裁成?)?(?:铺满|填满)(?:画面|屏幕)?|裁剪(?:成|为)?|裁切|裁成?|(?:不要|去掉|去除)黑边",
        "follow": rf"(?:and\s+|that\s+|which\s+|,\s*)?(?:(?:follow|track)(?:s|ing)?\s+(?:on\s+)?{_WHO}(?:\s+{_KEPT})?|keep(?:s|ing)?\s+(?:on\s+)?{_WHO}\s+{_KEPT}|cent(?:er|re)(?:ed)?\s+(?:it\s+)?(?:on|around)\s+{_WHO})|(?:画面|镜头|裁剪)?(?:跟着|跟随|追踪|跟踪|对准)(?:人脸|人物|脸|人)(?:走|移动)?|人(?:脸|物)(?:跟踪|追踪|跟随)|(?:让|保持)?人(?:脸|物)?(?:始终|一直)?(?:在画面)?居中|(?:让|保持|保证)?(?:人脸|脸|人物)(?:要|都|一直|始终|总是|保持|得)*在(?:画面|镜头|中间|中央)(?:里面?|内|中)?",
        "noun": r"(?:the\s+)?(?:aspect\s+ratio|ratio|format|shape|frame|canvas|size|dimensions?|resolution|orientation)(?:\s+of)?|(?:画面|视频)?(?:的)?(?:比例|画幅|尺寸|分辨率|格式|画面比例|大小)",
        "all": WHOLE,
        "glue": rf"{GLUE}|,|:|get|so\s+that\s+it\s+fits|fits?|suitable|down|up|again|back|用|发|我|并|cinematic",
    }
)


_GENERIC = re.compile(r"tv|television|phones?|stor(?:y|ies)|reels?|shorts?|手机|电视", re.IGNORECASE)
"""Words that alone say too little."""


def frame_clause(clause: str, v: Veiled) -> list[Intent] | None:
    """What a clause about the frame asks for, or None if it is no such clause."""
    found = _FRAME.read(clause)
    if not found or not once(found, "ratio", "size", "follow") or of_the_rest(found):
        return None
    fits: list[Fit] = [fit for fit in _FITS if fit in found]
    follow = "follow" in found
    if follow:
        fits = [fit for fit in fits if fit != "crop"]
    shapes = _shapes(found, v)
    if len(shapes) > 1 or len(fits) > 1 or (follow and fits):
        return None
    fit = fits[0] if fits else None
    if not shapes and "size" not in found:
        return [Frame(fit=fit, follow=follow)] if _only_fit(found, fit, follow=follow) else None
    said = (
        {"verb", "noun", "ratio", "follow"} & set(found)
        or fits
        or any(name.startswith("platform") for name in found)
    )
    if not said and len(clause) > SHORT:
        return None
    if _GENERIC.fullmatch(clause):
        return None
    width, height = next(iter(shapes), (0, 0))
    return [Frame(width, height, _pixels(found), fit, follow)]


def _only_fit(found: Found, fit: Fit | None, *, follow: bool) -> bool:
    """Whether a clause without a shape says how clips fill the frame that there is."""
    if follow:
        return True
    said = found[fit][0].group().lower() if fit else ""
    return bool(re.search(r"bars?|box|fill|frame|screen|borders|sides|黑边|铺满|填", said))


def _shapes(found: Found, v: Veiled) -> set[tuple[int, int]]:
    """The shape, of more than one if they contradict: a ratio says more than a word, a word than a platform."""
    ratios = {v.value(m["ratio"]) for m in found.get("ratio", ())}
    size = found["size"][0] if "size" in found else None
    if size is not None and size["wide"]:
        wide, high = int(size["wide"]), int(size["high"])
        ratios.add((wide // gcd(wide, high), high // gcd(wide, high)))
    named = {
        kind: {_numbers(name) for name in found if name.startswith(kind)} for kind in ("shape", "platform")
    }
    return ratios or named["shape"] or named["platform"]


def _numbers(name: str) -> tuple[int, int]:
    width, height = re.findall(r"\d+", name)
    return int(width), int(height)


def _pixels(found: Found) -> int:
    """The short side in pixels, 0 if none is said."""
    m = found["size"][0] if "size" in found else None
    if m is None:
        return 0
    if m["wide"]:
        return min(int(m["wide"]), int(m["high"]))
    if m["pixels"]:
        return int(m["pixels"])
    if m["k"]:
        return {"4": 2160, "8": 4320}[m["k"]]
    return 1080 if m["hd"].lower().startswith("full") else 720
