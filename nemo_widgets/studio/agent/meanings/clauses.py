"""The clauses of a message, and what each is: a wish, a remark, or a word on what is to stay as it is."""

# ruff: noqa: E501 - a list of words reads best on few lines

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .sorts import is_content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .item import Item

__all__ = ["Clause", "clauses_of", "of_somebody"]

_SUBJECT = frozenset(
    {"i", "we", "you", "he", "she", "they", "it", "i'm", "im", "i've", "we're", "you're", "they're", "he's", "she's", "it's", "there's", "theres", "that's", "thats",
     "it'd", "i'd", "he'd", "she'd", "they'd", "we'd", "that'd", "you'd", "who", "someone", "nobody", "everyone", "people", "u"}
)  # fmt: skip
_PERSON = frozenset(
    {
        "i",
        "we",
        "you",
        "he",
        "she",
        "they",
        "i'm",
        "im",
        "we're",
        "i've",
        "i'd",
        "we'd",
        "they'd",
        "he'd",
        "she'd",
        "you'd",
        "people",
        "viewers",
        "everybody",
        "somebody",
        "someone",
        "he's",
        "she's",
        "they're",
    }
)
_IS = frozenset(
    {
        "is",
        "are",
        "was",
        "were",
        "am",
        "been",
        "'s",
        "has",
        "had",
        "did",
        "does",
        "it's",
        "that's",
        "i'm",
        "doesn't",
        "isn't",
        "aren't",
        "won't",
        "can't",
        "don't",
        "there's",
        "theres",
        "thats",
    }
)
_FAULT = re.compile(
    r"^(?:too|so|super|really|way|barely|hardly|can't|cant|cannot|drown|overpower|not needed|not any|no longer|don't need|dont need|do not need|"
    r"can go|could go|has to go|have to go|needs? to go|should go|must go|gotta go|got to go|should be gone|useless|rubbish|garbage|pointless|must not|must|"
    r"upside|sideways|on its|icy|washed|dull|all over|draggy|are all|is all|is plenty|is enough|is fine|all i|all we|only|just|enough|plenty|will do|nobody wants|should be|belong|unreadable|tiny|hard to)"
)
"""How a word begins that is a wish wherever it stands."""
_UNWANTED = (
    "don't want",
    "dont want",
    "don't need",
    "dont need",
    "do not need",
    "could do without",
    "can do without",
)
_WAS = frozenset({"was", "were", "had", "wasn't", "weren't"})
_TOLD_ZH = re.compile(
    r"^(?:我们?|你们?|他们?|她们?)(?:已经)?(?:刚才?)?[^想要希把给帮能可]{0,3}(?:删|剪|去|加|切|移|放)[掉了过]|^(?:那个)?(?:标题|字幕)[上里]?(?:写着|写的是|写的|是|说|显示的是)"
)
_THINGS_SAID = frozenset({"music", "title", "voice", "sound", "transition", "pause", "clip", "part", "scene", "face", "bars", "subtitles", "best", "black", "blurry", "kiss", "noise", "step", "colour", "look",
                          "cuts", "joint", "reel", "speech", "filler", "front", "name", "film", "start", "end", "both", "{transition}", "picture"})  # fmt: skip
