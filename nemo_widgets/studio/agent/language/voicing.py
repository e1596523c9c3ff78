"""Clauses about the clips' own sound: its level, mute, fades."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.music import HaveMusic
from nemo_widgets.studio.agent.edits.voices import FadeVoice, SetVolume
from nemo_widgets.studio.timeline.time_range import Rest

from .bag import Bag, once
from .levels import LEVELS, LOUD_WORDS, level_of
from .veil import DURATION, SPAN
from .words import VIDEO

if TYPE_CHECKING:
    from nemo_widgets.studio.timeline.time_range import Stretch

    from .bag import Found
    from .context import Around
    from .intents import Intent
    from .veil import Veiled

__all__ = ["voice_clause"]


_DET = (
    r"(?:(?:all\s+of|all|the|this|that|these|those|my|our|its|their|your|every|each|any|both|other|of)\s+)*"
)
_CLIP = rf"(?:{VIDEO}|clips?|shots?|footage|speakers?|person|people|man|woman|guy)"
_SOUND = r"(?:sounds?(?:\s*track)?(?<!soundtrack)|audio(?:\s+track)?|voices?(?:\s+track)?|speech|talking|narration|narrator|dialogu?e|vocals?|noise)"
_EN = (
    rf"{_DET}(?:(?:original|own|recorded|source|camera|clips?'?s?'?|videos?'?s?|speakers?'?s?|his|her|spoken|human|live)\s+)+{_SOUND}(?:\s+(?:volume|level|loudness|track))?(?:\s+(?:of|in|from|on|for)\s+{_DET}{_CLIP})?"
    rf"|{_DET}(?:voices?|speech|narration|narrator|dialogu?e|vocals?|talking|speaker)(?:'s)?(?:\s+(?:volume|level|loudness|track))?(?:\s+(?:of|in|from|on)\s+{_DET}{_CLIP})?"
    rf"|{_DET}(?:{_SOUND}|volume|loudness)\s+(?:of|in|from|on|for)\s+{_DET}(?:{_CLIP}|voices?|speech|speaker)"
)
_ZH = r"(?:视频|片段|素材|所有|全部|的|里|中|人的?)*(?:原声|人声|原音|说话声音?|讲话声音?|语音|对白|原始声音|原来的声音|原视频声音?|视频的?声音|片段的?声音|配音|现场声)(?:的?(?:音量|声音|大小))?"
_BARE = rf"{_DET}(?:{VIDEO}|clips)|(?:所有|全部|整个)?(?:的)?(?:视频|片段|素材|片子)"
_REST = r"(?:the\s+)?(?:rest|remainder|remaining\s+(?:parts?|clips?|video))(?:\s+of\s+(?:it|the\s+video))?|(?:剩下|剩余|其余|余下)的?(?:部分|片段|视频)?"
_OF_SPAN = rf"(?:(?:only\s+|just\s+)?(?:of|in|from|for|during|between|at|over|on|to|through)\s+)?(?:(?:the\s+)?(?:part|section|bit|range|audio|sound|volume|voice)\s+(?:of|in|from|for|between|at|during)?\s*)?(?P<span>{SPAN})(?:'s)?(?:\s+(?P<word>(?:sound|audio|voice|volume|speech)(?:\s+level)?))?(?:里|内|中|的?(?:部分|那段|这段|时候|时))*(?:的?(?P<zhword>原声|人声|声音|音量|音频))?(?:的?音量)?"
_NOUNS = {
    "voice": f"{_EN}|{_ZH}",
    "bare": _BARE,
    "span": _OF_SPAN,
    "rest": _REST,
    "it": r"its(?=\s+(?:own\s+)?(?:sound|audio|volume|voice)(?![a-z]))|it|them|它|它们",
}
_VERB = r"(?:set|change|turn|bring|lower|raise|reduce|decrease|increase|adjust|make|put|get|boost|dial|drop|amplify|lift|pump|crank|attenuate|keep|have|let)(?:\s+(?P<way>up|down))?|(?:把|将|让|使|再)|调整|设置|修改|调|改|设|降|升|提|加|减"
_LEVEL = Bag(
    {
        "verb": _VERB,
        **_NOUNS,
        **LEVELS,
        "sound": r"(?:the\s+)?(?:sound|audio|volume|loudness)(?:\s+level)?|的?(?:声音|音量)",
        "glue": r"the|volume|level|and|,|给|在|的|so\s+that\s+it\s+is|be|is|by",
    }
)
_MUTE = Bag(
    {
        "mute": r"mute(?:d)?|silence(?!s)|silent|turn\s+off|switch\s+off|shut\s+off|kill|without|no|remove|delete|drop|strip(?:\s+(?:out|away))?|take\s+(?:out|away)|get\s+rid\s+of|cut(?:\s+out)?|disable|lose|"
        rf"(?:take|get|pull|turn|switch)(?=\s+(?:its|their|the|all|any)(?:\s+the)?\s+{_SOUND}\s+(?:out\s+of|off|away)(?![a-z]))|"
        r"设为静音|设成静音|调成静音|变成静音|消音|消声|静音|无声|关掉|关闭|关了|关|去掉|去除|删掉|移除|消除|拿掉|拿走|抹掉|不要|没有",
        "verb2": r"(?:should|shall|must|has\s+to|needs\s+to)\s+be",
        "off": r"off(?:\s+of)?|out|away|completely|entirely|totally|完全|掉|了|为|成|设置?",
        "verb": r"turn|make|switch|set|put|have|keep|get|there\s+(?:should|shall|must)\s+be|把|将|让|使|给",
        **_NOUNS,
        "sound": r"(?:(?:the|any|all)\s+)*(?:sound|audio|voice|volume)|的?(?:声音|原声|音频|声)",
        "glue": r"the|to|for|of|in|from|during|,|at|on|the\s+whole|里|的|在|给|be|从",
    }
)
_UNMUTE = Bag(
    {
        "unmute": r"un-?mute|not\s+muted|取消(?:掉)?(?:静音)?|恢复|打开|开启|解除(?:静音)?",
        "back": r"(?:turn|switch|put|bring|give|have)|restore|back(?:\s+on)?|on(?:\s+again)?|again|再",
        **_NOUNS,
        "sound": r"(?:the\s+)?(?:sound|audio|voice|volume)|的?(?:声音|原声|静音)",
        "glue": r"the|of|for|in|把|将|的|给",
    }
)
_JUST_UNMUTE = rx(r"un-?mute|取消静音|解除静音")
_CLEARLY_MUTE = rx(r"mute|silen|静音|消音|消声|无声")
_PEOPLE = rx(r"speaker|narrator|man|woman|guy|person|people")
_SWITCHED = rx(r"voice|sound|audio|off")
_SOUND_WORD = rx(r"sound|audio|voice|speech|volume|narrat|dialog|vocal|talk|noise|loud|speaker|声|音|对白")
_FADE_WAY = r"fad(?:e|es|ing)(?:\s+(?P<{0}>in|out)(?:\s+and\s+(?P<{1}>in|out))?)"
_LONG = rf"(?:\s+(?:slowly|gently|gradually|smoothly))?(?:\s+at\s+(?:the|its)\s+(?:very\s+)?(?:end|start|beginning))?(?:\s+(?:over|in|for|of|lasting)\s+(?P<long>{DURATION}))?"
_FADE = rx(
    rf"(?:(?:fade\s+(?P<a>in|out)(?:\s+and\s+(?P<b>in|out))?\s+(?:the\s+)?(?:{_EN}|(?P<s1>{SPAN})(?:'s)?\s+(?:sound|audio|voice)|(?:sound|audio|voice)\s+(?:of|in)\s+(?P<s2>{SPAN})))"
    rf"|(?:(?:let|have|make)\s+)?(?:fade\s+)?(?:{_EN}|(?P<s3>{SPAN})(?:'s)?\s+(?:sound|audio|voice))\s+(?:fade\s+)?(?P<c>in|out)(?:\s+and\s+(?P<d>in|out))?){_LONG}"
    rf"|(?:把|将|让|给)?(?:{_ZH}|(?P<s4>{SPAN})的?(?:声音|原声|人声))(?:加上?|做)?(?:一个|个)?(?P<before>{DURATION})?的?(?P<how>淡入淡出|淡入|淡出|渐弱|渐强)(?:效果)?(?P<zhlong>{DURATION})?"
)
_USUAL_FADE_MS = 1000
_SO = r"(?:\s+(?:a\s+(?:bit|little)|way|much|far|just|still|really))*"
_THEN = r"(?:\s*,?\s*(?:so\s+|please\s+)*(?:make|turn|bring)\s+(?:it|them|that)\s+(?:up|down|quieter|louder|lower|softer)(?:\s+a\s+(?:bit|little))?)?"
_COMPLAINT = rx(
    rf"(?:(?:{_EN})(?:'s|\s+(?:is|are|sounds?|seems?))?{_SO}\s+(?:too\s+(?:(?P<loud>loud)|quiet|soft|low|faint)|hard\s+to\s+hear)|i\s+(?:can\s+(?:barely|hardly)|can't|cannot)\s+hear\s+(?:{_EN})(?:\s+(?:well|properly))?){_THEN}"
    rf"|(?:把|将)?(?:{_ZH})(?:还是|有点|有些|稍微)?(?:太|过于?)(?:(?P<zhloud>吵|大声|大|响|高)|小声|小|轻|低)了?"
)
_ONLY_MUSIC = rx(
    r"(?:(?:only|just|nothing\s+but)\s+(?:the\s+)?(?:music|song)|(?:只要|只留下?|只保留|只有|仅保留)(?:背景)?(?:音乐|配乐))(?:\s*[,，]?\s*(?:不要|没有|去掉)(?:原声|人声))?(?:\s*,?\s*(?:and\s+)?no\s+(?:original\s+|other\s+)?(?:sound|audio|voices?))?"
)


def voice_clause(clause: str, around: Around) -> list[Intent] | None:
    """What a clause about the clips' own sound asks for, or None if it is no such clause."""
    veiled = around.veiled
    if _ONLY_MUSIC.fullmatch(clause):
        return [SetVolume(Fraction(0)), HaveMusic()]
    if m := _COMPLAINT.fullmatch(clause):
        return [SetVolume(factor=Fraction(7, 10) if m["loud"] or m["zhloud"] else Fraction(7, 5))]
    return _faded(clause, veiled) or _muted(clause, veiled) or _level(clause, veiled)


