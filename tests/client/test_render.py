"""Exports: one submit, patient polls, both shapes of status."""

from __future__ import annotations

import pytest
from starlette.responses import JSONResponse, Response

from nemo_widgets import errors
from nemo_widgets.client import RenderStatus
from nemo_widgets.client.render import new_id
from nemo_widgets.draft import Draft

SUBMIT = "/api/render/proxy/lambda"
DONE = {
    "status": "completed",
    "progress": 100,
    "output": {"url": "https://x/v.mp4", "duration": 30.5, "size": 15},
}
UNION = {
    **DONE,
    "outputUrl": "https://x/v.mp4",
    "success": True,
    "data": {"id": "r", "status": "completed", "progress": 100},
}

SHAPES = {
    "flat": (DONE, RenderStatus("r", "completed", 100, "https://x/v.mp4", 30.5, 15)),
    "wrapped": (
        {"success": True, "data": {"id": "r", "status": "processing", "progress": 40, "outputUrl": None}},
        RenderStatus("r", "processing", 40),
    ),
    "union": (UNION, RenderStatus("r", "completed", 100, "https://x/v.mp4", 30.5, 15)),
    "in the usual envelope": (
        {"code": 0, "message": "ok", "data": {"status": "completed", "outputUrl": "https://x/v"}},
        RenderStatus("r", "completed", 100, "https://x/v"),
    ),
    "other words": ({"status": "RENDERING", "progress": "12.5"}, RenderStatus("r", "processing", 12.5)),
    "unknown word": ({"status": "shining"}, RenderStatus("r", "shining")),
    "unknown word and a link": (
        {"status": "shining", "output": {"url": "https://x/v"}},
        RenderStatus("r", "completed", 100, "https://x/v"),
    ),
    "unknown word and a link ahead": (
        {"status": "shining", "progress": 40, "outputUrl": "https://x/v"},
        RenderStatus("r", "shining", 40, "https://x/v"),
    ),
    "a link alone": ({"downloadUrl": "https://x/v"}, RenderStatus("r", "completed", 100, "https://x/v")),
    "a link ahead": (
        {"status": "processing", "url": "https://x/v"},
        RenderStatus("r", "processing", url="https://x/v"),
    ),
    "finished": ({"status": "Finished"}, RenderStatus("r", "completed", 100)),
    "a failure's reason": (
        {"status": "FAILED", "failureReason": "x"},
        RenderStatus("r", "failed", error="x"),
    ),
    "a reason in the output": (
        {"status": "failed", "output": {"error": {"message": "x"}}},
        RenderStatus("r", "failed", error="x"),
    ),
    "a reason in detail": (
        {"data": {"status": "failed", "detail": {"reason": "x"}}},
        RenderStatus("r", "failed", error="x"),
    ),
    "a list of one job": (
        {"data": [{"status": "processing", "progress": 50}]},
        RenderStatus("r", "processing", 50),
    ),
    "expired": ({"status": "expired"}, RenderStatus("r", "failed")),
    "timeout": ({"status": "timeout", "message": "x"}, RenderStatus("r", "failed", error="x")),
    "state": ({"state": "processing", "progress": 7}, RenderStatus("r", "processing", 7)),
    "state inside": ({"data": {"state": "running"}}, RenderStatus("r", "processing")),
    "twice inside": (
        {"code": 0, "data": {"data": {"status": "completed", "outputUrl": "https://x/v"}}},
        RenderStatus("r", "completed", 100, "https://x/v"),
    ),
    "as a job": (
        {"result": {"job": {"job_status": "JOB_STATE_SUCCEEDED", "result": {"url": "https://x/v"}}}},
        RenderStatus("r", "completed", 100, "https://x/v"),
    ),
    "an outer success": (
        {"status": "success", "data": {"status": "processing", "progress": 5}},
        RenderStatus("r", "processing", 5),
    ),
    "an outer ok": (
        {"status": "ok", "data": {"status": "pending"}},
        RenderStatus("r", "pending"),
    ),
    "an outer success without more": (
        {"status": "success", "data": {"progress": 5}},
        RenderStatus("r", "processing", 5),
    ),
    "an outer error": (
        {"status": "error", "data": {"status": "processing", "progress": 5}},
        RenderStatus("r", "processing", 5),
    ),
    "an inner success": (
        {"code": 0, "data": {"status": "success", "url": "https://x/v"}},
        RenderStatus("r", "completed", 100, "https://x/v"),
    ),
    "success alone": ({"status": "success"}, RenderStatus("r", "completed", 100)),
    "ok and a link": (
        {"status": "ok", "outputUrl": "https://x/v"},
        RenderStatus("r", "completed", 100, "https://x/v"),
    ),
    "of a renderer": (
        {"type": "success", "data": {"type": "progress", "progress": 0.25}},
        RenderStatus("r", "processing", 25),
    ),
    "of a renderer, done": (
        {"type": "success", "data": {"type": "done", "url": "https://x/v", "size": 15}},
        RenderStatus("r", "completed", 100, "https://x/v", size=15),
    ),
    "flags": (
        {"done": False, "overallProgress": 0.5, "framesRendered": 30, "totalFrames": 60},
        RenderStatus("r", "processing", 50, frames=30, frames_total=60),
    ),
    "flags, done": (
        {"done": True, "overallProgress": 1, "outputFile": "https://x/v"},
        RenderStatus("r", "completed", 100, "https://x/v"),
    ),
    "flags, broken": (
        {"done": False, "fatalErrorEncountered": True, "errors": [{"message": "no\nroom"}]},
        RenderStatus("r", "failed", error="no room"),
    ),
    "percent": ({"status": "processing", "percent": 0.9}, RenderStatus("r", "processing", 0.9)),
    "percent sign": ({"status": "processing", "progress": "0.9%"}, RenderStatus("r", "processing", 0.9)),
    "progress as an object": (
        {"status": "processing", "progress": {"percentage": 40, "message": "x"}},
        RenderStatus("r", "processing", 40),
    ),
    "fraction": ({"status": "processing", "progress": 0.4}, RenderStatus("r", "processing", 40)),
    "too much": ({"status": "processing", "progress": 400}, RenderStatus("r", "processing", 100)),
    "nonsense": ({"status": "processing", "progress": "NaN", "output": 7}, RenderStatus("r", "processing")),
    "link as output": (
        {"status": "done", "output": "https://x/v"},
        RenderStatus("r", "completed", 100, "https://x/v"),
    ),
    "failed": (
        {"success": False, "data": {"status": "failed", "message": "no\nroom"}},
        RenderStatus("r", "failed", error="no room"),
    ),
    "failed with an object": (
        {"status": "error", "error": {"message": "x"}},
        RenderStatus("r", "failed", error="x"),
    ),
    "done, but not well": (
        {"status": "completed", "error": "no audio", "url": "https://x/v"},
        RenderStatus("r", "completed", 100, "https://x/v", notes="no audio"),
    ),
    "done, with warnings": (
        {"status": "Completed.", "warnings": [{"message": "no audio"}], "message": "ok"},
        RenderStatus("r", "completed", 100, notes="no audio"),
    ),
    "done, with errors": (
        {"status": "completed_with_errors", "message": "no audio"},
        RenderStatus("r", "completed", 100, notes="no audio"),
    ),
    "a list of one": (
        [{"data": [{"status": "processing", "progress": 20}]}],
        RenderStatus("r", "processing", 20),
    ),
    "done in part": (
        {"status": "partially_completed"},
        RenderStatus("r", "completed", 100, notes="partially completed"),
    ),
    "done, and all is well": (
        {"status": "completed", "error": "none", "errors": [], "message": "Here it is"},
        RenderStatus("r", "completed", 100),
    ),
    "no error": ({"status": "no_error", "progress": 20}, RenderStatus("r", "processing", 20)),
    "no error and a word": (
        {"status": "NO_ERROR", "data": {"status": "rendering", "progress": 20}},
        RenderStatus("r", "processing", 20),
    ),
}
for _name, _why in {
    "statusMessage": "no room",
    "error_description": "no room",
    "failure": {"cause": "no room"},
    "errors": [{"detail": "no room"}],
}.items():
    SHAPES[f"failed, {_name}"] = (
        {"status": "failed", _name: _why},
        RenderStatus("r", "failed", error="no room"),
    )
