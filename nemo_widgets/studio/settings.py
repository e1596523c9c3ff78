"""Every choice the studio's server makes where the protocol leaves one, and its limits."""

from __future__ import annotations

import dataclasses
import math
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Self, get_args, get_type_hints

from .addresses import networks

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Settings"]

_MOST = 1e9
_POSITIVE = (
    "heartbeat_s", "token_days", "max_upload_bytes", "max_body_bytes", "link_timeout_s", "link_head_s",
    "link_most_s", "patience_s", "unread_s", "probe_s", "render_s",
)  # fmt: skip
_NOT_NEGATIVE = (
    "text_pause", "credits", "message_cost", "results_days", "media_days", "unused_bytes", "connections",
    "probes", "probe_memory", "renders", "render_memory", "films",
)  # fmt: skip
_COUNTED = ("tokens_per_client", "tokens_per_address", "tokens_here")
_BOUNDS: tuple[tuple[tuple[str, ...], Callable[[float], bool], str], ...] = (
    (_POSITIVE, lambda value: value > 0, "be more than 0"),
    (_NOT_NEGATIVE, lambda value: value >= 0, "not be less than 0"),
    (_COUNTED, lambda value: value >= 1, "be at least 1 (--no-anonymous gives out no anonymous tokens)"),
)
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The defaults are the protocol's default forms; tests switch to the others. Times are seconds.

    Attributes:
        events: shape of the chat's events (§4).
        typed_text: the key that holds the text in `typed` events.
        keepalive: which of the five keep-alive forms is sent (§4).
        heartbeat_s: how long nothing may be sent before a keep-alive is.
        text_pause: seconds between two pieces of text, so that an answer is seen to stream.
        eof: how the stream of events ends: `chunked` marks the end, `close` sends it without any framing, as
            HTTP/1.0 does, so that a connection that was cut looks like an end.
        error_event: `error` sends `{"error": …}`, `code` sends `errorCode` and `errorMessage` (§4).
        silent: how often a pure timeline edit closes without a word, as many of the cloud's do (§4): never,
            every third, or always; for tests and lessons.
        errors: `body` sends `code` and `message`, `detail` FastAPI's form, `success` the third one (§10).
        body_codes_http200: whether 1001 to 4002 come with HTTP 200 or with the status that matches; 400, 402,
            404, 422, 429 and 500 are HTTP statuses themselves and sent as such, unless `always_http200`.
        always_http200: every error in the body alone, under HTTP 200.
        token_at_top: whether the token stands at top level of the answer and not in `data` (§2).
        token_minimal: whether the token comes alone, without user_id, expires_at and credits.
        user_id: whether a session's answer and the state hold `user_id` (§3, §7).
        empty_state: what keys of the state without content are before first use (§7).
        generated_media: the type that `generated_media` has (§7).
        upload_key, upload_url_key: names in an upload's answer (§5).
        render_status: shape of a render's status (§9); `union` is flat and wrapped in one.
        render_error_key: where a failed render's text stands.
        studio_header: whether answers bear `X-Nemo-Studio`; without it the studio passes for the cloud.
        attribution: whether an export without the three X-Skill-* headers is refused with 402 (§1).
        token_days: how long an anonymous token lives, and the span of the two limits below.
        tokens_per_client, tokens_per_address: anonymous tokens in that span (§2), at least 1: whether any are
            given out at all is for `Access.anonymous` to say.
        tokens_here: the same for this machine itself: whoever is on it may have a token for every program.
        credits: what a new user starts with. message_cost: what one message costs (§6).
        max_upload_bytes: the most a file may have (§5). max_body_bytes: the most a JSON body may have
            that holds a draft; others have a megabyte.
        results_days: how long the file of an export is kept, 0 for ever. media_days: how long media that no
            draft shows, and sessions with nothing in them, are kept after the session's last use, 0 for ever.
        unused_bytes: the most that results which were downloaded, and such media, may take together, 0 for
            any: what was not used for the longest time goes first.
        link_timeout_s: how long a link may stay silent while it is downloaded. link_head_s: how long it may
            take until its answer begins, redirects included. link_most_s: how long it may take in all.
        link_networks: networks that are not public from which links are fetched for the studio's owner all
            the same, such as `127.0.0.0/8,192.168.1.20`.
        link_proxy: whether links are fetched through the proxy that the environment names (HTTPS_PROXY and
            its like). It looks names up by itself: what it reaches by a name is its own affair.
        probes: how many files of one user are looked into at the same time, 0 for as many as there are cores.
        probe_s: how long looking into a file may take. probe_memory: bytes that its process may take, 0 for
            1 GB, on more than eight cores for 128 MB each.
        renders: how many exports are made at the same time, 0 for as many as there are cores; one more of
            another user where one user's are under way alone.
        render_s: how long an export may take. render_memory: bytes that its process may take, 0 for 2 GB, on
            more than eight cores for 256 MB each.
        films: of how many of a user's last films that are kept an export takes over what it shows as they do.
        patience_s: how long a request's head may take, and how long a client may stay silent within its body.
        unread_s: how long a client may take nothing of an answer.
        connections: how many there may be at the same time, 0 for a quarter of the files that this process
            may have open, at most 1000.
    """

    events: Literal["adk", "typed"] = "adk"
    typed_text: Literal["content", "text"] = "content"
    keepalive: Literal["empty", "word", "json", "event", "comment"] = "empty"
    heartbeat_s: float = 5.0
    text_pause: float = 0.05
    eof: Literal["chunked", "close"] = "chunked"
    error_event: Literal["error", "code"] = "error"
    silent: Literal["third", "never", "always"] = "never"
    errors: Literal["body", "detail", "success"] = "body"
    body_codes_http200: bool = True
    always_http200: bool = False
    token_at_top: bool = False
    token_minimal: bool = False
    user_id: bool = True
    empty_state: Literal["missing", "null", "empty"] = "empty"
    generated_media: Literal["object", "list", "null"] = "object"
    upload_key: Literal["files", "uploaded_files"] = "files"
    upload_url_key: Literal["cdn_url", "url"] = "cdn_url"
    render_status: Literal["union", "flat", "wrapped"] = "union"
    render_error_key: Literal["error", "message"] = "error"
    studio_header: bool = True
    attribution: bool = True
    token_days: float = 7.0
    tokens_per_client: int = 1
    tokens_per_address: int = 10
    tokens_here: int = 10_000
    credits: int = 100
    message_cost: int = 0
    max_upload_bytes: int = 500 * 1024 * 1024
    max_body_bytes: int = 16 * 1024 * 1024
    results_days: float = 7.0
    media_days: float = 7.0
    unused_bytes: int = 5_000_000_000
    link_timeout_s: float = 30.0
    link_head_s: float = 60.0
    link_most_s: float = 900.0
    link_networks: str = ""
    link_proxy: bool = False
    probes: int = 0
    probe_s: float = 30.0
    probe_memory: int = 0
    renders: int = 0
    render_s: float = 6 * 3600.0
    render_memory: int = 0
    films: int = 12
    patience_s: float = 30.0
    unread_s: float = 60.0
    connections: int = 0

    def __post_init__(self) -> None:
        for name, allowed in _choices().items():
            if getattr(self, name) not in allowed:
                raise ValueError(f"{name} is one of {', '.join(allowed)}, not {getattr(self, name)!r}.")
        for name in (field.name for field in dataclasses.fields(self)):
            if isinstance(value := getattr(self, name), float) and not math.isfinite(value):
                raise ValueError(f"{name} is a number, not {value}.")
        for names, fits, rule in _BOUNDS:
            for name in names:
                if not fits(getattr(self, name)):
                    raise ValueError(f"{name} must {rule}.")
        try:
            networks(self.link_networks)
        except ValueError as error:
            raise ValueError(f"link_networks: {error}") from None

    @classmethod
    def parse(cls, pairs: list[str]) -> Self:
        """Settings from `name=value` words, as `--set` takes them, else from the environment.

        NEMO_STUDIO_KEEP_DAYS is `results_days` and `media_days`, NEMO_STUDIO_KEEP_GB `unused_bytes` in
        gigabytes, NEMO_STUDIO_LINK_NETWORKS `link_networks`, NEMO_STUDIO_LINK_PROXY `link_proxy`.

        Raises:
            ValueError: a name that there is not, or a value that it can't have.
        """
        hints = get_type_hints(cls)
        chosen = _from_environment()
        for pair in pairs:
            name, equals, value = pair.partition("=")
            if not equals or name not in hints:
                known = ", ".join(field.name for field in dataclasses.fields(cls))
                raise ValueError(f"{pair!r} is not name=value with one of the names {known}.")
            chosen[name] = _value(name, hints[name], value)
        return cls(**chosen)


def _from_environment() -> dict[str, Any]:
    days, gigabytes = (_number(name) for name in ("NEMO_STUDIO_KEEP_DAYS", "NEMO_STUDIO_KEEP_GB"))
    chosen: dict[str, Any] = {} if days is None else {"results_days": days, "media_days": days}
    if gigabytes is not None:
        chosen["unused_bytes"] = round(gigabytes * 1e9)
    if some := os.environ.get("NEMO_STUDIO_LINK_NETWORKS", "").strip():
        chosen["link_networks"] = some
    if proxy := os.environ.get("NEMO_STUDIO_LINK_PROXY", "").strip():
        chosen["link_proxy"] = _value("NEMO_STUDIO_LINK_PROXY", bool, proxy)
    return chosen


def _number(variable: str) -> float | None:
    """What an environment variable sets: a number of at least 0, None where it sets nothing.

    Raises:
        ValueError: it is no such number.
    """
    text = os.environ.get(variable, "").strip()
    if not text:
        return None
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 <= found < _MOST:
        raise ValueError(f"{variable} is a number of at least 0, not {text!r}.")
    return found


def _choices() -> dict[str, tuple[str, ...]]:
    return {name: get_args(hint) for name, hint in get_type_hints(Settings).items() if get_args(hint)}


def _value(name: str, kind: Any, text: str) -> Any:
    if kind is bool:
        if text.lower() not in _TRUE + _FALSE:
            raise ValueError(f"{name} is true or false, not {text!r}.")
        return text.lower() in _TRUE
    if kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            raise ValueError(f"{name} is a number, not {text!r}.") from None
    return text
