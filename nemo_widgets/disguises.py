"""How a secret can be found in a text, also where it is written otherwise, as servers and formats write it.

A page, a terminal or a reader decodes what the program has not: JSON's escapes, percent-encoding, entities of
HTML, backslashes of Markdown, base64, hexadecimal. What nobody sees may stand between the characters. Each
pattern is bounded at every place, so that a search takes time in proportion to the text.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from html.entities import html5

__all__ = ["Disguises"]

_SHORTEST = 8
"""A shorter secret would be found in the middle of ordinary words, so it is not looked for in texts."""
_LEAST = 12
"""So many characters of a longer secret are found also where it was cut off behind them."""
_MOST_CODED = 200
"""No more bytes of a secret are looked for in base64 or hexadecimal."""
_UNSEEN = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069"
    r"\ufe00-\ufe0f\ufeff"
)
_SEQUENCE = r"(?:\x1b|\\{1,16}(?:u001b|x1b|e|033))\[[0-?]{0,16}[ -/]{0,4}[@-~]"
_ESCAPED = (
    r"\\{1,16}(?:[bf]|x(?:0[0-8bcef]|1[0-9a-f])"
    r"|u(?:00(?:0[0-8bcef]|1[0-9a-f]|[89][0-9a-f]|7f|ad)|200[b-f]|202[a-e]|206[0-9]|feff))"
)
_BETWEEN = rf"(?>(?:{_SEQUENCE}|[{_UNSEEN}]|{_ESCAPED}){{0,64}})"
"""What may stand between two characters, and is not seen."""
_BREAK = r"(?:\s|\\{1,16}[nr]|=\r?\n){0,4}"
"""What may stand between two characters of base64 or hexadecimal."""
_HEX_BREAK = r"(?:[\s:,;=-]|0[xX]|\\{1,16}[nrx]|=\r?\n){0,4}"
"""What may stand between two bytes in hexadecimal, as dumps and quoted-printable text have it."""
_ODD = re.compile(rf"[\\%&{_UNSEEN}]")
"""What a text holds in which something is written otherwise."""

_IN_BASE64 = {"+": r"(?:[+-]|%2[bB])", "/": r"(?:\\{0,16}[/_]|%2[fF])"}


class Disguises:
    """Finds one secret of visible ASCII. To make it costs nothing before the first text is looked through."""

    __slots__ = ("__weakref__", "_begin", "_coded", "_secret")

    def __init__(self, secret: str) -> None:
        self._secret = secret if len(secret) >= _SHORTEST else ""
        self._begin: re.Pattern[str] | None = None
        self._coded: re.Pattern[str] | None = None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the secret stands in a text, in whatever spelling."""
        if not self._secret or len(text) < _SHORTEST:
            return []
        if self._begin is None or self._coded is None:
            self._begin = re.compile(_BETWEEN.join(map(_sign, self._secret[:_LEAST])))
            self._coded = _coded(self._secret.encode()[:_MOST_CODED])
        found = [each.span() for each in self._coded.finditer(text)]
        if self._secret[:_LEAST] in text or _ODD.search(text):
            at = 0
            while (begin := self._begin.search(text, at)) is not None:
                at = self._end(text, begin.end())
                found.append((begin.start(), at))
        return found

    def _end(self, text: str, at: int) -> int:
        """Where a secret ends whose beginning ends here."""
        for sign in self._secret[_LEAST:]:
            if (found := _following(sign).match(text, at)) is None:
                break
            at = found.end()
        return at


@cache
def _following(sign: str) -> re.Pattern[str]:
    return re.compile(_BETWEEN + _sign(sign))


@cache
def _sign(sign: str) -> str:
    """One character, in all its spellings; the longest first, and none is tried twice."""
    code = ord(sign)
    pair, number = _digits(f"{code:02x}"), _digits(f"{code:x}")
    spellings = [
        rf"\\{{1,16}}(?:[uU]\{{?0{{0,6}}{pair}\}}?|x{pair})",
        rf"%(?:25){{0,8}}(?:u00)?{pair}",
        rf"&(?:amp;){{0,8}}\#(?:0{{0,8}}{code}|[xX]0{{0,8}}{number});?",
    ]
    if names := sorted(name for name, text in html5.items() if text == sign and name.endswith(";")):
        spellings.append(rf"&(?:amp;){{0,8}}(?:{'|'.join(names)})")
    spellings.append(re.escape(sign) if sign.isalnum() else rf"\\{{0,16}}{re.escape(sign)}")
    return f"(?>{'|'.join(spellings)})"


def _digits(text: str) -> str:
    return "".join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in text)


def _coded(secret: bytes) -> re.Pattern[str]:
    """A secret in base64, wherever it begins in what was encoded, and in hexadecimal."""
    found = [_HEX_BREAK.join(_digits(f"{byte:02x}") for byte in secret)]
    for before in range(3):
        text = base64.b64encode(bytes(before) + secret).decode()
        # Only the characters that are made of the secret alone: their neighbours may be anything.
        alone = text[-(-before * 8 // 6) : (before + len(secret)) * 8 // 6]
        found.append(_BREAK.join(_IN_BASE64.get(sign, sign) for sign in alone))
    return re.compile("|".join(found))
