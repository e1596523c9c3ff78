"""A turn's text is said once, in order, without the sentence that means nothing."""

from __future__ import annotations

import json

import pytest

from nemo_widgets.client import (
    ErrorEvent,
    HeartbeatEvent,
    Stage,
    TextEvent,
    ToolCallEvent,
    ToolResultEvent,
    Transcript,
    UnknownEvent,
)
from nemo_widgets.client.events import decode, parse
from nemo_widgets.client.other_shapes import holds_words
from nemo_widgets.client.sse import Decoder

ISSUE = "I encountered a temporary issue. Please try again."
CALL, RESULT = ToolCallEvent("c1", "cut"), ToolResultEvent("c1", "cut")


def piece(text):
    return TextEvent(text, partial=True)


TABLE = {
    "nothing": ([], "", None),
    "pieces only": ([piece("Re"), piece("moved.")], "Removed.", None),
    "whole only": ([TextEvent("Removed.")], "Removed.", None),
    "pieces and the whole": ([piece("Re"), piece("moved."), TextEvent("Removed.")], "Removed.", None),
    "the whole has more": ([piece("Re"), TextEvent("Removed.")], "Removed.", None),
    "the whole says it differently": ([piece("Reemo"), TextEvent("Removed.")], "Removed.", None),
    "the whole twice": ([piece("Hi"), TextEvent("Hi"), TextEvent("Hi")], "Hi", None),
    "the whole in a shape of pieces": ([piece("Re"), piece("moved."), piece("Removed.")], "Removed.", None),
    "pieces that all begin anew": (
        [piece("One"), piece("One two"), piece("One two three")],
        "One two three",
        None,
    ),
    "pieces that all begin anew, then the whole": (
        [piece("I"), piece("I cut"), piece("I cut it."), TextEvent("I cut it.")],
        "I cut it.",
        None,
    ),
    "pieces that all begin anew, twice": (
        [piece("Cut"), piece("Cut it"), piece("Cut it"), piece("Cut"), piece("Cut it.")],
        "Cut it.",
        None,
    ),
    "pieces that begin anew and mend": (
        [
            piece("Cut the firs"),
            piece("Cut the first one"),
            piece("Cut the second one"),
            piece("Cut the second one."),
        ],
        "Cut the second one.",
        None,
    ),
    "pieces that all begin anew, in Chinese": (
        [piece("我"), piece("我把前"), piece("我把前两秒")],
        "我把前两秒",
        None,
    ),
    "pieces that begin alike by chance": (
        [piece("1"), piece("10"), piece(" ha"), piece("ha")],
        "110 haha",
        None,
    ),
    "wholes that all begin anew": (
        [TextEvent("One"), TextEvent("One two"), TextEvent("One two three")],
        "One two three",
        None,
    ),
    "pieces that nobody calls so": (
        [TextEvent("Hel"), TextEvent("lo wor"), TextEvent("ld")],
        "Hello world",
        None,
    ),
    "pieces that nobody calls so, then the whole": (
        [TextEvent("Hel"), TextEvent("lo, "), TextEvent("World"), TextEvent("."), TextEvent("Hello, World.")],
        "Hello, World.",
        None,
    ),
    "pieces that nobody calls so, in Chinese": (
        [TextEvent("我把前"), TextEvent("两秒"), TextEvent("剪掉了。"), TextEvent("完成。")],
        "我把前两秒剪掉了。\n\n完成。",
        None,
    ),
    "pieces of a time": ([TextEvent("Cut at 0:"), TextEvent("4"), TextEvent("5.")], "Cut at 0:45.", None),
    "two whole texts without a tool": (
        [TextEvent("Cut it."), TextEvent("Added a title.")],
        "Cut it.\n\nAdded a title.",
        None,
    ),
    "whole texts with a call between": (
        [TextEvent("cutting"), CALL, TextEvent("done")],
        "cutting\n\ndone",
        None,
    ),
    "the same piece twice": ([piece("ha"), piece("ha")], "haha", None),
    "the same words again after a tool": (
        [TextEvent("Done."), CALL, RESULT, TextEvent("Done.")],
        "Done.\n\nDone.",
        None,
    ),
    "the whole of what a call stood between": (
        [piece("Cut "), CALL, piece("and joined."), TextEvent("Cut and joined.")],
        "Cut and joined.",
        None,
    ),
    "the whole of two texts at the end": (
        [piece("One.\n\n"), CALL, RESULT, piece("Two."), TextEvent("One.\n\nTwo. Three.")],
        "One.\n\nTwo. Three.",
        None,
    ),
    "a whole that says it differently after a call": (
        [piece("Cuttin"), CALL, TextEvent("Something else.")],
        "Cuttin\n\nSomething else.",
        None,
    ),
    "half a character in each of two pieces": (
        [piece("A \ud83d"), HeartbeatEvent(), piece("\ude00 B")],
        "A 😀 B",
        None,
    ),
    "half a character, then the whole": ([piece("A \ud83d"), TextEvent("A 😀")], "A 😀", None),
    "a character that is only half there": ([piece("A \ude00 B")], "A \ufffd B", None),
    "issue with more behind it in its line": (
        [TextEvent("Done."), TextEvent("I encountered a temporary issue. Error 7, sorry.")],
        "Done.",
        None,
    ),
    "issue with more in the next line": (
        [piece("I encountered a temporary issue.\n"), piece("\n"), piece("But mended it.")],
        "I encountered a temporary issue.\n\nBut mended it.",
        None,
    ),
    "two texts": ([TextEvent("Cutting."), CALL, RESULT, TextEvent("Done.")], "Cutting.\n\nDone.", None),
    "two texts in pieces": (
        [
            piece("Cut"),
            piece("ting."),
            TextEvent("Cutting."),
            CALL,
            piece("Do"),
            piece("ne."),
            TextEvent("Done."),
        ],
        "Cutting.\n\nDone.",
        None,
    ),
    "a call between pieces and their whole": (
        [piece("Cut"), CALL, TextEvent("Cutting."), RESULT],
        "Cutting.",
        None,
    ),
    "a call between two texts in pieces": ([piece("One."), CALL, piece("Two.")], "One.\n\nTwo.", None),
    "issue after text": ([TextEvent("Done."), TextEvent(ISSUE)], "Done.", None),
    "issue in pieces after text": (
        [piece("Done.\n"), piece("I encountered a tem"), piece("porary issue")],
        "Done.",
        None,
    ),
    "issue as an error after text": ([TextEvent("Done."), ErrorEvent(ISSUE, "T")], "Done.", None),
    "issue after a tool alone": ([CALL, RESULT, TextEvent(ISSUE)], "", None),
    "issue alone": ([TextEvent(ISSUE)], "", ISSUE),
    "issue in Chinese after text": (
        [TextEvent("剪好了。"), TextEvent("我遇到了一个临时问题。")],
        "剪好了。",
        None,
    ),
    "issue in Chinese, in pieces": (
        [piece("我遇到了"), piece("一个临时"), piece("问题，请稍后再试。")],
        "",
        "我遇到了一个临时问题，请稍后再试。",
    ),
    "no issue in Chinese": ([piece("我遇到"), piece("了一片海滩。")], "我遇到了一片海滩。", None),
    "issue alone in pieces": (
        [piece("I encountered"), piece(" a temporary issue")],
        "",
        "I encountered a temporary issue",
    ),
    "issue alone as an error": ([ErrorEvent(ISSUE, "T")], "", ISSUE),
    "issue, then text": ([TextEvent(ISSUE), TextEvent("Done.")], ISSUE + "\n\nDone.", None),
    "a sentence that only begins so": (
        [TextEvent("I encountered a temporary issue with the sound and mended it.")],
        "I encountered a temporary issue with the sound and mended it.",
        None,
    ),
    "a tool's failure and no word": (
        [CALL, ToolResultEvent("c1", "cut", {"error": "There is no clip 7."})],
        "",
        "There is no clip 7.",
    ),
    "a tool's failure in other forms": (
        [
            TextEvent("I cut."),
            CALL,
            ToolResultEvent("c1", "cut", '{"isError": true, "message": "No clip 7."}'),
        ],
        "I cut.",
        "No clip 7.",
    ),
    "a tool's failure by a code": (
        [CALL, ToolResultEvent("c1", "cut", {"status": "error", "error_message": "E_CLIP"})],
        "",
        "The agent's tool stopped (E_CLIP).",
    ),
    "a tool's failure by a number": (
        [CALL, ToolResultEvent("c1", "cut", {"code": 2001, "message": "No credits are left."})],
        "",
        "No credits are left.",
    ),
    **{
        f"a tool whose work was not applied, {held}": (
            [CALL, ToolResultEvent("c1", "cut", held)],
            "",
            f"What the tool did was not applied to the timeline{why}",
        )
        for held, why in (
            ('{"session_state_applied": false}', "."),
            ('{"status": "success", "data": {"applied": false, "message": "Cut 3 s."}}', ": Cut 3 s."),
            ('{"result": {"stateApplied": "false", "reason": "conflict"}}', ": conflict."),
        )
    },
    **{
        f"a tool's failure, {held}": ([CALL, ToolResultEvent("c1", "cut", held)], "", "No clip 7.")
        for held in (
            {"code": -1, "msg": "No clip 7."},
            {"status": "FAILED", "reason": "No clip 7."},
            {"status": "失败", "message": "No clip 7."},
            {"result": "Error: No clip 7."},
            {"output": "ValueError: No clip 7."},
            "failed: No clip 7.",
            "错误：No clip 7.",
            {"exit_code": 1, "stderr": "No clip 7."},
            {"results": [{"ok": True}, {"ok": False, "error": "No clip 7."}]},
            {"statusCode": 500, "body": "No clip 7."},
            {"validationError": {"message": "No clip 7."}},
            {"content": [{"type": "text", "text": "Error: No clip 7."}]},
            {"ok": 0, "msg": "No clip 7."},
        )
    },
    **{
        f"a tool that did not fail, {held}": ([CALL, ToolResultEvent("c1", "cut", held)], "", None)
        for held in (
            {"code": 0, "msg": "It went well."},
            {"code": 200, "message": "It went well.", "last_error": None},
            {"status": "成功", "message": "Cut."},
            {"exit_code": 0, "stderr": "a warning"},
            {"results": [{"ok": True, "error": ""}], "errors": []},
            {"result": "Errors were mended.", "rms_error": 0.2},
            {"status": "no_errors"},
            "Failed takes were cut.",
        )
    },
    **{
        f"a tool's failure, {word}": (
            [CALL, ToolResultEvent("c1", "cut", word)],
            "",
            f"The agent's tool stopped ({word}).",
        )
        for word in ("error", "失败")
    },
    "a tool without success": (
        [CALL, ToolResultEvent("c1", "cut", {"output": {"success": False}})],
        "",
        "The agent's tool stopped (it does not say why).",
    ),
    "a tool's failure, and it goes on": (
        [CALL, ToolResultEvent("c1", "cut", {"error": "No clip 7."}), TextEvent("I cut clip 6.")],
        "I cut clip 6.",
        None,
    ),
    "a tool's failure, and another try": (
        [CALL, ToolResultEvent("c1", "cut", {"error": "No clip 7."}), CALL, ToolResultEvent("c1", "cut", {})],
        "",
        None,
    ),
    "a tool's failure of none": (
        [CALL, ToolResultEvent("c1", "cut", {"error": "none", "ok": True})],
        "",
        None,
    ),
    "an error is an error": ([TextEvent("Half"), ErrorEvent("boom")], "Half", "boom"),
    "heartbeats": ([HeartbeatEvent(), piece("Hi"), HeartbeatEvent()], "Hi", None),
}


