"""A route with what it takes and answers: the description is made from these, and from nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from nemo_widgets.studio.settings import Settings

    from .schemas import Schema

__all__ = ["Operation"]


class Operation(Route):
    """One route.

    Attributes:
        answers: what a success holds, by the content's type; a JSON schema, or a function that gives it for
            the settings. It is what stands in `data`, unless `bare`.
        bare: whether the answer has no envelope.
        body: what the request's body is, by its type.
        refuses: the numbers that it can be refused with (protocol §10), beside those that any request can.
        headers: those of the request, each a JSON schema; one that is `required` says so.
        query: likewise.
        ranges: whether parts of the answer can be asked for.
        token: whether a bearer token is needed.
    """

    def __init__(
        self,
        method: str,
        path: str,
        endpoint: Callable[[Request], Awaitable[Response]],
        *,
        answers: Mapping[str, Schema | Callable[[Settings], Schema]],
        body: Mapping[str, Schema] | None = None,
        refuses: tuple[int, ...] = (),
        headers: Mapping[str, Schema] | None = None,
        query: Mapping[str, Schema] | None = None,
        bare: bool = False,
        ranges: bool = False,
        token: bool = True,
    ) -> None:
        super().__init__(path, endpoint, methods=[method])
        self.method = method.lower()
        self.answers, self.bare, self.body, self.refuses = answers, bare, body, refuses
        self.headers, self.query = headers or {}, query or {}
        self.ranges, self.token = ranges, token

    @property
    def told(self) -> tuple[str, str]:
        """What it does, in one line and at length: the endpoint's docstring."""
        lines = (self.endpoint.__doc__ or "").strip().split("\n")
        text = "\n".join(line.strip() for line in lines)
        summary, _, more = text.partition("\n\n")
        return " ".join(summary.split()), more

    @property
    def called(self) -> str:
        """Its name among all of them."""
        return f"{self.endpoint.__module__.rpartition('.')[2]}_{self.endpoint.__name__}"
