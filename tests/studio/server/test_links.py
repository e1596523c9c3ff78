"""Links: fetched by the studio, and told where they lead nowhere."""

from __future__ import annotations

import asyncio
import http.server
import json
import socket
import threading
import unicodedata

import anyio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nemo_widgets.studio.errors import Refused
from nemo_widgets.studio.links import fetch
from nemo_widgets.studio.receive import size_words
from nemo_widgets.studio.settings import Settings


def _path(session):
    return f"/api/upload-video/nemo_agent/me/{session}"


class _Site(http.server.BaseHTTPRequestHandler):
    clip = b""

    def do_GET(self):
        path, kind, disposition = self.path.partition("?")[0], "application/octet-stream", None
        content = self.clip
        if path.startswith("/page"):
            content, kind = b"\n<!DOCTYPE html><html>Not here.</html>", "text/html; charset=utf-8"
        if path == "/notes.txt":
            content, kind = b"Not a clip.", "text/plain"
        if path == "/gone.mp4":
            self.send_error(404)
            return
        if path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/clips/b-roll.mp4")
            self.end_headers()
            return
        if path == "/attached":
            disposition = "attachment; filename*=UTF-8''n%C3%A4chste.mp4"
        if path == "/typed":
            kind = "video/mp4"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if disposition:
            self.send_header("Content-Disposition", disposition)
        if path != "/cut.mp4":
            self.send_header("Content-Length", str(len(content) * (3 if path == "/short.mp4" else 1)))
        self.end_headers()
        self.wfile.write(content[: 100 if path == "/cut.mp4" else None])

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site(clip):
    """A web site on loopback that has the clip under several addresses."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), type("Site", (_Site,), {"clip": clip.read_bytes()})
    )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_links_are_fetched(client, site):
    """Links come in like files, named after header, address, type or content."""
    session = client.session()
    urls = [
        f"{site}/{end}" for end in ("clips/b%20roll.mp4?sig=secret", "attached", "typed", "moved", "get.php")
    ]
    answer = client.post(_path(session), json={"urls": urls, "source_type": "url"}).json()
    names = [file["filename"] for file in answer["data"]["files"]]
    assert names == ["b roll.mp4", "nächste.mp4", "typed.mp4", "b-roll.mp4", "get.php.mp4"]
    assert [s["m"]["name"] for s in client.state(session)["draft"]["t"][0]["sg"]] == [n[:-4] for n in names]


@pytest.mark.parametrize(
    ("link", "answered"),
    [
        ("gone.mp4?sig=secret", (4001, "gone.mp4 answered 404 Not Found")),
        ("page.html", (4001, "page.html leads to a web page")),
        ("page?sig=secret", (4001, "page leads to a web page")),
        ("page.mp4", (4001, "page.mp4 leads to a web page")),
        ("notes.txt", (4001, "notes.txt: notes.txt is of no supported type")),
        ("cut.mp4", (4001, "cut.mp4")),
        ("short.mp4?sig=secret", (4001, "short.mp4 can't be fetched")),
    ],
)
def test_links_that_lead_nowhere(guest, site, common, link, answered):
    """A link that gives no clip says why, without the secrets in its query, and leaves nothing."""
    session = guest.session()
    answer = guest.post(_path(session), json={"urls": [f"{site}/ok.mp4", f"{site}/{link}"]}).json()
    assert answer["code"] == answered[0]
    assert answered[1] in answer["message"]
    assert "secret" not in answer["message"]
    assert guest.state(session)["draft"] == {}
    assert not list((common.data / "incoming").iterdir())


def test_links_obey_the_size_limit(start, connect, site):
    """A link to something too large is refused by its stated length, before a byte of it is kept."""
    client = connect(start(max_upload_bytes=1000))
    answer = client.post(_path(client.session()), json={"urls": [f"{site}/big.mp4"]}).json()
    assert answer == {"code": 4002, "message": "big.mp4 is larger than 1000 bytes."}


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1 byte"),
        (1000, "1000 bytes"),
        (204_800, "200 KB"),
        (1_572_864, "1.5 MB"),
        (500 * 1024**2, "500 MB"),
    ],
)
def test_sizes_in_words(size, words):
    """A limit is told in a unit in which it is no zero."""
    assert size_words(size) == words


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("http://127.0.0.1:9/a.mp4?sig=secret", "127.0.0.1/…/a.mp4 can't be fetched"),
        ("http://u:secret@127.0.0.1:9/a.mp4", "127.0.0.1/…/a.mp4 can't be fetched"),
        ("file:///etc/secret/../a.mp4", "file://…/a.mp4 is no link"),
        ("ftp://h/a.mp4?secret", "ftp://…/a.mp4 is no link"),
        ("a.mp4", "'a.mp4' is no link"),
        ("http://[secret/a.mp4", "'a.mp4' is no link"),
        ("http://", "/…/clip is no link"),
        ("http://127.0.0.1:99999/a.mp4", "127.0.0.1/…/a.mp4 is no link: its port is a number up to 65535."),
        ("http://127.0.0.1:65536/a.mp4", "127.0.0.1/…/a.mp4 is no link"),
        ("http://127.0.0.1:-1/a.mp4", "127.0.0.1/…/a.mp4 is no link"),
        ("http://127.0.0.1:0/a.mp4", "127.0.0.1/…/a.mp4 can't be fetched"),
        ("http://h\u0000st/a.mp4", "hst/…/a.mp4 is no link: no address is written like that."),
        ("http://h\ud800st/a.mp4", "h\ufffdst/…/a.mp4 is no link: no address is written like that."),
        (f"http://{'a' * 300}.example/a.mp4", f"{'a' * 100}/…/a.mp4 can't be fetched"),
        (f"http://127.0.0.1:{'9' * 5000}/a.mp4", "127.0.0.1/…/a.mp4 is no link"),
    ],
)
def test_links_that_are_none_are_told(guest, link, told):
    """What leads nowhere is an error of the table that names the link, without its secrets."""
    body = json.dumps({"urls": [link]})
    answer = guest.post(_path(guest.session()), content=body, headers={"Content-Type": "application/json"})
    answer = answer.json()
    assert answer["code"] == 4001
    assert answer["message"].startswith(told)
    assert "secret" not in answer["message"]


PIECES = (
    "http://", "HTTP:", "//", "/", "?", "#", "@", ":", "[", "]", "::1", "%", "%00", "\\", "\n", " ", "ß",
    "。", "①", "xn--", "xn--a", "..", ".", "a", "-", "\ud800", "\0", "٣", "99999", "é" * 70, "a" * 300, "ftp://",
    "file://",
)  # fmt: skip
LINKS = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
USUAL = Settings()


async def _unknown(*_, **__):
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


@settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(head=st.sampled_from(["", "http://", "https://"]), link=LINKS)
def test_whatever_a_link_is_the_answer_is_a_sentence(head, link, tmp_path_factory):
    """No text makes the studio fail: what is no link, or leads nowhere, is told with what may be shown."""
    part = tmp_path_factory.getbasetemp() / "part"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(anyio, "getaddrinfo", _unknown)
        with pytest.raises(Refused) as refused:
            asyncio.run(fetch(head + link, part, USUAL, owner=True))
    assert refused.value.code == 4001
    assert len(refused.value.message) < 600
    assert not any(unicodedata.category(character) == "Cc" for character in refused.value.message)
