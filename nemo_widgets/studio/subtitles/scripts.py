"""ASS and SSA: the events of a script as cues, without their styles, positions, drawings and comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .cues import Correction, Line

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["is_script", "read_script"]

_HEAD = re.compile(r"\[script info\]|\[v4\+? styles\+?\]|\[events\]", re.IGNORECASE)
_ENTRY = re.compile(r"(dialogue|format)[ \t]*:", re.IGNORECASE)
_CLOCK = re.compile(r"[ \t]{0,9}(\d{1,3}):(\d{1,2}):(\d{1,2})(?:[.:,](\d{1,3}))?[ \t]{0,9}")
_BLOCK = re.compile(r"\{([^{}]*)\}")
_DRAWS = re.compile(r"\\p(\d{1,3})")
_BREAK = re.compile(r"\\[Nn]")
_FIELDS = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")
"""The fields of an event where no `Format` names them."""
_SIXTY = 60


def is_script(lines: list[str]) -> bool:
    """Whether a file's lines are those of an ASS or SSA script."""
    first = next((line.strip() for line in lines if line.strip()), "")
    return _HEAD.match(first) is not None or first.lower().startswith("dialogue:")


def read_script(lines: list[str], corrections: list[Correction]) -> Iterator[Line]:
    """The script's dialogue; what can't be read is added to `corrections`.

    What several layers say at the same time, as an outline and its filling do, comes once.
    """
    fields, events = list(_FIELDS), False
    before: set[tuple[int, int, str]] = set()
    for at, line in enumerate(lines, 1):
        if line.startswith("["):
            events = line.strip().lower() == "[events]"
        entry = _ENTRY.match(line)
        if entry is None:
            continue
        rest = line[entry.end() :]
        if entry[1].lower() == "format":
            named = [name.strip().lower() for name in rest.split(",")]
            fields = named if events and {"start", "end", "text"} <= set(named) else fields
            continue
        values = rest.split(",", len(fields) - 1)
        event = dict(zip(fields, values, strict=False))
        start, end = (_ms(event.get(name, "")) for name in ("start", "end"))
        if start is None or end is None or "text" not in event:
            corrections.append(Correction(at, "times"))
            continue
        text = _said(event["text"])
        if (start, end, text) not in before:
            before.add((start, end, text))
            yield Line(at, start, end, text)


def _ms(text: str) -> int | None:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds = (int(part) for part in match.groups()[:3])
    if minutes >= _SIXTY or seconds >= _SIXTY:
        return None
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int((match[4] or "0").ljust(3, "0"))


def _said(text: str) -> str:
    """The words of an event: overrides go, and so do drawings."""
    words: list[str] = []
    drawing, end = False, 0
    for block in _BLOCK.finditer(text):
        if not drawing:
            words.append(text[end : block.start()])
        for scale in _DRAWS.findall(block[1]):
            drawing = int(scale) > 0
        end = block.end()
    if not drawing:
        words.append(text[end:])
    return _BREAK.sub("\n", "".join(words)).replace("\\h", " ")
