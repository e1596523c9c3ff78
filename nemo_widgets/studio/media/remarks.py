"""What is said at the upload of a file whose streams begin or end apart or stay out, or whose clock jumps."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from av.stream import Disposition

from nemo_widgets.draft import clock
from nemo_widgets.studio.note import Note
from nemo_widgets.studio.soundtrack import language_name

from .parts import LATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from av.container import InputContainer
    from av.stream import Stream

    from .holes import Hole
    from .parts import Extents

__all__ = ["length_notes", "unused_notes"]

_HELD = Fraction(1, 2)
"""Seconds that a picture stands for longer than the others before it is worth a word."""
_NAMED = 3
"""Holes, and parts, that are named one by one."""
_UNHEARD = Fraction(1)
"""Seconds without sound at the beginning or end likewise."""


def length_notes(extents: Extents, origin: Fraction) -> list[Note]:
    """What is worth knowing of when a file's pictures and sounds begin and end; `origin` is its moment 0."""
    notes = [*_parts(extents, origin)]
    pictures, heard = extents.pictures, extents.heard
    ends = [extent.end for extent in (pictures, heard) if extent is not None]
    if extents.cut and ends:
        at = _at(max(ends) - origin)
        notes.append(Note(f"the file is cut off at {at}", f"文件在 {at} 处中断"))
    notes += _holes(extents, origin)
    if extents.share and heard is not None and (1 - extents.share) * (heard.end - heard.first) > LATE:
        told, there = _at(extents.share * (heard.end - heard.first)), _at(heard.end - heard.first)
        notes.append(Note(f"its head tells of {told}, but {there} of sound are in it: all of it is used",
                          f"文件头只写了 {told}，其中实际有 {there} 的声音：全部使用"))  # fmt: skip
    if extents.behind:
        notes.append(Note("the file joined to its end can't be read: upload each as a file of its own",
                          "末尾接着的另一个文件无法读取：请分成单独的文件上传"))  # fmt: skip
    if pictures is None or heard is None:
        return notes
    if pictures.first - heard.first > _HELD:
        at = _at(pictures.first - origin)
        notes.append(Note(f"its pictures begin at {at}: the first one stands until then",
                          f"画面从 {at} 开始：在此之前显示第一幅画面"))  # fmt: skip
    elif heard.first - pictures.first > _UNHEARD:
        at = _at(heard.first - origin)
        notes.append(Note(f"no sound before {at}", f"{at} 之前没有声音"))
    if heard.end - pictures.end > _HELD:
        at, end = _at(pictures.end - origin), _at(heard.end - origin)
        notes.append(Note(f"its pictures end at {at}, its sound at {end}: the last picture stands until then",
                          f"画面到 {at} 结束，声音到 {end} 结束：最后一幅画面保持到那时"))  # fmt: skip
    elif pictures.end - heard.end > _UNHEARD:
        at = _at(heard.end - origin)
        notes.append(Note(f"no sound after {at}", f"{at} 之后没有声音"))
    return notes


def _holes(extents: Extents, origin: Fraction) -> Iterator[Note]:
    if holes := extents.lost:
        named = [(_long(hole), _at(hole.begin - origin)) for hole in holes[:_NAMED]]
        en = ", ".join(f"{long and f'{long} s '}at {at}" for long, at in named)
        zh = "、".join(f"{at} 处{long and f' {long} 秒'}" for long, at in named)
        more = _more(holes)
        yield Note(f"missing or damaged in it: {en}{more.en}", f"文件中缺失或损坏：{zh}{more.zh}")
    if holes := extents.paused:
        named = [(_long(hole), _at(hole.begin - origin)) for hole in holes[:_NAMED]]
        en = ", ".join(f"for {long} s at {at}" for long, at in named)
        zh = "、".join(f"{at} 处 {long} 秒" for long, at in named)
        more = _more(holes)
        yield Note(f"nothing was recorded {en}{more.en}: the last picture stands meanwhile",
                   f"没有录制：{zh}{more.zh}，其间停在上一幅画面")  # fmt: skip


def _more(holes: Sequence[object]) -> Note:
    """What is said behind the holes that are named."""
    more = len(holes) - _NAMED
    return Note(f" and {more} more times", f" 等 {len(holes)} 处") if more > 0 else Note("", "")


def _parts(extents: Extents, origin: Fraction) -> Iterator[Note]:
    restarts = []
    for part in extents.clock.parts:
        at = _at(part.begin - origin)
        if part.gap:
            long = clock(round(part.gap) * 1000)
            yield Note(f"nothing was recorded for {long} at {at}: it is left out",
                       f"在 {at} 处有 {long} 没有录制：已略去")  # fmt: skip
        else:
            restarts.append(at)
    if restarts:
        more = _more(restarts)
        where = f"{', '.join(restarts[:_NAMED])}{more.en}" if more.en else _row(restarts)
        yield Note(f"its clock starts again at {where}: the parts follow each other",
                   f"时钟在 {'、'.join(restarts[:_NAMED])}{more.zh} 重新开始：各部分依次相接")  # fmt: skip
    if links := extents.clock.links:
        begins = [_at(link.begin - origin) for link in links[1:]]
        what, more = "the second begins" if len(begins) == 1 else "the others begin", _more(begins)
        where = f"{', '.join(begins[:_NAMED])}{more.en}" if more.en else _row(begins)
        there = f"{'、'.join(begins[:_NAMED])}{more.zh}"
        yield Note(f"{len(links)} files are joined in it: {what} at {where}",
                   f"其中首尾相接了 {len(links)} 个文件：后面的从 {there} 开始")  # fmt: skip


def _long(hole: Hole) -> str:
    """How many seconds are missing; "" where nobody knows."""
    return "" if hole.begin == hole.end else f"{max(0.1, float(hole.end - hole.begin)):.1f}"


def _row(places: list[str]) -> str:
    return f"{', '.join(places[:-1])} and {places[-1]}" if len(places) > 1 else places[0]


def _at(moment: Fraction) -> str:
    return clock(max(0, round(moment * 1000)))


def unused_notes(container: InputContainer, shown: Stream | None) -> list[Note]:
    """What is in a file beside the pictures that are `shown` and the sounds: subtitles and other pictures."""
    notes = []
    films = [stream for stream in container.streams.video
             if not stream.disposition & Disposition.attached_pic and stream.frames != 1]  # fmt: skip
    numbers = [number for number, stream in enumerate(films, 1) if stream is shown]
    if len(films) > 1 and numbers:
        notes.append(Note(f"{len(films)} tracks of pictures: track {numbers[0]} is seen",
                          f"{len(films)} 条画面轨道：会看到第 {numbers[0]} 条"))  # fmt: skip
    if container.streams.subtitles:
        codes = {stream.language: None for stream in container.streams.subtitles}
        known = [code for code in codes if code and code != "und"]
        en, zh = ", ".join(map(language_name, known)), "、".join(language_name(c, zh=True) for c in known)
        notes.append(Note(f"the subtitles in it{en and f' ({en})'} are left out: upload them as a file",
                          f"其中的字幕{zh and f'（{zh}）'}未使用：请作为文件上传"))  # fmt: skip
    return notes
