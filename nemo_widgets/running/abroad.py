"""What an answer says in a language beside English and Chinese: that it was not done, or that it asks."""

from __future__ import annotations

import re
from functools import cache

from nemo_widgets.phrasebook import LANGUAGES

__all__ = ["asks_abroad", "closes_abroad", "past_apology_abroad", "refuses_abroad"]

_SENTENCE_ENDS = r"(?:요|ね|よ)?[। \"”’」』)）~]*$"


@cache
def _any_of(table: str, *fields: str, ends: str = "") -> re.Pattern[str]:
    """What any language has in these fields of one of its tables, and what has to stand behind that."""
    tables = [getattr(language, table) for language in LANGUAGES.values()]
    phrases = [phrase for told in tables for field in fields if (phrase := getattr(told, field))]
    return re.compile(f"(?:{'|'.join(f'(?:{phrase})' for phrase in phrases)}){ends}", re.IGNORECASE)


def refuses_abroad(sentences: list[str]) -> bool:
    """Whether the first sentences of an answer say no.

    >>> refuses_abroad(["Ich kann das nicht"]), refuses_abroad(["Listo, corté el primer segundo"])
    (True, False)
    >>> refuses_abroad(["できません"]), refuses_abroad(["Puedo solo cortar vídeos"])
    (True, True)
    """
    nothing, nothing_ends = (
        _any_of("refusals", "nothing_to_do"),
        _any_of("refusals", "nothing_ends", ends=_SENTENCE_ENDS),
    )
    if any(nothing.match(sentence) or nothing_ends.search(sentence) for sentence in sentences[:1]):
        return False
    begins = _any_of("refusals", "begins", "limits")
    ends = _any_of("refusals", "ends", "limits_end", ends=_SENTENCE_ENDS)
    untouched = _any_of("refusals", "untouched")
    return any(begins.match(s) or ends.search(s) or untouched.match(s) for s in sentences)


def past_apology_abroad(sentence: str) -> str:
    """What a sentence says, without an apology before that for what is over, by which nothing is refused.

    >>> past_apology_abroad("Entschuldige die Wartezeit, aber das Intro ist weg")
    'das Intro ist weg'
    """
    found = _any_of("refusals", "apologies").match(sentence)
    if found is None:
        return sentence
    rest = sentence[found.end() :].lstrip(" ,;:–—、，،-")
    joined = _any_of("refusals", "but", ends=r"(?!\w)").match(rest)
    return rest[joined.end() :].lstrip(" ,、，،") if joined else rest


@cache
def _led(field: str) -> re.Pattern[str]:
    """The same for questions, behind polite words: a few, since one word may be polite in two languages."""
    polite = "|".join(told.questions.polite for told in LANGUAGES.values() if told.questions.polite)
    return re.compile(
        rf"(?:(?:{polite})[,، ]{{1,3}}){{0,4}}{_any_of('questions', field).pattern}", re.IGNORECASE
    )


def asks_abroad(sentence: str, *, marked: bool) -> bool:
    """Whether a sentence asks something, or tells the user to say it. `marked`: it has a question mark.

    >>> asks_abroad("Welchen Clip meinst du?", marked=True), asks_abroad("どのクリップですか", marked=False)
    (True, True)
    """
    plain = sentence.strip(" ¿¡*_#>«»「『\"'")
    asks = marked or _any_of("questions", "ends").search(plain) is not None
    return bool((asks and _led("asks").match(plain)) or _led("tells").match(plain))


def closes_abroad(sentence: str) -> bool:
    """Whether a sentence only ends a conversation politely.

    >>> closes_abroad("Kann ich sonst noch etwas für dich tun?")
    True
    """
    return _any_of("questions", "closes").search(sentence) is not None
