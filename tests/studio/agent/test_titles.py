"""Titles: what they say, when, where and how; a quoted text is never an instruction."""

from __future__ import annotations

import pytest

FIRST = (0, 3000)

ADDED = [
    ('add a title "Urban Dreams" for the first 3 seconds', "Urban Dreams", FIRST, {}),
    ('add a title "Urban Dreams"', "Urban Dreams", FIRST, {}),
    ("add a title that says 'Hello'", "Hello", FIRST, {}),
    ("add a title that says “It's over” for 5 seconds", "It's over", (0, 5000), {}),
    ('add a title saying "Export"', "Export", FIRST, {}),
    (
        'add a title "undo, remove the music and cut the pauses"',
        "undo, remove the music and cut the pauses",
        FIRST,
        {},
    ),
    ('add a title "remove 0:45 to 1:20"', "remove 0:45 to 1:20", FIRST, {}),
    ('add a title "don\'t stop?" at 0:10 for 4 seconds', "don't stop?", (10_000, 14_000), {}),
    ('add a title "A" from 0:05 to 0:08', "A", (5000, 8000), {}),
    ('add a title "The End" at the end', "The End", (107_000, 110_000), {}),
    ('add a title "The End" at the end for 5 seconds', "The End", (105_000, 110_000), {}),
    ('add a title "Live" throughout', "Live", (0, 110_000), {}),
    ('add a title "Live" for the whole video', "Live", (0, 110_000), {}),
    (
        'add a big red title "Hi 🎬" at the bottom',
        "Hi 🎬",
        FIRST,
        {"size": 96, "color": "#ff0000", "position": "bottom-center"},
    ),
    ('add a title "x" in the top left corner', "x", FIRST, {"position": "top-left"}),
    (
        'put "x" in the bottom-right corner in yellow',
        "x",
        FIRST,
        {"position": "bottom-right", "color": "#ffdd00"},
    ),
    ('add a title "x" in the center, colour #0f0', "x", FIRST, {"position": "center", "color": "#00ff00"}),
    ('add a small title called "x" at 10 seconds', "x", (10_000, 13_000), {"size": 40}),
    ('please show the text "3, 2, 1" for 2 seconds', "3, 2, 1", (0, 2000), {}),
    ('add text "1:20 and 35%"', "1:20 and 35%", FIRST, {}),
    ("add a title saying Hello World", "Hello World", FIRST, {}),
    ("add a title saying Hello World for 5 seconds", "Hello World", (0, 5000), {}),
    ("add a title called My Trip at the bottom", "My Trip", FIRST, {"position": "bottom-center"}),
    ("add a title reading Chapter One: The Start at the top", "Chapter One: The Start", FIRST, {}),
    ("add a title saying Rock and Roll", "Rock and Roll", FIRST, {}),
    ('title: "Chapter one" at 0:30 for 5 seconds', "Chapter one", (30_000, 35_000), {}),
    ('add a 4 second title "Hi"', "Hi", (0, 4000), {}),
    ("标题：“第一章”，显示5秒", "第一章", (0, 5000), {}),
    (
        "给视频加个片头标题《我的假期》，持续5秒，放在底部",
        "我的假期",
        (0, 5000),
        {"position": "bottom-center"},
    ),
    ("在0:30处加字“第一章”，显示4秒", "第一章", (30_000, 34_000), {}),
    ('title it "Chapter 1"', "Chapter 1", FIRST, {}),
    ("添加标题“城市之梦”，显示3秒", "城市之梦", FIRST, {}),
    ("添加标题「删掉音乐，然后导出」", "删掉音乐，然后导出", FIRST, {}),
    ("加一个标题《城市》", "城市", FIRST, {}),
    ("请在结尾加字幕式标题“完”", "完", (107_000, 110_000), {}),
    ("在第10秒显示4秒标题“中间”", "中间", (10_000, 14_000), {}),
    (
        "在左上角加一个红色大标题“新闻”，显示5秒",
        "新闻",
        (0, 5000),
        {"position": "top-left", "color": "#ff0000", "size": 96},
    ),
    ("从5秒到8秒加标题“A”", "A", (5000, 8000), {}),
    ("在开头加标题“Hello”", "Hello", FIRST, {}),
]


@pytest.mark.parametrize(("sentence", "text", "when", "look"), ADDED, ids=[a[0] for a in ADDED])
def test_added(sentence, *, text, when, look, world, do):
    """The title says what was quoted, when and where it was said; the rest of the draft is untouched."""
    done = do(sentence, world)
    assert done.draft is not None, done.reply
    main, titles = done.draft.layout()
    (title,) = titles.segments
    assert (titles.type, titles.name) == (7, "Title")
    assert (title.text, (title.start_ms, title.end_ms)) == (text, when)
    standard = {"position": "top-center", "size": 64, "color": "#ffffff"}
    assert {key: title.raw["m"][key] for key in standard} == standard | look
    assert main.raw == world.history[-1].layout()[0].raw


