"""The timeline's rate and the clips': motion stays, cuts are exact, slow motion keeps sound and picture."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest
from clips import clip, found_chirps, heard, number, timeline, watched

from nemo_widgets.studio.agent import MediaItem
from nemo_widgets.studio.placement import place
from nemo_widgets.studio.render import tempo
from nemo_widgets.studio.render.tempo import retimed

RATE = 48_000


def _media(src: str, fps: Fraction | None, kind: str = "video") -> SimpleNamespace:
    return SimpleNamespace(src=src, title=src, kind=kind, duration_ms=2000, width=160, height=90, fps=fps,
                           tracks=())  # fmt: skip


@pytest.mark.parametrize(
    ("rates", "timeline_fps"),
    [
        ([Fraction(1)], 30),
        ([Fraction(1, 4)], 30),
        ([Fraction(10)], 30),
        ([Fraction(12)], 12),
        ([Fraction(1), Fraction(30)], 30),
        ([Fraction(1), Fraction(60)], 60),
        ([None, Fraction(25)], 25),
        ([Fraction(15), Fraction(30)], 30),
        ([Fraction(24), Fraction(60)], 24),
        ([Fraction(30), Fraction(60)], 30),
        ([Fraction(25), Fraction(1)], 25),
    ],
)
def test_slides_do_not_slow_the_timeline(rates: list[Fraction | None], timeline_fps: int) -> None:
    """What has less than twelve pictures a second never sets the rate; the first clip that moves does."""
    draft, known = None, {}
    for i, rate in enumerate(rates):
        media = _media(f"clip{i}", rate)
        known[media.src] = MediaItem(media.src, media.src, "video", 2000, has_audio=False, fps=rate)
        draft = place(draft, media, known)
    assert draft is not None
    assert draft["m"]["fps"] == timeline_fps


def test_a_slow_clip_is_cut_to_the_sample(kit: SimpleNamespace) -> None:
    """Cuts of the sound are where they are asked for, not where the clip has its next picture."""
    name = kit.made("slides.mp4", frames=6, fps=1, chirps=(0.73, 2.61, 4.33), gop=1, bframes=0)
    draft = timeline([clip(name, 0, 400, 1500), clip(name, 1100, 2300, 5000)])
    film = kit.make(draft).path
    assert found_chirps(heard(film)) == pytest.approx([0.33, 1.41, 3.13], abs=0.001)
    shown = [number(luma) for luma in watched(film)]
    wanted = [int(0.4 + n / 30 + 1 / 60) for n in range(33)] + [int(2.3 + n / 30 + 1 / 60) for n in range(81)]
    assert shown == wanted


@pytest.mark.parametrize(
    ("rate", "fps"), [("24000/1001", 30), ("30000/1001", 25), ("24000/1001", 60), ("50", 30), ("25", 30)]
)
def test_of_another_rate_the_nearest_picture_is_shown(kit: SimpleNamespace, rate: str, fps: int) -> None:
    """Each picture appears within half a frame of its time, at the beginning as after four seconds."""
    clip_fps, name = Fraction(rate), f"at{rate.replace('/', '-')}.mkv"
    kit.made(name, frames=int(4 * clip_fps), fps=clip_fps, audio=None)
    shown = [number(luma) for luma in watched(kit.make(timeline([clip(name, 0, 0, 3800)], fps=fps)).path)]
    first = {k: Fraction(n, fps) for n, k in reversed(list(enumerate(shown)))}
    off = [abs(float(k / clip_fps - at)) for k, at in first.items()]
    assert max(off) <= 0.5 / fps + 0.001
    assert len(first) >= min(fps, clip_fps) * Fraction(38, 10) - 1


def test_what_was_cut_away_is_not_seen(kit: SimpleNamespace) -> None:
    """The nearest picture is never one behind the cut, however near."""
    name = kit.made("at25.mkv", frames=100, fps=25, audio=None)
    draft = timeline([clip(name, 0, 0, 1000), clip(name, 1000, 2000, 3000)], fps=30)
    shown = [number(luma) for luma in watched(kit.make(draft).path)]
    assert max(shown[:30]) == 24
    assert min(shown[30:]) >= 49


def _beeps(at: list[float], length: float, whole: float) -> np.ndarray:
    sound = np.zeros(round(whole * RATE), np.float32)
    for begin in at:
        t = np.arange(round(length * RATE)) / RATE
        sound[round(begin * RATE) :][: t.size] = 0.5 * np.sin(2 * np.pi * 1000 * t)
    return sound


def _bounds(sound: np.ndarray) -> list[tuple[float, float]]:
    """When each beep begins and ends, in seconds."""
    loud = np.flatnonzero(np.abs(sound) > 0.05)
    breaks = np.flatnonzero(np.diff(loud) > RATE // 20)
    starts, ends = [loud[0], *loud[breaks + 1]], [*loud[breaks], loud[-1]]
    return [(a / RATE, b / RATE) for a, b in zip(starts, ends, strict=True)]


@pytest.mark.parametrize("speed", [0.25, 0.5, 0.8, 1.5, 2.0, 4.0])
def test_each_beep_begins_and_ends_when_it_should(speed: float) -> None:
    """Slower or faster, at the same pitch, a sound's beginning and end are within 10 ms of the picture's."""
    at = [0.35, 1.013, 2.2, 3.5]
    sound = np.repeat(_beeps(at, 0.15, 4.0)[:, None], 2, axis=1)
    blocks = (sound[i : i + 4000] for i in range(0, len(sound), 4000))
    played = np.concatenate(list(retimed(blocks, speed)))
    assert len(played) / RATE == pytest.approx(4.0 / speed, abs=0.04)
    found = _bounds(played[:, 0])
    assert [a for a, _ in found] == pytest.approx([a / speed for a in at], abs=0.010)
    assert [b for _, b in found] == pytest.approx([(a + 0.15) / speed for a in at], abs=0.010)
    first = played[round(found[1][0] * RATE) :][: round(0.1 / speed * RATE), 0]
    spectrum = np.abs(np.fft.rfft(first * np.hanning(first.size)))
    assert spectrum.argmax() * RATE / first.size == pytest.approx(1000, abs=40)


def test_slow_motion_keeps_sound_and_picture(kit: SimpleNamespace) -> None:
    """In an export at a quarter of the speed a beep is heard within 10 ms of the picture it belongs to."""
    sound = _beeps([0.5, 1.2], 0.1, 2.0)
    name = kit.made("beeps.mp4", frames=60, sound=sound)
    slow = {"d": 8000, "m": {**clip(name, 0, 0, 2000)["m"], "speed": 0.25}}
    film = kit.make(timeline([slow])).path
    assert [a for a, _ in _bounds(heard(film)[:, 0])] == pytest.approx([2.0, 4.8], abs=0.010)
    shown = [number(luma) for luma in watched(film)]
    assert (shown.index(15), shown.index(36)) == (60, 144)


def test_slow_motion_takes_constant_memory() -> None:
    """Of a long sound no more is held than what is played now."""
    source = tempo._Source((np.zeros((4800, 2), np.float32) for _ in range(3000)), slow=True)
    for second in range(1, 200):
        source.read_to(second * RATE)
        source.forget(second * RATE - RATE)
    assert len(source._data) < 4 * RATE
    assert len(source._levels) < 4000
