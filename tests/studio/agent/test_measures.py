"""Other wordings of times, clips and numbers come to the plain ones, by what lies on the timeline."""

import re

import pytest
from growth import assert_linear

from nemo_widgets.studio.agent.language.measures import plain_measures
from nemo_widgets.studio.agent.language.tokens import Veiled
from nemo_widgets.studio.timeline.outline import Outline

FILM = Outline(60_000, ((0, 20_000, "interview"), (20_000, 35_000, "trip"), (35_000, 60_000, "night")))
TWINS = Outline(40_000, ((0, 20_000, "one"), (20_000, 40_000, "two")))


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("split at the halfway point", "split at 0:30"),
        ("split it a quarter of the way through", "split it at 0:15"),
        ("freeze five seconds into the second clip for 3 seconds", "freeze at 0:25 for 3 seconds"),
        ("mute the longest clip", "mute clip 3"),
        ("delete the clip that starts at 0:20", "delete clip 2"),
        ("mute the clip after clip one", "mute clip 2"),
        ("remove the five seconds leading up to 0:40", "remove 0:35 to 0:40"),
        ("set the volume of clip 2 to 0.7", "set the volume of clip 2 to 70%"),
        ("crop it to four by five", "crop it to 4:5"),
        ("freeze at 0:50 for 1 and 1/2 seconds", "freeze at 0:50 for 1.5 seconds"),
        ("在三分之二处分割", "在0:40处分割"),
        ("删掉最短的那段", "删掉第2段"),
        ("在0:33定格四秒五", "在0:33定格4.5秒"),
        ("第一段音量设为五分之一", "第一段音量设为20%"),
    ],
)
def test_another_wording_comes_to_the_plain_one(said, plain):
    assert plain_measures(said, Veiled(), FILM) == plain


@pytest.mark.parametrize(
    "said",
    [
        "mute the longest clip",
        "mute the clip after clip 2",
        "mute all three clips",
        "freeze 50 seconds into clip 2",
    ],
)
def test_what_names_no_clip_or_moment_of_the_timeline_stays_as_it_was_said(said):
    assert plain_measures(said, Veiled(), TWINS) == said


def test_plain_words_stay_as_they_are():
    for said in ("cut from 12.5 sec up to 14 sec", "keep the first 10 seconds", "删掉0:10到0:20"):
        assert re.sub(r"\s", "", plain_measures(said, Veiled(), FILM)) == re.sub(r"\s", "", said)


@pytest.mark.parametrize(
    "words",
    [
        "the next ",
        "halfway ",
        "sec 5 ",
        "one and a ",
        "volume to ",
        "1/2 ",
        "5 s before ",
        "crop it ",
        "二分之一",
        "0:10前后各",
        "第二段",
    ],
)
def test_hostile_wordings_cost_no_more_than_their_length(words):
    assert_linear(
        lambda text: plain_measures(text, Veiled(), FILM),
        lambda n: (words * (n // len(words) + 1))[:n],
        about=words,
        most=4000,
    )
