"""Bytes to events to what is told: recorded answers of a real ADK server, cut at will, and any JSON."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nemo_widgets.client import (
    ErrorEvent,
    HeartbeatEvent,
    TextEvent,
    ThoughtEvent,
    ToolCallEvent,
    ToolResultEvent,
    Transcript,
    UnknownEvent,
)
from nemo_widgets.client.events import decode, parse
from nemo_widgets.client.sse import Decoder, Message

RECORDED = [Path(__file__).parent / "recorded", Path(__file__).parents[1] / "client" / "recorded"]
JOINED = "Removed 0:45 to 1:20 and joined the rest"
KINDS = (
    ErrorEvent,
    HeartbeatEvent,
    TextEvent,
    ThoughtEvent,
    ToolCallEvent,
    ToolResultEvent,
    UnknownEvent,
)

# The kinds of events, the text, the tools called, and the turn's error.
TOLD: dict[str, tuple[str, str, list[str], str | None]] = {
    "streaming.http": ("hm call result text text text", f"{JOINED} smoothly.", ["cut_section"], None),
    "llm_agent.sse": (
        "text call result unknown text text text",
        f"Cutting now.\n\n{JOINED}.",
        ["cut_section"],
        None,
    ),
    "llm_agent_whole.sse": (
        "text call result unknown text",
        f"Cutting now.\n\n{JOINED}.",
        ["cut_section"],
        None,
    ),
    "agent_exception.http": ("error", "", [], "RuntimeError: boom from agent"),
    "error_event.http": ("error", "", [], "I encountered a temporary issue"),
}
WORDS = {
    ThoughtEvent: "hm",
    TextEvent: "text",
    ToolCallEvent: "call",
    ToolResultEvent: "result",
    ErrorEvent: "error",
    UnknownEvent: "unknown",
}


def recorded(name: str) -> bytes:
    """The body of an answer, in LF as it was sent."""
    data = next(path for folder in RECORDED if (path := folder / name).is_file()).read_bytes()
    if not data.startswith(b"HTTP/"):
        return data
    return data.partition(b"\r\n\r\n" if b"\r\n\r\n" in data else b"\n\n")[2]


def events_of(*chunks: bytes) -> list[Any]:
    decoder = Decoder()
    return [event for chunk in chunks for message in decoder.feed(chunk) for event in decode(message)]


def told(events: list[Any]) -> tuple[str, list[str], str | None, str]:
    transcript, shown = Transcript(), ""
    for event in events:
        grown = transcript.feed(event)
        if grown is not None:
            shown = shown + grown if grown else transcript.text
    return transcript.text, [call.name for call in transcript.tool_calls], transcript.error, shown


@pytest.mark.parametrize(("name", "expected"), TOLD.items(), ids=TOLD)
def test_recorded(name, expected):
    """A recorded answer is told with its words once, its tools and its failure, in every form of line end."""
    words, text, tools, error = expected
    body = recorded(name)
    for end in (b"\n", b"\r\n", b"\r"):
        stream = body.replace(b"\n", end)
        for chunks in ([stream], [stream[i : i + 1] for i in range(len(stream))]):
            events = events_of(*chunks)
            assert " ".join(WORDS[type(event)] for event in events) == words
            assert told(events)[:3] == (text, tools, error)
            assert error or told(events)[3] == text


@pytest.mark.parametrize("name", TOLD)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_any_chunks(name, data):
    """However a recorded answer arrives, it holds the same events, hence the same text."""
    body = recorded(name)
    cuts = data.draw(st.lists(st.integers(0, len(body)), max_size=40))
    at = sorted([0, *cuts, len(body)])
    assert events_of(*(body[a:b] for a, b in pairwise(at))) == events_of(body)


@pytest.mark.parametrize("name", TOLD)
def test_cut_off(name):
    """Wherever a recorded answer breaks off, the events of its whole messages are told and no others."""
    body = recorded(name)
    events = events_of(body)
    for end in range(0, len(body), 7):
        whole = body[:end].count(b"\n\n")
        begun = events_of(body[:end])
        assert begun == events[: len(begun)]
        assert begun == [e for m in body.split(b"\n\n")[:whole] for e in events_of(m + b"\n\n")]


# Every key and word that the protocol's shapes give a meaning to.
KEYS = st.sampled_from([
    "type", "content", "parts", "text", "thought", "functionCall", "function_call", "functionResponse",
    "function_response", "id", "name", "args", "response", "result", "error", "error_message", "errorCode",
    "error_code", "errorMessage", "code", "message", "msg", "detail", "partial", "author", "actions", "data",
    "status", "success",
])  # fmt: skip
NAMES = st.sampled_from([
    "text", "thought", "thinking", "tool_call", "tool_result", "heartbeat", "ping", "error", "user",
    "ask_question", "0", "200",
])  # fmt: skip
NUMBERS = st.integers() | st.floats() | st.just(10**400)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=8) | NAMES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=15,
)
PARTS = st.lists(st.dictionaries(KEYS, ANY_JSON, max_size=3) | ANY_JSON, max_size=4)
ADK = st.fixed_dictionaries(
    {"content": st.fixed_dictionaries({"parts": PARTS})},
    optional={"partial": st.booleans(), "author": NAMES, "errorCode": ANY_JSON, "errorMessage": ANY_JSON},
)
TYPED_KEYS = ("content", "text", "name", "id", "args", "result", "message", "code", "partial")
TYPED = st.fixed_dictionaries({"type": NAMES}, optional=dict.fromkeys(TYPED_KEYS, ANY_JSON))


# How fast a busy machine draws examples says nothing of what is tested.
@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@example([10**4000, {"type": "error", "code": 10**4000}])
@example(["heartbeat", "Heartbeat", " heartbeat", "", "ping"])
@given(st.lists(ANY_JSON | ADK | TYPED, max_size=5))
def test_any_json(values):
    """Whatever JSON comes is at least one event of the known kinds, and a turn can be told of all of them."""
    events = []
    for value in values:
        found = parse(value)
        assert found
        assert all(isinstance(event, KINDS) for event in found)
        # NaN is no equal of itself, so the events are compared as they are written.
        assert repr(decode(Message(json.dumps(value)))) == repr(found)
        events += found
    text, tools, error, _ = told(events)
    assert isinstance(text, str)
    assert all(isinstance(name, str) for name in tools)
    assert error is None or error
    for event in events:
        if isinstance(event, ToolCallEvent):
            assert isinstance(event.args, dict)
            assert all(isinstance(word, str) for word in (event.id, event.name))
        if isinstance(event, ErrorEvent):
            assert event.message
            assert isinstance(event.code, str)


FRAGMENTS = [b"data: ", b'{"', b'"}', b'error":', b"\n\n", b"{}", b"[", b"\xff", b'text"', b"type", b"1"]


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200) | st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(b"".join))
def test_any_bytes(stream):
    """No bytes at all raise on their way to the transcript."""
    events = events_of(stream)
    assert all(isinstance(event, KINDS) for event in events)
    told(events)
