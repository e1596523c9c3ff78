"""What changed between two drafts."""

from __future__ import annotations

import copy
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemo_widgets.draft import Change, Draft, changes, describe, stages
from nemo_widgets.draft.changes_table import changes_table


def clip(ident, name, start, end, at=0, **more):
    meta = {"id": ident, "src": f"/media/{name}", "name": name, "in": start, "out": end, "start": at, **more}
    return {"d": end - start, "m": meta}


def video(*parts, name="talk"):
    at, made = 0, []
    for i, (a, b) in enumerate(parts):
        made.append(clip(f"v{i}", name, a, b, at))
        at += b - a
    return {"tt": 0, "sg": made}


def music(volume=0.35, ident="a1", length=9000, **more):
    meta = {"id": ident, "start": 0, "name": "Lo-fi", "volume": volume, "src": "music:lofi", **more}
    return {"tt": 1, "m": {"name": "BGM"}, "sg": [{"d": length, "m": meta}]}


def title(text="Hi", start=0, length=3000, ident="x1", **more):
    return {"tt": 7, "sg": [{"d": length, "m": {"id": ident, "start": start, "text": text, **more}}]}


def told(before, after, **root):
    return describe(changes(Draft({"t": before}), Draft({"t": after, **root})))


def fade(seconds=0.5, kind="crossfade"):
    return {"transition": {"type": kind, "d": round(seconds * 1000)}}


# -- clips -------------------------------------------------------------------------------------------


def test_a_cut_is_told_with_its_place_in_the_clip():
    """A removed middle is named by its in and out point, with the new length."""
    lines = told([video((0, 180_000))], [video((0, 45_000), (80_000, 180_000))])
    assert lines == ["Removed 0:45–1:20 of talk.", "Length: 3:00 → 2:25."]


def test_many_cuts_are_counted():
    """A lot of small cuts is one sentence with their number and sum."""
    kept = [(i * 2000, i * 2000 + 1500) for i in range(7)]
    lines = told([video((0, 14_000))], [video(*kept)])
    assert lines == ["Removed 7 parts, 3.5 s together.", "Length: 0:14 → 0:10.5."]


def test_a_split_removes_nothing():
    """Segments that still show the same of the clip are a split, named by where it is."""
    assert told([video((0, 4000))], [video((0, 1000), (1000, 4000))]) == ["Clip “talk” split at 0:01."]


def test_restored_parts_are_told():
    """An undo is told as what came back."""
    assert told([video((0, 1000))], [video((0, 5000))])[0] == "Added 0:01–0:05 of talk."


def test_a_clip_shown_twice_is_added():
    """A part that is shown once more is told, though nothing of the source is new."""
    assert told([video((0, 5000))], [video((0, 5000), (1000, 3000))])[0] == "Added 0:01–0:03 of talk."


def test_a_new_clip_is_told_with_its_place_on_the_timeline():
    """A source that was not there before is a clip added, not a part."""
    after = [{"tt": 0, "sg": [*video((0, 5000))["sg"], clip("v9", "harbour", 0, 4000, 5000)]}]
    assert told([video((0, 5000))], after) == ["Clip added: “harbour” 0:05–0:09.", "Length: 0:05 → 0:09."]


def test_a_moved_clip_is_told_with_both_places():
    """The same parts in another order are told as the clip that moved, not as cuts."""
    a, b = clip("v1", "a", 0, 10_000), clip("v2", "b", 0, 5000, 10_000)
    swapped = [clip("v2", "b", 0, 5000), clip("v1", "a", 0, 10_000, 5000)]
    assert told([{"tt": 0, "sg": [a, b]}], [{"tt": 0, "sg": swapped}]) == [
        "Clip “b” moved from 0:10 to 0:00."
    ]


def test_a_new_order_of_many_is_told_as_the_order():
    """Where most clips stand elsewhere, the orders are told."""
    names, turned = "abcde", "edcba"
    lines = told(
        [{"tt": 0, "sg": [clip(n, n, 0, 1000, i * 1000) for i, n in enumerate(names)]}],
        [{"tt": 0, "sg": [clip(n, n, 0, 1000, i * 1000) for i, n in enumerate(turned)]}],
    )
    assert lines == ["Order: a, b, c, d, e → e, d, c, b, a."]


