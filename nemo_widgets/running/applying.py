"""What an edit is called that makes a draft the timeline: by what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.draft import changes, describe
from nemo_widgets.printable import shortened

if TYPE_CHECKING:
    from nemo_widgets.draft import Draft

__all__ = ["request_of"]

_LONGEST = 300


def request_of(before: Draft, draft: Draft) -> str:
    """The words of an edit that makes `draft` of the timeline `before`."""
    told = " ".join(describe(changes(before, draft)))
    return shortened(say("apply.request", told=told) if told else say("apply.the same"), _LONGEST)
