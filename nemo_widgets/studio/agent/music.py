"""Edits of the music: a bed under the picture, its source, loudness and place."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import AUDIO, Draft, clock

from .edit import EditRefused, Outcome, Said, length_of, place
from .timeline import new_id
from .times import Span

if TYPE_CHECKING:
    from nemo_widgets.draft import Segment

    from .world import World

__all__ = ["LOFI", "AddMusic", "ChangeMusic", "RemoveMusic", "beds"]

LOFI = "music:lofi"
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


def _without(draft: dict[str, Any], gone: list[Segment]) -> dict[str, Any]:
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


def _percent(volume: float) -> str:
    return f"{round(volume * 100)}%"


@dataclass(frozen=True, slots=True)
class AddMusic:
    """A bed from an uploaded file or, with `src` = `music:lofi`, generated; over all or `span`."""

    src: str = LOFI
    label: str = "Lo-fi"
    volume: Fraction | None = None
    span: Span | None = None
    name: ClassVar[str] = "add_music"
    timeline: ClassVar[bool] = False

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Lay the bed; one that it would cover is replaced. See `Edit.apply`."""
        length = length_of(draft)
        start, end, remark = place(self.span or Span(0, None), length)
        if self.src in world.media:
            room = world.media[self.src].duration_ms
            if room < end - start:
                end = start + room
                remark += Said(
                    f"The file is {clock(room)} long and ends there.", f"文件长 {clock(room)}，到那里为止。"
                )
        covered = [b for b in beds(draft) if b.start_ms < end and start < b.end_ms]
        volume = float(self.volume) if self.volume is not None else 0.35
        if len(covered) == 1 and self._same(covered[0], (start, end), volume):
            said = Said(
                f"{self.label} is already there at {_percent(volume)}.",
                f"{self.label} 已经在了，音量 {_percent(volume)}。",
            )
            return Outcome(draft, said, "add_music", {}, {"status": "unchanged"})
        new = copy.deepcopy(_without(draft, covered))
        d = end - start
        meta = {
            "id": new_id(draft, "a"),
            "start": start,
            "src": self.src,
            "volume": volume,
            "fade_in": min(_FADE_IN_MS, d // 4),
            "fade_out": min(_FADE_OUT_MS, d // 2),
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
        said = Said(
            f"Added {self.label} music {where} at {_percent(volume)}, quieter under speech.",
            f"加了 {self.label} 背景音乐（{where}，音量 {_percent(volume)}，说话时自动压低）。",
        )
        if covered:
            old = ", ".join(b.name or "music" for b in covered)
            said += Said(f"It takes the place of {old}.", f"替换了原来的 {old}。")
        args = {"source": self.label, "start": start / 1000, "end": end / 1000, "volume": volume}
        return Outcome(new, said + remark, "add_music", args, {"status": "success", "id": meta["id"]})

    def _same(self, bed: Segment, place_ms: tuple[int, int], volume: float) -> bool:
        return (bed.src, bed.start_ms, bed.end_ms, bed.volume) == (self.src, *place_ms, volume)


def _after_video(tracks: list[Any]) -> int:
    video = [i for i, t in enumerate(tracks) if isinstance(t, dict) and t.get("tt") == 0]
    return video[-1] + 1 if video else 0


@dataclass(frozen=True, slots=True)
class ChangeMusic:
    """Another loudness (`volume`, or `factor` times the present one), source or place of the music."""

    volume: Fraction | None = None
    factor: Fraction | None = None
    src: str = ""
    label: str = ""
    span: Span | None = None
    name: ClassVar[str] = "change_music"
    timeline: ClassVar[bool] = False

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Change the music; see `Edit.apply`."""
        found = beds(draft)
        if not found:
            raise EditRefused(
                Said(
                    "There is no music to change. Nothing was changed.",
                    "没有可以修改的音乐。没有做任何改动。",
                )
            )
        if self.src or self.span:
            return self._relay(draft, world, found)
        new = copy.deepcopy(draft)
        levels = []
        for bed in beds(new):
            old = 1.0 if bed.volume is None else bed.volume
            level = (
                float(self.volume)
                if self.volume is not None
                else min(1.0, round(old * float(self.factor or 1), 4))
            )
            bed.raw["m"]["volume"] = level
            levels.append((old, level))
        told = ", ".join(f"{_percent(a)} → {_percent(b)}" for a, b in levels)
        said = Said(f"Music volume: {told}.", f"音乐音量：{told}。")
        if all(a == b for a, b in levels):
            said = Said(
                f"The music is at {_percent(levels[0][1])} already.",
                f"音乐音量已经是 {_percent(levels[0][1])}。",
            )
            new = draft
        return Outcome(
            new,
            said,
            "set_music_volume",
            {"volume": levels[0][1]},
            {"status": "success", "changed": len(levels)},
        )

    def _relay(self, draft: dict[str, Any], world: World, found: list[Segment]) -> Outcome:
        """The one bed there is, laid anew with another source or place."""
        if len(found) != 1:
            raise EditRefused(
                Said(
                    f"There are {len(found)} pieces of music; I can't tell which one is meant. "
                    "Nothing was changed.",
                    f"有 {len(found)} 段音乐，不知道指哪一段。没有做任何改动。",
                )
            )
        bed = found[0]
        whole = bed.start_ms == 0 and bed.end_ms >= length_of(draft)
        add = AddMusic(
            self.src or bed.src,
            self.label or bed.name or "music",
            Fraction(bed.volume).limit_denominator(10_000) if bed.volume is not None else None,
            self.span or (None if whole else Span(bed.start_ms, bed.end_ms)),
        )
        if self.volume is not None:
            add = replace(add, volume=self.volume)
        outcome = add.apply(_without(draft, found), world)
        same = [(b.src, b.start_ms, b.end_ms, b.volume) for b in beds(outcome.draft)]
        return (
            replace(outcome, draft=draft)
            if same == [(bed.src, bed.start_ms, bed.end_ms, bed.volume)]
            else outcome
        )


@dataclass(frozen=True, slots=True)
class RemoveMusic:
    """No music any more."""

    name: ClassVar[str] = "remove_music"
    timeline: ClassVar[bool] = False

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Remove the music; see `Edit.apply`."""
        found = beds(draft)
        if not found:
            said = Said("There is no music to remove.", "没有可以去掉的音乐。")
            return Outcome(draft, said, "remove_music", {}, {"status": "unchanged"})
        names = ", ".join(b.name or "music" for b in found)
        said = Said(f"Removed the music ({names}).", f"去掉了音乐（{names}）。")
        new = copy.deepcopy(_without(draft, found))
        return Outcome(new, said, "remove_music", {}, {"status": "success", "removed": len(found)})
