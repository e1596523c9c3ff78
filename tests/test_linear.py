"""No text that others wrote costs the client more than its size."""

import json
import re
from pathlib import Path

import pytest
from growth import HOSTILE, WORST, assert_linear, growth, nested, pumped

from nemo_widgets import gui_talk, json_text
from nemo_widgets.client import ArgumentsEvent, Credits, models, other_shapes, retry_after
from nemo_widgets.client.envelope import Reader, Reply
from nemo_widgets.client.event_types import TextEvent, ToolCallEvent
from nemo_widgets.client.events import decode
from nemo_widgets.client.held_back import without_issue
from nemo_widgets.client.identity import Grant
from nemo_widgets.client.json_lines import JsonLines, page_in
from nemo_widgets.client.render_status import RenderStatus
from nemo_widgets.client.render_words import incomplete, state_word
from nemo_widgets.client.sse import Decoder, Message
from nemo_widgets.client.tool_failures import tool_failure
from nemo_widgets.client.transcript import Transcript
from nemo_widgets.client.upload_answer import UploadAnswer
from nemo_widgets.draft import Draft, describe, edited
from nemo_widgets.draft.wording import plain, short
from nemo_widgets.errors import NemoError, ServerError
from nemo_widgets.export_formats import nearest_format
from nemo_widgets.journal import Record
from nemo_widgets.languages import language_code, written_in
from nemo_widgets.links import link_name, plain_links, veiled, without_query
from nemo_widgets.printable import printable
from nemo_widgets.question import Question, bare, escaped
from nemo_widgets.reasons import is_code, says_nothing, sentence
from nemo_widgets.routing import route
from nemo_widgets.running.asking import asked_in_words
from nemo_widgets.running.at_work import says_at_work
from nemo_widgets.running.failure import failure_of
from nemo_widgets.running.intent import answered, intent_of
from nemo_widgets.running.naming import told_format
from nemo_widgets.running.outcome import Answer, Timeline
from nemo_widgets.running.recovery import Truth
from nemo_widgets.running.refusal import says_no
from nemo_widgets.running.stream import note
from nemo_widgets.running.undone import GIVEN_UP, UNTOUCHED
from nemo_widgets.safe_markdown import safe_markdown
from nemo_widgets.session_register import Noted
from nemo_widgets.widgets.markdown import blocks
from nemo_widgets.widgets.stills import _shown_words
from nemo_widgets.widgets.timeline import timeline_png

REFUSES = (NemoError, ValueError)
"""With these the readers of files and answers say that something is none of theirs."""
MOST = 1 << 16


def _fed(decoder, data, size):
    """All messages of bytes that come in pieces of a size."""
    found = [m for at in range(0, len(data), size) for m in decoder.feed(data[at : at + size])]
    return [*found, *decoder.end()]


def _bytes(text):
    return text.encode("utf-8", "replace")


def _answer(text):
    """The error of an answer that says this everywhere."""
    body = _bytes(json.dumps({"message": text, "request_id": text}))
    return Reader("https://w").read(Reply(500, {"location": text, "retry-after": text}, body))


def _heard(size):
    """A reader of an answer's words that come in pieces of a size."""

    def hear(text):
        transcript = Transcript()
        for at in range(0, len(text), size):
            transcript.feed(TextEvent(text[at : at + size], partial=True))
        return transcript.text, transcript.stages, transcript.error

    return hear


def _called(text):
    """A tool's call whose arguments come a character at a time."""
    transcript = Transcript()
    transcript.feed(ToolCallEvent("", "cut", partial=True))
    for piece in text:
        transcript.feed(ArgumentsEvent("", piece))
    return transcript.tool_calls


def _asked(text):
    question = Question.from_args({"title": text, "questions": [{"prompt": text, "options": text}]})
    return question and (question.markdown(), question.plain())


def _came_to_nothing(text):
    return GIVEN_UP.match(text), UNTOUCHED.match(text)


