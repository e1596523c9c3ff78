"""What other programs' own readers find in the timeline files of this package: the same, to the frame."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from draft.formats.cuts import FILMS, RATES, TEN_HOURS_S, usual

from nemo_widgets.draft.formats import encode

otio = pytest.importorskip("opentimelineio")
ADAPTERS = {"otio": "otio_json", "xml": "fcp_xml", "fcpxml": "fcpx_xml", "edl": "cmx_3600"}


def frames(time, fps):
    """A time of the library as frames of the timeline."""
    return round(time.value / time.rate * fps)


def read_by_others(content, format_, fps):
    options = {"rate": float(fps)} if format_ == "edl" else {}
    found = otio.adapters.read_from_string(content.decode(), ADAPTERS[format_], **options)
    return found[0] if isinstance(found, otio.schema.SerializableCollection) else found


def clips_of(track, fps):
    """Of each clip of a track: start, end and begin in frames, and the file's name."""
    return [
        (
            frames(clip.range_in_parent().start_time, fps),
            frames(clip.range_in_parent().end_time_exclusive(), fps),
            frames(clip.source_range.start_time, fps),
            unquote(clip.media_reference.target_url.rpartition("/")[2]),
        )
        for clip in track.find_clips()
    ]


def expected(fps, dissolve):
    """The clips of `usual` as they are in a file whose dissolves are cut so many frames after they begin."""
    end = int(TEN_HOURS_S * fps)
    names = [film.rpartition("/")[2] for film in FILMS]
    cut = 1792 + dissolve
    return [
        (0, cut, 17, names[0]),
        (cut, 6792, 100_003 + dissolve, names[1]),
        (end - 7777, end, int(3600 * fps) + 1, names[2]),
    ]


@pytest.mark.parametrize("fps", RATES.values(), ids=RATES)
@pytest.mark.parametrize(("format_", "dissolve"), [("otio", 4), ("xml", 4)])
def test_clips_are_read_at_the_same_frames_over_ten_hours(fps, format_, dissolve):
    """OpenTimelineIO and its reader of FCP7 XML find each clip where it stands, and the dissolve."""
    content, _ = encode(usual(fps), format_)
    found = read_by_others(content, format_, fps)
    video = next(iter(found.video_tracks()))
    assert clips_of(video, fps) == expected(fps, dissolve)
    transition = next(item for item in video if isinstance(item, otio.schema.Transition))
    assert [frames(t, fps) for t in (transition.in_offset, transition.out_offset)] == [4, 5]
    sounds = [clips_of(track, fps) for track in found.audio_tracks()]
    assert sounds[0] == expected(fps, dissolve)
    assert sounds[1] == [(3, int(TEN_HOURS_S * fps) - 2, 0, "lo-fi.mp3")]


@pytest.mark.parametrize("drop", [True, False], ids=["drop", "non-drop"])
@pytest.mark.parametrize("fps", RATES.values(), ids=RATES)
def test_an_edit_list_is_read_at_the_same_frames_over_ten_hours(fps, drop):
    """The reader of CMX 3600 finds the same in timecode, with numbers left out and without."""
    content, _ = encode(usual(fps), "edl", drop_frame=drop)
    assert (";" in content.decode()) == (drop and fps in (RATES["29.97"], RATES["59.94"]))
    found = read_by_others(content, "edl", fps)
    tracks = {track.name: track for track in found.tracks}
    assert clips_of(tracks["V"], fps) == expected(fps, 0)
    assert clips_of(tracks["A1"], fps) == expected(fps, 0)
    assert clips_of(tracks["A2"], fps)[0][1] - clips_of(tracks["A2"], fps)[0][0] == int(TEN_HOURS_S * fps) - 5
    transition = next(item for item in tracks["V"] if isinstance(item, otio.schema.Transition))
    assert [frames(t, fps) for t in (transition.in_offset, transition.out_offset)] == [0, 9]


@pytest.mark.parametrize("name", ["24", "25", "30", "50", "60"])
def test_an_fcpxml_is_read_at_the_same_frames_over_ten_hours(name):
    """The reader of FCPXML finds the same at the rates that it can tell: it counts whole frames a second."""
    fps = RATES[name]
    content, _ = encode(usual(fps), "fcpxml")
    found = read_by_others(content, "fcpxml", fps)
    assert clips_of(found.tracks[1], fps) == expected(fps, 4)


@pytest.mark.parametrize("format_", ["otio", "edl"])
@pytest.mark.parametrize("speed", [0.5, 2.0, 1.5])
def test_speeds_are_read_by_others(format_, speed):
    """A clip at another speed has its length on the timeline and its speed."""
    fps = RATES["25"]
    data = usual(fps)
    data["t"][0]["sg"][0]["m"]["speed"] = speed
    content, _ = encode(data, format_)
    found = read_by_others(content, format_, fps)
    clip = next(iter(next(iter(found.video_tracks())).find_clips()))
    assert clip.effects[0].time_scalar == pytest.approx(speed)
    assert frames(clip.duration(), fps) == (1796 if format_ == "otio" else 1792)
