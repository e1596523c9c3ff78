"""Captions that roll: each says again what stands above it, as automatic ones on the web do."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .cues import Correction
from .markup import plain

if TYPE_CHECKING:
    from .cues import Line

__all__ = ["unrolled"]

_INLINE = re.compile(r"<(?:\d{1,3}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}>")
"""When the next word is spoken: only what rolls has that."""
_NEAR_MS = 150
"""Cues of one row follow each other within this."""
_BRIEF_MS = 60
"""A cue that is shown no longer than this holds a line still for the next one to push it up."""
_MOST_LINES = 4
"""Lines of a cue that are compared."""


def unrolled(cues: list[Line], corrections: list[Correction], *, vtt: bool) -> list[Line]:
    """The cues with each line once, where they roll; else as they are.

    Words that are marked one after the other in the same line, as Whisper writes them, are one cue, too.
    """
    texts = [plain(cue.text, vtt=vtt).split("\n") for cue in cues]
    shared = [0, *(_shared(texts[n - 1], texts[n]) for n in range(1, len(cues)))]
    follows = [n > 0 and abs(cues[n].start - cues[n - 1].end) <= _NEAR_MS for n in range(len(cues))]
    marked = [
        follows[n] and texts[n] == texts[n - 1] and cues[n].text != cues[n - 1].text for n in range(len(cues))
    ]
    rolled = [n for n in range(len(cues)) if follows[n] and 0 < shared[n] < len(texts[n])]
    rolls = len(rolled) > 1 or any(_INLINE.search(cue.text) for cue in cues)
    out: list[Line] = []
    for n, cue in enumerate(cues):
        brief = cue.end - cue.start <= _BRIEF_MS
        again = shared[n] if follows[n] and rolls and (shared[n] < len(texts[n]) or brief) else 0
        if marked[n] or (again and again == len(texts[n])):
            out[-1] = replace(out[-1], end=max(out[-1].end, cue.end))
        elif again:
            out.append(replace(cue, text="\n".join(texts[n][again:])))
        else:
            out.append(cue)
            continue
        corrections.append(Correction(cue.line, "repeat"))
    return out


def _shared(before: list[str], here: list[str]) -> int:
    """How many lines at the end of the one stand at the beginning of the other."""
    for count in range(min(len(before), len(here), _MOST_LINES), 0, -1):
        if before[-count:] == here[:count] and here[0]:
            return count
    return 0
