"""An upload that is over before all had arrived: what another run has to know to send the rest of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nemo_widgets.journal import Record

__all__ = ["Earlier"]


@dataclass(slots=True)
class Earlier:
    """What did not arrive with an upload.

    Attributes:
        id: the run's.
        sources: what is missing, in order.
        at: the place of each among all that it sent.
        left: those of `at` that had left as a whole as the run was stopped.
        had: how many of each name there were with those that arrived.
    """

    id: str
    sources: list[str]
    at: list[int]
    left: frozenset[int] = frozenset()
    had: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, record: Record) -> Earlier:
        """From the journal's record of an upload that is over."""
        details = record.details
        at = list(details["missing"])
        sources = [details["sources"][i]["source"] for i in at]
        return cls(record.id, sources, at, frozenset(details["left"]), dict(details["had_after"]))

    def ledger_key(self, number: int) -> str:
        """What the studio's ledger calls the missing file of this number."""
        return f"{self.id}/{self.at[number]}"
