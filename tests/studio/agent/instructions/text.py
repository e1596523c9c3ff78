"""What is written: titles, captions, lower thirds, subtitles, and how they look."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line
# fmt: off

from __future__ import annotations

from studio.agent.instructions.checks import any_of
from studio.agent.instructions.furnishing import hue, text, text_count

SRT = """1
00:00:01,000 --> 00:00:03,000
Hello there

2
00:00:04,000 --> 00:00:06,500
Welcome back
"""
BIGGER, SMALLER = (65, 400), (8, 63)
"""Than the 64 of the title that is there."""

ROWS = [
    ('add a title "Summer in Lisbon"', "interview", text("Summer in Lisbon", 0)),
    ('put "Chapter 2" in the middle at 1:00 for 4 seconds', "interview", text("Chapter 2", 60, 64, position="center")),
    ("add a red title saying Welcome", "interview", text("Welcome", color=hue("red"))),
    ('write "The End" over the last 5 seconds', "interview", text("The End", 175, 180)),
    ('add a lower third "Dr. Ana Ruiz" with "Cardiologist" below, from 0:05 to 0:12', "interview", text("Dr. Ana Ruiz", 5, 12, style="lower-third", subtitle="Cardiologist")),
    ('caption "so what happened?" from 0:30 to 0:34 at the bottom', "interview", text("so what happened?", 30, 34, style={"caption", "subtitle"}, position="bottom")),
    ('big yellow title "WOW" that pops in', "interview", text("WOW", color=hue("yellow"), animation="pop", size=BIGGER)),
    ('add the title "Loading..." with a typewriter effect', "interview", text("Loading...", animation="typewriter")),
    ('put the title "Hi" at the bottom left', "interview", text("Hi", position="bottom-left")),
    ('add a title "Q&A" on a black background', "interview", text("Q&A", background=hue("black"))),
    ('add a title that says "remove the music"', "edited", text("remove the music"), text("Welcome", 0, 4)),
    ('add a titel "Hello"', "interview", text("Hello")),
    ('add a titel "Remov the Tittle" at the top', "interview", text("Remov the Tittle", position="top-center")),
    ("add a titel that says Hallo Welt for 5 seconds", "interview", text("Hallo Welt", 0, 5)),
    ("ad a capton: Hallo Welt", "interview", text("Hallo Welt")),
    ("add a caption: Thanks, please come again! Is this it?", "interview", text("Thanks, please come again! Is this it?")),
    ("add a title saying Wait… what?", "interview", text("Wait… what?")),
    ("在第三段加字幕：大家好，欢迎来到我们的课堂！", "trip", text("大家好，欢迎来到我们的课堂！", 30)),
    ("在第一段加字幕：可以开始了吗？谢谢……", "trip", text("可以开始了吗？谢谢……", 0, 10)),
    ("加一个标题写着Ａ组，谢谢大家", "trip", text("Ａ组，谢谢大家", 0)),
    ("title: 'One Day in Porto', white, 5 seconds", "interview", text("One Day in Porto", 0, 5, color=hue("white"))),
    ('can you put the words "to be continued" at the end', "interview", text("to be continued", end=180)),
    ('text "20% off" in the top right corner the whole time', "interview", text("20% off", 0, 180, position="top-right")),
    ('add a title "Market" when the market clip starts', "trip", text("Market", 10)),
    ('in the last clip write "midnight"', "trip", text("midnight", start=30)),
    ('a title "A" at 0:05 and another one "B" at 0:15', "trip", text("A", 5), text("B", 15), text_count(2)),
    ('slide in a title "Go" from below', "interview", text("Go", animation="slide-up")),
    ('title "Plain" without any animation', "interview", text("Plain", animation="none")),
    ("add these subtitles:\n" + SRT, "interview", text("Hello there", 1, 3), text("Welcome back", 4, 6.5), text_count(2)),
    ("加个标题“周末去哪儿”", "interview", text("周末去哪儿", 0)),
    ("片尾写上“谢谢观看”", "interview", text("谢谢观看", end=180)),
    ("在第10秒显示字幕“你好呀”，3秒", "interview", text("你好呀", 10, 13)),
    ("左下角加一行字“上海”", "interview", text("上海", position="bottom-left")),
    ("加个人名条“王小明”，下面写“产品经理”", "interview", text("王小明", style="lower-third", subtitle="产品经理")),
    ("标题“开始”，用打字机效果", "interview", text("开始", animation="typewriter")),
    ("加一个标题写着“删掉音乐”", "edited", text("删掉音乐"), text("Welcome", 0, 4)),
    ("中间来个大大的红字“注意”，持续2秒", "interview", text("注意", position="center", color=hue("red"), size=BIGGER)),
    ("给视频加上这段字幕：\n" + SRT, "interview", text("Hello there", 1, 3), text("Welcome back", 4, 6.5), text_count(2)),
    # the title that is there
    ('change the title to "Hello again"', "edited", text("Hello again", 0, 4), text_count(1)),
    ("remove the title", "edited", text_count(0)),
    ("make the title bigger", "edited", text("Welcome", 0, 4, size=BIGGER)),
    ("make the title blue", "edited", text("Welcome", 0, 4, color=hue("blue"))),
    ("move the title to the bottom", "edited", text("Welcome", 0, 4, position="bottom")),
    ("show the title for 6 seconds", "edited", text("Welcome", 0, 6)),
    ("the title should start at 0:02", "edited", any_of(text("Welcome", 2, 6), text("Welcome", 2, 4))),
    ("smaller title, and put it in the center", "edited", text("Welcome", 0, 4, size=SMALLER, position="center")),
    ("make the tittle pop in", "edited", text("Welcome", 0, 4, animation="pop")),
    ("标题改成“新的一天”", "edited", text("新的一天", 0, 4), text_count(1)),
    ("标题放大一点", "edited", text("Welcome", 0, 4, size=BIGGER)),
    ("标题换成黄色", "edited", text("Welcome", 0, 4, color=hue("yellow"))),
    ("把标题去掉", "edited", text_count(0)),
    ("标题挪到左上角", "edited", text("Welcome", 0, 4, position="top-left")),
]
