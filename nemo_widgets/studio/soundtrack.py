"""One of several sound tracks of an uploaded file, and what is said of them."""

# ruff: noqa: E501 - a table of names reads best with few lines

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .note import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["LANGUAGES", "SoundTrack", "heard_tracks", "language_name", "track_notes"]

LANGUAGES = {
    "english": ("英语", "eng", "en"), "chinese": ("中文", "chi", "zho", "zh"), "mandarin": ("普通话", "cmn"),
    "cantonese": ("粤语", "yue"), "german": ("德语", "ger", "deu", "de"), "french": ("法语", "fre", "fra", "fr"),
    "spanish": ("西班牙语", "spa", "es"), "italian": ("意大利语", "ita", "it"), "russian": ("俄语", "rus", "ru"),
    "portuguese": ("葡萄牙语", "por", "pt"), "japanese": ("日语", "jpn", "ja"), "korean": ("韩语", "kor", "ko"),
    "arabic": ("阿拉伯语", "ara", "ar"), "hindi": ("印地语", "hin", "hi"), "turkish": ("土耳其语", "tur", "tr"),
    "polish": ("波兰语", "pol", "pl"), "dutch": ("荷兰语", "dut", "nld", "nl"), "czech": ("捷克语", "cze", "ces", "cs"),
    "ukrainian": ("乌克兰语", "ukr", "uk"), "vietnamese": ("越南语", "vie", "vi"), "thai": ("泰语", "tha", "th"),
    "greek": ("希腊语", "gre", "ell", "el"), "hebrew": ("希伯来语", "heb", "he"), "swedish": ("瑞典语", "swe", "sv"),
    "indonesian": ("印尼语", "ind", "id"), "hungarian": ("匈牙利语", "hun", "hu"), "danish": ("丹麦语", "dan", "da"),
    "finnish": ("芬兰语", "fin", "fi"), "norwegian": ("挪威语", "nor", "nob", "no"), "romanian": ("罗马尼亚语", "rum", "ron", "ro"),
}  # fmt: skip
"""Languages by their English names: the Chinese name, and the codes that files have (ISO 639)."""

_MIRRORED = Note(
    "its left and right sound cancel each other on one speaker: the right is turned round",
    "左右声道反相，用单个扬声器播放会没有声音：已翻转右声道",
)


class SoundTrack(NamedTuple):
    """One of several sound tracks of a file.

    `number` counts from 1 in the file's order. `title` and `language` (a code) are as the file says, "" where
    it doesn't. `repeats` is the number of an earlier track with the same sound, 0 for none. `shared` are the
    numbers of the others on which its sound is, too, be it softer or among more. Where it is `turned` it
    would take away from the tracks before it if it were not turned round in the mix, where it is `mirrored`
    its left and right channel would from each other.
    """

    number: int
    title: str = ""
    language: str = ""
    channels: int = 2
    silent: bool = False
    repeats: int = 0
    shared: tuple[int, ...] = ()
    turned: bool = False
    mirrored: bool = False


def heard_tracks(tracks: Sequence[SoundTrack]) -> tuple[int, ...]:
    """The numbers of the tracks that are mixed where nothing else is said: each sound once."""
    return tuple(track.number for track in tracks if not track.repeats)


def track_notes(tracks: Sequence[SoundTrack]) -> list[Note]:
    """What is said at the upload of a file's sound tracks: which are heard, and what is done about them."""
    if len(tracks) == 1:
        return [_MIRRORED] if tracks[0].mirrored else []
    heard = set(heard_tracks(tracks))
    silent = [track for track in tracks if track.silent]
    count, audible = len(tracks), [track for track in tracks if track.number in heard and not track.silent]
    if not audible:
        return [Note(f"{count} sound tracks, and all of them are silent", f"{count} 条声轨，全部没有声音")]
    names = (
        [f"{track.number}{_named(track)}" for track in audible],
        [f"{track.number}{_named(track, zh=True)}" for track in audible],
    )
    if len(audible) == count:
        who = "both are heard" if count == 2 else "all of them are heard"  # noqa: PLR2004 - both
        zh = "两条都会听到" if count == 2 else "全部都会听到"  # noqa: PLR2004
    elif len(audible) == 1:
        who, zh = f"track {names[0][0]} is heard", f"会听到声轨 {names[1][0]}"
    else:
        who, zh = f"tracks {_and(names[0])} are heard", f"会听到声轨 {'、'.join(names[1])}"
    if len(audible) == count and any(map(_named, audible)):
        who, zh = f"{who}, {_and(names[0])}", f"{zh}：{'、'.join(names[1])}"
    notes = [Note(f"{count} sound tracks: {who}", f"{count} 条声轨：{zh}")]
    if silent:
        which = _and([str(track.number) for track in silent])
        many = f"tracks {which} are" if len(silent) > 1 else f"track {which} is"
        notes.append(Note(f"{many} silent", f"声轨 {'、'.join(str(t.number) for t in silent)} 没有声音"))
    notes += _phase_notes([track for track in tracks if track.number in heard])
    notes += _repeat_notes(tracks)
    for track in audible:
        if on := [n for n in track.shared if n in heard]:
            which = f"tracks {_and([str(n) for n in on])}" if len(on) > 1 else f"track {on[0]}"
            notes.append(Note(f"some of the sound of track {track.number} is on {which}, too",
                              f"声轨 {track.number} 的部分声音在声轨 {'、'.join(map(str, on))} 上也有"))  # fmt: skip
            break  # said of the other as well it would be the same
    if len(audible) > 1:
        last = audible[-1].number
        notes.append(
            Note(f"say “use only track {last}” or “mute track {last}” to change that",
                 f"如需更改，请说“只用声轨{last}”或“声轨{last}静音”")
        )  # fmt: skip
    return notes


def _phase_notes(heard: Sequence[SoundTrack]) -> Iterator[Note]:
    """What had to be turned round lest it should cancel what is heard beside it."""
    if turned := [str(track.number) for track in heard if track.turned]:
        which = f"tracks {_and(turned)} are" if len(turned) > 1 else f"track {turned[0]} is"
        yield Note(f"{which} turned round in the mix: they would cancel each other",
                   f"声轨 {'、'.join(turned)} 反相，混音时已翻转，以免互相抵消")  # fmt: skip
    for track in heard:
        if track.mirrored:
            yield Note(f"track {track.number}: {_MIRRORED.en}", f"声轨 {track.number}：{_MIRRORED.zh}")


def _repeat_notes(tracks: Sequence[SoundTrack]) -> Iterator[Note]:
    """Whose sound is there twice."""
    for track in tracks:
        if track.repeats:
            en, zh = (", turned round", "反相后的") if track.turned else ("", "的")
            yield Note(f"track {track.number} has the sound of track {track.repeats}{en}, which is heard once",
                       f"声轨 {track.number} 与声轨 {track.repeats} {zh}声音相同，只听一次")  # fmt: skip


def _named(track: SoundTrack, *, zh: bool = False) -> str:
    name = (
        f"“{track.title}”" if track.title else language_name(track.language, zh=zh) if track.language else ""
    )
    return f" {name}" if name else ""


def _and(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def language_name(code: str, *, zh: bool = False) -> str:
    """What a language is called, the code itself where it is none of these."""
    code = code.lower().partition("-")[0]
    for name, (chinese, *codes) in LANGUAGES.items():
        if code in codes:
            return chinese if zh else name.capitalize()
    return code
