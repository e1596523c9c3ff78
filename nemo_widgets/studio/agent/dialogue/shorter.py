"""Wishes for something shorter or longer that do not say by how much: a question with what can be done."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.draft import clock, seconds
from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.composing import NEVER_MIND, Asked
from nemo_widgets.studio.agent.edits.calling import clip_name
from nemo_widgets.studio.agent.language.grammar import without_manners
from nemo_widgets.studio.agent.language.tokens import SPAN
from nemo_widgets.studio.agent.language.veil import veil
from nemo_widgets.studio.timeline.clip import length_of, read
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.grid import FrameGrid
from nemo_widgets.studio.timeline.outline import Outline
from nemo_widgets.studio.timeline.refs import ClipRef
from nemo_widgets.studio.words import Said, spaced

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from nemo_widgets.studio.agent.composing import Plan
    from nemo_widgets.studio.agent.language.leaning import Named
    from nemo_widgets.studio.agent.world import World

__all__ = ["shorter"]

_FILM = r"(?:(?:(?:the|my|this)\s+)?(?:whole\s+)?(?:video|film|movie|edit|recording|timeline|reel|vlog|whole\s+thing)|everything|it\s+all)"
_DEGREE = r"(?:(?:just\s+)?an?\s+(?:(?:tiny|little|wee)\s+bit|bit|little|touch|tad|smidgen?|hair|lot)|slightly|somewhat|much|even|some|way)"
_WISH = rx(
    rf"(?:make\s+|get\s+|cut\s+)?(?:(?P<film>{_FILM})|(?P<it>it|this|that|that\s+one|this\s+one|that\s+clip|this\s+clip)|(?P<clip>{SPAN}))?\s*(?:(?:should|could|must|needs\s+to|has\s+to|can)\s+be\s+)?(?:{_DEGREE}\s+)*(?P<way>shorter|longer|less\s+long|briefer)"
    rf"|(?:shorten|trim)\s+(?:(?P<film2>{_FILM})|(?P<it2>it|this|that|that\s+one|that\s+clip)|(?P<clip2>{SPAN}))(?:\s+(?:down\s+)?{_DEGREE})?(?P<way2>)"
    rf"|(?:把|将|让)?(?:(?P<film3>(?:整个|这个|整段)?(?:视频|片子|影片|成片|短片)|整体)|(?P<it3>它|这段|那段|这个|那个)|(?P<clip3>{SPAN}))?(?:再)?(?:稍微|略微|稍稍)?(?:弄|剪|缩|变|调|做|搞|改)?(?:得|的)?(?:再)?(?:稍微)?(?P<way3>短|长)(?:一?点点?|一?些|点儿|一丢丢)"
)
_LEAST_MS = 500
_SHARE = 10


def shorter(text: str, named: Named | None, world: World, plan: Callable[[str], Plan | None]) -> Asked | None:
    """The question that 'a bit shorter' calls for, of a clip where one is named; None if it is no such wish.

    `named` are the clips that the messages before have named, and `plan` reads a sentence.
    """
    veiled = veil(
        text, list(world.media.values()), FrameGrid.of(world.draft.data), outline=Outline.of(world.draft.data)
    )
    said = _WISH.fullmatch(without_manners(veiled.text).strip(" ,，"))
    if said is None or not length_of(world.draft.data):
        return None
    g = {name.rstrip("23"): words for name, words in said.groupdict().items() if words is not None}
    language = "zh" if re.search("[\u3400-\u9fff]", text) else "en"
    less = g["way"] not in ("longer", "长")
    place = veiled.value(g["clip"]) if "clip" in g else None
    if place is not None and not isinstance(place, ClipRef):
        return None
    clips = _numbers(place, world.draft.data) if place else ()
    if place is None and "film" not in g and named is not None:
        clips = tuple(n for where in named.places for n in _numbers(where, world.draft.data))
    sure = place is not None or ("it" in g and named is not None and named.sure == "yes" and bool(clips))
    if place is not None and not clips:
        return None
    of_clip = _of_clip(clips[0], world.draft.data, less=less) if len(clips) == 1 else []
    of_film = [] if sure else _of_film(length_of(world.draft.data), less=less)
    there = [c for c in (*of_clip, *of_film) if plan(c.in_language(language))]
    if not there:
        return None
    return Asked(
        _question(clips if sure else (), world.draft.data, less=less), (*there, NEVER_MIND), language
    )


def _question(clips: tuple[int, ...], draft: Mapping[str, Any], *, less: bool) -> Said:
    way = Said("shorter", "短") if less else Said("longer", "长")
    if len(clips) == 1:
        shot, name = read(draft)[clips[0]], clip_name(draft, clips[0])
        n = seconds(shot.duration)
        return Said(f"{name.en} is {n} s long. How is it to become {way.en}?",
                    spaced(name.zh, f"现在长 {n} 秒。要怎么变{way.zh}？"))  # fmt: skip
    now = clock(length_of(draft))
    return Said(f"It is {now} long. How is it to become {way.en}?", f"现在长 {now}。要怎么变{way.zh}？")


def _numbers(place: Any, draft: Mapping[str, Any]) -> tuple[int, ...]:
    """The clips, counted from 0, that a place is; none if it is no clip that there is."""
    try:
        return tuple(place.numbers(draft)) if isinstance(place, ClipRef) else ()
    except EditRefused:
        return ()


def _by(length: int, *, less: bool) -> tuple[int, int]:
    """How much a bit of this length is, and what it is then, in ms."""
    bit = max(_LEAST_MS, round(length / _SHARE / _LEAST_MS) * _LEAST_MS)
    return bit, length - bit if less else length + bit


def _of_clip(number: int, draft: Mapping[str, Any], *, less: bool) -> list[Said]:
    k = number + 1
    by, then = map(seconds, _by(read(draft)[number].duration, less=less))
    if not less:
        return [Said(f"slow down clip {k} so it lasts {then} seconds", f"第{k}个片段放慢到{then}秒")]
    return [
        Said(f"cut the last {_long(by)} of clip {k}", f"剪掉第{k}个片段的最后{by}秒"),
        Said(f"cut the first {_long(by)} of clip {k}", f"剪掉第{k}个片段的前{by}秒"),
        Said(f"speed up clip {k} so it lasts {then} seconds", f"第{k}个片段加速到{then}秒"),
    ]


def _long(by: str) -> str:
    return "1 second" if by == "1" else f"{by} seconds"


def _of_film(length: int, *, less: bool) -> list[Said]:
    by, then = map(seconds, _by(length, less=less))
    if not less:
        return [Said(f"slow down the video so it lasts {then} seconds", f"放慢到{then}秒")]
    return [
        Said("cut the pauses", "剪掉停顿"),
        Said(f"remove the last {_long(by)}", f"删掉最后{by}秒"),
        Said(f"speed up the video so it lasts {then} seconds", f"加速到{then}秒"),
        Said(f"make a {then} second highlight reel", f"剪成{then}秒的精彩集锦"),
    ]
