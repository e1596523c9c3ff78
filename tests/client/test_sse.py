"""The decoder against the WHATWG's rules."""

from __future__ import annotations

import json
import time
import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemo_widgets.client.json_lines import JsonLines
from nemo_widgets.client.sse import ACTIVITY, STRAY, Decoder, Message
from nemo_widgets.errors import EventTooLarge

A = [Message("a")]
TABLE = {
    "one leading BOM is dropped": (b"\xef\xbb\xbfdata: a\n\n", A),
    "a second BOM is content, so its line is no field": (b"\xef\xbb\xbf\xef\xbb\xbfdata: a\n\n", [ACTIVITY]),
    "a BOM later is content": (b"data: a\n\ndata: \xef\xbb\xbfb\n\n", [*A, Message("\ufeffb")]),
    "CR ends lines": (b"data: a\rdata: b\r\r", [Message("a\nb")]),
    "CRLF ends lines": (b"data: a\r\ndata: b\r\n\r\n", [Message("a\nb")]),
    "they mix": (b"data: a\n\r\n\rdata: b\r\r", [*A, Message("b")]),
    "no blank line, no message": (b"data: a\n", []),
    "half a line is no message": (b"data: a", []),
    "an empty data line is a message": (b"data:\n\n", [Message("")]),
    "two empty lines are one line end": (b"data\ndata\n\n", [Message("\n")]),
    "no data, no message": (b"event: ping\n\n", [ACTIVITY]),
    "an id alone is no message": (b"id: 7\n\n", [ACTIVITY]),
    "blank lines alone are nothing": (b"\n\r\n\r\n", []),
    "an id with NUL is ignored": (b"id: 1\0\ndata: a\n\n", A),
    "an id persists": (b"id: 1\ndata: a\n\ndata: b\n\n", [Message("a", id="1"), Message("b", id="1")]),
    "an empty id resets": (b"id: 1\ndata: a\n\nid\ndata: b\n\n", [Message("a", id="1"), Message("b")]),
    "a comment is activity": (b":hi\ndata: a\n:there\n\n", [ACTIVITY, ACTIVITY, *A]),
    "one space is stripped": (b"data:  a\n\n", [Message(" a")]),
    "a tab stays": (b"data:\ta\n\n", [Message("\ta")]),
    "names are exact": (b"foo\nDATA: y\n data: z\ndata: a\n\n", A),
    "the event has a name": (b"event: x\ndata: a\n\ndata: b\n\n", [Message("a", "x"), Message("b")]),
    "other line ends are content": (
        "data: a\u2028b\u2029c\x85d\x0be\x0cf\n\n".encode(),
        [Message("a\u2028b\u2029c\x85d\x0be\x0cf")],
    ),
    "bad UTF-8 is replaced": (b"data: \xff\xe2\x82\n\n", [Message("\ufffd\ufffd")]),
    "NUL in data stays": (b"data: a\0b\n\n", [Message("a\0b")]),
    "colons after the first are content": (b"data: a:b\n\n", [Message("a:b")]),
}


def decoded(*chunks: bytes) -> list[Message]:
    decoder = Decoder()
    return [message for chunk in chunks for message in decoder.feed(chunk)]


def exhaust(decoder, chunks):
    for chunk in chunks:
        list(decoder.feed(chunk))


@pytest.mark.parametrize(("stream", "expected"), TABLE.values(), ids=TABLE)
def test_rule(stream, expected):
    """Each rule holds for the stream at once and byte by byte."""
    assert decoded(stream) == expected
    assert decoded(*(stream[i : i + 1] for i in range(len(stream)))) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"30", 30),
        (b"+5", None),
        (b"-5", None),
        (b"1_000", None),
        (b" 5", None),
        ("٣٠".encode(), None),
        (b"", None),
    ],
)
def test_retry(line, expected):
    """`retry` is obeyed only if it is ASCII digits and nothing else."""
    decoder = Decoder()
    assert list(decoder.feed(b"retry: " + line + b"\n\n")) == [ACTIVITY]
    assert decoder.retry_ms == expected


