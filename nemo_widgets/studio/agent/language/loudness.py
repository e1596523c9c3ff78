"""Clauses about the loudness of the whole: normalise to -14 LUFS, as YouTube wants it, 响度标准化."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from fractions import Fraction

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.voices import SetLoudness

from .intents import Intent, Unavailable
from .numbers import NUMBER, number

__all__ = ["loudness_clause"]


_LUFS = (
    rf"(?P<sign>[−–-]|minus\s+|负)?\s*(?P<n>{NUMBER})\s*(?P<unit>lufs|lkfs|lu|db(?:fs|tp)?|decibels?|分贝)?"
)
_AIM = rf"\s*(?:\s*(?:to|at|for|around|about|target(?:ing)?|of|=|:|on|到|为|至|成|在|，|,)\s*)*(?:(?:a\s+)?(?:target\s+|level\s+|loudness\s+)*(?:of\s+)?)?(?:{_LUFS}|(?P<platform>you\s?tube|spotify|tik\s?tok|instagram|podcasts?|apple(?:\s+(?:music|podcasts?))?|(?:tv\s+)?broadcast(?:ing)?|tv|television|(?:ebu\s+)?r\s?128|streaming|the\s+web|web|online|油管|抖音|播客|广播|电视|b站)(?:\s+(?:standards?|levels?|loudness|wants?|likes?|expects?|的?(?:标准|要求)))*)?"
_THING = r"(?:(?:the|my|all|overall|whole|final|entire|everything's)\s+)*(?:audio|sounds?|volumes?|loudness|levels?|voices?|video|mix|export|it|everything|clips?|film|movie|track|speech)(?:\s+(?:levels?|volumes?|loudness|of\s+(?:the\s+)?(?:video|everything|export|film|clips|speech)|across\s+(?:the\s+)?(?:clips|video)))*"
_NORMAL = r"(?:normali[sz]e|normali[sz]ing|even\s+out|equali[sz]e|standardi[sz]e|unify|level\s+out|balance(?:\s+out)?|master|bring|set|adjust|get|make)"
_LOUDNESS = rx(
    rf"(?P<verb>{_NORMAL}|level(?=\s+(?:out\s+)?(?:the|my|all)\s))(?:\s+(?P<thing>{_THING}))?(?:\s+(?P<out>out|up|even|the\s+same|equally\s+loud|consistent))?{_AIM}"
    rf"|make\s+(?:{_THING})\s+as\s+loud\s+as\s+(?P<as>you\s?tube|spotify|tik\s?tok|instagram|a?\s*podcasts?|apple(?:\s+(?:music|podcasts?))?|tv|broadcast)(?:\s+(?:wants?|likes?|expects?|needs?|requires?)(?:\s+(?:it|them))?(?:\s+to\s+be)?)?"
    rf"|(?:(?:add|apply|use|do|with|target)\s+)?(?:an?\s+)?(?P<noun>(?:audio|loudness|volume|sound)\s+(?:normali[sz]ation|level(?:l?ing)?)|normali[sz]ation|loudness|target\s+loudness){_AIM.replace('(?P<', '(?P<n_')}"
    rf"|(?:把|将|对|给)?(?:整个|整体|全部|所有)?(?:视频|片子|成片)?的?(?P<zh>(?:响度|音量|声音|音频)的?(?:进行|做)?(?:标准化|归一化?|统一|均衡|拉平|平衡|调整?|设)|(?:统一|标准化|均衡|平衡|拉平)(?:一下)?(?:响度|音量|声音|音频)|(?:做|加)(?:个|一个)?(?:响度|音量)(?:标准化|统一)|响度)(?:一下|处理)?(?:到|为|成|至)?{_AIM.replace('(?P<', '(?P<z_')}"
)
_AS_MIXED = rx(
    r"(?:turn\s+off|switch\s+off|remove|disable|undo|no|cancel|stop)\s+(?:the\s+)?(?:(?:audio|loudness|volume|sound)\s+)?(?:normali[sz](?:ation|ing)|loudness\s+target)"
    r"|(?:取消|关掉|关闭|去掉|不要)(?:响度|音量)(?:标准化|统一|归一化?)"
)
_HEARD = rx(r"audio|sound|volume|loud|level|voice|speech|mix")
_TARGETS = ((r"podcast|apple|播客", -16), (r"tv|telev|broadcast|128|广播|电视", -23), (r".", -14))


def loudness_clause(clause: str) -> list[Intent] | None:
    """What a clause about the whole's loudness asks for, or None if it is no such clause."""
    if _AS_MIXED.fullmatch(clause):
        return [SetLoudness(None)]
    m = _LOUDNESS.fullmatch(clause)
    if m is None:
        return None
    g = {k.removeprefix("n_").removeprefix("z_"): v for k, v in m.groupdict().items() if v}
    unit = g.get("unit", "").lower()
    if unit.startswith(("db", "deci", "分")):
        return (
            [Unavailable("peak", g["n"])] if re.search("normali|标准|归一", clause, re.IGNORECASE) else None
        )
    if not _clear(clause, g, unit):
        return None
    if "n" in g:
        return [SetLoudness(-abs(number(g["n"])))]
    name = g.get("platform") or g.get("as")
    target = next(lufs for rx, lufs in _TARGETS if re.search(rx, name or "y", re.IGNORECASE))
    return [SetLoudness(Fraction(target))]


def _clear(clause: str, g: dict[str, str], unit: str) -> bool:
    """Whether it is about loudness: words such as 'set' and 'make' alone are about anything."""
    verb = re.match(
        r"bring|set|adjust|get|make|balance|master|level|even|unify", g.get("verb", ""), re.IGNORECASE
    )
    aimed = unit or ("platform" in g and _HEARD.search(clause))
    alike = re.search(r"even|same|equally|consistent|^out$", g.get("out", ""), re.IGNORECASE)
    if verb and not aimed and not (alike and _HEARD.search(g.get("thing", ""))):
        return False
    zh = g.get("zh", "")
    loose = zh.endswith(("调", "设", "调整"))
    named = loose or zh == "响度" or g.get("noun", "").lower() == "loudness"
    return not (named and not ("n" in g or "platform" in g)) and not (
        loose and not zh.startswith("响度") and not unit
    )
