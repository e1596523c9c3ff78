"""What a message means after others: corrections, what was meant before, redo, slips of the pen, choices."""

from __future__ import annotations

import pytest

from nemo_widgets.question import Question
from nemo_widgets.studio.agent import Agent, AgentSettings, Asked, ToolCall, understand


@pytest.mark.parametrize(
    ("said", "points"),
    [
        (("remove 0:40 to 1:00", "no, 0:50 to 1:00"), [(0, 50_000), (60_000, 110_000)]),
        (("remove the first 10 seconds", "no, 15"), [(15_000, 110_000)]),
        (("remove the first 10 seconds", "sorry, I meant the last 10 seconds"), [(0, 100_000)]),
        (("remove the first 10 seconds", "oops, remove the first 5 seconds"), [(5000, 110_000)]),
        (("删掉前10秒", "不对，是前15秒"), [(15_000, 110_000)]),
        (("remove from 0:45 to 1:20 and join the rest", "no, to 1:15"), [(0, 45_000), (75_000, 110_000)]),
        (("删掉0:45到1:20", "不对，到1:15"), [(0, 45_000), (75_000, 110_000)]),
    ],
)
def test_correction(said, points, world, do, shown):
    """A correction takes the last edit back and does it again with what was said instead."""
    _, done = do(said[0], world), do(said[1], world)
    assert shown(done.draft) == points
    assert done.undo == 1
    assert "instead of the last edit" in done.reply or "取代刚才的操作" in done.reply


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        (("remove 5 seconds", "remove the last 5 seconds"), [None, True]),
        (("remove 5 seconds", "Please cut the last five seconds!"), [None, True]),
        (
            ("remove 5 seconds", "how long is it?", "sing a song", "cut the last 5 seconds"),
            [None, 0, 0, True],
        ),
        (("remove 5 seconds", "cut the pauses"), [None, False]),
        (("remove 5 seconds", "cut the pauses", "remove the last 5 seconds"), [None, False, None]),
        (("cut the pauses and add a voice-over", "never mind"), [None, True]),
        (("cut the pauses and add a voice-over", "leave it"), [None, True]),
        (("cut the pauses and add a voice-over", "undo"), [None, False]),
        (("cut the pauses", "undo"), [None, None]),
        (("删掉5秒", "删掉最后5秒"), [None, True]),
    ],
)
def test_whether_a_message_takes_up_the_question_before_it(said, answers, world, do):
    """Who says a choice, or what means the same, has answered; any other message passes the question over."""
    agent = Agent(AgentSettings())
    assert [do(message, world, agent=agent).answers for message in said] == answers


def test_correction_of_a_correction(world, do, shown):
    """A correction can be corrected."""
    do("remove the first 10 seconds", world)
    do("no, 15", world)
    assert shown(do("no, 20", world).draft) == [(20_000, 110_000)]


def test_correction_of_what_was_refused(world, do, shown):
    """After a refusal there is nothing to take back."""
    assert do("remove 4:00 to 4:20", world).draft is None
    done = do("no, 0:40 to 1:00", world)
    assert (shown(done.draft), done.undo) == ([(0, 40_000), (60_000, 110_000)], 0)


def test_a_correction_that_could_mean_two_things_is_a_question(world, do, shown):
    """Which end of a range a single time corrects is asked, and each choice does what it says."""
    do("remove 0:45 to 1:20", world)
    asked = understand("no, 0:50", world)
    assert isinstance(asked, Asked)
    assert [c.en for c in asked.choices] == [
        "undo and then remove 0:50 to 1:20",
        "undo and then remove 0:45 to 0:50",
    ]
    assert shown(do(asked.choices[1].en, world).draft) == [(0, 45_000), (50_000, 110_000)]


def test_something_else_after_a_no_is_a_question(world, do):
    """Another edit after a 'no' comes instead of the last one or after it, which is asked."""
    do("remove 0:45 to 1:20", world)
    assert isinstance(understand("no, add background music", world), Asked)


def test_no_correction_without_a_message(world, do):
    """A 'no' before anything was said corrects nothing."""
    assert do("no, 0:50", world).draft is None


@pytest.mark.parametrize("thanks", ["perfect, thank you!", "looks good", "no, that's fine", "谢谢"])
def test_praise_changes_nothing(thanks, world, do):
    """What is said about the last edit is no edit."""
    do("remove the first 10 seconds", world)
    assert do(thanks, world).draft is None


