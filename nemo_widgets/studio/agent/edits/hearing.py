"""Which sound tracks of a clip are heard, where it has several."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from nemo_widgets.draft import sound_tracks
from nemo_widgets.studio.agent.world import Question
from nemo_widgets.studio.soundtrack import LANGUAGES, language_name
from nemo_widgets.studio.timeline.clip import read, write
from nemo_widgets.studio.timeline.errors import EditRefused, Unclear
from nemo_widgets.studio.words import Said, spaced

from .calling import joined
from .edit import Edit, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.draft import Segment
    from nemo_widgets.studio.agent.world import World
    from nemo_widgets.studio.soundtrack import SoundTrack
    from nemo_widgets.studio.timeline.clip import Clip

__all__ = ["ALIKE", "HearTracks", "heard_of", "heard_question", "heard_sources"]

ALIKE = {
    "microphone": ("mic", "mike", "voice", "headset", "commentary", "speaker", "麦克风", "话筒", "人声"),
    "desktop": ("desktop", "system", "game", "computer", "pc", "loopback", "桌面", "电脑", "系统", "游戏"),
    "commentary": ("comment", "解说", "评论"),
}
"""What is said for a track, and what a title may hold that means it."""
_ALL = ("all", "both")


def heard_sources(draft: dict[str, Any], world: World) -> list[tuple[str, tuple[int, ...]]]:
    """The sources on the main track that have sound, each with the tracks of it that are heard, once."""
    pairs = dict.fromkeys((shot.src, heard_of(shot, world)) for shot in read(draft))
    return [(src, heard) for src, heard in pairs if src not in world.media or world.media[src].has_audio]


def heard_question(
    kind: str, src: str, heard: tuple[int, ...], options: tuple[tuple[str, Any], ...] = ()
) -> Question:
    """A question about what is heard of a source; `heard` is empty for a file with one track."""
    return Question(kind, src, (*options, ("tracks", heard)) if heard else options)


def heard_of(shot: Clip | Segment, world: World) -> tuple[int, ...]:
    """The numbers of the tracks that a shot plays; none where its file has but one."""
    there = [track.number for track in _tracks(shot, world)]
    chosen = sound_tracks(shot.raw)
    return tuple(number for number in there if not chosen or number in chosen)


def _tracks(shot: Clip | Segment, world: World) -> Sequence[SoundTrack]:
    item = world.media.get(shot.src)
    return item.tracks if item is not None else ()


@dataclass(frozen=True, slots=True)
class HearTracks(Edit):
    """Which sound tracks of the clips are heard: `only` these, or these muted or unmuted.

    `tracks` are numbers from 1, "last", or titles and languages: "Mic", "english"; "all" for all of them.
    """

    tracks: tuple[str, ...]
    how: Literal["only", "mute", "unmute"] = "only"
    name: ClassVar[str] = "hear_tracks"
    touches: ClassVar[str] = "voice"
    first: ClassVar[bool] = True

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Choose the tracks; see `Edit.apply`."""
        shots = read(draft)
        several = [i for i, shot in enumerate(shots) if _tracks(shot, world)]
        if not several:
            raise EditRefused(
                Said("No clip on the timeline has several sound tracks, so there is none to choose. "
                     "Nothing was changed.",
                     "时间线上没有带多条声轨的片段，无从选择。没有做任何改动。")
            )  # fmt: skip
        told: dict[str, Said] = {}
        before = [heard_of(shots[i], world) for i in several]
        for i in several:
            there = _tracks(shots[i], world)
            chosen = self._chosen(there, heard_of(shots[i], world))
            raw = copy.deepcopy(shots[i].raw)
            meta = raw.setdefault("m", {})
            meta.pop("tracks", None)
            if len(chosen) < len(there):
                meta["tracks"] = list(chosen)
            shots[i] = replace(shots[i], raw=raw)
            told[shots[i].src] = _told(shots[i].name, there, chosen) + self._left(there, chosen)
        new = write(draft, shots)
        args = {"tracks": list(self.tracks), "how": self.how}
        if [heard_of(shots[i], world) for i in several] == before:
            said = Said("It is heard like that already.", "现在听到的已经是这样了。")
            return Outcome(draft, said, "hear_tracks", args, {"status": "unchanged"})
        said = sum(told.values(), Said())
        return Outcome(new, said, "hear_tracks", args, {"status": "success", "changed": len(several)})

    def _chosen(self, there: Sequence[SoundTrack], heard: tuple[int, ...]) -> tuple[int, ...]:
        """The numbers of what is heard afterwards.

        Raises:
            EditRefused: a track that is named is not there, or nothing would be heard.
        """
        named = {number for name in self.tracks for number in self._numbers(name, there)}
        match self.how:
            case "only":
                chosen = named
            case "mute":
                chosen = set(heard) - named
            case "unmute":
                chosen = set(heard) | named
        if not chosen:
            raise EditRefused(
                Said("Then nothing of the clip would be heard: say “mute the clip” for that. "
                     "Nothing was changed.",
                     "这样片段就没有声音了；如果要这样，请说“片段静音”。没有做任何改动。")
            )  # fmt: skip
        return tuple(sorted(chosen))

    def _left(self, there: Sequence[SoundTrack], chosen: tuple[int, ...]) -> Said:
        """That the sound of a muted track is still heard on another one."""
        if self.how != "mute":
            return Said()
        named = {number for name in self.tracks for number in self._numbers(name, there)}
        gone = [track for track in there if track.number in named and track.number not in chosen]
        if not (still := sorted({number for track in gone for number in track.shared if number in chosen})):
            return Said()
        muted = joined([Said(f"track {track.number}", f"声轨 {track.number}") for track in gone])
        which = joined([Said(f"track {number}", f"声轨 {number}") for number in still])
        every = [str(number) for number in sorted({*named, *still})]
        return Said(f"The sound of {muted.en} is on {which.en}, too, and is still heard there: "
                    f"say “mute tracks {' and '.join(every)}” if it is to go.",
                    f"{muted.zh}的声音在{which.zh}上也有，那里仍会听到：如要去掉，请说"
                    f"“把声轨{'和'.join(every)}静音”。")  # fmt: skip

    def _numbers(self, name: str, there: Sequence[SoundTrack]) -> list[int]:
        wanted = " ".join(name.casefold().split())
        if wanted in _ALL:
            return [track.number for track in there]
        if wanted == "last":
            return [there[-1].number]
        if wanted.isdigit():
            found = [track.number for track in there if track.number == int(wanted)]
        else:
            found = _named(wanted, there)
        if found:
            return found
        listed = joined([_called(track) for track in there])
        if not wanted.isdigit() and not any(track.title or track.language for track in there):
            raise Unclear(
                Said(f"The tracks have no names: which one is the {name}? There are {listed.en}.",
                     f"声轨没有名称，哪一条是“{name}”？"),
                [self._choice(track.number) for track in there],
            )  # fmt: skip
        what = f"number {name}" if wanted.isdigit() else f"“{name}”"
        raise EditRefused(
            Said(f"There is no sound track {what}; there are {listed.en}. Nothing was changed.",
                 f"没有声轨“{name}”；有{listed.zh}。没有做任何改动。")
        )  # fmt: skip

    def _choice(self, number: int) -> Said:
        en, zh = {"only": ("use only", "只用"), "mute": ("mute", "静音"), "unmute": ("unmute", "取消静音")}[
            self.how
        ]
        return Said(f"{en} track {number}", f"{zh}声轨{number}")


