"""What the user holds: one session with the cloud or with the studio on this machine."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from operator import index
from typing import TYPE_CHECKING, Any, TypeVar

from nemo_widgets import launcher, live, output
from nemo_widgets.draft import Bundle, Draft, Shown, shown, summary
from nemo_widgets.errors import Cancelled, NotConnected, UsageError
from nemo_widgets.interrupts import on_stop, stoppable, to_thread
from nemo_widgets.loop import blocking, submit
from nemo_widgets.paths import is_file
from nemo_widgets.question import escaped
from nemo_widgets.session_register import Keeper

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable, Sequence
    from pathlib import Path

    from nemo_widgets.client import Credits, State
    from nemo_widgets.running import Connection, EditRun, ExportRun, Run, UploadRun, Video
    from nemo_widgets.skills import Skill
    from nemo_widgets.widgets import Player, TimelinePicture

__all__ = ["Session", "current", "make_current", "wait_for"]

T = TypeVar("T")
R = TypeVar("R", bound="Run")

_CLOSING_S = 1.0
"""How long what is under way may take to stop, before the session is closed over it."""

_current: Session | None = None


def current() -> Session:
    """The session that the magics use.

    Raises:
        NotConnected: there is none yet.
    """
    if _current is None:
        raise NotConnected("There is no session yet.")
    return _current


def make_current(session: Session) -> None:
    """Make it the one that the magics use; the one before it is closed."""
    global _current
    previous, _current = _current, session
    if previous is not None and previous is not session:
        previous._close()  # noqa: SLF001 - one of our own


class Session(Shown):
    """A conversation about one timeline. Made by `connect`.

    Every call has two forms: one that waits (`edit`, `upload`, `export`) and runs that do not (`start`).
    All of them show their progress in the cell, and stop at once with the kernel's Stop.

    Attributes:
        runs: what was done here, in order.
        left: whether it was disconnected; the session is kept where it is.
    """

    def __init__(self, connection: Connection, skill: Skill) -> None:
        self.skill = skill
        self.local = connection.place.studio is not None
        self.runs = output.Runs()
        self._connection = connection
        self._keeper = Keeper(connection.place)
        self._video: Video | None = None
        self._closed = self.left = False

    def __repr__(self) -> str:
        where = self.where.replace("*", "")
        return f"<nemo session with {where}, skill {self.skill.name}, {len(self.runs)} runs>"

    @property
    def where(self) -> str:
        """Who is talked to, Markdown."""
        client = self._connection.client
        if self.local:
            return "the **studio on this machine**"
        if client.is_studio:
            return f"a **studio** at {client.address.api}"
        return "the **NemoVideo cloud**" if client.address.is_cloud else f"the server at {client.address.api}"

    # -- work ---------------------------------------------------------------------------------------

    @stoppable
    def upload(self, *sources: str | Path | Iterable[str | Path]) -> UploadRun:
        """Upload files and links in the order given; videos and pictures stand on the timeline at once.

        A name may be a pattern, such as `clips/*.mp4`: clip2 comes before clip10. A list of names is taken as
        its names.

        Raises:
            UploadError, UnsupportedFile, FileTooLarge: a file can't be taken; the others were.
        """
        return self.start_upload(*sources, background=False).result()

    @stoppable
    def edit(self, instruction: str, *, strict: bool = False) -> EditRun:
        """Tell the agent what to do, in plain words, and wait for its answer.

        Args:
            instruction: what to do.
            strict: raise where the agent refuses or asks back, so that no program takes that for an edit;
                otherwise the run's `outcome` says so.

        Raises:
            Cancelled: it was stopped. AgentError: the agent failed. NoCredits: the cloud wants more.
            Refused: `strict`, and the agent can't do it, has not understood it, or asks back.
        """
        return self.start(instruction, background=False, strict=strict).result()

    @stoppable
    def export(self, path: str | Path | None = None, *, draft: Draft | None = None, **output: Any) -> Video:
        """Render the timeline and download it; as a cell's last value the result shows as a player.

        Args:
            path: where to; by default a name after the first clip that overwrites nothing.
            draft: another draft than the session's present one.
            output: format, quality, resolution, fps, codec, crf (protocol §9).

        Raises:
            NothingToExport: the timeline is empty. RenderFailed, ExportBlocked: the server says why.
            UsageError: the name is that of another kind of file, of a folder, or of a file that was uploaded.
        """
        return self.exported(self.start_export(path, draft=draft, background=False, **output).result())

    @stoppable
    def start(self, instruction: str, *, background: bool = True, strict: bool = False) -> EditRun:
        """`edit` without waiting: the run can be awaited, asked for its `result()`, or cancelled.

        A run in the `background` may outlive its cell, so its Cancel never interrupts whatever cell is busy.
        """
        from nemo_widgets.running import EditRun

        words = instruction.strip()
        if not words:
            raise UsageError("There is no instruction.", hint="Say what to do, such as: cut the pauses.")
        return self.begin(EditRun(self._connection, words, strict=strict), background=background)

    @stoppable
    def again(self, *, anyway: bool = False) -> EditRun:
        """Send the last edit once more that was not made, or of which nobody knows.

        It is looked first what became of it; nothing is sent where the timeline shows that it was made.

        Args:
            anyway: send it whatever became of it, since you know that you want it once more.

        Raises:
            UsageError: there is none, or it was made after all. OutcomeUnknown: that can't be found out.
        """
        return self.start_again(anyway=anyway, background=False).result()

    @stoppable
    def start_again(self, *, anyway: bool = False, background: bool = True) -> EditRun:
        """`again` without waiting."""
        from nemo_widgets.running import EditRun

        edits = [run for run in self.runs if isinstance(run, EditRun)]
        last = edits[-1].meant if edits else None
        if last is None or not last.done or (last.outcome not in ("not done", "unknown") and not anyway):
            known = f" {last.id}: {last.outcome or 'under way'}." if last else ""
            raise UsageError(f"There is no edit that was not made.{known}", hint="Say what to do.")
        run = EditRun(self._connection, last.request, again=None if anyway else last, strict=last.strict)
        return self.begin(run, background=background)

    @stoppable
    def undo(self, n: int = 1) -> EditRun:
        """Take the last edit back, or the last `n`: one message, whatever `n` is.

        Raises:
            UsageError: `n` is no whole number from 1 up. Otherwise as `edit`.
        """
        return self.start_undo(n, background=False).result()

    @stoppable
    def start_undo(self, n: int = 1, *, background: bool = True) -> EditRun:
        """`undo` without waiting."""
        return self.start(self._back("undo", n), background=background)

    @stoppable
    def redo(self, n: int = 1) -> EditRun:
        """Bring back what was undone last, or the last `n`: one message, as `undo`."""
        return self.start_redo(n, background=False).result()

    @stoppable
    def start_redo(self, n: int = 1, *, background: bool = True) -> EditRun:
        """`redo` without waiting."""
        return self.start(self._back("redo", n), background=background)

    def _back(self, verb: str, n: int) -> str:
        if isinstance(n, bool) or not hasattr(n, "__index__") or (n := index(n)) < 1:
            raise UsageError(f"{n!r} is no number of edits.", hint=f"Such as {verb} 3.")
        if self._connection.place.language.lower().startswith("zh"):
            words = {"undo": "撤销", "redo": "重做"}[verb]
            return words if n == 1 else f"{words}最近{n}步"
        return verb if n == 1 else f"{verb} the last {n}"

    @stoppable
    def answer(self, words: str | int) -> EditRun:
        """Answer what the agent asked last: an option's number or label, or free text.

        Raises:
            UsageError: nothing was asked, or there is no such option. Otherwise as `edit`.
        """
        return self.start_answer(str(words), background=False).result()

    @stoppable
    def start_answer(self, words: str, *, background: bool = True) -> EditRun:
        """`answer` without waiting."""
        from nemo_widgets.running import EditRun

        return self.begin(
            EditRun(self._connection, self._answer_to(words), answers=True), background=background
        )

    def _answer_to(self, words: str) -> str:
        from nemo_widgets.open_question import question_of

        question = wait_for(question_of(self.runs, self._connection))
        try:
            return question.parse(words)
        except ValueError as error:
            raise UsageError(str(error), hint="") from None

    @stoppable
    def start_upload(self, *sources: str | Path | Iterable[str | Path], background: bool = True) -> UploadRun:
        """`upload` without waiting."""
        from nemo_widgets.running import UploadRun, fitting

        given = [
            s for source in sources for s in ([source] if isinstance(source, (str, os.PathLike)) else source)
        ]
        if not given:
            raise UsageError(
                "There is nothing to upload.", hint="Name a file or a link: `%nemo upload clip.mp4`."
            )
        meant, left_out = to_thread(lambda: fitting(given))
        run = self.begin(UploadRun(self._connection, meant), background=background)
        if left_out:
            live.show_markdown(f"*Left out, since it is no media: {escaped(', '.join(left_out))}.*")
        return run

    @stoppable
    def start_export(
        self,
        path: str | Path | None = None,
        *,
        draft: Draft | None = None,
        background: bool = True,
        **output: Any,
    ) -> ExportRun:
        """`export` without waiting."""
        from nemo_widgets.running import ExportRun, UploadRun

        known = ("format", "quality", "resolution", "fps", "codec", "crf")
        if wrong := set(output) - set(known):
            raise UsageError(f"Unknown: {', '.join(sorted(wrong))}.", hint=f"There are {', '.join(known)}.")
        settings = {"format": "mp4", "quality": "high", **output} if output else None
        uploads = [run for run in self.runs if isinstance(run, UploadRun)]
        footage = [file for run in uploads for file in run.paths if file is not None]
        run = ExportRun(self._connection, path, draft=draft, output=settings, footage=footage)
        return self.begin(run, background=background)

    @stoppable
    def exported(self, run: ExportRun) -> Video:
        """The video of an ended export.

        Raises:
            UsageError: it has none.
        """
        if run.video is None:
            raise UsageError(f"{run.id} has no video ({run.state}).")
        return run.video

    def _remember(self, run: ExportRun) -> None:
        """What ended last, however it was waited for, is what `play` plays."""
        self._video = run.video or self._video

    @stoppable
    def cancel(self) -> list[Run]:
        """Stop everything that is under way; returns what was."""
        stopped = [run for run in self.runs if not run.done]
        for run in stopped:
            run.cancel()
        return stopped

    # -- looking ------------------------------------------------------------------------------------

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
        """The timeline and what is under way, in a few words."""
        draft = self.draft
        return "\n\n".join(filter(None, [to_thread(lambda: summary(draft)), self.busy()]))

    @stoppable
    def busy(self) -> str:
        """What is under way, as a list in Markdown; "" if nothing is."""
        from nemo_widgets.run_words import under_way

        return "\n".join(f"- {under_way(run)}" for run in self.runs if not run.done)

    @stoppable
    def play(self, video: str | Path | Video | None = None) -> Player:
        """A player for the last export, also one of another kernel's, or for any video file.

        Raises:
            UsageError: nothing was exported yet, or there is no such file.
        """
        from nemo_widgets.widgets import Player

        chosen = video if video is not None else self._video or to_thread(self._exported_before)
        if chosen is None:
            raise UsageError(
                "Nothing has been exported yet.", hint="Run `%nemo export` first, or name a file."
            )
        return Player(os.fspath(chosen))

    def _exported_before(self) -> str | None:
        """The film that was exported last from this session by whichever kernel, if it is still there."""
        mine = self._connection.session_id
        targets = (
            str(record.details.get("target") or "")
            for record in self._connection.journal.records()
            if (record.kind, record.stage, record.place.session_id) == ("export", "done", mine)
        )
        return next((target for target in targets if target and is_file(target)), None)

    @stoppable
    def claim_link(self) -> str:
        """A link that takes this session over into an account in the browser (cloud only)."""
        return wait_for(
            self._connection.client.claim_link(self._connection.place.task_id, self._connection.session_id)
        )

    @stoppable
    def disconnect(self) -> None:
        """End the session here, and stop the local studio; what it keeps on disk stays."""
        global _current  # noqa: PLW0603 - as above
        self._close()
        self.left = True
        if _current is self:
            _current = None
        if self.local:
            launcher.stop()

    @stoppable
    def begin(self, run: R, *, background: bool = True, place: str = "") -> R:
        """Take a run as one of the session's, and show it (in the output `place`, if one is named)."""
        from nemo_widgets.running import EditRun, ExportRun

        if isinstance(run, ExportRun):
            run.on_end(lambda: self._remember(run))
        if isinstance(run, EditRun):
            for other in self.runs:
                if isinstance(other, EditRun):
                    other.followed(run)
        self.runs.append(run)
        run.on_end(lambda: self.noted([f.filename for f in getattr(run, "files", ()) if f.filename]))
        on_stop(run.cancel)  # whoever stops a cell means what it has just begun
        try:
            live.show(run, background=background, place=place, reply=self._reply)
            output.has_shown(run)
        except KeyboardInterrupt:
            run.cancel()
            if background:
                raise
        return run  # who waits for it is told how it ended

    def noted(self, clips: Sequence[str] = ()) -> None:
        """Write down what is in the session now, and what was uploaded, to be found by another kernel."""
        connection = self._connection
        if connection.seen is not None:
            ends = connection.client.token_expires
            self._keeper.note(connection.place, connection.seen, clips, ends)

    def _reply(self, words: str, place: str) -> EditRun:
        """The answer to a question, given by a click: its run is shown where the question stood."""
        from nemo_widgets.running import EditRun

        return self.begin(EditRun(self._connection, words, answers=True), place=place)

    def _told(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for a read, and tell what the user has to know beside it."""
        found = wait_for(work)
        told, self._connection.told = self._connection.told, []
        for sentence in told:
            live.show_markdown(sentence)
        return found

    def _close(self) -> None:
        stopped = self.cancel()
        end = time.monotonic() + _CLOSING_S

        def wait() -> None:
            for run in stopped:  # so that the server hears of it, and the journal how it ended
                run.ended(max(0.0, end - time.monotonic()))

        with suppress(KeyboardInterrupt):  # told once it is closed
            to_thread(wait, grace_s=_CLOSING_S)
        self._keeper.close()
        self._closed = True
        submit(self._connection.client.aclose())


@shown.register
def _session(session: Session) -> Bundle:
    """A session as a cell's last value: what is known of it, without asking the server."""
    if output.is_shown(session):
        return {"text/plain": repr(session)}, {}
    how = "Disconnected from" if session._closed else "Connected to"  # noqa: SLF001 - one of our own
    title = f"{how} {session.where} · skill **{session.skill.title or session.skill.name}**"
    return output.session_bundle(title, session._connection.seen, session.runs)  # noqa: SLF001 - one of our own


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
        raise Cancelled("Stopped waiting for the server.") from None
