"""The files that a draft's segments are made of, each looked into once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from nemo_widgets.catalogue import english
from nemo_widgets.draft import clock
from nemo_widgets.studio.limits import short
from nemo_widgets.studio.media import MediaError, MediaInfo

from .errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nemo_widgets.draft import Segment

    Sources: TypeAlias = Callable[[str], Path]
    Probe: TypeAlias = Callable[[Path, str], MediaInfo]

__all__ = ["HELD_MS", "Clips", "check_range", "label"]

HELD_MS = 1000
"""A clip that ends earlier than its segment by up to this holds its last frame; more is refused."""
_ROUND = ("gif", "webp", "png", "avif")
"""What begins anew at its end."""


class Clips:
    """Where the files are, and what is in them."""

    def __init__(self, sources: Sources, probe: Probe) -> None:
        self._sources, self._probe = sources, probe
        self._infos: dict[Path, MediaInfo] = {}

    def path(self, segment: Segment) -> Path:
        """The segment's file.

        Raises:
            RenderError: it has none, or it isn't here.
        """
        if not segment.src:
            raise RenderError(english("film.no file", name=label(segment)))
        try:
            return self._sources(segment.src)
        except (LookupError, OSError, ValueError) as error:
            raise RenderError(english("film.not here", name=label(segment))) from error

    def info(self, segment: Segment) -> MediaInfo:
        """What is in the segment's file.

        Raises:
            RenderError: it isn't here, or can't be opened.
        """
        path = self.path(segment)
        if path not in self._infos:
            try:
                self._infos[path] = self._probe(path, label(segment))
            except MediaError as error:
                raise RenderError(str(error)) from error
        return self._infos[path]


def check_range(segment: Segment, info: MediaInfo, held: int | None = HELD_MS) -> None:
    """Refuses what lies outside the clip, or shows more of it than is kept; `held` None: it goes round.

    Raises:
        RenderError: that is so.
    """
    name, length = label(segment), clock(info.duration_ms)
    begin, used = max(0, segment.in_ms or 0), segment.duration_ms * segment.speed
    if begin >= info.duration_ms:
        raise RenderError(english("film.from", name=name, length=length, begin=clock(begin)))
    if held is None or info.video_codec in _ROUND:
        return
    if begin + used > info.duration_ms + held:
        until = clock(round(begin + used))
        raise RenderError(english("film.until", name=name, length=length, until=until))
    if segment.out_ms is not None:
        if segment.out_ms <= begin:
            ends = {"begin": clock(begin), "end": clock(segment.out_ms)}
            raise RenderError(english("film.kept", name=name, **ends))
        if used > segment.out_ms - begin + held:
            raise RenderError(english("film.longer", name=name))


def label(segment: Segment) -> str:
    """What a segment is called in a sentence."""
    return short(segment.name or segment.id) or f"segment {segment.index + 1}"
