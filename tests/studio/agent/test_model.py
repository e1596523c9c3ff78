"""A language model's plans: asked only where the grammar gives up, checked like the grammar's own."""

from __future__ import annotations

import json
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from waiting import PATIENCE_S

from nemo_widgets.question import Question
from nemo_widgets.studio.agent import Agent, AgentSettings, Heartbeat, ToolCall
from nemo_widgets.studio.agent.edits import EVERY
from nemo_widgets.studio.agent.planning.model import Model
from nemo_widgets.studio.agent.planning.tools import OTHERS, build, schemas

WISH = "let the opening 5 seconds breathe away"
KEY = "sk-made-up-0123456789"


@contextmanager
def served(answer, status=200, delay=None):
    """A server of the chat completions' API that answers with this; yields its URL and what it was sent.

    A function is called for each answer.
    """
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append((self.path, dict(self.headers), json.loads(body)))
            if delay is not None:
                delay.wait(PATIENCE_S)
            given = answer() if callable(answer) else answer
            content = given if isinstance(given, bytes) else json.dumps(given).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def calling(*calls):
    """An answer of the API that calls these tools."""
    functions = [{"type": "function", "function": {"name": n, "arguments": a}} for n, a in calls]
    return {"choices": [{"message": {"role": "assistant", "content": None, "tool_calls": functions}}]}


def least_of(schema):
    """A value that a schema allows."""
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return least_of(schema["anyOf"][0])
    plain = {"string": "x", "integer": 1000, "number": 1, "boolean": True}
    if schema["type"] == "array":
        return [least_of(schema["items"])]
    return plain.get(schema["type"], {"start_ms": 0, "end_ms": 1000})


def cutting(start, end):
    return calling(("cut", json.dumps({"remove": [{"start_ms": start, "end_ms": end}]})))


def said(text, world, url, key=""):
    """The steps of a turn with a model behind this URL."""
    settings = AgentSettings(silent="always", heartbeat_s=0.02, model=Model(url, "tiny", key))
    return list(Agent(settings).turn(text, world))


def choices(steps):
    """What can be answered to the question that a turn asks."""
    call = next(s for s in steps if isinstance(s, ToolCall) and s.name == "ask_question")
    return [option.label for option in Question.from_args(call.args).items[0].options]


def test_plan(world, shown):
    """The model's call is carried out as an edit, and said to be the model's; never in silence."""
    with served(cutting(0, 5000)) as (url, seen):
        steps = said(WISH, world, url, KEY)
    assert shown(steps[-1].draft) == [(5000, 110_000)]
    assert steps[-1].reply.startswith("tiny planned this: cut.")
    assert [s.name for s in steps if isinstance(s, ToolCall)] == ["ask_model", "cut_segments"]
    ((path, headers, body),) = seen
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert body["model"] == "tiny"
    assert {tool["function"]["name"] for tool in body["tools"]} == {edit.name for edit in EVERY} | {*OTHERS}
    assert WISH in body["messages"][-1]["content"]


@pytest.mark.parametrize(
    "text", ["remove the first 10 seconds", "how long is it?", "thanks", "what can I say?"]
)
def test_not_asked(text, world):
    """What the grammar understands or answers by itself never reaches the model."""
    with served(cutting(0, 5000)) as (url, seen):
        said(text, world, url)
    assert not seen


@pytest.mark.parametrize(
    "text",
    [
        "don't let the first 5 seconds drag",
        "could the first 5 seconds be less of a drag?",
        WISH + ", but smoothly",
    ],
)
def test_a_plan_beside_a_not_a_question_or_an_exception_is_asked_about(text, world, do, shown):
    """The model is asked, and its plan is shown before anything is done; a yes carries it out."""
    with served(cutting(0, 5000)) as (url, _):
        steps = said(text, world, url)
    assert steps[-1].draft is None
    assert steps[-1].reply.endswith("Nothing was changed yet. Shall I do it?")
    assert shown(do(choices(steps)[0], world).draft) == [(5000, 110_000)]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("cut", {"remove": [{"start_ms": 0, "end_ms": 7000}]}),
        ("speed", {"factor": 1.5, "where": {"start_ms": 0, "end_ms": 5000}}),
        ("add_title", {"text": "Breathe in"}),
    ],
)
def test_a_value_that_nobody_said_is_asked_about(name, arguments, world):
    with served(calling((name, json.dumps(arguments)))) as (url, _):
        done = said(WISH, world, url)[-1]
    assert (done.draft, done.outcome) == (None, "asked")


def test_the_model_takes_back_what_was_done(world, do):
    before = world.draft
    do("remove the first 10 seconds", world)
    with served(calling(("undo", "{}"))) as (url, _):
        done = said("whatever you did there, make it unhappen", world, url)[-1]
    assert done.draft == before


def test_the_model_answers_in_words(world):
    with served(calling(("answer_question", json.dumps({"text": "It is a talk about boats."})))) as (url, _):
        done = said("what is this film about, would you say?", world, url)[-1]
    assert done.draft is None
    assert "It is a talk about boats." in done.reply


def test_a_question_is_asked_where_the_model_has_no_plan(world):
    """What would be asked without a model is asked, beside the reason why the model has none."""
    text = "I need the interview hushed somehow where dogs bark"
    alone = list(Agent(AgentSettings()).turn(text, world))[-1]
    with served({}, status=500) as (url, _):
        done = said(text, world, url)[-1]
    assert alone.outcome == done.outcome == "asked"
    assert done.reply.endswith(alone.reply)


