"""What the user holds: one session with the cloud or with the studio on this machine."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any, TypeVar

from nemo_widgets import launcher, live, skills
from nemo_widgets.draft import Draft, summary
from nemo_widgets.errors import Cancelled, NemoError, NotConnected, UsageError
from nemo_widgets.loop import blocking, submit

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

    from nemo_widgets.client import AsyncClient, Credits, State
    from nemo_widgets.running import Connection, EditRun, ExportRun, Run, UploadRun, Video
    from nemo_widgets.skills import Skill
    from nemo_widgets.widgets import Player, TimelinePicture

__all__ = ["Session", "connect", "current"]

T = TypeVar("T")
R = TypeVar("R", bound="Run")

_current: Session | None = None


def connect(
    *,
    local: bool = False,
    skill: str = skills.DEFAULT,
    language: str | None = None,
    url: str | None = None,
    data: str | Path | None = None,
) -> Session:
    """Connect, and make the session that every call and magic uses from now on.

    Args:
        local: use the studio on this machine (no account, no network) instead of the cloud.
        skill: the skill to work with, by name; see `nemo.skills.every()`.
        language: what the agent answers in, such as `en` or `zh-CN`; by default your system's.
        url: another server that speaks the protocol (default: NEMO_API_URL, else the cloud).
        data: the folder where the local studio keeps sessions and media.

    Raises:
        MissingExtra: `local` without the studio installed.
        ConnectError, AuthError, RateLimited: the server can't be reached or does not let us in.
        UsageError: there is no such skill.
    """
    global _current
    chosen = skills.get(skill)
    if local and url:
        raise UsageError("A url and local=True contradict each other.", hint="Leave one of them out.")
    from nemo_widgets.client import AsyncClient

    if local:
        studio = launcher.studio(data)
        client = AsyncClient(
            base_url=studio.url, token=studio.token, skill=chosen.name, skill_version=chosen.version
        )
    else:
        client = AsyncClient(base_url=url, skill=chosen.name, skill_version=chosen.version)
    session = _wait(_open(client, chosen, language or _language(), local=local))
    previous, _current = _current, session
    if previous is not None:
        previous._close()  # noqa: SLF001 - one of our own
    live.show_markdown(_card(session))
    return session


def current() -> Session:
    """The session that the magics use.

    Raises:
        NotConnected: there is none yet.
    """
    if _current is None:
        raise NotConnected("There is no session yet.")
    return _current


class Session:
    """A conversation about one timeline. Made by `connect`.

    Every call has two forms: one that waits (`edit`, `upload`, `export`) and runs that do not (`start`).
    All of them show their progress in the cell, and stop at once with the kernel's Stop.
    """

    def __init__(self, connection: Connection, skill: Skill, *, local: bool, task_id: str) -> None:
        self.skill = skill
        self.local = local
        self.runs: list[Run] = []
        self._connection = connection
        self._task_id = task_id
        self._video: Video | None = None

    def __repr__(self) -> str:
        where = _where(self).replace("*", "")
        return f"<nemo session with {where}, skill {self.skill.name}, {len(self.runs)} runs>"

    # -- work ---------------------------------------------------------------------------------------

    def upload(self, *sources: str | Path) -> UploadRun:
        """Upload files and links in the order given; videos and pictures stand on the timeline at once.

        Raises:
            UploadError, UnsupportedFile, FileTooLarge: a file can't be taken; the others were.
        """
        return self.start_upload(*sources, background=False).result()

    def edit(self, instruction: str) -> EditRun:
        """Tell the agent what to do, in plain words, and wait for its answer.

        Raises:
            Cancelled: it was stopped. AgentError: the agent failed. NoCredits: the cloud wants more.
        """
        return self.start(instruction, background=False).result()

    def export(self, path: str | Path | None = None, *, draft: Draft | None = None, **output: Any) -> Video:
        """Render the timeline and download it; as a cell's last value the result shows as a player.

        Args:
            path: where to; by default a name after the first clip that overwrites nothing.
            draft: another draft than the session's present one.
            output: format, quality, resolution, fps, codec, crf (protocol §9).

        Raises:
            NothingToExport: the timeline is empty. RenderFailed, ExportBlocked: the server says why.
        """
        return self.exported(self.start_export(path, draft=draft, background=False, **output).result())

    def start(self, instruction: str, *, background: bool = True) -> EditRun:
        """`edit` without waiting: the run can be awaited, asked for its `result()`, or cancelled.

        A run in the `background` may outlive its cell, so its Cancel never interrupts whatever cell is busy.
        """
        from nemo_widgets.running import EditRun

        words = instruction.strip()
        if not words:
            raise UsageError("There is no instruction.", hint="Say what to do, such as: cut the pauses.")
        return self._begin(EditRun(self._connection, words), background=background)

    def start_upload(self, *sources: str | Path, background: bool = True) -> UploadRun:
        """`upload` without waiting."""
        from nemo_widgets.running import UploadRun

        if not sources:
            raise UsageError(
                "There is nothing to upload.", hint="Name a file or a link: `%nemo upload clip.mp4`."
            )
        return self._begin(UploadRun(self._connection, sources), background=background)

    def start_export(
        self,
        path: str | Path | None = None,
        *,
        draft: Draft | None = None,
        background: bool = True,
        **output: Any,
    ) -> ExportRun:
        """`export` without waiting."""
        from nemo_widgets.running import ExportRun

        known = ("format", "quality", "resolution", "fps", "codec", "crf")
        if wrong := set(output) - set(known):
            raise UsageError(f"Unknown: {', '.join(sorted(wrong))}.", hint=f"There are {', '.join(known)}.")
        settings = {"format": "mp4", "quality": "high", **output} if output else None
        run = ExportRun(self._connection, path, draft=draft, output=settings)
        return self._begin(run, background=background)

    def exported(self, run: ExportRun) -> Video:
        """The video of an ended export, remembered for `play`."""
        if run.video is None:
            raise UsageError(f"{run.id} has no video ({run.state}).")
        self._video = run.video
        return run.video

    def cancel(self) -> list[Run]:
        """Stop everything that is under way; returns what was."""
        stopped = [run for run in self.runs if not run.done]
        for run in stopped:
            run.cancel()
        return stopped

    # -- looking ------------------------------------------------------------------------------------

    @property
    def draft(self) -> Draft:
        """The timeline as it is now: `.tracks` and `.segments` are DataFrames, `.data` is the JSON."""
        return self.state().draft

    @property
    def timeline(self) -> TimelinePicture:
        """The timeline as a picture."""
        from nemo_widgets.widgets import TimelinePicture

        return TimelinePicture(self.draft)

    def state(self) -> State:
        """All that the server knows of the session (protocol §7)."""
        return _wait(self._connection.state())

    def credits(self) -> Credits:
        """The balance: available, frozen and total credits."""
        return _wait(self._connection.client.credits())

    def status(self) -> str:
        """The timeline and what is under way, in a few words."""
        busy = [repr(run) for run in self.runs if not run.done]
        return "\n".join([summary(self.draft), *busy])

    def play(self, video: str | Path | Video | None = None) -> Player:
        """A player for the last export, or for any video file.

        Raises:
            UsageError: nothing was exported yet, or there is no such file.
        """
        from nemo_widgets.widgets import Player

        chosen = video if video is not None else self._video
        if chosen is None:
            raise UsageError(
                "Nothing has been exported yet.", hint="Run `%nemo export` first, or name a file."
            )
        return Player(os.fspath(chosen))

    def claim_link(self) -> str:
        """A link that takes this session over into an account in the browser (cloud only)."""
        return _wait(self._connection.client.claim_link(self._task_id, self._connection.session_id))

    def disconnect(self) -> None:
        """End the session here, and stop the local studio; what it keeps on disk stays."""
        global _current  # noqa: PLW0603 - as in connect
        self._close()
        if _current is self:
            _current = None
        if self.local:
            launcher.stop()

    def _begin(self, run: R, *, background: bool) -> R:
        self.runs.append(run)
        live.show(run, background=background)
        return run

    def _close(self) -> None:
        self.cancel()
        submit(self._connection.client.aclose())


async def _open(client: AsyncClient, chosen: Skill, language: str, *, local: bool) -> Session:
    from nemo_widgets.running import Connection

    try:
        await client.authenticate()
        made = await client.create_session(language)
    except BaseException:
        await client.aclose()
        raise
    return Session(Connection(client, made.session_id), chosen, local=local, task_id=made.task_id)


def _wait(work: Coroutine[Any, Any, T]) -> T:
    try:
        return blocking(submit(work))
    except KeyboardInterrupt:
        raise Cancelled("Stopped waiting for the server.") from None


def _language() -> str:
    return "zh-CN" if os.environ.get("LANG", "").lower().startswith("zh") else "en"


def _card(session: Session) -> str:
    chosen = session.skill
    facts = [f"Connected to {_where(session)}", f"skill **{chosen.title or chosen.name}**", _balance(session)]
    lines = [" · ".join(fact for fact in facts if fact)]
    if chosen.prompts:
        lines.append(f"Try: *{chosen.prompts[0]}*")
    if chosen.usual and not session._connection.local:  # noqa: SLF001 - one of our own
        lines.append(f"An edit usually takes {chosen.usual}. {chosen.tip}")
    return "\n\n".join(lines)


def _where(session: Session) -> str:
    if session.local:
        return "the **studio on this machine**"
    client = session._connection.client  # noqa: SLF001 - one of our own
    if client.is_studio:
        return f"a **studio** at {client.address.api}"
    return "the **NemoVideo cloud**" if client.address.is_cloud else f"the server at {client.address.api}"


def _balance(session: Session) -> str:
    if session.local:
        return "edits cost nothing here"
    with contextlib.suppress(NemoError):  # connected all the same
        return f"{session.credits().available} credits"
    return ""