PIECES = st.sampled_from(
    [
        b"data",
        b":",
        b" ",
        b"\r",
        b"\n",
        b"\r\n",
        b"\xef\xbb\xbf",
        b"event",
        b"id",
        b"x",
        b"\xe2\x82\xac",
        b"\xff",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES | st.binary(max_size=4), max_size=40), st.lists(st.integers(0, 160), max_size=12))
def test_chunking_changes_nothing(pieces, cuts):
    """However a stream is cut into chunks, the messages are the same, and no bytes raise."""
    stream = b"".join(pieces)
    at = sorted({0, len(stream), *(c for c in cuts if c < len(stream))})
    assert decoded(*(stream[a:b] for a, b in pairwise(at))) == decoded(stream)


@pytest.mark.parametrize(
    "unit", [b"data: " + b"x" * 1000 + b"\n", b"x" * 1000, b"data: " + b"y" * 40 + b"\n"]
)
def test_huge_event(unit):
    """An event over the limit is a named error, and memory stays bounded however it comes."""
    most = 1 << 20
    tracemalloc.start()
    try:
        decoder = Decoder(most)
        with pytest.raises(EventTooLarge, match="larger than 1 MB"):
            exhaust(decoder, (unit * 50 for _ in range(40_000_000 // len(unit) // 50)))
        assert tracemalloc.get_traced_memory()[1] < 6 * most
    finally:
        tracemalloc.stop()


def test_events_before_a_huge_one_are_given_out():
    """What was whole before the event that is too large has arrived."""
    messages = Decoder(100).feed(b"data: a\n\ndata: " + b"x" * 200)
    assert next(messages) == A[0]
    with pytest.raises(EventTooLarge):
        next(messages)


# The 64 KB pieces are so many that the short line too is larger than what is near at hand in a processor.
LONG = {
    "a line byte by byte": lambda n: [b"data: ", *[b"x"] * n, b"\n\n"],
    "a line in 64 KB pieces": lambda n: [
        b"data: " + b"x" * 65530,
        *[b"x" * 65536] * (n * 6 // 1000),
        b"\n\n",
    ],
    "empty lines": lambda n: [b"\n" * n * 10],
    "empty lines byte by byte": lambda n: [b"\n"] * n,
    "CRs": lambda n: [b"\r" * n * 10],
    "comments at once": lambda n: [b":\n" * n * 4],
    "lines of data": lambda n: [b"data:x\n" * n * 2 + b"\n"],
    "events at once": lambda n: [b"data: x\n\n" * n * 2],
}


@pytest.mark.parametrize("make", LONG.values(), ids=LONG)
def test_linear_time(growth, make):
    """Eight times as much takes about eight times as long, in whatever pieces, and not sixty-four times."""
    assert growth(make, lambda chunks: exhaust(Decoder(), chunks), 5_000) < 24


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize(
    ("rest", "found"),
    [
        (b"data: b", [Message("b")]),
        (b"data: b\n", [Message("b")]),
        (b"data: b\r", [Message("b")]),
        (b"event: x\ndata: b\ndata: c", [Message("b\nc", "x")]),
        (b"id: 7\ndata", [Message("", id="7")]),
        (b": alive", []),
        (b"event: x\n", []),
        (b"dat", []),
        (b"", []),
    ],
)
def test_the_last_message_may_lack_its_empty_line(rest, found, size):
    """What stands unfinished at the end is given out by `end`, and by nothing else, and once."""
    decoder, stream = Decoder(), b"data: a\n\n" + rest
    told = [m for i in range(0, len(stream), size) for m in decoder.feed(stream[i : i + size])]
    assert [m for m in told if m.data is not None] == [Message("a")]
    assert decoder.end() == found
    assert decoder.end() == []


@pytest.mark.parametrize("size", [1, 1000])
@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"I cut it.\nAnd that.", [Message("I cut it.\nAnd that.", STRAY)]),
        (b"Data: a b\r\n\r\n: alive\n\nend", [Message("Data: a b\nend", STRAY)]),
        ("剪好了".encode(), [Message("剪好了", STRAY)]),
        (b"OK\n", []),
        (b"Some words\ndata: a\n\n", []),
        (b"Some words\nevent: a\n\nmore words\n", []),
    ],
)
def test_a_body_that_is_no_event_stream_is_not_lost(body, found, size):
    """Lines of no field are given out at the end as what they are, where no other line came."""
    decoder = Decoder()
    exhaust(decoder, (body[i : i + size] for i in range(0, len(body), size)))
    assert decoder.end() == found
    assert decoder.end() == []


@pytest.mark.parametrize("size", [1, 64 * 1024])
def test_fifteen_megabytes(size):
    """An event below the limit arrives whole, in pieces of a byte (for its end) or of 64 KB."""
    decoder, body = Decoder(), b"data: " + b"x" * 15_000_000
    exhaust(decoder, (body[i : i + 65536] for i in range(0, len(body), 65536)))
    rest = b"y" * 30_000 + b"\n\n"
    found = [m for i in range(0, len(rest), size) for m in decoder.feed(rest[i : i + size])]
    assert [len(m.data) for m in found] == [15_030_000]


def judged(most, *chunks):
    """The messages of a stream, and whether it was too large."""
    decoder, found = Decoder(most), []
    try:
        for chunk in chunks:
            found.extend(decoder.feed(chunk))
    except EventTooLarge:
        return found, True
    return found, False


@settings(deadline=None)
@given(st.integers(0, 40), st.sampled_from([b"data: ", b"data:", b":", b"id: ", b"x"]), st.integers(1, 9))
def test_the_limit_does_not_depend_on_the_pieces(length, name, size):
    """Whether an event is too large, and what came before it, is the same in whatever pieces it comes."""
    stream = b"data: a\n\ndata: 123456789\n" + name + b"z" * length + b"\n\ndata: b\n\n"
    pieces = [stream[i : i + size] for i in range(0, len(stream), size)]
    assert judged(32, *pieces) == judged(32, stream)


def test_memory_of_a_large_event():
    """Reading an event takes the memory of three of it, and no more."""
    size = 8_000_000
    chunks = [b"data: ", *[b"x" * 8000] * 1000, b"\n\n"]
    tracemalloc.start()
    try:
        exhaust(Decoder(), chunks)
        assert tracemalloc.get_traced_memory()[1] < 3.3 * size
    finally:
        tracemalloc.stop()


def _json_lines(text, size):
    decoder = JsonLines(16 * 1024 * 1024)
    found = [m for at in range(0, len(text), size) for m in decoder.feed(text[at : at + size])]
    return [json.loads(message.data) for message in (*found, *decoder.end())]


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_json_over_several_lines_comes_when_it_is_whole(size):
    """Objects are told as soon as each is whole, on one line or on several, whatever their strings hold."""
    values = [{"a": {"b": 1}}, {"c": '}{\\"'}, {"d": [{"e": "]"}, {}]}]
    text = "\n\n".join(json.dumps(value, indent=n) for n, value in enumerate(values)).encode()
    assert _json_lines(b"\xef\xbb\xbf" + text, size) == values
    assert list(JsonLines(1000).feed(text + b"\n"))[-1].data == json.dumps(values[-1])


@pytest.mark.parametrize("line", [b'"a": 1,', b"{},", b"", b'\\"', b"}"])
def test_json_of_many_lines_takes_no_longer_for_it(line):
    """A value over a hundred thousand lines, or one that never ends, is looked at once."""
    begun = time.process_time()
    _json_lines(b'{"a": [\n' + (line + b"\n") * 100_000, 65_536)
    assert time.process_time() - begun < 3
