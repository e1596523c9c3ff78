"""Whatever a draft holds, and however much: every timeline file is written, or refused in a sentence."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemo_widgets.draft.formats import FORMATS, decode, encode

KEYS = [
    "t",
    "tt",
    "sg",
    "m",
    "d",
    "start",
    "in",
    "out",
    "src",
    "text",
    "speed",
    "volume",
    "transition",
    "type",
    "freeze",
    "reverse",
    "name",
    "title",
    "fps",
    "width",
    "height",
    "position",
    "color",
    "size",
    "style",
    "subtitle",
    "looks",
    "fade_in",
    "zz",
]
WORDS = [
    "crossfade",
    "/films/a.mp4",
    "a.jpg",
    "https://a.org/b.mp4?sig=1",
    "30000/1001",
    "#ff8c00",
    "top-left",
    "1" * 20,
    "\ud800",
    "C:\\a.mp4",
    "file:///a%20b.mov",
    "music:lofi",
]
NUMBERS = st.integers() | st.floats() | st.integers(-2, 9000)
VALUES = st.none() | st.booleans() | NUMBERS | st.text(max_size=12) | st.sampled_from(WORDS)
KEY = st.sampled_from(KEYS)
ANY = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY, inner, max_size=6),
    max_leaves=30,
)
META = st.dictionaries(KEY, VALUES | ANY, max_size=8)
SEGMENT = st.fixed_dictionaries({"d": VALUES | st.integers(0, 9000)}, optional={"m": META})
TRACK = st.fixed_dictionaries(
    {"tt": st.sampled_from([0, 1, 7, 9, None]), "sg": st.lists(SEGMENT, max_size=5)}
)
DRAFTS = st.fixed_dictionaries({"t": st.lists(TRACK, max_size=4)}, optional={"m": ANY, "d": VALUES})


@pytest.mark.parametrize("format_", sorted({*FORMATS} - {"parquet", "v3"}))
@given(
    data=DRAFTS | st.dictionaries(KEY, ANY, max_size=6),
    fps=st.sampled_from([None, 25, "30000/1001", 0, "x", 1e9]),
)
def test_any_draft_is_written_or_refused_and_read_again(format_, data, fps):
    """By no other error; and what was written of it is read."""
    try:
        content, report = encode(data, format_, fps=fps)
    except ValueError:
        assert format_ in ("srt", "vtt", "ass", "llc", "txt", "md")
        return
    assert str(report)
    if FORMATS[format_].read is not None:
        try:
            decode(content, format_, fps=fps)
        except ValueError:
            assert format_ in ("edl", "csv", "llc")  # in which nothing of it may be left


def long(segments):
    """A draft of so many clips, each of them two seconds long."""
    clips = [
        {"d": 2000, "m": {"start": 2000 * n, "src": f"a{n % 50}.mp4", "in": n, "name": "x"}}
        for n in range(segments)
    ]
    texts = [{"d": 900, "m": {"start": 2000 * n, "text": f"title {n}"}} for n in range(segments)]
    return {"m": {"fps": "30000/1001"}, "t": [{"tt": 0, "sg": clips}, {"tt": 7, "sg": texts}]}


def took(format_, segments):
    """Seconds of work, the least of two."""
    data, took_s = long(segments), []
    for _ in range(2):
        begin = time.process_time()
        content, _ = encode(data, format_)
        if FORMATS[format_].read is not None:
            decode(content, format_)
        took_s.append(time.process_time() - begin)
    return min(took_s)


@pytest.mark.parametrize("format_", ["otio", "edl", "fcpxml", "json", "llc", "srt", "txt"])
def test_the_work_grows_as_the_timeline_does(format_):
    """Four times as many clips take less than ten times as long; the square of it would be sixteen."""
    assert took(format_, 600) < 10 * max(took(format_, 150), 0.01)
