"""Getting hold of a session: a new one, or that of a run which another kernel left behind."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nemo_widgets import launcher, live, skills
from nemo_widgets.errors import NemoError, UsageError
from nemo_widgets.journal import Journal, Place
from nemo_widgets.session import Session, current, make_current, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from nemo_widgets.client import AsyncClient, ClientSettings
    from nemo_widgets.journal import Entry, Record
    from nemo_widgets.running import Run
    from nemo_widgets.skills import Skill

__all__ = ["attach", "connect", "forget", "runs", "start_attach"]

_ASKED = 60
_LISTED = 5


def connect(
    *,
    local: bool = False,
    skill: str = skills.DEFAULT,
    language: str | None = None,
    url: str | None = None,
    token: str | None = None,
    data: str | Path | None = None,
    settings: ClientSettings | None = None,
) -> Session:
    """Connect, and make the session that every call and magic uses from now on.

    Args:
        local: use the studio on this machine (no account, no network) instead of the cloud.
        skill: the skill to work with, by name; see `nemo.skills.every()`.
        language: what the agent answers in, such as `en` or `zh-CN`; by default your system's.
        url: another server that speaks the protocol (default: NEMO_API_URL, else the cloud).
        token: the token to use there; by default NEMO_TOKEN, else an anonymous one.
        data: the folder where the local studio keeps sessions and media.
        settings: how long to wait, how often to ask.

    Raises:
        MissingExtra: `local` without the studio installed.
        ConnectError, AuthError, RateLimited: the server can't be reached or does not let us in.
        UsageError: there is no such skill.
    """
    chosen = skills.get(skill)
    if local and url:
        raise UsageError("A url and local=True contradict each other.", hint="Leave one of them out.")
    client, studio = _client(chosen, url, token, data if local else None, settings, local=local)
    place = Place(client.address.api, skill=chosen.name, language=language or _language(), studio=studio)
    session = wait_for(_opened(client, chosen, place))
    make_current(session)
    live.show_markdown(_card(session))
    return session


def attach(run_id: str, *, settings: ClientSettings | None = None) -> Run:
    """Take up a run that a kernel left behind, find out what became of it, and go on with it.

    An edit is reconciled with the server's state and never sent again; a render is waited for and downloaded;
    of an upload, what did not arrive is sent. Its session becomes the current one.

    Raises:
        UsageError: there is no such run, it is over, or another kernel carries it.
        NotDone, OutcomeUnknown: what became of an edit. NemoError: going on failed.
    """
    return start_attach(run_id, settings=settings, background=False).result()


def start_attach(run_id: str, *, settings: ClientSettings | None = None, background: bool = True) -> Run:
    """`attach` without waiting."""
    entry = Journal().take(run_id)
    try:
        session = _session_of(entry.record.place, settings)
        run = session.begin(_taken_up(session, entry), background=background)
    except BaseException:
        entry.end(entry.record.stage, entry.record.told)
        raise
    make_current(session)
    return run


def forget(run_id: str) -> None:
    """Leave a run alone that a kernel left behind: it is not offered any more.

    Whatever the server makes of it stays as it is.

    Raises:
        UsageError: there is no such run, it is over, or a kernel carries it.
    """
    Journal().take(run_id).end("cancelled", "Forgotten.")


def runs() -> pd.DataFrame:
    """All runs of this user, of every kernel, the newest first: kind, state, when (UTC), request.

    A run's state is done, not done, cancelled, failed; under way, here or in another kernel; or left behind,
    which `attach` takes up.
    """
    import pandas as pd

    journal = Journal()
    rows = [
        (
            r.id,
            r.kind,
            _state_of(journal, r),
            pd.Timestamp(r.created).tz_localize(None).floor("s"),
            " ".join(r.request.split())[:_ASKED],
        )
        for r in journal.records()
    ]
    return pd.DataFrame(rows, columns=["run", "kind", "state", "when", "request"]).set_index("run")


def _state_of(journal: Journal, record: Record) -> str:
    if record.over:
        return record.stage
    return "under way" if journal.carried(record) else "left behind"


def _taken_up(session: Session, entry: Entry) -> Run:
    from nemo_widgets.running import EditRun, ExportRun, UploadRun

    connection = session._connection  # noqa: SLF001 - one of our own
    kinds: dict[str, Any] = {"edit": EditRun, "export": ExportRun, "upload": UploadRun}
    if entry.record.kind not in kinds:
        raise UsageError(f"{entry.record.id} is of a kind that this version does not know.", hint="")
    run: Run = kinds[entry.record.kind].take_up(connection, entry)
    return run


def _session_of(place: Place, settings: ClientSettings | None) -> Session:
    """The session of a place: the current one where it is that, else the same one again."""
    with contextlib.suppress(NemoError):
        present = current()
        there = present._connection.place  # noqa: SLF001 - one of our own
        if (there.session_id, there.studio is None) == (place.session_id, place.studio is None):
            return present
    chosen = skills.get(place.skill) if place.skill in skills.every() else skills.get(skills.DEFAULT)
    client, _ = _client(
        chosen,
        None if place.studio is not None else place.api,
        None,
        place.studio,
        settings,
        local=place.studio is not None,
    )
    return wait_for(_opened(client, chosen, replace(place, api=client.address.api)))


def _client(
    chosen: Skill,
    url: str | None,
    token: str | None,
    data: str | Path | None,
    settings: ClientSettings | None,
    *,
    local: bool,
) -> tuple[AsyncClient, str | None]:
    """A client, and the data folder of the studio that it talks to, if that is ours."""
    from nemo_widgets.client import AsyncClient

    given: dict[str, Any] = {"skill": chosen.name, "skill_version": chosen.version, "settings": settings}
    if not local:
        return AsyncClient(base_url=url, token=token, **given), None
    studio = launcher.studio(data)
    return AsyncClient(base_url=studio.url, token=studio.token, **given), str(studio.data)


async def _opened(client: AsyncClient, chosen: Skill, place: Place) -> Session:
    """A session with the client: the one of the place, or a new one where that names none."""
    from nemo_widgets.running import Connection

    seen = None
    try:
        await client.authenticate()
        if place.session_id:  # is it there, and is the server a studio?
            seen = (await client.state(place.session_id)).draft
        else:
            made = await client.create_session(place.language)
            place = replace(place, session_id=made.session_id, task_id=made.task_id)
    except BaseException:
        await client.aclose()
        raise
    return Session(Connection(client, place.session_id, place, seen=seen), chosen)


def _language() -> str:
    return "zh-CN" if os.environ.get("LANG", "").lower().startswith("zh") else "en"


def _card(session: Session) -> str:
    chosen = session.skill
    facts = [f"Connected to {session.where}", f"skill **{chosen.title or chosen.name}**", _balance(session)]
    lines = [" · ".join(fact for fact in facts if fact)]
    if chosen.prompts:
        lines.append(f"Try: *{chosen.prompts[0]}*")
    if chosen.usual and not session._connection.local:  # noqa: SLF001 - one of our own
        lines.append(f"An edit usually takes {chosen.usual}. {chosen.tip}")
    return "\n\n".join([*lines, *_left_behind()])


def _left_behind() -> list[str]:
    """What was under way when a kernel stopped, and how to go on with it."""
    journal = Journal()
    journal.tidy()
    left = journal.left()
    if not left:
        return []
    count = "One run was" if len(left) == 1 else f"{len(left)} runs were"
    rows = [
        f"- `%nemo attach {record.id}`: {record.kind}, *{' '.join(record.request.split())[:_ASKED]}*"
        for record in left[:_LISTED]
    ]
    more = [f"- and {len(left) - _LISTED} more: `%nemo runs`"] if len(left) > _LISTED else []
    return ["\n".join([f"{count} under way when a kernel stopped:", "", *rows, *more])]


def _balance(session: Session) -> str:
    if session.local:
        return "edits cost nothing here"
    with contextlib.suppress(NemoError):  # connected all the same
        left = session.credits()
        count = left.total if left.available is None else left.available
        return "credits unknown" if count is None else f"{count:g} credits"
    return ""
