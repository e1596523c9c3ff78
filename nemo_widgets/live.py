"""Shows a run while it is under way, and leaves a static output behind when it has ended.

The live widget stands under a display id; at the end the same output is replaced by plain types (Markdown,
text, PNG), so that a saved, reopened, converted or untrusted notebook never has an empty box in it.
"""

from __future__ import annotations

import sys
import threading
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import clock
from nemo_widgets.errors import ConnectError, NemoError
from nemo_widgets.running import EditRun, ExportRun, UploadRun

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.question import Question
    from nemo_widgets.running import Run
    from nemo_widgets.widgets import RunView

__all__ = ["Notices", "host", "show", "show_markdown"]


def host() -> str:
    """Where we are shown: notebook (a kernel with front ends), terminal (IPython there), none (a program)."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None:
        return "none"
    return "notebook" if getattr(shell, "kernel", None) is not None else "terminal"


def show(
    run: Run,
    *,
    background: bool = False,
    place: str = "",
    reply: Callable[[str, str], object],
) -> None:
    """Show `run` in the cell that is running now, from here to its end; in a program nothing is shown.

    Args:
        run: what is shown.
        background: whether it outlives its cell: its Cancel must not interrupt whichever cell is running.
        place: the display id of an output that it takes over, instead of one of its own.
        reply: sends the answer to a question that it may end with, given the words and the place to show it.
    """
    match host():
        case "notebook":
            _Live(run, background=background, place=place, reply=reply)
        case "terminal":
            run.on_end(lambda: print(_plain(run)))  # noqa: T201 - a terminal is for printing


def show_markdown(markdown: str, plain: str | None = None) -> None:
    """Show a few lines as Markdown in a notebook, as plain text elsewhere."""
    if host() == "none":
        return
    from IPython.display import display

    text = plain if plain is not None else markdown.replace("*", "").replace("`", "")
    display({"text/markdown": markdown, "text/plain": text}, raw=True)


class Notices:
    """What the client has to tell while a call waits: one line that changes, and stays as it was last."""

    def __init__(self) -> None:
        self._place = uuid.uuid4().hex
        self._told = ""

    def __call__(self, sentence: str) -> None:
        """Show a sentence; "" ends the last one. May be called from any thread."""
        where, first = host(), not self._told
        if where == "none" or not (sentence or self._told):
            return
        if where == "terminal":
            if first:
                print(sentence)  # noqa: T201 - a terminal is for printing
        else:
            from IPython.display import display

            text = f"⏳ {sentence}" if sentence else "⏳ Waited, as the server asked for."
            data = {"text/markdown": f"*{text}*", "text/plain": text}
            display(data, raw=True, display_id=self._place, update=not first)
        self._told = sentence or self._told


class _Live:
    """One run's outputs: the live view (later the answer), and a place for the picture behind it."""

    def __init__(
        self, run: Run, *, background: bool, place: str, reply: Callable[[str, str], object]
    ) -> None:
        from IPython.display import display

        from nemo_widgets.widgets import RunView

        self.run = run
        self.reply = reply
        self.place = place or uuid.uuid4().hex
        self.cell = threading.current_thread()
        self.view: RunView = RunView(run.kind.capitalize(), self._cancel, interrupts=not background)
        display(self.view, display_id=self.place, update=bool(place))
        run.on_update(self._refresh)
        self._refresh()
        run.on_end(self._finish)

    def _cancel(self, key: str | None) -> None:
        if key is None:
            self.run.cancel()
        else:
            self.run.cancel_row(key)

    def _refresh(self) -> None:
        run, view = self.run, self.view
        view.status(run.state)
        view.phase(run.phase)
        view.note(run.note)
        view.text(run.text)
        if isinstance(run, EditRun):
            view.pictures([(p.data, p.mime, p.alt) for p in run.pictures])
        for key, row in list(run.rows.items()):
            view.row(
                key,
                row.label,
                fraction=row.fraction,
                detail=row.detail,
                state=row.state,
                cancellable=len(run.rows) > 1 and run.kind == "upload",
            )

    def _finish(self) -> None:
        from IPython.display import display, update_display

        self._refresh()
        self.view.close_view()
        data, metadata = _answer(self.run)
        in_cell = threading.current_thread() is self.cell
        if (question := _question(self.run)) is not None and not in_cell:
            # Outside of a cell there is no output that something to click could be put into.
            data = {kind: f"{words}\n\n{_asked(question, kind)}" for kind, words in data.items()}
        if (shown := _pictures(self.run)) and not in_cell:
            data = {kind: "\n\n".join([words, *map(repr, shown)]) for kind, words in data.items()}
        update_display(data, metadata=metadata, display_id=self.place, raw=True)
        if in_cell:
            for picture in shown:
                display(picture)
            if (timeline := _picture(self.run)) is not None:
                display(timeline)
            if question is not None:
                _ask(self.run, question, self.reply)


def _ask(run: Run, question: Question, reply: Callable[[str, str], object]) -> None:
    """Put a question of the agent there to be clicked, and behind it a place for the answer's run."""
    from IPython.display import display

    from nemo_widgets.widgets import QuestionView

    place = uuid.uuid4().hex

    def answered(words: str) -> None:
        reply(words, place)

    def close() -> None:
        """It was answered, here or by a message from a cell."""
        if isinstance(run, EditRun) and run.answer:
            view.close_view(run.answer)

    view = QuestionView(question, answered)
    view.show()
    display({"text/markdown": "", "text/plain": ""}, raw=True, display_id=place)
    run.on_update(close)


def _question(run: Run) -> Question | None:
    return run.question if isinstance(run, EditRun) and not run.answer else None


def _asked(question: Question, kind: str) -> str:
    return question.markdown() if kind == "text/markdown" else question.plain()


def _answer(run: Run) -> tuple[dict[str, str], dict[str, Any]]:
    """The static bundle that stands where the live view was, and its metadata."""
    if isinstance(run, UploadRun) and run.files:
        from nemo_widgets.widgets import MediaSheet

        items = [(p, f.filename, _media(f)) for p, f in zip(run.paths, run.files, strict=False)]
        return MediaSheet(items)._repr_mimebundle_()
    return {"text/plain": _plain(run), "text/markdown": _markdown(run)}, {}


def _pictures(run: Run) -> list[Any]:
    """What the agent showed, as outputs that stay in the notebook."""
    if not isinstance(run, EditRun) or run.state != "done" or not run.pictures:
        return []
    from nemo_widgets.widgets import AnswerPicture

    return [AnswerPicture(picture.data, picture.alt) for picture in run.pictures]


def _picture(run: Run) -> Any:
    if isinstance(run, EditRun) and run.changed:
        from nemo_widgets.widgets import TimelinePicture

        return TimelinePicture(run.after)
    return None


def _markdown(run: Run) -> str:
    head = _headline(run)
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


def _plain(run: Run) -> str:
    if isinstance(run, EditRun) and run.state == "done":
        asked = run.question.plain() if run.question and host() == "terminal" else ""
        return "\n\n".join(part for part in (*_asides(run), run.text, asked, _headline(run)) if part)
    if isinstance(run, UploadRun) and run.files:
        return "\n".join(f"Uploaded {f.filename} · {_media(f)}" for f in run.files)
    return _headline(run)


def _headline(run: Run) -> str:
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
