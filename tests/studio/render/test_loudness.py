"""An export of a given loudness: measured on the file, as a player decodes it."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nemo_widgets.studio.analysis.loudness import find_loudness
from nemo_widgets.studio.media.loudness import LoudnessMeter
from nemo_widgets.studio.render import Output, Progress, RenderCancelled, make_plan, mixdown, render, scratch
from nemo_widgets.studio.render.dynamics import BLOCK, limited
from nemo_widgets.studio.render.loudness import level_for
from nemo_widgets.studio.render.mixdown import Mixdown
from nemo_widgets.studio.render.sound import Sound

if TYPE_CHECKING:
    from types import SimpleNamespace

    from nemo_widgets.studio.render import Plan

RATE = 48_000
SECONDS = 5


def heard(kind: str) -> np.ndarray:
    rng, t = np.random.default_rng(3), np.arange(SECONDS * RATE) / RATE
    if kind == "talk":  # syllables, pauses between them
        return 0.2 * np.sin(2 * np.pi * 200 * t) * np.clip(np.sin(2 * np.pi * 3 * t), 0, 1) ** 2
    if kind == "knocks":  # soft, with peaks 30 dB above: the limiter has to work
        knocks = rng.normal(0, 0.5, t.size) * np.exp(-(t % 0.5) / 0.01)
        return knocks + rng.normal(0, 0.01, t.size)
    return np.zeros(t.size)


def film(kit: SimpleNamespace, kind: str, loudness: object) -> SimpleNamespace:
    name = kit.made(f"{kind}.mp4", frames=SECONDS * 5, fps=5, sound=heard(kind), size=(64, 36))
    draft = kit.timeline([kit.clip(name, 0, 0, SECONDS * 1000)], fps=5)
    if loudness is not None:
        draft.meta["loudness"] = loudness
    return kit.make(draft, quality="low")


@pytest.mark.parametrize("target", [-14.0, -23.0])
@pytest.mark.parametrize("kind", ["talk", "knocks"])
def test_the_file_is_as_loud_as_asked(kit: SimpleNamespace, kind: str, target: float) -> None:
    """Within half a LU of the target, and no true peak over -1 dBTP, at the lowest bitrate."""
    found = find_loudness(film(kit, kind, target).path)
    assert found["integrated"] == pytest.approx(target, abs=0.5)
    assert found["true_peak"] <= -1.0


def test_without_it_nothing_is_changed(kit: SimpleNamespace) -> None:
    """A draft that says nothing of loudness, or nothing sensible, is as loud as its clips."""
    plain, odd = (find_loudness(film(kit, "talk", value).path) for value in (None, "loud"))
    assert plain == odd
    meter = LoudnessMeter()
    meter.push(np.repeat(heard("talk")[:, None], 2, axis=1))
    assert plain["integrated"] == pytest.approx(meter.finish().integrated, abs=0.2)


def test_silence_stays_silence(kit: SimpleNamespace) -> None:
    """A film in which nothing is heard is not made to be."""
    done = film(kit, "nothing", -14)
    assert level_for(done.plan, Mixdown(done.plan)).gain == 1.0
    assert np.abs(kit.heard(done.path)).max() == 0


def test_listening_is_told_and_can_be_stopped(kit: SimpleNamespace) -> None:
    """The sound heard is told in ms of all passes, before any frame; a stop during it leaves no file."""
    plan = film(kit, "talk", -20).plan
    told: list[Progress] = []
    target = kit.folder / "stopped.mp4"
    with pytest.raises(RenderCancelled):
        render(plan, target, progress=told.append, cancelled=lambda: len(told) > 3)
    assert not list(kit.folder.glob("stopped*"))
    assert {(now.stage, now.frames, now.percent) for now in told} == {("listening", 0, 0)}
    assert 0 < told[0].heard_ms < told[-1].heard_ms < told[-1].sound_ms == 2 * plan.duration_ms
    told.clear()
    render(plan, target, progress=told.append)
    heard = [(now.heard_ms, now.sound_ms) for now in told]
    assert heard == sorted(heard)
    assert heard[-1][0] == heard[-1][1] > plan.duration_ms
    assert list(dict.fromkeys(now.stage for now in told)) == ["listening", "encoding", "writing", "done"]
    unchanged = replace(plan, loudness=None)
    assert level_for(unchanged, Mixdown(unchanged)) is None


class Full:
    """A file on a disk on which there is room for so many bytes."""

    def __init__(self, room: int) -> None:
        self._room = room

    def write(self, data: bytes) -> None:
        self._room -= len(data)
        if self._room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def flush(self) -> None: ...

    def close(self) -> None:
        self.write(b"")


@pytest.mark.parametrize("form", ["mp4", "m4a", "mp3", "wav"])
def test_a_mix_is_made_once_and_where_there_is_no_room_for_it_again(
    kit: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """Kept on the disk, too long for it, or on a disk that fills up: the same file, and nothing beside it."""
    name = kit.made("knocks.mp4", frames=SECONDS * 5, fps=5, sound=heard("knocks"), size=(64, 36))
    draft = kit.timeline([kit.clip(name, 0, 0, 1000)], fps=5)
    draft.meta["loudness"] = -14
    plan = make_plan(draft, kit.source, Output(format=form, quality="low"))
    mixes: list[Sound] = []

    def counted(plan: Plan) -> Sound:
        mixes.append(Sound(plan))
        return mixes[-1]

    monkeypatch.setattr(mixdown, "Sound", counted)
    there = set(kit.folder.iterdir())

    def exported(name: str) -> tuple[bytes, int]:
        mixes.clear()
        target = kit.folder / f"mixed-{name}.{form}"
        render(plan, target)
        made = target.read_bytes()
        target.unlink()
        assert set(kit.folder.iterdir()) == there
        return made, len(mixes)

    kept, once = exported("kept")
    with monkeypatch.context() as patch:
        patch.setattr(scratch, "_LARGEST", 0)
        long, often = exported("long")
    assert (long == kept, once, often >= 3) == (True, 1, True)
    monkeypatch.setattr(scratch.tempfile, "TemporaryFile", lambda **_: Full(10_000))
    assert exported("full") == (kept, often)


def test_true_peaks_are_held_down() -> None:
    """A sine whose crests lie between the samples, and noise from the first sample on, stay under -2 dBTP."""
    t = np.arange(20 * BLOCK)
    rng = np.random.default_rng(4)
    ends = np.clip(np.minimum(t, t[::-1]) / 480, 0, 1)
    for sound in (0.9 * ends * np.sin(np.pi / 2 * t + np.pi / 4), rng.normal(0, 0.8, t.size)):
        both = np.repeat(sound.astype(np.float32)[:, None], 2, axis=1)
        meter = LoudnessMeter()
        for block in limited(np.split(both, 20), -2.0):
            meter.push(block)
        assert -2.6 < meter.finish().true_peak <= -1.9


def test_the_true_peak_limiter_touches_nothing_below_the_ceiling() -> None:
    """What is not too loud between the samples either passes to the bit."""
    t = np.arange(3 * BLOCK)[:, None]
    calm = (0.7 * np.sin(2 * np.pi * t / 60) * np.ones((1, 2))).astype(np.float32)
    assert np.array_equal(np.concatenate(list(limited(np.split(calm, 3), -2.0))), calm)
