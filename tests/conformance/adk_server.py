"""A real Google ADK server with an agent that follows a script: run by `test_adk.py` in ADK's environment.

    python adk_server.py FOLDER

prints `{"port": …}` once it listens, ends when its standard input is closed, and notes every attempt to reach
anything but loopback in FOLDER/outside.txt; such an attempt fails.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
import threading
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

FOLDER = Path(sys.argv[1])
LOOPBACK = ("127.0.0.1", "::1", "localhost", "", None)
QUIET = {
    "HOME": str(FOLDER),
    "OTEL_SDK_DISABLED": "true",
    "NO_GCE_CHECK": "true",
    "GOOGLE_GENAI_USE_VERTEXAI": "0",
    "ADK_SUPPRESS_EXPERIMENTAL_FEATURE_WARNINGS": "1",
}


def guard(event: str, values: tuple[Any, ...]) -> None:
    """Refuse whatever would leave this machine, names that would have to be looked up included."""
    host: Any = None
    if event == "socket.getaddrinfo":
        host = values[0]
    elif event in ("socket.connect", "socket.sendto") and isinstance(values[1], tuple):
        host = values[1][0]
    if (host.decode() if isinstance(host, bytes) else host) not in LOOPBACK:
        with (FOLDER / "outside.txt").open("a") as file:
            file.write(f"{event} {host}\n")
        raise PermissionError(f"{host} is not this machine")


sys.addaudithook(guard)
os.environ.update(QUIET)
for name in [name for name in os.environ if name.startswith(("GOOGLE_CLOUD", "OTEL_EXPORTER"))]:
    del os.environ[name]
warnings.simplefilter("ignore")  # ADK's own about what is experimental

import uvicorn  # noqa: E402 - after the guard
from google.adk.agents import BaseAgent, LlmAgent  # noqa: E402
from google.adk.cli.fast_api import get_fast_api_app  # noqa: E402
from google.adk.cli.utils.base_agent_loader import BaseAgentLoader  # noqa: E402
from google.adk.events import Event, EventActions  # noqa: E402
from google.adk.models import BaseLlm, LlmResponse  # noqa: E402
from google.genai import types  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

QUESTION = {
    "title": "Which cut?",
    "questions": [
        {
            "id": "q1",
            "prompt": "Where?",
            "options": [{"id": "a", "label": "At 0:10"}, {"id": "b", "label": "At 0:20"}],
            "allow_multiple": False,
        }
    ],
}


def text(words: str, *, thought: bool = False) -> types.Part:
    return types.Part(text=words, thought=thought or None)


def call(call_id: str, tool: str, **args: Any) -> types.Part:
    return types.Part(function_call=types.FunctionCall(id=call_id, name=tool, args=args))


def answer(call_id: str, tool: str, **response: Any) -> types.Part:
    return types.Part(function_response=types.FunctionResponse(id=call_id, name=tool, response=response))


def said(*parts: types.Part, **more: Any) -> dict[str, Any]:
    return {"content": types.Content(role="model", parts=list(parts)), **more}


def pieces(*words: str, **more: Any) -> list[dict[str, Any]]:
    """Text as ADK streams it: the pieces, then the whole."""
    return [*(said(text(word), partial=True) for word in words), said(text("".join(words)), **more)]


PICTURE = types.Part(inline_data=types.Blob(data=b"\x89PNG\xff", mime_type="image/png"))
CODE = types.Part(executable_code=types.ExecutableCode(code="1 + 1", language="PYTHON"))
CUT = call("c1", "cut", start=45.0, end=80.0)
DONE = answer("c1", "cut", ok=True)
DRAFT = EventActions(state_delta={"draft": {"t": []}})
STORED = EventActions(artifact_delta={"draft.json": 0})
ISSUE = {"error_code": "TEMPORARY", "error_message": "I encountered a temporary issue"}

# What the agent does on a message: events, seconds to be silent, or an exception to fail with.
SCRIPTS: dict[str, list[Any]] = {
    "nothing": [],
    "pieces": pieces("Removed 0:45 ", "to 1:20 ", "and joined the rest."),
    "pieces twice": [*pieces("One", ", two."), *pieces("Three", ", four.")],
    "whole": [said(text("Done."))],
    "parts": [said(text("Cut "), text("and "), text("joined."))],
    "thoughts": [
        said(text("hm", thought=True), partial=True),
        said(text("hm, so", thought=True), text("Done.")),
    ],
    "tools": [*pieces("Cutting", " now."), said(CUT), said(DONE, actions=DRAFT), *pieces("Cut ", "it.")],
    "call in pieces": [said(CUT, partial=True), said(CUT), said(DONE)],
    "text and call": [said(text("Cutting."), CUT), said(DONE), said(text("Cut."))],
    "question": [
        said(text("One thing first.")),
        said(call("q", "ask_question", **QUESTION), long_running_tool_ids={"q"}),
    ],
    "state": [{"actions": DRAFT}],
    "artifact": [said(text("Saved."), actions=STORED)],
    "unknown parts": [said(text("See: "), PICTURE, CODE, text("there."))],
    "error event": [ISSUE],
    "error after text": [said(text("Done.")), ISSUE],
    "safety": [{"error_code": "SAFETY"}],
    "no credits": [{"error_code": "2001", "error_message": "no credits"}],
    "exception": [RuntimeError('the "blunt" scissors said: {"no": \'way\'}\n\ndata: gone')],
    "exception after text": [*pieces("Cutting", " now."), ValueError("")],
    "silence": [said(text("Wait. ")), 1.5, said(text("Done."))],
    "long silence": [said(text("Wait. ")), 600.0, said(text("Done."))],
    "huge": pieces(*["0123456789abcdef" * 1024] * 64),
    "odd text": pieces('"\\ \x00\x07\x85\u2028\u2029\ufeff', "👋🏽\r\n\r\ndata: no\n\n", "Grüße"),
    "sub-agent": [said(text("I am another."), author="helper", branch="nemo_agent.helper")],
}


class ScriptedModel(BaseLlm):
    """A model that calls the tool first, and says so once it has answered; in pieces if it is asked to."""

    async def generate_content_async(
        self,
        llm_request: Any,
        stream: bool = False,  # noqa: FBT001, FBT002 - ADK's own signature
    ) -> AsyncIterator[LlmResponse]:
        given = [part for content in llm_request.contents for part in content.parts or []]
        if any(part.function_response for part in given):
            parts = [text("Cut by a model.")]
        else:
            parts = [text("hm", thought=True), text("Cutting now."), call("", "cut_section", start=1.0)]
        if any(part.text == "model in pieces" for part in given):
            for part in parts:
                yield LlmResponse(
                    content=types.Content(role="model", parts=[part.model_copy(deep=True)]), partial=True
                )
        yield LlmResponse(content=types.Content(role="model", parts=parts))


def cut_section(start: float) -> dict[str, Any]:
    """Cut a section."""
    return {"ok": True, "start": start}


class Scripted(BaseAgent):
    """Does what the message's text names in SCRIPTS; `model` hands on to an agent that has one."""

    async def _run_async_impl(self, ctx: Any) -> AsyncIterator[Event]:
        wanted = ctx.user_content.parts[0].text
        if wanted.startswith("model"):
            async for event in self.sub_agents[0].run_async(ctx):
                yield event
            return
        for step in SCRIPTS[wanted]:
            if isinstance(step, Exception):
                raise step
            if isinstance(step, float):
                await asyncio.sleep(step)
            else:
                yield Event(**{"author": self.name, "invocation_id": ctx.invocation_id, **step})


class Loader(BaseAgentLoader):
    """Knows one agent."""

    def load_agent(self, agent_name: str) -> BaseAgent:
        if agent_name != "nemo_agent":
            raise ValueError(agent_name)
        model = ScriptedModel(model="scripted")
        helper = LlmAgent(name="cutter", model=model, tools=[cut_section])
        return Scripted(name=agent_name, sub_agents=[helper])

    def list_agents(self) -> list[str]:
        return ["nemo_agent"]


def main() -> None:
    app = get_fast_api_app(
        agents_dir=str(FOLDER),
        agent_loader=Loader(),
        session_service_uri="memory://",
        artifact_service_uri="memory://",
        memory_service_uri="memory://",
        use_local_storage=False,
        web=False,
    )
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))

    def until_left() -> None:
        sys.stdin.read()
        server.should_exit = True

    threading.Thread(target=until_left, daemon=True).start()
    print(json.dumps({"port": listener.getsockname()[1]}), flush=True)  # noqa: T201 - the test reads it
    server.run(sockets=[listener])


if __name__ == "__main__":
    main()