@pytest.mark.parametrize(("events", "text", "error"), TABLE.values(), ids=TABLE)
def test_turn(events, text, error):
    """Each turn ends with this text and this error."""
    transcript = Transcript()
    for event in events:
        transcript.feed(event)
    assert (transcript.text, transcript.error) == (text, error)


def openai(*calls):
    return {"choices": [{"index": 0, "delta": {"role": "assistant", "tool_calls": list(calls)}}]}


def scrap(index, arguments, **more):
    return {"index": index, **more, "function": {"arguments": arguments}}


def begun(index, call_id, name, arguments=""):
    return {"index": index, "id": call_id, "function": {"name": name, "arguments": arguments}}


def anthropic(kind, **more):
    return {"type": f"content_block_{kind}", "index": 1, **more}


ASKS = {"prompt": "Which clip do you mean?", "options": ["one", "two"]}
ARGUMENTS = json.dumps(ASKS)
STREAMED = {
    "OpenAI": [openai(begun(0, "c", "cut")), *(openai(scrap(0, c)) for c in '{"a": 1}')],
    "OpenAI, two side by side": [
        openai(begun(0, "c", "cut"), begun(1, "d", "mix", '{"b"')),
        openai(scrap(1, ": 2}"), scrap(0, '{"a":')),
        openai(scrap(0, " 1}")),
    ],
    "OpenAI, the same place after an answer": [
        openai(begun(0, "c", "cut"), scrap(0, '{"a": 1}')),
        {"type": "tool_result", "id": "c", "name": "cut", "result": {}},
        openai(begun(0, "d", "mix"), scrap(0, '{"b": 2}')),
    ],
    "OpenAI, the older": [
        {"choices": [{"delta": {"function_call": {"name": "cut", "arguments": '{"a'}}}]},
        {"choices": [{"delta": {"function_call": {"arguments": '": 1}'}}}]},
    ],
    "OpenAI, whole in a piece": [openai(begun(0, "c", "cut", '{"a": 1}'))],
    "OpenAI, Responses": [
        {
            "type": "response.output_item.added",
            "output_index": 0,
            "item": {"type": "function_call", "call_id": "c", "name": "cut", "arguments": ""},
        },
        {"type": "response.function_call_arguments.delta", "output_index": 0, "delta": '{"a": '},
        {"type": "response.function_call_arguments.delta", "output_index": 0, "delta": "1}"},
        {"type": "response.function_call_arguments.done", "output_index": 0, "arguments": '{"a": 1}'},
        {
            "type": "response.output_item.done",
            "output_index": 0,
            "item": {"type": "function_call", "call_id": "c", "name": "cut", "arguments": '{"a": 1}'},
        },
    ],
    "Anthropic": [
        anthropic("start", content_block={"type": "tool_use", "id": "c", "name": "cut", "input": {}}),
        anthropic("delta", delta={"type": "input_json_delta", "partial_json": '{"a": '}),
        anthropic("delta", delta={"type": "input_json_delta", "partial_json": "1}"}),
        anthropic("stop"),
    ],
    "cut off": [openai(begun(0, "c", "cut")), openai(scrap(0, '{"a": 1, "text": "I cut'))],
}


