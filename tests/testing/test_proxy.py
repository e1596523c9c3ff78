"""The proxy: it passes everything on, and breaks what it is told to, where it is told to."""

import asyncio
import contextlib
import gc
import socket
import threading
import time

import httpx
import pytest
from waiting import PATIENCE_S, until

from nemo_widgets.testing import FastClock, Proxy

BODY = bytes(range(256)) * 40
ANSWER = b"HTTP/1.1 200 OK\r\nX-Nemo-Studio: 1\r\nContent-Length: %d\r\n\r\n%b" % (len(BODY), BODY)
SIZE = len(ANSWER)
HEAD = ANSWER.index(b"\r\n\r\n") + 4
ASK = b"GET /file HTTP/1.1\r\nHost: example.org\r\nX-Own: a\r\n\r\n"


def received(connection, stalls_at=SIZE):
    """All that comes, and how it ended: eof, reset, or stalled; that after `stalls_at` bytes, if at all."""
    data = b""
    try:
        while True:
            connection.settimeout(PATIENCE_S if stalls_at is None or len(data) < stalls_at else 0.1)
            if not (piece := connection.recv(65536)):
                return data, "eof"
            data += piece
    except ConnectionResetError:
        return data, "reset"
    except TimeoutError:
        return data, "stalled"


def test_every_byte_passes_as_it_is(bare, through, dial):
    """Without faults request and answer arrive unchanged, and the log says what they were."""
    server = bare(ANSWER)
    proxy = through(server.url)
    for _ in range(2):
        assert received(dial(proxy.url, ASK)) == (ANSWER, "stalled")
    assert server.got == [ASK, ASK]
    first, _ = proxy.log
    assert (first.line, first.status, first.up, first.down) == ("GET /file", 200, len(ASK), len(ANSWER))
    assert (first.fault, first.done) == ("", True)


def test_a_connection_is_used_again(bare, through, dial):
    """Two requests in one write over one connection are two exchanges, answered in their order."""
    server = bare(ANSWER)
    proxy = through(server.url)
    connection = dial(proxy.url, ASK)
    assert received(connection)[0] == ANSWER
    connection.sendall(ASK.replace(b"/file", b"/next?q=1"))
    assert received(connection)[0] == ANSWER
    assert [x.line for x in proxy.log] == ["GET /file", "GET /next"]
    assert len(server.got) == 1


ENDS = {"cut_after": "eof", "reset_after": "reset", "half_close_after": "eof", "stall_after": "stalled"}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("at", [0, 1, HEAD, HEAD + 1, SIZE - 1, SIZE])
def test_an_answer_ends_at_the_byte_that_was_said(bare, through, dial, end, at):
    """Exactly so many bytes of the answer arrive, then comes the end that was asked for."""
    server = bare(ANSWER)
    proxy = through(server.url)
    fault = proxy.fault(**{end: at})
    stalls_at = at if end == "stall_after" else None
    assert received(dial(proxy.url, ASK), stalls_at) == (ANSWER[:at], ENDS[end])
    assert until(lambda: proxy.log[0].fault)
    assert (proxy.log[0].down, proxy.log[0].done, fault.taken) == (at, at == len(ANSWER), 1)
    assert proxy.log[0].fault == f"{end.replace('_after', '').replace('_', ' ')} after {at} of the answer"


@pytest.mark.parametrize("at", [0, 1, 100, len(BODY)])
def test_bytes_of_the_body_alone_can_be_counted(bare, through, dial, at):
    """With `of="body"` the head always passes."""
    proxy = through(bare(ANSWER).url)
    proxy.fault(cut_after=at, of="body")
    assert received(dial(proxy.url, ASK), None) == (ANSWER[: HEAD + at], "eof")
    assert proxy.log[0].fault == f"cut after {at} of the answer's body"


@pytest.mark.parametrize("at", [0, 1, 20, len(ASK) - 1])
@pytest.mark.parametrize("end", ["cut_after", "reset_after", "stall_after"])
def test_a_request_ends_at_the_byte_that_was_said(bare, through, dial, end, at):
    """In the direction `up` the server gets exactly so many bytes, and the client no answer."""
    server = bare(ANSWER)
    proxy = through(server.url)
    proxy.fault(**{end: at}, direction="up")
    stalls_at = 0 if end == "stall_after" else None
    assert received(dial(proxy.url, ASK), stalls_at) == (b"", ENDS[end])
    assert until(lambda: server.got == [ASK[:at]])
    assert (proxy.log[0].up, proxy.log[0].down) == (at, 0)
    if end != "stall_after":
        assert server.ended.acquire(timeout=PATIENCE_S)


def test_a_request_half_closed_can_still_be_answered(bare, through, dial):
    """With `half_close_after` up, the server meets the end of the request, and its answer passes."""
    server = bare(ANSWER, patient=False)
    proxy = through(server.url)
    proxy.fault(half_close_after=10, direction="up")
    data, how = received(dial(proxy.url, ASK), None)
    assert (data, how) == (ANSWER, "eof")
    assert until(lambda: server.got == [ASK[:10]])
    assert proxy.log[0].up == 10


