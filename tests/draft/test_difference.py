"""The difference between two drafts: one row for each segment that differs, values and a sentence."""

from __future__ import annotations

import copy

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from nemo_widgets.draft import Draft
from nemo_widgets.draft.difference_table import DIFFERENCE_COLUMNS
from nemo_widgets.languages import speaking

from .test_tables import drafts
from .test_way_back import DRAFT, made


def changed(**how):
    """The draft with metadata of its first clip changed."""
    data = copy.deepcopy(DRAFT.data)
    data["t"][0]["sg"][0]["m"].update(how)
    return Draft(data)


def told(other, draft=DRAFT):
    return [(row.what, row.id, row.before, row.after) for row in draft.diff(other).itertuples()]


@given(drafts, drafts)
def test_any_two_drafts_are_compared(a, b):
    """Whatever two drafts hold, there is an answer; it is empty if and only if they hold the same."""
    first, second = Draft(a), Draft(b)
    assert first.diff(first).empty
    found = first.diff(second)
    assert found.empty == (a == b)
    assert tuple(found.columns) == DIFFERENCE_COLUMNS
    assert found.dtypes.equals(first.diff(first).dtypes)
    assert found["sentence"].str.len().min() > 0 or found.empty


def test_values_are_values():
    """Before and after are numbers, texts and parts, not words for them."""
    assert told(changed(volume=0.5)) == [("volume", "v1", None, 0.5)]
    assert told(changed(name="one")) == [("name", "v1", "clip 1", "one")]
    assert told(changed(looks=[{"type": "bw"}])) == [("look", "v1", None, [{"type": "bw"}])]
    assert told(changed(zz=2)) == [("detail", "v1", 1.0, 2)]
    assert told(Draft({**DRAFT.data, "x": 1})) == [("detail", "", None, 1)]
    assert told(Draft({**DRAFT.data, "m": {"title": "A"}})) == [("detail", "", None, {"title": "A"})]


def test_what_follows_from_another_change_is_not_told():
    """A clip that is taken out is one row: those that follow it have not moved."""
    new = DRAFT.with_segments(DRAFT.segments.drop("v2"))
    assert told(new) == [("removed", "v2", (4000, 8000), None), ("length", "", 12_000, 8000)]
    assert told(DRAFT, new)[0] == ("added", "v2", None, (4000, 8000))


def test_the_fewest_clips_have_moved():
    """Of a new order only what had to move is told."""
    table = DRAFT.segments
    new = DRAFT.with_segments(table.loc[["v3", "v1", "v2", "a1", "x1"]])
    assert told(new) == [("moved", "v3", 8000, 0)]


def test_segments_are_known_without_ids():
    """Clips are matched by what they play, texts by what they say and where."""
    bare = [copy.deepcopy(d.data) for d in (DRAFT, changed(volume=0.5))]
    for data in bare:
        for track in data["t"]:
            for segment in track["sg"]:
                segment["m"].pop("id")
    bare[1]["t"][0]["sg"].reverse()
    for n, segment in enumerate(bare[1]["t"][0]["sg"]):
        segment["m"]["start"] = n * 4000
    found = Draft(bare[0]).diff(Draft(bare[1]))
    assert found["what"].value_counts().to_dict() == {"moved": 2, "volume": 1}


def test_a_split_and_a_cut_in_the_middle_are_told_as_such():
    """Parts of a clip are no new clips; what is gone between them is named by its place in the file."""
    data = copy.deepcopy(DRAFT.data)
    first = data["t"][0]["sg"][0]
    second = copy.deepcopy(first)
    first["m"]["out"], first["d"] = 2000, 1000
    second["m"].update(id="v9", start=1000)
    second["m"]["in"], second["d"] = 3000, 2000
    data["t"][0]["sg"].insert(1, second)
    assert told(Draft(data)) == [
        ("split", "v9", None, 1000), ("cut", "v1", (2000, 3000), None)
    ]  # fmt: skip
    assert DRAFT.diff(Draft(data))["sentence"].tolist()[1] == "Removed 0:02–0:03 of clip 1."


def test_links_that_are_signed_anew_are_the_same():
    """The signature of a link is no difference, beside one that is."""
    signed = [copy.deepcopy(DRAFT.data) for _ in range(2)]
    for n, data in enumerate(signed):
        for track in data["t"]:
            for segment in track["sg"]:
                if "src" in segment["m"]:
                    segment["m"]["src"] = f"https://a.org{segment['m']['src']}?X-Amz-Signature={n}"
    assert told(Draft(signed[1]), Draft(signed[0])) == []
    signed[1]["t"][2]["sg"][0]["m"]["text"] = "Bye"
    assert told(Draft(signed[1]), Draft(signed[0])) == [("text", "x1", "Hello", "Bye")]


def test_tracks_that_come_go_and_change_places_are_told():
    """A track is known by what stands on it."""
    new = DRAFT.with_tracks(DRAFT.tracks.loc[[2, 1]])
    found = [(row.what, row.kind, row.before, row.after) for row in DRAFT.diff(new).itertuples()]
    assert found == [
        ("removed", "track", "Title", None), ("moved", "track", 1, 2), ("moved", "track", 2, 1),
        ("removed", "text", (500, 3500), None),
    ]  # fmt: skip


def test_each_row_has_a_sentence_in_the_language():
    """In English, and in Chinese."""
    table = DRAFT.segments
    table.loc["v1", "out_ms"] = 3000
    table.loc["x1", ["text", "start_ms"]] = "Bye", 1000
    table.loc["a1", "volume"] = 0.5
    new = DRAFT.with_segments(table)
    assert DRAFT.diff(new)["sentence"].tolist() == [
        "Part of “clip 1” (0:00–0:02): 0:01–0:05 → 0:01–0:03.",
        "Volume of “Lo-fi” (0:00–0:12): 35% → 50%.",
        "Title “Hello” moved from 0:00.5 to 0:01.",
        "Text of “Hello” (0:01–0:04): “Hello” → “Bye”.",
        "Length: 0:12 → 0:10.",
    ]  # fmt: skip
    with speaking("zh"):
        words = DRAFT.diff(new)["sentence"].tolist()
    assert len(words) == 5
    assert all(any("\u3400" < c < "\u9fff" for c in line) for line in words)


def test_an_edited_table_is_told_before_it_is_applied():
    """What a table would change is the difference to the draft that it makes."""
    table = DRAFT.segments
    table.loc["v1", "volume"] = 0.1
    told_before = DRAFT.changes_to(table)
    assert told_before.equals(DRAFT.diff(DRAFT.with_segments(table)))
    assert made() == DRAFT
    assert isinstance(told_before, pd.DataFrame)


@given(st.permutations(range(1, 7)))
def test_an_order_that_is_undone_is_told_backwards(order):
    """As many clips have moved there as back."""
    draft = made(6)
    new = draft.with_segments(draft.segments.loc[[*(f"v{n}" for n in order), "a1", "x1"]])
    assert len(draft.diff(new)) == len(new.diff(draft))
