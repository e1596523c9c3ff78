"""A turn's text is said once, in order, without the sentence that means nothing."""

from __future__ import annotations

import pytest

from nemo_widgets.client import (
    ErrorEvent,
    HeartbeatEvent,
    TextEvent,
    ToolCallEvent,
    ToolResultEvent,
    Transcript,
)
from nemo_widgets.client.events import decode
from nemo_widgets.client.sse import Decoder

ISSUE = "I encountered a temporary issue. Please try again."
CALL, RESULT = ToolCallEvent("c1", "cut"), ToolResultEvent("c1", "cut")


def piece(text):
    return TextEvent(text, partial=True)


TABLE = {
    "nothing": ([], "", None),
    "pieces only": ([piece("Re"), piece("moved.")], "Removed.", None),
    "whole only": ([TextEvent("Removed.")], "Removed.", None),
    "pieces and the whole": ([piece("Re"), piece("moved."), TextEvent("Removed.")], "Removed.", None),
    "the whole has more": ([piece("Re"), TextEvent("Removed.")], "Removed.", None),
    "the whole says it differently": ([piece("Reemo"), TextEvent("Removed.")], "Removed.", None),
    "the whole twice": ([piece("Hi"), TextEvent("Hi"), TextEvent("Hi")], "Hi", None),
    "the whole in a shape of pieces": ([piece("Re"), piece("moved."), piece("Removed.")], "Removed.", None),
    "the same piece twice": ([piece("ha"), piece("ha")], "haha", None),
    "two texts": ([TextEvent("Cutting."), CALL, RESULT, TextEvent("Done.")], "Cutting.\n\nDone.", None),
    "two texts in pieces": (
        [
            piece("Cut"),
            piece("ting."),
            TextEvent("Cutting."),
            CALL,
            piece("Do"),
            piece("ne."),
            TextEvent("Done."),
        ],
        "Cutting.\n\nDone.",
        None,
    ),
    "a call between pieces and their whole": (
        [piece("Cut"), CALL, TextEvent("Cutting."), RESULT],
        "Cutting.",
        None,
    ),
    "a call between two texts in pieces": ([piece("One."), CALL, piece("Two.")], "One.\n\nTwo.", None),
    "issue after text": ([TextEvent("Done."), TextEvent(ISSUE)], "Done.", None),
    "issue in pieces after text": (
        [piece("Done.\n"), piece("I encountered a tem"), piece("porary issue")],
        "Done.",
        None,
    ),
    "issue as an error after text": ([TextEvent("Done."), ErrorEvent(ISSUE, "T")], "Done.", None),
    "issue after a tool alone": ([CALL, RESULT, TextEvent(ISSUE)], "", None),
    "issue alone": ([TextEvent(ISSUE)], "", ISSUE),
    "issue alone in pieces": (
        [piece("I encountered"), piece(" a temporary issue")],
        "",
        "I encountered a temporary issue",
    ),
    "issue alone as an error": ([ErrorEvent(ISSUE, "T")], "", ISSUE),
    "issue, then text": ([TextEvent(ISSUE), TextEvent("Done.")], ISSUE + "\n\nDone.", None),
    "a sentence that only begins so": (
        [TextEvent("I encountered a temporary issue with the sound and mended it.")],
        "I encountered a temporary issue with the sound and mended it.",
        None,
    ),
    "an error is an error": ([TextEvent("Half"), ErrorEvent("boom")], "Half", "boom"),
    "heartbeats": ([HeartbeatEvent(), piece("Hi"), HeartbeatEvent()], "Hi", None),
}


@pytest.mark.parametrize(("events", "text", "error"), TABLE.values(), ids=TABLE)
def test_turn(events, text, error):
    """Each turn ends with this text and this error."""
    transcript = Transcript()
    for event in events:
        transcript.feed(event)
    assert (transcript.text, transcript.error) == (text, error)


@pytest.mark.parametrize(("events", "text", "error"), TABLE.values(), ids=TABLE)
def test_deltas_make_the_text(events, text, error):
    """Who shows the deltas, and all anew where it is said to, shows the text, but for what is held back."""
    transcript, shown = Transcript(), ""
    for event in events:
        if (delta := transcript.feed(event)) is not None:
            shown = shown + delta if delta else transcript.text
    assert shown.strip() == text
    assert error is None or ISSUE[:31] not in shown


def test_tool_calls_once():
    """A call that is told twice is one call; calls without an id are all kept."""
    transcript = Transcript()
    for event in (CALL, CALL, ToolCallEvent("", "x"), ToolCallEvent("", "x")):
        transcript.feed(event)
    assert [c.name for c in transcript.tool_calls] == ["cut", "x", "x"]


def test_question():
    """A turn that ends with a question to the user says so."""
    transcript = Transcript()
    transcript.feed(ask := ToolCallEvent("q", "ask_question", {"title": "Which?"}))
    assert transcript.question == ask


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("streaming.http", "Removed 0:45 to 1:20 and joined the rest smoothly."),
        ("llm_agent.sse", "Cutting now.\n\nRemoved 0:45 to 1:20 and joined the rest."),
        ("agent_exception.http", ""),
        ("error_event.http", ""),
    ],
)
def test_recorded(recorded, name, text):
    """What real ADK servers sent becomes the text that was meant."""
    transcript = Transcript()
    for message in Decoder().feed(recorded(name)):
        for event in decode(message):
            transcript.feed(event)
    assert transcript.text == text
    assert bool(transcript.error) is (not text)
