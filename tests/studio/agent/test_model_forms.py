"""What a language model is told, the forms in which it answers, and what its server says instead."""

from __future__ import annotations

import gzip
import json
import threading
import time
import tracemalloc
import zlib
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import httpx
import pytest
from limits import within

from nemo_widgets.studio.agent import Agent, AgentSettings
from nemo_widgets.studio.agent.edits import EVERY
from nemo_widgets.studio.agent.planning import endpoint
from nemo_widgets.studio.agent.planning.model import Model
from nemo_widgets.studio.agent.planning.prompt import messages
from nemo_widgets.studio.agent.planning.wording import in_words
from nemo_widgets.studio.agent.world import Earlier

from .conftest import clip_draft, make_world

WISH = "let the opening 5 seconds breathe away"
KEY = "sk-made-up-0123456789"
ARGUMENTS = {"remove": [{"start_ms": 0, "end_ms": 5000}]}
CALL = {"name": "cut", "arguments": ARGUMENTS}
TEXT = json.dumps(CALL)


@contextmanager
def scripted(*answers):
    """A server that gives one answer (status, headers, body) after another, the last one for ever."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers.get("Content-Length") or 0)
            seen.append((self.path, json.loads(self.rfile.read(length) or b"null")))
            status, headers, body = answers[min(len(seen), len(answers)) - 1]
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_GET(self):
            self.do_POST()

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


def ok(message):
    return 200, {}, {"choices": [{"message": message}]}


def error(status, message, **headers):
    return status, headers, {"error": {"message": message, "code": status}}


def events(*pieces, end=b"data: [DONE]\n\n"):
    body = b"".join(b"data: " + json.dumps(piece).encode() + b"\n\n" for piece in pieces)
    return 200, {"Content-Type": "text/event-stream"}, b": hello\n\n" + body + end


def delta(**given):
    return {"choices": [{"index": 0, "delta": given}]}


def told(world, url, name="tiny", key=""):
    """The turn's end with a model behind this URL."""
    settings = AgentSettings(heartbeat_s=0.02, model=Model(url, name, key))
    return list(Agent(settings).turn(WISH, world))[-1]


