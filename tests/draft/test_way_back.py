"""An edited table as a draft: what was edited is in it and nothing else; what can't be is refused by row."""

from __future__ import annotations

import copy

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemo_widgets.draft import Draft
from nemo_widgets.errors import TableRefused

from .test_tables import drafts


def clip(n, long=4000, start=0, **more):
    meta = {"id": f"v{n}", "start": start, "src": f"/media/{n}/{n}.mp4", "in": 1000, "out": 1000 + long}
    return {"d": long, "zz": {"n": n}, "m": {**meta, "name": f"clip {n}", "zz": 1.0, **more}}


def made(clips=3, **root):
    """Clips of four seconds one after the other, music under them, and a title."""
    song = {"id": "a1", "start": 0, "src": "music:lofi", "volume": 0.35, "name": "Lo-fi"}
    title = {"id": "x1", "start": 500, "text": "Hello", "size": 64}
    film = [clip(n, start=(n - 1) * 4000) for n in range(1, clips + 1)]
    return Draft(
        {
            "d": clips * 4000,
            "t": [
                {"tt": 0, "m": {"name": "Main"}, "sg": film},
                {"tt": 1, "m": {"name": "BGM"}, "sg": [{"d": clips * 4000, "m": song}]},
                {"tt": 7, "m": {"name": "Title"}, "sg": [{"d": 3000, "m": title}]},
            ],
            **root,
        }
    )  # fmt: skip


DRAFT = made()


def edited(*cells, table=None):
    """The table with cells set: (id, column, value)."""
    table = DRAFT.segments if table is None else table
    for label, column, value in cells:
        table.loc[label, column] = value
    return table


def rows(draft, *columns):
    return [tuple(row) for row in draft.segments[list(columns)].itertuples()]


def refusals(table, draft=DRAFT):
    before = copy.deepcopy(draft.data)
    with pytest.raises(TableRefused) as caught:
        draft.with_segments(table)
    assert draft.data == before
    assert all(why in str(caught.value) for _, _, why in caught.value.rows[:5])
    return [(row, column) for row, column, _ in caught.value.rows]


@given(drafts)
def test_a_table_that_nobody_edited_is_the_draft(data):
    """Whatever a draft holds, its own tables make it again, to the byte, and nothing differs."""
    draft = Draft(data)
    for again in (draft.with_segments(draft.segments), draft.with_tracks(draft.tracks)):
        assert again.to_json() == draft.to_json()
        assert draft.diff(again).empty
    assert draft.with_segments(draft.segments_table(timedelta=True)).to_json() == draft.to_json()


def test_the_draft_that_was_edited_stays():
    """The new draft shares nothing with the old one."""
    new = DRAFT.with_segments(edited(("v1", "volume", 0.5)))
    new.data["t"][1]["sg"][0]["m"]["name"] = new.data["t"][0]["sg"][2]["zz"]["n"] = "another"
    assert made() == DRAFT


def test_words_and_levels_are_written_beside_unknown_keys():
    """A text, a name, a volume and a speed are those of the table; keys that it does not show are kept."""
    new = DRAFT.with_segments(edited(("x1", "text", "Bye"), ("a1", "volume", 0.5), ("v2", "name", "two")))
    by_id = {s.id: s.raw for track in new.layout() for s in track.segments}
    assert by_id["x1"]["m"] == {"id": "x1", "start": 500, "text": "Bye", "size": 64}
    assert by_id["a1"]["m"]["volume"] == 0.5
    assert by_id["v2"]["zz"] == {"n": 2}
    assert by_id["v2"]["m"]["zz"] == 1.0
    assert by_id["v1"] == DRAFT.data["t"][0]["sg"][0]


