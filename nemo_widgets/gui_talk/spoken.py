"""Which lines of a Markdown text the agent says itself, and the text with these said anew.

Fences, tables, block quotes and the items under 'Here is the script:' are content, and stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["said_anew"]

_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_APART = re.compile(r"\s{0,3}(?:>|\|)|\t|\s*\|.*\|\s*$")
_ITEM = re.compile(r"(\s*)(?:[-*+•]\s|(\d{1,3})([.)、]))")
_MARK = re.compile(r"\s*(?:[-*+•]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)、]\s*(?!\d)|#{1,6}\s+)?")
_LONGEST = 500
"""In characters: a line that is longer announces nothing."""
_CITES = re.compile(
    r"^(?!\W*(?:to|how\s+to|here's\s+how|if\s+you|you\s+can|next)\b).*\b(?:tutorial|recording|presenter|speaker|narrator|covers?|"
    r"explains?|walks?|demonstrates?|shows?\s+how|captions?|titles?|subtitles?|texts?|scripts?|scenes?|shots?|storyboards?|voice-?overs?|narrations?|lines?|lyrics|chapters?|"
    r"says?|reads?|words?|overlays?|quotes?|slides?|outline|dialogue)\b[^.!?]*:\W*$|"
    r"(?:字幕|标题|文案|旁白|脚本|分镜|台词|画外音|歌词|章节|镜头|教程|讲解|演示|介绍|录屏)[^。！？]*[：:]\W*$",
    re.IGNORECASE,
)


def said_anew(text: str, say: Callable[[str, bool], str]) -> str:
    """The text with what `say` makes of each line of the agent's own words.

    `say(body, last)` gets a line without its list mark; a line that it empties goes, and the numbers of
    the items behind it close up.
    """
    lines = text.split("\n")
    found: list[str] = []
    fence = ""
    cites = False
    gone: dict[str, int] = {}
    for i, raw in enumerate(lines):
        opened = _FENCE.match(raw)
        item = _ITEM.match(raw)
        if opened:
            fence = "" if fence and raw.strip().startswith(fence) else fence or opened[1]
        elif not fence and raw.strip():
            announces = raw.rstrip(" *_").endswith((":", "："))
            announces = announces and len(raw) <= _LONGEST and _CITES.search(raw) is not None
            cites = announces or (cites and (item is not None or raw[:1] in " \t"))
        if not item and raw.strip():
            gone.clear()
        mark = _MARK.match(raw)
        lead = mark.group() if mark else ""
        body = raw[len(lead) :]
        its_own = not (opened or fence or cites or _APART.match(raw))
        told = say(body, i == len(lines) - 1) if its_own else body
        if told == body:
            found.append(_renumbered(raw, item, gone))
        elif told.strip():
            found.append(_renumbered(lead + told, item, gone))
        else:
            if item and item[2]:
                gone[item[1]] = gone.get(item[1], 0) + 1
            _drop_line(
                found, last=i == len(lines) - 1, blank_next=i + 1 < len(lines) and not lines[i + 1].strip()
            )
    result = "\n".join(found)
    return result if result != text else text


def _renumbered(raw: str, item: re.Match[str] | None, gone: dict[str, int]) -> str:
    """An item of a numbered list from which items before it were dropped."""
    if not item or not item[2] or not gone.get(item[1]):
        return raw
    return f"{item[1]}{int(item[2]) - gone[item[1]]}{item[3]}{raw[item.end() :]}"


def _drop_line(found: list[str], *, last: bool, blank_next: bool) -> None:
    """Leave no two blank lines where a line was dropped between them, and none at the end."""
    if last or blank_next:
        while found and not found[-1].strip():
            found.pop()
