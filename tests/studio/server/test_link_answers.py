"""What a link's server may answer: nothing of it is quoted, and neither time nor room is without an end."""

from __future__ import annotations

import gzip
import socket
import threading
import tracemalloc
from contextlib import suppress

import httpx
import pytest
from sites import OUTSIDE, fetched, raw, send, site
from waiting import PATIENCE_S, until

from nemo_widgets.studio.launch import launch
from nemo_widgets.studio.settings import Settings

SECRET = "AKIA-VERY-SECRET"
_PACKED = gzip.compress(bytes(50_000_000), 1)


QUOTED = {
    "phrase": lambda asked: send(asked, b"", 403, SECRET),
    "status": lambda asked: send(asked, b"", 799, SECRET),
    "page": lambda asked: send(asked, b"<html>" + SECRET.encode()),
    "text as subtitles": lambda asked: send(asked, f"{SECRET}\n{SECRET}".encode(), Content_Type="text/vtt"),
    "times as subtitles": lambda asked: send(asked, f"1\n{SECRET} --> 9".encode(), Content_Type="text/srt"),
    "minutes": lambda asked: send(asked, b"1\n00:77:00 --> 00:78:00\nx", Content_Type="text/srt"),
    "name of no type": lambda asked: send(asked, b"x", Content_Disposition=f"attachment; filename={SECRET}"),
    "name of no media": lambda asked: send(asked, b"x" * 99, Content_Disposition=f"a; filename={SECRET}.mp4"),
    "name of no picture": lambda asked: send(asked, b"GIF8", Content_Disposition=f"a; filename={SECRET}.gif"),
    "place": lambda asked: send(asked, b"", 302, Location=f"gopher://{SECRET}/"),
    "no place": lambda asked: send(asked, b"", 302, Location=f"http://[{SECRET}/"),
    "round and round": lambda asked: send(asked, b"", 302, Location=f"/{SECRET}"),
    "banner": raw(f"SSH-2.0-{SECRET}\r\n".encode()),
    "first line": raw(f"HTTP/1.1 {SECRET}\r\n\r\n".encode()),
    "header": raw(f"HTTP/1.1 200 OK\r\n{SECRET}\r\n\r\n".encode()),
    "length": raw(f"HTTP/1.1 200 OK\r\nContent-Length: {SECRET}\r\n\r\n".encode()),
    "chunk": raw(f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{SECRET}\r\n".encode()),
    "coding": lambda asked: send(asked, b"x", Content_Encoding=SECRET),
}  # fmt: skip


@pytest.fixture(scope="module")
def upload(tmp_path_factory):
    """Has a studio fetch a link, and gives its answer."""
    studio = launch(tmp_path_factory.mktemp("data"), settings=Settings(link_networks=OUTSIDE))
    with httpx.Client(base_url=studio.url, headers={"Authorization": f"Bearer {studio.token}"}) as owner:
        made = owner.post("/api/tasks/me/with-session/nemo_agent").json()["data"]["session_id"]
        path = f"/api/upload-video/nemo_agent/me/{made}"
        yield lambda link: owner.post(path, json={"urls": [link]}).json()
    studio.stop()


@pytest.mark.parametrize("answer", QUOTED)
def test_nothing_that_was_answered_is_quoted(upload, answer):
    """What a server behind a link answered does not stand in the refusal, neither words nor numbers."""
    with site(QUOTED[answer]) as there:
        told = upload(f"{there.url}/a.mp4")
    assert told["code"] == 4001
    assert told["message"].startswith(f"{OUTSIDE}/…/a.mp4")
    for words in (SECRET, "77", "\n"):
        assert words not in told["message"]


def _drip(asked):
    asked.send_response(200)
    asked.send_header("Content-Length", "10000")
    asked.end_headers()
    try:
        while True:
            asked.wfile.write(b"x")
            threading.Event().wait(0.05)
    except OSError:
        pass


def _turn_round(asked):
    threading.Event().wait(0.2)
    send(asked, b"", 302, Location=f"{asked.path}0")


@pytest.mark.parametrize("give", [_drip, _turn_round])
def test_a_link_has_a_time_limit_in_all(give, tmp_path):
    """Who sends a byte now and then, or redirects slowly on and on, is cut off when the time is over."""
    with site(give) as there:
        told = fetched(f"{there.url}/a.mp4", tmp_path / "part", link_most_s=0.5)
    assert told == f"{OUTSIDE}/…/a.mp4 was not there after 0.5 s, the most that a link may take."


def _announce(asked):
    """Answers that announce another one (1xx), without an end."""
    with suppress(OSError):
        while True:
            asked.wfile.write(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 500)


def _drip_head(asked):
    with suppress(OSError):
        asked.wfile.write(b"HTTP/1.1 200 OK\r\nServer: ")
        while True:
            asked.wfile.write(b"x")
            threading.Event().wait(0.05)


@pytest.mark.parametrize("give", [_announce, _drip_head, _turn_round])
def test_an_answer_begins_in_time(give, tmp_path):
    """Who only announces an answer, sends its head a byte at a time, or redirects on, is not waited for."""
    with site(give) as there:
        told = fetched(f"{there.url}/a.mp4", tmp_path / "part", link_head_s=0.5)
    assert told == f"{OUTSIDE}/…/a.mp4 did not answer in time."


def test_a_link_is_let_go_of_with_who_asked_for_it(start, connect):
    """Once a client has gone nothing is fetched for it any more, and nothing of it is kept."""
    asked, left, studio = threading.Event(), threading.Event(), start(link_networks=OUTSIDE)
    client = connect(studio)
    path = f"/api/upload-video/nemo_agent/me/{client.session()}"

    def give(link):
        asked.set()
        _drip(link)
        left.set()

    with site(give) as there:
        with _posted(client, path, {"urls": [f"{there.url}/a.mp4"]}):
            assert asked.wait(PATIENCE_S)
        assert left.wait(PATIENCE_S)
    until(lambda: not list((studio.data / "incoming").iterdir()))


def _posted(client, path, body):
    """A connection on which this was sent; nobody has read the answer yet."""
    request = client.build_request("POST", path, json=body)
    heads = [f"{name}: {value}" for name, value in request.headers.items()]
    connection = socket.create_connection((request.url.host, request.url.port))
    connection.sendall("\r\n".join([f"POST {path} HTTP/1.1", *heads, "", ""]).encode() + request.read())
    return connection


def test_a_silent_link_is_told(tmp_path):
    """A server that says nothing is not waited for longer than `link_timeout_s`."""
    over = threading.Event()
    with site(lambda _: over.wait(PATIENCE_S)) as there:
        told = fetched(f"{there.url}/a.mp4", tmp_path / "part", link_timeout_s=0.2)
        over.set()
    assert told == f"{OUTSIDE}/…/a.mp4 did not answer in time."


def test_nothing_is_unpacked_on_the_way(tmp_path):
    """An answer that was compressed for the way is refused: it may be a thousand times what was counted."""
    with site(lambda asked: send(asked, gzip.compress(bytes(10_000_000)), Content_Encoding="gzip")) as there:
        told = fetched(f"{there.url}/a.mp4", tmp_path / "part")
    assert told == f"{OUTSIDE}/…/a.mp4 is sent compressed, though it was asked not to be."


def _flood(asked):
    asked.send_response(302)
    asked.send_header("Location", "/b.mp4")
    asked.end_headers()
    with suppress(OSError):
        while True:
            asked.wfile.write(bytes(1_000_000))


def _bomb(asked):
    with suppress(OSError):
        send(asked, _PACKED, 302, Location="/b.mp4", Content_Encoding="gzip")


@pytest.mark.parametrize("give", [_flood, _bomb])
def test_what_stands_in_a_redirect_is_not_read(give, tmp_path):
    """A redirect with a body without an end, or one that unpacks to a thousand times as much, is followed."""

    def first(asked):
        (give if asked.path == "/a.mp4" else lambda there: send(there, b"film"))(asked)

    tracemalloc.start()
    try:
        with site(first) as there:
            assert fetched(f"{there.url}/a.mp4", tmp_path / "part").size == 4
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("length", [None, 5, 10**30])
def test_the_size_limit_counts_what_comes(length, tmp_path):
    """Whatever length a server tells, no more is kept than may be."""

    def give(asked):
        asked.send_response(200)
        if length is not None:
            asked.send_header("Content-Length", str(length))
        asked.end_headers()
        asked.wfile.write(bytes(100_000))

    with site(give) as there:
        told = fetched(f"{there.url}/a.mp4", tmp_path / "part", max_upload_bytes=50_000)
    assert isinstance(told, str) or told.size == length