CUT = "".join(json.dumps(ARGUMENTS).split())
FORMS = {
    "tool_calls": ok({"tool_calls": [{"function": {"name": "cut", "arguments": CUT}}]}),
    "tool_calls with an object": ok({"tool_calls": [{"function": CALL}]}),
    "flat tool_calls": ok({"content": "", "tool_calls": [CALL]}),
    "function_call": ok({"content": None, "function_call": {"name": "cut", "arguments": CUT}}),
    "content": ok({"content": TEXT}),
    "content, a list": ok({"content": f"[{TEXT}]"}),
    "content, as tool_calls": ok({"content": json.dumps({"tool_calls": [{"function": CALL}]})}),
    "content, as a plan": ok({"content": json.dumps({"plan": [CALL]})}),
    "content, named by its key": ok({"content": json.dumps([{"cut": ARGUMENTS}])}),
    "content, other names": ok({"content": json.dumps({"tool": "cut", "parameters": ARGUMENTS})}),
    "content, in parts": ok({"content": [{"type": "text", "text": TEXT}]}),
    "fenced": ok({"content": f"```json\n[{TEXT}]\n```"}),
    "fenced with tildes": ok({"content": f"Sure:\n~~~json\n{TEXT}\n~~~"}),
    "arguments encoded twice": ok({"tool_calls": [{"function": {**CALL, "arguments": json.dumps(CUT)}}]}),
    "fenced behind words": ok({"content": f"Here is the plan:\n\n```\n{TEXT}\n```\nEnjoy!"}),
    "behind words": ok({"content": f"Sure: {TEXT}"}),
    "behind a thought": ok({"content": f'<think>I could call {{"name": "x"}}</think>\n{TEXT}'}),
    "tagged": ok({"content": f"<tool_call>\n{TEXT}\n</tool_call>"}),
    "tagged, unclosed": ok({"content": f"Well.\n<tool_call>\n{TEXT}"}),
    "function tag": ok({"content": f"<function=cut>{CUT}</function>"}),
    "mistral": ok({"content": f"[TOOL_CALLS][{TEXT}]"}),
    "mistral, by name": ok({"content": f"[TOOL_CALLS]cut[ARGS]{CUT}"}),
    "kimi": ok(
        {
            "content": "<|tool_calls_section_begin|><|tool_call_begin|>functions.cut:0"
            f"<|tool_call_argument_begin|>{CUT}<|tool_call_end|><|tool_calls_section_end|>"
        }
    ),
    "glm": ok(
        {
            "content": "<tool_call>cut\n<arg_key>remove</arg_key>\n<arg_value>"
            f"{json.dumps(ARGUMENTS['remove'])}</arg_value>\n</tool_call>"
        }
    ),
    "between words": ok({"content": f"Here is the plan: [{TEXT}] That makes it shorter."}),
    "in one tick": ok({"content": f"`{TEXT}`"}),
    "commands": ok({"content": json.dumps({"commands": [CALL]})}),
    "tool_uses": ok(
        {"content": json.dumps({"tool_uses": [{"recipient_name": "functions.cut", "parameters": ARGUMENTS}]})}
    ),
    "python tag": ok({"content": f"<|python_tag|>{TEXT}"}),
    "parameter tags": ok(
        {
            "content": f"<tool_call>\n<function=cut>\n<parameter=remove>\n{json.dumps(ARGUMENTS['remove'])}\n"
            "</parameter>\n</function>\n</tool_call>"
        }
    ),
    "parted": ok(
        {
            "content": "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>"
            f"cut\n```json\n{CUT}\n```"
            "<｜tool▁call▁end｜><｜tool▁calls▁end｜>"
        }
    ),
    "code": ok({"content": f"[cut(remove={ARGUMENTS['remove']!r})]"}),
    "JSON within JSON": ok({"content": json.dumps(TEXT)}),
    "a comma too many": ok({"content": f"[{TEXT},]"}),
    "with a comment": ok({"content": f"```json\n// the plan\n{TEXT}\n```"}),
    "Python's quotes": ok({"content": str(CALL)}),
    "invoked": ok(
        {
            "content": f'<invoke name="cut"><parameter name="remove">{json.dumps(ARGUMENTS["remove"])}'
            "</parameter></invoke>"
        }
    ),
    "on a channel": ok(
        {"content": f"<|channel|>commentary to=functions.cut <|constrain|>json<|message|>{CUT}<|call|>"}
    ),
    "tool_use": ok({"content": [{"type": "tool_use", "id": "t", "name": "cut", "input": ARGUMENTS}]}),
    "completion": (200, {}, {"choices": [{"text": TEXT}]}),
    "ollama": (200, {}, {"message": {"tool_calls": [{"function": CALL}]}}),
    "stream of tool_calls": events(
        delta(role="assistant", content=None),
        delta(tool_calls=[{"index": 0, "id": "c1", "function": {"name": "cut", "arguments": ""}}]),
        *(
            delta(tool_calls=[{"index": 0, "function": {"arguments": CUT[i : i + 7]}}])
            for i in range(0, len(CUT), 7)
        ),
        {"choices": [{"delta": {}, "finish_reason": "tool_calls"}]},
    ),
    "stream of text": events(
        *(delta(content=TEXT[i : i + 5]) for i in range(0, len(TEXT), 5)), {"usage": {}}
    ),
    "stream of a function_call": events(
        delta(function_call={"name": "cut", "arguments": ""}),
        delta(function_call={"arguments": CUT}),
        end=b"",
    ),
    "a line each": (
        200,
        {},
        b"\n".join(
            json.dumps({"message": {"content": TEXT[i : i + 9]}}).encode() for i in range(0, len(TEXT), 9)
        ),
    ),
}


@pytest.mark.parametrize("answer", FORMS.values(), ids=FORMS)
def test_every_form_of_a_plan_is_read(answer, world, shown):
    """A plan is carried out in whatever form the server and the model write it."""
    with scripted(answer) as (url, _):
        done = told(world, url)
    assert shown(done.draft) == [(5000, 110_000)]


