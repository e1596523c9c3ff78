"""Clauses that add music, their phrases in any order."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from nemo_widgets.draft.schema import LOUDEST
from nemo_widgets.export_formats import ASKED_FOR
from nemo_widgets.studio.agent.edits.mixing import MusicAt
from nemo_widgets.studio.agent.edits.music import LOFI, AddMusic
from nemo_widgets.studio.agent.edits.songs import SONG, THERE
from nemo_widgets.studio.timeline.time_range import TimeRange

from .bag import Bag, once
from .fading import FADE, fades_of
from .intents import Intent, Unavailable
from .levels import LEVELS, level_of, share
from .moods import MOOD, mood_of, nearest
from .veil import DURATION, FILE, LOOSE, PERCENT, POINT, QUOTE, SPAN
from .words import MUSIC, VIDEO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nemo_widgets.studio.timeline.media_item import MediaItem

    from .bag import Found
    from .veil import Veiled

__all__ = ["ANY", "OWN", "SPEAKS", "add_music_clause", "song_of"]

_T = rf"(?:{POINT}|{DURATION})"
_SONG = r"(?:song|track|tune|mp3|audio(?:\s+file)?|music\s+file|recording)"
OWN = (
    rf"(?:my|the|our|that|this)\s+(?:own\s+|uploaded\s+|audio\s+)*(?:{_SONG}|(?:uploaded|own)\s+music)(?:\s+(?:(?:that|which)\s+)?i(?:'ve|\s+have)?\s+(?:just\s+)?(?:uploaded|added|sent|gave\s+you))?|my\s+music|the\s+music\s+(?:(?:that|which)\s+)?i(?:'ve|\s+have)?\s+(?:just\s+)?uploaded"
    r"|(?:刚才)?(?:我|刚)?(?:刚才|刚刚)?(?:上传|传|发)(?:上来)?的(?:那首|这首|那个|那段)?(?:歌曲?|音乐|曲子|音频)|我(?:自己)?的(?:那首|这首)?(?:歌曲?|音乐|曲子)|(?:那|这)首(?:歌曲?|曲子)|歌曲?(?=放|做|当|作|从)"
)
"""A song of one's own that is not named."""
ANY = rf"(?:{FILE}|{QUOTE})"
SPEAKS = r"(?:(?:someone|somebody|anyone|anybody|people|they|i|he|she|we|you|there|(?:the\s+)?(?:speaker|person|man|woman|narrator|interviewee))\s+(?:(?:is|are|'s|am|starts?|begins?)\s+)?(?:to\s+)?(?:speaks?|talks?|speaking|talking|says?\s+something)|there(?:'s|\s+is)\s+(?:speech|talking|a\s+voice)|(?:the\s+)?(?:speech|voices?|talking|dialogu?e|narration|words|speaker))"
DUCKED = rf"(?:(?:(?:that|which|and|it|should|automatically|let|have)\s+)*(?:gets?|goes|is|becomes|turns?|lower(?:ed|s)?|duck(?:ed|s|ing)?|dips?|drops?|softens?)(?:\s+it)?\s*(?:quieter|softer|lower|down|back|itself)?|quieter|softer|lower)\s+(?:when(?:ever)?|while|as|if|(?:each|every)\s*time|under|below|beneath|behind|during|for)\s+{SPEAKS}|(?:with\s+|and\s+)?(?:auto(?:matic)?[\s-]?)?ducking|ducked|(?:在)?(?:有人)?(?:说话|讲话|人声)(?:的?时候?|出现时|时)?(?:自动|就|要)?(?:压低|降低|调低|变小|小声|闪避)(?:一?[点些])?|自动(?:闪避|压低)"
_ADD = Bag(
    {
        "verb": r"(?:add|insert|put|lay|place|include|play|use|apply|throw|drop|set|give\s+(?:it|me)|mix|make|generate|create|have|let|slip|score(?:\s+it)?)(?:\s+(?:in|down|on|back))?|"
        r"(?:添加|加上|加入|加|配上|配|放上|放到|放在|放进去|放进来|放进|加进去|放|插入|来|用|使用|生成|铺上?|换上|垫上?)(?:一?[点段个首些]|一下)?",
        "music": r"(?:(?:some|an?|any|bit|of|little|nice|simple|good|suitable|fitting|piece|the|my|more|kind|sort|that|is|which)\s+)*(?:background\s+)?(?:music|bgm|soundtrack|score|beats?)(?:\s+(?:bed|track|music))?|"
        r"(?:一段|一点|一些|一个|一首|点|些|段|个|首|作为|当作|当成?|做成?|成|为)*(?:背景)?(?:音乐|配乐|bgm)",
        "mood": rf"(?:(?:some|an?|bit|of|little|nice|simple|the|that|is|which|piece)\s+)*(?:{MOOD})(?:\s+(?:one|(?:background\s+)?(?:track|tune|bed|song|piece|ones)))?",
        "something": r"something",
        "level": LEVELS["level"],
        "db": LEVELS["db"],
        "span": rf"(?:(?:but|only|just|to|for|during|in|over|from|at|on|within|throughout|under|through|在|只在|从|的)\s*)*(?P<span>{SPAN}|{LOOSE})(?:的?(?:部分|之间|时间|段|里))?(?:放|播放)?",
        "start": rf"(?:but\s+|only\s+|just\s+)*(?P<from>(?:(?:start(?:ing|s)?|begin(?:ning|s)?|com(?:ing|es)\s+in|and|that|which|have\s+it)\s+)*(?:from|at|after))\s+(?P<at>{_T})(?:\s+mark)?|从(?P<zhat>{_T})(?:开始|起)?(?:放|播放)?|(?P<zhat2>{_T})(?:开始|起)(?:放|播放?)?",
        "until": rf"(?:but\s+|only\s+|just\s+)*(?:until|till|up\s+to|stopping\s+at|ending\s+at)\s+(?P<until>{_T})|(?:放|播)?到(?P<zhuntil>{_T})(?:为止|结束)?",
        "part": rf"(?P<part>{SPAN})\s+(?:of|from|in)\s+(?:{OWN}|it|(?P<partfile>{ANY}))|(?:(?:start(?:ing|s)?|begin(?:ning)?|and)\s+)*(?:from|at)\s+(?P<offset>{_T})\s+(?:of|in|into)\s+(?:{OWN}|it|(?P<offsetfile>{ANY}))|歌曲?的(?P<zhpart>{SPAN})|从歌曲?的(?P<zhoffset>{_T})(?:开始|起)?",
        "under": rf"(?:under|behind|to|for|over|throughout|in|during|on|beneath)\s+(?:{VIDEO}|it|them|the\s+picture|(?:(?:the|my|our|these|those|all)\s+)*(?:pictures|pics|photos|images|slides|clips|slide-?\s?show)|everything|the\s+speech|the\s+voice|all\s+of\s+it)|(?:in|as)\s+(?:the\s+)?background|underneath(?:\s+(?:it|{VIDEO}|everything))?|below|在?(?:下面|底下|后面|背景)(?:里|中)?|给(?:视频|它|片段|片子)|(?:整个|全)(?:视频|片|程)|整段",
        "faint": r"(?:but\s+)?(?:not\s+(?:too|so|very)\s+loud(?:ly)?|(?:very\s+|really\s+|pretty\s+|fairly\s+|quite\s+|a\s+bit\s+of\s+)?(?:quietly|softly|quiet|faint|subtle)|at\s+a\s+low\s+(?:volume|level)|low\s+(?:volume|level))|(?:但|音量|声音)*(?:不要|别)(?:太|那么|很)?(?:大声|大|响|吵|高)|小声(?:一点|一些|点|些)?|(?:音量|声音)(?:小|低|轻)(?:一点|一些|点|些)?",
        "loud": r"loud(?:ly)?|大声(?:一?[点些])?|(?:音量|声音)(?:大|高|响)(?:一?[点些])?",
        "fade": rf"(?:(?:with|and|let|have|make|it|that|which|to|should|then|slowly|gently)\s+)*{FADE}",
        "zhfade": rf"(?:在?(?:结尾|最后|末尾|开头|开始)处?时?)?(?:慢慢|逐渐)?(?P<zhbefore>{DURATION})?的?(?P<zhfade>淡入淡出|淡入|淡出|渐弱|渐强)(?P<zhlong>{DURATION})?",
        "ducked": DUCKED,
        "unducked": r"(?:with\s+no|without(?:\s+any)?|no)\s+ducking|not\s+ducked|(?:(?:that|which|and)\s+)?(?:stays?|keeps?)\s+(?:at\s+)?the\s+same\s+(?:volume|level|loudness)(?:\s+under\s+(?:the\s+)?(?:speech|voice))?|(?:说话时)?(?:不要?|别)(?:自动)?(?:压低|闪避)",
        "loop": r"(?:on\s+(?:a\s+)?|in\s+a\s+)?loop(?:ed|ing|s)?|(?:and\s+)?repeat(?:ed|ing|s)?|over\s+and\s+over(?:\s+again)?|循环(?:播放)?|反复播放",
        "once": r"(?:without|no)\s+(?:looping|repeating|loop)|(?:just\s+|only\s+)?once|不(?:要)?循环|只放一遍",
        "file": rf"(?:(?:the|my|uploaded|our)\s+)*(?:(?:song|file|track|music|audio|tune)\s+)?(?P<file>{ANY})",
        "own": OWN,
        "glue": r"as|a|an|the|and|on|,|with|but|把|将|它|it|the\s+whole\s+(?:time|way\s+through)|throughout|the\s+entire\s+time|all\s+the\s+way(?:\s+through)?|全程|带|很|有|作为|当|请|like|的|轻松的?|舒服的?|好听的?|合适的?",
    }
)
_ONCE = (
    "verb", "music", "something", "level", "db", "span", "start", "until", "part", "faint", "loud", "fade", "zhfade",
    "ducked", "unducked", "loop", "once", "file", "own",
)  # fmt: skip
_FAINT, _LOUD = Fraction(1, 5), Fraction(3, 5)
"""How loud music is that is to be 'not too loud', or loud."""
_AT = re.compile(rf"{MUSIC}\s+at\s+(?P<level>{PERCENT})", re.IGNORECASE)
_TRACK = re.compile(r"lo-?\s?fi|track|tune|song", re.IGNORECASE)
_REFERS = re.compile(r"(?:the|this|that|these|current|existing)\s", re.IGNORECASE)
_OTHER_MOOD = re.compile(
    r"(?:add|use|put|insert|play|make|generate|create|include|apply|drop|lay|(?:change|switch|swap)\s+the\s+music\s+(?:to|for))\s+(?:in\s+)?(?:some\s+|an?\s+|the\s+)*(?P<mood>(?!(?:an?|the|some|and)\s)[a-z&][a-z&' -]*?)\s+(?:(?:background|bg)\s+)?(?:music|bgm|soundtrack|song|track|beats?)"
    rf"(?:\s+(?:at|to|with)\s+{PERCENT})?"
    r"|(?:添加|加上|加入|加|配上|配|放|来点|来段|来首|用|换成)(?:一段|一点|一些|一首|点|些|段|首)?(?P<zh>[\u4e00-\u9fff]{1,6}?)(?:风格)?的?(?:背景)?(?:音乐|配乐|乐|歌)",
    re.IGNORECASE,
)
_NOT_A_MOOD = re.compile(
    rf"(?<![a-z])(?:it|them|clips?|title|video|and|cuts?|my|your|with|{'|'.join(ASKED_FOR)})(?![a-z0-9])",
    re.IGNORECASE,
)