"""Classes of nouns: 'transitions' is no verb."""
_NEARLY = 3
_MAKES = ("make", "makes", "made", "get", "gets")
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause.

    Attributes:
        items: its items, without what joins it to the clause before.
        wishes: whether it asks for something: an order, a request, a bare thing, or a fault to be mended.
        reason: whether it says why.
        spares: whether it says what is to stay as it is.
    """

    items: tuple[Item, ...]
    wishes: bool
    reason: bool
    spares: bool

    def says(self, *classes: str) -> bool:
        """Whether it holds a word of one of these classes."""
        return any(not item.senses.isdisjoint(classes) for item in self.items)

    @property
    def content(self) -> tuple[Item, ...]:
        """What has to be accounted for."""
        return tuple(item for item in self.items if is_content(item.senses))


def clauses_of(items: Sequence[Item]) -> list[Clause]:
    """The clauses of a row of items."""
    found: list[Clause] = []
    row: list[Item] = []
    reason = False

    def end() -> None:
        nonlocal row
        if any(item.senses or item.words.strip() for item in row):
            found.append(_clause(row, reason))
        row = []

    for at, item in enumerate(items):
        joint = "joint-words" in item.senses or item.senses == {"reason"}
        joint = joint and not (item.words == "so" and row and row[-1].words in _IS)
        between = at and at + 1 < len(items) and _alike(items[at - 1], items[at + 1])
        if joint and not (between and not items[at - 1].stop):
            end()
            reason = "reason" in item.senses
            continue
        row.append(item)
        if item.stop:
            end()
            reason = False
    end()
    return found


def _alike(before: Item, after: Item) -> bool:
    """Whether two items stand in one list: clips, looks."""
    return bool(before.senses & after.senses & {"{clip}", "{span}"})


def _clause(row: Sequence[Item], reason: bool) -> Clause:  # noqa: FBT001 - what it is, not how to do it
    spares = any("untouched" in item.senses for item in row)
    return Clause(tuple(row), not reason and _wishes(row), reason, spares)


def _wishes(row: Sequence[Item]) -> bool:
    asks = any("wish" in item.senses for item in row)
    praises = any("praise" in item.senses for item in row)
    if praises or of_somebody(row) or (_is_told(row) and not asks):
        return False
    chinese = any(_HAN.search(item.words) for item in row if "{text}" not in item.senses)
    if chinese or asks or any(_FAULT.match(item.words) for item in row if item.senses):
        return True
    return _orders(row)


def _orders(row: Sequence[Item]) -> bool:
    """Whether a clause begins as an order does, or is a bare thing."""
    first = next(
        (
            item
            for item in row
            if not (item.senses <= {"little"} and item.words not in _SUBJECT | _IS) or item.unknown
        ),
        None,
    )
    if first is None or first.words in _SUBJECT or first.unknown:
        return first is not None and first.unknown and len(row) <= _NEARLY and not _says(row)
    if "light" in first.senses or "{" in "".join(first.senses):
        return "light" in first.senses or not _says(row)
    return not _says(row) or not (row[0].senses & {"little"})


def _is_told(row: Sequence[Item]) -> bool:
    """Whether a clause says what was, or what something does: the music was loud, the video fades out."""
    if any(item.words in _WAS for item in row):
        return True
    if any(_FAULT.match(item.words) for item in row if item.senses):
        return False
    if _TOLD_ZH.match("".join(item.words for item in row)):
        return True
    subject = False
    for item in row:
        if (
            subject
            and item.bent
            and not item.values
            and not item.senses & {"little", "light", "joint-words"}
            and not item.senses & _THINGS_SAID
        ):
            return not item.words.split()[0].endswith("ing") or len(row) > _NEARLY
        if subject and item.words in _MAKES and any(one.unknown for one in row[row.index(item) :]):
            return True  # the transitions make me dizzy
        subject = subject or item.unknown or bool(item.values) or not item.senses <= {"little"}
    return False


def of_somebody(row: Sequence[Item]) -> bool:
    """Whether a clause says what somebody does, and wishes for nothing."""
    first = next(
        (item for item in row if item.words in _PERSON or not item.senses <= {"little"} or item.unknown), None
    )
    faults = any(item.words.endswith("hear") or item.words.startswith(_UNWANTED) for item in row)
    return (
        first is not None
        and first.words in _PERSON
        and not faults
        and not any("wish" in i.senses for i in row)
    )


def _says(row: Sequence[Item]) -> bool:
    """Whether a clause says how something is."""
    return any(item.words in _IS or item.words in _SUBJECT for item in row)
