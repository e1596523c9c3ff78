"""Taking away what nobody needs of what the studio keeps, and sessions that are not wanted any more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nemo_widgets.call_checks import check_call
from nemo_widgets.catalogue import say
from nemo_widgets.errors import UsageError
from nemo_widgets.file_sizes import size_words
from nemo_widgets.interrupts import stoppable, to_thread
from nemo_widgets.journal import Journal
from nemo_widgets.languages import spoken
from nemo_widgets.session import wait_for
from nemo_widgets.session_choice import find
from nemo_widgets.session_list import HERE, known, listed, server_here, studios
from nemo_widgets.session_register import Register
from nemo_widgets.session_words import summary_of

if TYPE_CHECKING:
    import pandas as pd

    from nemo_widgets.client.keeping import Surplus
    from nemo_widgets.session_list import Known, Listing

__all__ = ["clean", "clean_words", "delete_session", "disk_words", "forget"]

_KINDS = {"result": "export", "media": "upload"}
"""What a studio calls them, and what a user does."""
_WHY = {
    "fetched": "was downloaded",
    "replaced": "shows an older timeline",
    "old": "is old",
    "unused": "is on no timeline",
    "empty": "has nothing in it",
}


@check_call
@stoppable
def clean(*, yes: bool = False) -> pd.DataFrame:
    """List what the studio keeps and nobody needs; with `yes`, remove it.

    The list has exports that were downloaded, show an older timeline or are old; uploads that no version of
    any timeline shows; and empty sessions. Sessions that are open in a kernel are left alone, and so are
    exports that a run waits for. An export has the name of the file that it was saved as. Uploads in use and
    films that were saved beside a notebook stay.

    Returns:
        One row for each thing: kind, name, session, size_bytes (what removing it frees), why.

    Raises:
        UsageError: there is no studio here.
    """
    with studios() as found:
        if not found:
            raise UsageError(say("disk.no studio"), hint=say("disk.start one"))
        client, place = found[0]
        listing = wait_for(listed(client, place))
        if listing is None:
            raise UsageError(say("clean.no studio"), hint=say("clean.cloud"))
        names = {one.id: one.noted.name for one in listing.sessions}
        gone = wait_for(
            client.clean(
                remove=yes,
                sessions=[one.id for one in listing.sessions if one.at],
                renders=to_thread(_waited_for),
            )
        )

    def work() -> pd.DataFrame:
        from nemo_widgets.table import table_of

        films = _films() if any(item.kind == "result" for item in gone) else {}
        rows = [_row(item, names, films) for item in gone]
        return table_of(rows, ["kind", "name", "session", "size_bytes", "why"])

    return to_thread(work)


@check_call
@stoppable
def delete_session(session: str) -> int:
    """Remove a session and every file that only it uses, and return the number of bytes that were freed.

    A session of the cloud is only taken off the list: there is no way to remove it there.

    Args:
        session: its id or short name, or the beginning of one.

    Raises:
        UsageError: there is no such session, or a kernel has it open. NemoError: work is under way in it.
    """
    found = _removable(session)
    place, freed = found.noted.place, 0
    if found.size is not None:
        with studios() as asked:
            client = next(client for client, there in asked if there.server == place.server)
            freed = wait_for(client.delete_session(found.id))
    Register().drop(place)
    return freed


def forget(session: str, *, yes: bool) -> str:
    """What would go with a session; with `yes` it goes, and what went. Markdown.

    Raises:
        UsageError, NemoError: as `delete_session`.
    """
    found = _removable(session)
    name = found.noted.name
    what = f"{name} ({summary_of(found.noted, spoken())})"
    if found.size is None:
        if not yes:
            return say("disk.off list", what=what, name=name)
        delete_session(found.id)
        return say("disk.is off list", what=what)
    if not yes:
        return say("disk.would go", what=what, size=size_words(found.size), name=name)
    return say("disk.gone", what=what, size=size_words(delete_session(found.id)))


def disk_words(listing: Listing, *, empty: bool = False) -> str:
    """How many sessions are listed, with the `empty` ones or without, and what they take; Markdown."""
    count = sum(empty or not one.empty for one in listing.sessions)
    if listing.disk_bytes is None:
        return say("disk.one") if count == 1 else say("disk.some", count=count)
    told = {"size": size_words(listing.disk_bytes), "whole": say("disk.whole")}
    return say("disk.one taken", **told) if count == 1 else say("disk.some taken", count=count, **told)


def clean_words(table: pd.DataFrame, *, yes: bool) -> str:
    """What went or can go, Markdown."""
    if table.empty:
        return say("disk.nothing", whole=say("disk.whole"))
    size = size_words(int(table["size_bytes"].sum()))
    things = say("disk.one thing") if len(table) == 1 else say("disk.things", count=len(table))
    stays, whole = say("disk.stays"), say("disk.whole")
    if yes:
        return say("disk.removed", things=things, size=size, stays=stays)
    return f"{say('disk.can go', things=things, size=size)}\n\n{stays} {whole[0].upper()}{whole[1:]}"


def _removable(session: str) -> Known:
    found = find(session, known().sessions, server_here())
    if found.at:
        here, name = found.at == HERE, found.noted.name
        told = say("disk.open here", name=name) if here else say("disk.open elsewhere", name=name)
        raise UsageError(told, hint=say("disk.leave first" if here else "disk.leave there"))
    return found


def _row(item: Surplus, names: dict[str, str], films: dict[str, str]) -> tuple[str, str, str, int, str]:
    """A row of the table; a studio calls an export after the first clip, which stays."""
    session = names.get(item.session_id, "")
    name = session if item.kind == "session" else item.name
    if item.kind == "result":
        name = films.get(item.render_id) or f"export of {item.name}"
    return _KINDS.get(item.kind, item.kind), name, session, item.size, _WHY.get(item.why, item.why)


def _films() -> dict[str, str]:
    """What exports were saved as, by their renders."""
    found = [r.details for r in Journal().records() if r.kind == "export"]
    return {str(d.get("render_id") or ""): Path(str(d.get("target") or "")).name for d in found}


def _waited_for() -> list[str]:
    """The renders of exports that are not over: somebody may yet attach to them."""
    ids = [r.details.get("render_id") for r in Journal().records() if r.kind == "export" and not r.over]
    return [found for found in ids if isinstance(found, str) and found]
