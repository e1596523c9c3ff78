"""What 'it' is: the clips named before it, in the sentence or in the message before, and never silently all."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line

from __future__ import annotations

import pytest
from growth import assert_linear, pumped
from studio.agent.instructions.worlds import WORLDS

from nemo_widgets.question import Question
from nemo_widgets.studio.agent import Agent, ToolCall
from nemo_widgets.studio.agent.language.pointing import leans_on
from nemo_widgets.studio.agent.plan import named_by

H, M, N = "harbour", "market", "night"
ALL = {H, M, N}
USUAL = {"volume": 1.0, "speed": 1.0, "rotate": None, "reverse": None, "zoom": None, "flip": None}


def worn(world):
    """What each clip has beside its source, as key and value, by its name."""
    (main, *_) = world.draft.data["t"]
    found = {}
    for segment in main["sg"]:
        meta = segment["m"]
        has = {key for key, usual in USUAL.items() if meta.get(key, usual) != usual}
        has |= {look["type"] for look in meta.get("looks", ())}
        found.setdefault(meta["name"].partition(".")[0], set()).update(has)
    return found


def changed(world):
    """Which clips have each thing."""
    return {
        key: {name for name, has in worn(world).items() if key in has}
        for key in set().union(*worn(world).values())
    }


ROWS = [
    # one sentence, a pronoun
    (("make the market clip twice as fast and mute it",), {"speed": {M}, "volume": {M}}),
    (("rotate market by 90 degrees and make it brighter",), {"rotate": {M}, "brightness": {M}}),
    (("reverse the first clip and make it louder",), {"reverse": {H}, "volume": {H}}),
    (("reverse the last one and mute it",), {"reverse": {N}, "volume": {N}}),
    (("make the second clip black and white. Make it brighter.",), {"bw": {M}, "brightness": {M}}),
    (("make the second clip black and white and make that clip brighter",), {"bw": {M}, "brightness": {M}}),
    (("make the second clip black and white, then zoom in on it slowly",), {"bw": {M}, "zoom": {M}}),
    (("make the first two clips black and white and mute them",), {"bw": {H, M}, "volume": {H, M}}),
    (("make harbour black and white and market warmer and mute them",), {"bw": {H}, "warm": {M}, "volume": {H, M}}),
    (("reverse market, make night brighter and mute it",), {"reverse": {M}, "brightness": {N}, "volume": {N}}),
    (("take the second clip, mute it and slow it down",), {"volume": {M}, "speed": {M}}),
    (("trim night to 10 s and mute it",), {"volume": {N}}),
    (("reverse the second clip and mute",), {"reverse": {M}, "volume": {M}}),
    # the clips as they are then
    (("move the second clip to the front and mute it",), {"volume": {M}}),
    (("swap the first and second clip and mute them",), {"volume": {H, M}}),
    (("move night to the front and make it brighter",), {"brightness": {N}}),
    (("mute the second clip and move it to the end",), {"volume": {M}}),
    # Chinese, where nothing at all may stand for it
    (("把第二段加速两倍，然后静音",), {"speed": {M}, "volume": {M}}),
    (("把第二段变成黑白，再调亮一点",), {"bw": {M}, "brightness": {M}}),
    (("第二段静音，再加速两倍",), {"speed": {M}, "volume": {M}}),
    (("把第二段移到最前面，再静音",), {"volume": {M}}),
    (("把第一段旋转90度，然后把它调亮一点",), {"rotate": {H}, "brightness": {H}}),
    # the message before
    (("make the second clip black and white", "make it brighter"), {"bw": {M}, "brightness": {M}}),
    (("make the second clip black and white", "make it brighter", "speed it up 2x"), {"bw": {M}, "brightness": {M}, "speed": {M}}),
    (("move the second clip to the front", "make it brighter"), {"brightness": {M}}),
    (("make the second clip black and white", "no, the third", "make it brighter"), {"bw": {N}, "brightness": {N}}),
    (("把第二段变成黑白", "把它调亮一点"), {"bw": {M}, "brightness": {M}}),
    (("make the second clip black and white", "make that brighter"), {"bw": {M}, "brightness": {M}}),
    (("make the second clip black and white", "make it louder", "make it brighter"), {"bw": {M}, "volume": {M}, "brightness": {M}}),
    (("make the second clip black and white", "move it to the front", "mute it"), {"bw": {M}, "volume": {M}}),
    (("make it black and white", "and brighter"), {"bw": ALL, "brightness": ALL}),
    (("reverse night", "mute it"), {"reverse": {N}, "volume": {N}}),
    (("make the second clip brighter", "split it in half"), {"brightness": {M}}),
    (("把第二段变亮", "把它从中间切开"), {"brightness": {M}}),
    (("make it vertical", "brighter"), {"brightness": ALL}),
    (("make the second clip black and white", "make the video brighter"), {"bw": {M}, "brightness": ALL}),
    (("把第二段变成黑白", "整体调亮"), {"bw": {M}, "brightness": ALL}),
    # whole films stay whole
    (("make it black and white", "make it brighter"), {"bw": ALL, "brightness": ALL}),
    (("make it black and white and mute it",), {"bw": ALL, "volume": ALL}),
    (("make the second clip black and white and make everything brighter",), {"bw": {M}, "brightness": ALL}),
    (("make the first clip black and white", "make everything brighter"), {"bw": {H}, "brightness": ALL}),
    (("mute the second clip and make it vertical",), {"volume": {M}}),
    (("make the second clip black and white", "make it vertical"), {"bw": {M}}),
    (("remove 0:10-0:12 and make it black and white",), {"bw": ALL}),
    (("add calm music and speed it up 2x",), {"speed": ALL}),
    (("cut the pauses and make it vertical",), {}),
    (("mute the second clip, and make the last one brighter",), {"volume": {M}, "brightness": {N}}),
    (("make the second clip black and white", "undo", "make it brighter"), {"brightness": ALL}),
    # the music, the title
    (("add music and make it quieter",), {}),
    (("加音乐，再小声一点",), {}),
    (('add a title "Hi" and make it bigger',), {}),
]  # fmt: skip


@pytest.mark.parametrize(("messages", "wanted"), ROWS)
def test_it_is_what_was_named(messages, wanted, do):
    """After the last message these clips have been changed so, and no others."""
    world = WORLDS["trip"]()
    for message in messages:
        done = do(message, world)
        assert done.outcome == "done", done.reply
    assert changed(world) == wanted


ASKED = [
    (("remove the first clip and mute it",), "remove the first clip and mute all clips"),
    (("remove the second clip", "make it brighter"), "make all clips brighter"),
    (("remove the second clip", "make it louder"), "make all clips louder"),
    (("make the second clip black and white", "how long is it?", "make it louder"), "make clip 2 louder"),
    (("把第二段变成黑白", "再调亮一点"), "再把第2个片段调亮一点"),
    (("freeze the last frame for 2 seconds and make it black and white",), "freeze the last frame for 2 seconds and make all clips black and white"),
    (("duplicate the second clip and make it brighter",), "duplicate the second clip and make clip 2 brighter"),
    (("split the second clip in half and mute it",), "split the second clip in half and mute all clips"),
    (("split market at 0:15 and mute it",), "split market at 0:15 and mute market"),
    (("make the second clip black and white, add calm music and make it brighter",), "make the second clip black and white, add calm music and make clip 2 brighter"),
    (("make the second clip black and white", "make it vertical", "make it brighter"), "make clip 2 brighter"),
    (("make the second clip brighter", "black and white"), "make clip 2 black and white"),
    (("make the second clip black and white", "a bit brighter"), "make all clips a bit brighter"),
    (("make the second clip brighter", "slower"), "make clip 2 slower"),
    (("make the second clip brighter", "mute"), "mute clip 2"),
    (("make the second clip brighter", "a touch quieter"), "make clip 2 a touch quieter"),
    (("make the second clip brighter", "split it in half", "mute it"), "mute clip 2"),
    (("make the second clip brighter, split it in half and mute it",), "make the second clip brighter, split it in half and mute clip 2"),
    (("把第二段变亮", "静音"), "把第2个片段静音"),
    (("把第二段变亮", "慢一点"), "把所有片段慢一点"),
    (("把第二段变亮", "从中间切开"), "把第2个片段从中间切开"),
    (("speed up 0:05-0:10 2x and make it black and white",), "speed up 0:05-0:10 2x and make all clips black and white"),
]  # fmt: skip


@pytest.mark.parametrize(("messages", "choice"), ASKED)
def test_what_can_not_be_told_is_asked(messages, choice, do):
    """The last message changes nothing, and each choice of its question says which clips it is for."""
    world = WORLDS["trip"]()
    for message in messages[:-1]:
        do(message, world)
    (call,) = [s for s in Agent().turn(messages[-1], world) if isinstance(s, ToolCall)]
    labels = [option.label for option in Question.from_args(call.args).items[0].options]
    assert choice in labels
    assert do(choice, world).outcome == "done"


@pytest.mark.parametrize(
    "sentence",
    [
        "把城市那段旋转90度，再变成黑白",
        "reverse the forest one and mute it",
        "reverse the second clip, then the third, and mute them",
    ],
)
def test_no_half_is_offered_that_loses_its_clip(sentence, do):
    """Where the clip is not known, what leans on it is not offered for the whole film."""
    world = WORLDS["trip"]()
    assert do(sentence, world).outcome == "refused"


@pytest.mark.parametrize("unit", ["mute it and ", "that ", "the clip ", "它", "那段，", "a "])
def test_what_it_is_costs_no_more_than_the_words(unit):
    """Finding out what is named last, and what leans on it, takes time in proportion to the message."""
    world = WORLDS["trip"]()
    assert_linear(lambda text: leans_on(text, "the clip"), pumped(unit, before="the clip "), most=1 << 13)
    assert_linear(
        lambda text: named_by(text, world, world.draft.data),
        pumped(unit, before="mute clip 2 and "),
        most=1 << 12,
    )


@pytest.mark.parametrize("message", ["删掉第一段，再静音", "删掉第一段，静音"])
def test_a_clip_that_is_muted_loses_no_pauses(message, do):
    """'Mute' behind what is removed is not 'the silence', which would be cut out of the whole film."""
    world = WORLDS["trip"]()
    before = world.draft.data
    assert do(message, world).outcome != "done"
    assert world.draft.data == before
