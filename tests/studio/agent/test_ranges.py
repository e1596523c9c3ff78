"""Which parts of the clip remain: every way of saying a range, in English and in Chinese."""

from __future__ import annotations

import re

import pytest

END = 110_000
MIDDLE = [(0, 45_000), (80_000, END)]
"""What remains of the clip when 0:45 to 1:20 is gone."""
INNER = [(45_000, 80_000)]

SENTENCES = [
    ("remove the section between 0:45 and 1:20 and join the remaining parts smoothly", MIDDLE),
    ("remove 0:45 to 1:20", MIDDLE),
    ("Please cut out 0:45-1:20.", MIDDLE),
    ("delete 0:45 – 1:20", MIDDLE),
    ("can you get rid of everything from 0:45 to 1:20?", MIDDLE),
    ("drop the part from 45s to 80s", MIDDLE),
    ("skip 45 seconds to 1 min 20", MIDDLE),
    ("trim away from 45 seconds to 1m20s", MIDDLE),
    ("cut from 00:00:45 to 00:01:20", MIDDLE),
    ("remove from forty-five seconds to one minute twenty", MIDDLE),
    ("remove the bit between 45 seconds and 1 minute and 20 seconds of the video", MIDDLE),
    ("I'd like to remove 45 to 80 seconds", MIDDLE),
    ("could you please delete the part between 0:45 and 1:20 for me", MIDDLE),
    ("remove everything between 0:45 and 1:20", MIDDLE),
    ("cut 35 seconds from 0:45", MIDDLE),
    ("keep everything except 0:45 to 1:20", MIDDLE),
    ("take out seconds 45 to 80", MIDDLE),
    ("remove 1 min 20 to 1 min 40", [(0, 80_000), (100_000, END)]),
    ("remove 1 min 20 - 1 min 40", [(0, 80_000), (100_000, END)]),
    ("remove between 1 min 10 and 1 min 20", [(0, 70_000), (80_000, END)]),
    ("keep from 1 min 20 to the end", [(80_000, END)]),
    ("delete 1 min 20 onwards", [(0, 80_000)]),
    ("删掉1分20到1分40", [(0, 80_000), (100_000, END)]),
    ("删掉1分20到结尾", [(0, 80_000)]),
    ("把一分钟以后的都删了", [(0, 60_000)]),
    ("strip out 0:45 to 1:20", MIDDLE),
    ("I only want 0:45 to 1:20", INNER),
    ("remove 0:45-1:20.5", [(0, 45_000), (80_500, END)]),
    ("remove the first 10 seconds", [(10_000, END)]),
    ("cut off the first ten seconds", [(10_000, END)]),
    ("trim the opening 5 seconds", [(5_000, END)]),
    ("remove the last 10 seconds", [(0, 100_000)]),
    ("trim 5 seconds off the end", [(0, 105_000)]),
    ("chop 5 seconds from the beginning", [(5_000, END)]),
    ("drop the last half minute", [(0, 80_000)]),
    ("remove the last minute", [(0, 50_000)]),
    ("remove everything after 1:00", [(0, 60_000)]),
    ("delete from 1:00 to the end", [(0, 60_000)]),
    ("cut 1:00 onwards", [(0, 60_000)]),
    ("remove everything before 0:10", [(10_000, END)]),
    ("get rid of the beginning until 0:10", [(10_000, END)]),
    ("remove 0:05-0:10, 0:20-0:30 and 0:25 to 0:40", [(0, 5_000), (10_000, 20_000), (40_000, END)]),
    ("remove the first 10 seconds and the last 5 seconds", [(10_000, 105_000)]),
    ("remove the first and last 5 seconds", [(5_000, 105_000)]),
    ("lose the first minute and a half", [(90_000, END)]),
    ("keep 0:45-1:20 and remove the rest", INNER),
    ("remove 0:45-1:20 and keep the rest", MIDDLE),
    ("remove the first 10 and the last 5 seconds", [(10_000, 105_000)]),
    ("remove the first 10 seconds, then remove 0:30 to 0:40", [(10_000, 30_000), (40_000, END)]),
    ("cut out 0:10-0:20 and also delete the last 10 seconds", [(0, 10_000), (20_000, 100_000)]),
    ("remove 0:10-0:20 and 0:20-0:30", [(0, 10_000), (30_000, END)]),
    ("remove 1:00 to 2:00", [(0, 60_000)]),
    ("remove a minute and a half to the end", [(0, 90_000)]),
    ("start at 0:45 and end at 1:20", INNER),
    ("trim to 0:45-1:20", INNER),
    ("chop off the ending after 1:40", [(0, 100_000)]),
    ("keep only the first half", [(0, 55_000)]),
    ("remove the first half of the video", [(55_000, END)]),
    ("remove the second half", [(0, 55_000)]),
    ("cut the last third", [(0, 73_333)]),
    ("keep the first third and remove the rest", [(0, 36_667)]),
    ("remove the last quarter", [(0, 82_500)]),
    ("remove the first half minute", [(30_000, END)]),
    ("裁剪到前30秒", [(0, 30_000)]),
    ("截取0:45到1:20", INNER),
    ("从0:45开始到1:20结束", INNER),
    ("只保留前一半", [(0, 55_000)]),
    ("删掉后一半", [(0, 55_000)]),
    ("去掉前三分之一", [(36_667, END)]),
    ("删掉前半分钟", [(30_000, END)]),
    ("keep only 0:45 to 1:20", INNER),
    ("just keep 0:45-1:20", INNER),
    ("use only the part between 0:45 and 1:20", INNER),
    ("only keep from 0:45 to 1:20", INNER),
    ("keep just 0:45 to 1:20", INNER),
    ("remove everything except 0:45 to 1:20", INNER),
    ("delete everything but the section from 0:45 to 1:20", INNER),
    ("trim the video to 0:45-1:20", INNER),
    ("keep only the first minute", [(0, 60_000)]),
    ("keep the first 30 seconds", [(0, 30_000)]),
    ("keep only 0:10-0:20 and 0:30-0:40", [(10_000, 20_000), (30_000, 40_000)]),
    ("keep only the first 10 seconds and the last 10 seconds", [(0, 10_000), (100_000, END)]),
    ("删掉0:45到1:20", MIDDLE),
    ("删除45秒到1分20秒", MIDDLE),
    ("请帮我剪掉45秒到1分20秒的部分", MIDDLE),
    ("去掉第45秒至第80秒", MIDDLE),
    ("把0:45到1:20剪掉", MIDDLE),
    ("把第45秒到第80秒之间的内容删除，平滑衔接", MIDDLE),
    ("裁掉从45秒到一分二十秒这一段", MIDDLE),
    ("切掉45到80秒", MIDDLE),
    ("删掉０：４５到１：２０", MIDDLE),
    ("前10秒删掉", [(10_000, END)]),
    ("剪掉第一秒", [(1_000, END)]),
    ("把第1秒剪掉", [(1_000, END)]),
    ("第一分钟删掉", [(60_000, END)]),
    ("删掉前10秒", [(10_000, END)]),
    ("去掉开头的十秒", [(10_000, END)]),
    ("剪掉最后五秒", [(0, 105_000)]),
    ("把结尾5秒去掉", [(0, 105_000)]),
    ("删除从1分钟到结尾", [(0, 60_000)]),
    ("删掉1分钟之后的内容", [(0, 60_000)]),
    ("删掉10秒之前的部分", [(10_000, END)]),
    ("去掉最后半分钟", [(0, 80_000)]),
    ("剪掉1分半到结尾", [(0, 90_000)]),
    ("删掉前10秒和最后5秒", [(10_000, 105_000)]),
    ("把前10秒和最后5秒都删掉", [(10_000, 105_000)]),
    ("删掉5秒到10秒、20秒到30秒", [(0, 5_000), (10_000, 20_000), (30_000, END)]),
    ("只保留0:45到1:20", INNER),
    ("删掉开头和结尾各5秒", [(5_000, 105_000)]),
    ("能帮我删掉前10秒吗？", [(10_000, END)]),
    ("只要45秒到1分20秒", INNER),
    ("保留45秒到80秒", INNER),
    ("只保留前三十秒", [(0, 30_000)]),
    ("除了0:45到1:20，其他都删掉", INNER),
    ("先删掉前10秒，再删掉30秒到40秒", [(10_000, 30_000), (40_000, END)]),
]


