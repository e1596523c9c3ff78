"""How an uploaded clip comes onto the timeline before any instruction is given."""

from __future__ import annotations

import copy
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeGuard

from nemo_widgets.draft import AUDIO, MAIN, VIDEO, clock, is_sound, main_track

from .note import Note
from .sound_alone import beside_film, pictures_of, stands_behind, untouched
from .soundtrack import heard_tracks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from nemo_widgets.studio.timeline.media_item import MediaItem

    from .store import Media

__all__ = ["PLACED", "aside", "canvas", "landed", "place", "unedited"]

PLACED = frozenset({"video", "image"})
"""Kinds of media that come onto the timeline by themselves, whatever is there already."""

_SHORT_SIDE, _LONG_SIDE = 1080, 1920
_PICTURE_MS = 4000
_LEAST_SIDE = 16
"""What the encoder can make: a picture that is one long line gets black beside it."""
_LEAST_FPS, _MOST_FPS, _USUAL_FPS = Fraction(119, 10), 120, 30
"""Slides and animations, below twelve pictures a second, are shown at a usual rate, and cut as exactly."""
_SMOOTH_FPS = 24
"""A timeline that is slower takes the rate of a quicker clip that is added to it."""


def canvas(width: int, height: int) -> tuple[int, int]:
    """The canvas for a first clip of this size: its shape, 1080 on the short side, the long one at most 1920.

    >>> canvas(640, 360), canvas(360, 640), canvas(2390, 1000)
    ((1920, 1080), (1080, 1920), (1920, 804))
    """
    if width <= 0 or height <= 0:
        return _LONG_SIDE, _SHORT_SIDE
    short, long = sorted((width, height))
    scale = min(Fraction(_SHORT_SIDE, short), Fraction(_LONG_SIDE, long))
    return max(_LEAST_SIDE, _even(width * scale)), max(_LEAST_SIDE, _even(height * scale))


def place(
    draft: dict[str, Any] | None, media: Media, known: Mapping[str, MediaItem] | None = None
) -> dict[str, Any] | None:
    """The draft with an uploaded file where it belongs before any instruction is given.

    A video or picture comes behind the last clip of the main track. So does sound where there is no film. A
    picture stands behind sound that is alone; a second one makes a film of both. Where a film comes, sound
    that nobody has edited leaves the timeline, and else stays as it was cut. What has no place there leaves
    the draft as it is: subtitles, and sound beside a film.

    Music that ran to the end runs to the new one; `known` tells how long uploaded sound is, and how quick
    the clips are.
    """
    known = known or {}
    if media.kind not in PLACED and (media.kind != "audio" or (draft is not None and not is_sound(draft))):
        return draft
    if draft is None or media.kind == "audio" or not is_sound(draft):
        return _behind(draft, media, known)
    before = pictures_of(draft)
    if media.kind == "image" and (before is None or not untouched(draft)):
        return stands_behind(draft, media)
    film = beside_film(draft, _empty(media))
    if media.kind == "image" and before is not None:
        film = _laid(film, before["src"], before["name"], _PICTURE_MS, known)
    return _behind(film, media, known)


def aside(media: Media) -> Note:
    """What is said of a file that `place` leaves beside the timeline: how it comes onto it."""
    if media.kind == "audio":
        return Note(f"it is not on the timeline: say “use {media.name} as background music”",
                    f"不在时间线上：可以说“用{media.name}当背景音乐”")  # fmt: skip
    return Note(f"they are not on the timeline: say “put {media.name} on as subtitles”",
                f"不在时间线上：可以说“把{media.name}当字幕加到视频里”")  # fmt: skip


def landed(draft: dict[str, Any], media: Media, twins: Collection[str], *, alone: bool) -> Note | None:
    """What is said of a clip that `place` put behind others: where, or that it is there once more.

    `twins` are the sources of what has the same content. Clips that come `alone`, with no film before them,
    stand in the order in which they were given, which needs no words.
    """
    clips = (main_track(draft) or {}).get("sg", [])
    last = next((s for s in reversed(clips) if s["m"].get("src") == media.src), None)
    if last is None or not last["m"]["start"]:
        return None
    start, end = clock(last["m"]["start"]), clock(last["m"]["start"] + last["d"])
    if any(s is not last and s["m"].get("src") in twins for s in clips):
        return Note(f"it is on the timeline once more, at {start}–{end}: “remove the last clip” takes it off",
                    f"又放上时间线一次（{start}–{end}）：不需要的话可以说“删掉最后一个片段”")  # fmt: skip
    if alone:
        return None
    return Note(f"it is behind the other clips, at {start}–{end}",
                f"接在其他片段后面（{start}–{end}）")  # fmt: skip


