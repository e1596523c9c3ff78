"""Segments as pieces of sound, cut on the sample where the picture is cut."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import english
from nemo_widgets.draft import sound_tracks
from nemo_widgets.studio.limits import short
from nemo_widgets.studio.music import BEDS

from .clips import check_range, label
from .effects.reading import number
from .errors import RenderError
from .model import RATE, AudioClip

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from nemo_widgets.draft import Segment

    from .clips import Clips
    from .model import Plan, VideoClip

    Row = Sequence[tuple[Segment, VideoClip]]

__all__ = ["beds", "voices"]

_CLICK = RATE * 5 // 1000
"""5 ms: a hard cut in the sound fades out and in over this, else it clicks."""
_LOOSE_MS = 250
"""A piece of music that ends earlier than its segment by up to this is not begun anew."""
_LOUDEST = 10.0


def voices(row: Row, plan: Plan, clips: Clips) -> list[AudioClip]:
    """The own sound of a track's clips, cut where their pictures are cut."""
    pieces: list[AudioClip] = []
    for index, (segment, shot) in enumerate(row):
        after = row[index + 1] if index + 1 < len(row) else None
        before = row[index - 1][1] if index else None
        piece = _voice(segment, shot, plan, clips, before=before, after=after)
        if piece is None:
            continue
        if pieces and _continues(pieces[-1], piece):
            pieces[-1], piece = replace(pieces[-1], fade_out=0), replace(piece, fade_in=0)
        pieces.append(piece)
    return pieces


def _voice(
    segment: Segment,
    shot: VideoClip,
    plan: Plan,
    clips: Clips,
    *,
    before: VideoClip | None,
    after: tuple[Segment, VideoClip] | None,
) -> AudioClip | None:
    """The sound of one clip; it overlaps that of a neighbour where the pictures blend into each other."""
    gain, at, last = _gain(segment), plan.sample(shot.first), shot.last
    crossed = after is not None and bool(after[0].transition)
    if after is not None and not crossed:
        last = min(last, after[1].first)  # what overlaps without a transition is cut
    length = plan.sample(last) - at
    speed, backwards = abs(shot.step) * plan.fps, shot.step < 0
    low, high = (shot.end, shot.begin + min(shot.frame, -shot.step)) if backwards else (shot.begin, shot.end)
    if low is not None and high is not None and speed:
        length = min(length, round((high - low) * RATE / speed))
    if gain == 0 or length <= 0 or not speed or not clips.info(segment).has_audio:
        return None
    fade_in, fade_out = _fades(segment, length)
    if before is not None and segment.transition and before.last > shot.first:
        fade_in = min(length, max(fade_in, plan.sample(before.last) - at))
    if after is not None and crossed and after[1].first < shot.last:
        fade_out = min(length, max(fade_out, plan.sample(shot.last) - plan.sample(after[1].first)))
    begin = round((high if backwards and high is not None else shot.begin) * RATE)
    return AudioClip(
        shot.path, shot.name, at, length, begin, gain, fade_in, fade_out,
        voice=True, speed=float(speed), reverse=backwards, tracks=sound_tracks(segment.raw),
    )  # fmt: skip


def beds(segments: Iterable[Segment], plan: Plan, clips: Clips) -> list[AudioClip]:
    """The sound of the segments of sound tracks; a bed that was only split does not end at the cut."""
    pieces = [piece for segment in segments if (piece := _bed(segment, plan, clips)) is not None]
    begins = {_begin(piece) for piece in pieces}
    return [replace(piece, ends=begins.isdisjoint(_next(piece))) for piece in pieces]


def _bed(segment: Segment, plan: Plan, clips: Clips) -> AudioClip | None:
    """The sound of a segment of a sound track, None where nothing of it is heard."""
    name = label(segment)
    at = max(0, segment.start_ms) * RATE // 1000
    length = min(segment.end_ms * RATE // 1000, plan.samples) - at
    gain, begin = _gain(segment), max(0, segment.in_ms or 0)
    if length <= 0 or gain == 0:
        return None
    source: Path | str = segment.src
    loop, until = False, 0
    if segment.src.startswith("music:"):
        if segment.src not in BEDS:
            asked = short(segment.src.removeprefix("music:"))
            raise RenderError(english("film.no music", name=asked))
    else:
        source = clips.path(segment)
        info = clips.info(segment)
        if not info.has_audio:
            raise RenderError(english("film.no sound", name=name))
        check_range(segment, info, held=None)
        if segment.out_ms is not None and begin < segment.out_ms < info.duration_ms:
            until = segment.out_ms * RATE // 1000
        used = until * 1000 // RATE if until else info.duration_ms
        if begin + segment.duration_ms > used + _LOOSE_MS:
            loop = segment.meta.get("loop") is not False
            length = length if loop else min(length, (used - begin) * RATE // 1000)
    fades = _fades(segment, length)
    begin = begin * RATE // 1000
    duck = segment.meta.get("duck") is True
    tracks = sound_tracks(segment.raw)
    return AudioClip(
        source, name, at, length, begin, gain, *fades, duck=duck, loop=loop, until=until, tracks=tracks
    )


def _fades(segment: Segment, length: int) -> tuple[int, int]:
    """The segment's own fades in samples, at least what hides a click, together no longer than the sound."""
    wanted = [max(0, round(number(segment.meta.get(key)) or 0)) for key in ("fade_in", "fade_out")]
    fades = [max(min(_CLICK, length // 2), ms * RATE // 1000) for ms in wanted]
    if sum(fades) > length:
        fades = [fade * length // sum(fades) for fade in fades]
    return fades[0], fades[1]


def _begin(piece: AudioClip) -> tuple[object, ...]:
    """What is heard first of it, and when."""
    return piece.source, piece.tracks, piece.at, piece.begin


def _next(piece: AudioClip) -> list[tuple[object, ...]]:
    """The begin of a piece that goes on in the source where this one stops, and when; a sample off counts."""
    begin = piece.begin + piece.length
    return [(piece.source, piece.tracks, piece.end, begin + off) for off in (-1, 0, 1)]


def _continues(before: AudioClip, piece: AudioClip) -> bool:
    """Whether a clip simply goes on over a cut: then there is nothing to hide, and a fade would be heard."""
    return (
        _begin(piece) in _next(before)
        and before.gain == piece.gain
        and before.speed == piece.speed == 1
        and not (before.reverse or piece.reverse)
    )


def _gain(segment: Segment) -> float:
    return 1.0 if segment.volume is None else min(_LOUDEST, max(0.0, segment.volume))
