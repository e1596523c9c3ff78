"""Messages that ask in several parts, or beside what is to be done: every part is answered, or named."""

from __future__ import annotations

import pytest

LONG = "The timeline is 1:50 long."
LEFT = "Nothing was changed."


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("how long is it and what music is playing?", f"{LONG} There is no music."),
        ("How long is it? How many clips are there?", f"{LONG} There is 1 clip: interview."),
        ("what is the length and the title?", f"{LONG} There is no title."),
        ("Could you tell me the length and the title, please?", f"{LONG} There is no title."),
        ("tell me how long it is", LONG),
        ("let me know what the title says", "There is no title."),
        ("现在多长？有音乐吗？", "时间线长 1:50。没有音乐。"),
        ("告诉我现在多长", "时间线长 1:50。"),
        ("how long is it, and don't touch the title", f"{LONG} Left as it is."),
        ("how long is it? How long is it?", LONG),
    ],
)
def test_every_part_of_a_question_is_answered(said, reply, world, do):
    """Questions in a row are each answered, once, and nothing is refused about that."""
    done = do(said, world)
    assert (done.outcome, done.draft, done.reply) == ("answered", None, reply)


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("How long is it, and is the light good?", f"{LONG} I can't answer “is the light good”."),
        ("Is it any good? How long is it?", f"{LONG} I can't answer “Is it any good”."),
        ("Cut the first 5 seconds? How long is it?", f"{LONG} I can't answer “Cut the first 5 seconds”."),
        ("should I cut the end? how long is it?", f"{LONG} I can't answer “should I cut the end”."),
        ("现在多长？光线好不好？", "时间线长 1:50。“光线好不好”我回答不了。"),
    ],
)
def test_half_an_answer_names_the_other_half(said, reply, world, do):
    """Of two questions one of which has an answer the outcome is an answer, and the other one is named."""
    done = do(said, world)
    assert (done.outcome, done.draft, done.reply) == ("answered", None, reply)


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        (
            "cut the first 10 seconds. How long is it now?",
            "Removed 0:00–0:10 (10 s). The timeline is now 1:40",
        ),
        ("cut the first 10 seconds and tell me how long it is", "Removed 0:00–0:10 (10 s). The timeline"),
        (
            "how long is it? Then cut the first 10 seconds",
            f"{LONG} Removed 0:00–0:10 (10 s). The timeline is",
        ),
        ("删掉前10秒，现在多长？", "删除了 0:00–0:10（10 秒）。时间线现在长 1:40，短了 10 秒。"),
    ],
)
def test_what_is_to_be_done_is_done_and_the_question_answered(said, reply, world, do):
    """An edit and a question: both, in the order said; the length after an edit is told once."""
    done = do(said, world)
    assert done.outcome == "done"
    assert done.draft.duration_ms == 100_000
    assert done.reply.startswith(reply)
    assert done.reply.count("1:40") == 1


def test_a_question_behind_an_edit_is_about_what_it_has_made(world, do):
    """What is asked behind an edit is told of the new timeline, what is asked before it of the old one."""
    after = do('add a title "Rome" and tell me what the title says', world)
    assert after.reply.endswith("It says “Rome” (0:00–0:03).")
    before = do("what does the title say? Remove the title", world)
    assert before.reply.startswith("It says “Rome” (0:00–0:03).")
    assert before.outcome == "done"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("how long is it? cut the pimples", [LONG, "I did not understand “cut the pimples”.", LEFT]),
        ("how long is it? cut 4:00 to 4:20", [LONG, "4:00 is past the end", LEFT]),
        ("don't cut it. How long is it?", [LONG, "something not to do.", LEFT]),
        ("undo, and how long is it?", [LONG, "There is nothing to undo."]),
    ],
)
def test_what_could_not_be_done_is_said_beside_the_answer(said, told, world, do):
    """Where the edit comes to nothing the message is refused, and the question is answered all the same."""
    done = do(said, world)
    assert (done.outcome, done.draft) == ("refused", None)
    assert all(words in done.reply for words in told)


def test_an_edit_beside_a_question_without_an_answer_is_asked_about(world, do):
    """Whether the edit is meant as it stands is asked, with the answers that there are."""
    done = do("cut the first 10 seconds. Is it nice? How long is it?", world)
    assert (done.outcome, done.draft) == ("asked", None)
    assert done.reply == f"{LONG} I can't answer “Is it nice”. Do the rest without it?"


@pytest.mark.parametrize(
    "said",
    [
        "how long is it if I cut the first 10 seconds?",
        "what is the title, or should I cut it?",
        "how long is clip 1 and what is in it?",
        "why is it so dark?",
        "如果删掉前10秒，现在多长？",
    ],
)
def test_parts_that_hang_together_are_left_together(said, world, do):
    """What one part says of the other is no part by itself: such a message changes nothing."""
    done = do(said, world)
    assert done.draft is None
    assert done.outcome == "refused"


def test_a_wish_that_hangs_together_with_a_question_is_asked_about(world, do):
    """Whether it is one is for whoever said it to tell; nothing is changed until then."""
    done = do("which music is playing and can you make it louder?", world)
    assert done.draft is None
    assert done.outcome == "asked"


@pytest.mark.parametrize(
    "said",
    [
        "can I export as gif?",
        "How do I export it in 4k?",
        "what formats can I export?",
        "is it possible to save it as mov?",
        "can you make gifs?",
        "how do I make a gif?",
        "can you make a flac?",
        "可以导出成gif吗？",
        "怎么导出？",
    ],
)
def test_what_an_export_can_be_is_answered(said, world, do):
    """Who asks what can be exported hears it, with the words that do it; nothing is exported or changed."""
    done = do(said, world)
    assert (done.outcome, done.draft) == ("answered", None)
    assert all(words in done.reply for words in ("MP4", "M4A", "WAV", "film.mp4"))


@pytest.mark.parametrize(
    "said", ["make me a gif", "I want a GIF of this", "gif please", "save it as mov", "导出成gif", "做个动图"]
)
def test_who_asks_the_agent_for_a_file_hears_what_an_export_is(said, world, do):
    """It is refused with what there is, and the words that do it; the rest of such a message is offered."""
    done = do(said, world)
    assert done.outcome == "refused"
    assert all(words in done.reply for words in ("MP4", "M4A", "WAV", "film.mp4"))
    assert "film.mp4" in do(f"cut the pauses, {said}", world).reply


def test_a_file_that_is_called_so_is_asked_for_itself(world, do):
    """The ending of a file's name is no wish for an export."""
    assert "No file “logo.gif”" in do("use logo.gif as a sticker", world).reply


@pytest.mark.parametrize(
    "said",
    ["I want a GIF with music", "make a gif with sound", "export as gif with the music", "导出带声音的动图"],
)
def test_who_wants_a_gif_to_be_heard_learns_that_it_has_no_sound(said, world, do):
    """A GIF has no sound; what has both is offered."""
    done = do(said, world)
    assert (done.outcome, done.draft) == ("refused", None)
    assert any(words in done.reply for words in ("a GIF has no sound", "动图没有声音"))
    assert "film.mp4" in done.reply


@pytest.mark.parametrize(
    "said", ["export in 8k at 500 fps", "export it at 300 fps", "以8K导出", "导出8K 500帧"]
)
def test_an_export_beyond_what_can_be_is_told_what_can(said, world, do):
    """The largest size and the highest rate are told where more is asked for."""
    done = do(said, world)
    assert (done.outcome, done.draft) == ("refused", None)
    assert all(words in done.reply for words in ("4096", "240", "4K"))
