"""The token: the user's own, or an anonymous one that is asked for, kept, and renewed once it is refused."""

from __future__ import annotations

import asyncio
import math
import os
import time
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.errors import AuthError, MissingClientId, RateLimited
from nemo_widgets.redaction import redact

from .credentials import Credentials, keep_hidden
from .envelope import Reader, Verdict
from .identity import Grant, Identity
from .retry import RATE_LIMIT, repeat, sit_out
from .secret import Secret, token_from
from .wire import Call

if TYPE_CHECKING:
    from .address import Address
    from .settings import ClientSettings
    from .wire import Wire

__all__ = ["Auth"]

_UNITS = ((86_400, "day"), (3600, "hour"), (60, "minute"))
_TOKEN = Call("POST", "/api/auth/anonymous-token", about="token")


class Auth:
    """Holds the token of one client, and reads every reply on its behalf.

    Args:
        address: the server's. NEMO_TOKEN is sent to the one that the environment names, and to this machine.
        token: the token to use; else NEMO_TOKEN, unless `anonymous` is True; else an anonymous one, unless
            `anonymous` is False.

    Raises:
        AuthError: the token given can't be one, or NEMO_TOKEN is meant for another server.
    """

    def __init__(
        self,
        wire: Wire,
        identity: Identity,
        settings: ClientSettings,
        *,
        address: Address,
        attribution: dict[str, str],
        token: Secret | str | None = None,
        anonymous: bool | None = None,
    ) -> None:
        self._wire, self._identity, self._settings = wire, identity, settings
        self.attribution = attribution
        self._lock = asyncio.Lock()
        self._may_ask = anonymous is not False
        self._token: Secret | None = None
        self._client_id: Secret | None = None
        self.expires = 0.0
        hint = say("server.token given")
        if token is not None:
            self._token = token_from(token, where=say("token.given"), hint=hint)
        elif not anonymous and os.environ.get("NEMO_TOKEN", "").strip():
            hint = say("server.token of environment")
            if not address.may_have_token:
                raise AuthError(
                    say("server.token elsewhere", meant=address.for_token(), address=address.api),
                    hint=say("server.token elsewhere hint"),
                )
            self._token = token_from(os.environ["NEMO_TOKEN"], where="NEMO_TOKEN", hint=hint)
        if self._token is not None:
            keep_hidden(self._token)
        self.reader = Reader(address.web, self._token is None, hide=redact, now=time.time, own_hint=hint)

    def __repr__(self) -> str:
        # A traceback with the locals of its frames shows it half made, too.
        return f"Auth(anonymous={self.reader.anonymous})" if hasattr(self, "reader") else "Auth()"

    @property
    def own(self) -> Secret | None:
        """The token where it is no anonymous one."""
        return None if self.anonymous else self._token

    @property
    def anonymous(self) -> bool:
        """Whether the token is (or will be) an anonymous one."""
        return self.reader.anonymous

    async def token(self, refused: Secret | None = None) -> Secret:
        """The token; `refused` is one that the server no longer takes, so another one is got.

        Raises:
            AuthError: there is none, and none may be asked for. RateLimited: too many were asked for.
            ConnectError, ServerError: the request for one failed.
        """
        async with self._lock:
            if self._token is None or self._token == refused:
                if not (self._may_ask and self.anonymous):
                    raise AuthError(say("token.none"), hint=say("token.set"))
                self._take(await self._find(refused))
            return self._token or Secret("")

    async def client_id(self) -> Secret:
        """The client id, for a server that wants it with other requests too (protocol §10, 400)."""
        found = await asyncio.to_thread(self._identity.client_id)
        keep_hidden(found)
        self._client_id = found  # it is hidden for as long as it is held
        return found

    def _take(self, grant: Grant) -> None:
        self._token, self.expires = grant.token, grant.expires
        keep_hidden(grant.token)
        self.reader.user_id = grant.user_id or self.reader.user_id

    async def _find(self, refused: Secret | None) -> Grant:
        kept = await asyncio.to_thread(self._identity.kept)
        if kept and kept.token != refused:  # perhaps another process has renewed it already
            return kept
        grant = await self._ask()
        await asyncio.to_thread(self._identity.keep, grant)
        return grant

    async def _ask(self) -> Grant:
        verdict = await self._request()
        if isinstance(verdict.error, MissingClientId) and not os.environ.get("NEMO_CLIENT_ID"):
            await asyncio.to_thread(self._identity.renew)
            verdict = await self._request()
        days = (verdict.wait_s or 0) > self._settings.rate_wait_most_s  # nobody waits for that
        if verdict.number == RATE_LIMIT and not days:
            await sit_out(verdict, self._settings, say("server.slow tokens"))
            verdict = await self._request()
        if isinstance(verdict.error, RateLimited):
            when = say("server.next token", span=_span(verdict.wait_s)) if verdict.wait_s else ""
            raise RateLimited(
                say("server.no tokens", when=when),
                hint=say("server.own token"),
                request_id=verdict.error.request_id,
            )
        if verdict.error is not None:
            raise verdict.error
        return Grant.from_json(verdict.body, time.time())

    async def _request(self) -> Verdict:
        client_id = await self.client_id()

        async def once() -> Verdict:
            answer = await self._wire.exchange(_TOKEN, self.attribution, Credentials(client_id=client_id))
            if isinstance(answer, Verdict):
                return answer
            return Reader(self.reader.web, hide=redact, now=time.time).read(answer, "token")

        return await repeat(_TOKEN.kind, once, self._settings)


def _span(seconds: float) -> str:
    """A long time for people, in its largest unit: `7 days`."""
    for size, name in _UNITS:
        if seconds >= size:
            count = math.ceil(seconds / size)
            return say(f"span.{name}" if count == 1 else f"span.{name}s", count=count)
    return f"{seconds:.0f} {say('unit.s')}"