def test_several_calls_are_read_in_order(world):
    """Several calls, in tags, in a list or in one stream, are all carried out, in their order."""
    title = {"name": "add_title", "arguments": {"text": "opening"}}
    tagged = "".join(f"<tool_call>{json.dumps(c)}</tool_call>\n" for c in (CALL, title))
    pieces = [
        {"index": i, "id": f"c{i}", "function": {"name": c["name"], "arguments": json.dumps(c["arguments"])}}
        for i, c in enumerate((CALL, title))
    ]
    whole = [{"function": piece["function"]} for piece in pieces]
    apart = events(delta(tool_calls=whole[:1]), delta(tool_calls=whole[1:]))
    listed = json.dumps([CALL, title])
    behind = f"{TEXT}\n{json.dumps(title)}"
    for answer in (
        ok({"content": tagged}),
        ok({"content": listed}),
        ok({"content": behind}),
        events(delta(tool_calls=pieces)),
        apart,
    ):
        with scripted(answer) as (url, _):
            assert told(world, url).edits == ["cut", "add_title"]


@pytest.mark.parametrize(
    "content",
    [
        f"I can't do that. It would take {TEXT}",
        f"Sorry, no tool fits. An example:\n```json\n{TEXT}\n```",
        f"A call such as {TEXT} is what I would need, but it does not exist.",
        f"You could use {TEXT} here.",
        f"{TEXT} would do it if there were a clip.",
        f"Shall I do this: {TEXT} or leave it?",
        '{"answer": 42}',
        "cut(remove=open('/etc/passwd'))",
        "[cut(remove=[]), system('x')]",
        "[1, 2, 3]",
        "No tool can do that [yet].",
        "做不到：" + TEXT,
    ],
)
def test_an_example_is_no_plan(content, world):
    """What a model says it can't do is not done, though it writes down a call; its words are quoted."""
    with scripted(ok({"content": content})) as (url, _):
        done = told(world, url)
    assert done.draft is None
    assert "found no way to do that: “" in done.reply


@pytest.mark.parametrize(
    "answer",
    [
        ok({"content": "[" * 50_000}),
        ok({"content": '{"name": "cut", "arguments": ' * 500}),
        ok({"content": f"[{','.join([TEXT] * 40)}]"}),
        ok({"content": "<tool_call>" * 5000}),
        (200, {}, b"x" * 1_100_000),
        (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(100_000_000), 1)),
        (200, {"Content-Encoding": "deflate"}, zlib.compress(bytes(100_000_000), 1)),
        (200, {"Content-Encoding": "br"}, b"x"),
        (200, {"Content-Encoding": "gzip"}, b"no gzip"),
        (200, {}, b"data: {}\n" * 10_000),
        events(delta(tool_calls=["cut"])),
        events(delta(tool_calls={"a": 1}), delta(content={"a": 1}), {"choices": [5]}, {"choices": {"a": 1}}),
        (200, {}, {"choices": [{"message": {"tool_calls": "cut", "content": 5}}]}),
        events(*[delta(tool_calls=[{"index": i, "function": {"name": "cut"}}]) for i in range(500)]),
        ok({"content": "```" + " " * 200_000}),
        ok({"content": "<｜tool▁call▁begin｜>" + " " * 200_000}),
        ok({"content": "<｜tool▁call▁begin｜><｜tool▁sep｜>cut{}" + " " * 200_000}),
        ok({"content": f'{{"name": "cut", "arguments": {{"remove": [{{"start_ms": {"9" * 400}}}]}}}}'}),
    ],
    ids=range(18),
)
def test_answers_without_measure_are_bounded(answer, world):
    """An answer that is too deep, too long or too much changes nothing, and is told at once."""
    begun = time.monotonic()
    tracemalloc.start()
    try:
        with scripted(answer) as (url, _):
            done = told(world, url)
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()
    assert done.draft is None
    assert "Nothing was changed" in done.reply
    assert within(time.monotonic() - begun, 5)


@pytest.mark.parametrize("refuses", [error(400, "This model only supports stream=true"), (200, {}, b"")])
def test_a_server_that_only_streams_is_asked_to(refuses, world, shown):
    """A server that answers only in a stream is asked for one, and its pieces are put together."""
    with scripted(refuses, FORMS["stream of text"]) as (url, seen):
        assert shown(told(world, url).draft) == [(5000, 110_000)]
    assert [body.get("stream") for _, body in seen] == [None, True]


def test_a_server_without_tools_is_told_them_in_words(world, shown):
    """A model that can't call tools is given them in the prompt, and its plan is read from the text."""
    refuses = error(400, "tiny does not support tools")
    with scripted(refuses, FORMS["fenced"]) as (url, seen):
        assert shown(told(world, url).draft) == [(5000, 110_000)]
    assert "tools" not in seen[1][1]
    assert all(edit.name in seen[1][1]["messages"][0]["content"] for edit in EVERY)