def test_a_server_may_speak_first(bare, through, dial):
    """An answer that comes before the request was read is not lost: it waits for the request."""
    proxy = through(bare(ANSWER, patient=False).url)
    early = dial(proxy.url)
    time.sleep(0.2)
    early.sendall(ASK)
    early.shutdown(socket.SHUT_WR)
    assert received(early, None) == (ANSWER, "eof")


def test_faults_take_hold_of_the_exchanges_that_are_meant(bare, through, dial):
    """`only` is a line's or a path's beginning or a function, `times` a number of exchanges."""
    proxy = through(bare(ANSWER).url)
    proxy.fault(cut_after=1, only="POST /file", times=1)
    proxy.fault(cut_after=2, only="/file", times=1)
    proxy.fault(cut_after=3, only=lambda line: line.endswith("ile"), times=2)
    got = [len(received(dial(proxy.url, ASK))[0]) for _ in range(4)]
    assert got == [2, 3, 3, len(ANSWER)]


def test_faults_can_be_taken_away(bare, through, dial):
    """`clear` ends all of them."""
    proxy = through(bare(ANSWER).url)
    proxy.fault(cut_after=0)
    proxy.clear()
    assert received(dial(proxy.url, ASK))[0] == ANSWER


def test_up_and_down_go_together(bare, through, dial):
    """One fault for each direction of the same exchange."""
    server = bare(ANSWER)
    proxy = through(server.url)
    proxy.fault(slice=7, direction="up")
    proxy.fault(slice=4, cut_after=SIZE - 2)
    assert received(dial(proxy.url, ASK)) == (ANSWER[:-2], "eof")
    assert server.got == [ASK]
    assert not proxy.log[0].done
    assert proxy.log[0].fault.split(", ")[:2] == ["in pieces of 7", "in pieces of 4"]


def test_latency_is_measured_on_its_clock(bare, through, dial):
    """The first byte is held back for so long, and the rest follows at once."""
    clock = FastClock(speed=0)
    proxy = through(bare(ANSWER).url, clock=clock)
    proxy.fault(latency_s=30)
    connection = dial(proxy.url, ASK)
    assert until(lambda: clock.waiting == 1)
    clock.advance(30)
    assert received(connection)[0] == ANSWER
    assert (clock.slept, proxy.log[0].fault) == ([30], "30 s late")


def test_headers_are_stripped_and_the_host_is_said_anew(bare, through, dial):
    """`strip` takes headers out of answers, `host` replaces what requests say; all else stays."""
    server = bare(ANSWER)
    proxy = through(server.url, strip=("x-nemo-studio",), host="studio.local")
    stripped = ANSWER.replace(b"X-Nemo-Studio: 1\r\n", b"")
    assert received(dial(proxy.url, ASK), len(stripped))[0] == stripped
    assert server.got == [ASK.replace(b"example.org", b"studio.local")]


def test_an_answer_without_length_ends_with_its_connection(bare, through, dial):
    """What ends with the connection arrives whole, and the end too."""
    answer = b"HTTP/1.1 200 OK\r\n\r\nhello"
    proxy = through(bare(answer, closes=True).url)
    assert received(dial(proxy.url, ASK)) == (answer, "eof")
    assert until(lambda: proxy.log[0].done)


def test_an_answer_before_the_answer_is_none(bare, through, dial):
    """`100 Continue` passes, and the bytes of the real answer are counted from its own beginning."""
    proxy = through(bare(b"HTTP/1.1 100 Continue\r\n\r\n" + ANSWER).url)
    proxy.fault(cut_after=3)
    assert received(dial(proxy.url, ASK)) == (b"HTTP/1.1 100 Continue\r\n\r\nHTT", "eof")


def test_a_server_that_breaks_off_is_passed_on_too(bare, through, dial):
    """A server's own end in the middle of an answer, or of its head, comes with what came before."""
    for answer in (ANSWER[:100], b"HTTP/1.1 2", b""):
        proxy = through(bare(answer, closes=True).url)
        assert received(dial(proxy.url, ASK)) == (answer, "eof")
        assert not proxy.log[0].done


def test_what_is_no_http_closes_the_connection(bare, through, dial):
    """Nothing is guessed: neither a client's nor a server's nonsense passes, and nobody is left waiting."""
    proxy = through(bare(ANSWER).url)
    assert received(dial(proxy.url, b"hello\r\n\r\n"))[1] in ("eof", "reset")
    proxy = through(bare(b"SSH-2.0 x\r\n\r\n").url)
    assert received(dial(proxy.url, ASK))[1] in ("eof", "reset")


