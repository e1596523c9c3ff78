"""An HTTP answer, read by the protocol's error table (§10): the data that it holds, or the error that it is.

Pure: no network, no clock but the one that is handed in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from urllib.parse import quote

from nemo_widgets import errors, json_text
from nemo_widgets.catalogue import say, translation
from nemo_widgets.errors import NemoError, ProtocolError, ServerError
from nemo_widgets.links import plain_links
from nemo_widgets.reasons import is_code

from .json_values import first, whole
from .reason_words import SAID, WRONG, one_line, why_in
from .retry_after import retry_after

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["PROTOCOL_NUMBERS", "About", "Reader", "Reply", "Verdict"]

About: TypeAlias = Literal["session", "token", "export", "render", "account", "upload"]
"""What a request is about: 404 says that this is unknown, and 400 means a client id for a token alone."""

PROTOCOL_NUMBERS = frozenset({1001, 1002, 2001, 4001, 4002})
"""The numbers of the error table that nobody but the server itself has a reason to send."""

_TURNED_AWAY = frozenset({1001, 1002, 2001, 400, 401, 402, 404, 422, 429})
"""The numbers by which a server refuses a message before any work (§10); all others say nothing of that."""
_OK_CODES = (0, 200)
_TOO_MANY, _GONE, _BAD, _UNAUTHORIZED, _UNUSABLE, _PLAN = 429, 404, 400, 401, 422, 402
_GATEWAY = (502, 504)
_LONGEST = 300
_SAID = ("message", "msg", *WRONG, *SAID)
"""Where an answer may say what is wrong, in this order."""
_IDS = ("x-request-id", "request-id", "x-trace-id", "x-amzn-requestid", "x-amz-request-id", "cf-ray")

_BY_NUMBER: dict[int, tuple[type[ServerError], str]] = {
    1001: (errors.AuthError, "server.token"),
    401: (errors.AuthError, "server.token"),
    1002: (errors.SessionNotFound, "server.session"),
    404: (errors.SessionNotFound, "server.session"),
    2001: (errors.NoCredits, "server.credits"),
    4001: (errors.UnsupportedFile, "server.type"),
    415: (errors.UnsupportedFile, "server.type"),
    4002: (errors.FileTooLarge, "server.size"),
    413: (errors.FileTooLarge, "server.size"),
    402: (errors.ExportBlocked, "server.plan"),
    429: (errors.RateLimited, "server.rate"),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: HTTP status, headers (names in lower case), body."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False, default=b"")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reply means.

    Attributes:
        body: the whole JSON, and `data` what the envelope held.
        error: what is wrong, or None.
        number: the body's code or HTTP status that decided; None where no answer came at all.
        sent: whether the request's body may have left.
        status: the HTTP status, 0 where no answer came.
        wait_s: how long the server asks us to wait before the next try.
        page: whether what came is no JSON, though something came: a page of whoever stands between.
    """

    body: Any = field(default=None, repr=False)
    data: Any = field(default=None, repr=False)
    error: NemoError | None = None
    number: int | None = 0
    sent: bool = True
    status: int = 0
    wait_s: float | None = None
    page: bool = False

    @property
    def lost(self) -> bool:
        """Whether nobody knows if the request was carried out: the connection broke, here or at a gateway."""
        return (self.number is None and self.sent) or self.number in _GATEWAY

    @property
    def turned_away(self) -> bool:
        """Whether a message certainly came to nothing: it was not sent, or was refused before any work."""
        if self.error is None:
            return False
        if isinstance(self.error, errors.StoreError):
            return True
        return not self.sent if self.number is None else self.number in _TURNED_AWAY

    @property
    def in_table(self) -> bool:
        """Whether the number that decided is one of the protocol's error table."""
        return self.number in _BY_NUMBER or isinstance(self.error, errors.MissingClientId)

    @property
    def refused_token(self) -> bool:
        """Whether the server turned the request away because of its token, before doing anything."""
        return isinstance(self.error, errors.AuthError)

    def mapping(self) -> dict[str, Any]:
        """The data as an object.

        Raises:
            NemoError: the verdict's error. ProtocolError: the data is no object.
        """
        if self.error is not None:
            raise self.error
        if not isinstance(self.data, dict):
            raise ProtocolError(say("server.promise"))
        return self.data


