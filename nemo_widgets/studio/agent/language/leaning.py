"""What 'it' is in a clause: the clips that the clause before names, the film, or what can't be told.

Nobody who says 'make the second clip twice as fast and mute it' wants the whole film muted. A clause that
says 'it', or nothing at all ('然后静音'), is for the clips named last, where it could be for some clips.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.arranging import Duplicate, Move, Order, Swap
from nemo_widgets.studio.agent.edits.dressing import Crop, Flip, Look, ResetLooks, Rotate
from nemo_widgets.studio.agent.edits.edit import Edit
from nemo_widgets.studio.agent.edits.lasting import ClipLength, TrimEnds
from nemo_widgets.studio.agent.edits.sights import AtSight
from nemo_widgets.studio.agent.edits.speeding import Freeze, Reverse, Speed
from nemo_widgets.studio.agent.edits.splitting import Split
from nemo_widgets.studio.agent.edits.trimming import PictureLength, TrimTo
from nemo_widgets.studio.agent.edits.voices import FadeVoice, SetVolume
from nemo_widgets.studio.agent.edits.zooming import Zoom
from nemo_widgets.studio.timeline.clip import read
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.refs import AllBut, ClipRef, Part
from nemo_widgets.studio.timeline.time_range import Rest, TimeRange

from .intents import Guard, Remove, Spare
from .tokens import LOOSE, SPAN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nemo_widgets.studio.timeline.time_range import Stretch

    from .intents import Clause, Intent
    from .tokens import Veiled

__all__ = [
    "FILM",
    "FILM_WORDS",
    "HAN",
    "IT",
    "Named",
    "Untold",
    "for_each",
    "is_bare",
    "is_for_all",
    "is_open",
    "lean",
    "places_of",
]

IT = rx(
    r"(?<![\w'])(?:(?:that|this|the\s+same)\s+(?:one|clip|shot|piece)|(?:these|those)\s+(?:ones|clips|shots|two|three)|it(?!')|(?:its|their)(?=\s+(?:own\s+|original\s+)?(?:sounds?|audio|volume|voices?|speed|colou?rs?|brightness|contrast|picture)(?![\w']))|them|those|these|that|this)(?![\w'])"
    r"|它们?|(?:这|那)(?:一|两|几)?(?:段|个|张|条)(?:视频片段|片段|视频|图片|照片|素材)?(?![\u4e00-\u9fff]*(?:效果|风格))"
)
_THEM = rx(r"(?<![\w'])(?:them|these|those)(?![\w'])|它们|这几|那几|这两|那两")
FILM_WORDS = rx(
    r"(?<![\w'])(?:everything|all|whole|entire|every|each|both|(?<!that\s)(?<!this\s)clips|videos?|film|movie|timeline|project|edit|recording|footage|overall|throughout)(?![\w'])"
    r"|全部|所有|整[个段部条]|全片|全程|全都|每|整体|影片|片子|成片|视频(?!片段)"
)
_PART = rx(
    r"(?<![\w'])(?:sounds?|audio|volume|voices?|speech|narration|dialogue|noise|music|song|picture|image|colou?rs?|title|text)(?![\w'])"
    r"|声音|音量|音频|原声|人声|语音|画面|颜色|色彩|音乐|标题|字幕"
)
"""A thing of its own, which says what the clause is about."""
HAN = re.compile("[\u3400-\u9fff]")
_AT: dict[type[Edit], str] = {
    **dict.fromkeys((Rotate, Flip, Crop, Look, ResetLooks, Speed, Reverse, Zoom), "where"),
    **dict.fromkeys((SetVolume, FadeVoice), "span"),
    **dict.fromkeys((TrimTo, PictureLength, ClipLength, TrimEnds), "clips"),
}
"""Where the edits that may be for some of the clips say for which."""
_HALF = TimeRange(0, None, part=(Fraction(1, 2), Fraction(1)))
"""Where a clip is split in half."""
_HALVES = ((Fraction(0), Fraction(1, 2)), (Fraction(1, 2), Fraction(1)))
_ORDERS = (Move, Swap, Order)


@dataclass(frozen=True, slots=True)
class Named:
    """What was named last: these places, the film if there are none.

    `sure` is yes where they are what 'it' means, no where it may be the film as well or something else, gone
    where they are there no more. `apart` is that they were named in a message before.
    """

    places: tuple[Any, ...] = ()
    sure: Literal["yes", "no", "gone"] = "yes"
    apart: bool = False


FILM = Named()


@dataclass(frozen=True, slots=True)
class Untold:
    """A clause of which it can't be told which clips it is for, and the clips that it may be for."""

    clause: str
    places: tuple[Any, ...]


