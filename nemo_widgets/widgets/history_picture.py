"""A session's history as a picture: a strip of small timelines on one scale, the newest below."""

from __future__ import annotations

import io
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PIL import Image

from nemo_widgets.catalogue import say
from nemo_widgets.draft import AUDIO, TEXT, VIDEO, clock, length_ms
from nemo_widgets.interrupts import stoppable, to_thread
from nemo_widgets.languages import speaking, spoken

from .bundle import picture_bundle
from .canvas import AUDIO_COLOUR, GREY, GROUND, INK, LETTERS, OTHER_COLOUR, TEXT_COLOUR, VIDEO_COLOUR, Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.draft import Bundle, Draft, Track

__all__ = ["HistoryPicture", "history_png"]

_WIDTH = 640
_MOST = 20
"""Of more states the newest are drawn."""
_NUMBER, _LENGTH, _STRIP = 34.0, 58.0, 250.0
_ROW, _GAP, _CLIPS, _THIN = 30.0, 4.0, 16.0, 3.0
_COLOURS = {VIDEO: VIDEO_COLOUR, AUDIO: AUDIO_COLOUR, TEXT: TEXT_COLOUR}
_FAINT = (184, 191, 203)

State = tuple[int, str, "Draft"]
"""A state's number, what was said for it, and the draft."""


class HistoryPicture:
    """States of a timeline, shown in a notebook as a strip of pictures and in a terminal in words."""

    def __init__(self, states: Sequence[State], words: str, *, width: int = _WIDTH) -> None:
        self._states, self._words, self._width = states, words, width
        self._language = spoken()

    def __repr__(self) -> str:
        return self._words

    @cached_property
    def _png(self) -> bytes:
        with speaking(self._language):
            return history_png(self._states, width=self._width)

    @stoppable
    def _repr_mimebundle_(self, **_: Any) -> Bundle:
        return to_thread(self._bundle)

    def _bundle(self) -> Bundle:
        high = int.from_bytes(self._png[20:24], "big") // 2  # from its header
        with speaking(self._language):
            told = [_told(*state) for state in self._states[-_MOST:]]
        return picture_bundle(
            self._png, " ".join(reversed(told)), width=self._width, height=high, plain=self._words
        )


def _told(number: int, said: str, draft: Draft) -> str:
    what, length = said or say("history.unsaid"), clock(draft.duration_ms)
    return say("history.told", number=number, what=what, length=length)


def history_png(states: Sequence[State], *, width: int = _WIDTH) -> bytes:
    """The strip as PNG, to be shown `width` pixels wide: a row a state, the newest last.

    The same states give the same bytes in the same language.
    """
    shown = states[-_MOST:]
    hidden = len(states) - len(shown)
    rows = [(number, said, draft.layout()) for number, said, draft in shown]
    longest = max([1, *(max([length_ms(tracks), *(t.end_ms for t in tracks)]) for *_, tracks in rows)])
    canvas = Canvas(width, max(1, len(rows) + bool(hidden)) * (_ROW + _GAP))
    y = 0.0
    if hidden:
        canvas.rounded((0, y, width, y + _ROW), 4, (*GROUND, 255))
        canvas.text((8, y + _ROW / 2), say("history.earlier", count=hidden), LETTERS, _FAINT)
        y += _ROW + _GAP
    for number, said, tracks in rows:
        canvas.rounded((0, y, width, y + _ROW), 4, (*GROUND, 255))
        canvas.text((_NUMBER / 2, y + _ROW / 2), str(number), LETTERS, INK, "mm")
        _strip(canvas, tracks, y, _STRIP / longest)
        at = _NUMBER + _STRIP + 10
        canvas.text((at, y + _ROW / 2), clock(length_ms(tracks)), LETTERS, _FAINT)
        words, colour = (said, INK) if said else (say("history.unsaid"), _FAINT)
        canvas.label((at + _LENGTH, y + _ROW / 2), width - at - _LENGTH - 8, words, LETTERS, colour)
        y += _ROW + _GAP
    out = io.BytesIO()
    small = canvas.finished().quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small.save(out, "PNG", compress_level=9)
    return out.getvalue()


def _strip(canvas: Canvas, tracks: Sequence[Track], top: float, per_ms: float) -> None:
    """One small timeline: the pictures as blocks, up to three other tracks as thin lines below."""
    canvas.rounded((_NUMBER, top + 4, _NUMBER + _STRIP, top + 4 + _CLIPS), 2, (*GREY, 70))
    main = next((t for t in tracks if t.type == VIDEO), next(iter(tracks), None))
    y = top + 4 + _CLIPS + 1
    for track in tracks[:4]:
        box = (top + 4, top + 4 + _CLIPS) if track is main else (y, y + _THIN - 1)
        y += 0 if track is main else _THIN
        colour = _COLOURS.get(track.type if track.type is not None else -1, OTHER_COLOUR)
        _blocks(canvas, track, box, per_ms, (*colour, 255))


def _blocks(
    canvas: Canvas, track: Track, box: tuple[float, float], per_ms: float, colour: tuple[int, ...]
) -> None:
    """A track's segments; those narrower than a pixel are drawn together."""
    runs: list[tuple[float, float]] = []
    for s in sorted(track.segments, key=lambda s: s.start_ms):
        x0, x1 = (_NUMBER + max(0, ms) * per_ms for ms in (s.start_ms, s.end_ms))
        if runs and x0 - runs[-1][1] < 1 and (x1 - x0 < 2 or runs[-1][1] - runs[-1][0] < 2):  # noqa: PLR2004 - pixels
            runs[-1] = (runs[-1][0], max(x1, runs[-1][1]))
        else:
            runs.append((x0, x1))
    for x0, x1 in runs:
        canvas.rounded((x0, box[0], max(x0 + 1, x1 - 1), box[1]), 1, colour)
