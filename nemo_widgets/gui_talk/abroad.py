"""A click that the agent waits for in languages other than English and Chinese, read by the phrasebook.

A sentence has to begin with the instruction, or with what it is for: what somebody says in the film, or what
stands in quotes, asks for nothing. Only words on buttons that answer the agent count, none of a command.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from nemo_widgets.phrasebook import LANGUAGES

from .click import Click

__all__ = ["find_abroad"]

_PRESSES = tuple(press for language in LANGUAGES.values() for press in language.presses)
_ANY = r"ok(?:ay)?|confirm|apply|yes|no|continue|cancel|start|accept|proceed|generate"
_QUOTED = "[\"'“”„«»‘’‹›「」『』*_\\[\\]【】 ]*"
_PAYS_ANYWHERE = "gener|credit"
_SENTENCE = re.compile(r"[^.!?。！？؟।\n]+[.!?。！？؟।]*")
_LONGEST = 400
_MOST = 6


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]:
    """For each way of asking for a click: the first button, another one, and those by which one declines."""
    found = []
    for told in _PRESSES:
        edge = told.edge if told.press else ""
        lead = rf"(?:(?:{told.lead})[ ]?){{0,2}}" if told.lead else ""
        button = rf"{_QUOTED}(?P<name>{told.words}|{_ANY}){edge}{_QUOTED}"
        other = rf"(?:\b|(?<=\W)|(?<=を)){told.other}{button}" if told.other else r"(?!)"
        forms = (
            rf"(?![^\w`>]{{0,9}}[`>])[\W_]{{0,9}}{lead}{told.press}{button}{told.ends}",
            other,
            told.declines,
        )
        first, more, declines = (re.compile(form, re.IGNORECASE) for form in forms)
        found.append((first, more, declines))
    return tuple(found)


@cache
def _told(field: str, *more: str) -> re.Pattern[str]:
    """What in any of the languages tells that a click pays, or deletes."""
    return re.compile(
        "|".join(filter(None, (*more, *(getattr(one, field) for one in _PRESSES)))), re.IGNORECASE
    )


def find_abroad(said: str) -> Click | None:
    """The click that the agent waits for, in words of another language; None if it waits for none.

    >>> find_abroad("Klicken Sie auf „Ja“ oder „Abbrechen“, um fortzufahren.").words
    ('Ja', 'Abbrechen')
    >>> find_abroad("Klicken Sie auf Exportieren.")
    """
    for sentence in _SENTENCE.finditer(said):
        if len(sentence[0]) > _LONGEST:
            continue
        for first, other, declines in _patterns():
            if (found := first.match(sentence[0])) is None:
                continue
            more = islice(other.finditer(sentence[0], found.end()), _MOST)
            words = tuple(dict.fromkeys([found["name"], *(each["name"] for each in more)]))
            if all(map(declines.fullmatch, words)):
                break
            rest = f"{said[: sentence.start()].rstrip(' ')} {said[sentence.end() :].lstrip(' ')}".strip()
            pays, deletes = _told("pays", _PAYS_ANYWHERE).search(said), _told("deletes").search(said)
            return Click(sentence[0].strip(), words, bool(pays), bool(deletes), rest)
    return None
