"""A text that stands in a message without quotation marks, as it was typed: nothing of it is made plainer."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx

from .sayings import SAYS

if TYPE_CHECKING:
    from .tokens import Veiled

__all__ = ["as_typed"]

_BEFORE = rx(rf"{SAYS}(?![a-z])|[:：]")
_ENDING = re.compile(r"(?:[!！?？~～…‥)）\]】}》」』”’]|[.。](?=[.。…])|(?<=[.。])[.。])+")
"""Marks behind the last word that belong to it; one full stop may as well end the sentence around it."""
_STOP = re.compile(r"[.。．](?=\s*$)")
_OPENING = re.compile(r"[¡¿(（\[【{《「『…—-]+$")


def as_typed(text: str, veiled: Veiled) -> str:
    """The text, some of the veiled message's words, with the letters and marks that were typed for it.

    The grammar reads ！ as ! and drops marks at the end, and words of politeness. Behind a colon
    a full stop at the end is the text's; behind 'saying' it ends the message.
    """
    plain, message = veiled.reveal(text), veiled.message
    before = _BEFORE.search(message)
    found = _where(_letters(plain), message, before.end() if before else 0)
    if before is None or found is None:
        return plain
    start, end = found
    if opening := _OPENING.search(message, before.end(), start):
        start = opening.start()
    if ending := _ENDING.match(message, end):
        end = ending.end()
    if before.group() in (":", "：") and (stop := _STOP.match(message, end)):
        end = stop.end()
    return re.sub(r"[\t\r\n]+", " ", message[start:end])


def _letters(text: str) -> str:
    """What is neither space nor punctuation, in its plainest form."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if unicodedata.category(c)[0] not in "ZPCM")


def _where(letters: str, message: str, first: int) -> tuple[int, int] | None:
    """From where to where these letters stand in the message, with others between them if need be."""
    typed = [(c, i) for i in range(first, len(message)) for c in _letters(message[i])]
    at = "".join(c for c, _ in typed).find(letters) if letters else -1
    if at >= 0:
        return typed[at][1], typed[at + len(letters) - 1][1] + 1
    places, number = list[int](), 0
    for c, i in typed:
        if number < len(letters) and c == letters[number]:
            places.append(i)
            number += 1
    return (places[0], places[-1] + 1) if places and number == len(letters) else None
