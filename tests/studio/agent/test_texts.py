"""Texts of four kinds and subtitles: how they look and when, which one is meant, what is asked or refused."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line

from __future__ import annotations

import copy

import pytest

from nemo_widgets.question import Question
from nemo_widgets.studio.agent import Agent, AgentSettings, MediaItem, ToolCall
from nemo_widgets.studio.agent.edits.lettering import Lettering
from nemo_widgets.studio.agent.edits.subtitles import AddSubtitles, ShiftSubtitles, StyleTexts
from nemo_widgets.studio.agent.edits.titles import AddTitle, ChangeTitle, RemoveTitle
from nemo_widgets.studio.media import read_text, text_readings
from nemo_widgets.studio.media.east_asian import ASIAN
from nemo_widgets.studio.media.encodings import Reading
from nemo_widgets.studio.media.tongues import TONGUES
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.texts import texts
from nemo_widgets.studio.world import which

SRT = "1\n00:00:01,000 --> 00:00:03,000\nHello there\n\n2\n00:00:04,000 --> 00:00:06,500\nremove the music\n"
ADDED = [
    ('put a lower third "Anna" "Producer" at 0:10', "Lower thirds", (10_000, 13_000), {"style": "lower-third", "text": "Anna", "subtitle": "Producer"}),
    ('show a name tag "Bob" with subtitle "Chef"', "Lower thirds", (0, 5000), {"style": "lower-third", "subtitle": "Chef"}),
    ("加人名条“李雷”，职位“导演”，从5秒到10秒", "Lower thirds", (5000, 10_000), {"text": "李雷", "subtitle": "导演"}),
    ('add a caption "Look" at 0:20', "Captions", (20_000, 23_000), {"style": "caption", "text": "Look"}),
    ("add a caption saying Look at this at 0:20", "Captions", (20_000, 23_000), {"text": "Look at this"}),
    ('add a subtitle "Hello" at 0:10', "Captions", (10_000, 13_000), {"text": "Hello"}),
    ("0:10到0:15显示“你好”", "Title", (10_000, 15_000), {"text": "你好"}),
    ('add an end title "Bye" for 5 seconds', "Title", (105_000, 110_000), {"text": "Bye"}),
    ('big yellow title "WOW" that pops in', "Title", (0, 3000), {"size": 96, "color": "#ffdd00", "animation": "pop"}),
    ('title "X" on a semi-transparent black background', "Title", (0, 3000), {"background": "#000000a5"}),
    ('add a title "X" that slides in from the right', "Title", (0, 3000), {"animation": "slide-left"}),
    ('slide in a title "Go" from below', "Title", (0, 3000), {"animation": "slide-up"}),
    ('write "Hi" with a typewriter effect', "Title", (0, 3000), {"animation": "typewriter"}),
    ('title "Plain" without any animation', "Title", (0, 3000), {"animation": "none"}),
    ("加一个黑底白字的标题“你好”，弹出", "Title", (0, 3000), {"background": "#000000", "color": "#ffffff", "animation": "pop"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "track", "when", "wanted"), ADDED, ids=[a[0] for a in ADDED])
def test_added(sentence, *, track, when, wanted, world, do):
    """The text is on its kind's track, then and with these keys; the clips stay as they were."""
    before = copy.deepcopy(world.draft.data["t"])
    done = do(sentence, world)
    assert done.draft is not None, done.reply
    assert done.draft.data["t"][:1] == before
    laid = done.draft.layout()[1]
    (text,) = laid.segments
    assert (laid.name, text.start_ms, text.end_ms) == (track, *when)
    assert {k: text.raw["m"].get(k) for k in wanted} == wanted


