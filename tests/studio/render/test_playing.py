"""Clips held, run backwards, faster or slower: frames by their numbers, sound by its samples."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from nemo_widgets.studio.media.backwards import Backwards
from nemo_widgets.studio.media.video import VideoReader
from nemo_widgets.studio.render import RenderError

if TYPE_CHECKING:
    from types import SimpleNamespace

RATE = 48_000
CHIRPS = (0.2, 0.8, 1.5, 2.3, 3.1, 3.7)


def turned_chirps(kit: SimpleNamespace, sound: np.ndarray) -> list[float]:
    """Where chirps that are heard backwards end, in seconds from the end, rising."""
    return kit.found_chirps(np.ascontiguousarray(sound[::-1]))


@pytest.mark.parametrize(("begin", "end"), [(0, 4000), (1000, 2000), (1033, 1100)])
def test_backwards_the_last_frame_comes_first(kit: SimpleNamespace, begin: int, end: int) -> None:
    """Every frame of the part is shown once, from the last that is kept to the first."""
    name = kit.made("plain.mp4", frames=120, chirps=CHIRPS)
    first, last = round(begin * 0.03), round(end * 0.03)
    done = kit.make(kit.timeline([kit.clip(name, 0, begin, end, reverse=True)]))
    assert kit.numbers(done.path) == list(range(last - 1, first - 1, -1))


@pytest.mark.parametrize(
    ("speed", "wanted"), [(2.0, range(59, 0, -2)), (0.5, [n // 2 for n in range(119, -1, -1)])]
)
def test_backwards_at_another_speed(kit: SimpleNamespace, speed: float, wanted: Any) -> None:
    """Twice as fast shows every second frame, half as fast each frame twice."""
    name = kit.made("plain.mp4", frames=120, chirps=CHIRPS)
    segment = kit.clip(name, 0, 0, 2000, speed=speed, reverse=True)
    segment["d"] = round(2000 / speed)
    assert kit.numbers(kit.make(kit.timeline([segment])).path) == list(wanted)


def test_a_clock_of_milliseconds_runs_backwards_too(kit: SimpleNamespace) -> None:
    """Matroska rounds the times of its frames: none of them is missed for that."""
    name = kit.made("short-gops.mkv", frames=120, gop=5, chirps=(0.2, 0.8))
    segment = kit.clip(name, 0, 0, 2000, speed=2.0, reverse=True)
    segment["d"] = 1000
    assert kit.numbers(kit.make(kit.timeline([segment])).path) == list(range(59, 0, -2))


def test_backwards_at_another_rate_mirrors_the_moments(kit: SimpleNamespace) -> None:
    """25 frames a second in a timeline of 30: the frames of the moments, from the end."""
    name = kit.made("pal.mp4", frames=50, fps=25)
    seen = kit.numbers(kit.make(kit.timeline([kit.clip(name, 0, 0, 2000, reverse=True)])).path)
    assert seen == sorted(seen, reverse=True)
    assert set(seen) == set(range(50))
    assert len(seen) == 60


def test_the_sound_runs_backwards_with_the_picture(kit: SimpleNamespace) -> None:
    """A chirp at 0.2 s of a part of 1.5 s is heard turned round, and ends 0.2 s before the part's end."""
    name = kit.made("plain.mp4", frames=120, chirps=CHIRPS)
    done = kit.make(kit.timeline([kit.clip(name, 0, 1000, 3500, reverse=True)]))
    heard = kit.heard(done.path)[: round(2.5 * RATE)]
    assert turned_chirps(kit, heard) == pytest.approx([0.5, 1.3, 2.1], abs=0.002)
    there = kit.heard(kit.source(name))[RATE : round(3.5 * RATE)].mean(axis=1)[::-1]
    assert np.corrcoef(heard.mean(axis=1)[2400:-2400], there[2400:-2400])[0, 1] > 0.98


def test_the_sound_has_no_seam_where_it_is_read_piece_by_piece(kit: SimpleNamespace) -> None:
    """A tone of 12 s backwards is as even as forwards: what is read at once is joined on the sample."""
    tone = np.sin(2 * np.pi * 300 * np.arange(12 * RATE) / RATE) * 0.4
    name = kit.made("tone12.mp4", frames=60, fps=5, size=(64, 36), sound=tone)
    draft = kit.timeline([kit.clip(name, 0, 0, 12_000, reverse=True)], size=(64, 36), fps=5)
    heard = kit.heard(kit.make(draft).path)[:, 0].astype(float)
    forwards = kit.heard(kit.source(name))[:, 0].astype(float)
    bends = [np.abs(np.diff(x[RATE : 11 * RATE], n=2)).max() for x in (heard, forwards)]
    assert bends[0] < 1.3 * bends[1] + 0.002


