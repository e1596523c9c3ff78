"""How a render is (§9), out of any shape of answer: the protocol leaves most of it open.

Pure: what the same job said before is told by a `Scale`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nemo_widgets.links import plain_links
from nemo_widgets.printable import printable_repr

from .json_values import first, mapping, number, plain, text
from .reason_words import SAID, WRONG, why_in
from .render_output import found_in, link_in, output_in
from .render_words import KNOWN, OF_AN_ENVELOPE, WORDS, incomplete, only_cancelled, state_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["ENDED", "KNOWN", "RenderStatus", "Scale", "complaint", "denial", "job_id", "tells_of_a_job"]

ENDED = ("completed", "failed", "cancelled")
_WRAPPERS = ("data", "result", "job", "render", "renderjob", "task", "payload", "response", "item")
_DEEPEST = 4
_STATE = ("status", "state", "renderstatus", "jobstatus", "type")
_PERCENT = ("percent", "percentage", "progresspercent", "percentcomplete")
_PROGRESS = ("progress", "overallprogress")
_DONE = ("done", "completed", "finished", "isdone")
_WARNED = ("warnings", "warning")
_CANCELLED = (
    "cancelreason", "cancellationreason", "cancelledreason", "canceledreason", "cancelmessage",
    "cancellationmessage", "abortreason", "stopreason", "stoppedreason", "terminationreason",
)  # fmt: skip
_CANCELLED_BY = ("cancelledby", "canceledby", "abortedby", "stoppedby")
_ACCEPTS = ("accepted", "queued", "enqueued", "submitted", "scheduled", "ok", "success")
"""By one of these, said to be false, an answer to a submit denies that there is a job."""
_ID = ("renderid", "jobid", "id")
_FRAMES = ("frames", "framesrendered", "framesencoded")
_FRAMES_TOTAL = ("framestotal", "totalframes", "framecount")
_ALL = 100.0
_LONGEST = 500


class Scale:
    """Reads the progress of one job as percents: a server may count to 1 or to 100.

    A value below 1 is a share only as long as the job has not told one above 1; 1 itself is the whole only
    where shares have come before it.
    """

    def __init__(self) -> None:
        self._shares = self._percents = False

    def read(self, value: float) -> float:
        """The percents, 0 to 100, that a value means after those before it."""
        self._percents = self._percents or value > 1
        self._shares = self._shares or 0 < value < 1
        if value < 1 or (value == 1 and self._shares):
            value = value if self._percents else value * 100
        return min(100.0, max(0.0, value))


@printable_repr
@dataclass(frozen=True, slots=True)
class RenderStatus:
    """A render job (§9).

    Attributes:
        status: pending, processing, completed, failed or cancelled; a word we do not know stays as it came.
        progress: 0 to 100; None where the server does not tell.
        url: where the result is; may be relative to the server.
        duration: seconds, and `size` bytes, where told, else 0.
        error: why it failed or was cancelled, in the server's words.
        notes: what they say of a result that is there, but not whole.
        frames: frames encoded, of `frames_total`; 0 of 0 where the server does not tell.
        copy_frames: those of them that were taken over as they are coded, of `copy_frames_total`, likewise.
        stage: what is done now, as the studio tells it: listening, encoding or writing; else "".
        heard_ms: sound listened to beforehand, of `sound_ms`, likewise.
        width, height, fps: of the result, where told, else 0.
        retry: False where the studio says that another try would fail just the same.
    """

    id: str
    status: str = "pending"
    progress: float | None = None
    url: str = field(default="", repr=False)
    duration: float = 0.0
    size: int = 0
    error: str = ""
    notes: str = ""
    frames: int = 0
    frames_total: int = 0
    copy_frames: int = 0
    copy_frames_total: int = 0
    stage: str = ""
    heard_ms: int = 0
    sound_ms: int = 0
    width: int = 0
    height: int = 0
    fps: float = 0.0
    retry: bool = True
    raw: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_json(cls, body: dict[str, Any], render_id: str = "", scale: Scale | None = None) -> RenderStatus:
        """Read an answer of any shape; `scale` has read the answers about the same job before it."""
        levels = list(_levels(body))
        output = output_in(levels)
        link = link_in(levels, output)
        percent = _percent(levels, scale or Scale())
        status = _state(levels, link, percent) or "pending"
        total = _whole(levels, *_FRAMES_TOTAL)
        return cls(
            id=job_id(body) or render_id,
            status=status,
            progress=100.0 if status == "completed" else percent,
            url=link,
            duration=number(first(output, "duration")) or number(found_in(levels, "duration")) or 0.0,
            size=_whole([output, *levels], "size", "filesize"),
            error=_error([*levels, output], status),
            notes=_notes(levels) if status == "completed" else "",
            frames=min(_whole(levels, *_FRAMES), total),
            frames_total=total,
            copy_frames=min(_whole(levels, "copyframes"), _whole(levels, *_FRAMES), total),
            copy_frames_total=min(_whole(levels, "copyframestotal"), total),
            stage=text(found_in(levels, "stage")),
            heard_ms=_whole(levels, "heardms"),
            sound_ms=_whole(levels, "soundms"),
            width=_whole([output], "width"),
            height=_whole([output], "height"),
            fps=number(first(output, "fps")) or 0.0,
            retry=found_in(levels, "retry") is not False,
            raw=body,
        )

    @property
    def sure(self) -> bool:
        """Whether its state is said by a word that can't be about the answer itself, such as `error`."""
        return any(word not in OF_AN_ENVELOPE for level in _levels(self.raw) for word in _words(level))

    @property
    def ended(self) -> bool:
        """Whether nothing more comes of it."""
        return self.status in ENDED

    @property
    def understood(self) -> bool:
        """Whether we know the word for its state."""
        return self.status in KNOWN

    @property
    def share(self) -> float | None:
        """How much of it is done, 0 to 1: by its frames where they are told; None where nothing is."""
        if self.frames_total and self.status != "completed":
            return self.frames / self.frames_total
        return None if self.progress is None else self.progress / 100