@dataclass(slots=True)
class Reader:
    """Reads replies for one user: what is said about credits depends on who asks.

    Attributes:
        web: the web site's address, for the registration link.
        anonymous: whether the token is an anonymous one.
        user_id: the user, once the server has told.
        hide: takes secrets out of a text that the server sent.
        now: seconds since 1970, for a Retry-After that names a date.
        own_hint: what to do about a refused token that is not anonymous.
    """

    web: str
    anonymous: bool = True
    user_id: str = ""
    hide: Callable[[str], str] = str
    now: Callable[[], float] = lambda: 0.0
    own_hint: str | None = None

    def read(self, reply: Reply, about: About = "session") -> Verdict:
        """The reply's meaning: the body's `code` decides first, then the HTTP status (§10)."""
        body, why = _json(reply.body)
        is_json = not why
        code, refused = _code(body), isinstance(body, dict) and body.get("success") is False
        bad = code if code is not None and code not in _OK_CODES else None
        request_id = self.hide(_request_id(reply.headers, body))
        said = plain_links(self.hide(_said(body) or _word(body)))
        number = reply.status
        if bad is not None and (bad in _BY_NUMBER or bad == _BAD or reply.status < _BAD):
            number = bad
        studio = "x-nemo-studio" in reply.headers
        if studio and said and number == _UNUSABLE and about != "upload":  # its own sentence says all
            error: NemoError = ServerError(said, hint="", request_id=request_id)
        elif studio and number == errors.StoreError.number:
            error = errors.StoreError(said or say("server.unstored"), hint="", request_id=request_id)
        elif bad is not None or reply.status >= _BAD or refused:
            error = self.error(number, said, about=about, request_id=request_id)
        elif not 200 <= reply.status < 300:  # noqa: PLR2004 - HTTP's own classes
            error = _redirected(reply, request_id)
        elif not is_json and reply.body.strip():
            error = ProtocolError(why, request_id=request_id)
        else:
            return Verdict(body, _data(body), status=reply.status)
        wait_s = retry_after(reply.headers.get("retry-after"), self.now())
        page = not is_json and bool(reply.body.strip())
        return Verdict(body, _data(body), error, number, status=reply.status, wait_s=wait_s, page=page)

    def error(
        self, number: int, said: str = "", *, about: About = "session", request_id: str = ""
    ) -> NemoError:
        """The error of a number of the table, with what the server said where the table says nothing."""
        said = translation(said)
        if number == _BAD and (about == "token" or re.search(r"client[-_ ]?id", said, re.IGNORECASE)):
            return errors.MissingClientId(say("server.client id"), request_id=request_id)
        if number == _GONE and about not in ("session", "upload", "export"):
            job = about == "render"
            kind = errors.RenderFailed if job else ServerError
            return kind(say("server.no job" if job else "server.no address"), request_id=request_id)
        if number == _UNUSABLE and about == "upload" and said:
            return errors.UploadError(_told(say("server.not taken"), said), request_id=request_id)
        if number in _BY_NUMBER:
            kind, row = _BY_NUMBER[number]
            sentence = say(row)
            hint = self._hint(number)
            if number == _PLAN and about not in ("export", "render"):
                other = say("server.other plan")
                sentence = say("server.other plan said", said=said) if said else other
                hint = say("server.upgrade")
            if issubclass(kind, (errors.UnsupportedFile, errors.FileTooLarge)):
                sentence = _told(sentence, said)  # only the server knows which file, and what is wrong
            error = kind(sentence, hint=hint, request_id=request_id)
            if isinstance(error, errors.SessionNotFound):
                error.sure = number != _GONE
            return error
        what = say("server.http" if _BAD <= number < 600 else "server.code", number=number)  # noqa: PLR2004 - HTTP's range
        what = "" if 200 <= number < 300 else what  # noqa: PLR2004 - a refusal that calls itself a success
        hint = say("server.later") if 500 <= number < 600 else None  # noqa: PLR2004 - HTTP's own class
        sentence = say("server.error", number=what)
        sentence = say("server.error said", number=what, said=said) if said else sentence
        return ServerError(sentence, hint=hint, request_id=request_id)

    def _hint(self, number: int) -> str | None:
        if number in (1001, _UNAUTHORIZED):
            if self.anonymous:
                return say("server.anonymous")
            return self.own_hint
        if number == 2001 and self.anonymous:  # noqa: PLR2004 - the protocol's number
            bind = f"?bind={quote(self.user_id, safe='')}" if self.user_id else ""
            return say("server.register", address=f"{self.web}/register{bind}")
        return None