def test_each_transition_is_told_with_its_cut():
    """Up to four transitions are told one by one, with the place of the cut, however their clips overlap."""
    plain = {"tt": 0, "sg": [clip("v1", "talk", 0, 45_000), clip("v2", "talk", 80_000, 180_000, 45_000)]}
    faded = {
        "tt": 0,
        "sg": [clip("v1", "talk", 0, 45_000), clip("v2", "talk", 80_000, 180_000, 44_500, **fade())],
    }
    longer = copy.deepcopy(faded)
    longer["sg"][1]["m"].update(start=44_000, **fade(1))
    assert told([plain], [faded])[0] == "Crossfade of 0.5 s at 0:45."
    assert told([faded], [longer])[0] == "Transition at 0:45: crossfade of 0.5 s → crossfade of 1 s."
    assert told([longer], [plain])[0] == "Crossfade of 1 s at 0:45 removed."


def test_many_transitions_are_one_sentence():
    """More than four transitions are counted, with their kind and where the first and last are."""
    cuts = [clip(f"v{i}", "talk", i * 3000, i * 3000 + 2000, i * 2000) for i in range(7)]
    faded = [cuts[0], *({**s, "m": {**s["m"], **fade()}} for s in cuts[1:])]
    assert told([{"tt": 0, "sg": cuts}], [{"tt": 0, "sg": faded}]) == [
        "Transitions set at 6 cuts, 0:02–0:12 (crossfade of 0.5 s)."
    ]


def test_what_changed_about_a_clip_is_told():
    """Level, mute, speed and source of a clip are told with before and after, each only if it changed."""
    before = [{"tt": 0, "sg": [clip("v1", "talk", 0, 10_000)]}]
    assert told(before, [{"tt": 0, "sg": [clip("v1", "talk", 0, 10_000, volume=0.5)]}]) == [
        "Volume of “talk” (0:00–0:10): as recorded → 50%."
    ]
    assert told(before, [{"tt": 0, "sg": [clip("v1", "talk", 0, 10_000, volume=0.0)]}]) == [
        "Volume of “talk” (0:00–0:10): as recorded → muted."
    ]
    fast = clip("v1", "talk", 0, 10_000, speed=2.0)
    fast["d"] = 5000
    assert told(before, [{"tt": 0, "sg": [fast]}]) == [
        "Speed of “talk” (0:00–0:05): 1× → 2×.",
        "Length: 0:10 → 0:05.",
    ]


def test_levels_that_round_to_the_same_still_differ():
    """A change too small for whole per cents is shown with its decimals."""
    assert told([music(0.351)], [music(0.352)]) == ["Volume of “Lo-fi” (0:00–0:09): 35.1% → 35.2%."]


# -- music, titles, the rest -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (music(0.35), music(0.2), "Volume of “Lo-fi” (0:00–0:09): 35% → 20%."),
        (music(), music(length=7000), "“Lo-fi” is now 7 s long (was 9 s)."),
        (
            title(length=4000),
            title(start=5000),
            "“Hi” is now at 0:05–0:08 (was 0:00–0:04).",
        ),
        (
            music(),
            music(src="/media/song.mp3"),
            "Source of “Lo-fi” (0:00–0:09): “music:lofi” → “/media/song.mp3”.",
        ),
        (music(), music(fade_out=1500), "Fade out of “Lo-fi” (0:00–0:09): none → 1.5 s."),
        (music(duck=False), music(duck=True), "Ducking of “Lo-fi” (0:00–0:09): off → on."),
        (title("Hi"), title("Bye"), "Text of “Hi” (0:00–0:03): “Hi” → “Bye”."),
        (title(), title(start=10_000), "Title “Hi” moved from 0:00 to 0:10."),
        (
            title(position="top-center"),
            title(position="bottom-center"),
            "Place of “Hi” (0:00–0:03): at the top → at the bottom.",
        ),
        (title(size=64), title(size=80), "Size of “Hi” (0:00–0:03): 64 → 80."),
        (title(color="#ffffff"), title(color="#ff0000"), "Colour of “Hi” (0:00–0:03): white → red."),
        (title(), title(blur=3), "Track 1, segment 1: m.blur changed (none → 3)."),
        (title(fx={"a": 1}), title(fx={"a": 2}), "Track 1, segment 1: m.fx.a changed (1 → 2)."),
    ],
)
def test_only_what_changed_is_told(before, after, line):
    """One thing changed is one sentence with its name, place, before and after."""
    after_end = [line for line in told([before], [after]) if not line.startswith("Length")]
    assert after_end == [line]


