"""The card that is shown when a session was made or opened: where one is, and how to go on."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from nemo_widgets import session_list
from nemo_widgets.catalogue import say
from nemo_widgets.errors import NemoError, NotConnected
from nemo_widgets.interrupts import to_thread
from nemo_widgets.languages import either, speaking
from nemo_widgets.run_list import left_behind
from nemo_widgets.session import Session, current, wait_for
from nemo_widgets.session_offer import new_beside
from nemo_widgets.session_words import summary_of

if TYPE_CHECKING:
    from nemo_widgets.session_list import Known

__all__ = ["card", "carry"]

_told: WeakKeyDictionary[Session, frozenset[str]] = WeakKeyDictionary()
"""What the cards told that led to a session, of what holds for others as well."""


def carry(session: Session) -> None:
    """Note what the card of the session told in which one was, for one that is opened from there."""
    _told[session] = _told_before(session)


def _told_before(session: Session) -> frozenset[str]:
    """What the card of the session told in which one was; nothing where that is this one, opened again."""
    with contextlib.suppress(NotConnected):
        before = current()
        places = [one._connection.place for one in (before, session)]  # noqa: SLF001 - our own
        ids = {(place.server, place.session_id) for place in places}
        return _told.get(before, frozenset()) if len(ids) > 1 else frozenset()
    return frozenset()


def card(session: Session, reopened: Known | None = None, left: Session | None = None) -> str:
    """What is said of a session that was made or opened, without what the card before it has told already.

    `left` is the session in which one was, where this one was made.
    """
    language, told = session._connection.place.language, _told.get(session, frozenset())  # noqa: SLF001 - our own
    chosen = session.skill.said(language)
    skill = chosen.title or chosen.name
    with speaking(language):
        title = say("card.skill", how=say("card.connected"), where=session.where, skill=skill)
    facts = [title, _balance(session, language)]
    connected, usual = " · ".join(fact for fact in facts if fact), ""
    if chosen.usual and not session._connection.local:  # noqa: SLF001 - one of our own
        takes = either(
            language, f"An edit usually takes {chosen.usual}. ", f"一次剪辑通常需要 {chosen.usual}。"
        )
        usual = takes + chosen.tip
    lines = []
    if reopened is not None:
        lines.append(f"**{reopened.noted.name}**: {summary_of(reopened.noted, language)}")
        if reopened.at == session_list.ELSEWHERE:
            lines.append(
                either(
                    language,
                    "Another kernel has it open, too: what is changed there is told before an edit here.",
                    "另一个内核也打开着它：那边有改动时，这里剪辑前会告诉您。",
                )
            )
    elif chosen.prompts:
        lines.append(f"{either(language, 'Try: ', '试试：')}*{chosen.prompts[0]}*")
    offer = _open_question(session) if reopened is not None else new_beside(session, left)
    runs = to_thread(lambda: left_behind(language))
    _told[session] = told | {connected, usual, *runs}
    said = [connected, *lines, usual, *offer, *runs]
    return "\n\n".join(one for one in said if one and one not in told)


def _open_question(session: Session) -> list[str]:
    """What the agent asked last in a session, if nobody has answered it."""
    from nemo_widgets.open_question import asked_before

    with contextlib.suppress(NemoError):  # the session is open all the same
        question = wait_for(asked_before(session._connection))  # noqa: SLF001 - one of our own
        return [question.markdown()] if question is not None else []
    return []


def _balance(session: Session, language: str) -> str:
    free = either(language, "edits cost nothing here", "在这里剪辑不收费")
    if session.local:
        return free
    with contextlib.suppress(NemoError):  # connected all the same
        left = session.credits()
        if left.free:
            return free
        if left.unlimited:
            return either(language, "unlimited credits", "积分不限")
        count = left.total if left.available is None else left.available
        from nemo_widgets.client.credits import digits

        if count is None:
            return either(language, "credits unknown", "积分未知")
        return either(language, f"{digits(count)} credits", f"{digits(count)} 积分")
    return ""
