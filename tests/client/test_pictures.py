"""Pictures in an answer: which are taken, and that they stand in the transcript once."""

from __future__ import annotations

import base64

import pytest

from nemo_widgets.client import PictureEvent, TextEvent, ToolCallEvent, Transcript, UnknownEvent
from nemo_widgets.client.events import parse
from nemo_widgets.running.stream import meaning

PNG = b"\x89PNG\r\n\x1a\n\xfb\xff\xfe and what follows"
CODED = base64.b64encode(PNG).decode()
FOR_URLS = base64.urlsafe_b64encode(PNG).decode().rstrip("=")


def _adk(key="inlineData", **blob):
    return {"content": {"parts": [{key: blob}], "role": "model"}, "author": "nemo_agent"}


@pytest.mark.parametrize(
    "value",
    [
        _adk(mimeType="image/png", data=CODED, displayName="the kiss"),
        _adk("inline_data", mime_type="image/png", data=FOR_URLS, display_name="the kiss"),
        _adk(mimeType="IMAGE/PNG", data=CODED, displayName="the\nkiss"),
        {"type": "image", "mimeType": "image/png", "data": CODED, "alt": "the kiss"},
    ],
    ids=["camel case", "snake case, base64 for URLs", "capitals and a line break", "typed"],
)
def test_a_picture_is_heard(value):
    """A picture is its bytes and its words, in each way of writing it."""
    assert parse(value) == [PictureEvent(PNG, "image/png", "the kiss")]


@pytest.mark.parametrize(
    "blob",
    [
        {},
        {"mimeType": "image/png"},
        {"mimeType": "image/png", "data": "a picture!"},
        {"mimeType": "image/png", "data": base64.b64encode(b"<svg onload='x'/>").decode()},
        {"mimeType": "image/svg+xml", "data": base64.b64encode(b"<svg/>").decode()},
        {"mimeType": "image/png", "data": "A" * 8_000_001},
        {"mimeType": ["image/png"], "data": 7},
    ],
    ids=["empty", "no data", "not base64", "svg as png", "svg", "too large", "of other types"],
)
def test_what_is_no_picture_is_kept_as_it_came(blob):
    """What can't be shown is something unknown, as before."""
    assert parse(_adk(**blob)) == [UnknownEvent({"inlineData": blob})]


def test_a_transcript_keeps_each_picture_once():
    """Pictures stand in order, each once, and change nothing about what was said."""
    transcript = Transcript()
    other = PictureEvent(PNG + b"2", "image/png")
    events = [
        ToolCallEvent("1", "cut"),
        PictureEvent(PNG, "image/png", "a"),
        TextEvent("Do", partial=True),
        other,
        TextEvent("ne.", partial=True),
        PictureEvent(PNG, "image/png", "a"),
        TextEvent("Done."),
    ]
    for event in events:
        transcript.feed(event)
    assert transcript.pictures == [PictureEvent(PNG, "image/png", "a"), other]
    assert transcript.text == "Done."
    assert transcript.finished
    assert transcript.error is None


def test_its_meaning_is_told_in_words():
    """The table of the stream tells a picture's size and words, not its bytes."""
    assert meaning(PictureEvent(b"x" * 1200, "image/png", "the kiss")) == "a picture of 1,200 bytes: the kiss"
