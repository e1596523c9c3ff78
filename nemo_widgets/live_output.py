"""A run in a notebook while it is under way, and the static outputs that it leaves behind there.

Its output is words first: what was begun, when, and how to go on with it. The live view covers them in the
page. At the end the same output is replaced by plain types (Markdown, text, PNG), so that a saved, reopened,
converted or untrusted notebook never has an empty box in it, and never says what is not so.
"""

from __future__ import annotations

import threading
import uuid
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from nemo_widgets import errors
from nemo_widgets.client import ToolCallEvent
from nemo_widgets.errors import Cancelled, Refused
from nemo_widgets.host import shell
from nemo_widgets.interrupts import to_thread
from nemo_widgets.languages import speaking
from nemo_widgets.loop import STOP_S
from nemo_widgets.printable import printable
from nemo_widgets.question import Question, escaped
from nemo_widgets.run_output import asked, bundle, following, player, words
from nemo_widgets.run_words import begun, headline, lost, spoken, title
from nemo_widgets.running import EditRun
from nemo_widgets.safe_markdown import safe_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nemo_widgets.errors import NemoError
    from nemo_widgets.running import Run
    from nemo_widgets.widgets import QuestionView, RunView

    Bundle = tuple[dict[str, Any], dict[str, Any]]

__all__ = ["LiveOutput"]

_PLACES: dict[str, tuple[bool, list[str], QuestionView | None]] = {}
"""Outputs that were kept free while a cell ran: whether the page covers what stands there, those behind.

And the form whose answer's run comes there.
"""
_SPARE = {"edit": 4, "upload": 1, "export": 1}
"""As many outputs are kept free for what follows a run that may outlive its cell."""
_BEHIND_ANSWER = 2
"""The same for the run that a click on an answer begins."""
_FORM = 2
"""A form needs two of them: one for itself, one for the answer's run."""
_EMPTY: Bundle = {"text/markdown": "", "text/plain": ""}, {}
_WIDGET = "application/vnd.jupyter.widget-view+json"


