"""Clauses that take away or keep: ranges, pauses, music, titles, transitions, in lists of any length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.finding import CutFound
from nemo_widgets.studio.agent.edits.highlights import KeepBest
from nemo_widgets.studio.agent.edits.mixing import RemoveMusic
from nemo_widgets.studio.agent.edits.pauses import PauseOptions
from nemo_widgets.studio.agent.edits.titles import RemoveTitle
from nemo_widgets.studio.agent.edits.transitions import RemoveTransitions
from nemo_widgets.studio.timeline.refs import ClipRef, Lead, Part
from nemo_widgets.studio.timeline.time_range import TimeRange

from .guards import guard, negated
from .intents import Intent, Keep, Pauses, Remove
from .keeping import except_clause, keep_clause
from .objects import listed
from .tails import finished
from .veil import DURATION, POINT, SPAN
from .words import BEST, REMOVE, REMOVE_ZH, VIDEO

if TYPE_CHECKING:
    from .veil import Veiled

__all__ = ["removal"]


_HEAD = rx(
    rf"(?:only\s+|just\s+|[只仅就]\s*)?(?:(?P<smooth>smoothly\s+|平滑地?)?(?:{REMOVE}(?![a-z])\s*(?:(?:only|just)\s+)?|{REMOVE_ZH}\s*))"
)
_TAKE = rx(r"(?:take|throw)\s+")
_OUT = rx(r"\s*(?<![a-z])(?:out|away|off)(?![a-z])")
_ZH_OBJECTS_FIRST = rx(
    rf"(?:把|将|对)?\s*(?P<objects>.+?)\s*的?(?:全部|全都|统统|通通|一起|全|都|给|也)*(?P<verb>删了|剪了|去了|{REMOVE_ZH})\s*(?P<rest>.*)"
)
_AT = rf"(?:{POINT}|{DURATION})"
_SHOULD = r"(?:should|must|has\s+to|needs\s+to|ought\s+to)\s+"
_FROM = rx(
    rf"(?:(?:make|let|have)\s+(?:it|{VIDEO})\s+)?(?:start|begin)\s+(?:it\s+|{VIDEO}\s+)(?:at|from)\s+(?P<a>{_AT})|(?:(?:make|let|have)\s+(?:it|{VIDEO})\s+)?(?:end|stop|finish)\s+(?:it\s+|{VIDEO}\s+)(?:at|after)\s+(?P<b>{_AT})"
    rf"|{VIDEO}\s+{_SHOULD}(?:start|begin)\s+(?:at|from)\s+(?P<a2>{_AT})|{VIDEO}\s+{_SHOULD}(?:end|stop|finish)\s+(?:at|after)\s+(?P<b2>{_AT})"
    rf"|(?:让)?(?:视频|片子|它)?从(?P<zha>{_AT})(?:处)?开始(?:播放?)?(?:[,，]?\s*(?:前面|之前|以前)的?(?:都|全部?)?(?:不要|删掉|去掉|剪掉)了?)?|(?:让|把|将)?(?:视频|片子|影片|它|片段)(?:在|到|(?:修剪|裁剪|剪辑|缩短|剪|裁)(?:到|至))(?P<zhb>{_AT})(?:处)?(?:结束|为止)"
)
_SO_THAT = rx(
    rf"^(?:trim|cut|crop|shorten|edit|clip|make|have|let)\s+(?P<what>it|{VIDEO}|(?:the\s+)?{SPAN})\s+(?:down\s+)?(?:to\s+|so\s+(?:that\s+)?it\s+)?(?P<verb>start|begin|end|stop|finish)s?\s+(?P<rest>(?:at|from|after)\s+.+)$"
)
"""'Trim the clip to end at 0:04' is 'end the clip at 0:04'."""
_OF_CLIP = rx(
    rf"(?:start|begin)\s+(?P<clip>{SPAN})\s+(?:at|from)\s+(?P<a>{POINT})|(?P<clip2>{SPAN})\s+{_SHOULD}(?:start|begin)\s+(?:at|from)\s+(?P<a2>{POINT})"
    rf"|(?:end|stop|finish)\s+(?P<clip3>{SPAN})\s+(?:at|after)\s+(?P<b3>{POINT})|(?:trim|shorten)\s+(?P<clip4>{SPAN})\s+(?:down\s+)?to\s+(?P<b4>{POINT})"
    rf"|(?P<clip5>{SPAN})\s+{_SHOULD}(?:end|stop|finish)\s+(?:at|after)\s+(?P<b5>{POINT})"
    rf"|(?:让|把|将)?(?P<clip6>{SPAN})从(?P<a6>{POINT})(?:处)?开始(?:播放?)?|(?:让|把|将)?(?P<clip7>{SPAN})(?:(?:在|到)(?P<b7>{POINT})(?:处)?(?:结束|为止)|(?:修剪|裁剪|剪辑|缩短|剪|裁)(?:到|至)(?P<b8>{POINT})(?:处)?(?:为止|结束)?)"
)
_GOES = rx(
    r"(?P<what>.+?)(?:\s+(?:can|should|must|may|has\s+to|have\s+to|needs\s+to)\s+(?:go|be\s+(?:removed|deleted|cut(?:\s+out)?))|的?(?:都|全都|全部|全)?(?:不要了?|不需要了?|可以不要了?|去掉吧))"
)
_BOTH_ENDS = rx(
    rf"(?:把)?(?:(?:开头|片头|头)(?:和|跟|与|、)?(?:结尾|片尾|尾|末尾)|首尾|前后|两头|两端)(?:都)?(?:各|分别)?(?:{REMOVE_ZH})(?P<long>{DURATION})|(?:{REMOVE})\s+(?P<en>{DURATION})\s+(?:off|from|at)\s+(?:each|both|either)\s+ends?"
)
_FROM_TO = rx(
    rf"(?:(?:make|let|have)\s+(?:it|{VIDEO})\s+)?(?:start|begin)\s+(?:it\s+|{VIDEO}\s+)?(?:at|from)\s+(?P<a>{_AT})\s*,?\s*and\s+(?:end|stop|finish)s?\s+(?:it\s+)?(?:at\s+)?(?P<b>{_AT})"
    rf"|(?:让)?(?:视频|它)?从(?P<zha>{_AT})开始,?\s*(?:并|然后)?(?:到|在)(?P<zhb>{_AT})(?:处)?(?:结束|为止)|(?P<span>{SPAN})(?:结束|为止)"
)
_BY = rx(
    rf"(?:tighten|clean|shorten|trim|polish|neaten)\s+(?:up\s+)?(?:it|things|{VIDEO})(?:\s+(?:up|down))?(?:\s+a\s+(?:bit|little))?\s+by\s+"
    r"(?P<doing>cutting|removing|deleting|trimming|dropping|getting\s+rid\s+of|taking\s+out)(?P<rest>(?:\s+out)?\s.+)"
)
_DO = {"cutting": "cut", "trimming": "trim", "dropping": "drop"}
_FIND = r"(?:detect|find|locate|spot|identify|look\s+for|search\s+for|pick(?:\s+out)?|choose|select)"
_FIND_ZH = r"(?:找出来?|找到|检测|识别|定位|挑出来?|选出来?)"
_FOUND_AND = rx(
    rf"{_FIND}\s+(?P<what>.+?)\s*(?:,|and\s+then|,\s*and|and|then)\s*(?P<verb>{REMOVE})\s+(?:it|that|them|this|those)(?:\s+(?:out|away|off))?"
    rf"|(?:把)?{_FIND_ZH}(?P<zh>.+?)\s*(?:,|并|然后|,\s*然后|再)*\s*(?:把它|将其)?(?P<zhverb>{REMOVE_ZH})"
    rf"|{_FIND}\s+(?P<keep>{BEST})\s*(?:,|and|,\s*and)\s*(?:{REMOVE})\s+(?:the\s+rest|everything\s+else|all\s+else|the\s+others?)"
)
_FIND_FIRST = rx(
    rf"{_FIND}\s+(?:and|&|,\s*(?:and|then)?)\s*(?=(?:{REMOVE})\s)|{_FIND_ZH}(?:并|并且|再|然后|、)\s*(?=(?:{REMOVE_ZH}))"
)
_STILL = rx(
    rf"(?:nobody|no\s+one|no-one)\s+(?:is\s+)?(?:talks?|speaks?|talking|speaking|says\s+anything)(?:\s+(?:for|in|a|while|there|here|some|time|places|at|times|bits))*\s*[,.;]?\s*(?:so\s+)?(?:please\s+)?{REMOVE}\s+(?:those|these|that|them|it)(?:\s+(?:bits?|parts?|sections?|moments?|stretches|ones))?(?:\s+out)?"
)
_TIGHTEN = rx(
    rf"tighten\s+(?:it|this|that|things|{VIDEO})\s+up(?:\s+a\s+(?:bit|little))?|tighten\s+up\s+(?:it|this|things|{VIDEO})"
)
_FROM_ON = rx(
    rf"(?:(?:starting|beginning)\s+)?(?:from|at)\s+(?P<at>{_AT})\s*,?\s*(?:{REMOVE})\s+(?:the\s+next\s+)?(?P<long>{DURATION})|从(?P<zhat>{_AT})(?:处|的?地方)?(?:开始|起)[,，]?(?:往后)?(?:{REMOVE_ZH})(?P<zhlong>{DURATION})"
)
_END_BY = rx(
    rf"(?:trim|cut|shorten)\s+(?:off\s+)?(?:the\s+)?(?P<end>ending|end|start|beginning|front)(?:\s+of\s+(?:{VIDEO}|it))?\s+(?:off\s+)?by\s+(?P<long>{DURATION})"
)
_TOO_MANY = rx(
    rf"there(?:'s|\s+(?:is|are))\s+(?:too\s+(?:many|much)|a\s+lot\s+of|lots\s+of|so\s+many|some)\s+(?P<what>.+?)\s*,\s*(?:and\s+|so\s+|please\s+)*(?:(?:{REMOVE})\s+(?:them|those|these|it|that)(?:\s+all)?|(?:take|throw|cut|edit)\s+(?:them|those|these|it|that)(?:\s+all)?\s+(?:out|away|off))"
    rf"|(?P<zh>.+?)(?:实在|有点)?(?:太多|太长|好多|很多)了?\s*[,，]\s*(?:把它们|请|帮我|都|全部|全)*(?:{REMOVE_ZH})"
)
_SHORTER = rx(
    rf"(?:tighten|shorten|reduce|clean)\s+(?:(?:up|down)\s+)?(?P<what>(?:(?!\s+to\s+).)+?)(?:\s+(?:up|down))?(?:\s+(?:down\s+)?to\s+(?P<to>{DURATION})(?:\s+each)?)?(?P<rest>\s*,?\s*(?:but|and|keeping|leaving|while)\s.+)?"
    rf"|(?:把|将)?(?P<zh>.+?)(?:都)?(?:剪|缩|弄|变|调)短(?:一?[点些])?(?:(?:到|成|至|为)(?P<zhto>{DURATION}))?(?P<zhrest>\s*[,，]\s*.+)?|缩短(?P<zh2>.+?)(?:(?:到|成|至|为)(?P<zhto2>{DURATION}))?"
)
_REST = rx(
    rf"{REMOVE}\s+(?:the\s+rest|everything\s+else|all\s+(?:the\s+rest|else)|the\s+others?)|(?:把)?(?:其他|其它|其余|剩下)的?(?:部分|内容)?(?:全部|都|全)*{REMOVE_ZH}|{REMOVE_ZH}(?:其他|其它|其余|剩下)的?(?:部分|内容)?"
)


def removal(clause: str, veiled: Veiled) -> list[Intent] | None:
    """What a clause that takes away or keeps asks for, or None if it is no such clause."""
    if (whole := _whole(clause, veiled)) is not None:
        return whole
    if m := _BY.fullmatch(clause):  # 'by cutting the pauses' asks for no more than 'cut the pauses'
        clause = _DO.get(m["doing"].lower(), "remove") + m["rest"]
    clause = _FIND_FIRST.sub("", clause, count=1)
    return (
        guard(clause, veiled)
        or negated(clause)
        or except_clause(clause, veiled)
        or keep_clause(clause, veiled)
        or _remove(clause, veiled)
    )


def _whole(clause: str, veiled: Veiled) -> list[Intent] | None:
    """Clauses whose words have one order: remove the rest, start here and end there, find it and cut it."""
    clause = _SO_THAT.sub(r"\g<verb> \g<what> \g<rest>", clause)
    if _REST.fullmatch(clause):
        return [Keep(())]
    if _STILL.fullmatch(clause) or _TIGHTEN.fullmatch(clause):
        return [Pauses(PauseOptions())]
    m = _TOO_MANY.fullmatch(clause) or _FOUND_AND.fullmatch(clause)
    if m and m.groupdict().get("keep"):
        return [KeepBest()]
    if m:
        found = _remove(f"remove {m['what']}" if m["what"] else f"删掉{m['zh']}", veiled)
        return found if found and all(isinstance(i, (CutFound, Pauses)) for i in found) else None
    return (
        _shorter(clause, veiled) or _of_clip(clause, veiled) or _ends(clause, veiled) or _goes(clause, veiled)
    )


def _shorter(clause: str, veiled: Veiled) -> list[Intent] | None:
    """'Shorten the pauses to 0.3 s': of each so much is kept."""
    m = _SHORTER.fullmatch(clause)
    if m is None:
        return None
    what, zh = m["what"], m["zh"] or m["zh2"]
    to = m["to"] or m["zhto"] or m["zhto2"]
    keeping = (f" keeping {to} of each" if what else f"每处保留{to}") if to else ""
    head = f"remove {what}" if what else f"剪掉{zh}"
    found = _remove(f"{head}{keeping}{m['rest'] or m['zhrest'] or ''}", veiled)
    return found if found and all(isinstance(i, Pauses) for i in found) else None


def _ends(clause: str, veiled: Veiled) -> list[Intent] | None:
    """Where it is to start or to end, or what goes at both ends."""
    if m := _FROM_ON.fullmatch(clause):
        at, long = (veiled.value(m[g] or m[f"zh{g}"]) for g in ("at", "long"))
        return [Remove((TimeRange(at, at + long),))]
    if m := _END_BY.fullmatch(clause):
        long, ends = veiled.value(m["long"]), m["end"].lower().startswith("end")
        return [Remove((TimeRange(long, None, last=True) if ends else TimeRange(0, long),))]
    if m := _FROM_TO.fullmatch(clause):
        said = (veiled.value(token) for token in m.group("a", "b", "zha", "zhb") if token)
        return [Keep((veiled.value(m["span"]) if m["span"] else TimeRange(*said),))]
    if m := _FROM.fullmatch(clause):
        start, end = m["a"] or m["a2"] or m["zha"], m["b"] or m["b2"] or m["zhb"]
        return [Keep((TimeRange(veiled.value(start), None) if start else TimeRange(0, veiled.value(end)),))]
    if m := _BOTH_ENDS.fullmatch(clause):
        long = veiled.value(m["long"] or m["en"])
        return [Remove((TimeRange(0, long), TimeRange(long, None, last=True)))]
    return None


def _of_clip(clause: str, veiled: Veiled) -> list[Intent] | None:
    """Where a clip is to start or to end, counted from its own beginning: the rest of it goes."""
    m = _OF_CLIP.fullmatch(clause)
    if m is None:
        return None
    said = {name.rstrip("2345678"): token for name, token in m.groupdict().items() if token}
    clip = veiled.value(said["clip"])
    if not isinstance(clip, ClipRef):
        return None
    begins, ends = (said.get(name) for name in "ab")
    behind = Part(TimeRange(veiled.value(begins or ends or ""), None), clip)
    return [Remove((Lead(behind) if begins else behind,))]


def _goes(clause: str, veiled: Veiled) -> list[Intent] | None:
    """'The first ten seconds can go'."""
    m = _GOES.fullmatch(clause)
    found = _remove(f"remove {m['what']}", veiled) if m else None
    gone = (Remove, CutFound, RemoveMusic, RemoveTitle, RemoveTransitions)
    return found if found and all(isinstance(i, gone) for i in found) else None


def _remove(clause: str, veiled: Veiled) -> list[Intent] | None:
    head = _HEAD.match(clause)
    if head:
        objects, end = listed(clause, head.end(), verbs=True)
        if (
            objects
            and (said := finished(objects, clause[end:], veiled, smooth=bool(head["smooth"]))) is not None
        ):
            return said
    if taken := _TAKE.match(clause):
        objects, end = listed(clause, taken.end())
        if objects and _OUT.match(clause, end):
            return finished(objects, clause[end:], veiled)
    turned = _ZH_OBJECTS_FIRST.fullmatch(clause)
    if turned:
        objects, end = listed(turned["objects"], 0)
        if objects and end == len(turned["objects"]):
            return finished(objects, turned["rest"], veiled)
    return None
