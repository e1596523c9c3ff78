"""The projects of LosslessCut and auto-editor: written, read, and odd ones told."""

from __future__ import annotations

import json

import pytest
from draft.formats.cuts import RATES, cuts, draft, places, usual
from hypothesis import given
from hypothesis import strategies as st

from nemo_widgets.draft.formats import decode, encode


@pytest.mark.parametrize("fps", RATES.values(), ids=RATES)
def test_auto_editor_has_ten_hours_to_the_frame(fps):
    """Its clips count frames, its timebase is the rate as a fraction, and a dissolve stands at its cut."""
    told = json.loads(encode(usual(fps), "json")[0])
    assert told["timebase"] == f"{fps.numerator}/{fps.denominator}"
    assert [(c["start"], c["dur"], c["offset"]) for c in told["v"][0]] == [
        (0, 1796, 17),
        (1796, 4996, 100_007),
        (int(36_000 * fps) - 7777, 7777, int(3600 * fps) + 1),
    ]
    dissolve = {"kind": "dissolve", "at": 1796, "dur": 9, "alignment": "center"}
    assert told["transitions"] == {"v": [[dissolve]], "a": [[], []]}
    assert told["a"][1][0]["effects"] == ["volume:0.35"]
    found, report = decode(encode(usual(fps), "v3")[0], "v3")
    assert places(fps, found) == places(fps, usual(fps))
    assert (found["t"][1]["sg"][0]["m"]["volume"], report.losses) == (0.35, ())


@given(cut=cuts())
def test_any_cut_comes_back_from_auto_editor(cut):
    """To the frame, with its dissolves."""
    fps, clips = cut
    data = draft(fps, clips)
    found, _ = decode(encode(data, "json")[0], "json")
    assert places(fps, found) == places(fps, data)
    assert [bool(s["m"].get("transition")) for s in found["t"][0]["sg"]] == [bool(c[4]) for c in clips]


def test_auto_editor_counts_where_a_clip_begins_at_its_speed():
    """As its own timelines do: at twice the speed the offset is half as large."""
    data = draft(RATES["30"], [("/films/a.mp4", 0, 50, 100, 0)])
    data["t"][0]["sg"][0]["m"]["speed"] = 2
    content, _ = encode(data, "json")
    clip = json.loads(content)["v"][0][0]
    assert (clip["offset"], clip["dur"], clip["effects"]) == (50, 50, ["speed:2"])
    found = decode(content, "json")[0]["t"][0]["sg"][0]["m"]
    assert (round(found["in"] * 30 / 1000), found["speed"]) == (100, 2.0)


def test_the_json_of_a_draft_is_that_draft():
    """It ends in `.json`, too."""
    data = usual(RATES["25"])
    assert decode(json.dumps(data).encode(), "json")[0] == data


def test_lossless_cut_keeps_the_parts_of_the_file_of_which_most_is_shown():
    """In their order, in seconds, with the end where another speed has it; what it does not hold is said."""
    clips = [
        ("/films/a.mp4", 0, 50, 25, 0),
        ("/films/b.mp4", 50, 10, 0, 0),
        ("/films/a.mp4", 60, 100, 500, 0),
    ]
    data = draft(RATES["25"], clips, texts=[("Hello", 0, 25)])
    data["t"][0]["sg"][2]["m"]["speed"] = 2
    content, report = encode(data, "llc")
    told = json.loads(content)
    assert told["mediaFileName"] == "a.mp4"
    assert [(p["start"], p["end"]) for p in told["cutSegments"]] == [(1.0, 3.0), (20.0, 28.0)]
    assert "It is of one file: others are not in it (segments: 1)." in report.losses
    assert "Not in it: speed (segments: 1)." in report.losses
    found = decode(content, "llc", fps=25)[0]["t"][0]["sg"]
    assert [(s["m"]["start"], s["d"], s["m"]["in"]) for s in found] == [(0, 2000, 1000), (2000, 8000, 20_000)]


def test_lossless_cut_is_read_as_json5():
    """With comments, single quotes, bare keys and commas at the end, as it writes them itself."""
    told = b"""\xef\xbb\xbf// mine
    {version: 1, mediaFileName: 'a "b" \\'c\\' // d.mp4', cutSegments: [
      {start: 1, end: 2.5, name: '',}, {start: 4,}, /* } */ {start: 5, end: 6, selected: false}, ], }"""
    found, report = decode(told, "llc")
    assert [(s["m"]["src"], s["m"]["in"], s["d"]) for s in found["t"][0]["sg"]] == [
        ("a \"b\" 'c' // d.mp4", 1000, 1500)
    ]
    assert report.losses == (
        "Left out: parts without an end (1).",
        "Left out: clips that are switched off (1).",
    )


@pytest.mark.parametrize("bad", ["'", "/*", "a", ",", '"\\', "'\\'", "[", "{a:"])
def test_a_hostile_project_is_refused_soon(bad):
    """However long what does not end is."""
    with pytest.raises(ValueError, match="LLC"):
        decode(b"{" + bad.encode() * 200_000, "llc")


@pytest.mark.parametrize("format_", ["json", "llc"])
@given(content=st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.sampled_from(["3", "a.mp4", "speed:x"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(
        ["version", "timebase", "v", "a", "transitions", "src", "start", "dur", "offset", "effects", "at",
         "resolution", "mediaFileName", "cutSegments", "end", "name"]), inner, max_size=6),
))  # fmt: skip
def test_any_json_is_a_draft_or_refused(format_, content):
    """Never by another error."""
    try:
        found, _ = decode(json.dumps(content).encode(), format_)
    except ValueError:
        return
    assert found["t"]
