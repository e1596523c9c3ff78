"""What the slots of a wording come to: a moment so much later, a share in percent, a clip's number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from nemo_widgets.draft import clock

from .numbers import NUMBER, number
from .ordinals import ORDINAL, ordinal
from .times import milliseconds
from .tokens import FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nemo_widgets.studio.timeline.outline import Outline

    from .tokens import Veiled

__all__ = ["CLIP", "FORMS", "SHAPES", "SHARE", "Slots"]

_PARTS = {
    "half": 2,
    "halve": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "eighth": 8,
    "tenth": 10,
}
_PART = "|".join(_PARTS)
SHARE = (
    rf"(?:(?<![a-z])(?:(?:an?|one|two|three|four|five|seven|nine|\d)[\s-]+)?(?:{_PART})s?(?![a-z])"
    rf"|(?<![\d/.])[1-9]/[2-9](?![\d/.])|{NUMBER}分之{NUMBER}|一半)"
)
"""A regular expression for a share of a whole: half, two thirds, 3/4, 四分之一."""
_NOUN = r"(?:clips?|shots?|videos?|segments?)"
CLIP = (
    rf"(?:(?:the\s+)?{ORDINAL}\s+(?:{_NOUN}|one)(?![a-z])|(?:the\s+)?{_NOUN}\s+(?:no\.?\s*|number\s+|\#)?{NUMBER}"
    rf"|(?:the\s+)?{FILE}(?:\s+(?:{_NOUN}|one)(?![a-z]))?|第{NUMBER}(?:个|段|条)(?:视频片段|片段|视频|镜头|素材)?)"
)
"""A regular expression for one clip, by its number or its file."""
SHAPES = {(16, 9), (9, 16), (1, 1), (4, 5), (5, 4), (4, 3), (3, 4), (21, 9), (3, 2), (2, 3), (2, 1), (1, 2)}
"""What two numbers with a colon between them mean as a shape; any others are a time."""
_SMALL = 5
"""A volume below this is so many times the clip's own, not so many percent."""


@dataclass(frozen=True, slots=True)
class Slots:
    """What was said for each slot of a wording, with what names and the timeline mean by it."""

    said: Mapping[str, str]
    veiled: Veiled
    outline: Outline

    def ms(self, name: str) -> int:
        """A moment or length in ms; a bare number is of seconds."""
        words = self.said[name].strip()
        try:
            return milliseconds(words)
        except ValueError:
            return milliseconds(f"{words} s")

    def number(self, name: str) -> Fraction:
        """A number."""
        return number(self.said[name])

    def share(self, name: str) -> Fraction:
        """A share of a whole, as a fraction of one."""
        words = self.said[name].lower().strip()
        if words == "一半":
            return Fraction(1, 2)
        if "分之" in words:
            below, above = (number(side) for side in words.split("分之"))
            return above / below if below else Fraction(0)
        if "/" in words:
            return Fraction(words)
        many, _, part = re.sub(r"[\s-]+", " ", words).rpartition(" ")
        many = many if many not in ("", "a", "an") else "one"
        whole = _PARTS.get(part) or _PARTS[part.removesuffix("s")]
        return Fraction(number(many)) / whole

    def clip(self, *names: str) -> int | None:
        """The number of the clip that one of the slots names; None where there is none."""
        words = next(filter(None, map(self.said.get, names)), "")
        if token := re.search(FILE, words):
            return self.outline.named(str(self.veiled.value(token.group())))
        if found := re.search(ORDINAL, words, re.IGNORECASE):
            return self.outline.numbered(ordinal(found.group()))
        found = re.search(NUMBER, words, re.IGNORECASE)
        return self.outline.numbered(int(number(found.group()))) if found else None

    def edge(self, name: str, *, end: bool = False) -> int | None:
        """Where a clip starts or ends, in ms."""
        if (at := self.clip(name)) is None:
            return None
        start_ms, end_ms, _ = self.outline.clips[at - 1]
        return end_ms if end else start_ms


def _plain(value: Fraction) -> str:
    """A number in digits, to thousandths."""
    return f"{float(round(value, 3)):g}"


def _clock(ms: int | None) -> str | None:
    return None if ms is None or ms < 0 else clock(ms, exact=True)


def _within(slots: Slots, ms: int) -> str | None:
    """A moment of the timeline."""
    return _clock(ms) if 0 < ms <= slots.outline.length_ms else None


def _from_edge(slots: Slots, clip: str, by_ms: int, *, end: bool = False) -> str | None:
    edge = slots.edge(clip, end=end)
    return None if edge is None else _within(slots, edge + by_ms)


