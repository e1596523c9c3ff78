"""No text that others wrote costs the studio more than its size."""

import itertools
import json
import tempfile
import tracemalloc
from fractions import Fraction
from pathlib import Path

import httpx
import pytest
from growth import HOSTILE, assert_linear, nested, pumped

from nemo_widgets.draft import Draft
from nemo_widgets.media_types import extension_of_head
from nemo_widgets.studio import drafts, encoding_names, link_names, links, names, receive
from nemo_widgets.studio.agent import agent
from nemo_widgets.studio.agent.dialogue.following import continued, corrected, implied, pointed
from nemo_widgets.studio.agent.dialogue.spelling import respelled
from nemo_widgets.studio.agent.language import veil
from nemo_widgets.studio.agent.language.amending import amended
from nemo_widgets.studio.agent.language.counting import hide_frames
from nemo_widgets.studio.agent.language.plain import plainly
from nemo_widgets.studio.agent.language.pointing import leans_on
from nemo_widgets.studio.agent.language.quotes import quoted_texts
from nemo_widgets.studio.agent.language.tokens import Veiled
from nemo_widgets.studio.agent.meanings import reading_of
from nemo_widgets.studio.agent.planning import answers, plans
from nemo_widgets.studio.agent.planning.trouble import ModelError, cut_short
from nemo_widgets.studio.agent.world import Earlier
from nemo_widgets.studio.errors import Refused
from nemo_widgets.studio.limits import MOST_TEXT, NotJson, OverLimit, parse_json, whole
from nemo_widgets.studio.media import encodings, extent, text
from nemo_widgets.studio.render import Output, RenderError
from nemo_widgets.studio.render.text.wording import title
from nemo_widgets.studio.routes import files, renders
from nemo_widgets.studio.store import shelf
from nemo_widgets.studio.subtitles import SubtitleError, mended, read_subtitles
from nemo_widgets.studio.timeline.grid import FrameGrid

SRT = "1\n00:00:01,000 --> 00:00:02,500\n"
ASS = "[Events]\nDialogue: 0,0:00:01.00,0:00:02.50,,,0,0,0,,"
TTML = '<tt xmlns="http://www.w3.org/ns/ttml"><body><p begin="1s" end="2s">'
VTT = "WEBVTT\n\n00:01.000 --> 00:02.500\n"
ROLLING = f"{VTT}<00:01.100>a\n"
MOST = 1 << 14


def _in_frames(text):
    """What is counted in frames; a number without end is refused before."""
    return (
        None
        if veil._ENDLESS.search(text)
        else hide_frames(f"{text} frame", Veiled(), FrameGrid(Fraction(30)), pictures=False)
    )


def _leaning(text):
    """What a message means that leans on the one before, where nothing is understood."""
    before = [Earlier("add music", "", changed=True)]
    return [follow(text, before, lambda _: None) for follow in (corrected, continued, pointed, implied)]


def _answer(header):
    """The name of a file whose server says this in Content-Disposition."""
    request = httpx.Request("GET", "https://a.example/film")
    head = [(b"content-disposition", header.encode("utf-8", "replace"))]
    return link_names.sent_name(httpx.Response(200, headers=head, request=request), b"")


def _form(body):
    """A multipart body, whose files are known for no film."""
    with tempfile.TemporaryDirectory() as folder:
        parts = (Path(folder, str(number)) for number in itertools.count())
        receiver = receive.MultipartReceiver("multipart/form-data; boundary=b", lambda: next(parts), 1 << 30)
        try:
            receiver.feed(body.encode("utf-8", "replace"))
            receiver.finish()
        finally:
            receiver.discard()


def _header(options):
    """What a header says of a form; headers are Latin-1."""
    options = options.encode("latin-1", "replace").decode("latin-1")
    receive.MultipartReceiver(f"multipart/form-data; {options}", None, 1)


def _text_segment(words):
    segment = {"d": 1000, "m": {"text": words, "style": words, "position": words, "color": words}}
    return title(Draft({"t": [{"tt": 7, "sg": [segment]}]}).layout()[0].segments[0], Fraction(25), 25)


