"""What a session is made of: its connection, its runs, and all that only looks at them or at the timeline."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from nemo_widgets import live, output
from nemo_widgets.call_checks import check_class
from nemo_widgets.catalogue import say
from nemo_widgets.draft import Draft, Shown, moment_ms, summary
from nemo_widgets.draft_sources import uploaded_sources
from nemo_widgets.errors import Cancelled, UsageError
from nemo_widgets.host import host
from nemo_widgets.interrupts import in_steps, on_stop, stoppable, to_thread
from nemo_widgets.languages import speaking, spoken
from nemo_widgets.loop import blocking, submit
from nemo_widgets.paths import is_file
from nemo_widgets.printable import one_line
from nemo_widgets.session_register import Keeper

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence
    from datetime import timedelta
    from pathlib import Path

    from PIL import Image

    from nemo_widgets.client import Credits, State
    from nemo_widgets.history import History
    from nemo_widgets.question import Question
    from nemo_widgets.running import Connection, EditRun, ExportRun, Run, Video
    from nemo_widgets.skills import Skill
    from nemo_widgets.widgets import Player, TimelinePicture

__all__ = ["SessionBase", "wait_for"]

T = TypeVar("T")
R = TypeVar("R", bound="Run")

_SHOWN = 40
_CLOSING_S = 1.0
"""How long what is under way may take to stop, before the session is closed over it."""


@check_class
class SessionBase(Shown):
    """One session: its state and its runs.

    Attributes:
        runs: the runs of this kernel, in order.
        left: whether it was disconnected; the server keeps the session.
    """

    def __init__(self, connection: Connection, skill: Skill) -> None:
        self.skill = skill
        self.local = connection.place.studio is not None
        self.runs = output.Runs()
        self._connection = connection
        self._keeper = Keeper(connection.place)
        self._video: Video | None = None
        self._chosen: Draft | None = None
        self._closed = self.left = False

    def __repr__(self) -> str:
        with speaking("en"):  # as Python's own are
            where = self.where.replace("*", "")
        return f"<nemo session with {where}, skill {self.skill.name}, {len(self.runs)} runs>"

    @property
    def where(self) -> str:
        """The server that the session talks to, as Markdown."""
        client = self._connection.client
        if self.local:
            return say("where.here")
        if client.is_studio:
            return say("where.studio", api=client.address.api)
        return say("where.cloud") if client.address.is_cloud else say("where.server", api=client.address.api)

    @property
    @stoppable
    def draft(self) -> Draft:
        """The timeline as it is now: `.tracks` and `.segments` are DataFrames, `.data` is the JSON."""
        return self.state().draft

    @property
    @stoppable
    def timeline(self) -> TimelinePicture:
        """The timeline as a picture."""
        from nemo_widgets.widgets import TimelinePicture

        return TimelinePicture(self.draft)

    @property
    @stoppable
    def history(self) -> History:
        """The states that the timeline has had, each with its instruction, as a DataFrame.

        `history[3].draft` is the draft of state 3. A studio keeps them; of another server's session those
        are kept here that this user has seen. A notebook shows them as a strip of small timelines.
        """
        from nemo_widgets.session_history import states_of

        states = self._told(states_of(self._connection))

        def table() -> History:
            from nemo_widgets.history import history_table

            return history_table(states)

        return to_thread(table)

    @stoppable
    def frame(
        self, at: float | str | timedelta = 0.0, *, draft: Draft | None = None, resolution: str | None = None
    ) -> Image.Image:
        """The picture at a moment, as the export shows it; only with a studio.

        Args:
            at: seconds, a time such as "1:20.3", or a `timedelta`; behind the end the last picture is shown.
            draft: another draft of the same media; by default the session's timeline.
            resolution: as an export's, such as "360p"; by default the size that an export has by itself.

        Returns:
            A Pillow image (RGB).

        Raises:
            UsageError: `at` is no moment, or the server is no studio. NemoError: there is nothing to see.
        """
        from nemo_widgets.widgets.frame_picture import frame_in

        try:
            at_ms = moment_ms(at)
        except ValueError:
            value = one_line(str(at), _SHOWN)
            raise UsageError(say("frame.no position", value=value), hint=say("frame.say seconds")) from None
        connection = self._connection
        if not connection.session_id:
            raise UsageError(say("frame.empty"), hint=say("frame.upload first"))
        client = connection.client
        meant = self._linked(draft)
        data = wait_for(client.frame(connection.session_id, at_ms, draft=meant, resolution=resolution))

        return to_thread(lambda: frame_in(data))

    @stoppable
    def state(self) -> State:
        """All that the server knows of the session (protocol §7)."""
        return self._told(self._connection.state())

    @stoppable
    def credits(self) -> Credits:
        """The balance: available, frozen and total credits."""
        return self._told(self._connection.client.credits())

    @stoppable
    def status(self) -> str:
        """The timeline and everything that is under way, in a few words."""
        draft, language = self.draft, spoken()
        return "\n\n".join(filter(None, [to_thread(lambda: summary(draft, language)), self.busy()]))

    @stoppable
    def busy(self) -> str:
        """The runs that are under way, as a Markdown list; "" if there are none."""
        from nemo_widgets.run_words import under_way

        return "\n".join(f"- {under_way(run)}" for run in self.runs if not run.done)

    @stoppable
    def play(self, video: str | Path | Video | None = None) -> Player:
        """Make a player for the last export, even of an earlier kernel, or for any video file.

        Raises:
            UsageError: nothing was exported yet, or there is no such file.
        """
        from nemo_widgets.film_player import film_player

        chosen = video if video is not None else self._video or to_thread(self._exported_before)
        if chosen is None:
            raise UsageError(say("export.none yet"), hint=say("export.export first"))
        return film_player(chosen)

    def _exported_before(self) -> str | None:
        """The film that was exported last from this session by whichever kernel, if it is still there."""
        mine = self._connection.place
        targets = (
            str(record.details.get("target") or "")
            for record in self._connection.journal.records()
            if (record.kind, record.stage) == ("export", "done")
            and (record.place.server, record.place.session_id) == (mine.server, mine.session_id)
        )
        return next((target for target in targets if target and is_file(target)), None)

    @stoppable
    def claim_link(self) -> str:
        """Make a link that moves this session into an account, in the browser (cloud only)."""
        return wait_for(
            self._connection.client.claim_link(self._connection.place.task_id, self._connection.session_id)
        )

    @stoppable
    def cancel(self) -> list[Run]:
        """Stop all runs that are under way, and return them."""
        stopped = [run for run in self.runs if not run.done]
        for run in stopped:
            run.cancel()
        return stopped

    @stoppable
    def begin(self, run: R, *, background: bool = True, place: str = "") -> R:
        """Add a run to the session and show it, in the output `place` if one is named."""
        from nemo_widgets.running import EditRun, ExportRun

        if isinstance(run, ExportRun):
            run.on_end(lambda: self._remember(run))
        if isinstance(run, EditRun):
            self._chosen = None  # it was made of the timeline before this edit
            for other in self.runs:
                if isinstance(other, EditRun):
                    other.followed(run)
        self.runs.append(run)
        run.on_end(lambda: self._ended(run))
        run.show = lambda: self._show(run)
        on_stop(run.interrupt)  # whoever stops a cell means what it has just begun
        try:
            live.show(run, background=background, place=place, reply=self._reply)
            output.has_shown(run)
        except KeyboardInterrupt:
            run.interrupt()
            if background:
                raise
        return run  # who waits for it is told how it ended

    def _show(self, run: Run) -> bool:
        """Show a run as it goes on, unless the cell has shown it already or nothing shown can be changed."""
        if host() != "notebook" or output.is_shown(run):
            return False
        live.show(run, background=True, reply=self._reply)
        output.has_shown(run)
        return True

    def _ended(self, run: Run) -> None:
        self.noted([f.filename for f in getattr(run, "files", ()) if f.filename])
        connection = self._connection
        if connection.seen is not None and connection.session_id and not connection.client.is_studio:
            from nemo_widgets.session_history import HistoryFile

            HistoryFile(connection.place).add(connection.seen, getattr(run, "request", ""))

    def _remember(self, run: ExportRun) -> None:
        """What ended last, however it was waited for, is what `play` plays."""
        self._video = run.video or self._video

    def noted(self, clips: Sequence[str] = ()) -> None:
        """Record what the session holds and what was uploaded, so that another kernel finds it."""
        connection = self._connection
        if connection.seen is not None:
            ends = connection.client.token_expires
            self._keeper.note(connection.place, connection.seen, clips, ends)

    def _reply(self, words: str, place: str, question: Question) -> EditRun:
        """The answer to a question, given by a click: its run is shown where the question stood."""
        from nemo_widgets.running import EditRun

        return self.begin(EditRun(self._connection, words, answers=question), place=place)

    def _linked(self, draft: Draft | None) -> Draft | None:
        """A draft as the server knows its sources: files that it names, as links to what was uploaded."""
        if draft is None or not self._connection.session_id:
            return draft
        return uploaded_sources(draft, self.runs, lambda: self.state().video_infos)

    def _told(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for a read, and tell what the user has to know beside it."""
        found = wait_for(work)
        told, self._connection.told = self._connection.told, []
        for sentence in told:
            live.show_markdown(sentence)
        return found

    @property
    @stoppable
    def question(self) -> Question | None:
        """The question that waits for an answer, the newest of this kernel's; None if none does."""
        from nemo_widgets.open_question import open_here

        return open_here(self.runs)

    def _close(self) -> None:
        from nemo_widgets.running import EditRun

        stopped = self.cancel()
        for run in self.runs:
            if isinstance(run, EditRun):
                run.leave()

        def wait() -> None:  # so that the server hears of it, and the journal how it ended
            in_steps(lambda seconds: all(run.ended(seconds) for run in stopped), _CLOSING_S)

        with suppress(KeyboardInterrupt):  # told once it is closed
            to_thread(wait, grace_s=_CLOSING_S)
        self._keeper.close()
        self._closed = True
        submit(self._connection.client.aclose())


def wait_for(work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`, waited for in this thread; what the client has to tell meanwhile is shown.

    Raises:
        Cancelled: the kernel's Stop.
    """

    async def heard() -> T:
        from nemo_widgets.client.notices import listening

        with listening(live.Notices()):
            return await work

    try:
        return blocking(submit(heard()))
    except KeyboardInterrupt:
        raise Cancelled(say("run.stopped waiting")) from None
