"""Several sound tracks in a file: all that can be heard is heard, at its time, and can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from clips import RATE, chirp
from soundtracks import Track, recording

from nemo_widgets.studio.analysis import find_loudness, find_pauses
from nemo_widgets.studio.analysis.sound import RATE as LISTENED
from nemo_widgets.studio.analysis.sound import Sound
from nemo_widgets.studio.media import MediaError, probe
from nemo_widgets.studio.soundtrack import heard_tracks

if TYPE_CHECKING:
    from types import SimpleNamespace

KINDS: dict[str, tuple[str, list[Track], list[float]]] = {
    "recorder": ("mkv", [Track(1, title="Desktop"), Track(2, 3, title="Mic")], [1, 2, 3]),
    "silent first": ("mp4", [Track(), Track(1, 3)], [1, 3]),
    "camera": ("mov", [Track(), *[Track(1.5)] * 3], [1.5]),
    "languages": ("mkv", [Track(1, language="eng"), Track(2, language="ger")], [1, 2]),
    "surround": ("mkv", [Track(1, layout="5.1", codec="ac3"), Track(2, layout="stereo")], [1, 2]),
    "rates": ("mkv", [Track(1, rate=44_100), Track(2, rate=22_050), Track(3)], [1, 2, 3]),
    "later": ("mkv", [Track(0.5, seconds=2), Track(1, begins=1.5, seconds=2)], [0.5, 2.5]),
    "empty": ("mkv", [Track(seconds=0), Track(2)], [2]),
}


def sounded(kit: SimpleNamespace, kind: str) -> Any:
    ending, tracks, _ = KINDS[kind]
    name = f"tracks {kind}.{ending}"
    if not (kit.folder / name).exists():
        codec = "pcm_s16le" if ending == "mov" else "aac"
        recording(kit.folder / name, *tracks, pictures=40, codec=codec)
    return kit.folder / name


def exported(kit: SimpleNamespace, name: str, **meta: Any) -> np.ndarray:
    draft = kit.timeline([kit.clip(name, 0, 0, 4000, **meta)], size=(64, 36), fps=10)
    return kit.heard(kit.make(draft).path)


@pytest.mark.parametrize("kind", KINDS)
def test_every_track_is_heard(kit: SimpleNamespace, kind: str) -> None:
    """The beeps of all tracks stand in the export, each at its time, in the middle, and nothing clips."""
    path = sounded(kit, kind)
    tracks = probe(path).tracks
    assert len(tracks) == len(KINDS[kind][1])
    sound = exported(kit, path.name, tracks=list(heard_tracks(tracks)))
    assert kit.found_chirps(sound) == pytest.approx(KINDS[kind][2], abs=0.005)
    assert np.abs(sound[:, 0] - sound[:, 1]).max() < 0.02
    assert np.abs(sound).max() <= 1


def test_tracks_can_be_chosen(kit: SimpleNamespace) -> None:
    """A segment with `tracks` plays these alone."""
    path = sounded(kit, "recorder")
    assert kit.found_chirps(exported(kit, path.name, tracks=[2])) == pytest.approx([2, 3], abs=0.005)
    assert kit.found_chirps(exported(kit, path.name)) == pytest.approx([1, 2, 3], abs=0.005)


def test_what_a_track_is_called_is_a_name(kit: SimpleNamespace) -> None:
    """A title is a line without what a terminal obeys, however long; a language that is none is left out."""
    hostile = "Mic\n\x1b[31m \u202e<b>" + "x" * 10_000
    path = recording(
        kit.folder / "called.mkv", *[Track(1, title=hostile, language="<script>", codec="pcm_s16le")] * 2
    )
    for track in probe(path).tracks:
        assert track.title == f"Mic <b>{'x' * 72}…"
        assert track.language == ""


def test_more_tracks_than_anybody_records_are_refused(kit: SimpleNamespace) -> None:
    """What compares tracks takes the square of their number: with hundreds a file is refused, and why."""
    path = recording(kit.folder / "many.mkv", *[Track(seconds=0.1, codec="pcm_s16le")] * 65)
    with pytest.raises(MediaError, match="has 65 sound tracks, over 64"):
        probe(path)


def test_analyses_hear_what_is_heard(kit: SimpleNamespace) -> None:
    """Pauses and loudness are those of the tracks that are heard, whichever they are."""
    words = [tuple(second + n / 50 for n in range(25)) for second in (1, 2.5)]
    path = recording(kit.folder / "spoken.mkv", Track(), *(Track(*spoken) for spoken in words), codec="flac")
    assert find_loudness(path, tracks=(1,))["integrated"] is None
    assert find_loudness(path)["integrated"] is not None
    first, both = [round(a / 100) for a, _ in find_pauses(path, tracks=(1, 2))], find_pauses(path)
    assert (first, [round(a / 100) for a, _ in both]) == ([0, 16], [0, 16, 31])


def test_tracks_are_told(kit: SimpleNamespace) -> None:
    """Looking into a file tells how many tracks are heard, which are silent, and which are there twice."""
    told = {kind: [note.en for note in probe(sounded(kit, kind)).notes] for kind in ("recorder", "camera")}
    assert told["recorder"][0] == "2 sound tracks: both are heard, 1 “Desktop” and 2 “Mic”"
    assert told["camera"][:2] == ["4 sound tracks: track 2 is heard", "track 1 is silent"]
    chinese = [note.zh for note in probe(sounded(kit, "silent first")).notes]
    assert chinese == ["2 条声轨：会听到声轨 2", "声轨 1 没有声音"]


def test_a_softer_copy_is_heard_once(kit: SimpleNamespace) -> None:
    """A safety track, softer and some milliseconds late by its codec, has no sound of its own; a mix has."""
    path = kit.folder / "copies.mkv"
    recording(
        path,
        *[Track(1, 2.5), Track(2, codec="libopus"), Track(0.5), Track(2, gain=0.2, codec="libmp3lame")],
        *[Track(1, 2, 2.5)],
        pictures=40,
    )
    tracks = probe(path).tracks
    assert [track.repeats for track in tracks] == [0, 0, 0, 2, 0]
    assert [track.shared for track in tracks] == [(5,), (4, 5), (), (2, 5), (1, 2, 4)]
    told = " ".join(note.en for note in probe(path).notes)
    assert "some of the sound of track 1 is on track 5, too" in told
    muted = exported(kit, path.name, tracks=[1, 3])
    assert kit.found_chirps(muted) == pytest.approx([0.5, 1, 2.5], abs=0.03)


WIRES = "its left and right sound cancel each other on one speaker: the right is turned round"
INVERSE: dict[str, tuple[list[Track], list[float], str]] = {
    "whole": ([Track(1, 3), Track(1, 3, gain=-1)], [1, 3],
              "track 2 has the sound of track 1, turned round, which is heard once"),
    "softer": ([Track(), Track(1, 3), Track(1, 3, gain=-0.5)], [1, 3],
               "track 3 has the sound of track 2, turned round, which is heard once"),
    "among more": ([Track(1, 3), Track(1, 3, 2, gain=-0.8)], [1, 2, 3],
                   "track 2 is turned round in the mix: they would cancel each other"),
    "two wires": ([Track(1, 3, layout="stereo", sides=(1, -1))], [1, 3],
                  WIRES),
    "two wires beside": ([Track(2), Track(1, 3, layout="stereo", sides=(0.9, -1))], [1, 2, 3],
                         f"track 2: {WIRES}"),
}  # fmt: skip


@pytest.mark.parametrize("kind", INVERSE)
def test_what_would_cancel_each_other_is_heard(kit: SimpleNamespace, kind: str) -> None:
    """Tracks or channels of which one is the other turned round are heard on one speaker; it is told."""
    tracks, beeps, told = INVERSE[kind]
    path = recording(kit.folder / f"inverse {kind}.mkv", *tracks, pictures=40, codec="pcm_s16le")
    info = probe(path)
    assert told in [note.en for note in info.notes]
    for chosen in ({"tracks": list(heard_tracks(info.tracks))}, {}):
        assert kit.found_chirps(exported(kit, path.name, **chosen)) == pytest.approx(beeps, abs=0.005)
    with Sound(path) as listened:
        heard = np.concatenate(list(listened.blocks()))
    assert [at for at in range(4) if np.abs(heard[at * LISTENED :][: LISTENED // 50]).max() > 0.1] == beeps


@pytest.mark.parametrize("sides", [(1, 1), (1, 0), (0, 1), (1, -0.3)])
def test_what_does_not_cancel_stays_as_it_is(kit: SimpleNamespace, sides: tuple[float, float]) -> None:
    """Stereo that one speaker plays, too, is not turned round, and nothing is said of it."""
    track = Track(1, 3, layout="stereo", sides=sides)
    path = recording(kit.folder / f"wide {sides}.mkv", track, pictures=40, codec="pcm_s16le")
    assert [note.en for note in probe(path).notes] == []
    left, right = exported(kit, path.name)[RATE : RATE * 101 // 100].T
    power = float((chirp()[: RATE // 100] ** 2).sum())
    wanted = [sides[0] ** 2 * power, sides[0] * sides[1] * power]
    assert [left @ left, left @ right] == pytest.approx(wanted, rel=0.1, abs=1)
