"""The made film: people who can be seen, at places and times that are known."""

from __future__ import annotations

import weakref
from itertools import pairwise

import av
import numpy as np
import pytest
from PIL import Image

from nemo_widgets.studio.samples import people
from nemo_widgets.studio.samples.features import Expression
from nemo_widgets.studio.samples.film import film, make_film
from nemo_widgets.studio.samples.heads import Head
from nemo_widgets.studio.samples.people import PEOPLE, Actor, Pose
from nemo_widgets.studio.samples.shooting import FPS, Shot, render

LOOKS = list(PEOPLE.values())


def test_what_is_filmed_is_what_is_told(tmp_path):
    """A clip is as long as its shots, cuts where they meet, has sound, and is the same every time."""
    still = Actor("Leo", [(0, Pose(640, 330))])
    shots = [
        Shot("a", "bridge", 0.6, (still,), zoom=1.4),
        Shot("a", "city", 0.4, (still,), pan=300),
        Shot("b", "city", 0.4),
    ]
    known = render(tmp_path / "one.mp4", shots)
    assert known == {
        "duration_ms": 1400,
        "cuts_ms": [600, 1000],
        "scenes": [["a", 0, 1000], ["b", 1000, 1400]],
        "kiss": None,
    }
    with av.open(str(tmp_path / "one.mp4")) as clip:
        picture, sound = clip.streams.video[0], clip.streams.audio[0]
        assert (picture.width, picture.height, picture.average_rate) == (640, 360, FPS)
        small = [f.to_ndarray(width=64, height=36, format="rgb24").astype(int) for f in clip.decode(picture)]
        assert abs(float(sound.duration * sound.time_base) - 1.4) < 0.06
    jumps = [float(np.abs(b - a).mean()) for a, b in pairwise(small)]
    assert [round((i + 1) * 1000 / FPS) for i, jump in enumerate(jumps) if jump > 15] == [600, 1000]
    render(tmp_path / "two.mp4", shots)
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()


@pytest.mark.parametrize("seconds", [30, 64, 90])
def test_the_film_is_as_long_as_asked_and_has_one_kiss(seconds):
    """The film is as long as asked; its six scenes hold one kiss, which goes on over a reaction shot."""
    shots = film(seconds)
    assert sum(shot.seconds for shot in shots) == pytest.approx(seconds)
    assert min(shot.seconds for shot in shots) > 0.9
    assert list(dict.fromkeys(shot.name for shot in shots)) == [
        "morning",
        "meeting",
        "talk",
        "stroll",
        "kiss",
        "evening",
    ]
    kissing = [bool(shot.kiss) for shot in shots if shot.name == "kiss"]
    assert kissing == [True, True, False, True]


def test_a_film_too_short_to_act_is_refused(tmp_path):
    """Less than 30 seconds are refused in a sentence, before anything is written."""
    with pytest.raises(ValueError, match="takes from 30 to 600 seconds, not 5"):
        make_film(tmp_path / "film.mp4", seconds=5)
    assert not (tmp_path / "film.mp4").exists()


def test_pictures_of_people_go_with_them(monkeypatch):
    """However long somebody acts, a dozen of their pictures are kept, and none when nobody acts any more."""
    monkeypatch.setitem(PEOPLE, "Ida", PEOPLE["Jon"])
    way = [(0, Pose(60, 60, 10, -60)), (9, Pose(60, 60, 16, 60))]
    first, second = Actor("Ida", way), Actor("Ida", way)
    assert first._figure is second._figure
    drawn = {}
    for moment in range(45):
        first.draw(Image.new("RGB", (120, 120)), moment / 5)
        drawn |= {key: weakref.ref(value[0]) for key, value in first._figure._drawn._kept.items()}
    assert len(drawn) > 2 * people._DRAWN
    assert sum(picture() is not None for picture in drawn.values()) == people._DRAWN
    del first
    assert "Ida" in people._FIGURES
    del second
    assert "Ida" not in people._FIGURES
    assert not any(picture() for picture in drawn.values())


def test_a_way_is_eased_between_its_poses():
    """An actor stands where the way says at its moments, half way in the middle, and never jumps."""
    actor = Actor("Mira", [(1, Pose(100, 300, 80, -60)), (3, Pose(300, 300, 80, 60))])
    assert actor.pose(0).x == actor.pose(1).x == 100
    assert actor.pose(2).x == pytest.approx(200)
    assert actor.pose(2).yaw == pytest.approx(0)
    assert actor.pose(9) == Pose(300, 300, 80, 60)
    steps = [actor.pose(1 + i / 100).x for i in range(201)]
    assert 0 <= min(b - a for a, b in pairwise(steps)) <= max(b - a for a, b in pairwise(steps)) < 2


@pytest.mark.parametrize("look", LOOKS, ids=list(PEOPLE))
def test_a_head_turns_round(look):
    """Seen from the right a head sticks out to the right where its nose is, and left is its mirror."""
    head = Head(look, 40)
    widths = {}
    for yaw in (-81, 81):
        picture = np.asarray(head.seen(yaw, Expression())[0])[..., 3] > 0
        nose = picture[round(200 * 0.4) : round(215 * 0.4)].any(axis=0).nonzero()[0] - picture.shape[1] // 2
        widths[yaw] = -nose.min(), nose.max()
    assert widths[81][1] > 40
    assert abs(widths[81][1] - widths[-81][0]) <= 2
