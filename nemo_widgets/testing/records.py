"""What a scripted backend received."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Render", "Request", "Upload"]


@dataclass(frozen=True, slots=True)
class Request:
    """A request, whatever came of it.

    Attributes:
        headers: names in lower case; the values of those that hold a secret are hidden.
        size: bytes of the body.
        json: the body, where it was JSON.
    """

    method: str
    path: str
    headers: dict[str, str] = field(repr=False)
    size: int = 0
    json: Any = field(default=None, repr=False)

    @property
    def line(self) -> str:
        """Method and path: `POST /run_sse`."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that arrived, or a link to one (`content` is empty then).

    Attributes:
        kind: video, image or audio.
        link: the address, where a link was sent.
        hash: SHA-256 of the content.
    """

    session_id: str
    filename: str
    kind: str
    content: bytes = field(repr=False)
    link: str = ""
    hash: str = field(default="", repr=False)

    @property
    def size(self) -> int:
        """Bytes of the content."""
        return len(self.content)


@dataclass(slots=True)
class Render:
    """A render job.

    Attributes:
        draft, output: what was to be rendered, and how.
        submitted: how often this id was submitted. More than once means that it was paid twice elsewhere.
        polls: how often its status was asked for.
        cancelled: whether it was cancelled before its end.
    """

    id: str
    session_id: str
    draft: dict[str, Any] = field(repr=False)
    output: dict[str, Any]
    submitted: int = 1
    polls: int = 0
    cancelled: bool = False
    statuses: list[Any] = field(default_factory=list, repr=False)
    result: bytes = field(default=b"", repr=False)
