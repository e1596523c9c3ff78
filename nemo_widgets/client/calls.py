"""A request with everything around it: token, retries, what is done by itself when it is refused (§10)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.errors import MissingClientId, NemoError, UsageError
from nemo_widgets.redaction import redact_body

from .credentials import Credentials
from .envelope import Verdict
from .retry import RATE_LIMIT, repeat, sit_out
from .secret import header_safe
from .wire import Call

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from .auth import Auth
    from .settings import ClientSettings
    from .wire import Wire

__all__ = ["Caller", "Tries"]

_CREDITS = Call("GET", "/api/credits/balance/simple", about="account")
_LARGE = 256 * 1024


@dataclass(slots=True)
class Tries:
    """What was already done by itself about one request; each is done once at most.

    `kind` paid goes out at most three times: as itself, after one renewal of the token, after one 429.
    """

    kind: str = "read"
    renewed: bool = False
    waited: bool = False
    named: bool = False


class Caller:
    """Sends calls to the API."""

    def __init__(self, wire: Wire, auth: Auth, settings: ClientSettings) -> None:
        self.wire, self.auth, self.settings = wire, auth, settings
        self.refused: dict[str, NemoError] = {}
        """Why jobs were refused as they were submitted, by their ids, for whoever waits for them."""
        self.complaints: dict[str, str] = {}
        """What was said to be wrong as jobs were submitted that are there all the same, by their ids."""

    async def ask(self, call: Call) -> Verdict:
        """The verdict on a call; its faults are in it, not raised."""

        async def send(sign: Credentials) -> Verdict:
            return await repeat(call.kind, lambda: self._once(call, sign), self.settings)

        try:
            return await self.persist(send, Tries(call.kind))
        except NemoError as error:  # no token to be had, or a file that changed under our hands
            return Verdict(error=error, number=0)

    async def call(self, call: Call) -> Verdict:
        """The verdict on a call that went well.

        Raises:
            NemoError: it did not.
        """
        verdict = await self.ask(call)
        if verdict.error is not None:
            raise verdict.error
        return verdict

    async def persist(
        self, send: Callable[[Credentials], Awaitable[Verdict]], tries: Tries, *, signed: bool = True
    ) -> Verdict:
        """The verdict of `send`, done again where the server says that it did nothing and what it misses.

        A refused anonymous token is renewed, a 429 is waited for, a missing client id is sent along: each
        once. The first two hold for paid requests too: they were turned away before anything was done.

        Raises:
            NemoError: there is no token to be had.
        """
        while True:
            token = await self.auth.token() if signed else None
            client_id = await self.auth.client_id() if tries.named else None
            verdict = await send(Credentials(token, client_id))
            if verdict.refused_token and signed and self.auth.anonymous and not tries.renewed:
                tries.renewed = True
                await self.auth.token(refused=token)
            elif verdict.number == RATE_LIMIT and verdict.error is not None and not tries.waited:
                tries.waited = True
                await sit_out(verdict, self.settings, say("answer.too often"))
            elif isinstance(verdict.error, MissingClientId) and tries.kind == "read" and not tries.named:
                tries.named = True
            else:
                return verdict

    async def meets_studio(self) -> bool:
        """Whether the server is the studio; where nothing has been heard of it yet, it is asked something."""
        if not self.wire.heard:
            await self.ask(_CREDITS)
        return self.wire.is_studio

    async def keyed(self, key: str) -> dict[str, str]:
        """The header by which a studio knows again what it has got already; no other server is told.

        Raises:
            UsageError: the key can't stand in a header.
        """
        if not key:
            return {}
        if not header_safe(key):
            raise UsageError(say("key.letters", key=repr(key)))
        return {"Idempotency-Key": key} if await self.meets_studio() else {}

    async def _once(self, call: Call, sign: Credentials) -> Verdict:
        answer = await self.wire.exchange(call, self.auth.attribution, sign)
        if isinstance(answer, Verdict):
            return answer
        if call.accept and answer.headers.get("content-type", "").startswith(call.accept):
            return Verdict(data=answer.body, status=answer.status)
        large = len(answer.body) > _LARGE  # others wait for the loop meanwhile
        body = await asyncio.to_thread(redact_body, answer.body) if large else redact_body(answer.body)
        return self.auth.reader.read(replace(answer, body=body), call.about)
