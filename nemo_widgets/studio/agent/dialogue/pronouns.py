"""What 'it' is in a message after one that named clips, and the question where that can't be told."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.composing import NEVER_MIND, Asked
from nemo_widgets.studio.agent.edits.trimming import PictureLength
from nemo_widgets.studio.agent.language.leaning import FILM, HAN, IT, Named, is_bare, is_for_all
from nemo_widgets.studio.agent.language.tokens import SPAN
from nemo_widgets.studio.agent.language.veil import veil
from nemo_widgets.studio.agent.plan import named_by
from nemo_widgets.studio.timeline.clip import read
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.grid import FrameGrid
from nemo_widgets.studio.timeline.refs import ClipRef
from nemo_widgets.studio.words import Said

from .vague import A_CLIP

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nemo_widgets.studio.agent.composing import Plan, Refusal
    from nemo_widgets.studio.agent.world import Earlier, World

__all__ = ["named_before", "names_before", "said_of", "which_it"]

_EVERY_AND_NONE = 2
"""The choices that every such question has."""
_MOST_BACK = 4
"""So many messages on end may say 'it' of the same clips."""
_GOES_ON = rx(r"^\s*(?:(?:and|also|then)\s+(?!the\s+same)|再|也|然后|接着|还要?|并)")
"""What goes on with what was done, without a word for what it was done to."""
_MORE = rx(r"\s*(?:an?\s+(?:\w+\s+)+|much\s+|slightly\s+|even\s+)?(?:\w+er|more|less|black)(?![\w'])")
"""How something is to be, and not what is to be done."""


def named_before(text: str, earlier: Sequence[Earlier], world: World) -> Named | None:
    """The clips that the last edits named, as they are numbered now; None if an 'it' means none of them.

    What says no 'it' and nothing else that it is for ('brighter') may be for them, or for the film.
    """
    leads, points = _GOES_ON.match(text), IT.search(text)
    last = [said for said in earlier[-_MOST_BACK:] if said.text]
    edits = [said.text for said in last if said.changed]
    drafts = [*(d.data for d in world.history), world.draft.data]
    edits = edits[max(0, len(edits) + 1 - len(drafts)) :]
    named = FILM
    for said, (before, after) in zip(edits, pairwise(drafts[-len(edits) - 1 :]), strict=True):
        found = named_by(said, world, before, named)
        named = _leant(said, named, before, after) if found is None else _numbered(found, before, after)
    bare = not (points or leads)
    clips = all(isinstance(place, ClipRef) for place in named.places)
    if not named.places or (bare and not (clips and len(read(world.draft.data)) > 1)):
        return None
    between = not last[-1].changed  # what was asked or refused since may have been about the film
    if named.sure == "yes" and (between or not points):
        named = replace(named, sure="no")
    return replace(named, apart=bool(points) and not leads)


def _leant(said: str, named: Named, before: Mapping[str, Any], after: Mapping[str, Any]) -> Named:
    """What is named last after a message that is understood only after the ones before it."""
    changed = _changed(before, after)
    if changed.places or not named.places or not IT.search(said):
        return changed
    still = _numbered(named, before, after)
    moved = sorted(_ids(before)) == sorted(_ids(after)) and _ids(before) != _ids(after)
    return still if moved or still.sure == "gone" else replace(still, sure="no")


def _numbered(named: Named, before: Mapping[str, Any], after: Mapping[str, Any]) -> Named:
    """The same clips by the numbers that they have after the edit."""
    places: list[Any] = []
    for place in named.places:
        if not isinstance(place, ClipRef) or named.sure == "gone":
            places.append(place)
            continue
        if place.name:
            places.append(place)
            continue
        try:
            numbers = place.numbers(before)
        except EditRefused:
            return Named(named.places, "no")
        there, now = _ids(before), _ids(after)
        if not all(there[n] in now for n in numbers):
            return Named(named.places, "gone")
        places += _runs([now.index(there[n]) for n in numbers])
    sure = named.sure if all(isinstance(place, ClipRef) for place in places) or named.sure == "gone" else "no"
    return Named(tuple(places), sure)


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Named:
    """The clips that an edit has changed, where it has left others as they were, and none is new or gone."""
    old, new = read(before), read(after)
    if _ids(before) != _ids(after):
        return FILM
    differ = [
        i
        for i, (a, b) in enumerate(zip(old, new, strict=True))
        if _worn(a.raw) != _worn(b.raw) or a.duration != b.duration
    ]
    return Named(tuple(_runs(differ))) if len(differ) < len(new) else FILM


def _worn(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in raw.get("m", {}).items() if key not in ("start", "transition")}


def _ids(draft: Mapping[str, Any]) -> list[str]:
    return [str(shot.meta.get("id", "")) for shot in read(draft)]


def _runs(numbers: list[int]) -> list[ClipRef]:
    """Clips of these numbers, counted from 0, neighbours together."""
    runs: list[list[int]] = []
    for n in sorted(set(numbers)):
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return [ClipRef(run[0] + 1, run[-1] + 1 if len(run) > 1 else 0) for run in runs]


def names_before(text: str, world: World) -> bool:
    """Whether a message names a clip before it says 'that clip'."""
    vague = A_CLIP.search(text)
    if vague is None or not IT.fullmatch(vague.group()):
        return False
    veiled = veil(text[: vague.start()], list(world.media.values()), FrameGrid.of(world.draft.data))
    return any(isinstance(veiled.value(token), ClipRef) for token in re.findall(SPAN, veiled.text))


def which_it(text: str, found: Refusal, plan: Callable[[str], Plan | None]) -> Asked | Refusal:
    """The question which clips 'it' is, each choice the whole message; the refusal if none can be said."""
    if not found.words or text.count(found.words) != 1:
        return found
    names = [*(_called(place, found.words) for place in found.places), _every(found.words)]
    choices = [s for name in filter(None, names) if (s := _with(text, found.words, name, plan))]
    if len(choices) == 1 and not IT.search(text):  # what can't be done to all may be done to the film
        film = "视频" if HAN.search(found.words) else "the video"
        choices += filter(None, [_with(text, found.words, film, plan)])
    if not choices:
        return found
    said = Said(f"Which clips is “{found.words}” for?", f"“{found.words}”是指哪些片段？")
    return Asked(said, (*(Said(s, s) for s in choices), NEVER_MIND), found.language)


def said_of(
    text: str, found: Refusal, named: Named, plan: Callable[[str], Plan | None]
) -> Plan | Asked | None:
    """What 'move it to the end' comes to, which is understood only with a clip's name; None if it is not."""
    if not IT.search(text):
        return _of_those(text, found, named, plan) if is_bare(text) else None
    if named.sure == "gone":
        every = plan(IT.sub(_every(text), text, count=1))
        asked = (
            which_it(text, replace(found, words=text), plan) if every and is_for_all(every.edits) else None
        )
        return asked if isinstance(asked, Asked) else None
    names = [name for place in named.places if (name := _called(place, text))]
    made = plan(IT.sub(names[0], text, count=1)) if len(names) == len(named.places) == 1 else None
    if made is None or any(isinstance(edit, PictureLength) for edit in made.edits):
        return None
    if named.sure == "yes":
        return made
    asked = which_it(text, replace(found, words=text, places=named.places), plan)
    return asked if isinstance(asked, Asked) else None


