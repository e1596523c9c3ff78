"""Which session is meant by what was typed."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.errors import UsageError
from nemo_widgets.journal import Place
from nemo_widgets.paths import meant
from nemo_widgets.session import wait_for
from nemo_widgets.session_list import Known, known, listed, server_here
from nemo_widgets.session_register import Noted, tail

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nemo_widgets.session_list import Listing

__all__ = ["choose", "find"]

_NEAR = 3
_LEAST_DIGITS = 12


def find(wanted: str, among: Sequence[Known], here: str = "") -> Known:
    """The session that is meant by its id, its short name, or the beginning of either.

    Of several whose servers count alike, the one at the server `here`.

    Raises:
        UsageError: there is none such, or several; the nearest are named.
    """
    text = wanted.strip().lower()
    exact = [one for one in among if text in (one.id, one.noted.name, tail(one.id))]
    begun = [one for one in among if text and (one.id.startswith(text) or one.noted.name.startswith(text))]
    found = exact or begun
    alike = len({one.id for one in found}) == 1
    if alike:
        found = [one for one in found if one.noted.place.server == here] or found
    if len(found) == 1:
        return found[0]
    if alike:
        servers = say("magic.and").join(one.noted.place.server for one in found[:_NEAR])
        raise UsageError(
            say("session.two servers", name=found[0].noted.name, servers=servers),
            hint=say("session.which server", name=repr(found[0].noted.name)),
        )
    if found:
        names = ", ".join(one.noted.name for one in found[:_NEAR])
        more = say("session.and more", count=len(found) - _NEAR) if len(found) > _NEAR else ""
        told = say("session.several", name=repr(wanted), names=names, more=more)
        raise UsageError(told, hint=say("session.give more"))
    words = {
        word: one.noted.name
        for one in reversed(among)
        for word in (one.noted.name, one.id, one.noted.name.rpartition("-")[0])
    }
    near = dict.fromkeys(words[word] for word in get_close_matches(text, words, n=_NEAR))
    hint = meant(list(near)) if near else say("session.lists")
    raise UsageError(say("session.unknown", name=repr(wanted)), hint=hint)


def choose(
    name: str,
    *,
    api: str = "",
    local: bool = False,
    data: str | Path | None = None,
    token: str | None = None,
) -> Known:
    """The session that is meant by `name`, of a local studio or of the server `api` if one is named.

    A whole id that is in no list is taken for one that the server knows.

    Raises:
        UsageError: as `find`.
    """
    from nemo_widgets.client.address import Address

    among: Sequence[Known] = known(data).sessions
    here = Place(Address.find(api or None).api if not local else "")
    if local:
        among = [one for one in among if one.noted.place.studio is not None]
    elif api:
        among = [one for one in among if (one.noted.place.studio, one.noted.place.api) == (None, here.api)]
        among = among or _asked(here, token)
    try:
        return find(name, among, server_here())
    except UsageError:
        if local or not (name.isdigit() and len(name) >= _LEAST_DIGITS):
            raise
        return Known(Noted(replace(here, session_id=name)))


def _asked(place: Place, token: str | None) -> Sequence[Known]:
    """What a server that may be a studio tells of its sessions."""
    from nemo_widgets.client import AsyncClient

    async def ask() -> Listing | None:
        async with AsyncClient(base_url=place.api, token=token) as client:
            return await listed(client, place)

    found = wait_for(ask())
    return found.sessions if found else ()
