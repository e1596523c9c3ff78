"""The documents leave forms open: every plausible one is read, and what is not told is not made up."""

from __future__ import annotations

import json

import pytest

from nemo_widgets import errors
from nemo_widgets.client import Credits, MediaFile, SessionInfo, State
from nemo_widgets.client.identity import Grant
from nemo_widgets.client.json_values import find, layers, number, parsed
from nemo_widgets.client.upload_answer import NotTaken, UploadAnswer

MAKE = "/api/tasks/me/with-session/nemo_agent"
ASK = "/api/auth/anonymous-token"
BALANCE = "/api/credits/balance/simple"
STATE = "/api/state/nemo_agent/me/5/latest"
IDS = {"task_id": "t1", "session_id": "5529700000000000001", "user_id": "anon_7"}
CAMEL = {"taskId": "t1", "sessionId": "5529700000000000001", "userId": "anon_7"}
NESTED = {
    "task": {"id": "t1"},
    "session": {"id": 5529700000000000001},
    "user": {"id": "anon_7"},
}

SESSIONS = {
    "as the protocol writes it": {"code": 0, "data": IDS},
    "bare": IDS,
    "camelCase": {"code": 0, "data": CAMEL},
    "kebab-case": {"data": {name.replace("_", "-"): value for name, value in IDS.items()}},
    "twice in data": {"code": 0, "data": {"code": 0, "data": IDS}},
    "three times in data": {"data": {"data": {"data": CAMEL}}},
    "in result": {"success": True, "result": IDS},
    "in response and payload": {"response": {"payload": CAMEL}},
    "objects with ids": {"code": 0, "data": NESTED},
    "session in the task": {
        "data": {"task": {"id": "t1", "session_id": IDS["session_id"]}, "user": "anon_7"}
    },
    "session in the session": {"data": {"session": {"sessionId": IDS["session_id"], **CAMEL}}},
    "ids as numbers": {"data": {**IDS, "session_id": 5529700000000000001}},
    "objects under the ids' names": {
        "data": {"session_id": {"value": IDS["session_id"]}, "task_id": {"id": "t1"}, "user_id": "anon_7"}
    },
    "names alone": {"data": {"task": "t1", "session": IDS["session_id"], "user": "anon_7"}},
    "a list of one": {"code": 0, "data": [IDS]},
    "JSON in a text": {"code": 0, "data": json.dumps(IDS)},
    "empty beside it": {"code": 0, "session_id": None, "task_id": "", "data": IDS},
    "in an info": {"data": {"info": IDS}},
    "in infos": {"data": {f"{what}_info": {"id": IDS[f"{what}_id"]} for what in ("session", "task", "user")}},
    "in output": {"output": {"attributes": CAMEL}},
    "a list of ids": {"data": {**IDS, "session_id": [IDS["session_id"]]}},
}


@pytest.mark.parametrize("form", SESSIONS)
async def test_a_session_is_found_in_every_form(backend, connect, form):
    """A session's ids are found wherever they stand and however they are spelt, and stay exact."""
    backend.script[MAKE] = [SESSIONS[form]]
    assert await connect().create_session() == SessionInfo(**IDS)


@pytest.mark.parametrize(
    "answer",
    [
        {"code": 0, "data": {"id": IDS["session_id"]}},
        {"code": 0, "data": IDS["session_id"]},
        {"code": 0, "data": 5529700000000000001},
        {"data": {"sid": IDS["session_id"]}},
        {"data": {"conversationId": IDS["session_id"], "id": 7}},
    ],
)
async def test_a_session_that_is_nothing_but_its_id(backend, connect, answer):
    """An answer that holds one id and nothing else names the session."""
    backend.script[MAKE] = [answer]
    assert (await connect().create_session()).session_id == IDS["session_id"]


@pytest.mark.parametrize(("told", "known"), [(12345.0, "12345"), (0.0, "0"), (-7, "-7")])
async def test_a_whole_number_is_an_id_however_it_is_written(backend, connect, told, known):
    """An id that a server writes as a float is read, as long as a float can hold it."""
    backend.script[MAKE] = [{"code": 0.0, "data": {"session_id": told}}]
    assert (await connect().create_session()).session_id == known