def _failed(text):
    """The error of an edit of which an agent says this."""
    truth = Truth(Answer.ERROR, Timeline.UNCHANGED, Draft({}), error=text, beside=text)
    return failure_of(truth, text, None, "", ()), failure_of(truth, text, ServerError(text), text, ())


TEXTS = {
    "Markdown that is saved": safe_markdown,
    "Markdown that is shown": blocks,
    "what is printed": printable,
    "links in a text": plain_links,
    "the name of a link": link_name,
    "a link without its query": without_query,
    "a text without a link's secrets": lambda t: veiled(t, "https://u:password@a.org/p?sign=abcdefgh"),
    "a link with many secrets": lambda t: veiled("x", f"https://u:password@a.org/p?{t}"),
    "talk of a window": lambda t: gui_talk.translate(f"Click {t}"),
    "talk of a window, under way": lambda t: gui_talk.translate(f"点击{t}", final=False),
    "a click that is waited for": lambda t: gui_talk.awaited(f"Click {t}", changed=False),
    "a click in another language": lambda t: gui_talk.awaited(f"Klicken Sie auf {t}", changed=False),
    "a refusal in words": says_no,
    "work that came to nothing": _came_to_nothing,
    "an agent's failure": _failed,
    "subtitles that are shown": lambda t: list(_shown_words(f"1\n00:01 --> 00:02\n{t}\nDialogue:{t}")),
    "a question": _asked,
    "a choice, escaped": escaped,
    "Markdown as words": bare,
    "an event stream": lambda t: _fed(Decoder(), _bytes(t), 1 << 16),
    "an event stream in pieces": lambda t: _fed(Decoder(), _bytes(t), 7),
    "JSON in lines": lambda t: _fed(JsonLines(1 << 24), _bytes(t), 1 << 16),
    "JSON in lines, in pieces": lambda t: _fed(JsonLines(1 << 24), _bytes('{"a":"' + t), 7),
    "an event": lambda t: decode(Message(t)),
    "an event that is half JSON": lambda t: decode(Message('{"error": "' + t)),
    "an event of a strange kind": lambda t: decode(Message(json.dumps({"kind": t, "event": t, "x": t}))),
    "an answer's words": _heard(3),
    "an answer's words in larger pieces": _heard(100),
    "the end of an answer": lambda t: without_issue(f"I encountered a temporary issue{t}"),
    "prose or a sign": other_shapes.is_prose,
    "a refusal of the server": _answer,
    "an answer that is none": lambda t: Reader("https://w").read(Reply(200, {}, _bytes(t))),
    "an upload's answer": lambda t: UploadAnswer.read(
        {"files": [{"filename": t, "url": t, "error": t}]}, ["a"]
    ),
    "a render's answer": lambda t: RenderStatus.from_json({"status": t, "error": t, "progress": t}, "x"),
    "a file of a state": lambda t: models.MediaFile.from_json({"url": t, "duration": t, "name": t}),
    "a tool's arguments in pieces": _called,
    "a tool's failure": lambda t: tool_failure({"result": t, "status": t, "message": t, t: t}),
    "a page between events": lambda t: page_in(f"<html>{t}") and page_in(t),
    "a balance": lambda t: Credits.from_json({"available": t, "balance": t}),
    "a new session": lambda t: models.SessionInfo.from_json({"session_id": t, "task": t}),
    "a state": lambda t: models.State.from_json({"draft": t, "video_infos": t}),
    "a token's answer": lambda t: Grant.from_json({"token": t, "expires_at": t, "expires_in": t}, 1.0),
    "when to come again": lambda t: retry_after.retry_after(t, 1.0),
    "a run's record": Record.read,
    "a session's note": lambda t: Noted.read(json.dumps({"place": {}, "clips": [t]})).name,
    "a name or value of a draft": lambda t: (short(t), plain(t)),
    "a question in an agent's words": asked_in_words,
    "work in an agent's words": lambda t: says_at_work(t[:300]),
    "what a message asks for": lambda t: (intent_of(t), answered(t)),
    "a render's state": lambda t: (state_word(t), incomplete(t)),
    "a format that can't be": nearest_format,
    "a file's ending": lambda t: told_format(Path(f"a.{t}"), studio=True),
    "a reason": lambda t: (sentence(t), is_code(t), says_nothing(t)),
    "a language's code": language_code,
    "a text's script": written_in,
}
"""Each parser of a text of others; a new one is one row."""

