"""Texts that programs have spoilt: UTF-8 that was taken for a code page, and two encodings in one file."""

from __future__ import annotations

__all__ = ["begun_utf8", "mended_twice", "nearly_utf8", "utf8_lines"]

_TAKEN_FOR = ("cp1252", "cp1251", "cp1250", "mac_roman")
"""Code pages for which UTF-8 is taken by mistake."""
_LEAST = 3
"""Foreign characters of UTF-8 that are no accident."""
_DAMAGED = 4
"""Whole characters for each that is damaged in a line that is UTF-8 all the same."""
_SHARE = 4
"""At least one of so many lines with foreign letters is in UTF-8 where a file has both."""


def mended_twice(text: str) -> str:
    """A text whose letters were encoded twice, as it was before; "" where it is no such text.

    No language has letters that are UTF-8 throughout once they are written in a code page.
    """
    if text.isascii():
        return ""
    for encoding in _TAKEN_FOR:
        try:
            mended = b"".join(_byte(character, encoding) for character in text).decode("utf-8")
        except UnicodeError:
            continue
        return mended.removeprefix("\ufeff")
    return ""


def _byte(character: str, encoding: str) -> bytes:
    """The byte that was read as this character; one that means nothing in a code page was kept."""
    try:
        return character.encode(encoding)
    except UnicodeEncodeError:
        if "\x80" <= character <= "\x9f":
            return character.encode("latin-1")
        raise


def utf8_lines(data: bytes) -> list[bool]:
    """Of each line of a file whether it is in UTF-8, where some are and some are not; else nothing."""
    lines = data.split(b"\n")
    told = [_foreign(line) for line in lines]
    good = [count for count in told if count > 0]
    bad = told.count(-1)
    if not bad or sum(good) < _LEAST or len(good) * _SHARE < len(good) + bad:
        return []
    return [count >= 0 for count in told]


def _foreign(line: bytes) -> int:
    """The number of a line's characters that are not ASCII, -1 where it is not in UTF-8, not even mostly."""
    foreign = [character for character in line.decode("utf-8", "replace") if character > "\x7f"]
    damaged = foreign.count("\ufffd")
    good = len(foreign) - damaged
    return good if damaged * _DAMAGED <= good else -1


def begun_utf8(data: bytes) -> list[str]:
    """The text in UTF-8 without the character within which it ends; none where it does not end so."""
    try:
        data.decode("utf_8")
    except UnicodeDecodeError as error:
        begun = data[: error.start]
        if error.reason == "unexpected end of data" and not begun.isascii():
            return [begun.decode("utf_8")]
    return []


def nearly_utf8(data: bytes) -> bool:
    """Whether it is UTF-8 but for a few bytes, as after a cut in the middle of a character."""
    text = data.decode("utf-8", "replace")
    good = sum(character > "\x7f" for character in text) - (bad := text.count("\ufffd"))
    return bad * 20 <= good