@pytest.mark.parametrize(
    "answer",
    [
        {"code": 0},
        {"data": {"session_id": None}},
        {"data": {"session_id": 5529700000000000001.0}},
        {"data": []},
        {"data": {"ok": 1}},
    ],
)
async def test_a_session_without_an_id_is_none(backend, connect, answer):
    """An answer in which no id stands anywhere is told as that."""
    backend.script[MAKE] = [answer]
    with pytest.raises(errors.ProtocolError, match="without an id"):
        await connect().create_session()


TOKENS = {
    "as the protocol writes it": lambda t: {"code": 0, "data": {"token": t, "user_id": "anon_7"}},
    "at top": lambda t: {"token": t, "user_id": "anon_7"},
    "twice in data": lambda t: {"code": 0, "data": {"data": {"token": t, "userId": "anon_7"}}},
    "access_token": lambda t: {
        "access_token": t,
        "token_type": "bearer",
        "expires_in": 604800,
        "user_id": "anon_7",
    },
    "accessToken in data": lambda t: {"code": 0, "data": {"accessToken": t, "uid": "anon_7"}},
    "in result": lambda t: {"result": {"token": t}, "user": {"id": "anon_7"}},
    "an object": lambda t: {"data": {"token": {"access_token": t}, "user_id": "anon_7"}},
    "a value": lambda t: {"data": {"token": {"value": t, "expires_at": 99}, "user_id": "anon_7"}},
    "in the user": lambda t: {"data": {"user": {"id": "anon_7", "token": t}}},
    "tokens": lambda t: {"data": {"tokens": {"access": t, "refresh": "r"}, "user_id": "anon_7"}},
    "with its scheme": lambda t: {"data": {"token": f"Bearer {t}", "user_id": "anon_7"}},
    "a list of one": lambda t: {"data": [{"token": t, "user_id": "anon_7"}]},
    "empty beside it": lambda t: {"token": None, "data": {"token": t, "user_id": "anon_7"}},
}


@pytest.mark.parametrize("form", TOKENS)
async def test_a_token_is_found_in_every_form(backend, connect, token, form):
    """An anonymous token is found wherever it stands, with the user that it belongs to."""
    backend.script[ASK] = [TOKENS[form](token)]
    client = connect(anonymous=True)
    await client.credits()
    assert client.user_id == "anon_7"
    assert backend.seen[-1].headers["authorization"] == f"Bearer {token}"


async def test_a_token_that_is_the_whole_data(backend, connect, token):
    """A token that stands for the data itself is taken."""
    backend.script[ASK] = [{"code": 0, "data": token}]
    await connect(anonymous=True).credits()
    assert backend.seen[-1].headers["authorization"] == f"Bearer {token}"


@pytest.mark.parametrize(
    ("told", "expires"),
    [
        ({"expiresAt": "2026-06-09T10:00:00Z"}, 1780999200.0),
        ({"expires_at": 1780999200000}, 1780999200.0),
        ({"expires_at": "1780999200"}, 1780999200.0),
        ({"expires_in": 3600}, 4600.0),
        ({"expiresIn": "3600"}, 4600.0),
        ({"expires_in": -1}, 1000.0 + 7 * 86400),
        ({"data": {"expires_at": 1780999200}}, 1780999200.0),
    ],
)
def test_the_end_of_a_token_in_every_form(told, expires):
    """A token's end is read as a date, in seconds or milliseconds, or as how long it lasts."""
    assert Grant.from_json({"token": "t", **told}, 1000.0).expires == expires


@pytest.mark.parametrize("form", TOKENS)
def test_a_token_is_taken_out_of_its_answer(form):
    """Once it is read, the token stands no more in the answer that it came in."""
    answer = TOKENS[form]("nmv_usr_canary_0123456789")
    Grant.from_json(answer, 0.0)
    assert "canary" not in repr(answer)


async def test_without_a_token_the_hint_is_about_the_server(backend, connect):
    """Where the server hands out no token, the user is not told to look at a NEMO_TOKEN."""
    backend.script[ASK] = [{"code": 0, "data": {"welcome": True}}]
    with pytest.raises(errors.AuthError) as caught:
        await connect(anonymous=True).credits()
    assert "NEMO_TOKEN" not in str(caught.value)
    assert "NemoVideo server" in caught.value.hint