@pytest.mark.parametrize(("name", "events"), STREAMED.items(), ids=STREAMED)
def test_calls_in_pieces_are_put_together(name, events):
    """A call whose arguments come in scraps is one call with all of them, and no scrap is told as words."""
    transcript = Transcript()
    for value in events:
        for event in parse(value):
            assert transcript.feed(event) is None
            assert not (isinstance(event, UnknownEvent) and holds_words(event.raw))
    told = [(call.name, call.args) for call in transcript.tool_calls]
    cut = ("cut", {} if name == "cut off" else {"a": 1})
    assert told == ([cut, ("mix", {"b": 2})] if len(told) > 1 else [cut])
    assert transcript.text == ""


def test_a_question_in_pieces_is_asked():
    """Where the call that comes in pieces is a question, the turn ends with it."""
    transcript = Transcript()
    for value in (openai(begun(0, "q", "ask_question")), *(openai(scrap(0, c)) for c in ARGUMENTS)):
        for event in parse(value):
            transcript.feed(event)
    assert transcript.question is not None
    assert transcript.question.args == ASKS


@pytest.mark.parametrize(("events", "text", "error"), TABLE.values(), ids=TABLE)
def test_deltas_make_the_text(events, text, error):
    """Who shows the deltas, and all anew where it is said to, shows the text, but for what is held back."""
    transcript, shown = Transcript(), ""
    for event in events:
        if (delta := transcript.feed(event)) is not None:
            shown = shown + delta if delta else transcript.text
    assert shown.strip() == text
    assert error is None or ISSUE[:31] not in shown


