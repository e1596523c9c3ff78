"""How long a file really is: from when to when there are pictures, and from when to when each sound.

Headers are believed where they list every frame, as a whole MP4's do. Everything else is read, packet by
packet: recordings of browsers say no length, some sounds only estimate it, joined files start their clock
anew, and none of them says how long its last picture stands.
"""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import av

from .clock import STEADY
from .errors import MediaError
from .holes import Hole, merged, moved_of_index, spoilt_of_index
from .joints import leads
from .links import linked
from .opening import begin_of, only, open_media, path_of, video_stream
from .order import mixed_up
from .pace import Pace
from .parts import LATE, Extent, Extents, joined, missing, paused
from .pauses import listed_pauses, silent_too
from .scan import tracks
from .sound_frames import sound_frames
from .whole import structure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from av.container import InputContainer
    from av.stream import Stream

    from .clock import Clock
    from .sound_frames import SoundFrames
    from .stretches import Track
    from .whole import Structure, Window

__all__ = ["clock_of", "extents", "origin"]

_DURATION = re.compile(r"(\d{1,6}):(\d{1,2}):(\d{1,2}(?:\.\d{1,12})?)", re.ASCII)
"""How Matroska writes a length."""
_BROADCAST = ("mpegts", "mpeg", "mpegvideo")
"""Formats whose clock may start again or jump without anything else that shows it."""
_STREAMED = (*_BROADCAST, "flv", "asf")
"""Formats in which a recording goes on with a clock that started again."""
_SMALL = 64 * 1024 * 1024
"""Bytes: in a larger file the sounds are looked for at its end, not read as a whole."""
_OFF = Fraction(1, 2)
"""Seconds by which a sound's header may differ from its list of packets."""
_EARLY = Fraction(1)
"""Seconds that a head may count more than there are."""
_TAIL_S = 10
_LAST = 64
"""Pictures at the end of a list among which the last one to be seen is."""


def extents(path: Path, name: str = "") -> Extents:
    """What the file holds. Remembered for the files looked at last, as long as they are not changed.

    Raises:
        MediaError: it can't be opened.
    """
    try:
        stat = path.stat()
    except OSError:
        open_media(path, name).close()  # says why
        raise
    return _extents(str(path), name, stat.st_mtime_ns, stat.st_size)


def origin(container: InputContainer) -> Fraction:
    """The file's own time, in seconds, that is the clip's moment 0.

    It is the first picture's time, so that frame k of a clip stands at k frames exactly, whatever the
    muxer began counting from; only where the sound begins clearly before the pictures, it is the sound's.
    """
    if structure(path := path_of(container), container.format.name).windows:
        return extents(path).begin
    start = Fraction(container.start_time or 0, av.time_base)
    stream = video_stream(container)
    if stream is None or stream.time_base is None:
        return start
    matroska = container.format.name.startswith("matroska")
    by_decoding = container.format.name != "avi" and mixed_up(stream)
    if stream.start_time is None or (matroska and stream.duration) or by_decoding:
        # Matroska has no such duration: FFmpeg found no time, and put the whole file's there.
        found = extents(path)
        return found.begin if found.pictures is not None else start
    first = stream.start_time * stream.time_base
    return first if first - start < LATE else start


def clock_of(path: Path, container: InputContainer, name: str = "") -> Clock:
    """How the times of this file's packets are made to run through; most files' do."""
    form = container.format.name
    shape = structure(path, form)
    if form in _STREAMED or shape.windows or (form.startswith("mov") and shape.pieces):
        return extents(path, name).clock
    return STEADY


