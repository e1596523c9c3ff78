"""How sessions are told: their clips, when they were used, and what they take."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from nemo_widgets.draft import clock
from nemo_widgets.languages import either
from nemo_widgets.printable import one_line

if TYPE_CHECKING:
    from nemo_widgets.session_register import Noted

__all__ = ["clips_of", "moment", "summary_of"]

_SHOWN_CLIPS, _LONGEST = 3, 60


def clips_of(noted: Noted) -> str:
    """The clips in a few words: `solar.mp4, b.mp4, c.mp4 and 2 more`."""
    return _clips(noted, "{}")


def summary_of(noted: Noted, language: str = "en") -> str:
    """`solar.mp4, 5 segments, 0:40 long, used 06:26`, as Markdown."""
    count, long, at = noted.segments, clock(noted.duration_ms), moment(noted.used, language)
    english = f"{count} segment{'s' * (count != 1)}", f"{long} long", at and f"used {at}"
    chinese = f"{count} 个片段", f"时长 {long}", at and f"{at} 用过"
    clips = _clips(noted, "`{}`", language)  # as code, for a file may be called anything
    parts = chinese if either(language, "", "zh") else english
    return either(language, ", ", "，").join(filter(None, (clips, *parts)))


def _clips(noted: Noted, form: str, language: str = "en") -> str:
    short = [one_line(name, _LONGEST).replace("`", "'") for name in noted.clips[:_SHOWN_CLIPS]]
    more = len(noted.clips) - _SHOWN_CLIPS
    rest = either(language, f" and {more} more", f" 等 {len(noted.clips)} 个文件") if more > 0 else ""
    return either(language, ", ", "、").join(form.format(name) for name in short) + rest


def moment(text: str, language: str = "en") -> str:
    """A moment on this machine's clock: the time today, else the day, too; "" for none."""
    if not text:
        return ""
    at, today = datetime.fromisoformat(text).astimezone(), datetime.now().astimezone()
    if at.date() == today.date():
        return f"{at:%H:%M}"
    if either(language, "", "zh"):
        year = f"{at.year} 年 " * (at.year != today.year)
        return f"{year}{at.month} 月 {at.day} 日" + f" {at:%H:%M}" * (not year)
    return f"{at.day} {at:%b %H:%M}" if at.year == today.year else f"{at.day} {at:%b %Y}"
