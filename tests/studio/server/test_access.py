"""Who may come in: HTTPS beyond this machine, no tokens for strangers there, none on a command line."""

from __future__ import annotations

import signal
import socket
import ssl
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
import trustme
from serving import EVERYWHERE, refused, serving

from nemo_widgets.client import AsyncClient
from nemo_widgets.errors import ServerError
from nemo_widgets.studio import __main__ as command
from nemo_widgets.studio.access import Access
from nemo_widgets.studio.addresses import is_loopback
from nemo_widgets.studio.launch import launch
from nemo_widgets.studio.store import StoreError


def _asks(url, client=httpx):
    return client.post(f"{url}/api/auth/anonymous-token", headers={"X-Client-Id": "a-stranger"}).json()


@pytest.fixture(scope="module")
def authority():
    """Who signs certificates that the tests trust."""
    return trustme.CA()


@pytest.fixture(scope="module")
def papers(authority, tmp_path_factory):
    """A certificate for a name and an address, with its key, as files."""
    folder, made = tmp_path_factory.mktemp("papers"), authority.issue_cert("studio.example", "127.0.0.1")
    made.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    made.private_key_pem.write_to_path(folder / "key.pem")
    made.private_key_and_cert_chain_pem.write_to_path(folder / "both.pem")
    return folder


def _of_this_machine():
    """This machine's name and its address in its network, if it has one; nothing is sent to find that out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way, suppress(OSError):
        way.connect(("192.0.2.1", 9))
        yield way.getsockname()[0]
    with suppress(OSError):
        if not is_loopback(socket.gethostbyname(socket.gethostname())):
            yield socket.gethostname()


BEYOND = [EVERYWHERE, "0", "0x0", "::", "::ffff:0.0.0.0", *_of_this_machine()]
"""What lets others in, in each way that it can be said."""


@pytest.mark.parametrize("host", BEYOND)
def test_plain_http_beyond_this_machine_has_to_be_wished_for(host, capsys, monkeypatch, tmp_path):
    """Where others could listen nothing is served in the clear unasked: the risk and the ways on are told."""
    told = refused(capsys, monkeypatch, "--host", host, "--data", tmp_path / "data")
    if "can't listen" in told and ":" in host:
        pytest.skip("no IPv6 here")
    for word in ("plain HTTP", "token", "--tls-cert", "--tls-key", "--plain-http"):
        assert word in told
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.9"])
def test_this_machine_alone_needs_no_https(host, tmp_path):
    """On loopback nothing has to be wished for, and every program there can have a token."""
    studio = launch(tmp_path, host=host, access=Access(plain_http=False))
    try:
        assert _asks(studio.url)["code"] == 0
    finally:
        studio.stop()


def test_plain_http_that_was_wished_for_says_what_it_risks(tmp_path):
    """With the option it serves, says at each start what that means, and gives no stranger a token."""
    with serving("--host", EVERYWHERE, "--plain-http", data=tmp_path) as (process, told, url):
        assert told["url"].startswith("http://")
        answer = _asks(url)
        assert answer["code"] == 403
        assert "NEMO_TOKEN" in answer["message"]
        bearer = {"Authorization": f"Bearer {told['token']}"}
        assert httpx.get(f"{url}/api/credits/balance/simple", headers=bearer).json()["code"] == 0
    assert "over plain HTTP: whoever listens" in process.told


def test_https_is_spoken_with_certificate_and_key(authority, papers, clip, tmp_path):
    """With a certificate the studio speaks HTTPS alone, under the certificate's names, in links too."""
    options = ("--tls-cert", papers / "cert.pem", "--tls-key", papers / "key.pem")
    context = ssl.create_default_context()
    authority.configure_trust(context)
    with serving("--host", EVERYWHERE, *options, data=tmp_path) as (_, told, url):
        assert told["url"].startswith("https://")
        with httpx.Client(verify=context, base_url=url) as client:
            assert _asks(url, client)["code"] == 403
            client.headers.update({"Authorization": f"Bearer {told['token']}", "Host": "studio.example"})
            made = client.post("/api/tasks/me/with-session/nemo_agent").json()["data"]["session_id"]
            path = f"/api/upload-video/nemo_agent/me/{made}"
            sent = client.post(path, files=[("files", ("a.mp4", clip.read_bytes()))]).json()
            assert sent["data"]["files"][0]["cdn_url"].startswith("https://studio.example/media/")
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            httpx.get(f"{url}/studio/health")
        with pytest.raises(httpx.HTTPError):
            httpx.get(url.replace("https", "http") + "/studio/health")


