"""What an earlier film shows is taken over from it, frame for frame; only what is new is encoded."""

from __future__ import annotations

import os
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from growth import assert_linear

from nemo_widgets.studio.render import FilmIndex, KeptFilm, index_of, job
from nemo_widgets.studio.render.copies import copy_plan
from nemo_widgets.studio.render.kept import gaps, shared
from nemo_widgets.studio.render.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import SimpleNamespace

    from nemo_widgets.studio.render import Progress

SIZE, FRAMES = (320, 180), 240
GREY = {"looks": [{"type": "brightness", "amount": 0.1}]}
TITLE = {"type": "title", "text": "Night", "position": "top"}


def ms(frame: int) -> int:
    return round(frame * 1000 / 30)


def film(
    kit: SimpleNamespace,
    *parts: tuple[int, int],
    texts: tuple[tuple[int, int, str], ...] = (),
    films: Sequence[KeptFilm] = (),
    fps: int = 30,
    **meta: Any,
) -> SimpleNamespace:
    """These frames of a clip, each of them touched by a look, and titles over them."""
    kit.made("kept scene.mp4", frames=FRAMES, size=SIZE)
    segments, at = [], 0
    for n, (first, last) in enumerate(parts):
        segment = kit.clip("kept scene.mp4", ms(at), ms(first), ms(last), **(GREY | meta))
        segment["m"]["id"], segment["d"] = f"v{n}", ms(at + last - first) - ms(at)
        segments.append(segment)
        at += last - first
    titles = [
        {"d": ms(b) - ms(a), "m": {**TITLE, "start": ms(a), "text": text, "id": f"t{a}"}}
        for a, b, text in texts
    ]
    draft = kit.timeline(segments, titles=titles, size=SIZE, fps=fps)
    made: SimpleNamespace = kit.make(draft, films=films, preset=None)
    return made


def kept(made: SimpleNamespace) -> list[KeptFilm]:
    index = FilmIndex.read(index_of(made.plan).written())
    assert index is not None
    return [KeptFilm(made.path, index)]


CHANGES: dict[str, tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int, str], ...], int]] = {
    "a title over its middle": (((0, 240),), ((100, 130, "Day"),), 75),
    "another title": (((0, 240),), ((60, 75, "Dusk"),), 165),
    "a part cut out": (((0, 100), (130, 240)), ((60, 75, "Night"),), 110),
    "the beginning cut off": (((35, 240),), ((25, 40, "Night"),), 165),
    "the end cut off": (((0, 200),), ((60, 75, "Night"),), 185),
    "a part put first": (((150, 240), (0, 150)), ((150, 165, "Night"),), 160),
    "a part twice": (((0, 240), (90, 200)), ((60, 75, "Night"),), 295),
}
"""What is shown after a change of a film of frames 0 to 240 with a title, and how much is copied at least."""


@pytest.fixture(autouse=True)
def no_second_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copying succeeds at once; all frames encoded after a failure make the right film in twice the time."""
    monkeypatch.setattr(job, "NOTHING", None)


@pytest.fixture(scope="module")
def first(kit: SimpleNamespace) -> SimpleNamespace:
    """A film of which every frame was encoded."""
    made = film(kit, (0, FRAMES), texts=((60, 75, "Night"),))
    assert not copy_plan(made.plan).copies
    return made


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_only_what_is_new_is_encoded(
    kit: SimpleNamespace, first: SimpleNamespace, change: str
) -> None:
    """Whatever has changed, every frame is the planned one, with its look and its title or none."""
    parts, texts, least = CHANGES[change]
    again = film(kit, *parts, texts=texts, films=kept(first))
    copies = copy_plan(again.plan, films=kept(first))
    assert least <= copies.frames < sum(b - a for a, b in parts)
    alone = film(kit, *parts, texts=texts)
    assert kit.numbers(again.path) == kit.numbers(alone.path) == [n for part in parts for n in range(*part)]
    for one, other in zip(kit.watched(again.path), kit.watched(alone.path), strict=True):
        assert np.abs(one.astype(int) - other).mean() < 1.5, "the same letters and the same light"


def test_what_is_taken_over_is_told(kit: SimpleNamespace, first: SimpleNamespace) -> None:
    """How many frames will be copied is known from the first one on, and at the end all of them are."""
    plan = film(kit, (0, FRAMES), texts=((100, 130, "Day"),)).plan
    told: list[Progress] = []
    job.render(plan, kit.folder / "told.mp4", films=kept(first), progress=told.append)
    told = [now for now in told if now.stage == "encoding"]
    assert {now.copy_frames_total for now in told} == {copy_plan(plan, films=kept(first)).frames}
    assert [now.copy_frames for now in told] == sorted(now.copy_frames for now in told)
    assert told[-1].copy_frames == told[-1].copy_frames_total
    assert all(now.copy_frames <= now.frames for now in told)


def test_the_same_export_is_the_same_file(
    kit: SimpleNamespace, first: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is encoded, mixed or read."""
    monkeypatch.setattr(job, "_video_file", None)
    again = film(kit, (0, FRAMES), texts=((60, 75, "Night"),), films=kept(first))
    assert again.path.read_bytes() == first.path.read_bytes()
    assert again.result == first.result


