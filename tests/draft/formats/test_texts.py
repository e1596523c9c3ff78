"""Subtitles and chapters of a draft: what players and our own reader find in them."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from nemo_widgets.draft.formats import encode
from nemo_widgets.studio.subtitles import read_subtitles

SUBTITLES = ["srt", "vtt", "ass"]


def texts(*rows, **meta):
    """A draft of (text, start, end in ms), under which a clip lies."""
    words = [
        {"d": end - start, "m": {"text": text, "start": start, "id": f"x{n}", **meta}}
        for n, (text, start, end) in enumerate(rows)
    ]
    clip = {"d": 60_000, "m": {"src": "/films/a.mp4", "name": "harbour", "start": 0, "in": 0}}
    return {"m": {"title": "Lake $x$"}, "t": [{"tt": 0, "sg": [clip]}, {"tt": 7, "sg": words}]}


def cues(content):
    return read_subtitles(content.decode()).cues


@pytest.mark.parametrize("format_", SUBTITLES)
def test_subtitles_are_read_with_their_words_and_times(format_):
    """In the order of their times, several lines too, ten hours on; ASS has hundredths."""
    rows = [("Zweite\n\nZeile", 36_000_120, 36_004_990), ("你好", 1000, 2340)]
    found = cues(encode(texts(*rows), format_)[0])
    assert found == [(1000, 2340, "你好"), (36_000_120, 36_004_990, "Zweite\nZeile")]


@pytest.mark.parametrize(
    "words",
    ["<script>alert(1)</script>", "{\\an8}{\\p1}m 0 0", "a --> b", "x\n\n3\n00:00:01,000 --> 00:00:09,000\ny",
     "\u202egnp.exe", "a\x00b\x1b[31m", "\\Nnew", "NOTE x", "y" * 1_000_000],
    ids=["script", "override", "arrow", "cue", "bidi", "controls", "break", "note", "long"],
)  # fmt: skip
@pytest.mark.parametrize("format_", SUBTITLES)
def test_what_would_harm_in_subtitles_is_text(format_, words):
    """It makes no cue, tag or override, and no line more than it has."""
    content, _ = encode(texts((words, 1000, 2000), ("next", 3000, 4000)), format_)
    told = content.decode()
    assert "<script" not in told or format_ == "ass"
    assert not {"\u202e", "\x00", "\x1b"} & set(told)
    assert format_ == "vtt" or "{\\" not in told
    found = cues(content)
    assert [(start, end) for start, end, _ in found] == [(1000, 2000), (3000, 4000)]
    assert found[1][2] == "next"


@pytest.mark.parametrize("format_", SUBTITLES)
def test_a_file_of_no_texts_is_refused(format_):
    """An empty one would be taken for one that went wrong."""
    with pytest.raises(ValueError, match="No text is on the timeline"):
        encode(texts(), format_)


def test_places_sizes_and_colours_are_held_as_far_as_a_format_has_them():
    """ASS holds them all, WebVTT places, SubRip none; what is not held is said."""
    data = texts(("Hello", 0, 1000), position="top-right", size=30, color="#ff8c00", animation="pop")
    ass, of_ass = encode(data, "ass")
    assert r"{\an9\fs30\c&H00008CFF&}Hello" in ass.decode()
    vtt, of_vtt = encode(data, "vtt")
    assert "00:01.000 line:0 position:100% align:end" in vtt.decode()
    _, of_srt = encode(data, "srt")
    assert [str(r) for r in (of_ass, of_vtt, of_srt)] == [
        "Texts carry no animation in it.",
        "Texts carry no size, colour, animation in it.",
        "Texts carry no place, size, colour, animation in it.",
    ]


def test_chapters_are_the_titles_and_the_first_begins_with_the_film():
    """What stands before the first title is a chapter, too; YouTube's are ten seconds long at least."""
    rows = [("Shore", 12_000, 14_000), ("Gulls", 15_000, 16_000), ("Storm", 40_900, 42_000)]
    told, report = encode(texts(*rows), "txt")
    assert told.decode() == "0:00 Lake $x$\n0:12 Shore\n0:40 Storm\n"
    assert report.losses == ("Chapters shorter than 10 seconds are part of the one before (1).",)
    listed, _ = encode(texts(*rows), "md")
    assert re.findall(r"\*\*(.*?)\*\* (.*)", listed.decode())[1:3] == [("0:12", "Shore"), ("0:15", "Gulls")]


def test_without_titles_the_clips_are_the_chapters():
    """Parts of one clip behind each other are one; too few for YouTube is said."""
    names = ["sea", "sea", "hill", "road"]
    clips = [{"d": 3_700_000, "m": {"src": f"{name}.mp4", "name": name}} for name in names]
    told, report = encode({"t": [{"tt": 0, "sg": clips}]}, "txt")
    assert told.decode() == "0:00 sea\n2:03:20 hill\n3:05:00 road\n"
    assert not report.losses
    _, few = encode({"t": [{"tt": 0, "sg": clips[:2]}]}, "txt")
    assert "three" in str(few)
    with pytest.raises(ValueError, match="Nothing is on the timeline"):
        encode({}, "md")


@pytest.mark.parametrize(
    "name", ["<script>x</script>", "[a](javascript:x)", "# x", "`x", "![a](b)", "a | *b*"]
)
def test_markdown_of_chapters_shows_names_as_they_are(name):
    """A name makes no tag, link, picture or heading."""
    told, _ = encode(texts((name, 0, 1000), ("x", 20_000, 30_000)), "md")
    html = MarkdownIt("commonmark").render(told.decode())
    assert not re.search(r"<(script|a|img|code|em|h[2-6])\b", html)
    assert html.count("<h1>") == 1
    assert name.replace("<", "&lt;").replace(">", "&gt;") in html