@pytest.mark.parametrize(
    "host", ["evil@studio.example", "studio.example/x", "[::1", "[::1]x", "a:b", "\u00e9"]
)
def test_what_can_be_no_name_is_turned_away_over_https_too(host, authority, papers, tmp_path):
    """Addresses in answers are made of the name that was asked for: what is none gets into none."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    studio = launch(tmp_path, access=Access(certificate=papers / "both.pem"))
    try:
        head = {"Host": host.encode()}
        answer = httpx.get(f"{studio.url}/studio/health", headers=head, verify=context)
        assert answer.status_code in {400, 421}
    finally:
        studio.stop()


def test_a_certificate_serves_on_this_machine_too(authority, papers, tmp_path):
    """One file may hold certificate and key; on loopback HTTPS changes nothing else."""
    studio = launch(tmp_path, access=Access(certificate=papers / "both.pem"))
    context = ssl.create_default_context()
    authority.configure_trust(context)
    try:
        with httpx.Client(verify=context) as client:
            assert _asks(studio.url, client)["code"] == 0
    finally:
        studio.stop()


def _encrypted(papers):
    from cryptography.hazmat.primitives import serialization as form

    key = form.load_pem_private_key((papers / "key.pem").read_bytes(), None)
    how = form.BestAvailableEncryption(b"open sesame")
    path = papers / "locked.pem"
    path.write_bytes(key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, how))
    return path


@pytest.fixture
def wrong(papers, authority, tmp_path):
    """Certificates and keys that are of no use, and what is said of them."""
    other = tmp_path / "other.pem"
    authority.issue_cert("other.example").private_key_pem.write_to_path(other)
    cert, key = papers / "cert.pem", papers / "key.pem"
    return {
        "no certificate": (Path(__file__), key, "no certificate and its key"),
        "no key": (cert, None, "no certificate and its key"),
        "not its key": (cert, other, "no certificate and its key"),
        "passphrase": (cert, _encrypted(papers), "has a passphrase"),
        "key alone": (None, key, "name both"),
        "not there": (tmp_path / "none.pem", None, "There is no file"),
    }


@pytest.mark.parametrize(
    "how", ["no certificate", "no key", "not its key", "passphrase", "key alone", "not there"]
)
def test_a_certificate_that_is_of_no_use_is_told(how, wrong, tmp_path):
    """What is wrong with certificate or key is one sentence, at once; nobody is asked for a passphrase."""
    certificate, key, said = wrong[how]
    with pytest.raises(StoreError, match=said):
        launch(tmp_path / "data", access=Access(certificate=certificate, key=key))
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("anonymous", [False, True])
@pytest.mark.parametrize("host", ["127.0.0.1", EVERYWHERE])
def test_whether_strangers_get_a_token_can_be_said_either_way(anonymous, host, tmp_path):
    """On this machine and beyond it, it can be said whether whoever asks is given a token."""
    studio = launch(tmp_path, host=host, access=Access(anonymous=anonymous))
    try:
        assert _asks(studio.url.replace(EVERYWHERE, "127.0.0.1"))["code"] == (0 if anonymous else 403)
    finally:
        studio.stop()


@pytest.mark.parametrize("option", ["--no-anonymous", "--anonymous"])
def test_the_command_takes_it_either_way(option, monkeypatch, tmp_path):
    """Both options of the command say whether whoever asks is given a token."""
    seen = []

    def started(*_, access, **__):
        seen.append(access.anonymous)
        raise StoreError("enough")

    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr("nemo_widgets.studio.launch.launch", started)
    assert command.main(["serve", option, "--data", str(tmp_path)]) == 1
    assert seen == [option == "--anonymous"]


async def test_who_gets_no_token_reads_what_to_do(tmp_path, monkeypatch):
    """A client that comes without a token is told to set NEMO_TOKEN, in the studio's own words."""
    monkeypatch.delenv("NEMO_TOKEN", raising=False)
    studio = launch(tmp_path / "data", access=Access(anonymous=False))
    try:
        async with AsyncClient(base_url=studio.url, config_dir=tmp_path / "config", anonymous=True) as client:
            with pytest.raises(ServerError, match="set NEMO_TOKEN"):
                await client.create_session()
    finally:
        studio.stop()


def test_a_short_token_is_no_token_beyond_this_machine(tmp_path):
    """Where strangers can try tokens, one that can be tried out is refused."""
    with pytest.raises(StoreError, match="shorter than 20 characters"):
        launch(tmp_path, host=EVERYWHERE, token="secret")
    assert list(tmp_path.iterdir()) == []
