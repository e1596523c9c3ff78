"""Answers of a scripted backend in other forms than its own."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .faults import hits
from .talking import Answer

if TYPE_CHECKING:
    from .faults import Only

__all__ = ["Form"]


@dataclass(slots=True, eq=False)
class Form:
    """What is said instead of the usual answer. Made by `ScriptedBackend.answer`, which explains the fields.

    Attributes:
        taken: how many answers had it so far.
    """

    only: Only
    told: Any
    status: int
    kind: str
    times: int | None
    works: bool
    taken: int = field(default=0, init=False)

    def takes(self, line: str) -> bool:
        """Whether the answer to the next request with this line has it; that answer is counted."""
        if (self.times is not None and self.taken >= self.times) or not hits(self.only, line):
            return False
        self.taken += 1
        return True

    def of(self, usual: Answer) -> Answer:
        """The answer in this form."""
        if isinstance(self.told, bytes):
            return Answer(self.told, self.status, self.kind)
        told = self.told(json.loads(usual.body)) if callable(self.told) else self.told
        return Answer(Answer.of(told).body, self.status, self.kind)
