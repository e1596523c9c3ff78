"""Scoring moments: whole sentences and scenes, and reels made of them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from studio.analysis.film import Film, Scene

from nemo_widgets.studio import samples
from nemo_widgets.studio.analysis import AnalysisCancelled, NoPictures, find_moments
from nemo_widgets.studio.analysis.pieces import pieces
from nemo_widgets.studio.analysis.reel import choose


@pytest.fixture(scope="module")
def moments(made):
    return find_moments(made("footage"), faces=False)


def _cut(ranges, words, tolerance=20):
    """The words that a range begins or ends in."""
    edges = [ms for pair in ranges for ms in pair]
    return [word for word in words if any(word[0] + tolerance < ms < word[1] - tolerance for ms in edges)]


def test_moments_cover_the_clip(moments):
    """Moments lie side by side from beginning to end, scored from 0 to 1, scenes counted in order."""
    assert moments[0]["start"] == 0
    assert moments[-1]["end"] == samples.truth("footage")["duration_ms"]
    assert all(a["end"] == b["start"] for a, b in pairwise(moments))
    assert all(0 <= m["score"] <= 1 and m["start"] < m["end"] for m in moments)
    numbers = [m["scene"] for m in moments]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(len(samples.truth("footage")["scenes"])))


def test_no_moment_begins_or_ends_in_a_word(moments):
    """No known sentence is cut, and every scene change in silence is a border."""
    known = samples.truth("footage")
    assert not _cut([(m["start"], m["end"]) for m in moments], known["utterances"])
    assert set(known["cuts_ms"]) <= {m["start"] for m in moments}


def test_where_somebody_speaks_is_told(moments):
    """A moment is one with speech exactly if a known sentence lies in it."""
    said = samples.truth("footage")["utterances"]
    for moment in moments:
        there = any(a < moment["end"] - 50 and b > moment["start"] + 50 for a, b in said)
        assert moment["speech"] == there, moment


def test_the_good_scores_more_than_the_bad(moments):
    """Speech and motion score more than a still, silent night; black and blur score next to nothing."""
    known = samples.truth("footage")

    def score(name):
        start, end = next((a, b) for scene, a, b in known["scenes"] if scene == name)
        return max(m["score"] for m in moments if start <= m["start"] and m["end"] <= end)

    assert min(score("hello"), score("walk")) > 0.5
    assert min(score("hello"), score("walk")) > 2 * score("night")
    assert max(score(name) for name in ("lens cap", "pocket", "blur", "lost focus")) < 0.1


@pytest.mark.parametrize("seconds", [15, 30, 60])
def test_reels(moments, seconds):
    """A reel is as long as asked within 1.5 s, in order, of several scenes, whole words, and no faults."""
    known = samples.truth("footage")
    reel = choose(moments, seconds * 1000)
    assert abs(sum(b - a for a, b in reel) - seconds * 1000) <= 1500
    assert all(a[1] <= b[0] for a, b in pairwise(reel))
    assert not _cut(reel, known["utterances"])
    scenes = {name for name, a, b in known["scenes"] if any(s < b and a < e for s, e in reel)}
    assert len(scenes) >= 4
    wrong = [*known["black"], *known["blurry"], *known["frozen"]]
    assert not [1 for a, b in wrong for s, e in reel if min(b, e) - max(a, s) > 100]


def test_a_reel_longer_than_the_footage_is_all_of_it(moments):
    """All is returned where more is asked for than there is, hence it can be said so."""
    reel = choose(moments, 300_000)
    assert sum(b - a for a, b in reel) == samples.truth("footage")["duration_ms"]


def test_faces_count_where_they_are_sought(made, moments):
    """With the faces extra, moments in which somebody is seen gain against those without."""
    pytest.importorskip("cv2")
    sought = find_moments(made("footage"))
    assert [m["start"] for m in sought] == [m["start"] for m in moments]
    gain = [b["score"] - a["score"] for a, b in zip(moments, sought, strict=True)]
    people = {2, 5, 12}
    seen = [g for m, g in zip(moments, gain, strict=True) if m["scene"] in people]
    empty = [g for m, g in zip(moments, gain, strict=True) if m["scene"] not in people]
    assert min(seen) > max(empty)


def test_a_clip_without_sound_is_parted_by_its_scenes(tmp_path):
    """Without sound the moments are the scenes, and the one that moves scores most."""
    film = Film([Scene(1, 2.0), Scene(2, 2.0, move=(120.0, 0.0)), Scene(3, 2.0)], [("cut", 0)] * 2)
    found = find_moments(film.write(tmp_path / "mute.mp4"), faces=False)
    assert [(m["start"], m["end"], m["scene"]) for m in found] == [
        (0, 2000, 0),
        (2000, 4000, 1),
        (4000, 6000, 2),
    ]
    assert not any(m["speech"] for m in found)
    assert max(found, key=lambda m: m["score"])["scene"] == 1


def test_progress_rises_and_cancelling_stops(tmp_path, made):
    """Progress rises to 1, through listening and looking; cancelled, both stop at once."""
    film = Film([Scene(1, 1.0), Scene(2, 1.0)], [("cut", 0)])
    seen = []
    find_moments(film.write(tmp_path / "short.mp4"), progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1
    for patience in (2, 125):
        asked = iter([False] * patience + [True])
        with pytest.raises(AnalysisCancelled, match="film"):
            find_moments(made("footage"), cancelled=lambda asked=asked: next(asked), name="film.mp4")


def test_sound_alone_has_no_moments(write):
    """A clip of sound only says so by name."""
    with pytest.raises(NoPictures, match=r"clip\.wav has no pictures"):
        find_moments(write(np.zeros(8000)))


@pytest.mark.parametrize(
    ("said", "cuts", "edges"),
    [
        ([], [], [0, 10_000]),
        ([], [4000], [0, 4000, 10_000]),
        ([(0, 10_000)], [4000], [0, 10_000]),
        ([(2000, 5000)], [], [0, 1850, 5200, 10_000]),
        ([(2000, 5000)], [4000], [0, 1850, 5200, 10_000]),
        ([(0, 3000), (3400, 10_000)], [], [0, 3200, 10_000]),
        ([(0, 3000), (3100, 10_000)], [], [0, 10_000]),
        ([(0, 3000), (3400, 10_000)], [3300], [0, 3300, 10_000]),
        ([(0, 3000), (7000, 10_000)], [5000], [0, 3200, 5000, 6850, 10_000]),
        ([(0, 3000), (3600, 10_000)], [3100, 3500], [0, 3100, 3500, 10_000]),
    ],
)
def test_pieces(said, cuts, edges):
    """Pieces end between sentences and where scenes change in silence, with a breath beside speech."""
    speech = np.zeros(1000, bool)
    for start, end in said:
        speech[start // 10 : end // 10] = True
    scenes = list(pairwise([0, *cuts, 10_000]))
    found = pieces(scenes, speech)
    assert [(a, b) for a, b, *_ in found] == list(pairwise(edges))
    assert all(0 <= share <= 1 and 0 <= scene < len(scenes) for *_, scene, share in found)
