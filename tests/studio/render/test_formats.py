"""Every format of exports holds what the plan says: the same frames, the same sound, the same length."""

from __future__ import annotations

import pkgutil
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from PIL import Image

from nemo_widgets.export_formats import ANIMATIONS, FORMATS, SOUNDS, VIDEOS
from nemo_widgets.studio.render import RenderCancelled, RenderError, job, make_plan, render
from nemo_widgets.studio.render import formats as formats_package
from nemo_widgets.studio.render.output import Output

if TYPE_CHECKING:
    from pathlib import Path
    from types import SimpleNamespace

CHIRPS = (0.2, 1.7)
FRAMES = 60
CODECS = {
    "mp4": ("h264", "aac"),
    "mov": ("h264", "aac"),
    "mkv": ("h264", "aac"),
    "webm": ("vp9", "opus"),
    "m4a": ("aac",),
    "mp3": ("mp3float",),
    "wav": ("pcm_s16le",),
    "flac": ("flac",),
}


@pytest.fixture(scope="module")
def draft(kit: SimpleNamespace) -> Any:
    kit.made("formats.mp4", frames=FRAMES, chirps=CHIRPS)
    return kit.timeline([kit.clip("formats.mp4", 0, 0, 2000)])


def codecs(path: Path) -> tuple[str, ...]:
    with av.open(str(path)) as file:
        return tuple(stream.codec_context.name for stream in file.streams)


def test_each_format_is_a_file_of_its_own_and_stands_in_the_list() -> None:
    """A format is added by one file and its name."""
    shared = {"form", "h264_aac"}
    assert {module.name for module in pkgutil.iter_modules(formats_package.__path__)} == {*FORMATS} | shared


@pytest.mark.parametrize("form", VIDEOS)
def test_a_video_shows_every_frame_and_is_heard_in_time(kit: SimpleNamespace, draft: Any, form: str) -> None:
    """Whatever its container and its encoders."""
    film = kit.make(draft, format=form, preset=None)
    assert codecs(film.path) == CODECS[form]
    assert kit.numbers(film.path) == list(range(FRAMES))
    assert np.allclose(kit.found_chirps(kit.heard(film.path)), CHIRPS, atol=0.002)
    with av.open(str(film.path)) as file:
        assert abs(file.duration / av.time_base - FRAMES / 30) < 0.03


