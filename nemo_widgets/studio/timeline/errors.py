"""Why an edit is not made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.words import Said

__all__ = ["EditRefused", "Unclear"]


class Unclear(Exception):
    """The edit could mean several things: a question, and choices that are instructions by themselves."""

    def __init__(self, said: Said, choices: Sequence[Said]) -> None:
        super().__init__(said.en)
        self.said = said
        self.choices = tuple(choices)


class EditRefused(Exception):
    """The edit was understood but can't be made; nothing of the message is carried out."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.en)
        self.said = said
