"""What was put right in subtitles, in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nemo_widgets.studio.note import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .cues import Correction

__all__ = ["mended"]

_MENDED = {
    "length": Note("{n} without a length", "{n} 条没有时长"),
    "overlap": Note("{n} ran into the next", "{n} 条与下一条重叠"),
    "order": Note("{n} out of order", "{n} 条顺序不对"),
    "same time": Note("{n} at the same time as another", "{n} 条与另一条同时"),
    "gap": Note("{n} with an empty line inside", "{n} 条中间有空行"),
    "early": Note("{n} that began before the film", "{n} 条早于影片开头"),
    "repeat": Note("{n} said again what stood there", "{n} 条重复了上一条的内容"),
}
_LEFT_OUT = {
    "before": Note("{n} that ended before the film begins", "{n} 条在影片开始之前就已结束"),
    "empty": Note("{n} with nothing in it", "{n} 条没有内容"),
    "times": Note("{n} without times that can be read (line {line})", "{n} 条时间读不懂（第 {line} 行）"),
    "broken": Note(
        "all behind line {line}, where the XML is damaged", "第 {line} 行之后的全部内容（XML 已损坏）"
    ),
    "stray": Note("{n} text without times (line {line})", "{n} 处没有时间的文字（第 {line} 行）"),
}


_ASSUMED = {
    f"{rate} frames": Note(
        f"its times count frames (line {{line}}): {rate} a second are assumed",
        f"时间按帧计数（第 {{line}} 行）：按每秒 {rate} 帧处理",
    )
    for rate in (25, 30, 50, 60)
}


def mended(corrections: Sequence[Correction]) -> tuple[Note, ...]:
    """What was assumed of the file, how many cues were put right or left out, and why."""
    counts = Counter(correction.reason for correction in corrections)
    lines = {correction.reason: correction.line for correction in reversed(corrections)}
    notes = [
        Note(*(text.format(line=lines[reason]) for text in note))
        for reason, note in _ASSUMED.items()
        if counts[reason]
    ]
    for words, about in (
        (Note("put right: ", "已修正："), _MENDED),
        (Note("left out: ", "已略去："), _LEFT_OUT),
    ):
        told = [
            Note(*(text.format(n=counts[reason], line=lines[reason]) for text in note))
            for reason, note in about.items()
            if counts[reason]
        ]
        if told:
            en, zh = ", ".join(note.en for note in told), "、".join(note.zh for note in told)
            notes.append(Note(words.en + en, words.zh + zh))
    return tuple(notes)
