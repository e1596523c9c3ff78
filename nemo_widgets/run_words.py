"""What is said of a run: when it began, how it ended, how to go on with it. One table has the ends."""

from __future__ import annotations

import re
import shlex
from datetime import datetime
from typing import TYPE_CHECKING

from nemo_widgets.draft import clock
from nemo_widgets.errors import NemoError, Refused, RenderGone
from nemo_widgets.links import plain_links
from nemo_widgets.paths import from_notebook
from nemo_widgets.printable import one_line, printable
from nemo_widgets.question import escaped
from nemo_widgets.reasons import sentence
from nemo_widgets.running import EditRun, ExportRun, UploadRun
from nemo_widgets.running.failure import NOT_UNDERSTOOD
from nemo_widgets.running.telling import tool_failed

if TYPE_CHECKING:
    from pathlib import Path

    from nemo_widgets.question import Question
    from nemo_widgets.running import Run

__all__ = ["asides", "begun", "headline", "lost", "spoken", "under_way"]

_ASKED = 60
_ENDS = {
    ("done", "done"): "{kind} · {seconds}",
    ("done", "refused"): "{kind} · {seconds} · refused: nothing was changed",
    ("done", "asked"): "{kind} · {seconds} · waits for your answer",
    ("done", "not done"): "{kind} · {seconds} · nothing was changed",
    ("done", "unknown"): "{kind} · {seconds} · outcome unknown: `%nemo attach {id}` finds it out",
    ("failed", "done"): "{kind} made, with an error, after {seconds}",
    ("failed", "refused"): "{kind} refused after {seconds}",
    ("failed", "asked"): "{kind} asked back after {seconds}",
    ("failed", "not done"): "{kind} not done{far} after {seconds}",
    ("failed", "unknown"): "{kind}: outcome unknown after {seconds}",
    ("failed", "partly done"): "{kind} done in part{far} after {seconds}",
    ("done", "partly done"): "{kind} done in part{far} after {seconds}",
    ("cancelled", "done"): "{kind}: the stop came too late after {seconds}, it was made",
    (
        "cancelled",
        "unknown",
    ): "{kind}: stopped waiting after {seconds}; `%nemo attach {id}` finds out the outcome",
}
"""How a run ended, by its state and outcome, in one line; `far` is how far it got."""
_ANSWERED = "{kind} · {seconds} · asked back"
_LEFT_ALONE = "{kind} · {seconds} · the timeline is as it was"
_BESIDE = "{kind} · {seconds} · {beside}, the timeline is as it was"
_PARTLY = "{kind} · {seconds} · made in part, the rest was refused"
_OTHERS = {
    "failed": "{kind} failed{far} after {seconds}",
    "cancelled": "{kind} cancelled{far} after {seconds}",
    "running": "{kind} under way for {seconds}",
    "done": "{kind} · {seconds}",
}
_SHORTENED = "A link below is shown without its signature, so that it may not open."
_BROKE = re.compile(r"The connection to \S+ broke")
_MADE = "the edit was made all the same"
_LEFT_BEHIND = "{kind} left behind{far} after {seconds}; `%nemo attach {id}` goes on with it"
_GOES_ON = {
    "edit": "`%nemo attach {id}` finds out what became of it.",
    "export": "`%nemo attach {id}` goes on with it.",
    "upload": "`%nemo attach {id}` goes on with it.",
}


def begun(run: Run) -> tuple[str, str]:
    """What was begun, when, and how to go on with it, as plain text and as Markdown; true for ever.

    Example: Export of rel.mp4, begun 06:29 on 30 November 2026; `%nemo attach export-xyz` goes on with it,
    `%nemo play rel.mp4` plays it once it is there.
    """
    at = datetime.fromisoformat(run.created).astimezone()
    when = f"begun {at:%H:%M} on {at.day} {at:%B %Y}"
    on = _GOES_ON.get(run.kind, "").format(id=run.id).rstrip(".")
    if isinstance(run, ExportRun) and (film := _near(run.target)):
        on += f", `%nemo play {shlex.quote(film)}` plays it once it is there"
    what, start = _request(run), run.intent.capitalize()
    plain, markdown = ("“{}”", "*{}*") if isinstance(run, EditRun) else ("of {}", "of {}")
    text = f"{start} {plain.format(what)}, {when}; {on.replace('`', '')}."
    return text, f"{start} {markdown.format(escaped(what))}, {when}; {on}."


def under_way(run: Run) -> str:
    """What it is doing now, in one line of Markdown: `Export of bg.mp4 · rendering · 14% · 3.5 s`."""
    what = escaped(_request(run))
    start = f"{run.intent.capitalize()} " + (f"*{what}*" if isinstance(run, EditRun) else f"of {what}")
    rows = [row for row in run.rows.values() if row.state == "running"]
    details = [row.detail for row in rows if not row.detail.startswith("waiting")]  # the phase says it
    return " · ".join(filter(None, [start, printable(run.phase), *map(printable, details), _seconds(run)]))


def lost(run: Run) -> str:
    """What is said when the kernel stops that carries the run."""
    return f"The kernel stopped. {_GOES_ON.get(run.kind, '').format(id=run.id)}".strip()


