"""The ways in which a secret may be written, and what a reader, a page or a program may make of a text."""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["FORMS", "holds"]


def _each(form: str) -> Callable[[str], str]:
    return lambda secret: "".join(form.format(ord(c)) for c in secret)


def _64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _groups(text: str, size: int) -> str:
    return " ".join(text[at : at + size] for at in range(0, len(text), size))


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
    "soft hyphens": "\u00ad".join,
    "emphasis": lambda secret: f"{secret[:5]}**{secret[5:12]}**{secret[12:]}",
    "emphasis escaped": lambda secret: f"nm\\*\\*{secret[2:14]}\\*\\*{secret[14:]}",
    "code and strikes": lambda secret: f"`{secret[:9]}`~~{secret[9:]}~~",
    "tags": lambda secret: f"{secret[:9]}<b>{secret[9:15]}</b><!-- - -->{secret[15:]}",
    "tags escaped": lambda secret: html.escape(f"{secret[:9]}<b>{secret[9:15]}</b>{secret[15:]}"),
    "words": lambda secret: _groups(secret, 4),
    "lines of JSON": lambda secret: _groups(secret, 4).replace(" ", "\\n"),
    "strings of a program": lambda secret: f'"{secret[:9]}" + "{secret[9:20]}" + "{secret[20:]}"',
    "octal": _each("\\{:03o}"),
    "base32": lambda secret: base64.b32encode(secret.encode()).decode(),
    "base32 in small letters": lambda secret: base64.b32encode(f"is {secret}".encode()).decode().lower(),
    "base32 within": lambda secret: base64.b32encode(f"a token: {secret}!".encode()).decode().rstrip("="),
    "base64 in groups": lambda secret: _groups(_64(secret), 8),
    "base64 with invisible signs": lambda secret: "\u200b".join(_64(secret)),
    "base64 in bold": lambda secret: f"{_64(secret)[:9]}**{_64(secret)[9:]}**",
    "base64 percent-encoded": lambda secret: _each("%{:02X}")(_64(secret)),
    "base64 in entities": lambda secret: _each("&#{};")(_64(secret)),
    "base64 in escapes": lambda secret: _each("\\u{:04x}")(_64(secret)),
    "base64 of percent": lambda secret: _64(_each("%{:02x}")(secret)),
    "base64 of escapes": lambda secret: _64(_each("\\u{:04x}")(secret)),
    "base64 of hexadecimal": lambda secret: _64(secret.encode().hex()),
    "base64 of invisible signs": lambda secret: _64("\u200b".join(secret)),
    "base64 of UTF-16": lambda secret: base64.b64encode(secret.encode("utf-16")).decode(),
    "base64 twice": lambda secret: _64(_64(secret)),
    "base64 twice, for addresses": lambda secret: base64.urlsafe_b64encode(
        _64(f"??>{secret}").encode()
    ).decode(),
    "base64 twice, in lines": lambda secret: base64.encodebytes(
        base64.encodebytes(secret.encode() * 2)
    ).decode(),
    "base64 twice, within": lambda secret: _64(f"more: {_64(f'id: {secret}')}, and"),
    "base64 twice, percent-encoded": lambda secret: _each("%{:02x}")(_64(_64(secret))),
    "base64 three times": lambda secret: _64(_64(_64(secret))),
    "base32 of base64": lambda secret: base64.b32encode(_64(secret).encode()).decode(),
    "base64 of base32": lambda secret: _64(base64.b32encode(secret.encode()).decode()),
    "hexadecimal of base64": lambda secret: _64(secret).encode().hex(),
    "hexadecimal twice": lambda secret: secret.encode().hex().encode().hex(),
    "mixed": lambda secret: f"nm%76\\u005f&#117;sr_{secret[8:]}",
}
"""How to write a secret that begins as a token does."""
_UNSEEN = re.compile(
    r"\x1b\[[0-9;]*m|[\x00-\x08\x0b-\x1f\u00ad\u200b-\u200f\u2060-\u2069\u202a-\u202e\ufeff]|</?b>|<!-- - -->"
)
_ESCAPE = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-7]{3})|n)")
_CODED = re.compile(r"[A-Za-z0-9+/_=-]{16,}")
_DUMP = re.compile(r"(?:(?:0x|=)?[0-9a-fA-F]{2}[:,;\s]*){8,}")
_ROUNDS = 4
_WRITTEN = re.compile(r"[ -~\0\n\u0080-\u00ff]{16,}")


def holds(text: str, secret: str) -> bool:
    """Whether the secret, or most of its beginning, is in a text or in what can be made of it."""
    level, wanted = {text}, re.sub(r"[^A-Za-z0-9]", "", secret[:16])
    for _ in range(_ROUNDS):
        level = {plain for each in level for plain in _plain(each)}
        if any(wanted in re.sub(r"[^A-Za-z0-9]", "", each) for each in level):
            return True
        level = {part for each in level for read in _decoded(each) for part in _WRITTEN.findall(read)}
    return False


def _plain(text: str) -> Iterator[str]:
    for _ in range(4):
        yield text
        bare = _ESCAPE.sub(_said, _UNSEEN.sub("", text))
        bare = re.sub(r"%u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), bare)
        text = unquote(html.unescape(bare))


def _said(escape: re.Match[str]) -> str:
    return chr(int(escape[1] or escape[2] or "0", 16) or int(escape[3] or "0", 8)).strip("\0")


def _decoded(text: str) -> Iterator[str]:
    for dump in _DUMP.findall(text):
        digits = re.sub(r"0x|[^0-9a-fA-F]", "", dump)
        yield bytes.fromhex(digits[: len(digits) // 2 * 2]).decode("latin-1")
    joined = re.sub(r"\\n|[\s*`]", "", text)
    for run in {*_CODED.findall(text), *_CODED.findall(joined)}:
        for at in range(8):
            part = run[at : at + (len(run) - at) // 4 * 4].translate(str.maketrans("-_", "+/"))
            with suppress(binascii.Error, ValueError):
                yield base64.b64decode(part + "==").decode("latin-1")
            letters = run[at : at + (len(run) - at) // 8 * 8].upper()
            with suppress(binascii.Error, ValueError):
                yield base64.b32decode(letters).decode("latin-1")
            with suppress(ValueError):
                yield bytes.fromhex(run[at : at + (len(run) - at) // 2 * 2]).decode("latin-1")
