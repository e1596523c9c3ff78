"""A draft made of an edited table, as instructions: the agent reads them back to the same draft."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from studio.agent.conftest import CLIP, MUTE, SONG, clip_draft, make_world, run

from nemo_widgets.draft import Draft
from nemo_widgets.errors import UsageError

CLIPS = 4


def timeline() -> Draft:
    data = clip_draft(*[(CLIP, "interview", 6_000)] * CLIPS)
    for n, segment in enumerate(data["t"][0]["sg"]):
        segment["m"].update({"in": 20_000 * n, "out": 20_000 * n + 6_000})
    return Draft(data)


def with_more() -> Draft:
    data = timeline().data
    title = {"id": "x1", "text": "Hello", "start": 1_000, "style": "title"}
    song = {"id": "a1", "src": SONG, "name": "my song", "in": 0, "out": 24_000, "start": 0, "volume": 0.5}
    data["t"] += [
        {"tt": 7, "m": {"name": "Title"}, "sg": [{"d": 2_000, "m": title}]},
        {"tt": 1, "m": {"name": "Music"}, "sg": [{"d": 24_000, "m": song}]},
    ]
    return Draft(data)


def said(before: Draft, told: list[str]) -> Draft:
    """What the agent makes of instructions; each has to be done."""
    world = make_world(before.data)
    for words in told:
        assert run(words, world).outcome == "done", words
    return world.draft


def clips(draft: Draft) -> list[tuple]:
    """What counts of the clips: which part of what they play, in which order, how fast and how loud."""
    table = draft.segments
    table = table[table.kind == "video"][["source", "in_ms", "out_ms", "speed", "volume"]]
    return [tuple(row) for row in table.itertuples(index=False)]


@settings(max_examples=12, deadline=None)
@given(
    st.permutations(range(CLIPS)),
    st.integers(1, CLIPS),
    st.lists(st.sampled_from([0, 200, 1_000, 1_500]), min_size=2 * CLIPS, max_size=2 * CLIPS),
    st.lists(st.sampled_from([1.0, 1.0, 0.5, 0.0, 0.755]), min_size=CLIPS, max_size=CLIPS),
    st.lists(st.sampled_from([1.0, 1.0, 2.0, 0.5]), min_size=CLIPS, max_size=CLIPS),
)
def test_any_edit_of_clips_is_read_back_as_the_same_clips(order, kept, trims, levels, speeds):
    """Whatever is put elsewhere, left out, trimmed, played faster or made quieter in the table."""
    before = timeline()
    table = before.segments.iloc[order[:kept]].copy()
    table["in_ms"] += trims[: len(table)]
    table["out_ms"] -= trims[CLIPS : CLIPS + len(table)]
    table["volume"], table["speed"] = levels[: len(table)], speeds[: len(table)]
    after = before.with_segments(table)
    told = after.as_instructions()
    assert told.left == []
    assert clips(said(before, told)) == clips(after)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        ({"text": "Bye"}, ['change the title "Hello" to "Bye"']),
        ({"start_ms": 3_000}, ['move the title "Hello" to 0:03']),
        ({"duration_ms": 3_500}, ['make the title "Hello" 3.5 seconds long']),
    ],
)
def test_texts_are_changed_by_their_words(edit, words):
    """Another text, another time, another length."""
    before = with_more()
    table = before.segments
    for name, value in edit.items():
        table.loc["x1", name] = value
    after = before.with_segments(table)
    assert after.as_instructions() == words
    assert said(before, words).diff(after).empty


def test_music_is_made_quieter_and_taken_away():
    """By what it is, where there is one piece of it."""
    before = with_more()
    table = before.segments
    table.loc["a1", "volume"] = 0.25
    after = before.with_segments(table)
    assert after.as_instructions() == ["set the music to 25%"]
    assert said(before, after.as_instructions()).diff(after).empty
    silent = before.with_segments(before.segments.drop(["a1", "x1"]))
    assert silent.as_instructions() == ['remove the title "Hello"', "remove the music"]


def test_a_part_cut_out_and_a_copy_are_read_back():
    """A clip in two with something missing between, and a clip twice."""
    before = timeline()
    world = make_world(before.data)
    for words in (
        "cut from 0:07 to 0:08.5",
        "split at 0:02",
        "add a crossfade of 0.5 seconds between clip 4 and clip 5",
    ):
        run(words, world)
    told = world.draft.as_instructions(before)
    assert told.left == []
    assert clips(said(before, told)) == clips(world.draft)
    table = before.segments
    twice = before.with_segments(pd.concat([table, table.iloc[[1]].rename(index={"v2": "again"})]))
    assert twice.as_instructions() == ["duplicate clip 2", "move clip 3 after clip 5"]
    assert clips(said(before, twice.as_instructions())) == clips(twice)


def test_what_has_no_words_is_named():
    """An unknown key, a text in quotes: told as differences, so that nobody thinks that they were said."""
    before = with_more()
    table = before.segments
    table.loc["x1", "text"] = 'say "this"'
    table.loc["v1", "volume"] = 0.5
    told = before.with_segments(table).as_instructions()
    assert told == ["set clip 1 to 50% volume"]
    assert len(told.left) == 1
    assert "say" in told.left[0]


def test_a_draft_of_nowhere_asks_what_to_begin_with():
    """One that no table made has no base; one that two tables made begins with the first."""
    with pytest.raises(UsageError, match=r"as_instructions\(s.draft\)"):
        timeline().as_instructions()
    before = timeline()
    once = before.with_segments(before.segments.iloc[1:])
    assert once.with_segments(once.segments.iloc[1:]).base is before
    assert MUTE not in str(once.as_instructions())
