"""Everything that can go wrong, as one tree; each error says what to do next.

NemoError
├── ConnectError            the server can't be reached, or broke the connection
│   ├── StreamDropped       an answer's stream ended before its end
│   │   ├── NotDone         … and by the server's state nothing came of it: it can be sent again
│   │   └── OutcomeUnknown  … and nobody can tell what came of it
│   ├── TimedOut            nothing came for as long as we are willing to wait
│   ├── NotAccepted         it broke, and the server did not take what was sent: it can be sent again
│   ├── UploadUnknown       it broke after the whole file had left: it may have arrived
│   │   └── UploadUnclear   nothing broke, but the answer does not say what was taken
│   └── RenderUnknown       a job was submitted, and what became of it can't be found out
├── ProtocolError           the server answered something that the protocol does not know
│   └── EventTooLarge       an answer, or one event of it, is larger than we take
├── ServerError             the server answered with an error
│   ├── AuthError           1001 / 401: the token is wrong or has expired
│   ├── SessionNotFound     1002 / 404
│   ├── NoCredits           2001
│   ├── UnsupportedFile     4001: also raised before sending, from the file itself
│   ├── FileTooLarge        4002: likewise
│   ├── MissingClientId     400
│   ├── ExportBlocked       402: the plan, or a missing attribution header; not credits
│   ├── RateLimited         429
│   ├── StoreError          507: the studio can't keep anything: no room, no right, its folder gone or damaged
│   └── RenderFailed        the render job ended as failed
│       ├── RenderRefused   … or was refused as it was submitted, and why
│       └── RenderGone      … or the server does not know it, so that nobody can tell how it ended
├── AgentError              the agent itself reported a failure
│   └── Refused             it can't do what was asked, has not understood it, or asks back
├── UploadError             the file is missing, empty, or changed while it was sent
├── DownloadError           the result can't be fetched or saved: no folder, no right, no room
├── NothingToExport         the draft has no track with a segment
├── StaleDraft              the timeline was changed elsewhere since one last saw it
├── JournalError            a run can't be written down, so nothing was sent
├── NotConnected            there is no session yet
├── UsageError              a magic or an option was typed wrongly
│   └── TableRefused        an edited table fits no draft: which rows, and why
├── MissingExtra            an optional part of this package is not installed
└── Cancelled               the user stopped it

The numbers are those of the protocol's error table. A message never holds a token or a client id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from .catalogue import ROWS, say
from .host import shell
from .media_types import in_words
from .printable import printable
from .reasons import sentence

if TYPE_CHECKING:
    from collections.abc import Callable


__all__ = [
    "AgentError",
    "AuthError",
    "Cancelled",
    "ConnectError",
    "DownloadError",
    "EventTooLarge",
    "ExportBlocked",
    "FileTooLarge",
    "JournalError",
    "MissingClientId",
    "MissingExtra",
    "NemoError",
    "NoCredits",
    "NotAccepted",
    "NotConnected",
    "NotDone",
    "NothingToExport",
    "OutcomeUnknown",
    "ProtocolError",
    "RateLimited",
    "Refused",
    "RenderFailed",
    "RenderGone",
    "RenderRefused",
    "RenderUnknown",
    "ServerError",
    "SessionNotFound",
    "StaleDraft",
    "StoreError",
    "StreamDropped",
    "TableRefused",
    "TimedOut",
    "UnsupportedFile",
    "UploadError",
    "UploadUnclear",
    "UploadUnknown",
    "UsageError",
]


DiskFault: TypeAlias = Literal[
    "full", "quota", "inodes", "large", "read-only", "denied", "gone", "missing", "file", "broken", "damaged",
    "locked", "handles", "memory", "name",
]  # fmt: skip
"""What can be wrong with a disk, a folder or a database; `disk_faults` has the words."""

shown: list[Callable[[NemoError], object]] = []
"""Who is told when a notebook or a terminal shows an error, once for each error."""


class _Hint:
    """What to do about errors of a class where nothing better is known, in the language that is spoken."""

    def __get__(self, _: object, kind: type[NemoError]) -> str:
        key = next((key for one in kind.__mro__ if (key := f"hint.{one.__name__}") in ROWS), "")
        return say(key, types=in_words()) if key == "hint.UnsupportedFile" else say(key) if key else ""


class NemoError(Exception):
    """The base of all errors of this package.

    Attributes:
        message: what happened, one sentence: a full stop is added where a server's words have none.
        request_id: the server's id of the request, or "".
        nothing_done: whether it is certain that nothing came of the request: it was not sent, or the server
            refused it before any work (protocol §10).
    """

    default_hint = _Hint()
    _told = False
    nothing_done = False

    def __init__(self, message: str, *, hint: str | None = None, request_id: str = "") -> None:
        message = sentence(printable(message))  # it may quote a server, or a file's name
        super().__init__(message)
        self.message = message
        self.hint = self.default_hint if hint is None else hint
        self.request_id = printable(request_id)

    @property
    def hint(self) -> str:
        """What to do next, a sentence or one a line, or ""."""
        return self._hint

    @hint.setter
    def hint(self, words: str) -> None:
        self._hint = printable(words)

    def __str__(self) -> str:
        prefix = f"[{self.request_id}] " if self.request_id else ""
        return f"{prefix}{self.message}" + (f" {self.hint}" if self.hint else "")

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.message, self.hint, self.request_id, self.nothing_done)

    def _render_traceback_(self) -> list[str]:
        """Two lines in a notebook instead of forty: IPython asks the exception for them."""
        if not self._told:
            self._told = True
            for listener in shown:
                listener(self)
        return self._lines()

    def _brief(self) -> str:
        """What happened, as a notebook shows it."""
        return self.message

    def _lines(self) -> list[str]:
        name = type(self).__name__
        if str(getattr(shell(), "colors", "")).lower() != "nocolor":  # as IPython was asked to
            name = f"\x1b[31m{name}\x1b[0m"
        lines = [f"{name}: {self._brief()}"]
        return [*lines, *(f"  → {hint}" for hint in self.hint.splitlines())]


def _rebuild(
    kind: type[NemoError],
    message: str,
    hint: str,
    request_id: str,
    nothing_done: bool = False,  # noqa: FBT001, FBT002 - as pickle calls it
) -> NemoError:
    error = kind(message, hint=hint, request_id=request_id)
    error.nothing_done = nothing_done
    return error


class ConnectError(NemoError):
    """The server can't be reached, or broke the connection."""


