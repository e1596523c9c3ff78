"""What a whole message comes to: a plan of edits, or a refusal with its reason. Changes nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.draft import is_sound
from nemo_widgets.languages import written_in
from nemo_widgets.studio.agent.edits.splitting import Split
from nemo_widgets.studio.limits import MOST_MESSAGE
from nemo_widgets.studio.timeline.grid import FrameGrid
from nemo_widgets.studio.timeline.outline import Outline

from .compiled import keep
from .composing import Plan, Refusal, compose
from .edits.arranging import Duplicate, Move, Order, Swap
from .edits.mixing import RemoveMusic
from .edits.music import AddMusic
from .language.amending import amended
from .language.grammar import Clause, Unread, is_question, read_clauses, too_many_parts, without_manners
from .language.intents import Remove
from .language.leaning import FILM, Named, Untold, lean
from .language.plain import plainly
from .language.pointing import about_music, filled, led_by, pointing
from .language.questions import asked
from .language.simple import unavailable
from .language.sparing import spared
from .language.veil import MOST_CHARACTERS, veil
from .language.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .language.veil import Veiled
    from .world import World

__all__ = ["clauses_of", "language_of", "named_by", "read", "warm_up"]


_NEGATION = re.compile(
    r"(?<![a-z])(?:not|don't|dont|never|without|n't)(?![a-z])"
    r"|不要|(?<![特个区类性级分鉴识辨差告送])别(?![人的处扭致墅针])|不用|不必|勿|不能|不想",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"[\W_]*(?:(?:hi|hello|hey|thanks|thank you|ok|okay|great|cool|never\s*mind|forget\s+it|leave\s+it"
    r"|你好|您好|谢谢|好的|算了|保持原样)[\W_]*)*",
    re.IGNORECASE,
)
_LEFT = re.compile(r"never\s*mind|forget\s+it|leave\s+it|算了|保持原样", re.IGNORECASE)
_HURRY = re.compile(
    r"\W*(?:(?:faster|quicker|hurry(?:\s+up)?|come\s+on|快点|快一点|快些)(?:\s*(?:please|啊|呀|啦|嘛|吧|拜托|了))*\W*)+[!！]{2,}\W*"
    r"|\W*(?:(?:hold\s+on|wait|hang\s+on|one|just|give\s+me|等)\s*(?:a|one|一)?\s*(?:sec|second|minute|moment|bit|下|会儿|等)\W*)+",
    re.IGNORECASE,
)
"""What is said to somebody who is slow, or to have time: nothing on the timeline is meant."""
_NOD = re.compile(r"thank|ok|great|cool|谢谢|好的", re.IGNORECASE)
_TOKEN = re.compile("[\ue000-\ue009]")
_NO_MUSIC = re.compile(
    r"(?:no\s+(?:more\s+)?|i\s+(?:don't|do\s+not)\s+want\s+(?:any\s+)?(?:more\s+)?)(?:background\s+)?(?:music|bgm|soundtrack)(?:\s+(?:at\s+all|any\s*more|after\s+all|please))*"
    r"|(?:我)?(?:不要|不想要|不需要)(?:背景)?(?:音乐|配乐|bgm)了?",
    re.IGNORECASE,
)
"""Clear only as a whole message: after other words it may say how these are to be done."""


def language_of(veiled: Veiled, fallback: str) -> str:
    """The language that a message is in by its script, quotes apart; `fallback` where it tells too little.

    Latin letters are English where there are two words or one that the grammar knows.
    """
    bare = re.sub("[\ue000\ue006][\ue100-\uf8ff]", "", veiled.text)
    shown = veiled.reveal(bare)
    if language := written_in(shown):
        return language
    words = re.findall(r"[a-z']{2,}", shown.lower())
    return "en" if len(words) > 1 or not vocabulary().isdisjoint(words) else fallback


def read(text: str, world: World, named: Named = FILM) -> Plan | Refusal:
    """Read a message by itself; `named` is what an 'it' in it means if nothing is named before that."""
    if len(text) > MOST_MESSAGE:
        return Refusal("long", world.language)
    media, frames = list(world.media.values()), FrameGrid.of(world.draft.data)
    veiled = veil(text, media, frames)
    language = language_of(veiled, world.language)
    reason, at = _no_instruction(veiled)
    if not reason and veiled.framed and is_sound(world.draft.data):
        reason = "frames"
    if reason:
        return Refusal(reason, language, at=at)
    plain = without_manners(veiled.text)
    if _NO_MUSIC.fullmatch(plain.strip(" ,，")):
        return Plan((RemoveMusic(),), language, told=(0,))
    if too_many_parts(plain):
        return Refusal("long", language)
    veiled, clauses = _known(veiled, _clauses(veiled, plain, world), text, world, world.draft.data)
    meant = clauses if isinstance(clauses, Unread) else lean(clauses, veiled, world.draft.data, named)[0]
    if isinstance(meant, list):
        others = spared(meant, world.draft.data)
        meant = Unread(others.text) if isinstance(others, Clause) else others
    if isinstance(meant, list):
        return compose(meant, language, veiled)
    return _unread(meant, veiled, language) if isinstance(meant, Unread) else _untold(meant, veiled, language)


def named_by(text: str, world: World, draft: Mapping[str, Any], before: Named = FILM) -> Named | None:
    """What an edit of `draft` names last; None where its message is not understood by itself."""
    veiled = veil(text, list(world.media.values()), FrameGrid.of(draft))
    plain = without_manners(veiled.text)
    clauses = Unread(plain) if too_many_parts(plain) else _clauses(veiled, plain, world)
    veiled, clauses = _known(veiled, clauses, text, world, draft)
    return None if isinstance(clauses, Unread) else lean(clauses, veiled, draft, before)[1]


def _known(
    veiled: Veiled, clauses: list[Clause] | Unread, text: str, world: World, draft: Mapping[str, Any]
) -> tuple[Veiled, list[Clause] | Unread]:
    """A message that is not understood, read once more with clips called by any word of their names."""
    if not isinstance(clauses, Unread):
        return veiled, clauses
    loose = veil(text, list(world.media.values()), FrameGrid.of(draft), outline=Outline.of(draft))
    plain = without_manners(loose.text)
    for said in dict.fromkeys((plain, plainly(plain, loose, draft))):
        if too_many_parts(said):
            continue
        same = (said, loose.text) == (plain, veiled.text)
        again = clauses if same else _clauses(loose, said, world)
        found = _amended(loose, said, world) if isinstance(again, Unread) else again
        if found is not None:
            return loose, found
    return veiled, clauses


def _amended(veiled: Veiled, plain: str, world: World) -> list[Clause] | None:
    """The clauses of a message that takes its only instruction back and gives another; None if it is none."""
    said = amended(plain)
    first = _clauses(veiled, said[0], world) if said else Unread(plain)
    if said is None or isinstance(first, Unread) or len(first) != 1:
        return None
    found = (_clauses(veiled, words, world) for words in said[1])
    return next((clauses for clauses in found if not isinstance(clauses, Unread)), None)


def _clauses(veiled: Veiled, plain: str, world: World) -> list[Clause] | Unread:
    """The clauses of a message, with the clip that it names where 'move it' needs one to be understood."""
    clauses = read_clauses(veiled, plain, world.media)
    if not isinstance(clauses, Unread):
        return clauses
    words = clauses.words
    head = read_clauses(veiled, plain[: max(0, plain.find(words))], world.media)
    music = None if isinstance(head, Unread) else about_music(head, plain, words)
    for said in filter(None, (music, *filled(plain, words, veiled))):
        again = read_clauses(veiled, said, world.media)
        if not isinstance(again, Unread) and not (said == music and _added_twice(again)):
            return again
    for known in (led_by(plain, veiled), pointing(plain, words, veiled)):
        again = read_clauses(veiled, known, world.media) if known else clauses
        if not isinstance(again, Unread) and not _moved_before_last(again):
            return again
    return clauses


def _added_twice(clauses: list[Clause]) -> bool:
    """Whether music would be added, and other music in its place at once."""
    return sum(isinstance(i, AddMusic) for clause in clauses for i in clause.intents) > 1


def _moved_before_last(clauses: list[Clause]) -> bool:
    """Whether clips have other numbers, or are gone, when the last clause names one again."""
    before = [i for clause in clauses[:-1] for i in clause.intents]
    gone = any(isinstance(i, Remove) for i in clauses[-1].intents)  # removals are made first
    return gone or any(isinstance(i, (Remove, Move, Swap, Order, Duplicate, Split)) for i in before)


def clauses_of(text: str, world: World) -> list[str]:
    """The clauses of a message that is understood, in its own words, neighbours together as well."""
    frames = FrameGrid.of(world.draft.data)
    veiled = veil(text, list(world.media.values()), frames)
    found = read_clauses(veiled, without_manners(veiled.text), world.media)
    veiled, found = _known(veiled, found, text, world, world.draft.data)
    return [] if isinstance(found, Unread) else [veiled.reveal(clause.text) for clause in found]


def warm_up() -> None:
    """Compile the grammar's patterns, or load them: the first message need not wait for that."""
    for text in ("rehearse, please", "排练一下"):
        veiled = veil(text, [])
        _no_instruction(veiled)
        read_clauses(veiled, without_manners(veiled.text), {})
        unavailable(veiled.text)
    keep()