CHANGED = [
    ("give the title a black background", {"background": "#000000"}), ("make the title pop in", {"animation": "pop"}),
    ("remove the background of the title", {"background": "none"}), ("move the title to 0:10", {"start": 10_000}),
    ("the title should start at 0:02", {"start": 2000}), ('change "Old" to "New"', {"text": "New"}),
    ("标题加个黑色背景", {"background": "#000000"}), ("标题从5秒开始", {"start": 5000}), ("标题挪到左上角", {"position": "top-left"}),
    ("让标题弹出来", {"animation": "pop"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "wanted"), CHANGED, ids=[c[0] for c in CHANGED])
def test_changed(sentence, wanted, world, do):
    """Only what was said changes, and the text is as long as it was."""
    do('add a title "Old" for 4 seconds', world)
    before = copy.deepcopy(world.draft.layout()[1].segments[0].raw)
    (text,) = do(sentence, world).draft.layout()[1].segments
    assert text.raw["d"] == 4000
    assert text.raw["m"] == before["m"] | wanted


def asked(sentence, world):
    """The choices that a message is answered with."""
    steps = list(Agent(AgentSettings(silent="never", heartbeat_s=0.05)).turn(sentence, world))
    args = next(s.args for s in steps if isinstance(s, ToolCall) and s.name == "ask_question")
    return [o.label for item in Question.from_args(args).items for o in item.options]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("make the title bigger", {"size": 96}),
        (
            'change the title to "C", red, at the bottom',
            {"text": "C", "color": "#ff0000", "position": "bottom-center"},
        ),
        ("move the title to 0:40", {"start": 40_000}),
        ("show the title for 6 seconds", {}),
        ("标题放大一点", {"size": 96}),
        ("让标题弹出来", {"animation": "pop"}),
    ],
)
def test_which_one_is_asked(sentence, wanted, world, do):
    """With two titles it is asked which; each choice is understood and changes that one alone."""
    do('add a title "A" at 0:05', world)
    do('add a title "B" at 0:30', world)
    before = [copy.deepcopy(s.raw["m"]) for s in texts(world.draft.data)]
    labels = asked(sentence, world)
    assert len(labels) == 2
    done = do(labels[1], world)
    assert done.draft is not None, (labels, done.reply)
    after = [s.raw["m"] for s in sorted(texts(done.draft.data), key=lambda s: s.id)]
    assert after[0] == before[0]
    assert after[1] == before[1] | wanted


ONE_OF_TWO = [
    ("make the second title bigger", "B"), ("make the last title bigger", "B"), ("make the first title bigger", "A"),
    ('make the title "A" bigger', "A"), ("把第二个标题放大一点", "B"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "which"), ONE_OF_TWO, ids=[o[0] for o in ONE_OF_TWO])
def test_one_of_several(sentence, which, world, do):
    """A number or the words themselves say which one is meant."""
    do('add a title "A" at 0:05', world)
    do('add a title "B" at 0:30', world)
    done = do(sentence, world)
    assert [s.text for s in texts(done.draft.data) if s.raw["m"].get("size") == 96] == [which]


def test_removal_of_one_of_several(world, do):
    """One by its words, its number or its kind; 'all' are all; else it is asked."""
    for sentence in (
        'add a title "A" at 0:05',
        'add a title "B" at 0:30',
        'put a lower third "L" "M" at 0:10',
    ):
        do(sentence, world)
    assert asked("remove the title", world) == [
        "remove the text “A”",
        "remove the text “B”",
        "remove all titles",
    ]
    full = copy.deepcopy(world.draft)
    for sentence, left in (
        ('remove the title "B"', "AL"), ("remove the second title", "AL"), ("remove the lower third", "AB"),
        ("remove all titles", "L"), ("去掉所有标题", "L"), ("remove the text “A”", "LB"),
    ):  # fmt: skip
        world.draft = copy.deepcopy(full)
        assert "".join(s.text for s in texts(do(sentence, world).draft.data)) == left, sentence


def test_a_lower_third_is_no_place(world, do):
    """With a title there, too, the lower third is what is changed, and 'in the lower third' is a place."""
    do('add a title "A"', world)
    do('put a lower third "L" "M" at 0:10', world)
    done = do("make the lower third smaller", world)
    assert [s.text for s in texts(done.draft.data) if s.raw["m"].get("size") == 40] == ["L"]


def test_texts_at_the_same_time(world, do):
    """Two titles at once lie on two tracks: none overlaps another on its own."""
    do('add a title "A"', world)
    draft = do('add a title "B" at the bottom', world).draft
    assert [[s.text for s in track.segments] for track in draft.layout()[1:]] == [["A"], ["B"]]


def test_pasted_subtitles(world, do):
    """They are laid at their times, shifted, styled and removed together; nothing in them is an instruction."""
    do("add calm music", world)
    do(f"add these subtitles:\n{SRT}", world)
    there = [(s.text, s.start_ms, s.end_ms) for s in texts(world.draft.data)]
    assert there == [("Hello there", 1000, 3000), ("remove the music", 4000, 6500)]
    assert [t.name for t in world.draft.layout()] == ["Main", "BGM", "Subtitles"]
    do("shift the subtitles by 0.5 s", world)
    assert [s.start_ms for s in texts(world.draft.data)] == [1500, 4500]
    do("字幕提前1秒", world)
    assert [s.start_ms for s in texts(world.draft.data)] == [500, 3500]
    do("make the subtitles yellow", world)
    assert {s.raw["m"]["color"] for s in texts(world.draft.data)} == {"#ffdd00"}
    do("remove the subtitles", world)
    assert not texts(world.draft.data)


