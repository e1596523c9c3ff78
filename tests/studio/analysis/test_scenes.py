"""Finding scenes: drawn films whose borders are known, traps, awkward clips."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest
from clips import code_clip
from studio.analysis.film import Film, Scene, random_film

from nemo_widgets.studio import samples
from nemo_widgets.studio.analysis import AnalysisCancelled, NoPictures, Unreadable, find_scenes
from nemo_widgets.studio.analysis.likeness import gist
from nemo_widgets.studio.analysis.pictures import Pictures
from nemo_widgets.studio.analysis.scenes import scenes_between, seek_borders

if TYPE_CHECKING:
    from pathlib import Path

TWO_PICTURES_MS = 80


def _borders(scenes) -> list[int]:
    return [start for start, _ in scenes[1:]]


def _compared(found: list[int], known: list[tuple[int, int]]) -> tuple[int, int, int]:
    """How many borders were rightly found, wrongly found, and missed."""
    left, right = list(known), 0
    for at in found:
        hit = next((r for r in left if r[0] - TWO_PICTURES_MS <= at <= r[1] + TWO_PICTURES_MS), None)
        if hit is not None:
            left.remove(hit)
            right += 1
    return right, len(found) - right, len(left)


class Looked(NamedTuple):
    """A film that was looked through: its scenes, and how far that was, as it was told."""

    film: Film
    path: Path
    scenes: list[tuple[int, int]]
    told: list[float]


@pytest.fixture(scope="module")
def films(tmp_path_factory) -> list[Looked]:
    """Three films of all kinds of scenes and joins."""
    folder, found = tmp_path_factory.mktemp("films"), []
    for seed in (301, 302, 303):
        film, told = random_film(seed, 12), []
        path = film.write(folder / f"{seed}.mp4")
        found.append(Looked(film, path, find_scenes(path, progress=told.append), told))
    return found


def test_borders_of_drawn_films_are_found(films):
    """Of cuts, fades and dissolves between scenes of all kinds, F1 is 0.95 or better, to two pictures."""
    compared = [_compared(_borders(looked.scenes), looked.film.truth) for looked in films]
    right, wrong, missed = np.sum(compared, axis=0)
    assert right + missed == sum(len(looked.film.joins) for looked in films) == 33
    assert 2 * right / (2 * right + wrong + missed) >= 0.95


def test_scenes_lie_side_by_side_and_cover_the_clip(films):
    """Scenes begin at 0, end where the clip ends, and leave nothing out between them."""
    for film, _, scenes, _ in films:
        assert scenes[0][0] == 0
        assert scenes[-1][1] == film.duration_ms
        assert all(a[1] == b[0] for a, b in pairwise(scenes))


@pytest.mark.parametrize(
    "scene",
    [
        Scene(1, 3.0, flashes=(1.0, 1.6)),
        Scene(2, 3.0, move=(100.0, 0.0)),
        Scene(3, 1.2, move=(500.0, 0.0)),
        Scene(4, 3.0, zoom=0.6),
        Scene(5, 3.0, shake=4.0),
        Scene(6, 3.0, passing=1.0),
        Scene(7, 3.0, light=0.15, grain=8.0, walkers=2),
    ],
    ids=["flashes", "pan", "quick pan", "zoom", "shaking hand", "passer-by", "night"],
)
def test_what_happens_within_a_scene_is_no_border(tmp_path: Path, scene):
    """A moving camera, flashes, passers-by and darkness do not end a scene."""
    path = Film([scene], []).write(tmp_path / "one.mp4")
    assert find_scenes(path) == [(0, round(scene.seconds * 1000))]


def test_a_cut_is_found_between_scenes_of_the_same_colours(tmp_path: Path):
    """Two places in the same colours and light are two scenes."""
    film = Film([Scene(11, 1.2, hue=0.4), Scene(12, 1.2, hue=0.4), Scene(13, 1.2, hue=0.4)], [("cut", 0)] * 2)
    assert _borders(find_scenes(film.write(tmp_path / "green.mp4"))) == [1200, 2400]


def test_a_cut_is_at_the_first_picture_of_the_new_scene(tmp_path: Path):
    """Where the encoder hides the cut among pictures that are not decoded, it is found to the picture."""
    film = Film([Scene(21, 1.04), Scene(22, 1.12), Scene(23, 1.0)], [("cut", 0)] * 2)
    options = {"preset": "medium", "x264-params": "scenecut=0:bframes=5:b-adapt=0:b-pyramid=none:keyint=250"}
    assert _borders(find_scenes(film.write(tmp_path / "hidden.mp4", **options))) == [1040, 2160]


def test_long_black_is_a_scene_of_its_own(tmp_path: Path):
    """Black for more than 1.2 s can be taken out like any scene; shorter black belongs to the fade."""
    black = Scene(32, 2.0, light=0.0, grain=1.0, walkers=0)
    long = Film([Scene(31, 1.6), black, Scene(33, 1.6)], [("cut", 0)] * 2)
    assert _borders(find_scenes(long.write(tmp_path / "long.mp4"))) == [1600, 3600]
    black.seconds = 0.8
    assert len(find_scenes(long.write(tmp_path / "short.mp4"))) == 2


def test_the_samples_scenes_are_found_to_the_picture():
    """The cuts of the package's own clip are found exactly; a lesson by one camera is one scene."""
    assert _borders(find_scenes(samples.SAMPLES["scenes"])) == samples.truth("scenes")["cuts_ms"]
    assert len(find_scenes(samples.SAMPLES["speech"])) == 1


