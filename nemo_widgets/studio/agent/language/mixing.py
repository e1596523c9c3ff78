"""Clauses about the music that is there: louder, ducked, looped, another one, from when until when."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from nemo_widgets.draft.schema import LOUDEST
from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.mixing import ChangeMusic, MusicAt
from nemo_widgets.studio.agent.edits.music import AddMusic
from nemo_widgets.studio.agent.edits.playing import DuckMusic, LoopMusic, SpreadMusic, TrimMusic
from nemo_widgets.studio.agent.edits.songs import SONG
from nemo_widgets.studio.timeline.refs import Beside, ClipRef
from nemo_widgets.studio.timeline.time_range import TimeRange

from .bag import Bag, once
from .fading import complaint, fade_clause
from .intents import Intent, Unavailable
from .levels import LEVELS, level_of
from .moods import MOOD, bed_of
from .sounds import ANY, DUCKED, OWN, SPEAKS, add_music_clause, song_of
from .veil import DURATION, POINT, SPAN
from .words import MUSIC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nemo_widgets.studio.agent.edits.edit import Edit
    from nemo_widgets.studio.timeline.media_item import MediaItem

    from .bag import Found
    from .veil import Veiled

__all__ = ["music_clause"]


_T = rf"(?:{POINT}|{DURATION})"
_SET = Bag(
    {
        "verb": r"(?:set|change|turn|bring|lower|raise|reduce|decrease|increase|adjust|make|put|get|boost|dial|drop|pull|push|pump|crank|keep|have|let)(?:\s+(?P<way>up|down))?|"
        r"(?:把|将|让|使)|调整|设置|修改|调|改|设|降|升|减",
        "music": rf"(?:the\s+)?(?:volume|level|loudness)\s+of\s+{MUSIC}|{MUSIC}(?:'s)?(?:\s+(?:volume|level|loudness))?(?:的?(?:音量|声音|声|大小))?",
        **LEVELS,
        "mute": r"mute|silent|silence|静音|设为静音|调成静音|关掉声音",
        "glue": r"the|volume|level|and|,|音量|声音|给|by|is|a",
    }
)
_SHORT_MUTE = rx(
    rf"(?:mute|silence|turn\s+off|switch\s+off)\s+{MUSIC}|turn\s+{MUSIC}\s+off|(?:关掉|关闭|关了){MUSIC}|(?:把|将)?{MUSIC}(?:给)?(?:关掉|关闭|关了|关上|停掉)|(?:把|将)?{MUSIC}静音|静音{MUSIC}"
)
_NEW = rf"(?:(?:something|(?:an?|some|the|my)\s+)\s*)*(?:(?:{MOOD})(?:\s+(?:one|music|song|track|tune|bgm|soundtrack|background\s+music|score))?(?:音乐|配乐|风格|歌曲?|曲子)?|(?P<own>{OWN})|(?:the\s+)?(?P<file>{ANY}))(?:\s+(?:instead|please))?"
_OLD_MOOD = rf"(?:the\s+|this\s+|that\s+)(?:{re.sub('P<', 'P<old', MOOD)})(?:\s+(?:music|song|track|tune))?|那?(?:首|段)?(?:{re.sub('P<', 'P<was', MOOD)})(?:音乐|配乐)"
_SWAP = rx(
    rf"(?:change|replace|swap|switch|exchange|turn)\s+(?:out\s+)?(?:{MUSIC}|{_OLD_MOOD})\s+(?:to|with|for|by|into|in\s+favou?r\s+of)\s+{_NEW}"
    rf"|(?:switch|change|go)\s+(?:over\s+)?to\s+(?=.*(?:music|track|song|tune|bgm)$){re.sub('P<', 'P<sw', _NEW)}|(?:make|have)\s+{MUSIC}\s+(?:be\s+|sound\s+)?(?:{re.sub('P<', 'P<mk', MOOD)})"
    rf"|use\s+{re.sub('P<', 'P<us', _NEW)}\s+instead(?:\s+of\s+(?:{MUSIC}|{re.sub('P<', 'P<uo', MOOD)}(?:\s+music)?))?"
    rf"|(?:把|将|给)?(?:{MUSIC})(?:换|改|变|替换)(?:成|为)?(?:一?[首个段种点])?{re.sub('P<', 'P<cn', _NEW)}|(?:音乐)?(?:换|改)(?:成|为|一?[首个段种])?{re.sub('P<', 'P<hw', _NEW)}(?<=[乐歌子])"
)
_SWAP_WHICH = rx(
    rf"(?:change|replace|swap|switch)\s+{MUSIC}|(?:use|try|put\s+in|give\s+me)\s+(?:another|a\s+different|some\s+other)\s+(?:song|music|track|tune)|(?:换(?:一?[首个段])?(?:别的|其他的?|另外的?)?(?:音乐|歌曲?|配乐))"
)
_MOVE = rx(
    rf"(?:play|move|let|have|make|put|limit|restrict|change|keep)\s+{MUSIC}\s*(?:play\s+|run\s+)?(?:only\s+|just\s+)?(?:to\s+|in\s+|during\s+|for\s+|from\s+)?(?P<span>{SPAN})(?:\s+only)?"
    rf"|(?:only\s+play|only\s+have|only\s+keep)\s+{MUSIC}\s+(?:in\s+|during\s+|for\s+|from\s+)?(?P<span2>{SPAN})|{MUSIC}只在(?P<zh>{SPAN})(?:播放|出现|响起)?"
)
_SHALL = r"(?:\s+(?:should|shall|must|is\s+to|has\s+to|needs\s+to|ought\s+to))?(?:\s+only)*"
_ENDS = r"(?:stop|end|finish|cut\s+(?:off|out)|be\s+over|be\s+gone|run\s+out|go\s+away)s?"
_BEGINS = r"(?:start|begin|come\s+in|set\s+in|kick\s+in|play)s?"
_UNTIL = rx(
    rf"(?:stop|end|cut(?:\s+off)?|finish|turn\s+off)\s+{MUSIC}\s+(?:at|after|from)\s+(?P<a>{_T})|(?:let|have|make)\s+{MUSIC}\s+{_ENDS}\s+(?:at|after|by)\s+(?P<b>{_T})|{MUSIC}{_SHALL}\s+{_ENDS}\s+(?:at|after|by)\s+(?P<c>{_T})"
    rf"|(?:play|run|let|have|keep)?\s*{MUSIC}\s+(?:play\s+|run\s+|go\s+(?:on\s+)?)?(?:only\s+)?(?:until|till|up\s+to)\s+(?P<d>{_T})|(?:把|让)?{MUSIC}(?:只)?(?:放|播放?|持续)?(?:在|到)(?P<e>{_T})(?:处|的?时候|时)?(?:为止|就?停止?|就?结束|停掉)|{MUSIC}只(?:放|播)到(?P<f>{_T})"
)
_FROM = rx(
    rf"(?:start|begin)\s+{MUSIC}\s+(?:only\s+)?(?:at|from|after)\s+(?P<a>{_T})|(?:let|have|make)\s+{MUSIC}\s+(?:only\s+)?{_BEGINS}\s+(?:only\s+)?(?:at|from|after)\s+(?P<b>{_T})|{MUSIC}{_SHALL}\s+{_BEGINS}\s+(?:only\s+)?(?:at|from|after)\s+(?P<c>{_T})"
    rf"|(?:bring|fade)\s+{MUSIC}\s+in\s+(?:at|from)\s+(?P<d>{_T})|delay\s+{MUSIC}\s+(?:until|till|to)\s+(?P<e>{_T})|(?:把|让)?(?P<zh>{MUSIC})(?:在|从)?(?P<f>{_T})(?:处|的?时候|时)?(?:才|再)?(?:开始|响起|进来|进入|起)(?:放|播放?)?|(?P<zh2>{MUSIC})从(?P<g>{_T})(?:放|播放?)"
)
_SPEECH = r"(?:under|when|while|whenever|during|below|for|beneath).*"
_WHENEVER = r"(?:when(?:ever)?|while|if|as|as\s+soon\s+as|(?:each|every|any)\s*time|under|below|beneath|behind|during)"
_DUCK_OFF = rx(
    rf"(?:turn\s+off|switch\s+off|disable|stop|remove|no|don't\s+use|without|cancel)\s+(?:the\s+)?(?:(?:automatic|auto)[\s-]*)?(?:music(?:'s)?\s+)?ducking(?:\s+(?:of|for|on)\s+{MUSIC})?|(?:turn\s+)(?:the\s+)?ducking\s+off|(?:stop|don't|do\s+not|no)\s+duck(?:ing)?\s+{MUSIC}(?:\s+{_SPEECH})?|don't\s+(?:lower|turn\s+down)\s+{MUSIC}\s+{_SPEECH}"
    rf"|(?:keep|leave)\s+{MUSIC}\s+(?:at\s+)?(?:just\s+)?(?:the\s+same\s+(?:volume|level|loudness)|as\s+loud)\s+{_SPEECH}|(?:关掉|关闭|取消|去掉|不要)(?:音乐的?)?(?:自动)?(?:闪避|压低)|(?:说话时?)?(?:不要|别)(?:再)?(?:自动)?压低{MUSIC}|{MUSIC}(?:在?说话时?)?(?:不要|别)(?:自动)?压低"
)
_DUCK_ON = rx(
    rf"(?:turn\s+on|switch\s+on|enable|use|add|apply)\s+(?:the\s+)?(?:(?:automatic|auto|music)[\s-]*)?ducking(?:\s+(?:of|for|on|to)\s+{MUSIC})?|(?:let\s+|have\s+|make\s+)?(?:duck\s+{MUSIC}|{MUSIC}\s+(?:should\s+|must\s+)?duck)(?:\s+{_WHENEVER}\s+{SPEAKS})?"
    rf"|(?:(?:make|turn|have|let|get)\s+)?{MUSIC}\s+(?:should\s+|shall\s+|must\s+)?(?:be\s+|get\s+|go\s+|down\s+)?(?:{DUCKED})|(?:(?:lower|turn\s+down|reduce|dip|drop|quieten)\s+{MUSIC}|(?:turn|bring|take|pull)\s+{MUSIC}\s+down)\s+(?:volume\s+|a\s+(?:bit|little)\s+)?{_WHENEVER}\s+(?:[a-z']+\s+){{0,3}}(?:speaks?|talks?|speaking|talking|speech|voices?)|{MUSIC}\s+(?:should\s+|must\s+)?(?:get|go|step|move|stay)\s+(?:out\s+of\s+the\s+way|back)\s+{_WHENEVER}\s+{SPEAKS}"
    rf"|(?:打开|开启|启用)(?:音乐的?)?(?:自动)?(?:闪避|压低)|(?:把|让|将)?{MUSIC}(?:要|会|能)?(?:{DUCKED})|(?:有人)?(?:说话|讲话)(?:的?时候?|时)(?:自动)?(?:把)?(?:压低|降低|调低|调小){MUSIC}|(?:有人)?(?:说话|讲话)(?:的?时候?|时)(?:把|让)?{MUSIC}(?:压低|小声?|降低|调低|调小|变小)(?:一?[点些])?"
)
_LOOP = rx(
    rf"(?P<off>(?:don't|do\s+not|stop|no)\s+)?(?:loop(?:ing)?|repeat(?:ing)?)\s+(?:{MUSIC}|{OWN})(?:\s+(?:until|till|to)\s+the\s+(?:very\s+)?end(?:\s+of\s+the\s+video)?|\s+over\s+and\s+over)?|(?:play|keep|put|let|have)\s+(?:{MUSIC}|{OWN})\s+(?:on\s+(?:a\s+)?|in\s+a\s+)?(?:loop(?:ing|ed)?|repeat(?:ing|ed)?)|play\s+(?:{MUSIC}|{OWN})\s+(?P<off2>(?:just\s+|only\s+)?once)"
    rf"|(?:把|让)?(?:{MUSIC}|这首歌|那首歌)(?:(?P<off3>不要?|别)(?:再)?)?(?:循环|重复)(?:播放)?|循环播放(?:{MUSIC}|这首歌)|(?:把)?{MUSIC}(?P<off4>只放一遍)"
)
_FILM = r"(?:video|film|movie|clip|timeline|thing|project)"
_RUNS = r"(?:(?:run|play|go|last|continue|keep|running|playing|going|on|be)\s+)"
_TO_END = rf"(?:(?:right\s+|all\s+the\s+way\s+)?(?:to|until|till|up\s+to)\s+the\s+(?:very\s+)?end(?:\s+of\s+the\s+{_FILM})?|throughout|through|all\s+the\s+way(?:\s+through)?)"
_WHOLE = (
    rf"(?:(?:all\s+the\s+way\s+)?(?:through|throughout|across|over|for|during)\s+the\s+(?:whole|entire|full)\s+(?:{_FILM}|time|length)"
    rf"|the\s+(?:whole|entire)\s+(?:time|way(?:\s+through)?)|(?:as\s+long|the\s+same\s+length)\s+as\s+the\s+(?:whole\s+|entire\s+)?{_FILM})"
)
_SPREADS = r"(?:make|let|have|keep|run|extend|stretch|spread|continue|lengthen)"
_THROUGH = rx(
    rf"(?:{_SPREADS}|play)\s+(?:{MUSIC}|{OWN})\s+{_RUNS}*{_TO_END}|(?:{MUSIC}|{OWN})\s+(?:should|must|has\s+to|needs\s+to|shall)\s+{_RUNS}+{_TO_END}"
    rf"|(?P<whole>{_SPREADS}\s+(?:{MUSIC}|{OWN})\s+{_RUNS}*{_WHOLE}|(?:{MUSIC}|{OWN})\s+(?:should|must|has\s+to|needs\s+to|shall)\s+{_RUNS}+{_WHOLE})"
    rf"|(?:把|让|将)?(?:{MUSIC}|这首歌|那首歌)(?:要|应该)?(?:一直|持续)?(?:都)?(?:放|播放?|延长|延续|持续|循环|铺)(?:到|至)(?:视频|影片|全片|片子)?(?:的)?(?:结尾|最后|片尾|结束|末尾)"
    rf"|(?P<zhwhole>(?:把|让|将)?(?:{MUSIC}|这首歌|那首歌)(?:要|应该)?(?:贯穿|覆盖|铺满|盖住)(?:整个视频|整个影片|整部?片子?|整片|全片|全程|始终)|(?:把|让|将)?{MUSIC}(?:和|跟|与)(?:视频|影片|片子)一样长)"
)
"""To where the music that is there shall be heard, for which its file may be too short."""
_SONG = rx(r"song|track|tune|歌")


_ON = r"(?:\s+(?:on(?:wards?)?|starts?|begins?|comes\s+(?:on|in|up)|is\s+on))?"
_AT_CLIP = rf"(?:only\s+|just\s+)?(?:at|from|with|when|once|as\s+soon\s+as|(?:at|from)\s+the\s+(?:start|beginning)\s+of)\s+(?P<clip>{SPAN}){_ON}"
_FROM_CLIP = rx(
    rf"(?:start|begin|(?:bring|fade)(?=.*\sin\s))\s+{MUSIC}\s+(?:in\s+)?{_AT_CLIP}|(?:(?:let|have|make)\s+)?{MUSIC}{_SHALL}\s+(?:only\s+)?{_BEGINS}\s+{_AT_CLIP.replace('<clip', '<clip2')}"
    rf"|(?:把|让)?{MUSIC}(?:在|从)(?P<zh>{SPAN})(?:处|的?时候|时|那里)?(?:才|再)?(?:开始|响起|进来|进入|起)?(?:才|再)?(?:放|播放?|开始|响起|进来)"
)
_TO_CLIP = rx(
    rf"(?:stop|end|cut(?:\s+off)?|finish)\s+{MUSIC}\s+(?P<how>at|with|after|when|before)\s+(?:the\s+end\s+of\s+)?(?P<clip>{SPAN})(?P<ends>\s+(?:ends|stops|is\s+over|starts|begins))?"
    rf"|(?:(?:let|have|make)\s+)?{MUSIC}{_SHALL}\s+{_ENDS}\s+(?P<how2>at|with|after|when|before)\s+(?:the\s+end\s+of\s+)?(?P<clip2>{SPAN})(?P<ends2>\s+(?:ends|stops|is\s+over|starts|begins))?"
)
_ONLY_DURING = rx(
    rf"{MUSIC}\s+(?:only|just)\s+(?:in|during|under|for|over|with)\s+(?P<span>{SPAN})|(?:only|just)\s+(?:have|play)\s+{MUSIC}\s+(?:under|over|with)\s+(?P<span2>{SPAN})"
)


def music_clause(clause: str, veiled: Veiled, media: Mapping[str, MediaItem]) -> list[Intent] | None:
    """What a clause about music asks for, or None if it is no such clause."""
    said = fade_clause(clause, veiled) or _how(clause, veiled) or _other(clause, veiled, media)
    if said:
        return said
    setting = re.match(r"set\s", clause, re.IGNORECASE)
    return (
        (_set(clause, veiled) if setting else None)
        or add_music_clause(clause, veiled, media)
        or _set(clause, veiled)
    )


def _how(clause: str, veiled: Veiled) -> list[Intent] | None:
    """Clauses whose words have one order: mute, duck, loop it, play it from here to there."""
    if way := complaint(clause):
        return [ChangeMusic(factor={"down": Fraction(7, 10), "up": Fraction(7, 5)}[way])]
    plain = (
        (_SHORT_MUTE, ChangeMusic(volume=Fraction(0))),
        (_DUCK_OFF, DuckMusic(on=False)),
        (_DUCK_ON, DuckMusic()),
    )
    edit: Edit | None = next((edit for pattern, edit in plain if pattern.fullmatch(clause)), None)
    if edit is None and (m := _THROUGH.fullmatch(clause)):
        edit = SpreadMusic(whole=bool(m["whole"] or m["zhwhole"]))
    if edit is None and (m := _LOOP.fullmatch(clause)):
        edit = LoopMusic(on=not any(m[g] for g in ("off", "off2", "off3", "off4")))
    return [edit] if edit else _placed(clause, veiled)


def _placed(clause: str, veiled: Veiled) -> list[Intent] | None:
    """From when until when the music is played."""
    of_song: Literal["", "song"] = "song" if _SONG.search(clause) else ""
    if m := _MOVE.fullmatch(clause):
        span = veiled.value(next(t for t in m.groups() if t))
        if of_song and isinstance(span, TimeRange) and not span.part and not span.last:
            return [TrimMusic(span.start, span.end, "song")]
        return [ChangeMusic(span=span)]
    if m := _UNTIL.fullmatch(clause):
        return [TrimMusic(end_ms=veiled.value(next(t for t in m.groups() if t)))]
    if m := _FROM.fullmatch(clause):
        token = next(m[g] for g in "abcdefg" if m[g])
        return [
            TrimMusic(start_ms=veiled.value(token), add=of_song or ("music" if m["zh"] or m["zh2"] else ""))
        ]
    return _beside_clips(clause, veiled)


def _beside_clips(clause: str, veiled: Veiled) -> list[Intent] | None:
    """From which clip on, or up to which, the music is played, or during which alone."""
    if m := _ONLY_DURING.fullmatch(clause):
        return [ChangeMusic(span=veiled.value(m["span"] or m["span2"]))]
    if m := _FROM_CLIP.fullmatch(clause):
        at = veiled.value(m["clip"] or m["clip2"] or m["zh"])
        return [TrimMusic(starts=at)] if isinstance(at, ClipRef) else None
    if m := _TO_CLIP.fullmatch(clause):
        g = {name.rstrip("2"): said.lower() for name, said in m.groupdict().items() if said}
        at, verb = veiled.value(next(m[n] for n in ("clip", "clip2") if m[n])), g.get("ends", "").strip()
        begins = g["how"] == "before" or verb in ("starts", "begins")
        if not isinstance(at, ClipRef) or (g["how"] == "at" and not verb and "end of" not in clause.lower()):
            return None
        return [TrimMusic(ends=at if begins else Beside(at, after=True))]
    return None


def _other(clause: str, veiled: Veiled, media: Mapping[str, MediaItem]) -> list[Intent] | None:
    """Other music in the place of what is there."""
    if _SWAP_WHICH.fullmatch(clause):
        return [Unavailable("which music")]
    m = _SWAP.fullmatch(clause)
    if m is None:
        return None
    g = {k: v for k, v in m.groupdict().items() if v}
    for prefix in ("", "us", "sw", "cn", "hw", "mk"):
        if f"{prefix}own" in g:
            return [ChangeMusic(src=SONG, label=SONG)]
        if token := g.get(f"{prefix}file"):
            found = song_of(token, veiled, media, AddMusic())
            return [ChangeMusic(src=f.src, label=f.label) if isinstance(f, AddMusic) else f for f in found]
        for name in ("mood", "moodbefore", "zhmood"):
            if said := g.get(prefix + name):
                bed = bed_of(said)
                return [ChangeMusic(src=bed.source, label=bed.name)]
    return None


def _set(clause: str, veiled: Veiled) -> list[Intent] | None:
    found = _SET.read(clause)
    if not found or "music" not in found or not once(found, "music", "level", "db"):
        return None
    if "mute" in found:
        return [ChangeMusic(volume=Fraction(0))] if found.keys() <= {"mute", "music", "verb"} else None
    level = level_of(found, veiled)
    if level is None or not _sets(found) or (_bare(found) and (level.volume or 0) > 1):
        return None
    loud = level.volume or Fraction(0)
    if loud > LOUDEST:
        return [Unavailable("volume", veiled.reveal(found["level"][0].group()).strip())]
    if level.volume is not None and not {"verb", "up", "down"} & found.keys():
        return [MusicAt(level.volume)]
    return [ChangeMusic(level.volume, level.factor)]


def _bare(found: Found) -> bool:
    """Whether the level is a number alone, such as 20 for 20 %."""
    return "level" in found and (found["level"][0]["level"] or "").isdigit()


def _sets(found: Found) -> bool:
    """Whether a level is set: 'music at 20%' may be new music, and is none of this."""
    if "verb" in found or {"up", "down", "half", "double"} & found.keys():
        return True
    said = [found["music"][0], *found.get("level", ()), *found.get("db", ())]
    return any(
        re.search("volume|level|音量|声|调|降|加[到至]|db|分贝", m.group(), re.IGNORECASE) for m in said
    )