class LiveOutput:
    """One run's outputs: the words of its beginning under the live view; later the answer, what follows it.

    What follows is displayed where the cell still runs, else put into outputs that were kept free then.
    """

    def __init__(
        self, run: Run, *, background: bool, place: str, reply: Callable[[str, str, Question], object]
    ) -> None:
        from nemo_widgets.widgets import RunView
        from nemo_widgets.widgets.standing import asked as request

        self.run = run
        self.reply = reply
        now = request()
        self.background = background
        self.shell, self.cell = threading.current_thread(), now.id
        self.place = place or uuid.uuid4().hex
        self.covered, self.free, asker = _PLACES.pop(place, (now.picture, [], None))
        with speaking(run.language):
            self.view: RunView = RunView(title(run), self._cancel, interrupts=not background)
        self.words = ("", "")
        self.said: tuple[str | None, Question | None, Question | None] = (None, None, None)
        self.coming: Question | None = None
        self.heard = 0
        self.told: tuple[str, str, bool] | None = None
        self.settled = False
        self.heads: list[str] = []
        self.form: QuestionView | None = None
        self._begin(update=bool(place))
        if asker is not None:
            asker.follow(lambda: self._left() if self.settled else [self.view.static()])
        if background and not place:
            self.free = [_keep_free() for _ in range(_SPARE.get(run.kind, 0))]
        run.on_update(self._refresh)
        self._refresh()
        self.shown = not background  # an end before this has come to nobody who waits
        run.on_end(self._finish)
        self.shown = True

    def _begin(self, *, update: bool) -> None:
        """Say what was begun, in the notebook: what it holds if nothing ever replaces it."""
        words = begun(self.run)
        if words != self.words:
            self.words = words
            self.view.words(*words, lost(self.run))
            _put(self.view.static() if self.covered else _bundle_of(self.view), self.place, update=update)

    def _cancel(self, key: str | None) -> None:
        if key is None:
            self.run.cancel()
        else:
            self.run.cancel_row(key)

    def _refresh(self) -> None:
        run, view = self.run, self.view
        if self.told is not None:
            self._correct()
            return
        if self.covered and run.state == "running":
            self._begin(update=True)  # an export has no name before the timeline was read
        view.status(run.state)
        view.phase(printable(run.phase))
        view.note(printable(run.note))
        said = run.text, self._coming(), run.question if isinstance(run, EditRun) else None
        if any(now is not before for now, before in zip(said, self.said, strict=True)):
            self.said = said  # most updates are of something else, and a text may be long
            view.text(spoken(run, self.coming))
        if isinstance(run, EditRun):
            view.pictures([(p.data, p.mime, p.alt) for p in run.pictures])
        for key, row in list(run.rows.items()):
            view.row(
                key,
                printable(row.label),
                fraction=row.fraction,
                detail=printable(row.detail),
                state=row.state,
                cancellable=len(run.rows) > 1 and run.kind == "upload",
            )

    def _coming(self) -> Question | None:
        """What the agent has asked so far; its words may follow, and are not to be seen twice."""
        if isinstance(self.run, EditRun):
            for line in self.run.lines[max(0, self.heard - 1) :]:  # of the last one not all was there before
                for event in line.events:
                    if isinstance(event, ToolCallEvent) and event.name == "ask_question" and event.args:
                        self.coming = Question.from_args(event.args)
            self.heard = len(self.run.lines)
        return self.coming

    def _awaited(self) -> bool:
        """Whether its own cell waits for it: then an error is raised there, below, and told there."""
        from nemo_widgets.widgets.standing import asked as request

        here = threading.current_thread() is self.shell
        return here and self.shown and (not self.background or request().id == self.cell)

    def _finish(self) -> None:
        self._refresh()
        run, question, awaited = self.run, asked(self.run), self._awaited()
        in_cell = awaited and not self.background
        if not awaited and run.error is not None:
            _FAILED[id(run.error)] = self  # before it is told here: the cell may show it meanwhile
        if in_cell and isinstance(run.error, Refused) and not _captured():
            run.error.above = bool(run.text or question)
        output, parts = self._drawn(whole=not awaited)
        if not in_cell:
            spare = len(self.free) - (_FORM if question is not None and len(self.free) >= _FORM else 0)
            output = _with_words(output, parts[spare:])
            parts = parts[:spare]
        if awaited and run.state == "cancelled":
            _STOPPED[run.id] = self
        self.view.close_view()
        self.told = self._standing()
        self._head(output)
        for part in parts:
            _put(part, "" if in_cell else self.free.pop(0), update=not in_cell)
        self.form = self._ask(question, in_cell=in_cell) if question is not None else None
        self.settled = True
        self.view.settle(headline(run), self._left)

    def told_below(self) -> None:
        """Leave it to the error below, which the same cell shows now, to say how it ended."""
        from nemo_widgets.widgets.standing import asked as request

        if request().id == self.cell:
            self._head(_EMPTY)

    def told_twice(self) -> None:
        """Leave the reason to the error that the same cell shows, which waited when the run had ended."""
        from nemo_widgets.widgets.standing import asked as request

        if request().id == self.cell:
            self._head(self._drawn(whole=False)[0])

    def _head(self, shown: Bundle) -> None:
        """Put how it ended where its beginning stood, and let a form below know what stood there before."""
        if self.form is not None:
            self.form.correct(self.heads, shown)
        _put(shown, self.place, update=True)
        self.heads += filter(None, [shown[0].get("text/markdown")])

    def _drawn(self, *, whole: bool) -> tuple[Bundle, list[Bundle]]:
        """What stays: the words or the sheet of files, and what follows; after a Stop perhaps words alone."""

        def draw() -> tuple[Bundle, list[Bundle]]:
            parts = following(self.run)
            if self.background and (film := player(self.run)) is not None:
                parts.append(film)
            return bundle(self.run, whole=whole), [_bundle_of(part, covered=self.covered) for part in parts]

        try:
            return to_thread(draw, grace_s=STOP_S)
        except KeyboardInterrupt:
            return words(self.run, whole=whole), []

    def _standing(self) -> tuple[str, str, bool]:
        """What is told of an end, and may turn out otherwise; without a form the words hold the question."""
        return self.run.state, self.run.outcome, self.form is not None and asked(self.run) is None

    def _correct(self) -> None:
        """Say it anew where it turned out otherwise after the end: it was made all the same, or answered."""
        told = self._standing()
        if told != self.told:
            self.told = told
            self._head(bundle(self.run))
            self.view.settle(headline(self.run), self._left)

    def _ask(self, question: Question, *, in_cell: bool) -> QuestionView | None:
        """Put a question of the agent there to be clicked, and behind it a place for the answer's run."""
        from nemo_widgets.widgets import QuestionView

        if not in_cell and len(self.free) < _FORM:
            self._head(_with_words(bundle(self.run), [_bundle_of(question)]))
            return None
        run, place = self.run, ""

        def answered(words: str) -> None:
            self.reply(words, place, question)

        def close() -> None:
            """It was answered, here or by a message from a cell, or the conversation went on without."""
            if isinstance(run, EditRun) and run.open_question is None:
                view.close_view(run.answer, run.went_on)  # of a session that was left: neither

        view = QuestionView(question, answered, place="" if in_cell else self.free.pop(0))
        view.show(update=not in_cell, covered=self.covered)
        place = _keep_free() if in_cell else self.free.pop(0)
        behind = [_keep_free() for _ in range(_BEHIND_ANSWER)] if in_cell else self.free
        _PLACES[place] = self.covered, behind, view
        run.on_update(close)
        return view

    def _left(self) -> list[Bundle]:
        """All that stands in the notebook now, for a page that did not hear of it since it was reloaded."""
        parts = [bundle(self.run), *map(_bundle_of, following(self.run))]
        if (film := player(self.run)) is not None:
            parts.append(_bundle_of(film))
        return [*parts, self.form.standing_words()] if self.form is not None else parts