@pytest.mark.parametrize(("sentence", "remains"), SENTENCES, ids=[s for s, _ in SENTENCES])
def test_remains(sentence, remains, world, do, shown):
    """After the sentence exactly the parts said to remain are left."""
    done = do(sentence, world)
    assert shown(done.draft) == remains, done.reply


SMOOTH = [
    ("remove 0:45-1:20 and join the remaining parts smoothly", 500),
    ("smoothly remove 0:45-1:20", 500),
    ("remove 0:45-1:20 smoothly", 500),
    ("cut out 0:45-1:20 with a 1 second crossfade", 1000),
    ("remove 0:45-1:20 and make the joint smooth", 500),
    ("删掉0:45到1:20并平滑衔接", 500),
    ("删掉0:45到1:20，剩下的部分平滑衔接起来", 500),
    ("remove 0:45-1:20", 0),
    ("remove 0:45-1:20 and join the rest", 0),
    ("删掉0:45到1:20", 0),
]


@pytest.mark.parametrize(("sentence", "length"), SMOOTH, ids=[s for s, _ in SMOOTH])
def test_joint(sentence, length, world, do):
    """A joint is smooth only where that was asked for, and the crossfade shortens the timeline."""
    done = do(sentence, world)
    second = done.draft.layout()[0].segments[1]
    assert (second.transition_ms, second.start_ms) == (length, 45_000 - length)
    assert done.draft.data["d"] == done.draft.duration_ms == 75_000 - length


def test_clamped_is_said(world, do):
    """A range that starts inside and ends past the end is cut to the end, and the reply says so."""
    reply = do("remove 1:00 to 2:00", world).reply
    assert "1:50" in reply
    assert "2:00" in reply


REFUSED = [
    "remove 2:00 to 2:10",
    "remove 1:20 to 0:45",
    "remove 0:45 to 0:45",
    "remove 0:00 to the end",
    "remove the first 110 seconds",
    "remove the last 3 minutes",
    "remove 0:10-0:20 and 3:00-3:10",
    "keep only 2:00 to 3:00",
    "删掉2分钟到3分钟",
    "删掉1:20到0:45",
    "删掉前200秒",
]


@pytest.mark.parametrize("sentence", REFUSED)
def test_impossible_range(sentence, world, do):
    """A range outside, or everything, changes nothing and names the length; one that is none says that."""
    done = do(sentence, world)
    assert done.draft is None
    none = re.search("runs backwards|is empty|起点在终点之后", done.reply)
    assert ("1:50" in done.reply) != bool(none)
