"""A message as long as any may be is read, or refused, within about a second, whatever is repeated in it."""

from time import thread_time

import pytest

from nemo_widgets.studio.agent.composing import Plan, Refusal
from nemo_widgets.studio.agent.dialogue.following import continued, corrected
from nemo_widgets.studio.agent.dialogue.understanding import understand
from nemo_widgets.studio.agent.edits.mixing import RemoveMusic
from nemo_widgets.studio.agent.plan import warm_up
from nemo_widgets.studio.agent.world import Earlier
from nemo_widgets.studio.limits import MOST_MESSAGE

UNITS = [
    *(
        "撤销，",
        "undo, ",
        "remove 0:10 to 0:20, ",
        "删掉第二段，",
        'add "a", ',
        '"a" ',
        "‘",
        "“",
        "'",
        "1:",
        "9",
        "一",
        "八七",
    ),
    *(
        "one hundred ",
        "a half ",
        "to ",
        "make it ",
        "no, ",
        "the ",
        "a.",
        "a\u0300\u0316",
        "\ufdfa",
        "...",
        "它",
        "clip 1 ",
    ),
    *(
        "interview ",
        "and then ",
        "extremely",
        "aspect",
        "\n",
        " ",
        "?",
        "00:01 --> a\n",
        "title: ",
        "first half of ",
    ),
]
MOST_S = 2.0
"""CPU seconds on a slow machine."""


@pytest.mark.parametrize("unit", UNITS)
def test_no_message_is_pondered_for_long(unit, world):
    """By itself, and after another of its sort, a message that repeats something ends soon."""
    warm_up()
    for length in (1500, 2000, MOST_MESSAGE, 10 * MOST_MESSAGE):
        text = (unit * length)[:length]
        for earlier in ([], [Earlier(text, "", changed=True)] * 30):
            world.earlier = earlier
            begun = thread_time()
            understand(text if not earlier else "no, 0:50", world)
            assert thread_time() - begun < MOST_S, length
    assert isinstance(understand(unit * 10 * MOST_MESSAGE, world), Refusal)


@pytest.mark.parametrize("digits", ["9" * 400, "9," * 20 + "9", "九" * 40])
def test_numbers_without_end_are_refused(digits, world):
    """A number that nothing can be is refused in a sentence, wherever it stands."""
    for words in (f"remove the first {digits} seconds", f"volume {digits}%", f"undo {digits} steps"):
        found = understand(words, world)
        assert isinstance(found, Refusal)
        assert found.reason == "digits"


@pytest.mark.parametrize("words", [5, 20, 40, 59, 400])
@pytest.mark.parametrize("text", ["no, blue", "no, 0:50", "and the last one too", f"no, {'x ' * 700}"])
def test_what_a_message_may_mean_after_a_long_one_is_not_tried_for_long(text, words):
    """However long both are, the sentences that are read to find it out are some thousand words in all."""
    before, read = "cut 0:05 and " * (words // 3) + "fade", []

    def reading(sentence):
        read.append(sentence)
        return Plan((RemoveMusic(),), "en") if sentence == before else None

    for follow in (corrected, continued):
        follow(text, [Earlier(before, "", changed=True)], reading)
    assert before in read
    assert sum(map(len, read)) < 100_000
