"""LosslessCut's projects (`.llc`): which parts of one file are kept."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.draft.layout import main_track, tracks_of
from nemo_widgets.draft.values import dicts, number, text
from nemo_widgets.json_text import read as read_json

from .cut import file_name, line_of
from .frames import draft_of
from .losses import missed

if TYPE_CHECKING:
    from .cut import Cut
    from .losses import Losses

__all__ = ["read", "write"]

_VERSION = 2
_STRING = r"""(?P<string>"(?:[^"\\\n]++|\\.)*+"?|'(?:[^'\\\n]++|\\.)*+'?)"""
_COMMENT = re.compile(rf"{_STRING}|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_ODD = re.compile(rf"{_STRING}|,(?=\s*+[}}\]])|(?<![\w$])(?P<key>[A-Za-z_$][\w$]*+)(?=\s*+:)", re.DOTALL)
"""What JSON5 writes otherwise than JSON: single quotes, a comma behind the last item, bare keys."""
_QUOTED = re.compile(r"\\(?P<escaped>.)|\"", re.DOTALL)
_LARGEST = 20_000_000


def write(cut: Cut, data: dict[str, Any], losses: Losses) -> bytes:
    """The parts of the file of which most is shown, in the order in which they are shown.

    Raises:
        ValueError: nothing of a file is on the timeline.
    """
    main = main_track(data)
    clips = [s for s in tracks_of({"t": [main]})[0].segments if s.src and s.duration_ms > 0] if main else []
    played: Counter[str] = Counter()
    for s in clips:
        played[s.src] += s.duration_ms
    if not played:
        raise ValueError(say("formats.nothing"))
    source = max(played, key=lambda src: played[src])
    missed(cut, {"video", "audio"} if not cut.of("video") else {"video"}, losses)
    if others := sum(s.src != source for s in clips):
        losses.add("sources", count=others)
    if any(a.end_ms != b.start_ms for a, b in pairwise(clips)):
        losses.add("order")
    parts = [
        {
            "start": (s.in_ms or 0) / 1000,
            "end": round((s.in_ms or 0) + s.duration_ms * s.speed) / 1000,
            "name": line_of(s.name),
        }
        for s in clips
        if s.src == source
    ]
    project = {
        "version": _VERSION,
        "mediaFileName": line_of(file_name(cut.path(source))),
        "cutSegments": parts,
    }
    return (json.dumps(project, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def read(content: bytes, losses: Losses, *, fps: Any = None) -> dict[str, Any]:
    """The draft in which the parts of a project follow each other.

    Raises:
        ValueError: it is no project, or keeps no part whose end is known.
    """
    told = content[:_LARGEST].decode("utf-8-sig", "replace")
    try:
        project = read_json(_ODD.sub(_as_json, _COMMENT.sub(lambda found: found["string"] or " ", told)))
    except ValueError as error:
        raise ValueError(say("formats.unreadable", format="LLC", why=str(error)[:200])) from None
    source = text(project.get("mediaFileName")) if isinstance(project, dict) else ""
    rows, unread = [], Counter[str]()
    for part in dicts(project.get("cutSegments")) if source else ():
        start, end = number(part.get("start")) or 0.0, number(part.get("end"))
        if part.get("selected") is False:
            unread["disabled clip"] += 1
        elif end is None or round(end * 1000) <= round(start * 1000) or start < 0:
            unread["clip without an end"] += 1
        else:
            times = {"in_ms": round(start * 1000), "out_ms": round(end * 1000)}
            rows.append({"source": source, "name": text(part.get("name")) or None, **times})
    for what, count in unread.items():
        losses.add("unread", what=say(f"loss.a {what}"), count=count)
    if not rows:
        raise ValueError(say("formats.no timeline", format="LLC"))
    return draft_of(
        [{key: value for key, value in row.items() if value is not None} for row in rows], fps=fps
    )


def _as_json(found: re.Match[str]) -> str:
    if key := found["key"]:
        return f'"{key}"'
    string = found["string"] or ""
    if string[:1] != "'":
        return string
    inside = string[1:].removesuffix("'")
    return f'"{_QUOTED.sub(_escaped, inside)}"'


def _escaped(found: re.Match[str]) -> str:
    if found["escaped"] is None:
        return '\\"'
    return "'" if found["escaped"] == "'" else found[0]
