"""Answers to questions about what has to be looked for first: are there silences, when is the kiss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nemo_widgets.draft import clock
from nemo_widgets.studio.timeline.track_ops import merge
from nemo_widgets.studio.words import Said

from .edits.finding import FOUND, filmed, found_ranges, shown_ranges
from .edits.pauses import PauseOptions, Quiet, pause_questions
from .world import Question

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from typing import Any

    from .edits.finding import Findable
    from .listening import Listened
    from .world import Step, World

__all__ = ["LOOKED_FOR", "look_for", "whereabouts"]

_MOST = 12
_KINDS: dict[str, Findable] = {"kisses": "kiss", "black": "black", "blurry": "blurry", "frozen": "frozen"}
LOOKED_FOR = ("pauses", *_KINDS)
"""What a question may ask about that is not known before the sources are looked at."""


_PAUSES = PauseOptions(padding_ms=0)


@dataclass(frozen=True, slots=True)
class _Looking:
    """What an answer has to be found for."""

    about: str

    def questions(self, draft: dict[str, Any], world: World) -> Sequence[Question]:
        """The analysis of each source."""
        if self.about == "pauses":
            return pause_questions(draft, world, _PAUSES)
        return [Question(FOUND[_KINDS[self.about]][0], src) for src in filmed(draft, world)]


def look_for(about: str, listened: Listened, heartbeat_s: float) -> Generator[Step, None, None]:
    """Find what the answer needs."""
    draft = listened.draft.data
    yield from listened.listen(_Looking(about), draft, heartbeat_s)


def whereabouts(about: str, draft: dict[str, Any], world: World) -> Said:
    """Where on the timeline that is which was looked for."""
    if about == "pauses":
        ranges = Quiet(draft, world, _PAUSES).ranges(draft, [], 0)
        en, zh = "pause", "停顿"
    else:
        what = _KINDS[about]
        kind, en, zh = FOUND[what]
        ranges = merge(
            [
                piece
                for src in filmed(draft, world)
                for start, end in found_ranges(what, world.find(Question(kind, src)))
                for piece in shown_ranges(draft, src, start, end)
            ]
        )
    if not ranges:
        return Said(f"I found no {en}.", f"没有找到{zh}。")
    ranges = sorted(ranges)
    many = len(ranges)
    listed = [f"{clock(a)}–{clock(b)}" for a, b in ranges[:_MOST]]
    more = many - len(listed)
    tail = (f" and {more} more" if more else "", f"，另外 {more} 处" if more else "")
    plural = f"{many} {en}{'es' if en.endswith('stretch') else 's'}"
    return Said(
        f"There {'is 1 ' + en if many == 1 else 'are ' + plural}: {', '.join(listed)}{tail[0]}.",
        f"有 {many} 处{zh}：{'、'.join(listed)}{tail[1]}。",
    )
