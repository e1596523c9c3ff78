"""The studio's description of itself: true of every answer that it gives, whatever is asked."""

from __future__ import annotations

from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, openapi
from schemathesis.checks import CHECKS, load_all_checks

from nemo_widgets.studio.openapi import document
from nemo_widgets.studio.routes import ROUTES
from nemo_widgets.studio.settings import Settings

load_all_checks()
CHECKED = CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    ]
)
REPRODUCIBLE = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=15,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
NAMES = st.text(st.characters(exclude_characters="/.", exclude_categories=["Cs"]), max_size=5)
"""Parts of paths: a slash or two dots make another path, and half a character can't stand in one."""
ASKED = [
    (f"{route.method.upper()} {route.path}", mode)
    for route in ROUTES
    for mode in GenerationMode
    # What a request has nothing of can't be wrong in it.
    if mode == GenerationMode.POSITIVE or route.body or route.query or route.headers
]


@pytest.fixture(scope="module")
def described(common):
    """The description as the studio serves it."""
    return openapi.from_url(f"{common.url}/openapi.json")


@pytest.fixture(scope="module")
def there(guest, clip):
    """A session with a clip, an export and a file, by the names that paths and bodies have for them."""
    session = guest.session()
    src = guest.upload(session, clip).json()["data"]["files"][0]["cdn_url"]
    draft = guest.state(session)["draft"]
    body = {"id": f"of-{session}", "sessionId": session, "draft": draft, "output": {"resolution": "180p"}}
    guest.post("/api/render/proxy/lambda", json=body)
    media_id, name = httpx.URL(src).path.split("/")[2:]
    more = {"session_id": session, "render_id": body["id"], "user": "me", "media_id": media_id, "name": name}
    return body | more


def _with(values, known):
    """The generated values, with what is there in the place of what would not be found."""
    return {name: known.get(name, value) for name, value in values.items()}


@pytest.mark.parametrize(("place", "mode"), ASKED)
def test_every_answer_is_as_described(place, mode, described, there, common):
    """No request that fits the description, and none that does not, is answered in an undescribed way."""
    method, _, path = place.partition(" ")
    bearer = {"Authorization": f"Bearer {common.token}"}
    cases = described[path][method].as_strategy(generation_mode=mode)

    @REPRODUCIBLE
    @given(case=cases, real=st.booleans(), text=NAMES)
    def ask(case, real, text):
        if real and method != "DELETE":
            case.path_parameters = _with(case.path_parameters or {}, there)
            case.body = _with(case.body, there) if isinstance(case.body, dict) else case.body
        elif text and case.path_parameters:
            case.path_parameters = dict.fromkeys(case.path_parameters, quote(text))
        case.call_and_validate(headers=bearer, checks=CHECKED, timeout=60)

    ask()


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_what_needs_a_token_says_so(route, described, common):
    """Every route but those that are described as open refuses whoever has no token."""
    operation = described[route.path][route.method.upper()]
    path = route.path.format(user="me", session_id="1", render_id="r", media_id="m", token="t", name="n")
    answer = httpx.request(route.method.upper(), f"{common.url}{path}")
    assert ("security" not in operation.definition.raw) == route.token
    assert (answer.json().get("code") == 1001) == route.token
    operation.validate_response(answer)


@pytest.mark.parametrize("path", sorted({route.path for route in ROUTES}))
def test_other_methods_are_refused_with_those_there_are(path, guest):
    """A method that a path does not have is answered with 405 and the methods that it has."""
    there = {route.method.upper() for route in ROUTES if route.path == path}
    place = path.format(user="me", session_id="1", render_id="r", media_id="m", token="t", name="n")
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - there:
        answer = guest.request(method, place)
        assert answer.status_code == 405, method
        assert set(answer.headers["allow"].split(", ")) - {"HEAD"} == there


FORMS = [
    {},
    {"errors": "detail"},
    {"errors": "success"},
    {"body_codes_http200": False},
    {"always_http200": True},
    {"token_at_top": True, "token_minimal": True, "user_id": False},
    {"upload_key": "uploaded_files", "upload_url_key": "url", "empty_state": "null"},
    {"render_status": "flat", "render_error_key": "message", "attribution": False},
    {"render_status": "wrapped", "generated_media": "null", "empty_state": "missing"},
]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: " ".join(form) or "usual")
def test_description_is_of_the_forms_that_are_set(form, start, connect, picture):
    """Whatever forms of the protocol are set, the description is that of the answers in them."""
    client = connect(start(**form))
    described = openapi.from_dict(document(ROUTES, Settings(**form), "1"))

    def ask(method, path, place=None, **request):
        answer = client.request(method, place or path, **request)
        answer.request.read()  # the body of a form, which is sent as a stream
        described[path][method].validate_response(answer)
        return answer.json()

    ask("POST", "/api/auth/anonymous-token", headers={"X-Client-Id": "a"})
    ask("POST", "/api/auth/anonymous-token")
    made = ask("POST", "/api/tasks/{user}/with-session/nemo_agent", "/api/tasks/me/with-session/nemo_agent")
    session = made["data"]["session_id"]
    state = "/api/state/nemo_agent/{user}/{session_id}/latest"
    upload = "/api/upload-video/nemo_agent/{user}/{session_id}"
    for number in (session, "1"):
        ask("GET", state, state.format(user="me", session_id=number))
        place = upload.format(user="me", session_id=number)
        ask("POST", upload, place, files={"files": ("a.png", picture.read_bytes())})
        ask("POST", upload, place, json={"urls": ["file:///etc/passwd"]})
        body = {"id": "r", "sessionId": number, "draft": {}}
        ask("POST", "/api/render/proxy/lambda", json=body)
    ask("POST", "/api/render/proxy/lambda", json={})
    ask("GET", "/api/render/proxy/lambda/{render_id}", "/api/render/proxy/lambda/r")
    ask("GET", "/api/render/proxy/lambda/{render_id}", "/api/render/proxy/lambda/other")
