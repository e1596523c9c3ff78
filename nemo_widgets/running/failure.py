"""The error that an edit ends with which was not made, or of which nobody knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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

__all__ = ["NOT_UNDERSTOOD", "failure_of"]

NOT_UNDERSTOOD = "The server sent something that is not understood: `run.stream` shows it as it came."

_NOT_MADE = "The edit was not made, and nothing was changed."
_UNKNOWN = "Whether the edit was made can't be found out now."
_BESIDE = "Is that what you wanted? `%nemo attach` looks again, `%nemo again --anyway` sends it again."
_AFTER_ERROR = {
    Timeline.CHANGED: "The timeline changed all the same: {changed} `%nemo undo` takes that back.",
    Timeline.TOUCHED: "Whether it changed anything can't be told; `%nemo timeline` shows what there is.",
    Timeline.BESIDE: "The timeline is as it was, but {beside}. Is that what you wanted?",
    Timeline.UNCHANGED: "Nothing was changed. Say it in smaller steps, or `%nemo again`.",
    Timeline.UNREADABLE: "Whether the timeline changed can't be found out now; `%nemo attach` looks again.",
}
"""What to do after an error of the agent's, by what the timeline shows."""
_ADVISES = (
    (
        re.compile(r"\btry (?:it |that |this )?(?:once )?(?:more|again)\b", re.IGNORECASE),
        ": `%nemo again` says it again.",
    ),
    (re.compile(r"\b(?:smaller steps|other words)\b", re.IGNORECASE), "."),
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
            error.hint = "Nothing was changed: `%nemo again` says it again."
        return error
    if truth.answer is Answer.ERROR or told:
        hint = _AFTER_ERROR[truth.timeline].format(changed=" ".join(describe(found)), beside=truth.beside)
        if truth.timeline is Timeline.UNCHANGED:
            rest = next((rest for advice, rest in _ADVISES if advice.search(told)), None)
            hint = hint if rest is None else f"Nothing was changed{rest}"
        if isinstance(error, ServerError):
            error.hint = f"{error.hint} {hint}".strip()
            return error
        return AgentError(told or "The agent failed.", hint=hint)
    why = why or "The agent ended without a word."
    if decide(truth.answer, truth.timeline) == "unknown":
        if truth.beside:
            return OutcomeUnknown(f"{why} The timeline is as it was, but {truth.beside}.", hint=_BESIDE)
        return OutcomeUnknown(f"{why} {_UNKNOWN}")
    made = NotDone(f"{why} {_NOT_MADE}")
    if isinstance(error, (AuthError, NoCredits)):
        made.hint = f"{error.hint} {made.hint}".strip()  # first that, or it comes to nothing again
    return made