@lru_cache(maxsize=128)
def _extents(path: str, name: str, changed: int, size: int, window: Window | None = None) -> Extents:
    place = _Place(Path(path), name, window)
    with place.open() as container:
        shape = structure(place.path, container.format.name, window)
        if window is None and shape.windows:
            every = [_part(path, name, changed, size, one) for one in shape.windows]
            return linked(shape.windows, every)
        video = video_stream(container)
        if video is not None and video.codec_context is None:
            video = None
        sounds: list[Stream] = [s for s in container.streams.audio if s.codec_context is not None]
        shown: list[Stream] = [video] if video is not None else []
        if _listed(container, shape, [*shown, *sounds]):
            pictures = _of_index(container, video) if video is not None else None
            if pictures is not None or video is None:
                begin = begin_of(container)
                spoilt = merged(h for s in (*shown, *sounds) for h in spoilt_of_index(place.path, s, begin))
                gone = listed_pauses(video, sounds) if video is not None and not spoilt else ()
                heard = {s.index: _of_header(s) for s in sounds}
                return Extents(pictures, heard, lost=tuple(spoilt), paused=gone)
        # Where an AVI's end is missing, so is its list, by which it is seen what else is.
        unlisted = shape.cut and container.format.name == "avi"
        found = _read(place, container, video, sounds, whole=unlisted)
        if any(len(track.stretches) > 1 for track in found.values()):
            # Only together they say what belongs together.
            with place.open() as again:
                streams = [again.streams[s.index] for s in (video, *sounds) if s is not None]
                found = tracks(again, streams, broadcast=True)
        keyed = container.format.name == "mpeg"  # it dates few pictures, and after a seek the rest is guessed
        pictures, heard, clock = joined(found, None if video is None else video.index, keyed=keyed)
        if pictures is not None and video is not None and not (clock or shape.cut):
            pictures = pictures.until(_told(container, video))
        certain = keyed or shape.cut or container.format.name == "ogg"
        missed = missing(found, None if video is None else video.index, clock, certain=certain)
        if shape.cut:  # where it ends is said by that
            missed = tuple(hole for hole in missed if hole.end < max(t.last() for t in found.values()))
        frames = sound_frames(place.path, container.format.name, window)
        if frames is not None:
            missed += tuple(Hole(at, at, sure=True) for at in frames.breaks)
        if container.format.name == "avi":
            moved = [] if shape.cut else moved_of_index(place.path, [*shown, *sounds])
            missed = tuple(merged(chain(missed, _unread(place.path, found.values()), moved)))
        cut = shape.cut or _ends_early(container, frames, heard)
        gone = () if missed else paused(found, None if video is None else video.index, clock)
        cut = cut and not missed
        return Extents(pictures, heard, clock, cut, share=shape.share, lost=missed, paused=gone)


def _unread(path: Path, found: Iterable[Track]) -> Iterator[Hole]:
    """Where an AVI's chunks don't follow each other: it counts its pictures, and knows no time."""
    with path.open("rb") as file:
        for track in found:
            for moment, begin, end in track.unread:
                if not leads(file, begin, end):
                    yield Hole(moment * track.tick, moment * track.tick, sure=True)


def _ends_early(container: InputContainer, frames: SoundFrames | None, heard: dict[int, Extent]) -> bool:
    """Whether a file of sound alone has less of it than its head counts."""
    if frames is not None:
        return frames.told - frames.length > _EARLY
    if container.format.name != "flac" or len(heard) != 1:
        return False
    ((index, there),) = heard.items()
    told = _of_header(container.streams[index])
    return told.end - there.end > _EARLY


def _part(path: str, name: str, changed: int, size: int, window: Window) -> Extents | None:
    """What one of the files that are joined holds, None where it can't be read."""
    try:
        return _extents(path, name, changed, size, window)
    except MediaError:
        return None


class _Place(NamedTuple):
    """A file, or one of those that are joined in it."""

    path: Path
    name: str
    window: Window | None

    def open(self) -> InputContainer:
        return open_media(self.path, self.name, self.window)


def _listed(container: InputContainer, shape: Structure, streams: list[Stream]) -> bool:
    """Whether the headers list every frame, and the file holds them."""
    if not container.format.name.startswith("mov") or shape.cut or shape.pieces:
        return False
    told = all(s.duration and s.start_time is not None and s.frames and s.index_entries for s in streams)
    return told and all(_agrees(stream) for stream in streams if stream.type == "audio")


