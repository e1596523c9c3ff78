"""Several messages: corrections, what refers to what was said before, going back, and questions answered."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line
# fmt: off

from __future__ import annotations

from studio.agent.instructions.checks import (
    any_of,
    as_at_first,
    asks,
    back,
    restarted,
    says,
    stirred,
    unchanged,
)
from studio.agent.instructions.cutting import clips, kept
from studio.agent.instructions.furnishing import frame, hue, music, no_music, text, text_count
from studio.agent.instructions.judging import pick
from studio.agent.instructions.manner import clip, differ, joined, look

ROWS = [
    # corrections
    (("remove 0:40 to 1:00", "no, 0:50 to 1:00"), "interview", kept((0, 50), (60, 180))),
    (("remove the first 10 seconds", "no, 15"), "interview", kept((15, 180))),
    (("remove 0:45 to 1:20", "no, 0:50"), "interview", any_of(kept((0, 50), (80, 180)), kept((0, 45), (50, 180)), asks())),
    (("add calm music", "actually make it upbeat"), "interview", music("music:upbeat")),
    (('add a title "Helo"', 'sorry, "Hello"'), "interview", text("Hello", 0), text_count(1)),
    (("put music at 40%", "less, 20%"), "interview", music(volume=0.2)),
    (("make it square", "I meant 4:5"), "interview", frame(4, 5)),
    (("speed it up 2x", "that's too fast, 1.5x"), "interview", clip("all", speed=1.5)),
    (("remove the first 10 seconds", "oops, I meant the last 10 seconds"), "interview", kept((0, 170))),
    (("删掉前10秒", "不对，是前15秒"), "interview", kept((15, 180))),
    (("加点轻快的音乐", "算了，换成舒缓的"), "interview", music("music:calm")),
    (("剪掉0:40到1:00", "不是，0:50到1:00"), "interview", kept((0, 50), (60, 180))),
    (("加个标题“你好”", "标题改成“您好”"), "interview", text("您好", 0), text_count(1)),
    # what was meant before
    (('add a title "Hi"', "make it bigger"), "interview", text("Hi", size=(65, 400))),
    (('add a title "Hi"', "now in yellow"), "interview", text("Hi", color=hue("yellow"))),
    (("speed up the second clip 2x", "and the third one too"), "trip", differ(speed={"market": 2, "night": 2})),
    (("make harbour black and white", "same for night"), "trip", differ(looks={"harbour": look("bw"), "night": look("bw")})),
    (("remove the second clip", "and the last one"), "trip", clips("harbour")),
    (("mute it", "unmute it"), "interview", as_at_first()),
    (("add music", "quieter"), "interview", music(volume=(0.01, 0.34))),
    (("加背景音乐", "再小声一点"), "interview", music(volume=(0.01, 0.34))),
    (("第一段变成黑白", "第三段也是"), "trip", differ(looks={"harbour": look("bw"), "night": look("bw")})),
    # back and forth
    ("undo", "edited", back()),
    ("undo that please", "edited", back()),
    ("go back two steps", "edited", back(2)),
    ("start over", "edited", restarted()),
    ("scrap everything and start from scratch", "edited", restarted()),
    (("undo", "redo"), "edited", as_at_first()),
    (("remove the title", "undo", "redo"), "edited", text_count(0)),
    (("remove the music", "hm, put that back"), "edited", as_at_first()),
    (("remove the title", "I liked it better before, undo"), "edited", as_at_first()),
    ("take back the last change", "edited", back()),
    ("撤销上一步", "edited", back()),
    ("退回两步", "edited", back(2)),
    (("撤销", "重做"), "edited", as_at_first()),
    ("全部重来", "edited", restarted()),
    (("音乐去掉", "还是把音乐加回来吧"), "edited", any_of(as_at_first(), (music("lofi", volume=0.35), stirred()))),
    # questions about the timeline
    ("how long is it now?", "edited", says("1:39", "1:40", "99.5")),
    ("how long is the video", "interview", says("3:00", "180", "3 min")),
    ("what's at 0:30?", "trip", says("night")),
    ("what music is that?", "edited", says("lo-fi", "lofi")),
    ("how many clips are there?", "trip", says("3", "three")),
    ("what does the title say?", "edited", says("Welcome")),
    ("which clip is the longest?", "trip", unchanged()),
    ("what can you do?", "interview", unchanged()),
    ("现在多长？", "edited", says("1:39", "1:40", "99.5")),
    ("第15秒是什么画面？", "trip", says("market")),
    ("有几个片段？", "trip", says("3", "三")),
    # a question of the agent's, answered
    (("remove the clip", pick("market")), "trip", clips("harbour", "night")),
    (("make it louder", pick("music", "lo-fi")), "edited", music("lofi", volume=(0.37, 3))),
    (("删掉那个片段", pick("night")), "trip", clips("harbour", "market")),
    (("remove the clip", "never mind"), "trip", unchanged()),
    (("remove the clip", "remove night and add transitions"), "trip", clips("harbour", "market"), joined()),
    (("add music", "no music after all"), "interview", no_music(), stirred()),
]