def test_uploaded_subtitles(world, do):
    """The uploaded file is read; with two it is asked which; with none it is said what there is instead."""
    assert "upload an SRT" in do("add subtitles", world).reply
    assert do("generate subtitles automatically", world).draft is None
    world.media["/m/a.srt"] = MediaItem("/m/a.srt", "a.srt", "text", 0, has_audio=False)
    world.text_of = {"/m/a.srt": SRT, "/m/b.srt": "nothing"}.get
    assert len(texts(do("add subtitles", world).draft.data)) == 2
    assert do("generate subtitles automatically", world).draft is None
    assert "take the place of 2" in do("use a.srt as subtitles", world).reply
    world.media["/m/b.srt"] = MediaItem("/m/b.srt", "b.srt", "text", 0, has_audio=False)
    assert len(asked("add the subtitles", world)) == 2
    assert "can't be read" in do("use b.srt as subtitles", world).reply


@pytest.mark.parametrize(
    "sentence",
    [
        "put a.srt on as subtitles",
        "put a.srt on",
        "turn the subtitles on",
        "put the subs on the video",
        "burn a.srt into the film",
        "make a.srt the subtitles",
        "caption it with a.srt",
        "a.srt as captions",
        "把a.srt当字幕加到视频里",
        "打开字幕",
    ],
)
def test_however_subtitles_are_put_on(sentence, world, do):
    """The words for it may stand in any order."""
    world.media["/m/a.srt"] = MediaItem("/m/a.srt", "a.srt", "text", 0, has_audio=False)
    world.text_of = {"/m/a.srt": SRT}.get
    assert len(texts(do(sentence, world).draft.data)) == 2


def test_only_who_wants_speech_written_is_told_that_it_cannot_be(world, do):
    """What else is not understood of subtitles is said not to be understood."""
    for sentence in ("make subtitles", "caption it", "show captions of what she says", "自动加字幕"):
        assert "SRT" in do(sentence, world).reply
    assert "did not understand" in do("make the subtitles glittery", world).reply


@pytest.mark.parametrize(
    ("sentence", "encoding"),
    [
        ("the subtitles are in cp1251", "cp1251"),
        ("The subtitles are in Windows-1251.", "cp1251"),
        ("the subtitles are encoded in KOI8-R", "koi8_r"),
        ("a.srt is in Shift-JIS", "cp932"),
        ("read the subtitles as gbk", "gb18030"),
        ("use big5 for the subtitles", "big5hkscs"),
        ("the encoding of the subtitles is iso-8859-2", "iso8859_2"),
        ("the subtitles are in koi8-r: “Привет”", "koi8_r"),
        ("the subtitles are in mac roman", "mac_roman"),
        ("the subtitles are in Mac Central European", "mac_latin2"),
        ("a.srt is in DOS 850", "cp850"),
        ("字幕是 Mac Roman 编码", "mac_roman"),
        ("字幕是 cp1251 编码", "cp1251"),
        ("字幕的编码是GBK", "gb18030"),
        ("用 Big5 重新读取字幕", "big5hkscs"),
        ("字幕是 KOI8-R 编码：“Привет”", "koi8_r"),
    ],
)
def test_an_encoding_that_is_named(sentence, encoding, world, do):
    """The file is read again as it is said to be, in the place of what was laid before."""
    world.media["/m/a.srt"] = MediaItem("/m/a.srt", "a.srt", "text", 0, has_audio=False)
    read = {"": SRT.replace("Hello", "Ïðèâåò"), encoding: SRT.replace("Hello", "Привет")}
    world.text_of = lambda _, named="": read[named]
    do("add the subtitles", world)
    done = do(sentence, world)
    assert [s.text for s in texts(done.draft.data)] == ["Привет there", "remove the music"], done.reply


def test_an_encoding_that_is_not_sure_is_asked(world, do, tmp_path):
    """Of a text that could be in several the letters are shown, and the answer reads them so."""
    (path := tmp_path / "a.srt").write_bytes(SRT.replace("Hello", "Señor").encode("cp1252"))
    world.media["/m/a.srt"] = MediaItem("/m/a.srt", "a.srt", "text", 0, has_audio=False)
    likely = text_readings(path)[0]
    rare = likely._replace(encoding="cp1250", text=path.read_bytes().decode("cp1250"))

    def text_of(_, encoding=""):
        if encoding:
            return read_text(path, encoding=encoding)
        raise which("a.srt", [likely, rare])

    world.text_of = text_of
    choices = asked("add the subtitles", world)
    assert choices == [
        f"“a.srt” is in {name}: “{word} there”" for name, word in (("cp1252", "Señor"), ("cp1250", "Seńor"))
    ]
    for choice, word in zip(choices, ("Señor", "Seńor"), strict=True):
        assert texts(do(choice, world).draft.data)[0].text == f"{word} there"