UNITS = [HOSTILE[at::6] for at in range(6)]


@pytest.mark.parametrize("units", UNITS, ids=range(6))
@pytest.mark.parametrize("name", TEXTS)
def test_no_text_costs_more_than_its_size(name, units):
    """However a text repeats itself, twice as much of it takes a parser twice as long and no more."""
    for unit in units:
        assert_linear(TEXTS[name], pumped(unit), most=MOST, refuses=REFUSES, about=f"{name}, {unit!r}")


SENTENCES = (
    "如果需要",
    "等需",
    "(& ",
    "big ",
    "click (",
    "say “a”; ",
    "so intro ",
    "` ``",
    "“",
    "'a ",
    "..x",
    "!.",
    "*_",
)


@pytest.mark.parametrize("unit", SENTENCES)
@pytest.mark.parametrize("lead", ["", "Click ", "点击", "You can: "])
def test_no_talk_of_a_window_costs_more_than_its_size(lead, unit):
    """Nor do words that its grammar knows, within one sentence or over many."""
    for parse in (gui_talk.translate, lambda t: gui_talk.awaited(t, changed=True)):
        assert_linear(parse, pumped(unit, lead, "x"), most=MOST, about=f"{lead}{unit!r}")


REFUSING = (
    *("the title ", "I tried, ", "unable to ", "as an AI, ", "the limit ", "ich kann das ", "mně se to "),
    *("i was ", "nothing was ", "the edit ", "it is as ", "放弃了", "没有", "因为", "已经被"),
    *("目前还", "我目前不", "請先上傳", "無法", "どの", "нельзя это ", "نحن لا ", "नहीं ", "bitte, ", "et, "),
)


@pytest.mark.parametrize("unit", REFUSING)
@pytest.mark.parametrize("parse", [says_no, asked_in_words, _came_to_nothing])
def test_no_refusal_and_no_question_costs_more_than_its_size(parse, unit):
    """Nor do the words of many languages by which agents refuse and ask, however many of them."""
    assert_linear(parse, pumped(unit, after="x"), most=MOST, about=unit)


@pytest.mark.parametrize(
    "unit", [*"()+-.,a“‘「《'\"字", "too ", "in 720p ", "添加", "导出, ", "a.mp4 ", "if "]
)
def test_no_sentence_is_routed_longer_than_its_size_takes(unit):
    """What a sentence asks for is found out in the time that its words take, a name's length apart."""
    assert_linear(route, pumped(unit, after="x"), most=1 << 15, about=unit, floor=0.03)


def _segments(count, **more):
    return {
        "t": [{"tt": 0, "sg": [{"d": 100, "m": {"src": "a", "in": i * 100, **more}} for i in range(count)]}]
    }


def _turned(count):
    """A timeline, and the same backwards with every third clip halved: moves, splits and removals."""
    before = _segments(count)
    clips = before["t"][0]["sg"]
    halves = [{"d": 50, "m": {"src": "a", "in": at * 100 + 50 * (at % 3 == 0)}} for at in range(count)]
    return Draft(before), Draft({"t": [{"tt": 0, "sg": [*reversed(clips[::2]), *halves[1::2]]}]})


def _overlapping(count):
    """Clips that all show the same part, before and after."""
    return Draft(_segments(count, **{"in": 0})), Draft(_segments(count, **{"in": 1}))


