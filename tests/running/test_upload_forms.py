"""Uploads and answers in the many forms that the documents leave open, over real HTTP."""

import json

import pytest
from limits import UNHURRIED

import nemo_widgets as nemo
from nemo_widgets import errors
from nemo_widgets.client import ClientSettings
from nemo_widgets.printable import JOINER
from nemo_widgets.run_words import asides, headline
from nemo_widgets.session_card import _balance
from nemo_widgets.testing import FastClock, ScriptedBackend

UPLOAD = "/api/upload-video"
HEAD = b"\0\0\0\x18ftypmp42"
SECRET = "5ec2e7-signature"


@pytest.fixture
def backend():
    with ScriptedBackend(clock=FastClock(1000)) as made:
        yield made


@pytest.fixture
def session(backend, monkeypatch, tmp_path):
    """A session with the backend, with a journal and a home of its own."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NEMO_JOURNAL", str(tmp_path / "journal"))
    monkeypatch.setenv("NEMO_API_URL", backend.url)
    monkeypatch.setenv("NEMO_TOKEN", "nmv_usr_canary_0123456789")
    settings = ClientSettings(clock=FastClock(1000), **UNHURRIED, backoff_s=0.01, backoff_most_s=0.02)
    made = nemo.connect(settings=settings)
    yield made
    made.disconnect()


@pytest.fixture
def clip(tmp_path):
    """Makes a clip of a name."""

    def make(name="a.mov"):
        (path := tmp_path / name).write_bytes(HEAD + name.encode() * 40)
        return path

    return make


def failed(session, *sources):
    """The run of an upload that does not succeed, and its error."""
    run = session.start_upload(*sources)
    with pytest.raises(errors.NemoError) as caught:
        run.result()
    return run, caught.value


def names(backend):
    return [upload.filename for upload in backend.uploads]


# -- what an answer says of a file ------------------------------------------------------------------


@pytest.mark.parametrize(
    "told",
    [
        {"files": [{"filename": "a.mov", "success": False, "error": "Unsupported codec", "code": 4001}]},
        {"failed": [{"fileName": "a.mov", "reason": "Unsupported codec", "code": "4001"}]},
        {"errors": [{"code": 4001, "message": "a.mov: Unsupported codec."}]},
    ],
)
def test_a_file_that_was_refused_inside_of_a_success_is_told_with_its_reason(session, backend, clip, told):
    """An answer that calls itself a success and refuses the file is a failure, with the server's reason."""
    backend.answer(UPLOAD, {"code": 0, "data": told}, works=False)
    run, error = failed(session, clip())
    assert isinstance(error, errors.UnsupportedFile)
    assert error.message == "a.mov: Unsupported codec."
    assert "mp4, mov" in error.hint
    assert (run.files, run.outcome, run.rows["0"].state) == ([], "not done", "failed")


def test_of_several_files_the_failed_one_is_named_once(session, backend, clip):
    """The failed one of several files is named once, with its reason and what to do; the others are there."""
    bad = {"files": [{"filename": "b.mov", "error": "Unsupported codec"}]}

    def answer(usual):
        return {"code": 0, "data": bad} if "b.mov" in json.dumps(usual) else usual

    backend.answer(UPLOAD, answer, times=None)
    run, error = failed(session, clip(), clip("b.mov"), clip("c.mov"))
    assert error.message == "1 of 3 was not uploaded: b.mov was not taken: Unsupported codec."
    there = "a.mov and c.mov are uploaded: don't send them again"
    assert error.hint == f"{there}; `%nemo again` sends only the other one."
    assert [file.filename for file in run.files] == ["a.mov", "c.mov"]


