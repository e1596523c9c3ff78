"""An upload of which some files arrived: what is told of each, and that `again` sends only the others."""

import json
import threading

import pytest
from limits import UNHURRIED
from waiting import PATIENCE_S, until

import nemo_widgets as nemo
from nemo_widgets import errors
from nemo_widgets.client import ClientSettings
from nemo_widgets.run_output import bundle
from nemo_widgets.run_words import headline
from nemo_widgets.testing import FastClock, ScriptedBackend

UPLOAD = "/api/upload-video"
HEAD = b"\0\0\0\x18ftypmp42"
SETTINGS = ClientSettings(clock=FastClock(1000), **UNHURRIED, backoff_s=0.01, backoff_most_s=0.02)


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
    made = nemo.connect(settings=SETTINGS)
    yield made
    made.disconnect()


@pytest.fixture
def clips(tmp_path):
    """Four clips, a to d."""
    made = [tmp_path / f"{letter}.mov" for letter in "abcd"]
    for path in made:
        path.write_bytes(HEAD + path.name.encode() * 40)
    return made


def refuse(backend, name, times=None):
    """Have the server refuse the file of this name, that often, inside of an answer that is a success."""
    left = [times]

    def answer(usual):
        files = usual.get("data", {}).get("files") or []
        if name not in json.dumps(files) or left[0] == 0:
            return usual
        left[0] = None if left[0] is None else left[0] - 1
        return {"code": 0, "data": {"files": [{"filename": name, "error": "Unsupported codec"}]}}

    backend.answer(UPLOAD, answer, times=None)


def in_part(session, *sources):
    """The run of an upload of which something did not arrive, and its error."""
    run = session.start_upload(*sources)
    with pytest.raises(errors.NemoError) as caught:
        run.result()
    return run, caught.value


def sent(backend):
    """The names of the files that left, in the order of their names."""
    return sorted(upload.filename for upload in backend.uploads)


def test_an_upload_of_which_a_part_arrived_says_which_and_why_not_the_others(session, clips):
    """Three of four arrived: the outcome says so, each is named, the failed one with its reason."""
    clips[3].unlink()
    run, error = in_part(session, *clips)
    assert (run.state, run.outcome) == ("failed", "partly done")
    assert headline(run, whole=False).startswith("Upload done in part, 3 of 4 files there, after ")
    assert error.message == f"1 of 4 was not uploaded: There is no file {clips[3]}."
    assert error.hint.endswith(
        "a.mov, b.mov and c.mov are uploaded: don't send them again; `%nemo again` sends only the other one."
    )
    assert [file.filename for file in run.files] == ["a.mov", "b.mov", "c.mov"]
    assert run.missing == [str(clips[3])]
    assert "partly done" in repr(run)
    assert nemo.runs().loc[run.id, "state"] == "partly done"


def test_again_sends_the_files_that_did_not_arrive_and_no_other(session, backend, clips):
    """After an upload in part `again` sends the rest once, and afterwards nothing."""
    clips[1].rename(away := clips[1].with_suffix(".away"))
    in_part(session, *clips)
    with pytest.raises(errors.UploadError, match=r"There is no file .*b\.mov"):
        session.again()
    away.rename(clips[1])
    run = session.again()
    assert (run.kind, run.outcome, [file.filename for file in run.files]) == ("upload", "done", ["b.mov"])
    assert sent(backend) == ["a.mov", "b.mov", "c.mov", "d.mov"]
    with pytest.raises(errors.UsageError, match="All that was to be uploaded is there"):
        session.again()
    assert len(backend.requests_to(UPLOAD)) == 4


def test_what_was_uploaded_by_itself_meanwhile_is_not_sent_by_again(session, backend, clips):
    """A file that came with a later upload is there: `again` sends only what is still missing."""
    [clip.unlink() for clip in clips[2:]]
    in_part(session, *clips)
    clips[2].write_bytes(HEAD + b"c" * 40)
    clips[3].write_bytes(HEAD + b"d" * 40)
    session.upload(clips[2])
    assert [file.filename for file in session.again().files] == ["d.mov"]
    assert sent(backend) == ["a.mov", "b.mov", "c.mov", "d.mov"]


def test_after_an_edit_again_means_the_edit_and_names_what_did_not_arrive(session, backend, clips):
    """An edit after the upload is what `again` is about; the missing file is named beside it."""
    clips[0].unlink()
    in_part(session, *clips[:2])
    backend.reply("Done.", draft={"t": []})
    session.edit("cut it")
    with pytest.raises(errors.UsageError, match="was made") as caught:
        session.again()
    assert caught.value.hint.endswith("What did not arrive before it: a.mov")
    assert backend.messages == ["cut it"]


def test_a_new_kernel_sends_the_rest_of_an_upload_as_well(session, backend, clips):
    """The journal has what did not arrive: after a restart `again` sends that, and no other."""
    refuse(backend, "c.mov", times=1)
    in_part(session, *clips)
    before, name = sent(backend), session._connection.session_id
    session.disconnect()
    opened = nemo.connect(session=name, settings=SETTINGS)
    run = opened.again()
    assert [file.filename for file in run.files] == ["c.mov"]
    assert len(sent(backend)) == len(before) + 1
    opened.disconnect()
    later = nemo.connect(session=name, settings=SETTINGS)
    with pytest.raises(errors.UsageError, match="There is no edit to send again"):
        later.again()
    later.disconnect()