def _kinds(count):
    """A track of a kind of its own for each segment."""
    tracks = [{"tt": 100 + i, "sg": [{"d": 1, "m": {"text": str(i)}}]} for i in range(count)]
    return Draft({"t": tracks}), Draft({"t": tracks[1:]})


@pytest.mark.parametrize("make", [_turned, _overlapping, _kinds])
def test_what_changed_is_told_in_the_time_that_two_timelines_take(make):
    """Comparing two timelines of many segments takes no longer than their size accounts for."""
    assert_linear(lambda pair: describe(edited(*pair)[0]), make, most=1 << 12)


@pytest.mark.parametrize("show", [repr, Draft.segments_table, timeline_png])
def test_timelines_are_shown_in_the_time_that_their_size_takes(show):
    """Words, table and picture of a timeline grow no faster than it does."""
    assert_linear(show, lambda size: Draft(_segments(size, name="clip")), most=1 << 13)


JSONS = {
    "lists": nested("[", "]"),
    "objects": nested('{"a":', "}", "1"),
    "keys": lambda size: "{" + ",".join(f'"k{at}":{at}' for at in range(size // 10)) + "}",
    "empty lists": lambda size: "[" + ",".join(["[]"] * (size // 3)) + "]",
    "digits": pumped("1", "[0.", "]"),
    "escapes": pumped("\\u0041", '["', '"]'),
}


@pytest.mark.parametrize("make", JSONS.values(), ids=JSONS)
def test_json_is_read_in_the_time_that_its_size_takes(make):
    """JSON with many keys or deep within itself is read, or refused, in linear time, whatever it is for."""
    for parse in (
        json_text.read,
        lambda text: decode(Message(text)),
        lambda text: UploadAnswer.read(json_text.read(text), ["a.mp4"]),
        lambda text: models.State.from_json(json_text.read(text)),
    ):
        assert_linear(parse, make, most=MOST, refuses=REFUSES)


def test_tool_calls_are_taken_in_linear_time():
    """Calls that are told in pieces, and then whole, cost the same each."""

    def calls(count):
        names = [ToolCallEvent(str(at), "cut", partial=True) for at in range(count)]
        return [*names, *(ToolCallEvent(f"w{at}", "cut") for at in range(count))]

    def take(events):
        transcript = Transcript()
        return [transcript.feed(event) for event in events], transcript.tool_calls

    assert_linear(take, calls, most=1 << 14)


def test_a_stream_is_kept_in_a_list_of_bounded_length():
    """Signs of life that follow each other are one line; of very many messages some are kept."""
    lines = []
    for at in range(100_000):
        note(lines, at, None)
        for event in decode(Message(None)):
            lines[-1].take(event)
    assert [(line.count, len(line.events)) for line in lines] == [(100_000, 1)]
    for at in range(20_000):
        note(lines, at, f"data {at}")
        lines[-1].take(TextEvent("x", partial=True))
    assert len(lines) == 5001
    assert sum(line.count for line in lines) == 120_000


def test_what_is_kept_of_a_stream_is_bounded_in_characters():
    """However few messages a long answer comes in: what follows two million characters is only counted."""
    lines, words = [], "word " * 20_000
    for at in range(100):
        note(lines, at, words)
        lines[-1].take(TextEvent(words, partial=True))
    assert sum(len(event.text) for line in lines for event in line.events) <= 2_200_000
    assert (len(lines) < 30, sum(line.count for line in lines)) == (True, 100)
    assert "counted, and not kept" in lines[-1].raw


def test_a_quadratic_pattern_is_told_from_a_linear_one():
    """The measure that these tests rest on can fail: it tells a search that begins anew at each place."""
    quadratic, linear = re.compile(r"\{\\[^}]*\}"), re.compile(r"\{\\[^{}]*\}")
    assert growth(lambda text: quadratic.sub("", text), pumped("{\\"))[0] > 2
    assert growth(lambda text: linear.sub("", text), pumped("{\\"))[0] <= WORST
