"""Every row of the protocol's error table, in every form that it can come in."""

from __future__ import annotations

import json
import pickle

import pytest

from nemo_widgets import errors
from nemo_widgets.client.envelope import Reader, Reply, Verdict
from nemo_widgets.client.retry_after import retry_after

ROWS = [
    (1001, 401, errors.AuthError),
    (1002, 404, errors.SessionNotFound),
    (2001, 403, errors.NoCredits),
    (4001, 415, errors.UnsupportedFile),
    (4002, 413, errors.FileTooLarge),
    (402, 402, errors.ExportBlocked),
    (429, 429, errors.RateLimited),
]
STATUS_ROWS = [
    (401, errors.AuthError),
    (404, errors.SessionNotFound),
    (402, errors.ExportBlocked),
    (429, errors.RateLimited),
    (413, errors.FileTooLarge),
    (415, errors.UnsupportedFile),
    (403, errors.ServerError),
    (422, errors.ServerError),
    (500, errors.ServerError),
    (503, errors.ServerError),
]
BODIES = {
    "detail": {"detail": "because"},
    "list": {"detail": [{"type": "missing", "loc": ["body", "userId"], "msg": "because"}]},
    "success": {"success": False, "error": "because"},
    "error object": {"error": {"message": "because"}},
    "unknown code": {"code": 9999, "message": "because"},
    "code that is a word": {"code": "BAD", "message": "because"},
    "code 0": {"code": 0},
    "list of texts": ["because"],
}


def read(body, status=200, about="session", headers=None, **reader) -> Verdict:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Reader("https://web", **reader).read(Reply(status, headers or {}, data), about)


@pytest.mark.parametrize(("code", "status", "kind"), ROWS)
def test_code_decides_whatever_the_status(code, status, kind):
    """A body's code means the same with HTTP 200, with its own status, and with a wrong one."""
    for http in (200, status, 500):
        for value in (code, str(code), float(code)):
            verdict = read({"code": value, "message": "because", "data": None}, http)
            assert type(verdict.error) is kind
            assert verdict.number == code


@pytest.mark.parametrize(("status", "kind"), STATUS_ROWS)
@pytest.mark.parametrize(
    "body", [*BODIES.values(), b"", b"<html>oops</html>", b"\xff"], ids=[*BODIES, "empty", "html", "bytes"]
)
def test_status_decides_without_a_code(status, kind, body):
    """Without a code that is known, the HTTP status decides, whatever the body is."""
    assert type(read(body, status).error) is kind


@pytest.mark.parametrize("body", [{"code": 400}, {"detail": "Missing X-Client-Id"}, b""])
@pytest.mark.parametrize("status", [400, 200])
def test_missing_client_id(body, status):
    """400 on the token request, or one that names the client id, is about the client id."""
    if body == {"code": 400} or status != 200:
        assert type(read(body, status, "token").error) is errors.MissingClientId
    assert type(read({"detail": "no field"}, 400).error) is errors.ServerError
    assert type(read({"detail": "client_id missing"}, 400).error) is errors.MissingClientId


@pytest.mark.parametrize(
    ("about", "kind"), [("render", errors.RenderFailed), ("account", errors.ServerError)]
)
def test_404_is_about_what_was_asked_for(about, kind):
    """A 404 on a render or on another route says nothing about the session."""
    assert type(read({"detail": "Not Found"}, 404, about).error) is kind


@pytest.mark.parametrize("body", ["detail", "list", "success", "error object", "unknown code"])
def test_the_servers_words_are_told(body):
    """Where the table says nothing, the server's own words do."""
    assert "because" in read(BODIES[body], 422).error.message


@pytest.mark.parametrize(
    ("body", "status", "about", "told"),
    [
        ({"code": "E_BUSY"}, 503, "session", "The server answered with an error (HTTP 503): E_BUSY."),
        (
            {"error": {"code": "E_BUSY"}},
            500,
            "session",
            "The server answered with an error (HTTP 500): E_BUSY.",
        ),
        ({"detail": {"error_code": "E_BUSY"}}, 409, "session", "… an error (HTTP 409): E_BUSY."),
        ({"success": False, "code": "E_BUSY"}, 200, "session", "The server answered with an error: E_BUSY."),
        ({"code": "E_TYPE"}, 415, "upload", "The server does not take this type of file (E_TYPE)."),
        ({"code": 4002, "message": "E_LONG"}, 200, "upload", "The file is too large (E_LONG)."),
        ({"detail": "E_HOST"}, 422, "upload", "The server does not take this (E_HOST)."),
        ({"success": False, "reason": "busy now"}, 200, "session", "… an error: busy now."),
        ({"success": False, "errors": ["busy now"]}, 200, "session", "… an error: busy now."),
        ({"success": False, "error_msg": "busy now"}, 200, "session", "… an error: busy now."),
        (
            {"success": False, "message": "OK", "error_description": "busy now"},
            200,
            "session",
            "… an error: busy now.",
        ),
        ({"message": "busy now"}, 503, "session", "… an error (HTTP 503): busy now."),
        ({"message": "Busy!"}, 503, "session", "… an error (HTTP 503): Busy!"),
    ],
)
def test_a_reason_without_an_end_or_words_is_a_sentence(body, status, about, told):
    """A bare code stands behind words that say what it is about, and nothing ends in the middle or twice."""
    error = read(body, status, about).error
    assert error.message == told.replace("… an", "The server answered with an")


