"""What a message means in its conversation: a plan, a question with choices, or a refusal."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from nemo_widgets.media_types import EXTENSION
from nemo_widgets.studio.agent.answering import ANSWERS
from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.composing import ANYWAY, NEVER_MIND, Asked, Plan, Refusal
from nemo_widgets.studio.agent.language.leaning import is_for_all
from nemo_widgets.studio.agent.language.veil import veil
from nemo_widgets.studio.agent.plan import language_of, read
from nemo_widgets.studio.agent.replies import no_answer
from nemo_widgets.studio.words import Said

from .following import NAMED, continued, corrected, implied, pointed
from .general import general
from .inquiries import parts_of
from .lengths import of_the_film, to_length
from .only import only
from .pronouns import named_before, names_before, said_of, which_it
from .remarks import without_remarks
from .shorter import shorter
from .spelling import respelled
from .vague import ambiguous, choices, of_a_clip, of_all_clips, of_sound, which

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nemo_widgets.studio.agent.world import Earlier, World

__all__ = ["UNASKED", "UNPLANNED", "understand"]

_MOST_SAID = 2000
"""A message of more characters holds a long text, and is read by itself."""
_MOST_BACK = 10
"""How many messages before it a message may lean on."""
_ENDING = rf"\.{EXTENSION}"
_FILE = rx(
    rf"(?<=[“\"'‘「])[^“”\"'‘’「」]+{_ENDING}(?=[”\"'’」])"
    rf"|(?<![A-Za-z0-9_.-])[A-Za-z0-9_()-][A-Za-z0-9_().-]*{_ENDING}(?![A-Za-z0-9_])"
)
UNASKED = (
    "greeting",
    "nod",
    "question",
    "quotes",
    "long",
    "digits",
    "frames",
    "negation",
    "length",
    "contents",
    "help",
    "left",
    "export",
    "answers",
    "order",
    "contradiction",
    "twice",
    "keep",
    "nothing",
    *ANSWERS,
)
"""What is refused for these reasons is not looked at again: nothing was asked for, or not clearly."""
_DOUBTFUL = ("question", "negation", "keep", "order", "contradiction", "twice", "frames", "contents")
UNPLANNED = tuple(reason for reason in UNASKED if reason not in _DOUBTFUL)
"""Likewise where a language model can be asked: it may read a wish in a question, or beside a 'not'."""


_REMARKED = ("not understood", "negation", "which it", "keep")
"""What is refused for these reasons may be a wish with a remark beside it."""
_LOST = (
    "question",
    "quotes",
    "nothing",
    "left",
    "rest",
    "order",
    "nod",
    "greeting",
    "contradiction",
    "twice",
)
"""What may be so only of what is left of a message."""


def understand(text: str, world: World) -> Plan | Asked | Refusal:
    """What is to be done about a message, carried out by nobody yet."""
    if len(text) > _MOST_SAID:  # what is pasted or quoted at length leans on nothing that was said before
        return read(text, world)
    last = world.earlier[-_MOST_BACK:]
    return _understood(
        text,
        [said if len(said.text) <= _MOST_SAID else replace(said, text="") for said in last],
        world,
    )


def _understood(text: str, earlier: Sequence[Earlier], world: World) -> Plan | Asked | Refusal:
    """The same after the messages `earlier`, which it may lean on."""
    plan = lru_cache(maxsize=None)(lambda sentence: _plan(sentence, world))
    first = corrected(text, earlier, plan) or pointed(text, earlier, plan)
    if first is not None and not (isinstance(first, Plan) and is_for_all(first.edits)):
        return first
    found = read(text, world)
    about_those = _about_those(text, found, earlier, world, plan)
    if about_those is not None or first is not None:
        return about_those or first or found
    if isinstance(found, Plan) and not ambiguous(text, world):
        return _which_clip(text, found, world, plan) or found
    if isinstance(found, Refusal) and found.reason in _REMARKED and (plain := _without_remarks(text, world)):
        return plain
    parted = _with_inquiries(text, found, world) if isinstance(found, Refusal) else None
    if parted is not None or (isinstance(found, Refusal) and found.reason in UNASKED):
        return parted or found
    return (
        only(text, plan, first=not earlier)
        or of_the_film(text, world, plan)
        or _to_length(text, earlier, world, plan)
        or _shorter(text, earlier, world, plan)
        or general(text, plan)
        or _asked(text, world, plan)
        or _asked_within(text, found, world, plan)
        or implied(text, earlier, plan)
        or continued(text, earlier, plan)
        or _of_sound(text, world)
        or _respelled(text, world)
        or _not_there(text, found, world)
        or found
    )


def _about_those(
    text: str,
    found: Plan | Refusal,
    earlier: Sequence[Earlier],
    world: World,
    plan: Callable[[str], Plan | None],
) -> Plan | Asked | Refusal | None:
    """What a message comes to that says 'it' of clips named before, in it or in the one before; else None."""
    if isinstance(found, Refusal) and found.reason not in ("which it", "not understood"):
        return None
    within = isinstance(found, Refusal) and found.reason == "which it"
    named = None if within else named_before(text, earlier, world)
    if isinstance(found, Refusal) and found.reason == "not understood":
        return said_of(text, found, named, plan) if named else None
    meant = read(text, world, named) if named else found
    if isinstance(meant, Refusal) and meant.reason == "which it":
        return which_it(text, meant, plan)
    return meant if isinstance(meant, Plan) and meant != found else None


def _plan(sentence: str, world: World) -> Plan | None:
    found = read(sentence, world)
    return found if isinstance(found, Plan) else None


def _without_remarks(text: str, world: World) -> Plan | Refusal | None:
    """What a message comes to without what it remarks on, where that is all that was not understood."""
    made = [read(said, world) for said in without_remarks(text, world)]
    plans = (one for one in made if isinstance(one, Plan))
    told = (one for one in made if isinstance(one, Refusal) and one.reason not in (*_REMARKED, *_LOST))
    return next(plans, None) or next(told, None)


def _with_inquiries(text: str, found: Refusal, world: World) -> Plan | Asked | Refusal | None:
    """What a message comes to of which a part is a question that has an answer; None if none is."""
    asks = found.reason in ("question", "not understood") and bool(world.draft)
    parts = parts_of(text, world) if asks else None
    if parts is None:
        return None
    inquiries, unknown = (*parts.before, *parts.after), tuple(parts.unknown)
    if not parts.rest:
        return Refusal("answers", found.language, inquiries=inquiries, unknown=unknown)
    made = _understood(parts.rest, (), world)
    if isinstance(made, Refusal) and parts.wondering:
        return Refusal("answers", found.language, inquiries=inquiries, unknown=(*unknown, parts.rest))
    if isinstance(made, Refusal):
        return replace(made, inquiries=inquiries, unknown=unknown)
    if isinstance(made, Plan) and not unknown:
        return replace(made, before=tuple(parts.before), after=tuple(parts.after))
    rest = (Said(parts.rest, parts.rest), NEVER_MIND)
    said, choices = (ANYWAY, rest) if isinstance(made, Plan) else (made.said, made.choices)
    return Asked(no_answer(unknown) + said, choices, made.language, inquiries)


def _shorter(
    text: str, earlier: Sequence[Earlier], world: World, plan: Callable[[str], Plan | None]
) -> Asked | None:
    """What 'a bit shorter' comes to; None if that is not said, or may be of the title or the music."""
    if earlier and earlier[-1].changed and NAMED.search(earlier[-1].text):
        return None
    return shorter(text, named_before(text, earlier, world), world, plan)


def _of_sound(text: str, world: World) -> Plan | Asked | None:
    """What 'a touch quieter' comes to; None if that is not what is said."""
    whole = of_sound(text)
    made = _understood(whole, (), world) if whole else None
    return None if isinstance(made, Refusal) else made


def _to_length(
    text: str, earlier: Sequence[Earlier], world: World, plan: Callable[[str], Plan | None]
) -> Plan | Asked | None:
    """What a wish for a length comes to: of what was edited last, such as a title, else of the film."""
    asked = to_length(text, world, plan)
    if asked is None:
        return None
    whole = f"{text.rstrip(' .!')} long"  # 'make it 5 seconds' as it could have been said in full
    return pointed(whole, earlier, plan) or asked


def _asked(text: str, world: World, plan: Callable[[str], Plan | None]) -> Plan | Asked | None:
    """The question that a vague message calls for; its plan if only one of the choices can be done."""
    if ambiguous(text, world):
        meant = tuple(choices(text, world, plan))
        return Asked(which(meant, world), meant, language_of(veil(text), world.language))
    there = [(choice, made) for choice in choices(text, world, plan) if (made := plan(choice.en))]
    if len(there) == 1:
        return there[0][1]
    if not there:
        return None
    meant = tuple(choice for choice, _ in there)
    return Asked(which(meant, world), meant, there[0][1].language)


def _which_clip(text: str, found: Plan, world: World, plan: Callable[[str], Plan | None]) -> Asked | None:
    """The question which clip 'the clip' is, where there are several; None if it does not matter."""
    said = [] if names_before(text, world) else of_a_clip(text, world, plan)
    there = [choice for choice in said if (made := plan(choice.en)) and made.edits != found.edits]
    if len(there) < 2 or len(there) < len(said):  # noqa: PLR2004 - one is no choice
        return None
    every = of_all_clips(text)
    choices = (*there, every) if plan(every.en) else tuple(there)
    return Asked(which(choices, world), choices, found.language)


def _asked_within(
    text: str, found: Plan | Refusal, world: World, plan: Callable[[str], Plan | None]
) -> Plan | Asked | None:
    """Likewise, where one clause of several is vague: '… and mute the sound'."""
    words = found.words if isinstance(found, Refusal) else ""
    if not words or text.count(words) != 1:
        return None
    said = [
        replace(c, en=text.replace(words, c.en), zh=text.replace(words, c.zh))
        for c in choices(words, world, plan)
    ]
    there = [(choice, made) for choice in said if (made := plan(choice.en))]
    if len(there) == 1:
        return there[0][1]
    meant = tuple(choice for choice, _ in there)
    return Asked(which(meant, world), meant, there[0][1].language) if there else None


def _not_there(text: str, found: Plan | Refusal, world: World) -> Refusal | None:
    """Why a message is not understood: it names a file that nobody has uploaded; None if that is not why."""
    there = [item.name.casefold() for item in world.media.values()]
    named = [m.group() for m in _FILE.finditer(text)]
    named = [name for name in named if not any(one.endswith(name.casefold()) for one in there)]
    if not named or not isinstance(found, Refusal) or found.reason != "not understood":
        return None
    return Refusal("no clip", found.language, named[0])


def _respelled(text: str, world: World) -> Plan | Asked | Refusal | None:
    """The plan of a message whose slips of the pen are mended, if all ways to mend them come to one."""
    found: dict[str, tuple[Plan, list[tuple[str, str]]]] = {}
    for sentence, pairs in respelled(text):
        made = read(sentence, world)
        if isinstance(made, Plan) and not any(made.edits == other.edits for other, _ in found.values()):
            found[sentence] = (made, pairs)
    if len(found) > 1:
        meant = tuple(Said(sentence, sentence) for sentence in found)
        language = next(iter(found.values()))[0].language
        return Asked(which(meant, world), meant, language)
    for made, pairs in found.values():
        typed = [(f"“{a}” as “{b}”", f"把“{a}”当作“{b}”") for a, b in pairs if not re.fullmatch(a, b)]
        told = Said(f"I read {' and '.join(en for en, _ in typed)}.", f"{'，'.join(zh for _, zh in typed)}。")
        return replace(made, notes=told + made.notes)
    return None