@pytest.mark.parametrize(
    ("cells", "v1"),
    [
        ([("v1", "duration_ms", 3000)], (3000, 1000, 4000)),
        ([("v1", "end_ms", 3000)], (3000, 1000, 4000)),
        ([("v1", "out_ms", 4000)], (3000, 1000, 4000)),
        ([("v1", "in_ms", 2000)], (3000, 2000, 5000)),
        ([("v1", "in_ms", 0), ("v1", "out_ms", 3000)], (3000, 0, 3000)),
        ([("v1", "in_ms", 0), ("v1", "out_ms", 3000), ("v1", "duration_ms", 3000)], (3000, 0, 3000)),
        ([("v1", "speed", 2.0)], (2000, 1000, 5000)),
        ([("v1", "speed", 2.0), ("v1", "duration_ms", 1500)], (1500, 1000, 4000)),
    ],
)
def test_a_trimmed_clip_draws_the_others_up(cells, v1):
    """However a clip is trimmed, its part and its length agree, and those behind it follow without a gap."""
    new = DRAFT.with_segments(edited(*cells))
    long = v1[0]
    assert rows(new, "start_ms", "duration_ms", "in_ms", "out_ms")[:2] == [
        ("v1", 0, *v1),
        ("v2", long, 4000, 1000, 5000),
    ]
    assert new.data["d"] == long + 8000
    assert new.segments.loc["x1", "start_ms"] == 500


def test_a_clip_that_is_left_out_closes_the_gap():
    """The clips behind a row that was dropped follow the one before it."""
    new = DRAFT.with_segments(DRAFT.segments.drop("v2"))
    assert rows(new, "start_ms")[:2] == [("v1", 0), ("v3", 4000)]
    assert new.duration_ms == new.data["d"] == 8000


@pytest.mark.parametrize("how", ["rows", "starts"])
def test_clips_are_put_into_another_order(how):
    """By the order of the rows, or by a start that was edited."""
    table = DRAFT.segments
    table = table.loc[["v3", "v1", "v2", "a1", "x1"]] if how == "rows" else edited(("v3", "start_ms", 0))
    assert rows(DRAFT.with_segments(table), "start_ms")[:3] == [("v3", 0), ("v1", 4000), ("v2", 8000)]


def test_a_row_with_an_id_of_its_own_is_a_copy():
    """A row that was copied is a segment with all of the other's keys; one without an id gets one."""
    table = DRAFT.segments
    again = table.loc[["v2"]].rename(index={"v2": "v2-2"})
    blank = table.loc[["v1"]].rename(index={"v1": ""})
    new = DRAFT.with_segments(pd.concat([table.iloc[:2], again, table.iloc[2:], blank]))
    assert rows(new, "start_ms")[:5] == [
        ("v1", 0), ("v2", 4000), ("v2-2", 8000), ("v3", 12_000), ("v4", 16_000)
    ]  # fmt: skip
    assert new.data["t"][0]["sg"][2]["zz"] == {"n": 2}
    assert new.data["t"][0]["sg"][4]["m"]["src"] == "/media/1/1.mp4"


def test_a_clip_is_split_in_the_table():
    """Two rows that share what one played are a split, and the timeline is as long as before."""
    table = DRAFT.segments
    rest = table.loc[["v2"]].rename(index={"v2": "v2b"})
    both = pd.concat([table.iloc[:2], rest, table.iloc[2:]])
    new = DRAFT.with_segments(edited(("v2", "out_ms", 2500), ("v2b", "in_ms", 2500), table=both))
    assert rows(new, "start_ms", "in_ms", "out_ms")[1:3] == [
        ("v2", 4000, 1000, 2500),
        ("v2b", 5500, 2500, 5000),
    ]
    assert DRAFT.diff(new)["what"].tolist() == ["split"]


def test_titles_and_music_stand_where_they_are_put():
    """What is only placed keeps its place, or has the one that it was given."""
    new = DRAFT.with_segments(edited(("x1", "start_ms", 2000), ("a1", "end_ms", 9000)))
    assert rows(new, "start_ms", "end_ms")[3:] == [("a1", 0, 9000), ("x1", 2000, 5000)]
    fresh = {"track": [3], "text": ["Bye"], "start_ms": [5000], "duration_ms": [900]}
    more = pd.concat([DRAFT.segments, pd.DataFrame(fresh, index=pd.Index(["x9"], name="id"))])
    (title,) = DRAFT.with_segments(more).layout()[2].segments[1:]
    assert (title.id, title.text, title.start_ms, title.duration_ms) == ("x9", "Bye", 5000, 900)