@pytest.mark.parametrize("source", ["environment", "program", "nobody"])
async def test_the_hint_names_where_the_token_came_from(backend, connect, token, monkeypatch, source):
    """A refused token's hint names NEMO_TOKEN only where it came from there."""
    if source == "environment":
        monkeypatch.setenv("NEMO_API_URL", backend.url)
        monkeypatch.setenv("NEMO_TOKEN", token)
    client = connect(anonymous=source != "program", token=token if source == "program" else None)
    backend.script[BALANCE] = [{"code": 1001}] * 3
    with pytest.raises(errors.AuthError) as caught:
        await client.credits()
    assert ("NEMO_TOKEN" in str(caught.value)) == (source == "environment")
    assert ("program" in caught.value.hint) == (source == "program")


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ({"data": {"available": 60, "frozen": 40, "total": 100}}, (60, 40, 100)),
        ({"available": 60, "frozen": 40}, (60, 40, 100)),
        ({"data": {"available": "60", "frozen": "40", "total": "100"}}, (60, 40, 100)),
        ({"data": {"balance": {"available": 60, "frozen": 40, "total": 100}}}, (60, 40, 100)),
        ({"data": {"credits": {"available": 60, "total": 100}}}, (60, 40, 100)),
        ({"data": {"data": {"frozen": 40, "total": 100}}}, (60, 40, 100)),
        ({"data": {"balance": {"credits": 60}}}, (60, None, None)),
        ({"data": {"credits": {"credits": "60"}}}, (60, None, None)),
        ({"data": {"user": {"id": "u", "credits": 60}}}, (60, None, None)),
        ({"data": {"availableCredits": 60, "frozenCredits": 40}}, (60, 40, 100)),
        ({"data": [{"available": 60.5, "frozen": 0}]}, (60.5, 0, 60.5)),
        ({"data": {"available": 60}}, (60, None, None)),
        ({"data": {"available_balance": 60}}, (60, None, None)),
        ({"creditsLeft": "60"}, (60, None, None)),
        ({"data": {"total": 100, "used": 40}}, (60, None, None)),
        ({"data": {"credits": {"total": 100, "used": 30, "frozen": 10}}}, (60, 10, 70)),
        ({"data": [{"type": "free", "available": 20}, {"type": "paid", "available": 40}]}, (60, None, None)),
        ([{"type": "free", "credits": 20}, {"type": "paid", "credits": 40}], (60, None, None)),
        ({"data": {"credits": [{"amount": 20}, {"amount": "40"}]}}, (60, None, None)),
        ({"available": "1,234.50", "frozen": "0", "total": "1,234.50"}, (1234.5, 0, 1234.5)),
        ({"available": "1.234,5"}, (1234.5, None, None)),
        ({"available": "60 credits", "frozen": 0}, (60, 0, 60)),
        ({"balance": "1 234 积分"}, (1234, None, None)),
        ({"available": "60 of 100"}, (None, None, None)),
        ({"available": 60, "used": 940, "total": 1000}, (60, None, None)),
        ({"available": 60, "used": 940, "total": 100}, (60, None, 100)),
        ({"data": {"free": 20, "paid": 40}}, (60, None, None)),
        ({"data": {"credits": {"gift": 0, "purchased": "60", "plan": "free"}}}, (60, None, None)),
        ({"data": {"available": 50, "free": 20, "paid": 40}}, (50, None, None)),
        ({"data": {"plan": "pro", "free": True, "balance": 60}}, (60, None, None)),
        ({"data": {"balance": 60}}, (60, None, None)),
        ({"code": 0, "data": 60}, (60, None, None)),
        ({"data": {"credit_balance": 60, "frozenCredits": "0"}}, (60, 0, 60)),
        ({"data": {"current_balance": "60.0"}}, (60, None, None)),
        ({"quota": {"remaining": 60, "limit": 100}}, (60, None, None)),
        ({"data": {"wallet": {"points": 60}}}, (60, None, None)),
        ({"available": {"amount": 60}, "frozen": {"value": "40"}}, (60, 40, 100)),
        ({"data": {"count": 60}}, (None, None, None)),
        ({"data": {"total": 100}}, (None, None, 100)),
        ({"data": {"available": 0, "frozen": 0, "total": 0}}, (0, 0, 0)),
        ({"data": {"available": None, "frozen": None}}, (None, None, None)),
        ({"data": {"plan": "free"}}, (None, None, None)),
        ({"code": 0, "data": None}, (None, None, None)),
        ({"code": 0}, (None, None, None)),
    ],
)
async def test_credits_in_every_form(backend, connect, answer, wanted):
    """The balance is read wherever it stands; a number that nobody told is unknown, and not 0."""
    backend.script[BALANCE] = [answer]
    found = await connect().credits()
    assert (found.available, found.frozen, found.total) == wanted
    assert found.known == any(count is not None for count in wanted)