@pytest.mark.parametrize(
    ("answer", "words", "variable"),
    [
        (error(401, "Incorrect API key provided"), "Incorrect API key provided", "NEMO_LLM_KEY"),
        (error(403, "Your key has no permission"), "no permission", "NEMO_LLM_KEY"),
        (error(403, "Project has no access to model x"), "no access to model x", "NEMO_LLM_MODEL"),
        (error(403, "Country, region, or territory not supported"), "not supported", "NEMO_LLM_URL"),
        (error(403, f"key {KEY} is not allowed"), "is not allowed", "NEMO_LLM_KEY"),
        (error(404, 'model "tiny" not found, try pulling it first'), "try pulling it", "NEMO_LLM_MODEL"),
        ((404, {}, b"404 page not found"), "404 page not found", "NEMO_LLM_URL"),
        (error(400, "tiny does not support tools"), "tiny does not support tools", "NEMO_LLM_MODEL"),
        ((422, {}, {"detail": [{"msg": "context too long"}]}), "context too long", "NEMO_LLM_MODEL"),
        ((500, {}, {"error": "out of memory"}), "out of memory", "NEMO_LLM_URL"),
        ((503, {}, b"<html><h1>Busy</h1></html>"), "HTTP 503", "NEMO_LLM_URL"),
        ((200, {}, b"<!doctype html><title>Chat</title>"), "answers with a page, and no", "NEMO_LLM_URL"),
        ((200, {}, b"Ollama is running"), "answers with “Ollama is running”", "NEMO_LLM_URL"),
        ((302, {"Location": "http://127.0.0.1:9/"}, b""), "HTTP 302", "NEMO_LLM_URL"),
        ((200, {}, {"error": {"message": "quota used up"}}), "quota used up", "NEMO_LLM_KEY, whose account"),
        (error(402, "Insufficient Balance"), "Insufficient Balance", "NEMO_LLM_KEY, whose account"),
        ((402, {}, b""), "HTTP 402", "NEMO_LLM_KEY, whose account"),
        (error(400, "Your credit balance is too low."), "too low.”", "NEMO_LLM_KEY, whose account"),
        (error(403, "No active subscription"), "No active subscription", "NEMO_LLM_KEY, whose account"),
        (error(429, "You exceeded your current quota"), "exceeded", "NEMO_LLM_KEY, whose account"),
        (error(500, "insufficient_quota"), "insufficient_quota", "NEMO_LLM_KEY, whose account"),
    ],
)
def test_the_servers_own_reason_is_told(answer, words, variable, world):
    """What the server says is quoted, with the variable that it is about, and never with the key."""
    with scripted(answer) as (url, _):
        done = told(world, url, key=KEY)
    assert words in done.reply
    assert f"see {variable}" in done.reply
    assert KEY not in done.reply
    assert done.draft is None


@pytest.mark.parametrize(
    ("answer", "look"),
    [
        (error(402, "Payment required"), "NEMO_LLM_KEY, which is not set: the server answers only accounts"),
        (error(401, "No key"), "NEMO_LLM_KEY, which is not set."),
        (error(429, "Slow down"), "NEMO_LLM_URL, whose server is asked too often: try again later."),
    ],
)
def test_what_is_missing_without_a_key_is_told(answer, look, world):
    """Where no key was sent, what the server wants of one is named as not set, and no address is blamed."""
    with scripted(answer) as (url, _):
        assert f": see {look}" in told(world, url).reply


@pytest.mark.parametrize("words", ["I can't do it.", "Can't be done!", "Why?", "No way…", "No way"])
def test_words_of_a_model_end_once(words, world):
    """A quotation that ends in a stop of its own is followed by no other."""
    for language, end in (("en", " Nothing was changed."), ("zh-CN", "没有做任何改动。")):
        world.language = language
        with scripted(ok({"content": words})) as (url, _):
            settings = AgentSettings(heartbeat_s=0.02, model=Model(url, "tiny"))
            wish = WISH if language == "en" else "让开头再活泼一点"
            reply = list(Agent(settings).turn(wish, world))[-1].reply
        stop = "" if words[-1] in ".!?…" else "." if language == "en" else "。"
        assert f"“{words}”{stop}{end}" in reply


