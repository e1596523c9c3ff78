"""One live view for an upload, an edit or an export: what goes on, how far, what was said, and Cancel."""

from __future__ import annotations

import base64
import re
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import anywidget
import traitlets

from nemo_widgets.catalogue import say, words
from nemo_widgets.interrupts import stoppable
from nemo_widgets.languages import speaking, spoken
from nemo_widgets.safe_markdown import marked, safe_markdown

from .markdown import blocks, delta, drawn
from .pace import Pace
from .script import script

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Bundle = tuple[dict[str, Any], dict[str, Any]]

__all__ = ["RunView"]

STATES = ("queued", "running", "done", "failed", "cancelled", "interrupted")
_ENDED = STATES[2:]
_SAYS = (
    *("view.queued", "view.running", "view.done", "view.failed", "view.cancelled", "view.interrupted"),
    *("view.cancel", "view.cancelling", "view.cancel row", "view.busy", "view.busy row"),
)
_TITLE = 40
_ACKS_S = 0.2
"""The least time between two acknowledgements; the front end waits longer than this for one."""


class RunView(anywidget.AnyWidget):
    """The view of one run. Its methods may be called from any thread, as often as one likes.

    What the notebook holds meanwhile is words (`words`): in a page of JupyterLab or Notebook 7 nothing else,
    since the live view finds them there and covers them, also after a reload. When the kernel stops, the view
    stops with it and says how to go on. At the end somebody puts the answer into the notebook; a page that
    was reloaded meanwhile does not hear of it, so `settle` tells the view how to get at it.

    What they say is sent at most ten times a second, as differences. A view that is created later (a second
    window, a reload) gets all that was said. `on_cancel(None)` is called when Cancel is pressed and
    `on_cancel(key)` for the Cancel of one row; it should only set an event or put to a queue, since it runs
    on whatever thread the front end's message arrives. What it raises is shown under the view.

    A Cancel that is not acknowledged (the kernel is inside a blocking cell) interrupts the kernel through the
    Jupyter server, since that cell is the run's own. Not so with `interrupts=False`, for a run in the
    background: there it waits for the kernel, and no other cell is stopped.

    However often Cancel is pressed, it is acknowledged a few times a second at most; after the end of the run
    it means nothing any more, and is not even acknowledged.
    """

    _esm = script("run_view.js")
    _css = Path(__file__).with_name("run_view.css")

    # The class of an element in the words: where the live view may stand in a Jupyter page.
    place = traitlets.Unicode().tag(sync=True)
    # The words of its buttons and states, in the language of the run.
    says = traitlets.Dict().tag(sync=True)
    # Written whenever somebody asks for the state (at the start, after a reload), never sent by itself.
    known = traitlets.Any(None, allow_none=True).tag(sync=True, to_json=lambda _, view: view._whole())  # noqa: SLF001 - its own

    def __init__(
        self, title: str, on_cancel: Callable[[str | None], None], *, interrupts: bool = True
    ) -> None:
        self._on_cancel = on_cancel
        self._lock = threading.Lock()
        self._sending = threading.RLock()
        self._head: dict[str, str] = {"title": title, "state": "queued", "phase": "", "note": "", "error": ""}
        self._head["kernel"] = _kernel_id() if interrupts else ""
        self._rows: dict[str, dict[str, Any]] = {}
        self._text = self._shown_text = ""
        self._pictures: list[dict[str, str]] = []
        self._shown_pictures = 0
        self._began: float | None = None
        self._ended: float | None = None
        self._number = 0
        self._shown_head: dict[str, str] = dict(self._head)
        self._shown_rows: dict[str, dict[str, Any]] = {}
        self._shown_blocks: list[str] = []
        self._pace = Pace(self._flush)
        self._acks: dict[str | None, bool] = {}
        self._ack_pace = Pace(self._acknowledge, _ACKS_S)
        self._words = ("", "")
        self._outputs: Callable[[], Sequence[Bundle]] = list
        self._language = spoken()
        super().__init__(place=f"nemo-run-{uuid4().hex}", says=words(*_SAYS))
        self.on_msg(self._message)

    def open(self) -> None:
        """Tell the front end that the view exists."""
        super().open()
        # ipykernel 7.4 sends a front end's message to the shell that spoke last on the comm: to the main one
        # here, which the run's own cell may be blocking. What comes to us may arrive on any thread, so it may
        # as well take the subshell that the front end chose. Elsewhere there is no such method.
        if hasattr(self.comm, "_reply_subshell_for"):
            self.comm._reply_subshell_for = None  # noqa: SLF001 - looked up with getattr, None for "as asked"

    def __repr__(self) -> str:
        title = self._head["title"]
        return f"<RunView {title if len(title) <= _TITLE else title[:_TITLE] + '…'} {self._head['state']}>"

    def status(self, state: str) -> None:
        """Say where the run stands: queued, running, done, failed, cancelled or interrupted.

        The clock runs from the first `running` to the first state after it that is an end. An end takes the
        phase away; a `phase` told after it stands beside the end, such as why it failed.

        Raises:
            ValueError: there is no such state.
        """
        _check(state)
        with self._lock:
            self._head["state"] = state
            now = time.monotonic()
            if state == "running":
                self._began = self._began or now
                self._ended = None
            elif state in _ENDED:
                self._ended = self._ended or now
                self._head["phase"] = ""
        self._pace.poke()

    def phase(self, text: str) -> None:
        """Say what is being done now, such as 'listening for pauses…'."""
        self._say(phase=text)

    def note(self, text: str) -> None:
        """Show one quiet line below everything, such as 'still working…'; "" takes it away."""
        self._say(note=text)

    def text(self, whole: str) -> None:
        """Show the answer so far: the whole of it, as Markdown."""
        with self._lock:
            self._text = whole
        self._pace.poke()

    def pictures(self, all_of_them: Sequence[tuple[bytes, str, str]]) -> None:
        """Show pictures under the answer, (bytes, `image/png` or the like, words) each; none goes away."""
        with self._lock:
            for data, mime, told in all_of_them[len(self._pictures) :]:
                coded = base64.b64encode(data).decode()
                self._pictures.append(
                    {"src": f"data:{mime};base64,{coded}", "alt": told or say("alt.picture")}
                )
        self._pace.poke()

    def row(
        self,
        key: str,
        label: str,
        *,
        fraction: float | None,
        detail: str,
        state: str = "running",
        cancellable: bool = True,
    ) -> None:
        """Show or change the progress row `key`; `fraction` is 0 to 1, or None while the whole is unknown.

        Raises:
            ValueError: there is no such state.
        """
        _check(state)
        if fraction is not None:
            fraction = round(min(1.0, max(0.0, fraction)), 4) if fraction == fraction else None  # noqa: PLR0124 - NaN
        with self._lock:
            self._rows[key] = {
                "key": key,
                "label": label,
                "fraction": fraction,
                "detail": detail,
                "state": state,
                "cancellable": cancellable,
            }
        self._pace.poke()

    def words(self, plain: str, markdown: str, lost: str) -> None:
        """Say what a notebook holds until the run has ended, and what is told when its kernel stops.

        All three must be true whenever they are read; in `lost`, `code` may stand between backquotes.
        """
        self._words = plain, markdown
        self._say(lost=lost)

    def static(self) -> Bundle:
        """The bundle that a notebook may hold until the end; the live view covers it in a Jupyter page."""
        plain, markdown = self._words
        return {
            "text/plain": plain,
            "text/markdown": marked(safe_markdown(markdown), self.place),
        }, {}

    def close_view(self) -> None:
        """Send what is left and stop. What is shown stays."""
        self._ack_pace.close()
        self._pace.close()

    def settle(self, told: str, outputs: Callable[[], Sequence[Bundle]]) -> None:
        """Say how it ended, in a line, and where a page gets what stands in the notebook from now on.

        A page calls for the `outputs` that still shows the words of the beginning, so they may be costly.
        """
        self._outputs = outputs
        self._say(told=told, settled="yes")
        self._flush()

    @property
    def elapsed(self) -> float:
        """Seconds from the first `running` to now, or to the end."""
        return 0.0 if self._began is None else (self._ended or time.monotonic()) - self._began

    def _say(self, **words: str) -> None:
        with self._lock:
            self._head.update(words)
        self._pace.poke()

    def _flush(self) -> None:
        with self._sending:
            with self._lock:
                head, rows, text = dict(self._head), dict(self._rows), self._text
                pictures = self._pictures[self._shown_pictures :]
            message: dict[str, Any] = {}
            if head != self._shown_head:
                message["head"] = {k: v for k, v in head.items() if self._shown_head.get(k) != v}
            if changed := [row for key, row in rows.items() if self._shown_rows.get(key) != row]:
                message["rows"] = changed
            now = blocks(text) if text != self._shown_text else self._shown_blocks
            if difference := delta(self._shown_blocks, now):
                message["blocks"] = difference
            if pictures:
                message["pictures"] = pictures
            self._shown_pictures += len(pictures)
            self._shown_head, self._shown_rows = head, rows
            self._shown_text, self._shown_blocks = text, now
            if message:
                self._number += 1
                self.send({"type": "update", "n": self._number, "elapsed": self._clock(), **message})

    def _whole(self) -> dict[str, Any]:
        """All that was sent so far, as one update; what waits to be sent follows by itself."""
        with self._sending:
            return {
                "n": self._number,
                "elapsed": self._clock(),
                "head": self._shown_head,
                "rows": list(self._shown_rows.values()),
                "blocks": {"from": 0, "keep": 0, "html": self._shown_blocks},
                "pictures": self._pictures[: self._shown_pictures],
            }

    def _clock(self) -> float:
        return round(self.elapsed, 2)

    @stoppable
    def _message(self, _: Any, content: Any, __: Any) -> None:
        kind = content.get("type") if isinstance(content, dict) else None
        if kind == "sync":
            with self._sending:
                self.send({"type": "whole", **self._whole()})
        elif kind == "left" and self._head.get("settled"):
            self.send({"type": "left", "outputs": [drawn(*each) for each in self._outputs()]})
        elif kind == "cancel":
            key = content.get("row")
            known = key is None or (isinstance(key, str) and key in self._rows)
            if not known or self._head["state"] in _ENDED:
                return
            failed = False
            try:
                self._on_cancel(key)
            except Exception as error:  # noqa: BLE001 - shown under the view, else ipywidgets would swallow it
                failed = True
                with speaking(self._language):
                    self._say(error=say("view.cancel failed", why=f"{type(error).__name__}: {error}"))
            with self._lock:
                self._acks[key] = failed
            self._ack_pace.poke()

    def _acknowledge(self) -> None:
        with self._lock:
            acks, self._acks = self._acks, {}
        for key, failed in acks.items():
            self.send({"type": "ack", "row": key, "failed": failed})

    @stoppable
    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle
        words, _ = self.static()
        return {**data, **words}, metadata


def _check(state: str) -> None:
    if state not in STATES:
        raise ValueError(f"There is no state {state!r}: it is one of {', '.join(STATES)}.")


def _kernel_id() -> str:
    """The kernel's id in the Jupyter server's REST interface, or "" where there is none."""
    if "ipykernel" not in sys.modules:
        return ""
    from ipykernel.connect import get_connection_file

    try:
        found = re.search(r"kernel-(.*)\.json$", get_connection_file())
    except Exception:  # noqa: BLE001 - no kernel runs in this process; ipykernel has no name for it
        return ""
    return found.group(1) if found else ""
