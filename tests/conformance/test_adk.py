"""The client against a real Google ADK server, which speaks the protocol's chat to the letter (§4).

What the agent does on which message stands in `adk_server.py`.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import pytest
from waiting import until_async

from nemo_widgets import errors
from nemo_widgets.client import (
    AsyncClient,
    ClientSettings,
    ErrorEvent,
    TextEvent,
    ThoughtEvent,
    ToolCallEvent,
    ToolResultEvent,
    Transcript,
    UnknownEvent,
)
from nemo_widgets.testing import FastClock

HUGE = "0123456789abcdef" * 65_536


@pytest.fixture
async def connect(adk, tmp_path):
    """Makes clients of the ADK server; its token is one that ADK never asks for."""
    async with contextlib.AsyncExitStack() as stack:

        async def make(**settings: Any) -> AsyncClient:
            client = AsyncClient(
                base_url=adk.url,
                token="nmv_usr_adk_needs_none",
                settings=ClientSettings(**settings),
                config_dir=tmp_path,
            )
            return await stack.enter_async_context(client)

        yield make


class Heard:
    """An answer as a program meets it: its events, its transcript, and what a screen shows in the end."""

    def __init__(self) -> None:
        self.events: list[Any] = []
        self.transcript = Transcript()
        self.shown = ""

    async def listen(self, client: AsyncClient, session: str, text: str) -> None:
        async for event in client.chat(session, text):
            self.events.append(event)
            grown = self.transcript.feed(event)
            if grown is not None:
                self.shown = self.shown + grown if grown else self.transcript.text

    def of(self, kind: type) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture
async def say(adk, connect):
    """Says something in a new session, and makes sure that ADK received it exactly once."""

    async def send(text: str) -> Heard:
        session, heard = adk.session(), Heard()
        try:
            await heard.listen(await connect(), session, text)
        finally:
            assert adk.received(session) == [text]
        return heard

    return send


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("nothing", ""),
        ("pieces", "Removed 0:45 to 1:20 and joined the rest."),
        ("pieces twice", "One, two.\n\nThree, four."),
        ("whole", "Done."),
        ("parts", "Cut and joined."),
        ("thoughts", "Done."),
        ("tools", "Cutting now.\n\nCut it."),
        ("call in pieces", ""),
        ("text and call", "Cutting.\n\nCut."),
        ("question", "One thing first."),
        ("state", ""),
        ("artifact", "Saved."),
        ("unknown parts", "See: there."),
        ("error after text", "Done."),
        ("silence", "Wait. Done."),
        ("sub-agent", "I am another."),
        ("model", "Cutting now.\n\nCut by a model."),
        ("model in pieces", "Cutting now.\n\nCut by a model."),
    ],
)
async def test_text(say, message, told):
    """Every text is in the answer once and in order, and a screen that follows the pieces shows the same."""
    heard = await say(message)
    assert heard.transcript.text == told
    assert heard.shown.strip() == told
    assert heard.transcript.error is None


async def test_huge(say):
    """A megabyte in 64 pieces and once more whole arrives as one megabyte."""
    heard = await say("huge")
    assert len(heard.of(TextEvent)) == 65
    assert heard.transcript.text == heard.shown == HUGE


async def test_odd_text(say):
    """Control characters, quotes, other line ends and astral letters come through as they were."""
    heard = await say("odd text")
    assert heard.transcript.text == '"\\ \x00\x07\x85\u2028\u2029\ufeff👋🏽\r\n\r\ndata: no\n\nGrüße'


async def test_thoughts(say):
    """Thoughts are apart from the words for the user, also within one event."""
    heard = await say("thoughts")
    assert heard.events == [ThoughtEvent("hm", partial=True), ThoughtEvent("hm, so"), TextEvent("Done.")]


@pytest.mark.parametrize("message", ["tools", "call in pieces", "text and call"])
async def test_tools(say, message):
    """A tool's call is told once with its arguments, be it streamed twice, and then its answer."""
    heard = await say(message)
    assert heard.transcript.tool_calls == [ToolCallEvent("c1", "cut", {"start": 45.0, "end": 80.0})]
    assert heard.of(ToolResultEvent) == [ToolResultEvent("c1", "cut", {"ok": True})]


