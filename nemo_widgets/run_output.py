"""What a run leaves behind in a notebook once it has ended: plain types, and the words in them.

These are functions of a run alone: nothing here displays anything, or knows where it is shown.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import clock
from nemo_widgets.errors import ConnectError, NemoError
from nemo_widgets.running import EditRun, ExportRun, UploadRun

if TYPE_CHECKING:
    from nemo_widgets.question import Question
    from nemo_widgets.running import Run
    from nemo_widgets.widgets import AnswerPicture, TimelinePicture

__all__ = ["asked", "bundle", "headline", "markdown", "pictures", "plain", "timeline"]


def asked(run: Run) -> Question | None:
    """What the agent asked back with this run and nobody has answered yet."""
    return run.question if isinstance(run, EditRun) and not run.answer else None


def bundle(run: Run) -> tuple[dict[str, str], dict[str, Any]]:
    """The static bundle that stands where the live view was, and its metadata."""
    if isinstance(run, UploadRun) and run.files:
        from nemo_widgets.widgets import MediaSheet

        items = [(p, f.filename, _media(f)) for p, f in zip(run.paths, run.files, strict=False)]
        return MediaSheet(items)._repr_mimebundle_()
    return {"text/plain": plain(run), "text/markdown": markdown(run)}, {}


def pictures(run: Run) -> list[AnswerPicture]:
    """What the agent showed, as outputs that stay in the notebook."""
    if not isinstance(run, EditRun) or run.state != "done" or not run.pictures:
        return []
    from nemo_widgets.widgets import AnswerPicture

    return [AnswerPicture(picture.data, picture.alt) for picture in run.pictures]


def timeline(run: Run) -> TimelinePicture | None:
    """The timeline that the run has changed, as a picture; None if it changed nothing."""
    if isinstance(run, EditRun) and run.changed:
        from nemo_widgets.widgets import TimelinePicture

        return TimelinePicture(run.after)
    return None


def markdown(run: Run) -> str:
    """The answer and how it ended, as Markdown."""
    head = headline(run)
    if isinstance(run, EditRun) and run.state == "done":
        asides = [f"*{aside}*" for aside in _asides(run)]
        return "\n\n".join(part for part in [*asides, run.text, f"<sub>{head}</sub>"] if part)
    return head


def _asides(run: EditRun) -> list[str]:
    """What has to be said before an answer that is not the agent's own, or did not come as it should."""
    asides = []
    if run.recovered:
        why = "Its kernel stopped" if run.attached else "The connection broke off"
        asides.append(f"{why}; the edit was made all the same.")
    if run.silent:
        # Where the connection broke the agent may have talked, and nobody heard it.
        word = "" if run.recovered else "The agent made the edit without a word. "
        asides.append(f"{word}What changed:")
    return asides


def plain(run: Run, *, question: bool = False) -> str:
    """The same as plain text, with the `question` that it ended with, where nothing can be clicked."""
    if isinstance(run, EditRun) and run.state == "done":
        ask = run.question.plain() if run.question and question else ""
        return "\n\n".join(part for part in (*_asides(run), run.text, ask, headline(run)) if part)
    if isinstance(run, UploadRun) and run.files:
        return "\n".join(f"Uploaded {f.filename} · {_media(f)}" for f in run.files)
    return headline(run)


def headline(run: Run) -> str:
    """How it ended, in one line."""
    name, seconds = run.kind.capitalize(), f"{run.elapsed_s:.1f} s"
    if run.state == "cancelled":
        return f"{name} cancelled after {seconds}."
    if run.state == "failed":
        message = run.error.message if isinstance(run.error, NemoError) else str(run.error)
        words = {"unknown": ": outcome unknown", "not done": " not done"}
        ended = words.get(run.outcome, " failed") if isinstance(run.error, ConnectError) else " failed"
        return f"{name}{ended} after {seconds}: {message}"
    if isinstance(run, EditRun):
        before, after = clock(run.before.duration_ms), clock(run.after.duration_ms)
        return f"Edit · {seconds}" + (f" · length {before} → {after}" if before != after else "")
    if isinstance(run, ExportRun) and run.video is not None:
        return f"Exported {run.video} in {seconds}"
    return f"{name} · {seconds}"


def _media(file: Any) -> str:
    """`0:24 · 640×360`, as far as the server told."""
    size = f"{file.width}×{file.height}" if file.width and file.height else ""
    length = clock(round(file.duration * 1000)) if file.duration else ""
    return " · ".join(part for part in (length, size, Path(file.filename).suffix.lstrip(".").upper()) if part)
