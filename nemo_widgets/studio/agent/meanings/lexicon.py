"""The words that people use, by classes, and where they stand in a message."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["LANGUAGES", "Phrase", "classes", "instructions", "left_words", "phrases_at", "value_in"]

LANGUAGES = ("en", "zh")
_WORD = re.compile(r"[a-z0-9](?:[a-z0-9'’&-]|[.:](?=[a-z0-9]))*", re.IGNORECASE)
_HAN = re.compile("[\u3400-\u9fff]")
_VOWEL = "aeiou"
_FAR = 5
"""A phrase with a gap spans no more words than this."""
_PLAIN = ("words", "say", "left")
"""The tables of a language that are no classes of values."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of one class or more that stand in a message: those at `spans`, one span or two with a gap."""

    spans: tuple[tuple[int, int], ...]
    senses: frozenset[str]
    bent: bool = False
    """Whether it stands in another form than the plain one: removes, reversed."""


@cache
def _data(language: str) -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / f"{language}.toml").read_text(encoding="utf-8"))


def classes(language: str) -> Mapping[str, Sequence[str]]:
    """The classes of words that a language has, by their names."""
    return _data(language)["words"]  # type: ignore[no-any-return]


def left_words(name: str) -> list[str]:
    """The words, in every language, that an instruction may not leave out, as `bounds` or `exceptions`."""
    return [word for language in LANGUAGES for word in _data(language)["left"][name]]


def instructions(language: str) -> Mapping[str, Sequence[str]]:
    """How each kind of edit is said as an instruction, by its name."""
    return _data(language)["say"]  # type: ignore[no-any-return]


def value_in(language: str, slot: str, key: str) -> str:
    """How a value of a slot, such as a mood, is said in a language; "" where it has no word for it."""
    return next(iter(_data(language).get(slot, {}).get(key, ())), "")


@cache
def _phrases() -> tuple[dict[str, list[tuple[tuple[str, ...], str, bool]]], dict[str, list[tuple[str, str]]]]:
    """Every form of every phrase with its sense, by its first word; for Chinese by its first character."""
    latin: dict[str, dict[tuple[tuple[str, ...], str, bool], None]] = {}
    han: dict[str, dict[tuple[str, str], None]] = {}
    for language in LANGUAGES:
        for phrase, sense in _senses(language):
            if _HAN.search(phrase):
                han.setdefault(phrase[0].lower(), {})[phrase.lower(), sense] = None
                continue
            plain = tuple(phrase.lower().split())
            for words in _forms(plain):
                latin.setdefault(words[0], {})[words, sense, words != plain] = None
    by_word = {w: sorted(of, key=lambda one: -len(one[0])) for w, of in latin.items()}
    return by_word, {c: sorted(of, key=lambda one: -len(one[0])) for c, of in han.items()}


def _senses(language: str) -> Iterator[tuple[str, str]]:
    for name, words in classes(language).items():
        yield from ((word, name) for word in words)
    for slot, values in _data(language).items():
        if slot in _PLAIN:
            continue
        for key, words in values.items():
            yield from ((word, f"{{{slot}}}={key}") for word in words)


