"""Who does not read what they asked for holds nothing of the studio; who reads slowly gets everything."""

from __future__ import annotations

import asyncio
import json
import select
import socket
import ssl
import threading
import time
from pathlib import Path

import httpx
import pytest
import trustme
from studio.server.conftest import HERE, message
from waiting import PATIENCE_S

from nemo_widgets.studio.access import Access
from nemo_widgets.studio.agent.world import Done, Text
from nemo_widgets.studio.launch import launch
from nemo_widgets.studio.readers import Reader
from nemo_widgets.studio.settings import Settings

_LARGE = 24 * 1024 * 1024
"""More than the system takes over for a client that reads nothing."""


class Talker:
    """Says a word or, to “talk”, more than anybody's buffers take; it has not ended before it is let go."""

    def __init__(self):
        self.go = threading.Event()

    def turn(self, text, world):
        yield Text("x" * (_LARGE if text == "talk" else 1))
        while not self.go.wait(0.02) and not world.cancelled():
            pass
        yield Done(None, "")


@pytest.fixture
def agent():
    """One who says more than is read."""
    talker = Talker()
    yield talker
    talker.go.set()


def _connected(address):
    """A connection into whose buffer little goes."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect(address)
    return connection


def _asked(studio, request, context=None):
    """A connection, encrypted if there is a context, on which this was asked and nothing was read."""
    host, port = studio.url.rpartition("/")[2].split(":")
    connection = _connected((host, int(port)))
    if context is not None:
        connection = context.wrap_socket(connection, server_hostname=host)
    connection.sendall(request.encode())
    return connection


def _get(path):
    return f"GET {path} HTTP/1.1\r\nHost: {HERE}\r\n\r\n"


def _say(studio, session):
    body = json.dumps(message(session, "talk"))
    return (
        f"POST /run_sse HTTP/1.1\r\nHost: {HERE}\r\nAuthorization: Bearer {studio.token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    )


def _cut_off(connection):
    """Whether the other end drops the connection, though nothing is read from it."""
    events = select.poll()
    events.register(connection, 0)  # hang-ups and errors are told in any case
    return bool(events.poll(PATIENCE_S * 1000))


def _media(client, clip):
    """The path of a large file that the studio serves."""
    answer = client.upload(client.session(), clip).json()
    with next((Path(client.studio.data) / "media").iterdir()).open("r+b") as file:
        file.truncate(_LARGE)
    return "/" + answer["data"]["files"][0]["cdn_url"].split("/", 3)[3]


@pytest.mark.parametrize("what", ["file", "stream", "stream to the connection's end"])
def test_who_reads_nothing_is_cut_off(start, connect, clip, what):
    """A client that never reads its answer is cut off, keep-alives or not, and the log says so in a line."""
    studio = start(unread_s=0.4, heartbeat_s=0.05, eof="close" if "end" in what else "chunked")
    client = connect(studio)
    request = _get(_media(client, clip)) if what == "file" else _say(studio, client.session())
    with _asked(studio, request) as connection:
        assert _cut_off(connection)
    assert client.get("/studio/health").json()["ok"]
    studio.stop()
    log = (studio.data / "studio.log").read_text()
    assert log.count("took nothing of its answer for 0.4 s") == 1
    assert "Traceback" not in log


def test_who_reads_nothing_over_https_is_cut_off(agent, tmp_path):
    """So it is where the answer is encrypted."""
    authority, context = trustme.CA(), ssl.create_default_context()
    authority.configure_trust(context)
    papers = authority.issue_cert(HERE)
    papers.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    papers.private_key_pem.write_to_path(tmp_path / "key.pem")
    studio = launch(
        tmp_path / "data",
        access=Access(certificate=tmp_path / "cert.pem", key=tmp_path / "key.pem"),
        settings=Settings(unread_s=0.4),
        agent=agent,
    )
    try:
        bearer = {"Authorization": f"Bearer {studio.token}"}
        path = f"{studio.url}/api/tasks/me/with-session/nemo_agent"
        session = httpx.post(path, json={}, headers=bearer, verify=context).json()["data"]["session_id"]
        with _asked(studio, _say(studio, session), context) as connection:
            assert _cut_off(connection)
    finally:
        studio.stop()
    assert "took nothing of its answer for 0.4 s" in (tmp_path / "data" / "studio.log").read_text()


def test_who_reads_slowly_takes_something():
    """An answer stands still only while nothing of it is read at all; what is added to it changes nothing."""

    async def scene():
        loop, readers = asyncio.get_running_loop(), asyncio.Queue()
        protocol = type("Made", (asyncio.Protocol,), {"connection_made": lambda _, t: readers.put_nowait(t)})
        server = await loop.create_server(protocol, HERE, 0)
        with _connected(server.sockets[0].getsockname()) as connection:
            reader = Reader(await readers.get())
            assert not reader.takes_nothing()
            reader.write(bytes(_LARGE))
            until = time.monotonic() + PATIENCE_S
            while True:  # the system has its own time to fill its buffers, which it enlarges now and then
                while not reader.takes_nothing():  # noqa: ASYNC110 - likewise
                    await asyncio.sleep(0.02)
                reader.write(b"data:\n\n")
                if reader.takes_nothing():
                    break
                assert time.monotonic() < until
            for _ in range(3):
                until = time.monotonic() + PATIENCE_S
                while reader.takes_nothing():
                    assert time.monotonic() < until
                    connection.recv(1024)
                    await asyncio.sleep(0)
            reader.drop()
            await asyncio.sleep(0)
            assert _cut_off(connection)
        server.close()

    asyncio.run(scene())


def test_a_crowd_of_connections_leaves_room(start, connect, agent):
    """Of more connections than there is room for, those that ask for nothing are closed, oldest first."""
    studio = start(connections=4, heartbeat_s=0.05)
    host, port = studio.url.rpartition("/")[2].split(":")
    busy = connect(studio)
    with busy.stream("POST", "/run_sse", json=message(busy.session(), "hold")) as answer:
        lines = answer.iter_lines()
        next(lines)
        crowd = []
        for _ in range(12):
            crowd.append(_connected((host, int(port))))
            assert connect(studio).get("/studio/health").json()["ok"]
        assert [_cut_off(connection) for connection in crowd[:9]] == [True] * 9
        agent.go.set()
        assert any('"outcome"' in line for line in lines)
    for connection in crowd:
        connection.close()


def test_who_comes_where_all_are_busy_is_closed(start, connect, agent):
    """Where all connections are at work, a new one is closed, and there is room again once one has ended."""
    studio = start(connections=1, heartbeat_s=0.05)
    host, port = studio.url.rpartition("/")[2].split(":")
    busy = connect(studio)
    with busy.stream("POST", "/run_sse", json=message(busy.session(), "hold")) as answer:
        lines = answer.iter_lines()
        next(lines)
        with _connected((host, int(port))) as connection:
            assert _cut_off(connection)
        agent.go.set()
        assert any('"outcome"' in line for line in lines)
    assert connect(studio).get("/studio/health").json()["ok"]
