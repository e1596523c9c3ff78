"""What an edit changed, in words: for the many that end without any, and for those that did two things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.draft import describe, stages
from nemo_widgets.reasons import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.draft import Change

__all__ = ["in_words", "is_two", "tool_failed"]


def is_two(found: Sequence[Change]) -> bool:
    """Whether a clip was generated and the agent then added to it by itself (protocol §4): two stages."""
    return len(stages(found)) > 1


def in_words(found: Sequence[Change], *, staged: bool = True) -> str:
    """The changes as a Markdown list; two stages, where there can be any, under a heading each."""
    told = stages(found) if staged or not found else [found]
    parts = [[f"- {line}" for line in describe(stage)] for stage in told]
    if len(parts) < 2:  # noqa: PLR2004 - one stage needs no heading
        return "\n".join(parts[0]) if parts and parts[0] else say("edit.nothing changed")
    first, *rest = parts
    then = [line for part in rest for line in part]
    return "\n".join([say("edit.first the clip"), "", *first, "", say("edit.then added"), "", *then])


def tool_failed(why: str) -> str:
    """A tool's failure as a sentence that says whose it is."""
    return sentence(why if " tool " in why or "工具" in why else say("edit.tool failed", why=why))