def _level(clause: str, veiled: Veiled) -> list[Intent] | None:
    found = _LEVEL.read(clause)
    if not found or not once(found, *_NOUNS, "verb", "sound") or not _one_noun(found):
        return None
    if not (_about_sound(found) or LOUD_WORDS.search(clause)) or ("it" in found and "sound" not in found):
        return None
    level = level_of(found, veiled)
    if level is None or (
        level.factor is not None and "level" not in found and "db" not in found and not _loud(found, clause)
    ):
        return None
    return [SetVolume(level.volume, level.factor, _span(found, veiled))]


def _loud(found: Found, clause: str) -> bool:
    """Whether 'up', 'double' and the like are about loudness and not about the picture."""
    return _about_sound(found) or bool(
        re.search(r"loud|quiet|softer|volume|turn|声|音|响|吵", clause, re.IGNORECASE)
    )


def _about_sound(found: Found) -> bool:
    words = [m.group() for name in ("voice", "sound") for m in found.get(name, ())]
    words += [m["word"] or m["zhword"] or "" for m in found.get("span", ())]
    return any(words) or any(_SOUND_WORD.search(m.group()) for m in found.get("span", ()))


def _one_noun(found: Found) -> bool:
    """Whether it is said of what: one thing, or a thing and when."""
    named = [name for name in _NOUNS if name in found]
    return len(named) == 1 or (len(named) == 2 and "span" in named and "rest" not in named)  # noqa: PLR2004