def lean(
    clauses: Sequence[Clause], veiled: Veiled, draft: Mapping[str, Any], named: Named = FILM
) -> tuple[list[Clause] | Untold, Named]:
    """The clauses, each 'it' among them for the clips it means, and what is named last by then."""
    found: list[Clause] = []
    moved, several = False, named.places
    halved: Stretch | None = None
    for said in clauses:
        clause = _of_halves(said, halved) if halved else said
        if clause is None:
            return Untold(said.text, ()), named
        halved = next((h for i in clause.intents if (h := _halved(i))), halved)
        them = named.sure == "yes" and not moved and len(several) > 1 and bool(_THEM.search(clause.text))
        named = replace(named, places=several) if them else named
        how = _how(clause, named)
        if how == "untold":
            maybe = () if named.sure == "gone" else named.places
            places = tuple(one for p in maybe for one in (p.out if isinstance(p, AllBut) else (p,)))
            return Untold(clause.text, places), named
        if how == "those":
            intents = tuple(i for n in clause.intents for i in for_each(n, named.places))
            found.append(replace(clause, intents=intents))
        else:
            found.append(clause)
        if how != "those" or not all(map(is_open, clause.intents)):
            named = _named(clause, _clips_in(clause.text, veiled), named, draft, moved=moved)
        elif any(isinstance(i, Split) for i in clause.intents):
            named = replace(named, sure="no")
        elif any(isinstance(i, Speed) for i in clause.intents):
            named = _retimed(named)
        several = tuple(dict.fromkeys((*several, *named.places))) if named.places else ()
        moved = moved or any(isinstance(i, (*_ORDERS, Duplicate, Remove)) for i in clause.intents)
    return found, named


def _halved(intent: Intent) -> Stretch | None:
    """The clip that an intent splits in two."""
    at = intent.at if isinstance(intent, Split) else ()
    return at[0].outer if len(at) == 1 and isinstance(at[0], Part) and at[0].inner == _HALF else None


def _of_halves(clause: Clause, clip: Stretch) -> Clause | None:
    """A clause about a half as about that of the clip that was split before; None where it can't be told.

    A clip told by its number has another one since, and removals are made before the split.
    """
    intents: list[Intent] = []
    for intent in clause.intents:
        name = _AT.get(type(intent), "") if isinstance(intent, Edit) else ""
        place = getattr(intent, name, None)
        removed = intent.spans if isinstance(intent, Remove) else ()
        if not any(isinstance(one, TimeRange) and one.part in _HALVES for one in (place, *removed)):
            intents.append(intent)
        elif removed or not (isinstance(clip, ClipRef) and clip.name) or not isinstance(place, TimeRange):
            return None
        else:
            intents.append(replace(intent, **{name: Part(place, clip)}))  # type: ignore[type-var]
    return replace(clause, intents=tuple(intents))


def _clips_in(text: str, veiled: Veiled) -> tuple[ClipRef, ...]:
    """The clips that words name."""
    return tuple(v for token in re.findall(SPAN, text) if isinstance(v := veiled.value(token), ClipRef))


def _how(clause: Clause, named: Named) -> Literal["those", "untold", ""]:
    """Whether a clause is for what is named before, or it can't be told; "" if it is for what it says."""
    if not named.places or not any(map(is_open, clause.intents)):
        return ""
    text = re.sub(IT, " ", clause.text)
    if re.search(rf"{SPAN}|{LOOSE}", text) or FILM_WORDS.search(text):
        return ""
    if IT.search(clause.text):
        others = any(isinstance(place, AllBut) for place in named.places) and not _THEM.search(clause.text)
        return "those" if named.sure == "yes" and not others else "untold"  # 'all but A, and make it …': A?
    if _PART.search(text) or named.apart or named.sure == "gone" or re.search(r"[.。;；]", clause.joint):
        return ""
    return "those" if named.sure == "yes" else "untold"


def is_open(intent: Intent) -> bool:
    """Whether an intent could be for some of the clips, and does not say for which."""
    if isinstance(intent, Split):
        return all(isinstance(at, TimeRange) and at.part for at in intent.at)
    name = _AT.get(type(intent)) if isinstance(intent, Edit) else None
    return bool(name) and getattr(intent, name or "") is None


