"""What a whole message comes to: a plan of edits, or a refusal with its reason. Changes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from .answers import asked
from .cuts import Cut
from .grammar import Clause, Unread, is_question, read_clauses, without_manners
from .intents import Export, Guard, Keep, Pauses, Remove, Smooth, StartOver, Unavailable, Undo
from .mixing import ChangeMusic, FadeMusic, MusicAt, RemoveMusic
from .simple import unavailable
from .titles import ChangeTitle, RemoveTitle
from .transitions import RemoveTransitions, SetTransitions
from .veil import MOST_CHARACTERS, veil

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .edit import Edit
    from .intents import Intent
    from .veil import Veiled
    from .world import World

__all__ = ["Plan", "Refusal", "language_of", "understand", "warm_up"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done, in order: versions back or a fresh start, then the edits.

    `told` are the edits' places in the order in which they were said. `export` says that an export was asked
    for as well, which is a step of its own.
    """

    edits: tuple[Edit, ...]
    language: str
    undo: int = 0
    start_over: bool = False
    export: bool = False
    told: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is done. `reason` is a key of the replies, `words` are the words that it is about."""

    reason: str
    language: str
    words: str = ""


_TOUCHES = (
    ((RemoveMusic, ChangeMusic, FadeMusic, MusicAt), "music"),
    ((RemoveTitle, ChangeTitle), "title"),
    ((Pauses,), "pauses"),
    ((Remove, Keep), "range"),
    ((SetTransitions, RemoveTransitions), "transitions"),
)
"""What each intent changes, by the names that guards have."""
_CJK = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_NEGATION = re.compile(
    r"(?<![a-z])(?:not|don't|dont|never|without|n't)(?![a-z])|不要|别|不用|不必|勿|不能|不想", re.IGNORECASE
)
_GREETING = re.compile(
    r"[\W_]*(?:(?:hi|hello|hey|thanks|thank you|ok|okay|great|cool|你好|您好|谢谢|好的)[\W_]*)*",
    re.IGNORECASE,
)
_TOKEN = re.compile("[\ue000-\ue007]")
_NO_MUSIC = re.compile(
    r"(?:no\s+(?:more\s+)?|i\s+(?:don't|do\s+not)\s+want\s+(?:any\s+)?(?:more\s+)?)(?:background\s+)?(?:music|bgm|soundtrack)(?:\s+(?:at\s+all|any\s*more))?"
    r"|(?:我)?(?:不要|不想要|不需要)(?:背景)?(?:音乐|配乐|bgm)了?",
    re.IGNORECASE,
)
"""Clear only as a whole message: after other words it may say how these are to be done."""
_BREAKS = re.compile(r"[.;。；]|but|instead|但|不过", re.IGNORECASE)


def language_of(veiled: Veiled, fallback: str) -> str:
    """Chinese if a Chinese character stands outside of quotes, English for other words, else `fallback`."""
    bare = re.sub("[\ue000\ue006][\ue100-\uf8ff]", "", veiled.text)
    shown = veiled.reveal(bare)
    if _CJK.search(shown):
        return "zh"
    return "en" if re.search(r"[a-z]", shown, re.IGNORECASE) else fallback


def understand(text: str, world: World) -> Plan | Refusal:
    """Read a message without carrying anything out."""
    veiled = veil(text, [item.name for item in world.media.values()])
    language = language_of(veiled, world.language)
    if reason := _no_instruction(veiled):
        return Refusal(reason, language)
    plain = without_manners(veiled.text)
    if _NO_MUSIC.fullmatch(plain.strip(" ,，")):
        return Plan((RemoveMusic(),), language, told=(0,))
    read = read_clauses(veiled, plain, world.media)
    if isinstance(read, Unread):
        return _unread(read, veiled, language)
    return _planned(read, language, veiled)


def warm_up() -> None:
    """Compile the grammar's patterns: a second or two that the first message need not wait for."""
    for text in ("rehearse, please", "排练一下"):
        veiled = veil(text, [])
        _no_instruction(veiled)
        read_clauses(veiled, without_manners(veiled.text), {})
        unavailable(veiled.text)


def _no_instruction(veiled: Veiled) -> str:
    """What the message is if it asks for nothing to be done, as a reason; "" if it may be an instruction."""
    if len(veiled.text) > MOST_CHARACTERS:
        return "long"
    if _GREETING.fullmatch(veiled.text) and not _TOKEN.search(veiled.text):
        return "greeting"
    if answer := asked(veiled.text):
        return answer
    return "quotes" if veiled.unclosed else "question" if is_question(veiled.text) else ""


