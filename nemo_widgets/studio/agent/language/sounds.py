"""Clauses about music, their phrases in any order."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.edits.mixing import ChangeMusic, MusicAt
from nemo_widgets.studio.agent.edits.music import LOFI, AddMusic

from .bag import Bag, Found, once
from .fading import FADE, complaint, fade_clause, fades_of
from .intents import Intent, Unavailable
from .veil import FILE, PERCENT, QUOTE, SPAN
from .words import MUSIC, VIDEO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nemo_widgets.studio.agent.edits.span import Span
    from nemo_widgets.studio.agent.world import MediaItem

    from .veil import Veiled

__all__ = ["music_clause"]

_MOOD = r"(?:(?:some|a|bit|of|little|nice|simple|gentle|lo-?\s?fi|calm|calming|soft|chill|chilled|chillout|relaxing|relaxed|mellow|laid-back|ambient)\s+)*"
_ZH_MOOD = r"(?:lo-?fi|轻松|舒缓|柔和|安静|平静|放松|轻柔|慢节奏|悠闲|的|风格的?)*"
_LEVEL = rf"(?:(?:at|to|with|of|on|=|:|是|为|到|成|在|调到|设为|调成|设成)?\s*(?:a\s+)?(?:volume\s+(?:(?:of|at)\s+)?|音量)?\s*(?P<level>{PERCENT}|\d{{1,3}}(?![\d.:]))(?:\s+volume|的?音量)?)"
_UNDER = rf"(?:under|behind|to|for|over|throughout|in|during|on|beneath)\s+(?:{VIDEO}|it|the\s+picture|everything)|in\s+the\s+background|给(?:视频|它|片段)|(?:整个|全)(?:视频|片|程)"
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
        "faint": r"(?:but\s+)?(?:not\s+(?:too|so|very)\s+loud(?:ly)?|quietly|softly|quiet|at\s+a\s+low\s+(?:volume|level)|low\s+(?:volume|level))|(?:但|音量|声音)*(?:不要|别)(?:太|那么|很)?(?:大声|大|响|吵|高)|小声(?:一点|一些|点|些)?|(?:音量|声音)(?:小|低|轻)(?:一点|一些|点|些)?",
        "fade": rf"(?:with\s+)?{FADE}",
        "file": rf"(?:(?:the|my|uploaded)\s+)*(?:(?:song|file|track|music|audio)\s+)?(?P<file>{FILE}|{QUOTE})",
        "glue": r"as|a|the|and|,|with|把|将|it|the\s+whole\s+time|throughout|全程",
    }
)
_SET = Bag(
    {
        "verb": r"(?:set|change|turn|bring|lower|raise|reduce|decrease|increase|adjust|make|put|get|boost|dial)(?:\s+(?P<way>up|down))?|"
        r"(?:把|将|让|使)|调整|设置|修改|调|改|设",
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
_FACTORS = {"down": Fraction(7, 10), "up": Fraction(7, 5), "half": Fraction(1, 2), "double": Fraction(2)}
_FAINT = Fraction(1, 5)
"""How loud music is that is to be 'not too loud'."""
_AT = re.compile(rf"{MUSIC}\s+at\s+(?P<level>{PERCENT})", re.IGNORECASE)
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


def music_clause(clause: str, veiled: Veiled, media: Mapping[str, MediaItem]) -> list[Intent] | None:
    """What a clause about music asks for, or None if it is no such clause."""
    return (
        fade_clause(clause, veiled) or _plain(clause, veiled, media) or _in_any_order(clause, veiled, media)
    )


def _plain(clause: str, veiled: Veiled, media: Mapping[str, MediaItem]) -> list[Intent] | None:
    """Clauses whose words have one order: mute it, swap it, play it from here to there."""
    if way := complaint(clause):
        return [ChangeMusic(factor=_FACTORS[way])]
    if m := _AT.fullmatch(clause):
        level = _fraction(m["level"], veiled)
        return [MusicAt(level) if 0 <= level <= 1 else Unavailable("volume", veiled.reveal(m["level"]))]
    if _SHORT_MUTE.fullmatch(clause):
        return [ChangeMusic(volume=Fraction(0))]
    if m := _SWAP.fullmatch(clause):
        return _file(m["file"] or m["zh"], veiled, media)
    if (m := _MOVE.fullmatch(clause)) and (token := m["span"] or m["zh"]):
        return [ChangeMusic(span=veiled.value(token))]
    return _volume(m["level"] or m["zh"], veiled) if (m := _NAMED.fullmatch(clause)) else None


def _in_any_order(clause: str, veiled: Veiled, media: Mapping[str, MediaItem]) -> list[Intent] | None:
    found = _SET.read(clause) if clause.lower().startswith("set ") else None
    if found and "music" in found and once(found, "music") and (said := _set(found, veiled)):
        return said
    found = _ADD.read(clause)
    if (
        found
        and "verb" in found
        and ("music" in found or "file" in found)
        and once(found, "verb", "file", "level", "span", "fade", "faint")
    ):
        return _add(found, veiled, media)
    found = _SET.read(clause)
    if found and "music" in found and once(found, "music"):
        return _set(found, veiled)
    if m := _OTHER_MOOD.fullmatch(clause):
        return [Unavailable("mood", m["mood"] or m["zh"])]
    return None


def _add(found: Found, veiled: Veiled, media: Mapping[str, MediaItem]) -> list[Intent] | None:
    level: Fraction | None = None
    if "level" in found:
        level = _fraction(found["level"][0]["level"], veiled)
        if not 0 <= level <= 1:
            return [Unavailable("volume", found["level"][0].group())]
    if "faint" in found:
        if level is not None:
            return None
        level = _FAINT
    fades = fades_of(found["fade"][0], veiled) if "fade" in found else (None, None)
    span: Span | None = veiled.value(found["span"][0]["span"]) if "span" in found else None
    if "file" not in found:
        return [AddMusic(LOFI, "Lo-fi", level, span, *fades)]
    if "music" not in found:
        return None
    return _file(
        found["file"][0]["file"],
        veiled,
        media,
        add=AddMusic(volume=level, span=span, fade_in=fades[0], fade_out=fades[1]),
    )


def _file(
    token: str, veiled: Veiled, media: Mapping[str, MediaItem], *, add: AddMusic | None = None
) -> list[Intent]:
    """The file as the music's source: of new music (`add`), or of that which is there."""
    name = str(veiled.value(token))
    wanted = name.casefold().strip()
    named = [m for m in media.values() if wanted in (m.name.casefold(), m.name.casefold().rpartition(".")[0])]
    item = next((m for m in named if m.kind == "audio"), None)
    if item is None:
        return [Unavailable("not audio" if named else "no file", name)]
    label = item.name.rpartition(".")[0] or item.name
    if add is None:
        return [ChangeMusic(src=item.src, label=label)]
    return [replace(add, src=item.src, label=label)]


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
    if asked == ["mute"]:
        return [ChangeMusic(volume=Fraction(0))]
    factor = {"down": Fraction(2, 5), "up": Fraction(2)}.get(asked[0]) if strong else None
    return [ChangeMusic(factor=factor or _FACTORS[asked[0]])]
