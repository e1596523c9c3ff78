"""What the agent is given for a turn, and the steps that it answers with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nemo_widgets.draft import Draft
    from nemo_widgets.studio.timeline.media_item import MediaItem

__all__ = [
    "Done",
    "Earlier",
    "Heartbeat",
    "OutcomeWord",
    "Picture",
    "Question",
    "Step",
    "Text",
    "ToolCall",
    "ToolResult",
    "World",
]


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be found in an uploaded file: `kind` names one of the studio's analyses.

    `options` are its keyword arguments, in the order of their names.
    """

    kind: str
    src: str
    options: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """A message before this one: what was said, what was answered, and whether it changed anything."""

    text: str
    reply: str
    changed: bool


class World(Protocol):
    """The session as the agent sees it; the server makes one for each turn.

    `history` holds the older versions of the draft, newest last; `first` is the draft before any
    instruction; `language` is an ISO code such as `en` or `zh-CN`.
    """

    @property
    def draft(self) -> Draft:
        """The present draft, a copy."""

    @property
    def media(self) -> Mapping[str, MediaItem]:
        """The uploaded files by `src`."""

    @property
    def history(self) -> Sequence[Draft]:
        """The older versions, newest last."""

    @property
    def first(self) -> Draft:
        """The draft before any instruction."""

    @property
    def language(self) -> str:
        """The session's language."""

    @property
    def undone(self) -> Sequence[Draft]:
        """What undos have left since the last edit: what a redo brings back, the next one last."""

    def made(self, draft: Draft, /) -> Sequence[str]:
        """What was said for the edits that stand in one of these versions, oldest first.

        "" for what came without words, as an upload does; what was undone is not among them.
        """

    @property
    def earlier(self) -> Sequence[Earlier]:
        """The messages before this one, newest last."""

    def find(self, question: Question, progress: Callable[[float], None] | None = None, /) -> Any:
        """The answer to a question, as JSON; may take long. None where there was nothing to go by.

        Raises:
            AnalysisError: it can't be found, and why.
        """

    def text_of(self, src: str, encoding: str = "", /) -> str:
        """What is written in an uploaded text file, in that encoding if one is named.

        Raises:
            KeyError: there is no such source. MediaError: it is no text file, or too large for one.
            EditRefused: it is in no such encoding. Unclear: it may be in several.
        """

    def cancelled(self) -> bool:
        """Whether the user stopped the turn."""


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of the answer, to be appended to the pieces before it."""

    delta: str


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool is called; `args` is JSON."""

    id: str
    name: str
    args: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What the tool of the same `id` answered; `response` is JSON."""

    id: str
    name: str
    response: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """Something to look at, as PNG; `alt` says in words what is seen."""

    png: bytes = field(repr=False)
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Work goes on and there is nothing to say yet, but how far it is, where that is known.

    `tool` has looked through `done_ms` of `whole_ms` of the file called `source`; all empty where not known.
    """

    tool: str = ""
    source: str = ""
    done_ms: int = 0
    whole_ms: int = 0


OutcomeWord: TypeAlias = Literal["done", "refused", "asked", "answered"]
"""What became of a message: it was carried out; it was not understood or can't be done, and nothing was
changed; a question came back; a question of the user's was answered, and nothing was to change."""


@dataclass(frozen=True, slots=True)
class Done:
    """The turn's end, always its last step.

    `draft` is the new version, None if nothing changed. `reply` is the whole answer ("" on a silent turn).
    `undo` counts the versions stepped back, `redo` those brought back. `edits` are the names of what was
    done, in order. `outcome` is what became of the message. `answers`: whether it is the answer to the
    question that the message before it ended with, None where there is none.
    """

    draft: Draft | None
    reply: str
    undo: int = 0
    redo: int = 0
    edits: list[str] = field(default_factory=list)
    outcome: OutcomeWord = "done"
    answers: bool | None = None


Step = Text | ToolCall | ToolResult | Picture | Heartbeat | Done