@pytest.mark.parametrize(
    "answer",
    [
        {"data": {"available": -1, "frozen": 0, "total": -1}},
        {"data": {"available": "unlimited"}},
        {"data": {"credits": {"remaining": "Infinity"}}},
        {"data": {"available": None, "unlimited": True}},
        {"available": 0, "isUnlimited": "true"},
        {"data": {"plan": {"name": "pro", "unlimited": True}}},
        {"data": {"balance": "不限量"}},
        {"data": {"credits": "∞"}},
        {"data": {"total": 2**63 - 1}},
        {"data": [{"type": "free", "available": 20}, {"type": "pro", "available": -1}]},
    ],
)
async def test_credits_without_a_limit_are_told_as_such(backend, connect, answer):
    """Where a server says that there is no limit, no number is told, and not that none are left."""
    backend.script[BALANCE] = [answer]
    found = await connect().credits()
    assert (found.available, found.total, found.unlimited, found.known) == (None, None, True, True)
    assert str(found) == "unlimited credits"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"available": -5}, "-5 credits available"),
        ({"available": -1, "unlimited": False}, "-1 credits available"),
        ({"available": 60, "total": -1}, "60 credits available"),
        ({"available": 60, "plan": "unlimited"}, "60 credits available"),
        ({"available": "many"}, "unknown"),
    ],
)
def test_a_number_of_credits_is_no_lack_of_a_limit(answer, told):
    """A debt, a plan's name and a word that nobody knows are not taken for credits without a limit."""
    found = Credits.from_json({"data": answer})
    assert not found.unlimited
    assert str(found) == told


def test_credits_in_words():
    """What is known of the balance is told, and nothing else."""
    assert str(Credits(60, 40, 100)) == "60 credits available, 40 frozen, 100 in all"
    assert str(Credits(60.5)) == "60.5 credits available"
    assert str(Credits(total=100)) == "100 credits in all"
    assert str(Credits()) == "unknown"


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1234567, "1,234,567"),
        (99999.99, "99,999.99"),
        (0.1 + 0.2, "0.3"),
        (1e21, "1,000,000,000,000,000,000,000"),
    ],
)
def test_every_digit_of_the_credits_is_told(count, told):
    """However many there are, none is rounded away, and thousands are set apart."""
    assert str(Credits(count)) == f"{told} credits available"


@pytest.mark.parametrize("around", ["protocol", "bare", "twice", "session", "text", "beside", "list"])
async def test_a_state_in_every_form(backend, connect, draft, around):
    """The draft and the media of a state are found in whatever envelopes it comes."""
    state = {"draft": draft, "video_infos": [{"name": "a.mp4"}]}
    about = {"session_id": "5", "task_id": "t"}
    backend.script[STATE] = [
        {
            "protocol": {"code": 0, "data": {**about, "state": state}},
            "bare": {**about, "state": state},
            "twice": {"data": {"data": {"sessionId": "5", "taskId": "t", "state": state}}},
            "session": {"data": {"session": {"id": "5", "task_id": "t", "state": state}}},
            "text": {"data": {**about, "state": json.dumps({**state, "draft": json.dumps(draft)})}},
            "beside": {"data": {**about, "draft": draft, "videoInfos": {"a.mp4": {"duration": 2}}}},
            "list": {"data": [{**about, "state": state}]},
        }[around]
    ]
    found = await connect().state("5")
    assert found.draft.data == draft
    assert (found.session_id, found.task_id, found.video_infos[0]["name"]) == ("5", "t", "a.mp4")