class StreamDropped(ConnectError):
    """The stream of an answer ended before its end; the edit may have been made all the same.

    Attributes:
        fell_silent: whether it did not break: nothing came any more, so that the work may well go on.
    """

    fell_silent = False


class NotDone(StreamDropped):
    """The stream ended before its end, and the server's state shows that nothing came of the message."""


class OutcomeUnknown(StreamDropped):
    """The stream ended before its end, and the server's state can't be read."""


class TimedOut(ConnectError):
    """Nothing came for as long as we are willing to wait."""


class NotAccepted(ConnectError):
    """The connection broke, and the server did not take what was sent: nothing came of it."""


class UploadUnknown(ConnectError):
    """The connection broke after the whole file had left, before the answer: it may have arrived or not."""


class UploadUnclear(UploadUnknown):
    """The server answered an upload, but not in words that say what it took: the state shows what it has."""


class RenderUnknown(ConnectError):
    """Whether the server has a job that was submitted, or what became of it, can't be found out."""


class ProtocolError(NemoError):
    """The server answered something that the protocol does not know."""


class EventTooLarge(ProtocolError):
    """An answer, or one event of it, is larger than we take, so that its rest is lost."""


class ServerError(NemoError):
    """The server answered with an error."""


class AuthError(ServerError):
    """1001 or HTTP 401: the token is wrong or has expired."""


class SessionNotFound(ServerError):
    """1002 or 404: the server does not know the session.

    Attributes:
        sure: whether it said so by the protocol's own number; a 404 may be that of an address or a gateway.
    """

    sure = True


class NoCredits(ServerError):
    """2001: no credits are left."""


class UnsupportedFile(ServerError):
    """4001: the file is of no supported type."""


class FileTooLarge(ServerError):
    """4002: the file is over 500 MB."""


class MissingClientId(ServerError):
    """400: the server wants a client id."""


class ExportBlocked(ServerError):
    """402: the plan does not include exports (this is not about credits)."""


class RateLimited(ServerError):
    """429: too many requests."""


class StoreError(ServerError):
    """507: the studio can't read or keep what it has to; nothing was changed.

    Attributes:
        number: HTTP's (RFC 4918 §11.5). A request that was answered by it is not repeated but by the user.
        fault: what is wrong with its disk, folder or database, a `DiskFault`; "" for anything
            else.
    """

    number = 507
    fault: DiskFault | Literal[""] = ""


class RenderFailed(ServerError):
    """The render job ended as failed.

    Attributes:
        retry: whether another try may go well; False where the studio says that it won't.
    """

    retry = True


class RenderRefused(RenderFailed):
    """The server refused the draft or the output as it was submitted: nothing is rendered."""


class RenderGone(RenderFailed):
    """The server does not know the render job, or not any more: nobody can tell how it ended."""


class AgentError(NemoError):
    """The agent itself reported a failure."""


class Refused(AgentError):
    """The agent can't do what was asked, has not understood it, or asks back: the timeline is as it was.

    Raised only where it was asked for: `edit(…, strict=True)`.
    """

    above = False
    """Whether a notebook shows the agent's words above it already."""

    def _brief(self) -> str:
        if not self.above:
            return self.message
        return say("refused.above") if self.hint else say("refused.asks")


class UploadError(NemoError):
    """The file is missing, empty, not what its name says, or changed while it was sent."""


class DownloadError(NemoError):
    """The result can't be fetched or saved; nothing stands under its name but what stood there before."""


class NothingToExport(NemoError):
    """The draft has no track with a segment."""


class StaleDraft(NemoError):
    """The timeline is not what one last saw: somebody else, or an earlier edit, has changed it.

    A studio says `code` where that happened after the message had been sent, and does nothing with it.
    """

    code = "CONFLICT"


class JournalError(NemoError):
    """A run can't be written down, so nothing was sent."""


class NotConnected(NemoError):
    """There is no session yet."""


class UsageError(NemoError):
    """A magic or an option was typed wrongly."""


class TableRefused(UsageError):
    """An edited table fits no draft, and nothing was made of it.

    Attributes:
        rows: what is wrong with it: of each the row's id, the column, and the reason.
    """

    rows: tuple[tuple[str, str, str], ...] = ()


class MissingExtra(NemoError):
    """An optional part of this package is not installed."""


class Cancelled(NemoError):
    """The user stopped it. A cell that ends so has an error status, hence *Run All* stops too.

    Attributes:
        run_id: the run that was stopped, "" if none was under way.
    """

    run_id = ""

    def _lines(self) -> list[str]:
        return [self.message + (f" {self.hint}" if self.hint else "")]
