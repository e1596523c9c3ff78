"""Bringing back what an earlier edit took away, while what was done since stays."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from nemo_widgets.draft import AUDIO, TEXT
from nemo_widgets.studio.timeline.clip import length_of
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.ripple import settle
from nemo_widgets.studio.words import Said

from .edit import Edit, Outcome

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.world import World

__all__ = ["PutBack"]

_TRACKS = {"music": (AUDIO, "the music", "音乐"), "title": (TEXT, "the title", "标题")}


@dataclass(frozen=True, slots=True)
class PutBack(Edit):
    """The music or the titles as the last version had them that had any."""

    what: Literal["music", "title"]
    name: ClassVar[str] = "put_back"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Bring the tracks back; see `Edit.apply`."""
        kind, en, zh = _TRACKS[self.what]
        if _of(draft, kind):
            said = Said(f"{en.capitalize()} is there.", f"{zh}还在。")
            return Outcome(draft, said, "put_back", {}, {"status": "unchanged"})
        old = next((v.data for v in reversed(world.history) if _of(v.data, kind)), None)
        if old is None:
            raise EditRefused(
                Said(
                    f"There was no {en.removeprefix('the ')} to put back. Nothing was changed.",
                    f"之前没有{zh}可以恢复。没有做任何改动。",
                )
            )
        new = copy.deepcopy(draft)
        for at, track in enumerate(old["t"]):
            if track in _of(old, kind):
                new["t"].insert(min(at, len(new["t"])), copy.deepcopy(track))
        new = settle(new, length_of(old), world.media)
        said = Said(f"Put {en} back.", f"已恢复{zh}。")
        return Outcome(new, said, "put_back", {"what": self.what}, {"status": "success"})


def _of(draft: dict[str, Any], kind: int) -> list[dict[str, Any]]:
    return [t for t in draft.get("t", []) if isinstance(t, dict) and t.get("tt") == kind and t.get("sg")]
