"""What a format could not hold of a timeline, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.draft.schema import Name, track_kind
from nemo_widgets.draft.wording import ROOT, SEGMENT, what_name
from nemo_widgets.languages import spoken
from nemo_widgets.links import is_link, link_name

from .cut import line_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from typing import Any

    from .cut import Cut, Piece

__all__ = ["EVERYTHING", "Losses", "Report", "missed", "missed_of_texts"]

EVERYTHING = frozenset({"video", "audio", "text", "lanes", "transition", "speed", "volume"})
"""What a format may hold; further ones are keys of a segment's `m`."""
_HELD_BY_ALL = ("title", "fps", "resolution")
"""Of the whole film: its size stands in its width and height."""
_LISTED = 12
_NAMES = {
    "freeze": Name("freeze frame", "定格"),
    "reverse": Name("reversal", "倒放"),
    "transition": Name("transition", "转场"),
    "text": Name("text", "文字"),
}
_PLACED = frozenset({"id", "name", "src", "start", "in", "out", "text", "transition"})
_IDLE: Mapping[str, tuple[Any, ...]] = {
    "speed": (1, 1.0),
    "volume": (1, 1.0),
    "fade_in": (0,),
    "fade_out": (0,),
    "rotate": (0, 0.0),
}
"""Values by which a key says nothing."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a timeline file does not hold of a draft, or a draft of a timeline file.

    Attributes:
        format: the format, such as `otio`.
        losses: sentences in the language that is spoken; none where everything is held.
    """

    format: str
    losses: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join(self.losses) or say("loss.none")


@dataclass(slots=True)
class Losses:
    """Sentences that are collected while a file is written or read; the same one is told once."""

    found: dict[str, None] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, row: str, **slots: object) -> None:
        """A sentence of its own."""
        self.found[_sentence(row, **slots)] = None

    def count(self, row: str) -> None:
        """One more of what a sentence counts."""
        self.counts[row] += 1

    def told(self) -> tuple[str, ...]:
        """All of them."""
        counted = [_sentence(row, count=n) for row, n in self.counts.items()]
        return (*self.found, *counted)


def _sentence(row: str, **slots: object) -> str:
    return say(f"loss.{row}", **slots)


def missed(cut: Cut, holds: Collection[str], losses: Losses, *, kept: bool = False) -> None:
    """Add what a format that `holds` certain things leaves out of a timeline.

    Args:
        cut: the timeline.
        holds: of `EVERYTHING` and of the keys of a segment's `m`.
        losses: they are added to these.
        kept: whether the rest is kept in the file, where this package alone finds it.
    """
    kinds = {kind for kind in ("video", "audio", "text") if kind in holds}
    for kind in ("video", "audio", "text"):
        lost = sum(len(lane.pieces) for lane in cut.of(kind))
        if lost and kind not in kinds:
            losses.add("kind", kind=track_kind(kind).said(spoken()), count=lost)
    lanes = [lane for lane in cut.lanes if lane.kind in kinds]
    if "lanes" not in holds:
        above = sum(len(lane.pieces) for kind in kinds - {"text"} for lane in cut.of(kind)[1:])
        if above:
            losses.add("lanes", count=above)
        lanes = [lane for kind in kinds for lane in (cut.of(kind) if kind == "text" else cut.of(kind)[:1])]
    _details((piece for lane in lanes for piece in lane.pieces), holds, losses, kept=kept)
    sources = {piece.source for lane in lanes for piece in lane.pieces}
    links = sorted({link_name(src) for src in sources if is_link(src) and is_link(cut.path(src))})
    if links:
        more = "…" if len(links) > _LISTED else ""
        losses.add("on a server", names=line_of(", ".join(links[:_LISTED]) + more, 400))
    if any(piece.source.startswith("music:") for lane in lanes for piece in lane.pieces):
        losses.add("made here")
    root = [ROOT[key][0].said(spoken()) for key in ROOT if key not in _HELD_BY_ALL and cut.raw.get(key)]
    if root and not kept:
        losses.add("root", what=say("names.comma").join(root))


def missed_of_texts(cut: Cut, holds: Collection[str], losses: Losses) -> None:
    """Add what a file of texts alone leaves out of them: keys of a segment's `m` that it does not hold."""
    keys = {key for lane in cut.of("text") for piece in lane.pieces for key in _keys(piece)}
    lost = [SEGMENT[key][0].said(spoken()) for key in SEGMENT if key in keys and key not in holds]
    if lost:
        losses.add("texts", what=say("names.comma").join(lost))


def _details(pieces: Iterable[Piece], holds: Collection[str], losses: Losses, *, kept: bool) -> None:
    counts: Counter[str] = Counter()
    kinds: set[str] = set()
    for piece in pieces:
        if piece.overlap:
            if "transition" not in holds:
                counts["transition"] += 1
            elif piece.transition != "crossfade" and "transition type" not in holds:
                kinds.add(piece.transition)
        counts.update(key for key in _keys(piece) if key not in holds)
    if kinds:
        losses.add("transition kind", kinds=line_of(", ".join(sorted(kinds)), 200))
    known = [key for key in counts if key in SEGMENT or key in _NAMES or key in _IDLE]
    if known and kept:
        losses.add("own", what=say("names.comma").join(_name(key).said(spoken()) for key in known))
    for key in known if not kept else ():
        losses.add("detail", what=_name(key).said(spoken()), count=counts[key])
    others = sorted(line_of(key, 40) for key in counts if key not in known)
    if others and not kept:
        more = "…" if len(others) > _LISTED else ""
        losses.add("keys", names=", ".join(others[:_LISTED]) + more)


def _keys(piece: Piece) -> Iterable[str]:
    """The keys of a piece's segment that say something and are no place or name."""
    meta = piece.raw.get("m")
    if piece.speed not in (0, 1, -1):
        yield "speed"
    if piece.volume not in (None, 1):
        yield "volume"
    for key, value in (meta if isinstance(meta, dict) else {}).items():
        if key in _PLACED or key in ("speed", "volume") or value in (None, "", False, [], {}):
            continue
        if value not in _IDLE.get(key, ()):
            yield key
    for key in piece.raw:
        if key not in ("d", "m"):
            yield key


def _name(key: str) -> Name:
    return _NAMES.get(key) or (SEGMENT[key][0] if key in SEGMENT else what_name(key))