def test_a_link_whose_signature_no_journal_keeps_is_asked_for_in_a_new_kernel(session, backend, clips):
    """What signs a link is kept nowhere: a new kernel says so and sends nothing, this one sends it whole."""
    link = "https://h/x.mp4?X-Amz-Signature=5ec2e7"
    backend.error(UPLOAD, code=4001, detail="It can't be used")
    run, _ = in_part(session, link, clips[0])
    assert run.outcome == "partly done"
    name, requests = session._connection.session_id, len(backend.requests_to(UPLOAD))
    session.disconnect()
    opened = nemo.connect(session=name, settings=SETTINGS)
    with pytest.raises(errors.UsageError, match=r"x\.mp4 did not arrive, and what signs its link"):
        opened.again()
    assert len(backend.requests_to(UPLOAD)) == requests
    opened.disconnect()


def test_an_upload_whose_outcome_is_unknown_is_looked_for_before_again_sends_it(session, backend, clips):
    """Where nobody knew whether a file had arrived, `again` looks first: what came meanwhile is not sent."""
    backend.answer(UPLOAD, {"code": 0, "data": {}}, works=False)
    run, error = in_part(session, clips[0])
    assert run.outcome == "unknown"
    backend.answer("GET /api/state", lambda usual: usual)
    late = {"code": 0, "data": {"state": {"video_infos": [{"name": "a.mov", "url": "/a.mov"}]}}}
    backend.answer("GET /api/state", late, times=None)
    again = session.again()
    assert (again.id, again.outcome, [f.filename for f in again.files]) == (run.id, "done", ["a.mov"])
    assert len(backend.requests_to(UPLOAD)) == 1
    assert isinstance(error, errors.OutcomeUnknown)


def test_a_file_that_was_stopped_by_itself_is_told_and_can_be_sent_again(session, backend, clips):
    """Who cancels one of two files has uploaded a part, is told so, and can send the other later."""
    gate = threading.Event()
    backend.answer(UPLOAD, lambda usual: gate.wait(PATIENCE_S) and usual)
    run = session.start_upload(*clips[:2])
    until(lambda: "1" in run.rows)
    run.cancel_row("1")
    until(lambda: run.rows["1"].state == "cancelled")
    gate.set()
    run.result()
    assert (run.outcome, run.missing) == ("partly done", [str(clips[1])])
    assert "b.mov · cancelled" in json.dumps(bundle(run)[0], ensure_ascii=False)
    assert [file.filename for file in session.again().files] == ["b.mov"]
    assert sent(backend) == ["a.mov", "b.mov"]


def test_what_had_arrived_in_a_session_that_is_gone_is_sent_again_as_well(session, backend, clips):
    """The new session is empty: nothing is said to be there, and `again` sends all of the files to it."""
    turned = []

    def answer(usual):
        turned.append(usual)
        return usual if len(turned) == 1 else {"code": 1002, "message": "session not found"}

    backend.answer(UPLOAD, answer, times=2)
    run, error = in_part(session, *clips[:2])
    assert isinstance(error, errors.SessionNotFound)
    assert (run.outcome, run.files, run.missing) == ("not done", [], [str(clip) for clip in clips[:2]])
    again = session.again()
    assert [file.filename for file in again.files] == ["a.mov", "b.mov"]
    new = {upload.session_id for upload in backend.uploads[-2:]}
    assert new == {session._connection.session_id}


def test_files_of_one_name_are_told_apart_by_where_they_are(session, backend, clips, tmp_path):
    """Two files of one name: only the one that did not arrive is sent again."""
    (folder := tmp_path / "more").mkdir()
    twin = folder / "a.mov"
    in_part(session, clips[0], twin)
    twin.write_bytes(HEAD + b"twin" * 40)
    run = session.again()
    assert run.sources == [str(twin)]
    assert sent(backend) == ["a.mov", "a.mov"]


def test_a_stopped_upload_tells_what_is_there_and_again_sends_the_rest(session, backend, clips):
    """Cancel in the middle: what had arrived is there, the outcome says so, and `again` sends the others."""
    gate, seen = threading.Event(), []

    def answer(usual):
        seen.append(1)
        return usual if len(seen) == 1 else gate.wait(PATIENCE_S) and usual

    backend.answer(UPLOAD, answer, times=None)
    run = session.start_upload(*clips[:2])
    until(lambda: run.rows.get("0") and run.rows["0"].state == "done")
    run.cancel()
    with pytest.raises(errors.Cancelled, match="1 of 2 files were uploaded before"):
        run.result()
    gate.set()
    assert (run.state, run.outcome) == ("cancelled", "partly done")
    assert headline(run).startswith("Upload cancelled, 1 of 2 files there, after ")
    session.again()
    assert sent(backend).count("a.mov") == 1
    assert "b.mov" in sent(backend)
