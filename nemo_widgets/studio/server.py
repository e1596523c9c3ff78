"""The studio as an ASGI application."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect

from nemo_widgets.errors import StoreError
from nemo_widgets.languages import system_language

from .answers import refusal
from .errors import UNSTORED, Refused
from .guard import REFUSED, Guard
from .routes import ROUTES
from .store import store_error, told

if TYPE_CHECKING:
    from starlette.requests import Request

    from .answers import Json
    from .backend import Backend

__all__ = ["application"]

_log = logging.getLogger("nemo_widgets.studio.requests")
_OURS, _GONE = 500, 499


def application(backend: Backend, host: str, *, anonymous: bool, tls: bool) -> Starlette:
    """The application over an opened studio.

    `host` is the name it is bound to, `anonymous` whether whoever asks is given a token, `tls` whether it is
    served over HTTPS.

    No CORS headers on purpose: no page of another origin has any business here.
    """
    settings = backend.settings

    async def refused(request: Request, error: Exception) -> Json:
        known = error if isinstance(error, Refused) else Refused(_OURS, str(error))
        request.scope[REFUSED] = known.code  # for the log: the status is 200 for most
        return refusal(settings, known)

    async def unknown(_: Request, error: Exception) -> Json:
        assert isinstance(error, HTTPException)  # noqa: S101 - it is what this handler is for
        answer = refusal(settings, Refused(error.status_code, error.detail))
        answer.headers.update(error.headers or {})  # 405 says what is allowed
        return answer

    async def unstored(request: Request, error: Exception) -> Json:
        """The disk or the database does not do its part: said in one sentence, logged in one line."""
        why = store_error(error, backend.store.folder)
        if why is None:
            raise error
        _log.warning("%s %s: %s", request.method, request.url.path, error)
        return await refused(request, Refused(UNSTORED, told(why, system_language())))

    async def broken(_: Request, error: Exception) -> Json:
        _log.error("The studio failed: %s", type(error).__name__)  # uvicorn logs the traceback
        answer = refusal(settings, Refused(_OURS, "The studio failed; its log says why."))
        answer.headers["Connection"] = "close"  # uvicorn closes it, and whoever sends next must know
        return answer

    async def gone(request: Request, _: Exception) -> Json:
        request.scope[REFUSED] = _GONE
        return refusal(settings, Refused(_GONE, "The request broke off before its end."))

    app = Starlette(
        routes=ROUTES,
        middleware=[Middleware(Guard, host=host, settings=settings, tls=tls)],
        exception_handlers={
            Refused: refused,
            HTTPException: unknown,
            StoreError: unstored,
            OSError: unstored,
            ClientDisconnect: gone,
            Exception: broken,
        },
    )
    app.router.redirect_slashes = False
    app.state.backend = backend
    app.state.anonymous = anonymous
    return app