_STOPPED: WeakValueDictionary[str, LiveOutput] = WeakValueDictionary()
"""Runs that were stopped in their own cell, by their id: an error tells that, once it is shown."""
_FAILED: WeakValueDictionary[int, LiveOutput] = WeakValueDictionary()
"""Runs whose reason is told where nobody waited for them, by their errors' identity."""


def _shown(error: NemoError) -> None:
    """Have a Stop told in one line, and no reason above the error once more."""
    if isinstance(error, Cancelled) and (stopped := _STOPPED.pop(error.run_id, None)) is not None:
        stopped.told_below()
    failed = _FAILED.pop(id(error), None)
    if failed is not None and failed.run.error is error:
        failed.told_twice()


errors.shown.append(_shown)


def _captured() -> bool:
    """Whether what is displayed now is kept for a program (%%capture) and seen by nobody."""
    from IPython.core.displaypub import CapturingDisplayPublisher

    return isinstance(getattr(shell(), "display_pub", None), CapturingDisplayPublisher)


def _keep_free() -> str:
    """An output of the cell that runs now, empty so far: its display id."""
    place = uuid.uuid4().hex
    _put(_EMPTY, place)
    return place


def _put(shown: Bundle, place: str, *, update: bool = False) -> None:
    """Display a bundle, or let it take the place of what stands there."""
    from IPython.display import display, update_display

    data, metadata = shown
    if update:
        update_display(data, metadata=metadata, display_id=place, raw=True)  # type: ignore[no-untyped-call]
    else:
        display(data, metadata=metadata, display_id=place or None, raw=True)  # type: ignore[no-untyped-call]


def _bundle_of(shown: Any, *, covered: bool = False) -> Bundle:
    """An object's data and metadata, without a live view where the page covers what stands there instead."""
    made = shown._repr_mimebundle_() or {"text/plain": repr(shown)}
    data, metadata = made if isinstance(made, tuple) else (made, {})
    return {kind: value for kind, value in data.items() if not (covered and kind == _WIDGET)}, metadata


def _with_words(shown: Bundle, rest: Sequence[Bundle]) -> Bundle:
    """The bundle and, in words, what there is no place for."""
    data, metadata = shown
    more = [part for part, _ in rest]
    plain = [data["text/plain"], *(each["text/plain"] for each in more)]
    told = {"text/plain": "\n\n".join(plain)}
    if "text/markdown" in data:
        words = (each.get("text/markdown") or safe_markdown(escaped(each["text/plain"])) for each in more)
        told["text/markdown"] = "\n\n".join([data["text/markdown"], *words])
    return {**data, **told}, metadata
