"""Clauses about how the picture looks: black and white, warmer, brighter, blurred, and as it was filmed."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.agent.edits.dressing import Look, ResetLooks

from .bag import Bag, once
from .intents import Unavailable
from .phrases import (
    AMOUNT,
    GLUE,
    PICTURES,
    SHORT,
    VERB,
    WHERE,
    WHOLE,
    of_the_rest,
    only_pictures,
    said_in,
    stretch,
)
from .tokens import PERCENT

if TYPE_CHECKING:
    from .bag import Found
    from .context import Around
    from .intents import Intent
    from .veil import Veiled

__all__ = ["fault_clause", "look_clause"]

_LOOKS = {
    "bw": r"(?:(?:remove|take\s+(?:away|out))\s+(?:all\s+)?(?:the\s+)?|no\s+|without\s+)colou?rs?(?!\s+(?:filter|look|effect|grad))|take\s+(?:the\s+)?colou?rs?\s+(?:out|away)|colou?rless|gr[ae]y(?:\s+tones?)?|(?:in\s+)?(?:black[\s-]*(?:and|&|n|'n')[\s-]*white|b\s?[&/]\s?w|bw|monochrome|gr[ae]y-?scale|黑白(?:色|片|效果|滤镜|风格)?)",
    "sepia": r"sepia(?:[\s-]tone)?|vintage|retro|nostalgic|(?:复古|怀旧|老照片|泛黄)(?:色|效果|滤镜|风格|风)?|old[\s-]?(?:fashioned\s+)?(?:photo|film|time)",
    "warm": r"warm(?:er|th)?(?:\s+(?:it\s+)?up)?(?:\s+(?:colou?rs?|tones?))?|(?:色调|颜色)?(?:偏|调|变)?暖(?:色调?|一点|一些|些|点)?(?:色调?)?",
    "cool": r"cool(?:er)?(?:\s+(?:it\s+)?down)?(?:\s+(?:colou?rs?|tones?))?|cold(?:er)?(?:\s+(?:colou?rs?|tones?))?|blu(?:er|ish)|(?:色调|颜色)?(?:偏|调|变)?冷(?:色调?|一点|一些|些|点)?(?:色调?)?",
    "brighter": r"bright(?:er|en)(?:\s+(?:it\s+)?up)?|lighter|lighten|more\s+light|less\s+dark|(?:画面|亮度)?(?:提亮|调亮|变亮|亮一点|亮一些|亮点|亮些|更亮|高亮|明亮|亮)(?:一点|一些|些)?",
    "darker": r"dark(?:er|en)(?:\s+(?:it\s+)?down)?|dim(?:mer)?|less\s+bright|(?:画面|亮度)?(?:调暗|变暗|暗一点|暗一些|暗点|更暗|压暗|暗)(?:一点|一些|些)?",
    "contrast+": r"more\s+contrasty",
    "contrast-": r"softer\s+contrast",
    "saturation+": r"(?:more|boost(?:\s+the)?|stronger|richer)\s+(?:colou?rs?|vivid(?:ness)?)|(?:more\s+)?(?:vivid|colou?rful|saturated|vibrant)|punchier(?:\s+colou?rs)?|saturate|(?:make\s+)?(?:the\s+)?colou?rs?\s+pop(?:\s+more)?|(?:颜色|色彩)?(?:更)?鲜艳(?:一点|一些|些)?",
    "saturation-": r"(?:less|fewer|weaker)\s+colou?rs?|desaturate(?:d)?|less\s+(?:vivid|colou?rful|saturated)|(?:muted|faded)\s+colou?rs|tone\s+(?:down\s+)?the\s+colou?rs(?:\s+down)?|(?:make\s+)?(?:the\s+)?colou?rs?\s+pop\s+less|(?:颜色|色彩)淡一?点",
    "vignette": r"vignette(?:\s+effect)?|vignetting|dark(?:er)?\s+(?:edges|corners)|暗角(?:效果)?|四周(?:变)?暗(?:一点)?",
    "blur": r"(?:gaussian\s+)?blur(?:red|ry|rier)?(?:\s+(?:effect|filter))?|out\s+of\s+focus|soften\s+(?:the\s+)?(?:picture|image|focus)|(?:画面)?(?:模糊|虚化)(?:效果|掉|处理)?",
    "sharpen": r"less\s+(?:blurry|fuzzy)|sharpen(?:ed|ing)?|sharper|crisper|(?:more\s+)?sharpness|(?:画面)?(?:锐化|更清晰|清晰一点|清晰一些)",
}
_SCALES = {
    "brightness": r"(?:the\s+)?(?:brightness|exposure)|(?:画面)?(?:亮度|曝光度?)",
    "contrast": r"(?:the\s+)?contrast|对比度?",
    "saturation": r"(?:the\s+)?(?:colou?r\s+)?saturation|饱和度",
}
_SIGNED = {"brighter": ("brightness", 1), "darker": ("brightness", -1), "contrast+": ("contrast", 1), "contrast-": ("contrast", -1),
           "saturation+": ("saturation", 1), "saturation-": ("saturation", -1)}  # fmt: skip
_FAULTS = {
    "brighter": r"dark|dim|underexposed|(?:偏)?暗|黑",
    "darker": r"bright|light|overexposed|(?:偏)?亮|曝",
    "cool": r"warm|yellow|orange|red|(?:偏)?[黄暖红]",
    "warm": r"cold|cool|blue|(?:偏)?[蓝冷]",
    "sharpen": r"blurry|fuzzy|模糊|糊",
    "saturation+": r"pale|dull|washed\s+out|gr[ae]y|(?:颜色)?(?:淡|灰)",
    "saturation-": r"colou?rful|saturated|vivid|(?:颜色)?(?:艳|鲜艳)",
    "contrast-": r"contrasty",
}
"""What helps where the picture is too much of something."""
_FAULT = re.compile(
    rf"(?:(?:{WHOLE}|it's|it\s+all)?\s*(?:(?:the\s+)?colou?rs?\s+)?(?:is|are|looks?|seems?)?\s*(?:still\s+)?(?:(?:a\s+(?:bit|little)|way|much|far)\s+)?too\s+(?:{'|'.join(f'(?P<en{i}>{p})' for i, p in enumerate(_FAULTS.values()))})"
    rf"|(?:{WHOLE})?的?(?:颜色|色调|亮度)?(?:还是|稍微)?(?:太|有点|有些|过于|过)(?:{'|'.join(f'(?P<zh{i}>{p})' for i, p in enumerate(_FAULTS.values()))})(?:了|啦)?"
    r")(?:\s*[,，]\s*(?:so\s+)?(?P<help>.+))?",
    re.IGNORECASE,
)
_LOOK = Bag(
    {
        "take": r"remove|take\s+away|take\s+off|turn\s+off|switch\s+off|no(?:\s+more)?|get\s+rid\s+of|without|undo|un-?(?=blur)|去掉|取消|移除|不要",
        "reset": r"(?:reset|restore|normal|original|natural)(?:\s+(?:all\s+)?(?:the\s+)?(?:original\s+)?(?:colou?rs?|looks?|picture|filters?))?|back\s+(?:to|in)\s+(?:the\s+)?(?:normal\s+|original\s+|full\s+)?colou?rs?|(?:in\s+)?(?:full\s+)?colou?rs?\s+again|(?:恢复|还原)(?:成|到|为)?(?:原来的?|正常的?|原始)?(?:颜色|色彩|彩色|画面)|(?:all\s+)?(?:the\s+)?(?:looks?|filters?|effects?|滤镜|效果|调色)",
        **_LOOKS,
        **_SCALES,
        "up": r"\+|plus|up|increased?|raised?|boost(?:ed)?|(?:bump|crank|pump|push)(?:\s+up)?|high(?:er)?|more|stronger|提高|增加|增强|加大|加强|加|调高|升高|(?:更)?[高强大]",
        "down": r"[-–−]|minus|(?:(?:tone|bring|pull|dial)\s+)?down|decreased?|lower(?:ed)?|reduced?|less|weaker|降低|减少|减弱|减小|调低|调小|(?:更)?[低弱小]",
        "amount": rf"(?P<to>to\s+|到|为)?(?:by\s+|at\s+)?(?P<percent>{PERCENT})|(?:by\s+)?(?P<half>(?:a\s+)?half|一半)|{AMOUNT}",
        "verb": rf"(?:{VERB})",
        "where": WHERE,
        "all": WHOLE,
        "pictures": PICTURES,
        "both": r"and|,|、|和|跟",
        "noun": r"(?:the\s+)?(?:filter|effect|look|tone|style|mood|feel|colou?rs?|tint)s?|滤镜|效果|色调|风格|颜色|色彩|片段",
        "glue": rf"{GLUE}|bit|little|old|effect|can\s+you|that|then",
    }
)


def look_clause(clause: str, around: Around) -> list[Intent] | None:
    """What a clause about the look of the picture asks for, or None if it is no such clause."""
    if fault := fault_clause(clause, around):
        return fault
    v, found = around.veiled, _LOOK.read(clause)
    if not found or not once(found, "amount", "take", "reset") or not _places_apart(found):
        return None
    if "pictures" in found and not only_pictures(around.media):
        return None
    named, scales = [name for name in _LOOKS if name in found], [name for name in _SCALES if name in found]
    if {"saturation-", "saturation+"} <= set(named):
        named.remove("saturation+")
    if "take" in found or ("reset" in found and not named and not scales):
        return _taken(found, [*named, *scales], v)
    if len(named) + len(scales) != 1:
        return None
    return _scaled(clause, found, scales[0], v) if scales else _named(clause, found, named[0], v)


def fault_clause(clause: str, around: Around) -> list[Intent] | None:
    """What helps where it is 'too bright'; in 'too bright, a bit darker' it is said by how much. None else."""
    m = _FAULT.fullmatch(clause)
    if m is None:
        return None
    groups = {name: said for name, said in m.groupdict().items() if said and name != "help"}
    kind, sign = _kind(list(_FAULTS)[int(re.sub(r"\D", "", next(iter(groups))))])
    usual = Look(kind, sign * _STEPS.get(kind, _STEP)[1])
    if not m["help"]:
        return [usual]
    said = look_clause(m["help"], around) or []
    same = (
        len(said) == 1
        and isinstance(said[0], Look)
        and said[0].type == kind
        and (said[0].amount or 0) * sign > 0
    )
    return said if same else None


def _places_apart(found: Found) -> bool:
    """Whether every 'and' joins two places; and the rest is none beside others: these are for two clauses."""
    places, joints = len(found.get("where", ())), len(found.get("both", ()))
    return joints == max(0, places - 1) and not (places and of_the_rest(found))


def _places(found: Found, v: Veiled) -> list[Any]:
    """The places that are named, or one None for everything."""
    return [v.value(m["where"]) for m in found.get("where", ())] or [stretch(found, v)]


def _taken(found: Found, named: list[str], v: Veiled) -> list[Intent] | None:
    """The look that goes, or all of them."""
    if len(named) == 1 and "take" in found and not {"verb", "amount", "up", "down"} & set(found):
        return [Look(_kind(named[0])[0], Fraction(0), where) for where in _places(found, v)]
    if named or "reset" not in found:
        return None
    said = found["reset"][0].group().lower()
    plain = re.match(r"reset|restore|back|(?:in |full )*colou?rs? again|恢复|还原", said)
    return [ResetLooks(where) for where in _places(found, v)] if plain or "take" in found else None


def _named(clause: str, found: Found, name: str, v: Veiled) -> list[Intent] | None:
    if "down" in found or not _asked(clause, found):
        return None
    kind, sign = _kind(name)
    return [Look(kind, _amount(found, kind, sign, v), where) for where in _places(found, v)]


_ADJECTIVE = re.compile(r"warm|cool|cold|blurry|blurred|out\s+of\s+focus|[暖冷亮暗]", re.IGNORECASE)
_PRAISE = re.compile(
    r"(?:look|be|is)\s+(?:\w+\s+)?cool$|(?:make|get)\s+\S+\s+(?:\w+\s+)?cool$", re.IGNORECASE
)


def _asked(clause: str, found: Found) -> bool:
    """Whether a clause that names a look asks for it, and does not only praise it."""
    if _PRAISE.search(clause):
        return False
    said = {"verb", "where", "pictures", "noun"} & set(found) or any(
        m["percent"] for m in found.get("amount", ())
    )
    if any(_ADJECTIVE.fullmatch(m.group()) for name in _LOOKS for m in found.get(name, ())):
        return bool(said)
    if said or {"all", "amount", "up"} & set(found):
        return True
    return len(clause) <= SHORT or bool(re.search(r"en\b|ate\b", clause))


def _kind(name: str) -> tuple[str, int]:
    """A look's type and its sign."""
    return _SIGNED.get(name, (name, 1))


