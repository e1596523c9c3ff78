"""What a state shows of an edit's work beside the timeline: the canvas, and what was generated (§7).

An edit may change these alone, and be paid for. They are no timeline, so that a change of theirs does not
say that the edit was made; but nobody may say then that it was not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nemo_widgets.client import State

__all__ = ["beside", "news_beside"]

_SAID = {"canvas": "the canvas has changed", "generated": "something was generated"}


def beside(state: State) -> dict[str, str]:
    """The fingerprints of what a state holds beside the timeline, by its name; none of what is empty."""
    held = {"canvas": state.canvas, "generated": state.generated_media}
    return {name: fingerprint(value) for name, value in held.items() if value}


def news_beside(before: Mapping[str, Any] | None, now: State) -> str:
    """What has changed since `before`, in words; "" where nothing has, or where that is not known.

    A state that does not hold it tells nothing of it: any key may be missing (§7).
    """
    if before is None:
        return ""
    return " and ".join(_SAID[name] for name, print_ in beside(now).items() if before.get(name) != print_)
