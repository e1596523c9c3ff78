"""Links: fetched by the studio, told where they lead nowhere, and no way into anybody's network."""

from __future__ import annotations

import asyncio
import http.server
import socket
import threading

import httpx
import pytest

from nemo_widgets.studio.addresses import is_public
from nemo_widgets.studio.errors import Refused
from nemo_widgets.studio.launch import launch
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
    ],
)
def test_links_that_are_none_are_told(guest, link, told):
    """What leads nowhere is an error of the table that names the link, without its secrets."""
    answer = guest.post(_path(guest.session()), json={"urls": [link]}).json()
    assert answer["code"] == 4001
    assert answer["message"].startswith(told)
    assert "secret" not in answer["message"]


@pytest.fixture
def open_studio(tmp_path):
    """A studio that others in the network can reach."""
    studio = launch(tmp_path / "open", host="0.0.0.0")  # noqa: S104 - that is what is tried
    yield studio
    studio.stop()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "[::ffff:127.0.0.1]", "0"])
def test_a_studio_that_others_reach_fetches_nothing_from_its_own_network(open_studio, site, host):
    """Where others can ask for links, none leads to this machine or its network, however it is written."""
    port = site.rpartition(":")[2]
    here = open_studio.url.replace("0.0.0.0", "127.0.0.1")  # noqa: S104 - as above
    headers = {"Authorization": f"Bearer {open_studio.token}"}
    with httpx.Client(base_url=here, headers=headers) as own:
        session = own.post("/api/tasks/me/with-session/nemo_agent").json()["data"]["session_id"]
        link = f"http://{host}:{port}/ok.mp4"
        answer = own.post(_path(session), json={"urls": [link]}).json()
    assert answer["code"] == 4001
    assert "private network" in answer["message"] or "can't be fetched" in answer["message"]


def test_redirects_are_looked_at_one_by_one(tmp_path):
    """A redirect within a site goes to the site by its name; one into the own network is not followed."""
    asked = []
    ways = {"/a.mp4": "/b.mp4", "/b.mp4": "http://inside.example/c.mp4"}

    async def found(host, port, **_):
        return [(2, 1, 6, "", ("93.184.216.34" if host == "public.example" else "10.0.0.7", port))]

    async def sent(_, request):
        asked.append((str(request.url), request.headers["host"], request.extensions["sni_hostname"]))
        return httpx.Response(302, headers={"Location": ways[request.url.path]}, request=request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("anyio.getaddrinfo", found)
        patch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", sent)
        with pytest.raises(Refused, match="private network"):
            asyncio.run(fetch("http://public.example/a.mp4", tmp_path / "part", Settings(), local_only=False))
    names = ("public.example", "public.example")
    assert asked == [("http://93.184.216.34/a.mp4", *names), ("http://93.184.216.34/b.mp4", *names)]


@pytest.mark.parametrize("local_only", [True, False])
def test_a_host_that_nobody_knows_is_told_in_words(local_only, tmp_path, monkeypatch):
    """A slip in a link's host is told as that, and not by the number of an error of the system."""

    def unknown(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Refused) as refused:
        asyncio.run(
            fetch("http://nowhere.invalid/a.mp4", tmp_path / "part", Settings(), local_only=local_only)
        )
    assert refused.value.message == "nowhere.invalid/…/a.mp4 can't be fetched: there is no such address."


def test_a_public_site_is_fetched_from(site, clip, tmp_path, monkeypatch):
    """What is public is fetched, at the address that was looked at, under the name that it was asked by."""
    host = site.removeprefix("http://").partition(":")[0]

    async def found(name, port, **_):
        assert name == "public.example"
        return [(2, 1, 6, "", (host, port))]

    monkeypatch.setattr("anyio.getaddrinfo", found)
    monkeypatch.setattr("nemo_widgets.studio.addresses.is_public", lambda address: address == host)
    link = f"{site.replace(host, 'public.example')}/moved"
    got = asyncio.run(fetch(link, tmp_path / "part", Settings(), local_only=False))
    assert (got.name, got.path.read_bytes()) == ("b-roll.mp4", clip.read_bytes())


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - looked at, not bound to
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("::127.0.0.1", False),
        ("::ffff:0:10.0.0.1", False),
        ("64:ff9b:1::a00:1", False),
        ("fec0::1", False),
        ("nonsense", False),
    ],
)
def test_public_addresses(address, public):
    """An address counts as public only if the whole world can reach it."""
    assert is_public(address) is public