def test_a_transition_overlaps_what_it_joins():
    """A transition that is set draws the clip up by its length; without one they stand apart again."""
    new = DRAFT.with_segments(edited(("v2", "transition", "crossfade"), ("v2", "transition_ms", 500)))
    assert rows(new, "start_ms", "overlap_ms")[:3] == [("v1", 0, 0), ("v2", 3500, 500), ("v3", 7500, 0)]
    plain = new.with_segments(edited(("v2", "transition", ""), table=new.segments))
    assert plain == DRAFT
    first = new.with_segments(new.segments.drop("v1"))
    assert first.segments.loc["v2", "transition"] == ""


def test_a_part_of_the_columns_and_columns_of_ones_own_do():
    """Who keeps three columns, or adds one, edits the same draft."""
    table = edited(("x1", "text", "Bye"))[["text", "kind", "end_ms"]].assign(score=1.5)
    assert DRAFT.with_segments(table) == DRAFT.with_segments(edited(("x1", "text", "Bye")))
    assert DRAFT.with_segments(table.reset_index()) == DRAFT.with_segments(table)


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("v1", "start_ms", -5), ("v1", "volume", -1), ("v1", "volume", 11.0), ("v1", "speed", 0.0),
        ("v1", "duration_ms", 0), ("v1", "duration_ms", None), ("x1", "text", None), ("v1", "out_ms", 1000),
        ("v1", "in_ms", 6000), ("v2", "start_ms", 5000), ("v2", "transition", "melt"), ("v2", "track", 9),
        ("v2", "track", 2), ("x1", "track", 1), ("v1", "source", "/media/9/9.mp4"), ("v1", "effects", "glow"),
        ("v1", "overlap_ms", 50), ("v1", "segment", 2), ("v1", "kind", "text"), ("x1", "duration_ms", 10**9),
        ("v1", "duration_ms", float("inf")),
    ],
)  # fmt: skip
def test_what_can_not_be_is_refused_by_row(row, column, value):
    """Every sort of wrong cell is refused with its row, and nothing is made."""
    table = DRAFT.segments.astype(object)
    table.loc[row, column] = value
    assert row in [each for each, _ in refusals(table)]


def test_a_cell_of_another_type_is_refused():
    """Words for a number, numbers for words, and truth for a level."""
    table = DRAFT.segments.astype(object)
    for row, column, value in (("v1", "start_ms", "soon"), ("v2", "volume", True), ("x1", "text", 5)):
        table.loc[row, column] = value
    assert refusals(table) == [("v1", "start_ms"), ("v2", "volume"), ("x1", "text")]


def test_all_that_is_wrong_is_told_at_once():
    """One error lists each row, column and reason; of very many its words tell the first."""
    cells = [(f"v{n}", "volume", -1.0) for n in (1, 2, 3)]
    assert refusals(edited(*cells, ("x1", "start_ms", -1))) == [
        ("v1", "volume"), ("v2", "volume"), ("v3", "volume"), ("x1", "start_ms")
    ]  # fmt: skip
    many = made(30)
    table = many.segments
    table["speed"] = table["speed"].where(table["kind"] != "video", 9.0)
    with pytest.raises(TableRefused, match="and 25 more") as caught:
        many.with_segments(table)
    assert len(caught.value.rows) == 30


def test_one_id_twice_is_refused_with_a_way_out():
    """A copied row needs an id of its own, and is told one."""
    table = DRAFT.segments
    with pytest.raises(TableRefused, match="v1-2") as caught:
        DRAFT.with_segments(pd.concat([table, table.loc[["v1"]]]))
    assert caught.value.rows[0][:2] == ("v1", "id")


def test_what_overlaps_another_is_refused():
    """A title put onto another one is refused; those that overlapped before may do so still."""
    table = DRAFT.segments
    second = table.loc[["x1"]].rename(index={"x1": "x2"})
    assert refusals(pd.concat([table, second])) == [("x2", "start_ms")]
    twice = copy.deepcopy(DRAFT.data)
    twice["t"][2]["sg"].append({"d": 3000, "m": {"id": "x2", "start": 1000, "text": "Hi"}})
    both = Draft(twice)
    new = both.with_segments(edited(("x2", "text", "Ho"), table=both.segments))
    assert new.segments.loc["x2", "overlap_ms"] == 2500


