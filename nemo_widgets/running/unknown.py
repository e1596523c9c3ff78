"""What an edit that ended as unknown hands to whoever attaches to it: its words, and why no more."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.reasons import sentence

if TYPE_CHECKING:
    from nemo_widgets.journal import Record

__all__ = ["Heard"]


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard.

    Attributes:
        said: the agent's words.
        why: why nobody knows what became of the edit, a sentence.
        failed: whether that is an error of the agent's own.
    """

    said: str = ""
    why: str = ""
    failed: bool = False

    def details(self) -> dict[str, Any]:
        """As the journal keeps it."""
        return {"heard": asdict(self)}

    @classmethod
    def of(cls, said: str, why: str, error: BaseException | None, *, failed: bool) -> Heard:
        """What was heard of an edit that ends with an error, or where that is None by a stop."""
        told = "" if error is None else getattr(error, "message", "") or str(error)
        return cls(said, sentence((told if failed else why or told) or say("edit.wait stopped")), failed)

    @classmethod
    def before(cls, record: Record) -> tuple[Heard, bool]:
        """What was heard before, and whether its kernel stopped, so that nothing was written down of it."""
        held = record.details.get("heard")
        if not isinstance(held, dict):
            return cls(why=say("edit.kernel stopped before")), True
        said, why = (held.get(name) if isinstance(held.get(name), str) else "" for name in ("said", "why"))
        return cls(said or "", why or say("edit.wait stopped"), held.get("failed") is True), False
