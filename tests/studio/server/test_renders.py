"""Exports: submitted, watched, cancelled, downloaded."""

from __future__ import annotations

import json
import os
import time

import av
import httpx
import pytest
from limits import within
from slow_exports import SlowExports
from waiting import PATIENCE_S, until

from nemo_widgets.studio import exports

SMALL = {"format": "mp4", "quality": "low", "resolution": "180p"}


@pytest.fixture
def session(client, clip):
    made = client.session()
    client.upload(made, clip)
    return made


@pytest.fixture
def solo(start, connect, clip):
    """A client of a studio that makes one export at a time, and a session of it with a clip."""
    client = connect(start(renders=1))
    made = client.session()
    client.upload(made, clip)
    return client, made


@pytest.fixture
def trip(guest, clip):
    """A session with a clip in the studio that several tests share."""
    made = guest.session()
    guest.upload(made, clip)
    return made


@pytest.fixture
def slow(monkeypatch, tmp_path_factory):
    """Renders take until they are let go; says how many ran at the same time at most."""
    made = SlowExports(tmp_path_factory.mktemp("slow"))
    monkeypatch.setattr(exports, "export", made.export)
    yield made
    made.go()


def _submit(client, session, render_id="render_1", draft=None, output=SMALL, **more):
    draft = client.state(session)["draft"] if draft is None else draft
    body = {"id": render_id, "sessionId": session, "draft": draft, "output": output, **more}
    return client.post("/api/render/proxy/lambda", json=body)


def _wait(client, render_id="render_1"):
    path = f"/api/render/proxy/lambda/{render_id}"
    return until(lambda: (s := client.get(path).json())["status"] in ("completed", "failed") and s)


def test_export_from_upload_to_file(client, session, tmp_path):
    """A clip is uploaded, exported, downloaded without a token; the file is what the status says it is."""
    assert _submit(client, session).json()["status"] in ("pending", "processing")
    status = _wait(client)
    assert (status["status"], status["progress"]) == ("completed", 100)
    url = status["output"]["url"]
    assert (status["frames"], status["frames_total"]) == (50, 50)
    assert [status["output"][key] for key in ("width", "height", "fps")] == [320, 180, 25]
    assert url == status["outputUrl"] == status["data"]["outputUrl"]
    assert url.endswith("/harbour.mp4")
    video = httpx.get(url)
    assert video.headers["content-type"] == "video/mp4"
    assert len(video.content) == status["output"]["size"]
    path = tmp_path / "out.mp4"
    path.write_bytes(video.content)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height, stream.codec_context.name) == (320, 180, "h264")
        assert container.duration / 1e6 == pytest.approx(status["output"]["duration"], abs=0.1)


@pytest.mark.parametrize(("films", "kept"), [(12, True), (0, False)])
def test_the_same_export_once_more_is_made_of_the_last_film(start, connect, clip, films, kept):
    """Also in another session with the same clip; if the film is cut off, or none is kept, it is new."""
    studio = start(films=films)
    client = connect(studio)
    for n in range(3):
        client.upload(made := client.session(), clip)
        _submit(client, made, f"render_{n}")
        assert _wait(client, f"render_{n}")["frames"] == 50
        if n == 1:
            results = sorted((studio.data / "results").iterdir())
            assert (len({path.stat().st_ino for path in results}) == 1) is kept
            whole = [path.stat().st_size for path in results]
            for path in results:
                os.truncate(path, 1000)
    (path,) = {*(studio.data / "results").iterdir()} - {*results}
    assert path.stat().st_nlink == 1
    assert path.stat().st_size == pytest.approx(whole[0], rel=0.1)


def test_a_draft_may_be_json_in_a_text(client, session):
    """A draft that is sent as JSON in a text is the same draft; a text that is none is told to be none."""
    draft = client.state(session)["draft"]
    _submit(client, session, "render_text", draft=json.dumps(draft))
    assert _wait(client, "render_text")["output"]["duration"] == pytest.approx(2, abs=0.1)
    _submit(client, session, "render_none", draft="{")
    assert "no JSON" in _wait(client, "render_none")["error"]


def test_said_and_exported(guest, trip):
    """The real agent cuts what it is told to, and the export is as long as the cut timeline."""
    events = guest.say(trip, "remove the first second")
    assert "turnComplete" in events[-1]
    draft = guest.state(trip)["draft"]
    assert draft["d"] == pytest.approx(1000, abs=80)
    _submit(guest, trip, f"cut{trip}")
    status = _wait(guest, f"cut{trip}")
    assert status["output"]["duration"] == pytest.approx(draft["d"] / 1000, abs=0.1)
    assert guest.say(trip, "undo")[-1]["actions"]["stateDelta"]["draft"]["d"] > 1900
    assert [line["version"] for line in guest.ledger(trip)] == [2, 3]


