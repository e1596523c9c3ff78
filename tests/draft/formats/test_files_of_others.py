"""Timelines that OpenTimelineIO and its adapters write: read here with the same clips at the same frames."""

from __future__ import annotations

import pytest
from draft.formats.cuts import RATES, usual

from nemo_widgets import Draft
from nemo_widgets.draft.formats import decode, encode

otio = pytest.importorskip("opentimelineio")
ADAPTERS = {"otio": "otio_json", "xml": "fcp_xml", "edl": "cmx_3600", "fcpxml": "fcpx_xml"}
CLIPS = [("a b", 17, 100), ("城市", 90_000, 250), ("a b", 3, 40)]
"""Name, first frame and length."""
HOUR_S = 3600


def span(start, length, fps):
    time = otio.opentime.RationalTime
    return otio.opentime.TimeRange(time(start, float(fps)), time(length, float(fps)))


def clip(name, start, length, fps):
    media = otio.schema.ExternalReference(f"file:///films/{name}.mov", span(0, 200_000, fps))
    return otio.schema.Clip(name, media, span(start, length, fps))


def timeline(fps, *, gap=0, dissolve=None):
    """Three clips on a track, behind the first a gap, into the third a dissolve."""
    made = otio.schema.Timeline("Harbour")
    made.global_start_time = otio.opentime.RationalTime(round(HOUR_S * fps), float(fps))
    track = otio.schema.Track("V1", kind="Video")
    items = [clip(*one, fps) for one in CLIPS]
    if gap:
        items.insert(1, otio.schema.Gap(source_range=span(0, gap, fps)))
    if dissolve:
        head, tail = (otio.opentime.RationalTime(n, float(fps)) for n in dissolve)
        items.insert(-1, otio.schema.Transition("", "SMPTE_Dissolve", head, tail))
    track.extend(items)
    made.tracks.append(track)
    return made


def read(made, format_, fps):
    """What is read of what an adapter writes: of a clip name, start, length, first frame; the losses."""
    options = {"rate": float(fps)} if format_ == "edl" else {}
    content = otio.adapters.write_to_string(made, ADAPTERS[format_], **options)
    data, report = decode(content.encode(), format_, fps=fps if format_ == "edl" else None)
    rows = [
        (
            s.name,
            round(s.start_ms * fps / 1000),
            round(s.duration_ms * fps / 1000),
            round(s.in_ms * fps / 1000),
        )
        for s in Draft(data).layout()[0].segments
    ]
    return rows, report.losses


@pytest.mark.parametrize("fps", RATES.values(), ids=RATES)
@pytest.mark.parametrize("format_", ["otio", "xml", "edl"])
def test_clips_behind_a_gap_stand_where_they_were(format_, fps):
    """At every rate, and in an edit list whose record begins with an hour."""
    rows, _ = read(timeline(fps, gap=31), format_, fps)
    assert [row[1:] for row in rows] == [(0, 100, 17), (131, 250, 90_000), (381, 40, 3)]
    assert [row[0] for row in rows] == [name for name, _, _ in CLIPS]


@pytest.mark.parametrize("fps", [RATES["25"], RATES["30"]], ids=["25", "30"])
def test_an_fcpxml_of_the_adapter_is_read(fps):
    """It gives its clips as `clip` elements with the media inside."""
    rows, _ = read(timeline(fps), "fcpxml", fps)
    assert [row[1:] for row in rows] == [(0, 100, 17), (100, 250, 90_000), (350, 40, 3)]


@pytest.mark.parametrize("fps", [RATES["23.976"], RATES["25"], RATES["59.94"]], ids=["23.976", "25", "59.94"])
@pytest.mark.parametrize("format_", ["otio", "xml"])
def test_a_dissolve_overlaps_as_it_did(format_, fps):
    """The clip that it leads into begins as much before the cut, and the one before plays on behind it."""
    rows, _ = read(timeline(fps, dissolve=(2, 5)), format_, fps)
    assert [row[1:] for row in rows] == [(0, 100, 17), (100, 255, 90_000), (348, 42, 1)]


def test_an_edit_list_with_a_dissolve_is_read():
    """It begins at the cut."""
    rows, _ = read(timeline(RATES["25"], dissolve=(0, 2)), "edl", RATES["25"])
    assert [row[1:] for row in rows] == [(0, 100, 17), (100, 252, 90_000), (350, 40, 3)]