def add_music_clause(clause: str, veiled: Veiled, media: Mapping[str, MediaItem]) -> list[Intent] | None:
    """What a clause about new music asks for, or None if it is no such clause."""
    if m := _AT.fullmatch(clause):
        level = share(m["level"], veiled)
        return [MusicAt(level) if level <= LOUDEST else Unavailable("volume", veiled.reveal(m["level"]))]
    found = _ADD.read(clause)
    if found and once(found, *_ONCE):
        said = _add(clause, found, veiled, media)
        if said:
            return said
    if (m := _OTHER_MOOD.fullmatch(clause)) and not _NOT_A_MOOD.search(m["mood"] or ""):
        words = m["mood"] or m["zh"]
        return [Unavailable(f"mood {nearest(words)}".strip(), words)]
    return None


def _add(clause: str, found: Found, veiled: Veiled, media: Mapping[str, MediaItem]) -> list[Intent] | None:
    beds = {mood_of(m) for m in found.get("mood", ())}
    named = _named(found)
    if len(beds) > 1 or len(named) > 1 or (beds and named) or not _asks(clause, found, veiled, media):
        return None
    level = _level(found, veiled)
    if level is False:
        return None
    if isinstance(level, Fraction) and level > LOUDEST:
        return [Unavailable("volume", veiled.reveal(found["level"][0].group()).strip())]
    when = _when(found, veiled, own=bool(named))
    if when is None:
        return None
    span, song_from, song_to = when
    fades = _fades(found, veiled)
    bed, refers = next(iter(beds), None), any(_REFERS.match(m.group()) for m in found.get("music", ()))
    add = AddMusic(
        bed.source if bed else THERE if refers else LOFI,
        bed.name if bed else "Lo-fi",
        level if isinstance(level, Fraction) else None,
        span,
        *fades,
        duck="unducked" not in found,
        loop="loop" in found and bool(named),
        song_from=song_from,
        song_to=song_to,
    )
    if not named:
        return [add]
    token = next(iter(named))
    return song_of(token, veiled, media, add) if token else [replace(add, src=SONG, label=SONG)]