def test_music_and_titles_come_and_go_with_what_they_are():
    """What is added or removed is told with its time and level, or text, place and look."""
    base = video((0, 9000))
    assert told([base], [base, music()]) == ["Music added: Lo-fi 0:00–0:09, 35%."]
    assert told([base, music()], [base]) == ["Music removed: Lo-fi 0:00–0:09, 35%."]
    made = title(position="top-center", size=64, color="#ffffff")
    assert told([base], [base, made]) == ["Title added: “Hi” 0:00–0:03, at the top, size 64, white."]


def test_many_times_are_one_sentence():
    """More than four that last longer now are told as one."""
    before = [{"tt": 7, "sg": [title(f"t{i}", i * 5000, 2000, f"x{i}")["sg"][0] for i in range(6)]}]
    after = [{"tt": 7, "sg": [title(f"t{i}", i * 5000, 2500 + 200 * i, f"x{i}")["sg"][0] for i in range(6)]}]
    assert told(before, after)[0].startswith("Time of 6 titles, 0:00–0:28.5 changed")


def test_a_draft_without_ids_is_told_as_well():
    """The cloud's drafts, with unknown keys and no ids, are matched by name and place."""
    before = [
        {"tt": 0, "sg": [{"d": 10_000, "m": {"name": "city"}}]},
        {"tt": 1, "sg": [{"d": 10_000, "m": {"name": "Lo-fi", "volume": 0.35}}]},
        {"tt": 7, "sg": [{"d": 3000, "m": {"text": "Urban Dreams"}}]},
        {"tt": 9, "sg": [{"d": 3000, "m": {"name": "glow", "q": {"w": 1}}}]},
    ]
    after = copy.deepcopy(before)
    after[1]["sg"][0]["m"]["volume"] = 0.2
    after[2]["sg"][0]["m"]["text"] = "City Dreams"
    after[3]["sg"][0]["m"]["q"]["w"] = 2
    after[0]["sg"].append({"d": 5000, "m": {"name": "river"}})
    assert told(before, after) == [
        "Clip added: “river” 0:10–0:15.",
        "Volume of “Lo-fi” (0:00–0:10): 35% → 20%.",
        "Text of “Urban Dreams” (0:00–0:03): “Urban Dreams” → “City Dreams”.",
        "Track 4, segment 1: m.q.w changed (1 → 2).",
        "Length: 0:10 → 0:15.",
    ]


def test_the_canvas_and_the_rest_of_the_draft_are_told():
    """Size and shape of the picture, title, frame rate and unknown keys of the draft are told by name."""
    before = Draft({"m": {"width": 1920, "height": 1080, "fps": 30, "title": "a"}, "v": 1})
    after = Draft({"m": {"width": 1080, "height": 1920, "fps": 25, "title": "b"}, "v": 2})
    assert describe(changes(before, after)) == [
        "Title of the project: “a” → “b”.",
        "Frame rate: 30 → 25.",
        "The draft: v changed (1 → 2).",
        "Canvas: 1920×1080 (16:9) → 1080×1920 (9:16).",
    ]


def test_what_nothing_else_tells_is_told_by_its_path():
    """A difference without any meaning to people, such as another id, still is a change with a name."""
    lines = told([video((0, 1000))], [{"tt": 0, "sg": [clip("w7", "talk", 0, 1000)]}])
    assert lines == ["The draft: t[1].sg[1].m.id changed (v0 → w7)."]


def test_the_order_of_keys_is_no_change():
    """The same data written in another order is the same draft."""
    assert changes(Draft({"d": 1, "m": {"a": 1, "b": 2}}), Draft({"m": {"b": 2, "a": 1}, "d": 1})) == []


def test_changes_are_a_table():
    """The table has one row a change, with times as whole milliseconds."""
    found = changes(Draft({"t": [video((0, 5000))]}), Draft({"t": [video((0, 3000))]}))
    table = changes_table(found)
    assert list(table.columns) == ["what", "kind", "name", "start_ms", "end_ms", "before", "after"]
    assert table.loc[0, ["what", "start_ms", "end_ms"]].tolist() == ["removed", 3000, 5000]


# -- stages ------------------------------------------------------------------------------------------


def test_a_generated_clip_and_what_the_agent_added_are_two_stages():
    """A clip of a new source is one stage, the music and title that came with it are the other."""
    after = [video((0, 8000), name="generated"), music(), title()]
    first, second = stages(changes(Draft({}), Draft({"t": after})))
    assert describe(first) == ["Clip added: “generated” 0:00–0:08.", "Length: 0:00 → 0:08."]
    assert describe(second) == ["Music added: Lo-fi 0:00–0:09, 35%.", "Title added: “Hi” 0:00–0:03."]


