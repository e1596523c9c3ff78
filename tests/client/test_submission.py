"""Whatever a submit is answered with: it is sent once, and called done, not done or unknown as it is."""

from __future__ import annotations

import asyncio
import json
import time

import pytest
from starlette.responses import Response
from waiting import PATIENCE_S

from nemo_widgets.client import AsyncClient, ClientSettings, render
from nemo_widgets.client.envelope import Reader, Reply, Verdict
from nemo_widgets.client.settling import settle
from nemo_widgets.draft import Draft
from nemo_widgets.errors import Cancelled, ConnectError, NemoError
from nemo_widgets.journal import Journal
from nemo_widgets.loop import blocking, submit
from nemo_widgets.run_words import headline
from nemo_widgets.running import Connection, ExportRun

SUBMIT, JOB = "/api/render/proxy/lambda", "render_7"
JSON, HTML = "application/json", "text/html"
FILM = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 400
DONE = {"status": "completed", "output": {"url": "/cdn/v.mp4", "duration": 3, "size": len(FILM)}}


def said(body, status=200, kind=JSON):
    return status, kind, body if isinstance(body, str) else json.dumps(body)


ACCEPTED = {
    "flat": said({"status": "pending"}),
    "wrapped": said({"success": True, "data": {"id": JOB, "status": "pending"}}),
    "state": said({"state": "QUEUED"}),
    "envelope alone": said({"code": 0, "data": {}}),
    "code 200": said({"code": 200, "message": "ok"}),
    "its id alone": said({"renderId": JOB}),
    "created": said({"data": {"job": {"id": JOB, "state": "created"}}}, 201),
    "accepted": said({"status": "success", "data": {"jobId": JOB}}, 202),
    "done at once": said(DONE),
}
REFUSED = {
    "failed": said({"status": "failed", "error": "Draft invalid"}),
    "failed inside": said({"success": False, "data": {"status": "failed", "message": "Draft invalid"}}),
    "rejected": said({"code": 0, "data": {"state": "REJECTED", "reason": "Draft invalid"}}),
    "aborted": said({"data": {"state": "ABORTED", "statusReason": "Draft invalid"}}),
    "not accepted": said({"code": 0, "data": {"accepted": False, "reason": "Draft invalid"}}),
    "not queued": said({"code": 0, "data": {"id": JOB, "queued": False, "message": "Draft invalid"}}),
    "400": said({"detail": "Draft invalid"}, 400),
    "401": said({"code": 1001, "message": "x"}),
    "402": said({"detail": "x"}, 402),
    "402 in the body": said({"code": 402}),
    "403": said({"detail": "x"}, 403),
    "2001": said({"code": 2001}),
    "413": said("<html>too large</html>", 413, HTML),
    "422": said({"detail": [{"loc": ["body", "draft"], "msg": "Draft invalid"}]}, 422),
    "429": said({"detail": "x"}, 429),
}
UNSAID = {
    "500": said({"detail": "boom"}, 500),
    "500 page": said("<html>boom</html>", 500, HTML),
    "502": said("", 502, HTML),
    "503": said({"message": "busy"}, 503),
    "504": said("", 504, HTML),
    "520": said("<html>", 520, HTML),
    "524": said("<html>", 524, HTML),
    "599": said("", 599, HTML),
    "408": said("", 408, HTML),
    "409": said({"detail": "there is one"}, 409),
    "425": said("", 425, HTML),
    "499": said("", 499, HTML),
    "page": said("<html>Welcome</html>", 200, HTML),
    "text": said("OK", 200, "text/plain"),
    "half": said('{"status":"pen', 200),
    "204": said("", 204),
    "200 and nothing": said("", 200),
    "empty object": said({}),
    "null": said("null"),
    "list": said([1]),
    "303": said("", 303, HTML),
    "302": said("", 302, HTML),
    "unknown code": said({"code": 5001, "message": "boom"}),
    "no success": said({"success": False, "error": "boom"}),
    "an error in the envelope": said({"code": 0, "data": {"error": "Film too long"}}),
    "a word that nobody knows": said({"status": "blocked", "reason": "Film too long"}),
    "such a word alone": said({"status": "blocked"}),
    "an error of whom": said({"status": "error", "message": "boom"}),
    "a page under json": said("<html>", 200, JSON),
}
FOUND = ("there", "absent", "silent")
OF_FOUND = {"there": "accepted", "absent": "refused", "silent": "unknown"}
ROWS = [
    *((name, answer, None, "accepted") for name, answer in ACCEPTED.items()),
    *((name, answer, None, "refused") for name, answer in REFUSED.items()),
    *((name, answer, found, OF_FOUND[found]) for name, answer in UNSAID.items() for found in FOUND),
]
IDS = [f"{name}-{found or 'not asked'}" for name, _, found, _ in ROWS]


