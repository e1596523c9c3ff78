"""What is not understood becomes a question with whole instructions, filled in from the message; nothing is done."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line

import tomllib
from importlib import resources

import pytest

from nemo_widgets.question import Question
from nemo_widgets.studio.agent import Agent, MediaItem, ToolCall
from nemo_widgets.studio.agent.composing import Plan
from nemo_widgets.studio.agent.meanings.frames import frames, sentences
from nemo_widgets.studio.agent.meanings.lexicon import LANGUAGES, classes
from nemo_widgets.studio.agent.plan import read

SLOTS = (
    "clip",
    "other",
    "span",
    "onward",
    "loose",
    "frame",
    "at",
    "long",
    "share",
    "text",
    "file",
    "lufs",
    "factor",
    "ratio",
    "count",
    "tail",
)
VALUES = ("mood", "transition", "place", "colour", "times", "half", "a-bit")
CLIP, MUTE, SUBTITLES = "/media/aa11/interview.mp4", "/media/bb22/mute.mp4", "/media/dd44/subs.srt"


def offered(sentence, world):
    """The choices of the question that a message is answered with, without the last; none for any other answer."""
    steps = list(Agent().turn(sentence, world))
    calls = [step for step in steps if isinstance(step, ToolCall) and step.name == "ask_question"]
    assert steps[-1].draft is None, "something was done"
    return [option.label for call in calls for option in Question.from_args(call.args).items[0].options][:-1]


@pytest.fixture
def film(new_world, clips):
    """An interview of several clips, with music and a title."""
    world = new_world(
        clips((CLIP, "interview", 160_000), (MUTE, "mute", 20_000), (CLIP, "interview", 40_000))
    )
    world.draft.data["t"] += [
        {
            "tt": 1,
            "sg": [
                {
                    "d": 60_000,
                    "m": {
                        "id": "a1",
                        "start": 0,
                        "src": "/media/cc33/my song.mp3",
                        "name": "my song",
                        "in": 0,
                        "out": 60_000,
                        "volume": 0.3,
                        "speed": 1.0,
                    },
                }
            ],
        },
        {"tt": 7, "sg": [{"d": 3000, "m": {"id": "t1", "start": 0, "text": "Hi"}}]},
    ]
    return world


def draft_after(sentence, film):
    """The draft that a message leads to."""
    *_, done = Agent().turn(sentence, film)
    return None if done.draft is None else done.draft.data


@pytest.mark.parametrize(
    ("sentence", "plain"),
    [
        ("chop it into two pieces at 1:00", "split it at 1:00"),
        ('pop up "Subscribe!" at 1:30 for 3 secs in the corner bottom right', 'add a title "Subscribe!" in the bottom right corner at 1:30 for 3 seconds'),
        ("put some background tune in but only between 15 seconds and one minute", "add background music from 0:15 to 1:00"),
        ("put everything back how it was", "start over"),
        ("move that text up to the bottom", "move the title to the bottom"),
        ("super slow mo between 10s and 12s", "slow motion from 10s to 12s"),
        ("cut the silences and then also lop 5 seconds off the end", "cut the silences, then remove 5 seconds off the end"),
        ("half the volume of the music", "make the music quieter"),
        ("the music's drowning me out, bring it down a notch", "make the music a bit quieter"),
        ("make mute.mp4 look like an old movie sort of thing", "make mute.mp4 sepia"),
        ("make mute.mp4 and the first clip trade places", "swap mute.mp4 and the first clip"),
        ("stick my song.mp3 underneath as a tune", "use my song.mp3 as background music"),
        ("punch in on mute.mp4 a tad", "slowly zoom in on mute.mp4"),
        ("nobody needs to see 0:20 to 0:40, so chuck that out", "remove 0:20 to 0:40"),
        ("mute.mp4 is sideways, give it a quarter turn clockwise", "rotate mute.mp4 90 degrees clockwise"),
        ("mute.mp4 看起来颜色发灰啊", "mute.mp4饱和度提高30%"),
        ("没声音的地方都去掉", "剪掉停顿"),
        ("0:10到0:20那儿得 cut 了才行", "删掉0:10到0:20"),
    ],
)  # fmt: skip
def test_what_can_mean_nothing_else_is_done(sentence, plain, film):
    """As the plain instruction does it, and the answer says what it was taken as."""
    *_, done = Agent().turn(sentence, film)
    expected = draft_after(plain, film)
    assert expected is not None
    assert done.draft is not None
    assert sorted(str(v) for v in _values(done.draft.data)) == sorted(str(v) for v in _values(expected))
    assert done.reply.startswith(("I took that as “", "我理解为“"))


def _values(value):
    """All that stands in a draft but ids, which are made anew."""
    if isinstance(value, dict):
        return [v for k, one in value.items() if k not in ("id", "from_id", "title_id") for v in _values(one)]
    return [v for one in value for v in _values(one)] if isinstance(value, list) else [value]


@pytest.mark.parametrize(
    ("sentence", "choice"),
    [
        ("make it tall but dont cut anything off", "make it vertical with blurred bars"),
        ("the title is too small", "make the title bigger"),
        ("title: Solar Cooker", "add a title “Solar Cooker”"),
        ("can it end by fading to black?", "fade out to black at the end"),
    ],
)
def test_what_may_be_meant_is_the_first_choice(sentence, choice, film):
    """With the message's own times, texts and clips, in the message's language; nothing is done yet."""
    assert offered(sentence, film)[:1] == [choice]


@pytest.mark.parametrize(
    "sentence",
    [
        "my boss wants to cut the pauses but I disagree",
        "the drop in the music is great",
        "that fade is nice",
        "reverse psychology works on my kids",
        "the weather was nice and the music festival was loud",
        "i need more time to think",
        "the dog is barking",
        "freeze peas are cheap",
        "zoom call starts at 5",
        "the second clip is a bit dark, but I like it",
        "maybe we could speed it up later",
        "shuffle it",
        "the beginning is wobbly",
        "second thoughts on the front row",
        "sing and dance",
        "前面那段挺好看的",
        "这段音乐真好听",
        "如果太长的话，到时候再剪",
    ],
)
def test_idle_talk_is_asked_nothing(sentence, film):
    """Who says what is so, or what somebody else wants, is not asked what to do."""
    assert offered(sentence, film) == []


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("can we start over with the music?", ("start over",)),
        ("take back my consent", ("undo",)),
        ("revert the colours of the first clip", ("undo", "start over")),
        ("undo the title", ("undo",)),
        ("撤销标题", ("撤销",)),
        ("keep the music but remove the rest", ("remove the music", "remove")),
        ("split screen with both clips", ("split",)),
        ("把结尾的静音去掉", ("静音",)),
        ("don't show subtitles for the first clip", ("add", "remove")),
        ("别撤销", ("撤销",)),
    ],
)
def test_no_other_thing_is_offered(sentence, wrong, film):
    """Nothing that would take back, take away or add what was not meant."""
    assert not [one for one in offered(sentence, film) if one.startswith(wrong)]


def test_every_instruction_is_understood(film):
    """Each form of each kind of edit, filled in, is read by the grammar, or joins what stands before it."""
    texts = {"en": "“Hi”", "zh": "“你好”"}
    slots = {
        "en": {"span": "0:10 to 0:20", "at": "0:30", "long": "5 seconds", "share": "20%", "clip": "clip 2", "other": "clip 3", "what": "clip 2", "factor": "2x", "times": "2x", "count": "3 times", "tail": "5 seconds", "ratio": "4:5", "half": "0.5x", "lufs": "14",
               "frame": "the last frame", "onward": "everything after 0:30", "mood": "calm", "transition": "wipe", "place": "at the top", "colour": "red", "big": "big", "a-bit": "a bit"},
        "zh": {"span": "0:10到0:20", "at": "0:30", "long": "5秒", "share": "20%", "clip": "第二段", "other": "第三段", "what": "第二段", "factor": "2倍", "times": "2倍", "count": "3遍", "tail": "5秒", "ratio": "4:5", "half": "一半速度", "lufs": "14",
               "frame": "最后一帧", "onward": "0:30之后", "mood": "舒缓的", "transition": "叠化", "place": "顶部", "colour": "红色", "big": "大", "a-bit": "一点"},
    }  # fmt: skip
    film.media[SUBTITLES] = MediaItem(SUBTITLES, "subs.srt", "text", 0, has_audio=False)
    unread = []
    for language in LANGUAGES:
        for frame in frames():
            files = {
                "file": "subs.srt" if frame.family == "subtitles" else "my song.mp3",
                "text": texts[language],
            }
            values = {f"{{{slot}}}": said for slot, said in (slots[language] | files).items()}
            forms = sentences(frame, values, language)
            unread += [
                said for said, _ in forms if not frame.joins and not isinstance(read(said, film), Plan)
            ]
    assert unread == []


def test_words_are_alike_in_every_language():
    """Each language has words for each class, a word for each value, and instructions for each kind of edit."""
    data = [
        tomllib.loads(
            (resources.files("nemo_widgets.studio.agent.meanings") / f"{language}.toml").read_text("utf-8")
        )
        for language in LANGUAGES
    ]
    assert [sorted(one) for one in data] == [sorted(data[0])] * len(data)
    for table in ("words", "say", "left"):
        assert [set(one[table]) for one in data] == [set(data[0][table])] * len(data), table
    assert set(data[0]["say"]) == {frame.name for frame in frames()}
    values = set(data[0]) - {"words", "say", "left"}
    assert {part for frame in frames() for when in frame.when for part in when if "{" not in part} <= set(
        data[0]["words"]
    )
    assert values


def test_a_frame_names_only_classes_that_have_words():
    """A class that nobody can say is a slip of the pen."""
    known = {*classes("en"), *(f"{{{slot}}}" for slot in (*SLOTS, *VALUES))}
    assert [
        (frame.name, part)
        for frame in frames()
        for part in {*frame.may, *frame.unless, *(p for when in frame.when for p in when)}
        if part not in known
    ] == []