def test_each_of_several_files_is_told_with_what_to_do_about_it(session, backend, clip, tmp_path):
    """What is true of one file stands in its line; what is long, or true of all, has lines below."""
    (notes := tmp_path / "notes.txt").write_text("my plan")
    missing = tmp_path / "nothere.mp4"
    _, error = failed(session, clip(), missing, notes)
    head, first, second = error.message.splitlines()
    assert head == "2 of 3 were not uploaded:"
    assert first.endswith("nothere.mp4. Is it in another folder?")
    assert second == "notes.txt is of no supported type."
    supported, other = error.hint.splitlines()
    assert supported.startswith("Supported: mp4, ")
    assert other == "a.mov is uploaded: don't send it again; `%nemo again` sends only the others."
    assert [line[:4] for line in error._lines()[-2:]] == ["  → "] * 2
    runs = len(session.runs)
    with pytest.raises(errors.UploadError, match=r"(?s)2 of 2 were not uploaded.*another folder"):
        session.start_upload(missing, notes)
    assert len(session.runs) == runs, "what can't be sent begins no run"
    assert names(backend) == ["a.mov"]


def test_what_failed_is_told_in_the_order_given(session, backend, clip, tmp_path):
    """Whichever of the files failed first."""
    refused = {"code": 0, "data": {"files": [{"filename": "a.mov", "error": "Unsupported codec"}]}}
    backend.answer(UPLOAD, refused, works=False)
    run, error = failed(session, clip(), tmp_path / "missing.mp4")
    assert [line.partition(" ")[0] for line in error.message.splitlines()[1:]] == ["a.mov", "There"]
    assert list(run.failures) == list(run.sources)


@pytest.mark.parametrize("code", [4001, 4002])
def test_of_a_file_that_arrived_and_was_turned_away_no_share_is_told(session, backend, clip, code):
    """How much of it had left says nothing where the server has judged the file: it did not fail at 100 %."""
    backend.error(UPLOAD, code=code, detail="It can't be used")
    run, _ = failed(session, clip())
    assert headline(run).startswith("Upload failed after ")
    assert "%" not in headline(run)


@pytest.mark.parametrize(("code", "action"), [(4001, "mp4, mov"), (4002, "Compress or trim")])
def test_the_documents_actions_are_told_for_one_of_several_files(session, backend, clip, code, action):
    """4001 lists the formats and 4002 says to compress or trim, with several files as with one."""
    said = "It can't be used"
    backend.error(UPLOAD, code=code, detail=said)
    _, alone = failed(session, clip())
    assert action in alone.hint
    backend.error(UPLOAD, code=code, detail=said)
    _, error = failed(session, clip("b.mov"), clip("c.mov"))
    assert error.message.startswith("1 of 2 was not uploaded: ")
    assert error.message.count(".mov") == 1
    assert said in error.message
    assert action in error.hint
    assert "c.mov is uploaded: don't send it again; `%nemo again` sends only the other one." in error.hint


# -- answers that tell nothing ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "told",
    [{"code": 0, "data": {}}, {"code": 0}, {"success": True}, {"code": 0, "data": {"count": 1}}, b"", b"[]"],
)
def test_a_file_that_no_answer_names_is_found_in_the_state(session, backend, clip, told):
    """A success that names no file is looked up in the state; nothing is sent a second time."""
    backend.answer(UPLOAD, told, times=None)
    run = session.upload(clip(), clip("b.mov"))
    assert [file.filename for file in run.files] == ["a.mov", "b.mov"]
    assert sorted(names(backend)) == ["a.mov", "b.mov"]


def test_a_sound_that_no_answer_names_is_found_wherever_the_state_has_it(session, backend, clip):
    """A server that keeps sounds elsewhere than among its videos has taken them all the same."""
    backend.answer(UPLOAD, {"code": 0}, times=None)
    backend.answer("GET /api/state", lambda usual: usual)
    backend.answer(
        "GET /api/state",
        lambda usual: {
            "data": {**usual["data"], "state": {**usual["data"]["state"], "audio": [{"file": "s.mp3"}]}}
        },
        times=None,
    )
    (path := clip("s.mp3")).write_bytes(b"ID3" + bytes(100))
    assert [file.filename for file in session.upload(path).files] == ["s.mp3"]