def _forms(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for first in _inflected(words[0]):
        yield (first, *words[1:])
    if len(words) > 1:
        for last in _inflected(words[-1]):
            yield (*words[:-1], last)


def _inflected(word: str) -> set[str]:
    """The regular forms of a verb or a noun."""
    if not word.isalpha() or len(word) < 3:  # noqa: PLR2004 - 'be' has no regular forms
        return {word}
    stem, twice = word, word[-1] if word[-1] in "bdgmnpt" and word[-2] in _VOWEL else ""
    found = {word, f"{word}{twice}ed", f"{word}{twice}ing", f"{word}s"}
    if word.endswith("e"):
        stem = word[:-1]
        found |= {f"{stem}ed", f"{stem}ing"}
    if word.endswith(("s", "x", "ch", "sh")):
        found.add(f"{word}es")
    if word.endswith("y") and word[-2] not in _VOWEL:
        found |= {f"{word[:-1]}ies", f"{word[:-1]}ied"}
    return found


def phrases_at(text: str, at: int, end: int) -> tuple[Phrase | None, int]:
    """The longest phrase that begins at `at` before `end`; None if no word is known. And where to look on."""
    words = [] if _HAN.match(text, at) else list(_words(text, at, end))
    mixed, on = _han_at(text, at, end)
    if not words or (mixed is not None and on > words[0][1]):
        return mixed, on
    said = [text[a:b].lower().replace("’", "'") for a, b in words]
    near = next((i for i, (a, b) in enumerate(pairwise(words), 1) if text[a[1] : b[0]].strip()), len(said))
    phrase = _with_a_gap(words, said, near) or _in_a_row(words, said, near) or _of_a_noun(words, said)
    return phrase, phrase.spans[0][1] if phrase is not None else words[0][1]


def _in_a_row(words: Sequence[tuple[int, int]], said: Sequence[str], near: int) -> Phrase | None:
    """The longest phrase without a gap that the first words make."""
    by_word, _ = _phrases()
    size = _longest(said, near)
    found = [one for one in by_word.get(said[0], ()) if one[0] == tuple(said[:size])]
    senses = frozenset(sense for _, sense, _ in found)
    bent = all(other for _, _, other in found)
    return Phrase(((words[0][0], words[size - 1][1]),), senses, bent) if size else None


def _longest(said: Sequence[str], near: int) -> int:
    by_word, _ = _phrases()
    sizes = (len(p) for p, _, _ in by_word.get(said[0], ()) if len(p) <= near and tuple(said[: len(p)]) == p)
    return max(sizes, default=0)


def _with_a_gap(words: Sequence[tuple[int, int]], said: Sequence[str], near: int) -> Phrase | None:
    """The longest phrase with a gap that begins with the first words, where it is longer than one without."""
    by_word, _ = _phrases()
    found: dict[tuple[int, int, int], set[str]] = {}
    for phrase, sense, _ in by_word.get(said[0], ()):
        for tail in _tails(phrase, said, near) if "*" in phrase else ():
            head = phrase.index("*")
            found.setdefault((head, tail, len(phrase) - head - 1), set()).add(sense)
    size = _longest(said, near)
    far = [one for one in found if one[0] + one[2] > size]
    if not far:
        return None
    head, tail, length = min(far, key=lambda one: (-one[0] - one[2], one[1]))
    spans = ((words[0][0], words[head - 1][1]), (words[tail][0], words[tail + length - 1][1]))
    return Phrase(spans, frozenset(found[head, tail, length]))


def _of_a_noun(words: Sequence[tuple[int, int]], said: Sequence[str]) -> Phrase | None:
    """A noun with 's: the music's too loud."""
    if not said[0].endswith("'s"):
        return None
    by_word, _ = _phrases()
    senses = frozenset(sense for phrase, sense, _ in by_word.get(said[0][:-2], ()) if len(phrase) == 1)
    return Phrase((words[0],), senses) if senses else None


def _tails(phrase: tuple[str, ...], said: Sequence[str], near: int) -> Iterator[int]:
    """Where the words behind the gap of a phrase stand."""
    head = phrase.index("*")
    if tuple(said[:head]) != phrase[:head]:
        return
    rest = phrase[head + 1 :]
    for at in range(head if near == head else head + 1, min(head + 1 + _FAR, len(said) - len(rest) + 1)):
        if tuple(said[at : at + len(rest)]) == rest:
            yield at
            return


def _words(text: str, at: int, end: int) -> Iterator[tuple[int, int]]:
    """The words from `at` on, with nothing but spaces and values between them."""
    for _ in range(_FAR + 8):
        m = _WORD.match(text, at, end)
        if m is None:
            return
        yield m.span()
        at = m.end()
        while at < end and (text[at].isspace() or "\ue000" <= text[at] <= "\uf8ff"):
            at += 1


def _han_at(text: str, at: int, end: int) -> tuple[Phrase | None, int]:
    _, by_character = _phrases()
    lower = text[at:end].lower()
    found: dict[int, set[str]] = {}
    for phrase, sense in by_character.get(lower[:1], ()):
        if lower.startswith(phrase):
            found.setdefault(len(phrase), set()).add(sense)
    if not found:
        return None, at + 1
    size = max(found)
    return Phrase(((at, at + size),), frozenset(found[size])), at + size