def tells_of_a_job(body: Any) -> bool:
    """Whether an answer says how a job is: by a word, a progress, a link, or that it is done."""
    levels = list(_levels(body))
    link = link_in(levels, output_in(levels))
    return bool(_state(levels, link, _percent(levels, Scale())))


def job_id(body: Any) -> str:
    """The job's id that an answer names; "" if it names none."""
    return text(found_in(list(_levels(body)), *_ID))


def _levels(body: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The objects of an answer that may tell of the job, the innermost first, their keys spelt one way."""
    body = body[0] if isinstance(body, list) and len(body) == 1 else body
    here = {plain(key): value for key, value in mapping(body).items()}
    if depth < _DEEPEST:
        for held in map(here.get, _WRAPPERS):
            if isinstance(held, (dict, list)):
                yield from _levels(held, depth + 1)
    if here:
        yield here


def _whole(levels: Sequence[dict[str, Any]], *keys: str) -> int:
    return max(0, round(number(found_in(levels, *keys)) or 0))


def _state(levels: Sequence[dict[str, Any]], link: str, percent: float | None) -> str:
    """The job's state: the innermost word that is about the job; "" where nothing tells of one."""
    words = [(word, level is levels[0]) for level in levels for word in _words(level)]
    own = [word for word, _ in words if word not in OF_AN_ENVELOPE]
    if known := [WORDS[word] for word in own if word in WORDS]:
        return known[0]
    if told := _flag(levels):
        return told
    envelope, innermost = words[0] if words and not own else ("", False)
    bad = OF_AN_ENVELOPE.get(envelope) == "failed"
    if link and not bad and (percent is None or percent >= _ALL):
        return "completed"
    if own or (percent is not None and not bad):
        return own[0] if own else "processing"
    # Flat, there is nothing else that such a word could be about.
    return OF_AN_ENVELOPE.get(envelope, "") if innermost or bad else ""


def _flag(levels: Sequence[dict[str, Any]]) -> str:
    """The state that is told by a truth value."""
    if any(level.get("fatalerrorencountered") is True for level in levels):
        return "failed"
    return "completed" if any(level.get(key) is True for level in levels for key in _DONE) else ""


def _words(level: dict[str, Any]) -> Iterator[str]:
    """Every word for a state that an object holds, in lower case."""
    for key in _STATE:
        value = level.get(key)
        if isinstance(value, dict):
            value = first(value, "status", "state", "name", "code")
        if isinstance(value, str) and (word := state_word(value)) and (key != "type" or word in WORDS):
            yield word


def _percent(levels: Sequence[dict[str, Any]], scale: Scale) -> float | None:
    for level in levels:
        for key in (*_PERCENT, *_PROGRESS):
            value = level.get(key)
            if isinstance(value, dict):
                inside = {plain(name): held for name, held in value.items()}
                value = first(inside, *_PERCENT, *_PROGRESS, "value")
            sure = key in _PERCENT
            if isinstance(value, str):
                sure, value = sure or value.strip().endswith("%"), value.strip().removesuffix("%")
            if (found := number(value)) is not None:
                return min(_ALL, max(0.0, found)) if sure else scale.read(found)
    return None


def _notes(levels: Sequence[dict[str, Any]]) -> str:
    """What an answer says beside a result that is there: what went wrong with it all the same."""
    told = [word for level in levels for key in _STATE if incomplete(word := text(level.get(key)))]
    said = _reason(levels, *WRONG, *_WARNED, *(SAID if told else ()))
    return said or " ".join(word.replace("_", " ").replace("-", " ").lower() for word in told[:1])


def denial(body: Any) -> str | None:
    """Why an answer says that it did not take a job, "" where it does not say that; None if it took one."""
    levels = list(_levels(body))
    if tells_of_a_job(body) or not any(level.get(key) is False for level in levels for key in _ACCEPTS):
        return None
    return _reason(levels, *WRONG, *SAID)


def complaint(body: Any) -> str:
    """What an answer that tells nothing of a job says is wrong; "" where it says nothing, or names a job."""
    if tells_of_a_job(body) or job_id(body):
        return ""
    return _reason(list(_levels(body)), *WRONG)


def _error(levels: Sequence[dict[str, Any]], status: str) -> str:
    """Why a job failed or was cancelled, or what went wrong with one in a state that we don't know."""
    places = [
        place
        for level in levels
        for place in (level, *(mapping(level.get(key)) for key in _STATE))  # its state may be an object
    ]
    if status == "cancelled":
        by = text(found_in(levels, *_CANCELLED_BY))
        why = _reason(places, *_CANCELLED, *WRONG, *SAID)
        return ("" if only_cancelled(why) else why) or (f"by {by}" if by else "")
    if status in KNOWN and status != "failed":
        return ""
    return _reason(places, *WRONG, *SAID)


def _reason(levels: Sequence[dict[str, Any]], *keys: str) -> str:
    """What stands under the first of the keys that says something, on one line."""
    told = (why_in(level, *keys, pairs=True) for level in levels)
    return plain_links(next(filter(None, told), ""))[:_LONGEST]
