"""A draft turned into a plan: which frame of which clip is shown, and which samples are heard, when.

Everything is placed by its own absolute time, so that rounding to frames never adds up. The sound is cut
where the picture is cut, on the sample.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeAlias

from nemo_widgets.draft import AUDIO, TEXT, VIDEO, Draft, Segment, clock
from nemo_widgets.studio.media import MediaError, MediaInfo, probe
from nemo_widgets.studio.music import BEDS

from .errors import RenderError
from .output import Output, even, parse_rate
from .text import title
from .timeline import RATE, Piece, Plan, Shot, Span, Title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    Sources: TypeAlias = Callable[[str], Path]
    Probe: TypeAlias = Callable[[Path, str], MediaInfo]

__all__ = ["Sources", "make_plan"]

_CLICK = RATE * 5 // 1000
"""5 ms: a hard cut in the sound fades out and in over this, else it clicks."""
_HELD_MS = 1000
"""A clip that ends earlier than its segment by up to this holds its last frame; more is refused."""
_LOOSE_MS = 250
"""A piece of music that ends earlier than its segment by up to this is not begun anew."""
_SLOWEST, _QUICKEST = 0.25, 8.0
_LOUDEST = 10.0
_SOFTEST_LUFS, _LOUDEST_LUFS = -40.0, -5.0
_SAME_RATE = Fraction(1, 100)
"""Rates that differ by less are one: a phone's clock trembles; 29.97 and 30 part by a frame in 33 s."""
_LONGEST = 24 * 3600
_USUAL_FASTEST = Fraction(60)


def make_plan(draft: Draft, sources: Sources, output: Output | None = None, *, probe: Probe = probe) -> Plan:
    """What is to be shown and heard when.

    Args:
        draft: the timeline; times in ms (protocol §8).
        sources: maps a segment's `src` to a file here; a LookupError, OSError or ValueError of it is told.
        output: the form of the export.
        probe: how a file is looked into, `media.probe` by default.

    Raises:
        RenderError: the draft can't be rendered; one sentence, which names the clip.
    """
    return _Planner(draft, sources, output or Output(), probe).plan()


