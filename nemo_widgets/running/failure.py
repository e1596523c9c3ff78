"""The error that an edit ends with which was not made, or of which nobody knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.draft import describe
from nemo_widgets.errors import (
    AgentError,
    AuthError,
    NoCredits,
    NotDone,
    OutcomeUnknown,
    ServerError,
    StoreError,
)

from .outcome import Answer, Timeline, decide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.draft import Change
    from nemo_widgets.errors import NemoError

    from .recovery import Truth

__all__ = ["failure_of"]

_AFTER_ERROR = {
    Timeline.TOUCHED: "edit.error touched",
    Timeline.UNCHANGED: "edit.error unchanged",
    Timeline.UNREADABLE: "edit.error unreadable",
}
"""What to do after an error of the agent's, by what the timeline shows."""
_ADVISES = (
    (
        re.compile(r"\btry (?:it |that |this )?(?:once )?(?:more|again)\b", re.IGNORECASE),
        "edit.unchanged again",
    ),
    (re.compile(r"\b(?:smaller steps|other words|another language)\b", re.IGNORECASE), "edit.unchanged"),
)
"""What an error may advise by itself, and what is left to say of it where nothing was changed."""


def failure_of(
    truth: Truth, told: str, error: NemoError | None, why: str, found: Sequence[Change]
) -> NemoError:
    """The error.

    Args:
        truth: what became of the edit.
        told: what the agent reported, "" if nothing.
        error: what the server refused in the middle of its answer, if it did.
        why: what came in place of the answer's end, a sentence, "" where it came.
        found: what changed.
    """
    told = truth.error or told
    if isinstance(error, StoreError):
        if truth.timeline is Timeline.UNCHANGED:
            error.hint = say("edit.unchanged again")
        return error
    if truth.answer is Answer.ERROR or told:
        hint = _after_error(truth, told, found)
        if isinstance(error, ServerError):
            error.hint = f"{error.hint} {hint}".strip()
            return error
        return AgentError(told or say("edit.agent failed"), hint=hint)
    why = why or say("edit.ended silent")
    if decide(truth.answer, truth.timeline) == "unknown":
        if truth.beside:
            return OutcomeUnknown(
                say("edit.beside", why=why, beside=truth.beside), hint=say("edit.beside hint")
            )
        return OutcomeUnknown(say("edit.unknown", why=why))
    made = NotDone(say("edit.not made", why=why))
    if isinstance(error, (AuthError, NoCredits)):
        made.hint = f"{error.hint} {made.hint}".strip()  # first that, or it comes to nothing again
    return made


def _after_error(truth: Truth, told: str, found: Sequence[Change]) -> str:
    """What to do after an error of the agent's, which may advise something by itself."""
    if truth.timeline is Timeline.CHANGED:
        return say("edit.error changed", changed=" ".join(describe(found)))
    if truth.timeline is Timeline.BESIDE:
        return say("edit.error beside", beside=truth.beside)
    row = _AFTER_ERROR[truth.timeline]
    if truth.timeline is Timeline.UNCHANGED:
        row = next((rest for advice, rest in _ADVISES if advice.search(told)), row)
    return say(row)