def test_reverse_and_speed_are_heard_together(kit: SimpleNamespace) -> None:
    """Twice as fast and backwards, a tone keeps its pitch and lasts half as long."""
    tone = np.zeros(4 * RATE)
    tone[: 2 * RATE] = np.sin(2 * np.pi * 500 * np.arange(2 * RATE) / RATE) * 0.5
    name = kit.made("half-tone.mp4", frames=40, fps=10, size=(64, 36), sound=tone)
    segment = kit.clip(name, 0, 0, 4000, speed=2.0, reverse=True)
    segment["d"] = 2000
    heard = kit.heard(kit.make(kit.timeline([segment], size=(64, 36))).path)[:, 0]
    quiet, loud = heard[round(0.2 * RATE) : round(0.8 * RATE)], heard[round(1.2 * RATE) : round(1.8 * RATE)]
    assert np.abs(quiet).max() < 0.05
    spectrum = np.abs(np.fft.rfft(loud))
    assert spectrum.argmax() * RATE / loud.size == pytest.approx(500, abs=6)
    assert np.abs(loud).max() > 0.4


def test_going_backwards_decodes_in_stretches(kit: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the clip, only so many pictures are kept; and none is decoded for each one shown."""
    name = kit.made("one-gop.mp4", frames=120, gop=600, chirps=(0.2, 0.8))
    monkeypatch.setattr("nemo_widgets.studio.media.backwards._MEMORY", 30 * 160 * 90 * 3 // 2)
    with VideoReader(kit.source(name)) as reader:
        decoded, most, pull = [0], 0, reader._pull

        def counted() -> Any:
            decoded[0] += 1
            return pull()

        monkeypatch.setattr(reader, "_pull", counted)
        backwards = Backwards(reader)
        for n in range(119, -1, -1):
            luma = backwards.at(Fraction(n, 30)).to_ndarray()[:90]
            assert kit.number(luma) == n
            most = max(most, len(backwards._frames))
    assert most <= 31
    assert decoded[0] < 4 * 120 * 0.75


def test_forwards_and_backwards_blend_into_each_other(kit: SimpleNamespace) -> None:
    """A clip runs on and then back over a slide of 15 frames; before and behind it, frames are in place."""
    name = kit.made("plain.mp4", frames=120, chirps=CHIRPS)
    slide = {"type": "slide-left", "d": 500}
    segments = [
        kit.clip(name, 0, 0, 2000),
        kit.clip(name, 1500, 0, 2000, reverse=True, transition=slide),
        kit.clip(name, 3500, 2000, 3000),
    ]
    seen = kit.numbers(kit.make(kit.timeline(segments)).path)
    assert seen[:45] == list(range(45))
    assert seen[60:105] == list(range(44, -1, -1))
    assert seen[105:] == list(range(60, 90))


@pytest.mark.parametrize(("at", "shown"), [(0, 0), (1000, 30), (1533, 46), (4000, 119)])
def test_a_frozen_picture_stands_still_in_silence(kit: SimpleNamespace, at: int, shown: int) -> None:
    """The clip's frame of that moment is shown for as long as is wanted, the last one at its end."""
    name = kit.made("plain.mp4", frames=120, chirps=CHIRPS)
    frozen = kit.clip(name, 0, at, at, freeze=True)
    frozen["d"] = 500
    done = kit.make(kit.timeline([frozen, kit.clip(name, 500, 100, 600)]))
    assert kit.numbers(done.path) == [shown] * 15 + list(range(3, 18))
    heard = np.abs(kit.heard(done.path))
    assert heard[: round(0.49 * RATE)].max() < 0.01
    assert heard[round(0.55 * RATE) :].max() > 0.3


@pytest.mark.parametrize("speed", [0.25, 0.5, 1.5, 4.0, 8.0])
def test_speed_keeps_pitch_and_length(kit: SimpleNamespace, speed: float) -> None:
    """From a quarter to eight times: the frames of the moments, and a tone of the same pitch to the end."""
    seconds = 8 if speed > 1 else 1
    tone = np.sin(2 * np.pi * 600 * np.arange(seconds * RATE) / RATE) * 0.5
    name = kit.made(f"tone-{seconds}.mp4", frames=30 * seconds, size=(96, 54), sound=tone)
    segment = kit.clip(name, 0, 0, seconds * 1000, speed=speed)
    segment["d"] = round(seconds * 1000 / speed)
    done = kit.make(kit.timeline([segment], size=(96, 54)))
    frames = round(segment["d"] * 0.03)
    assert kit.numbers(done.path) == [int(n * Fraction(speed)) for n in range(frames)]
    heard = kit.heard(done.path)[round(0.1 * RATE) : round((segment["d"] / 1000 - 0.1) * RATE), 0]
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(heard.size)))
    assert spectrum.argmax() * RATE / heard.size == pytest.approx(600, abs=4)
    levels = np.abs(heard[: heard.size // 2400 * 2400].reshape(-1, 2400)).max(axis=1)
    assert levels.min() > 0.3, "it is heard from the beginning to the end"


def test_a_clips_own_sound_fades(kit: SimpleNamespace) -> None:
    """The segment's fade_in and fade_out are its sound's; its picture is as it was."""
    rng = np.random.default_rng(3)
    name = kit.made("hiss.mp4", frames=60, sound=rng.uniform(-0.5, 0.5, 2 * RATE))
    exports = [
        kit.make(kit.timeline([kit.clip(name, 0, 0, 2000, **fades)])).path
        for fades in ({}, {"fade_in": 500, "fade_out": 1000})
    ]
    before, after = (np.abs(kit.heard(p)[: 2 * RATE, 0]).reshape(40, -1).mean(axis=1) for p in exports)
    wanted = [min(1, (n + 0.5) / 10, (40 - n - 0.5) / 20) for n in range(40)]
    assert after / before == pytest.approx(wanted, abs=0.06)
    assert kit.numbers(exports[1]) == list(range(60))


@pytest.mark.parametrize(
    ("meta", "sentence"),
    [
        ({"rotate": 45}, "turned by 90, 180 or 270"),
        ({"rotate": "left"}, "turned by"),
        ({"speed": 9}, "9 times its speed"),
        ({"speed": 0.2}, "0.2 times its speed"),
        ({"flip": "diagonal"}, "flipped"),
        ({"fit": "stretch"}, "fitted"),
        ({"crop": {"x": 0.5, "y": 0, "w": 0.6, "h": 1}}, "beyond the picture"),
        ({"crop": {"x": 0, "y": 0, "w": 0, "h": 1}}, "nothing of it"),
        ({"crop": [0, 0, 1, 1]}, "x, y, w and h"),
        ({"focus": [[0, 2, 0.5]]}, "focus"),
        ({"zoom": {"from": 1, "to": 0}}, "zoomed"),
        ({"zoom": 1.3}, "from and to"),
        ({"looks": [{"type": "cubism"}]}, "cubism"),
        ({"looks": [{"type": "bw", "amount": -0.5}]}, "from 0 to 1"),
        ({"looks": [{"type": "brightness", "amount": 1.5}]}, "from -1 to 1"),
        ({"freeze": True, "in": 9000, "out": 9000}, "hold it at 0:09"),
    ],
)
def test_what_cannot_be_done_to_a_clip_is_refused(
    kit: SimpleNamespace, meta: dict[str, Any], sentence: str
) -> None:
    """One sentence that says what is wrong and which clip it is."""
    name = kit.made("plain.mp4", frames=120, chirps=CHIRPS)
    with pytest.raises(RenderError) as refused:
        kit.make(kit.timeline([kit.clip(name, 0, 0, 100, **{"name": "harbour", **meta})]))
    assert sentence in str(refused.value)
    assert "“harbour”" in str(refused.value)
    assert str(refused.value).count(".") <= 2


@pytest.mark.parametrize(
    ("root", "sentence"),
    [
        ({"fade_in": -5}, "faded in"),
        ({"fade_out": "long"}, "faded out"),
        ({"fade_color": "pink"}, "pink"),
        ({"fit": "fill"}, "fill"),
    ],
)
def test_what_cannot_be_done_to_the_whole_is_refused(
    kit: SimpleNamespace, root: dict[str, Any], sentence: str
) -> None:
    """A fade or a fit that can't be made is named."""
    draft = kit.timeline([kit.clip(kit.made("plain.mp4", frames=120, chirps=CHIRPS), 0, 0, 100)])
    draft.data["m"].update(root)
    with pytest.raises(RenderError, match=sentence):
        kit.make(draft)