def _unread(unread: Unread, veiled: Veiled, language: str) -> Refusal:
    words = veiled.reveal(unread.words).strip(" ,.;，。；")
    if words.startswith("add ") and words not in veiled.reveal(veiled.text):  # 'I want …' was read as 'add …'
        words = words.removeprefix("add ")
    if _NEGATION.search(unread.words):
        return Refusal("negation", language, words)
    wish = unavailable(unread.words) or unavailable(veiled.reveal(re.sub("\ue000.", "", unread.words)))
    return Refusal(wish.what if wish else "not understood", language, words)


def _planned(clauses: Sequence[Clause], language: str, veiled: Veiled) -> Plan | Refusal:
    intents = [intent for clause in clauses for intent in clause.intents]
    for clause in clauses:
        for intent in clause.intents:
            if isinstance(intent, Unavailable):
                return Refusal(intent.what, language, intent.words or veiled.reveal(clause.text))
    if _negation_goes_on(clauses):
        return Refusal("negation", language, veiled.reveal(clauses[0].text))
    guards = [i for i in intents if isinstance(i, Guard)]
    rest = [i for i in intents if not isinstance(i, Guard)]
    if not [i for i in rest if not isinstance(i, Export)]:
        return Refusal("left" if guards else "export", language)
    if reason := _contradiction(rest, guards):
        return Refusal(reason, language, veiled.reveal(" ".join(c.text for c in clauses)))
    back = next((i for i in rest if isinstance(i, (Undo, StartOver))), None)
    edits, told = _edits(rest)
    if not edits and back is None:
        return Refusal("nothing", language, veiled.reveal(clauses[0].text))
    return Plan(
        edits,
        language,
        undo=back.steps if isinstance(back, Undo) else 0,
        start_over=isinstance(back, StartOver),
        export=any(isinstance(i, Export) for i in rest),
        told=told,
    )


def _negation_goes_on(clauses: Sequence[Clause]) -> bool:
    """Whether a 'don't' may reach into the next clause: only a full stop or a 'but' ends it for certain."""
    for before, after in pairwise(clauses):
        if any(isinstance(i, Guard) and i.negated for i in before.intents) and not _BREAKS.search(
            after.joint
        ):
            return True
    return False


def _contradiction(rest: Sequence[Intent], guards: Sequence[Guard]) -> str:
    """Why the intents do not go together, "" if they do."""
    backs = [i for i in rest if isinstance(i, (Undo, StartOver))]
    if len(backs) > 1 or (backs and rest[0] is not backs[0]):
        return "order"
    if backs and guards:
        return "contradiction"
    cuts = any(isinstance(i, (Remove, Pauses)) for i in rest)
    if any(isinstance(i, Keep) and not i.spans for i in rest):  # 'and remove the rest'
        return "" if not cuts and any(isinstance(i, Keep) and i.spans for i in rest) else "nothing"
    if cuts and any(isinstance(i, Keep) and not i.only for i in rest):
        return "keep"
    guarded = {target for guard in guards for target in guard.targets}
    touched = {kind for kinds, kind in _TOUCHES for i in rest if isinstance(i, kinds)}
    against = touched & guarded or "all" in guarded or ("pauses" in touched and "range" in guarded)
    return "contradiction" if against else ""


def _edits(rest: Sequence[Intent]) -> tuple[tuple[Edit, ...], tuple[int, ...]]:
    """The edits and the order in which they were said.

    All removals are one edit and the first, as they refer to the timeline as it is; the others as said.
    """
    remove = tuple(span for i in rest if isinstance(i, Remove) for span in i.spans)
    keep = tuple(span for i in rest if isinstance(i, Keep) for span in i.spans)
    pauses = next((i.options for i in rest if isinstance(i, Pauses)), None)
    smooth = [i.length_ms for i in rest if isinstance(i, Smooth)]
    cuts = bool(remove or keep or pauses)
    edits: list[Edit] = []
    room, first = 0, None
    for intent in rest:
        if isinstance(intent, (Remove, Keep, Pauses)):
            first = len(edits) if first is None else first
        elif isinstance(intent, Smooth):
            if not cuts and intent.length_ms != 0:
                edits.append(SetTransitions(intent.length_ms))
        elif isinstance(intent, SetTransitions) and pauses and not intent.existing:
            edits.append(replace(intent, pauses=pauses))
            room = max(room, intent.room_ms)
        elif not isinstance(intent, (Export, Undo, StartOver, Guard, Unavailable)):
            edits.append(intent)
    if first is None:
        return tuple(edits), tuple(range(len(edits)))
    cut = Cut(remove, keep, pauses, smooth[-1] if smooth else 0, room)
    order = [*range(1, len(edits) + 1)]
    return (cut, *edits), (*order[:first], 0, *order[first:])
