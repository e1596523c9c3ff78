"""Edits of what the clips themselves sound like: how loud, muted, their fades, and the whole's loudness."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import duration
from nemo_widgets.draft.schema import LOUDEST, LOUDNESS_LUFS, percent
from nemo_widgets.studio.timeline.clip import read, write
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.time_range import TimeRange, place
from nemo_widgets.studio.timeline.track_ops import split_at
from nemo_widgets.studio.words import Said, spaced

from .calling import called
from .edit import Edit, Outcome

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.world import World
    from nemo_widgets.studio.timeline.clip import Clip
    from nemo_widgets.studio.timeline.time_range import Stretch

__all__ = ["FadeVoice", "SetLoudness", "SetVolume"]

LEAST_LUFS, MOST_LUFS = LOUDNESS_LUFS
"""What an export can be brought to."""


@dataclass(frozen=True, slots=True)
class SetVolume(Edit):
    """The clips' own sound at a level: `volume` from 0 (muted) to 10, or `factor` times the present one.

    1 is as it was recorded. Of all clips, or of what lies in `span`; clips are split at its ends.
    """

    volume: Fraction | None = None
    factor: Fraction | None = None
    span: Stretch | None = None
    name: ClassVar[str] = "set_volume"
    touches: ClassVar[str] = "voice"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Set the level; see `Edit.apply`."""
        self._check()
        start, end, remark = place(self.span or TimeRange(0, None), draft)
        shots = read(draft) if self.span is None else split_at(draft, (start, end))
        chosen = [i for i, s in enumerate(shots) if start <= (s.start + s.end) / 2 <= end]
        heard = [i for i in chosen if _heard(shots[i], world)]
        if not heard:
            raise EditRefused(
                Said(
                    "There is no sound of a clip to change there. Nothing was changed.",
                    "那里的片段没有声音可以调整。没有做任何改动。",
                )
            )
        levels = []
        for i in heard:
            shots[i], old, new_level = self._set(shots[i])
            levels.append((old, new_level))
        steps = list(dict.fromkeys(f"{percent(a)} → {percent(b)}" for a, b in levels if a != b))
        told = Said(", ".join(steps), "、".join(steps))
        whole = self.span is None
        what = called(draft, shots, [shots[i] for i in heard], when=not whole)
        args = {"volume": levels[0][1], "start": start / 1000, "end": end / 1000}
        if all(a == b for a, b in levels):
            said = Said(
                f"The sound of {what.en} is at {percent(levels[0][1])} already.",
                f"{what.zh}的音量已经是 {percent(levels[0][1])}。",
            )
            return Outcome(draft, said, "set_volume", args, {"status": "unchanged"})
        other = [i for i, (a, b) in zip(heard, levels, strict=True) if a != b]
        if len(other) < len(heard):
            there = called(draft, shots, [shots[i] for i in heard if i not in other], when=not whole)
            still = dict.fromkeys(percent(b) for a, b in levels if a == b)
            remark += Said(
                f"The sound of {there.en} is at {', '.join(still)} already.",
                f"{there.zh}的音量已经是 {'、'.join(still)}。",
            )
            what = called(draft, shots, [shots[i] for i in other], when=not whole)
        said = Said(f"Volume of {what.en}: {told.en}.", f"{what.zh}的音量：{told.zh}。")
        if all(b == 0 for _, b in levels):
            said = Said(f"Muted {what.en} ({told.en}).", spaced(what.zh, f"已静音（{told.zh}）。"))
        if self.factor is not None and any(b == LOUDEST for _, b in levels):
            remark += Said("That is as loud as it gets.", "已经是最大音量。")
        new = write(draft, shots)
        return Outcome(
            new, said, "set_volume", args, {"status": "success", "changed": len(heard)}, notes=remark
        )

    def _check(self) -> None:
        asked = self.volume if self.volume is not None else self.factor
        if asked is None or (self.volume is not None and self.factor is not None) or asked < 0:
            raise EditRefused(
                Said("Say how loud it shall be. Nothing was changed.", "请说明音量。没有做任何改动。")
            )
        if self.volume is not None and self.volume > LOUDEST:
            raise EditRefused(
                Said(
                    f"A volume lies between 0 and {percent(LOUDEST)}. Nothing was changed.",
                    f"音量在 0 到 {percent(LOUDEST)} 之间。没有做任何改动。",
                )
            )

    def _set(self, shot: Clip) -> tuple[Clip, float, float]:
        raw = copy.deepcopy(shot.raw)
        meta = raw.setdefault("m", {})
        old = _level(meta)
        level = float(self.volume) if self.volume is not None else old * float(self.factor or 0)
        meta["volume"] = round(min(LOUDEST, level), 4)
        return replace(shot, raw=raw), old, meta["volume"]


