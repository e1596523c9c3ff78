"""Answers name what they touched, and where; what takes 'the clip' asks which; half a message is offered."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from nemo_widgets.question import Question
from nemo_widgets.studio.agent import Agent, Asked, Done, MediaItem, ToolCall, understand

CLIP, MUTE = "/media/aa11/interview.mp4", "/media/bb22/mute.mp4"


def choices(sentence, world):
    """The choices of the question that comes back."""
    (call,) = [
        s for s in Agent().turn(sentence, world) if isinstance(s, ToolCall) and s.name == "ask_question"
    ]
    return [option.label for option in Question.from_args(call.args).items[0].options]


@pytest.fixture
def same(new_world, clips):
    """Five pieces of one source."""
    return new_world(clips(*[(CLIP, "solar", 4300)] * 5))


@pytest.fixture
def others(new_world, clips):
    """Four clips, each with a name of its own."""
    return new_world(
        clips((CLIP, "clip1", 4000), (MUTE, "clip2", 4000), (CLIP, "clip3", 2000), (MUTE, "tall", 3000))
    )


@pytest.mark.parametrize(
    ("sentence", "reply"),
    [
        ("remove the last clip", "Removed solar, clip 5 of 5, 0:17.2–0:21.5 (4.3 s). The timeline is now 0:17.2 long, 4.3 s shorter."),
        ("make clip 3 black and white", "solar, clip 3 of 5 (0:08.6–0:12.9): black and white."),
        ("make clips 2 to 4 warmer", "Clips 2–4 of 5 (0:04.3–0:17.2): warmer 50%."),
        ("make it warmer", "All 5 clips of solar: warmer 50%."),
        ("speed up clip 3 2x", "solar, clip 3 of 5 (0:08.6–0:12.9) is played at 2×, at the same pitch. The timeline is now 0:19.4 long, 2.2 s shorter."),
        ("mute 0:05 to 0:07", "Muted solar (0:05–0:07) (100% → 0%)."),
        ("rotate the last clip by 90 degrees", "Turned solar, clip 5 of 5 (0:17.2–0:21.5) by 90° clockwise."),
        ("move the last clip to the front", None),
        ("把第二段变成黑白", "solar（第 2 段，共 5 段，0:04.3–0:08.6）：黑白。"),
    ],
)  # fmt: skip
def test_pieces_of_one_source_are_told_apart(sentence, reply, same, do):
    """Where several clips have one name, the answer says which of them it was, and where."""
    said = do(sentence, same).reply
    assert said == reply if reply else "solar, clip 5 of 5" in said


def test_two_are_both(new_world, clips, do):
    """Nobody says all of two."""
    two = new_world(clips(*[(CLIP, "solar", 4300)] * 2))
    assert do("make it warmer", two).reply == "Both clips of solar: warmer 50%."
    assert do("which clip is the longest?", two).reply == "Both clips are 4.3 s long."


@pytest.mark.parametrize(
    ("sentence", "reply"),
    [
        ("play it at 1.5x", "clip1, clip2, clip3 and tall are played at 1.5×"),
        ("play it backwards", "clip1, clip2, clip3 and tall are played backwards."),
        ("speed up clip2 2x", None),
        ("make the second clip warmer", "clip2 (0:04–0:08): warmer 50%."),
        ("reverse 0:03 to 0:09", "0:03–0:09 is played backwards."),
    ],
)
def test_the_verb_agrees_with_what_is_named(sentence, reply, others, do):
    """Several clips are, one is."""
    others.media = {**others.media}
    said = do(sentence, others).reply
    assert said.startswith(reply or "clip2 (0:04–0:08) is played at 2×")


@pytest.mark.parametrize(
    "sentence", ["speed up the clip", "remove the clip", "make the clip black and white", "mute the clip"]
)
def test_the_clip_is_asked_after_where_there_are_several(sentence, same, do):
    """Each edit that takes 'the clip' asks which of five is meant, with the sentence filled in."""
    asked = choices(sentence, same)
    assert [label for label in asked if "clip 3" in label] == [sentence.replace("the clip", "clip 3")]
    assert len(asked) >= 5
    assert do(sentence, same).outcome == "asked"
    assert do(asked[2], same).draft is not None


def test_the_clip_is_the_only_one(world, do):
    """With one clip there is nothing to ask."""
    assert do("speed up the clip", world).draft is not None


@pytest.mark.parametrize(
    ("sentence", "words", "rest"),
    [
        ("cut the pauses and make it sparkle", "make it sparkle", "cut the pauses"),
        ("make it sparkle, cut the pauses and add music", "make it sparkle", "cut the pauses and add music"),
        ('add music, paint it pink and add a title "Hi"', "paint it pink", 'add music, add a title "Hi"'),
        ("剪掉停顿，然后唱首歌", "唱首歌", "剪掉停顿"),
        ("cut the pauses and add a voice-over", "voice-over", "cut the pauses"),
        ("add a title and cut the pauses", "Say what the title reads", "cut the pauses"),
        ("remove 3:00-3:10 and add music", "past the end", "add music"),
        ("keep only the kiss scene and add background music", "no kiss scene to keep", "add background music"),
    ],
)  # fmt: skip
def test_the_rest_of_a_message_is_offered(sentence, words, rest, world, do):
    """What can't be done is named, and the rest is a choice: nothing is done unasked, nothing is dropped unsaid."""
    found = world.find
    world.find = lambda q, progress: [] if q.kind == "kisses" else found(q, progress)
    assert choices(sentence, world)[0] == rest
    done = do(sentence, world)
    assert words in done.reply
    assert done.outcome == "asked"
    assert do(rest, world).draft is not None