PARSERS = {
    "SRT": (lambda t: read_subtitles(SRT + t), SubtitleError),
    "WebVTT": (lambda t: read_subtitles(VTT + t), SubtitleError),
    "ASS": (lambda t: read_subtitles(ASS + t), SubtitleError),
    "an encoding": (lambda t: encodings.readings(b"\xc4" + t.encode("utf-8", "replace")), ()),
    "an encoding's name": (encoding_names.named_encoding, ()),
    "SBV": (
        lambda t: read_subtitles(f"0:00:01.000,0:00:02.500\n{t}\n{t}0:00:03.000,0:00:04.000\n{t}"),
        SubtitleError,
    ),
    "LRC": (lambda t: read_subtitles(f"[00:01.00]{t}\n{t}[00:02.00]"), SubtitleError),
    "TTML": (lambda t: read_subtitles(f"{TTML}{t}</p></body></tt>"), SubtitleError),
    "TTML's times": (lambda t: read_subtitles(TTML.replace("1s", t)), SubtitleError),
    "TTML's head": (lambda t: read_subtitles(f"<?xml {t}?><!--{t}--><tt {t}>"), SubtitleError),
    "a subtitle's times": (lambda t: read_subtitles(f"00:00:01,000 --> 00:00:02,500{t}\nHi"), SubtitleError),
    "a file's name": (names.display_name, ()),
    "a form's file name": (lambda t: names.form_name(t.encode("utf-8", "replace")), ()),
    "an export's name": (lambda t: names.result_name(t, "mp4"), ()),
    "text with half characters": (names.clean_text, ()),
    "a link": (lambda t: (links._file_name(t), links.shown(t), links.link_hash(t)), ()),
    "a link's page": (lambda t: links._PAGE.match(t.encode("utf-8", "replace")), ()),
    "a link's content": (lambda t: extension_of_head(t.encode("utf-8", "replace")), ()),
    "a link's name": (lambda t: _answer(f"attachment; filename={t}"), ()),
    "a link's long name": (lambda t: _answer(f"attachment; filename*=utf-8'{t}"), ()),
    "a form's header": (_header, Refused),
    "a form": (_form, Refused),
    "a part's header": (lambda t: _form(f"--b\r\nContent-Disposition: form-data; x={t}\r\n\r\n"), Refused),
    "a range": (files._TO_THE_END.fullmatch, ()),
    "an export's id": (renders._ID.fullmatch, ()),
    "a file in the folder": (shelf._OURS.fullmatch, ()),
    "JSON": (lambda t: parse_json(t, "It"), (NotJson, OverLimit)),
    "JSON's texts": (lambda t: whole(parse_json(json.dumps([t]), "It")), ()),
    "a source": (drafts.media_id, ()),
    "an export's form": (lambda t: Output.from_request({"resolution": t}), RenderError),
    "an export's rate": (lambda t: Output.from_request({"fps": t}), RenderError),
    "a title on the timeline": (_text_segment, ()),
    "a length that a file tells": (extent._length, ()),
    "a model's answer": (lambda t: answers.message_of(t.encode("utf-8", "replace")), ValueError),
    "a model's stream": (
        lambda t: answers.message_of(f"data: {t}\n\ndata: {t}".encode("utf-8", "replace")),
        ValueError,
    ),
    "a model's words": (lambda t: answers.calls_of({"content": t}, "model", frozenset({"cut"})), ModelError),
    "a model's reason": (lambda t: (answers.error_in(t.encode("utf-8", "replace")), cut_short(t)), ()),
    "a plan's permission": (lambda t: plans.allowed(f"plan 00000000{t}", None), ModelError),
    "an answer in pieces": (lambda t: list(agent._text(t)), ()),
    "what is meant": (lambda t: reading_of(veil.veil(t), "en", lambda _: True, {}), ()),
    "a message's quotes": (lambda t: list(quoted_texts(t)), ()),
    "a message's subtitles": (veil._PASTED.search, ()),
    "a message's marks": (veil._STRAY.search, ()),
    "a message's file names": (lambda t: veil._FILE_NAME.sub("", t), ()),
    "a message's frames": (_in_frames, ()),
    "a message's slips of the pen": (lambda t: list(respelled(t)), ()),
    "a message that leans on another": (_leaning, ()),
    "a message as people chat": (lambda t: plainly(t, Veiled(), {}), ()),
    "a message that takes something back": (amended, ()),
    "a clip that a message leans on": (lambda t: leans_on(f"the {t}", f"the {t[: len(t) // 2]}"), ()),
    "captions that roll": (lambda t: mended(read_subtitles(ROLLING + t).corrections), SubtitleError),
    "a script's drawings": (lambda t: read_subtitles(f"{ASS}{{\\p1}}{t}{{\\p0}}"), SubtitleError),
    "a script's fields": (
        lambda t: read_subtitles(f"[Events]\nFormat: Start,End,Text,{t}\n{ASS[9:]}{t}"),
        SubtitleError,
    ),
}
"""What reads texts of others: a call with a text, and what it may refuse with."""
UNITS = {
    "a message's frames": ("frame 1 ", "frame 1 to ", "第1帧", "1 frame ", "first 1 ", "00:00:00:00 "),
    "a message's slips of the pen": ("qwrtz ", "interviiew "),
    "a message that leans on another": ("too ", " too,", "also ", "the same for ", "no, ", "也", "再把"),
    "a message as people chat": (
        "剪掉",
        "全",
        "也",
        "其余",
        "都",
        "的",
        "片段",
        "慢慢",
        "别",
        "不对",
        "吧",
        "一",
    ),
    "a message that takes something back": (",不对", ",哦", "错了,", "不,", ","),
    "captions that roll": ("<00:01.100>", "<00:01.100>a\n", f"\n\n{VTT[8:]}a\nb", f"\n\n{VTT[8:]}a"),
    "a script's drawings": ("{\\p1}", "{\\p0}", "{\\p", f"\n{ASS[9:]}{{\\p1}}"),
    "a script's fields": (",", "Text,", f"\n{ASS[9:]}", "\nFormat: Start,End,Text,a"),
    "SRT": ("{\\an8}", "<i", "<font ", "</v", "1\n", "\n\n1\n" + SRT[2:], SRT[2:] + "a\n"),
    "WebVTT": ("&#1", "&#x1", "&amp", "NOTE\n\n", "<1:", "<c.a", "\n\n" + VTT[8:] + "a"),
    "a file's name": ("\u0300\u0316", "\ufdfa", "..", ".mp4"),
    "an export's name": ("\u0300\u0316", " ."),
    "a link's page": ("<?xml ?>", "<?xml", " <", "<!doctype "),
    "a link's name": ('filename="', "filename=", '\\"', 'filename="\\"'),
    "a link's long name": ("filename*=utf-8'", "''", "%4"),
    "a form's header": ("boundary=", "boundary*0=a;", '; a="', "; a"),
    "a form": ("--b\r\n", "\r\n--b", "--b\r\na: b\r\n\r\n", "\r\n-", "--b\r\na:"),
    "a part's header": ("; filename=", '; a="\\', "=?utf-8?q?", "filename*0*="),
    "an export's rate": ("1e9", "9" * 20),
    "a model's answer": ('{"choices":[', 'data: {"delta":{"content":"a"}}\n\n'),
    "a model's stream": ("data: {}\n", '{"a":1}\n'),
    "a model's words": (
        "<think>",
        "<tool_call>",
        "<function=a>",
        "<parameter=b>",
        "cut(",
        "<｜tool▁call▁begin｜>",
        "```json\n",
    ),
    "an answer in pieces": ("a1", "a:", "a,1", "1.5 ", "字，1"),
    "a message's subtitles": (
        "1\n",
        "1:1\n",
        "1:1 -->",
        "WEBVTT\n",
        "00:01 --> a\n",
        "1 ",
        "1:1 ",
        "\n\n1\n",
    ),
    "a message's quotes": (
        *(
            "‘",
            "’",
            "‘a’b'",
            "“”",
            '""',
            "「",
            "《",
            "`",
            "„",
            "' ",
            "a' ",
            "\u0300\u0316",
            "\ufdfa",
            "\ue000",
        ),
    ),
}
"""What else is repeated for some of them."""
LIMITS = {"a title on the timeline": MOST_TEXT, "what comes near": 4096}
"""What no longer text comes to."""