def _level(meta: dict[str, Any]) -> float:
    value = meta.get("volume", 1.0)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 1.0


def _heard(shot: Clip, world: World) -> bool:
    return shot.src in world.media and world.media[shot.src].has_audio


@dataclass(frozen=True, slots=True)
class FadeVoice(Edit):
    """The clips' own sound fades in at the first clip or out at the last one, over so many ms; 0 for no fade.

    With `span`, the sound of the clips there. None leaves that end as it is.
    """

    fade_in: int | None = None
    fade_out: int | None = None
    span: Stretch | None = None
    name: ClassVar[str] = "fade_voice"
    touches: ClassVar[str] = "voice"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Set the fades; see `Edit.apply`."""
        start, end, remark = place(self.span or TimeRange(0, None), draft)
        shots = read(draft)
        there = [i for i, s in enumerate(shots) if start <= (s.start + s.end) / 2 <= end]
        heard = [i for i in there if _heard(shots[i], world)]
        if not heard or (self.fade_in is None and self.fade_out is None):
            raise EditRefused(
                Said("There is no sound of a clip to fade. Nothing was changed.",
                     "没有可以淡入淡出的片段声音。没有做任何改动。")
            )  # fmt: skip
        told: list[tuple[str, str]] = []
        for key, asked, i, en, zh in (
            ("fade_in", self.fade_in, heard[0], "in", "淡入"),
            ("fade_out", self.fade_out, heard[-1], "out", "淡出"),
        ):
            if asked is None:
                continue
            long = max(0, min(asked, shots[i].duration // 2))
            raw = copy.deepcopy(shots[i].raw)
            raw.setdefault("m", {})[key] = long
            shots[i] = replace(shots[i], raw=raw)
            told.append((f"{en} over {duration(long)}", f"{zh} {duration(long, zh=True)}"))
        en, zh = " and ".join(t for t, _ in told), "，".join(t for _, t in told)
        new = write(draft, shots)
        args = {k: v / 1000 for k, v in (("in", self.fade_in), ("out", self.fade_out)) if v is not None}
        if new == draft:
            said = Said(f"The clips' sound fades {en} already.", f"片段的声音已经{zh}。")
            return Outcome(draft, said, "fade_voice", args, {"status": "unchanged"})
        said = Said(f"The clips' sound now fades {en}.", f"片段的声音现在{zh}。")
        return Outcome(new, said, "fade_voice", args, {"status": "success"}, notes=remark)


@dataclass(frozen=True, slots=True)
class SetLoudness(Edit):
    """The whole export at a loudness in LUFS, -40 to -5; YouTube plays at -14. None for as it is mixed."""

    lufs: Fraction | None = Fraction(-14)
    name: ClassVar[str] = "set_loudness"
    touches: ClassVar[str] = "loudness"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Set the target; see `Edit.apply`."""
        if self.lufs is not None and not LEAST_LUFS <= self.lufs <= MOST_LUFS:
            raise EditRefused(
                Said(
                    f"A loudness lies between {LEAST_LUFS} and {MOST_LUFS} LUFS. Nothing was changed.",
                    f"响度在 {LEAST_LUFS} 到 {MOST_LUFS} LUFS 之间。没有做任何改动。",
                )
            )
        new = copy.deepcopy(draft)
        meta = new.setdefault("m", {})
        old = meta.get("loudness")
        if self.lufs is None:
            meta.pop("loudness", None)
            said = Said("The loudness is left as it is mixed.", "不再统一响度。")
        else:
            meta["loudness"] = float(self.lufs)
            before = f" (it was {old:g})" if isinstance(old, (int, float)) and old != meta["loudness"] else ""
            zh = f"（之前是 {old:g}）" if before else ""
            said = Said(
                f"The export will be brought to {float(self.lufs):g} LUFS{before}, its peaks under -1 dBTP.",
                f"导出时响度统一到 {float(self.lufs):g} LUFS{zh}，峰值低于 -1 dBTP。",
            )
        args = {"lufs": None if self.lufs is None else float(self.lufs)}
        if new == draft:
            said = Said("The loudness is like that already.", "响度已经是这样了。")
            return Outcome(draft, said, "normalise_loudness", args, {"status": "unchanged"})
        return Outcome(new, said, "normalise_loudness", args, {"status": "success"})
