"""Clauses about music and transitions, their phrases in any order."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from .bag import Bag, Found
from .cuts import SetTransitions
from .intents import Intent, Smooth, Unavailable
from .music import LOFI, AddMusic, ChangeMusic
from .veil import DURATION, FILE, PERCENT, QUOTE, SPAN
from .words import MUSIC, VIDEO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .times import Span
    from .veil import Veiled
    from .world import MediaItem

__all__ = ["music_clause", "transition_clause"]

_MOOD = r"(?:(?:some|a|bit|of|little|nice|simple|gentle|lo-?\s?fi|calm|calming|soft|chill|chilled|chillout|relaxing|relaxed|mellow|laid-back|ambient)\s+)*"
_ZH_MOOD = r"(?:lo-?fi|轻松|舒缓|柔和|安静|平静|放松|轻柔|慢节奏|悠闲|的|风格的?)*"
_LEVEL = rf"(?:(?:at|to|with|of|on|=|:|是|为|到|成|在|调到|设为|调成|设成)?\s*(?:a\s+)?(?:volume\s+(?:(?:of|at)\s+)?|音量)?\s*(?P<level>{PERCENT}|\d{{1,3}}(?![\d.:]))(?:\s+volume|的?音量)?)"
_UNDER = rf"(?:under|behind|to|for|over|throughout|in|during|on|beneath)\s+(?:{VIDEO}|it|the\s+picture|everything)|给(?:视频|它|片段)|(?:整个|全)(?:视频|片|程)"
_TIMES = rf"(?:(?:only|just|for|during|in|over|from|at|在|只在)\s*)?(?P<span>{SPAN})(?:的?(?:部分|之间|时间|段|里))?"
_ADD = Bag(
    {
        "verb": r"(?:add|insert|put|lay|place|include|play|use|apply|throw|drop|set|give\s+(?:it|me)|mix|make|generate|create)(?:\s+(?:in|down|on))?|"
        r"添加|加上|加入|加个|加点|加段|加一段|加一点|加|配上|配个|配一段|配|放上|放|插入|来点|来段|来一段|用|使用|生成",
        "music": rf"{_MOOD}(?:the\s+|a\s+|my\s+)*{_MOOD}(?:background\s+)?(?:music|bgm|soundtrack|beats?|lo-?fi)(?:\s+(?:bed|track|music))?|"
        rf"(?:一段|一点|一些|一个|一首|点|些|段|个|首|作为|当作|当|做|成)*{_ZH_MOOD}(?:背景)?(?:音乐|配乐|bgm|lo-?fi)",
        "level": _LEVEL,
        "span": _TIMES,
        "under": _UNDER,
        "file": rf"(?:(?:the|my|uploaded)\s+)*(?:(?:song|file|track|music|audio)\s+)?(?P<file>{FILE}|{QUOTE})",
        "glue": r"as|a|the|and|,|with|把|将|it|the\s+whole\s+time|throughout|全程",
    }
)
_SET = Bag(
    {
        "verb": r"(?:set|change|turn|bring|lower|raise|reduce|decrease|increase|adjust|make|put|get|boost|dial)(?:\s+(?P<way>up|down))?|"
        r"(?:把|将)|调整|设置|修改|调|改|设",
        "music": rf"(?:the\s+)?volume\s+of\s+{MUSIC}|{MUSIC}(?:'s)?(?:\s+(?:volume|level|loudness))?(?:的?(?:音量|声音))?",
        "level": _LEVEL,
        "down": r"(?:a\s+)?(?:quieter|softer|lower|down|less\s+loud|not\s+so\s+loud)|(?:调|变|降)?(?:小|低|轻)(?:声|一点|一些|点|些)*|降低|减小",
        "up": r"(?:a\s+)?(?:louder|up|higher)|(?:调|变|升)?(?:大|高|响)(?:声|一点|一些|点|些)*|提高|增大",
        "half": r"half\s+as\s+loud|half\s+(?:the|its)\s+(?:volume|loudness)|by\s+half|to\s+half|减半|一半|调到一半|降低一半|减小一半|小一半",
        "double": r"twice\s+as\s+loud|double(?:\s+(?:the|its)\s+(?:volume|loudness))?|大一倍|加倍|两倍",
        "mute": r"mute|silent|silence|静音|设为静音|调成静音|关掉声音",
        "little": r"a\s+(?:little\s+)?bit|a\s+little|slightly|somewhat|一点|稍微|略微",
        "much": r"much|a\s+lot|way|far|很多|许多",
        "glue": r"the|volume|level|and|,|音量|声音|给|再",
    }
)
_SHORT_MUTE = re.compile(
    rf"(?:mute|silence|turn\s+off|switch\s+off)\s+{MUSIC}|turn\s+{MUSIC}\s+off|(?:关掉|关闭|关了){MUSIC}|(?:把|将){MUSIC}(?:关掉|关闭|关了)|(?:把|将)?{MUSIC}静音|静音{MUSIC}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"{MUSIC}\s+(?:volume|level)\s+(?:to\s+|at\s+|=\s*)?(?P<level>{PERCENT})|{MUSIC}音量\s*(?P<zh>{PERCENT})",
    re.IGNORECASE,
)
_SWAP = re.compile(
    rf"(?:change|replace|swap|switch)\s+{MUSIC}\s+(?:to|with|for|by)\s+(?:the\s+)?(?P<file>{FILE}|{QUOTE})"
    rf"|(?:把|将)?{MUSIC}(?:换成|改成|替换为|替换成|换为)\s*(?P<zh>{FILE}|{QUOTE})",
    re.IGNORECASE,
)
_MOVE = re.compile(
    rf"(?:play|move|let|have|make|put|limit|restrict|change)\s+{MUSIC}\s*(?:play\s+|run\s+)?(?:only\s+|just\s+)?(?:to\s+|in\s+|during\s+|for\s+|from\s+)?(?P<span>{SPAN})"
    rf"|{MUSIC}只在(?P<zh>{SPAN})(?:播放|出现|响起)?",
    re.IGNORECASE,
)
_OTHER_MOOD = re.compile(
    r"(?:add|use|put|insert|play|make|generate|create|include|apply)\s+(?:in\s+)?(?:some\s+|an?\s+|the\s+)*(?P<mood>(?!(?:an?|the|some|and)\s)[a-z][a-z' -]*?)\s+(?:(?:background|bg)\s+)?(?:music|bgm|soundtrack|song|track|beats?)"
    rf"(?:\s+(?:at|to|with)\s+{PERCENT})?"
    r"|(?:添加|加上|加入|加|配上|配|放|来点|来段|用)(?:一段|一点|一些|一首|点|些|段|首)?(?P<zh>[\u4e00-\u9fff]{1,6}?)(?:风格)?的?(?:背景)?(?:音乐|配乐|乐|歌)",
    re.IGNORECASE,
)
_KINDS = r"(?:wip(?:e|es|ing)|slid(?:e|es|ing)|zooms?|spins?|push(?:es)?|swipes?|flips?|glitch(?:es)?|whip(?:\s+pans?)?|iris|cubes?|star|page\s+turns?|擦除|滑动|推移|缩放|旋转|翻页|推拉|闪白|故障)"
_OTHER_TRANSITION = re.compile(
    rf"(?:add|use|put|insert|apply|make|change)\s+(?:.{{0,20}}\s)?(?P<kind>{_KINDS})(?:\s+(?:transitions?|effects?))?(?:\s+(?:at|between|in|for).{{0,30}})?"
    rf"|(?:添加|加上|加入|加|用|换成|使用)(?P<zh>{_KINDS})(?:的)?(?:转场|效果|过渡)+",
    re.IGNORECASE,
)
_FADES = r"(?:cross-?\s?fades?|dissolves?|fades?)"
_CUTS = r"(?:(?:at|between|to|for|on|in|across)\s+(?:all\s+|every\s+|each\s+)?(?:of\s+)?(?:the\s+|my\s+)?(?:cuts?|clips?|joints?|joins?|scenes?|parts?|shots?|segments?|edits|pieces|cut|two\s+clips))"
_TRANSITION = Bag(
    {
        "verb": r"(?P<add>add|insert|put(?:\s+in)?|use|apply|include|place|create|give\s+it)|(?P<change>set|change|make|adjust|shorten|lengthen|extend)|"
        r"(?P<zhadd>添加|加上|加入|加个|加|使用|用|插入)|(?P<zhchange>把|将|改成|改为|改到|改|设为|设成|调成|调到|变成|变为)",
        "noun": rf"(?:(?:the|some|a|all|all\s+the|smooth|soft|nice|simple|short|gentle|clean)\s+)*(?:{_FADES}\s+transitions?|transitions?(?:\s+effects?)?|cross-?\s?fades?|dissolves?|smooth\s+fades?)(?:\s+(?:length|duration|time)s?)?|"
        r"(?:一些|一个|个|些|平滑的?|柔和的?|所有的?|的)*(?:叠化|淡入淡出|交叉淡化|溶解)?的?(?:转场|过渡|叠化|淡入淡出|交叉淡化)(?:效果|动画)?(?:的?(?:长度|时长|时间))?",
        "fades": rf"(?:(?:the|some|a|smooth|soft|short)\s+)*fades?\s+{_CUTS}",
        "length": rf"(?:(?:to|of|for|lasting|at|that\s+(?:are|last)|为|成|长|时长|每个)\s*)?(?:an?\s+)?(?P<length>{DURATION})(?:\s*(?:long|each|的|长))*",
        "cuts": rf"{_CUTS}|在?(?:所有|每个|各个|全部)?的?(?:剪切点|剪辑点|接点|片段|镜头|切点|衔接处)(?:之间|处|上|间)?",
        "glue": r"and|,|with|an?|the|在|给|都",
    }
)
_SMOOTH = re.compile(
    r"(?:(?:join|joining|blend|connect|rejoin|merge|stitch|glue|put)\s+(?:the\s+|all\s+)*(?:remaining\s+|rest\s+of\s+the\s+|other\s+|two\s+)*(?:parts?|rest|pieces?|sections?|segments?|clips?|ends|cuts?|them|it|remainder|halves)\s*(?:back\s+)?(?:together\s+)?(?P<how>smoothly|seamlessly|with\s+(?:a\s+)?(?:short\s+)?crossfades?)?(?:\s+together)?"
    r"|(?P<make>make)\s+(?:the\s+)?(?:joints?|joins?|cuts?|transitions?|it)\s+(?:smooth|seamless)|smooth\s+(?:out\s+)?(?:the\s+)?(?:joints?|joins?|cuts?)"
    r"|(?P<short>smoothly|with\s+smooth\s+(?:cuts|joints|joins))|(?P<hard>with\s+(?:a\s+)?hard\s+cuts?|直接拼接|硬切|拼接起来|连接起来|接起来)"
    r"|(?:把|将|让)?(?:剩下|剩余|其余|余下|前后|两段|两边|保留)*的?(?:部分|内容|片段|画面|视频)?(?:平滑|自然|流畅|顺滑)(?:地)?(?:地?(?:衔接|连接|过渡|拼接|接))?(?:起来|在一起|上|好)?)",
    re.IGNORECASE,
)


def music_clause(clause: str, veiled: Veiled, media: Mapping[str, MediaItem]) -> list[Intent] | None:
    """What a clause about music asks for, or None if it is no such clause."""
    return _plain(clause, veiled, media) or _in_any_order(clause, veiled, media)


def _plain(clause: str, veiled: Veiled, media: Mapping[str, MediaItem]) -> list[Intent] | None:
    """Clauses whose words have one order: mute it, swap it, play it from here to there."""
    if _SHORT_MUTE.fullmatch(clause):
        return [ChangeMusic(volume=Fraction(0))]
    if m := _NAMED.fullmatch(clause):
        return _volume(m["level"] or m["zh"], veiled)
    if m := _SWAP.fullmatch(clause):
        return _file(m["file"] or m["zh"], veiled, media, swap=True)
    if (m := _MOVE.fullmatch(clause)) and (token := m["span"] or m["zh"]):
        return [ChangeMusic(span=veiled.value(token))]
    return None


def _in_any_order(clause: str, veiled: Veiled, media: Mapping[str, MediaItem]) -> list[Intent] | None:
    found = _ADD.read(clause)
    if (
        found
        and "verb" in found
        and ("music" in found or "file" in found)
        and _single(found, "verb", "file", "level", "span")
    ):
        return _add(found, veiled, media)
    found = _SET.read(clause)
    if found and "music" in found and _single(found, "music"):
        return _set(found, veiled)
    if m := _OTHER_MOOD.fullmatch(clause):
        return [Unavailable("mood", m["mood"] or m["zh"])]
    return None


def _single(found: Found, *names: str) -> bool:
    return all(len(found.get(name, ())) <= 1 for name in names)


def _add(found: Found, veiled: Veiled, media: Mapping[str, MediaItem]) -> list[Intent] | None:
    level: Fraction | None = None
    if "level" in found:
        level = _fraction(found["level"][0]["level"], veiled)
        if not 0 <= level <= 1:
            return [Unavailable("volume", found["level"][0].group())]
    span: Span | None = veiled.value(found["span"][0]["span"]) if "span" in found else None
    if "file" not in found:
        return [AddMusic(LOFI, "Lo-fi", level, span)]
    if "music" not in found:
        return None
    return _file(found["file"][0]["file"], veiled, media, level=level, span=span)


def _file(
    token: str, veiled: Veiled, media: Mapping[str, MediaItem], *, level: Fraction | None = None,
    span: Span | None = None, swap: bool = False,
) -> list[Intent]:  # fmt: skip
    name = str(veiled.value(token))
    wanted = name.casefold().strip()
    named = [m for m in media.values() if wanted in (m.name.casefold(), m.name.casefold().rpartition(".")[0])]
    item = next((m for m in named if m.kind == "audio"), None)
    if item is None:
        return [Unavailable("not audio" if named else "no file", name)]
    label = item.name.rpartition(".")[0] or item.name
    return [ChangeMusic(src=item.src, label=label) if swap else AddMusic(item.src, label, level, span)]


def _fraction(token: str, veiled: Veiled) -> Fraction:
    return Fraction(int(token), 100) if token.isdigit() else Fraction(veiled.value(token))


def _volume(token: str, veiled: Veiled) -> list[Intent]:
    level = _fraction(token, veiled)
    return [ChangeMusic(volume=level) if 0 <= level <= 1 else Unavailable("volume", veiled.reveal(token))]


def _set(found: Found, veiled: Veiled) -> list[Intent] | None:
    asked: list[str] = [name for name in ("level", "down", "up", "half", "double", "mute") if name in found]
    way = next((m["way"].lower() for m in found.get("verb", ()) if m["way"]), "")
    if "level" in asked:
        if "verb" not in found and not re.search(
            "volume|level|音量|声音", found["music"][0].group() + found["level"][0].group(), re.IGNORECASE
        ):
            return None  # 'music at 20%' may be new music
        rest = [a for a in asked if a not in ("level", "up", "down")]
        return None if rest or len(found["level"]) > 1 else _volume(found["level"][0]["level"], veiled)
    asked += [way] if way and way not in asked else []
    if "half" in asked:
        asked = [a for a in asked if a != "down"]
    verbs = " ".join(m.group().lower() for m in found.get("verb", ()))
    if not asked and re.search(r"\b(?:lower|reduce|decrease)\b", verbs):
        asked = ["down"]
    if not asked and re.search(r"\b(?:raise|increase|boost)\b", verbs):
        asked = ["up"]
    if len(asked) != 1 or ("verb" not in found and asked[0] not in ("down", "up", "half", "double")):
        return None
    strong = "much" in found
    factors = {
        "down": Fraction(2, 5) if strong else Fraction(7, 10),
        "up": Fraction(2) if strong else Fraction(7, 5),
        "half": Fraction(1, 2),
        "double": Fraction(2),
    }
    return [ChangeMusic(volume=Fraction(0)) if asked == ["mute"] else ChangeMusic(factor=factors[asked[0]])]


def transition_clause(clause: str, veiled: Veiled) -> list[Intent] | None:
    """What a clause about transitions or smooth joints asks for, or None if it is no such clause."""
    if m := _SMOOTH.fullmatch(clause):
        join = clause.lower().startswith(
            ("join", "blend", "connect", "rejoin", "merge", "stitch", "glue", "put")
        )
        return [Smooth(0 if m["hard"] or (join and not m["how"]) else 500)]
    found = _TRANSITION.read(clause)
    if (
        found
        and ("noun" in found or "fades" in found)
        and "verb" in found
        and _single(found, "noun", "fades", "length")
    ):
        verbs = found["verb"]
        adds = any(m["add"] or m["zhadd"] for m in verbs)
        length = veiled.value(found["length"][0]["length"]) if "length" in found else None
        if not adds and length is None:
            return None
        return [SetTransitions(500 if length is None else length, existing=not adds)]
    if m := _OTHER_TRANSITION.fullmatch(clause):
        return [Unavailable("transition", (m["kind"] or m["zh"]).strip())]
    return None
