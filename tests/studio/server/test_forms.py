"""The other forms that the protocol leaves open, one test each."""

from __future__ import annotations

from contextlib import nullcontext
from fractions import Fraction
from types import SimpleNamespace

import httpx
import pytest

from nemo_widgets.studio import names
from nemo_widgets.studio import placement as timeline
from nemo_widgets.studio.settings import Settings

LIMITED = 429
MATCHING = {1001: 401, 1002: 404, 4001: 415, 4002: 413, 2001: 403}


def _errors(client, session):
    """One answer of each kind of error."""
    path = f"/api/upload-video/nemo_agent/me/{session}"
    bad = {"Authorization": "Bearer wrong"}
    body = {"session_id": session, "new_message": {"parts": [{"text": "hello"}]}}
    return {
        1001: client.get("/api/credits/balance/simple", headers=bad),
        1002: client.get("/api/state/nemo_agent/me/1/latest"),
        2001: client.post("/run_sse", json=body),
        4001: client.post(path, files={"files": ("a.txt", b"x")}),
        4002: client.post(path, files={"files": ("a.mp4", b"x" * 2000)}),
        400: client.post("/api/auth/anonymous-token"),
        402: client.post("/api/render/proxy/lambda", headers={"X-Skill-Source": ""}),
        404: client.get("/nope"),
        422: client.post("/run_sse", content=b"{"),
    }


POOR = {"message_cost": 5, "credits": 0, "max_upload_bytes": 1000}


@pytest.mark.parametrize("settings", [{}, {"body_codes_http200": False}, {"always_http200": True}])
def test_errors_with_codes(start, connect, settings):
    """The code stands in the body; HTTP says 200, or the status that matches."""
    client = connect(start(**POOR, **settings))
    for code, answer in _errors(client, client.session()).items():
        assert answer.json()["code"] == code
        assert answer.json()["message"]
        if settings.get("always_http200"):
            expected = 200
        elif settings:
            expected = MATCHING.get(code, code)
        else:
            expected = 200 if code in MATCHING else code
        assert answer.status_code == expected


@pytest.mark.parametrize("form", ["detail", "success"])
def test_errors_in_other_words(start, connect, form):
    """FastAPI's form and the third one hold no code; HTTP's status is all there is."""
    client = connect(start(errors=form, **POOR))
    for code, answer in _errors(client, client.session()).items():
        assert answer.status_code == MATCHING.get(code, code)
        keys = {"detail"} if form == "detail" else {"success", "error"}
        assert set(answer.json()) == keys


def test_tokens_alone_and_at_top_level(start):
    """A token may come without anything else, and not under data."""
    headers = {"X-Client-Id": "a"}
    minimal = start(token_minimal=True)
    assert set(httpx.post(f"{minimal.url}/api/auth/anonymous-token", headers=headers).json()["data"]) == {
        "token"
    }
    minimal.stop()
    top = start(token_at_top=True, tokens_per_client=9)
    answer = httpx.post(f"{top.url}/api/auth/anonymous-token", headers=headers).json()
    assert answer["token"].startswith("nmv_usr_")
    assert "data" not in answer


def test_user_id_left_out(start, connect):
    """Sessions and states may come without user_id."""
    client = connect(start(user_id=False))
    made = client.post("/api/tasks/me/with-session/nemo_agent").json()["data"]
    assert set(made) == {"task_id", "session_id"}
    state = client.get(f"/api/state/nemo_agent/me/{made['session_id']}/latest").json()["data"]
    assert set(state) == {"session_id", "task_id", "task_name", "draft_version", "state"}


@pytest.mark.parametrize(("form", "draft"), [("missing", KeyError), ("null", None), ("empty", {})])
def test_state_before_first_use(start, connect, form, draft):
    """Before the first upload the state's keys are missing, null or empty."""
    client = connect(start(empty_state=form))
    state = client.state(client.session())
    if form == "missing":
        assert state == {}
        return
    assert set(state) == {"draft", "video_infos", "canvas_config", "generated_media", "video_analyses"}
    assert state["draft"] == draft
    assert state["video_infos"] == (None if form == "null" else [])


@pytest.mark.parametrize(("form", "value"), [("object", {}), ("list", []), ("null", None)])
def test_generated_media(start, connect, clip, form, value):
    """The type of generated_media is unknown, so all three are had."""
    client = connect(start(generated_media=form))
    session = client.session()
    client.upload(session, clip)
    assert client.state(session)["generated_media"] == value


def test_upload_keys(start, connect, clip):
    """An upload's answer may call its files uploaded_files and their addresses url."""
    client = connect(start(upload_key="uploaded_files", upload_url_key="url"))
    (file,) = client.upload(client.session(), clip).json()["data"]["uploaded_files"]
    assert httpx.get(file["url"]).status_code == 200
    assert "cdn_url" not in file


def test_attribution_can_be_left_off(start, connect):
    """With the check off, an export without the headers is not refused for that."""
    client = connect(start(attribution=False), headers={"X-Skill-Source": ""})
    assert client.post("/api/render/proxy/lambda", json={}).json()["code"] == 422