def test_a_part_beyond_the_file_is_refused_where_its_length_is_known():
    """The session's drafts know how long the files are."""
    known = Draft(DRAFT.data, media_ms={"/media/1/1.mp4": 5200})
    assert refusals(edited(("v1", "out_ms", 5300)), known) == [("v1", "out_ms")]
    assert known.with_segments(edited(("v1", "out_ms", 5200))).segments.loc["v1", "duration_ms"] == 4200
    assert known.with_segments(edited(("v1", "volume", 0.2))).media_ms == known.media_ms


@pytest.mark.parametrize(
    "table", [None, [1], pd.DataFrame({"text": ["a"]}), pd.DataFrame({"id": [5]}).set_index("id")]
)
def test_what_is_no_table_of_segments_is_refused(table):
    """Another thing, a table without ids, or with numbers for them."""
    with pytest.raises(TableRefused):
        DRAFT.with_segments(table)


def test_tracks_are_named_dropped_and_put_into_another_order():
    """A table of tracks does so; what else is edited in it is refused."""
    table = DRAFT.tracks
    table.loc[3, "name"] = "Words"
    new = DRAFT.with_tracks(table.loc[[3, 1]])
    assert new.tracks["name"].tolist() == ["Words", "Main"]
    assert [s.id for s in new.layout()[1].segments] == ["v1", "v2", "v3"]
    table.loc[1, "end_ms"] = 5
    table["name"] = table["name"].astype(object)
    table.loc[2, "name"] = None
    with pytest.raises(TableRefused) as caught:
        DRAFT.with_tracks(pd.concat([table, table.loc[[3]]]))
    assert [row[:2] for row in caught.value.rows] == [("1", "end_ms"), ("2", "name"), ("3", "track")]


edits = st.lists(
    st.one_of(
        st.tuples(st.just("volume"), st.integers(1, 5), st.floats(0, 1).map(lambda v: round(v, 2))),
        st.tuples(st.just("name"), st.integers(1, 5), st.text("abc", min_size=1, max_size=4)),
        st.tuples(st.just("out_ms"), st.integers(1, 5), st.integers(1500, 4900)),
        st.tuples(st.just("text"), st.just(0), st.text("xyz", min_size=1, max_size=4)),
        st.tuples(st.just("drop"), st.integers(1, 5), st.none()),
        st.tuples(st.just("start_ms"), st.just(0), st.integers(501, 9000)),
    ),
    max_size=6,
    unique_by=lambda edit: edit[:2],
)  # fmt: skip


@given(edits, st.permutations(range(1, 6)))
@settings(max_examples=60)
def test_random_edits_are_held_and_named(made_edits, order):
    """The draft holds each edit of a table, and the difference names exactly these."""
    draft = made(5)
    before = draft.segments
    table = before.loc[[*(f"v{n}" for n in order), "a1", "x1"]]
    gone = {f"v{n}" for what, n, _ in made_edits if what == "drop"}
    expected = {("removed", label) for label in gone}
    for what, n, value in made_edits:
        label = f"v{n}" if n else "x1"
        if what != "drop" and label not in gone:
            table.loc[label, what] = value
            names = {"out_ms": "trimmed", "start_ms": "moved"}
            expected.add((names.get(what, what), label))
    table = table.drop(index=list(gone))
    new = draft.with_segments(table)
    after = new.segments
    for what, n, value in made_edits:
        label = f"v{n}" if n else "x1"
        if what != "drop" and label not in gone:
            assert after.loc[label, what] == value
    left = [label for label in table.index if label.startswith("v")]
    assert [label for label in after.index if label.startswith("v")] == left
    found = draft.diff(new)
    moved = set(found[found.what == "moved"].id) - {"x1"}
    rising = [int(label[1]) for label in left if label not in moved]
    assert rising == sorted(rising)
    whole = {(row.what, row.id) for row in found.itertuples() if row.id not in moved and row.what != "length"}
    assert whole == {each for each in expected if each[1] not in moved}
    assert {(row.what, row.id) for row in found.itertuples() if row.id in moved and row.what != "moved"} == {
        each for each in expected if each[1] in moved
    }
    assert new.with_segments(after) == new