@pytest.mark.parametrize("body", [b"", b"null", b'"gone"', b"7"])
async def test_a_state_of_nothing_is_no_empty_timeline(backend, connect, body):
    """An answer that holds no object is none: the timeline is not taken for emptied."""
    from starlette.responses import Response

    backend.script[STATE] = [Response(body, media_type="application/json")]
    with pytest.raises(errors.ProtocolError):
        await connect().state("5")


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        {},
        "",
        7,
        {"a.mp4": {"url": "https://x/a"}},
        [{"name": "a.mp4"}],
        ["a.mp4"],
        {"name": "a.mp4"},
    ],
)
def test_media_of_a_state(told):
    """The media of a state are a list, whatever the server has there."""
    infos = State.from_json({"data": {"state": {"video_infos": told}}}).video_infos
    assert [info["name"] for info in infos] == (["a.mp4"] if told and told != 7 else [])


FILE = {"filename": "a.mov", "file_type": "video", "cdn_url": "https://cdn/a.mov", "duration": 2.5}
TAKEN = {
    "as the protocol writes it": {"code": 0, "data": {"files": [FILE]}},
    "uploaded_files": {"data": {"uploaded_files": [{**FILE, "url": FILE["cdn_url"]}]}},
    "camelCase": {
        "data": {"uploadedFiles": [{"fileName": "a.mov", "fileType": "video", "cdnUrl": FILE["cdn_url"]}]}
    },
    "a list": {"data": [FILE]},
    "bare list": [FILE],
    "at top": {"files": [FILE]},
    "in result": {"result": {"files": [FILE]}},
    "twice in data": {"data": {"data": {"files": [FILE]}}},
    "one file": {"data": FILE},
    "one in file": {"data": {"file": FILE}},
    "one in files": {"data": {"files": FILE}},
    "by name": {"data": {"files": {"a.mov": {"url": FILE["cdn_url"]}}}},
    "by number": {"data": {"files": {"0": FILE}}},
    "names": {"data": {"files": ["a.mov"]}},
    "links": {"data": {"files": [FILE["cdn_url"]]}},
    "links by name": {"data": {"files": {"a.mov": FILE["cdn_url"]}}},
    "urls": {"data": {"urls": [FILE["cdn_url"]]}},
    "ids": {"data": {"files": [{"id": "f_1", "status": "processing"}]}},
    "media": {"data": {"media": [{"name": "a.mov", "type": "video/quicktime"}]}},
    "results": {"results": [{**FILE, "success": True, "error": None}]},
    "with empty failures": {
        "data": {"files": [{**FILE, "error": "", "code": 0}], "failed": [], "errors": {}}
    },
    "with an error of none": {"data": {"files": [{**FILE, "error": "none", "errors": "OK", "code": "OK"}]}},
    "under way": {"data": {"files": [{**FILE, "status": "not_processed_yet", "error": "0"}]}},
    "under way in Chinese": {"data": {"files": [{**FILE, "status": "处理中"}]}},
    "done in Chinese": {"data": {"files": [{**FILE, "status": "上传成功"}]}},
    "done in German": {"data": {"files": [{**FILE, "status": "abgeschlossen"}]}},
    "a link with a blank": {"data": {"files": {"a.mov": "https://cdn/my a.mov"}}},
    "with a success": {"data": {"files": [{**FILE, "status": "success", "message": "Uploaded"}]}},
    "metadata": {"data": {"files": [{"filename": "a.mov", "metadata": {"duration": "2.5", "width": None}}]}},
    "a link that is signed": {"data": {"files": [{"cdn_url": "https://cdn/a.mov?sig=SECRET"}]}},
    "JSON in a text": {"data": json.dumps({"files": [FILE]})},
}


@pytest.mark.parametrize("form", TAKEN)
def test_a_file_that_was_taken_is_named_in_every_form(form):
    """An upload's answer names the file in whatever form, with the local name where it has none."""
    found = UploadAnswer.read(TAKEN[form], ["a.mov"])
    assert found.failed == []
    assert [file.filename for file in found.files] == ["a.mov"]


