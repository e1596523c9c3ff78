"""The runs of this user, of every kernel, as the journal has them: all of them, and those left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.call_checks import check_call
from nemo_widgets.catalogue import ROWS, say
from nemo_widgets.interrupts import stoppable, to_thread
from nemo_widgets.journal import Journal
from nemo_widgets.languages import either, speaking
from nemo_widgets.links import plain_links
from nemo_widgets.printable import one_line
from nemo_widgets.question import escaped

if TYPE_CHECKING:
    import pandas as pd

    from nemo_widgets.journal import Record

__all__ = ["left_behind", "runs"]

_ASKED = 60
_LISTED = 5


@check_call
@stoppable
def runs() -> pd.DataFrame:
    """List your runs, of every kernel, the newest first: kind, state, when (UTC), notebook, request.

    A run's kind is upload, edit, undo, redo, start over, question, message or export. Its notebook is the one
    in which it was begun, or "" if Jupyter does not say. Its state is its outcome (done, refused, asked, not
    done or, of an edit, unknown) or cancelled; "under way", here or in another kernel; or "left behind". With
    what is unknown or left behind `attach` goes on.
    """
    return to_thread(_runs)


def _runs() -> pd.DataFrame:
    import pandas as pd

    from nemo_widgets.table import table_of

    journal = Journal()
    rows = [
        (
            r.id,
            _kind_of(r),
            _state_of(journal, r),
            pd.Timestamp(r.created).tz_localize(None).floor("s"),
            _text(r, "notebook"),
            _asked(r),
        )
        for r in journal.records()
    ]
    columns = ["run", "kind", "state", "when", "notebook", "request"]
    return table_of(rows, columns).set_index("run")


def left_behind(language: str = "en") -> list[str]:
    """What was under way when a kernel stopped, and how to go on with it; Markdown blocks."""
    journal = Journal()
    journal.tidy()
    left = journal.left()
    if not left:
        return []
    count = "One run was" if len(left) == 1 else f"{len(left)} runs were"
    rows = [
        f"- `%nemo attach {r.id}`: {_called(_kind_of(r), language)}, *{escaped(_asked(r))}*"
        for r in left[:_LISTED]
    ]
    rest, unknown = len(left) - _LISTED, any(map(_ended_unknown, left))
    more = either(language, f"- and {rest} more:", f"- 还有 {rest} 个：")
    rows += [f"{more} `%nemo runs`"] if rest > 0 else []
    head = either(
        language,
        f"{count} under way when a kernel stopped{', or ended unknown' * unknown}:",
        f"内核停止时有 {len(left)} 个任务还在进行{'，或结果未知' * unknown}：",
    )
    return ["\n".join([head, "", *rows])]


def _called(kind: str, language: str) -> str:
    with speaking(language):
        return say(f"kind.{kind}") if f"kind.{kind}" in ROWS else kind


def _state_of(journal: Journal, record: Record) -> str:
    if record.over:
        return "not done" if record.stage == "failed" else record.stage  # as the run's outcome says it
    if journal.carried(record):
        return "under way"
    return "unknown" if _ended_unknown(record) else "left behind"


def _ended_unknown(record: Record) -> bool:
    """Whether it was waited for and ended so: nothing goes on, and what became of it is not known."""
    return record.kind == "edit" and record.stage == "unknown"


def _kind_of(record: Record) -> str:
    from nemo_widgets.running.intent import intent_of

    return _text(record, "intent") or (intent_of(record.request) if record.kind == "edit" else record.kind)


def _text(record: Record, name: str) -> str:
    """A text of a record's details; "" for anything else."""
    found = record.details.get(name)
    return found if isinstance(found, str) else ""


def _asked(record: Record) -> str:
    """What was asked for, as it may be listed."""
    return one_line(plain_links(record.request), _ASKED)