@pytest.mark.parametrize("name", PARSERS)
def test_no_text_costs_more_than_its_size(name):
    """Whatever is repeated in a text, and however often, reading it takes time as its length does."""
    parse, refuses = PARSERS[name]
    refuses = refuses if isinstance(refuses, tuple) else (refuses,)
    for unit in (*HOSTILE, *UNITS.get(name, ())):
        about = f"{name}, fed {unit!r}"
        assert_linear(
            parse, pumped(unit, after="x"), most=LIMITS.get(name, MOST), refuses=refuses, about=about
        )


@pytest.mark.parametrize("start", [SRT, VTT, ASS])
@pytest.mark.parametrize("unit", ["{\\", "<b ", "&#9", "&#9;", "a", "a\n", "\u0300\u0316"])
def test_no_subtitle_file_costs_more_than_its_size(start, unit):
    """The largest file of subtitles that may come in is read in time, or refused, whatever fills it."""
    make = pumped(unit, before=start)
    assert_linear(read_subtitles, make, most=text.MOST_TEXT_BYTES // 4, refuses=(SubtitleError,), about=unit)


@pytest.mark.parametrize("step", [0, 1])
def test_many_subtitles_cost_no_more_than_their_number(step):
    """Thousands of subtitles, at one time or one after the other, are read in time."""

    def make(count):
        clock = (f"00:{i // 60 % 60:02}:{i % 60:02}" for i in [n * step for n in range(count)])
        return "\n".join(f"{at},000 --> 00:59:59,500\na\n" for at in clock)

    assert_linear(read_subtitles, make, most=18_000, refuses=(SubtitleError,))


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}"), ("[[],", "]")])
def test_nested_json_is_refused_at_once(opening, closing):
    """JSON that is nested without end is refused in time, and not by the interpreter giving up."""
    make = nested(opening, closing, "1")
    assert_linear(lambda t: parse_json(t, "It"), make, refuses=(OverLimit,))
    with pytest.raises(OverLimit, match="nested too deeply"):
        parse_json(make(100_000), "It")
    with pytest.raises(OverLimit, match="nested too deeply"):
        parse_json(make(66 * (len(opening) + len(closing)) + 1), "It")


def test_no_word_takes_the_square_of_its_length():
    """A word that is longer than all that are known is near to none of them: its slips are not made."""
    list(respelled("interviiew"))
    tracemalloc.start()
    try:
        assert not list(respelled("a" * 2000))
        assert tracemalloc.get_traced_memory()[1] < 4e6
    finally:
        tracemalloc.stop()
