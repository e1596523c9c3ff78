"""Several instructions in one message, undo, and starting over."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line

from __future__ import annotations

import re

import pytest

from nemo_widgets.draft import Draft

CLIP = "/media/aa11/interview.mp4"

PIECES = [(0, 10_000), (12_000, 40_000), (43_000, 70_000), (70_800, 110_000)]
SOFT = [(0, 10_200), (11_800, 40_200), (42_800, 70_200), (70_600, 110_000)]
"""With crossfades of 0.3 s, which lie over silence: so much more of each pause stays."""
LONG = [(0, 10_900), (11_100, 40_900), (42_100, 70_367), (70_433, 110_000)]
"""With crossfades of 1 s, for which the last pause is too short."""

CHAINS = [
    ("cut the pauses, add transitions, and export a clean final video", SOFT, 300, [0]),
    ("cut the pauses, add transitions, and", SOFT, 300, [0]),
    ("cut out silences, add background music,", PIECES, 0, [0, 1]),
    ("先剪掉停顿，再加转场", SOFT, 300, [0]),
    ("剪掉停顿，加转场，并导出", SOFT, 300, [0]),
    ("cut the pauses then add smooth transitions and background music", SOFT, 300, [0, 1]),
    ("add transitions and cut the pauses", SOFT, 300, [0]),
    ("cut the pauses smoothly and add music at 20%", SOFT, 300, [0, 1]),
    (
        "First cut the pauses. Then add 1 second transitions. Finally add a title “A, and B”.",
        LONG,
        [1000, 1000, 467],
        [0, 7],
    ),
    ('cut the pauses and add a title "cut the music" and music at 20%', PIECES, 0, [0, 1, 7]),
    ("cut the pauses and add a title saying Hello", PIECES, 0, [0, 7]),
    ("add a title saying Hello and cut the pauses", PIECES, 0, [0, 7]),
    ("cut the pauses and keep the music", PIECES, 0, [0]),
    ("剪掉停顿，添加背景音乐，然后添加标题“停顿”", PIECES, 0, [0, 1, 7]),
    ("请先剪掉停顿，然后加背景音乐和转场，最后导出视频", SOFT, 300, [0, 1]),
    (
        "cut the pauses, the first 5 seconds and the last 5 seconds",
        [(5000, 10_000), *PIECES[1:3], (70_800, 105_000)],
        0,
        [0],
    ),
    (
        "keep only the first minute and cut the pauses",
        [(0, 10_000), (12_000, 40_000), (43_000, 60_000)],
        0,
        [0],
    ),
    ('add a title "x" at 0:10 and remove the first 5 seconds', [(5000, 110_000)], 0, [0, 7]),
    ("please remove the first 10 seconds, and export it as mp4", [(10_000, 110_000)], 0, [0]),
]


@pytest.mark.parametrize(("sentence", "remains", "fade", "kinds"), CHAINS, ids=[c[0] for c in CHAINS])
def test_chain(sentence, *, remains, fade, kinds, world, do, shown):
    """All of the message is done, and nothing else."""
    done = do(sentence, world)
    assert shown(done.draft) == remains, done.reply
    layout = done.draft.layout()
    fades = fade if isinstance(fade, list) else [fade] * (len(remains) - 1)
    assert [s.transition_ms for s in layout[0].segments[1:]] == fades
    assert [t.type for t in layout] == kinds
    if "export" in sentence or "导出" in sentence:
        assert "xport" in done.reply or "导出" in done.reply


def test_all_or_nothing(world, do):
    """One clause that is not understood keeps the others from being carried out."""
    done = do("cut the pauses, add transitions and make it sparkle", world)
    assert done.draft is None
    assert "make it sparkle" in done.reply
    assert not world.asked


def test_impossible_among_others(world, do):
    """One range outside of the clip keeps the whole message from being carried out."""
    assert do("add background music and remove 3:00 to 3:10", world).draft is None


def test_remove_two_kinds(world, do):
    """A list of objects needs its verb once."""
    before = world.draft
    do('add background music and a title "x"', world)
    assert len(world.draft.layout()) == 3
    furnished = world.draft
    assert do("remove the music and the title", world).draft == before
    world.draft = furnished
    assert do("把音乐和标题都去掉", world).draft == before


UNDO = ["undo", "undo that", "Undo the last change", "go back", "please undo it", "revert the last edit", "take that back",
        "撤销", "撤回上一步", "撤销上一步操作", "请撤销"]  # fmt: skip


@pytest.mark.parametrize("sentence", UNDO)
def test_undo(sentence, world, do):
    """Undo restores the version before, exactly."""
    do("remove 0:45-1:20", world)
    before = world.draft
    do("add background music", world)
    done = do(sentence, world)
    assert done.draft == before
    assert done.undo == 1
    assert done.reply


@pytest.mark.parametrize(
    "sentence",
    ["undo the last two", "undo the last 2 changes", "go back two steps", "撤销最近两步", "undo 2 steps"],
)
def test_undo_two(sentence, world, do):
    """Two versions back at once."""
    before = world.draft
    do("remove 0:45-1:20", world)
    do("add background music", world)
    done = do(sentence, world)
    assert done.draft == before
    assert done.undo == 2


def test_nothing_to_undo(world, do):
    """At the beginning there is nothing to undo, and further back than there is can't be gone."""
    assert do("undo", world).draft is None
    do("remove 0:45-1:20", world)
    assert do("undo the last three", world).draft is None