for _name in ("cdn_url", "signedUrl", "presigned_url", "mediaUrl", "downloadLink"):
    SHAPES[f"an unknown word beside {_name}"] = (
        {"status": "zipped", "data": {_name: "https://h/x.mp4"}},
        RenderStatus("r", "completed", 100, url="https://h/x.mp4"),
    )
for _name, _told in {
    "files": {"files": ["https://h/x.mp4"]},
    "files, the picture first": {"files": [{"url": "https://h/x.jpg"}, {"url": "https://h/x.mp4"}]},
    "link": {"link": "https://h/x.mp4"},
    "href": {"output": {"href": "https://h/x.mp4"}},
    "file": {"output": {"file": "https://h/x.mp4", "name": "x"}},
    "mp4": {"mp4": "https://h/x.mp4"},
    "a video in the output": {
        "output": {"video": {"url": "https://h/x.mp4"}, "thumbnail": "https://h/x.jpg"}
    },
    "JSON in the output": {"output": '{"url": "https://h/x.mp4"}'},
}.items():
    SHAPES[f"done, {_name}"] = (
        {"status": "completed", **_told},
        RenderStatus("r", "completed", 100, url="https://h/x.mp4"),
    )
SHAPES["a file's name is no address"] = (
    {"status": "completed", "file": "x.mp4", "location": "eu-west-1"},
    RenderStatus("r", "completed", 100),
)
SHAPES["failed, by clip"] = (
    {"status": "failed", "errors": {"clip 2": "is bad"}},
    RenderStatus("r", "failed", error="clip 2: is bad"),
)


