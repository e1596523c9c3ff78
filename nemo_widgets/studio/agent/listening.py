"""Looking into the media while the turn shows that it is alive: the search runs in a thread of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from threading import Event
from typing import TYPE_CHECKING, Any, Protocol

from nemo_widgets.studio.words import Said, spaced

from .edits.calling import joined
from .world import Heartbeat, ToolCall, ToolResult

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence

    from nemo_widgets.draft import Draft
    from nemo_widgets.studio.agent.edits.edit import Edit
    from nemo_widgets.studio.timeline.media_item import MediaItem

    from .world import Earlier, Question, Step, World

__all__ = ["UNLOOKED", "Listened", "Stopped", "beside"]

_TOOLS = {
    "pauses": "analyze_audio",
    "loudness": "measure_loudness",
    "beats": "detect_beats",
    "scenes": "detect_scenes",
    "moments": "score_moments",
    "stretches": "inspect_picture",
    "kisses": "detect_kiss",
    "focus": "track_faces",
    "strip": "take_stills",
}
"""The tool that answers each kind of question, as the stream names it."""
_TELL_S = 0.3
"""How often it is told how far a search is."""
_SHOWN = 40
"""A list longer than this is told by its length only."""


class Stopped(Exception):
    """The user stopped the turn, or whoever drives it closed it."""


class Asking(Protocol):
    """What has to be found before it can be done or told, such as an edit."""

    def questions(self, draft: dict[str, Any], world: World) -> Sequence[Question]:
        """What is asked of the sources."""


UNLOOKED = Said("So I could not look for that.", "所以没法查找。")
"""Behind why it could not be looked for."""


class Listened:
    """The world with what edits ask for found already."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._known: dict[Question, Any] = {}
        self._failed: dict[str, tuple[Said, list[str]]] = {}
        self._missed: set[Question] = set()

    @property
    def trouble(self) -> list[Said]:
        """What could not be found, and why: each reason once, with the other files that it holds for."""
        told = []
        for why, (first, *others) in self._failed.values():
            more = dict.fromkeys(name for name in others if name != first)
            told.append(Said(f"{first}: {why.en}" if not why.en.startswith("is ") else f"{first} {why.en}",
                             f"{first}：{why.zh}"))  # fmt: skip
            if more:
                which = joined([Said(name, name) for name in more])
                told.append(Said(f"Likewise {which.en}.", spaced(which.zh, "也一样。")))
        return told

    def listen(self, edit: Asking, draft: dict[str, Any], heartbeat_s: float) -> Generator[Step, None, None]:
        """Find what an edit asks for, with a call and an answer for each question, and heartbeats between.

        An answer may raise another question: it is asked until nothing new is.

        Raises:
            Stopped: the turn was cancelled.
        """
        from nemo_widgets.studio.analysis.errors import AnalysisCancelled, AnalysisError  # brings numpy

        while new := [q for q in edit.questions(draft, self) if q not in self._known]:
            for question in dict.fromkeys(new):
                item = self.media.get(question.src)
                name = item.name if item is not None else question.src
                call, tool = f"analyze_{len(self._known) + 1}", _TOOLS.get(question.kind, question.kind)
                yield ToolCall(call, tool, {"source": name, **_in_seconds(question.options)})
                try:
                    found = yield from beside(
                        lambda progress, asked=question: self._world.find(asked, progress),  # type: ignore[misc]
                        self._world,
                        heartbeat_s,
                        (tool, name, item.duration_ms if item is not None else 0),
                    )
                except AnalysisCancelled as stopped:
                    raise Stopped from stopped
                except AnalysisError as error:
                    found = None
                    self._missed.add(question)
                    why = Said(str(error).removeprefix(f"{name} "), error.zh)
                    self._failed.setdefault(why.en, (why, []))[1].append(name)
                    yield ToolResult(call, tool, {"status": "error", "message": str(error)})
                else:
                    yield ToolResult(call, tool, {"status": "success", **_told(question.kind, found)})
                self._known[question] = found

    def missed(self, edit: Edit, draft: dict[str, Any]) -> bool:
        """Whether something could not be looked for that an edit asks for."""
        return any(question in self._missed for question in edit.questions(draft, self))

    @property
    def draft(self) -> Draft:
        """The present draft."""
        return self._world.draft

    @property
    def media(self) -> Mapping[str, MediaItem]:
        """The uploaded files."""
        return self._world.media

    @property
    def history(self) -> Sequence[Draft]:
        """The older versions."""
        return self._world.history

    @property
    def first(self) -> Draft:
        """The draft before any instruction."""
        return self._world.first

    @property
    def language(self) -> str:
        """The session's language."""
        return self._world.language

    @property
    def undone(self) -> Sequence[Draft]:
        """What a redo brings back."""
        return self._world.undone

    def made(self, draft: Draft, /) -> Sequence[str]:
        """What was said for the edits that stand in a version."""
        return self._world.made(draft)

    @property
    def earlier(self) -> Sequence[Earlier]:
        """The messages before this one."""
        return self._world.earlier

    def find(self, question: Question, _progress: Callable[[float], None] | None = None, /) -> Any:
        """What was found before; None where it was not asked for, or the search had nothing to go by."""
        return self._known.get(question)

    def text_of(self, src: str, encoding: str = "", /) -> str:
        """What is written in an uploaded text file."""
        return self._world.text_of(src, encoding) if encoding else self._world.text_of(src)

    def cancelled(self) -> bool:
        """Whether the user stopped the turn."""
        return self._world.cancelled()