OVER = ["start over", "reset", "start from scratch", "let's start over", "reset everything", "undo everything",
        "重新开始", "从头再来", "恢复原样"]  # fmt: skip


@pytest.mark.parametrize("sentence", OVER)
def test_start_over(sentence, world, do):
    """Everything that was edited is gone, the clips are there."""
    do("remove 0:45-1:20", world)
    do("add background music", world)
    done = do(sentence, world)
    assert done.draft == world.first
    assert done.undo == 0


def test_a_fresh_start_is_taken_back(world, do):
    """A fresh start is an edit like any other: undo brings all edits back, redo the fresh start."""
    do("remove 0:45-1:20", world)
    edited = do("add background music", world).draft
    fresh = do("start over", world).draft
    assert do("what did you change so far?", world).reply == "Nothing was edited yet."
    back = do("undo", world)
    assert back.draft == edited
    assert back.reply.startswith("Undid the fresh start: 1 part (35 s) is gone")
    assert "2 edits so far" in do("what did you change so far?", world).reply
    again = do("redo", world)
    assert again.draft == fresh
    assert again.reply.startswith("Redid the fresh start: 1 part (35 s) is back")
    assert do("undo 3", world).reply == "So far back the timeline was as it is now. Nothing was changed."
    assert do("undo 2", world).reply.startswith(
        "Undid 2 steps, “add background music” and the fresh start: 1 part (35 s) is gone"
    )


def test_what_went_is_as_long_as_the_lengths_say(world, do):
    """How long a part is stands there only where the lengths before and after do not seem to deny it."""
    do("remove 0:45-1:20", world)
    do("add a crossfade of 1 second between the parts", world)
    assert world.draft.duration_ms == 74_000, "a second more than the part took is hidden by the crossfade"
    do("start over", world)
    assert do("undo", world).reply == "Undid the fresh start: 1 part is gone, 1:50 → 1:14."


def test_a_fresh_start_with_more_is_named(world, do):
    """What began afresh and went on in one message is undone and redone by its words."""
    do("remove 0:45-1:20", world)
    do("start over and mute it", world)
    assert do("undo", world).reply.startswith("Undid “start over and mute it”: 1 part (35 s) is gone")
    assert do("redo", world).reply.startswith("Redid “start over and mute it”: 1 part (35 s) is back")


@pytest.mark.parametrize("many", [1, 2, 5])
def test_uploads_at_the_beginning_stay(many, new_world, clips, do):
    """However far one goes back, the clips that were uploaded before anything was said stay."""
    drafts = [Draft(clips(*[(CLIP, "interview", 110_000)] * n)) for n in range(1, many + 1)]
    world = new_world(drafts[-1].data)
    world.history, world.draft = drafts[:-1], drafts[-1]
    world.said = [(draft, [""] * n) for n, draft in enumerate(drafts)]
    assert do("undo", world).reply.startswith("There is nothing to undo.")
    do("remove 0:45-1:20", world)
    assert do("undo 99", world).reply.startswith("I can go back 1 step at most.")
    done = do("undo 1", world)
    assert done.draft == drafts[-1]
    assert "upload" not in done.reply
    assert do("undo 2", world).draft is None


def test_undo_then_edit(world, do, shown):
    """After an undo, what follows in the message refers to the version gone back to."""
    do("remove the first 10 seconds", world)
    done = do("undo that and remove the last 10 seconds instead", world)
    assert shown(done.draft) == [(0, 100_000)]
    assert done.undo == 1


PAIRS = [
    ("remove 0:45 to 1:20 smoothly", "平滑地删掉0:45到1:20"),
    ("cut the pauses, add 1 second transitions", "剪掉停顿，加1秒转场"),
    ("add background music at 20%", "加背景音乐，音量20%"),
    ('add a title "梦" for 3 seconds', "添加标题“梦”，显示3秒"),
    ("keep only the first minute", "只保留前1分钟"),
    ("remove the first 10 seconds and the last 5 seconds", "删掉前10秒和最后5秒"),
    ("remove everything after 1:00", "删掉1:00之后的内容"),
    ('add a red title "x" at the end', "在结尾加红色标题“x”"),
]


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=[p[0] for p in PAIRS])
def test_languages_agree(english, chinese, new_world, do):
    """The same said in English and in Chinese gives the same draft, each answered in its language."""
    one, other = do(english, new_world()), do(chinese, new_world())
    assert one.draft is not None
    assert one.draft == other.draft, other.reply
    assert one.reply
    assert not any("\u4e00" <= c <= "\u9fff" for c in re.sub("“.*?”", "", one.reply))
    assert any("\u4e00" <= c <= "\u9fff" for c in other.reply)
