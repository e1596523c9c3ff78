"""Getting hold of the session of a place: a new one, or one that is there."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nemo_widgets import launcher, skills
from nemo_widgets.errors import NemoError
from nemo_widgets.session import Session, current, wait_for
from nemo_widgets.session_removal import made_here

if TYPE_CHECKING:
    from pathlib import Path

    from nemo_widgets.client import AsyncClient, ClientSettings
    from nemo_widgets.client.secret import Secret
    from nemo_widgets.journal import Place
    from nemo_widgets.skills import Skill

__all__ = ["client_for", "opened", "session_of"]


def session_of(place: Place, settings: ClientSettings | None, token: str | None = None) -> Session:
    """The session of a place: the current one where it is that, else the same one again.

    Without a token it is that of the current session where the server is the same, and of no other one.
    """
    given: Secret | str | None = token
    with contextlib.suppress(NemoError):
        present = current()
        there = present._connection.place  # noqa: SLF001 - one of our own
        same = (there.session_id, there.server) == (place.session_id, place.server)
        if same and place.skill in ("", there.skill):
            return present
        if there.server == place.server and token is None:
            given = present._connection.client.own_token  # noqa: SLF001 - one of our own
    chosen = skills.get(place.skill) if place.skill in skills.every() else skills.get(skills.DEFAULT)
    client, _ = client_for(
        chosen,
        None if place.studio is not None else place.api,
        given,
        place.studio,
        settings,
        local=place.studio is not None,
    )
    return wait_for(opened(client, chosen, replace(place, api=client.address.api)))


def client_for(
    chosen: Skill,
    url: str | None,
    token: Secret | str | None,
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


async def opened(client: AsyncClient, chosen: Skill, place: Place) -> Session:
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
    session = Session(Connection(client, place.session_id, place, seen=seen), chosen)
    if seen is None:
        await made_here(session)
    return session
