"""Finding black, blurry and frozen stretches: drawn clips whose faults are known."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image, ImageFilter
from studio.analysis.film import FPS, SIZE, Scene

from nemo_widgets.studio import samples
from nemo_widgets.studio.analysis import AnalysisCancelled, NoPictures, find_stretches

KINDS = ("black", "blurry", "frozen")
FINE = {
    "walks": {"walkers": 2},
    "pan": {"move": (60.0, 0.0)},
    "whip": {"move": (150.0, 20.0)},
    "dark": {"light": 0.3, "move": (20.0, 0.0)},
    "pale": {"flat": 0.4, "shake": 2.0},
    "zoom": {"zoom": 0.2},
    "slow": {"move": (8.0, 4.0), "walkers": 0},
}


def pictures(kind, scene, *, soft=4.0):
    """The pictures of a scene that is fine or has one of the faults."""
    for i in range(round(scene.seconds * FPS)):
        grain = np.random.default_rng(i).normal(size=(SIZE[1], SIZE[0], 1)) * scene.grain
        picture = scene.draw(0.4 if kind == "frozen" else i / FPS)
        if kind == "frozen":
            grain = np.random.default_rng(0).normal(size=grain.shape) * scene.grain
        if kind == "blurry":
            sharp = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
            picture = np.asarray(sharp.filter(ImageFilter.GaussianBlur(soft)), np.float32)
            grain = grain * 0
        yield np.clip(picture * (kind != "black") + grain, 0, 255).astype(np.uint8)


def film(path, parts, **options):
    """Writes parts, (kind, scene, settings) each; the known ranges of each kind, in ms."""
    known = {kind: [] for kind in KINDS}
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=FPS, options={"preset": "ultrafast", "crf": "23", **options})
        (stream.width, stream.height), stream.pix_fmt = SIZE, "yuv420p"
        at = 0
        for kind, scene, settings in parts:
            start = at
            for picture in pictures(kind, scene, **settings):
                frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
                frame.pts, frame.time_base, at = at, Fraction(1, FPS), at + 1
                out.mux(stream.encode(frame))
            if kind in known:
                known[kind].append([start * 1000 // FPS, at * 1000 // FPS])
        out.mux(stream.encode())
    return known


def f1(found, known, length=200_000):
    a, b = (np.zeros(length, bool) for _ in range(2))
    for mask, ranges in ((a, found), (b, known)):
        for start, end in ranges:
            mask[start:end] = True
    return 2 * (a & b).sum() / max(1, a.sum() + b.sum())


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    """A clip in which every fault comes thrice, between fine scenes: known, found, and told on the way."""
    path, parts, seed = tmp_path_factory.mktemp("faulty") / "faulty.mp4", [], 40
    fine = list(FINE.values())
    for i, (seconds, soft) in enumerate(((2.0, 3.0), (1.2, 5.0), (3.0, 8.0))):
        for j, kind in enumerate(KINDS):
            seed += 1
            length = max(2.0, seconds) if kind == "frozen" else seconds
            settings = {"soft": soft} if kind == "blurry" else {}
            parts += [
                ("fine", Scene(seed, 1.6, grain=2.0, **fine[(3 * i + j) % len(fine)]), {}),
                (kind, Scene(seed + 50, length, grain=2.0, move=(30.0, 0.0)), settings),
            ]
    known, told = film(path, parts), []
    return path, known, find_stretches(path, progress=told.append), told


def test_faults_are_found_where_they_are(faulty):
    """Each kind of fault is found three times, with an F1 by time of at least 0.95."""
    _, known, found, _ = faulty
    for kind in KINDS:
        assert len(found[kind]) == 3, kind
        assert f1(found[kind], known[kind]) >= 0.95, kind


def test_what_is_fine_has_no_fault(tmp_path):
    """Dark, pale, slow, shaken, zoomed and panned scenes are neither black nor blurry nor frozen."""
    parts = [("fine", Scene(70 + i, 2.4, **settings), {}) for i, settings in enumerate(FINE.values())]
    film(tmp_path / "fine.mp4", parts)
    assert find_stretches(tmp_path / "fine.mp4") == {"black": [], "blurry": [], "frozen": []}


def test_the_faults_of_the_footage(made):
    """In the footage each fault is found where it is known to be."""
    known, found = samples.truth("footage"), find_stretches(made("footage"))
    for kind in KINDS:
        assert len(found[kind]) == len(known[kind])
        assert f1(found[kind], known[kind]) >= 0.95


@pytest.mark.parametrize("name", list(samples.SAMPLES))
def test_the_samples_have_none(name):
    """The clips that come with the package have no faults."""
    assert find_stretches(samples.SAMPLES[name]) == {"black": [], "blurry": [], "frozen": []}


def test_short_ones_are_left_alone(tmp_path):
    """A blink of black, a moment out of focus, a second of holding still are no faults."""
    parts = [("fine", Scene(91, 1.0, move=(40.0, 0.0)), {})]
    for kind, seconds in (("black", 0.16), ("blurry", 0.32), ("frozen", 1.0)):
        parts += [(kind, Scene(91, seconds), {}), ("fine", Scene(92, 1.0, move=(40.0, 0.0)), {})]
    film(tmp_path / "short.mp4", parts)
    assert find_stretches(tmp_path / "short.mp4") == {"black": [], "blurry": [], "frozen": []}


def test_progress_rises_and_cancelling_stops(faulty):
    """Progress rises to 1; a cancelled search stops at the next picture."""
    path, *_, told = faulty
    assert told == sorted(told)
    assert told[-1] == 1
    asked = iter([False, False, True])
    with pytest.raises(AnalysisCancelled, match=r"talk\.mp4"):
        find_stretches(path, cancelled=lambda: next(asked), name="talk.mp4")


def test_sound_alone_has_no_pictures(write):
    """A clip of sound only says so by name."""
    with pytest.raises(NoPictures, match=r"clip\.wav has no pictures"):
        find_stretches(write(np.zeros(8000)))
