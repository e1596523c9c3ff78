"""Which frames of an export are taken over as they are coded in a clip: nobody touched them.

A copy begins at an IDR picture, from which nothing refers to anything before it, and takes packets in the
order of their decoding for as long as they are an unbroken row of the timeline's frames.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

import av

from nemo_widgets.studio.media import MediaError
from nemo_widgets.studio.media.opening import open_media

from .copy_source import copy_source, groups, only_video
from .effects.treatment import UNTREATED
from .errors import RenderCancelled
from .film_index import index_of
from .h264 import NO_SETS, ParameterSets
from .kept import gaps, shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from av.packet import Packet
    from av.video.stream import VideoStream

    from .copy_source import CopySource, Head
    from .kept import KeptFilm
    from .model import Plan, Span, VideoClip

__all__ = ["NOTHING", "Copy", "CopyPlan", "copy_plan", "is_plain"]

_LEAST = 12
"""Frames: a shorter copy saves nothing."""
_ROUNDED = Fraction(1, 1000)


@dataclass(frozen=True, slots=True)
class Copy:
    """Frames `first` until `last` of the timeline, as packets of a clip.

    Attributes:
        path: the clip.
        name: what it is called.
        times: when each of them is shown, in ticks of the clip's clock, rising.
    """

    first: int
    last: int
    path: Path
    name: str
    times: tuple[int, ...]

    def packets(self) -> Iterator[tuple[int, Packet[VideoStream]]]:
        """The packets in the order of their decoding, each with the frame of the timeline that it is.

        Raises:
            MediaError: the clip can't be read, or is not what it was.
        """
        frames = {time: self.first + i for i, time in enumerate(self.times)}
        left = len(frames)
        with open_media(self.path, self.name) as container:
            stream = only_video(container)
            container.seek(self.times[0], stream=stream)
            begun = False
            for packet in container.demux(stream):
                begun = begun or packet.pts == self.times[0]
                if not begun:
                    continue
                if packet.pts not in frames:
                    raise MediaError(f"“{self.name}” has changed.")
                yield frames[packet.pts], packet
                left -= 1
                if not left:
                    return
        raise MediaError(f"“{self.name}” ends too early.")


@dataclass(frozen=True, slots=True)
class CopyPlan:
    """The copies of an export in their order, and what the rest must be like to stand between them.

    Attributes:
        sets: the parameter sets of all copies.
        delay: by how many frames decoding is ahead of showing, at the most.
        profile: what x264 encodes the rest as.
        model: a clip whose stream the file's is made like.
        refusals: of which files nothing, or nothing more, can be copied, and why.
    """

    copies: tuple[Copy, ...] = ()
    sets: ParameterSets = NO_SETS
    delay: int = 0
    profile: str = "high"
    model: Path | None = None
    refusals: Mapping[Path, str] = field(default_factory=dict)

    @property
    def frames(self) -> int:
        """How many frames are copied."""
        return sum(copy.last - copy.first for copy in self.copies)


NOTHING = CopyPlan()


def copy_plan(
    plan: Plan, cancelled: Callable[[], bool] = lambda: False, films: Sequence[KeptFilm] = ()
) -> CopyPlan:
    """What can be copied of a plan: of its clips, and of kept films that show the same.

    A file that can't be read is none of it: whoever decodes it says so.

    Raises:
        RenderCancelled: `cancelled` said so; it is asked at every group of pictures.
    """
    if plan.waveform:
        return NOTHING
    search = _Search(plan, cancelled)
    if plan.copied:
        for span in plan.spans:
            if span.below is not None and is_plain(span, span.below, plan):
                search.take(span.below, *_inner(span, plan))
    if films:
        try:
            clips = list(shared(plan, index_of(plan), films))
        except OSError:
            clips = []
        for clip in clips:
            taken = [(copy.first, copy.last) for copy in search.found.copies]
            for first, last in gaps(clip.first, clip.last, taken):
                if last - first >= _LEAST:
                    search.take(clip, first, last)
    copies = tuple(sorted(search.found.copies, key=lambda copy: copy.first))
    return replace(search.found, copies=copies, refusals=search.refusals)


class _Search:
    """What is found to be copied, clip by clip."""

    def __init__(self, plan: Plan, cancelled: Callable[[], bool]) -> None:
        self._size, self._cancelled = (plan.width, plan.height), cancelled
        self._known: dict[Path, CopySource | str] = {}
        self.found = NOTHING

    @property
    def refusals(self) -> dict[Path, str]:
        """Why nothing, or nothing more, is copied of which file."""
        return {path: known for path, known in self._known.items() if isinstance(known, str)}

    def take(self, clip: VideoClip, first: int, last: int) -> None:
        """What of frames `first` until `last` of a clip can be copied, beside what is found already."""
        known, found = self._known, self.found
        try:
            if clip.path not in known:
                known[clip.path] = copy_source(clip.path, clip.name, self._size)
            source = known[clip.path]
            if isinstance(source, str):
                return
            runs = list(_runs(clip, source, first, last, self._cancelled))
        except (MediaError, av.error.FFmpegError, OSError):
            known[clip.path] = "damaged"
            return
        if not runs:
            return
        sets = found.sets.with_others(source.sets)
        if sets is None or (found.copies and source.profile != found.profile):
            known[clip.path] = "encoder"
            return
        delay, model = max(found.delay, source.delay), found.model or clip.path
        self.found = CopyPlan((*found.copies, *runs), sets, delay, source.profile, model)


def is_plain(span: Span, clip: VideoClip, plan: Plan) -> bool:
    """Whether a span shows a clip's own frames, one for one, as they are and with nothing over them."""
    return (
        span.above is None
        and not span.titles
        and clip.steady
        and not clip.double
        and clip.step == 1 / plan.fps
        and replace(clip.treatment, fit=UNTREATED.fit) == UNTREATED
    )