def test_a_file_that_neither_answer_nor_state_names_is_unknown(session, backend, clip):
    """Where the server says that it took a file and does not show it, it the outcome is unknown."""
    backend.answer(UPLOAD, {"code": 0, "data": {}}, works=False)
    run, error = failed(session, clip())
    assert isinstance(error, errors.OutcomeUnknown)
    assert error.message == "The server says that it took a.mov, but does not show it."
    assert run.outcome == "unknown"
    assert len(backend.requests_to(UPLOAD)) == 1


def test_files_of_which_nobody_knows_are_not_called_missing(session, backend, clip):
    """Several files that neither answer nor state names are told as such, not as not uploaded."""
    backend.answer(UPLOAD, {"code": 0, "data": {}}, works=False, times=None)
    run, error = failed(session, clip(), clip("b.mov"))
    assert run.outcome == "unknown"
    assert error.message.startswith("2 of 2 are not there, or nobody knows whether they are:")


OPEN = {
    "the server tells no address of it": {"files": [{"filename": "a.mov", "cdn_url": None}]},
    "the server is still at work on it (processing)": {
        "files": [{"filename": "a.mov", "status": "processing", "id": "u1"}]
    },
    "the server is still at work on it (排队中)": {"files": [{"filename": "a.mov", "status": "排队中"}]},
    "the server says that its session was not brought up to date": {
        "files": [{"filename": "a.mov", "cdn_url": "https://h/a.mov"}],
        "session_state_applied": False,
    },
}


@pytest.mark.parametrize("why", OPEN)
def test_a_file_that_is_not_ready_is_uploaded_once_the_session_shows_it(session, backend, clip, why):
    """Where an answer leaves open whether the session has a file, the session is asked, and believed."""
    backend.answer(UPLOAD, {"code": 0, "data": OPEN[why]}, times=None)
    assert [file.filename for file in session.upload(clip()).files] == ["a.mov"]
    assert len(backend.requests_to(UPLOAD)) == 1


@pytest.mark.parametrize("why", OPEN)
def test_a_file_that_the_session_does_not_show_is_not_called_uploaded(session, backend, clip, why):
    """What the session does not show is told with its reason, and is not sent again unasked."""
    backend.answer(UPLOAD, {"code": 0, "data": OPEN[why]}, works=False)
    run, error = failed(session, clip())
    assert isinstance(error, errors.OutcomeUnknown)
    assert error.message == f"a.mov was sent, but the session does not show it: {why}."
    assert "%nemo status" in error.hint
    with pytest.raises(errors.OutcomeUnknown, match="does not show it"):
        nemo.attach(run.id).result()
    assert (run.files, run.outcome, len(backend.requests_to(UPLOAD))) == ([], "unknown", 1)


def test_a_success_that_lists_no_file_has_taken_none(session, backend, clip):
    """A list of files that is empty says that none was taken, unless the session shows it all the same."""
    told = {"code": 0, "data": {"files": []}}
    backend.answer(UPLOAD, told, works=False)
    run, error = failed(session, clip())
    wanted = "a.mov did not arrive: the server's answer lists no file, and its session shows none."
    assert (error.message, run.outcome) == (wanted, "not done")
    backend.answer(UPLOAD, told)
    assert [file.filename for file in session.upload(clip()).files] == ["a.mov"]


@pytest.mark.parametrize("status", [500, 503, 524, 408, 502, 200])
@pytest.mark.parametrize("works", [True, False])
def test_an_answer_that_is_no_refusal_leads_to_the_state(session, backend, clip, status, works):
    """A server that fails over an upload has the file or not: the state shows it, told in one sentence."""
    backend.answer(UPLOAD, b"<html>Oops</html>", status=status, kind="text/html", works=works)
    if works:
        assert [file.filename for file in session.upload(clip()).files] == ["a.mov"]
    else:
        run, error = failed(session, clip())
        assert error.message.startswith("a.mov did not arrive: The server")
        assert error.message.count("arrive") == 1
        assert error.message.count("a.mov") == 1
        assert run.outcome == "not done"
    assert len(backend.requests_to(UPLOAD)) == 1


