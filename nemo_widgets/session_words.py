"""How sessions are told: their clips, when they were used, and what they take."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from nemo_widgets.draft import clock
from nemo_widgets.printable import in_brief

if TYPE_CHECKING:
    from nemo_widgets.session_register import Noted

__all__ = ["clips_of", "moment", "summary_of"]

_SHOWN_CLIPS, _LONGEST = 3, 60


def clips_of(noted: Noted) -> str:
    """The clips in a few words: `solar.mp4, b.mp4, c.mp4 and 2 more`."""
    return _clips(noted, "{}")


def summary_of(noted: Noted) -> str:
    """`solar.mp4, 5 segments, 0:40 long, used 06:26`, as Markdown."""
    count = f"{noted.segments} segment{'s' * (noted.segments != 1)}"
    clips = _clips(noted, "`{}`")  # as code, for a file may be called anything
    long, at = f"{clock(noted.duration_ms)} long", moment(noted.used)
    return ", ".join(filter(None, (clips, count, long, at and f"used {at}")))


def _clips(noted: Noted, form: str) -> str:
    short = [in_brief(name, _LONGEST).replace("`", "'") for name in noted.clips[:_SHOWN_CLIPS]]
    more = len(noted.clips) - _SHOWN_CLIPS
    return ", ".join(form.format(name) for name in short) + (f" and {more} more" if more > 0 else "")


def moment(text: str) -> str:
    """A moment on this machine's clock: the time today, else the day, too; "" for none."""
    if not text:
        return ""
    at, today = datetime.fromisoformat(text).astimezone(), datetime.now().astimezone()
    if at.date() == today.date():
        return f"{at:%H:%M}"
    return f"{at.day} {at:%b %H:%M}" if at.year == today.year else f"{at.day} {at:%b %Y}"