def test_a_long_clip_is_looked_at_in_parts_without_a_seam():
    """Borders told minute by minute are those told at once, near the parts' edges too."""
    with Pictures(samples.SAMPLES["scenes"]) as pictures:
        seen = [(picture.ms, gist(picture.small)) for picture in pictures.stream()]
    length, cuts = 15_200, samples.truth("scenes")["cuts_ms"]
    turns = 9
    long = ((turn * length + ms, picture) for turn in range(turns) for ms, picture in seen)
    expected = sorted([turn * length + cut for turn in range(turns) for cut in [0, *cuts]])[1:]
    found = [border.ms for border in seek_borders(long)]
    assert len(found) == len(expected)
    assert max(abs(a - b) for a, b in zip(found, expected, strict=True)) <= TWO_PICTURES_MS


def test_borders_too_near_each_other_are_one():
    """No scene is shorter than 0.3 s, at the clip's ends neither."""
    assert scenes_between([100, 1000, 1200, 2900], 3000) == [(0, 1000), (1000, 3000)]
    assert scenes_between([], 40) == [(0, 40)]


def test_a_single_picture_is_a_scene(tmp_path: Path):
    """A clip of one picture is one scene."""
    assert find_scenes(code_clip(tmp_path / "one.mp4", frames=1, audio=None)) == [(0, 33)]


def test_a_clip_that_does_not_begin_at_zero_has_the_same_scenes(tmp_path: Path):
    """Scenes are told in the clip's own time, whatever its first time stamp is."""
    clip = code_clip(tmp_path / "late.mkv", frames=45, shift=150, audio=None)
    assert find_scenes(clip) == [(0, 1500)]


def test_what_has_no_pictures_is_said(write, tmp_path: Path):
    """Sound alone has no scenes, a text no clip; both are said by name."""
    with pytest.raises(NoPictures, match=r"talk\.mp3 has no pictures"):
        find_scenes(write(np.zeros(16_000), "x.wav"), name="talk.mp3")
    text = tmp_path / "text.mp4"
    text.write_text("hello, I am not a film")
    with pytest.raises(Unreadable, match=r"text\.mp4 can't be read as a clip"):
        find_scenes(text)


def test_progress_rises_and_cancelling_stops(films):
    """Progress rises to 1; a cancelled search stops at the next picture."""
    for looked in films:
        assert looked.told == sorted(looked.told)
        assert looked.told[-1] == 1
    asked = iter([False] * 20 + [True])
    with pytest.raises(AnalysisCancelled):
        find_scenes(films[0].path, cancelled=lambda: next(asked))
