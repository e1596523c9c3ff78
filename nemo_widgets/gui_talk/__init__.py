"""GUI talk: what the agent says to someone before a window, told to someone before a notebook.

The cloud's agent believes that its user sits before a GUI (protocol §11) and says 'click the Export
button' or 点击“导出”按钮. Such an instruction is replaced by what can be typed here, or left out where a
click is done through the API. What is said of the video's content stays, word for word; so does whatever
may not be an instruction to the reader.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .hint import HINT

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["translate"]

_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_APART = re.compile(r"\s{0,3}(?:>|\|)|\t|\s*\|.*\|\s*$")
_ITEM = re.compile(r"(\s*)(?:[-*+•]\s|(\d{1,3})([.)、]))")
_CITES = re.compile(
    r"^(?!\W*(?:to|how\s+to|here's\s+how|if\s+you|you\s+can|next)\b).*\b(?:tutorial|recording|presenter|speaker|narrator|covers?|"
    r"explains?|walks?|demonstrates?|shows?\s+how|captions?|titles?|subtitles?|texts?|scripts?|scenes?|shots?|storyboards?|voice-?overs?|narrations?|lines?|lyrics|chapters?|"
    r"says?|reads?|words?|overlays?|quotes?|slides?|outline|dialogue)\b[^.!?]*:\W*$|"
    r"(?:字幕|标题|文案|旁白|脚本|分镜|台词|画外音|歌词|章节|镜头|教程|讲解|演示|介绍|录屏)[^。！？]*[：:]\W*$",
    re.IGNORECASE,
)


def translate(text: str, *, changed: Sequence[str] = (), final: bool = True) -> str:
    """The agent's Markdown, with instructions about a GUI replaced by what holds in a notebook.

    Args:
        text: what the agent said so far, English, Chinese or both.
        changed: sentences that say what the turn changed; one that concerns an instruction takes its place.
        final: whether this is all. If not, a sentence without its end is left as it is for now.

    >>> translate("All set! Click the **Export** button to download it.")
    'All set! Export it with `%nemo export`.'
    >>> translate('The title now says "Click here".')
    'The title now says "Click here".'
    """
    if not HINT.search(text):
        return text
    from .lines import PREFIX, line

    lines = text.split("\n")
    found: list[str] = []
    done = frozenset[str]()
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
            cites = (announces and _CITES.search(raw) is not None) or (
                cites and (item is not None or raw[:1] in " \t")
            )
        if not item and raw.strip():
            gone.clear()
        if opened or fence or cites or _APART.match(raw) or not HINT.search(raw):
            found.append(_renumbered(raw, item, gone))
            continue
        prefix = PREFIX.match(raw)
        mark = prefix.group() if prefix else ""
        body = raw[len(mark) :]
        told, done = line(body, tuple(changed), done, whole=final or i < len(lines) - 1)
        if told == body:
            found.append(_renumbered(raw, item, gone))
        elif told.strip():
            found.append(_renumbered(mark + told, item, gone))
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