def _of_those(text: str, found: Refusal, named: Named, plan: Callable[[str], Plan | None]) -> Asked | None:
    """The question whether 'mute' is for the clips named before, or for all; None if it is for neither."""
    every = _with(text, text, _every(text), plan)
    made = plan(every) if every else None
    asked = which_it(text, replace(found, words=text, places=named.places), plan) if made else None
    whole = made is not None and is_for_all(made.edits)
    return asked if whole and isinstance(asked, Asked) and len(asked.choices) > _EVERY_AND_NONE else None


def _every(words: str) -> str:
    return "所有片段" if HAN.search(words) else "all clips"


def _called(place: Any, words: str) -> str:
    """What clips can be called in a message; "" if they can't."""
    if not isinstance(place, ClipRef) or place.id or place.first < 0:
        return ""
    if place.name:
        return place.name
    zh = bool(HAN.search(words))
    if place.last and place.last != place.first:
        return "" if zh else f"clips {place.first} to {place.last}"
    return f"第{place.first}个片段" if zh else f"clip {place.first}"


def _with(text: str, words: str, name: str, plan: Callable[[str], Plan | None]) -> str | None:
    """The message with a name for what its words are for; None if that is not understood."""
    if (place := IT.search(words) or A_CLIP.search(words)) is not None:
        said = [f"{words[: place.start()]}{name}{words[place.end() :]}"]
    elif HAN.search(words):
        said = [f"把{name}{words}", f"{name}{words}"]
    else:
        said = [f"{words} {name}", f"make {name} {words}"][:: -1 if _MORE.match(words) else 1]
    return next((s for one in said if plan(s := text.replace(words, one))), None)
