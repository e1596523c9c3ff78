"""Names that came from outside, made fit to be shown, to stand in a URL and to be a download's name."""

from __future__ import annotations

import unicodedata
from urllib.parse import unquote

__all__ = ["clean_text", "display_name", "extension", "form_name", "result_name"]

_LONGEST = 200
"""Bytes: file systems allow 255, and a client may want to add to the name."""
_LONGEST_EXTENSION = 10
_MOST_READ = 1000
"""Characters of a name that are looked at: putting accents in order takes the square of their number."""


def display_name(sent: str) -> str:
    r"""The last part of a path as a name of at most 200 bytes, its extension kept; `clip` if nothing is left.

    >>> display_name("../../etc/pass\r\nwd.mp4"), display_name("C:\\clips\\a.MOV")
    ('passwd.mp4', 'a.MOV')
    """
    last = _ends(sent.replace("\\", "/").rpartition("/")[2])
    # Category C: controls, direction overrides (they make gpj.exe look like exe.jpg), lone surrogates.
    kept = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    stem, dot, tail = kept.strip().rpartition(".")
    if not dot or not stem.strip(". "):
        return _short((stem or tail).strip(". "), _LONGEST) or "clip"
    tail = _short(tail, _LONGEST_EXTENSION)
    return f"{_short(stem.strip('. '), _LONGEST - len(tail.encode()) - 1)}.{tail}"


def extension(name: str) -> str:
    """The extension in lower case without the dot; "" if there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def result_name(title: str, suffix: str) -> str:
    """A file name for an export of this title: nothing in it that a file system or a shell takes amiss."""
    plain = "".join(c if c.isalnum() or c in " ._-()" else " " for c in display_name(title))
    return f"{_short(' '.join(plain.split()).strip('. '), 80) or 'video'}.{suffix}"


def clean_text(text: str) -> str:
    """Text without lone surrogates, which JSON can hold but neither UTF-8 nor the database."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def form_name(sent: bytes) -> str:
    """The file name of a multipart part: UTF-8, the three characters that forms escape (WHATWG) put back."""
    text = sent.decode("utf-8", "replace")
    for escaped in ("%22", "%0D", "%0A"):
        text = text.replace(escaped, unquote(escaped))
    return text


def _ends(name: str) -> str:
    """The name; of one that is far too long its beginning and its extension."""
    if len(name) <= _MOST_READ:
        return name
    return name[:_MOST_READ] + name[-_LONGEST_EXTENSION - 1 :]


def _short(text: str, most: int) -> str:
    return text.encode()[:most].decode("utf-8", "ignore").strip()