@pytest.mark.parametrize(("body", "expected"), SHAPES.values(), ids=SHAPES)
async def test_shape(backend, connect, body, expected):
    """Every shape of a status is read."""
    backend.renders["r"] = [body]
    assert await connect().render_status("r") == expected


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("cannot_complete", "failed"),
        ("could_not_be_completed", "failed"),
        ("unable to render", "failed"),
        ("error_rendering", "failed"),
        ("failed_processing", "failed"),
        ("failed to export", "failed"),
        ("almost_done", "processing"),
        ("rendering 45%", "processing"),
        ("RENDER_STATUS_IN_PROGRESS", "processing"),
        ("error_retrying", "processing"),
        ("Completed.", "completed"),
        ("completed_without_errors", "completed"),
        ("export_not_finished", "export_not_finished"),
        ("render_not_done", "render_not_done"),
        ("not_failed", "not_failed"),
        ("没有", "没有"),
        ("排队中", "pending"),
        ("正在渲染", "processing"),
        ("渲染中 45%", "processing"),
        ("已完成", "completed"),
        ("渲染失败", "failed"),
        ("用户取消", "cancelled"),
        ("未完成", "未完成"),
        ("worker_killed", "failed"),
        ("canceled by user", "cancelled"),
        ("FAILED_DUE_TO_MEMORY", "failed"),
        ("stopped because of you", "cancelled"),
        ("sent by mail", "sent_by_mail"),
        ("Rendern fehlgeschlagen", "failed"),
        ("nicht abgeschlossen", "nicht_abgeschlossen"),
        ("Abgebrochen", "cancelled"),
        ("wird gerendert", "processing"),
        ("échoué", "failed"),
        ("e\u0301choue\u0301", "failed"),
        ("en cours", "processing"),
        ("terminé", "completed"),
        ("fallido", "failed"),
        ("en cola", "pending"),
        ("no completado", "no_completado"),
        ("falhou", "failed"),
        ("concluído", "completed"),
        ("non riuscito", "failed"),
        ("mislukt", "failed"),
        ("Ошибка", "failed"),
        ("не удалось", "failed"),
        ("не завершено", "не_завершено"),
        ("готово", "completed"),
        ("レンダリングに失敗しました", "failed"),
        ("処理中", "processing"),
        ("完了していません", "完了していません"),
        ("完了", "completed"),
        ("실패", "failed"),
        ("렌더링 중", "processing"),
        ("취소됨", "cancelled"),
    ],
)
def test_a_word_for_a_state(told, status):
    """A state is read out of the words around it; one that they take back is none that we know."""
    assert RenderStatus.from_json({"status": told}).status == status


SCALES = {
    "a server that counts to 1": ([0, 0.2, 0.4, 1], [0, 20, 40, 100]),
    "a server that counts to 100": ([0, 1, 2, 40], [0, 1, 2, 40]),
    "with a decimal": ([0.9, 2.7, 0.5, 90], [90, 2.7, 0.5, 90]),
    "one percent first": ([1, 0.9, 3], [1, 90, 3]),
    "starting again": ([50, 0.5], [50, 0.5]),
}


@pytest.mark.parametrize(("told", "percents"), SCALES.values(), ids=SCALES)
async def test_scale(backend, connect, told, percents):
    """A value below 1 is a share only while the job has told none above 1, and a bar may fall back."""
    backend.renders["r"] = [*({"status": "processing", "progress": n} for n in told), DONE]
    seen = []
    await connect().wait_render("r", lambda status: seen.append(status.progress))
    assert seen == [*percents, 100]