def verdict(answer):
    status, kind, body = answer
    return Reader("https://w").read(Reply(status, {"content-type": kind}, body.encode()), "session")


@pytest.mark.parametrize(("answer", "found", "settled"), [row[1:] for row in ROWS], ids=IDS)
def test_table(answer, found, settled):
    """What a submit came to is settled by its answer, or by what is found under its id."""
    read = verdict(answer)
    first = settle(read)
    assert first == (settled if found is None else "look")
    assert settle(read, found) == settled
    if found is None:  # what is settled stays so, whatever might be found
        assert {settle(read, each) for each in FOUND} == {settled}


def test_what_never_left_is_refused_and_what_broke_is_looked_up():
    """Without an answer it is known only of a request that was not sent that nothing came of it."""
    error = ConnectError("x")
    assert settle(Verdict(error=error, number=None, sent=False)) == "refused"
    assert settle(Verdict(error=error, number=0)) == "refused", "there was no token to send it with"
    lost = Verdict(error=error, number=None, sent=True)
    assert [settle(lost, found) for found in (None, *FOUND)] == ["look", *OF_FOUND.values()]


class EveryJob(dict):
    """Jobs of which each is as told, whatever its id."""

    def get(self, _name, _default=None):
        return self["each"]


@pytest.fixture
def exported(backend, clock, tmp_path, monkeypatch, token, draft):  # noqa: PLR0917 - fixtures
    """Exports from a server that is scripted; the ended run."""
    monkeypatch.setattr(render, "new_id", iter([JOB, "render_8", "render_9"]).__next__)
    made = []

    def export(*answers, jobs=None, polls=(), draft=draft, then=None, **settings):
        settings = {"poll_s": 1, "attempts": 1, "rate_wait_s": 1, "clock": clock, **settings}
        backend.renders = {} if jobs is None else EveryJob(each=jobs)
        backend.script[SUBMIT] = [Response(b, s, media_type=k) for s, k, b in answers]
        backend.script[f"{SUBMIT}/{JOB}"] = [Response(b, s, media_type=k) for s, k, b in polls]

        async def connected():
            client = AsyncClient(
                base_url=backend.url, token=token, settings=ClientSettings(**settings), config_dir=tmp_path
            )
            made.append(client)
            return Connection(client, "55", journal=Journal(tmp_path / "journal"))

        run = ExportRun(blocking(submit(connected())), tmp_path / "v.mp4", draft=Draft(draft))
        if then is not None:
            then(run)
        run.ended(PATIENCE_S)
        run.submits = backend.paths(SUBMIT).count(f"POST {SUBMIT}")
        return run

    yield export
    for client in made:
        blocking(submit(client.aclose()))


@pytest.mark.parametrize(("answer", "found", "settled"), [row[1:] for row in ROWS], ids=IDS)
def test_over_http(exported, backend, answer, found, settled):
    """The same with a real server that counts: no row is submitted twice, and each is called what it is."""
    twice = [answer] if verdict(answer).number == 429 else []  # turned away, it waits and asks once more
    silent = [said("", 503, HTML)] * 9 if found == "silent" else []
    run = exported(answer, *twice, jobs=[DONE] if settled == "accepted" else None, polls=silent)
    assert run.submits == 1 + len(twice)
    assert run.outcome == {"accepted": "done", "refused": "not done", "unknown": "unknown"}[settled]
    ids = {json.loads(s.body)["id"] for s in backend.seen if (s.method, s.path) == ("POST", SUBMIT)}
    assert ids == {JOB}
    if settled == "unknown":
        assert f"`%nemo attach {run.id}`" in run.error.hint
    if settled == "refused":
        assert "attach" not in str(run.error)
    if "Draft invalid" in answer[2]:
        assert "Draft invalid" in run.error.message
    if "Film too long" in answer[2] and settled != "accepted":
        assert "Film too long" in run.error.message


