"""A message as a row of items: its values, the words that are known, and those that are not."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.language.verbatim import as_typed

from .item import Item, clip_item
from .lexicon import phrases_at, value_in
from .values import value_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nemo_widgets.studio.agent.language.tokens import Veiled

__all__ = ["items_of"]

_LABEL = re.compile(
    r"^\s*(?:the\s+)?(?:title|heading|headline|标题)\s*+[:：]\s*+([^“”\ue000-\uf8ff]{1,60}?)\s*$",
    re.IGNORECASE,
)
"""A title that stands behind its name, without quotation marks."""
_SKIPPED = re.compile(r"[\s\"“”‘’'「」()（）_*~]+")
_PUNCTUATION = re.compile(r"(?:\s&\s|[,.;:!?，。；：！？、…]|\s[-–—]+\s|—|[()（）])+")
_UNKNOWN = re.compile(r"[a-z0-9][a-z0-9'’&.-]*|[\u3400-\u9fff]|\S", re.IGNORECASE)


def items_of(text: str, veiled: Veiled, names: Mapping[str, str], titles: Sequence[str] = ()) -> list[Item]:
    """The items of a veiled text, in the order in which they stand.

    `names` are clips by their bare names; `titles` are the texts that titles show.
    """
    if m := _LABEL.match(text):
        said = f"“{as_typed(m[1], veiled)}”"
        return [
            Item(0, m.start(1), text[: m.start(1)], frozenset({"title", "label"}), {}),
            Item(m.start(1), m.end(), m[1], frozenset({"{text}"}), {"{text}": (said, said)}),
        ]
    shown = [title.casefold() for title in titles]
    found: list[Item] = []
    taken: set[int] = set()
    at = 0
    while at < len(text):
        if m := _PUNCTUATION.match(text, at):
            if found and not (m.group() in (":", "：") and _is_label(found)):
                found[-1] = replace(found[-1], stop=True)
            at = m.end()
            continue
        if m := _SKIPPED.match(text, at):
            at = m.end()
            continue
        if at in taken:
            at += 1
            continue
        value = value_at(text, at, veiled) or _name_at(text, at, names, shown)
        item, at = (value, value.end) if value is not None else _words_at(text, at, taken)
        if item.unknown and found and found[-1].unknown and _joined(text, found[-1], item):
            before = found[-1]
            found[-1] = replace(before, end=item.end, words=text[before.start : item.end])
            continue
        found.append(item)
    return list(_meant(list(_without_twins(found)))) if found else []


def _is_label(found: Sequence[Item]) -> bool:
    """Whether the last item says what the clause behind it is for: 'clip 2: faster'."""
    before = next((item for item in reversed(found[:-1]) if not item.senses <= {"little"} or item.stop), None)
    return bool(found[-1].senses & {"{clip}", "{span}"}) and (before is None or before.stop)


def _meant(found: Sequence[Item]) -> Iterator[Item]:
    """The items, of words that say two things the one that is meant: 不要 before a verb is a 'don't'."""
    clip = False
    for item, behind in zip(found, [*found[1:], None], strict=True):
        clip = not item.stop and (clip or "{clip}" in item.senses)
        if item.stop and "ordinal" in item.senses:
            yield replace(item, senses=frozenset({"little"}))
        elif item.words == "first" and not clip:
            thing = (
                behind is not None
                and not item.stop
                and not behind.senses & {"remove", "little", "light", "wish"}
                and bool(behind.senses)
            )
            yield replace(item, senses=frozenset({"ordinal"} if thing else {"little"}))
        elif item.senses >= {"remove", "no"}:
            ends = behind is None or item.stop or behind.senses <= {"little"}
            yield replace(item, senses=frozenset({"remove"} if ends else {"no"}))
        else:
            yield item


def _joined(text: str, before: Item, item: Item) -> bool:
    """Whether two unknown pieces of Chinese stand side by side."""
    return before.end == item.start and not before.stop and "\u3400" <= text[item.start] <= "\u9fff"


def _without_twins(found: list[Item]) -> Iterator[Item]:
    """One item for a list such as 'clips 2 and 3', which stands behind each of its tokens."""
    last: Item | None = None
    for item, behind in zip(found, [*found[1:], None], strict=True):
        if last is not None and "{clip}" in item.senses and item.values == last.values:
            continue
        if item.stop or not (item.senses <= {"little", "joint-words"} and item.senses):
            last = None
        if behind is not None and "{clip}" in item.senses & behind.senses and item.end == behind.start:
            continue  # the last one, the night: one clip, called twice
        if "{clip}" in item.senses and not item.stop:
            last = item
        yield item


def _name_at(text: str, at: int, names: Mapping[str, str], titles: Sequence[str]) -> Item | None:
    """The clip or the title that is called by its name at `at`; None if none is."""
    for name, clip in names.items():
        if text[at : at + len(name)].lower() == name and _whole(text, at, at + len(name)):
            return clip_item(at, name, (clip, clip), "bare-name")
    for title in titles:
        if text[at : at + len(title)].casefold() == title and _whole(text, at, at + len(title)):
            return Item(at, at + len(title), title, frozenset({"title"}), {})
    return None


def _words_at(text: str, at: int, taken: set[int]) -> tuple[Item, int]:
    """The known words that stand at `at`, or one that is not known, and where to look on."""
    phrase, on = phrases_at(text, at, len(text))
    if phrase is not None:
        for start, end in phrase.spans[1:]:
            taken.update(range(start, end))
        words = " ".join(text[a:b].lower() for a, b in phrase.spans)
        values = dict(_phrase_value(sense) for sense in phrase.senses if "=" in sense)
        senses = {sense.partition("=")[0] for sense in phrase.senses}
        return Item(at, phrase.spans[0][1], words, frozenset(senses), values, bent=phrase.bent), on
    m = _UNKNOWN.match(text, at)
    end = m.end() if m else at + 1
    return Item(at, end, text[at:end].lower(), frozenset(), {}), end


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a name is a whole word, or Chinese."""
    if "\u3400" <= text[start] <= "\u9fff":
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return not re.match(r"[a-z0-9'_.-]", before, re.IGNORECASE) and not re.match(
        r"[a-z0-9'_-]|\.[a-z]", after, re.IGNORECASE
    )


def _phrase_value(sense: str) -> tuple[str, tuple[str, str]]:
    slot, _, key = sense.partition("=")
    return slot, (value_in("en", slot[1:-1], key), value_in("zh", slot[1:-1], key))
