"""A connection that breaks after every single byte of an answer."""

from urllib.parse import urlsplit

import pytest

from nemo_widgets.errors import NotAccepted, UploadUnknown
from nemo_widgets.testing import Proxy

SUBMIT, UPLOAD = "POST /api/render/proxy/lambda", "POST /api/upload-video"
POLL = "GET /api/render/proxy/lambda"
A_WHILE = 40
"""So many uploads go into one session, lest its timeline become the longest part of the test."""


async def measured(proxy, line, call):
    """How many bytes the undisturbed answer to the request of this line has."""
    await call()
    return max(exchange.down for exchange in proxy.log if exchange.line.startswith(line))


async def test_a_submit_is_one_job_wherever_its_answer_breaks(connect, waiting_studio, picture, truth_of):
    """The job's id comes back, the studio has exactly that one job more, and the request was sent once."""
    truth = truth_of(waiting_studio)
    with Proxy(waiting_studio.url) as proxy:
        client = connect(proxy.url)
        session_id = (await client.create_session()).session_id
        await client.upload(session_id, [picture])
        draft = (await client.state(session_id)).draft
        length = await measured(proxy, SUBMIT, lambda: client.submit_render(session_id, draft))
        for cut in range(length + 4):  # the place in the queue grows by a digit or two
            if cut % A_WHILE == 0:
                session_id, expected = (await client.create_session()).session_id, []
            proxy.clear()
            proxy.log.clear()
            proxy.fault(cut_after=cut, only=SUBMIT, times=1)
            expected.append(await client.submit_render(session_id, draft))
            assert [exchange.line for exchange in proxy.log].count(SUBMIT) == 1, cut
            assert truth.renders(session_id) == expected, cut


async def test_a_poll_ends_as_the_uncut_one_wherever_it_breaks(client, proxy, rendered):
    """Waiting for a render ends the same whatever byte of a poll's answer was its last."""
    render_id = rendered["status"].id
    length = await measured(proxy, POLL, lambda: client.wait_render(render_id))
    uncut = await client.wait_render(render_id)
    for cut in range(length):
        proxy.clear()
        proxy.log.clear()
        proxy.fault(cut_after=cut, only=POLL, times=1)
        assert await client.wait_render(render_id) == uncut, cut
        assert len(proxy.log) == 2, cut


async def test_an_upload_is_known_wherever_its_answer_breaks(client, direct, proxy, picture, truth):
    """What the client says of an upload is what the studio has; with its key it is found, and never twice."""
    session_id, cut = (await direct.create_session()).session_id, 0
    length = await measured(proxy, UPLOAD, lambda: client.upload(session_id, [picture]))
    for cut in range(length + 1):
        if cut % A_WHILE == 0:
            session_id, expected = (await direct.create_session()).session_id, []
        proxy.clear()
        proxy.log.clear()
        proxy.fault(cut_after=cut, only=UPLOAD, times=1)
        try:
            await client.upload(session_id, [picture], key=f"upload-{cut}")
            assert cut >= length - 2, cut
        except UploadUnknown:
            if cut % 10 == 0:
                ledger = await client.ledger(session_id)
                assert [media.key for media in ledger.media][-1] == f"upload-{cut}", cut
        expected.append(picture.name)
        assert truth.media(session_id) == expected, cut
        assert [exchange.line for exchange in proxy.log].count(f"{UPLOAD}/nemo_agent/me/{session_id}") == 1
        if cut % 10 == 0:
            await client.upload(session_id, [picture], key=f"upload-{cut}")
            assert truth.media(session_id) == expected, cut
        assert truth.segments(session_id) == len(expected), cut


async def test_an_upload_is_known_wherever_its_request_breaks(client, direct, proxy, picture, truth):
    """A request that broke off adds nothing, and the client never says that it did."""
    session_id = (await direct.create_session()).session_id
    await client.upload(session_id, [picture])
    whole = proxy.log[-1].up
    outcomes = set()
    for cut in range(whole):
        proxy.clear()
        proxy.fault(cut_after=cut, direction="up", only=UPLOAD, times=1)
        with pytest.raises((NotAccepted, UploadUnknown)) as told:
            await client.upload(session_id, [picture], key=f"request-{cut}")
        outcomes.add(told.type)
        if told.type is UploadUnknown and cut % 10 == 0:
            ledger = await client.ledger(session_id)
            assert f"request-{cut}" not in [media.key for media in ledger.media]
        assert truth.media(session_id) == [picture.name], cut
    assert UploadUnknown in outcomes
    assert await client.upload(session_id, [picture], key=f"request-{whole - 1}")
    assert truth.media(session_id) == [picture.name] * 2


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
    client, direct, proxy, rendered, picture, tmp_path, what
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
    path = urlsplit(url).path
    folder = tmp_path / "out"
    folder.mkdir()
    length = await measured(proxy, f"GET {path}", lambda: client.download(proxy.url + path, folder / "a"))
    head = length - len(content)
    cuts = range(length) if what == "picture" else [*range(head, length, len(content) // 150), length - 1]
    for cut in cuts:
        proxy.clear()
        proxy.log.clear()
        proxy.fault(cut_after=cut, only=f"GET {path}", times=1)
        got = await client.download(proxy.url + path, folder / "a")
        assert got.read_bytes() == content, cut
        assert [p.name for p in folder.iterdir()] == ["a"], cut
        first, second = proxy.log
        assert (first.status, second.status) == (200, 206 if cut > head else 200), cut
        got.unlink()