def test_studio_can_pass_for_the_cloud(start, connect):
    """Without its header nothing tells that it is a studio, and its own routes work all the same."""
    client = connect(start(studio_header=False))
    session = client.session()
    for answer in (client.get("/nope"), client.get("/studio/health"), client.tell(session, "hello", "k")):
        assert "x-nemo-studio" not in answer.headers
    assert [line["key"] for line in client.ledger(session)] == ["k"]
    assert client.get("/nope", headers={"Host": "evil.example"}).headers.get("x-nemo-studio") is None


@pytest.mark.parametrize("eof", ["chunked", "close"])
def test_end_of_the_stream(start, connect, clip, eof):
    """The stream says where it ends, or has no framing at all and ends with its connection."""
    client = connect(start(eof=eof))
    session = client.session()
    client.upload(session, clip)
    framings = []
    for number in range(2):
        answer = client.tell(session, f"title {number}")
        framings.append([answer.headers.get(name) for name in ("transfer-encoding", "connection")])
        assert answer.text.endswith("\n\n")
        assert "content-length" not in answer.headers
        state = client.get(f"/api/state/nemo_agent/me/{session}/latest")
        assert state.json()["data"]["state"]["draft"]["m"]["title"] == str(number)
        assert int(state.headers["content-length"]) == len(state.content), "other answers are as ever"
        assert "connection" not in state.headers
    assert framings == [["chunked", None] if eof == "chunked" else [None, "close"]] * 2
    assert client.tell("1", "hello").json()["code"] == 1002


@pytest.mark.parametrize("eof", ["chunked", "close"])
def test_stream_that_is_cut(start, connect, agent, eof):
    """Where the stream has no framing, a cut can't be told from an end; where it has, it can."""
    studio = start(eof=eof)
    client = connect(studio)
    session = client.session()
    with client.stream("POST", "/run_sse", json=_hold(session)) as answer:
        lines = answer.iter_lines()
        next(lines)
        for connection in studio._server.server_state.connections.copy():
            if connection.cycle.scope["path"] == "/run_sse":
                studio._server.servers[0].get_loop().call_soon_threadsafe(connection.transport.close)
        with nullcontext() if eof == "close" else pytest.raises(httpx.RemoteProtocolError):
            list(lines)
    agent.go.set()


def _hold(session):
    return {"session_id": session, "new_message": {"parts": [{"text": "hold"}]}}


def test_settings_are_checked():
    """A form that there is not is refused when the settings are made."""
    with pytest.raises(ValueError, match="keepalive is one of"):
        Settings(keepalive="ping")
    chosen = Settings.parse(["events=typed", "text_pause=0.2", "user_id=no", "credits=5"])
    assert (chosen.events, chosen.text_pause, chosen.user_id, chosen.credits) == ("typed", 0.2, False, 5)


@pytest.mark.parametrize(
    ("size", "canvas"),
    [
        ((640, 360), (1920, 1080)), ((360, 640), (1080, 1920)), ((500, 500), (1080, 1080)),
        ((1440, 1080), (1440, 1080)), ((4096, 1716), (1920, 804)), ((3840, 2160), (1920, 1080)),
        ((0, 0), (1920, 1080)),
    ],
)  # fmt: skip
def test_canvas(size, canvas):
    """The canvas has the clip's shape, 1080 on the short side, at most 1920 on the long one, and is even."""
    assert timeline.canvas(*size) == canvas


def _clip(fps=Fraction(25)):
    return SimpleNamespace(
        src="/media/a/b.mp4",
        title="b",
        kind="video",
        duration_ms=1000,
        width=16,
        height=16,
        fps=fps,
        tracks=(),
    )


@pytest.mark.parametrize(
    ("fps", "written"),
    [
        (Fraction(25), 25),
        (Fraction(30000, 1001), "30000/1001"),
        (None, 30),
        (Fraction(1000), 30),
        (Fraction(1, 9), 30),
        (Fraction(1), 30),
        (Fraction(10), 30),
        (Fraction(12), 12),
    ],
)
def test_frame_rate_of_the_first_clip(fps, written):
    """The draft's rate is the first clip's, exact, or 30 where there is none worth having."""
    assert timeline.place(None, _clip(fps))["m"]["fps"] == written


def test_music_goes_on_under_a_clip_that_is_added():
    """Music that ran to the end of the timeline runs to its new end; a title stays where it is."""
    draft = timeline.place(None, _clip())
    music = {"d": 1000, "m": {"id": "a1", "start": 0, "src": "music:lofi", "volume": 0.3}}
    title = {"d": 1000, "m": {"id": "x1", "start": 0, "text": "Hi"}}
    draft["t"] += [
        {"tt": 1, "m": {"name": "BGM"}, "sg": [music]},
        {"tt": 7, "m": {"name": "Title"}, "sg": [title]},
    ]
    longer = timeline.place(draft, _clip())
    assert longer["d"] == 2000
    assert [track["sg"][-1]["d"] for track in longer["t"]] == [1000, 2000, 1000]
    assert draft["d"] == 1000, "the draft that was given is not touched"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("harbour", "harbour.mp4"), ("a/b: c*?", "b c.mp4"), ("", "clip.mp4"), ("夜景", "夜景.mp4"),
        ("..", "clip.mp4"), ("x" * 300, "x" * 80 + ".mp4"), ("$(rm -rf)", "(rm -rf).mp4"),
    ],
)  # fmt: skip
def test_result_names(title, name):
    """An export is called after its title, in characters that every file system takes."""
    assert names.result_name(title, "mp4") == name