def test_tool_calls_once():
    """A call that is told twice is one call; calls without an id are all kept."""
    transcript = Transcript()
    for event in (CALL, CALL, ToolCallEvent("", "x"), ToolCallEvent("", "x")):
        transcript.feed(event)
    assert [c.name for c in transcript.tool_calls] == ["cut", "x", "x"]


def partial(call_id, name, **args):
    return ToolCallEvent(call_id, name, args, partial=True)


CALLS = {
    "in pieces without an id, then whole": (
        [partial("", "cut"), partial("", "cut", a=1), ToolCallEvent("", "cut", {"a": 1, "b": 2})],
        [("", {"a": 1, "b": 2})],
    ),
    "in pieces under one id, then whole": (
        [partial("p", "cut"), partial("p", "cut", a=1), ToolCallEvent("p", "cut", {"a": 2})],
        [("p", {"a": 2})],
    ),
    "whole under another id": (
        [partial("p", "cut", a=1), ToolCallEvent("w", "cut", {"a": 1})],
        [("w", {"a": 1})],
    ),
    "two in pieces, then both whole": (
        [
            partial("", "cut", a=1),
            partial("", "cut", b=1),
            ToolCallEvent("", "cut", {"a": 1}),
            ToolCallEvent("", "cut", {"b": 1}),
        ],
        [("", {"a": 1}), ("", {"b": 1})],
    ),
    "another tool in between": (
        [
            partial("", "cut", a=1),
            partial("", "mix"),
            ToolCallEvent("", "cut", {"a": 1}),
            ToolCallEvent("", "mix"),
        ],
        [("", {"a": 1}), ("", {})],
    ),
    "only in pieces": ([partial("", "cut", a=1)], [("", {"a": 1})]),
    "again after its answer": (
        [partial("", "cut"), ToolCallEvent("", "cut"), ToolResultEvent("", "cut"), ToolCallEvent("", "cut")],
        [("", {}), ("", {})],
    ),
}


