"""A request with everything around it: token, retries, one renewal of a refused token, and the verdict."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nemo_widgets.errors import NemoError

from .envelope import Verdict
from .retry import repeat

if TYPE_CHECKING:
    from .auth import Auth
    from .settings import ClientSettings
    from .wire import Call, Wire

__all__ = ["Caller"]


class Caller:
    """Sends calls to the API."""

    def __init__(self, wire: Wire, auth: Auth, settings: ClientSettings) -> None:
        self.wire, self.auth, self.settings = wire, auth, settings

    async def ask(self, call: Call) -> Verdict:
        """The verdict on a call; its faults are in it, not raised.

        A refused anonymous token is renewed once and the call repeated, a paid one too: the server turned it
        away before doing anything.
        """
        try:
            used = await self.auth.token()
            verdict = await self._repeat(call)
            if verdict.refused_token and self.auth.anonymous:
                await self.auth.token(refused=used)
                verdict = await self._repeat(call)
        except NemoError as error:  # no token to be had, or a file that changed under our hands
            return Verdict(error=error, number=0)
        return verdict

    async def call(self, call: Call) -> Verdict:
        """The verdict on a call that went well.

        Raises:
            NemoError: it did not.
        """
        verdict = await self.ask(call)
        if verdict.error is not None:
            raise verdict.error
        return verdict

    async def _repeat(self, call: Call) -> Verdict:
        async def once() -> Verdict:
            headers = await self.auth.headers()
            answer = await self.wire.exchange(call, headers)
            if isinstance(answer, Verdict):
                return answer
            hidden = replace(answer, body=self.auth.hide_in_bytes(answer.body))
            return self.auth.reader.read(hidden, call.about)

        return await repeat(call.kind, once, self.settings)
