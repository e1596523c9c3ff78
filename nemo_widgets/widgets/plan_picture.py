"""The plan of an export as a picture: the timeline, and below it what is copied, kept and encoded."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.interrupts import stoppable, to_thread
from nemo_widgets.languages import speaking, spoken
from nemo_widgets.plan_words import shares, summary

from .bundle import picture_bundle
from .canvas import AUDIO_COLOUR, OTHER_COLOUR, TEXT_COLOUR, VIDEO_COLOUR
from .timeline import WIDTH, Strip, timeline_png

if TYPE_CHECKING:
    from nemo_widgets.client import ExportPlan
    from nemo_widgets.draft import Bundle, Draft

__all__ = ["PlanPicture"]

_COLOURS = {"copy": AUDIO_COLOUR, "keep": VIDEO_COLOUR, "encode": TEXT_COLOUR, "still": OTHER_COLOUR}


class PlanPicture:
    """The picture of a plan, which a terminal shows as a line of words."""

    def __init__(self, draft: Draft, plan: ExportPlan) -> None:
        self._draft, self._plan, self._language = draft, plan, spoken()

    def __repr__(self) -> str:
        with speaking(self._language):
            return summary(self._plan)

    @property
    @stoppable
    def png(self) -> bytes:
        """The picture, twice as many pixels wide as it is shown."""
        return to_thread(lambda: self._png)

    @cached_property
    def _png(self) -> bytes:
        with speaking(self._language):
            return timeline_png(self._draft, strip=_strip(self._plan))

    @stoppable
    def _repr_mimebundle_(self, **_: Any) -> Bundle:
        return to_thread(self._bundle)

    def _bundle(self) -> Bundle:
        high = int.from_bytes(self._png[20:24], "big") // 2  # from its header
        return picture_bundle(self._png, repr(self), width=WIDTH, height=high)


def _strip(plan: ExportPlan) -> Strip | None:
    """The plan's stretches below the timeline; None for sound alone."""
    bars = [(each.start_ms, each.end_ms, _COLOURS.get(each.what, OTHER_COLOUR)) for each in plan.stretches]
    key = [(_COLOURS[what], say(f"plan.does {what}", share=f"{share:.0%}")) for what, share in shares(plan)]
    return Strip(tuple(bars), tuple(key)) if bars else None