def _named(found: Found) -> set[str]:
    """The songs that are named, each as its token; "" for the one that was uploaded."""
    named = {m["file"] for m in found.get("file", ())} | {"" for _ in found.get("own", ())}
    of = {m["partfile"] or m["offsetfile"] or "" for m in found.get("part", ())}
    return named if named and of <= {"", *named} else named | of


def _asks(clause: str, found: Found, veiled: Veiled, media: Mapping[str, MediaItem]) -> bool:
    """Whether the phrases ask for new music, and do not just name some."""
    if ("ducked" in found and "unducked" in found) or ("loop" in found and "once" in found):
        return False
    if "file" in found:
        return "verb" in found and ("music" in found or _is_song(found["file"][0]["file"], veiled, media))
    if "own" in found or "part" in found:
        return "verb" in found
    if "something" in found and "music" not in found:
        return "mood" in found and ("under" in found or ("verb" in found and "background" in clause))
    moods = found.get("mood", ())
    said = "music" in found or any(_TRACK.search(m.group()) for m in moods)
    if "verb" in found:
        return said or ("mood" in found and "under" in found)
    refers = any(_REFERS.match(m.group()) for m in [*found.get("music", ()), *moods])
    return said and "mood" in found and not refers


def _is_song(token: str, veiled: Veiled, media: Mapping[str, MediaItem]) -> bool:
    """Whether it is the name of an uploaded audio file, not something in quotes."""
    name = str(veiled.value(token)).casefold()
    return bool(re.match(FILE, token)) and any(
        m.kind == "audio" and m.name.casefold() == name for m in media.values()
    )


