"""Whether a message bears a model's plan out: no 'not' and no question in it, and every value is its own."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import dataclasses
import re
from contextlib import suppress
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.language.numbers import NUMBER, number
from nemo_widgets.studio.agent.language.ordinals import ORDINAL, ordinal
from nemo_widgets.studio.agent.language.tokens import DURATION, PERCENT, POINT, SPAN
from nemo_widgets.studio.agent.language.veil import veil
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.grid import FrameGrid
from nemo_widgets.studio.timeline.outline import Outline
from nemo_widgets.studio.timeline.refs import ClipRef, stem
from nemo_widgets.studio.timeline.time_range import Stretch, TimeRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nemo_widgets.studio.agent.edits.edit import Edit
    from nemo_widgets.studio.agent.world import World

__all__ = ["bears_out"]

_OPEN = rx(
    r"[?？]|(?<![a-z])(?:not|no|never|none|nothing|without|except|excluding|but|unless|instead|only|apart\s+from|other\s+than|rather\s+than|leave|nobody|neither|nor)(?![a-z])|n['’]?t(?![a-z])"
    r"|不|别|除了|以外|之外|但|没|勿|吗|呢(?:$|[。，])|只|要是|如果|非"
)
"""What may turn a message's meaning round: a question, a 'not', an exception."""
_ALL = rx(
    r"(?<![a-z])(?:all|each|every|everything|both|whole|entire|they|them|these|those|clips)(?![a-z])|都|每|全|所有|各|整"
)
_NEAR_MS, _SMALL = 40, 1000
"""Values are compared to a frame or so; small ones, which are no moments, to a thousandth."""
_TIMES: dict[str, int | Fraction] = {
    "double": 2,
    "twice": 2,
    "triple": 3,
    "half": Fraction(1, 2),
    "quarter": Fraction(1, 4),
}
_TIMES |= {"third": Fraction(1, 3), "一半": Fraction(1, 2), "加倍": 2, "翻倍": 2, "半": Fraction(1, 2)}


def bears_out(text: str, edits: Sequence[Edit], world: World) -> bool:
    """Whether a message wishes for edits beyond doubt: all that they say is in it, and nothing turns it round.

    Lengths, moments, amounts and texts have to be said; moments may also be edges of clips, or so far from one.
    """
    if _OPEN.search(text):
        return False
    outline = Outline.of(world.draft.data)
    said = _numbers(text, world, outline)
    edges = {Fraction(edge) for start, end, _ in outline.clips for edge in (start, end)} | {Fraction(0)}
    moments = edges | {a + s * b for a, b in product(edges | said, said) for s in (1, -1)}
    words = _plain(text)
    names = {_plain(name) for item in world.media.values() for name in (item.name, stem(item.name), item.src)}
    shown = {_plain(s.text) for t in world.draft.layout() for s in t.segments if s.text}
    clips = _clips(text, words, outline)
    for value in (value for edit in edits for value in _values(edit)):
        if isinstance(value, str):
            if (plain := _plain(value)) and plain not in words and plain not in names | shown:
                return False
        elif isinstance(value, ClipRef):
            if not (clips is None or {value.first, value.last or value.first} <= clips) and value.first:
                return False
        elif not any(
            abs(value - known) <= (_NEAR_MS if value > _SMALL else Fraction(1, 1000)) for known in moments
        ):
            return False
    return True


def _values(made: Any) -> Iterator[Fraction | str | ClipRef]:
    """The values that an edit was given: numbers, texts and clips, none that it has anyway."""
    hints = get_type_hints(type(made), localns={"Stretch": Stretch, "TimeRange": TimeRange, "ClipRef": ClipRef, "Fraction": Fraction})  # fmt: skip
    for field in dataclasses.fields(made):
        value = getattr(made, field.name)
        literal = Literal in {get_origin(hint) for hint in (hints[field.name], *get_args(hints[field.name]))}
        if not literal and value != field.default:
            yield from _each(value)


def _each(value: Any) -> Iterator[Fraction | str | ClipRef]:
    if isinstance(value, (str, ClipRef)):
        yield value
    elif isinstance(value, (int, float, Fraction)) and not isinstance(value, bool):
        yield abs(Fraction(value))
    elif isinstance(value, TimeRange):
        yield from (Fraction(at) for at in (value.start, value.end) if at is not None)
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _each(one)
    elif dataclasses.is_dataclass(value):
        yield from _values(value)


def _numbers(text: str, world: World, outline: Outline) -> set[Fraction]:
    """Each number of a message in every way in which it can be meant: as seconds, percent, a share."""
    known = veil(text, list(world.media.values()), FrameGrid.of(world.draft.data), outline=outline)
    found = {Fraction(outline.length_ms)}
    for token in re.findall(f"{DURATION}|{POINT}|{PERCENT}|{SPAN}", known.text):
        value: Any = known.value(token)
        if isinstance(value, (int, Fraction)):
            found |= _meanings(Fraction(value))
        else:
            with suppress(EditRefused):
                found |= {Fraction(at) for at in value.within(world.draft.data)}
    for m in rx(NUMBER).finditer(text):
        found |= _meanings(number(m.group()))
    for word, times in _TIMES.items():
        if word in text.lower():
            found |= _meanings(Fraction(times))
    return found


def _meanings(n: Fraction) -> set[Fraction]:
    share = n / 100
    return {n, 1000 * n, 60_000 * n, share, abs(1 - share), 1 + share, abs(1 - n), 1 + n} | (
        {1 / n} if n else set()
    )


def _clips(text: str, words: str, outline: Outline) -> set[int] | None:
    """The numbers of the clips that a message may name; None for all of them."""
    if _ALL.search(text) or len(outline.clips) == 1:
        return None
    count = len(outline.clips)
    named = {n for n, clip in enumerate(outline.clips, 1) if clip[2] and _plain(clip[2]) in words}
    orders = {ordinal(m.group()) for m in rx(ORDINAL).finditer(text)}
    orders |= {int(number(m.group())) for m in rx(NUMBER).finditer(text)}
    orders |= {-1} if re.search("最后|末|结尾", text) else set()
    return named | {n if n > 0 else count + 1 + n for n in orders} | orders


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()