@pytest.mark.parametrize("status", [500, 504])
def test_a_file_that_may_have_come_by_another_name_is_unknown(session, backend, clip, status):
    """Where the answer got lost and the state shows a file of another name, nothing is sent again."""
    backend.answer(UPLOAD, {"detail": "Oops"}, status=status, works=False)
    backend.answer("GET /api/state", lambda usual: usual)
    renamed = {"code": 0, "data": {"state": {"video_infos": [{"name": "8f3a.mov", "url": "/8f3a"}]}}}
    backend.answer("GET /api/state", renamed, times=None)
    run, error = failed(session, clip())
    assert error.message.startswith("a.mov may have arrived as 8f3a.mov: ")
    with pytest.raises(errors.OutcomeUnknown, match=r"a\.mov may have arrived as 8f3a\.mov"):
        nemo.attach(run.id).result()
    assert (run.outcome, len(backend.requests_to(UPLOAD))) == ("unknown", 1)


def test_a_state_that_is_late_is_waited_for(session, backend, clip):
    """A file that the state shows some seconds after the answer is found."""
    backend.answer(UPLOAD, {"code": 0})
    backend.answer("GET /api/state", lambda usual: usual)
    backend.answer("GET /api/state", {"code": 0, "data": {"state": {}}}, times=3, works=False)
    assert [file.filename for file in session.upload(clip()).files] == ["a.mov"]


# -- credits ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "card", "words"),
    [
        (
            {"available": 60, "frozen": 40, "total": 100},
            "60 credits",
            "60 credits available, 40 frozen, 100 in all",
        ),
        ({"balance": {"available": "60"}}, "60 credits", "60 credits available"),
        (
            {"available": 100, "frozen": 0, "total": 100, "message_cost": 0},
            "edits cost nothing here",
            "none needed: nothing costs any here",
        ),
        ({"available": 60, "message_cost": 5}, "60 credits", "60 credits available"),
        ({"plan": "free"}, "credits unknown", "unknown"),
        ({"available": None, "frozen": None}, "credits unknown", "unknown"),
    ],
)
def test_the_balance_is_not_made_up(session, backend, told, card, words):
    """What the card and the credits say is what the server told; where it told nothing they say so."""
    backend.answer("GET /api/credits", {"code": 0, "data": told}, times=2)
    assert _balance(session, "en") == card
    assert str(session.credits()) == words


# -- a session that is gone -------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_an_upload_to_a_session_that_is_gone_makes_a_new_one_and_says_so(session, backend, clip, count):
    """1002 makes one new session, however many files were under way; what the hint says, works."""
    first = session._connection.session_id
    backend.answer(UPLOAD, {"code": 1002, "message": "session not found"}, works=False, times=count)
    clips = [clip(f"{i}.mov") for i in range(count)]
    run, error = failed(session, *clips)
    assert isinstance(error, errors.SessionNotFound)
    assert error.message == (
        "The server no longer knew the session, so a new one was made; its timeline is empty."
        " Nothing is uploaded to it."
    )
    assert error.hint == "Upload your clips again: they go to the new session."
    assert session._connection.session_id != first
    assert (len(backend.requests_to("/api/tasks")), run.files, names(backend)) == (2, [], [])
    assert [file.filename for file in session.upload(*clips).files] == [path.name for path in clips]
    assert {upload.session_id for upload in backend.uploads} == {session._connection.session_id}


# -- signed links -----------------------------------------------------------------------------------


SIGNED = [
    f"https://h/x.mp4?X-Amz-Signature={SECRET}",
    f"https://user:{SECRET}@h/x.mp4",
    f"https://h/x.mp4#{SECRET}",
    f"https://h/?file=x.mp4&sig={SECRET}",
    f"https://h?token={SECRET}",
]


HOWS = ["taken", "refused", "echoed", "named", "gone", "lost", "per file"]


