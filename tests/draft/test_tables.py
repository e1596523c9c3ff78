"""A draft's tables: fast, with stable columns, true to the layout; and what of a draft can't be read."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemo_widgets.catalogue import ROWS
from nemo_widgets.draft import Draft, effects
from nemo_widgets.draft.other_tables import MEDIA_COLUMNS
from nemo_widgets.draft.tables import SEGMENT_COLUMNS, TRACK_COLUMNS
from nemo_widgets.languages import speaking

SRC = "http://127.0.0.1:5000/media/a/talk.mp4"
CUT = Draft(
    {
        "t": [
            {
                "tt": 0,
                "m": {"name": "Main"},
                "sg": [
                    {"d": 2640, "m": {"id": "v1", "src": SRC, "in": 680, "out": 3320, "name": "talk"}},
                    {
                        "d": 5120,
                        "m": {
                            "id": "v2",
                            "start": 2360,
                            "src": f"{SRC}?sig=abc",
                            "in": 4080,
                            "out": 9200,
                            "name": "talk",
                            "transition": {"type": "crossfade", "d": 280},
                            "zz": [1.0],
                        },
                    },
                ],
            },
            {"tt": 7, "m": {"name": "Title"}, "sg": [{"d": 3000, "m": {"text": "Hello"}}]},
        ]
    }
)

leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=4)
    | st.sampled_from(["12", "nan", 2000, 1.5, -3, 1e14, 10**400, "v1", "\ud800", "crossfade"])
)
values = st.recursive(leaves, lambda inner: st.lists(inner, max_size=2), max_leaves=3)
KEYS = ["id", "name", "src", "text", "start", "in", "out", "speed", "volume", "looks", "zoom", "freeze", "zz"]
metas = st.dictionaries(st.sampled_from(KEYS), values, max_size=6)
cuts = st.fixed_dictionaries({}, optional={"type": leaves, "d": leaves})
metas = st.builds(
    lambda meta, cut: {**meta, **cut},
    metas,
    st.fixed_dictionaries({}, optional={"transition": cuts | values}),
)
segments = st.fixed_dictionaries({}, optional={"d": leaves, "m": metas | values})
tracks = st.fixed_dictionaries(
    {}, optional={"tt": leaves, "m": metas | values, "sg": st.lists(segments | values, max_size=4) | values}
)
drafts = st.fixed_dictionaries(
    {},
    optional={
        "t": st.lists(tracks | values, max_size=3) | values,
        "m": metas | values,
        "d": leaves,
        "x": values,
    },
)


@given(drafts)
def test_no_draft_makes_a_view_fail(data):
    """Whatever object comes as a draft is read by each property, shown, left alone and written as it came."""
    canonical = json.dumps(data, ensure_ascii=False)
    draft = Draft(data)
    tables = [draft.segments, draft.tracks, draft.media, draft.raw_table()]
    tables += [draft.segments_table(timedelta=True), draft.tracks_table(timedelta=True)]
    for table in tables:
        table._repr_html_()
    repr(draft), draft.meta, draft.duration_ms, bool(draft)
    [str(problem) for problem in draft.problems]
    assert json.dumps(draft.data, ensure_ascii=False) == canonical
    told = draft.to_json()
    told.encode()
    assert Draft.from_json(told).to_json() == told


@given(drafts)
def test_the_table_is_the_layout(data):
    """Each value of the table, read by columns, is the one that the layout reads by itself."""
    draft = Draft(data)
    table = draft.segments
    assert table.index.is_unique
    laid = [(track, s) for track in draft.layout() for s in track.segments]
    assert len(table) == len(laid)
    for (track, s), row in zip(laid, table.itertuples(), strict=True):
        assert (row.track, row.segment, row.kind) == (track.index + 1, s.index + 1, track.kind)
        assert (row.start_ms, row.end_ms, row.duration_ms) == (s.start_ms, s.end_ms, s.duration_ms)
        assert [None if value is pd.NA else value for value in (row.in_ms, row.out_ms, row.volume)] == [
            s.in_ms, s.out_ms, s.volume
        ]  # fmt: skip
        assert (row.speed, row.transition_ms) == (s.speed, s.transition_ms)
        if s.text.isalnum():
            assert row.text == s.text
        assert bool(row.effects) == bool(", ".join(effects(s)))


@given(drafts)
def test_lengths_agree_with_ends(data):
    """A segment ends its duration behind its start; a track lasts what its segments do, less overlaps."""
    draft = Draft(data)
    table, tracks = draft.segments, draft.tracks
    assert (table.start_ms + table.duration_ms == table.end_ms).all()
    net = (table.duration_ms - table.overlap_ms).groupby(table.track).sum()
    assert all(tracks.duration_ms[number] == total for number, total in net.items())
    assert tracks.segments.sum() == len(table)


def test_columns_and_dtypes_are_the_same_when_empty():
    """A program that reads the table of an empty draft finds each column in its type."""
    empty, full = Draft({}), CUT
    for name, columns in (("segments", SEGMENT_COLUMNS), ("tracks", TRACK_COLUMNS), ("media", MEDIA_COLUMNS)):
        a, b = getattr(empty, name), getattr(full, name)
        assert tuple(a.columns) == tuple(b.columns) == columns
        assert a.dtypes.equals(b.dtypes), name
        assert a.index.name == b.index.name
    assert str(full.segments.dtypes["in_ms"]) == "Int64"


def test_a_segment_is_known_by_its_id():
    """The index is the id; what has none of its own is called by its place, and so is a second of one id."""
    assert CUT.segments.index.tolist() == ["v1", "v2", "#2.1"]
    twice = Draft({"t": [{"sg": [{"m": {"id": "a"}}, {"m": {"id": "a"}}, {"m": {"id": "a#1.2"}}]}]})
    assert twice.segments.index.tolist() == ["a", "a#1.2+", "a#1.2"]


def test_a_source_is_told_without_what_signs_its_link():
    """The table names the file that plays, and neither a signature nor the port of a studio here."""
    path = "/media/a/talk.mp4"
    assert CUT.segments.source.tolist() == [path, path, ""]
    far = Draft({"t": [{"sg": [{"m": {"src": "https://a.org/x/b.mp4?token=abc"}}]}]})
    assert far.segments.source.tolist() == ["https://a.org/x/b.mp4"]
    (row,) = CUT.media.itertuples()
    assert (row.Index, row.name, row.segments, row.in_ms, row.out_ms) == (path, "talk.mp4", 2, 680, 9200)
    assert row.played_ms == 7760


def test_overlaps_have_a_column():
    """What a transition takes from both clips is told beside lengths that are whole."""
    assert CUT.segments.overlap_ms.tolist() == [0, 280, 0]
    assert CUT.tracks[["duration_ms", "overlap_ms"]].to_numpy().tolist() == [[7480, 280], [3000, 0]]


def test_times_are_timedeltas_on_wish():
    """Each time is a timedelta of the same length, and what is missing is NaT."""
    table = CUT.segments_table(timedelta=True)
    assert table["start"].tolist() == [pd.Timedelta(0), pd.Timedelta(milliseconds=2360), pd.Timedelta(0)]
    assert table["in"].isna().tolist() == [False, False, True]
    assert table["transition_duration"].max() == pd.Timedelta(milliseconds=280)
    assert not [name for name in table if name.endswith("_ms")]
    assert table.columns.is_unique
    assert str(CUT.tracks_table(timedelta=True)["overlap"].dtype).startswith("timedelta64")


def test_the_raw_table_holds_every_key():
    """Every key of every segment and of its track is a column, by the way to it, its values as they came."""
    table = CUT.raw_table()
    assert table.index.tolist() == ["t[0].sg[0]", "t[0].sg[1]", "t[1].sg[0]"]
    assert table.loc["t[0].sg[1]", "m.transition.d"] == 280
    assert table.loc["t[0].sg[1]", "m.zz"] == [1.0]
    assert type(table.loc["t[0].sg[0]", "m.in"]) is int
    assert table["track.m.name"].tolist() == ["Main", "Main", "Title"]
    assert table.loc["t[0].sg[1]", "m.src"].startswith(SRC)


def test_people_see_a_table_of_their_own():
    """A notebook shows times as people write them, grouped by track, and no column that says nothing."""
    html = CUT.segments._repr_html_()
    for words in (
        "0:02.360",
        "0:04.080–0:09.200",
        "crossfade 0:00.280",
        "1 video",
        "2 text",
        "Hello",
        ">v2<",
    ):
        assert words in html
    for words in ("NA", "effects", "volume", "speed", "source", "overlap", "segment<", "2360"):
        assert words not in html, words
    assert 'rowspan="2"' in html
    assert html == CUT.segments._repr_html_()
    assert "0:07.480" in CUT.tracks._repr_html_()
    whole = pd.concat([CUT.segments] * 30)
    assert "The first 60 of 90 rows." in whole._repr_html_()


def test_what_became_of_a_table_is_shown_as_it_is():
    """A sum, a pivot or a table of other columns is what pandas makes of it."""
    table = CUT.segments
    assert "7760" in table.groupby("kind")[["duration_ms"]].sum()._repr_html_()
    assert "talk" in table.set_index("name", append=True)._repr_html_()
    assert "start_ms" in table.T._repr_html_()


def test_each_problem_is_told_with_its_path():
    """What can't be read is listed in the order of the JSON: path, what it is to be, and its value."""
    draft = Draft.from_json(
        '{"t": [7, {"tt": "x", "sg": [{"d": "soon", "m": {"id": "a", "start": [], "speed": 0}},'
        ' {"d": -5, "m": {"id": "a", "in": 9, "out": 3, "volume": -1, "transition": "fade", "text": 5}},'
        ' {"m": {"name": null}}]}, {"sg": {}}], "m": [], "d": 1e99}'
    )
    told = [str(problem) for problem in draft.problems]
    assert told == [
        "m: [] is no object", "d: 1e+99 is no time in milliseconds", "t[0]: 7 is no object",
        "t[1].tt: “x” is no number", "t[1].sg[0].d: “soon” is no time in milliseconds",
        "t[1].sg[0].m.start: [] is no time in milliseconds", "t[1].sg[0].m.speed: 0 is not more than 0",
        "t[1].sg[1].d: -5 is less than 0", "t[1].sg[1].m.text: 5 is no text",
        "t[1].sg[1].m.volume: -1 is less than 0", "t[1].sg[1].m.transition: “fade” is no object",
        "t[1].sg[1].m.out: 3 lies before where the part begins",
        "t[1].sg[1].m.id: “a” is the id of an earlier segment, too", "t[2].sg: {} is no list",
    ]  # fmt: skip
    assert CUT.problems == []
    assert Draft({}).problems == []
    with speaking("zh"):
        assert str(draft.problems[0]) == "m: [] 不是对象"
    assert {f"problem.{problem.what}" for problem in draft.problems} <= {*ROWS}


def test_a_text_that_is_no_draft_is_refused():
    """A list, or what is no JSON, makes no draft."""
    for text in ("[]", "{", "5"):
        with pytest.raises(ValueError, match=r".+"):
            Draft.from_json(text)


def test_a_table_that_is_set_says_what_to_do():
    """Who sets a draft's table is told the line that makes a draft of it."""
    for name in ("segments", "tracks"):
        with pytest.raises(AttributeError, match=rf"with_{name}\(df\)"):
            setattr(CUT, name, None)