def test_validation_names_the_field():
    """FastAPI's complaints name their fields."""
    assert "body.userId: because" in read(BODIES["list"], 422).error.message


@pytest.mark.parametrize(
    ("reader", "hint"),
    [
        ({"user_id": "anon_7&x"}, "https://web/register?bind=anon_7%26x"),
        ({}, "https://web/register"),
        ({"anonymous": False}, "Top up credits in your account."),
    ],
)
def test_no_credits(reader, hint):
    """An anonymous user is told where to register, bound to the user; a registered one to top up."""
    assert read({"code": 2001}, **reader).error.hint.endswith(hint)


@pytest.mark.parametrize(
    ("body", "data"),
    [
        ({"code": 0, "data": {"a": 1}}, {"a": 1}),
        ({"code": "0", "data": {"a": 1}}, {"a": 1}),
        ({"code": 200, "data": [1]}, [1]),
        ({"success": True, "data": {"a": 1}}, {"a": 1}),
        ({"a": 1}, {"a": 1}),
        ({"code": 0, "token": "t"}, {"code": 0, "token": "t"}),
        ([1], [1]),
        (b"", {}),
        (b" \n", {}),
    ],
)
def test_success(body, data):
    """The data is what the envelope holds; an answer without an envelope is its own data."""
    verdict = read(body)
    assert verdict.error is None
    assert verdict.data == data


@pytest.mark.parametrize(
    ("body", "status", "match"),
    [
        (b"<html>welcome</html>", 200, "not JSON"),
        (b"[" * 100_000, 200, "not JSON"),
        (b"", 302, "redirect to elsewhere"),
        ({"success": False, "error": "because"}, 200, "because"),
        ({"code": 5000, "msg": "because"}, 200, r"code 5000\): because"),
    ],
)
def test_what_is_no_answer(body, status, match):
    """A page, a redirect, and a refusal that calls itself a success are errors."""
    headers = {"location": "https://user:pw@elsewhere/x"}
    with pytest.raises(errors.NemoError, match=match) as caught:
        read(body, status, headers=headers).mapping()
    assert "pw" not in str(caught.value)


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ({"x-request-id": "r-1"}, {}, "r-1"),
        ({"cf-ray": "r-2"}, {}, "r-2"),
        ({}, {"request_id": "r-3"}, "r-3"),
        ({"x-request-id": "a\x1b[31m"}, {}, ""),
        ({"x-request-id": "x" * 200}, {}, ""),
    ],
)
def test_request_id(headers, body, expected):
    """The request's id comes first in the message, if it looks like one, and survives pickling."""
    error = read(body, 500, headers=headers).error
    assert error.request_id == expected
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - our own bytes


def test_secrets_are_taken_out_of_the_servers_words():
    """What the server repeats of a token is not repeated by us."""
    error = read({"detail": "bad nmv_x"}, 422, hide=lambda s: s.replace("nmv_x", "•")).error
    assert "nmv_x" not in str(error)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        ("Sat, 21 Nov 2026 00:00:30 GMT", 30),
        ("Fri, 20 Nov 2026 00:00:00 GMT", 0),
        ("soon", None),
        (None, None),
        ("-3", None),
    ],
)
def test_retry_after(header, seconds):
    """Retry-After is seconds or a date; a date that has passed means now."""
    assert retry_after(header, 1795219200.0) == seconds


def test_a_link_that_cannot_be_fetched_is_told_in_the_servers_words():
    """422 to an upload is about what was uploaded: no server error, and nothing around the sentence."""
    verdict = read({"code": 422, "message": "host/…/a.mp4 answered 404 Not Found."}, 422, "upload")
    assert isinstance(verdict.error, errors.UploadError)
    assert verdict.error.message == "host/…/a.mp4 answered 404 Not Found."


@pytest.mark.parametrize(
    ("body", "status"),
    [({"code": 507, "message": "No room."}, 200), ({"detail": "No room."}, 507), ({}, 507), (b"<html>", 507)],
)
def test_a_studio_that_can_keep_nothing_has_done_nothing(body, status):
    """507 of a studio is its own sentence, and nothing came of the request; of no other is that known."""
    verdict = read(body, status, headers={"x-nemo-studio": "1"})
    assert type(verdict.error) is errors.StoreError
    assert (verdict.turned_away, verdict.lost) == (True, False)
    assert verdict.error.message in (
        "No room.",
        "The studio can't keep anything at present; its log says why.",
    )
    other = read(body, status)
    assert type(other.error) is errors.ServerError
    assert not other.turned_away
