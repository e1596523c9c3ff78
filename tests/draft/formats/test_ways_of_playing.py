"""Speeds, held and reversed pictures, levels, photos and further tracks: out to a file and back."""

from __future__ import annotations

import subprocess
import sys

import pytest
from draft.formats.cuts import RATES, draft

from nemo_widgets.draft.formats import decode, encode
from nemo_widgets.languages import speaking

FPS = RATES["25"]
CLIPS = [("/films/a.mp4", 0, 50, 100, 0), ("/films/b.mp4", 50, 60, 300, 0), ("/films/c.mp4", 110, 40, 9, 0)]


def changed(**meta):
    """The draft whose second clip is played in another way."""
    data = draft(FPS, CLIPS)
    data["t"][0]["sg"][1]["m"] |= meta
    return data


def back(data, format_):
    return decode(encode(data, format_)[0], format_, fps=FPS)[0]


def second(data):
    segment = data["t"][0]["sg"][1]
    return segment["m"] | {"start": round(segment["m"]["start"] / 40), "long": round(segment["d"] / 40)}


@pytest.mark.parametrize("speed", [0.5, 1.5, 2.0])
@pytest.mark.parametrize("format_", ["otio", "xml", "fcpxml", "edl", "json", "csv"])
def test_a_speed_comes_back(format_, speed):
    """With the same place on the timeline and the same first frame of the clip."""
    lasting = 60 * 40
    found = second(back(changed(speed=speed, out=300 * 40 + round(lasting * speed)), format_))
    assert (found["start"], found["long"], round(found["in"] / 40)) == (50, 60, 300)
    assert found["speed"] == pytest.approx(speed)


@pytest.mark.parametrize("format_", ["otio", "xml", "fcpxml", "edl"])
def test_a_reversed_clip_comes_back(format_):
    """It plays the same part backwards."""
    found = second(back(changed(reverse=True), format_))
    assert (found["start"], found["long"], found["reverse"]) == (50, 60, True)
    assert round(found["in"] / 40) == 300


@pytest.mark.parametrize("format_", ["otio", "xml", "fcpxml", "edl"])
def test_a_held_picture_comes_back(format_):
    """The same picture for as long."""
    found = second(back(changed(freeze=True, out=300 * 40), format_))
    assert (found["start"], found["long"], found["freeze"]) == (50, 60, True)
    assert round(found["in"] / 40) == 300


@pytest.mark.parametrize("volume", [0, 0.35, 2])
@pytest.mark.parametrize("format_", ["otio", "xml", "fcpxml", "json", "csv"])
def test_a_level_comes_back(format_, volume):
    """Of the clip that has it, and of no other; what is muted stays so."""
    found = back(changed(volume=volume), format_)
    assert second(found)["volume"] == pytest.approx(volume, abs=1e-3)
    assert all(s["m"].get("volume", 1) == 1 for s in found["t"][0]["sg"][::2])
    assert len(found["t"]) == 1


def test_an_edit_list_holds_that_a_clip_is_muted_and_no_other_level():
    """The picture alone is edited in; a level is told as lost."""
    content, report = encode(changed(volume=0), "edl")
    assert second(decode(content, "edl")[0])["volume"] == 0
    _, report = encode(changed(volume=0.5), "edl")
    assert report.losses == ("Not in it: volume (segments: 1).",)


@pytest.mark.parametrize("format_", ["otio", "xml", "fcpxml", "json"])
def test_further_tracks_come_back(format_):
    """Pictures over pictures, and two tracks of sound."""
    data = draft(FPS, CLIPS, music=[("/films/m.mp3", 0, 100, 0)])
    over = draft(FPS, [("/films/over.mp4", 60, 20, 5, 0)], music=[("/films/n.mp3", 20, 100, 7)])["t"]
    over[0]["m"] = {"name": "Over"}
    data["t"] += over
    found = back(data, format_)
    rows = {
        (track["tt"], s["m"]["src"], *(round(ms / 40) for ms in (s["m"]["start"], s["d"], s["m"]["in"])))
        for track in found["t"]
        for s in track["sg"]
    }
    assert {(0, "/films/over.mp4", 60, 20, 5), (1, "/films/n.mp3", 20, 100, 7)} < rows
    assert sorted(track["tt"] for track in found["t"]) == [0, 0, 1, 1]


@pytest.mark.parametrize("format_", ["otio", "xml", "fcpxml", "edl", "json"])
def test_a_photo_brings_no_sound(format_):
    """Its clip is one of pictures alone, and comes back as one."""
    data = draft(FPS, [("/films/a.mp4", 0, 50, 0, 0), ("/films/lake.jpg", 50, 75, 0, 0)])
    found = back(data, format_)
    shown = [(s["m"]["src"], s["d"]) for s in found["t"][0]["sg"]]
    assert shown == [("/films/a.mp4", 2000), ("/films/lake.jpg", 3000)]
    assert not any(s["m"].get("volume") == 0 for s in found["t"][0]["sg"])


def test_losses_are_told_in_the_language_that_is_spoken():
    """English or Chinese."""
    with speaking("zh"):
        assert "没有写入" in str(encode(changed(volume=0.5), "edl")[1])


def test_without_the_library_only_otio_is_missing():
    """A line says what to install; the other formats need nothing."""
    program = (
        "import sys; sys.modules['opentimelineio'] = None\n"
        "from nemo_widgets import Draft\n"
        "d = Draft.build().clip('a.mp4', 0, 1).draft()\n"
        "from nemo_widgets.draft.formats import encode\n"
        "print([len(encode(d.data, f)[0]) > 50 for f in ('xml', 'fcpxml', 'edl', 'json')])\n"
        "try:\n    d.to_otio('x.otio')\n"
        "except Exception as error:\n    print(type(error).__name__, error.hint)\n"
        "print('pandas' in sys.modules)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    lines = ran.stdout.splitlines()
    assert lines[0] == "[True, True, True, True]"
    assert lines[1].startswith("MissingExtra Install it: pip install") or "no release" in lines[1]
    assert lines[2] == "False"
