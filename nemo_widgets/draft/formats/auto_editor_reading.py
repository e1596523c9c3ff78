"""Timelines of auto-editor, version 3 (`.json`, `.v3`), and drafts as JSON: read."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.draft.values import dicts, mapping, number, text
from nemo_widgets.json_text import read as read_json

from .assembly import Lead, Row, assembled, sorted_row
from .cut import Cut, Piece, file_name
from .lanes import data_of
from .rates import Rate, rate_of

if TYPE_CHECKING:
    from .losses import Losses

__all__ = ["read"]

_FORMAT = "auto-editor"
_LARGEST = 10**12
"""In frames: no timeline is longer."""


def read(content: bytes, losses: Losses, *, fps: Any = None) -> dict[str, Any]:
    """The draft of a timeline, or of its own JSON; what is not taken over is added to `losses`.

    Raises:
        ValueError: it is neither.
    """
    try:
        told = read_json(content)
    except ValueError as error:
        raise ValueError(say("formats.unreadable", format=_FORMAT, why=str(error)[:200])) from None
    if isinstance(told, dict) and isinstance(told.get("t"), list):
        return told
    if not isinstance(told, dict) or str(told.get("version")) != "3":
        raise ValueError(say("formats.no timeline", format=_FORMAT))
    return _Reader(told, losses, fps).data()


class _Reader:
    def __init__(self, told: dict[str, Any], losses: Losses, fps: Any) -> None:
        self.told, self.losses = told, losses
        self.unread: Counter[str] = Counter()
        self.own = rate_of(told.get("timebase"))
        self.rate = Rate(rate_of(fps, self.own))

    def data(self) -> dict[str, Any]:
        rows = [row for key, kind in (("v", "video"), ("a", "audio")) for row in self.rows(key, kind)]
        lanes = assembled(rows, self.losses)
        for what, count in self.unread.items():
            self.losses.add("unread", what=say(f"loss.a {what}"), count=count)
        size = self.told.get("resolution")
        sides = [int(number(side) or 0) for side in size[:2]] if isinstance(size, list) else []
        wide, high = sides if len(sides) > 1 else (0, 0)
        return data_of(Cut(self.rate, lanes, "", wide, high))

    def rows(self, key: str, kind: str) -> list[Row]:
        layers = self.told.get(key)
        cuts = mapping(self.told.get("transitions")).get(key)
        made = []
        for n, layer in enumerate(layers if isinstance(layers, list) else []):
            of_layer = dicts(cuts[n]) if isinstance(cuts, list) and n < len(cuts) else []
            leads = {
                self.frames(cut.get("at")): lead for cut in of_layer if (lead := self.lead(cut)) is not None
            }
            pieces = [piece for clip in dicts(layer) if (piece := self.piece(clip)) is not None]
            made.append(sorted_row(Row(kind), [(piece, leads.get(piece.start)) for piece in pieces]))
        return made

    def lead(self, cut: dict[str, Any]) -> Lead | None:
        long = self.frames(cut.get("dur"))
        if long <= 0:
            return None
        align = cut.get("alignment")
        head = 0 if align == "start" else long if align == "end" else long // 2
        return Lead(head, long - head)

    def piece(self, clip: dict[str, Any]) -> Piece | None:
        source = text(clip.get("src"))
        start, long = self.frames(clip.get("start")), self.frames(clip.get("dur"))
        if not source or start < 0 or long <= 0:
            self.unread["clip without a file" if not source else "clip without a place"] += 1
            return None
        speed, volume = self.played(clip)
        if speed is None:
            self.unread["disabled clip"] += 1
            return None
        begin = round(max(0, self.frames(clip.get("offset"))) * speed)
        return Piece(start, start + long, file_name(source), source, begin, speed, volume)

    def played(self, clip: dict[str, Any]) -> tuple[Fraction | None, float | None]:
        """The speed and level of a clip; no speed where it is cut out."""
        speed, volume = number(clip.get("speed")), number(clip.get("volume"))
        effects = clip.get("effects")
        for effect in effects if isinstance(effects, list) else []:
            name, _, value = text(effect).partition(":")
            if name == "cut":
                return None, None
            if name == "speed" and (given := number(value)) is not None:
                speed = given * (speed or 1)
            elif name == "volume" and (given := number(value)) is not None:
                volume = given
            elif name not in ("", "nil"):
                self.unread["effect"] += 1
        usual = speed is None or not 0 < speed <= 1000  # noqa: PLR2004 - as it is called
        chosen = Fraction(1) if usual or speed is None else Fraction(speed).limit_denominator(1000)
        return chosen or Fraction(1), None if volume is None else max(0.0, volume)

    def frames(self, value: Any) -> int:
        """Frames of the timeline as frames of the draft's rate; -1 for what is no number of them."""
        found = number(value)
        if found is None or abs(found) > _LARGEST:
            return -1
        count = round(found)
        return count if self.own == self.rate.fps else round(count / self.own * self.rate.fps)
