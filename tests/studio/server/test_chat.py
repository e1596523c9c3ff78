"""Messages and the stream of their answers."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter

import pytest
from limits import within
from studio.server.conftest import PNG
from waiting import PATIENCE_S, until

from nemo_widgets.client import OutcomeEvent, PictureEvent, Transcript
from nemo_widgets.client.events import parse
from nemo_widgets.studio.events import wire
from nemo_widgets.studio.settings import Settings
from nemo_widgets.studio.turns import Finished


@pytest.fixture
def session(client, clip):
    made = client.session()
    client.upload(made, clip)
    return made


def _message(session, text):
    return {
        "app_name": "nemo_agent",
        "user_id": "me",
        "session_id": session,
        "new_message": {"parts": [{"text": text}]},
    }


def _shapes(events):
    """Each event as a short word."""
    found = []
    for event in events:
        part = event.get("content", {}).get("parts", [{}])[0]
        kind = next(iter(part), "state")
        found.append(f"{kind}{'+' if event.get('partial') else ''}{'.' if event.get('turnComplete') else ''}")
    return found


def test_adk_events(client, session):
    """Text comes in pieces and again whole, tools as calls and answers, the new draft with the last event."""
    events = client.say(session, "title Evening")
    assert _shapes(events) == ["text+", "text+", "text", "functionCall", "functionResponse", "text+", "text."]
    texts = [e["content"]["parts"][0]["text"] for e in events if "text" in e["content"]["parts"][0]]
    assert texts == ["I rename ", "it. ", "I rename it. ", "Done.", "Done."]
    call, answer = (e["content"]["parts"][0] for e in events[3:5])
    assert call == {"functionCall": {"id": "call_1", "args": {"title": "Evening"}, "name": "rename"}}
    assert answer == {"functionResponse": {"id": "call_1", "name": "rename", "response": {"ok": True}}}
    assert [e["content"]["role"] for e in events] == ["model"] * 4 + ["user"] + ["model"] * 2
    assert len({e["invocationId"] for e in events}) == 1
    assert len({e["id"] for e in events}) == len(events)
    assert all(abs(e["timestamp"] - time.time()) < 60 and e["author"] == "nemo_agent" for e in events)
    assert set(events[0]["actions"]) == {
        "stateDelta", "artifactDelta", "requestedAuthConfigs", "requestedToolConfirmations",
    }  # fmt: skip
    assert events[-1]["actions"]["stateDelta"]["draft"] == client.state(session)["draft"]
    assert client.state(session)["draft"]["m"]["title"] == "Evening"


def test_silent_edit_is_told_by_the_state_alone(client, session):
    """An edit without a word sends the new draft in an event without content."""
    events = client.say(session, "silent Night")
    assert _shapes(events) == ["state"]
    assert "content" not in events[0]
    assert events[0]["actions"]["stateDelta"]["draft"]["m"]["title"] == "Night"


def test_reply_that_did_not_stream_comes_whole(client, session):
    """An agent that only gives its whole answer at the end is heard too."""
    events = client.say(session, "hello")
    assert _shapes(events) == ["text."]
    assert events[0]["content"]["parts"] == [{"text": "Nothing to do."}]


@pytest.mark.parametrize("shape", ["adk", "typed"])
def test_a_picture_is_heard_by_our_own_client(start, connect, clip, shape):
    """A picture comes between the words around it, whole, with its description, in both shapes."""
    client = connect(start(events=shape))
    session = client.session()
    client.upload(session, clip)
    sent = client.say(session, "show the harbour")
    heard = [event for value in sent for event in parse(value)]
    transcript = Transcript()
    for event in heard:
        transcript.feed(event)
    assert transcript.pictures == [PictureEvent(PNG, "image/png", "the harbour")]
    assert transcript.text == "Look: there."
    where = next(i for i, event in enumerate(heard) if isinstance(event, PictureEvent))
    assert {event.text for event in heard[:where]} == {"Look: "}
    if shape == "adk":
        assert _shapes(sent) == ["text+", "text", "inlineData", "text+", "text."]


@pytest.mark.parametrize("key", ["content", "text"])
def test_typed_events(start, connect, clip, key):
    """In the typed shape every event says what it is, and text is never repeated."""
    client = connect(start(events="typed", typed_text=key))
    session = client.session()
    client.upload(session, clip)
    assert client.say(session, "title Evening") == [
        {"type": "text", key: "I rename "},
        {"type": "text", key: "it. "},
        {"type": "tool_call", "name": "rename", "args": {"title": "Evening"}},
        {"type": "tool_result", "name": "rename", "result": {"ok": True}},
        {"type": "text", key: "Done."},
        {"type": "end", "outcome": "done"},
    ]
    nothing = {"type": "text", key: "Nothing to do."}
    assert client.say(session, "hello") == [nothing, {"type": "end", "outcome": "refused"}]
    assert client.say(session, "silent Night") == [{"type": "end", "outcome": "done"}]
    assert client.say(session, "fail")[0]["type"] == "error"


def test_what_became_of_a_message_stands_on_its_last_event(client, session):
    """Done, also without a word, or refused: the last event says it, and so does the ledger."""
    said = {"title Evening": "done", "silent Night": "done", "hello": "refused"}
    for message, outcome in said.items():
        *before, last = client.say(session, message)
        assert last["customMetadata"] == {"nemo": {"outcome": outcome}}
        assert not any("customMetadata" in event for event in before)
    assert "customMetadata" not in client.say(session, "fail")[-1]
    assert [line["outcome"] for line in client.ledger(session)] == [*said.values(), ""]


@pytest.mark.parametrize("shape", ["adk", "typed"])
@pytest.mark.parametrize("answers", [True, False, None])
def test_the_client_hears_whether_a_message_was_an_answer(shape, answers):
    """Whether it takes up the question before it stands on the last event too, in both shapes."""
    written = wire(Settings(events=shape), "e-1").state(None, Finished("", None, "done", answers))
    (event,) = [json.loads(line[5:]) for line in written.decode().splitlines() if line]
    assert parse(event)[-1] == OutcomeEvent("done", answers)


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ("empty", "data:"),
        ("word", "data: heartbeat"),
        ("json", 'data: {"type":"heartbeat"}'),
        ("event", "event: heartbeat"),
        ("comment", ": heartbeat"),
    ],
)
def test_keep_alives(start, connect, agent, form, line):
    """While nothing else is to be said, the keep-alive comes, in each of the five forms."""
    client = connect(start(keepalive=form, heartbeat_s=0.05))
    session = client.session()
    with client.stream("POST", "/run_sse", json=_message(session, "hold")) as answer:
        lines = answer.iter_lines()
        assert [next(lines) for _ in range(6)] == [line, ""] * 3
        agent.go.set()
        assert any("Done." in rest for rest in lines)


def test_text_streams_visibly(start, connect, agent):
    """Pieces of text come one after the other, each as it is said, apart by the set pause."""
    client = connect(start(text_pause=0.01))
    session = client.session()
    with client.stream("POST", "/run_sse", json=_message(session, "halt")) as answer:
        lines = (line for line in answer.iter_lines() if '"partial":true' in line)
        assert "I begin. " in next(lines)
        agent.go.set()
        assert len(list(lines)) == 3
    asked = time.monotonic()
    with client.stream("POST", "/run_sse", json=_message(session, "long")) as answer:
        assert sum('"partial":true' in line for line in answer.iter_lines()) == 60
    assert time.monotonic() - asked > 59 * 0.01


@pytest.mark.parametrize("form", ["error", "code"])
def test_failing_agent(start, connect, clip, form):
    """An exception in the agent becomes an error event; the draft stays, and the session goes on."""
    client = connect(start(error_event=form))
    session = client.session()
    client.upload(session, clip)
    before = client.state(session)
    (event,) = client.say(session, "fail")
    if form == "error":
        assert event["error"] == "ValueError: the scissors are blunt"
        assert event["error_details"]["error_type"] == "ValueError"
    else:
        assert event["errorCode"] == "AGENT_ERROR"
        assert event["errorMessage"] == "ValueError: the scissors are blunt"
    assert client.state(session) == before
    assert client.ledger(session)[0]["status"] == "failed"
    assert _shapes(client.say(session, "title On"))[-1] == "text."


def test_camel_case_and_unknown_fields_are_accepted(client, session):
    """The request is ADK's in either spelling; what it holds besides is ignored."""
    body = {
        "appName": "nemo_agent", "userId": "me", "sessionId": session, "streaming": True, "stateDelta": None,
        "newMessage": {"role": "user", "parts": [{"text": "title"}, {"inlineData": {}}, {"text": "Dawn"}]},
        "somethingNew": [1],
    }  # fmt: skip
    assert client.post("/run_sse", json=body).status_code == 200
    assert client.ledger(session)[0]["text"] == "title\nDawn"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{not json", 422),
        (b"[1]", 422),
        (b'{"session_id": "1"}', 422),
        (b'{"session_id": "1", "new_message": {"parts": "hi"}}', 422),
        (b'{"session_id": true, "new_message": {"parts": [{"text": "hi"}]}}', 422),
        (b'{"session_id": "1", "new_message": {"parts": [{"text": " "}]}}', 422),
        (b'{"session_id": "1", "user_id": "you", "new_message": {"parts": [{"text": "hi"}]}}', 422),
        (b'{"session_id": "1", "new_message": {"parts": [{"text": "hi"}]}, "draft_version": "2"}', 422),
        (b'{"session_id": "1", "new_message": {"parts": [{"text": "hi"}]}, "draft_version": -1}', 422),
        (b'{"session_id": "1", "new_message": {"parts": [{"text": "hi"}]}}', 1002),
        (b"[" * 100_000, 422),
        (b'"' + b"x" * 40_000_000, 413),
    ],
)
def test_requests_that_are_none(guest, body, code):
    """What is no request is answered with a number and a sentence, before any stream begins."""
    answer = guest.post("/run_sse", content=body, headers={"Content-Type": "application/json"})
    assert answer.json()["code"] == code
    assert answer.json()["message"].endswith((".", ")"))


