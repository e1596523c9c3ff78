"""A connection that breaks after every single byte of an answer.

The client is tried after every byte, with answers of a studio that are played from memory, and over a real
line, before a studio that is looked into, around the end of each line of the head and of the body, and at one
byte in every sixteen. A request that breaks off is sent to the studio as so many bytes, for every number.
"""

import socket
from urllib.parse import urlsplit

import pytest
from faults.tape import some_cuts

from nemo_widgets.errors import NotAccepted, UploadUnknown
from nemo_widgets.testing import Proxy

SUBMIT, UPLOAD = "POST /api/render/proxy/lambda", "POST /api/upload-video"
POLL = "GET /api/render/proxy/lambda"
A_WHILE = 40
"""So many uploads go into one session, lest its timeline become the longest part of the test."""


async def test_a_submit_is_one_job_wherever_its_answer_breaks(  # noqa: PLR0917 - fixtures
    connect, waiting_studio, picture, truth_of, tape, monkeypatch
):
    """The job's id comes back, the studio has exactly that one job more, and the request was sent once."""
    truth = truth_of(waiting_studio)
    with Proxy(waiting_studio.url) as proxy:
        played, client = connect(proxy.url), connect(proxy.url)
        session_id = (await client.create_session()).session_id
        await client.upload(session_id, [picture])
        draft = (await client.state(session_id)).draft
        with tape.between(monkeypatch):
            await played.submit_render(session_id, draft, None, "render_1")
            await played.render_status("render_1")
        answer = tape.answers[SUBMIT]
        for cut in range(len(answer)):
            tape.cut(SUBMIT, cut)
            assert await played.submit_render(session_id, draft, None, "render_1") == "render_1", cut
            assert tape.asked == [SUBMIT, f"{POLL}/render_1"], cut
        expected = ["render_1"]
        for cut in some_cuts(answer):
            proxy.clear()
            proxy.log.clear()
            proxy.fault(cut_after=cut, only=SUBMIT, times=1)
            expected.append(await client.submit_render(session_id, draft))
            assert [exchange.line for exchange in proxy.log].count(SUBMIT) == 1, cut
            assert truth.renders(session_id) == expected, cut


async def test_a_poll_ends_as_the_uncut_one_wherever_it_breaks(  # noqa: PLR0917 - fixtures
    connect, client, proxy, rendered, tape, monkeypatch
):
    """Waiting for a render ends the same whatever byte of a poll's answer was its last."""
    render_id, played = rendered["status"].id, connect(proxy.url)
    with tape.between(monkeypatch):
        uncut = await played.wait_render(render_id)
    answer = tape.answers[line := f"{POLL}/{render_id}"]
    for cut in range(len(answer)):
        tape.cut(line, cut)
        assert await played.wait_render(render_id) == uncut, cut
        assert tape.asked == [line, line], cut
    for cut in some_cuts(answer):
        proxy.clear()
        proxy.log.clear()
        proxy.fault(cut_after=cut, only=POLL, times=1)
        assert await client.wait_render(render_id) == uncut, cut
        assert len(proxy.log) == 2, cut


async def test_an_upload_is_known_wherever_its_answer_breaks(  # noqa: PLR0917 - fixtures
    connect, client, direct, proxy, picture, truth, tape, monkeypatch
):
    """What the client says of an upload is what the studio has; with its key it is found, and never twice."""
    session_id, played = (await direct.create_session()).session_id, connect(proxy.url)
    with tape.between(monkeypatch):
        await played.upload(session_id, [picture], key="upload")
    answer = tape.answers[line := f"{UPLOAD}/nemo_agent/me/{session_id}"]
    for cut in range(len(answer)):
        tape.cut(line, cut)
        with pytest.raises(UploadUnknown):
            await played.upload(session_id, [picture], key="upload")
        assert tape.asked == [line], cut
    beyond = 2 * len(answer)  # a file that is there already has a longer answer
    for at, cut in enumerate([*some_cuts(answer), beyond]):
        if at % A_WHILE == 0:
            session_id, expected = (await direct.create_session()).session_id, []
        proxy.clear()
        proxy.log.clear()
        proxy.fault(cut_after=cut, only=UPLOAD, times=1)
        try:
            await client.upload(session_id, [picture], key=f"upload-{cut}")
            assert cut >= len(answer) - 2, cut
        except UploadUnknown:
            assert cut < beyond, cut
            if at % 4 == 0:
                ledger = await client.ledger(session_id)
                assert [media.key for media in ledger.media][-1] == f"upload-{cut}", cut
        expected.append(picture.name)
        assert truth.media(session_id) == expected, cut
        assert [exchange.line for exchange in proxy.log].count(f"{UPLOAD}/nemo_agent/me/{session_id}") == 1
        if at % 4 == 0:
            await client.upload(session_id, [picture], key=f"upload-{cut}")
            assert truth.media(session_id) == expected, cut
        assert truth.segments(session_id) == len(expected), cut