def test_nobody_behind_it(through, dial, bare):
    """Where the server is gone, the connection is closed, and the proxy lives on."""
    server = bare(ANSWER)
    server.close()
    proxy = through(server.url)
    assert received(dial(proxy.url, ASK)) == (b"", "eof")
    assert proxy.log == []


def test_a_client_that_leaves_is_not_hidden_from_the_server(bare, through, dial):
    """When the client closes, the server's connection ends, also while the answer is stalled."""
    server = bare(ANSWER)
    proxy = through(server.url)
    proxy.fault(stall_after=5, times=1)
    for _ in range(2):
        connection = dial(proxy.url, ASK)
        assert connection.recv(5)
        connection.close()
        assert server.ended.acquire(timeout=PATIENCE_S)


def test_closing_leaves_nothing_behind(bare, dial):
    """A stalled connection ends with the proxy, its thread too, and it can be opened again at its address."""
    server = bare(ANSWER)
    before = threading.active_count()
    with Proxy(server.url) as proxy:
        proxy.fault(stall_after=1, times=1)
        connection = dial(proxy.url, ASK)
        assert connection.recv(10) == ANSWER[:1]
        url = proxy.url
    assert received(connection) == (b"", "eof")
    with pytest.raises(ConnectionRefusedError):
        dial(url)
    proxy.close()
    with proxy.open():
        assert proxy.url == url
        assert received(dial(url, ASK))[0] == ANSWER
    assert until(lambda: threading.active_count() <= before)
    assert repr(proxy) == f"<Proxy {url} closed>"


def test_what_makes_no_sense_is_refused():
    """Two ends, negative numbers, unknown words, and a server that is none of ours are errors at once."""
    proxy = Proxy("http://127.0.0.1:1")
    with pytest.raises(RuntimeError, match="Open it first"):
        _ = proxy.url
    for wrong in (
        {"cut_after": 1, "stall_after": 1},
        {"cut_after": -1},
        {"latency_s": -1},
        {"slice": -1},
        {"direction": "left"},
        {"of": "head"},
    ):
        with pytest.raises(ValueError, match=r"ends|negative|down or up|whole"):
            proxy.fault(**wrong)
    with pytest.raises(ValueError, match="http://"):
        Proxy("https://example.org")


async def test_an_upload_of_many_pieces_passes(backend, through, connect, tmp_path):
    """Several megabytes go up and come down through the proxy, at the pace of the slower side."""
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 12_000)
    proxy = through(backend.url)
    client = connect(proxy.url)
    session = await client.create_session()
    (file,) = await client.upload(session.session_id, [clip])
    assert backend.uploads[0].content == clip.read_bytes()
    assert file.cdn_url.startswith(proxy.url)
    await client.download(file.cdn_url, tmp_path / "back.mp4")
    assert (tmp_path / "back.mp4").read_bytes() == clip.read_bytes()
    sizes = {x.line.partition(" ")[0]: (x.up, x.down) for x in proxy.log}
    assert sizes["POST"][0] > clip.stat().st_size
    assert sizes["GET"][1] > clip.stat().st_size


async def test_many_connections_at_once(backend, through):
    """Fifty connections at the same time each get their own answer."""
    proxy = through(backend.url)
    limits = httpx.Limits(max_connections=50)
    async with httpx.AsyncClient(limits=limits, headers={"Authorization": "Bearer x" * 2}) as client:
        asked = [client.get(f"{proxy.url}/api/credits/balance/simple") for _ in range(50)]
        answers = await asyncio.gather(*asked)
    assert [answer.json()["data"]["available"] for answer in answers] == [100] * 50
    assert len(proxy.log) == 50


def test_a_client_that_has_said_all_gets_its_answer(through, dial):
    """Who closes his side after the request still gets the answer, however late, and nothing is collected."""
    listener, go = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def serve():
        connection, _ = listener.accept()
        with connection:
            while connection.recv(65536):
                pass
            go.wait(PATIENCE_S)
            connection.sendall(ANSWER)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    with listener:
        proxy = through(f"http://127.0.0.1:{listener.getsockname()[1]}")
        connection = dial(proxy.url, ASK)
        connection.shutdown(socket.SHUT_WR)
        assert until(lambda: proxy.log and proxy.log[0].up == len(ASK))
        time.sleep(0.05)
        gc.collect()
        go.set()
        assert received(connection, None) == (ANSWER, "eof")
        thread.join(PATIENCE_S)


def test_an_early_answer_reaches_a_client_that_is_still_sending(through, dial):
    """A server that answers and closes before the request is whole is heard all the same."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = listener.accept()
        with connection, contextlib.suppress(OSError):
            connection.recv(10)
            connection.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    with listener:
        proxy = through(f"http://127.0.0.1:{listener.getsockname()[1]}")
        connection = dial(proxy.url, b"POST /a HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 1000)
        assert connection.recv(1000).startswith(b"HTTP/1.1 413")
        connection.close()
        thread.join(PATIENCE_S)