def test_text_beyond_unicode_is_put_right(client, session):
    """A lone surrogate in a message harms nothing."""
    body = json.dumps(_message(session, "title ")).replace("title ", r"title \ud83d!")
    assert client.post("/run_sse", content=body).status_code == 200
    assert client.ledger(session)[0]["status"] == "done"
    assert client.state(session)["draft"]["m"]["title"] == "\ufffd!"


def test_client_that_leaves_does_not_stop_the_work(client, session, agent):
    """The edit is made and stored although nobody listens any more."""
    with client.stream("POST", "/run_sse", json=_message(session, "hold the line")) as answer:
        next(answer.iter_lines())
    agent.go.set()
    until(lambda: client.ledger(session)[0]["status"] == "done")
    assert client.state(session)["draft"]["m"]["title"] == "the line"


def test_cancel_stops_the_work_and_stores_nothing(client, session, agent, another):
    """A cancelled message's stream ends within half a second with an error event; the draft stays."""
    before = client.state(session)
    with client.stream("POST", "/run_sse", json=_message(session, "hold")) as answer:
        assert agent.began.acquire(timeout=PATIENCE_S)
        asked = time.monotonic()
        assert another.post(f"/studio/sessions/{session}/cancel").json()["data"] == {"cancelled": True}
        last = [line for line in answer.iter_lines() if line.startswith("data: {")][-1]
        assert within(time.monotonic() - asked, 0.5)
    event = json.loads(last.removeprefix("data: "))
    assert (event["errorCode"], event["errorMessage"]) == ("CANCELLED", "Cancelled.")
    assert agent.closed.wait(PATIENCE_S)
    assert another.post(f"/studio/sessions/{session}/cancel").json()["data"] == {"cancelled": False}
    assert client.state(session) == before
    assert [line["status"] for line in client.ledger(session)] == ["cancelled"]