def _level(found: Found, veiled: Veiled) -> Fraction | bool:
    """The level said; True for none, False if what was said does not go together."""
    said = [name for name in ("level", "db", "faint", "loud") if name in found]
    if len(said) > 1 and not (len(said) == 2 and "level" in said and {"faint", "loud"} & set(said)):  # noqa: PLR2004
        return False  # 'quiet, 15 %': the number says how quiet
    if not said:
        return True
    if said[0] in ("faint", "loud"):
        return {"faint": _FAINT, "loud": _LOUD}[said[0]]
    level = level_of({said[0]: found[said[0]]}, veiled)
    bare = said[0] == "level" and (found["level"][0]["level"] or "").isdigit()
    loud = None if level is None else level.volume if level.factor is None else level.factor
    return False if loud is None or (bare and loud > 1) else loud


def _when(found: Found, veiled: Veiled, *, own: bool) -> tuple[TimeRange | None, int, int | None] | None:
    """The place on the timeline and the part of the song; None if they do not go together."""
    span, song_from, song_to = None, 0, None
    if "span" in found:
        span = veiled.value(found["span"][0]["span"])
        if "start" in found or "until" in found:
            return None
    start = until = None
    if "start" in found:
        m = found["start"][0]
        start = veiled.value(m["at"] or m["zhat"] or m["zhat2"])
        verb = found["verb"][0].group().lower() if "verb" in found else ""
        if (
            own
            and (m["from"] or "").lower() == "from"
            and verb in ("use", "play", "用")
            and "part" not in found
        ):
            song_from, start = start, None
    if "until" in found:
        m = found["until"][0]
        until = veiled.value(m["until"] or m["zhuntil"])
    if start is not None or until is not None:
        span = TimeRange(start or 0, until)
    if "part" in found:
        m = found["part"][0]
        if offset := m["offset"] or m["zhoffset"]:
            song_from = veiled.value(offset)
        else:
            part = veiled.value(m["part"] or m["zhpart"])
            if not isinstance(part, TimeRange) or part.part or part.last:
                return None
            song_from, song_to = part.start, part.end
    return span, song_from, song_to


def _fades(found: Found, veiled: Veiled) -> tuple[int | None, int | None]:
    if "fade" in found:
        return fades_of(found["fade"][0], veiled)
    if "zhfade" not in found:
        return None, None
    m = found["zhfade"][0]
    token = m["zhbefore"] or m["zhlong"]
    long = veiled.value(token) if token else 2000
    return (
        long if re.search("入|强", m["zhfade"]) else None,
        long if re.search("出|弱", m["zhfade"]) else None,
    )


def song_of(token: str, veiled: Veiled, media: Mapping[str, MediaItem], add: AddMusic) -> list[Intent]:
    """The music with the file that a token names as its source."""
    name = str(veiled.value(token))
    wanted = name.casefold().strip()
    named = [m for m in media.values() if wanted in (m.name.casefold(), m.name.casefold().rpartition(".")[0])]
    item = next((m for m in named if m.kind == "audio"), None)
    if item is None:
        return [Unavailable("not audio" if named else "no file", name)]
    return [replace(add, src=item.src, label=item.name.rpartition(".")[0] or item.name)]