NOT_TAKEN = {
    "success false": {"files": [{"filename": "a.mov", "success": False, "error": "Bad codec", "code": 4001}]},
    "ok false": {"files": [{"name": "a.mov", "ok": False, "reason": "Bad codec", "code": "4001"}]},
    "a status": {"files": [{"fileName": "a.mov", "status": "failed", "message": "Bad codec", "code": 4001}]},
    "an error": {"files": [{"filename": "a.mov", "error": {"code": 4001, "message": "Bad codec"}}]},
    "a list of errors": {"files": [{"filename": "a.mov", "errors": [{"code": 4001, "msg": "Bad codec"}]}]},
    "no name": {"files": [{"success": "false", "error": "Bad codec", "error_code": 4001}]},
    "ok 0": {"files": [{"name": "a.mov", "ok": 0, "detail": "Bad codec", "code": 4001}]},
    "by name in data": {"data": {"a.mov": {"success": False, "message": "Bad codec", "code": 4001}}},
    "failed": {"files": [], "failed": [{"filename": "a.mov", "error": "Bad codec", "code": 4001}]},
    "failed without files": {"failed_files": [{"name": "a.mov", "reason": "Bad codec", "code": 4001}]},
    "failed without a name": {"rejected": [{"message": "Bad codec", "code": 4001}]},
    "in both lists": {
        "files": [{"filename": "a.mov", "cdn_url": None}],
        "failed": [{"filename": "a.mov", "error": "Bad codec", "code": 4001}],
    },
    "a number for a status": {"files": [{"filename": "a.mov", "status": 4001, "message": "Bad codec"}]},
    "inside of a result": {
        "files": [
            {
                "filename": "a.mov",
                "result": {"valid": False, "error": {"code": "4001", "detail": "Bad codec"}},
            }
        ]
    },
    "a status of the upload": {
        "files": [{"filename": "a.mov", "uploadStatus": "FAILED", "failReason": "Bad codec", "code": 4001}]
    },
    "a result": {"files": [{"file": "a.mov", "result": "failed", "message": "Bad codec", "code": 4001}]},
    "by name": {"errors": {"a.mov": {"message": "Bad codec", "code": 4001}}},
    "errorMsg": {"files": [{"filename": "a.mov", "errorMsg": "Bad codec", "code": 4001}]},
    "error_msg": {"files": [{"filename": "a.mov", "error_msg": "Bad codec", "code": 4001}]},
    "an error that is true": {
        "files": [{"filename": "a.mov", "error": True, "message": "Bad codec", "code": 4001}]
    },
    "results": {"results": [{"file": "a.mov", "status": "Error", "detail": "Bad codec", "code": 4001}]},
}


