"""What must change nothing: questions, negations, statements, wishes that can't be met, and nonsense."""

from __future__ import annotations

import pytest

TRAPS = [
    "how do I cut pauses?",
    "How can I remove the music",
    "should I remove the music?",
    "what happens if I remove the first 10 seconds?",
    "did you remove the music?",
    "is the title removed?",
    "remove the music?",
    "would it be better to cut the pauses?",
    "why did you cut the pauses",
    "can I remove the title?",
    "how long is it?",
    "don't cut the pauses",
    "don’t remove 0:45 to 1:20",
    "do not remove the first 10 seconds",
    "never remove the title",
    "please don't touch the music",
    "don't cut the pauses and remove the music",
    "do not remove the title or the music",
    "without removing the title",
    "cut the pauses without cutting the first 10 seconds",
    "I would not remove the music",
    "the first 10 seconds are great",
    "I removed the first 10 seconds",
    "the music is too loud and I hate it",
    "0:45 to 1:20 is my favourite part",
    "keep the music",
    "leave the title alone",
    "keep the transitions",
    "keep everything",
    "cut the pauses and keep everything",
    "remove everything",
    "remove",
    "remove it",
    "cut 45 seconds",
    "remove the music from 0:10 to 0:20",
    "cut the pauses in the intro",
    "cut to the first 10 seconds of another clip",
    "trim the video from 0:10 to 0:20",
    "remove 10 to 20",
    "make it better",
    "make it look better",
    "make it a highlight reel",
    "cut out silences, add background music, and export as a 60-second highlight reel",
    "keep only the kiss scene",
    "add subtitles",
    "add captions to the video",
    "remove the first 10 seconds and make it pop",
    "cut the pauses and turn the sky blue",
    "add a title",
    "add jazz music",
    "add sad background music",
    "add wipe transitions",
    "add background music at 1500%",
    "use nothere.mp3 as background music",
    "use interview.mp4 as background music",
    'add a title "Hello and cut the pauses',
    "cut the pauses but don't cut the pauses",
    "start over but keep the title",
    "cut the pauses and undo",
    "undo the title",
    "redo",
    "clip 0:10 to 0:20",
    "edit 0:10 to 0:20",
    "cut the pauses and remove the rest",
    "undo one and a half",
    '"remove the music"',
    "“删掉前10秒”",
    "he said: remove the first 10 seconds",
    'the title says "remove the music"',
    "remove the first 10 seconds unless it is good",
    "remove 0:10-0:20 except 0:15-0:17",
    "remove 0:45",
    "shorten it to 30 seconds",
    "剪掉中间的停顿",
    "no music is better than bad music",
    "no music in the intro",
    "I said no title",
    "cut the pauses, no music",
    "cut the pauses at the start and end only",
    "3 second title",
    "with a 3 second fade out",
    "cut the first half of the music",
    "remove half",
    "the first half is great",
    "start at 0:05",
    "cut the ending",
    "前一半很好",
    "不要音乐太大声",
    "说好不要音乐的",
    "标题是“你好”",
    'add "Hello"',
    "hello",
    "thanks!",
    "",
    "   ",
    "!!!",
    "remove remove remove",
    "remove the first 10 seconds or the last 10 seconds",
    "if there are pauses, remove the music",
    "maybe remove the music",
    "the client said remove the first 10 seconds",
    "怎么剪掉停顿？",
    "要不要删掉音乐？",
    "是不是应该删掉前10秒？",
    "删掉音乐吗？",
    "不要删除音乐",
    "别剪掉停顿",
    "不用加转场",
    "请不要删掉前10秒",
    "前10秒很好看",
    "我删掉了前10秒",
    "保留音乐",
    "保留标题",
    "标题不错",
    "视频有多长？",
    "加爵士乐",
    "加字幕",
    "删掉",
    "全部删掉",
    "剪成精彩集锦",
    "删掉前10秒或者最后10秒",
]


@pytest.mark.parametrize("sentence", TRAPS)
def test_changes_nothing(sentence, world, do):
    """The sentence asks for no edit that can be made: no draft, and an answer in words."""
    done = do(sentence, world)
    assert done.draft is None
    assert done.undo == 0
    assert done.reply


FURNISHED = [
    "don't cut the pauses",
    "keep the music",
    "keep the music and the title",
    "leave the title alone",
    "leave the music as it is",
    "should I remove the music?",
    "不要删除音乐",
    "保留音乐和标题",
    "without removing the title",
    "is there any music?",
    "do not remove the title or the music",
    "the title is nice",
    "start over but keep the title",
    "make it louder",
    "the music is too loud in the original recording of the band",
    "the music is too loud and I hate it",
    "the music is too loud?",
    "is the music too loud",
    "the music is not too loud",
    "the music was too loud",
    "no music is better than bad music",
    "no music in the intro",
    "cut the pauses, no music",
    "I said no title",
    "no title is needed",
    "don't fade the music out",
    "the music fades out nicely",
    "show the title longer",
    "标题显示久一点",
    "音乐太好听了",
    "不要音乐太大声",
    "what is on the timeline?",
    "help",
    "change the title",
]


@pytest.mark.parametrize("sentence", FURNISHED)
def test_changes_nothing_there(sentence, world, do):
    """Music, a title and a cut that exist stay as they are when nothing was asked of them."""
    do('remove 0:45-1:20, add background music and a title "Hello"', world)
    assert len(world.draft.layout()) == 3
    assert do(sentence, world).draft is None


def test_unknown_words_are_named(world, do):
    """The reply quotes the words that were not understood, and asks whether to do the rest."""
    done = do("cut the pauses and turn the sky blue", world)
    assert done.reply == "I did not understand “turn the sky blue”. Do the rest without it?"
    assert done.outcome == "asked"


def test_question_about_length(world, do):
    """A question about the timeline's length is answered with it, and with nothing that was not asked."""
    assert do("how long is the video?", world).reply == "The timeline is 1:50 long."


def test_nothing_uploaded(new_world, clips, do):
    """Without a clip the agent asks for one."""
    done = do("remove the first 10 seconds", new_world(clips()))
    assert done.draft is None
    assert "upload" in done.reply.lower()
