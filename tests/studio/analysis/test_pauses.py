"""Finding pauses: truth by construction, awkward clips, settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from clips import code_clip
from hypothesis import given
from hypothesis import strategies as st

from nemo_widgets.studio.analysis import (
    AnalysisCancelled,
    NoSound,
    SilentThroughout,
    Unreadable,
    find_pauses,
)
from nemo_widgets.studio.analysis.pauses import _cuts

if TYPE_CHECKING:
    from pathlib import Path

RATE = 16_000


def _db(level: float) -> float:
    return 10 ** (level / 20)


def _noise(count: int) -> np.ndarray:
    return np.random.default_rng(4).normal(size=count)


def _hum(count: int) -> np.ndarray:
    time = np.arange(count) / RATE
    parts = ((1, 1.0), (2, 0.5), (3, 0.3), (4, 0.2), (6, 0.1))
    return sum(level * np.sin(2 * np.pi * 50 * n * time + n) for n, level in parts) / 0.84


def test_clean_speech_is_cut_where_nobody_speaks(talk, write, agreement):
    """In clean speech the pauses are found to within a step, and no word loses more than 20 ms."""
    found = find_pauses(write(talk.samples), padding_ms=0)
    precision, recall, overlap, clipped = agreement(found, talk.gaps, talk.duration_ms)
    assert len(found) == len(talk.gaps)
    assert overlap >= 0.95
    assert precision >= 0.99
    assert recall >= 0.95
    assert clipped <= 20


@pytest.mark.parametrize("level", [-45, -40, -35, -30])
def test_noise_does_not_hide_pauses(talk, write, agreement, level):
    """White noise of -45 to -30 dB under speech of -20 dB leaves pauses and words where they are."""
    noisy = talk.samples + _db(level) * _noise(len(talk.samples))
    found = find_pauses(write(noisy), padding_ms=0)
    precision, recall, overlap, clipped = agreement(found, talk.gaps, talk.duration_ms)
    assert overlap >= 0.95
    assert precision >= 0.98
    assert recall >= 0.95
    assert clipped <= 60


@pytest.mark.parametrize("level", [-40, -30, -25])
def test_hum_does_not_hide_pauses(talk, write, agreement, level):
    """Mains hum with its overtones, even as loud as -25 dB, leaves pauses and words where they are."""
    found = find_pauses(write(talk.samples + _db(level) * _hum(len(talk.samples))), padding_ms=0)
    _, _, overlap, clipped = agreement(found, talk.gaps, talk.duration_ms)
    assert overlap >= 0.95
    assert clipped <= 20


@pytest.mark.parametrize("level", [-45, -40, -35])
def test_soft_music_does_not_hide_pauses(talk, write, agreement, music, level):
    """A bed of music 15 dB or more below the voice leaves most of the pauses, and all the words."""
    found = find_pauses(write(talk.samples + _db(level) * music(len(talk.samples))), padding_ms=0)
    precision, recall, _, _ = agreement(found, talk.gaps, talk.duration_ms)
    assert precision >= 0.97
    assert recall >= 0.75


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("a.mp4", ("aac", 48_000)),
        ("a.mkv", ("libopus", 48_000)),
        ("a.mp3", ("libmp3lame", 44_100)),
        ("a.wav", ("pcm_s24le", 96_000)),
    ],
)
def test_codec_and_rate_do_not_matter(talk, write, agreement, name, how):
    """The same speech gives the same cuts from AAC, Opus, MP3 and PCM, at any rate."""
    found = find_pauses(write(talk.samples, name, codec=how[0], rate=how[1]), padding_ms=0)
    _, _, overlap, clipped = agreement(found, talk.gaps, talk.duration_ms)
    assert overlap >= 0.94
    assert clipped <= 30


def test_miswired_stereo_is_not_silence(talk, write, agreement):
    """Two channels that are each other's mirror image cancel in a plain mix, but not here."""
    found = find_pauses(write(np.stack([talk.samples, -talk.samples], axis=1)), padding_ms=0)
    assert agreement(found, talk.gaps, talk.duration_ms)[2] >= 0.95