async def test_an_upload_is_known_wherever_its_request_breaks(  # noqa: PLR0917 - fixtures
    connect, client, direct, proxy, picture, truth, tape, monkeypatch
):
    """A request that broke off adds nothing, and the client never says that it did."""
    session_id, heard = (await direct.create_session()).session_id, connect(proxy.url)
    with tape.between(monkeypatch):
        await heard.upload(session_id, [picture], key="request-zzzz")
    request = tape.requests[f"{UPLOAD}/nemo_agent/me/{session_id}"]
    assert request.count(b"request-zzzz") == 1
    for cut in range(len(request)):
        send(direct.address.api, request.replace(b"zzzz", b"%04d" % cut)[:cut])
        assert truth.media(session_id) == [picture.name], cut
    outcomes = set()
    for cut in some_cuts(request):
        proxy.clear()
        proxy.fault(cut_after=cut, direction="up", only=UPLOAD, times=1)
        with pytest.raises((NotAccepted, UploadUnknown)) as told:
            await client.upload(session_id, [picture], key=f"request-{cut:04}")
        outcomes.add(told.type)
        if told.type is UploadUnknown:
            ledger = await client.ledger(session_id)
            assert f"request-{cut:04}" not in [media.key for media in ledger.media]
        assert truth.media(session_id) == [picture.name], cut
    assert UploadUnknown in outcomes
    assert await client.upload(session_id, [picture], key=f"request-{len(request) - 1}")
    assert b" 200 OK" in send(direct.address.api, request.replace(b"zzzz", b"last"), breaks=False)
    assert truth.media(session_id) == [picture.name] * 3


def send(url, data, *, breaks=True):
    """Send bytes, and close the line behind them or wait for an answer; what comes back."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), 30) as line:
        line.sendall(data)
        if not breaks:
            return line.recv(65536)
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


async def test_a_large_upload_that_broke_off_early_has_not_arrived(connect, proxy, clip, truth, tmp_path):
    """Where much of the file had not left yet, the client knows that the server can't have it."""
    client = connect(proxy.url, settings={"read_s": 0.5})
    large = tmp_path / "large.mp4"
    large.write_bytes(clip.read_bytes() + b"\0\0\0\x08free" * 2_500_000)
    session_id = (await client.create_session()).session_id
    for end in ({"cut_after": 100_000}, {"reset_after": 100_000}, {"stall_after": 100_000}):
        proxy.clear()
        proxy.fault(**end, direction="up", only=UPLOAD, times=1)
        with pytest.raises(NotAccepted):
            await client.upload(session_id, [large])
        assert truth.media(session_id) == []


@pytest.mark.parametrize("what", ["film", "picture"])
async def test_a_download_is_the_same_file_wherever_it_breaks(  # noqa: PLR0917 - fixtures
    connect, direct, proxy, rendered, picture, tmp_path, what, tape, monkeypatch
):
    """Byte for byte what the uncut one is, taken up where it broke, and nothing half is left beside it.

    The answer with the small picture is cut after every byte, the one with the film all along it.
    """
    if what == "film":
        url, content = rendered["status"].url, rendered["content"]
    else:
        session = await direct.create_session()
        (file,) = await direct.upload(session.session_id, [picture])
        url, content = file.cdn_url, picture.read_bytes()
    path, played, client = urlsplit(url).path, connect(proxy.url), connect(proxy.url)
    folder = tmp_path / "out"
    folder.mkdir()
    with tape.between(monkeypatch):
        await played.download(proxy.url + path, folder / "a")
    answer = tape.answers[line := f"GET {path}"]
    head = len(answer) - len(content)
    film = [*range(head, len(answer), len(content) // 40), len(answer) - 1]
    for cut in film if what == "film" else range(len(answer)):
        (folder / "a").unlink()
        tape.cut(line, cut)
        got = await played.download(proxy.url + path, folder / "a")
        assert got.read_bytes() == content, cut
        assert [p.name for p in folder.iterdir()] == ["a"], cut
        assert tape.asked == [line, line], cut
    for cut in film if what == "film" else some_cuts(answer):
        (folder / "a").unlink()
        proxy.clear()
        proxy.log.clear()
        proxy.fault(cut_after=cut, only=line, times=1)
        got = await client.download(proxy.url + path, folder / "a")
        assert got.read_bytes() == content, cut
        assert [p.name for p in folder.iterdir()] == ["a"], cut
        first, second = proxy.log
        assert (first.status, second.status) == (200, 206 if cut > head else 200), cut
