"""Finding kisses: the film's, those of other people, and none where nobody kisses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from studio.analysis import people

from nemo_widgets.studio.analysis import find_kisses
from nemo_widgets.studio.analysis.detector import Face
from nemo_widgets.studio.analysis.faces import Watched
from nemo_widgets.studio.analysis.kisses import kisses_in

STEP_MS = 200


def _overlap(found: dict, known: list[int]) -> float:
    """Intersection over union."""
    both = min(found["end"], known[1]) - max(found["start"], known[0])
    return both / (max(found["end"], known[1]) - min(found["start"], known[0]))


def test_the_films_kiss_is_found(short_film):
    """The film's kiss, which goes on behind a reaction shot, is one kiss; the walk before it is none."""
    film, known = short_film
    (found,) = find_kisses(film)
    assert _overlap(found, known["kiss"]) >= 0.9
    assert found["confidence"] >= 0.8


@pytest.mark.parametrize(
    "shoot", [people.kiss_in_the_middle, people.kiss_at_the_start, people.kiss_across_a_cut]
)
def test_other_peoples_kisses_are_found(tmp_path, monkeypatch, shoot):
    """Whoever they are, however near, wherever a scene is cut: found from leaning in to parting."""
    people.introduce(monkeypatch)
    known = shoot(tmp_path / "clip.mp4")
    (found,) = find_kisses(tmp_path / "clip.mp4")
    assert _overlap(found, known["kiss"]) >= 0.9
    for cut in known["cuts_ms"]:  # a border is met, not missed by a little
        for edge in (found["start"], found["end"]):
            assert edge == cut or abs(edge - cut) > 500


def test_who_does_not_kiss_is_left_alone(tmp_path, monkeypatch):
    """Side by side, in front of each other, talking close, passing, alone with closed eyes: no kiss."""
    people.introduce(monkeypatch)
    people.nobody_kisses(tmp_path / "clip.mp4")
    told: list[float] = []
    assert find_kisses(tmp_path / "clip.mp4", progress=told.append) == []
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_what_has_no_face_does_not_kiss(tmp_path):
    """Balls of the colour of skin that touch and part don't kiss."""
    people.wrestling(tmp_path / "clip.mp4")
    assert find_kisses(tmp_path / "clip.mp4") == []


def _face(x: float, turn: float, score: float = 0.9, height: float = 80) -> Face:
    """A face whose mouth is at x."""
    return Face(
        x - 0.3 * turn * height,
        100,
        0.75 * height,
        height,
        score,
        (x + 0.075 * turn * height, 105),
        (x, 125),
    )


def _seen(*gaps: float | None, turn: float = 1, height: float = 80, scenes=None) -> Watched:
    """Two faces whose mouths are so far apart, in heights of a face, one sighting after the other."""
    sightings = []
    for i, gap in enumerate(gaps):
        pair = [] if gap is None else [_face(200 - gap * 40, turn), _face(200 + gap * 40, -turn, 0.4, height)]
        sightings.append((i * STEP_MS, pair))
    return Watched(scenes or [(0, len(gaps) * STEP_MS)], sightings, (480, 270))


APART, NEARING, KISS = [1.5] * 8, [1.3, 1.0, 0.7, 0.4], [0.1] * 6


def test_leaning_in_and_parting_belong_to_it():
    """A kiss reaches from when the distance begins to change until it changes no more."""
    (found,) = kisses_in(_seen(*APART, *NEARING, *KISS, *NEARING[::-1], *APART))
    assert abs(found["start"] - 7 * STEP_MS) <= STEP_MS
    assert abs(found["end"] - 22 * STEP_MS) <= STEP_MS


def test_a_face_that_is_hidden_for_a_moment_does_not_end_it():
    """What is not seen for a second goes on; what is seen apart in between were two kisses."""
    hidden = [*APART, *NEARING, *KISS, None, None, None, None, *KISS, *NEARING[::-1], *APART]
    assert len(kisses_in(_seen(*hidden))) == 1
    twice = [*APART, *NEARING, *KISS, 0.8, 1.2, 0.8, *KISS, *NEARING[::-1], *APART]
    assert len(kisses_in(_seen(*twice))) == 2


@pytest.mark.parametrize(
    "seen",
    [
        _seen(*APART, *NEARING, 0.1, 0.1, *NEARING[::-1], *APART),
        _seen(*APART, *NEARING, *KISS, *APART, turn=0.1),
        _seen(*APART, 1.3, *[1.1] * 6, *APART, turn=-1),
        _seen(*APART, *NEARING, *KISS, *APART, height=140),
        _seen(*APART, *NEARING, *[0.4] * 6, *APART),
        _seen(),
        _seen(*[None] * 20),
    ],
    ids=["brief", "facing us", "back to back", "one far behind", "not quite", "no picture", "nobody"],
)
def test_what_only_looks_like_a_kiss_is_none(seen):
    """Faces pass quickly, look at us or away, are of unlike size, or keep a distance: no kiss."""
    assert kisses_in(seen) == []


def test_a_wide_cutaway_parts_two_kisses():
    """Pictures of something else for four seconds interrupt a kiss; for six they end it."""
    for away, count in ((20, 1), (30, 2)):
        cut = len([*APART, *NEARING, *KISS]) * STEP_MS
        back = cut + away * STEP_MS
        gaps = [*APART, *NEARING, *KISS, *[None] * away, *KISS, *NEARING[::-1], *APART]
        scenes = [(0, cut), (cut, back), (back, len(gaps) * STEP_MS)]
        assert len(kisses_in(_seen(*gaps, scenes=scenes))) == count


def test_a_cut_that_was_not_found_interrupts_nothing():
    """Where the two are gone at once and others are there, it was cut, whether the scenes tell so or not."""
    begun = [*APART, *NEARING, *KISS]
    gaps = [*begun, *[2.5] * 10, *KISS, *NEARING[::-1], *APART]
    (found,) = kisses_in(_seen(*gaps))
    assert abs(found["start"] - 7 * STEP_MS) <= STEP_MS
    assert abs(found["end"] - (len(gaps) - 8) * STEP_MS) <= STEP_MS


def test_chance_makes_no_kiss():
    """Mouths that seem to touch once, here and there, don't kiss."""
    gaps = [0.1, *[None] * 12, 0.1, *[None] * 30]
    assert kisses_in(_seen(*gaps)) == []


def test_a_face_by_itself_is_never_two():
    """Two findings that are both faint make no kiss."""
    seen = _seen(*APART, *NEARING, *KISS, *APART)
    faint = [(ms, [replace(face, score=0.5) for face in faces]) for ms, faces in seen.sightings]
    assert kisses_in(Watched(seen.scenes, faint, seen.size)) == []
