"""Failures in shapes of their vendors' own, with no word of the protocol (§4): where they say why.

Bedrock names them by a key (`throttlingException`), Gemini blocks a prompt (`promptFeedback.blockReason`),
Volcengine, MiniMax and others tell them in what stands around an answer (`ResponseMetadata.Error`,
`base_resp.status_code`), A2A in the state of a task (`status.state`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.reasons import says_nothing

from .json_values import find, first, mapping, named, number, plain, text
from .other_shapes import words_of
from .reason_words import SAID, WRONG, one_line, why_in
from .render_words import WORDS, state_word

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MENDED", "NAMED", "elsewhere", "is_bad_state", "is_failure", "states"]

NAMED = frozenset(
    (
        "error", "failed", "failure", "fatal", "errored", "crashed", "aborted", "abort", "exception",
        "timeout", "timedout", "rejected", "cancelled", "canceled",
    )
)  # fmt: skip
"""The words of a name that say that something failed."""
MENDED = frozenset({"no", "non", "without", "recovered", "retry", "retrying", "warning", "log", "debug"})
_ENDS = ("exception", "error", "fault", "failure")
_PERHAPS = frozenset({"on", "last", "previous", "max", "ignore", "is", "has"})
"""A key of one of these tells of another failure than one of this event, or of none."""
_AROUND = frozenset({"responsemetadata", "baseresp", "baseresponse", "header", "responseheader"})
_FAILED_FROM = 400


def is_failure(words: set[str]) -> bool:
    """Whether the words of a name say that something failed: `stream_error`, `task_failed`."""
    return not NAMED.isdisjoint(words) and MENDED.isdisjoint(words)


def is_bad_state(word: str) -> bool:
    """Whether a word for a state says that something failed, in English or Chinese.

    >>> is_bad_state("TASK_STATE_FAILED"), is_bad_state("失败"), is_bad_state("error_recovered")
    (True, True, False)
    """
    words = words_of(word)
    if not MENDED.isdisjoint(words):
        return False
    return not NAMED.isdisjoint(words) or WORDS.get(state_word(word)) == "failed"


def states(value: dict[str, Any]) -> Iterator[str]:
    """The words for its state that an event or an answer has: its own, or that of its task."""
    for name in ("status", "state"):
        held = value.get(name)
        yield text(first(held, "state", "status") if isinstance(held, dict) else held)


def elsewhere(value: dict[str, Any]) -> tuple[str, str] | None:
    """Why an event failed and by which code, where a shape of a vendor's tells that; None where none does."""
    return _blocked(value) or _around(value) or _by_a_key(value)


def _blocked(value: dict[str, Any]) -> tuple[str, str] | None:
    """The model was not let near what was asked."""
    code = text(find(value, "blockReason", inner=("promptFeedback",)))
    if says_nothing(code) or "unspecified" in plain(code):
        return None
    return one_line(find(value, "blockReasonMessage", inner=("promptFeedback",))) or code, code


def _around(value: dict[str, Any]) -> tuple[str, str] | None:
    for name, held in named(value):
        if plain(name) not in _AROUND or not isinstance(held, dict):
            continue
        code = find(held, "code", "status_code", "errorCode", inner=("error",))
        counted = number(code)
        bad = counted is not None and (counted < 0 or counted >= _FAILED_FROM)
        if told := why_in(held, *WRONG) or (why_in(held, *SAID) if bad else ""):
            return told, text(code)
    return None


def _by_a_key(value: dict[str, Any]) -> tuple[str, str] | None:
    for name, held in named(value):
        if not plain(name).endswith(_ENDS) or not (MENDED | _PERHAPS).isdisjoint(words_of(name)):
            continue
        told = one_line(held)
        if isinstance(held, dict) and plain(name).endswith("exception"):
            return told or name, name
        if not says_nothing(told):
            return told, text(mapping(held).get("code"))
    return None