def test_cancel_while_text_streams(start, connect):
    """A message that is being told can be stopped in the middle of its text."""
    studio = start(text_pause=0.2)
    client, other = connect(studio), connect(studio)
    session = client.session()
    with client.stream("POST", "/run_sse", json=_message(session, "long")) as answer:
        lines = (line for line in answer.iter_lines() if '"partial":true' in line)
        assert next(lines)
        assert next(lines)
        other.post(f"/studio/sessions/{session}/cancel")
        assert len(list(lines)) < 58
    assert client.ledger(session)[0]["status"] == "cancelled"


def test_a_stop_is_in_time_though_its_stream_was_left_first(start, connect):
    """Whoever stops a message may drop its stream before; the answer is not hurried to its end by that."""
    studio = start(text_pause=0.5)
    client, other = connect(studio), connect(studio)
    session = client.session()
    with client.stream("POST", "/run_sse", json=_message(session, "long")) as answer:
        assert any('"partial":true' in line for line in answer.iter_lines())
    time.sleep(0.3)
    assert other.post(f"/studio/sessions/{session}/cancel").json()["data"] == {"cancelled": True}
    assert client.ledger(session)[0]["status"] == "cancelled"


def test_messages_of_one_session_queue(client, session, agent, another):
    """The second message waits for the first, with heartbeats, and works on what the first one made."""
    beats = Counter()

    def say(text):
        with another.stream("POST", "/run_sse", json=_message(session, text)) as answer:
            for line in answer.iter_lines():
                beats[text] += line == "data:"

    threads = [threading.Thread(target=say, args=(text,)) for text in ("hold first", "title second")]
    threads[0].start()
    assert agent.began.acquire(timeout=PATIENCE_S)
    threads[1].start()
    until(lambda: len(client.ledger(session)) == 2)
    assert [line["status"] for line in client.ledger(session)] == ["running", "queued"]
    elsewhere = client.session()
    assert client.say(elsewhere, "hello"), "another session must not wait"
    until(lambda: beats["hold first"] > 1 and beats["title second"] > 1)
    agent.go.set()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert [(line["status"], line["version"]) for line in client.ledger(session)] == [
        ("done", 2),
        ("done", 3),
    ]
    assert client.state(session)["draft"]["m"]["title"] == "second"


