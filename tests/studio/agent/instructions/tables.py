"""All the tables, by theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.agent.instructions import (
    arranging,
    chains,
    chatting,
    conversation,
    lengths,
    loosely,
    nothing,
    pauses_and_highlights,
    picture,
    sound,
    sparing,
    text,
    wordings,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.agent.instructions.judging import Row

TABLES: dict[str, Sequence[Row]] = {
    module.__name__.rsplit(".", 1)[1]: module.ROWS
    for module in (
        arranging,
        picture,
        sound,
        sparing,
        text,
        pauses_and_highlights,
        conversation,
        chains,
        chatting,
        lengths,
        loosely,
        nothing,
        wordings,
    )
}
