"""The sessions that can be opened: those of this machine's studio, and those that were noted of others."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from nemo_widgets import launcher
from nemo_widgets.call_checks import check_call
from nemo_widgets.errors import NemoError, StoreError
from nemo_widgets.interrupts import stoppable, to_thread
from nemo_widgets.journal import Place
from nemo_widgets.printable import printable_repr
from nemo_widgets.session import current, wait_for
from nemo_widgets.session_register import Noted, Register
from nemo_widgets.session_words import clips_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from nemo_widgets.client import AsyncClient
    from nemo_widgets.client.keeping import KeptSession

__all__ = [
    "ELSEWHERE",
    "HERE",
    "Known",
    "Listing",
    "known",
    "listed",
    "server_here",
    "sessions",
    "studios",
    "table",
]

HERE, ELSEWHERE = "open here", "open in another kernel"


@printable_repr
@dataclass(frozen=True, slots=True)
class Known:
    """A session that can be opened. `size` in bytes, None where no studio tells; `at` who has it open."""

    noted: Noted
    size: int | None = None
    at: str = ""

    @property
    def id(self) -> str:
        """The session's own id."""
        return self.noted.place.session_id

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it."""
        return not (self.noted.segments or self.noted.clips)


@printable_repr
@dataclass(frozen=True, slots=True)
class Listing:
    """The sessions, what was used last first; and the bytes that the studio takes, None where unknown.

    `filled` is in how many of the studio's there is something.
    """

    sessions: tuple[Known, ...]
    disk_bytes: int | None = None
    filled: int = 0


def known(data: str | Path | None = None) -> Listing:
    """All sessions that this machine knows of: of its studio, of the studio one is with, and noted ones.

    Args:
        data: the local studio's data folder, if it is another one than the present one.

    Raises:
        StoreError: the studio can't read its folder, and no other session is known.
    """
    register = Register()
    told: dict[str, Known] = {}
    asked: set[str] = set()
    disk = broken = None
    with studios(data) as asking:
        for client, place in asking:
            there = None
            try:
                there = wait_for(listed(client, place))
            except StoreError as error:
                broken = error
            except NemoError:  # one that has stopped tells nothing
                pass
            if there is not None:
                told |= {one.id: one for one in there.sessions}
                disk = there.disk_bytes if disk is None else disk
                asked.add(place.server)
    found = to_thread(lambda: _with_noted(register, told, asked))
    if broken is not None and not found:
        raise broken
    return Listing(found, disk)


def _with_noted(register: Register, told: dict[str, Known], asked: set[str]) -> tuple[Known, ...]:
    """What was `told` of the places that were `asked`, and what was noted of others; the last used first."""
    others: dict[tuple[str, str], Known] = {}  # servers may count their sessions alike, studios don't
    for noted in register.all():
        place = noted.place
        if place.server in asked:
            if place.session_id not in told and place.studio is not None:  # removed there
                register.drop(place)  # (of another server it may be another account's)
        elif place.studio is None or launcher.is_data(place.studio):
            others[place.server, place.session_id] = Known(noted, at=_at(register, place))
    among = [*told.values(), *(one for one in others.values() if one.id not in told)]
    return tuple(sorted(among, key=lambda one: one.noted.used, reverse=True))


async def listed(client: AsyncClient, place: Place, most: int | None = None) -> Listing | None:
    """What a studio tells of its sessions, with what was noted of them; None where the server is none.

    Of many, the `most` that were used last.
    """
    kept = await client.kept(most)
    if kept is None:
        return None
    register = Register()
    return Listing(tuple(_known(register, place, one) for one in kept.sessions), kept.disk_bytes, kept.filled)


def _known(register: Register, place: Place, one: KeptSession) -> Known:
    place = replace(place, session_id=one.session_id, task_id=one.task_id, language=one.language, skill="")
    noted = register.get(place)
    used = datetime.fromtimestamp(one.used, UTC).isoformat(timespec="milliseconds")
    made = Noted(
        replace(place, skill=noted.place.skill if noted else ""),
        one.clips,
        one.segments,
        one.duration_ms,
        used=max(used, noted.used) if noted else used,
        expires=noted.expires if noted else "",
    )
    return Known(made, one.size, _at(register, place))


@check_call
@stoppable
def sessions(*, empty: bool = False) -> pd.DataFrame:
    """Your sessions on this machine and elsewhere, what was used last first; `connect(session=…)` opens one.

    Columns: name (a short one to open it by), place, skill, clips, segments (on all tracks together),
    duration_ms, used (UTC), size_bytes (on this machine's disk), note. The index is the session's id.

    Args:
        empty: also those with nothing in them.
    """
    return table(known(), empty=empty)


def table(listing: Listing, *, empty: bool = False) -> pd.DataFrame:
    """A listing as a DataFrame."""
    return to_thread(lambda: _table(listing, empty=empty))


def _table(listing: Listing, *, empty: bool) -> pd.DataFrame:
    import pandas as pd

    from nemo_widgets.table import table_of

    rows = [
        (
            one.id,
            one.noted.name,
            _place_words(one.noted.place),
            one.noted.place.skill,
            clips_of(one.noted),
            one.noted.segments,
            one.noted.duration_ms,
            pd.Timestamp(one.noted.used).tz_convert(None).floor("s"),
            one.size,
            one.at or ("its anonymous token has ended" if one.noted.expired else ""),
        )
        for one in listing.sessions
        if empty or not one.empty
    ]
    columns = [
        "session",
        "name",
        "place",
        "skill",
        "clips",
        "segments",
        "duration_ms",
        "used",
        "size_bytes",
        "note",
    ]
    made = table_of(rows, columns).set_index("session")
    return made.astype({"size_bytes": "Int64", "segments": "Int64", "duration_ms": "Int64"})


@contextlib.contextmanager
def studios(data: str | Path | None = None) -> Iterator[list[tuple[AsyncClient, Place]]]:
    """Clients of the studios that can be asked: the one that one is connected to, and this machine's."""
    from nemo_widgets.client import AsyncClient

    found: list[tuple[AsyncClient, Place]] = []
    with contextlib.suppress(NemoError):
        connection = current()._connection  # noqa: SLF001 - one of our own
        if connection.client.is_studio:
            found.append((connection.client, connection.place))
    mine, wanted = None, str(launcher.folder(data)) if data is not None else None
    if not any(place.studio is not None and wanted in (None, place.studio) for _, place in found):
        with contextlib.suppress(NemoError):  # without it, those elsewhere are listed
            studio = launcher.present(data)
            if studio is not None:
                mine = AsyncClient(base_url=studio.url, token=studio.token)
                found.append((mine, Place(studio.url, studio=str(studio.data))))
    try:
        yield found
    finally:
        if mine is not None:
            wait_for(mine.aclose())


def _at(register: Register, place: Place) -> str:
    with contextlib.suppress(NemoError):
        here = current()._connection.place  # noqa: SLF001 - one of our own
        if (here.session_id, here.server) == (place.session_id, place.server):
            return HERE
    return ELSEWHERE if register.held(place) else ""


def server_here() -> str:
    """What tells the server that one is connected to; "" where one is not."""
    with contextlib.suppress(NemoError):
        return current()._connection.place.server  # noqa: SLF001 - one of our own
    return ""


def _place_words(place: Place) -> str:
    from nemo_widgets.client.address import Address

    if place.studio is not None:
        return "this machine"
    address = Address(place.api, "")
    return "cloud" if address.is_cloud else address.host