def _scaled(clause: str, found: Found, kind: str, v: Veiled) -> list[Intent] | None:
    """'More contrast', 'brightness +20%': how far a scale goes up or down."""
    up, down = "up" in found, "down" in found
    m = found["amount"][0] if "amount" in found else None
    if (up and down) or not (up or down or (m and m["percent"])):
        return None
    if m is not None and m["to"]:
        to = Fraction(v.value(m["percent"]))
        if to < 1:  # thirty per cent of what it is, or so much more?
            return [Unavailable("scale", v.reveal(clause))]
        return None if down else [Look(kind, to - 1, where) for where in _places(found, v)]
    amount = _amount(found, kind, -1 if down else 1, v)
    return [Look(kind, amount, where) for where in _places(found, v)]


_STEP = (Fraction(1, 4), Fraction(1, 2), Fraction(9, 10))
_STEPS = {
    "bw": (Fraction(1), Fraction(1), Fraction(1)),
    "sepia": (Fraction(1, 2), Fraction(1), Fraction(1)),
    "brightness": (Fraction(1, 10), Fraction(1, 5), Fraction(2, 5)),
    "contrast": (Fraction(3, 20), Fraction(3, 10), Fraction(3, 5)),
    "saturation": (Fraction(3, 20), Fraction(3, 10), Fraction(3, 5)),
}
"""How much a bit, the usual and a lot are."""


def _amount(found: Found, kind: str, sign: int, v: Veiled) -> Fraction:
    m = found["amount"][0] if "amount" in found else None
    soft, usual, strong = _STEPS.get(kind, _STEP)
    if m is None:
        return sign * usual
    if m["percent"]:
        return sign * Fraction(v.value(m["percent"]))
    if m["half"]:
        return sign * Fraction(1, 2)
    return sign * (soft if said_in(m, "soft") else strong)