def test_upload_waits_for_the_message_that_is_under_way(client, session, agent, another, picture):
    """A clip uploaded while the agent works on its copy of the draft is not lost when the agent is done."""
    talking = threading.Thread(
        target=another.post, args=("/run_sse",), kwargs={"json": _message(session, "hold x")}
    )
    talking.start()
    assert agent.began.acquire(timeout=PATIENCE_S)
    uploading = threading.Thread(target=client.upload, args=(session, picture))
    uploading.start()
    time.sleep(0.2)
    agent.go.set()
    talking.join(PATIENCE_S)
    uploading.join(PATIENCE_S)
    draft = client.state(session)["draft"]
    assert draft["m"]["title"] == "x"
    assert [s["m"]["name"] for s in draft["t"][0]["sg"]] == ["harbour", "beach"]


def test_cancel_by_name_stops_no_other_message(client, session, agent, another):
    """A cancel that names a message which has ended leaves the one that is under way alone."""
    ended = client.say(session, "hello")[0]["invocationId"]
    agent.began.acquire(timeout=PATIENCE_S)
    answers = []
    talking = threading.Thread(
        target=lambda: answers.append(another.post("/run_sse", json=_message(session, "hold x")))
    )
    talking.start()
    assert agent.began.acquire(timeout=PATIENCE_S)
    path = f"/studio/sessions/{session}/cancel"
    assert client.post(path, json={"invocationId": ended}).json()["data"] == {"cancelled": False}
    agent.go.set()
    talking.join(PATIENCE_S)
    assert "Done." in answers[0].text
