"""Several uploads into one session at the same time."""

from __future__ import annotations

import json
import socket
import threading
from urllib.parse import urlsplit

import pytest
from waiting import PATIENCE_S

_LAST = 40
"""How many bytes of a body are kept back for the end."""


class _Upload:
    """One upload over a connection of its own, sent in as many parts as the test likes."""

    def __init__(self, client, session, path, *, name=None, token=None, key=""):
        address = urlsplit(str(client.base_url))
        body = (
            b'--x\r\nContent-Disposition: form-data; name="files"; filename="%s"\r\n\r\n'
            % (name or path.name).encode()
            + path.read_bytes()
            + b"\r\n--x--\r\n"
        )
        bearer = f"Bearer {token}" if token else client.headers["Authorization"]
        head = (
            f"POST /api/upload-video/nemo_agent/me/{session} HTTP/1.1\r\nHost: {address.netloc}\r\n"
            f"Authorization: {bearer}\r\nIdempotency-Key: {key}\r\nConnection: close\r\n"
            f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.first, self.last = head.encode() + body[:-_LAST], body[-_LAST:]
        self._socket = socket.create_connection((address.hostname, address.port), timeout=PATIENCE_S)

    def send(self, data):
        self._socket.sendall(data)

    def leave(self):
        self._socket.close()

    def answer(self):
        with self._socket as open_socket, open_socket.makefile("rb") as file:
            return file.read().partition(b"\r\n\r\n")[2]


def _names(client, session):
    return [media["filename"] for media in client.listed(session, "media")]


@pytest.mark.parametrize("whole", [False, True], ids=["ends", "whole bodies"])
@pytest.mark.parametrize("first", ["clip", "picture"])
def test_order_is_that_of_the_bodies_ends(guest, clip, picture, first, whole):
    """Of two bodies that end one right after the other, the first to end stands first on the timeline.

    It takes longer to look into the clip than into the picture, and the clip is begun last.
    """
    paths = [clip, picture] if first == "clip" else [picture, clip]
    for _ in range(6):
        session = guest.session()
        uploads = [_Upload(guest, session, path) for path in paths]
        if whole:
            for upload in uploads:
                upload.send(upload.first + upload.last)
        else:
            for upload in reversed(uploads):
                upload.send(upload.first)
            guest.session()  # meanwhile, what was sent is read
            for upload in uploads:
                upload.send(upload.last)
        for upload in uploads:
            assert json.loads(upload.answer())["code"] == 0
        assert _names(guest, session) == [path.name for path in paths]
        (track,) = guest.state(session)["draft"]["t"]
        assert [segment["m"]["name"] for segment in track["sg"]] == [path.stem for path in paths]


def test_many_at_once_keep_their_order(guest, picture):
    """Ten bodies that end one after the other within milliseconds stand in that order."""
    session, names = guest.session(), [f"{i}.png" for i in range(10)]
    uploads = [_Upload(guest, session, picture, name=name) for name in names]
    for upload in uploads:
        upload.send(upload.first)
    guest.session()
    for upload in uploads:
        upload.send(upload.last)
    for upload in uploads:
        upload.answer()
    assert _names(guest, session) == names


def test_upload_that_is_refused_holds_up_nobody(guest, clip, picture, tmp_path):
    """A body that ended first and was no film, or came without a right to come, leaves its place free."""
    session, text = guest.session(), tmp_path / "text.mp4"
    text.write_bytes(b"hello " * 99)
    uploads = [
        _Upload(guest, session, text),
        _Upload(guest, session, clip, token="wrong"),
        _Upload(guest, session, picture),
    ]
    for upload in uploads:
        upload.send(upload.first + upload.last)
    codes = [json.loads(upload.answer())["code"] for upload in uploads]
    assert codes == [4001, 1001, 0]
    assert _names(guest, session) == ["beach.png"]


def test_body_that_has_not_ended_holds_up_nobody(guest, clip, picture):
    """A body that was begun first but goes on stands behind one that ended meanwhile; none waits for it."""
    session = guest.session()
    slow = _Upload(guest, session, clip)
    slow.send(slow.first)
    assert guest.upload(session, picture).json()["code"] == 0
    assert guest.say(session, "undo")
    slow.send(slow.last)
    assert json.loads(slow.answer())["code"] == 0
    assert _names(guest, session) == ["beach.png", "harbour.mp4"]


def test_upload_whose_answer_nobody_hears_is_stored_once(guest, clip):
    """A client that goes away as its body has ended, and sends it again, has it on the timeline once."""
    session = guest.session()
    for number in range(6):
        upload = _Upload(guest, session, clip, key=f"u-{number}")
        upload.send(upload.first)
        guest.session()
        upload.send(upload.last)
        if number % 2:
            guest.session()  # the body is read before the connection is seen to be gone
        upload.leave()
        assert guest.upload(session, clip, key=f"u-{number}").json()["code"] == 0
    assert [media["key"] for media in guest.listed(session, "media")] == [f"u-{n}" for n in range(6)]


def test_message_sees_the_upload_whose_body_ended_before_it(guest, clip, picture):
    """A message that is sent after an upload works on a timeline that has it."""
    session = guest.session()
    guest.upload(session, picture)
    upload = _Upload(guest, session, clip)
    upload.send(upload.first)
    guest.session()
    upload.send(upload.last)
    answers = []
    threading.Thread(target=lambda: answers.append(upload.answer())).start()
    guest.say(session, "remove the first second")
    names = [s["m"]["name"] for s in guest.state(session)["draft"]["t"][0]["sg"]]
    assert names == ["beach", "harbour"]
