"""How answers read: Markdown, what was done in the order said, what follows."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line

from __future__ import annotations

import re

import pytest

from nemo_widgets.studio.agent import Agent, AgentSettings, Done, Text, capabilities


def told(reply):
    """The first paragraph of an answer."""
    return reply.split("\n\n")[0]


DONE = [
    (
        "remove 0:45-1:20 smoothly",
        "Removed 0:45–1:20 (35 s), joined with a crossfade of 0.5 s. The timeline is now 1:14.5 long, 35.5 s shorter.",
    ),
    (
        "cut the pauses, add transitions and add music at 20%",
        "Cut 3 pauses, 4.6 s in all. Put 3 crossfades of 0.3 s at the cuts. Added Lo-fi music 0:00–1:44.5 at 20%, quieter under speech. The timeline is now 1:44.5 long, 5.5 s shorter.",
    ),
    (
        'add a title "x" at the bottom in red, then cut the pauses, and export it',
        "Added the title “x”, 0:00–0:03, at the bottom, red. Cut 3 pauses, 5.8 s in all. The timeline is now 1:44.2 long, 5.8 s shorter. The export is a step of its own: ask for it next.",
    ),
    (
        "use my song.mp3 as music and remove 1:40 to 2:00",
        "Added my song music 0:00–1:00 at 35%, quieter under speech. Removed 1:40–1:50 (10 s). The file is 1:00 long and ends there. 2:00 is past the end, so I went up to 1:50. The timeline is now 1:40 long, 10 s shorter.",
    ),
    ("keep only the first half", "Kept 0:00–0:55 and removed the rest. The timeline is now 0:55 long, 55 s shorter."),
    (
        "先剪掉停顿，再加转场",
        "剪掉了 3 处停顿，共 4.6 秒。在剪切点加了 3 个 0.3 秒的叠化转场。时间线现在长 1:44.5，短了 5.5 秒。",
    ),
    (
        "平滑地删掉0:45到1:20，加背景音乐",
        "删除了 0:45–1:20（35 秒），接点用 0.5 秒叠化衔接。加了 Lo-fi 背景音乐（0:00–1:14.5，音量 35%，说话时自动压低）。时间线现在长 1:14.5，短了 35.5 秒。",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "reply"), DONE, ids=[d[0] for d in DONE])
def test_done(sentence, reply, world, do):
    """A sentence for each edit in the order said, then what follows with the length once, and no more."""
    assert do(sentence, world).reply == reply


LOOKS = [
    ("move the title to the bottom", "The title is now “Old name”, 0:00–0:04, at the bottom."),
    ("make the title red", "The title is now “Old name”, 0:00–0:04, red."),
    ("make the title bigger", "The title is now “Old name”, 0:00–0:04, bigger (96)."),
    ("make the title smaller", "The title is now “Old name”, 0:00–0:04, smaller (40)."),
    ("change the title color to #00ffaa", "The title is now “Old name”, 0:00–0:04, #00ffaa."),
    ("put the title in the lower left corner", "The title is now “Old name”, 0:00–0:04, at the bottom left."),
    ("把标题移到底部，红色", "标题现在是“Old name”，0:00–0:04，在底部，红色。"),
    ("把标题改成大字", "标题现在是“Old name”，0:00–0:04，变大（96）。"),
]


@pytest.mark.parametrize(("sentence", "reply"), LOOKS, ids=[d[0] for d in LOOKS])
def test_looks_in_words(sentence, reply, world, do):
    """Places, colours and sizes are said in words."""
    do('add a title "Old name" for 4 seconds', world)
    assert told(do(sentence, world).reply) == reply


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        (
            "paint the sky pink",
            "I did not understand “paint the sky pink”. Nothing was changed. Ask “what can I say?” for examples.",
        ),
        (
            "generate a beach scene",
            "“generate a beach scene”: generating video is not available here. Nothing was changed.",
        ),
        ("给视频配音", "“给视频配音”：这里不能配音。没有做任何改动。"),
    ],
)
def test_refused(sentence, first, world, do):
    """A refusal says what it is about, on one line."""
    assert do(sentence, world).reply == first


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_offered_works(language, new_world, see, do):
    """Every example of the list is understood."""
    examples = re.findall("“([^”]+)”", capabilities(language))
    assert len(examples) >= 7
    for example in examples:
        world = see(new_world())
        do("remove 0:20-0:30", world)
        assert do(example, world).draft is not None, example


@pytest.mark.parametrize(
    "sentence",
    [
        *(
            "remove 0:45-1:20",
            "cut the pauses smoothly, add music",
            "nonsense. And more!",
            "help",
            "how long is it?",
        ),
        *(
            "剪掉停顿，加转场",
            "胡说八道",
            "帮助",
            'add a title "a.b:c 1.5\n\nx"',
            "undo",
            "remove 3:00-3:10",
            "",
        ),
    ],
)
def test_pieces_add_up(sentence, world):
    """What is streamed is to the letter what the turn ends with."""
    steps = list(Agent(AgentSettings(silent="never")).turn(sentence, world))
    done = steps[-1]
    assert isinstance(done, Done)
    assert "".join(s.delta for s in steps if isinstance(s, Text)) == done.reply


@pytest.mark.parametrize(
    "sentence", ["剪掉停顿，加转场，加背景音乐，最后导出", "胡说八道", "前10秒很好看", "多长？", "帮助"]
)
def test_no_stray_space(sentence, world, do):
    """Between Chinese sentences there is no space."""
    said = do(sentence, world).reply.partition("\n\n")[0]
    assert said
    assert not re.search("[。：] | [。，]", said)


ASKED = [
    ("how long is it now?", "The timeline is 1:50 long."),
    ("how long is the video", "The timeline is 1:50 long."),
    ("What's the length of the video?", "The timeline is 1:50 long."),
    ("现在多长？", "时间线长 1:50。"),
    ("视频有多长", "时间线长 1:50。"),
    ("what is on the timeline?", "Timeline (1 track): 1. Video: interview (0:00-1:50)"),
    ("时间线上有什么？", "时间线（1 条轨道）：1. 视频：interview (0:00-1:50)"),
    ("what can you do?", "This is what I can do:"),
    ("help", "This is what I can do:"),
    ("Help!", "This is what I can do:"),
    ("你能做什么？", "我可以："),
    ("帮助", "我可以："),
    ("what can I say?", "This is what I can do:"),
    ("我能说什么？", "我可以："),
    ("what did you change so far?", "Nothing was edited yet."),
]


@pytest.mark.parametrize(("question", "answer"), ASKED, ids=[a[0] for a in ASKED])
def test_answered(question, answer, world, do):
    """What can be answered is answered straight away, and nothing changes."""
    done = do(question, world)
    assert done.draft is None
    assert told(done.reply) == answer
    assert done.outcome == "answered"
    assert ("- " in done.reply) == (answer in ("This is what I can do:", "我可以："))


def test_nothing_there(new_world, clips, do):
    """Without a clip a question about the length is answered with what is to be done first."""
    assert told(do("how long is it?", new_world(clips())).reply) == "There is no clip yet: upload one first."


def test_undo(world, do):
    """An undo and a redo name what they undo and redo, with what comes back or goes and the lengths."""
    do("cut the pauses", world)
    assert do("undo", world).reply == "Undid “cut the pauses”: 3 pauses (5.8 s) are back, 1:44.2 → 1:50."
    assert do("redo", world).reply == "Redid “cut the pauses”: 3 pauses (5.8 s) are gone, 1:50 → 1:44.2."
    do("add music", world)
    assert do("undo", world).reply == "Undid “add music”."
    do("加个标题“你好”", world)
    assert do("撤销两步", world).reply == (
        "撤销了 2 步：“cut the pauses”、“加个标题“你好””：恢复了 3 段内容（5.8 秒），1:44.2 → 1:50。"
    )


def test_the_edits_so_far(world, do):
    """The edits that stand are listed in order: not those that were undone, not what was only asked."""
    for said in (
        "cut the pauses",
        "how long is it?",
        "add music",
        "undo",
        'add a title "Hi"',
        "paint it pink",
    ):
        do(said, world)
    assert do("what did you change so far?", world).reply == (
        '2 edits so far:\n\n1. “cut the pauses”\n2. “add a title "Hi"”'
    )
    assert do("what did you do?", world).reply.startswith('The last edit was “add a title "Hi"”. Added the')
    do("undo 2", world)
    assert do("what have you changed?", world).reply == "Nothing was edited yet."


def test_a_short_stretch_is_not_empty(world, do):
    """What is shorter than a tenth of a second is told by times that differ."""
    assert do("remove 0:01 to 0:01.03", world).reply.startswith("Removed 0:01–0:01.03 (0.03 s).")


@pytest.mark.parametrize(
    ("sentence", "reply"),
    [
        ("hello", "Hello. Say what to edit."),
        ("thanks!", "All right."),
        ("ok, great", "All right."),
        ("never mind", "Left as it is. The timeline is 1:50 long."),
        ("算了，保持原样", "保持原样。时间线长 1:50。"),
        ("谢谢", "好的。"),
    ],
)
def test_small_talk(sentence, reply, world, do):
    """Thanks are no greeting, and who minds no more is told that all is as it was."""
    assert do(sentence, world).reply.startswith(reply)


@pytest.mark.parametrize(
    "sentence", ["don't show subtitles for the first clip", "不要重新开始", "别撤销", "don't undo anything"]
)
def test_what_is_not_wanted_is_not_offered(sentence, world, do):
    """Who says what is not to be done is not offered just that."""
    do("add a title 'x'", world)
    assert do(sentence, world).outcome == "refused"