def test_result_in_ranges(client, session):
    """A player gets the parts it asks for, and 416 beyond the end; the same with HEAD and for media."""
    _submit(client, session)
    url = _wait(client)["outputUrl"]
    whole = httpx.get(url).content
    part = httpx.get(url, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, whole[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(whole)}"
    assert httpx.get(url, headers={"Range": "bytes=-5"}).content == whole[-5:]
    assert httpx.get(url, headers={"Range": f"bytes={len(whole)}-"}).status_code == 416
    head = httpx.head(url)
    assert (head.headers["accept-ranges"], int(head.headers["content-length"])) == ("bytes", len(whole))
    same = httpx.get(url, headers={"Range": "bytes=0-3", "If-Range": head.headers["etag"]})
    changed = httpx.get(url, headers={"Range": "bytes=0-3", "If-Range": '"other"'})
    assert (same.status_code, changed.status_code) == (206, 200)
    media = client.state(session)["draft"]["t"][0]["sg"][0]["m"]["src"]
    assert httpx.get(media, headers={"Range": "bytes=4-7"}).content == b"ftyp"


def test_renders_of_a_session(solo, slow):
    """The session's exports are listed oldest first, one that was cancelled as such."""
    client, session = solo
    other = client.session()
    for name in ("r2", "r1", "r3"):
        _submit(client, session, name)
    assert slow.began()
    client.post("/api/render/proxy/lambda/r1/cancel")
    listed = client.listed(session, "renders")
    assert [(job["id"], job["status"]) for job in listed] == [
        ("r2", "processing"), ("r1", "cancelled"), ("r3", "pending"),
    ]  # fmt: skip
    assert [job["completed"] is None for job in listed] == [True, False, True]
    assert listed[0]["created"] <= listed[1]["created"] <= listed[1]["completed"]
    assert client.listed(other, "renders") == []
    slow.go()


@pytest.mark.parametrize("missing", ["X-Skill-Source", "X-Skill-Version", "X-Skill-Platform"])
def test_export_wants_attribution(client, session, missing):
    """Without any one of the three attribution headers an export is refused with 402."""
    del client.headers[missing]
    answer = _submit(client, session, draft={"t": []})
    assert (answer.status_code, answer.json()["code"]) == (402, 402)


def test_same_id_is_the_same_job(client, session, slow):
    """An id submitted twice, even with another draft, is one export and one piece of work."""
    _submit(client, session)
    assert slow.began()
    again = _submit(client, session, draft={"t": []}).json()
    assert (again["status"], again["id"]) == ("processing", "render_1")
    slow.go()
    _wait(client)
    assert _submit(client, session).json()["status"] == "completed"
    assert slow.runs == 1


def test_exports_queue(solo, slow):
    """A session's exports are made in their order, and those that wait know their place."""
    client, session = solo
    for i in range(3):
        _submit(client, session, f"r{i}")
    assert slow.began()
    told = [client.get(f"/api/render/proxy/lambda/r{i}").json() for i in range(3)]
    assert [t["status"] for t in told] == ["processing", "pending", "pending"]
    assert [t.get("position") for t in told] == [None, 1, 2]
    assert (told[0]["progress"], told[0]["frames"], told[0]["frames_total"]) == (25, 15, 60)
    assert "frames" not in told[1]
    slow.go()
    done = [_wait(client, f"r{i}")["data"]["completedAt"] for i in range(3)]
    assert done == sorted(done)
    assert slow.most == 1


@pytest.mark.parametrize("which", ["r0", "r1"])
def test_cancelled_exports(solo, slow, tmp_path, which):
    """An export that runs, or waits, can be stopped: it ends as failed and says so; the others go on."""
    client, session = solo
    for i in range(2):
        _submit(client, session, f"r{i}")
    assert slow.began()
    asked = time.monotonic()
    answer = client.post(f"/api/render/proxy/lambda/{which}/cancel").json()
    assert answer["data"] == {"id": which, "cancelled": True}
    status = _wait(client, which)
    assert within(time.monotonic() - asked, 1)
    assert (status["status"], status["error"]) == ("failed", "The export was cancelled.")
    slow.go()
    assert _wait(client, "r1" if which == "r0" else "r0")["status"] == "completed"
    assert client.post(f"/api/render/proxy/lambda/{which}/cancel").json()["data"]["cancelled"] is False
    assert len(list((tmp_path / "data" / "results").iterdir())) == 1


def test_download_with_a_token(client, session, slow):
    """The fallback download is 404 until the export is done, then the same file under its name."""
    _submit(client, session)
    assert client.get("/api/render/proxy/render_1/download").json()["code"] == 404
    slow.go()
    url = _wait(client)["outputUrl"]
    answer = client.get("/api/render/proxy/render_1/download")
    assert answer.headers["content-disposition"] == 'attachment; filename="harbour.mp4"'
    assert answer.content == httpx.get(url).content


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d.update(t=[]), "nothing to export"),
        (lambda d: d.pop("t"), "nothing to export"),
        (lambda d: d["t"][0].update(sg=[]), "nothing to export"),
        (lambda d: d["t"][0]["sg"][0]["m"].update(src="/etc/passwd"), "was not uploaded here"),
        (lambda d: d["t"][0]["sg"][0]["m"].update(src="file:///etc/passwd"), "was not uploaded here"),
        (lambda d: d["t"][0]["sg"][0]["m"].update(src="/media/../../etc/passwd"), "was not uploaded here"),
        (lambda d: d["t"][0]["sg"][0]["m"].update(src="http://example.org/a.mp4"), "was not uploaded here"),
    ],
)
def test_drafts_that_cannot_be_exported(guest, trip, change, said):
    """A draft without a segment, or with a source that is not the user's, fails with a sentence."""
    draft = guest.state(trip)["draft"]
    change(draft)
    status = _submit(guest, trip, trip, draft=draft).json()
    assert status["status"] == "failed"
    assert said in status["error"]
    assert guest.get(f"/api/render/proxy/lambda/{trip}").json()["error"] == status["error"]