def _behind(draft: dict[str, Any] | None, media: Media, known: Mapping[str, MediaItem]) -> dict[str, Any]:
    length = _PICTURE_MS if media.kind == "image" else max(1, media.duration_ms)
    heard = heard_tracks(media.tracks)
    # What is there twice is heard once.
    more = {"tracks": list(heard)} if len(heard) < len(media.tracks) else {}
    new, sound = draft or _empty(media), media.kind == "audio"
    if (rate := _paced(new, media, known)) is not None:
        new = {**new, "m": {**new["m"], "fps": rate}}
    return _laid(new, media.src, media.title, length, known, sound=sound, **more)


def _laid(
    draft: dict[str, Any],
    src: str,
    name: str,
    length: int,
    known: Mapping[str, MediaItem],
    *,
    sound: bool = False,
    **more: Any,
) -> dict[str, Any]:
    """The draft with a file as the last segment of the main track."""
    from nemo_widgets.studio.timeline.ripple import settle

    new = copy.deepcopy(draft)
    track = next((t for t in new["t"] if t.get("tt") == VIDEO), None) if not sound else main_track(new)
    if track is None:
        track = {"tt": AUDIO if sound else VIDEO, "m": {"name": MAIN}, "sg": []}
        new["t"].insert(0, track)
    start = max((s["m"]["start"] + s["d"] for s in track["sg"]), default=0)
    meta = {"id": _free_id(new), "start": start, "src": src, "in": 0, "out": length, "speed": 1.0,
            "volume": 1.0, "name": name, **more}  # fmt: skip
    track["sg"].append({"d": length, "m": meta})
    before, new["d"] = int(new.get("d", 0)), start + length
    return settle(new, before, known)


def unedited(media: Iterable[Media], known: Mapping[str, MediaItem] | None = None) -> dict[str, Any] | None:
    """The draft as it would be without any instruction: every clip whole, in the order of uploading."""
    draft: dict[str, Any] | None = None
    for item in media:
        draft = place(draft, item, known)
    return draft


def _empty(media: Media) -> dict[str, Any]:
    if media.kind == "audio":
        return {"d": 0, "m": {"title": media.title}, "t": []}
    width, height = canvas(media.width, media.height)
    meta = {"title": media.title, "width": width, "height": height, "fps": _rate(media.fps)}
    meta["resolution"] = "source"  # nothing is enlarged unless somebody asks for it
    return {"d": 0, "m": meta, "t": []}


def _rate(fps: Fraction | None) -> int | str:
    """A rate as drafts write it: 30, or `30000/1001`; 30 for pictures, slides, and what no player shows."""
    if not _sets_pace(fps):
        return _USUAL_FPS
    near = fps.limit_denominator(1001)
    return near.numerator if near.denominator == 1 else f"{near.numerator}/{near.denominator}"


def _sets_pace(fps: Fraction | None) -> TypeGuard[Fraction]:
    """Whether a clip of this rate moves, so that the timeline may have its rate."""
    return fps is not None and _LEAST_FPS <= fps <= _MOST_FPS


def _paced(draft: dict[str, Any], media: Media, known: Mapping[str, MediaItem]) -> int | str | None:
    """The rate for a timeline that gets this clip, None where it keeps its own.

    It takes the clip's if nothing on it moves yet and nobody chose a rate, or if it is a slow one.
    """
    if not _sets_pace(media.fps):
        return None
    rate, quicker = draft["m"].get("fps"), _rate(media.fps)
    there = {s.get("m", {}).get("src") for t in draft["t"] if t.get("tt") == VIDEO for s in t.get("sg", [])}
    still = all(src in known and not _sets_pace(known[src].fps) for src in there)
    if rate == _USUAL_FPS and still:
        return quicker
    slow = isinstance(rate, int | float) and rate < _SMOOTH_FPS and rate < media.fps
    return quicker if slow else None


def _free_id(draft: dict[str, Any]) -> str:
    taken = {s.get("m", {}).get("id") for t in draft["t"] for s in t.get("sg", [])}
    number = 1
    while f"v{number}" in taken:
        number += 1
    return f"v{number}"


def _even(length: Fraction) -> int:
    return max(2, round(length / 2) * 2)