def test_it_is_what_was_spoken_of(world, do):
    """After music, 'quieter' is about the music; after a title, a colour is about the title."""
    do("add background music", world)
    do("make it quieter", world)
    assert world.draft.layout()[1].segments[0].volume < 0.35
    do('add a title "Hi"', world)
    do("make it red", world)
    assert world.draft.layout()[-1].segments[0].raw["m"]["color"] == "#ff0000"


def test_redo(world, do):
    """What was undone can be had again, step by step, until something else is edited."""
    do("remove the first 10 seconds", world)
    do("add background music", world)
    there = world.draft.data
    do("undo", world)
    do("undo", world)
    do("redo", world)
    assert do("redo", world).draft.data == there
    assert do("redo", world).draft is None
    for back, again in (("undo", "redo the last 2"), ("撤销", "重做最近2步"), ("undo", "redo 2 edits")):
        do(back, world)
        do(back, world)
        assert do(again, world).draft.data == there
    do("undo", world)
    assert do("redo 50", world).reply.startswith("I can redo 1 step at most."), "as an undo has it"
    do("remove the first second", world)
    assert "nothing to redo" in do("redo", world).reply


def test_redo_goes_step_by_step_whatever_undo_did(world, do):
    """Of several edits that were undone at once a redo brings one back, and says how many are left."""
    do("remove the first 10 seconds", world)
    do("add background music", world)
    there = do("make it quieter", world).draft
    do("undo 3", world)
    first = do("redo", world)
    assert first.draft.duration_ms == 100_000
    assert first.reply.startswith("Redid “remove the first 10 seconds”: ")
    assert first.reply.endswith(" 2 more can be redone.")
    assert do("redo", world).reply == "Redid “add background music”. 1 more can be redone."
    assert do("redo", world).draft == there
    for whole in ("undo the undo", "redo 3", "取消撤销"):
        do("undo 3", world)
        redone = do(whole, world)
        assert redone.draft == there
        assert redone.reply.startswith(("Redid 3 steps, “", "重做了 3 步：“"))
    do("undo", world)
    do("undo 2", world)
    assert do("undo that undo", world).reply.endswith(" 1 more can be redone.")


def test_undo_and_redo_name_every_step(world, do):
    """Each step that goes or comes back is named, also one like another, and a fresh start."""
    for message in ("mute the video", "unmute the video", "mute the video"):
        do(message, world)
    every = "3 steps, “mute the video”, “unmute the video” and “mute the video”"
    assert do("undo all three", world).reply.startswith(f"Undid {every}")
    assert do("redo everything", world).reply.startswith(f"Redid {every}")
    do("add music", world)
    do("start over", world)
    assert do("undo both", world).reply.startswith("Undid 2 steps, “add music” and the fresh start")
    assert do("redo both", world).reply.startswith("Redid 2 steps, “add music” and the fresh start")
    do("undo 2", world)
    assert do("全部重做", world).reply.startswith("重做了 2 步：“add music”、“重新开始”")
    do("undo 2", world)
    both = do("redo 2 and remove the first second", world)
    assert both.reply.startswith("Redid 2 steps, “add music” and the fresh start. ")
    assert do("undo", world).reply.startswith("Undid “redo 2 and remove the first second”")


def test_steps_that_lead_nowhere_change_nothing(world, do):
    """Where a redo of several steps ends at what is there, nothing is said to be done."""
    do("mute the video", world)
    do("unmute the video", world)
    do("mute the video", world)
    do("undo", world)
    do("undo", world)
    done = do("redo 2", world)
    assert (done.draft, done.outcome) == (None, "refused")
    assert done.reply == "After those the timeline would be as it is now. Nothing was changed."
    assert do("重做2步", world).reply == "重做这些之后，时间线和现在一样。没有做任何改动。"


def test_put_back(world, do):
    """Music that was removed comes back as it was, what was done since stays."""
    do("add background music at 20%", world)
    there = world.draft.layout()[1].segments[0].raw
    do("remove the music", world)
    do('add a title "Hi"', world)
    done = do("put the music back", world)
    assert done.draft.layout()[1].segments[0].raw == there
    assert [t.type for t in done.draft.layout()] == [0, 1, 7]
    assert "is there" in do("bring back the music", world).reply