NONSENSE = [
    b"",
    b"<html>",
    b"[]",
    b"{}",
    b'{"choices": []}',
    b'{"choices": [{"message": {"tool_calls": [{}]}}]}',
    b"[" * 100_000,
    calling(("cut", "{not json")),
    calling(("cut", "[]")),
    calling(("cut", '{"remove": "all"}')),
    calling(("cut", '{"remove": [{"start_ms": -5}]}')),
    calling(("cut", '{"remove": [{"start_ms": 1e300}]}')),
    calling(("cut", '{"remove": [{"start_ms": true}]}')),
    calling(("cut", '{"delete_everything": true}')),
    calling(("format_disk", "{}")),
    calling(("add_title", "{}")),
    calling(("add_title", '{"text": 5}')),
    calling(*[("remove_music", "{}")] * 31),
]


@pytest.mark.parametrize("answer", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense(answer, world):
    """An answer that is no plan changes nothing and is said to be none."""
    with served(answer) as (url, _):
        done = said(WISH, world, url)[-1]
    assert done.draft is None
    assert "Nothing was changed" in done.reply


def test_refusal_of_the_model(world):
    """A model that declines is quoted."""
    answer = {"choices": [{"message": {"content": "No tool can\nmake it funnier."}}]}
    with served(answer) as (url, _):
        done = said("make it funnier", world, url)[-1]
    assert "“No tool can make it funnier.”" in done.reply
    assert done.draft is None


@pytest.mark.parametrize("status", [401, 404, 429, 500, 302])
def test_server_that_fails(status, world):
    """What the server says instead of answering is told by its number, and the key is not."""
    with served({"error": KEY}, status) as (url, _):
        done = said(WISH, world, url, KEY)[-1]
    assert f"HTTP {status}" in done.reply
    assert KEY not in done.reply


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/v1", "no url at all", "http://[", ""])
def test_no_server(url, world):
    """A model that can't be reached is said to be out of reach."""
    assert "can't be asked" in said(WISH, world, url)[-1].reply


def test_impossible_plan(world):
    """A plan is refused as the same edit said in words is."""
    with served(cutting(200_000, 210_000)) as (url, _):
        done = said(WISH, world, url)[-1]
    assert "past the end" in done.reply
    assert done.draft is None


def test_a_plan_that_cuts_more_than_half_is_shown_first(world, do, shown):
    """Nothing is cut before it is allowed; the choice that allows it needs no model."""
    with served(cutting(0, 60_000)) as (url, _):
        steps = said(WISH, world, url)
    assert steps[-1].draft is None
    assert "1:50 to 0:50" in steps[-1].reply
    yes, no = choices(steps)
    assert re.fullmatch("plan [0-9a-f]{8}: cut 0:00–1:00", yes)
    assert do(no, world).draft is None
    assert shown(do(yes, world).draft) == [(60_000, 110_000)]


@pytest.mark.parametrize("plan", ["plan 00000000", "plan 00000000: cut all", "方案 00000000"])
def test_a_plan_that_nobody_made_is_not_carried_out(plan, world, do):
    """An id alone allows nothing: only what was shown, and is remembered, is carried out."""
    done = do(plan, world)
    assert done.draft is None
    assert "Nothing was changed" in done.reply


def test_a_plan_of_another_timeline_is_not_carried_out(world, do):
    """What was allowed for a timeline that has changed since is not applied to the new one."""
    with served(cutting(0, 60_000)) as (url, _):
        steps = said(WISH, world, url)
    call = next(s for s in steps if isinstance(s, ToolCall) and s.name == "ask_question")
    yes = Question.from_args(call.args).items[0].options[0].label
    do("remove the first 10 seconds", world)
    done = do(yes, world)
    assert done.draft is None
    assert "has changed since" in done.reply


def test_heartbeats_and_stop(world):
    """A slow model is waited for with heartbeats; a stopped turn ends at once."""
    slow = threading.Event()
    with served(cutting(0, 5000), delay=slow) as (url, _):
        turn = Agent(AgentSettings(heartbeat_s=0.02, model=Model(url, "tiny"))).turn(WISH, world)
        steps = [next(turn) for _ in range(4)]
        assert sum(isinstance(s, Heartbeat) for s in steps) >= 2
        world.stopped = True
        assert not [s for s in turn if not isinstance(s, Heartbeat)]
        slow.set()


def test_from_environment(monkeypatch):
    """The model is off unless its address is set; a name is optional; its key is in no repr."""
    monkeypatch.delenv("NEMO_LLM_MODEL", raising=False)
    monkeypatch.delenv("NEMO_LLM_URL", raising=False)
    assert Model.from_environment() is None
    monkeypatch.setenv("NEMO_LLM_URL", "http://127.0.0.1:11434/v1")
    assert Model.from_environment() == Model("http://127.0.0.1:11434/v1")
    monkeypatch.setenv("NEMO_LLM_MODEL", "tiny")
    monkeypatch.setenv("NEMO_LLM_KEY", KEY)
    model = Model.from_environment()
    assert (model.url, model.name, model.key) == ("http://127.0.0.1:11434/v1", "tiny", KEY)
    assert KEY not in repr(model)


def test_schemas_are_json_and_complete():
    """Every edit has a schema with a description, and its smallest call makes an edit of its class."""
    json.dumps(schemas())
    assert len({edit.name for edit in EVERY}) == len(EVERY)
    for edit, tool in zip(EVERY, schemas()[: len(EVERY)], strict=True):
        parameters = tool["function"]["parameters"]
        given = {name: least_of(parameters["properties"][name]) for name in parameters["required"]}
        assert tool["function"]["description"]
        assert type(build(edit.name, given)) is edit