@pytest.mark.parametrize(
    "after", ["0", "0.05", formatdate(usegmt=True), ""], ids=["0", "short", "date", "none"]
)
def test_too_many_requests_are_waited_for_once(after, world, shown):
    """After a 429 it is asked once more, when the server says or a little later."""
    busy = error(429, "Rate limit reached", **({"Retry-After": after} if after else {}))
    with scripted(busy, FORMS["tool_calls"]) as (url, seen):
        assert shown(told(world, url).draft) == [(5000, 110_000)]
    assert len(seen) == 2


@pytest.mark.parametrize("after", [", 1 2 3", "Mon, 1 Jan 99999 0:0:0 GMT", "²", "nan", "-1e400", "x" * 5000])
def test_when_to_come_again_may_be_nonsense(after):
    """Whatever a server writes there is a time to wait, and that a short one."""
    answer = httpx.Response(429, headers=[(b"retry-after", after.encode("latin-1"))])
    assert 0 <= endpoint._wait_s(answer) <= 1


def test_a_compressed_answer_is_read(world, shown):
    """A server that compresses though it was asked not to is understood."""
    status, headers, body = FORMS["tool_calls"]
    packed = gzip.compress(body if isinstance(body, bytes) else json.dumps(body).encode())
    with scripted((status, {**headers, "Content-Encoding": "gzip"}, packed)) as (url, _):
        assert shown(told(world, url).draft) == [(5000, 110_000)]


@pytest.mark.parametrize(("after", "asked"), [("0", 2), ("3600", 1), ("inf", 1)])
def test_a_limit_that_stays_is_told(after, asked, world):
    """A second 429 and a wait that is too long are told in the server's words."""
    with scripted(error(429, "Rate limit reached", **{"Retry-After": after})) as (url, seen):
        done = told(world, url, key=KEY)
    assert "HTTP 429: “Rate limit reached”" in done.reply
    assert "NEMO_LLM_KEY" in done.reply
    assert len(seen) == asked


def test_a_server_with_one_model_needs_no_name(world, shown):
    """Without a name, the only model that the server lists is asked; one for embeddings is none."""
    models = 200, {}, {"data": [{"id": "nomic-embed-text"}, {"id": "qwen3"}]}
    with scripted(models, FORMS["tool_calls"]) as (url, seen):
        done = told(world, url, name="")
    assert shown(done.draft) == [(5000, 110_000)]
    assert done.reply.startswith("qwen3 planned this")
    assert [path for path, _ in seen] == ["/v1/models", "/v1/chat/completions"]
    assert seen[1][1]["model"] == "qwen3"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((200, {}, {"data": [{"id": "a"}, {"id": "b"}]}), "a, b"),
        ((200, {}, {"data": []}), "it names no model"),
        ((404, {}, b"nothing here"), "nothing here"),
        ((200, {}, b"[[[["), "it names no model"),
        ((200, {}, {"data": [{"id": ["m"]}, {"id": {}}, {"name": 5}, [], None]}), "it names no model"),
    ],
)
def test_which_name_to_set_is_told(answer, words, world):
    """Where the server has several models or tells of none, it is said which name to set."""
    with scripted(answer) as (url, seen):
        done = told(world, url, name="")
    assert words in done.reply
    assert "NEMO_LLM_MODEL" in done.reply
    assert [path for path, _ in seen] == ["/v1/models"]


@pytest.mark.parametrize(
    ("begin", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", b" "),
        (b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
        (b"HTTP/1.1 200 O", b"K"),
    ],
    ids=["a body", "informational answers", "a head"],
)
def test_a_server_that_never_ends_is_left(world, monkeypatch, begin, drop):
    """An answer that comes drop by drop is given up once the time for all of the turn's requests is over."""
    drops, late = threading.Event(), []
    clock = SimpleNamespace(monotonic=lambda: time.monotonic() + 40 * bool(late))
    monkeypatch.setattr("nemo_widgets.studio.agent.planning.endpoint.time", clock)

    class Dripping(BaseHTTPRequestHandler):
        def do_POST(self):
            self.wfile.write(begin)
            threading.Timer(0.2, late.append, [True]).start()
            while not drops.wait(0.02):
                try:
                    self.wfile.write(drop)
                except OSError:
                    return

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Dripping)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        model = Model(f"http://127.0.0.1:{server.server_address[1]}", "tiny", timeout_s=30)
        done = list(Agent(AgentSettings(heartbeat_s=0.02, model=model)).turn(WISH, world))[-1]
    finally:
        drops.set()
        server.shutdown()
        server.server_close()
        thread.join()
    assert "no whole answer within 30 s" in done.reply


