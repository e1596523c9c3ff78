"""Shows what goes on, wherever we are: in a notebook, in a terminal, or (nothing) in a program."""

from __future__ import annotations

import re
import threading
import uuid
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.errors import Refused
from nemo_widgets.host import host
from nemo_widgets.printable import printable
from nemo_widgets.question import bare, escaped
from nemo_widgets.run_output import plain
from nemo_widgets.run_words import start
from nemo_widgets.safe_markdown import safe_markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.question import Question
    from nemo_widgets.running import Run

__all__ = ["Notices", "show", "show_markdown"]


def show(
    run: Run,
    *,
    background: bool = False,
    place: str = "",
    reply: Callable[[str, str, Question], object],
) -> None:
    """Show `run` in the cell that is running now, from here to its end; in a program nothing is shown.

    Args:
        run: what is shown.
        background: whether it outlives its cell: its Cancel must not interrupt whichever cell is running.
        place: the display id of an output that it takes over, instead of one of its own.
        reply: sends the answer to a question that it may end with, given the words, the place to show it
            and the question.
    """
    match host():
        case "notebook":
            from nemo_widgets.live_output import LiveOutput

            LiveOutput(run, background=background, place=place, reply=reply)
        case "terminal":
            _Printed(run)


def show_markdown(markdown: str, plain: str | None = None) -> None:
    """Show a few lines as Markdown in a notebook, as plain text elsewhere."""
    if host() == "none":
        return
    from IPython.display import display

    text = plain if plain is not None else bare(markdown)
    display({"text/markdown": safe_markdown(printable(markdown)), "text/plain": printable(text)}, raw=True)


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
                print(printable(sentence))  # noqa: T201 - a terminal is for printing
        else:
            from IPython.display import display

            text = sentence or say("run.waited")
            data = {"text/markdown": safe_markdown(f"*{escaped(text)}*"), "text/plain": printable(text)}
            display(data, raw=True, display_id=self._place, update=not first)
        self._told = sentence or self._told


class _Printed:
    """A run in a terminal: a line at its beginning, one for what takes long, and how it ended."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.cell = threading.current_thread()
        self.told = {""}
        print(f"{start(run)} …", flush=True)  # noqa: T201 - a terminal is for printing
        run.on_update(self._note)
        run.on_end(self._finish)

    def _note(self) -> None:
        """Print what is new; of what counts down only its beginning."""
        note = printable(self.run.note)
        still = say("edit.still working")
        key = note if note.startswith(still) else re.sub(r"\d+", "", note)
        if key not in self.told:
            self.told.add(key)
            print(note, flush=True)  # noqa: T201 - likewise

    def _finish(self) -> None:
        raised = threading.current_thread() is self.cell
        if raised and self.run.state == "cancelled":
            return  # the error says it
        asked = not (raised and isinstance(self.run.error, Refused))  # else the error holds the question
        print(plain(self.run, whole=not raised, question=asked), flush=True)  # noqa: T201 - likewise
