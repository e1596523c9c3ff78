"""The answers to questions about the timeline, from the draft."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import AUDIO, TEXT, clock, duration, main_track, summary
from nemo_widgets.draft.schema import percent
from nemo_widgets.export_formats import formats_in_words
from nemo_widgets.studio.timeline.clip import length_of, read
from nemo_widgets.studio.timeline.refs import names_of
from nemo_widgets.studio.words import Said, spaced

from .edits.calling import clip_name
from .edits.music import beds
from .edits.songs import music_name
from .returning import edits_so_far
from .whereabouts import LOOKED_FOR, whereabouts

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.draft import Draft, Segment

    from .world import World

__all__ = ["ANSWERS", "OF_SESSION", "answer"]


def answer(about: str, at: int, draft: Draft, world: World) -> Said:
    """The answer to a question about something that `ANSWERS` names; `at` is the time it names, in ms.

    `draft` is the timeline that it is about, the present one or what has just been made of it.
    """
    if about in LOOKED_FOR:
        return whereabouts(about, draft.data, world)
    return _OF_DRAFT[about](draft, at) if about in _OF_DRAFT else _OF_SESSION[about](world)


def _length(draft: Draft, _: int) -> Said:
    length = clock(draft.duration_ms)
    return Said(f"The timeline is {length} long.", f"时间线长 {length}。")


def _contents(draft: Draft, _: int) -> Said:
    return Said(summary(draft, "en"), summary(draft, "zh"))


def _at(draft: Draft, at: int) -> Said:
    if at >= length_of(draft.data):
        length = clock(length_of(draft.data))
        return Said(f"{clock(at)} is past the end: the timeline is {length} long.",
                    f"{clock(at)} 超出了结尾：时间线长 {length}。")  # fmt: skip
    found = Said()
    for number, shot in enumerate(read(draft.data)):
        if not shot.start <= at < shot.end:
            continue
        name, place = clip_name(draft.data, number), clock(shot.source(at))
        found += Said(
            f"At {clock(at)} there is {name.en}, from {place} of it.",
            spaced(f"{clock(at)} 是", name.zh, f"，原片的 {place}。"),
        )
    for s in _on(draft, TEXT, at):
        found += Said(f"The text “{s.text}” is shown.", f"显示文字“{s.text}”。")
    for s in _on(draft, AUDIO, at):
        name = music_name(s.src, s.name)
        found += Said(f"{name.en[0].upper()}{name.en[1:]} plays.", spaced("播放", name.zh, "。"))
    return found


def _picture(draft: Draft, at: int) -> Said:
    told = _at(draft, at)
    if at >= length_of(draft.data):
        return told
    when = f"{clock(at)}" if at % 1000 == 0 else f"{at // 60_000}:{at % 60_000 / 1000:06.3f}"
    return told + Said(f"`%nemo frame {when}` shows it.", f"用 `%nemo frame {when}` 可以看到画面。")


def _music(draft: Draft, _: int) -> Said:
    found = beds(draft.data)
    if not found:
        return Said("There is no music.", "没有音乐。")
    told = [(music_name(s.src, s.name), f"{clock(s.start_ms)}–{clock(s.end_ms)}", _level(s)) for s in found]
    return Said(
        "The music is " + ", ".join(f"{name.en} ({when}, at {level})" for name, when, level in told) + ".",
        spaced("音乐是", "、".join(f"{name.zh}（{when}，音量 {level}）" for name, when, level in told), "。"),
    )


def _level(s: Segment) -> str:
    return percent(1.0 if s.volume is None else s.volume)


def _count(draft: Draft, _: int) -> Said:
    shots = read(draft.data)
    names, many = names_of(shots), len(shots)
    return Said(
        f"There {'is 1 clip' if many == 1 else f'are {many} clips'}{names.en and f': {names.en}'}.",
        f"有 {many} 个片段{names.zh and f'：{names.zh}'}。",
    )


def _title(draft: Draft, _: int) -> Said:
    found = [s for track in draft.layout() if track.type == TEXT for s in track.segments]
    if not found:
        return Said("There is no title.", "没有标题。")
    told = [(s.text, f"{clock(s.start_ms)}–{clock(s.end_ms)}") for s in found]
    return Said(
        "It says " + ", ".join(f"“{text}” ({when})" for text, when in told) + ".",
        "写着" + "、".join(f"“{text}”（{when}）" for text, when in told) + "。",
    )


def _longest(draft: Draft, _: int) -> Said:
    shots = read(draft.data)
    if not shots:
        return Said("There is no clip.", "没有片段。")
    lengths = [s.duration for s in shots]
    most, least = max(lengths), min(lengths)
    if most == least and len(shots) > 1:
        every = "Both" if len(shots) == 2 else f"All {len(shots)}"  # noqa: PLR2004 - both
        return Said(
            f"{every} clips are {duration(most)} long.",
            f"{len(shots)} 个片段都是 {duration(most, zh=True)}。",
        )
    long, short = (clip_name(draft.data, lengths.index(each)) for each in (most, least))
    return Said(
        f"The longest clip is {long.en} ({duration(most)}), the shortest {short.en} ({duration(least)}).",
        spaced("最长的是", long.zh, f"（{duration(most, zh=True)}），")
        + spaced("最短的是", short.zh, f"（{duration(least, zh=True)}）。"),
    )


def _cuts(draft: Draft, _: int) -> Said:
    cuts = [clock(s.start) for s in read(draft.data)[1:]]
    if not cuts:
        return Said("There is no cut yet.", "还没有剪切点。")
    return Said(f"The cuts are at {', '.join(cuts)}.", f"剪切点在 {'、'.join(cuts)}。")


def _shape(draft: Draft, _: int) -> Said:
    meta: dict[str, Any] = draft.meta
    width, height = int(meta.get("width") or 0), int(meta.get("height") or 0)
    if not width or not height:
        return Said("The picture's size is that of the first clip.", "画面大小与第一个片段相同。")
    part = gcd(width, height)
    rate = meta.get("fps")
    sides, shape = f"{width}×{height}", f"{width // part}:{height // part}"
    return Said(f"The picture is {sides} ({shape}){f' at {rate} frames a second' if rate else ''}.",
                f"画面是 {sides}（{shape}）{f'，每秒 {rate} 帧' if rate else ''}。")  # fmt: skip


def _transitions(draft: Draft, _: int) -> Said:
    there = [(clock(s.start), s.transition) for s in read(draft.data) if s.transition]
    if not there:
        return Said("There are no transitions.", "没有转场。")
    return Said(
        "There are transitions at " + ", ".join(f"{at} ({duration(long)})" for at, long in there) + ".",
        "转场在 " + "、".join(f"{at}（{duration(long, zh=True)}）" for at, long in there) + "。",
    )


def _formats(_: Draft, __: int) -> Said:
    return Said(
        f"An export is the whole timeline: {formats_in_words()}, in any size up to 4096 pixels a side. "
        "To get it say “export it as film.mp4 in 1080p”.",
        f"导出的是整条时间线：{formats_in_words(chinese=True)}，边长不超过 4096 像素。"
        "要导出时请说“导出为 film.mp4，1080p”。",
    )


def _last(world: World) -> Said:
    made = [text for text in world.made(world.draft) if text]
    changed = [e for e in world.earlier if e.changed and (e.text == made[-1] if made else True)]
    if not changed:
        return Said("Nothing was edited yet.", "还没有做过剪辑。")
    last = changed[-1]
    first = last.reply.strip().split("\n")[0]
    return Said(f"The last edit was “{last.text}”. {first}".strip(), f"上一次是“{last.text}”。{first}")


def _on(draft: Draft, kind: int, at: int) -> list[Segment]:
    main = main_track(draft.data)
    tracks = [t for t in draft.layout() if t.type == kind and t.raw is not main]
    return [s for t in tracks for s in t.segments if s.start_ms <= at < s.end_ms]


_OF_DRAFT: dict[str, Callable[[Draft, int], Said]] = {
    "length": _length,
    "contents": _contents,
    "at": _at,
    "picture": _picture,
    "music": _music,
    "count": _count,
    "title": _title,
    "longest": _longest,
    "cuts": _cuts,
    "shape": _shape,
    "transitions": _transitions,
    "formats": _formats,
}
_OF_SESSION: dict[str, Callable[[World], Said]] = {"last": _last, "edits": edits_so_far}
ANSWERS = (*_OF_DRAFT, *_OF_SESSION, *LOOKED_FOR)
"""What can be asked beside what can be done."""
OF_SESSION = tuple(_OF_SESSION)
"""Of these, what is about the edits that were made and not about the timeline."""