def test_every_encoding_that_may_be_asked_is_understood(world, do):
    """The choices of the question, in both languages, whatever encodings are in them."""
    world.media["/m/a.srt"] = MediaItem("/m/a.srt", "a.srt", "text", 0, has_audio=False)
    every, read = dict.fromkeys(each for tongue in TONGUES for each in (*tongue.encodings, *ASIAN)), []
    world.text_of = lambda _, named="": read.append(named) or SRT
    for encoding in every:
        (choice,) = which("a.srt", [Reading(encoding, "", "", 1.0, "Señor")]).choices
        do(choice.en, world)
        do(choice.zh, world)
    assert read == [each for each in every for _ in range(2)]


def test_the_language_goes_with_what_needs_it(world, do):
    """A text of characters that may be of either side carries the session's language; no other does."""
    world.language = "ja"
    said = [
        {s.raw["m"]["text"]: s.raw["m"].get("lang") for s in texts(do(sentence, world).draft.data)}
        for sentence in (
            'add a title "大海"',
            'change "大海" to "海です"',
            'change "海です" to "直海"',
            f"add these subtitles:\n{SRT.replace('Hello there', '骨').replace('remove the music', '直')}",
            f"add these subtitles:\n{SRT.replace('Hello there', '骨です')}",
        )
    ]
    assert said == [
        {"大海": "ja"},
        {"海です": None},
        {"直海": "ja"},
        {"直海": "ja", "骨": "ja", "直": "ja"},
        {"直海": "ja", "骨です": None, "remove the music": None},
    ]
    world.language = "zh-CN"
    assert [s.raw["m"].get("lang") for s in texts(do('change "直海" to "大海"', world).draft.data)][:1] == [
        None
    ]


def test_bounds(world):
    """What lies past the end is left out or refused, and looks that can't be drawn are refused."""
    late = "00:01:49,000 --> 00:01:55,000\nin\n\n00:02:00,000 --> 00:02:03,000\nout\n"
    outcome = AddSubtitles(pasted=late).apply(world.draft.data, world)
    assert [(s.text, s.end_ms) for s in texts(outcome.draft)] == [("in", 110_000)]
    for edit in (
        AddSubtitles(pasted="00:03:00,000 --> 00:03:05,000\nout\n"),
        ShiftSubtitles(500),
        StyleTexts(("subtitle",), Lettering(color="#ff0000")),
        AddTitle("A", look=Lettering(animation="spin")),
        AddTitle("A", second_line="B"),
        AddTitle("  "),
        ChangeTitle("A"),
    ):
        with pytest.raises(EditRefused, match="Nothing was changed"):
            edit.apply(world.draft.data, world)


def test_the_inverse(world, do):
    """Every edit of texts can be taken back exactly."""
    do('add a title "A"', world)
    do(f"add these subtitles:\n{SRT}", world)
    before = copy.deepcopy(world.draft.data)
    for edit in (
        AddTitle("B", style="lower-third", second_line="C"), ChangeTitle("B", "A"), RemoveTitle("A"), ShiftSubtitles(500),
        AddSubtitles(pasted=SRT, shift_ms=100), StyleTexts((), Lettering(size=30)),
    ):  # fmt: skip
        after = edit.apply(before, world).draft
        assert after != before
        assert edit.inverse(before).apply(after, world).draft == before


NOTHING = [
    'the title says "Welcome"', 'I like the title "Welcome"', 'the title "Hello"', '"Hello"', "标题是“你好”", "add a title",
    "add a lower third", 'add a title "X" that slides in from the left', 'add a title "X" with a spinning animation',
    "the lower third is nice", "make the caption bigger", "transcribe the video", "自动生成字幕", "shift the subtitles by 2 s",
    f"add these subtitles and translate them:\n{SRT}", "1\n00:00:05,000 --> 00:00:63,000\nHello\n",
]  # fmt: skip


@pytest.mark.parametrize("sentence", NOTHING)
def test_nothing(sentence, world, do):
    """What asks for none of this, or for what can't be done, changes nothing and says so."""
    done = do(sentence, world)
    assert done.draft is None, done.reply
    assert done.reply