@pytest.mark.parametrize(("events", "expected"), CALLS.values(), ids=CALLS)
def test_calls_told_in_pieces(events, expected):
    """A call that is streamed as it is made up, with an id or without, is one call, as it was last told."""
    transcript = Transcript()
    for event in events:
        transcript.feed(event)
    assert [(call.id, call.args) for call in transcript.tool_calls] == expected


ASK = ToolCallEvent("q", "ask_question", {"title": "Which?"})
ENDS = {
    "nothing": ([], False),
    "heartbeats": ([HeartbeatEvent()], False),
    "a whole text": ([TextEvent("Done.")], True),
    "pieces": ([piece("Do"), piece("ne.")], False),
    "pieces and the whole": ([piece("Done."), TextEvent("Done.")], True),
    "pieces and the whole as a piece": ([piece("Do"), piece("ne."), piece("Done.")], True),
    "a piece that names the end": ([piece("Do"), TextEvent("ne.", partial=True, last=True)], True),
    "pieces, then an end without words": ([piece("Done."), UnknownEvent({"finishReason": "STOP"})], True),
    "a whole text, then more": ([TextEvent("One."), piece("Tw")], False),
    "a whole text, then a call": ([TextEvent("Cutting."), CALL], False),
    "a call's own end": ([TextEvent("Cutting."), CALL, UnknownEvent({"finishReason": "STOP"})], False),
    "the turn's end in spite of a call": ([CALL, UnknownEvent({"turnComplete": True})], True),
    "a silent edit": ([CALL, RESULT], False),
    "a silent edit that names its end": ([CALL, RESULT, UnknownEvent({"turnComplete": True})], True),
    "text after a tool": ([CALL, RESULT, TextEvent("Done.")], True),
    "whole text, then heartbeats": (
        [TextEvent("Done."), HeartbeatEvent(), UnknownEvent({"actions": {}})],
        True,
    ),
    "a question": ([piece("Hm."), ASK], True),
    "a question that was noted": ([ASK, ToolResultEvent("q", "ask_question")], True),
    "an error": ([piece("Ha"), ErrorEvent("boom")], True),
}


@pytest.mark.parametrize(("events", "finished"), ENDS.values(), ids=ENDS)
def test_finished(events, finished):
    """A turn is finished once it has shown its own end; that its stream stopped is no sign of it."""
    transcript = Transcript()
    for event in events:
        transcript.feed(event)
    assert transcript.finished is finished


