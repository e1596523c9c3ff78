"""How interlaced clips become whole pictures: as many a second as there are, or one of each field."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.studio.timeline.clip import read
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.grid import FrameGrid
from nemo_widgets.studio.words import Said

from .edit import Edit, Outcome

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.world import World

__all__ = ["Deinterlace"]

_MOST = Fraction(60)
"""Pictures a second: what players show."""


@dataclass(frozen=True, slots=True)
class Deinterlace(Edit):
    """Interlaced clips are deinterlaced by themselves; `double` shows each of their fields.

    The film has twice as many pictures a second then, up to 60, and motion is as smooth as it was filmed.
    """

    double: bool = True
    name: ClassVar[str] = "deinterlace"
    touches: ClassVar[str] = "picture"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Set the film's rate; see `Edit.apply`."""
        if not read(draft):
            raise EditRefused(
                Said("There is no clip yet. Nothing was changed.", "还没有片段。没有做任何改动。")
            )
        rate = FrameGrid.of(draft).fps
        args = {"double": self.double}
        if not self.double:
            said = Said("Interlaced clips are deinterlaced by themselves, at the rate that they have.",
                        "隔行扫描的片段会自动去隔行，帧率不变。")  # fmt: skip
            return Outcome(draft, said, "deinterlace", args, {"status": "unchanged"})
        if 2 * rate > _MOST:
            said = Said(f"The film has {_told(rate)} pictures a second already.",
                        f"成片已经是每秒 {_told(rate)} 帧。")  # fmt: skip
            return Outcome(draft, said, "deinterlace", args, {"status": "unchanged"})
        new, twice = copy.deepcopy(draft), 2 * rate
        new.setdefault("m", {})["fps"] = twice.numerator if twice.denominator == 1 else str(twice)
        said = Said(f"The film has {_told(twice)} pictures a second now, one of each interlaced field.",
                    f"成片现在每秒 {_told(twice)} 帧：隔行扫描的片段每一场都会显示。")  # fmt: skip
        return Outcome(new, said, "deinterlace", args, {"status": "success", "fps": float(twice)})


def _told(rate: Fraction) -> str:
    return f"{float(rate):.4g}"