@pytest.mark.parametrize(
    "form",
    [
        {"looks": [{"type": "brightness", "amount": 0.2}]},
        {"flip": "horizontal"},
        {"reverse": True},
        {"fps": 25},
    ],
    ids=lambda form: next(iter(form)),
)
def test_what_looks_otherwise_is_not_taken_over(
    kit: SimpleNamespace, first: SimpleNamespace, form: dict[str, Any]
) -> None:
    """Another look, place, speed or rate is another picture."""
    plan = film(kit, (0, 90), **form).plan
    assert not copy_plan(plan, films=kept(first)).copies


def test_frames_of_ones_own_are_none_that_were_copied(kit: SimpleNamespace) -> None:
    """Who asks for a crf gets all frames encoded, also where an earlier film took them over from the clip."""
    kit.made("kept as filmed.mp4", frames=FRAMES, size=SIZE, named=True)
    segment = kit.clip("kept as filmed.mp4", 0, 0, ms(FRAMES))
    draft = kit.timeline([segment], size=SIZE)
    before = kit.make(draft, preset=None)
    assert copy_plan(before.plan).copies
    own = kit.make(draft, films=kept(before), preset=None, crf=before.plan.crf)
    assert not copy_plan(own.plan, films=kept(before)).copies
    assert own.path.stat().st_size != before.path.stat().st_size


def test_one_photo_again_and_again_costs_no_more_than_it_is_often(first: SimpleNamespace) -> None:
    """However many stretches look alike, each is compared with a few."""
    (span,) = [span for span in first.plan.spans if span.titles]
    clip = replace(span.below, step=Fraction(0), end=None)

    def shown(number: int) -> tuple[Any, Any]:
        spans = tuple(
            Span(n * 20, n * 20 + 20, replace(clip, first=n * 20, last=n * 20 + 20)) for n in range(number)
        )
        plan = replace(first.plan, spans=spans, frames=number * 20)
        return plan, index_of(plan)

    def compared(made: tuple[Any, Any]) -> int:
        plan, index = made
        return len(list(shared(plan, index, [KeptFilm(first.path, index)])))

    assert_linear(compared, shown, most=4000)


def test_where_sound_is_drawn_no_picture_is_kept(first: SimpleNamespace) -> None:
    """What stands in the film is not what its spans say."""
    assert index_of(first.plan).rows
    assert not index_of(replace(first.plan, waveform=True)).rows
    assert not index_of(replace(first.plan, format="mp3")).rows


def test_a_film_of_films_is_kept_in_turn(kit: SimpleNamespace, first: SimpleNamespace) -> None:
    """Each change is made to what the last one left, and uses up no number of parameter sets."""
    films, shown = kept(first), first
    for at in (100, 140, 200):
        shown = film(kit, (0, FRAMES), texts=((60, 75, "Night"), (at, at + 9, "x")), films=films)
        plan = copy_plan(shown.plan, films=films)
        assert plan.frames > FRAMES / 4
        assert len(plan.sets.sequences) <= 2
        films = kept(shown)
    assert kit.numbers(shown.path) == list(range(FRAMES))


def test_a_clip_that_is_another_file_now_is_encoded(kit: SimpleNamespace, first: SimpleNamespace) -> None:
    """Its name and length say nothing: whose bytes were written at another time is not the same."""
    films = kept(first)
    os.utime(kit.source("kept scene.mp4"))
    assert not copy_plan(first.plan, films=films).copies


def test_a_film_that_is_gone_or_damaged_is_no_hindrance(kit: SimpleNamespace, first: SimpleNamespace) -> None:
    """Then the frames are encoded."""
    index = kept(first)[0].index
    for path in (kit.folder / "gone.mp4", kit.folder / "half.mp4"):
        (kit.folder / "half.mp4").write_bytes(first.path.read_bytes()[:20_000])
        again = film(kit, (0, 120), films=[KeptFilm(path, index)])
        assert kit.numbers(again.path) == list(range(120))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"rows": 1}', '{"rows": [[1]], "whole": "", "encoding": ""}']
)
def test_what_is_no_index_is_none(text: str) -> None:
    """Whatever stands in its place in the database."""
    assert FilmIndex.read(text) is None


@pytest.mark.parametrize(
    ("taken", "left"),
    [([], [(0, 9)]), ([(0, 9)], []), ([(2, 4), (3, 5)], [(0, 2), (5, 9)]), ([(-4, 2), (8, 20)], [(2, 8)])],
)
def test_gaps(taken: list[tuple[int, int]], left: list[tuple[int, int]]) -> None:
    """What no stretch takes is left, in order."""
    assert list(gaps(0, 9, taken)) == left