@pytest.mark.parametrize(
    ("link", "how"),
    [(SIGNED[0], how) for how in HOWS]
    + [(link, how) for link in SIGNED[1:] for how in ("echoed", "per file")],
)
def test_a_signed_link_is_never_shown(session, backend, capsys, link, how):
    """What makes a link secret stands in no run, table, error or message, whatever the server repeats."""
    match how:
        case "refused":
            backend.error(UPLOAD, code=4001)
        case "echoed":
            backend.error(UPLOAD, code=4001, detail=f"{link}: Unsupported file ({SECRET})")
        case "named":
            backend.answer(
                UPLOAD, {"data": {"files": [{"filename": f"x.mp4?sig={SECRET}", "cdn_url": link}]}}
            )
        case "gone":
            backend.error(UPLOAD, code=1002, detail=f"no session for {link}")
        case "lost":
            backend.answer(UPLOAD, {"detail": f"can't fetch {link}"}, status=500, works=False)
        case "per file":
            backend.answer(UPLOAD, {"data": {"failed": [{"url": link, "filename": link, "error": link}]}})
    run = session.start_upload(link, link)
    told = []
    try:
        run.result()
    except errors.NemoError as error:
        told += [str(error), repr(error), "\n".join(error._render_traceback_()), repr(error.__cause__)]
    told += [repr(run), run.request, repr(run.sources), repr(run.failures), repr(run.files), repr(run.rows)]
    told += [nemo.runs().to_string(), repr(session), run.note, capsys.readouterr().out]
    assert SECRET not in "\n".join(told)
    assert len(backend.requests_to(UPLOAD)) >= 1
    assert backend.requests_to(UPLOAD)[0].json["urls"] == [link]


def test_a_link_that_is_none_is_told_without_its_query(session):
    """What is no web address is told to be none, without its query."""
    _, error = failed(session, f"ftp://h/x.mp4?sig={SECRET}")
    assert "'ftp://h/x.mp4' is not a web address" in error.message.replace(JOINER, "")
    assert SECRET not in str(error)


def test_a_signed_link_in_an_instruction_is_not_listed(session, backend):
    """An instruction that holds a link is sent as it is, and listed without the link's secrets."""
    words = f"use https://h/x.mp3?sig={SECRET} as music"
    run = session.edit(words)
    assert backend.messages == [words]
    told = [repr(run), nemo.runs().to_string(), *run._repr_mimebundle_()[0].values()]
    assert SECRET not in "\n".join(map(str, told))
    assert "use https://h/x.mp3 as music" in told[1]


@pytest.mark.parametrize("how", ["answer", "event", "render"])
def test_a_signed_link_in_a_servers_error_is_not_repeated(session, backend, clip, tmp_path, how):
    """What a server says of a failure is told without the secrets of the links in it."""
    session.upload(clip())
    link = f"https://cdn/x.mp4?sig={SECRET}"
    backend.answer("GET /api/credits", {"code": 5005, "message": f"no access to {link}"})
    backend.reply(events=[{"error": f"can't read {link}"}])
    for _ in range(2):
        backend.render([{"status": "failed", "error": f"can't fetch {link}"}])
    work = {
        "answer": session.credits,
        "event": lambda: session.edit("cut it"),
        "render": lambda: session.export(tmp_path / "out.mp4"),
    }
    with pytest.raises(errors.NemoError) as caught:
        work[how]()
    assert "https://cdn/x.mp4" in caught.value.message
    assert SECRET not in str(caught.value)


# -- answers that are not understood ----------------------------------------------------------------


def told_of(run, *, made):
    """What is told beside the answer of an edit that was made, or why another one was not."""
    if made:
        return "\n".join(asides(run.result()))
    with pytest.raises(errors.NotDone) as caught:
        run.result()
    return str(caught.value)


