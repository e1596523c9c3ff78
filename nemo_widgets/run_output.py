"""What a run leaves behind in a notebook once it has ended: plain types, in words and pictures.

These are functions of a run alone: nothing here displays anything, or knows where it is shown.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.draft import clock
from nemo_widgets.languages import speaking
from nemo_widgets.paths import is_file
from nemo_widgets.printable import printable
from nemo_widgets.run_words import asides, headline, spoken
from nemo_widgets.running import EditRun, ExportRun, UploadRun
from nemo_widgets.safe_markdown import safe_markdown

if TYPE_CHECKING:
    from nemo_widgets.question import Question
    from nemo_widgets.running import Run
    from nemo_widgets.widgets import AnswerPicture, MediaSheet, Player, TimelinePicture

__all__ = ["asked", "bundle", "following", "markdown", "pictures", "plain", "player", "timeline", "words"]


def asked(run: Run) -> Question | None:
    """What the agent asked back with this run and nobody has answered yet."""
    return run.open_question if isinstance(run, EditRun) else None


def bundle(run: Run, *, whole: bool = True) -> tuple[dict[str, str], dict[str, Any]]:
    """The static bundle that stands where the live view was, and its metadata.

    Args:
        run: what has ended.
        whole: with what went wrong; not where the error itself stands below and says that.
    """
    if run.state == "done" and (sheet := _sheet(run)) is not None:
        return sheet._repr_mimebundle_()
    return words(run, whole=whole)


def words(run: Run, *, whole: bool = True) -> tuple[dict[str, str], dict[str, Any]]:
    """The same without a picture."""
    return {"text/plain": plain(run, whole=whole), "text/markdown": markdown(run, whole=whole)}, {}


def following(run: Run) -> list[Any]:
    """What stands below that, as outputs: what the agent showed, the timeline; the files that did arrive."""
    sheet = _sheet(run) if run.state != "done" else None
    return [part for part in (*pictures(run), timeline(run), sheet) if part is not None]


def pictures(run: Run) -> list[AnswerPicture]:
    """What the agent showed, as outputs that stay in the notebook."""
    if not isinstance(run, EditRun) or run.state != "done" or not run.pictures:
        return []
    from nemo_widgets.widgets import AnswerPicture

    with speaking(run.language):
        return [AnswerPicture(picture.data, picture.alt) for picture in run.pictures]


def timeline(run: Run) -> TimelinePicture | None:
    """The timeline that the run has changed, before and after, as a picture; None if it changed nothing."""
    if isinstance(run, EditRun) and run.changed:
        from nemo_widgets.widgets import DifferencePicture, TimelinePicture

        with speaking(run.language):
            both = run.before and run.after
            return DifferencePicture(run.before, run.after) if both else TimelinePicture(run.after)
    return None


def player(run: Run) -> Player | None:
    """A player for what the run exported; None if that is no film that is there."""
    video = run.video if isinstance(run, ExportRun) else None
    if video is None or not is_file(video.path):
        return None
    from nemo_widgets.widgets import Player

    with speaking(run.language):
        return Player(video.path, duration_ms=video.duration_ms)


def markdown(run: Run, *, whole: bool = True) -> str:
    """How it ended and the answer, as Markdown: in the order of the live view, so that nothing jumps."""
    head = headline(run, whole=whole)
    if isinstance(run, EditRun) and _speaks(run):
        said = [f"*{aside}*" for aside in asides(run)]
        parts = [f"<sub>{head}</sub>", *said, spoken(run)]
        return safe_markdown("\n\n".join(part for part in parts if part))
    return safe_markdown(head)


def plain(run: Run, *, whole: bool = True, question: bool = False) -> str:
    """The same as plain text, with the `question` that it ended with, where nothing can be clicked."""
    head = headline(run, whole=whole).replace("`", "")
    if isinstance(run, EditRun) and _speaks(run):
        ask = run.question.plain() if run.question and question else ""
        return printable("\n\n".join(part for part in (*asides(run), spoken(run), ask, head) if part))
    if isinstance(run, UploadRun) and run.state == "done" and run.files:
        with speaking(run.language):
            lines = [say("upload.uploaded", name=f.filename, media=_media(f)) for f in run.files]
        return printable("\n".join([*lines, *_notes(run)]))
    return printable(head)


def _speaks(run: EditRun) -> bool:
    """Whether its words are shown: also of an edit that failed, for the agent may have said why, or asked."""
    return run.state == "done" or (run.state == "failed" and bool(run.text or run.question))


def _sheet(run: Run) -> MediaSheet | None:
    if not isinstance(run, UploadRun) or not run.files:
        return None
    from nemo_widgets.widgets import MediaSheet

    items = [(p, f.filename, _media(f)) for p, f in zip(run.paths, run.files, strict=False)]
    return MediaSheet(items, [printable(note) for note in _notes(run)])


def _notes(run: UploadRun) -> list[str]:
    """What has to be said of the files, a line each; which file is meant, where there are several."""
    several = len(run.files) > 1
    stopped = [f"{row.label} · {row.detail}" for row in run.rows.values() if row.state == "cancelled"]
    return stopped + [
        f"{file.filename} · {note}" if several else f"{note[:1].upper()}{note[1:]}"
        for file in run.files
        for note in file.notes
    ]


def _media(file: Any) -> str:
    """`0:24 · 640×360`, as far as the server told."""
    size = f"{file.width}×{file.height}" if file.width and file.height else ""
    length = clock(round(file.duration * 1000)) if file.duration else ""
    return " · ".join(part for part in (length, size, Path(file.filename).suffix.lstrip(".").upper()) if part)
