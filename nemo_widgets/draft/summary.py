"""A draft in one line of words, in the form that the skill documents print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.printable import printable

from .clock import clock, seconds
from .layout import AUDIO, MAIN, TEXT, VIDEO

if TYPE_CHECKING:
    from collections.abc import Callable

    from .layout import HasTracks, Segment, Track

    _Span = Callable[[int, int], str]

_MINUTE_MS = 60_000
_LISTED = 3
"""More segments than this are counted, not listed."""


def summary(draft: HasTracks, language: str = "en") -> str:
    """The timeline in one line, in Chinese for `zh…`, else in English.

    Example: `Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%)
    3. Title: "Urban Dreams" (0-3s)` (the form is the skill documents'). From a minute on its times are
    written as everywhere else: `1. Video: interview (0:00-1:50)`.
    """
    tracks, zh = draft.layout(), language.lower().startswith("zh")
    if not tracks:
        return "时间线（空）" if zh else "Timeline (empty)"
    colon = "：" if zh else ": "
    span = _in_seconds if max(track.end_ms for track in tracks) < _MINUTE_MS else _in_clocks
    parts = [
        f"{i}. {_label(track, zh=zh)}{colon}{_content(track, span, zh=zh)}"
        for i, track in enumerate(tracks, 1)
    ]
    if zh:
        return printable(f"时间线（{len(tracks)} 条轨道）：{' '.join(parts)}")
    return printable(f"Timeline ({len(tracks)} track{'s' * (len(tracks) != 1)}): {' '.join(parts)}")


def _label(track: Track, *, zh: bool) -> str:
    if track.type == VIDEO:
        return "视频" if zh else "Video"
    if track.type == AUDIO and track.name == MAIN:
        return "声音" if zh else "Sound"
    if zh:
        return {AUDIO: "音乐", TEXT: "文字"}.get(track.type or -1, track.name or track.kind)
    return track.name or {AUDIO: "Audio", TEXT: "Text"}.get(track.type or -1, track.kind.capitalize())


def _content(track: Track, span: _Span, *, zh: bool) -> str:
    if not track.segments:
        return "（空）" if zh else "(empty)"
    if len(track.segments) > _LISTED:
        first = min(s.start_ms for s in track.segments)
        return f"{len(track.segments)} {'段' if zh else 'segments'} ({span(first, track.end_ms)})"
    return ", ".join(_segment(track, s, span, zh=zh) for s in track.segments)


def _segment(track: Track, segment: Segment, span: _Span, *, zh: bool) -> str:
    name = segment.name or ("未命名" if zh else "untitled")
    name = f'"{segment.text}"' if track.type == TEXT and segment.text else name
    level = f", {round(segment.volume * 100)}%" if track.type == AUDIO and segment.volume is not None else ""
    return f"{name} ({span(segment.start_ms, segment.end_ms)}{level})"


def _in_seconds(start_ms: int, end_ms: int) -> str:
    return f"{seconds(start_ms)}-{seconds(end_ms)}s"


def _in_clocks(start_ms: int, end_ms: int) -> str:
    return f"{clock(start_ms)}-{clock(end_ms)}"
