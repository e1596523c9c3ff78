"""The message of ours whose change nobody has seen yet: one that appears later may be its own (§4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from nemo_widgets.catalogue import say

if TYPE_CHECKING:
    from nemo_widgets.client import ClientSettings
    from nemo_widgets.draft import Draft

__all__ = ["Late", "Sent", "made_late"]


class Sent(Protocol):
    """A message that was sent, as far as what becomes of it later matters; see EditRun."""

    id: str
    outcome: str
    before: Draft
    beside: dict[str, str] | None
    failed_inside: bool
    heard_at: float | None

    @property
    def may_change(self) -> bool:
        """Whether a change of its own may yet appear: it was to make one, and none has been seen."""

    def came_late(self, now: Draft) -> None:
        """Take the timeline as it is now for what the message made of it."""


class Late:
    """What the last message may yet change.

    One that ended as done has changed something, and is waited for until the state is read: the change that
    is there then is its own, however long that took, and a read that shows none, some time after its end,
    means that none comes. One that seems not made may be at work as long as one waits for a lost answer.
    """

    def __init__(self, settings: ClientSettings) -> None:
        self._settings = settings
        self._message: Sent | None = None
        self._ended_at = 0.0

    def wait_for(self, message: Sent | None) -> None:
        """Wait for the change of a message that has just ended, and for no other one; None for none."""
        self._message, self._ended_at = message, self._settings.clock.now()

    def owner(self, *, changed: bool) -> Sent | None:
        """The message that has made what a read of the state shows; None if it is none of ours.

        Args:
            changed: whether the read shows a change at all.
        """
        message, done = self._message, self._message is not None and self._message.outcome == "done"
        late_s = self._settings.late_s if done else self._settings.lost_s
        late = self._settings.clock.now() - self._ended_at > late_s
        if changed or late:
            self._message = None
        return message if changed and (done or not late) else None


def made_late(message: Sent, now: Draft, told: str) -> str:
    """Take the timeline as it is now for what a message made of it; the sentence that says so."""
    seemed = message.outcome
    message.came_late(now)
    if seemed == "done":
        return say("edit.shows only now", id=message.id, told=told)
    return say("edit.made after all", id=message.id, told=told)
