"""What music can be: levels, and the songs that were uploaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import clock, is_sound
from nemo_widgets.draft.schema import LOUDEST, percent
from nemo_widgets.studio.music import BEDS
from nemo_widgets.studio.timeline.clip import read
from nemo_widgets.studio.timeline.errors import EditRefused, Unclear
from nemo_widgets.studio.timeline.time_range import TimeRange
from nemo_widgets.studio.words import Said

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.world import World
    from nemo_widgets.studio.timeline.media_item import MediaItem
    from nemo_widgets.studio.timeline.time_range import Stretch

__all__ = [
    "SONG",
    "THERE",
    "checked",
    "music_name",
    "no_audio",
    "only_song",
    "songs_of",
    "title_of",
]

SONG = "song"
"""The source that stands for the only uploaded song."""
THERE = "there"
"""The source that stands for the music on the timeline, else the only uploaded song, else generated music."""


def checked(volume: float) -> float:
    """A level from 0 to `LOUDEST`.

    Raises:
        EditRefused: it is none.
    """
    if not 0 <= volume <= LOUDEST:
        raise EditRefused(
            Said(f"A volume lies between 0 and {percent(LOUDEST)}. Nothing was changed.",
                 f"音量在 0 到 {percent(LOUDEST)} 之间。没有做任何改动。")
        )  # fmt: skip
    return volume


def music_name(src: str, name: str) -> Said:
    """What a piece of music is called: a generated one by its mood, one without a name "music"."""
    bed = BEDS.get(src)
    if bed is not None and name in ("", bed.name):
        return Said(bed.name, bed.name_zh)
    return Said(name or "music", name or "音乐")


def title_of(item: MediaItem) -> str:
    """What a song is called: its file's name without the ending."""
    return item.name.rpartition(".")[0] or item.name


def songs_of(world: World, draft: dict[str, Any]) -> list[MediaItem]:
    """The uploaded sounds that can be music: all but the one that is cut, where there is no film."""
    songs = [item for item in world.media.values() if item.kind == "audio"]
    cut = {shot.src for shot in read(draft)} if is_sound(draft) else set()
    return [song for song in songs if cut != {song.src}]


def only_song(world: World, draft: dict[str, Any], span: Stretch | None = None) -> MediaItem:
    """The uploaded song, if there is one.

    Raises:
        EditRefused: there is none.
        Unclear: there are several.
    """
    songs = songs_of(world, draft)
    if not songs:
        raise EditRefused(
            Said("No song was uploaded yet: upload one, or ask for lo-fi, calm, upbeat or cinematic music. "
                 "Nothing was changed.",
                 "还没有上传歌曲：请先上传，或者要 lo-fi、舒缓、轻快、电影感的音乐。没有做任何改动。")
        )  # fmt: skip
    if len(songs) > 1:
        when = (
            f" from {clock(span.start, exact=True)} to {clock(span.end, exact=True)}"
            if isinstance(span, TimeRange) and span.end
            else ""
        )
        choices = tuple(
            Said(f"use “{s.name}” as background music{when}", f"用“{s.name}”作为背景音乐") for s in songs
        )
        raise Unclear(Said("Which song?", "用哪首歌？"), choices)
    return songs[0]


def no_audio(name: str) -> Said:
    """That a file can't be music."""
    return Said(f"“{name}” is no uploaded audio file. Nothing was changed.",
                f"“{name}”不是已上传的音频文件。没有做任何改动。")  # fmt: skip
