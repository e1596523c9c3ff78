"""The values of a message: what stands behind the veil's tokens, and numbers that are no tokens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.draft import clock
from nemo_widgets.studio.agent.language.numbers import NUMBER, number
from nemo_widgets.studio.agent.language.tokens import (
    DURATION,
    FILE,
    LOOSE,
    PERCENT,
    POINT,
    QUOTE,
    RATIO,
    SPAN,
)
from nemo_widgets.studio.timeline.refs import ClipRef
from nemo_widgets.studio.timeline.time_range import TimeRange

from .item import Item, clip_item

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.language.tokens import Veiled

__all__ = ["value_at"]

_TOKEN = re.compile("[\ue000-\ue009][\ue100-\uf8ff]")
_KINDS = {POINT[0]: "at", QUOTE[0]: "text"}
_SHAPES = {(9, 16): "vertical", (1, 1): "square", (21, 9): "wide"}
_PLACES = {"第一个": "front", "第一位": "front", "第一": "front", "最后一个": "last-place"}
_TO = ("到", "为", "成", "在")
_FRAME = re.compile(r"frame|picture|image|帧|画面", re.IGNORECASE)
_FRAME_MS = 60
"""A length below this is one frame."""
_LUFS = re.compile(rf"(?:[-\N{{MINUS SIGN}}]|minus\s+|负)?\s*(?P<n>{NUMBER})\s*lufs", re.IGNORECASE)
_TIMES = re.compile(
    r"(?<![\d.:])(?P<n>\d+(?:\.\d+)?)\s*(?:x(?![a-z\d])|×|times(?![a-z])|倍(?:的)?(?:速度?)?)", re.IGNORECASE
)
_BY = re.compile(r"\s*(?:longer|shorter|earlier|later)(?!\s+than)(?![a-z])", re.IGNORECASE)
"""What stands behind a time that says by how much."""
_MORE = re.compile(
    rf"(?<![\w.])(?P<n>{NUMBER}|an?)\s+(?:more|extra|full|whole|solid|good)\s+sec(?:ond)?s?(?![a-z])",
    re.IGNORECASE,
)
_CLIP = re.compile(
    r"(?<![a-z])(?:the\s+)?(?:(?:final|closing|ending)\s+(?:clip|shot|video)|(?P<first>opening|starting)\s+(?:clip|shot|video)|(?:clip|shot)\s+(?P<n>one|1))(?![a-z\d:])|(?P<zh>头一段|首段|头段)|末一段|末段|尾段|最后[那这]段",
    re.IGNORECASE,
)
_LASTS = re.compile(r"last\s+(?:(?:for|only|about|just)\s+)*(.+)", re.IGNORECASE)
_VERB = re.compile(
    r"(?<![a-z])(?:to|should|must|can|could|will|may|might|shall|would|only|just)\s+$", re.IGNORECASE
)
"""What stands before 'last six seconds' where last is a verb."""
_BARE = re.compile(r"the\s+(?:first|second|third|fourth|fifth|last)", re.IGNORECASE)
_BOUND = re.compile(r"^(?:everything\s+)?(?:from|between|at|in|during|over|for|on)\s+|^在", re.IGNORECASE)
_AT = re.compile(
    r"(?<![a-z])(?:at(?:\s+the)?|(?:get|gets|come|comes|got)\s+to|reach(?:es)?|hits?)\s+$|(?:播到|放到|走到|到了|在)$",
    re.IGNORECASE,
)
"""What stands before a time that is a moment: when it gets to 20 seconds."""
_LIMIT = re.compile(r"(?<![a-z])(?:cap|limit|max)\w*(?![a-z])[^,.;]*$", re.IGNORECASE)
"""What stands before one that is a length after all: cap it at 20 seconds."""
_IN = re.compile(r"\s*(?:in(?![a-z])|mark(?![a-z])|的地方|处|那里)", re.IGNORECASE)


def value_at(text: str, at: int, veiled: Veiled) -> Item | None:
    """The value that stands at `at`; None if none does."""
    if m := _TOKEN.match(text, at):
        return _value(text, m, veiled)
    if (m := _LUFS.match(text, at)) and (n := number(m["n"])) is not None:
        return Item(at, m.end(), m.group(), frozenset({"{lufs}"}), {"{lufs}": (f"{float(n):g}",) * 2})
    if m := _TIMES.match(text, at):
        said = {"{factor}": (f"{m['n']}x", f"{m['n']}倍")}
        if m.group().lower().endswith("times"):  # as often, or as quick
            said = {"{times}": (f"{m['n']} times", f"{m['n']}倍")}
            said["{count}"] = said["{times}"][0], f"{m['n']}遍"
        return Item(at, m.end(), m.group(), frozenset(said), said)
    if m := _MORE.match(text, at):
        said = {"{long}": (f"{_count(m)} seconds", f"{_count(m)}秒")}
        return Item(at, m.end(), m.group(), frozenset(said), said)
    if m := _CLIP.match(text, at):
        first = m["n"] or m["zh"] or m["first"]
        return clip_item(at, m.group(), ("clip 1", "第一段") if first else ("the last clip", "最后一段"))
    return None


def _count(m: re.Match[str]) -> str:
    """The number of a match, `a` being one."""
    n = number(m["n"])
    return "1" if n is None else f"{float(n):g}"


def _value(text: str, m: re.Match[str], veiled: Veiled) -> Item:
    token = m.group()
    words = veiled.reveal(token).strip()
    value = veiled.value(token)
    said: dict[str, tuple[str, str]] = {}
    if re.match(RATIO, token):
        shape = _SHAPES.get(tuple(value), "{ratio}") if isinstance(value, tuple) else "{ratio}"
        given = {"{ratio}": (words, words)} if shape == "{ratio}" else {}
        return Item(m.start(), m.end(), words.lower(), frozenset({shape}), given)
    if isinstance(value, ClipRef) and (place := _PLACES.get(words)) and text[: m.start()].endswith(_TO):
        return Item(m.start(), m.end(), words, frozenset({place}), {})
    if (
        (lasts := _LASTS.fullmatch(words))
        and isinstance(value, TimeRange)
        and _VERB.search(text[: m.start()])
    ):
        return Item(
            m.start(),
            m.end(),
            words.lower(),
            frozenset({"{long}", "length"}),
            {"{long}": (lasts[1], lasts[1])},
        )
    if re.match(f"{SPAN}|{LOOSE}|{FILE}", token):
        said = _place(words, value, token)
    elif token[0] == DURATION[0] and _BY.match(text, m.end()):
        return Item(m.start(), m.end(), words.lower(), frozenset({"{by}"}), {})
    elif token[0] == DURATION[0] and value < _FRAME_MS:
        return Item(m.start(), m.end(), words.lower(), frozenset({"last-frame", "little"}), {})
    elif token[0] == PERCENT[0]:
        said["{share}"] = (f"{float(100 * value):g}%",) * 2
    elif token[0] == DURATION[0]:
        said = _length(text, m, words, value)
    elif token[0] in _KINDS:
        said[f"{{{_KINDS[token[0]]}}}"] = (words, words)
    return Item(m.start(), m.end(), words.lower(), frozenset(said) or frozenset({"{other-value}"}), said)


def _length(text: str, m: re.Match[str], words: str, ms: int) -> dict[str, tuple[str, str]]:
    """What a length is as a value: so long, the moment at which it is over, or both."""
    moment = {"{at}": (clock(ms, exact=True),) * 2}
    before = text[: m.start()]
    if _AT.search(before) and not _LIMIT.search(before):
        return moment
    return {"{long}": (words, words)} | (moment if _IN.match(text, m.end()) else {})


def _place(words: str, value: object, token: str) -> dict[str, tuple[str, str]]:
    """What a clip, a file or a stretch is as a value, by its slots."""
    as_said = (words, words)
    if isinstance(value, ClipRef):
        as_said = (f"{words} clip", words) if _BARE.fullmatch(words) else as_said
        return {"{clip}": as_said, "{other}": as_said}
    if re.match(FILE, token) or not isinstance(value, TimeRange):
        return {"{file}" if re.match(FILE, token) else "{place-of}": as_said}
    return _stretch(words, value, loose=bool(re.match(LOOSE, token)))


def _stretch(words: str, value: TimeRange, *, loose: bool) -> dict[str, tuple[str, str]]:
    plain = not (value.last or value.part or value.middle or value.frames or value.loose)
    begun = clock(value.start, exact=True)
    onward = (f"everything after {begun}", f"{begun}之后")
    if loose:
        return {"{loose}": (words, words)} | (
            {"{onward}": onward} if value.end is None and value.start else {}
        )
    if _FRAME.search(words):
        return {"{frame}": (words, words), "{span}": (words, words)}
    if plain and value.end is not None and value.start and _BOUND.match(words):
        start, end = clock(value.start, exact=True), clock(value.end, exact=True)
        return {"{span}": (f"{start} to {end}", f"{start}到{end}")}
    if plain and value.end is None and value.start:
        return {"{onward}": onward}
    said = _BOUND.sub("", words)
    of_end = value.last and not value.frames
    tail = {"{tail}": (f"{value.start / 1000:g} seconds", f"{value.start / 1000:g}秒")} if of_end else {}
    return {"{span}": (said, said)} | tail