def test_words_beside_a_wish_need_not_be_known(world, do):
    """What else is said of a title, or where it is to stand, keeps nobody from what is wished for."""
    done = do('put a nice big title "Solar Cooker" in the beginning and add calm music', world)
    assert done.edits == ["add_title", "add_music"]
    assert "I took that as" in done.reply


def test_answers_name_the_piece(same, do):
    """A question about a time or a length is answered with the clip's number where names do not tell."""
    assert do("what is at 0:10?", same).reply == "At 0:10 there is solar, clip 3 of 5, from 0:01.4 of it."
    assert do("which clip is the longest?", same).reply == "All 5 clips are 4.3 s long."


@pytest.mark.parametrize(
    "sentence",
    [
        "don't cut the pauses and make it sparkle",
        "make it sparkle",
        "undo and make it sparkle",
        "sing and dance",
    ],
)
def test_no_rest_is_offered_where_there_is_none(sentence, world, do):
    """A negation, or nothing that could be done, is no rest."""
    assert do(sentence, world).outcome == "refused"


@pytest.mark.parametrize(
    ("sentence", "labels"),
    [
        ("edit my raw video footage", "pauses"),
        ("create my raw footage", "highlight"),
        ("edit a 2-minute romantic short film clip into a 1080p MP4", "kiss"),
        ("editing kiss or romantic scenes from video footage automatically for TikTok creators", "vertical"),
        ("cutting out unwanted middle sections from a video and rejoining the remaining parts for content creators", "middle"),
        ("make it look better", "pauses"),
        ("帮我剪一下视频", "停顿"),
    ],
)  # fmt: skip
def test_a_general_wish_is_asked_about(sentence, labels, new_world, see, do):
    """What leaves all open becomes a question whose choices all can be done."""
    world = see(new_world())
    asked = choices(sentence, world)
    assert any(labels in label for label in asked)
    for label in asked:
        assert do(label, see(new_world())).draft is not None, label
    assert "not understand" not in do(sentence, world).reply


