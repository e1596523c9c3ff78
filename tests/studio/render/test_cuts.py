"""Which frame of which clip is shown when: read back from the frames' own numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import av
import pytest

if TYPE_CHECKING:
    from types import SimpleNamespace


def test_a_cut_joins_exactly_the_right_frames(kit: SimpleNamespace) -> None:
    """The last frame before a removed part is followed by the first one after it; none is lost at the end."""
    name = kit.made("plain.mp4", frames=120, chirps=(0.2, 0.8, 1.5, 2.3, 3.1, 3.7))
    done = kit.make(kit.timeline([kit.clip(name, 0, 0, 1000), kit.clip(name, 1000, 2000, 4000)]))
    assert kit.numbers(done.path) == [*range(30), *range(60, 120)]
    assert done.result.frames == 90
    assert done.result.duration_ms == 3000


def test_the_first_instruction_people_try(kit: SimpleNamespace) -> None:
    """Three minutes without 0:45-1:20: 2400 follows 1349, and sound and picture end together after 145 s."""
    beeps = (0.5, 44.5, 60.0, 80.5, 179.5)
    name = kit.made("long.mp4", frames=5400, gop=250, bframes=0, chirps=beeps, size=(96, 54))
    segments = [kit.clip(name, 0, 0, 45_000), kit.clip(name, 45_000, 80_000, 180_000)]
    done = kit.make(kit.timeline(segments, size=(96, 54)), resolution="source")
    assert kit.numbers(done.path) == [n % 4096 for n in (*range(1350), *range(2400, 5400))]
    assert kit.found_chirps(kit.heard(done.path)) == pytest.approx([0.5, 44.5, 45.5, 144.5], abs=0.002)
    with av.open(str(done.path)) as file:
        ends = [float(s.duration * s.time_base) for s in (file.streams.video[0], file.streams.audio[0])]
    assert ends == pytest.approx([145, 145], abs=1 / 30)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("late.mp4", {"shift": 45}),
        ("short-gops.mkv", {"gop": 5}),
        ("one-gop.mp4", {"gop": 600}),
        ("old.avi", {"audio": "libmp3lame"}),
        ("browser.webm", {"codec": "libvpx-vp9", "audio": "libopus"}),
        ("broadcast.ts", {"shift": 30}),
        ("phone.mov", {"codec": "libx264", "rate": 44_100}),
    ],
)
def test_any_container_is_cut_on_the_frame(kit: SimpleNamespace, name: str, form: dict) -> None:
    """Whatever the container counts its time from and however it seeks, frame k of a clip is frame k."""
    kit.made(name, frames=120, chirps=(0.2, 0.8), **form)
    order = [(90, 100), (10, 20), (13, 43), (44, 45), (118, 120), (0, 3)]
    start, segments, wanted = 0, [], []
    for first, last in order:
        begin, end = round(first * 100 / 3), round(last * 100 / 3)
        segments.append(kit.clip(name, start, begin, end))
        start += end - begin
        wanted += range(first, last)
    assert kit.numbers(kit.make(kit.timeline(segments)).path) == wanted


def test_ntsc_rates_are_exact(kit: SimpleNamespace) -> None:
    """A draft that says 29.97 is rendered at 30000/1001, and no frame is doubled or lost."""
    name = kit.made("ntsc.mp4", frames=150, fps=Fraction(30_000, 1001))
    begin, end = round(60 * 1001 / 30), round(150 * 1001 / 30)
    done = kit.make(kit.timeline([kit.clip(name, 0, begin, end)], fps=29.97))
    assert kit.numbers(done.path) == list(range(60, 150))
    with av.open(str(done.path)) as file:
        assert file.streams.video[0].average_rate == Fraction(30_000, 1001)


@pytest.mark.parametrize("crf", [0, 1, 51])
def test_every_quality_that_may_be_asked_is_written(kit: SimpleNamespace, crf: int) -> None:
    """From crf 0, which loses nothing, to 51 there is a film with every frame."""
    name = kit.made("pal.mp4", frames=50, fps=25)
    done = kit.make(kit.timeline([kit.clip(name, 0, 0, 400)], fps=25), crf=crf)
    assert kit.numbers(done.path) == list(range(10))


def test_another_rate_shows_the_frame_of_the_moment(kit: SimpleNamespace) -> None:
    """25 frames a second in a timeline of 30: each appears within half a frame of its moment."""
    name = kit.made("pal.mp4", frames=50, fps=25)
    done = kit.make(kit.timeline([kit.clip(name, 0, 0, 2000)]))
    shown = kit.numbers(done.path)
    assert sorted(set(shown)) == list(range(50))
    assert all(abs(Fraction(shown.index(k), 30) - Fraction(k, 25)) <= Fraction(1, 60) for k in range(50))


def test_an_uneven_clock_is_followed(kit: SimpleNamespace) -> None:
    """A clip whose frames lie at uneven times is shown by its own clock, at a constant rate."""

    def times(i: int) -> Fraction:  # ten frames a second for a second, then thirty
        return Fraction(i, 10) if i < 10 else 1 + Fraction(i - 10, 30)

    name = kit.made("uneven.mp4", frames=40, audio=None, times=times, bframes=0)
    done = kit.make(kit.timeline([kit.clip(name, 0, 0, 2000)]))
    assert kit.numbers(done.path) == [n // 3 for n in range(30)] + list(range(10, 40))


def test_jitter_neither_doubles_nor_drops(kit: SimpleNamespace) -> None:
    """A phone's clock that trembles by a fifth of a frame leaves every frame in its place."""

    def times(i: int) -> Fraction:
        return Fraction(i, 30) + (Fraction((i * 7) % 5 - 2, 300) if i else 0)

    name = kit.made("jitter.mp4", frames=60, audio=None, times=times, bframes=0)
    assert kit.numbers(kit.make(kit.timeline([kit.clip(name, 0, 0, 2000)])).path) == list(range(60))


