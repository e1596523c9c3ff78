"""Edits of the music: a bed under the picture, its source, loudness and place."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import AUDIO, Draft, clock

from .edit import Edit, Outcome, Said, seconds
from .span import Span, place
from .timeline import new_id

if TYPE_CHECKING:
    from fractions import Fraction

    from nemo_widgets.draft import Segment
    from nemo_widgets.studio.agent.world import World

    from .span import Where

__all__ = ["LOFI", "LOUDEST", "AddMusic", "HaveMusic", "beds", "percent", "without"]

LOFI = "music:lofi"
LOUDEST = 10.0
"""The most that music and voices can be amplified."""
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


def percent(volume: float) -> str:
    """A level in words: `35%`."""
    return f"{round(volume * 100)}%"


@dataclass(frozen=True, slots=True)
class AddMusic(Edit):
    """A bed from an uploaded file or, with `src` = `music:lofi`, generated; over all or `span`.

    `fade_in` and `fade_out` in ms; None for short ones.
    """

    src: str = LOFI
    label: str = "Lo-fi"
    volume: Fraction | None = None
    span: Where | None = None
    fade_in: int | None = None
    fade_out: int | None = None
    name: ClassVar[str] = "add_music"
    subject: ClassVar[str] = "music"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Lay the bed; one that it would cover is replaced. See `Edit.apply`."""
        start, end, remark = place(self.span or Span(0, None), draft)
        if self.src in world.media:
            room = world.media[self.src].duration_ms
            if room < end - start:
                end = start + room
                remark += Said(
                    f"The file is {clock(room)} long and ends there.", f"文件长 {clock(room)}，到那里为止。"
                )
        covered = [b for b in beds(draft) if b.start_ms < end and start < b.end_ms]
        volume = float(self.volume) if self.volume is not None else 0.35
        fades = self._fades(end - start)
        if len(covered) == 1 and self._same(covered[0], (start, end), volume, fades):
            said = Said(
                f"{self.label} is already there at {percent(volume)}.",
                f"{self.label} 已经在了，音量 {percent(volume)}。",
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
            "duck": True,
            "in": 0,
            "out": d,
        }
        track = next((t for t in new["t"] if _is_music(t) and isinstance(t.get("sg"), list)), None)
        if track is None:
            track = {"tt": AUDIO, "m": {"name": "BGM"}, "sg": []}
            new["t"].insert(_after_video(new["t"]), track)
        track["sg"] = sorted(
            [*track["sg"], {"d": d, "m": meta}], key=lambda s: s.get("m", {}).get("start", 0)
        )
        where = f"{clock(start)}–{clock(end)}"
        faded = self._faded(fades)
        said = Said(
            f"Added {self.label} music {where} at {percent(volume)}{faded.en}, quieter under speech.",
            f"加了 {self.label} 背景音乐（{where}，音量 {percent(volume)}{faded.zh}，说话时自动压低）。",
        )
        if covered:
            old = ", ".join(b.name or "music" for b in covered)
            remark = Said(f"It takes the place of {old}.", f"替换了原来的 {old}。") + remark
        args = {"source": self.label, "start": start / 1000, "end": end / 1000, "volume": volume}
        return Outcome(new, said, "add_music", args, {"status": "success", "id": meta["id"]}, notes=remark)

    def _fades(self, d: int) -> tuple[int, int]:
        fade_in = _FADE_IN_MS if self.fade_in is None else self.fade_in
        fade_out = _FADE_OUT_MS if self.fade_out is None else self.fade_out
        return min(fade_in, d // 4), min(fade_out, d // 2)

    def _faded(self, fades: tuple[int, int]) -> Said:
        """The fades in words, where they were asked for."""
        if self.fade_in is None and self.fade_out is None:
            return Said()
        told = [
            (f"{en} over {seconds(long)} s", f"{zh} {seconds(long)} 秒")
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
        return faded and (bed.src, bed.start_ms, bed.end_ms, bed.volume) == (self.src, *place_ms, volume)


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
        songs = [item for item in world.media.values() if item.kind == "audio"]
        if len(songs) == 1:
            label = songs[0].name.rpartition(".")[0] or songs[0].name
            return AddMusic(songs[0].src, label).apply(draft, world)
        return AddMusic().apply(draft, world)


def _after_video(tracks: list[Any]) -> int:
    video = [i for i, t in enumerate(tracks) if isinstance(t, dict) and t.get("tt") == 0]
    return video[-1] + 1 if video else 0
