"""The text of a cue without tags, marks of position and what nobody sees."""

from __future__ import annotations

import html
import re

__all__ = ["plain"]

_TAG = re.compile(r"</?(?:[biusc]|font|v|lang|ruby|rt)(?:[\s.=][^<>]*)?/?>|<[\d:.]+>", re.IGNORECASE)
_BREAK = re.compile(r"<br ?/?>|\\[Nn]", re.IGNORECASE)
_OVERRIDE = re.compile(r"\{\\[^{}]*\}|\{/?[bius]\}", re.IGNORECASE)
_NO_CHARACTER = re.compile(r"&#\d{20,};?")
"""A number that `html` would turn into one, which takes the square of its digits."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u2028\u2029\ufeff]")


def plain(text: str, *, vtt: bool) -> str:
    """The text as it is shown, in lines. In WebVTT entities such as `&amp;` are what they stand for."""
    bare = _TAG.sub("", _OVERRIDE.sub("", _BREAK.sub("\n", text)).replace("\\h", " "))
    if vtt:
        bare = html.unescape(_NO_CHARACTER.sub("\ufffd", bare))
    kept = (_UNSEEN.sub("", line.replace("\xa0", " ")).strip() for line in bare.split("\n"))
    return "\n".join(line for line in kept if line)