@pytest.mark.parametrize("output", [{"format": "avi"}, {"resolution": "huge"}, {"crf": "x"}, {"fps": 0}])
def test_outputs_that_cannot_be_made(guest, trip, output):
    """An impossible output is told at once."""
    status = _submit(guest, trip, f"r{hash(str(output))}", output=output).json()
    assert status["status"] == "failed"
    assert len(status["error"]) > 10


def test_other_users_media_are_not_rendered(client, session, studio, connect):
    """Knowing the address of somebody's clip is not enough to have it rendered."""
    draft = client.state(session)["draft"]
    token = httpx.post(f"{studio.url}/api/auth/anonymous-token", headers={"X-Client-Id": "x"}).json()["data"][
        "token"
    ]
    other = connect(studio, token=token)
    assert "was not uploaded here" in _submit(other, other.session(), draft=draft).json()["error"]
    assert other.get("/api/render/proxy/lambda/nobody").json()["code"] == 404


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"id": "../x"}, 422),
        ({"id": 5}, 422),
        ({"id": "a", "output": []}, 422),
        ({"id": "a"}, 1002),
        ({"id": "a", "sessionId": "12"}, 1002),
    ],
)
def test_submissions_that_are_none(guest, body, code):
    """An export without a proper id, session or output is refused with a number and a sentence."""
    assert guest.post("/api/render/proxy/lambda", json=body).json()["code"] == code


@pytest.mark.parametrize("shape", ["flat", "wrapped"])
@pytest.mark.parametrize("key", ["error", "message"])
def test_status_shapes(start, connect, clip, shape, key):
    """The status comes flat or wrapped, its error text under either name."""
    client = connect(start(render_status=shape, render_error_key=key))
    session = client.session()
    client.upload(session, clip)
    failed = _submit(client, session, "bad", draft={"t": []}).json()
    _submit(client, session)
    end = time.monotonic() + PATIENCE_S
    while True:
        status = client.get("/api/render/proxy/lambda/render_1").json()
        inner = status if shape == "flat" else status["data"]
        if inner["status"] == "completed":
            break
        assert inner["status"] != "failed", inner
        assert time.monotonic() < end
        time.sleep(0.05)
    if shape == "flat":
        assert status["output"]["size"] > 0
        assert "success" not in status
        assert failed[key]
    else:
        assert set(status) == {"success", "data"}
        assert inner["completedAt"] >= inner["createdAt"]
        assert "output" not in inner
        assert failed["data"][key]
    assert httpx.get(inner["outputUrl"]).status_code == 200


def test_unguessable_addresses_are_all_there_is(guest):
    """Media and results of addresses that do not exist are 404, whatever the address tries."""
    for path in (
        "/media/x/y.mp4",
        "/results/x/y.mp4",
        "/media/..%2f..%2fstudio.sqlite3/x",
        "/results/%00/x",
        "/nope",
    ):
        answer = guest.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, 404), path
    assert guest.delete("/studio/sessions").status_code == 405