def _span(found: Found, veiled: Veiled) -> Stretch | None:
    if "rest" in found:
        return Rest()
    return veiled.value(found["span"][0]["span"]) if "span" in found else None


def _muted(clause: str, veiled: Veiled) -> list[Intent] | None:
    if _JUST_UNMUTE.fullmatch(clause):
        return [SetVolume(Fraction(1))]
    found = _UNMUTE.read(clause)
    if found and once(found, *_NOUNS, "unmute", "sound") and _one_noun(found):
        sure = any(re.search("mute|静音", m.group(), re.IGNORECASE) for m in found.get("unmute", ()))
        back = "back" in found and re.search(r"back|on|restore", clause, re.IGNORECASE)
        if sure or ((back or "unmute" in found) and _about_sound(found)):
            return [SetVolume(Fraction(1), None, _span(found, veiled))]
    found = _MUTE.read(clause)
    if not found or "mute" not in found or not once(found, *_NOUNS, "mute", "verb") or not _one_noun(found):
        return None
    clear = _CLEARLY_MUTE.search(clause)
    if not clear and (not _about_sound(found) or (_PEOPLE.search(clause) and not _SWITCHED.search(clause))):
        return None
    return [SetVolume(Fraction(0), None, _span(found, veiled))]


def _faded(clause: str, veiled: Veiled) -> list[Intent] | None:
    m = _FADE.fullmatch(clause)
    if m is None or not re.search(r"fad|淡|渐", clause, re.IGNORECASE):
        return None
    how = m["how"] or ""
    ways = {m[g].lower() for g in "abcd" if m[g]}
    ways |= {"in"} if "入" in how or "强" in how else set()
    ways |= {"out"} if "出" in how or "弱" in how else set()
    said = next((m[g] for g in ("long", "before", "zhlong") if m[g]), None)
    long = veiled.value(said) if said else _USUAL_FADE_MS
    span = next((veiled.value(m[g]) for g in ("s1", "s2", "s3", "s4") if m[g]), None)
    return [FadeVoice(long if "in" in ways else None, long if "out" in ways else None, span)]