@pytest.mark.parametrize("form", ["mov", "mkv", "webm"])
def test_a_film_is_written_once_and_copied_where_its_container_can_hold_that(
    kit: SimpleNamespace, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copies stand the check, so that nothing is encoded a second time."""
    kit.made("long formats.mp4", frames=150, gop=30, size=(320, 180), named=True)
    draft = kit.timeline([kit.clip("long formats.mp4", 0, 500, 4500)], size=(320, 180))
    written: list[int] = []
    real = job._written

    def counted(plan: Any, copies: Any, *rest: Any, **told: Any) -> None:
        written.append(copies.frames)
        real(plan, copies, *rest, **told)

    monkeypatch.setattr(job, "_written", counted)
    film = kit.make(draft, format=form, preset=None)
    assert [frames >= 90 for frames in written] == [form == "mov"]
    assert kit.numbers(film.path) == list(range(15, 135))


def test_a_webm_can_be_of_any_quality(kit: SimpleNamespace, draft: Any) -> None:
    """A lower one is smaller, and the best loses nothing worth mentioning."""
    sizes = [kit.make(draft, format="webm", preset=None, crf=crf).result.size for crf in (0, 20, 45)]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("form", SOUNDS)
def test_sound_alone_is_heard_in_time(kit: SimpleNamespace, draft: Any, form: str) -> None:
    """Without a picture, as long as the film."""
    film = kit.make(draft, format=form, preset=None)
    assert codecs(film.path) == CODECS[form]
    assert np.allclose(kit.found_chirps(kit.heard(film.path)), CHIRPS, atol=0.03 if form == "mp3" else 0.002)


def test_flac_and_wav_hold_the_same_samples(kit: SimpleNamespace, draft: Any) -> None:
    """Neither loses anything."""
    flac, wav = (kit.heard(kit.make(draft, format=form, preset=None).path) for form in ("flac", "wav"))
    assert np.array_equal(flac, wav)


@pytest.mark.parametrize("form", ANIMATIONS)
def test_an_animation_shows_the_frames_of_its_moments(kit: SimpleNamespace, draft: Any, form: str) -> None:
    """At the rate that its quality has, without sound, again and again."""
    film = kit.make(draft, format=form, preset=None)
    assert (film.plan.fps, film.result.frames) == (20, 40)
    with Image.open(film.path) as opened:
        assert opened.info["loop"] == 0
        lengths, shown = [], []
        for n in range(opened.n_frames):
            opened.seek(n)
            shown.append(kit.number(np.asarray(opened.convert("L"))))
            lengths.append(opened.info["duration"])
    assert shown == [n * 3 // 2 for n in range(40)]
    assert sum(lengths) == 2000


@pytest.mark.parametrize("form", ANIMATIONS)
def test_an_animations_colours_are_the_films(kit: SimpleNamespace, form: str) -> None:
    """Drawn cards of pure colours, seen as they are."""
    colours = [(214, 40, 57), (30, 158, 90), (38, 70, 200)]
    for n, colour in enumerate(colours):
        Image.new("RGB", (160, 90), colour).save(kit.folder / f"card{n}.png")
    cards = [kit.clip(f"card{n}.png", 1000 * n, 0, 1000) for n in range(3)]
    film = kit.make(kit.timeline(cards), format=form, preset=None)
    with Image.open(film.path) as opened:
        seen = []
        for n in range(opened.n_frames):  # equal pictures may be one that is shown longer
            opened.seek(n)
            seen.append(np.asarray(opened.convert("RGB")).reshape(-1, 3).mean(axis=0))
    for picture, colour in zip((seen[0], seen[len(seen) // 2], seen[-1]), colours, strict=True):
        assert np.abs(picture - colour).max() < 8


def test_an_animation_is_small_unless_more_is_asked_for(kit: SimpleNamespace) -> None:
    """480, 360 or 240 lines and 20, 12.5 or 10 frames a second at the most: by the quality."""
    kit.made("large.mp4", frames=30, size=(1280, 720))
    draft = kit.timeline([kit.clip("large.mp4", 0, 0, 1000)], size=(1280, 720))

    def form(**output: Any) -> tuple[int, int, Fraction]:
        plan = make_plan(draft, kit.source, Output(format="gif", **output))
        return plan.width, plan.height, plan.fps

    assert form() == (854, 480, 20)
    assert form(quality="medium") == (640, 360, Fraction(25, 2))
    assert form(quality="low") == (426, 240, 10)
    assert form(resolution="720p", fps=30) == (1280, 720, 30)


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ({"format": "gif", "crf": 20}, "GIF is an animation, which has no crf"),
        ({"format": "webm", "codec": "h264"}, "The codec of webm is vp9, not “h264”"),
        ({"format": "flac", "fps": 30}, "FLAC is sound alone, which has no fps"),
        ({"format": "avi"}, "“avi” can't be made: the nearest is mp4"),
        ({"format": "alac"}, "“alac” can't be made: the nearest is flac"),
    ],
)
def test_what_a_format_has_not_is_refused_in_a_sentence(output: dict[str, Any], said: str) -> None:
    """It says which format, and what to do."""
    with pytest.raises(RenderError, match=said):
        Output(**output)


@pytest.mark.parametrize("form", ANIMATIONS)
@pytest.mark.parametrize("at", [0, 25, 50], ids=["at once", "while it looks", "while it writes"])
def test_a_stopped_animation_leaves_nothing(
    kit: SimpleNamespace, draft: Any, form: str, at: int, tmp_path: Path
) -> None:
    """Neither a file nor a part of one."""
    plan, asked = make_plan(draft, kit.source, Output(format=form)), iter(range(1000))
    with pytest.raises(RenderCancelled):
        render(
            plan, tmp_path / "a.gif", cancelled=lambda: next(asked) >= min(at, 30 if form == "webp" else 60)
        )
    assert not list(tmp_path.iterdir())


def test_the_progress_of_a_gif_goes_up_to_its_end(kit: SimpleNamespace, draft: Any, tmp_path: Path) -> None:
    """Over both of its passes, each half of it."""
    told: list[tuple[str, int]] = []
    plan = make_plan(draft, kit.source, Output(format="gif"))
    render(plan, tmp_path / "a.gif", progress=lambda now: told.append((now.stage, now.frames)))
    frames = [n for _, n in told]
    assert frames == sorted(frames)
    assert len({*frames}) >= 40
    assert told[-1] == ("done", 40)
