"""The decoder against the WHATWG's event stream format: HTML §9.2.5 (ABNF) and §9.2.6 (interpretation).

`reference` interprets a whole stream sentence by sentence from the specification's text, and `utf_8` decodes
by the Encoding standard's state machine; both are as slow as they are plain.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemo_widgets.client.sse import Decoder

BOM = b"\xef\xbb\xbf"
BAD = "\ufffd"
LONG = b"x" * 2048
PARSING = b"data_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n"


def utf_8(stream: bytes) -> str:
    """Encoding standard, 8.1.1 UTF-8 decoder, in replacement mode."""
    out, at, point, needed, seen, lower, upper = "", 0, 0, 0, 0, 0x80, 0xBF
    while at < len(stream):
        byte, at = stream[at], at + 1
        if needed == 0:
            if byte <= 0x7F:
                out += chr(byte)
            elif 0xC2 <= byte <= 0xDF:
                needed, point = 1, byte & 0x1F
            elif 0xE0 <= byte <= 0xEF:
                lower, upper = 0xA0 if byte == 0xE0 else 0x80, 0x9F if byte == 0xED else 0xBF
                needed, point = 2, byte & 0xF
            elif 0xF0 <= byte <= 0xF4:
                lower, upper = 0x90 if byte == 0xF0 else 0x80, 0x8F if byte == 0xF4 else 0xBF
                needed, point = 3, byte & 0x7
            else:
                out += BAD
        elif lower <= byte <= upper:
            lower, upper, point, seen = 0x80, 0xBF, point << 6 | byte & 0x3F, seen + 1
            if seen == needed:
                out, point, needed, seen = out + chr(point), 0, 0, 0
        else:  # prepend the byte to the stream again
            out, at, point, needed, seen, lower, upper = out + BAD, at - 1, 0, 0, 0, 0x80, 0xBF
    return out + (BAD if needed else "")


def reference(stream: bytes) -> tuple[list[tuple[str, str, str]], int | None]:
    """The messages (data, event, id) and the reconnection time, as §9.2.6 says."""
    text = utf_8(stream).removeprefix("\ufeff")  # "UTF-8 decode" strips one leading BOM
    messages, retry = [], None
    data = kind = last_id = ""
    # Lines end with CRLF, LF or CR; what follows the last line end is discarded with the end of the file.
    for line in re.findall(r"([^\r\n]*)(?:\r\n|\r|\n)", text):
        if line == "":
            if data != "":
                messages.append((data.removesuffix("\n"), kind or "message", last_id))
            data = kind = ""
            continue
        if line[0] == ":":
            continue
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            kind = value
        elif field == "data":
            data += value + "\n"
        elif field == "id" and "\0" not in value:
            last_id = value
        elif field == "retry" and value and all(c in "0123456789" for c in value):
            retry = int(value)
    return messages, retry


def decoded(*chunks: bytes) -> tuple[list[tuple[str, str, str]], int | None]:
    """What the decoder makes of a stream in chunks, without the mere signs of life."""
    decoder = Decoder()
    found = [message for chunk in chunks for message in decoder.feed(chunk)]
    return [(m.data, m.event, m.id) for m in found if m.data is not None], decoder.retry_ms


def singly(stream: bytes) -> list[bytes]:
    return [stream[i : i + 1] for i in range(len(stream))]


def said(*texts: str) -> list[tuple[str, str, str]]:
    return [(text, "message", "") for text in texts]


# What is sent, the messages that come of it, and where it is not None the reconnection time.
ROWS: dict[str, tuple[bytes, list[tuple[str, str, str]], int | None]] = {
    # §9.2.5: stream = [ bom ] *event
    "an empty stream is nothing": (b"", [], None),
    "a BOM alone is nothing": (BOM, [], None),
    "half a BOM is no field": (BOM[:2] + b"data:1\n\n", [], None),
    "BOM before a blank line": (BOM + b"\ndata:1\n\n", said("1"), None),
    "BOM before a comment": (BOM + b":\ndata:1\n\n", said("1"), None),
    "format-bom": (BOM + b"data:1\n\n" + BOM + b"data:2\n\ndata:3\n\n", said("1", "3"), None),
    "format-bom-2": (BOM + BOM + b"data:1\n\ndata:2\n\ndata:3\n\n", said("2", "3"), None),
    "BOM in a value": (b"data:" + BOM + b"1\n\n", said("\ufeff1"), None),
    "BOM in a second line": (b"data:1\n" + BOM + b"data:2\n\n", said("1"), None),
    # event = *( comment / field ) end-of-line
    "blank lines are nothing": (b"\n\r\n\r\r\n\n", [], None),
    "a comment alone": (b":\n\n", [], None),
    "format-comments": (
        b"data:1\r:\0\n:\r\ndata:2\n:" + LONG + b"\rdata:3\n:data:fail\r:" + LONG + b"\ndata:4\n\n",
        said("1\n2\n3\n4"),
        None,
    ),
    "a comment between two lines of data": (b"data:1\n: data:2\ndata:3\n\n", said("1\n3"), None),
    "a comment does not end a message": (b"data:1\n:\n:\n\n", said("1"), None),
    # field = 1*name-char [ colon [ space ] *any-char ] end-of-line
    "no colon, so the value is empty": (b"data\n\n", said(""), None),
    "one space goes": (b"data: 1\n\n", said("1"), None),
    "two spaces, one goes": (b"data:  1\n\n", said(" 1"), None),
    "spaces behind stay": (b"data:1 \n\n", said("1 "), None),
    "a space alone": (b"data: \n\n", said(""), None),
    "no-break space stays": ("data:\u00a01\n\n".encode(), said("\u00a01"), None),
    "format-leading-space": (b"data:\ttest\rdata: \ndata:test\n\n", said("\ttest\n\ntest"), None),
    "colons in a value": (b"data:1:2\ndata::3\n\n", said("1:2\n:3"), None),
    "space before the colon": (b"data :1\ndata:2\n\n", said("2"), None),
    "space before the name": (b" data:1\ndata:2\n\n", said("2"), None),
    "format-field-parsing": (
        b"data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\r" + PARSING,
        said("\0\n 2\n1\n3\n\n4"),
        None,
    ),
    "format-field-unknown": (
        b"data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\ndata:test\n\n",
        said("test\n\ntest"),
        None,
    ),
    "names are exact": (b"DATA:1\nEvent:x\nID:1\nRetry:1\ndat:1\ndatas:1\ndata:2\n\n", said("2"), None),
    "an empty name is a comment": (b":data:1\ndata:2\n\n", said("2"), None),
    # end-of-line = ( cr lf / cr / lf )
    "format-newlines": (b"data:test\r\ndata\ndata:test\r\n\r", said("test\n\ntest"), None),
    "CR": (b"data:1\rdata:2\r\rdata:3\r\r", said("1\n2", "3"), None),
    "CRLF": (b"data:1\r\ndata:2\r\n\r\ndata:3\r\n\r\n", said("1\n2", "3"), None),
    "CRLF is one line end": (b"data:1\r\ndata:2\n\n", said("1\n2"), None),
    "LF CR is two": (b"data:1\n\rdata:2\n\n", said("1", "2"), None),
    "CR CR LF is two": (b"data:1\r\r\ndata:2\n\n", said("1", "2"), None),
    "no other line ends": (
        "data:a\x0bb\x0cc\x1cd\x1ee\x85f\u2028g\u2029h\n\n".encode(),
        said("a\x0bb\x0cc\x1cd\x1ee\x85f\u2028g\u2029h"),
        None,
    ),
    # §9.2.6: data
    "format-field-data": (b"data:\n\ndata\ndata\n\ndata:test\n\n", said("", "\n", "test"), None),
    "only the last LF is removed": (b"data:1\ndata\ndata\n\n", said("1\n\n"), None),
    "an empty line first": (b"data\ndata:1\n\n", said("\n1"), None),
    "format-data-before-final-empty-line": (
        b"retry:1000\ndata:test1\n\nid:test\ndata:test2",
        said("test1"),
        1000,
    ),
    "no blank line at the end": (b"data:1\n\ndata:2\n", said("1"), None),
    "half a field at the end": (b"data:1\n\nretry:5", said("1"), None),
    "format-null-character": (b"data:\0\n\n\n\n", said("\0"), None),
    # event
    "format-field-event": (b"event:test\ndata:x\n\ndata:x\n\n", [("x", "test", ""), *said("x")], None),
    "format-field-event-empty": (b"event:\ndata:data\n\n", said("data"), None),
    "no colon is an empty name": (b"event:a\nevent\ndata:1\n\n", said("1"), None),
    "the last name counts": (b"event:a\ndata:1\nevent: b\n\n", [("1", "b", "")], None),
    "a name goes with its block": (b"event:a\n\ndata:1\n\n", said("1"), None),
    "spaces in a name": (b"event:  a \ndata:1\n\n", [("1", " a ", "")], None),
    "an event without data is none": (b"event:a\nid:1\n\n", [], None),
    # id
    "format-field-id": (
        b"id: \xe2\x80\xa6\ndata:1\n\ndata:2\n\n",
        [("1", "message", "…"), ("2", "message", "…")],
        None,
    ),
    "format-field-id-2": (
        b"id:1\ndata:a\n\ndata:b\n\nid:2\ndata:c\n\n",
        [("a", "message", "1"), ("b", "message", "1"), ("c", "message", "2")],
        None,
    ),
    "format-field-id-3: empty resets": (
        b"id:1\ndata:a\n\nid\ndata:b\n\nid:1\nid:\ndata:c\n\n",
        [("a", "message", "1"), *said("b", "c")],
        None,
    ),
    "format-field-id-null": (b"id:1\nid:\0\nid:2\0\ndata:a\n\n", [("a", "message", "1")], None),
    "spaces in an id": (b"id:  1 \ndata:a\n\n", [("a", "message", " 1 ")], None),
    "an id without data is kept": (b"id:1\n\ndata:a\n\n", [("a", "message", "1")], None),
    # retry
    "format-field-retry": (b"retry:3000\ndata:x\n\n", said("x"), 3000),
    "format-field-retry-bogus": (b"retry:3000\nretry:1000x\ndata:x\n\n", said("x"), 3000),
    "format-field-retry-empty": (b"retry\nretry:\ndata:test\n\n", said("test"), None),
    "retry of zero": (b"retry:0\n\n", [], 0),
    "retry with zeros": (b"retry:0007\n\n", [], 7),
    "retry with many zeros": (b"retry:000000000007\n\n", [], 7),
    "retry of months": (b"retry:10000000000\n\n", [], 10_000_000_000),
    "retry in decimals": (b"retry:1.5\nretry:1e3\nretry:0x10\nretry:+1\nretry:-1\nretry:1_0\n\n", [], None),
    "retry in other digits": ("retry:٣٠\nretry:３０\nretry:²\n\n".encode(), [], None),
    "retry with spaces": (b"retry: 6\nretry:  5\nretry:5 \n\n", [], 6),
    "retry counts before the blank line": (b"retry:5\n", [], 5),
    # UTF-8, always, with U+FFFD for each maximal part of what is none
    "format-utf-8": (b"data:ok\xe2\x80\xa6\n\n", said("ok…"), None),
    "a lone byte": (b"data:\x80\xff\n\n", said(BAD * 2), None),
    "cut short by the line end": (b"data:\xf0\x9f\x91\ndata:\xe2\x82\n\n", said(f"{BAD}\n{BAD}"), None),
    "a line end within": (b"data:\xe2\n\x82\xac\n\n", said(BAD), None),
    "overlong": (b"data:\xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf\n\n", said(BAD * 9), None),
    "a surrogate": (b"data:\xed\xa0\x80\n\n", said(BAD * 3), None),
    "beyond Unicode": (b"data:\xf4\x90\x80\x80\n\n", said(BAD * 4), None),
    "begun anew": (b"data:\xe2\x82\xe2\x82\xac\n\n", said(f"{BAD}€"), None),
    "astral": (b"data:\xf0\x9f\x91\x8b\n\n", said("👋"), None),
    "in a name and an id": (
        b"event:\xff\nid:\xe2\x82\ndata:1\n\n",
        [("1", BAD, BAD)],
        None,
    ),
    "in the field's name": (b"data\xff:1\n\xe2\x82data:2\ndata:3\n\n", said("3"), None),
}

# What servers send most often comes up most often, for a decoder may have a shorter way for it.
NAMES = st.sampled_from([b"data"] * 4 + [b"event", b"id", b"retry", b"Data", b"x", b""])
COLONS = st.sampled_from([b": "] * 4 + [b":", b":  ", b" :", b""])
ENDS = st.sampled_from([b"\n", b"\r", b"\r\n"])
VALUES = st.sampled_from(
    [b"", b"1", b"42", b"a:b", b"\0", BOM, b"\xe2\x82", b"\xac", "…👋".encode(), b"\xff\xed\xa0"]
)
LINES = st.builds(lambda name, colon, value: name + colon + value, NAMES, COLONS, VALUES)
BLOCKS = st.builds(
    lambda lines, end, last: end.join(lines) + end + last, st.lists(LINES, min_size=1, max_size=3), ENDS, ENDS
)
ODD = st.one_of(ENDS, st.sampled_from([BOM, b":", b"data:", b"id", b"\xf0\x9f"]), st.binary(max_size=3))
STREAMS = st.lists(BLOCKS | LINES | ODD, max_size=14).map(b"".join)


@pytest.mark.parametrize(("stream", "messages", "retry"), ROWS.values(), ids=ROWS)
def test_rule(stream, messages, retry):
    """Each rule holds for the stream at once and byte by byte, and the reference reads it likewise."""
    assert reference(stream) == (messages, retry)
    assert decoded(stream) == (messages, retry)
    assert decoded(*singly(stream)) == (messages, retry)


@pytest.mark.parametrize("name", ROWS)
def test_rule_within_a_stream(name):
    """It holds behind other messages as well, and where each colon has its usual space."""
    row = ROWS[name][0]
    for stream in (row, re.sub(rb"(?m)^(data|event|id|retry):(?! )", rb"\1: ", row)):
        long = b"id: 0\ndata: 0\n\n" + stream + b"\n\n" + stream + b"\n\ndata: 0\n\n"
        assert decoded(long) == decoded(*singly(long)) == reference(long)


@settings(deadline=None, max_examples=300)
@given(STREAMS)
def test_every_prefix(stream):
    """After each byte exactly the messages that are whole by then have been given out, none later."""
    decoder = Decoder()
    found: list[tuple[str, str, str]] = []
    for i in range(len(stream)):
        found += [(m.data, m.event, m.id) for m in decoder.feed(stream[i : i + 1]) if m.data is not None]
        assert found == reference(stream[: i + 1])[0]
    assert decoder.retry_ms == reference(stream)[1]


@settings(deadline=None, max_examples=300)
@given(STREAMS | st.binary(max_size=80), st.lists(st.integers(0, 400), max_size=15))
def test_any_chunks(stream, cuts):
    """However a stream is cut, empty pieces among them, it reads as the reference reads it whole."""
    at = sorted([0, *(min(cut, len(stream)) for cut in cuts), len(stream)])
    assert decoded(*(stream[a:b] for a, b in pairwise(at))) == decoded(stream) == reference(stream)


@given(st.binary(max_size=60) | st.text(max_size=20).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_utf_8(value):
    """What is not UTF-8 becomes U+FFFD as the Encoding standard says."""
    line = re.sub(rb"[\r\n]", b"", value)
    assert decoded(b"data:" + line + b"\n\n")[0] == said(utf_8(line).removeprefix(" "))


def test_slices():
    """A chunk larger than the decoder takes at once is cut by it at no bad place."""
    for end in (b"\n", b"\r", b"\r\n"):
        for size in (65_520 + i for i in range(32)):
            stream = b"data:" + b"x" * size + end + b"data:\xe2\x82\xac" + end + end + b"data:2" + end + end
            assert decoded(stream)[0] == said("x" * size + "\n€", "2")


@pytest.mark.parametrize("digits", [b"9" * 5000, b"0" * 5000, "٣".encode() * 5000])
def test_endless_retry(digits):
    """No number is long enough to break the stream."""
    assert decoded(b"retry:" + digits + b"\ndata:1\n\n")[0] == said("1")