def _named(wanted: str, there: Sequence[SoundTrack]) -> list[int]:
    """The tracks that a name means: a title as it is, then one that holds it, then what is like it."""
    titles = {track.number: " ".join(track.title.casefold().split()) for track in there}
    bare = re.sub(r"\s*(?:sound|audio)?\s*(?:track|声轨|音轨)$", "", wanted).strip() or wanted
    codes = LANGUAGES.get(bare, ("", bare))
    tests = (
        lambda n, _: titles[n] in (wanted, bare) and titles[n],
        lambda _, track: track.language.partition("-")[0].casefold() in codes[1:] and track.language,
        lambda n, _: re.search(rf"(?<!\w){re.escape(bare)}", titles[n]),
        lambda n, _: any(part in titles[n] for part in (*ALIKE.get(bare, ()), codes[0]) if part),
    )
    for test in tests:
        if found := [track.number for track in there if test(track.number, track)]:
            return found
    return []


def _called(track: SoundTrack) -> Said:
    """What a track is called: its number, with its title or language where it has one."""
    more = f" “{track.title}”" if track.title else ""
    en, zh = (
        (f" ({language_name(track.language)})", f"（{language_name(track.language, zh=True)}）")
        if track.language and not more
        else (more, more.strip())
    )
    return Said(f"track {track.number}{en}", f"声轨 {track.number}{zh}")


def _told(name: str, there: Sequence[SoundTrack], chosen: tuple[int, ...]) -> Said:
    """What is heard of a clip now."""
    heard = joined([_called(track) for track in there if track.number in chosen])
    count = len(there)
    if len(chosen) == count:
        what = "Both sound tracks" if count == 2 else f"All {count} sound tracks"  # noqa: PLR2004 - both
        return Said(f"{what} of {name} are heard.", spaced(name, f"的 {count} 条声轨都会听到。"))
    be = "is" if len(chosen) == 1 else "are"
    return Said(f"Of {name} only {heard.en} {be} heard.", spaced(name, "只听到", heard.zh, "。"))
