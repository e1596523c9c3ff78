"""The client of the protocol: what a program holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

from nemo_widgets.call_checks import check_class, check_constructor
from nemo_widgets.catalogue import say
from nemo_widgets.draft import LONGEST_MS
from nemo_widgets.errors import (
    DownloadError,
    ProtocolError,
    RenderFailed,
    RenderGone,
    RenderRefused,
    UsageError,
)

from . import chat, download, keeping, ledger, render, upload
from .address import Address
from .attribution import attribution
from .auth import Auth
from .calls import Caller
from .credits import Credits
from .explanation import ExportPlan
from .identity import Identity
from .json_values import find
from .json_values import text as text_of
from .models import MediaFile, SessionInfo, State
from .render_status import RenderStatus
from .settings import ClientSettings
from .wire import Call, Wire

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
    from types import TracebackType

    from nemo_widgets.draft import Draft

    from .event_types import Event
    from .keeping import Kept, Surplus
    from .ledger import Ledger, LedgerState, Part
    from .progress import DownloadCallback, UploadCallback
    from .secret import Secret
    from .sse import Message

__all__ = ["AsyncClient"]


@check_constructor
@check_class
class AsyncClient:
    """Speaks the protocol with a server: the cloud, the studio, or any other that knows it.

    Make it anywhere, use it on one event loop. Nothing is sent, read or loaded before the first call.

    >>> async with AsyncClient() as client:                                        # doctest: +SKIP
    ...     session = await client.create_session()
    ...     await client.upload(session.session_id, ["clip.mp4"])
    ...     async for event in client.chat(session.session_id, "cut the pauses"):
    ...         print(event)

    Args:
        base_url: the server's address; by default NEMO_API_URL, else the cloud.
        token: by default NEMO_TOKEN, which is meant for the server that NEMO_API_URL names (else the cloud)
            and goes to no other one beyond this machine; else an anonymous token, which is kept for
            other processes.
        skill, skill_version: the skill to name in every request (protocol §1).
        settings: time-outs, intervals and limits.
        anonymous: True ignores NEMO_TOKEN, False never asks for an anonymous token.
        config_dir: the folder for client id and token, instead of `~/.config/nemovideo`.

    Raises:
        UsageError: the address or the skill's name is malformed. AuthError: the token is malformed,
            or there is only NEMO_TOKEN, which is meant for another server.
    """

    def __init__(
        self,
        *,
        base_url: str | None = None,
        token: Secret | str | None = None,
        skill: str = "video-trimmer-in-between",
        skill_version: str = "1.0.0",
        settings: ClientSettings | None = None,
        anonymous: bool | None = None,
        config_dir: str | os.PathLike[str] | None = None,
    ) -> None:
        self.settings = settings or ClientSettings()
        self.address = Address.find(base_url)
        self._wire = Wire(self.address, self.settings)
        folder = Path(config_dir) if config_dir is not None else None
        self._auth = Auth(
            self._wire,
            Identity(self.address.api, folder),
            self.settings,
            address=self.address,
            attribution=attribution(skill, skill_version),
            token=token,
            anonymous=anonymous,
        )
        self._caller = Caller(self._wire, self._auth, self.settings)

    def __repr__(self) -> str:
        return f"AsyncClient({self.address.api!r})"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections. A later call opens new ones."""
        await self._wire.aclose()

    @property
    def own_token(self) -> Secret | None:
        """The token where it is no anonymous one, for another client of the same server."""
        return self._auth.own

    @property
    def is_studio(self) -> bool:
        """Whether an answer has shown the server to be the studio."""
        return self._wire.is_studio

    @property
    def anonymous(self) -> bool:
        """Whether the token is an anonymous one, so that credits are bound to a registration."""
        return self._auth.anonymous

    @property
    def user_id(self) -> str:
        """The user's id, once the server has told it; "" before."""
        return self._auth.reader.user_id

    @property
    def token_expires(self) -> float:
        """When the anonymous token expires, in seconds since 1970; 0 for a token that was given."""
        return self._auth.expires

    # -- account ------------------------------------------------------------------------------------

    async def authenticate(self) -> None:
        """Make sure that there is a token (§2).

        Raises:
            RateLimited, ConnectError, ServerError: the server gives no token.
        """
        await self._auth.token()

    async def credits(self) -> Credits:
        """The balance (§6)."""
        call = Call("GET", "/api/credits/balance/simple", about="account")
        return Credits.from_json(await self._told(call))

    async def claim_link(self, task_id: str, session_id: str) -> str:
        """Make a link that moves a session into an account, in the browser. It holds for a week (§3).

        Raises:
            NemoError: the request failed.
        """
        body = {"task_id": task_id, "session_id": session_id}
        call = Call("POST", "/api/auth/claim-token", about="account", json=body)
        claim = text_of(find(await self._told(call), "claim_token", "claim", "token"))
        if not claim:
            raise ProtocolError(say("answer.no claim"))
        return f"{self.address.web}/workspace/claim?ct={quote(claim, safe='')}"

    # -- session ------------------------------------------------------------------------------------

    async def create_session(self, language: str = "en", name: str = "project") -> SessionInfo:
        """Make a session (§3). `language` is an ISO code such as en or zh-CN; "" leaves it to the server."""
        body = {"task_name": name, **({"language": language} if language else {})}
        call = Call("POST", "/api/tasks/me/with-session/nemo_agent", about="account", json=body)
        session = SessionInfo.from_json(await self._told(call))
        self._know(session.user_id)
        return session

    async def state(self, session_id: str) -> State:
        """Read all that the server knows of a session (§7).

        Raises:
            SessionNotFound: the server does not know it. NemoError: the request failed.
        """
        path = f"/api/state/nemo_agent/me/{quote(session_id, safe='')}/latest"
        state = State.from_json(await self._told(Call("GET", path)))
        self._know(state.user_id)
        return state

    def chat(
        self,
        session_id: str,
        text: str,
        *,
        key: str = "",
        version: int | None = None,
        draft: Draft | None = None,
        raw: Callable[[Message], None] | None = None,
        ended: Callable[[bool], None] | None = None,
    ) -> AsyncGenerator[Event, None]:
        """Send a message and yield the events of its answer as they come (§4). It is never sent twice.

        Close the iterator (`contextlib.aclosing`), or cancel the task, to stop listening at once.

        Args:
            session_id: the session.
            text: the message.
            key: a name for the message that a studio knows it by (`ledger`); no other server is told.
            version: the version of the draft that the message is meant for (`State.version`). A studio that
                has another one by then does nothing; no other server is told.
            draft: what a studio makes the timeline, by itself and without its agent; the message says what
                it is. No other server can do that.
            raw: called with each message of the stream (`data` is None for a comment) before its events.
            ended: called at the end with whether HTTP marks it as one; else a cut-off stream looks the same.

        Raises:
            StreamDropped: the connection broke midway, or is dead. TimedOut: nothing but heartbeats for too
                long. EventTooLarge: one event is larger than we take. NemoError: the message was refused.
        """
        data = draft.data if draft is not None else None
        return chat.chat(
            self._caller, session_id, text, key=key, version=version, draft=data, raw=raw, ended=ended
        )

    async def ledger(self, session_id: str, only: Part | None = None) -> Ledger | None:
        """Read the studio's records of a session; None if the server is not a studio.

        With `only`, one part is read and the others are empty.

        Raises:
            SessionNotFound: the studio does not know the session. NemoError: a request failed.
        """
        return await ledger.read(self._caller, session_id, only)

    async def states(self, session_id: str) -> list[LedgerState] | None:
        """Read the states that the timeline has had, oldest first; None if the server is not a studio.

        Raises:
            SessionNotFound: the studio does not know the session. NemoError: a request failed.
        """
        return await ledger.states(self._caller, session_id)

    async def cancel_chat(self, session_id: str, key: str = "") -> bool:
        """Stop a message. Only the studio can do that; to other servers nothing is sent.

        Args:
            session_id: the session.
            key: the key that `chat` sent with the message; without it, the message that is being worked on
                is stopped, whoever sent it.

        Returns:
            Whether a message was stopped; False if there was none, or if it had ended.
        """
        if not self.is_studio:
            return False
        path = f"/studio/sessions/{quote(session_id, safe='')}/cancel"
        call = Call("POST", path, json={"key": key} if key else None)
        return (await self._caller.call(call)).mapping().get("cancelled") is not False

    async def withdraw_chat(self, session_id: str, key: str) -> bool:
        """Take back a message whose sending broke off, so that it is not carried out if it still arrives.

        Returns:
            Whether it is certain that the message will not be carried out: False if the studio already has
            it (the ledger says more), and for any other server, to which nothing is sent.
        """
        if not self.is_studio:
            return False
        path = f"/studio/sessions/{quote(session_id, safe='')}/withdraw"
        found = await self._caller.call(Call("POST", path, json={"key": key}))
        return found.mapping().get("withdrawn") is True

    async def frame(
        self, session_id: str, at_ms: int, *, draft: Draft | None = None, resolution: str | None = None
    ) -> bytes:
        """The picture of a session's timeline at a moment, as PNG. Only the studio makes one.

        Args:
            session_id: the session.
            at_ms: the moment.
            draft: another draft than the session's, of the same media.
            resolution: as an export's, such as `360p`; by default the size that an export has by itself.

        Raises:
            UsageError: the server is no studio. NemoError: there is no such picture, or the request failed.
        """
        if not await self._caller.meets_studio():
            raise UsageError(say("frame.studio only"), hint=say("frame.export"))
        path = f"/studio/sessions/{quote(session_id, safe='')}/frame"
        wish = {
            "at_ms": min(at_ms, LONGEST_MS),
            "resolution": resolution,
            "draft": draft.data if draft is not None else None,
        }
        body = {key: value for key, value in wish.items() if value is not None}
        found = await self._caller.call(Call("POST", path, json=body, accept="image/png"))
        if not isinstance(found.data, bytes):
            raise ProtocolError(say("frame.no picture"))
        return found.data

    async def explain(
        self, session_id: str, *, draft: Draft | None = None, output: Mapping[str, Any] | None = None
    ) -> ExportPlan:
        """What an export of a session's timeline would do; nothing is rendered. Only the studio tells it.

        Args:
            session_id: the session.
            draft: another draft than the session's, of the same media.
            output: as `submit_render` takes it.

        Raises:
            UsageError: the server is no studio. NemoError: there is nothing to export, or the request failed.
        """
        if not await self._caller.meets_studio():
            raise UsageError(say("plan.studio only"), hint=say("plan.just export"))
        path = f"/studio/sessions/{quote(session_id, safe='')}/explain"
        body: dict[str, Any] = {"output": dict(output or {})}
        if draft is not None:
            body["draft"] = draft.data
        plan = ExportPlan.from_json((await self._caller.call(Call("POST", path, json=body))).mapping())
        if not plan.format:
            raise ProtocolError(say("plan.no answer"))
        return plan

    async def kept(self, most: int | None = None) -> Kept | None:
        """List the sessions that a studio keeps for us, and its disk space; None if the server is no studio.

        With `most`, only so many are listed: those that were used last.

        Raises:
            NemoError: the request failed.
        """
        return await keeping.kept(self._caller, most)

    async def delete_session(self, session_id: str, *, only_empty: bool = False) -> int:
        """Let a studio remove a session, and return the number of bytes that were freed.

        Raises:
            SessionNotFound: there is no such session. NemoError: work is under way in it, or something is in
                one that is to go `only_empty`, or the request failed.
        """
        return await keeping.delete(self._caller, session_id, only_empty=only_empty)

    async def clean(
        self, *, remove: bool, sessions: Iterable[str] = (), renders: Iterable[str] = ()
    ) -> list[Surplus]:
        """List what a studio keeps and nobody needs; with `remove`, remove it.

        Args:
            remove: whether to remove it.
            sessions: ids of open sessions, of which nothing is removed.
            renders: ids of exports that somebody still waits for.
        """
        return await keeping.clean(self._caller, remove=remove, sessions=sessions, renders=renders)

    # -- media --------------------------------------------------------------------------------------

    async def upload(
        self,
        session_id: str,
        paths: Iterable[str | os.PathLike[str]],
        progress: UploadCallback | None = None,
        *,
        key: str = "",
        turn: Callable[[], Awaitable[object]] | None = None,
    ) -> list[MediaFile]:
        """Upload files in order, each in a request of its own, from the disk in constant memory (§5).

        Args:
            session_id: the session.
            paths: the files.
            progress: called with an UploadProgress now and then; 100 % is told with the server's answer.
            key: a name for the upload that a studio knows it by (`ledger`); no other server is told.
            turn: awaited before the last piece of each body is sent, so that several uploads can be under
                way together and arrive in order. What it raises stops the upload.

        Raises:
            UploadError, UnsupportedFile, FileTooLarge: a file can't be sent, found before anything is; or it
                changed while it was sent, and then did not arrive.
            UploadUnknown: the connection broke after the whole file had left: it may have arrived.
            UploadUnclear: the answer does not say whether it was taken; the state shows it.
            NotAccepted: it broke before that: the file did not arrive. NemoError: the request failed.
        """
        return await upload.send_files(self._caller, session_id, paths, progress, key=key, turn=turn)

    async def upload_links(self, session_id: str, urls: Iterable[str], *, key: str = "") -> list[MediaFile]:
        """Let the server fetch files from the web (§5)."""
        return await upload.send_links(self._caller, session_id, urls, key=key)

    # -- export -------------------------------------------------------------------------------------

    @staticmethod
    def new_render_id() -> str:
        """Make an id for a render, to be written down before the render is submitted."""
        return render.new_id()

    async def submit_render(
        self,
        session_id: str,
        draft: Draft | dict[str, Any],
        output: dict[str, Any] | None = None,
        render_id: str | None = None,
    ) -> str:
        """Submit a draft to be rendered and return the job's id, mostly the one given (§9). It is sent once.

        An answer that is neither a refusal of the error table nor says that there is a job, such as a 500 or
        a page, tells nothing: then the id is asked for.

        A server may refuse the draft or the output with a job that failed at once: `wait_render` tells why.

        Raises:
            RenderRefused, NothingToExport, ExportBlocked, NemoError: it was not submitted.
            NotAccepted: its answer tells nothing, and the server does not know the id: it can be submitted
                again.
            RenderUnknown: its answer tells nothing, and the server can't be asked for the id either.
        """
        return await render.submit(self._caller, session_id, draft, output, render_id)

    async def render_status(self, render_id: str) -> RenderStatus:
        """Read a render's status and progress; RenderFailed if the server does not know the render."""
        return await render.status(self._caller, render_id)

    async def wait_render(
        self,
        render_id: str,
        progress: Callable[[RenderStatus], None] | None = None,
        interval: float | None = None,
        *,
        sent_as: str = "",
    ) -> RenderStatus:
        """Ask every `interval` seconds (30, with the studio 0.1 to 0.3) until the render is done.

        `sent_as` is the id that it was submitted under, where the server gave it another one: it is asked for
        where the server does not know its own.

        Raises:
            RenderFailed, Cancelled: it will not be. RenderRefused: it was refused when it was submitted.
            RenderGone: the server does not know it.
            RenderUnknown, TimedOut, NemoError: nobody can tell.
        """
        return await render.wait(self._caller, render_id, progress, interval, sent_as=sent_as)

    async def render_known(self, render_id: str) -> bool:
        """Ask whether the server knows a render, as often as the settings say before the answer is no.

        Raises:
            RenderUnknown: the server does not tell.
        """
        return await render.known(self._caller, render_id)

    async def render(
        self,
        session_id: str,
        draft: Draft | dict[str, Any],
        output: dict[str, Any] | None = None,
        *,
        progress: Callable[[RenderStatus], None] | None = None,
        submitting: Callable[[str], None] | None = None,
        interval: float | None = None,
        again: bool = True,
    ) -> RenderStatus:
        """Submit and wait; a render that ended as failed is submitted once more under a new id (`again`, §9).

        One of which nobody can tell how it ended is not.

        `submitting` is called with each id before it is sent, so that it can be written down.
        """
        for last in (not again, True):
            render_id = render.new_id()
            if submitting is not None:
                submitting(render_id)
            job = await self.submit_render(session_id, draft, output, render_id)
            try:
                return await self.wait_render(job, progress, interval, sent_as=render_id)
            except (RenderGone, RenderRefused):
                raise
            except RenderFailed as error:
                if last or not error.retry:
                    raise
        raise AssertionError  # the loop's second round returns or raises

    async def cancel_render(self, render_id: str) -> None:
        """Cancel a render. One that has ended or that the server does not know is left alone."""
        await render.cancel(self._caller, render_id)

    async def download(
        self,
        source: RenderStatus | str,
        target: str | os.PathLike[str],
        progress: DownloadCallback | None = None,
        render_id: str | None = None,
        part: str | os.PathLike[str] | None = None,
    ) -> Path:
        """Fetch a result into `target`, which changes only once the whole file is there (§9).

        Args:
            source: a completed render, or a link (which may be relative to the server). Of a render the
                file has to be as large as the server said that it is.
            target: the file.
            progress: called with the bytes received and their number in all, or None.
            render_id: the job, for the API's own route where the link fails; a RenderStatus knows its own.
            part: where the bytes are kept until then. With it, what a broken-off download got stays there
                (and a small file beside it, named `<part>.tag`), and the next call goes on from it, also in
                another process. Without it nothing stays.

        Raises:
            DownloadError: there is nothing to fetch, or it can't be saved. NemoError: fetching failed.
        """
        size, made = 0, isinstance(source, RenderStatus)
        if isinstance(source, RenderStatus):
            if source.status != "completed":
                raise DownloadError(say("result.not done", state=source.status))
            render_id, size = render_id or source.id, source.size
            source = source.url
        return await download.download(
            self._caller,
            source,
            Path(target),
            render_id=render_id or "",
            progress=progress,
            part=Path(part) if part is not None else None,
            size=size,
            made=made,
        )

    async def _told(self, call: Call) -> Any:
        """The answer's JSON, envelope and all: what is wanted may stand in any part of it."""
        body = (await self._caller.call(call)).body
        if not isinstance(body, (dict, list)):
            raise ProtocolError(say("server.promise"))
        return body

    def _know(self, user_id: str) -> None:
        self._auth.reader.user_id = user_id or self._auth.reader.user_id
