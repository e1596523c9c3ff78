"""Where one HTTP message ends and the next begins."""

import pytest

from nemo_widgets.testing.framing import BadMessage, Framer, unchunked

CHUNKED = b"5;note=1\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\nX-Sum: 1\r\n\r\n"
REQUESTS = {
    "without a body": b"GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n",
    "of known length": b"POST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello",
    "of length 0": b"POST /a HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
    "chunked": b"POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKED,
    "chunked and empty": b"POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "with bare line feeds": b"POST /a HTTP/1.1\nContent-Length: 2\n\nhi",
}
ANSWERS = {
    "of known length": ("GET", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
    "chunked": ("POST", b"HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n" + CHUNKED),
    "to HEAD": ("HEAD", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"),
    "204": ("GET", b"HTTP/1.1 204 No Content\r\n\r\n"),
    "304": ("GET", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"),
    "100": ("POST", b"HTTP/1.1 100 Continue\r\n\r\n"),
}


def ends(framer, data, step):
    """Feeds in pieces of `step` bytes; how many bytes were taken until it was done, or in all."""
    taken = 0
    while taken < len(data) and not framer.done:
        took = framer.feed(data[taken : taken + step])
        assert took > 0
        taken += took
    return taken


@pytest.mark.parametrize("step", [1, 2, 3, 7, 10_000])
@pytest.mark.parametrize("name", REQUESTS)
def test_a_request_ends_where_it_ends(name, step):
    """However the bytes are cut, a request takes its own and leaves the next one's."""
    data = REQUESTS[name]
    framer = Framer()
    assert ends(framer, data + b"GET /next HTTP/1.1\r\n", step) == len(data)
    assert framer.done
    assert len(framer.head) + framer.body == len(data)
    assert data.startswith(framer.head)


@pytest.mark.parametrize("step", [1, 3, 10_000])
@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_ends_where_it_ends(name, step):
    """Likewise an answer, which may have no body whatever its headers say."""
    method, data = ANSWERS[name]
    framer = Framer(method)
    assert ends(framer, data + b"HTTP/1.1 200 OK\r\n\r\n", step) == len(data)
    assert framer.done
    assert framer.interim == (name == "100")


def test_an_answer_without_a_length_ends_with_its_connection():
    """What has no length takes all there is, and says that it closes."""
    framer = Framer("GET")
    data = b"HTTP/1.1 200 OK\r\n\r\nhello" * 3
    assert ends(framer, data, 4) == len(data)
    assert (framer.done, framer.until_close, framer.closes) == (False, True, True)


def test_who_says_that_he_closes_is_believed():
    """`Connection: close` and HTTP/1.0 end a connection, HTTP/1.1 goes on."""
    for head, closes in (
        (b"GET / HTTP/1.1\r\n\r\n", False),
        (b"GET / HTTP/1.1\r\nConnection: Close\r\n\r\n", True),
        (b"GET / HTTP/1.0\r\n\r\n", True),
        (b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", False),
    ):
        framer = Framer()
        framer.feed(head)
        assert framer.closes is closes


def test_headers_are_read():
    """Names in lower case, several of one name as one, the start line apart."""
    framer = Framer("GET")
    framer.feed(b"HTTP/1.1 404 Not Found\r\nA: 1\r\na:2\r\nContent-Length: 0\r\n\r\n")
    assert (framer.status, framer.line) == (404, "HTTP/1.1 404 Not Found")
    assert framer.headers == {"a": "1, 2", "content-length": "0"}


@pytest.mark.parametrize(
    ("answer_to", "data"),
    [
        ("", b"hello\r\n\r\n"),
        ("", b"GET /\r\n\r\n"),
        ("GET", b"SSH-2.0-x y\r\n\r\n"),
        ("GET", b"HTTP/1.1 OK\r\n\r\n"),
        ("", b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"),
        ("", b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"),
        ("", b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n"),
        ("", b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1" * 20_000),
        ("", b"GET / HTTP/1.1\r\nA: " + b"x" * 300_000),
    ],
)
def test_what_is_no_http_is_said_to_be_none(answer_to, data):
    """Neither a strange start line, nor a length that is none, nor a line without end is guessed at."""
    framer = Framer(answer_to)
    with pytest.raises(BadMessage):
        ends(framer, data, 10_000)


def test_a_chunked_body_is_put_together():
    """The content comes without sizes, notes and trailers."""
    assert unchunked(CHUNKED) == b"hello world"
    assert unchunked(b"0\r\n\r\n") == b""
