"""One message's turn: the agent at work in a thread, what it says sent on, what it made stored once."""

from __future__ import annotations

import logging
import threading
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from nemo_widgets.draft import Draft
from nemo_widgets.errors import StaleDraft

from .applying import taken_over
from .errors import UNSTORED
from .store import Conflict, TakenOver, store_error, told
from .world import StudioWorld

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from nemo_widgets.studio.agent.world import Done, OutcomeWord, Step, World

    from .lanes import Lanes
    from .settings import Settings
    from .store import Message, Session, Store

__all__ = ["CANCELLED", "Agent", "Failed", "Finished", "Turn", "Turns"]

_log = logging.getLogger("nemo_widgets.studio.turns")

CANCELLED, INTERRUPTED = "CANCELLED", "INTERRUPTED"
_TAKEN_OVER = (
    "This studio slept for over a minute, and another one took its place. Nothing was kept: say it again.",
    "这个工作室休眠了一分多钟，另一个工作室接替了它。没有保留任何改动，请再说一次。",
)
_CONFLICT = (
    "The timeline was changed elsewhere meanwhile; say it again.",
    "时间线在此期间被别处改动了，请再说一次。",
)


@dataclass(frozen=True, slots=True)
class Finished:
    """The turn ended well; `draft` is the new version, None if nothing changed.

    `outcome` is what became of the message; `answers` whether it is the answer to the question before it,
    None where there is none.
    """

    reply: str
    draft: dict[str, Any] | None
    outcome: OutcomeWord
    answers: bool | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The turn ended without a change. `kind` is the exception's name, "" if there was none."""

    code: str
    message: str
    kind: str = ""


class Agent(Protocol):
    """Who carries out messages."""

    def turn(self, text: str, world: World) -> Generator[Step, None, None]:
        """The steps of one message, the last of them a `Done`; closing the generator stops the work."""


class Turn:
    """One message on its way, known by its `key` too. It is settled exactly once.

    `version` is the draft's version that the message is meant for; None where it does not say. `draft` is
    what it makes the timeline, without the agent.
    """

    def __init__(
        self,
        message: Message,
        session: Session,
        post: Callable[[Any], None],
        key: str,
        *,
        version: int | None = None,
        draft: dict[str, Any] | None = None,
    ) -> None:
        self.draft = draft
        self.message = message
        self.session = session
        self.key = key
        self.version = version
        self._post: Callable[[Any], None] | None = post
        self._lock = threading.Lock()
        self._settled = threading.Event()

    @property
    def settled(self) -> bool:
        """Whether nothing more can come of it."""
        return self._settled.is_set()

    def post(self, item: Any) -> None:
        """Say something to whoever listens; nobody hears a turn that is settled."""
        with self._lock:
            post = self._post  # once: the listener may leave between two looks, and waits for no lock
            if post is not None and not self.settled:
                post(item)

    def leave(self) -> None:
        """The listener goes; the work goes on."""
        self._post = None

    def settle(self, end: Finished | Failed, store: Callable[[], None]) -> bool:
        """End it, once `store` has been carried out; False if it has ended already."""
        with self._lock:
            if self.settled:
                return False
            store()
            self._settled.set()
            post = self._post
            if post is not None:
                post(end)
            return True

    def pause(self, seconds: float) -> None:
        """Wait, unless it is settled: also when the listener has gone, whose stop may be on its way."""
        self._settled.wait(seconds)