def test_one_sided_and_surround_sound(talk, write, agreement):
    """Speech in one channel of two, or in the middle one of six, is heard."""
    silent = np.zeros_like(talk.samples)
    left = find_pauses(write(np.stack([talk.samples, silent], axis=1), "left.wav"), padding_ms=0)
    six = np.stack([silent, silent, talk.samples, silent, silent, silent], axis=1)
    middle = find_pauses(write(six, "six.wav", layout="5.1"), padding_ms=0)
    for found in (left, middle):
        assert agreement(found, talk.gaps, talk.duration_ms)[2] >= 0.95


def test_a_soft_speaker_is_not_a_pause(make_talk, write):
    """Somebody who speaks 14 dB more softly than the other, in a quiet room, is not cut."""
    loud, soft = (
        make_talk(((0.2, 3.0),), 0.2).samples,
        make_talk(((0.2, 2.5),), 0.2, seed=9).samples * _db(-14),
    )
    gap = np.zeros(RATE)
    sound = np.concatenate([loud, gap, soft, gap, loud, soft])
    found = find_pauses(write(sound + _db(-65) * _noise(len(sound))), padding_ms=0)
    speech = [(200, 3200), (4600, 7100), (8500, 11500), (11900, 14400)]
    assert len(found) == 2
    assert all(end <= a + 20 or start >= b - 20 for start, end in found for a, b in speech)


def test_a_click_does_not_split_a_pause(talk, write):
    """A mouse click in the middle of a long pause is not taken for a word."""
    start, end = next(gap for gap in talk.gaps if gap[1] - gap[0] >= 2000)
    clicked = talk.samples.copy()
    at = (start + end) // 2 * RATE // 1000
    clicked[at : at + RATE // 100] += 0.2 * _noise(RATE // 100)
    assert len(find_pauses(write(clicked))) == len(find_pauses(write(talk.samples, "quiet.wav")))


def test_padding_is_kept_beside_speech_only(talk, write):
    """Padding shortens a pause at each side that touches speech, not at the clip's ends."""
    path = write(talk.samples)
    bare, padded = find_pauses(path, padding_ms=0), find_pauses(path, padding_ms=150)
    assert padded[0] == (0, bare[0][1] - 150)
    assert padded[-1] == (bare[-1][0] + 150, talk.duration_ms)
    assert padded[1:-1] == [(start + 150, end - 150) for start, end in bare[1:-1]]


def test_short_breaths_stay(talk, write):
    """Gaps shorter than the minimum are left alone, and found when the minimum is smaller."""
    path = write(talk.samples)
    assert len(find_pauses(path, min_pause_ms=200, padding_ms=0)) == len(talk.gaps) + 3
    assert len(find_pauses(path, min_pause_ms=1500)) == 2


def test_a_threshold_of_ones_own(talk, write, agreement):
    """A given threshold in dB is used as it is: above the noise it finds the pauses, below it none."""
    path = write(talk.samples + _db(-45) * _noise(len(talk.samples)))
    above = find_pauses(path, padding_ms=0, threshold_db=-40)
    assert agreement(above, talk.gaps, talk.duration_ms)[2] >= 0.9
    assert find_pauses(path, threshold_db=-60) == []


@pytest.mark.parametrize("kind", ["noise", "tone", "music", "speech"])
def test_sound_all_the_way_through_has_no_pauses(make_talk, write, music, kind):
    """Continuous noise, a tone, music or speech without a gap: nothing to cut."""
    time = np.arange(8 * RATE) / RATE
    sound = {
        "noise": lambda: 0.1 * _noise(len(time)),
        "tone": lambda: 0.2 * np.sin(2 * np.pi * 440 * time),
        "music": lambda: 0.1 * music(len(time)),
        "speech": lambda: make_talk(((0, 8.0),), 0).samples,
    }[kind]()
    assert find_pauses(write(sound)) == []


def test_silence_throughout_is_said(write):
    """Digital silence, and noise that nobody hears, are told apart from a clip without pauses."""
    with pytest.raises(SilentThroughout, match=r"clip\.wav is silent throughout"):
        find_pauses(write(np.zeros(2 * RATE)))
    with pytest.raises(SilentThroughout, match="-60 dB"):
        find_pauses(write(_db(-72) * _noise(2 * RATE)))


def test_no_sound_is_said(write):
    """A clip of pictures only has no sound, and says so by name."""
    with pytest.raises(NoSound, match=r"film\.mp4 has no sound"):
        find_pauses(write(None, "film.mp4", picture=1))


def test_what_is_no_clip_is_said(tmp_path: Path):
    """A missing, an empty and a text file named .mp4 are refused in a sentence."""
    text, empty = tmp_path / "text.mp4", tmp_path / "empty.mp4"
    text.write_text("hello, I am not a film")
    empty.touch()
    for path in (text, empty, tmp_path / "missing.mp4"):
        with pytest.raises(Unreadable, match=f"{path.name} can't be read as a clip"):
            find_pauses(path)


def test_sound_shorter_than_the_picture(make_talk, write):
    """Where the sound begins late or ends early there is silence, in the clip's own time."""
    talk = make_talk(((0, 3.0),), 0)
    found = find_pauses(write(talk.samples, "late.mkv", picture=6, starts=1.5), padding_ms=0)
    assert [(round(a, -2), round(b, -2)) for a, b in found] == [(0, 1500), (4500, 6000)]


def test_pictures_are_not_decoded(talk, write):
    """Only the sound's packets are decoded, whatever else the clip holds."""
    from nemo_widgets.studio.analysis.sound import Sound

    path = write(talk.samples, "film.mp4", codec="aac", picture=20)
    with Sound(path) as sound:
        heard = sum(len(block) for block in sound.blocks())
        assert not sound._container.streams.video[0].codec_context.is_open
    assert abs(heard - len(talk.samples)) <= 2048


def test_progress_and_cancelling(talk, write):
    """Progress rises to 1; a cancelled analysis stops at the next second of sound."""
    path, seen = write(talk.samples), []
    find_pauses(path, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1
    assert len(seen) >= talk.duration_ms // 1000
    asked = iter([False, False, True])
    with pytest.raises(AnalysisCancelled):
        find_pauses(path, cancelled=lambda: next(asked))


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("min_pause_ms", 0),
        ("min_pause_ms", 99),
        ("min_pause_ms", float("nan")),
        ("min_pause_ms", True),
        ("padding_ms", -1),
        ("padding_ms", 10_001),
        ("threshold_db", 3),
        ("threshold_db", -120),
    ],
)
def test_settings_out_of_range_are_refused(tmp_path: Path, setting, value):
    """A setting that makes no sense is refused by name before the file is opened."""
    with pytest.raises(ValueError, match=f"{setting} is from"):
        find_pauses(tmp_path / "never-opened.mp4", **{setting: value})


