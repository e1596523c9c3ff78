"""What is said of a run: when it began, how it ended, how to go on with it. One table has the ends."""

from __future__ import annotations

import re
import shlex
from datetime import datetime
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import ROWS, say
from nemo_widgets.draft import clock
from nemo_widgets.errors import NemoError, Refused, RenderGone
from nemo_widgets.languages import speaking
from nemo_widgets.links import plain_links
from nemo_widgets.paths import from_notebook
from nemo_widgets.printable import one_line, printable
from nemo_widgets.question import escaped
from nemo_widgets.reasons import sentence
from nemo_widgets.running import EditRun, ExportRun, UploadRun
from nemo_widgets.running.telling import tool_failed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from nemo_widgets.question import Question
    from nemo_widgets.running import Run

__all__ = ["asides", "begun", "headline", "lost", "spoken", "start", "stopped", "title", "under_way"]

_ASKED = 60
_LEFT_BEHIND = "end.left behind"
_GOES_ON = {"edit": "run.finds out", "export": "run.goes on", "upload": "run.goes on"}


def begun(run: Run) -> tuple[str, str]:
    """What was begun, when, and how to go on with it, as plain text and as Markdown; true for ever.

    Example: Export of rel.mp4, begun 06:29 on 30 November 2026; `%nemo attach export-xyz` goes on with it,
    `%nemo play rel.mp4` plays it once it is there.
    """
    with speaking(run.language):
        at = datetime.fromisoformat(run.created).astimezone()
        date = {"day": at.day, "month": f"{at:%B}", "number": at.month, "year": at.year}
        when = say("run.begun", time=f"{at:%H:%M}", **date)
        on = say(_GOES_ON[run.kind], id=run.id) if run.kind in _GOES_ON else ""
        if isinstance(run, ExportRun) and (film := _near(run.target)):
            on += say("run.plays", film=shlex.quote(film))
        plain, markdown = (say("run.begun line", start=start, when=when, on=on) for start in _starts(run))
    return plain.replace("`", ""), markdown


def stopped(head: str, runs: Iterable[Run]) -> str:
    """A sentence, and what of runs that it stopped became, as Markdown."""
    told = [f"- {escaped(one_line(run.request, _ASKED))}: {headline(run)}" for run in runs]
    return "\n".join([head, "", *told] if told else [head])


def start(run: Run) -> str:
    """What is begun, in a few plain words: `Export of rel.mp4`."""
    with speaking(run.language):
        return _starts(run)[0].replace("`", "")


def _starts(run: Run) -> tuple[str, str]:
    """The same as plain text and as Markdown."""
    what, kind = _request(run), _kind(run)
    if isinstance(run, EditRun):
        return say("run.quoted", kind=kind, what=what), say("run.emphasised", kind=kind, what=escaped(what))
    return say("run.of", kind=kind, what=what), say("run.of", kind=kind, what=escaped(what))


def under_way(run: Run) -> str:
    """What it is doing now, in one line of Markdown: `Export of bg.mp4 · rendering · 14% · 3.5 s`."""
    with speaking(run.language):
        rows = [row for row in run.rows.values() if row.state == "running"]
        waits = say("phase.waiting")
        details = [row.detail for row in rows if not row.detail.startswith(waits)]  # the phase says it
        told = [_starts(run)[1], printable(run.phase), *map(printable, details), _seconds(run)]
    return " · ".join(filter(None, told))


def lost(run: Run) -> str:
    """What is said when the kernel stops that carries the run."""
    with speaking(run.language):
        return say("run.lost", on=say(_GOES_ON.get(run.kind, "run.goes on"), id=run.id))


def headline(run: Run, *, whole: bool = True) -> str:
    """How it ended, in one line.

    Args:
        run: an ended run, or one under way.
        whole: with what went wrong; not where the error itself stands below and says that.
    """
    with speaking(run.language):
        return _headline(run, whole=whole)


def _headline(run: Run, *, whole: bool) -> str:
    seconds = _seconds(run)
    if isinstance(run, ExportRun) and run.state == "done" and run.video is not None:
        told = say("run.exported", video=run.video, seconds=seconds)
        return printable(f"{_ended(told)} {run.text}" if run.text else told)
    row = _row(run)
    beside = run.changed_beside if isinstance(run, EditRun) else ""
    told = say(row, kind=_kind(run), seconds=seconds, id=run.id, far=_far(run), beside=beside)
    if isinstance(run, EditRun) and run.state == "done":
        before, after = clock(run.before.duration_ms), clock(run.after.duration_ms)
        return told + (say("run.length", before=before, after=after) if before != after else "")
    # The agent's own words and its question stand below, each once.
    below = isinstance(run.error, Refused)
    if run.error is None or run.state != "failed" or not whole or below:
        if row == _LEFT_BEHIND and run.state == "cancelled" and run.text:  # why the stop came to nothing
            told = one_line(f"{_ended(told)} {run.text.rstrip('.。')}")
        return _ended(told) if run.state in ("failed", "cancelled") else told
    if not isinstance(run.error, NemoError):
        why = sentence(str(run.error) or type(run.error).__name__)
        return printable(say("run.because", told=told, why=why))
    if row == _LEFT_BEHIND:
        return one_line(f"{_ended(told)} {run.error.message}")
    return one_line(f"{say('run.because', told=told, why=run.error.message)} {run.error.hint}")


def _ended(told: str) -> str:
    return say("run.ended", told=told)


def title(run: Run) -> str:
    """What a run is called above its live view."""
    with speaking(run.language):
        return _kind(run)


