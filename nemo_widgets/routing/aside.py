"""Quoted texts, file names and links put aside, so that no word inside them decides anything.

Each becomes two characters of Unicode's private use area: one that says what it is, one that says which.
"""

from __future__ import annotations

import re

from nemo_widgets.media_types import EXTENSION

__all__ = ["ANY_FILE", "FILE", "LINK", "PATH", "QUOTE", "name", "reveal", "veil"]

QUOTE, FILE, LINK = "\ue000", "\ue001", "\ue002"
"""The first character of a quoted text, a file's name, a link."""
ANY_FILE = f"[{FILE}{LINK}][\ue100-\uf8ff]"
"""As a regular expression: one file or link."""
PATH = re.compile(rf"{ANY_FILE}|(?<!\S)[\w./~\\-]+\.[a-z0-9]{{1,5}}(?!\S)", re.IGNORECASE)
"""A file or link, or what could be the name of a file of a sort that nobody takes."""

_FIRST, _LAST = 0xE100, 0xF8FF
_VERBS = "上传|导入|添加|加载|加入|打开"
_PUTS = "[存出换转][为到成]|名[为成叫是]|叫做|字[叫是]"
"""What stands between a verb and the name of a file that will be, two characters each."""
_SIZE = r"(?:[24]k|\d{3,4}p|高清|[高中低](?:质量|画质))"
_EXTENSION = rf"\.{EXTENSION}(?![\w.]*\w)"
_LONG = "{1,255}?"
"""As long as a name may be: each place where one could begin is looked at that far."""
_ASIDE = re.compile(
    # A quoted text holds no mark that opens one: else each of many that nothing closes is read to the end.
    r"(?P<link>https?://[^\s，。；“”\"']+[^\s，。；“”\"',.!?)])"
    r"|(?P<quote>“[^“”]*”|‘[^‘’]*’(?!\w)|「[^「」]*」|《[^《》]*》|\"[^\"]*\"|(?<!\w)'[^']*'(?!\w))"
    # Chinese has no space between the verb and the name.
    rf"|(?P<verb>{_VERBS}|(?:[另命取起]|文件)?(?:{_PUTS}))?"
    rf"(?P<file>(?<![\w./~\\-])(?:(?!{_VERBS}|导出|保存)[\w./~\\+*()-]){_LONG}{_EXTENSION}"
    rf"|(?<={_VERBS}|{_PUTS})(?!{_SIZE}的)[\w./~\\+*()-]{_LONG}{_EXTENSION}"
    rf"|(?<=[\u4e00-\u9fff])(?!\d+(?:秒|分))[A-Za-z0-9_./~\\+*()-]{_LONG}{_EXTENSION})",
    re.IGNORECASE,
)


def veil(text: str) -> tuple[str, list[str]]:
    """The text with everything of the sort put aside, and what was."""
    aside: list[str] = []

    def put(found: re.Match[str]) -> str:
        verb = found["verb"] or ""
        words = found.group().removeprefix(verb)
        if len(aside) > _LAST - _FIRST:
            return found.group()
        named = found["quote"] and re.search(_EXTENSION + "$", words[1:-1], re.IGNORECASE)
        sort = LINK if found["link"] else FILE if found["file"] or named else QUOTE
        aside.append(words)
        return verb + sort + chr(_FIRST + len(aside) - 1)

    return _ASIDE.sub(put, re.sub("[\ue000-\uf8ff]", " ", text)), aside


def reveal(veiled: str, aside: list[str]) -> str:
    """The text as it was."""
    return re.sub("[\ue000-\ue002]([\ue100-\uf8ff])", lambda m: aside[ord(m[1]) - _FIRST], veiled)


def name(source: str) -> str:
    """A file's name without its quotation marks."""
    return source[1:-1] if source[:1] in "“‘「《\"'" else source