@pytest.mark.parametrize("form", NOT_TAKEN)
def test_a_file_that_was_not_taken_says_why_in_every_form(form):
    """A failure of one file is found beside the files or inside of them, with its reason and its code."""
    found = UploadAnswer.read({"code": 0, "data": NOT_TAKEN[form]}, ["a.mov"])
    assert found == UploadAnswer([], [NotTaken("a.mov", "Bad codec", 4001)])


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ({"failed": ["a.mov"]}, NotTaken("a.mov")),
        ({"files": [{"filename": "a.mov", "http_status": 415}]}, NotTaken("a.mov", "", 415)),
        ({"files": [{"filename": "a.mov"}], "fail_count": 1, "success_count": 0}, NotTaken("a.mov")),
        ({"failed": ["not a video"]}, NotTaken("a.mov", "not a video")),
        ({"errors": {"a.mov": "not a video"}}, NotTaken("a.mov", "not a video")),
        ({"files": {"a.mov": False}}, NotTaken("a.mov")),
        ({"files": [{"filename": "a.mov", "success": False}]}, NotTaken("a.mov")),
        ({"files": [{"filename": "a.mov", "isSuccess": False}]}, NotTaken("a.mov")),
        ({"files": [{"filename": "a.mov", "is_valid": False}]}, NotTaken("a.mov")),
        ({"files": [{"filename": "a.mov", "succeeded": False}]}, NotTaken("a.mov")),
        ({"files": {"a.mov": "Unsupported codec"}}, NotTaken("a.mov", "Unsupported codec")),
        (
            {"files": [{"filename": "a.mov", "status": "upload_failed", "message": "Bad codec"}]},
            NotTaken("a.mov", "Bad codec"),
        ),
        (
            {"files": [{"filename": "a.mov", "status": "unsupported_format"}]},
            NotTaken("a.mov", "unsupported format"),
        ),
        ({"files": [{"filename": "a.mov", "status": "not_supported"}]}, NotTaken("a.mov", "not supported")),
        ({"files": [{"filename": "a.mov", "status": "quarantined"}]}, NotTaken("a.mov")),
        *(
            (
                {"files": [{"filename": "a.mov", "status": status, "msg": "Bad codec"}]},
                NotTaken("a.mov", "Bad codec"),
            )
            for status in (
                "失败",
                "上传失败",
                "解析失敗",
                "不支持",
                "已拒绝",
                "fehlgeschlagen",
                "abgelehnt",
                "échec",
                "refusé",
                "fallido",
                "falhou",
                "fallito",
                "mislukt",
                "ошибка",
                "失敗しました",
                "실패",
                "aborted",
                "cancelled",
                "expired",
                "Timed out",
                "upload-aborted",
            )
        ),
        ({"error": "disk full", "files": []}, NotTaken("a.mov", "disk full")),
        ({"error": {"message": "disk full"}}, NotTaken("a.mov", "disk full")),
        (
            {"files": [{"filename": "a.mov", "code": "UNSUPPORTED_CODEC"}]},
            NotTaken("a.mov", "UNSUPPORTED_CODEC"),
        ),
        ({"uploaded": 0, "failed": 1, "message": "Bad codec"}, NotTaken("a.mov", "Bad codec")),
        ({"message": "1 file failed: bad codec"}, NotTaken("a.mov", "1 file failed: bad codec")),
    ],
)
def test_a_failure_without_a_code(told, wanted):
    """A failure needs no code, and not even a reason."""
    assert UploadAnswer.read({"code": 0, "data": told}, ["a.mov"]).failed == [wanted]


@pytest.mark.parametrize(
    "body",
    [
        None,
        {},
        {"code": 0},
        {"code": 0, "data": {"count": 1}},
        {"data": {"session_state_applied": True}},
        [],
        {"files": 1},
        {"files": [], "errors": []},
        {"files": [], "error": None, "message": "ok"},
    ],
)
def test_an_answer_that_names_no_file(body):
    """An answer that tells nothing of any file is neither a success nor a failure."""
    assert UploadAnswer.read(body, ["a.mov"]) == UploadAnswer([], [])


def test_a_warning_is_no_failure():
    """Something that is said beside a file that was taken, of no file in particular, takes nothing away."""
    found = UploadAnswer.read({"files": [FILE], "errors": ["it is rather long"]}, ["a.mov"])
    assert ([file.filename for file in found.files], found.failed) == (["a.mov"], [])


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        ({"fileName": "a", "cdnUrl": "u", "fileType": "video"}, MediaFile("a", "video", "u")),
        (
            {"original_filename": "a", "duration_ms": 2500, "frameRate": "30"},
            MediaFile("a", duration=2.5, fps=30.0),
        ),
        ({"name": "a", "info": {"duration": 2, "width": 4, "height": 3}}, MediaFile("a", "", "", 2.0, 4, 3)),
        ({"url": "https://x/b%20c.mp4?s=1"}, MediaFile("b c.mp4", "", "https://x/b%20c.mp4?s=1")),
        ({"filename": None, "width": "wide", "duration": []}, MediaFile("")),
    ],
)
def test_a_media_file_in_every_spelling(data, wanted):
    """What is told of a file is read in any spelling, also where it stands one level deeper."""
    assert MediaFile.from_json(data) == wanted


def test_layers_end():
    """An answer that is nested without end, or in a circle of envelopes, is read to a sensible depth."""
    deep = {}
    inside = deep
    for _ in range(50):
        inside["data"] = inside = {}
    inside["token"] = "t"
    assert find(deep, "token") is None
    assert len(list(layers(deep))) < 10
    assert parsed("{not json") == "{not json"
    assert number("nan") is None
