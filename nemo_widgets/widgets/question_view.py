"""A question of the agent as something to click: buttons, radio buttons, checkboxes, a field for words."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import anywidget
import traitlets

from nemo_widgets.catalogue import say, words
from nemo_widgets.interrupts import stoppable
from nemo_widgets.languages import speaking
from nemo_widgets.safe_markdown import marked

from .markdown import blocks, drawn
from .script import script

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nemo_widgets.question import Item, Question

    Bundle = tuple[dict[str, Any], dict[str, Any]]

__all__ = ["QuestionView"]

_SAYS = (
    *("form.question", "form.send", "form.sending", "form.busy", "form.left", "form.choose", "ask.any"),
    *("form.your answer", "form.write", "form.else", "form.write else"),
)
_MOST = 20_000
"""As many characters of own words as are taken from the front end."""


class QuestionView(anywidget.AnyWidget):
    """The view of one question. Its methods may be called from any thread.

    `on_answer(text)` is called once, with the text of the next message, by the first answer that comes
    from any view or window. It should only set an event or put to a queue, since it runs on whatever
    thread the front end's message arrives. What it raises is shown under the view, and the question can be
    answered again. After the answer, or after `close_view`, the view shows it and takes no other.

    `show()` it: then what a notebook keeps is text. A page of JupyterLab or Notebook says that it has drawn
    the view; its output becomes Markdown, which the live view covers. When the kernel stops, the view takes
    no answer and says how to give it in words. Elsewhere (VS Code, Colab) the output becomes Markdown when
    the question has been answered.

    Attributes:
        answer: what was answered, "" while it is open or when it was closed without an answer.
    """

    _esm = script("question_view.js")
    _css = Path(__file__).with_name("question_view.css")

    # The class of an element in the static Markdown: where the live view may stand in a Jupyter page.
    place = traitlets.Unicode().tag(sync=True)
    asked = traitlets.Dict().tag(sync=True)
    # The words around it, in the language that it is asked in.
    says = traitlets.Dict().tag(sync=True)
    # `n` counts the changes, so that the same error twice is two of them; `ending` is a `question.Ending`;
    # `followed` says that a run goes on from the answer, whose outputs a page may ask for.
    standing: Any = traitlets.Dict({"n": 0, "status": "open", "error": "", "ending": []}).tag(sync=True)

    def __init__(self, question: Question, on_answer: Callable[[str], None], *, place: str = "") -> None:
        self._question = question
        self._on_answer = on_answer
        self._lock = threading.Lock()
        self._taken = self._displayed = False
        self._answer = self._instead = ""
        self._outputs: Callable[[], Sequence[Bundle]] = list
        self._before: dict[str, Any] = {}
        items = [_shown(item, alone=len(question.items) == 1) for item in question.items]
        asked = {"title": question.title, "items": items, "lost": _lost(question)}
        with speaking(question.language):
            says = words(*_SAYS)
        super().__init__(asked=asked, says=says, place=place or f"nemo-ask-{uuid4().hex}")
        self.on_msg(self._message)

    def __repr__(self) -> str:
        return f"<QuestionView {self.standing['status']}>"

    @property
    def answer(self) -> str:
        """What was answered, or ""."""
        return self._answer

    def show(self, *, update: bool = False, covered: bool = False) -> None:
        """Show the view in the cell that runs now, and see to it that what stays in the notebook is text.

        Args:
            update: show it in the output instead that was displayed under the id `place`.
            covered: that output is in a page that draws the view over words, so it needs nothing else.
        """
        from IPython.display import display

        self._displayed = True
        shown = self if not covered and self.standing["status"] == "open" else self.standing_words()[0]
        display(shown, raw=shown is not self, display_id=self.place, update=update)  # type: ignore[no-untyped-call]

    def close_view(self, answer: str = "", instead: str = "") -> None:
        """Take no answer any more: it was given elsewhere, as `answer`, or nobody waits for one ("").

        `instead` is what was said then. Does nothing after an answer, or when called again.
        """
        self._end(answer, instead)

    def follow(self, outputs: Callable[[], Sequence[Bundle]]) -> None:
        """Say that a run goes on from the answer, and where a page gets what stands in the notebook for it.

        A page that was reloaded since does not hear of the outputs that were displayed for it, and asks.
        """
        self._outputs = outputs
        self._stand(followed=True)

    def correct(self, was: Sequence[str], now: Bundle) -> None:
        """Say what the words above the question are `now`, for a page that still has what they were once."""
        self._before = {"was": list(was), "now": drawn(*now)}

    def static(self) -> tuple[dict[str, str], dict[str, Any]]:
        """The bundle (data, metadata) to leave in the notebook where the view stood."""
        question = self._question
        end = () if self.standing["status"] == "open" else (self._answer, self._instead)
        return {"text/plain": question.plain(*end), "text/markdown": question.markdown(*end)}, {}

    def standing_words(self) -> tuple[dict[str, str], dict[str, Any]]:
        """The same with the mark in it by which a live view finds its place, while there is one."""
        data, metadata = self.static()
        if self.standing["status"] == "open":
            data["text/markdown"] = marked(data["text/markdown"], self.place)
        return data, metadata

    def _fail(self, error: str) -> None:
        """Show an error under the question, and let it be answered again; not after its end."""
        with self._lock:
            if self.standing["status"] == "open":
                self._taken = False
                self._stand(error=error)

    def _end(self, answer: str, instead: str = "") -> None:
        """End it, unless it has ended: only the first end counts."""
        with self._lock:
            if self.standing["status"] == "open":
                self._taken, self._answer, self._instead = True, answer, instead
                ending = list(self._question.ending(answer, instead))
                self._stand(status="answered" if answer else "closed", error="", ending=ending)
                self._leave_text()

    def _stand(self, **changed: Any) -> None:
        self.standing = {**self.standing, **changed, "n": self.standing["n"] + 1}

    def _leave_text(self) -> None:
        """Have the output hold text only; where the page can, it covers that with the live view."""
        if self._displayed:
            from IPython.display import update_display

            data, metadata = self.standing_words()
            update_display(data, metadata=metadata, display_id=self.place, raw=True)  # type: ignore[no-untyped-call]

    @stoppable
    def _message(self, _: Any, content: Any, __: Any) -> None:
        kind = content.get("type") if isinstance(content, dict) else None
        if kind == "placed":
            with self._lock:
                self._leave_text()
        elif kind == "left":
            outputs = [drawn(*part) for part in (self.static(), *self._outputs())]
            self.send({"type": "left", "outputs": outputs, "before": self._before})
        given = self._words(content.get("items")) if kind == "answer" else None
        if given is None:
            return
        self.send({"type": "ack"})
        with self._lock:
            if self._taken or self.standing["status"] != "open":
                return
            self._taken = True
        text = self._question.message(given)
        try:
            self._on_answer(text)
        except Exception as error:  # noqa: BLE001 - shown under the view, else ipywidgets would swallow it
            with speaking(self._question.language):
                self._fail(say("ask.not sent", why=error or type(error).__name__))
        else:
            self._end(text)

    def _words(self, items: Any) -> list[list[str]] | None:
        """What was picked and written for each question, in words; None if it is no answer to them all."""
        asked = self._question.items
        if not isinstance(items, list) or len(items) != len(asked):
            return None
        found = []
        for item, given in zip(asked, items, strict=True):
            if not isinstance(given, dict):
                return None
            picked, text = given.get("picked", []), given.get("text", "")
            if not isinstance(picked, list) or not isinstance(text, str) or len(text) > _MOST:
                return None
            if not all(type(i) is int and 0 <= i < len(item.options) for i in picked):
                return None
            said = [item.options[i].label for i in dict.fromkeys(picked)] + [text.strip()] * bool(
                text.strip()
            )
            if not said or (len(said) > 1 and not item.multiple):
                return None
            found.append(said)
        return found

    @stoppable
    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle
        return {**data, **self.static()[0]}, metadata


def _shown(item: Item, *, alone: bool) -> dict[str, Any]:
    """A question for the front end: its prompt as safe HTML, everything else as text.

    One that is asked `alone` has the numbers before its choices by which `%nemo answer` takes them.
    """
    shown = {
        "prompt": "".join(blocks(item.prompt)),
        "options": [option.label for option in item.options],
        "multiple": item.multiple,
    }
    return {**shown, "marks": list(item.marks)} if alone and item.options else shown


def _lost(question: Question) -> str:
    """How to answer when the kernel that asked has stopped: a new one does not know what was asked."""
    options = question.items[0].options if len(question.items) == 1 else ()
    label = " ".join(options[min(1, len(options) - 1)].label.split()) if options else ""
    answer = label if label and "`" not in label else "…"
    with speaking(question.language):
        return say("ask.lost", words=answer)