def test_an_answer_with_another_id_names_the_job(exported, backend):
    """A server's own id is the one that is asked for; one that it does not know itself is left aside."""
    other = said({"data": {"renderId": "srv-1", "status": "pending"}})
    run = exported(other, jobs=[DONE])
    assert (run.outcome, run.render_id, run.submits) == ("done", "srv-1", 1)
    assert f"GET {SUBMIT}/srv-1" in backend.paths()
    assert run._entry.record.details["sent_as"] == JOB


def test_an_id_that_the_server_does_not_know_itself_gives_way_to_ours(exported, backend):
    """Where what looked like the job's id is none, the one that it was sent under is asked for."""
    backend.script[f"{SUBMIT}/task-5"] = [Response('{"detail":"x"}', 404, media_type=JSON)] * 9
    run = exported(said({"id": "task-5"}), jobs=[DONE])
    assert (run.outcome, run.submits) == ("done", 1)


def test_a_session_that_is_gone_is_made_anew_and_the_export_sent_there(exported, backend):
    """1002 says that nothing was done (§10): the export goes to a new session, once, and that is told."""
    run = exported(said({"code": 1002}), jobs=[DONE])
    sent = [s.json for s in backend.seen if (s.method, s.path) == ("POST", SUBMIT)]
    assert [s["sessionId"] for s in sent] == ["55", "5529700000000000001"]
    assert sent[0]["draft"] == sent[1]["draft"]
    assert run.outcome == "done"
    assert "a new one was made" in run._connection.told[0]


def test_a_session_that_is_gone_again_is_told(exported):
    """A server that knows the new session no better is not asked for ever."""
    run = exported(*[said({"code": 1002})] * 3, jobs=[DONE])
    assert (run.outcome, run.submits) == ("not done", 2)


@pytest.mark.parametrize(
    "poll",
    [
        said("<html>Hello</html>", 200, HTML),
        said("", 200),
        said("[1]"),
        said({}),
        said({"success": False, "error": "cache miss"}),
        said({"code": 5001}),
        said("<html>", 404, HTML),
        said({"detail": "x"}, 404),
        said("", 503, HTML),
        said("", 520, HTML),
        said("", 403, HTML),
    ],
)
def test_one_strange_poll_does_not_end_an_export(exported, poll):
    """A page, nothing, or an error between two polls is asked over."""
    run = exported(said({"status": "pending"}), polls=[poll], jobs=[DONE])
    assert (run.outcome, run.submits) == ("done", 1)


@pytest.mark.parametrize(
    "poll",
    [
        said("<html>Hello</html>", 200, HTML),
        said("<html>Not found</html>", 404, HTML),
        said({"detail": "x"}, 404),
        said("[1]"),
        said({"detail": "boom"}, 500),
        said({"success": False, "error": "boom"}),
        said({"code": 1001}),
        said({"code": 2001, "status": "failed"}),
        said({"code": 500, "status": "error"}, 500),
    ],
)
def test_a_job_that_cannot_be_asked_for_is_left_behind_and_that_is_said(exported, poll):
    """It was taken, so it may be done: the outcome is unknown, nothing is sent anew, `attach` is named."""
    run = exported(said({"status": "pending"}), polls=[poll] * 60, jobs=[DONE])
    assert (run.outcome, run.submits) == ("unknown", 1)
    assert f"`%nemo attach {run.id}`" in str(run.error)
    assert isinstance(run.error, NemoError)
    assert [record.id for record in run._connection.journal.left()] == [run.id]


