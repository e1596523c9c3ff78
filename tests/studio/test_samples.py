"""The clips that come with the package are what they say they are."""

from __future__ import annotations

import errno
import os
from itertools import pairwise

import av
import numpy as np
import pytest

from nemo_widgets import launcher
from nemo_widgets.errors import DownloadError
from nemo_widgets.studio import samples
from nemo_widgets.studio.analysis import find_pauses
from nemo_widgets.studio.samples import keeping, make_samples, voice

MOST_BYTES = 2_000_000


def _mask(ranges, duration_ms: int) -> np.ndarray:
    mask = np.zeros(duration_ms, bool)
    for start, end in ranges:
        mask[start:end] = True
    return mask


def test_they_are_small():
    """The clips together stay below 2 MB, since everybody downloads them."""
    assert 0 < sum(path.stat().st_size for path in samples.SAMPLES.values()) < MOST_BYTES


@pytest.mark.parametrize("name", list(samples.SAMPLES))
def test_they_are_clips_that_every_browser_plays(name):
    """H.264 and AAC, 640x360, 25 a second, index in front, key frames every two seconds, true length."""
    path = samples.SAMPLES[name]
    with av.open(str(path)) as clip:
        film, sound = clip.streams.video[0], clip.streams.audio[0]
        assert (film.codec_context.name, sound.codec_context.name) == ("h264", "aac")
        assert (film.width, film.height, film.average_rate) == (640, 360, 25)
        assert film.codec_context.pix_fmt == "yuv420p"
        assert abs(clip.duration / 1000 - samples.truth(name)["duration_ms"]) <= 40
        keys = [float(p.pts * p.time_base) for p in clip.demux(film) if p.is_keyframe and p.pts is not None]
        assert max(b - a for a, b in pairwise(keys)) <= 2
    start = path.read_bytes()[:200_000]
    assert 0 < start.find(b"moov") < start.find(b"mdat")


def test_the_lessons_pauses_are_where_its_truth_says():
    """The pauses found in the lesson agree with the known ones by 95 % of the time; no word is cut."""
    known = samples.truth("speech")
    found = find_pauses(samples.SAMPLES["speech"], padding_ms=0)
    a, b = _mask(found, known["duration_ms"]), _mask(known["pauses"], known["duration_ms"])
    assert len(found) == len(known["pauses"])
    assert (a & b).sum() / (a | b).sum() >= 0.95
    said = _mask(known["utterances"], known["duration_ms"])
    assert max((said[start:end].sum() for start, end in found), default=0) <= 20


def test_the_lessons_truth_has_pauses_and_breaths():
    """The lesson holds long pauses, and breaths that must stay."""
    known = samples.truth("speech")
    gaps = [b[0] - a[1] for a, b in pairwise(known["utterances"])]
    assert len(known["sentences"]) == len(known["utterances"]) == 9
    assert sum(gap < 400 for gap in gaps) >= 3
    assert sum(gap > 1100 for gap in gaps) >= 4
    assert sum(end - start for start, end in known["pauses"]) > known["duration_ms"] / 4


def test_the_scenes_change_where_their_truth_says():
    """At each known cut, and nowhere else, a picture differs sharply from the one before."""
    known = samples.truth("scenes")
    with av.open(str(samples.SAMPLES["scenes"])) as clip:
        small = [
            frame.to_ndarray(width=64, height=36, format="rgb24").astype(int)
            for frame in clip.decode(video=0)
        ]
    jumps = [float(np.abs(b - a).mean()) for a, b in pairwise(small)]
    cuts = [(i + 1) * 40 for i, jump in enumerate(jumps) if jump > 15]
    assert cuts == known["cuts_ms"]
    assert len(known["scenes"]) == len(cuts) + 1
    assert max(jump for jump in jumps if jump <= 15) < 6
    assert min(jumps) > 0


def test_the_scenes_have_sound_all_the_way_through():
    """The scenes are never silent, and nobody takes waves, birds or traffic for speech with pauses."""
    assert find_pauses(samples.SAMPLES["scenes"]) == []


def test_copying(tmp_path):
    """A sample is copied under its own name into a folder that is made for it, as often as one likes."""
    target = samples.make("speech", tmp_path / "new")
    assert target == tmp_path / "new" / "speech.mp4"
    assert samples.make("speech.mp4", tmp_path / "new") == target
    assert target.read_bytes() == samples.SAMPLES["speech"].read_bytes()


@pytest.mark.parametrize("ask", [samples.make, samples.truth])
def test_an_unknown_name_is_refused_with_a_suggestion(ask, tmp_path, monkeypatch):
    """A misspelt name is answered with the names there are and the one that was probably meant."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(
        ValueError, match=r"no sample 'speach': there are speech, .* and film\. Did you mean speech\?"
    ):
        ask("speach")
    with pytest.raises(ValueError, match=r"there are speech, scenes, .* and film\.$"):
        ask("nosuch")


def test_a_place_that_takes_no_sample_is_told(tmp_path, monkeypatch):
    """A file in the folder's place, and a full disk, are errors of ours, and nothing is left behind."""
    (tmp_path / "file").write_text("")
    with pytest.raises(DownloadError, match="a file stands where"):
        launcher.sample("speech", tmp_path / "file")

    def full(_, target):
        target.write_bytes(b"half a film")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(keeping.shutil, "copyfile", full)
    with pytest.raises(DownloadError, match="no room left"):
        launcher.sample("speech", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_making_them_without_a_voice_says_what_is_missing(tmp_path, monkeypatch, capsys):
    """Without espeak-ng the maker says so in one sentence and writes nothing."""
    monkeypatch.setattr(voice.shutil, "which", lambda _: None)
    assert make_samples.main([str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("Making the samples needs the program espeak-ng")
    assert list(tmp_path.iterdir()) == []


def test_places_are_painted_the_same_every_time():
    """A scene painted twice is the same picture, and it moves."""
    place = make_samples.PLACES[2][1]
    first, again = place(), place()
    assert first.draw(0.4).tobytes() == again.draw(0.4).tobytes()
    assert first.draw(0.4).tobytes() != first.draw(1.0).tobytes()