def _no_instruction(veiled: Veiled) -> tuple[str, int]:
    """What the message is if it asks for nothing to be done, as a reason; "" if it may be an instruction.

    With the time in ms that a question names.
    """
    if len(veiled.text) > MOST_CHARACTERS:
        return "long", 0
    if veiled.digits:
        return "digits", 0
    if _GREETING.fullmatch(veiled.text) and not _TOKEN.search(veiled.text):
        return "left" if _LEFT.search(veiled.text) else "nod" if _NOD.search(veiled.text) else "greeting", 0
    if _HURRY.fullmatch(veiled.message):
        return "nod", 0
    about, at = asked(veiled)
    if about:
        return about, at
    return ("quotes" if veiled.unclosed else "question" if is_question(veiled.text) else ""), 0


def _untold(untold: Untold, veiled: Veiled, language: str) -> Refusal:
    return Refusal("which it", language, veiled.reveal(untold.clause), places=untold.places)


def _unread(unread: Unread, veiled: Veiled, language: str) -> Refusal:
    words = veiled.reveal(unread.words).strip(" ,.;，。；")
    if words.startswith("add ") and words not in veiled.reveal(veiled.text):  # 'I want …' was read as 'add …'
        words = words.removeprefix("add ")
    if _NEGATION.search(unread.words):
        return Refusal("negation", language, words)
    wish = unavailable(unread.words) or unavailable(veiled.reveal(re.sub("\ue000.", "", unread.words)))
    return Refusal(wish.what if wish else "not understood", language, words)
