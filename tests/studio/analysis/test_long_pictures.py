"""A picture that stands for hours, or whose file says so, costs no more than one that stands for seconds."""

from __future__ import annotations

import tracemalloc
from fractions import Fraction

import av
import numpy as np
import pytest

from nemo_widgets.studio import analysis
from nemo_widgets.studio.analysis.detector import Face
from nemo_widgets.studio.analysis.faces import Watched
from nemo_widgets.studio.analysis.focus import focus_in

HOURS = 5000
END = 7_200_000
MOST = 30_000_000


@pytest.fixture(scope="module")
def standing(tmp_path_factory):
    """Four pictures of a kilobyte: the second stands for 5,000 hours."""
    path, end = tmp_path_factory.mktemp("standing") / "standing.mkv", HOURS * 3_600_000
    with av.open(str(path), "w", format="matroska") as out:
        stream = out.add_stream("ffv1", rate=30)
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        chance = np.random.default_rng(4)
        one, two = (chance.integers(0, 255, (6, 8, 3), np.uint8).repeat(6, 0).repeat(8, 1) for _ in "12")
        for ms, picture in ((0, one), (1000, one), (end, two), (end + 1000, two)):
            frame = av.VideoFrame.from_ndarray(picture, "rgb24")
            frame.pts, frame.time_base = ms, Fraction(1, 1000)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path, end


@pytest.mark.parametrize(
    "find", ["find_scenes", "find_moments", "find_kisses", "find_focus", "find_stretches"]
)
def test_memory_grows_with_pictures_not_with_hours(standing, find):
    """Whatever is looked for takes no more than 30 MB, and is found out."""
    path, end = standing
    search = getattr(analysis, find)
    search(path)  # what is loaded for the first time is not counted
    tracemalloc.start()
    found = search(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < MOST
    if find == "find_scenes":
        assert [a for a, _ in found] == [0, end]


def test_faces_are_followed_through_hours():
    """The way of a face through two hours of one scene takes as much room as its points do."""
    sightings = [
        (
            ms,
            [
                Face(
                    x=20 if ms < END / 2 else 70,
                    y=50,
                    width=10,
                    height=12,
                    score=0.9,
                    nose=(0, 0),
                    mouth=(0, 0),
                )
            ],
        )
        for ms in range(0, END, 200)
    ]
    watched = Watched([(0, END)], sightings, (100, 100))
    tracemalloc.start()
    way = focus_in(watched)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < MOST * 2
    assert way[0][1] == pytest.approx(0.2, abs=0.02)
    assert way[-1][1] == pytest.approx(0.7, abs=0.02)