def is_bare(text: str) -> bool:
    """Whether a message says nothing that it could be for: 'mute', 'a bit louder'."""
    return not (IT.search(text) or FILM_WORDS.search(text) or _PART.search(text))


def is_for_all(edits: Sequence[Edit]) -> bool:
    """Whether one of these edits could be for some of the clips, and is for all."""
    return any(map(is_open, edits))


def for_each(intent: Intent, places: tuple[Any, ...]) -> list[Any]:
    """The intent for each of these places."""
    if not isinstance(intent, Edit) or not is_open(intent):
        return [intent]
    if isinstance(intent, Split):
        return [Split(tuple(Part(at, place) for place in places for at in intent.at))]
    name = _AT[type(intent)]
    if name == "clips" and not all(isinstance(place, ClipRef) for place in places):
        return [intent]
    return [replace(intent, **{name: place}) for place in places]  # type: ignore[type-var]


def _retimed(named: Named) -> Named:
    """What is named, after it was made faster or slower: a stretch of time is elsewhere then."""
    clips = all(isinstance(place, ClipRef) for place in named.places)
    return named if clips else replace(named, sure="no")


def _named(
    clause: Clause, clips: tuple[ClipRef, ...], named: Named, draft: Mapping[str, Any], *, moved: bool
) -> Named:
    """What is named last after a clause that says for which clips it is, or is for none."""
    for intent in clause.intents:
        if isinstance(intent, (Guard, Spare)):
            continue
        if isinstance(intent, Remove):
            gone = tuple(where for where in intent.spans if isinstance(where, ClipRef))
            named = Named(gone, "gone") if gone else FILM
        else:
            named = _by_edit(intent, clips, named, draft, moved=moved) if isinstance(intent, Edit) else FILM
    places = tuple(dict.fromkeys(p for i in clause.intents for p in places_of(i)))
    several = (
        len(places) > 1 and named.sure == "yes" and not any(isinstance(i, _ORDERS) for i in clause.intents)
    )
    return replace(named, places=places) if several else named


def _by_edit(
    edit: Edit, clips: tuple[ClipRef, ...], named: Named, draft: Mapping[str, Any], *, moved: bool
) -> Named:
    """What is named last after an edit in whose words these clips are."""
    places = places_of(edit)
    if isinstance(edit, _ORDERS):
        return _followed(places, draft, moved=moved)
    if isinstance(edit, Split) and places and all(isinstance(p, ClipRef) and p.name for p in places):
        return Named(places)
    if places and not isinstance(edit, (Duplicate, Freeze, Split)):
        return _retimed(Named(places)) if isinstance(edit, Speed) else Named(places)
    if places or clips or isinstance(edit, (Freeze, AtSight)):  # which piece; the clip that a title is over?
        return Named(places or clips or (edit,), "no")
    if is_open(edit):
        return FILM
    return replace(named, sure="no") if named.sure == "yes" and named.places else named


def places_of(intent: Intent) -> tuple[Any, ...]:
    """The clips and stretches that an intent is for."""
    if isinstance(intent, (Move, Duplicate)):
        found: tuple[Any, ...] = (intent.what,)
    elif isinstance(intent, Swap):
        found = (intent.one, intent.other)
    elif isinstance(intent, Order):
        found = intent.clips
    elif isinstance(intent, Freeze):
        found = (intent.at,)
    elif isinstance(intent, Split):
        found = tuple(where.outer for where in intent.at if isinstance(where, Part))
    else:
        found = (getattr(intent, _AT.get(type(intent), ""), None),) if isinstance(intent, Edit) else ()
    return tuple(where for where in found if where is not None and not isinstance(where, Rest))


def _followed(places: tuple[Any, ...], draft: Mapping[str, Any], *, moved: bool) -> Named:
    """Clips by their names or ids, which they have wherever they are moved to."""
    found: list[Any] = []
    for place in places:
        if isinstance(place, ClipRef) and (place.name or place.id):
            found.append(place)
        elif not isinstance(place, ClipRef) or moved:
            return Named(places, "no")
        else:
            try:
                numbers = place.numbers(draft)
            except EditRefused:
                return Named(places, "no")
            ids = [str(shot.meta.get("id", "")) for shot in read(draft)]
            found += [ClipRef(id=ids[n]) for n in numbers]
            if not all(ids[n] for n in numbers):
                return Named(places, "no")
    return Named(tuple(found))