def _prompt(world):
    return messages(WISH, world)[-1]["content"]


def test_the_prompt_holds_every_segment():
    """The model sees each clip with number, times and look, each text, the music and the last messages."""
    draft = clip_draft(*((f"/m/{n}", f"clip {n}", 2500) for n in range(1, 8)))
    clip = draft["t"][0]["sg"][1]["m"]
    clip |= {"looks": [{"type": "sepia"}], "volume": 0.5, "transition": {"type": "crossfade", "d": 400}}
    title = {"d": 3000, "m": {"start": 1000, "text": 'Say "hi"\nall'}}
    song = {"d": 9000, "m": {"start": 0, "name": "Lo-fi", "volume": 0.35}}
    draft["t"] += [
        {"tt": 7, "m": {"name": "Title"}, "sg": [title]},
        {"tt": 1, "m": {"name": "BGM"}, "sg": [song]},
    ]
    world = make_world(draft)
    world.earlier = [Earlier("make the second bit sepia", "Made clip 2 sepia.", changed=True)]
    prompt = _prompt(world)
    rows = prompt.splitlines()
    assert all(any(row.startswith(f'{n} | "clip {n}" | ') for row in rows) for n in range(1, 8))
    assert next(row for row in rows if row.startswith("2 |")).endswith("| 0.5 | 1 | sepia | crossfade 400 ms")
    assert '3 | "clip 3" | 5000 | 7500 | 5.00-7.50 | 1 | 1 | none | none' in rows
    assert json.dumps('Say "hi"\nall') in prompt
    assert '"Lo-fi"' in prompt
    assert "0.35" in prompt
    assert 'User: "make the second bit sepia"' in prompt
    assert 'You (changed the timeline): "Made clip 2 sepia."' in prompt


def test_a_long_timeline_is_abridged_in_the_middle():
    """Above 200 rows the middle is left out and said to be, and the prompt stays within its bounds."""
    draft = clip_draft(*((f"/m/{n}", "x" * 500, 1000) for n in range(1, 5001)))
    prompt = _prompt(make_world(draft))
    assert "... rows 121 to 4920 are left out: 4800 of 5000 ..." in prompt
    assert "\n120 | " in prompt
    assert "\n121 | " not in prompt
    assert "\n5000 | " in prompt
    assert len(prompt) < 60_000


def test_every_tool_is_put_in_words():
    """Each tool has words of both languages, so that no plan is shown as JSON."""
    for edit in EVERY:
        words = in_words([(edit.name, {"span": {"start_ms": 10_000, "end_ms": 80_000}, "text": "X y"})])
        assert words.en == words.en.replace("{", "")
        assert "_" not in words.en + words.zh
        assert "0:10–1:20" in words.en
        assert words.zh[0] > "\u4e00"


@pytest.mark.parametrize(
    ("calls", "en", "zh"),
    [
        (
            [("cut", {"remove": [{"start_ms": 10_000, "end_ms": 80_000}]}), ("add_title", {"text": "X"})],
            "cut 0:10–1:20, add the title “X”",
            "剪切 0:10–1:20，添加标题“X”",
        ),
        (
            [("cut", {"keep": [{"clip": 2}, {"start_ms": 90_000}]})],
            "keep only clip 2 and from 1:30 on",
            "只保留第 2 段、1:30 之后",
        ),
        ([("move", {"what": {"clip": 3}, "to": "start"})], "move clip 3 to the start", "移动第 3 段到开头"),
        (
            [("speed", {"factor": 2, "where": {"clip": 1}})],
            "change the speed 2× clip 1",
            "变速 2× 第 1 段",
        ),
        ([("trim_to", {"length_ms": 3000})], "trim the clips length 3 s", "修剪片段时长 3 秒"),
    ],
)
def test_a_plan_is_said_in_words(calls, en, zh):
    """A plan's calls read as what they do, with times as people write them."""
    assert (in_words(calls).en, in_words(calls).zh) == (en, zh)


def test_words_of_a_plan_are_bounded():
    """However much is planned, a choice stays short enough to be shown whole."""
    calls = [("add_title", {"text": "long " * 300})] * 30
    assert len(in_words(calls).en) <= 220