class _Planner:
    def __init__(self, draft: Draft, sources: Sources, output: Output, probe: Probe) -> None:
        self._draft, self._output = draft, output
        self._sources, self._probe = sources, probe
        self._infos: dict[Path, MediaInfo] = {}
        tracks = draft.layout()
        self._tracks = [t.segments for t in tracks if t.type == VIDEO and t.segments]
        self._sounds = [s for t in tracks if t.type == AUDIO for s in t.segments]
        self._texts = [s for t in tracks if t.type == TEXT for s in t.segments]
        if not self._tracks and not self._sounds and not self._texts:
            raise RenderError("There is nothing to export yet: the timeline is empty.")
        for segment in [s for t in self._tracks for s in t] + self._sounds + self._texts:
            if segment.duration_ms <= 0:
                raise RenderError(f"“{_label(segment)}” has no length on the timeline.")
        self._width, self._height, self._fps = self._form()

    def plan(self) -> Plan:
        frames = self._frame(self._draft.duration_ms)
        if frames < 1:
            raise RenderError("The timeline is shorter than one frame.")
        if frames > _LONGEST * self._fps:
            raise RenderError("The timeline is longer than a day.")
        rows = [[self._shot(s) for s in sorted(track, key=lambda s: s.start_ms)] for track in self._tracks]
        rows = [[(s, shot) for s, shot in row if shot.last > shot.first] for row in rows]
        titles = [t for s in self._texts if (t := title(s, self._fps, frames)) is not None]
        plan = Plan(
            *self._output.size(
                self._width, self._height, self._first_size() if self._output.resolution == "source" else None
            ),
            self._fps,
            frames,
            tuple(_spans(rows, titles, frames)),
            (),
            self._output.rate_factor,
            self._output.preset or "veryfast",
            self._output.quality,
            str(self._draft.meta.get("title") or ""),
            _loudness(self._draft.meta.get("loudness")),
        )
        pieces = [p for row in rows for p in self._voices(row, plan)]
        pieces += [p for s in self._sounds if (p := self._music(s, plan)) is not None]
        return replace(plan, pieces=tuple(sorted(pieces, key=lambda p: p.at)))

    def _form(self) -> tuple[int, int, Fraction]:
        """Canvas and frame rate: the output's, the draft's, or else the first clip's."""
        meta = self._draft.meta
        size: list[Any] = [meta.get("width"), meta.get("height")]
        rate = self._output.fps if self._output.fps is not None else meta.get("fps")
        first = next((s for t in self._tracks for s in t), None)
        info = None
        if first is not None and (rate is None or not all(_positive(n) for n in size)):
            info = self._info(self._source(first), _label(first))
        if not all(_positive(n) for n in size):
            wide, high = (info.width or 16, info.height or 9) if info is not None else (16, 9)
            scale = min(Fraction(1080, min(wide, high)), Fraction(1920, max(wide, high)))
            size = [even(wide * scale), even(high * scale)]
        if isinstance(rate, bool) or not isinstance(rate, int | float | str):
            rate = None
        if rate is not None:
            return round(size[0]), round(size[1]), parse_rate(rate)
        usual = info.fps if info is not None and info.fps else Fraction(30)
        return round(size[0]), round(size[1]), min(usual, _USUAL_FASTEST)

    def _first_size(self) -> tuple[int, int]:
        """How large the first clip is; the canvas where that is not known."""
        first = next((s for track in self._tracks for s in track), None)
        info = self._info(self._source(first), _label(first)) if first is not None else None
        return (
            (info.width, info.height) if info and info.width and info.height else (self._width, self._height)
        )

    def _frame(self, ms: int) -> int:
        return round(ms * self._fps / 1000)

    def _source(self, segment: Segment) -> Path:
        if not segment.src:
            raise RenderError(f"“{_label(segment)}” has no file to it.")
        try:
            return self._sources(segment.src)
        except (LookupError, OSError, ValueError) as error:
            raise RenderError(
                f"The file of “{_label(segment)}” isn't here: it must be uploaded again."
            ) from error

    def _info(self, path: Path, name: str) -> MediaInfo:
        if path not in self._infos:
            try:
                self._infos[path] = self._probe(path, name)
            except MediaError as error:
                raise RenderError(str(error)) from error
        return self._infos[path]

    def _shot(self, segment: Segment) -> tuple[Segment, Shot]:
        name, path = _label(segment), self._source(segment)
        info = self._info(path, name)
        first, last = self._frame(segment.start_ms), self._frame(segment.end_ms)
        if segment.start_ms < 0:
            raise RenderError(f"“{name}” begins before the timeline does.")
        if info.kind == "audio":
            raise RenderError(f"“{name}” is sound without a picture: it can't stand on a video track.")
        if not _SLOWEST <= segment.speed <= _QUICKEST:
            raise RenderError(f"“{name}” can't be played at {segment.speed:g} times its speed.")
        if info.kind == "image":
            return segment, Shot(path, name, first, last)
        _check_range(segment, info, name)
        rate, speed = info.fps or self._fps, Fraction(segment.speed).limit_denominator(1000)
        begin = _on_grid(max(0, segment.in_ms or 0), rate)
        end = _on_grid(segment.out_ms, rate) if segment.out_ms is not None else None
        steady = abs(rate * speed / self._fps - 1) < _SAME_RATE
        return segment, Shot(path, name, first, last, begin, speed / self._fps, end, 1 / rate, steady)

    def _voices(self, row: list[tuple[Segment, Shot]], plan: Plan) -> list[Piece]:
        """The own sound of a track's clips, cut where their pictures are cut."""
        pieces: list[Piece] = []
        for index, (segment, shot) in enumerate(row):
            after = row[index + 1] if index + 1 < len(row) else None
            piece = self._voice(segment, shot, plan, row[index - 1][1] if index else None, after)
            if piece is None:
                continue
            if pieces and _continues(pieces[-1], piece):
                pieces[-1], piece = replace(pieces[-1], fade_out=0), replace(piece, fade_in=0)
            pieces.append(piece)
        return pieces

    def _voice(
        self,
        segment: Segment,
        shot: Shot,
        plan: Plan,
        before: Shot | None,
        after: tuple[Segment, Shot] | None,
    ) -> Piece | None:
        """The sound of one clip; it overlaps that of a neighbour where the pictures blend into each other."""
        gain, at, last = _gain(segment), plan.sample(shot.first), shot.last
        crossed = after is not None and bool(after[0].transition)
        if after is not None and not crossed:
            last = min(last, after[1].first)  # what overlaps without a transition is cut
        length = plan.sample(last) - at
        if shot.end is not None and shot.step:
            length = min(length, round((shot.end - shot.begin) * RATE / (shot.step * self._fps)))
        if gain == 0 or length <= 0 or not self._info(shot.path, shot.name).has_audio:
            return None
        fade_in = fade_out = min(_CLICK, length // 2)
        if before is not None and segment.transition and before.last > shot.first:
            fade_in = min(length, plan.sample(before.last) - at)
        if after is not None and crossed and after[1].first < shot.last:
            fade_out = min(length, plan.sample(shot.last) - plan.sample(after[1].first))
        begin, speed = round(shot.begin * RATE), float(shot.step * self._fps)
        return Piece(
            shot.path, shot.name, at, length, begin, gain, fade_in, fade_out, voice=True, speed=speed
        )

    def _music(self, segment: Segment, plan: Plan) -> Piece | None:
        name, meta = _label(segment), _dict(segment.raw.get("m"))
        at = max(0, segment.start_ms) * RATE // 1000
        length = min(segment.end_ms * RATE // 1000, plan.samples) - at
        gain, begin = _gain(segment), max(0, segment.in_ms or 0)
        if length <= 0 or gain == 0:
            return None
        source: Path | str = segment.src
        loop = True
        if segment.src.startswith("music:"):
            if segment.src not in BEDS:
                raise RenderError(
                    f"There is no generated music called “{segment.src.removeprefix('music:')}”."
                )
        else:
            source = self._source(segment)
            info = self._info(source, name)
            if not info.has_audio:
                raise RenderError(f"“{name}” has no sound.")
            _check_range(segment, info, name, held=None)
            loop = begin + segment.duration_ms > info.duration_ms + _LOOSE_MS
        fades = [max(0, _ms(meta.get(key))) * RATE // 1000 for key in ("fade_in", "fade_out")]
        fades = [max(min(_CLICK, length // 2), fade) for fade in fades]
        if sum(fades) > length:
            fades = [fade * length // sum(fades) for fade in fades]
        begin = begin * RATE // 1000
        duck = meta.get("duck") is True
        return Piece(source, name, at, length, begin, gain, fades[0], fades[1], duck=duck, loop=loop)


def _spans(rows: list[list[tuple[Segment, Shot]]], titles: list[Title], frames: int) -> Iterable[Span]:
    """The longest stretches whose layers are the same."""
    layers: list[Shot | Title] = [*titles, *(shot for row in rows for _, shot in row)]
    edges = {0, frames, *(x for layer in layers for x in (layer.first, layer.last))}
    cuts = sorted(x for x in edges if 0 <= x <= frames)
    waiting = [list(reversed(row)) for row in rows]
    active: list[list[tuple[Segment, Shot]]] = [[] for _ in rows]
    for first, last in pairwise(cuts):
        for row, stack in zip(active, waiting, strict=True):
            while stack and stack[-1][1].first <= first:
                row.append(stack.pop())
            row[:] = [entry for entry in row if entry[1].last > first]
        texts = tuple(t for t in titles if t.first < last and t.last > first)
        top = next((row for row in reversed(active) if row), [])
        if len(top) > 1 and top[-1][0].transition:
            below, above = top[-2][1], top[-1][1]
            yield Span(first, last, below, above, (above.first, min(below.last, above.last)), texts)
        else:
            yield Span(first, last, top[-1][1] if top else None, titles=texts)


def _check_range(segment: Segment, info: MediaInfo, name: str, held: int | None = _HELD_MS) -> None:
    """Refuses what lies outside the clip, or shows more of it than is kept."""
    begin, used = max(0, segment.in_ms or 0), segment.duration_ms * segment.speed
    length = clock(info.duration_ms)
    if begin >= info.duration_ms:
        raise RenderError(f"“{name}” is {length} long; the timeline wants it from {clock(begin)} on.")
    if held is None or _animated(info):
        return
    if begin + used > info.duration_ms + held:
        until = clock(round(begin + used))
        raise RenderError(f"“{name}” is {length} long; the timeline wants it until {until}.")
    if segment.out_ms is not None:
        if segment.out_ms <= begin:
            kept = f"{clock(begin)} to {clock(segment.out_ms)}"
            raise RenderError(f"“{name}” is kept from {kept}, which is nothing.")
        if used > segment.out_ms - begin + held:
            raise RenderError(f"“{name}” is longer on the timeline than what is kept of the clip.")


def _animated(info: MediaInfo) -> bool:
    return info.video_codec in ("gif", "webp")


def _on_grid(ms: int, rate: Fraction) -> Fraction:
    """The clip's frame that is meant by a time in whole milliseconds, as a time."""
    return round(ms * rate / 1000) / rate


def _continues(before: Piece, piece: Piece) -> bool:
    """Whether a clip simply goes on over a cut: then there is nothing to hide, and a fade would be heard."""
    return (
        before.source == piece.source
        and before.end == piece.at
        and before.gain == piece.gain
        and before.speed == piece.speed == 1
        and abs(before.begin + before.length - piece.begin) <= 1
    )


def _gain(segment: Segment) -> float:
    return 1.0 if segment.volume is None else min(_LOUDEST, max(0.0, segment.volume))


def _loudness(value: Any) -> float | None:
    """What an export can be brought to: -5 is as loud as anything is made, -40 hardly heard."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return min(_LOUDEST_LUFS, max(_SOFTEST_LUFS, float(value)))


def _label(segment: Segment) -> str:
    return segment.name or segment.id or f"segment {segment.index + 1}"


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _ms(value: Any) -> int:
    return round(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0


def _positive(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 1