def _json(body: bytes) -> tuple[Any, str]:
    """The JSON of an answer; None and a sentence where it is none that can be read."""
    try:
        return json_text.read(body), ""
    except json_text.TooMuch as much:
        return None, say("server.too much json", why=much)
    except ValueError:
        return None, say("server.not json")


def _code(body: Any) -> int | None:
    """The code of an answer, also where it stands inside of what FastAPI or a refusal puts around it."""
    if not isinstance(body, dict):
        return None
    found = _number(first(body, "code", "errorCode", "error_code"))
    if found is not None or body.get("success") is True:
        return found
    inside = [
        body.get("detail"),
        body.get("error"),
        body.get("data") if body.get("success") is False else None,
    ]
    for item in inside:
        for told in item[:3] if isinstance(item, list) else [item]:
            # One level deep: what lies deeper is somebody else's story.
            if isinstance(told, dict) and (code := _number(first(told, "code", "errorCode", "error_code"))):
                return code
    return None


def _number(value: Any) -> int | None:
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        value = int(value.strip()[:9])
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _word(body: Any) -> str:
    """The code of a failure where that is a word, such as E_BUSY, and all that is told; "" for none."""
    for place in (body, *(body.get(key) for key in ("error", "detail"))) if isinstance(body, dict) else ():
        word = first(place, "code", "errorCode", "error_code") if isinstance(place, dict) else None
        if isinstance(word, str) and _number(word) is None:
            return " ".join(word.split())[:_LONGEST]
    return ""


def _told(sentence: str, said: str) -> str:
    """What is wrong in the server's words; a bare code of its own stands behind ours."""
    if not said:
        return sentence
    if not is_code(said):
        return said
    quoted = say("server.quoted", words=said.rstrip("."))
    return say("run.ended", told=f"{sentence.rstrip('.。')}{quoted}")


def _data(body: Any) -> Any:
    """What the envelope holds; an answer without one is its own data, and an empty one holds nothing."""
    if body is None:
        return {}
    if isinstance(body, dict) and body.get("data") is not None:
        return body["data"]
    return body


def _said(body: Any) -> str:
    """The server's own words, on one line; FastAPI lists its complaints."""
    return (why_in(body, *_SAID) if isinstance(body, dict) else one_line(body))[:_LONGEST]


def _request_id(headers: Mapping[str, str], body: Any) -> str:
    inside = body if isinstance(body, dict) else {}
    found = [headers.get(name) for name in _IDS]
    found += [inside.get(name) for name in ("request_id", "requestId", "trace_id", "traceId")]
    text = next((item for item in found if item and isinstance(item, str)), "")
    return text if whole(text) and len(text) <= 100 else ""  # noqa: PLR2004 - ids are short


def _redirected(reply: Reply, request_id: str) -> ProtocolError:
    host = reply.headers.get("location", "").partition("://")[2].partition("/")[0].rpartition("@")[2]
    to = say("server.redirect to", host=host) if host else ""
    return ProtocolError(
        say("server.redirect", to=to, number=reply.status),
        hint=say("server.real address"),
        request_id=request_id,
    )
