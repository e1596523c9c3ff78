"""Getting hold of a session: a new one, or that of a run which another kernel left behind."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nemo_widgets import live, output, session_list, skills
from nemo_widgets.call_checks import check_call
from nemo_widgets.catalogue import say
from nemo_widgets.errors import NotConnected, SessionNotFound, UsageError
from nemo_widgets.interrupts import stoppable
from nemo_widgets.journal import Journal, Place
from nemo_widgets.languages import speaking, spoken, system_language
from nemo_widgets.run_words import stopped
from nemo_widgets.session import Session, current, make_current, wait_for
from nemo_widgets.session_access import client_for, opened, session_of
from nemo_widgets.session_card import card, carry
from nemo_widgets.session_choice import choose
from nemo_widgets.session_offer import elsewhere
from nemo_widgets.session_removal import remove_empty
from nemo_widgets.session_words import moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nemo_widgets.client import ClientSettings
    from nemo_widgets.journal import Entry
    from nemo_widgets.running import Run
    from nemo_widgets.session_register import Noted

__all__ = ["attach", "connect", "forget", "start_attach"]


@check_call
@stoppable
def connect(
    *,
    local: bool = False,
    session: str | None = None,
    skill: str | None = None,
    language: str | None = None,
    url: str | None = None,
    token: str | None = None,
    data: str | Path | None = None,
    settings: ClientSettings | None = None,
) -> Session:
    """Connect to a server and make a session, or open an earlier one. The magics use it from now on.

    Args:
        local: use the studio on this machine (no account, no network) instead of the cloud.
        session: the session to open, by its id or short name, or the beginning of either; see
            `nemo.sessions()`. Its timeline, media and undo history are as they were left.
        skill: the skill to work with, by name; see `nemo.skills.every()`.
        language: the language that the agent answers in, such as `en` or `zh-CN`; by default your
            system's.
        url: another server that speaks the protocol (default: NEMO_API_URL, else the cloud).
        token: the token for that server; by default an anonymous one. NEMO_TOKEN is the token for the
            server that NEMO_API_URL names, else for the cloud, and is sent to no other one beyond
            this machine.
        data: the folder where the local studio keeps sessions and media.
        settings: time-outs, intervals and limits.

    Raises:
        MissingExtra: `local` without the studio installed.
        ConnectError, RateLimited: the server can't be reached, or gives out no more tokens.
        AuthError: it refuses the token, or NEMO_TOKEN is meant for another server.
        UsageError: there is no such skill, or no such session.
    """
    with speaking(language or ""):
        wanted = Place(url or "", skill=skill or "", language=language or "")
        if local and url:
            raise UsageError(say("session.contradiction"), hint=say("session.leave out"))
        if session is not None:
            skills.get(wanted.skill or skills.DEFAULT)
            return _reopened(str(session), wanted, token, data, settings, local=local)
        return _made(wanted, token, data, settings, local=local)


def _made(
    wanted: Place,
    token: str | None,
    data: str | Path | None,
    settings: ClientSettings | None,
    *,
    local: bool,
) -> Session:
    """A new session at the wanted place, as the current one."""
    chosen = skills.get(wanted.skill or skills.DEFAULT)
    client, studio = client_for(
        chosen, wanted.api or None, token, data if local else None, settings, local=local
    )
    language = wanted.language or system_language()
    place = Place(client.address.api, skill=chosen.name, language=language, studio=studio)
    made = wait_for(opened(client, chosen, place))
    before = _before()
    ended = make_current(made)
    wait_for(remove_empty(made))
    live.show_markdown(card(made, left=before))
    _tell_stopped(ended)
    output.has_shown(made)
    return made


def _reopened(
    name: str,
    wanted: Place,
    token: str | None,
    data: str | Path | None,
    settings: ClientSettings | None,
    *,
    local: bool,
) -> Session:
    """The session of this id or name, at the wanted place, as the current one."""
    found = choose(name, api=wanted.api, local=local, data=data if local else None, token=token)
    noted, place = found.noted, found.noted.place
    place = replace(place, skill=wanted.skill or place.skill, language=wanted.language or place.language)
    try:
        made = session_of(place, settings, token)
    except SessionNotFound:
        told = say("session.forgotten", name=noted.name)
        raise UsageError(told, hint=_why_gone(noted)) from None
    if found.at != session_list.HERE:
        made.noted(noted.clips)
    carry(made)
    ended = make_current(made)
    if (seen := made._connection.seen) is not None:  # noqa: SLF001 - one of our own
        found = replace(found, noted=noted.of(seen))
    live.show_markdown(card(made, found))
    _tell_stopped(ended)
    output.has_shown(made)
    return made


def _tell_stopped(runs: Sequence[Run]) -> None:
    """Say what was under way in the session in which one was, and has ended with it."""
    if runs:
        live.show_markdown(stopped(say("session.ended with it"), runs))


def _before() -> Session | None:
    """The session in which one is."""
    with contextlib.suppress(NotConnected):
        return current()
    return None


def _why_gone(noted: Noted) -> str:
    if noted.expired:
        return say("session.token ended", when=moment(noted.expires, spoken()))
    return say("session.other token")


@check_call
@stoppable
def attach(run_id: str, *, settings: ClientSettings | None = None) -> Run:
    """Take up a run that a kernel left behind, find out what became of it, and go on with it.

    An edit is reconciled with the server's state and never sent again; a render is waited for and downloaded;
    of an upload, what did not arrive is sent. Its session becomes the current one.

    Raises:
        UsageError: there is no such run, it is over, or another kernel carries it.
        NotDone, OutcomeUnknown: what became of an edit. NemoError: going on failed.
    """
    return start_attach(run_id, settings=settings, background=False).result()


@check_call
@stoppable
def start_attach(run_id: str, *, settings: ClientSettings | None = None, background: bool = True) -> Run:
    """`attach` without waiting."""
    entry = Journal().take(run_id)
    try:
        before = _before()
        if settings is None and before is not None:
            settings = before._connection.client.settings  # noqa: SLF001 - one of our own
        session = session_of(entry.record.place, settings)
        if told := elsewhere(session, before):
            live.show_markdown(told)
        run = session.begin(_taken_up(session, entry), background=background)
    except BaseException:
        entry.end(entry.record.stage, entry.record.told)
        raise
    _tell_stopped(make_current(session))
    return run


@check_call
@stoppable
def forget(run_id: str) -> None:
    """Leave a run alone that a kernel left behind: it is not offered any more.

    Whatever the server makes of it stays as it is.

    Raises:
        UsageError: there is no such run, it is over, or a kernel carries it.
    """
    Journal().take(run_id).end("cancelled", say("run.forgotten"))


def _taken_up(session: Session, entry: Entry) -> Run:
    from nemo_widgets.running import EditRun, ExportRun, UploadRun

    connection = session._connection  # noqa: SLF001 - one of our own
    kinds: dict[str, Any] = {"edit": EditRun, "export": ExportRun, "upload": UploadRun}
    if entry.record.kind not in kinds:
        raise UsageError(say("run.other kind", id=entry.record.id), hint="")
    run: Run = kinds[entry.record.kind].take_up(connection, entry)
    return run
