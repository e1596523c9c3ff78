"""Clauses about which sound tracks of a clip are heard: 'use only the microphone', 'mute track 2'."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from nemo_widgets.studio.agent.compiled import rx, unkept
from nemo_widgets.studio.agent.edits.hearing import HearTracks
from nemo_widgets.studio.soundtrack import LANGUAGES
from nemo_widgets.studio.timeline.refs import ClipRef

from .numbers import NUMBER, number
from .ordinals import ORDINAL, ordinal
from .tokens import QUOTE, SPAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nemo_widgets.studio.timeline.media_item import MediaItem

    from .context import Around
    from .intents import Intent
    from .veil import Veiled

__all__ = ["hearing_clause"]

_TRACK = r"(?:sound\s*|audio\s*)?(?:tracks?|channels?|streams?)"
_LANGUAGE = "|".join(LANGUAGES)
_ZH_LANGUAGES = {names[0]: language for language, names in LANGUAGES.items()}
_SOUND = r"(?:sounds?|audio|voice|commentary|version|dub|signal|recording)"
_ZH_SOUND = r"(?:的?(?:声音|音频|声道|音轨|声轨|轨道|配音))"
_MIC = r"microphones?|mic|mike|headset"
_DESKTOP = r"desktop|system|game|computer"
_NAMES = (
    (
        "number",
        rf"{_TRACK}\s*(?:number\s*|no\.?\s*|#\s*)?(?P<number>{NUMBER}(?:\s*(?:,|and|&|\+)\s*(?:{_TRACK}\s*)?{NUMBER})*)",
    ),
    ("ordinal", rf"(?P<ordinal>{ORDINAL})\s+{_TRACK}"),
    ("quote", rf"(?:{_TRACK}\s*)?(?P<quote>{QUOTE})(?:\s*{_TRACK})?"),
    ("mic", rf"(?:{_MIC})(?:\s+{_SOUND})?(?:\s+{_TRACK})?"),
    ("desktop", rf"(?:{_DESKTOP})(?:(?:\s+{_SOUND})?\s+{_TRACK}|\s+{_SOUND})"),
    ("language", rf"(?P<language>{_LANGUAGE})\s+(?:{_TRACK}|{_SOUND}(?:\s+{_TRACK})?)"),
    ("commentary", rf"commentary(?:\s+{_TRACK})?"),
    (
        "zhnumber",
        rf"(?:第?(?P<zhnumber>{NUMBER})(?:条|个|轨)?(?:音轨|声轨|声道|轨道)|(?:音轨|声轨|轨道)(?P<zhnumber2>{NUMBER}(?:\s*[和与、]\s*(?:音轨|声轨|轨道)?{NUMBER})*)|第(?P<zhnumber3>{NUMBER})轨|(?P<zhspan>{SPAN})(?:音轨|声轨|声道|轨道))",
    ),
    ("zhmic", rf"(?:麦克风|话筒|麦){_ZH_SOUND}?"),
    ("zhdesktop", rf"(?:桌面|电脑|系统|游戏){_ZH_SOUND}"),
    ("zhlanguage", rf"(?P<zhlanguage>{'|'.join(_ZH_LANGUAGES)}){_ZH_SOUND}"),
    ("zhcommentary", rf"(?:解说|评论){_ZH_SOUND}"),
)
_ALIKE = {"mic": "microphone", "zhmic": "microphone", "desktop": "desktop", "zhdesktop": "desktop",
          "commentary": "commentary", "zhcommentary": "commentary"}  # fmt: skip
_USE = (
    r"(?:use|keep|hear|play|take|choose|pick|select|have|leave|listen\s+to|switch\s+to|change\s+to|go\s+with)"
)
_ENDS = r"(?:\s+(?:of\s+it|please|as\s+(?:the\s+)?(?:sound|audio)|for\s+(?:the\s+)?(?:sound|audio)|from\s+now\s+on))?"
_OFF = r"(?:mute|silence|turn\s+off|switch\s+off|shut\s+off|disable|drop|remove|leave\s+out|take\s+out|get\s+rid\s+of|kill|without|no)"
_ON = r"(?:un-?mute|turn\s+on|switch\s+on|enable|bring\s+back|add\s+back|put\s+back|add|restore)"
_COUNT = r"(?:both|all(?:\s+(?:of\s+)?the(?:m)?)?(?:\s+\d+)?|all\s+(?:two|three|four))"
_ALL = rx(
    rf"(?:{_USE}|mix|combine|un-?mute|restore|enable|go\s+back\s+to)\s+(?:together\s+)?(?:{_COUNT}\s+(?:of\s+)?(?:the\s+)?{_TRACK}|both|them\s+both|{_COUNT}\s+(?:microphones?|voices?|languages?|sounds?))(?:\s+together)?{_ENDS}|both\s+{_TRACK}"
    r"|(?:使用|用|保留|播放|混合|恢复|听)(?:全部|所有|两条|两个|这两条)的?(?:音轨|声轨|声道|轨道)|(?:两条|两个|全部|所有)(?:的)?(?:音轨|声轨|声道|轨道)?都(?:使用|要用|用|要|保留|播放|听|混合|打开)|两条都[用要]"
)
_How = Literal["only", "mute", "unmute"]
_PHRASES: tuple[tuple[_How, tuple[str, ...]], ...] = (
    (
        "only",
        (
            rf"(?:only|just|nothing\s+but)\s+(?:{_USE}\s+)?NAME{_ENDS}",
            rf"{_USE}\s+(?:only\s+|just\s+|nothing\s+but\s+)?NAME(?:\s+(?:only|alone))?{_ENDS}",
            rf"NAME\s+(?:only|alone){_ENDS}",
            r"(?:只|仅|就)(?:使用|用|要|保留|留下?|听|播放|放)NAME",
            r"(?:使用|用|换成|换到|改用|切换到|切到|选择?)NAME",
        ),
    ),
    (
        "mute",
        (
            rf"{_OFF}\s+NAME(?:\s+off)?{_ENDS}",
            r"(?:turn|switch)\s+NAME\s+off",
            r"(?:把|将)?NAME(?:给)?(?:静音|关掉|关闭|去掉|删掉|不要)了?",
            r"(?:静音|关掉|关闭|去掉|不要)NAME",
        ),
    ),
    (
        "unmute",
        (
            rf"{_ON}\s+NAME(?:\s+(?:on|back|again|too|as\s+well))*{_ENDS}",
            r"(?:turn|switch|bring|put)\s+NAME\s+(?:back\s+)?(?:on|back|in)(?:\s+again)?",
            r"(?:use|hear|play)\s+NAME\s+(?:too|as\s+well|again|also)",
            r"(?:把|将)?NAME(?:取消静音|打开|恢复|加回来|也打开|也加上)",
            r"(?:打开|恢复|取消静音)NAME",
        ),
    ),
)
"""What is said, NAME standing for a track."""
_SAYS_TRACK = rx(rf"{_TRACK}(?![a-z])|音轨|声轨")
_PLAIN_TITLES = frozenset(
    {
        "music",
        "song",
        "bgm",
        "title",
        "text",
        "video",
        "audio",
        "sound",
        "voice",
        "film",
        "音乐",
        "视频",
        "声音",
        "标题",
    }
)
"""What a track may be called and a clause may mean something else by."""


def hearing_clause(clause: str, around: Around) -> list[Intent] | None:
    """What a clause about sound tracks asks for, or None if it is no such clause."""
    titles = _titles(around.media)
    if titles is None and not _SAYS_TRACK.search(clause):
        return None
    if _ALL.fullmatch(clause):
        return [HearTracks(("all",))]
    for how, pattern in _patterns(titles or ()):
        m = pattern.fullmatch(clause)
        tracks = tuple(_tracks(m, around.veiled)) if m else ()
        if m and m.groupdict().get("quote") and not _SAYS_TRACK.search(clause):
            tracks = tuple(name for name in tracks if name.casefold() in {t.casefold() for t in titles or ()})
        if tracks:
            return [HearTracks(tracks, how)]
    return None


def _titles(media: Mapping[str, MediaItem]) -> tuple[str, ...] | None:
    """The titles of the tracks that uploaded files have; None where no file has several."""
    tracks = [track for item in media.values() for track in item.tracks]
    titles = {" ".join(track.title.split()) for track in tracks} - {""}
    plain = {title for title in titles if title.casefold() in _PLAIN_TITLES}
    return tuple(sorted(titles - plain, key=len, reverse=True)) if tracks else None


@cache
def _patterns(titles: tuple[str, ...]) -> tuple[tuple[_How, re.Pattern[str]], ...]:
    """The phrases, compiled; each names what it means."""
    names = "|".join(rf"(?P<{name}_>{pattern})" for name, pattern in _NAMES)
    if titles:
        title = "|".join(map(re.escape, titles))
        names = rf"(?P<title>{title})(?:\s+{_SOUND})?(?:\s*{_TRACK}|{_ZH_SOUND})?|{names}"
    name = rf"(?:(?:the|my)\s+)?(?:{names})"
    compiled = unkept if titles else rx
    return tuple(
        (how, compiled(phrase.replace("NAME", name))) for how, phrases in _PHRASES for phrase in phrases
    )


def _tracks(m: re.Match[str], veiled: Veiled) -> Iterator[str]:
    """The tracks that a match names."""
    groups = {key: text for key, text in m.groupdict().items() if text}
    if numbers := groups.get("number"):
        yield from (str(number(n)) for n in re.findall(NUMBER, numbers))
    elif said := groups.get("ordinal"):
        yield "last" if ordinal(said) == -1 else str(ordinal(said))
    elif quote := groups.get("quote"):
        yield str(veiled.value(quote))
    elif title := groups.get("title"):
        yield title
    elif language := groups.get("language"):
        yield language.lower()
    elif language := groups.get("zhlanguage"):
        yield _ZH_LANGUAGES[language]
    elif span := groups.get("zhspan"):
        where = veiled.value(span)
        if isinstance(where, ClipRef) and where.first and not where.last:
            yield "last" if where.first == -1 else str(where.first)
    elif zh := groups.get("zhnumber") or groups.get("zhnumber2") or groups.get("zhnumber3"):
        yield from (str(number(n)) for n in re.findall(NUMBER, zh))
    else:
        yield from (meant for name, meant in _ALIKE.items() if groups.get(f"{name}_"))