def test_nothing_removed_is_seen(kit: SimpleNamespace) -> None:
    """Where rounding leaves room for one frame more than is kept, the last kept one stays on."""
    name = kit.made("plain.mp4", frames=120, chirps=(0.2, 0.8, 1.5, 2.3, 3.1, 3.7))
    start, segments = 0, []
    for i in range(12):  # lengths that don't fit the frames
        begin = i * 300 + 7
        segments.append(kit.clip(name, start, begin, begin + 117))
        start += 117
    seen = kit.numbers(kit.make(kit.timeline(segments)).path)
    kept = {n for i in range(12) for n in range(round((i * 300 + 7) * 0.03), round((i * 300 + 124) * 0.03))}
    assert set(seen) <= kept
    assert len(seen) == round(start * 0.03)


def test_one_frame_is_long_enough(kit: SimpleNamespace) -> None:
    """A segment of a single frame shows it, once."""
    name = kit.made("plain.mp4", frames=120, chirps=(0.2, 0.8, 1.5, 2.3, 3.1, 3.7))
    segments = [kit.clip(name, 0, 0, 100), kit.clip(name, 100, 2000, 2033), kit.clip(name, 133, 1000, 1100)]
    assert kit.numbers(kit.make(kit.timeline(segments)).path) == [0, 1, 2, 60, 30, 31, 32]


def test_a_gap_is_black(kit: SimpleNamespace) -> None:
    """Where the timeline shows nothing there is black, not the frame before."""
    name = kit.made("plain.mp4", frames=120, chirps=(0.2, 0.8, 1.5, 2.3, 3.1, 3.7))
    done = kit.make(kit.timeline([kit.clip(name, 0, 0, 200), kit.clip(name, 400, 1000, 1200)]))
    frames = kit.watched(done.path)
    assert [kit.number(f) for f in frames[:6] + frames[12:]] == [*range(6), *range(30, 36)]
    assert max(f.max() for f in frames[6:12]) <= 24


def test_twice_as_fast_skips_every_second_frame(kit: SimpleNamespace) -> None:
    """At speed 2 a clip of two seconds takes one."""
    name = kit.made("plain.mp4", frames=120, chirps=(0.2, 0.8, 1.5, 2.3, 3.1, 3.7))
    segment = kit.clip(name, 0, 0, 2000, speed=2.0)
    segment["d"] = 1000
    assert kit.numbers(kit.make(kit.timeline([segment])).path) == list(range(0, 60, 2))