def headline(run: Run, *, whole: bool = True) -> str:
    """How it ended, in one line.

    Args:
        run: an ended run, or one under way.
        whole: with what went wrong; not where the error itself stands below and says that.
    """
    kind, seconds = run.intent.capitalize(), _seconds(run)
    if isinstance(run, ExportRun) and run.state == "done" and run.video is not None:
        return printable(f"Exported {run.video} in {seconds}{f'. {run.text}' if run.text else ''}")
    form = _form(run)
    beside = run.changed_beside if isinstance(run, EditRun) else ""
    told = form.format(kind=kind, seconds=seconds, id=run.id, far=_far(run), beside=beside)
    if isinstance(run, EditRun) and run.state == "done":
        before, after = clock(run.before.duration_ms), clock(run.after.duration_ms)
        return told + (f" · length {before} → {after}" if before != after else "")
    # The agent's own words and its question stand below, each once.
    below = isinstance(run.error, Refused)
    if run.error is None or run.state != "failed" or not whole or below:
        if form is _LEFT_BEHIND and run.state == "cancelled" and run.text:  # why the stop came to nothing
            told = one_line(f"{told}. {run.text.rstrip('.')}")
        return told + "." * (run.state in ("failed", "cancelled"))
    if not isinstance(run.error, NemoError):
        return printable(f"{told}: {sentence(str(run.error) or type(run.error).__name__)}")
    if form is _LEFT_BEHIND:
        return one_line(f"{told}. {run.error.message}")
    return one_line(f"{told}: {run.error.message} {run.error.hint}")


def asides(run: EditRun) -> list[str]:
    """What has to be said before an answer that is not the agent's own, or did not come as it should."""
    said = []
    if run.recovered and run.changed:
        why = printable(run.why).strip().rstrip(".")
        why = "The connection broke off" if not why or _BROKE.match(why) else why
        why = "Its kernel stopped" if run.kernel_stopped else why
        made = "the timeline has changed since, it seems by this edit" if run.unheard else _MADE
        said.append(f"{why}; {made}.")
    if run.shortened:
        said.append(_SHORTENED)
    if run.tool_failure:
        said.append(tool_failed(printable(run.tool_failure)))
    if not run.read and run.outcome != "unknown":
        said.append("The timeline could not be read afterwards; `%nemo timeline` shows it.")
    if run.silent and run.changed:
        # Where the connection broke the agent may have talked, and nobody heard it.
        word = "The agent made the edit without a word. " if not run.not_understood else f"{NOT_UNDERSTOOD} "
        said.append(f"{'' if run.recovered else word}What changed:")
    elif run.silent and not run.recovered:
        said.append("The agent ended without a word." if not run.not_understood else NOT_UNDERSTOOD)
    elif run.unread or (run.lost_words and run.outcome == "done" and not run.changed):
        said.append(NOT_UNDERSTOOD)
    return said


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


def _form(run: Run) -> str:
    ended = run.state in ("failed", "cancelled")
    goes_on = not isinstance(run, EditRun) and not isinstance(run.error, RenderGone)
    if ended and run.outcome == "unknown" and goes_on:
        return _LEFT_BEHIND
    if run.state == "failed" and run.outcome == "not done" and not isinstance(run, EditRun):
        return _OTHERS["failed"]  # of an edit it matters whether it was made, of these that they failed
    told = _of_an_edit(run) if isinstance(run, EditRun) else ""
    return told or _ENDS.get((run.state, run.outcome)) or _OTHERS.get(run.state, _OTHERS["running"])


def _of_an_edit(run: EditRun) -> str:
    """How an edit ended, where more of it is known than its outcome; else ""."""
    if run.outcome == "refused" and not run.read:
        return "{kind} · {seconds} · refused"  # whether anything was changed nobody has seen
    if run.outcome == "asked" and (run.answer or run.went_on):
        return _ANSWERED  # nobody waits any more
    if run.partly and run.state == "done":
        return _PARTLY
    if run.changed_beside and (run.state, run.outcome) == ("done", "done"):
        return _BESIDE
    return _LEFT_ALONE if _left_alone(run) else ""


def _left_alone(run: EditRun) -> bool:
    """Whether an edit was answered in whatever words and languages, and the timeline shows none of it."""
    ended = (run.state, run.outcome, run.intent) == ("done", "done", "edit")
    return ended and run.read and bool(run.before or run.after) and not run.changed


def _far(run: Run) -> str:
    """How far it got, ` at 34 %` or `, 1 of 3 done,`; "" where that says nothing."""
    rows = list(run.rows.values())
    ready = sum(row.state == "done" for row in rows)
    if len(rows) > 1 and isinstance(run, UploadRun):
        return f", {ready} of {len(rows)} files there," if ready else ""
    row = next((row for row in rows if row.state != "done" and row.fraction), None)
    return (
        f" at {row.fraction:.0%} of the {row.label.lower() if run.kind == 'export' else 'file'}"
        if row
        else ""
    )


def _request(run: Run) -> str:
    what = run.target.name if isinstance(run, ExportRun) and run.target else run.request
    return one_line(plain_links(what), _ASKED)


def _near(target: Path | None) -> str:
    """How the film is called from the notebook; "" where that would tell of this machine's folders."""
    name = from_notebook(target) if target is not None else ""
    return "" if "`" in name or printable(name) != name else name


def _seconds(run: Run) -> str:
    return f"{run.elapsed_s:.1f} s"


def _bare(line: str) -> str:
    """A line as words alone: no mark of a list, no Markdown, no punctuation around it."""
    line = re.sub(r"^\s*(?:[-*+•]|\(?(?:\d+|[a-z])[.)])\s+", "", line)
    return " ".join(re.sub(r"[*_`\\#>]", "", line).split()).strip(" .:?!。：？！").casefold()
