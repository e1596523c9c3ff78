"""The lines of an export while it is rendered: done and whole in the work's own unit, and the time left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.draft import clock

from .pace import Pace, Paces, counted
from .run import Row

if TYPE_CHECKING:
    from nemo_widgets.client import RenderStatus

__all__ = ["RenderRows"]

_RENDER, _SOUND = "render", "sound"
_PHASES = {"listening": "export.listening", "writing": "export.writing"}
"""What is told of the studio's stages; any other is rendering."""


class RenderRows:
    """What a render's answers become: a line `render`, and one `sound` where the sound is heard beforehand.

    The render's share is that of the frames which are really encoded, where they are told; it goes back where
    the server's does.
    """

    def __init__(self, *, sound: bool, film_ms: int = 0) -> None:
        """`sound`: whether it is known that the sound is listened to first; `film_ms`: the film's length."""
        self._film_ms = film_ms
        self._sound = Row(say("export.sound"), 0.0, say("phase.waiting")) if sound else None
        self._paces: dict[str, Pace] = {}
        self._frames: Paces | None = None

    def waiting(self) -> dict[str, Row]:
        """The lines before the first answer."""
        return {**self._heard(), _RENDER: Row(say("export.render"), 0.0, say("phase.waiting"))}

    def at(self, status: RenderStatus) -> dict[str, Row]:
        """The lines at an answer."""
        if status.sound_ms or self._sound is not None:
            self._sound = self._sound_at(status)
        share = status.share
        details = [_detail(status, share)]
        if status.status == "processing" and status.frames_total:
            # A render that has not begun to encode says nothing of how quick it will be.
            details.append(self._frames_left(status) if status.frames else "")
        elif status.status == "processing" and share:
            details.append(self._left("share", share, 1))
        return {**self._heard(), _RENDER: Row(say("export.render"), share, " · ".join(filter(None, details)))}

    def done(self, status: RenderStatus) -> dict[str, Row]:
        """The lines at the end."""
        if self._sound is not None:
            self._sound = _heard_through()
        count = status.frames_total
        told = say("export.frames", count=counted(count)) if count else say("size.done")
        return {**self._heard(), _RENDER: Row(say("export.render"), 1.0, told, "done")}

    @staticmethod
    def phase(status: RenderStatus) -> str:
        """What goes on, in a few words."""
        if status.status == "pending":
            return say("phase.turn")
        return say(_PHASES.get(status.stage, "export.rendering"))

    def _heard(self) -> dict[str, Row]:
        return {} if self._sound is None else {_SOUND: self._sound}

    def _sound_at(self, status: RenderStatus) -> Row:
        done, whole = status.heard_ms, status.sound_ms
        if status.stage == "listening" and whole:
            told = self._passes(done, whole)
            left = self._left(_SOUND, done, whole)
            return Row(say("export.sound"), done / whole, " · ".join(filter(None, [told, left])))
        if status.stage:
            return _heard_through()
        return self._sound or Row(say("export.sound"), 0.0, say("phase.waiting"))

    def _passes(self, done: int, whole: int) -> str:
        """How much of the sound is heard, and in which pass where it is heard several times."""
        film = self._film_ms
        passes = round(whole / film) if film else 1
        number, place = 1, done
        if passes > 1:
            number = min(passes, done // film + 1)
            place, whole = done - (number - 1) * film, film
        told = {"done": clock(place // 1000 * 1000), "whole": clock(whole // 1000 * 1000)}
        if passes > 1:
            return say("export.heard pass", number=number, count=passes, **told)
        return say("export.heard", **told)

    def _frames_left(self, status: RenderStatus) -> str:
        """The time left of frames that are taken over in a moment, and of frames that are encoded."""
        copies, all_copies = status.copy_frames, status.copy_frames_total
        done = copies, status.frames - copies
        self._frames = self._frames or Paces(begun=done)
        return self._frames.left(done, (all_copies, status.frames_total - all_copies))

    def _left(self, key: str, done: float, whole: float) -> str:
        """The time left of one line, measured since it began to move."""
        return self._paces.setdefault(key, Pace(begun=done)).left(done, whole)


def _heard_through() -> Row:
    return Row(say("export.sound"), 1.0, say("export.heard through"), "done")


def _detail(status: RenderStatus, share: float | None) -> str:
    """How far the render is, in words."""
    if status.status == "pending":
        place = status.raw.get("position")
        if isinstance(place, int) and place > 0:
            return say("export.place in queue", place=_ordinal(place), number=counted(place))
        return say("export.in queue")
    if not status.understood:
        return say("export.server says", word=status.status)
    if status.stage == "listening":
        return say("export.waits for sound")
    if status.frames_total:
        return say("export.frame", done=counted(status.frames), whole=counted(status.frames_total))
    return "" if share is None else f"{share:.0%}"


def _ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    teens = number // 10 % 10 == 1
    return f"{counted(number)}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