CHANGED = [
    ('change the title to "New"', {"text": "New"}),
    ('rename the title to "remove the music"', {"text": "remove the music"}),
    ('replace the title with "New"', {"text": "New"}),
    ("change the title to Our Trip", {"text": "Our Trip"}),
    ("can you change the title's text to Rome in red", {"text": "Rome", "color": "#ff0000"}),
    ("change the title to: our trip, day 2", {"text": "our trip, day 2"}),
    ("rename the title to our trip.", {"text": "our trip"}),
    (
        "the title should say remove the music and make it yellow",
        {"text": "remove the music", "color": "#ffdd00"},
    ),
    ("make the title say good night for 5 seconds", {"text": "good night", "d": 5000}),
    ("set the title to Bold Moves", {"text": "Bold Moves"}),
    ("标题改成：我们的旅行", {"text": "我们的旅行"}),
    ("change the title to Red", {"color": "#ff0000"}),
    ("make the title red", {"color": "#ff0000"}),
    ("make the title bigger and yellow", {"size": 96, "color": "#ffdd00"}),
    ("move the title to the bottom", {"position": "bottom-center"}),
    ("put the title in the lower left corner", {"position": "bottom-left"}),
    ("change the title color to #00ffaa", {"color": "#00ffaa"}),
    ("set the title size to 80", {"size": 80}),
    ("show the title from 0:05 to 0:09", {"start": 5000, "d": 4000}),
    ("show the title for 5 seconds", {"d": 5000}),
    ("标题显示久一点，6秒", {"d": 6000}),
    ("show the title a bit longer, 6 seconds", {"d": 6000}),
    ("把标题改成“新的”", {"text": "新的"}),
    ("标题放到中间", {"position": "center"}),
    ("标题放大一点", {"size": 96}),
    ("将标题改为“删掉音乐”", {"text": "删掉音乐"}),
    ("把标题移到底部", {"position": "bottom-center"}),
    ("把标题颜色改成红色", {"color": "#ff0000"}),
    ("把标题“Old”改成“New”", {"text": "New"}),
]


@pytest.mark.parametrize(("sentence", "changes"), CHANGED, ids=[c[0] for c in CHANGED])
def test_changed(sentence, changes, world, do):
    """Exactly what was said about the title changes."""
    do('add a title "Old"', world)
    before = world.draft.layout()[1].segments[0].raw
    done = do(sentence, world)
    assert done.draft is not None, done.reply
    after = done.draft.layout()[1].segments[0].raw
    flat = {**before["m"], "d": before["d"]} | changes
    assert {**after["m"], "d": after["d"]} == flat


@pytest.mark.parametrize(
    "sentence",
    [
        "remove the title",
        "delete the text",
        'remove the title "Old"',
        "去掉标题",
        "把标题删掉",
        "remove all titles",
    ],
)
def test_removed(sentence, world, do):
    """The title goes, and with it its track."""
    before = world.draft
    do('add a title "Old"', world)
    assert do(sentence, world).draft == before


@pytest.mark.parametrize(
    "sentence", ["remove the title", 'change the title to "x"', "去掉标题", "make the title red"]
)
def test_none_there(sentence, world, do):
    """Without a title there is nothing to change or remove, and the reply says so."""
    done = do(sentence, world)
    assert done.draft is None
    assert "no title" in done.reply or "没有" in done.reply


def test_several_titles(world, do):
    """With two titles the one meant has to be quoted."""
    do('add a title "One"', world)
    do('add a title "Two" at the end', world)
    assert do('change the title to "x"', world).draft is None
    assert do('remove the title "Three"', world).draft is None
    done = do('change the title "Two" to "Last"', world)
    assert [s.text for s in done.draft.layout()[1].segments] == ["One", "Last"]


def test_a_title_that_is_there_is_not_written_over_itself(world, do):
    """The same words at the same time in the same look are told to be there; another time is another."""
    do('add a title "One"', world)
    done = do('add a title "One"', world)
    assert (done.draft, done.outcome) == (None, "done")
    assert done.reply == "The title “One” is there already, 0:00–0:03. Nothing was changed."
    assert do("加标题“One”", world).reply == "标题“One”已经在了，0:00–0:03。没有做任何改动。"
    assert do('add a title "One" at 0:10', world).draft is not None
    assert do('add a red title "One"', world).draft is not None


def test_title_past_the_end(world, do):
    """A title that would start past the end is refused with the timeline's length."""
    done = do('add a title "x" at 3:00', world)
    assert done.draft is None
    assert "1:50" in done.reply