def test_why_a_job_was_not_taken_is_told_though_the_job_does_not_say_it(exported):
    """What the submit said is wrong is why a job failed that is known; it is not submitted again."""
    refused = said({"success": False, "error": "Draft invalid: no tracks"})
    run = exported(refused, jobs=[{"status": "failed"}])
    assert (run.outcome, run.submits) == ("not done", 1)
    assert "Draft invalid: no tracks" in run.error.message


def test_what_is_wrong_with_a_film_that_cannot_be_fetched_is_told(exported, backend):
    """A job that is done, has no address and says what went wrong is told with that."""
    backend.script[f"/api/render/proxy/{JOB}/download"] = [
        Response('{"detail":"x"}', 404, media_type=JSON)
    ] * 9
    run = exported(said({"status": "pending"}), jobs=[{"status": "completed", "error": "No space left"}])
    assert (run.outcome, run.submits) == ("unknown", 1)
    assert "No space left" in run.error.message


@pytest.mark.parametrize("job", [{"status": "completed"}, {"status": "done", "filmAt": "https://x/v.mp4"}])
def test_a_film_that_is_made_somewhere_is_not_called_not_made(exported, backend, job):
    """Without an address that is understood the film is made all the same: unknown, and `attach` is named."""
    backend.script[f"/api/render/proxy/{JOB}/download"] = [
        Response('{"detail":"x"}', 404, media_type=JSON)
    ] * 9
    run = exported(said({"status": "pending"}), jobs=[job])
    assert (run.outcome, run.submits) == ("unknown", 1)
    assert "film is made" in run.error.message
    assert "does not know" not in str(run.error)
    assert f"`%nemo attach {run.id}`" in str(run.error)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (said({"success": False, "error": "already completed"}), "already completed"),
        (said({"detail": "boom"}, 500), "boom"),
    ],
)
def test_a_stop_that_the_server_refuses_is_told(exported, backend, answer, why):
    """The render goes on there, or is done: that is said with the server's words, and `attach` fetches it."""
    status, kind, body = answer
    backend.script[f"{SUBMIT}/{JOB}/cancel"] = [Response(body, status, media_type=kind)]

    def stop(run):
        while not run.render_id or f"GET {SUBMIT}/{JOB}" not in backend.paths():
            time.sleep(0.01)
        run.cancel()

    run = exported(said({"status": "pending"}), jobs=[{"status": "processing"}], then=stop)
    assert (run.state, run.outcome) == ("cancelled", "unknown")
    with pytest.raises(Cancelled, match=f"{why}.*`%nemo attach {run.id}` fetches it"):
        run.result()
    assert why in headline(run)
    assert [record.id for record in run._connection.journal.left()] == [run.id]


def test_a_failed_render_is_tried_once_more_under_a_new_id(exported, backend):
    """As §9 says; the second failure is the end, with the server's words."""
    run = exported(jobs=[{"status": "failed", "error": "no room"}])
    sent = [s.json["id"] for s in backend.seen if (s.method, s.path) == ("POST", SUBMIT)]
    assert sent == [JOB, "render_8"]
    assert (run.outcome, run.error.message) == ("not done", "The render failed: no room.")


@pytest.mark.parametrize("why", ["error", "message"])
def test_unknown_words_are_waited_for_some_minutes_and_said(exported, clock, why):
    """Not an hour: a word that we don't know, with nothing new, is left for later and quoted."""
    told = []
    job = {"status": "shining", why: "the sun is out"}
    run = exported(said({"status": "pending"}), jobs=[job], poll_s=30)
    told.append(run.rows["render"].detail)
    assert told == ["the server says “shining”"]
    assert (run.outcome, run.submits) == ("unknown", 1)
    assert "“shining” for 5 min" in run.error.message
    assert run.error.message.endswith("does not know: the sun is out.")
    assert 300 <= sum(clock.slept) < 400


async def test_a_word_that_is_unknown_is_no_end_while_the_job_gets_on(backend, connect):
    """Percents that rise under a strange word are a job at work."""
    backend.renders["r"] = [{"status": "shining", "progress": n} for n in range(2, 90)] + [DONE]
    found = await connect(settings={"poll_s": 30}).wait_render("r")
    assert found.status == "completed"
    await asyncio.sleep(0)
