"""Links are no way into anybody's network: where the studio fetches from, and what it tells of it."""

from __future__ import annotations

import socket

import anyio
import httpx
import pytest
from sites import OUTSIDE, fetched, send, site

from nemo_widgets.studio.addresses import is_public
from nemo_widgets.studio.launch import launch
from nemo_widgets.studio.settings import Settings

INSIDE = "127.0.0.1"
"""Where a site is that nobody is let fetch from, as elsewhere than `OUTSIDE`."""


def _path(session):
    return f"/api/upload-video/nemo_agent/me/{session}"


@pytest.fixture
def inside(clip):
    """A site in the studio's own network, which nobody may be led to."""
    with site(lambda asked: send(asked, clip.read_bytes()), INSIDE) as there:
        yield there
        assert there.asked == []


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    """A studio with the settings that everybody has, and its owner."""
    studio = launch(tmp_path_factory.mktemp("usual"))
    with httpx.Client(base_url=studio.url, headers={"Authorization": f"Bearer {studio.token}"}) as owner:
        made = owner.post("/api/tasks/me/with-session/nemo_agent").json()["data"]["session_id"]
        yield lambda link: owner.post(_path(made), json={"urls": [link]}).json()
    studio.stop()


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "LOCALHOST.", "[::1]", "2130706433", "0x7f000001", "0177.0.0.1", "127.1",
        "0x7f.1", "127.0.0.1.", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "0",
        "0.0.0.0",  # noqa: S104 - asked for, not bound to
        "[::]",
        "①②⑦.⓪.⓪.①", "127。0。0。1", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "u:p@127.0.0.1",
    ],
)  # fmt: skip
def test_no_link_leads_to_this_machine_unless_its_owner_allows_it(usual, inside, host):
    """However a link writes this machine's address, nothing connects to it, and it is said what to do."""
    answer = usual(f"http://{host}:{inside.port}/ok.mp4")
    assert answer["code"] == 4001
    assert any(one in answer["message"] for one in ("private network", "can't be fetched", "is no link"))
    if host in ("127.0.0.1", "localhost", "2130706433"):
        assert "NEMO_STUDIO_LINK_NETWORKS" in answer["message"]


@pytest.mark.parametrize(
    "host",
    ["10.0.0.1", "192.168.1.1", "172.31.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "[fe80::1]",
             "[fd00::1]", "[fe80::1%25lo]", "255.255.255.255", "198.18.0.1", "192.0.2.1", "[2001:db8::1]",
             "168.63.129.16", "[::ffff:168.63.129.16]", "0xa83f8110", "[2002:a83f:8110::]"],
)  # fmt: skip
def test_no_link_leads_into_a_private_network(usual, host):
    """Networks at home, of a cloud or of a provider are no places to fetch from, and neither are groups."""
    answer = usual(f"http://{host}/ok.mp4")
    assert answer["code"] == 4001
    assert "private network" in answer["message"] or "can't be fetched" in answer["message"]


def test_what_the_owner_allows_is_fetched_for_nobody_else(start, connect, clip):
    """Networks that were allowed are the owner's: somebody with an anonymous token is not led there."""
    with site(lambda asked: send(asked, clip.read_bytes())) as there:
        studio = start(link_networks="127.0.0.0/8")
        owner, body = connect(studio), {"urls": [f"{there.url}/ok.mp4"]}
        assert owner.post(_path(owner.session()), json=body).json()["code"] == 0
        asked = httpx.post(f"{studio.url}/api/auth/anonymous-token", headers={"X-Client-Id": "somebody"})
        guest = connect(studio, token=asked.json()["data"]["token"])
        answer = guest.post(_path(guest.session()), json=body).json()
        assert answer["code"] == 4001
        assert "private network" in answer["message"]
        assert "NEMO_" not in answer["message"]
        assert len(there.asked) == 1


def test_the_environment_says_what_is_allowed(monkeypatch):
    """A notebook's studio takes the networks, and whether to use a proxy, from the environment."""
    monkeypatch.setenv("NEMO_STUDIO_LINK_NETWORKS", "127.0.0.0/8, 192.168.1.20")
    monkeypatch.setenv("NEMO_STUDIO_LINK_PROXY", "1")
    chosen = Settings.parse([])
    assert (chosen.link_networks, chosen.link_proxy) == ("127.0.0.0/8, 192.168.1.20", True)


@pytest.mark.parametrize("networks", ["everywhere", "127.0.0.0/40", "300.0.0.1", "127.0.0.1:80", "localhost"])
def test_networks_that_are_none_are_refused(networks):
    """What is no network is said, instead of letting in more or less than was meant."""
    with pytest.raises(ValueError, match="no list of networks"):
        Settings(link_networks=networks)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_every_redirect_is_looked_at(code, inside, tmp_path):
    """A redirect from where may be fetched to where may not is not followed, however it is written."""
    ways = iter([f"http://{INSIDE}:{inside.port}/a.mp4", f"//localhost:{inside.port}/a.mp4",
                 f"http://2130706433:{inside.port}/a.mp4", "file:///etc/hostname", "ftp://h/a.mp4",
                 f"http://{INSIDE}:99999/a.mp4", "http://xn--a/a.mp4", "http://xn--/", "http://[",
                 "/\ud800", f"HTTP://[::ffff:7f00:1]:{inside.port}/", f"http://0:{inside.port}/",
                 f"https://{INSIDE}:{inside.port}/", f"http:///{INSIDE}:{inside.port}/"])  # fmt: skip
    for way in ways:
        with site(
            lambda asked, way=way: send(asked, b"", code, Location=way.encode("utf-8", "replace").decode())
        ) as there:
            told = fetched(f"{there.url}/a.mp4", tmp_path / "part")
        assert isinstance(told, str), way
        assert "private network" in told or "can't be fetched" in told, told
        assert "hostname" not in told
        assert "2130706433" not in told