def beside(
    work: Callable[[Callable[[float], None]], Any],
    world: World,
    heartbeat_s: float,
    about: tuple[str, str, int] = ("", "", 0),
) -> Generator[Heartbeat, None, Any]:
    """Carry out `work` in a thread, yield a heartbeat now and then, and return what came of it.

    `work` is given a function to call with its progress, which ends it once the turn is stopped. `about` are
    the tool, the file's name and its length in ms: with a length, a beat tells how far the work is, and more
    of them come.

    Raises:
        Stopped: the turn was cancelled. Whatever the work itself raises.
    """
    closed, shares = Event(), [0.0]
    tool, source, whole_ms = about
    wait_s = min(heartbeat_s, _TELL_S) if whole_ms else heartbeat_s

    def progress(share: float) -> None:
        if closed.is_set() or world.cancelled():
            raise Stopped
        shares[0] = min(1.0, max(0.0, share))

    def beat() -> Heartbeat:
        return Heartbeat(tool, source, round(shares[0] * whole_ms), whole_ms)

    pool = ThreadPoolExecutor(1, thread_name_prefix="looking")
    try:
        found = pool.submit(work, progress)
        yield beat()
        while True:
            try:
                return found.result(timeout=wait_s)
            except NotYet:
                if found.done():
                    raise
                if world.cancelled():
                    raise Stopped from None
                yield beat()
    finally:
        closed.set()
        pool.shutdown(wait=False, cancel_futures=True)


def _in_seconds(options: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    """Options as the tool's arguments: times in seconds, named without `_ms`."""
    return {k.removesuffix("_ms"): v / 1000 if k.endswith("_ms") else v for k, v in options}


def _told(kind: str, found: Any) -> dict[str, Any]:
    """What was found, short enough for the stream."""
    if kind == "strip":
        return {"times": [ms / 1000 for ms in found["times"]]} if found else {}
    if isinstance(found, dict):
        return {k: len(v) if isinstance(v, list) and len(v) > _SHOWN else v for k, v in found.items()}
    if not isinstance(found, (list, tuple)):
        return {}
    if kind == "pauses":
        return {"pauses": len(found), "ranges": [[a / 1000, b / 1000] for a, b in found]}
    return {"found": len(found)} | ({kind: list(found)} if len(found) <= _SHOWN else {})
