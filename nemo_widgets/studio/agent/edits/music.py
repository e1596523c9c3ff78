"""Edits of the music: a bed under the picture, its source, loudness and place."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import AUDIO, Draft, clock, duration, is_sound, main_track
from nemo_widgets.draft.schema import percent
from nemo_widgets.studio.music import BEDS
from nemo_widgets.studio.timeline.clip import new_id, read, write
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.time_range import TimeRange, place
from nemo_widgets.studio.words import Said, spaced

from .calling import joined
from .edit import Edit, Outcome
from .songs import SONG, THERE, checked, music_name, no_audio, only_song, songs_of, title_of

if TYPE_CHECKING:
    from nemo_widgets.draft import Segment
    from nemo_widgets.studio.agent.world import World
    from nemo_widgets.studio.timeline.time_range import Stretch

__all__ = ["LOFI", "AddMusic", "HaveMusic", "beds", "without"]

LOFI = "music:lofi"
USUAL = 0.35
"""How loud a bed is where nothing is said."""
_NAMES = ("", "bgm", "music", "background music", "背景音乐", "音乐", "配乐")
_FADE_IN_MS, _FADE_OUT_MS = 500, 1000


def _is_music(track: Any) -> bool:
    if not isinstance(track, dict) or track.get("tt") != AUDIO:
        return False
    meta = track.get("m")
    name = meta.get("name", "") if isinstance(meta, dict) else ""
    return isinstance(name, str) and name.strip().casefold() in _NAMES


def beds(draft: dict[str, Any]) -> list[Segment]:
    """The music on the timeline; an audio track of another name, such as a voice-over, is none."""
    tracks = [t for t in draft.get("t", []) if _is_music(t)]
    return [s for track in Draft({"t": tracks}).layout() for s in track.segments]


def without(draft: dict[str, Any], gone: list[Segment]) -> dict[str, Any]:
    """The draft without this music, and without the tracks that it leaves empty; shares what stays."""
    new = dict(draft)
    tracks = []
    for track in draft.get("t", []):
        if not _is_music(track) or not track.get("sg"):
            tracks.append(track)
            continue
        kept = [s for s in track["sg"] if not any(s is g.raw for g in gone)]
        if kept:
            tracks.append({**track, "sg": kept})
    new["t"] = tracks
    return new


@dataclass(frozen=True, slots=True)
class AddMusic(Edit):
    """A bed under the picture, over all or `span`; one that it would cover is replaced.

    `src`: an uploaded audio file, `song` for the only one there is, or generated: `music:lofi`, `music:calm`,
    `music:upbeat`, `music:cinematic`. `there` is the music that plays already; where there is none, that song
    or generated music. `volume` 0 to 10, usually 0.35. `fade_in` and `fade_out` in ms; None for short ones.
    With `duck` it is quieter under speech. A file is played from `song_from` to `song_to` (ms of the file);
    with `loop` that begins anew where it ends.
    """

    src: str = LOFI
    label: str = "Lo-fi"
    volume: Fraction | None = None
    span: Stretch | None = None
    fade_in: int | None = None
    fade_out: int | None = None
    duck: bool = True
    loop: bool = False
    song_from: int = 0
    song_to: int | None = None
    name: ClassVar[str] = "add_music"
    subject: ClassVar[str] = "music"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Lay the bed. See `Edit.apply`."""
        if self.src == THERE:
            return self._of(draft, world).apply(draft, world)
        if self.src == SONG:
            song = only_song(world, draft, self.span)
            return replace(self, src=song.src, label=title_of(song)).apply(draft, world)
        draft, moved = _off_the_main_track(draft, self.src)
        start, end, remark = place(self.span or TimeRange(0, None), draft)
        remark = moved + remark
        long, told = self._length(end - start, world)
        end, remark = start + long, remark + told
        covered = [b for b in beds(draft) if b.start_ms < end and start < b.end_ms]
        volume = checked(round(float(self.volume), 4) if self.volume is not None else USUAL)
        fades = self._fades(end - start)
        if len(covered) == 1 and self._same(covered[0], (start, end), volume, fades):
            said = Said(
                f"{self.label} is already there at {percent(volume)}.",
                spaced(music_name(self.src, self.label).zh, f"已经在了，音量 {percent(volume)}。"),
            )
            return Outcome(draft, said, "add_music", {}, {"status": "unchanged"})
        new = copy.deepcopy(without(draft, covered))
        d = end - start
        meta = {
            "id": new_id(draft, "a"),
            "start": start,
            "src": self.src,
            "volume": volume,
            "fade_in": fades[0],
            "fade_out": fades[1],
            "name": self.label,
            "duck": self.duck,
            "in": self.song_from,
            "out": self.song_from + d,
        }
        if self.loop and self.src in world.media:
            meta |= {"loop": True, "out": self._end(world)}
        track = next((t for t in new["t"] if _is_music(t) and isinstance(t.get("sg"), list)), None)
        if track is None:
            track = {"tt": AUDIO, "m": {"name": "BGM"}, "sg": []}
            new["t"].insert(_after_video(new["t"]), track)
        track["sg"] = sorted(
            [*track["sg"], {"d": d, "m": meta}], key=lambda s: s.get("m", {}).get("start", 0)
        )
        where = f"{clock(start)}–{clock(end)}"
        faded, played = self._faded(fades), self._played()
        said = Said(
            f"Added {self.label} music {where} at {percent(volume)}{faded.en}{played.en}.",
            spaced("加了", music_name(self.src, self.label).zh, "背景音乐")
            + f"（{where}，音量 {percent(volume)}{faded.zh}{played.zh}）。",
        )
        if covered:
            old = joined([music_name(b.src, b.name) for b in covered])
            remark = Said(f"It takes the place of {old.en}.", spaced("替换了原来的", old.zh, "。")) + remark
        args = {"source": self.label, "start": start / 1000, "end": end / 1000, "volume": volume}
        return Outcome(new, said, "add_music", args, {"status": "success", "id": meta["id"]}, notes=remark)

    def _of(self, draft: dict[str, Any], world: World) -> AddMusic:
        """The same with the music that is meant.

        Raises:
            EditRefused: several pieces are there.
        """
        laid = beds(draft)
        if len({bed.src for bed in laid}) > 1:
            names = joined([music_name(bed.src, bed.name) for bed in laid])
            raise EditRefused(
                Said(f"Which of the music is meant, {names.en}? Nothing was changed.",
                     spaced("是指哪一段音乐：", names.zh, "？没有做任何改动。"))
            )  # fmt: skip
        if not laid:
            own = len(songs_of(world, draft)) == 1
            return replace(self, src=SONG if own else LOFI, label=SONG if own else "Lo-fi")
        bed, level = laid[0], self.volume
        if level is None and bed.volume is not None:
            level = Fraction(str(bed.volume))
        enter = bed.meta.get("fade_in") if self.fade_in is None else self.fade_in
        leave = bed.meta.get("fade_out") if self.fade_out is None else self.fade_out
        loop = self.loop or bool(bed.meta.get("loop"))
        return replace(
            self, src=bed.src, label=bed.name, volume=level, fade_in=enter, fade_out=leave, loop=loop
        )

    def _length(self, wanted: int, world: World) -> tuple[int, Said]:
        """How long the bed is, at most `wanted` ms, and a remark where the file ends before.

        Raises:
            EditRefused: the file has no such part, or is none of sound.
        """
        if self.src in BEDS:
            return wanted, Said()
        item = world.media.get(self.src)
        if item is None or item.kind != "audio":
            raise EditRefused(no_audio(item.name if item else self.src))
        whole = item.duration_ms
        until = self._end(world)
        if not 0 <= self.song_from < until:
            raise EditRefused(
                Said(f"{item.name} is {clock(whole)} long and has no such part. Nothing was changed.",
                     spaced(item.name, f"长 {clock(whole)}，没有这一段可以播放。没有做任何改动。"))
            )  # fmt: skip
        room = until - self.song_from
        if room >= wanted or self.loop:
            return wanted, Said()
        if self.song_to is not None:
            return room, Said()
        return room, Said(
            f"The file is {clock(whole)} long and ends there.", f"文件长 {clock(whole)}，到那里为止。"
        )

    def _end(self, world: World) -> int:
        """Where in the file it begins anew, in ms."""
        whole = world.media[self.src].duration_ms
        return whole if self.song_to is None else min(self.song_to, whole)

    def _played(self) -> Said:
        """Which part of the file, over and over, and whether under speech, in words."""
        en, zh = "", ""
        if self.song_from or self.song_to is not None:
            until = "" if self.song_to is None else f"–{clock(self.song_to)}"
            en, zh = (
                f", from {clock(self.song_from)}{until} of it",
                f"，播放其 {clock(self.song_from)}{until or ' 起'}",
            )
        if self.loop:
            en, zh = f"{en}, looped", f"{zh}，循环播放"
        if self.duck:
            return Said(f"{en}, quieter under speech", f"{zh}，说话时自动压低")
        return Said(f"{en}, just as loud under speech", f"{zh}，说话时不压低")

    def _fades(self, d: int) -> tuple[int, int]:
        fade_in = _FADE_IN_MS if self.fade_in is None else self.fade_in
        fade_out = _FADE_OUT_MS if self.fade_out is None else self.fade_out
        return min(fade_in, d // 4), min(fade_out, d // 2)

    def _faded(self, fades: tuple[int, int]) -> Said:
        """The fades in words, where they were asked for."""
        if self.fade_in is None and self.fade_out is None:
            return Said()
        told = [
            (f"{en} over {duration(long)}", f"{zh} {duration(long, zh=True)}")
            for asked, long, en, zh in (
                (self.fade_in, fades[0], "in", "淡入"),
                (self.fade_out, fades[1], "out", "淡出"),
            )
            if asked is not None
        ]
        return Said(f", fading {' and '.join(en for en, _ in told)}", "".join(f"，{zh}" for _, zh in told))

    def _same(self, bed: Segment, place_ms: tuple[int, int], volume: float, fades: tuple[int, int]) -> bool:
        meta = bed.raw["m"]
        faded = self.fade_in is None and self.fade_out is None
        faded = faded or (meta.get("fade_in"), meta.get("fade_out")) == fades
        faded = faded and (bed.in_ms or 0, bool(meta.get("loop"))) == (self.song_from, self.loop)
        return (
            faded
            and bool(meta.get("duck")) == self.duck
            and (bed.src, bed.start_ms, bed.end_ms, bed.volume) == (self.src, *place_ms, volume)
        )


@dataclass(frozen=True, slots=True)
class HaveMusic(Edit):
    """Some music: what is there, else the only song that was uploaded, else generated."""

    name: ClassVar[str] = "have_music"
    subject: ClassVar[str] = "music"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Add music if there is none; see `Edit.apply`."""
        if beds(draft):
            said = Said("The music stays.", "音乐保留。")
            return Outcome(draft, said, "add_music", {}, {"status": "unchanged"})
        songs = songs_of(world, draft)
        if len(songs) == 1:
            return AddMusic(songs[0].src, title_of(songs[0])).apply(draft, world)
        return AddMusic().apply(draft, world)


def _off_the_main_track(draft: dict[str, Any], src: str) -> tuple[dict[str, Any], Said]:
    """The draft without the clips of a sound that is to be music; one that stands there alone stays."""
    shots = read(draft) if is_sound(draft) else []
    kept = [shot for shot in shots if shot.src != src]
    if not kept or len(kept) == len(shots):
        return draft, Said()
    kept[0] = replace(kept[0], transition=0)
    return write(draft, kept), Said("It is music now and no clip any more.", "它现在是音乐，不再是片段。")


def _after_video(tracks: list[Any]) -> int:
    main = main_track({"t": tracks})
    video = [i for i, t in enumerate(tracks) if isinstance(t, dict) and (t.get("tt") == 0 or t is main)]
    return video[-1] + 1 if video else 0