@pytest.mark.parametrize("code", [300, 304, 305, 306, 399])
def test_what_is_no_redirect_leads_nowhere(code, inside, tmp_path):
    """Other answers of that kind are told by their number alone, wherever they say that something is."""
    way = f"http://{INSIDE}:{inside.port}/secret.mp4"
    with site(lambda asked: send(asked, b"", code, Location=way, Refresh=f"0; url={way}")) as there:
        told = fetched(f"{there.url}/a.mp4", tmp_path / "part")
    assert f"answered {code}" in told
    assert "secret" not in told


@pytest.mark.usefixtures("inside")
def test_a_name_is_looked_up_once_and_held_to(clip, tmp_path, monkeypatch):
    """DNS rebinding: a name that leads elsewhere by the time of connecting is connected to where it led."""
    answers = iter([OUTSIDE, INSIDE, INSIDE])
    looked_up = []

    async def changing(host, port, **_):
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(anyio, "getaddrinfo", changing)
    with site(lambda asked: send(asked, clip.read_bytes())) as there:
        got = fetched(f"http://changing.example:{there.port}/a.mp4", tmp_path / "part")
        assert got.path.read_bytes() == clip.read_bytes()
        assert there.asked == [(f"changing.example:{there.port}", "/a.mp4")]
    assert looked_up == ["changing.example"]


def test_a_name_with_one_private_address_is_not_fetched_from(inside, tmp_path, monkeypatch):
    """All addresses of a name have to be public: which one is connected to would be left to chance."""

    async def several(_host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in (OUTSIDE, INSIDE)]

    monkeypatch.setattr(anyio, "getaddrinfo", several)
    with site(lambda asked: send(asked, b"x")) as there:
        told = fetched(f"http://several.example:{inside.port}/a.mp4", tmp_path / "part")
        assert there.asked == []
    assert "private network" in told


def test_an_address_that_does_not_answer_leaves_the_next(clip, tmp_path, monkeypatch):
    """Of several public addresses of a host the first that can be reached serves."""

    async def several(_host, port, **_):
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("127.0.0.3", OUTSIDE)
        ]

    monkeypatch.setattr(anyio, "getaddrinfo", several)
    with site(lambda asked: send(asked, clip.read_bytes())) as there:
        got = fetched(
            f"http://several.example:{there.port}/a.mp4", tmp_path / "part", link_networks="127.0.0.0/8"
        )
        assert got.path.read_bytes() == clip.read_bytes()


def test_a_host_that_nobody_knows_is_told_in_words(tmp_path, monkeypatch):
    """A slip in a link's host is told as that, and not by the number of an error of the system."""

    def unknown(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    told = fetched("http://nowhere.invalid/a.mp4", tmp_path / "part")
    assert told == "nowhere.invalid/…/a.mp4 can't be fetched: there is no such address."


def test_the_environments_proxy_serves_only_who_asks_for_it(inside, clip, tmp_path, monkeypatch):
    """A proxy looks names up by itself, so it is used only on wish, never for private hosts or NO_PROXY."""
    for name in ("http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with site(lambda asked: send(asked, clip.read_bytes()), "127.0.0.4") as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("NO_PROXY", OUTSIDE)
        told = fetched("http://nowhere.invalid/a.mp4", tmp_path / "part")
        assert "NEMO_STUDIO_LINK_PROXY=1" in told
        told = fetched(f"http://{INSIDE}:{inside.port}/a.mp4", tmp_path / "part", link_proxy=True)
        assert "private network" in told
        with site(lambda asked: send(asked, b"x")) as there:
            assert fetched(f"{there.url}/a.mp4", tmp_path / "part1", link_proxy=True).size == 1
        assert proxy.asked == []
        got = fetched("http://nowhere.invalid/a.mp4", tmp_path / "part", link_proxy=True)
        assert got.path.read_bytes() == clip.read_bytes()
        assert proxy.asked == [("nowhere.invalid", "http://nowhere.invalid/a.mp4")]


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
        ("192.88.99.1", False),
        ("192.0.0.192", False),
        ("::ffff:192.0.0.192", False),
        ("168.63.129.16", False),
        ("::ffff:168.63.129.16", False),
        ("64:ff9b::a83f:8110", False),
        ("2002:a83f:8110::1", False),
        ("2001:0:a83f:8110::1", False),
        ("::168.63.129.16", False),
        ("168.63.129.17", True),
        ("192.80.8.124", False),
        ("161.26.0.7", False),
        ("166.9.0.1", False),
        ("192.52.193.1", False),
        ("2606:4700::5efe:a00:1", False),
        ("2606:4700::200:5efe:7f00:1", False),
        ("2606:4700::5efe:5db8:d822", True),
        ("fe80::a9fe:a9fe", False),
        ("fd20:ce::254", False),
        ("4000::1", False),
        ("1::1", False),
        ("5f00::1", False),
        ("3fff::1", False),
        ("100.100.100.200", False),
        ("fd00:ec2::254", False),
        ("198.18.0.1", False),
        ("240.0.0.1", False),
        ("2001:db8::1", False),
        ("2001::1", False),
        ("ff02::1", False),
        ("nonsense", False),
    ],
)
def test_public_addresses(address, public):
    """An address counts as public only if the whole world can reach it."""
    assert is_public(address) is public