@pytest.mark.parametrize("message", ["model", "model in pieces"])
async def test_model(say, message):
    """An agent with a model and a tool, run by ADK itself, is heard with thought, call, answer and words."""
    heard = await say(message)
    (call,), (result,) = heard.transcript.tool_calls, heard.of(ToolResultEvent)
    assert (call.name, call.args) == ("cut_section", {"start": 1.0})
    assert (result.id, result.name, result.response) == (call.id, "cut_section", {"ok": True, "start": 1.0})
    assert heard.of(ThoughtEvent)[-1] == ThoughtEvent("hm")


async def test_question(say):
    """A turn that ends with `ask_question` holds the question with all its options."""
    heard = await say("question")
    question = heard.transcript.question
    assert question.args["title"] == "Which cut?"
    assert [option["label"] for option in question.args["questions"][0]["options"]] == ["At 0:10", "At 0:20"]


async def test_unknown(say):
    """What is no text and no tool is kept as it came; so is an event that holds a new state alone."""
    heard = await say("unknown parts")
    assert [set(event.raw) for event in heard.of(UnknownEvent)] == [{"inlineData"}, {"executableCode"}]
    (state,) = (await say("state")).events
    assert state.raw["actions"]["stateDelta"] == {"draft": {"t": []}}


STOPPED = "The agent's model stopped for reasons of safety. Say it in other words."


@pytest.mark.parametrize(
    ("message", "error", "told"),
    [
        ("error event", ErrorEvent("I encountered a temporary issue", "TEMPORARY"), ""),
        ("safety", ErrorEvent(STOPPED, "SAFETY"), ""),
        ("exception", ErrorEvent('RuntimeError: the "blunt" scissors said: {"no": \'way\'} data: gone'), ""),
        ("exception after text", ErrorEvent("The server stopped (ValueError)."), "Cutting now."),
    ],
)
async def test_failures(say, message, error, told):
    """What fails in the agent is one error event, in ADK's words if any, and the turn's error; words stay."""
    heard = await say(message)
    assert heard.of(ErrorEvent) == [error]
    assert heard.transcript.error == error.message
    assert heard.transcript.text == told


async def test_refusal_in_the_stream(say):
    """A number of the protocol's table that comes as an event's code is raised as that error."""
    with pytest.raises(errors.NoCredits):
        await say("no credits")


async def test_conversation(adk, connect):
    """Several messages of one session are each received once, in order, each with its own answer."""
    client, session = await connect(), adk.session()
    told = []
    for message in ("whole", "parts", "exception", "pieces"):
        heard = Heard()
        await heard.listen(client, session, message)
        told.append(heard.transcript.text)
    assert told == ["Done.", "Cut and joined.", "", "Removed 0:45 to 1:20 and joined the rest."]
    assert adk.received(session) == ["whole", "parts", "exception", "pieces"]


async def test_unknown_session(adk, connect):
    """A session that ADK does not know is named as such, and no session comes into being."""
    client = await connect()
    with pytest.raises(errors.SessionNotFound):
        await Heard().listen(client, "5529700000000000001", "whole")
    with pytest.raises(errors.SessionNotFound):
        await client.state(adk.session())  # ADK has no such route


async def test_no_session_route(connect):
    """ADK has no route for the protocol's sessions; the error says that it is the address that is unknown."""
    with pytest.raises(errors.ServerError, match="does not know this address") as caught:
        await (await connect()).create_session()
    assert type(caught.value) is errors.ServerError


async def test_silence(adk, connect):
    """ADK keeps no connection alive: silence beyond the limit is a time-out, and nothing is sent again."""
    clock = FastClock(0)
    client, session, heard = await connect(clock=clock, chat_quiet_s=60), adk.session(), Heard()
    listening = asyncio.create_task(heard.listen(client, session, "long silence"))
    await until_async(lambda: heard.events)
    await until_async(lambda: listening.done() or clock.advance(30))
    with pytest.raises(errors.TimedOut):
        await listening
    assert heard.events == [TextEvent("Wait. ")]
    assert adk.received(session) == ["long silence"]


async def test_left(adk, connect):
    """Who stops listening midway leaves a server that goes on answering; the message counts once."""
    client, session = await connect(), adk.session()
    async with contextlib.aclosing(client.chat(session, "silence")) as events:
        assert await anext(events) == TextEvent("Wait. ")
    heard = Heard()
    await heard.listen(client, session, "whole")
    assert heard.transcript.text == "Done."
    assert adk.received(session) == ["silence", "whole"]


async def test_nothing_leaves_this_machine(adk, say):
    """All through these tests the server has not once tried to reach anything but loopback."""
    await say("model")
    assert not adk.outside.exists()