def test_a_wish_that_names_the_pause_is_carried_out(world, do):
    """The long pause in the middle goes, and the export is said to be a step of its own."""
    done = do("edit a 3-minute interview clip with a long pause in the middle into a 1080p MP4", world)
    assert done.reply.startswith("Cut 1 pause, 3 s in all.")
    assert done.reply.endswith("The export is a step of its own: ask for it next.")


@pytest.mark.parametrize(
    ("sentence", "language", "zh"),
    [
        ("asdf", "zh-CN", True),
        ("asdf", "en", False),
        ("paint the sky pink", "zh-CN", False),
        ("胡说八道", "en", True),
        ("12345", "zh-CN", True),
        ("Привет", "zh-CN", True),
    ],
)
def test_a_refusal_is_in_the_message_s_language(sentence, language, zh, world, do):
    """A refusal is in the language of the message, and in the session's where that can't be told."""
    world.language = language
    reply = do(sentence, world).reply
    assert ("没" in reply) == zh, reply


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("delete the clip", "Which of these is meant? (clip 1: a 0:00–0:05; clip 2: a 0:05–0:20.5)"),
        ("删掉那个片段", "是指哪一个？（第 1 个：a 0:00–0:05；第 2 个：a 0:05–0:20.5）"),
    ],
)
def test_numbers_to_choose_from_say_what_they_are(sentence, told, new_world, clips):
    """Clips of one name are told apart by numbers, and the question says which part of the film each is."""
    world = new_world(clips(("/media/a.mp4", "a", 5000), ("/media/a.mp4", "a", 15_500)))
    asked = understand(sentence, world)
    assert isinstance(asked, Asked)
    assert asked.said.in_language(asked.language) == told


@pytest.mark.parametrize(
    "sentence",
    [
        "make it 15 seconds",
        "make it 15 seconds long",
        "Shorten the video to 15 s",
        "make a 15 second version",
        "cut it down to fifteen seconds",
        "please trim this to 15 seconds",
        "edit this into a 15-second video",
        "剪成15秒",
        "把视频缩短到15秒",
        "做成15秒的视频",
    ],
)
def test_a_wish_for_a_length_is_asked_about_that_length(sentence, world):
    """Which part a film of 15 seconds is to have is asked with choices that all come to 15 seconds."""
    offered = choices(sentence, world)
    assert len(offered) == 4
    assert all("15" in choice for choice in offered)
    lengths = [next(s for s in Agent().turn(o, world) if isinstance(s, Done)).draft for o in offered[1:]]
    assert [draft.duration_ms for draft in lengths] == [15_000] * 3


def test_a_film_is_not_cut_to_become_longer(world):
    """Who wants it longer than it is gets no choice that shortens it."""
    assert choices("make it 3 minutes long", world) == ["slow down the video so it lasts 180 seconds"]


@pytest.mark.parametrize("sentence", ["make it 5 seconds", "make it 5 seconds long"])
def test_a_length_said_after_a_title_is_the_titles(sentence, world, do):
    """Right after a title `it` is the title, whose length is set without a question."""
    do('add a title "x" for 3 seconds', world)
    assert do(sentence, world).reply == "The title is now “x”, 0:00–0:05."


CALLED = [("one", "beach"), ("intro", "outro"), ("music", "talk"), ("2024-05", "b"), ("title", "cut"),
          ("silence", "beach"), ("first", "second"), ("everything", "beach"), ("all", "last")]  # fmt: skip