@pytest.mark.parametrize("changed", [True, False])
def test_words_that_nobody_understands_are_no_silence(session, backend, clip, changed):
    """Where words came in a form that is not understood, that is said, and not that there were none."""
    session.upload(clip(), clip("b.mov"))
    after = backend.draft
    after["t"][0]["sg"].pop()
    backend.reply(
        events=[{"surprise": {"note": "I cut the second clip."}}, {"turnComplete": True}],
        draft=after if changed else None,
    )
    run = session.start("cut the second clip")
    told = told_of(run, made=changed)
    assert "not understood: `run.stream` shows it" in told
    assert "without a word" not in told
    assert "I cut the second clip." in run.stream.to_string()


@pytest.mark.parametrize("changed", [True, False])
def test_a_silent_turn_is_told_as_one(session, backend, clip, changed):
    """The end of a turn without words (protocol §4) is a silent edit, whatever ADK says of it."""
    session.upload(clip(), clip("b.mov"))
    after = backend.draft
    after["t"][0]["sg"].pop()
    silent = {
        "content": {"parts": [], "role": "model"},
        "finishReason": "STOP",
        "errorCode": "MODEL_RETURNED_NO_CONTENT",
        "errorMessage": "The model returned no content (finish_reason=STOP with empty parts).",
    }
    backend.reply(events=[silent], draft=after if changed else None)
    run = session.start("cut the second clip")
    told = told_of(run, made=changed)
    assert "without a word" in told
    assert "not understood" not in told


def test_what_is_not_understood_behind_the_words_is_said(session, backend, clip):
    """Words in an unknown form behind the answer, no change: it is refused, and a strict edit fails."""
    session.upload(clip())
    events = [{"type": "text", "content": "I'll cut it now."}, {"surprise": {"note": "The queue is full."}}]
    backend.reply(events=events)
    run = session.edit("cut the second clip")
    assert run.outcome == "refused"
    assert any("not understood" in told for told in asides(run))
    backend.reply(events=events)
    strict = session.start("cut the second clip", strict=True)
    with pytest.raises(errors.Refused, match="not understood") as caught:
        strict.result()
    assert caught.value.hint == "The timeline is as it was."
    assert strict.outcome == "refused"
    backend.reply(events=events)
    assert session.edit("how long is it?", strict=True).outcome == "done", "a question changes nothing"


def test_a_strict_edit_fails_where_its_outcome_is_not_done_alone(session, backend, clip):
    """Where the timeline shows the change, a strict edit ends as done, whatever came behind the words."""
    session.upload(clip(), clip("b.mov"))
    after = backend.draft
    after["t"][0]["sg"].pop()
    events = [{"type": "text", "content": "I'll cut it now."}, {"surprise": {"note": "The queue is full."}}]
    backend.reply(events=events, draft=after)
    assert session.edit("cut the second clip", strict=True).outcome == "done"


def test_a_strict_edit_fails_with_the_tools_reason(session, backend, clip):
    """Behind a tool that failed it is the tool's reason that is raised, not the agent's cheerful words."""
    session.upload(clip())
    result = {"type": "tool_result", "name": "cut", "result": {"status": "失败", "message": "No clip 7."}}
    backend.reply(events=[result, {"type": "text", "content": "I've cut it."}])
    with pytest.raises(errors.Refused) as caught:
        session.edit("cut clip 7", strict=True)
    assert caught.value.message == "A tool of the agent's failed: No clip 7."


@pytest.mark.parametrize(
    "event",
    [
        {"choices": [{"message": {"content": "I cut the second clip."}}]},
        {"content": "I cut the second clip."},
        {"text": "I cut the second clip."},
        {"code": 0, "data": {"content": {"parts": [{"text": "I cut the second clip."}]}}},
        b"data: I cut the second clip.\n\n",
        b"data: I cut \n\ndata: the second clip.",
        b'data: {"text": "I cut "}\ndata: {"text": "the second clip."}\n\n',
    ],
)
def test_words_in_other_shapes_are_the_answer(session, backend, event):
    """What the agent says in a shape of its own is the answer that is shown."""
    backend.reply(events=[event])
    run = session.edit("cut the second clip")
    assert run.text == "I cut the second clip."
    assert not run.silent