@given(
    speech=st.lists(st.tuples(st.booleans(), st.integers(1, 200)), min_size=1, max_size=30),
    beyond_ms=st.integers(-300, 3000),
    minimum=st.integers(100, 2000),
    padding=st.integers(0, 600),
)
def test_cuts_keep_their_promises(speech, beyond_ms, minimum, padding):
    """Cuts are sorted, apart, inside the clip, never in speech, and come of pauses that are long enough."""
    mask = np.concatenate([np.full(length, spoken) for spoken, length in speech])
    duration = max(1, len(mask) * 10 + beyond_ms)
    cuts = list(_cuts(mask, duration, minimum, padding))
    spoken = [i * 10 for i in np.flatnonzero(mask)]
    end = -1
    for start, stop in cuts:
        assert end < start < stop <= duration
        end = stop
        before = max((at + 10 for at in spoken if at < stop), default=0)
        after = min((at for at in spoken if start <= at < duration), default=duration)
        assert before + (padding if before else 0) <= start
        assert stop <= after - (padding if after < duration else 0)
        assert after - before >= minimum


def test_a_clip_that_does_not_begin_at_zero_has_the_same_pauses(tmp_path: Path) -> None:
    """Pauses are told in the clip's own time, whatever its first time stamp is; so is its end."""
    noise = np.random.default_rng(0).normal(0, 0.2, 48_000 * 4)
    noise[48_000:96_000] = 0
    plain = code_clip(tmp_path / "plain.mkv", frames=120, sound=noise)
    late = code_clip(tmp_path / "late.mkv", frames=120, sound=noise, shift=150)
    found = find_pauses(plain)
    assert len(found) == 1
    assert find_pauses(late) == [(pytest.approx(a, abs=25), pytest.approx(b, abs=25)) for a, b in found]


def test_sentences_call_the_clip_by_its_name(tmp_path: Path) -> None:
    """A file kept under an id is never called by it."""
    kept = code_clip(tmp_path / "PdVjqvHb.mp4", frames=10, audio=None)
    with pytest.raises(NoSound, match=r"talk\.mp4 has no sound"):
        find_pauses(kept, name="talk.mp4")
