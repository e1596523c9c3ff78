"""A language model behind an API as OpenAI's: asked only for what the grammar does not understand."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from .answers import calls_of, error_in, message_of
from .endpoint import Endpoint
from .prompt import messages
from .tools import schemas
from .trouble import no_plan

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.world import World

    from .endpoint import Reply

__all__ = ["Answered", "Model"]

_MOST_TRIES = 4
_NOT_TAKEN = (400, 404, 405, 415, 422, 500, 501)


class Answered(NamedTuple):
    """The calls that a model answered with, unchecked, and the model's name."""

    calls: list[tuple[str, Any]]
    model: str


@dataclass(frozen=True, slots=True)
class Model:
    """Where the model is asked. `url` is the API's base, such as http://127.0.0.1:11434/v1.

    `name` "" stands for the only model that the server has.
    """

    url: str = field(repr=False)
    name: str = ""
    key: str = field(default="", repr=False)
    timeout_s: float = 120.0

    @classmethod
    def from_environment(cls) -> Model | None:
        """The model that NEMO_LLM_URL, NEMO_LLM_MODEL and NEMO_LLM_KEY name; None without the first."""
        url, name, key = (os.environ.get(f"NEMO_LLM_{key}", "").strip() for key in ("URL", "MODEL", "KEY"))
        return cls(url, name, key) if url else None

    def ask(self, text: str, world: World) -> Answered:
        """The calls that the model answers an instruction with: names and arguments, unchecked.

        Raises:
            ModelError: it can't be reached, its answer makes no sense, or it declines.
        """
        endpoint = Endpoint(self.url, self.key, self.timeout_s)
        name = self.name or endpoint.only_model(world.cancelled)
        body = {"model": name, "messages": messages(text, world), "tools": schemas(), "temperature": 0}
        reply = endpoint.post(body, name, world.cancelled)
        for _ in range(_MOST_TRIES):
            if (reply.fine and reply.body.strip()) or not _suited(body, reply, text, world):
                break
            reply = endpoint.post(body, name, world.cancelled)
        if not reply.fine:
            raise endpoint.refused(reply, name)
        try:
            message = message_of(reply.body)
        except ValueError as error:
            if reply.body.strip() and error_in(reply.body) and b"error" in reply.body[:200]:
                raise endpoint.refused(reply, name) from error
            raise (endpoint.elsewhere(reply, name) or no_plan(name)) from error
        known = frozenset(tool["function"]["name"] for tool in schemas())
        return Answered(calls_of(message, name, known), name)


def _suited(body: dict[str, Any], reply: Reply, text: str, world: World) -> bool:
    """Make the request as the server wants it; false if it does not say how, or that was tried."""
    why = error_in(reply.body).lower() if reply.status in _NOT_TAKEN else ""
    empty = reply.fine and not reply.body.strip()
    if (empty or "stream" in why) and "stream" not in body:
        body["stream"] = True
    elif "temperature" in why and "temperature" in body:
        del body["temperature"]
    elif ("tool" in why or "function" in why) and "tools" in body:
        del body["tools"]
        body["messages"] = messages(text, world, in_words=True)
    else:
        return False
    return True