@pytest.mark.parametrize("names", CALLED, ids="-".join)
@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("remove the clip", "remove clip 1"),
        ("删掉那个片段", "删掉第1个片段"),
        ("reverse the clip", "reverse clip 1"),
    ],
)
def test_a_clip_with_the_name_of_something_else(names, sentence, first, new_world, clips):
    """Which clip is meant is asked for by number where a name is read as something else: nothing is guessed."""
    files = [(f"/media/{name}.mp4", name, 20_000) for name in names]
    world = new_world(clips(*files))
    world.media = {
        src: MediaItem(src, f"{name}.mp4", "video", 20_000, has_audio=True) for src, name, _ in files
    }
    asked = choices(sentence, world)
    assert asked[: len(names)] == [first.replace("1", str(n)) for n in range(1, len(names) + 1)]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("insert beach.mp4 at 0:10", "beach.mp4"),
        ("put beach-2.MOV at the start", "beach-2.MOV"),
        ('append "my sunset.jpg"', "my sunset.jpg"),
        ("在0:10插入beach.mp4", "beach.mp4"),
        ("在0:10插入“海滩.mp4”", "海滩.mp4"),
    ],
)
def test_a_file_that_is_not_there_is_said_so(sentence, name, world, do):
    """Who names a file that was never uploaded is told that, and not that it was not understood."""
    english = f"No file “{name}” was uploaded: upload it first, then say it again. Nothing was changed."
    chinese = f"没有上传过文件“{name}”：请先上传，再说一遍。没有做任何改动。"
    assert do(sentence, world).reply == (english if sentence.isascii() else chinese)
    assert "did not understand" in do("juggle with interview.mp4", world).reply


@pytest.mark.parametrize("number", [1, 3, 5, 9, 30])
@pytest.mark.parametrize("names", [["a.mp4"], ["a.mp4", "b.mp4"], ["a.mp4", "", "b.mp4"], list("abcdefghij")])
def test_as_many_are_listed_as_are_counted(number, names, new_world, clips, do):
    """Behind a number of clips stand as many names, those of several counted, and how many more there are."""
    made = [(f"/media/{i}", names[i % len(names)], 4000) for i in range(number)]
    for sentence, counted, more in (
        ("remove clip 99", r"there (?:is|are) (\d+) clips? \((.*)\)\.", r" and (\d+) more"),
        ("how many clips are there?", r"(?:is|are) (\d+) clips?: (.*)\.", r" and (\d+) more"),
        ("删掉第99个片段", r"现有 (\d+) 个片段（(.*)）。", r"，另外 (\d+) 个"),
    ):
        said = re.search(counted, do(sentence, new_world(clips(*made))).reply)
        rest = re.search(more, said[2])
        told = re.split(r", |、", said[2][: rest.start()] if rest else said[2])
        times = [re.search(r" ×(\d+)$", name) for name in told]
        assert (
            sum(int(n[1]) if n else 1 for n in times) + int(rest[1] if rest else 0) == int(said[1]) == number
        )


@pytest.fixture
def called(new_world, clips):
    """Two clips and a picture that have common words in their names."""
    files = {"phone.mp4": "video", "quiet_talk.mp4": "video", "IMG_7.jpg": "image", "IMG_8.mp4": "video"}
    world = new_world(clips(*((f"/media/{f}", f.partition(".")[0], 4000) for f in files)))
    world.media = {
        f"/media/{f}": MediaItem(f"/media/{f}", f, kind, 4000, has_audio=kind == "video")
        for f, kind in files.items()
    }
    return world


@pytest.mark.parametrize(
    ("sentence", "reply"),
    [
        ("swap the phone clip and the quiet clip", "Swapped phone and quiet_talk."),
        ("swap the quiet talk and phone clips", "Swapped phone and quiet_talk."),
        ("make the quiet video warmer", "quiet_talk (0:04–0:08): warmer 50%."),
        ("make the photo black and white", "IMG_7 (0:08–0:12): black and white."),
        (
            "move the quiet one to the front and make the photo warmer",
            "Moved quiet_talk to the start. IMG_7 ",
        ),
        ("让照片变成黑白", "IMG_7（0:08–0:12）：黑白。"),
        ("把phone片段放到最后", "把 phone 移到了最后。"),
        ("make the last clip warmer", "IMG_8 (0:12–0:16): warmer 50%."),
    ],
)
def test_a_clip_is_called_by_a_word_of_its_name(sentence, reply, called, do):
    """A common word with the word for a clip, or 'the photo' where there is one, is as good as the file's name."""
    assert do(sentence, called).reply.startswith(reply)


