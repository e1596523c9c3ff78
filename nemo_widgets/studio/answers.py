"""Requests read, answers written in the protocol's envelope, errors in the form that is set (§10)."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING, Any, TypeVar

import anyio.to_thread
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from .errors import BAD_TOKEN, FILE_TOO_LARGE, INVALID, NO_CREDITS, NO_SESSION, UNSUPPORTED_FILE, Refused
from .limits import NotJson, OverLimit, parse_json, whole
from .names import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from starlette.requests import Request

    from .backend import Backend
    from .settings import Settings

__all__ = [
    "Json",
    "backend",
    "base_url",
    "caller",
    "in_thread",
    "ok",
    "read_json",
    "refusal",
    "sent_key",
    "status_of",
    "unless_gone",
]

T = TypeVar("T")

_OK, _BAD_KEY, _SLOW, _TOO_LARGE = 200, 400, 408, 413
_LONGEST_KEY = 200
_GRACE_S = 0.4
"""How long work goes on for a client that has gone."""
_BODY_S = 120
_USUAL_BYTES = 1024 * 1024
"""The most that a body may have which holds no draft."""
_KEY = re.compile(r"[ -~]*")
_STATUS = {
    BAD_TOKEN: 401,
    NO_SESSION: 404,
    NO_CREDITS: 403,
    UNSUPPORTED_FILE: 415,
    FILE_TOO_LARGE: _TOO_LARGE,
}
"""The HTTP status that matches a body code. Not 402 for credits: that number means a plan without exports."""


class Json(Response):
    """JSON in UTF-8. Text that UTF-8 can't hold is replaced, not a reason to fail."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The bytes."""
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "replace")


def backend(request: Request) -> Backend:
    """The studio behind the request."""
    found: Backend = request.app.state.backend
    return found


def base_url(request: Request) -> str:
    """Where the client reaches us, without a slash at the end."""
    return str(request.base_url).rstrip("/")


def ok(data: Any) -> Json:
    """Success."""
    return Json({"code": 0, "message": "success", "data": data})


def refusal(settings: Settings, error: Refused) -> Json:
    """An error in the form that is set."""
    status = status_of(settings, error.code)
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else None
    if settings.errors == "detail":
        return Json({"detail": error.message}, status, headers)
    if settings.errors == "success":
        return Json({"success": False, "error": error.message}, status, headers)
    return Json({"code": error.code, "message": error.message}, status, headers)


def status_of(settings: Settings, number: int) -> int:
    """The HTTP status with which an error of this number is sent."""
    in_body = settings.always_http200 or (settings.body_codes_http200 and number in _STATUS)
    return _OK if settings.errors == "body" and in_body else _STATUS.get(number, number)


async def in_thread(work: Callable[..., T], *values: Any) -> T:
    """Call what may take a moment (the database, the disk) off the event loop."""
    return await anyio.to_thread.run_sync(work, *values)


async def unless_gone(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Do something for a request whose body was read, for as long as somebody waits for the answer.

    What is nearly done when the client goes is still done: who comes again finds it there.

    Raises:
        ClientDisconnect: the client has gone; the work was cancelled.
    """
    doing = asyncio.ensure_future(work)
    tasks = doing, asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if not doing.done():
            await asyncio.wait([doing], timeout=_GRACE_S)
        if not doing.done():
            raise ClientDisconnect
        return await doing
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def caller(request: Request) -> str:
    """The user whose token the request bears.

    Raises:
        Refused: 1001, there is no token, or it is wrong or has expired.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        user = await in_thread(backend(request).user_of, token.strip())
        if user is not None:
            if request.path_params.get("user", "me") not in ("me", user):
                raise Refused(NO_SESSION, "There is no such session.")
            return user
    raise Refused(BAD_TOKEN, "The token is missing, wrong or has expired.")


def sent_key(request: Request) -> str:
    """The request's `Idempotency-Key`; "" if it has none.

    Raises:
        Refused: 400, it is longer than 200 characters, is not printable ASCII, or there are several.
    """
    keys = request.headers.getlist("idempotency-key")
    if len(keys) > 1 or not all(len(key) <= _LONGEST_KEY and _KEY.fullmatch(key) for key in keys):
        raise Refused(_BAD_KEY, f"Idempotency-Key is at most {_LONGEST_KEY} printable ASCII characters.")
    return keys[0] if keys else ""


async def read_json(request: Request, most: int = _USUAL_BYTES, *, clean: bool = True) -> dict[str, Any]:
    """The request's JSON object; no body at all is an empty one.

    Args:
        request: the request; its body is read.
        most: how many bytes this body may have, if the settings do not allow less.
        clean: whether half characters (lone surrogates) are replaced, as neither UTF-8 nor the database holds
            any.

    Raises:
        Refused: 408, it takes too long to come; 413, it is too large; 422, it is no JSON object, or holds
            what no request needs.
    """
    limit = min(most, backend(request).settings.max_body_bytes)
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_S):
            async for piece in request.stream():
                body += piece
                if len(body) > limit:
                    raise Refused(_TOO_LARGE, f"The body is larger than {limit:,} bytes.")
    except TimeoutError:
        raise Refused(_SLOW, f"The body was not there after {_BODY_S} seconds; send it again.") from None
    if not body.strip():
        return {}
    try:
        found = await in_thread(_parse, bytes(body), clean)
    except (NotJson, OverLimit) as error:
        raise Refused(INVALID, str(error)) from None
    if not isinstance(found, dict):
        raise Refused(INVALID, "The body is not a JSON object.")
    return found


def _parse(body: bytes, clean: bool) -> Any:  # noqa: FBT001 - handed on by position to a thread
    found = parse_json(body, "The body")
    if clean and not whole(found):
        found = json.loads(clean_text(json.dumps(found, ensure_ascii=False)))
    return found
