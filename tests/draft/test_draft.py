"""Reading a draft: its tracks and segments, its length, its words and tables."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemo_widgets.draft import Draft, clock, summary

DOCUMENTED = {
    "t": [
        {"tt": 0, "sg": [{"d": 10_000, "m": {"name": "city timelapse"}}]},
        {"tt": 1, "m": {"name": "BGM"}, "sg": [{"d": 10_000, "m": {"name": "Lo-fi", "volume": 0.35}}]},
        {"tt": 7, "m": {"name": "Title"}, "sg": [{"d": 3_000, "m": {"text": "Urban Dreams"}}]},
    ]
}


def test_summary_has_the_documents_form():
    """The summary is, to the letter, the one that the skill documents print."""
    assert summary(Draft(DOCUMENTED)) == (
        "Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) "
        '3. Title: "Urban Dreams" (0-3s)'
    )


def test_segments_without_a_start_follow_each_other():
    """A foreign draft, which says no starts, is laid out one segment after the other."""
    draft = Draft(
        {"t": [{"tt": 0, "sg": [{"d": 1500}, {"d": 500}, {"d": 250, "m": {"start": 5000}}, {"d": 1}]}]}
    )
    assert [s.start_ms for s in draft.layout()[0].segments] == [0, 1500, 5000, 5250]
    assert draft.duration_ms == 5251


def test_length_is_the_videos_not_the_musics():
    """Music that outlasts the picture does not make the video longer."""
    draft = Draft({"t": [{"tt": 1, "sg": [{"d": 9000}]}, {"tt": 0, "sg": [{"d": 4000}]}]})
    assert draft.duration_ms == 4000


@pytest.mark.parametrize(
    "data", [None, {}, {"t": None}, {"t": []}, {"t": [{"tt": 0, "sg": None}]}, {"t": [{"tt": 0}]}]
)
def test_nothing_to_export(data):
    """Every way of being empty before first use is empty, and never an error."""
    draft = Draft(data)
    assert not draft
    assert draft.duration_ms == 0
    assert len(draft.segments) == 0


def test_numbers_that_are_written_as_texts_are_numbers():
    """A server may write its numbers as strings: lengths, starts and types are read all the same."""
    words = {"m": {"start": "1000", "text": "Hello"}, "d": "3000"}
    clip = {"d": "10000", "m": {"src": "s", "name": "talk", "speed": "2", "in": "500", "out": 20500}}
    draft = Draft({"t": [{"tt": "0", "sg": [clip]}, {"tt": 7, "sg": [words]}]})
    film, texts = (track.segments[0] for track in draft.layout())
    assert (film.duration_ms, film.speed, film.in_ms, draft.layout()[0].kind) == (10000, 2.0, 500, "video")
    assert (texts.start_ms, texts.end_ms, draft.duration_ms) == (1000, 4000, 10000)
    odd = Draft({"t": [{"tt": 0, "sg": [{"d": value} for value in ("nan", "", "soon", "1" * 40)]}]})
    assert [segment.duration_ms for segment in odd.layout()[0].segments] == [0] * 4


def test_unknown_keys_and_track_types_are_kept():
    """What nobody knows stays in the data as it came, and shows as a track of its own type."""
    data = {"x": 1, "t": [{"tt": 42, "zz": [1], "sg": [{"d": 5, "q": {"w": None}}]}]}
    draft = Draft(copy.deepcopy(data))
    assert draft.layout()[0].kind == "type 42"
    assert len(draft.segments) == 1
    assert draft.data == data


def test_tables_have_the_promised_rows_and_types():
    """The tables say where each segment stands, in whole milliseconds, with missing values as missing."""
    draft = Draft(DOCUMENTED)
    assert draft.tracks.loc[2, ["kind", "name", "segments", "end_ms"]].tolist() == ["audio", "BGM", 1, 10_000]
    segments = draft.segments
    assert segments["end_ms"].tolist() == [10_000, 10_000, 3_000]
    assert str(segments["in_ms"].dtype) == "Int64"
    assert segments["in_ms"].isna().all()
    assert segments["text"].tolist() == ["", "", "Urban Dreams"]


def test_a_track_lasts_as_long_as_something_of_it_plays():
    """Segments that overlap in a transition count once and gaps not at all."""
    clips = [(0, 10_000), (9000, 10_000), (25_000, 5000), (26_000, 1000)]
    draft = Draft({"t": [{"tt": 0, "sg": [{"d": d, "m": {"start": start}} for start, d in clips]}]})
    (row,) = draft.tracks[["start_ms", "end_ms", "duration_ms"]].to_numpy().tolist()
    assert row == [0, 30_000, 24_000]


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (0, "0:00"),
        (45_000, "0:45"),
        (80_250, "1:20.3"),
        (80_240, "1:20.2"),
        (59_970, "1:00"),
        (3_723_000, "1:02:03"),
        (7, "0:00"),
        (-7, "0:00"),
        (-1500, "-0:01.5"),
    ],
)
def test_clock_reads_as_people_write_times(ms, text):
    """Milliseconds become the times people type, to a tenth of a second."""
    assert clock(ms) == text


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["t", "tt", "sg", "d", "m", "start", "in", "text", "transition"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=25,
)


@given(json_values)
def test_any_json_is_read_without_an_error(data):
    """Whatever a server sends as a draft is read, shown and left unchanged."""
    before = json.dumps(data)
    draft = Draft(data)
    draft.layout()
    assert draft.duration_ms >= 0 or draft.layout()
    summary(draft)
    assert json.dumps(data) == before
