"""The decoder's limits: the size of an event, memory, and time that grows with the stream and no faster.

What counts is what has to be kept: the data so far and the line under way, however the stream is cut.
"""

from __future__ import annotations

import time
import tracemalloc
from itertools import chain, pairwise, repeat
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nemo_widgets.client.sse import Decoder
from nemo_widgets.errors import ProtocolError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MB = 1 << 20
MOST = 10_000
TOO_LARGE = "too large"


def outcome(chunks: Iterable[bytes], most: int) -> list[Any]:
    """The messages' data, None for a sign of life, and whether the stream was given up then."""
    decoder, found = Decoder(most), []
    try:
        for chunk in chunks:
            for message in decoder.feed(chunk):
                found.append(message.data)  # noqa: PERF401 - what came before an error counts
    except ProtocolError:
        found.append(TOO_LARGE)
    return found


def cut(stream: bytes, size: int) -> Iterable[bytes]:
    return (stream[at : at + size] for at in range(0, len(stream), size))


def one_line(size: int) -> bytes:
    return b"data: " + b"x" * size + b"\n\n"


def many_lines(size: int) -> bytes:
    """Data of `size` bytes, the line ends in it included, in lines of 100 bytes."""
    return (
        b"".join(
            b"data: " + line + b"\n"
            for line in (b"x" * size).replace(b"x" * 101, b"x" * 100 + b"\n").split(b"\n")
        )
        + b"\n"
    )


# A limit smaller than what the decoder looks at in one piece, and one that is larger.
@pytest.mark.parametrize("most", [10_000, 100_000])
@pytest.mark.parametrize("event", [one_line, many_lines])
@pytest.mark.parametrize("size", [7, 4096, 200_000])
def test_border(event, most, size):
    """An event of exactly `most` bytes passes and one byte more is the named error, in any pieces.

    Its bytes are those of its data and of the name in front of the last line.
    """
    for pieces in (1, size):
        for length, passes in ((most - 7, True), (most - 6, True), (most - 5, False), (most + 1, False)):
            found = outcome(cut(event(length), pieces), most)
            data = event(length)[6:-2].replace(b"\ndata: ", b"\n").decode()
            assert found == ([data] if passes else [TOO_LARGE])


BITS = st.sampled_from(
    [b"data:", b"data: 1234567", b"event:12345", b"id", b"x" * 9, b":", b": 12345", b"\n", b"\r\n", b"\n\n"]
)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(BITS, max_size=20).map(b"".join), st.lists(st.integers(0, 150), max_size=6), st.integers(1, 30)
)
@example(b"data: 12345\n\n", [], 6)
@example(b"data: 12345\n: 12345\n\n", [], 8)
def test_any_chunks(stream, cuts, most):
    """Whether an event is too large, and what came before it, does not depend on how the stream is cut."""
    at = sorted([0, *(min(cut, len(stream)) for cut in cuts), len(stream)])
    found = outcome([stream], most)
    assert outcome(cut(stream, 1), most) == found
    assert outcome((stream[a:b] for a, b in pairwise(at)), most) == found


def test_many_events():
    """The limit is for one event: any number of them passes, and so do any number of comments between."""
    stream = one_line(MOST // 2) * 10 + b": alive\n" * MOST + one_line(MOST // 2)
    found = outcome(cut(stream, 1000), MOST)
    assert found.count(None) == MOST
    assert len(found) - MOST == 11
    assert TOO_LARGE not in found


def test_comments_within_an_event():
    """Comments keep a connection alive; that they stand within an event makes it no larger."""
    stream = b"data: 1\n" + b": alive\n" * MOST + b"data: 2\n\n"
    assert outcome([stream], MOST)[-1] == "1\n2"


ENDLESS = {
    "one line of data": (b"data: ", b"x" * 65_536),
    "many lines of data": (b"", b"data: " + b"x" * 1000 + b"\n"),
    "many short lines": (b"", b"data:" + b"x" * 50 + b"\n"),
    "a name": (b"", b"x" * 65_536),
    "an event's name": (b"data\nevent:", b"x" * 65_536),
    "an id": (b"data\nid:", b"x" * 65_536),
    "a retry": (b"data\nretry:", b"1" * 65_536),
    "a comment": (b":", b"x" * 65_536),
}


@pytest.mark.parametrize(("start", "more"), ENDLESS.values(), ids=ENDLESS)
def test_endless_event(start, more):
    """An event, a name or a comment of 20 MB is the named error once over the limit, in little memory."""
    decoder = Decoder(MB)
    fed = 0

    def feed() -> None:
        nonlocal fed
        for chunk in chain([start], repeat(more, 20 * MB // len(more))):
            fed += len(chunk)
            for message in decoder.feed(chunk):
                assert message.data is None

    tracemalloc.start()
    try:
        with pytest.raises(ProtocolError, match="larger than 1 MB"):
            feed()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert fed < 8 * MB
    assert peak < 5 * MB


@pytest.mark.parametrize(
    ("unit", "size"),
    [(b"data: 1\n\n", MB // 2), (b"\n", MB // 2), (b":\n", MB // 2), (one_line(1000), 12 * MB)],
)
def test_huge_chunk(unit, size):
    """A chunk of many megabytes, as a compressed stream may hold, takes little memory beside its own."""
    chunk, decoder = unit * (size // len(unit)), Decoder(MB)
    tracemalloc.start()
    try:
        for _ in decoder.feed(chunk):
            pass
        assert tracemalloc.get_traced_memory()[1] < 2 * MB
    finally:
        tracemalloc.stop()


GROWING: dict[str, tuple[int, Callable[[int], Iterable[bytes]]]] = {
    "single bytes": (20_000, lambda size: cut(b"data: 1234\n\n" * (size // 12), 1)),
    "single bytes of one line": (20_000, lambda size: cut(one_line(size), 1)),
    "one line in pieces": (1 * MB, lambda size: cut(one_line(size), 100)),
    "one event of many lines": (1 * MB, lambda size: cut(b"data: 1234\n" * (size // 11) + b"\n", 4096)),
    "one event of empty lines": (200_000, lambda size: cut(b"data\n" * (size // 5) + b"\n", 4096)),
    "tiny messages": (125_000, lambda size: cut(b"data:1\n\n" * size, 65_536)),
    "tiny messages at once": (20_000, lambda size: [b"data:1\n\n" * size]),
    "blank lines": (100_000, lambda size: cut(b"\n" * size, 4096)),
    "carriage returns": (100_000, lambda size: cut(b"\r" * size, 4096)),
    "comments": (50_000, lambda size: cut(b":\n" * size, 4096)),
    "one comment": (1 * MB, lambda size: cut(b":" + b"x" * size + b"\n", 100)),
}


@pytest.mark.parametrize(("size", "chunks"), GROWING.values(), ids=GROWING)
def test_linear_time(size, chunks):
    """Eight times the stream takes about eight times the time, not sixty-four."""

    def took(length: int) -> float:
        pieces, decoder = list(chunks(length)), Decoder()
        began = time.thread_time()
        for piece in pieces:
            for _ in decoder.feed(piece):
                pass
        return time.thread_time() - began

    short = min(took(size) for _ in range(3))
    assert any(took(8 * size) < 24 * short for _ in range(3))
