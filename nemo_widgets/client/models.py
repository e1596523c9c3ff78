"""The protocol's answers as typed objects. A key that is missing, null or strange reads as nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit

from nemo_widgets.catalogue import say
from nemo_widgets.draft import Draft
from nemo_widgets.errors import ProtocolError
from nemo_widgets.printable import printable_repr

from .json_values import find, layers, mapping, named, number, parsed, plain, text

__all__ = ["MediaFile", "SessionInfo", "State"]

_MOST_INFOS = 2000
"""So many media of a session are read."""
_AROUND_IDS = (
    "session", "task", "user", "project", "info", "output", "attributes", "session_info", "task_info",
    "user_info",
)  # fmt: skip
_STATES = ("state", "session_state")
_OF_A_STATE = frozenset(map(plain, ("draft", "video_infos", "canvas_config")))
_ABOUT = _OF_A_STATE | frozenset(map(plain, (*_STATES, "session", "session_id", "task_id", "user_id")))


@printable_repr
@dataclass(frozen=True, slots=True)
class SessionInfo:
    """A session (§3). Its id is digits beyond 2^53, so it stays a string."""

    task_id: str
    session_id: str
    user_id: str = ""

    @classmethod
    def from_json(cls, data: Any) -> SessionInfo:
        """Read an answer, envelope and all: the ids may stand in any of them, in any spelling.

        Raises:
            ProtocolError: it holds no session id.
        """
        session_id = _id_in(data, "session") or text(find(data, "sid", "conversation_id", "id", "data"))
        if not session_id:
            raise ProtocolError(say("server.no session id"))
        return cls(_id_in(data, "task"), session_id, _id_in(data, "user"))


@printable_repr
@dataclass(frozen=True, slots=True)
class MediaFile:
    """An uploaded file (§5). `duration` is in seconds, unlike the draft's; 0 means unknown, as for sizes.

    `notes` are what the studio says of it: what of it will not be seen or heard, or was put right.
    """

    filename: str
    file_type: str = ""
    cdn_url: str = field(default="", repr=False)
    duration: float = 0.0
    width: int = 0
    height: int = 0
    fps: float = 0.0
    hash: str = ""
    notes: tuple[str, ...] = ()
    raw: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_json(cls, data: dict[str, Any], name: str = "") -> MediaFile:
        """Read one file of an answer; `name` is what it is called where the answer does not say."""
        inside = mapping(find(data, "metadata", "meta", "info"))

        def told(*names: str) -> Any:
            return found if (found := find(data, *names)) is not None else find(inside, *names)

        link = text(told("cdn_url", "url", "file_url", "download_url", "uri", "link"))
        called = told("filename", "original_filename", "original_name", "name", "file", "title")
        return cls(
            filename=text(called) or name or name_in(link),
            file_type=text(told("file_type", "media_type", "type", "kind")).partition("/")[0],
            cdn_url=link,
            duration=number(told("duration", "duration_s", "duration_seconds"))
            or (number(told("duration_ms")) or 0.0) / 1000,
            width=round(number(told("width")) or 0),
            height=round(number(told("height")) or 0),
            fps=number(told("fps", "frame_rate")) or 0.0,
            hash=text(told("hash", "sha256", "checksum", "md5")),
            notes=_lines(told("notes")),
            raw=data,
        )


def _lines(value: Any) -> tuple[str, ...]:
    return tuple(line for item in value if (line := text(item))) if isinstance(value, list) else ()


def name_in(link: str) -> str:
    """The name of the file that a link leads to; "" for none. What follows a `?` may be a secret."""
    try:
        return unquote(urlsplit(link).path).rpartition("/")[2]
    except ValueError:
        return ""


@printable_repr
@dataclass(frozen=True, slots=True)
class State:
    """All that the server knows of a session (§7).

    `version` is the number of the draft's version, which only a studio tells; `raw` is the answer as it came,
    out of its envelopes.
    """

    draft: Draft
    session_id: str = ""
    task_id: str = ""
    task_name: str = ""
    user_id: str = ""
    video_infos: list[Any] = field(default_factory=list, repr=False)
    canvas: dict[str, Any] = field(default_factory=dict, repr=False)
    generated_media: Any = field(default=None, repr=False)
    video_analyses: dict[str, Any] = field(default_factory=dict, repr=False)
    version: int | None = field(default=None, repr=False, compare=False)
    raw: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_json(cls, data: Any) -> State:
        """Read an answer; before first use nearly everything may be missing. It may be JSON in a text."""
        version = find(data, "draft_version")
        held = (
            parsed(_of(item, *_STATES)) or (item if not _OF_A_STATE.isdisjoint(map(plain, item)) else None)
            for item in layers(data, "session")
        )
        state = next((item for item in held if isinstance(item, dict)), {})
        infos = _infos(parsed(_of(state, "video_infos", "videos", "media")))
        return cls(
            draft=Draft(mapping(parsed(_of(state, "draft", "timeline"))), media_ms=_lengths(infos)),
            session_id=_id_in(data, "session"),
            task_id=_id_in(data, "task"),
            task_name=text(find(data, "task_name")),
            user_id=_id_in(data, "user"),
            video_infos=infos,
            canvas=mapping(parsed(_of(state, "canvas_config", "canvas"))),
            generated_media=_of(state, "generated_media"),
            video_analyses=mapping(parsed(_of(state, "video_analyses"))),
            version=version if type(version) is int else None,
            raw=next((item for item in layers(data) if not _ABOUT.isdisjoint(map(plain, item))), {}),
        )

    @property
    def ready(self) -> bool:
        """Whether there is something to export."""
        return bool(self.draft)


def _lengths(infos: list[Any]) -> dict[str, int]:
    """How long files are, in ms, by their links, where that is told."""
    files = [MediaFile.from_json(info) for info in infos if isinstance(info, dict)]
    return {file.cdn_url: round(file.duration * 1000) for file in files if file.cdn_url and file.duration > 0}


def _id_in(answer: Any, what: str) -> str:
    """The id of a session, task or user, as `<what>_id`, `<what>: {"id"}` or `<what>: "…"`; else ""."""
    names = (f"{what}_id", what, f"{what}_info")
    held = next((held for name in names if (held := find(answer, name, inner=_AROUND_IDS)) is not None), None)
    if isinstance(held, list) and len(held) == 1 and not isinstance(held[0], dict):
        held = held[0]
    return text(find(held, "id", "uuid", "value") if isinstance(held, (dict, list)) else held)


def _of(state: dict[str, Any], *names: str) -> Any:
    """The value of a state's own key in any spelling; what lies deeper is not looked at."""
    for wanted in map(plain, names):
        for name, held in named(state):
            if plain(name) == wanted and held is not None and held != "":
                return held
    return None


def _infos(told: Any) -> list[Any]:
    """The media of a state: a list of objects or names, an object of them by their names or ids, or one."""
    if isinstance(told, dict) and any(isinstance(item, dict) for item in told.values()):
        told = [{"name": name, **mapping(item)} for name, item in islice(told.items(), _MOST_INFOS)]
    told = [told] if isinstance(told, dict) and told else told
    if not isinstance(told, list):
        return []
    return [{"name": item} if isinstance(item, str) else item for item in told[:_MOST_INFOS]]
