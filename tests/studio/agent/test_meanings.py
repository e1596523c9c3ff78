"""What is not understood becomes a question with whole instructions, filled in from the message; nothing is done."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line

import tomllib
from importlib import resources

import pytest

from nemo_widgets.question import Question
from nemo_widgets.studio.agent import Agent, MediaItem, ToolCall
from nemo_widgets.studio.agent.composing import Plan
from nemo_widgets.studio.agent.meanings.topics import LANGUAGES, topics
from nemo_widgets.studio.agent.plan import read

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


@pytest.mark.parametrize(
    ("sentence", "choice"),
    [
        ("chop it into two pieces at 1:00", "split it at 1:00"),
        ('pop up "Subscribe!" at 1:30 for 3 secs in the corner bottom right', 'add the title "Subscribe!" at 1:30 for 3 secs'),
        ("put some background tune in but only between 15 seconds and one minute", "add background music from 15 seconds to one minute"),
        ("the music's drowning me out, bring it down a notch", "make the music a bit quieter"),
        ("make it tall but dont cut anything off", "make it vertical with blurred bars"),
        ("take back the last thing you did", "undo"),
        ("put everything back how it was", "start over"),
        ("the title is too small", "make the title bigger"),
        ("move that text up to the top", "move the title to the top"),
        ("super slow mo between 10s and 12s", "slow motion from 10s to 12s"),
        ("cut the silences and then also lop 5 seconds off the end", "cut the silences, then remove 5 seconds off the end"),
        ("title: Solar Cooker", "add the title “Solar Cooker”"),
        ("half the volume of the music", "make the music quieter"),
        ("转场慢得要命，改成0.3秒才行", "转场改成0.3秒"),
        ("0:10到0:20那儿得 cut 了才行", "删掉0:10到0:20"),
        ("没声音的地方都去掉", "剪掉停顿"),
        ("做个预告片", "剪成30秒的精彩集锦"),
        ("刚才那步不算", "撤销"),
    ],
)  # fmt: skip
def test_the_instruction_that_is_meant_is_the_first_choice(sentence, choice, film):
    """With the message's own times, texts and clips, in the message's language."""
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
    """Each form of each topic, filled in, is read by the grammar."""
    values = {
        "en": {"span": "0:10 to 0:20", "at": "0:30", "long": "5 seconds", "share": "20%", "text": "“Hi”", "clip": "the second clip", "other": "the third clip"},
        "zh": {"span": "0:10到0:20", "at": "0:30", "long": "5秒", "share": "20%", "text": "“你好”", "clip": "第二段", "other": "第三段"},
    }  # fmt: skip
    film.media[SUBTITLES] = MediaItem(SUBTITLES, "subs.srt", "text", 0, has_audio=False)
    unread = [
        form
        for topic in topics()
        for language in LANGUAGES
        for form in topic.says[language]
        if not any(
            isinstance(read(form.format(**values[language], file=file), film), Plan)
            for file in ("my song.mp3", "subs.srt")
        )
    ]
    assert unread == []


@pytest.mark.parametrize(
    ("sentence", "choices"),
    [
        ("make mute.mp4 look like an old movie sort of thing", ["make mute.mp4 sepia"]),
        ("punch in on mute.mp4 a tad", ["zoom in slowly on mute.mp4"]),
        ("make mute.mp4 and the first clip trade places", ["swap mute.mp4 and the first clip"]),
        ("stick my song.mp3 underneath as a tune", ["use my song.mp3 as background music"]),
        ("add some calm piano under mute.mp4", []),
        ("mute.mp4 看起来颜色发灰啊", ["mute.mp4饱和度提高30%"]),
    ],
)
def test_an_offer_keeps_the_clips_that_are_named(sentence, choices, film):
    """No instruction is offered that is about something else than what the message names."""
    assert offered(sentence, film) == choices


def test_topics_are_alike_in_every_language():
    """Each language has words and instructions for each topic."""
    data = [
        tomllib.loads(
            (resources.files("nemo_widgets.studio.agent.meanings") / f"{language}.toml").read_text("utf-8")
        )
        for language in LANGUAGES
    ]
    assert [list(one) for one in data] == [list(data[0])] * len(data)
    for name in data[0]:
        for part in {*data[0][name]} - {"alone"} if name != "words" else ():
            assert {bool(one[name][part]) for one in data} in ({True}, {False}), (name, part)
