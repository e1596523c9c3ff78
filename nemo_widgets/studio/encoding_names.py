"""Encodings of texts by the names that people and Python have for them."""

from __future__ import annotations

import codecs
import re

__all__ = ["encoding_name", "named_encoding"]

_NAMES = {
    "cp932": "Shift-JIS", "euc_jp": "EUC-JP", "cp949": "EUC-KR", "gb18030": "GB18030", "big5hkscs": "Big5",
    "koi8_r": "KOI8-R", "koi8_u": "KOI8-U", "utf_8": "UTF-8", "utf_16_le": "UTF-16", "utf_16_be": "UTF-16",
    "mac_cyrillic": "MacCyrillic",
}  # fmt: skip
_MEANT = {
    "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs", "gb2312": "gb18030", "gbk": "gb18030",
    "cp936": "gb18030", "cp950": "big5hkscs", "iso8859_1": "cp1252", "ascii": "cp1252",
}  # fmt: skip
"""What people call so is often more than that."""


def named_encoding(name: str) -> str:
    """Python's name for an encoding that somebody names, `cp1251` for `Windows-1251`; "" for none."""
    plain = re.sub(r"[\s_-]+", "-", name.strip().lower())[:40]
    for tried in (plain, re.sub(r"^(?:windows|win|ms|cp|code-?page)-?(\d+)$", r"cp\1", plain)):
        try:
            found = codecs.lookup(tried).name.replace("-", "_")
        except (LookupError, UnicodeError, ValueError):
            continue
        try:
            b"".decode(found)
        except LookupError:  # it is a codec, but none of texts
            continue
        return _MEANT.get(found, found)
    return ""


def encoding_name(encoding: str) -> str:
    """What people call an encoding that Python has this name for: `Shift-JIS` for `cp932`."""
    return _NAMES.get(encoding, encoding.replace("_", "-"))
