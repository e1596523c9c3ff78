"""What the user holds: one session with the cloud or with the studio on this machine."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any

from nemo_widgets import launcher, live, output
from nemo_widgets.call_checks import check_class
from nemo_widgets.catalogue import say
from nemo_widgets.draft import Bundle, Draft, shown
from nemo_widgets.draft.timeline_types import timeline_type
from nemo_widgets.errors import NotConnected, UsageError
from nemo_widgets.interrupts import stoppable, to_thread
from nemo_widgets.languages import speaking, spoken_usually
from nemo_widgets.question import escaped
from nemo_widgets.session_base import wait_for
from nemo_widgets.session_preview import SessionPreview, settings_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from nemo_widgets.running import EditRun, ExportRun, Run, UploadRun, Video

__all__ = ["Session", "current", "make_current", "wait_for"]

_current: Session | None = None


def current() -> Session:
    """Return the session that the magics use.

    Raises:
        NotConnected: there is none yet.
    """
    if _current is None:
        raise NotConnected(say("session.none"))
    return _current


def make_current(session: Session) -> list[Run]:
    """Make it the one that the magics use; the one before it is closed, and the runs that end so returned."""
    global _current
    previous, _current = _current, session
    spoken_usually(session._connection.place.language)  # noqa: SLF001 - one of our own
    if previous is None or previous is session:
        return []
    stopped = [run for run in previous.runs if not run.done]
    previous._close()  # noqa: SLF001 - one of our own
    return stopped


@check_class
class Session(SessionPreview):
    """A conversation about one timeline. `connect` makes it.

    Every call that takes long has two forms: one waits (`edit`, `upload`, `export`), the other returns a run
    at once (`start`, `start_upload`, `start_export`). Both show their progress in the cell, and the kernel's
    Stop ends them at once.
    """

    @stoppable
    def upload(self, *sources: str | Path | Iterable[str | Path]) -> UploadRun:
        """Upload files and links. Videos and pictures are put on the timeline in the order given.

        A name may be a pattern, such as `clips/*.mp4`; clip2 comes before clip10. A list of names counts as
        the names in it.

        Raises:
            UploadError, UnsupportedFile, FileTooLarge: a file was refused; the others were uploaded.
        """
        return self.start_upload(*sources, background=False).result()

    @stoppable
    def edit(self, instruction: str, *, strict: bool = False) -> EditRun:
        """Tell the agent what to do, in plain words, and wait for its answer.

        Args:
            instruction: what to do.
            strict: raise an error if the agent refuses or asks back. Otherwise only the run's `outcome`
                says so.

        Raises:
            Cancelled: the edit was stopped. AgentError: the agent failed. NoCredits: no credits are left.
            Refused: with `strict`, the agent can't do it, has not understood it, or asks back.
        """
        return self.start(instruction, background=False, strict=strict).result()

    @stoppable
    def export(
        self,
        path: str | Path | None = None,
        *,
        draft: Draft | None = None,
        anyway: bool = False,
        **output: Any,
    ) -> Video | Any:
        """Render the timeline and download the film. As a cell's last value, the film shows as a player.

        A name that ends as a timeline's, such as `cut.otio`, makes a `TimelineFile` instead, for which
        nothing is rendered; it tells what such a file does not hold.

        Where nobody knows what became of an earlier export of the same timeline, this one goes on with its
        job, so that none is made twice.

        Args:
            path: the file; by default it is named after the first clip and overwrites nothing. Its ending
                says what it becomes: .mp4, .mov, .mkv or .webm; .gif or .webp, without sound; .m4a, .mp3,
                .wav or .flac, the sound alone; .otio, .fcpxml, .xml, .edl, .srt, .csv or another one of
                `Draft.to_file`, the timeline for another program.
            draft: the draft to render; by default the session's timeline, on the cloud the draft that was
                applied to it since the last edit.
            anyway: make a new job, whatever became of an earlier one.
            output: format, quality, resolution, fps, codec, crf (protocol §9); of a timeline fps, drop_frame.

        Raises:
            NothingToExport: the timeline is empty. RenderFailed, ExportBlocked: the server says why.
            UsageError: the path names another kind of file, a folder, or a file that was uploaded.
        """
        if path is not None and timeline_type(path):
            from nemo_widgets.timeline_file import export_timeline

            chosen = next((one for one in (draft, self._chosen) if one is not None), None)
            meant = chosen if chosen is not None else self.draft
            return to_thread(lambda: export_timeline(self._connection, self.runs, path, meant, output))
        run = self.start_export(path, draft=draft, background=False, anyway=anyway, **output)
        return self.exported(run.result())

    @stoppable
    def start(self, instruction: str, *, background: bool = True, strict: bool = False) -> EditRun:
        """Begin an edit and return its run at once: `await` it, call its `result()`, or cancel it.

        A run in the `background` may outlive its cell, so its Cancel button never interrupts another cell.
        """
        from nemo_widgets.running import EditRun

        words = instruction.strip()
        if not words:
            raise UsageError(say("edit.no instruction"), hint=say("edit.say what"))
        return self.begin(EditRun(self._connection, words, strict=strict), background=background)

    @stoppable
    def again(self, *, anyway: bool = False) -> EditRun | UploadRun:
        """Send the last edit once more, if it was not made or its outcome is unknown; of an upload, the rest.

        The state is read first: nothing is sent if the timeline shows that the edit was made. Of an upload
        that came last only those files are sent that did not arrive.

        Args:
            anyway: send the edit even if it was made.

        Raises:
            UsageError: there is no such edit, or it was made after all. OutcomeUnknown: nobody can tell.
        """
        return self.start_again(anyway=anyway, background=False).result()

    @stoppable
    def start_again(self, *, anyway: bool = False, background: bool = True) -> EditRun | UploadRun:
        """Begin `again` and return its run at once."""
        from nemo_widgets.running import EditRun
        from nemo_widgets.running.repetition import not_again, upload_again

        rest = to_thread(lambda: upload_again(self.runs, self._connection))
        if rest is not None:
            return self.begin(rest, background=background)
        edits = [run for run in self.runs if isinstance(run, EditRun)]
        last = edits[-1].meant if edits else None
        if last is None or not last.done or (last.outcome not in ("not done", "unknown") and not anyway):
            raise not_again(last, self.runs)
        before = None if anyway else last
        run = EditRun(
            self._connection,
            last.request,
            again=before,
            strict=last.strict,
            answers=last.answers,
            draft=last.draft,
        )
        return self.begin(run, background=background)

    @stoppable
    def undo(self, n: int = 1) -> EditRun:
        """Take back the last edit, or the last `n`, with one message.

        Raises:
            UsageError: `n` is not a whole number of at least 1. Otherwise as `edit`.
        """
        return self.start_undo(n, background=False).result()

    @stoppable
    def start_undo(self, n: int = 1, *, background: bool = True) -> EditRun:
        """Begin `undo` and return its run at once."""
        from nemo_widgets.running.intent import words_of

        return self.start(words_of("undo", n, self._connection.place.language), background=background)

    @stoppable
    def redo(self, n: int = 1) -> EditRun:
        """Bring back the last edit that was undone, or the last `n`, with one message."""
        return self.start_redo(n, background=False).result()

    @stoppable
    def start_redo(self, n: int = 1, *, background: bool = True) -> EditRun:
        """Begin `redo` and return its run at once."""
        from nemo_widgets.running.intent import words_of

        return self.start(words_of("redo", n, self._connection.place.language), background=background)

    @stoppable
    def apply(self, draft: Draft, words: str = "") -> EditRun | None:
        """Make a draft the session's timeline: on a studio, an edit like any other, which can be undone.

        The cloud can't take a draft over: there it is used for exports until the next edit, which is said.

        Args:
            draft: the draft, as `with_segments` makes it.
            words: what the edit is called; by default what it changes.

        Raises:
            UsageError: nothing was uploaded yet. Otherwise as `edit`.
        """
        run = self.start_apply(draft, words, background=False)
        return run.result() if run is not None else None

    @stoppable
    def start_apply(self, draft: Draft, words: str = "", *, background: bool = True) -> EditRun | None:
        """Begin `apply` and return its run at once; None on the cloud."""
        from nemo_widgets.running import EditRun
        from nemo_widgets.running.applying import request_of

        if not self._connection.client.is_studio:
            self._chosen = draft
            live.show_markdown(say("apply.cloud"))
            return None
        if not self._connection.session_id:
            raise UsageError(say("apply.empty"), hint=say("frame.upload first"))
        linked = self._linked(draft) or draft
        request = words.strip() or request_of(self.draft, linked)
        return self.begin(EditRun(self._connection, request, draft=linked), background=background)

    @stoppable
    def back_to(self, number: int) -> EditRun | None:
        """Make an earlier state the timeline again: one more step, which an undo takes back, as `apply`.

        Args:
            number: the state's number in `history`.

        Raises:
            UsageError: there is no such state. Otherwise as `apply`.
        """
        return self.apply(self.history[number].draft, say("history.back", number=number))

    @stoppable
    def answer(self, words: str | int) -> EditRun:
        """Answer the agent's last question with an option's number or label, or in your own words.

        Raises:
            UsageError: no question is open, or it has no such option. Otherwise as `edit`.
        """
        return self.start_answer(str(words), background=False).result()

    @stoppable
    def start_answer(self, words: str, *, background: bool = True) -> EditRun:
        """Begin `answer` and return its run at once."""
        from nemo_widgets.open_question import answer_to
        from nemo_widgets.running import EditRun

        said, question = wait_for(answer_to(self.runs, self._connection, str(words)))
        return self.begin(EditRun(self._connection, said, answers=question), background=background)

    @stoppable
    def start_upload(self, *sources: str | Path | Iterable[str | Path], background: bool = True) -> UploadRun:
        """Begin `upload` and return its run at once."""
        from nemo_widgets.client.file_checks import check
        from nemo_widgets.running import UploadRun, fitting
        from nemo_widgets.running.upload_failures import none_fits

        given = [
            s for source in sources for s in ([source] if isinstance(source, (str, os.PathLike)) else source)
        ]
        if not given:
            raise UsageError(say("upload.nothing"), hint=say("upload.name one magic"))
        client = self._connection.client
        look = partial(check, most=client.settings.file_most, studio=client.is_studio)
        meant, left_out = to_thread(lambda: fitting(given, studio=self._connection.local))
        if (error := to_thread(lambda: none_fits(meant, look))) is not None:
            raise error
        run = self.begin(UploadRun(self._connection, meant), background=background)
        if left_out:
            names = escaped(say("names.comma").join(left_out))
            live.show_markdown(f"*{say('upload.left out', names=names)}*")
        return run

    @stoppable
    def start_export(
        self,
        path: str | Path | None = None,
        *,
        draft: Draft | None = None,
        background: bool = True,
        anyway: bool = False,
        **output: Any,
    ) -> ExportRun:
        """Begin `export` and return its run at once."""
        from nemo_widgets.running import ExportRun, UploadRun

        settings = settings_of(output)
        uploads = [run for run in self.runs if isinstance(run, UploadRun)]
        footage = [file for run in uploads for file in run.paths if file is not None]
        chosen = self._linked(draft if draft is not None else self._chosen)
        run = ExportRun(self._connection, path, draft=chosen, output=settings, footage=footage, anyway=anyway)
        return self.begin(run, background=background)

    @stoppable
    def exported(self, run: ExportRun) -> Video:
        """The video of an ended export.

        Raises:
            UsageError: it has none.
        """
        if run.video is None:
            raise UsageError(say("export.no video", id=run.id, state=say(f"state.{run.state}")))
        return run.video

    @stoppable
    def disconnect(self) -> None:
        """End the session here, and stop the local studio; what it keeps on disk stays."""
        global _current  # noqa: PLW0603 - as above
        self._close()
        self.left = True
        if _current is self:
            _current = None
            spoken_usually("")
        if self.local:
            launcher.stop()


@shown.register
def _session(session: Session) -> Bundle:
    """A session as a cell's last value: what is known of it, without asking the server."""
    if output.is_shown(session):
        return {"text/plain": repr(session)}, {}
    connection = session._connection  # noqa: SLF001 - one of our own
    with speaking(connection.place.language):
        how = say("card.disconnected" if session._closed else "card.connected")  # noqa: SLF001 - likewise
        skill = session.skill.said(connection.place.language)
        title = say("card.skill", how=how, where=session.where, skill=skill.title or skill.name)
        return output.session_bundle(title, connection.seen, session.runs)