def _agrees(sound: Stream) -> bool:
    """Whether a sound's list ends where its header says that it does."""
    index = sound.index_entries
    before, last = (index[max(0, len(index) - back)].timestamp for back in (2, 1))
    end = (sound.start_time or 0) + (sound.duration or 0)
    return abs(2 * last - before - end) * Fraction(sound.time_base or 1) <= _OFF


def _of_header(stream: Stream) -> Extent:
    tick, first = Fraction(stream.time_base or 1), stream.start_time or 0
    end = first + (stream.duration or 0)
    return Extent(first * tick, end * tick, end * tick)


def _of_index(container: InputContainer, stream: Stream) -> Extent | None:
    """The pictures of a file that lists them all: nothing of it has to be read."""
    whole, pace = _of_header(stream), Pace()
    tick = Fraction(stream.time_base or 1)
    for entry in stream.index_entries:
        pace.add(entry.timestamp)  # of decoding: as far from each other as what is shown
    pace.finish()
    seen = _ending(container, stream)
    if seen is None:
        return None
    last = seen.stretches[0].last * tick
    seen.pace = pace
    return Extent.paced(whole.first, last, seen.ends(0), pace, tick)


def _ending(container: InputContainer, stream: Stream) -> Track | None:
    """The last pictures of a file that lists all: the list has them in the order of decoding only."""
    index = stream.index_entries
    begin = index[max(0, len(index) - _LAST)].timestamp
    with suppress(av.error.FFmpegError, OSError):
        container.seek(begin, stream=stream, any_frame=True)
    track = tracks(container, [stream]).get(stream.index)
    return track if track is not None and len(track.stretches) == 1 else None


def _read(
    place: _Place, container: InputContainer, video: Stream | None, sounds: list[Stream], *, whole: bool
) -> dict[int, Track]:
    broadcast = container.format.name in _BROADCAST
    if video is None or whole or (container.size or 0) <= _SMALL:
        return tracks(container, [*([video] if video is not None else []), *sounds], broadcast=broadcast)
    with place.open() as alone:
        only(alone, alone.streams[video.index])
        found = tracks(alone, [alone.streams[video.index]], broadcast=broadcast)
    seen = found.get(video.index)
    if seen is None or len(seen.stretches) > 1:
        return found | tracks(container, sounds, broadcast=broadcast)
    return found | _tails(place, container, video, sounds, seen)


def _tails(
    place: _Place, container: InputContainer, video: Stream, sounds: list[Stream], seen: Track
) -> dict[int, Track]:
    """What the sounds hold, by their beginning in the header and their last packets; else all are read."""
    broadcast = container.format.name in _BROADCAST
    end = seen.stretches[0].end - int(_TAIL_S / seen.tick)
    try:
        container.seek(max(seen.stretches[0].first, end), stream=video)
        found = tracks(container, sounds, broadcast=broadcast)
    except (av.error.FFmpegError, OSError):
        found = {}
    if all(s.index in found and s.start_time is not None for s in sounds):
        for stream in sounds:
            track = found[stream.index]
            track.holes += silent_too(container, stream, seen, until=track.stretches[0].first)
            track.stretches[0].first = stream.start_time or 0
        return found
    with place.open() as again:
        return tracks(again, [again.streams[s.index] for s in sounds], broadcast=broadcast)


def _told(container: InputContainer, video: Stream) -> Fraction:
    """Until when a header wants the last picture to stand, 0 where it says nothing that counts."""
    if (form := container.format.name) == "avi":
        return ((video.start_time or 0) + (video.duration or 0)) * Fraction(video.time_base or 1)
    if not form.startswith("matroska"):
        return Fraction(0)
    if told := _length(video.metadata.get("DURATION", "")):
        return told
    # It counts from 0, and is that of all streams together.
    return Fraction(container.duration or 0, av.time_base) if len(container.streams) == 1 else Fraction(0)


def _length(text: str) -> Fraction:
    """A length as Matroska writes it, 0 where it is none."""
    if (told := _DURATION.fullmatch(text.strip())) is None:
        return Fraction(0)
    return int(told[1]) * 3600 + int(told[2]) * 60 + Fraction(told[3])
