"""The topics: which words speak of each, and the instructions that can be offered for it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["LANGUAGES", "Topic", "classes", "pattern", "topics"]

LANGUAGES = ("en", "zh")
_LATIN = re.compile(r"[a-z0-9&:'-]+(?: [a-z0-9&:'-]+)*")
_ENDINGS = "(?:e?s|ed|ing)?"
"""What a word may end in, besides."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of edit, as people speak of it.

    Attributes:
        name: the topic.
        does: what speaks of the action, None where the thing alone says it.
        about: what speaks of the thing, None where the action alone says it.
        value: a slot whose value the message has to hold, "" for none.
        takes: whether the action takes something away.
        alone: whether it is meant only where nothing else is spoken of.
        says: for each language the instructions, the fullest first, with slots such as `{span}`.
    """

    name: str
    does: re.Pattern[str] | None
    about: re.Pattern[str] | None
    value: str
    takes: bool
    alone: bool
    says: Mapping[str, Sequence[str]]


@cache
def topics() -> tuple[Topic, ...]:
    """All topics. The words of every language count in every message: people mix them."""
    read = {language: _data(language) for language in LANGUAGES}
    return tuple(_topic(name, read) for name in read["en"] if name != "words")


def classes(language: str) -> Mapping[str, Sequence[str]]:
    """The classes of words that a language has, by their names."""
    return _data(language)["words"]  # type: ignore[no-any-return]


@cache
def _data(language: str) -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / f"{language}.toml").read_text(encoding="utf-8"))


def _topic(name: str, read: Mapping[str, dict[str, Any]]) -> Topic:
    does, about = (
        [word for data in read.values() for word in _words(data[name][part], data["words"])]
        for part in ("does", "about")
    )
    value = next((word[1:-1] for word in about if word.startswith("{")), "")
    return Topic(
        name,
        pattern(does),
        None if value else pattern(about),
        value,
        "@remove" in read[LANGUAGES[0]][name]["does"],
        read[LANGUAGES[0]][name].get("alone", False),
        {language: data[name]["says"] for language, data in read.items()},
    )


def _words(words: Iterable[str], classes: Mapping[str, Sequence[str]]) -> list[str]:
    return [one for word in words for one in (classes[word[1:]] if word.startswith("@") else [word])]


def pattern(words: Iterable[str], *, endings: bool = True) -> re.Pattern[str] | None:
    """A pattern for any of the words, the longest first; None for no words.

    With `endings`, for all forms of a verb or a noun.
    """
    longest = sorted(dict.fromkeys(words), key=len, reverse=True)
    form = _form if endings else _as_it_is
    return re.compile("|".join(map(form, longest)), re.IGNORECASE) if longest else None


def _as_it_is(word: str) -> str:
    if not _LATIN.fullmatch(word):
        return re.escape(word)
    return r"(?<![a-z0-9'-])" + r"\s+".join(map(re.escape, word.split())) + r"(?![a-z0-9'-])"


def _form(word: str) -> str:
    if not _LATIN.fullmatch(word):
        return re.escape(word)
    *before, last = map(re.escape, word.split())
    if len(last) > 3 and last.endswith("e"):  # noqa: PLR2004 - 'erase' is 'erasing', 'be' is not 'bing'
        last = f"{last[:-1]}(?:e|es|ed|ing)"
    else:
        doubled = last[-1] if last[-1] in "bgmnpt" else ""
        last += f"(?:{doubled})?{_ENDINGS}" if doubled else _ENDINGS
    return r"(?<![a-z0-9])" + r"\s+".join([*before, last]) + r"(?![a-z0-9])"