def _middle(slots: Slots, clip: str) -> str | None:
    start, end = slots.edge(clip), slots.edge(clip, end=True)
    return None if start is None or end is None else _clock((start + end) // 2)


def _at(slots: Slots, name: str) -> str:
    """The word before a moment; at, where it says no more than that."""
    said = slots.said.get(name, "").strip().lower()
    return "at" if said in ("", "on", "by", "right at", "right on") else "to" if said == "up to" else said


def _number_of(clip: int | None) -> str | None:
    return None if clip is None else str(clip)


def _beside(slots: Slots, clips: tuple[str, ...], by: int) -> str | None:
    at = slots.clip(*clips)
    beside = None if at is None or not at + by > 0 else slots.outline.numbered(at + by)
    return _number_of(beside)


def _between(slots: Slots, left: str, right: str) -> str | None:
    low, high = slots.clip(left), slots.clip(right)
    return str((low + high) // 2) if low is not None and high is not None and abs(high - low) == 2 else None  # noqa: PLR2004 - one clip lies between


def _ratio(slots: Slots, wide: str, high: str) -> str | None:
    said = slots.number(wide), slots.number(high)
    usual = {(Fraction(w), Fraction(h)) for w, h in SHAPES}
    known = said in usual or (said[1] == 1 and said[0].denominator > 1)
    return f"{_plain(said[0])}:{_plain(said[1])}" if known else None


def _size(slots: Slots, *names: str) -> str:
    wide, wide_more, high, high_more = (int(slots.number(name)) for name in names)
    return f"{100 * wide + wide_more}x{100 * high + high_more}"


def _decimal(slots: Slots, whole: str, digits: str) -> str:
    words = re.split(r"[\s-]+", slots.said[digits].strip().lower())
    after = "".join("0" if word in ("oh", "zero") else str(int(number(word))) for word in words)
    said = slots.said.get(whole, "0").lower()
    return f"{0 if said in ('nought', 'nil', 'oh', 'zero') else int(number(said))}.{after}"


def _level(slots: Slots, name: str) -> str | None:
    """A volume in percent: 0.7, or 2 times."""
    many = slots.number(name)
    return f"{_plain(100 * many)}%" if 0 < many < _SMALL else None


FORMS: Mapping[str, Callable[..., str | None]] = {
    "words": lambda s, a: s.said.get(a, ""),
    "at": _at,
    "clock": lambda s, a: _clock(s.ms(a)),
    "later": lambda s, a, by: _clock(s.ms(a) + s.ms(by)),
    "earlier": lambda s, a, by: _clock(max(0, s.ms(a) - s.ms(by))),
    "half_later": lambda s, a, by: _clock(s.ms(a) + s.ms(by) // 2),
    "half_earlier": lambda s, a, by: _clock(max(0, s.ms(a) - s.ms(by) // 2)),
    "left": lambda s, by: _within(s, s.outline.length_ms - s.ms(by)),
    "far": lambda s, share: _within(s, round(s.outline.length_ms * s.share(share))),
    "halfway": lambda s, _: _within(s, s.outline.length_ms // 2),
    "start": lambda s, clip: _clock(s.edge(clip)),
    "end": lambda s, clip: _clock(s.edge(clip, end=True)),
    "into": lambda s, clip, by: _from_edge(s, clip, s.ms(by)),
    "before_start": lambda s, clip, by: _from_edge(s, clip, -s.ms(by)),
    "before_end": lambda s, clip, by: _from_edge(s, clip, -s.ms(by), end=True),
    "middle": _middle,
    "number": lambda s, clip: _number_of(s.clip(clip)),
    "next": lambda s, *clips: _beside(s, clips, 1),
    "previous": lambda s, *clips: _beside(s, clips, -1),
    "between": _between,
    "longest": lambda s, _: _number_of(s.outline.longest()),
    "shortest": lambda s, _: _number_of(s.outline.longest(shortest=True)),
    "starting": lambda s, a: _number_of(s.outline.starting(s.ms(a))),
    "shown": lambda s, a: _number_of(s.outline.shown(s.ms(a))),
    "lasting": lambda s, a: _number_of(s.outline.lasting(s.ms(a))),
    "from_end": lambda s, o: _number_of(s.outline.numbered(ordinal(s.said[o]))),
    "all": lambda s, many: "" if int(s.number(many)) == len(s.outline.clips) else None,
    "percent": lambda s, share: f"{_plain(100 * s.share(share))}%",
    "of_one": lambda s, share: _plain(s.share(share)),
    "sum": lambda s, a, share: _plain(s.number(a) + s.share(share)),
    "more": lambda s, share: _plain(1 + s.share(share)),
    "digits": lambda s, a: _plain(s.number(a)),
    "decimal": _decimal,
    "level": _level,
    "ratio": _ratio,
    "size": _size,
}
"""What a slot may come to, by name; None where it means nothing on this timeline."""
