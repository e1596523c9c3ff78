"""The edit that writes each clip's name on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import duration
from nemo_widgets.studio.timeline.clip import read
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.refs import bounds
from nemo_widgets.studio.timeline.time_range import TimeRange
from nemo_widgets.studio.words import Said

from .edit import Edit, Outcome
from .lettering import Lettering
from .texts import Kind, name_of
from .titles import AddTitle

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.world import World

__all__ = ["LabelClips"]

_AS_USUAL = Lettering()
_LISTED = 6


@dataclass(frozen=True, slots=True)
class LabelClips(Edit):
    """Each clip's name over its first `length_ms`, or all of a shorter one; None is all of every clip."""

    length_ms: int | None = 3000
    style: Kind = "title"
    look: Lettering = _AS_USUAL
    name: ClassVar[str] = "label_clips"
    subject: ClassVar[str] = "title"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Write the names; see `Edit.apply`."""
        shots = read(draft)
        edges = bounds(shots)
        names = [spelt(shot.name) for shot in shots]
        if not shots or not all(names):
            raise EditRefused(Said("A clip here has no name to write. Nothing was changed.",
                                   "有片段没有可写的名字。没有做任何改动。"))  # fmt: skip
        new, outcome = draft, None
        for name, low, high in zip(names, edges, edges[1:], strict=False):
            end = high if self.length_ms is None else min(high, low + self.length_ms)
            outcome = AddTitle(name, TimeRange(low, end), self.look, self.style).apply(new, world)
            new = outcome.draft
        told = ", ".join(f"“{name}”" for name in names[:_LISTED])
        more = len(names) - _LISTED
        long = "" if self.length_ms is None else f", {duration(self.length_ms)} each"
        zh = "" if self.length_ms is None else f"，各 {duration(self.length_ms, zh=True)}"
        rest = f" and {more} more" if more > 0 else ""
        others = f"等 {len(names)} 个" if more > 0 else ""
        what = name_of(self.style)
        said = Said(
            f"Wrote each clip's name on it as a {what.en}: {told}{rest}{long}.",
            f"用{what.zh}在每个片段上写了名字：{told.replace(', ', '、')}{others}{zh}。",
        )
        args: dict[str, Any] = {"texts": names}
        args |= {} if self.length_ms is None else {"length": self.length_ms / 1000}
        return Outcome(new, said, "label_clips", args, {"status": "success", "texts": len(names)})


def spelt(name: str) -> str:
    """A file's name as one writes it.

    >>> spelt("beach_day.mp4"), spelt("harbour.mp4")
    ('Beach day', 'Harbour')
    """
    bare, dot, ending = name.rpartition(".")
    words = " ".join(re.split(r"[\s_-]+", bare if dot and len(ending) <= 4 else name)).strip()  # noqa: PLR2004 - webm
    return words[:1].upper() + words[1:]