def test_put_back_what_never_was(world, do):
    """What was never there can't be put back."""
    assert do("put the music back", world).draft is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("cut the pauzes", "pauses"), ("remve the first 10 seconds", "remove"), ("start ovr", "over")],
)
def test_slips(typed, meant, world, do):
    """A word that is a letter off is taken for the one that is known, and that is said."""
    do("remove the last 5 seconds", world)
    done = do(typed, world)
    assert done.draft is not None
    assert f"as “{meant}”" in done.reply


@pytest.mark.parametrize("typed", ["add a dog", "remove the funny pasta", "fjord the whale", "asdf qwer"])
def test_no_slips(typed, world, do):
    """Words that are near to nothing stay what they are."""
    assert do(typed, world).draft is None


def test_choices_are_asked_as_the_protocol_has_it(world, do):
    """A vague message becomes a question whose choices are instructions."""
    steps = list(Agent(AgentSettings(silent="never")).turn("cut 10 seconds", world))
    call = next(s for s in steps if isinstance(s, ToolCall))
    question = Question.from_args(call.args)
    assert call.name == "ask_question"
    labels = [o.label for o in question.items[0].options]
    assert labels == ["remove the first 10 seconds", "remove the last 10 seconds"]
    assert steps[-1].draft is None
    assert steps[-1].reply == question.items[0].prompt, "the choices are shown by who shows the question"
    assert do(labels[0], world).draft is not None


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what's at 0:30?", "interview"),
        ("what music is that?", "Lo-fi"),
        ("how many clips are there?", "2 clips"),
        ("what does the title say?", "Hello"),
        ("which clip is the longest?", "interview"),
        ("where are the cuts?", "0:45"),
        ("what's the aspect ratio?", "16:9"),
        ("are there any transitions?", "no transitions"),
        ("what did you do?", "remove 0:45-1:20"),
        ("what is at 9:00?", "past the end"),
        ("第30秒是什么画面？", "interview"),
        ("有几个片段？", "2 个"),
        ("标题写了什么？", "Hello"),
        ("现在是什么音乐？", "Lo-fi"),
    ],
)
def test_questions(question, answer, world, do):
    """Questions about the timeline are answered from it, and change nothing."""
    do('remove 0:45-1:20, add background music and a title "Hello"', world)
    done = do(question, world)
    assert done.draft is None
    assert answer in done.reply


def test_a_correction_is_one_thing_where_it_can_be_one(world, do):
    """What changes least is meant: 'everything after' stays that; and words put behind read best there."""
    do("delete everything after 0:30", world)
    assert do("i meant after 0:25", world).reply.startswith("I took it as “delete everything after 0:25”")
    do("use my song", world)
    do("the music should fade out at the end", world)
    reply = do("no, over 4 seconds", world).reply
    assert reply.startswith("I took it as “the music should fade out at the end over 4 seconds”")


def test_a_correction_reads_as_people_say_it(world, do):
    """What is put together from two messages is told as one sentence: between one time and another."""
    do("remove the section between 0:45 and 1:20 and join the remaining parts smoothly", world)
    assert do("no, to 1:15", world).reply.startswith(
        "I took it as “remove the section between 0:45 and 1:15 and join the remaining parts smoothly” "
        "instead of the last edit. Removed 0:45–1:15 (30 s), joined with a crossfade of 0.5 s."
    )


def test_it_over_several_messages(world, do):
    """'It' is still the music after a message that did not name it, and not the whole film."""
    for sentence in ("add calm music", "make it quieter", "fade it out at the end"):
        do(sentence, world)
    assert world.draft.data["t"][1]["sg"][0]["m"]["fade_out"] == 2000
    assert "fade_out" not in world.draft.meta


@pytest.mark.parametrize(
    ("said", "choices"),
    [
        ("speed up the clip", ["speed up clip 2", "speed up all clips", "never mind"]),
        ("play the clip backwards", ["play clip 2 backwards", "play all clips backwards", "never mind"]),
    ],
)
def test_choices_of_which_clip_are_sentences(said, choices, world, do):
    """A choice takes the place of the words that leave it open, and does not stand behind them."""
    for before in ("split at 0:30", "split at 1:00", "mute clip 2"):
        do(before, world)
    asked = understand(said, world)
    assert isinstance(asked, Asked)
    assert [c.en for c in asked.choices] == choices
