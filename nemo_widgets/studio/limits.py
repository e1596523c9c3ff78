"""How much of anything comes in from outside: each limit once, each refusal one sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import english
from nemo_widgets.json_text import holds_over

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "LARGEST",
    "MOST_FILES",
    "MOST_LINKS",
    "MOST_MESSAGE",
    "MOST_SEGMENTS",
    "MOST_TEXT",
    "MOST_TRACKS",
    "NotJson",
    "OverLimit",
    "check_draft",
    "parse_json",
    "short",
    "whole",
]

MOST_MESSAGE = 20_000
"""Characters of a message to the agent, pasted subtitles included."""
MOST_TEXT = 1_000
"""Characters of one title or subtitle: more does not fit into a frame."""
MOST_LINKS = 50
"""Of one request to upload."""
MOST_TRACKS, MOST_SEGMENTS = 100, 30_000
"""Of a draft that is exported; segments of all tracks together."""
MOST_FILES = 200
"""Of one request to upload. Its form has twice as many parts at the most."""
_MOST_DEPTH = 64
_MOST_HELD = 500_000
"""Objects and lists of a body: a draft of the most segments has fewer. Each takes forty times its text."""
_MOST_DIGITS = 20
LARGEST = 1e15
"""No number is farther from 0: in ms that is some thirty thousand years."""
_QUOTED = 80


class OverLimit(ValueError):
    """Something is larger than it may be; the sentence says what."""


class NotJson(ValueError):
    """A text is no JSON; the sentence says where."""


def parse_json(text: bytes | str, what: str) -> Any:
    """The value that a JSON text stands for.

    Args:
        text: the JSON, in UTF-8 if it is bytes.
        what: what the text is called in a sentence, such as “The body”.

    Raises:
        NotJson: it is none.
        OverLimit: it is nested too deeply, holds too many objects and lists, or a number that is too long or
            too large.
    """
    try:
        told = text if isinstance(text, str) else text.decode(json.detect_encoding(text), "surrogatepass")
        _check_held(told, what)
        value = json.loads(told, parse_int=_integer, parse_float=_float, parse_constant=_constant)
    except RecursionError:
        raise _too_deep(what) from None
    except _BadNumber as error:
        raise OverLimit(f"{what} holds {error}.") from None
    except OverLimit:
        raise
    except ValueError as error:
        raise NotJson(f"{what} is not valid JSON: {error}") from None
    level = [value]
    for _ in range(_MOST_DEPTH + 1):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return value
    raise _too_deep(what)


def _check_held(text: str, what: str) -> None:
    if holds_over(_MOST_HELD, text):
        raise OverLimit(f"{what} holds more than {_MOST_HELD:,} objects and lists.")


def whole(value: Any) -> bool:
    """Whether no text in a JSON value has half a character (a lone surrogate), which can't be encoded."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def check_draft(draft: dict[str, Any]) -> None:
    """Check that a draft is none that nobody could have made by editing.

    Raises:
        OverLimit: it has too many tracks or segments, or a text that is too long or can't be encoded.
    """
    if not whole(draft):
        raise OverLimit(english("film.half"))
    tracks = [track for track in _list(draft.get("t")) if isinstance(track, dict)]
    if len(tracks) > MOST_TRACKS:
        raise OverLimit(english("film.many tracks", count=f"{len(tracks):,}", most=MOST_TRACKS))
    segments = [s for track in tracks for s in _list(track.get("sg")) if isinstance(s, dict)]
    if len(segments) > MOST_SEGMENTS:
        raise OverLimit(english("film.many segments", count=f"{len(segments):,}", most=f"{MOST_SEGMENTS:,}"))
    for text in (text for segment in segments for text in _texts(segment)):
        if len(text) > MOST_TEXT:
            raise OverLimit(
                english("film.long text", text=short(text), count=f"{len(text):,}", most=f"{MOST_TEXT:,}")
            )


def short(text: object, most: int = _QUOTED) -> str:
    """A text as a sentence can quote it: cut where it is long, on one line, without half characters."""
    written = str(text)
    plain = " ".join(written[: 4 * most].encode("utf-8", "replace").decode().split())
    return plain if len(plain) <= most and len(written) <= 4 * most else plain[: most - 1] + "…"


class _BadNumber(ValueError):
    """What follows “holds” in the sentence."""


def _integer(digits: str) -> int:
    if len(digits.lstrip("-")) > _MOST_DIGITS:
        raise _BadNumber(f"a number of {len(digits):,} digits; at most {_MOST_DIGITS} are read")
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if not abs(number) <= LARGEST:
        raise _BadNumber(f"the number {short(digits, 20)}; none may be over {LARGEST:g}")
    return number


def _constant(name: str) -> float:
    raise _BadNumber(f"{name}, which is no number in JSON")


def _too_deep(what: str) -> OverLimit:
    return OverLimit(
        f"{what} is nested too deeply: over {_MOST_DEPTH} lists and objects inside of each other."
    )


def _inside(value: Any) -> Iterator[Any]:
    """The lists and objects in a list or an object."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (each for each in inner if isinstance(each, (dict, list)))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(segment: dict[str, Any]) -> Iterator[str]:
    meta = segment.get("m")
    texts = (meta.get("text"), meta.get("subtitle")) if isinstance(meta, dict) else ()
    return (text for text in texts if isinstance(text, str))