def _inner(span: Span, plan: Plan) -> tuple[int, int]:
    """The frames of a span that no fade of the whole touches."""
    return max(span.first, plan.fades.enter), min(span.last, plan.frames - plan.fades.leave)


def _runs(
    clip: VideoClip, source: CopySource, first: int, last: int, cancelled: Callable[[], bool]
) -> Iterator[Copy]:
    """The copies among frames `first` until `last` of a clip."""
    begin: int | None = None
    times: list[int] = []

    slack = max(clip.tolerance(first), min(_ROUNDED, source.tick / 2))
    before = source.origin + slack + clip.begin

    def frame_of(time: int) -> int:
        """From which frame of the timeline on a picture is the latest."""
        return clip.first + ceil((time * source.tick - before) / clip.step)

    def made() -> Iterator[Copy]:
        if begin is not None and len(times) >= _LEAST:
            yield Copy(begin, begin + len(times), clip.path, clip.name, tuple(times))

    start = (clip.moment(first) + source.origin) / source.tick
    for group in groups(clip.path, clip.name, source.sets, int(start), lambda time: frame_of(time) >= last):
        if cancelled():
            raise RenderCancelled
        shown = sorted(packet.time for packet in group)
        frames = [frame_of(time) for time in shown]
        usable = _prefix(group, shown, frames, first, last)
        if begin is not None and (not usable or frames[0] != begin + len(times)):
            yield from made()
            begin, times = None, []
        if usable:
            begin = frames[0] if begin is None else begin
            times += shown[:usable]
        if begin is not None and usable < len(group):
            yield from made()
            begin, times = None, []
    yield from made()


def _prefix(group: Sequence[Head], shown: Sequence[int], frames: Sequence[int], first: int, last: int) -> int:
    """How many packets of a group, in the order of decoding, are an unbroken row of frames of the span."""
    if frames[0] < first or any(packet.broken for packet in group):
        return 0
    row = 1 + next((i for i, (a, b) in enumerate(pairwise(frames)) if b != a + 1), len(frames) - 1)
    row = min(row, last - frames[0])
    places = {time: i for i, time in enumerate(shown)}
    usable = highest = 0
    for count, packet in enumerate(group, 1):
        highest = max(highest, places[packet.time])
        if highest >= row:
            break
        if highest == count - 1:
            usable = count
    return usable
