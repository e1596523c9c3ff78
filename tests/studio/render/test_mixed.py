"""What the agent writes about sound is what is heard: mutes, levels, loops, parts of a song."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest

from nemo_widgets.draft import Draft
from nemo_widgets.studio.agent import MediaItem
from nemo_widgets.studio.agent.edits.music import AddMusic
from nemo_widgets.studio.agent.edits.voices import FadeVoice, SetVolume
from nemo_widgets.studio.timeline.time_range import TimeRange

RATE = 48_000


def level(sound: np.ndarray, first: float, last: float) -> float:
    """RMS in dBFS between two moments in seconds."""
    part = sound[round(first * RATE) : round(last * RATE)]
    return float(10 * np.log10((part.astype(float) ** 2).mean() + 1e-12))


def world_of(*names: tuple[str, str, int]) -> SimpleNamespace:
    return SimpleNamespace(media={n: MediaItem(n, n, kind, ms, has_audio=True) for n, kind, ms in names})


def hum(kit: SimpleNamespace) -> str:
    """6 s of an even hum at -17 dBFS."""
    sound = 0.2 * np.sin(np.arange(6 * RATE) * 2 * np.pi * 300 / RATE)
    return kit.made("hum-6s.mp4", frames=30, fps=5, sound=sound, size=(64, 36))


def test_a_range_is_muted_and_another_louder(kit: SimpleNamespace) -> None:
    """Silence from 1 to 2 s, 6 dB more from 3 to 4 s, everything else as loud as it was."""
    name = hum(kit)
    draft = kit.timeline([kit.clip(name, 0, 0, 6000)], fps=5).data
    draft["d"], world = 6000, world_of((name, "video", 6000))
    draft = SetVolume(Fraction(0), span=TimeRange(1000, 2000)).apply(draft, world).draft
    draft = SetVolume(factor=Fraction(2), span=TimeRange(3000, 4000)).apply(draft, world).draft
    sound = kit.heard(kit.make(Draft(draft)).path)
    assert level(sound, 1.05, 1.95) < -80
    assert level(sound, 3.05, 3.95) == pytest.approx(-11, abs=0.4)
    for first, last in ((0.1, 0.95), (2.05, 2.95), (4.05, 5.9)):
        assert level(sound, first, last) == pytest.approx(-17, abs=0.4)


def test_the_clips_sound_fades(kit: SimpleNamespace) -> None:
    """Over two seconds each, in at the start and out at the end."""
    name = hum(kit)
    draft = kit.timeline([kit.clip(name, 0, 0, 6000)], fps=5).data
    draft["d"] = 6000
    draft = FadeVoice(2000, 2000).apply(draft, world_of((name, "video", 6000))).draft
    sound = kit.heard(kit.make(Draft(draft)).path)
    assert level(sound, 0.9, 1.1) == pytest.approx(-23, abs=0.6)
    assert level(sound, 2.5, 3.5) == pytest.approx(-17, abs=0.4)
    assert level(sound, 4.9, 5.1) == pytest.approx(-23, abs=0.6)


@pytest.mark.parametrize(("loop", "heard"), [(True, [0.5, 2.0, 3.5]), (False, [0.5])])
def test_a_part_of_a_song(kit: SimpleNamespace, heard: list[float], *, loop: bool) -> None:
    """From 0.5 to 2 s of a file with a chirp at its 1 s, once or over and over."""
    silent = kit.made("silent-5s.mp4", frames=25, fps=5, audio=None, size=(64, 36))
    song = kit.made("chirped.mp4", frames=20, fps=5, chirps=(1.0, 3.0), size=(64, 36))
    draft = kit.timeline([kit.clip(silent, 0, 0, 5000)], fps=5).data
    draft["d"] = 5000
    world = world_of((silent, "video", 5000), (song, "audio", 4000))
    add = AddMusic(song, "song", Fraction(1), fade_in=0, fade_out=0, loop=loop, song_from=500, song_to=2000)
    found = kit.found_chirps(kit.heard(kit.make(Draft(add.apply(draft, world).draft)).path))
    assert found == pytest.approx(heard, abs=0.005)