CLIP, MUSIC = ToolCallEvent("g", "generate_clip"), ToolCallEvent("m", "add_music")
STAGES = {
    "nothing": ([], []),
    "words only": ([TextEvent("Hi.")], [((), "Hi.")]),
    "one tool, announced and told of": (
        [TextEvent("Cutting."), CALL, RESULT, TextEvent("Done.")],
        [((CALL,), "Cutting.\n\nDone.")],
    ),
    "a clip, then music by itself": (
        [
            CLIP,
            ToolResultEvent("g", "generate_clip"),
            piece("Here "),
            piece("it is."),
            MUSIC,
            TextEvent("And music."),
        ],
        [((CLIP,), "Here it is."), ((MUSIC,), "And music.")],
    ),
    "two tools, then words": ([CLIP, MUSIC, TextEvent("Done.")], [((CLIP, MUSIC), "Done.")]),
    "pieces whose whole comes after the next call": (
        [CLIP, piece("Her"), MUSIC, TextEvent("Here."), TextEvent("And music.")],
        [((CLIP,), "Here."), ((MUSIC,), "And music.")],
    ),
    "a second stage without words": ([CLIP, TextEvent("Here."), MUSIC], [((CLIP,), "Here."), ((MUSIC,), "")]),
    "a call told twice is no new stage": (
        [CLIP, TextEvent("Here."), CLIP, TextEvent("Yes.")],
        [((CLIP,), "Here.\n\nYes.")],
    ),
    "the sentence that means nothing": (
        [CLIP, TextEvent("Here."), MUSIC, TextEvent(ISSUE)],
        [((CLIP,), "Here."), ((MUSIC,), "")],
    ),
}


@pytest.mark.parametrize(("events", "expected"), STAGES.values(), ids=STAGES)
def test_stages(events, expected):
    """A turn is split where words end and new tool calls begin, and no word and no call is lost."""
    transcript = Transcript()
    for event in events:
        transcript.feed(event)
    assert transcript.stages == [Stage(*stage) for stage in expected]


TURNS = {
    "pieces": lambda n: [piece("word ")] * n,
    "pieces of the dropped sentence": lambda n: [piece(ISSUE)] + [piece("and so ")] * n,
    "white space": lambda n: [piece(" ")] * n,
    "pieces and calls": lambda n: [
        e for i in range(n // 2) for e in (piece("word "), ToolCallEvent(str(i), "cut"))
    ],
    "partial calls": lambda n: [partial("", "cut", **{str(i): 1}) for i in range(n)],
    "partial calls, then whole": lambda n: [
        *(partial("", f"t{i % 7}", **{str(i): 1}) for i in range(n // 2)),
        *(ToolCallEvent("", f"t{i % 7}", {str(i): 1}) for i in range(n // 2)),
    ],
    "whole texts": lambda n: [TextEvent(f"text {i}") for i in range(n)],
    "pieces that nearly repeat all": lambda n: [piece("a" * (1 << min(i, 14))) for i in range(n // 64)],
}


@pytest.mark.parametrize("make", TURNS.values(), ids=TURNS)
def test_linear_time(growth, make):
    """Eight times as many events take about eight times as long, with the text read at the end."""

    def collect(events):
        transcript = Transcript()
        for event in events:
            transcript.feed(event)
        assert transcript.text is not None
        assert transcript.stages is not None

    assert growth(make, collect, 2_500) < 24


def test_question():
    """A turn that ends with a question to the user says so."""
    transcript = Transcript()
    transcript.feed(ask := ToolCallEvent("q", "ask_question", {"title": "Which?"}))
    assert transcript.question == ask


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("streaming.http", "Removed 0:45 to 1:20 and joined the rest smoothly."),
        ("llm_agent.sse", "Cutting now.\n\nRemoved 0:45 to 1:20 and joined the rest."),
        ("agent_exception.http", ""),
        ("error_event.http", ""),
    ],
)
def test_recorded(recorded, name, text):
    """What real ADK servers sent becomes the text that was meant."""
    transcript = Transcript()
    for message in Decoder().feed(recorded(name)):
        for event in decode(message):
            transcript.feed(event)
    assert transcript.text == text
    assert bool(transcript.error) is (not text)
