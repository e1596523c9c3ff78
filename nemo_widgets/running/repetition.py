"""What `again` sends: of the last upload what did not arrive, else the last edit; or why it sends nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.client.file_checks import check
from nemo_widgets.errors import UsageError
from nemo_widgets.links import plain_links
from nemo_widgets.printable import one_line

from .earlier_upload import Earlier
from .edit import EditRun
from .sources import is_link, name_of
from .upload import UploadRun
from .upload_failures import in_a_row, none_fits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .connection import Connection
    from .run import Run

__all__ = ["not_again", "upload_again"]

_SAID = 60


def upload_again(runs: Sequence[Run], connection: Connection) -> UploadRun | None:
    """Begin to upload what did not arrive last; None where an edit came since, or nothing is missing.

    What may have arrived is looked for first. Without a run of this kernel the journal is asked.

    Raises:
        UsageError: an upload is under way, or a link is missing of which the journal keeps no signature.
        NemoError: none of the files can be sent.
    """
    since = max((n + 1 for n, run in enumerate(runs) if isinstance(run, EditRun)), default=0)
    uploads = [run for run in runs[since:] if isinstance(run, UploadRun)]
    if any(not run.done for run in uploads):
        raise UsageError(say("upload.under way"), hint=say("again.wait"))
    for last in reversed(uploads):
        if missing := _missing(last, uploads):
            if last.outcome == "unknown":
                return UploadRun.take_up(connection, connection.journal.take(last.id))
            return _begun(connection, last.earlier(missing))
    return None if runs else _of_the_journal(connection)


def _not_uploaded(runs: Sequence[Run]) -> str:
    """The names of what did not arrive with the last upload of which something is missing; "" for none."""
    uploads = [run for run in runs if isinstance(run, UploadRun) and run.done]
    missing = next(filter(None, (_missing(run, uploads) for run in reversed(uploads))), [])
    return in_a_row([name_of(source) for source in missing])


def _missing(run: UploadRun, uploads: Sequence[UploadRun]) -> list[str]:
    """What did not arrive with a run, nor with a later one."""
    later = uploads[uploads.index(run) + 1 :]
    return [source for source in run.missing if not any(source in other.arrived for other in later)]


def _of_the_journal(connection: Connection) -> UploadRun | None:
    mine = connection.place
    for record in connection.journal.records():
        place = record.place
        if record.kind == "export" or (place.server, place.session_id) != (mine.server, mine.session_id):
            continue
        if record.kind == "upload" and not record.over:
            return UploadRun.take_up(connection, connection.journal.take(record.id))
        if record.kind != "upload" or not record.details.get("missing"):
            return None
        items = [record.details["sources"][i] for i in record.details["missing"]]
        if lost := [name_of(item["source"]) for item in items if item.get("signed")]:
            raise UsageError(
                say("upload.signature lost", names=in_a_row(lost)), hint=say("upload.whole link")
            )
        return _begun(connection, Earlier.of(record))
    return None


def _begun(connection: Connection, earlier: Earlier) -> UploadRun:
    client = connection.client
    look = partial(check, most=client.settings.file_most, studio=client.is_studio)
    if not any(map(is_link, earlier.sources)) and (error := none_fits(earlier.sources, look)) is not None:
        raise error
    return UploadRun(connection, earlier.sources, earlier=earlier)


def not_again(last: Run | None, runs: Sequence[Run]) -> UsageError:
    """Why neither the last edit is sent once more nor an upload, and what to do instead."""
    if last is None:
        uploaded = any(run.kind == "upload" for run in runs)
        return UsageError(say("again.all there" if uploaded else "again.none"), hint=say("again.say"))
    request = one_line(plain_links(last.request), _SAID)
    if not last.done:
        return UsageError(say("again.under way", request=request), hint=say("again.wait"))
    anyway = say("again.anyway")
    if names := _not_uploaded(runs):
        anyway = say("again.missing", anyway=anyway, names=names)
    match last.outcome:
        case "refused":
            why, anyway = say("again.refused", request=request), say("again.otherwise", anyway=anyway)
        case "asked":
            why, anyway = say("again.asked", request=request), say("again.answer", anyway=anyway)
        case _:
            changed = getattr(last, "changed", True) or not getattr(last, "read", False)
            why = say("again.last made" if changed else "again.unchanged", request=request)
    return UsageError(why, hint=anyway)
