"""Encodings of texts by the names that people and Python have for them."""

from __future__ import annotations

import codecs
import re

__all__ = ["encoding_name", "named_encoding"]

_NAMES = {
    "cp932": "Shift-JIS", "euc_jp": "EUC-JP", "cp949": "EUC-KR", "gb18030": "GB18030", "big5hkscs": "Big5",
    "koi8_r": "KOI8-R", "koi8_u": "KOI8-U", "utf_8": "UTF-8", "utf_16_le": "UTF-16", "utf_16_be": "UTF-16",
    "utf_32": "UTF-32", "utf_32_le": "UTF-32", "utf_32_be": "UTF-32", "utf_16": "UTF-16",
    "iso2022_jp_ext": "ISO-2022-JP", "iso2022_kr": "ISO-2022-KR", "tis_620": "TIS-620",
    "mac_cyrillic": "MacCyrillic", "mac_roman": "Mac Roman", "mac_latin2": "Mac Central European",
    "mac_turkish": "Mac Turkish", "mac_greek": "Mac Greek", "mac_croatian": "Mac Croatian",
    "mac_romanian": "Mac Romanian", "mac_iceland": "Mac Icelandic",
}  # fmt: skip
_MEANT = {
    "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs", "gb2312": "gb18030", "gbk": "gb18030",
    "cp936": "gb18030", "cp950": "big5hkscs", "iso8859_1": "cp1252", "ascii": "cp1252",
    "iso2022_jp": "iso2022_jp_ext",
}  # fmt: skip
"""What people call so is often more than that."""


def named_encoding(name: str) -> str:
    """Python's name for an encoding that somebody names, `cp1251` for `Windows-1251`; "" for none."""
    plain = re.sub(r"[\s_-]+", "-", name.strip().lower())[:40].removeprefix("x-")
    mac = re.sub(r"^mac(?:intosh)?-?(?:os)?-?(?=[a-z])", "mac_", plain)
    mac = re.sub(r"^mac_(?:ce|cent\w*-?europ\w*|latin-2)$", "mac_latin2", mac).replace("icelandic", "iceland")
    page = re.sub(r"^(?:windows|win|ms|dos|ibm|cp|code-?page)-?(\d+)$", r"cp\1", plain)
    for tried in (plain, page, mac, plain.replace("-", ""), re.sub(r"^koi8-?", "koi8-", plain)):
        try:
            found = codecs.lookup(tried).name.replace("-", "_")
        except (LookupError, UnicodeError, ValueError):
            continue
        try:
            "a".encode(found)
        except LookupError:  # it is a codec, but none of texts
            continue
        return _MEANT.get(found, found)
    return ""


def encoding_name(encoding: str) -> str:
    """What people call an encoding that Python has this name for: `Shift-JIS` for `cp932`."""
    return _NAMES.get(encoding, encoding.replace("_", "-"))
