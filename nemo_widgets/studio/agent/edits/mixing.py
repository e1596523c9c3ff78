"""Edits of the music that is there: its loudness, fades, source and place, or its end."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import duration
from nemo_widgets.draft.schema import LOUDEST, percent
from nemo_widgets.studio.timeline.clip import length_of
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.time_range import TimeRange
from nemo_widgets.studio.words import Said, spaced

from .calling import joined
from .edit import Edit, Outcome
from .music import AddMusic, beds, without
from .songs import SONG, checked, music_name, only_song, title_of

if TYPE_CHECKING:
    from nemo_widgets.draft import Segment
    from nemo_widgets.studio.agent.world import World
    from nemo_widgets.studio.timeline.time_range import Stretch

__all__ = ["ChangeMusic", "FadeMusic", "MusicAt", "RemoveMusic", "there"]


def there(draft: dict[str, Any]) -> list[Segment]:
    """The music on the timeline.

    Raises:
        EditRefused: there is none.
    """
    found = beds(draft)
    if not found:
        raise EditRefused(
            Said("There is no music to change. Nothing was changed.", "没有可以修改的音乐。没有做任何改动。")
        )
    return found


@dataclass(frozen=True, slots=True)
class ChangeMusic(Edit):
    """Another loudness (`volume`, or `factor` times the present one), source or place of the music.

    `src` is as `AddMusic` takes it.
    """

    volume: Fraction | None = None
    factor: Fraction | None = None
    src: str = ""
    label: str = ""
    span: Stretch | None = None
    name: ClassVar[str] = "change_music"
    touches: ClassVar[str] = "music"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Change the music; see `Edit.apply`."""
        found = there(draft)
        if self.src == SONG:
            song = only_song(world, draft)
            return replace(self, src=song.src, label=title_of(song)).apply(draft, world)
        if self.src or self.span:
            return self._relay(draft, world, found)
        new = copy.deepcopy(draft)
        levels = []
        for bed in beds(new):
            old = 1.0 if bed.volume is None else bed.volume
            level = (
                checked(round(float(self.volume), 4))
                if self.volume is not None
                else min(LOUDEST, round(old * float(self.factor or 1), 4))
            )
            bed.raw["m"]["volume"] = level
            levels.append((old, level))
        told = [f"{percent(a)} → {percent(b)}" for a, b in levels if a != b]
        said = Said(f"Music volume: {', '.join(told)}.", f"音乐音量：{'、'.join(told)}。")
        if all(a == b for a, b in levels):
            said = Said(
                f"The music is at {percent(levels[0][1])} already.",
                f"音乐音量已经是 {percent(levels[0][1])}。",
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
            self.span or (None if whole else TimeRange(bed.start_ms, bed.end_ms)),
            _ms(bed, "fade_in"),
            _ms(bed, "fade_out"),
            duck=bool(bed.raw["m"].get("duck")),
            loop=bool(bed.raw["m"].get("loop")) and not (self.src or bed.src).startswith("music:"),
            song_from=0 if self.src else bed.in_ms or 0,
        )
        if self.volume is not None:
            add = replace(add, volume=self.volume)
        outcome = add.apply(without(draft, found), world)
        if self.src and self.src != bed.src:
            old = music_name(bed.src, bed.name)
            told = Said(f"It takes the place of {old.en}.", spaced("替换了原来的", old.zh, "。"))
            outcome = replace(outcome, notes=outcome.notes + told)
        same = [(b.src, b.start_ms, b.end_ms, b.volume) for b in beds(outcome.draft)]
        return (
            replace(outcome, draft=draft)
            if same == [(bed.src, bed.start_ms, bed.end_ms, bed.volume)]
            else outcome
        )


def _ms(bed: Segment, key: str) -> int | None:
    value = bed.raw["m"].get(key)
    return value if isinstance(value, int) else None


@dataclass(frozen=True, slots=True)
class MusicAt(Edit):
    """Music at a level, whether it is there already or not."""

    volume: Fraction
    name: ClassVar[str] = "set_music"
    touches: ClassVar[str] = "music"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Change the level of the music, or add some; see `Edit.apply`."""
        if beds(draft):
            return ChangeMusic(volume=self.volume).apply(draft, world)
        return AddMusic(volume=self.volume).apply(draft, world)


@dataclass(frozen=True, slots=True)
class FadeMusic(Edit):
    """The music fades in or out over so many ms; None leaves that end as it is."""

    fade_in: int | None = None
    fade_out: int | None = None
    name: ClassVar[str] = "fade_music"
    touches: ClassVar[str] = "music"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Set the fades: in at the first bed's start, out at the last one's end; see `Edit.apply`."""
        there(draft)
        new = copy.deepcopy(draft)
        found = sorted(beds(new), key=lambda b: b.start_ms)
        told = Said()
        for key, asked, bed, en, zh in (
            ("fade_in", self.fade_in, found[0], "in", "淡入"),
            ("fade_out", self.fade_out, found[-1], "out", "淡出"),
        ):
            if asked is not None:
                long = min(asked, bed.duration_ms // 2)
                bed.raw["m"][key] = long
                told = Said(
                    f"{told.en}{' and ' if told.en else ''}{en} over {duration(long)}",
                    f"{told.zh}{'，' if told.zh else ''}{zh} {duration(long, zh=True)}",
                )
        args = {k: v / 1000 for k, v in (("in", self.fade_in), ("out", self.fade_out)) if v is not None}
        if new == draft:
            said = Said(f"The music fades {told.en} already.", f"音乐已经{told.zh}。")
            return Outcome(draft, said, "fade_music", args, {"status": "unchanged"})
        said = Said(f"The music now fades {told.en}.", f"音乐现在{told.zh}。")
        return Outcome(new, said, "fade_music", args, {"status": "success"})


@dataclass(frozen=True, slots=True)
class RemoveMusic(Edit):
    """No music any more."""

    name: ClassVar[str] = "remove_music"
    touches: ClassVar[str] = "music"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Remove the music; see `Edit.apply`."""
        found = beds(draft)
        if not found:
            said = Said("There is no music to remove.", "没有可以去掉的音乐。")
            return Outcome(draft, said, "remove_music", {}, {"status": "unchanged"})
        names = joined([music_name(b.src, b.name) for b in found])
        said = Said(f"Removed the music ({names.en}).", f"去掉了音乐（{names.zh}）。")
        new = copy.deepcopy(without(draft, found))
        return Outcome(new, said, "remove_music", {}, {"status": "success", "removed": len(found)})
