"""Beats that are known by construction, found again in the sound."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import pytest

from nemo_widgets.studio.analysis import AnalysisCancelled, NoBeat, NoSound, Unreadable, find_beats
from nemo_widgets.studio.music import BEDS, beats
from nemo_widgets.studio.music.playing import play
from nemo_widgets.studio.samples import SAMPLES

RATE = 16_000
SECONDS = 24


def clicks(bpm: float, seconds: float = SECONDS, first: float = 0.35, noise: float = 0.0):
    """Clicks over noise, and when they are, in ms."""
    sound = np.random.default_rng(1).normal(0, noise + 1e-5, round(seconds * RATE))
    times = np.arange(first, seconds - 0.1, 60 / bpm)
    return sound + drops(times, seconds), times * 1000


def drops(times, seconds: float = SECONDS):
    """A click at each of the times, in seconds."""
    sound = np.zeros(round(seconds * RATE))
    click = 0.4 * np.sin(2 * np.pi * 1500 * np.arange(400) / RATE) * np.exp(-np.arange(400) / 80)
    for at in times:
        sound[round(at * RATE) :][:400] += click
    return sound


@cache
def mood(name: str, seconds: int = 40):
    """A bed at 16 kHz."""
    sound = np.concatenate(list(play(name, seconds * 48_000))).mean(axis=1)
    return sound.reshape(-1, 3).mean(axis=1)


def f_measure(found, known, near_ms: float = 70) -> float:
    """Each known beat is met by at most one found, within `near_ms`."""
    left, hits = list(found), 0
    for at in known:
        best = min(left, key=lambda beat: abs(beat - at), default=None)
        if best is not None and abs(best - at) <= near_ms:
            left.remove(best)
            hits += 1
    return 2 * hits / (len(found) + len(known))


@pytest.mark.parametrize("bpm", [70, 84, 97.3, 113, 128, 144, 160])
def test_clicks_are_met(write, bpm):
    """Every click is found within 70 ms, and the tempo within half a percent."""
    sound, times = clicks(bpm)
    found = find_beats(write(sound))
    assert found["bpm"] == pytest.approx(bpm, rel=0.005)
    assert f_measure(found["beats"], times) >= 0.98
    assert json.loads(json.dumps(found)) == found


def test_clicks_in_noise(write):
    """A rushing river of noise, 20 dB below the clicks' peak, hides none."""
    sound, times = clicks(104, noise=0.04)
    assert f_measure(find_beats(write(sound))["beats"], times) >= 0.95


@pytest.mark.parametrize("name", sorted(BEDS))
def test_moods_are_met(write, name):
    """The beats of generated music are the ones it was made with, through AAC as well."""
    found = find_beats(write(mood(name), "song.m4a", codec="aac"))
    assert found["bpm"] == pytest.approx(BEDS[name].bpm, rel=0.01)
    assert f_measure(found["beats"], beats(name, 40_000)) >= 0.9


@pytest.mark.parametrize("bpm", [70, 118, 160])
@pytest.mark.parametrize("name", sorted(BEDS))
def test_moods_at_other_tempos(write, name, bpm):
    """Played slower or faster, as a tape is, they are met where they are then."""
    sound, speed = mood(name)[: 36 * RATE], bpm / BEDS[name].bpm
    turned = np.interp(np.arange(0, len(sound) - 1, speed), np.arange(len(sound)), sound)
    known = np.array([beat for beat in beats(name, 40_000) if beat < 36_000]) / speed
    found = find_beats(write(turned))
    assert f_measure(found["beats"], known) >= 0.9, found["bpm"]


def test_a_player_who_hurries_is_followed(write):
    """From 100 to 112 beats a minute within half a minute, beat by beat."""
    gaps = 60 / np.linspace(100, 112, 52)
    times = 0.4 + np.concatenate([[0], np.cumsum(gaps)])
    assert f_measure(find_beats(write(drops(times, times[-1] + 1)))["beats"], times * 1000) >= 0.9


def test_before_and_after_the_music_there_is_no_beat(write):
    """Silence around a song stays without beats."""
    sound, times = clicks(120, 20)
    silence = 1e-5 * np.random.default_rng(3).normal(size=6 * RATE)
    found = find_beats(write(np.concatenate([silence, sound, silence])))["beats"]
    assert f_measure(found, times + 6000) >= 0.95
    assert found[0] >= 6000
    assert found[-1] <= 26_500


@pytest.mark.parametrize("kind", ["silence", "faint", "noise", "tone", "talk", "rain", "short"])
def test_what_has_no_beat_is_said(write, talk, kind):
    """Silence, noise, a tone, talk, drops of rain and a blip are refused by name, in a sentence."""
    rng = np.random.default_rng(4)
    sound = {
        "silence": lambda: np.zeros(SECONDS * RATE),
        "faint": lambda: clicks(120)[0] * 1e-3,
        "noise": lambda: rng.normal(0, 0.1, SECONDS * RATE),
        "tone": lambda: 0.2 * np.sin(2 * np.pi * 440 * np.arange(SECONDS * RATE) / RATE),
        "talk": lambda: talk.samples,
        "rain": lambda: drops(rng.uniform(0, SECONDS - 1, 60)),
        "short": lambda: clicks(120, 1.5)[0],
    }[kind]()
    with pytest.raises(NoBeat, match=r"clip\.wav .*no beat"):
        find_beats(write(sound))


def test_a_voice_has_no_beat():
    """A minute in which somebody really speaks is refused, however rhythmical."""
    with pytest.raises(NoBeat, match="no beat"):
        find_beats(SAMPLES["speech"])


def test_what_cannot_be_heard_is_said(write, tmp_path):
    """No sound, no clip, and a stop each have their own error; the clip is called by its name."""
    with pytest.raises(NoSound, match=r"film\.mp4 has no sound"):
        find_beats(write(None, "clip.mp4", picture=1), name="film.mp4")
    (broken := tmp_path / "broken.wav").write_bytes(b"nothing")
    with pytest.raises(Unreadable, match=r"broken\.wav"):
        find_beats(broken)
    with pytest.raises(AnalysisCancelled):
        find_beats(write(clicks(120)[0]), cancelled=lambda: True)


def test_progress_rises_to_the_end(write):
    """The share told never falls, and ends at 1."""
    told = []
    find_beats(write(clicks(120)[0]), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1
    assert len(told) > SECONDS / 2