def _kind(run: Run) -> str:
    """What a run is called, as a sentence begins with it."""
    return say(f"kind.{run.intent}").capitalize()


def asides(run: EditRun) -> list[str]:
    """What has to be said before an answer that is not the agent's own, or did not come as it should."""
    with speaking(run.language):
        return list(_asides(run))


def _asides(run: EditRun) -> Iterator[str]:
    if run.recovered and run.changed:
        why = printable(run.why).strip().rstrip(".。")
        why = say("edit.broke off") if not why or _broke(why) else why
        why = say("edit.kernel stopped") if run.kernel_stopped else why
        yield say("edit.made by it" if run.unheard else "edit.made", why=why)
    if run.shortened:
        yield say("edit.shortened")
    if run.tool_failure:
        yield tool_failed(printable(run.tool_failure))
    if not run.read and run.outcome != "unknown":
        yield say("edit.unread")
    if run.silent and run.changed:
        # Where the connection broke the agent may have talked, and nobody heard it.
        what = say("edit.what changed")
        if run.recovered:
            yield what
        elif run.not_understood:
            yield say("edit.after", first=say("edit.not understood"), then=what)
        else:
            yield say("edit.silent", what=what)
    elif run.silent and not run.recovered:
        yield say("edit.not understood" if run.not_understood else "edit.ended silent")
    elif run.unread or (run.lost_words and run.outcome == "done" and not run.changed):
        yield say("edit.not understood")


def _broke(why: str) -> bool:
    """Whether a reason is that a connection broke, in whichever language it was told."""
    return any(
        re.match(re.escape(words).replace(r"\{where\}", r"\S+").split(r"\{why\}")[0], why)
        for words in ROWS["wire.broke"]
    )


def spoken(run: Run, coming: Question | None = None) -> str:
    """The answer so far, Markdown, without the question in it that is shown for itself.

    Args:
        run: whose answer.
        coming: the question of a run that is still under way, as far as it was heard.
    """
    text = printable(run.text)
    question = (run.question if isinstance(run, EditRun) else None) or coming
    if question is None:
        return text
    repeated = {_bare(question.title), ""}
    for item in question.items:
        repeated |= {_bare(item.prompt), *(_bare(option.label) for option in item.options)}
    lines = text.split("\n")
    kept = [line for line in lines if not line.strip() or _bare(line) not in repeated]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip() if len(kept) < len(lines) else text


def _row(run: Run) -> str:
    """The row that tells how it ended."""
    ended = run.state in ("failed", "cancelled")
    goes_on = not isinstance(run, EditRun) and not isinstance(run.error, RenderGone)
    if ended and run.outcome == "unknown" and goes_on:
        return _LEFT_BEHIND
    if run.state == "failed" and run.outcome == "not done" and not isinstance(run, EditRun):
        return "end.failed"  # of an edit it matters whether it was made, of these that they failed
    told = _of_an_edit(run) if isinstance(run, EditRun) else ""
    rows = (told, f"end.{run.state}.{run.outcome}", f"end.{run.state}", "end.running")
    return next(row for row in rows if row in ROWS)


def _of_an_edit(run: EditRun) -> str:
    """How an edit ended, where more of it is known than its outcome; else ""."""
    if run.outcome == "refused" and not run.read:
        return "end.refused unread"  # whether anything was changed nobody has seen
    if run.outcome == "asked" and (run.answer or run.went_on):
        return "end.answered"  # nobody waits any more
    if run.partly and run.state == "done":
        return "end.in part"
    if run.changed_beside and (run.state, run.outcome) == ("done", "done"):
        return "end.beside"
    return "end.left alone" if _left_alone(run) else ""


def _left_alone(run: EditRun) -> bool:
    """Whether an edit was answered in whatever words and languages, and the timeline shows none of it."""
    ended = (run.state, run.outcome, run.intent) == ("done", "done", "edit")
    return ended and run.read and bool(run.before or run.after) and not run.changed


def _far(run: Run) -> str:
    """How far it got, ` at 34 %` or `, 1 of 3 done,`; "" where that says nothing."""
    rows = list(run.rows.values())
    ready = sum(row.state == "done" for row in rows)
    if len(rows) > 1 and isinstance(run, UploadRun):
        return say("run.files there", ready=ready, count=len(rows)) if ready else ""
    key, row = next(((k, r) for k, r in run.rows.items() if r.state != "done" and r.fraction), ("", None))
    if row is None:
        return ""
    share = f"{row.fraction:.0%}"
    if run.kind == "export":
        return say("run.share of a part", share=share, part=say(f"part.{key}"))
    return say("run.share of a file", share=share)


def _request(run: Run) -> str:
    what = run.target.name if isinstance(run, ExportRun) and run.target else run.request
    return one_line(plain_links(what), _ASKED)


def _near(target: Path | None) -> str:
    """How the film is called from the notebook; "" where that would tell of this machine's folders."""
    name = from_notebook(target) if target is not None else ""
    return "" if "`" in name or printable(name) != name else name


def _seconds(run: Run) -> str:
    return say("run.seconds", seconds=f"{run.elapsed_s:.1f}")


def _bare(line: str) -> str:
    """A line as words alone: no mark of a list, no Markdown, no punctuation around it."""
    line = re.sub(r"^\s*(?:[-*+•]|\(?(?:\d+|[a-z])[.)])\s+", "", line)
    return " ".join(re.sub(r"[*_`\\#>]", "", line).split()).strip(" .:?!。：？！").casefold()
