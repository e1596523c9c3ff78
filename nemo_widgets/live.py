"""Shows a run while it is under way, and leaves a static output behind when it has ended.

The live widget stands under a display id; at the end the same output is replaced by plain types (Markdown,
text, PNG), so that a saved, reopened, converted or untrusted notebook never has an empty box in it.
"""

from __future__ import annotations

import sys
import threading
import uuid
from typing import TYPE_CHECKING

from nemo_widgets.run_output import asked, bundle, pictures, plain, timeline
from nemo_widgets.running import EditRun

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
            run.on_end(lambda: print(plain(run, question=True)))  # noqa: T201 - a terminal is for printing


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
        data, metadata = bundle(self.run)
        in_cell = threading.current_thread() is self.cell
        if (question := asked(self.run)) is not None and not in_cell:
            # Outside of a cell there is no output that something to click could be put into.
            data = {
                kind: f"{words}\n\n{question.markdown() if kind == 'text/markdown' else question.plain()}"
                for kind, words in data.items()
            }
        if (shown := pictures(self.run)) and not in_cell:
            data = {kind: "\n\n".join([words, *map(repr, shown)]) for kind, words in data.items()}
        update_display(data, metadata=metadata, display_id=self.place, raw=True)
        if in_cell:
            for picture in shown:
                display(picture)
            if (changed := timeline(self.run)) is not None:
                display(changed)
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