def test_which_photo_is_asked(called):
    """Of several photos, and of nothing else."""
    called.media["/media/phone.mp4"] = replace(called.media["/media/phone.mp4"], kind="image")
    asked = choices("make the photo black and white", called)
    assert asked == ["make clip 1 black and white", "make clip 3 black and white"]


@pytest.fixture
def worded(new_world, clips):
    """Clips that are called as words of the studio's own are."""
    made = new_world(clips(*((f"/media/{name}.mp4", name, 4000) for name in ("phone", "quiet", "talk"))))
    for name in ("phone", "quiet", "talk"):
        made.media[f"/media/{name}.mp4"] = MediaItem(
            f"/media/{name}.mp4", f"{name}.mp4", "video", 4000, has_audio=True
        )
    return made


@pytest.mark.parametrize(
    ("sentence", "order"),
    [
        ("swap phone and quiet", "quiet phone talk"),
        ("please switch talk with phone", "talk quiet phone"),
        ("move talk to the front", "talk phone quiet"),
        ("put phone after quiet, then swap phone and talk", "quiet talk phone"),
        ("swap phone.mp4 and talk", "talk quiet phone"),
        ("交换phone和quiet", "quiet phone talk"),
        ("把phone和talk对调", "talk quiet phone"),
        ("把quiet放到phone前面", "quiet phone talk"),
        ("把phone移到最后面", "quiet talk phone"),
    ],
)
def test_clips_are_called_by_their_bare_names_where_only_clips_can_stand(sentence, order, worded, do):
    """What is swapped or moved is clips: their names need no word beside them."""
    done = do(sentence, worded)
    assert [segment["m"]["name"] for segment in done.draft.data["t"][0]["sg"]] == order.split()


@pytest.mark.parametrize(
    "sentence", ["remove quiet", "use phone music", "swap phone and the title", "swap it and quiet"]
)
def test_a_bare_name_elsewhere_changes_nothing(sentence, worded, do):
    """Where something else could be meant as well, a bare name is not taken for a clip."""
    assert do(sentence, worded).draft is None


@pytest.fixture
def plainly(new_world, clips):
    """Three clips of 20 s whose names are words of other things as well: party, interview, trip."""
    files = [(f"/media/{name}.mp4", name, 20_000) for name in ("party", "interview", "trip")]
    world = new_world(clips(*files))
    world.media = {
        src: MediaItem(src, f"{name}.mp4", "video", 20_000, has_audio=True) for src, name, _ in files
    }
    return world


@pytest.mark.parametrize(
    ("sentence", "reply"),
    [
        ("remove the trip", "Removed trip, 0:40–1:00"),
        ("mute the interview", "Muted interview (0:20–0:40)"),
        ("cut the party to 8 seconds", "Trimmed party (0:00–0:20) to 8 s."),
        ("play the trip backwards", "trip (0:40–1:00) is played backwards."),
        ("speed up the trip to double", "trip (0:40–1:00) is played at 2×"),
        ("make my interview warmer", "interview (0:20–0:40): warmer 50%."),
    ],
)
def test_the_name_of_a_clip_behind_an_article_is_the_clip(sentence, reply, plainly, do):
    """Also where the name is a word for something else, or for a whole film: here it is one of several."""
    assert do(sentence, plainly).reply.startswith(reply)


@pytest.mark.parametrize(
    "sentence", ["add party music", "add the party music", "make the mood of the trip calm"]
)
def test_what_is_only_like_a_clip_is_none(sentence, plainly, do):
    """Music for a party is not the clip of the party."""
    done = do(sentence, plainly)
    main = next(track for track in plainly.draft.layout() if track.type == 0)
    assert [segment.duration_ms for segment in main.segments] == [20_000] * 3
    assert "party (" not in done.reply