def _nested(made, fps):
    stack = otio.schema.Stack("inner")
    stack.append(otio.schema.Track(children=[clip("x", 0, 10, fps)]))
    made.tracks[0].append(stack)


def _disabled(made, fps):
    made.tracks[0].append(clip("x", 0, 10, fps))
    made.tracks[0][-1].enabled = False


def _missing(made, fps):
    made.tracks[0].append(otio.schema.Clip("x", otio.schema.MissingReference(), span(0, 10, fps)))


def _generator(made, fps):
    bars = otio.schema.GeneratorReference("bars", "SMPTEBars")
    made.tracks[0].append(otio.schema.Clip("x", bars, span(0, 10, fps)))


def _marker(made, fps):
    made.tracks.markers.append(otio.schema.Marker("look here", span(5, 1, fps)))


def _effect(made, _):
    made.tracks[0][0].effects.append(otio.schema.Effect("glow", "Glow"))


def _fade(made, fps):
    tail = otio.opentime.RationalTime(10, float(fps))
    made.tracks[0].insert(0, otio.schema.Transition("", "SMPTE_Dissolve", tail - tail, tail))


SHAPES = {
    _nested: "timelines within the timeline",
    _disabled: "clips that are switched off",
    _missing: "clips without a file",
    _generator: "clips without a file",
    _marker: "markers",
    _effect: "effects",
    _fade: "fades from and to black",
}


@pytest.mark.parametrize(("shape", "told"), SHAPES.items(), ids=[shape.__name__[1:] for shape in SHAPES])
def test_what_a_draft_has_no_place_for_is_told(shape, told):
    """The clips beside it are read as they are without it."""
    made = timeline(RATES["25"])
    shape(made, RATES["25"])
    rows, losses = read(made, "otio", RATES["25"])
    assert [row[1:] for row in rows] == [(0, 100, 17), (100, 250, 90_000), (350, 40, 3)]
    assert losses == (f"Left out: {told} (1).",)


@pytest.mark.parametrize("kind", ["track", "stack", "collection"])
def test_what_holds_a_timeline_is_read_as_one(kind):
    """A track, a stack and a collection may stand for it."""
    made = timeline(RATES["25"])
    shapes = {
        "track": made.tracks[0].deepcopy,
        "stack": made.tracks.deepcopy,
        "collection": lambda: otio.schema.SerializableCollection("c", [made]),
    }
    rows, _ = read(shapes[kind](), "otio", RATES["25"])
    assert len(rows) == len(CLIPS)


def test_media_that_begins_with_an_hour_is_counted_from_its_first_frame():
    """As a camera's timecode has it."""
    made = timeline(RATES["25"])
    first = made.tracks[0][0]
    first.media_reference.available_range = span(90_000, 5000, 25)
    first.source_range = span(90_017, 100, 25)
    assert read(made, "otio", RATES["25"])[0][0][1:] == (0, 100, 17)


def test_an_edit_list_says_no_rate_and_so_it_is_told():
    """Which one is taken, and how to give another."""
    content = otio.adapters.write_to_string(timeline(RATES["25"]), "cmx_3600", rate=25.0)
    _, report = decode(content.encode(), "edl")
    assert any("fps=" in loss for loss in report.losses)


def test_what_no_editor_knows_is_there_again_behind_changes():
    """A clip that another program trimmed and moved keeps its look and id; texts and unknown keys stay."""
    data = usual(RATES["25"])
    data["t"][0]["sg"][2]["m"]["looks"] = {"bw": 1}
    data["t"][2]["m"]["zz"] = [1]
    made = otio.adapters.read_from_string(encode(data, "otio")[0].decode(), "otio_json")
    for track in made.tracks[:2]:  # the pictures and their sound
        last = track[-1].deepcopy()
        last.source_range = span(last.source_range.start_time.value + 10, 200, 25)
        del track[-1]
        track.insert(0, last)
    found, _ = decode(otio.adapters.write_to_string(made, "otio_json").encode(), "otio")
    first = found["t"][0]["sg"][0]
    assert (first["m"]["id"], first["m"]["looks"]) == ("v3", {"bw": 1})
    assert (first["m"]["start"], first["d"], first["m"]["in"]) == (0, 8000, 3_600_440)
    assert [track["m"] for track in found["t"]] == [track["m"] for track in data["t"]]
    assert found["t"][2]["sg"][0]["m"]["text"] == "Urban Dreams"
    assert [s["m"]["id"] for s in found["t"][0]["sg"]] == ["v3", "v1", "v2"]
