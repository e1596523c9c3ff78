"""What Google ADK's `errorCode`, or a model's own word, means where a turn ended otherwise than with words.

ADK puts the model's own reason for its end there (`FinishReason` and `BlockedReason` of the Gemini API), and
`MODEL_RETURNED_NO_CONTENT` since 2.x. A turn that ended in order and without words is no failure: it is the
silent edit of the protocol (§4).
"""

from __future__ import annotations

from typing import Any

from nemo_widgets.catalogue import say

__all__ = ["FAILURES", "is_cut", "is_silent_end", "silent_end", "told"]

FAILURES = frozenset({"errorMessage", "error_message", "errorCode", "error_code"})
"""By one of these an event of ADK's tells a failure."""
_IN_ORDER = ("", "STOP", "FINISH_REASON_STOP")
_EMPTY = frozenset({"STOP", "MODEL_RETURNED_NO_CONTENT", "NO_CONTENT", "EMPTY_RESPONSE", "EMPTY_CONTENT"})

_SAFETY = "model.safety"
_BLOCKED = "model.blocked"
_TOO_LONG = "model.too long"
_BROKE = "model.broke"
_RECITED = "model.recitation"
_MALFORMED = "model.malformed"
_PICTURE = "model.no picture"
_UNTOLD = "model.stopped"
_BESIDE_WORDS = ("", _PICTURE, _UNTOLD)
"""Ends by which a text may have come to its own end."""
_WORDS = {
    "SAFETY": _SAFETY,
    "IMAGE_SAFETY": _SAFETY,
    "MODEL_ARMOR": _SAFETY,
    "JAILBREAK": _SAFETY,
    "PROHIBITED_CONTENT": _BLOCKED,
    "IMAGE_PROHIBITED_CONTENT": _BLOCKED,
    "BLOCKLIST": _BLOCKED,
    "SPII": "model.personal",
    "RECITATION": _RECITED,
    "IMAGE_RECITATION": _RECITED,
    "LANGUAGE": "model.language",
    "MAX_TOKENS": _TOO_LONG,
    "LENGTH": _TOO_LONG,  # OpenAI's word, and Ollama's
    "MODEL_CONTEXT_WINDOW_EXCEEDED": _TOO_LONG,  # Anthropic's, as the next one but one
    "CONTENT_FILTER": _SAFETY,  # OpenAI's
    "MAX_OUTPUT_TOKENS": _TOO_LONG,  # likewise
    "CONTENT_FILTERED": _SAFETY,  # Bedrock's, as the next one
    "GUARDRAIL_INTERVENED": _BLOCKED,
    "REFUSAL": _BLOCKED,
    "MALFORMED_FUNCTION_CALL": _MALFORMED,
    "MALFORMED_RESPONSE": _MALFORMED,
    "UNEXPECTED_TOOL_CALL": "model.no such tool",
    "MISSING_THOUGHT_SIGNATURE": _MALFORMED,
    "TOO_MANY_TOOL_CALLS": "model.many tools",
    "LLM_CALLS_LIMIT_EXCEEDED": "model.many calls",
    "NO_IMAGE": _PICTURE,
    "IMAGE_OTHER": _PICTURE,
    "OTHER": _UNTOLD,
    "UNKNOWN_ERROR": _UNTOLD,
}


_ENDS = {"ERROR": _BROKE}
"""What no code says, but an end: OpenRouter's, Mistral's and Vercel's."""


def silent_end(code: str, finish_reason: str) -> bool:
    """Whether a turn just ended without words, in order."""
    return _word(code) in _EMPTY and _word(finish_reason) in _IN_ORDER


def is_silent_end(value: dict[str, Any]) -> bool:
    """Whether an event is the end of such a turn; what it says of that is no word of the agent's."""
    code = value.get("errorCode", value.get("error_code"))
    reason = value.get("finishReason", value.get("finish_reason")) or ""
    return isinstance(code, str) and isinstance(reason, str) and silent_end(code, reason)


def is_cut(finish_reason: str) -> bool:
    """Whether a model stops in the middle of a text by this, or of the work that the text announces."""
    return _row("", finish_reason) not in _BESIDE_WORDS


def told(code: str, finish_reason: str) -> str:
    """The failure in words, "" for a code that is not ADK's."""
    row = _row(code, finish_reason)
    return say(row) if row else ""


def _row(code: str, finish_reason: str) -> str:
    return _WORDS.get(_word(code)) or {**_WORDS, **_ENDS}.get(_word(finish_reason), "")


def _word(code: str) -> str:
    """A code as the API writes it; some servers write it with the name of its type."""
    return code.strip().rpartition(".")[2].upper()