def test_a_transition_to_a_new_clip_is_the_second_stage():
    """A transition that was set at the cut to a new clip is the agent's own addition."""
    before = [video((0, 5000))]
    after = [{"tt": 0, "sg": [*before[0]["sg"], clip("v9", "new", 0, 4000, 4500, **fade())]}]
    first, second = stages(changes(Draft({"t": before}), Draft({"t": after})))
    assert [c.what for c in first] == ["added", "length"]
    assert describe(second) == ["Crossfade of 0.5 s at 0:05."]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([], [video((0, 8000))]),
        ([video((0, 8000))], [video((0, 8000)), music(), title()]),
        ([video((0, 8000))], [video((0, 4000), (5000, 8000)), music()]),
        ([video((0, 8000), name="one"), music()], [video((0, 8000), name="two"), title()]),
        ([video((0, 8000), name="one")], [video((0, 8000), name="two"), music()]),
    ],
)
def test_all_else_is_one_stage(before, after):
    """A clip alone, additions to clips that were there, or clips for which others went are told as one."""
    found = changes(Draft({"t": before}), Draft({"t": after}))
    assert stages(found) == [found]


def test_nothing_changed_is_no_stage():
    """Where nothing changed there is nothing to tell."""
    assert stages([]) == []
    assert describe([]) == []


# -- any drafts --------------------------------------------------------------------------------------

values = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 9999), st.floats(0, 2), st.sampled_from(["a", "b c", ""])
)
metas = st.fixed_dictionaries(
    {},
    optional={
        "id": st.sampled_from(["1", "2", ""]),
        "start": st.sampled_from([0, 500, 4000, -3, None, "x"]),
        "src": st.sampled_from(["s", "t", ""]),
        "in": st.sampled_from([0, 1000, 2000, None]),
        "out": st.sampled_from([1000, 2500, 9000]),
        "name": st.sampled_from(["talk", "Lo-fi", "", "a.\nb"]),
        "text": st.sampled_from(["Hi", "Hi there.", ""]),
        "volume": values,
        "speed": values,
        "transition": st.sampled_from([None, {"type": "crossfade", "d": 500}, {"type": "", "d": 1}, "cut"]),
        "position": values,
        "fade_in": values,
        "filter": st.one_of(values, st.dictionaries(st.sampled_from("kl"), values, max_size=2)),
    },
)
segments = st.fixed_dictionaries(
    {}, optional={"d": st.sampled_from([0, 1000, 2500, None, "1"]), "m": metas, "q": values}
)
drafts = st.fixed_dictionaries(
    {},
    optional={
        "t": st.lists(
            st.fixed_dictionaries(
                {"tt": st.sampled_from([0, 0, 1, 7, 42, None])},
                optional={
                    "sg": st.lists(segments, max_size=4),
                    "m": st.fixed_dictionaries({}, optional={"name": values}),
                },
            ),
            max_size=3,
        ),
        "m": st.fixed_dictionaries(
            {}, optional={"width": values, "height": values, "fps": values, "z": values}
        ),
        "d": values,
        "v": values,
    },
)


@given(drafts, drafts)
@settings(deadline=None)
def test_any_two_drafts_are_told_apart(before, after):
    """There are changes if and only if the drafts differ, and each sentence is one and names something."""
    found = changes(Draft(before), Draft(after))
    assert bool(found) == (before != after)
    assert all(isinstance(c, Change) for c in found)
    lines = describe(found)
    assert bool(lines) == bool(found)
    names = [" ".join(text.split()) for c in found for text in (c.name, c.before, c.after) if text.strip()]
    for line in lines:
        assert line.endswith(".")
        assert "\n" not in line
        assert re.search(r"\d", line) or any(name in line for name in names), line
    assert sorted(map(repr, (c for stage in stages(found) for c in stage))) == sorted(map(repr, found))
    assert len(changes_table(found)) == len(found)


@given(drafts)
@settings(deadline=None)
def test_a_draft_does_not_differ_from_itself(data):
    """Nothing changed is nothing told, and looking changes nothing."""
    kept = copy.deepcopy(data)
    assert changes(Draft(data), Draft(kept)) == []
    assert data == kept
