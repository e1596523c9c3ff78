"""The ways in which a secret may be written, and what a reader, a page or a program may make of a text."""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["FORMS", "holds"]


def _each(form: str) -> Callable[[str], str]:
    return lambda secret: "".join(form.format(ord(c)) for c in secret)


FORMS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "JSON": _each("\\u{:04x}"),
    "JSON in capitals": _each("\\u{:04X}"),
    "JSON in part": lambda secret: f"{secret[:3]}\\u{ord(secret[3]):04x}{secret[4:]}",
    "JSON in JSON": lambda secret: json.dumps(_each("\\u{:04x}")(secret))[1:-1],
    "a programmer's": _each("\\x{:02x}"),
    "percent": _each("%{:02x}"),
    "percent as usual": lambda secret: quote(secret, safe="").replace("_", "%5F"),
    "percent twice": lambda secret: quote(_each("%{:02X}")(secret)),
    "entities": _each("&#{};"),
    "entities in hexadecimal": _each("&#x{:X};"),
    "entities escaped": _each("&amp;#{};"),
    "named entities": lambda secret: secret.replace("_", "&lowbar;").replace("-", "&#45;"),
    "Markdown": lambda secret: re.sub(r"([^A-Za-z0-9])", r"\\\1", secret),
    "base64": lambda secret: base64.b64encode(secret.encode()).decode(),
    "base64 behind a word": lambda secret: base64.b64encode(f"Bearer {secret}".encode()).decode(),
    "base64 within": lambda secret: base64.urlsafe_b64encode(f"id:{secret}, more".encode()).decode(),
    "base64 in lines": lambda secret: base64.encodebytes(f'{{"token": "{secret}"}}'.encode() * 3).decode(),
    "hexadecimal": lambda secret: secret.encode().hex(),
    "hexadecimal in capitals": lambda secret: secret.encode().hex(":").upper().replace(":", ""),
    "hexadecimal of a dump": lambda secret: secret.encode().hex(":"),
    "bytes of a program": _each("0x{:02x}, "),
    "quoted-printable": _each("={:02X}"),
    "percent of a script": _each("%u{:04x}"),
    "invisible signs": "\u200b".join,
    "joiners in JSON": "\\u2060".join,
    "colours": "\x1b[1m".join,
    "turned": "\u202e".join,
    "mixed": lambda secret: f"nm%76\\u005f&#117;sr_{secret[8:]}",
}
"""How to write a secret that begins as a token does."""
_UNSEEN = re.compile(r"\x1b\[[0-9;]*m|[\x00-\x08\x0b-\x1f\u200b-\u200f\u2060-\u2069\u202a-\u202e\ufeff]")
_ESCAPE = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_CODED = re.compile(r"[A-Za-z0-9+/_=-]{16,}")
_DUMP = re.compile(r"(?:(?:0x|%u00|=)?[0-9a-fA-F]{2}[:,;\s]*){8,}")


def holds(text: str, secret: str) -> bool:
    """Whether the secret, or most of its beginning, is in a text or in what can be made of it."""
    return any(secret[:16] in found for found in _readings(text))


def _readings(text: str) -> Iterator[str]:
    seen = text
    for _ in range(4):
        yield seen
        bare = _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), _UNSEEN.sub("", seen))
        seen = unquote(html.unescape(bare))
    yield re.sub(r"\\([^A-Za-z0-9])", r"\1", seen)
    for dump in _DUMP.findall(text):
        digits = re.sub(r"0x|%u00|[^0-9a-fA-F]", "", dump)
        yield bytes.fromhex(digits[: len(digits) // 2 * 2]).decode("latin-1")
    for run in {*_CODED.findall(text), *_CODED.findall(re.sub(r"\\n|\s", "", text))}:
        for at in range(4):
            part = run[at : at + (len(run) - at) // 4 * 4]
            try:
                yield base64.b64decode(part.translate(str.maketrans("-_", "+/")) + "==").decode("latin-1")
            except (binascii.Error, ValueError):
                continue
        try:
            yield bytes.fromhex(run[: len(run) // 2 * 2]).decode("latin-1")
        except ValueError:
            continue