def test_ids():
    """Ids are milliseconds, never twice the same."""
    made = [new_id() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert made == sorted(made)


async def test_submit(backend, connect, draft):
    """The draft goes back as it came, with the id that was chosen, in the protocol's words."""
    draft = {**draft, "zz": {"unknown": [1, None]}}
    assert (
        await connect().submit_render("5", Draft(draft), {"quality": "low", "fps": 30}, "render_1")
        == "render_1"
    )
    assert backend.seen[0].json == {
        "id": "render_1",
        "sessionId": "5",
        "draft": draft,
        "output": {"format": "mp4", "quality": "low", "fps": 30},
    }
    assert (await connect().submit_render("5", draft)).startswith("render_")


@pytest.mark.parametrize("draft", [{}, {"t": []}, {"t": [{"tt": 0, "sg": []}]}, {"t": None}])
async def test_nothing_to_export(backend, connect, draft):
    """A draft without a segment is not sent."""
    with pytest.raises(errors.NothingToExport):
        await connect().submit_render("5", draft)
    assert backend.seen == []


async def test_blocked(backend, connect, draft):
    """402 is about the plan."""
    backend.script[SUBMIT] = [JSONResponse({"detail": "x"}, 402)]
    with pytest.raises(errors.ExportBlocked, match="upgrade your plan"):
        await connect().submit_render("5", draft)


LOST = [0.02, "rst"]
UNKNOWN = (
    b'HTTP/1.1 404 Not Found\r\nContent-Length: 14\r\nContent-Type: application/json\r\n\r\n{"detail":"x"}'
)
BUSY = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"
GATEWAY = b"HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n"
KNOWN = (
    b'HTTP/1.1 200 OK\r\nContent-Length: 23\r\nContent-Type: application/json\r\n\r\n{"status":"processing"}'
)


@pytest.mark.parametrize(
    ("scripts", "error", "match"),
    [
        ([LOST, [KNOWN]], None, ""),
        ([[GATEWAY], [KNOWN]], None, ""),
        ([LOST, [UNKNOWN], [UNKNOWN], [KNOWN]], None, ""),
        ([LOST, [BUSY], [UNKNOWN], [KNOWN]], None, ""),
        ([LOST, [UNKNOWN], [UNKNOWN], [UNKNOWN]], errors.NotAccepted, "does not know the job.*sent again"),
        ([LOST, [UNKNOWN], [UNKNOWN], [BUSY]], errors.RenderUnknown, "does not tell.*before you know"),
        ([LOST, LOST, LOST, LOST], errors.RenderUnknown, "does not tell"),
    ],
)
async def test_lost_answer_is_looked_up(raw, connect, draft, clock, scripts, error, match):  # noqa: PLR0917 - fixtures
    """Where the answer to a submit is lost, its id is asked for as often as set; it is submitted once."""
    server = raw(*scripts)
    client = connect(server.url, settings={"attempts": 1, "poll_s": 30})
    if error is None:
        assert await client.submit_render("5", draft, render_id="render_1") == "render_1"
    else:
        with pytest.raises(error, match=match):
            await client.submit_render("5", draft, render_id="render_1")
    assert [r.split(b" ")[0] for r in server.requests] == [b"POST", *[b"GET"] * (len(scripts) - 1)]
    assert clock.slept == [30] * (len(scripts) - 2)


async def test_unreached_submit_was_not_sent(connect, draft):
    """A server that was never reached is said to be just that, and is not asked for the job."""
    with pytest.raises(errors.ConnectError) as caught:
        await connect("http://127.0.0.1:1").submit_render("5", draft)
    assert type(caught.value) is errors.ConnectError


async def test_wait(backend, connect, clock):
    """Waiting asks every 30 s as set, tells each status, and returns the last."""
    backend.renders["r"] = [{"status": "pending"}, {"status": "processing", "progress": 50}, DONE]
    told = []
    found = await connect(settings={"poll_s": 30}).wait_render("r", told.append)
    assert found.url == "https://x/v.mp4"
    assert [s.status for s in told] == ["pending", "processing", "completed"]
    assert clock.slept == [30, 30]


async def test_wait_is_quick_with_the_studio(backend, connect, clock):
    """The studio is asked more often, and an interval that is given is obeyed."""
    backend.studio = True
    backend.renders["r"] = [{"status": "pending"}, DONE]
    await connect(settings={"poll_s": 30}).wait_render("r")
    backend.renders["r"] = [{"status": "pending"}, DONE]
    await connect().wait_render("r", interval=7)
    assert clock.slept == [0.3, 7]


async def test_passing_faults(backend, connect):
    """Polls that fail in passing go on with the same id, until too many do in a row."""
    path = f"{SUBMIT}/r"
    backend.renders["r"] = [DONE]
    backend.script[path] = [
        Response(status_code=503),
        {"detail": "x"},
        Response(status_code=425),
        Response(status_code=408),
    ]
    client = connect(settings={"attempts": 1, "poll_failures": 3})
    backend.script[path].pop(1)
    assert (await client.wait_render("r")).status == "completed"
    backend.script[path] = [Response(status_code=503)] * 9
    with pytest.raises(errors.ServerError):
        await client.wait_render("r")
    assert len(backend.paths(path)) == 4 + 4


async def test_not_known_yet(backend, connect):
    """A job that is unknown for a moment is waited for; one that stays so has failed."""
    backend.renders["r"] = [DONE]
    backend.script[f"{SUBMIT}/r"] = [JSONResponse({"detail": "x"}, 404)] * 2
    assert (await connect().wait_render("r")).status == "completed"
    with pytest.raises(errors.RenderFailed, match="does not know this render"):
        await connect().wait_render("other")


@pytest.mark.parametrize(
    ("status", "kind", "match"),
    [
        ({"status": "failed", "error": "no room."}, errors.RenderFailed, "The render failed: no room."),
        ({"status": "failed"}, errors.RenderFailed, "no reason"),
        ({"status": "canceled"}, errors.Cancelled, r"cancelled\.$"),
        ({"status": "cancelled", "message": "Render cancelled"}, errors.Cancelled, r"was cancelled\.$"),
        ({"status": "cancelled", "error": "渲染已取消"}, errors.Cancelled, r"was cancelled\.$"),
        ({"status": "cancelled", "reason": "No credits"}, errors.Cancelled, r"cancelled: No credits\.$"),
        (
            {"status": "aborted", "message": "No room."},
            errors.Cancelled,
            r"cancelled: No room\.$",
        ),
        ({"data": {"status": "CANCELLED", "cancelReason": "Quota"}}, errors.Cancelled, "cancelled: Quota"),
        ({"status": {"state": "cancelled", "message": "Too long"}}, errors.Cancelled, "cancelled: Too long"),
        ({"status": "cancelled", "cancelled_by": "an admin"}, errors.Cancelled, "was cancelled by an admin"),
        ({"status": "已取消", "detail": {"reason": "超时"}}, errors.Cancelled, "cancelled: 超时。"),
        ({"code": 2001}, errors.NoCredits, "no credits"),
        ([1], errors.ProtocolError, "tells nothing"),
    ],
)
async def test_ends(backend, connect, status, kind, match):
    """A job that fails, is cancelled, or can't be asked for ends the waiting by name, and by its reason."""
    backend.renders["r"] = [status]
    with pytest.raises(kind, match=match):
        await connect().wait_render("r")


async def test_too_long(backend, connect):
    """A render that never ends is given up."""
    backend.renders["r"] = [{"status": "pending"}]
    with pytest.raises(errors.TimedOut, match="attach"):
        await connect(settings={"render_s": 0.05}).wait_render("r")


async def test_failed_once_more(backend, connect, draft):
    """A failed render is submitted once more under a new id, which is told before it is sent."""
    ids = []

    def submitting(render_id):
        ids.append(render_id)
        backend.renders[render_id] = [{"status": "failed"} if len(ids) == 1 else DONE]

    found = await connect().render("5", draft, submitting=submitting)
    assert found.id == ids[1] != ids[0]
    ids.clear()
    with pytest.raises(errors.RenderFailed):
        await connect().render("5", draft, submitting=submitting, again=False)
    assert len(ids) == 1


@pytest.mark.parametrize(("studio", "times"), [(True, 1), (False, 2)])
async def test_what_would_fail_just_the_same_is_not_tried_again(backend, connect, draft, studio, times):
    """A studio says where another try is of no use; what another server means by that word is not known."""
    backend.studio, ids = studio, []

    def submitting(render_id):
        ids.append(render_id)
        backend.renders[render_id] = [{"status": "failed", "error": "No room.", "retry": False}]

    with pytest.raises(errors.RenderFailed, match="No room") as told:
        await connect().render("5", draft, submitting=submitting)
    assert (len(ids), told.value.retry) == (times, not studio)


async def test_cancel(backend, connect):
    """Cancelling asks the server; a job that is gone is none to cancel."""
    backend.renders["r"] = [{"status": "cancelled"}]
    await connect().cancel_render("r")
    await connect().cancel_render("gone")
    assert backend.paths() == [f"POST {SUBMIT}/r/cancel", f"POST {SUBMIT}/gone/cancel"]