class Turns:
    """All turns of this process."""

    def __init__(self, store: Store, settings: Settings, agent: Agent, lanes: Lanes) -> None:
        self._store = store
        self._settings = settings
        self._agent = agent
        self._lanes = lanes
        self._lock = threading.Lock()
        self._open: dict[str, list[Turn]] = {}

    def submit(
        self,
        session: Session,
        text: str,
        post: Callable[[Any], None],
        key: str = "",
        version: int | None = None,
        *,
        draft: dict[str, Any] | None = None,
    ) -> Turn:
        """Enter a message into the ledger and queue it; `post` is called from other threads.

        If the draft has another `version` when its turn comes, nothing is done with it. A message with a
        `draft` makes that the timeline, and the agent does not hear of it.

        Raises:
            Refused: 409, a message with this `key` was sent before; 2001, it can't be paid.
        """
        owner, cost = self._store.owners.token, self._settings.message_cost
        self._store.owners.enter()
        message = self._store.messages.begin(session.user, session.id, text, cost, owner, key=key)
        turn = Turn(message, session, post, key, version=version, draft=draft)
        with self._lock:
            self._open.setdefault(session.id, []).append(turn)
        try:
            self._lanes.put(session.id, lambda: self._carry_out(turn))
        except RuntimeError:  # the system has no thread left
            self._drop(turn, "failed", Failed("AGENT_ERROR", "The studio can't begin with it."))
            self._forget(turn)
            raise
        return turn

    def cancel(self, session: str, invocation: str = "", key: str = "") -> bool:
        """Stop the turn of this invocation or key, else the one whose turn it is; False if there is none.

        Nothing of it is stored, and the stream ends at once, even if the thread needs a moment to notice.
        """
        with self._lock:
            turns = [t for t in self._open.get(session, []) if not t.settled]
        if invocation or key:
            chosen = [t for t in turns if invocation in ("", t.message.invocation) and key in ("", t.key)]
        else:
            chosen = turns[:1]
        return any(self._drop(turn, "cancelled", Failed(CANCELLED, "Cancelled.")) for turn in chosen)

    def busy(self, session: str) -> bool:
        """Whether a message of this session is under way or waits."""
        with self._lock:
            return any(not turn.settled for turn in self._open.get(session, []))

    def stop(self) -> None:
        """End all turns: the studio is going."""
        with self._lock:
            turns = [turn for turns in self._open.values() for turn in turns]
        for turn in turns:
            self._drop(turn, "interrupted", Failed(INTERRUPTED, "The studio was stopped."))

    def _drop(self, turn: Turn, status: str, end: Failed) -> bool:
        def store() -> None:
            try:
                self._store.messages.drop(turn.message, status, end.message)
            except Exception:  # noqa: BLE001 - who listens must not wait for ever, whatever it is
                _log.exception("The end of a message of session %s can't be written", turn.session.id)

        return turn.settle(end, store)

    def _carry_out(self, turn: Turn) -> None:
        try:
            if not turn.settled:
                self._work(turn)
        except TakenOver:
            _log.warning("Another studio has ended a message of session %s", turn.session.id)
            self._drop(turn, "interrupted", Failed(INTERRUPTED, _in_language(_TAKEN_OVER, turn)))
        except Conflict:
            self._drop(turn, "failed", Failed(StaleDraft.code, _in_language(_CONFLICT, turn)))
        except Exception as error:  # noqa: BLE001 - told to the user; the studio goes on
            self._drop(turn, "failed", self._failure(turn, error))
        finally:
            self._forget(turn)

    def _failure(self, turn: Turn, error: Exception) -> Failed:
        """What is told of a message that failed."""
        if (unstored := store_error(error, self._store.folder)) is not None:
            _log.warning("A message failed in session %s: %s", turn.session.id, unstored)
            return Failed(str(UNSTORED), told(unstored, turn.session.language))
        if not turn.settled:
            _log.error("A message failed in session %s", turn.session.id, exc_info=error)
        name = type(error).__name__
        return Failed("AGENT_ERROR", f"{name}: {error}" if str(error) else name, name)

    def _forget(self, turn: Turn) -> None:
        with self._lock:
            rest = [t for t in self._open[turn.session.id] if t is not turn]
            if rest:
                self._open[turn.session.id] = rest
            else:
                del self._open[turn.session.id]

    def _work(self, turn: Turn) -> None:
        from nemo_widgets.studio.agent.world import Done, Heartbeat, Text

        self._store.messages.start(turn.message)
        present = self._store.projects.latest(turn.session.id)
        if turn.version not in (None, present.number if present else 0):
            raise Conflict
        if turn.draft is not None:
            done = taken_over(present, turn.draft, turn.session.language)
            self._finish(turn, done, present.number if present else 0)
            return
        world = StudioWorld(self._store, turn.session, present, lambda: turn.settled)
        with closing(self._agent.turn(turn.message.text, world)) as steps:
            for step in steps:
                if turn.settled:
                    return
                if isinstance(step, Done):
                    self._finish(turn, step, present.number if present else 0)
                    return
                if isinstance(step, Heartbeat) and not step.whole_ms:
                    continue  # the stream beats by itself
                turn.post(step)
                if isinstance(step, Text):
                    turn.pause(self._settings.text_pause)
        raise RuntimeError("the agent ended without a result")

    def _finish(self, turn: Turn, done: Done, expected: int) -> None:
        draft = done.draft.data if isinstance(done.draft, Draft) else None

        def store() -> None:
            projects = self._store.projects
            with self._store.transaction():
                # First, for what another process has ended it may have removed, too.
                self._store.messages.finish(turn.message, reply=done.reply, outcome=done.outcome)
                if draft is not None:
                    projects.add(
                        turn.session.id,
                        draft,
                        expected=expected,
                        undo=done.undo,
                        redo=done.redo,
                        message=turn.message.id,
                        edits=list(done.edits),
                    )

        turn.settle(Finished(done.reply, draft, done.outcome, done.answers), store)


def _in_language(words: tuple[str, str], turn: Turn) -> str:
    """English or Chinese, as the session has it."""
    return words[turn.session.language.lower().startswith("zh")]
