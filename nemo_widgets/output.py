"""Runs and sessions as a cell's last value: what was said, how it ended, and the timeline as a picture.

Importing this makes it so. What has just been shown in the same cell, while it was under way, is told in one
line only.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from nemo_widgets import draft_output, run_output
from nemo_widgets.catalogue import say
from nemo_widgets.draft import Bundle, Shown, shown
from nemo_widgets.links import plain_links
from nemo_widgets.printable import one_line, printable
from nemo_widgets.question import bare
from nemo_widgets.run_words import begun, under_way
from nemo_widgets.running import ExportRun, Run
from nemo_widgets.running.run import RUNNING
from nemo_widgets.safe_markdown import safe_markdown
from nemo_widgets.widgets.standing import cell, in_terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = ["Runs", "has_shown", "is_shown", "session_bundle"]

_ASKED = 60
_COUNTED = ("upload", "edit", "question", "message", "export")
"""What runs are counted as; to take an edit back is one, too."""
_COLUMNS = ("run", "kind", "state", "took", "request")
_NUMBERS = ("took",)
"""The columns of numbers, which stand to the right."""
_shown_in: WeakKeyDictionary[object, str] = WeakKeyDictionary()


class Runs(list[Run], Shown):
    """The runs of a session, in order. As a cell's last value it shows as a table."""

    @property
    def table(self) -> pd.DataFrame:
        """The same as a DataFrame, by run: kind, state, took_s (seconds, a number), request."""
        from nemo_widgets.interrupts import to_thread

        rows = [(run.id, run.intent, _ended_as(run), round(run.elapsed_s, 3), _request(run)) for run in self]

        def made() -> pd.DataFrame:
            from nemo_widgets.table import table_of

            table = table_of(rows, ["run", "kind", "state", "took_s", "request"]).set_index("run")
            return table.astype({"took_s": "float64"})

        return to_thread(made)


def has_shown(thing: object) -> None:
    """Note that the cell that runs now has shown a thing."""
    _shown_in[thing] = cell()


def is_shown(thing: object) -> bool:
    """Whether the cell that runs now has shown it already."""
    return (now := cell()) != "" and _shown_in.get(thing) == now


def session_bundle(title: str, draft: draft_output.Draft | None, runs: Sequence[Run]) -> Bundle:
    """The card of a session: `title`, Markdown, how many runs it had, and the timeline as last seen."""
    busy = [run for run in runs if run.state in RUNNING]
    counts = Counter(run.intent if run.intent in _COUNTED else "edit" for run in runs)
    told = [_counted(kind, counts[kind]) for kind in _COUNTED if counts[kind]]
    facts = [say("card.under way", count=len(busy))] * bool(busy) + told
    words = "\n\n".join([title, *filter(None, [" · ".join(facts)])])
    return _composed(words, [draft] if draft else [])


def _counted(kind: str, count: int) -> str:
    called = say(f"kind.{kind}")
    return say("card.one", kind=called) if count == 1 else say("card.some", count=count, kind=called)


@shown.register
def _run(run: Run) -> Bundle:
    if is_shown(run):
        return {"text/plain": repr(run)}, {}
    if run.state in RUNNING:
        plain, words = begun(run)  # true when it is read again; how far it was is told as of now
        now = say("run.as it was", time=f"{datetime.now().astimezone():%H:%M:%S}", now=under_way(run))
        return _composed(f"{words}\n\n{now}", [], plain=f"{plain}\n\n{bare(now)}")
    if isinstance(run, ExportRun) and run.video is not None:
        bundle: Bundle = run.video._repr_mimebundle_()
        return bundle
    data, metadata = run_output.bundle(run)
    if "text/markdown" not in data:  # an upload's sheet of files says all
        return data, metadata
    words, plain = data["text/markdown"], data["text/plain"]
    if (question := run_output.asked(run)) is not None:
        words, plain = f"{words}\n\n{question.markdown()}", f"{plain}\n\n{question.plain()}"
    return _composed(words, run_output.following(run), plain=plain)


@shown.register
def _runs(runs: Runs) -> Bundle:
    if not runs:
        return {"text/plain": say("runs.none")}, {}
    rows = [_row(run) for run in runs]
    head = tuple(say(f"runs.{column}") for column in _COLUMNS)
    wide = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    plain = [
        "  ".join(
            one.rjust(n) if name in _NUMBERS else one.ljust(n)
            for name, one, n in zip(_COLUMNS, row, wide, strict=True)
        ).rstrip()
        for row in (head, *rows)
    ]
    rules = tuple("---:" if name in _NUMBERS else ":---" for name in _COLUMNS)
    table = [f"| {' | '.join(row)} |" for row in (head, rules, *map(_cells, rows))]
    return {"text/plain": "\n".join(plain), "text/markdown": safe_markdown("\n".join(table))}, {}


def _row(run: Run) -> tuple[str, ...]:
    took = say("run.seconds", seconds=f"{run.elapsed_s:.1f}")
    return run.id, say(f"kind.{run.intent}"), say(f"state.{_ended_as(run)}"), took, _request(run)


def _ended_as(run: Run) -> str:
    return run.outcome or run.state


def _request(run: Run) -> str:
    return one_line(plain_links(run.request), _ASKED)


def _cells(row: Sequence[str]) -> list[str]:
    """A row as the cells of a Markdown table."""
    return [escape(one, quote=False).replace("|", "\\|") for one in row]


def _composed(markdown: str, things: Sequence[Any], *, plain: str = "") -> Bundle:
    """Words and pictures in one output.

    A host shows one form of an output: so beside the Markdown, and the last picture alone, there is all of it
    as HTML, with pictures as data, which stay in an untrusted notebook. A terminal has the words.
    """
    from nemo_widgets.widgets.markdown import blocks

    words = printable(plain) or bare(printable(markdown))
    markdown = safe_markdown(printable(markdown))
    data: dict[str, Any] = {"text/plain": words, "text/markdown": markdown}
    if not things or in_terminal():
        return data, {}
    metadata: dict[str, Any] = {}
    html = blocks(markdown)
    for thing in things:
        forms, known = thing._repr_mimebundle_()
        for mime in (mime for mime in forms if mime.startswith("image/")):
            said = {key: escape(str(value)) for key, value in known[mime].items() if key != "height"}
            told = " ".join(f'{key}="{value}"' for key, value in said.items())
            style = "max-width: 100%; height: auto"
            html.append(f'<p><img {told} style="{style}" src="data:{mime};base64,{forms[mime]}"></p>')
            data[mime], metadata[mime] = forms[mime], known[mime]
    # HTML in Markdown is at its end behind an empty line: code with such a line would become Markdown.
    return {**data, "text/html": "\n".join(html).replace("\n\n", "\n&#10;")}, metadata
