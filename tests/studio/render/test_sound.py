"""What is heard when, and how loud: measured on the decoded file."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from nemo_widgets.studio.music import BEDS, NOMINAL_DBFS, beats
from nemo_widgets.studio.render.dynamics import BLOCK, limited

if TYPE_CHECKING:
    from types import SimpleNamespace

RATE = 48_000


def level(sound: np.ndarray, first: float, last: float) -> float:
    """RMS in dBFS between two moments in seconds."""
    part = sound[round(first * RATE) : round(last * RATE)]
    return float(10 * np.log10((part.astype(float) ** 2).mean() + 1e-12))


def music(length: int, **meta: object) -> dict:
    return {"d": length, "m": {"id": "a1", "start": 0, "src": "music:lofi", "volume": 0.35, "in": 0, **meta}}


def quiet(kit: SimpleNamespace) -> str:
    """A long clip without sound, in few frames."""
    return kit.made("silent.mp4", frames=100, fps=5, audio=None, size=(64, 36))


def spoken(kit: SimpleNamespace) -> str:
    """20 s whose sound is a loud hum from 5 to 8 s, over faint noise."""
    sound = np.random.default_rng(0).normal(0, 0.0008, 20 * RATE)
    sound[5 * RATE : 8 * RATE] += 0.2 * np.sin(np.arange(3 * RATE) * 2 * np.pi * 300 / RATE)
    return kit.made("spoken.mp4", frames=100, fps=5, sound=sound, size=(64, 36))


@pytest.mark.parametrize("form", [{"rate": 44_100}, {"layout": "stereo"}, {"rate": 22_050}, {}])
def test_sound_stays_where_it_was(kit: SimpleNamespace, form: dict) -> None:
    """Chirps are heard at the right moment within 2 ms after a cut, at their own loudness, from any rate."""
    name = kit.made(
        f"chirps{len(form)}{form.get('rate', '')}.mp4", frames=120, chirps=(0.5, 2.5, 3.5), **form
    )
    done = kit.make(kit.timeline([kit.clip(name, 0, 0, 1000), kit.clip(name, 1000, 2000, 4000)]))
    sound = kit.heard(done.path)
    assert kit.found_chirps(sound) == pytest.approx([0.5, 1.5, 2.5], abs=0.002)
    assert np.abs(sound).max() == pytest.approx(0.5, abs=0.08)
    assert np.allclose(sound[:, 0], sound[:, 1], atol=0.02)


def test_51_is_folded_to_two(kit: SimpleNamespace) -> None:
    """Six channels become two, none is lost."""
    name = kit.made("surround.mp4", frames=60, chirps=(0.5, 1.5), layout="5.1")
    sound = kit.heard(kit.make(kit.timeline([kit.clip(name, 0, 0, 2000)])).path)
    assert kit.found_chirps(sound) == pytest.approx([0.5, 1.5], abs=0.002)


def test_sound_that_begins_late_begins_late(kit: SimpleNamespace) -> None:
    """A clip whose sound sets in after half a second is silent until then, and in time afterwards."""
    name = kit.made("late-sound.mp4", frames=60, chirps=(0.25,), sound_at=0.5)
    sound = kit.heard(kit.make(kit.timeline([kit.clip(name, 0, 0, 2000)])).path)
    assert kit.found_chirps(sound) == pytest.approx([0.75], abs=0.002)
    assert level(sound, 0, 0.45) < -80


def test_sound_that_ends_early_is_followed_by_silence(kit: SimpleNamespace) -> None:
    """The clip after one whose sound stops short is in time."""
    short = np.zeros(RATE // 2)
    name = kit.made("short-sound.mp4", frames=60, sound=short, chirps=(0.1,))
    segments = [kit.clip(name, 0, 0, 2000), kit.clip(name, 2000, 0, 1000)]
    sound = kit.heard(kit.make(kit.timeline(segments)).path)
    assert kit.found_chirps(sound) == pytest.approx([0.1, 2.1], abs=0.002)


def test_without_sound_there_is_silence(kit: SimpleNamespace) -> None:
    """A video of silent clips has a sound track all the same, as long as the picture."""
    done = kit.make(kit.timeline([kit.clip(quiet(kit), 0, 0, 2000)]))
    with av.open(str(done.path)) as file:
        stream = file.streams.audio[0]
        assert float(stream.duration * stream.time_base) == pytest.approx(2, abs=1 / 30)
    assert np.abs(kit.heard(done.path)).max() == 0


def test_music_has_the_level_it_was_given(kit: SimpleNamespace) -> None:
    """At 35 % with nobody speaking, the bed is at 35 % of its nominal level within half a decibel."""
    draft = kit.timeline([kit.clip(quiet(kit), 0, 0, 20_000)], music=[music(20_000, duck=True)], fps=5)
    sound = kit.heard(kit.make(draft).path)
    assert level(sound, 0, 20) == pytest.approx(NOMINAL_DBFS + 20 * np.log10(0.35), abs=0.5)


@pytest.mark.parametrize("name", sorted(BEDS))
def test_every_bed_is_heard_and_ends(kit: SimpleNamespace, name: str) -> None:
    """Each mood is heard near its level from its first second to its last chord, and it ends in silence."""
    draft = kit.timeline([kit.clip(quiet(kit), 0, 0, 9000)], music=[music(9000, src=name, volume=1)], fps=5)
    sound = kit.heard(kit.make(draft).path)
    chord = beats(name, 9000)[-1] / 1000
    for when in ((0, 1), (1, chord), (chord, chord + 1)):
        assert level(sound, *when) == pytest.approx(NOMINAL_DBFS, abs=6)
    assert level(sound, 8.9, 9) < NOMINAL_DBFS - 25


def test_a_bed_that_was_split_plays_on(kit: SimpleNamespace) -> None:
    """Two halves of a bed, one behind the other, sound as the whole; only its end is an end."""
    whole = [music(9000, volume=1)]
    halves = [music(4000, volume=1), music(5000, volume=1, start=4000, **{"in": 4000})]
    one, other = (
        kit.heard(kit.make(kit.timeline([kit.clip(quiet(kit), 0, 0, 9000)], music=beds, fps=5)).path)
        for beds in (whole, halves)
    )
    difference = one - other
    assert level(difference, 0, 3.9) < -60
    assert level(difference, 4.1, 9) < -60


def test_music_makes_room_for_a_voice(kit: SimpleNamespace) -> None:
    """Under speech the bed is 10 dB softer, before and after it is exactly as asked."""
    draft = kit.timeline([kit.clip(spoken(kit), 0, 0, 20_000)], music=[music(20_000, duck=True)], fps=5)
    loud = kit.timeline([kit.clip(spoken(kit), 0, 0, 20_000)], music=[music(20_000)], fps=5)
    alone = kit.timeline([kit.clip(spoken(kit), 0, 0, 20_000)], fps=5)
    ducked, steady, voice = (kit.heard(kit.make(d).path) for d in (draft, loud, alone))
    size = min(map(len, (ducked, steady, voice)))
    ducked, steady = ducked[:size] - voice[:size], steady[:size] - voice[:size]
    depth = [level(ducked, *when) - level(steady, *when) for when in ((0, 4.8), (5.1, 8), (9, 20))]
    assert depth == pytest.approx([0, -10, 0], abs=0.7)
    assert level(ducked, 5.0, 5.1) - level(steady, 5.0, 5.1) < -7  # it looks ahead


def test_music_fades_in_and_out(kit: SimpleNamespace) -> None:
    """The fades take the time they were given."""
    segment = music(10_000, volume=1.0, fade_in=4000, fade_out=4000)
    plain = music(10_000, volume=1.0)
    faded, full = (
        kit.heard(kit.make(kit.timeline([kit.clip(quiet(kit), 0, 0, 10_000)], music=[m], fps=5)).path)
        for m in (segment, plain)
    )
    gains = [level(faded, at - 0.1, at + 0.1) - level(full, at - 0.1, at + 0.1) for at in (2, 5, 8)]
    assert gains == pytest.approx([-6, 0, -6], abs=0.7)


def test_a_short_piece_of_music_begins_anew(kit: SimpleNamespace) -> None:
    """A bed of two seconds under six is heard three times."""
    name = kit.made("short-bed.m4a.mp4", frames=10, fps=5, chirps=(0.5,), size=(64, 36))
    draft = kit.timeline(
        [kit.clip(quiet(kit), 0, 0, 6000)],
        music=[{"d": 6000, "m": {"start": 0, "src": name, "volume": 1}}],
        fps=5,
    )
    found = kit.found_chirps(kit.heard(kit.make(draft).path))
    assert found == pytest.approx([0.5, 2.5, 4.5], abs=0.05)


def test_a_part_of_a_song_goes_round(kit: SimpleNamespace) -> None:
    """From 0.5 to 2 s of a file, again and again: a chirp at its 1 s comes each 1.5 s."""
    name = kit.made("round.mp4", frames=20, fps=5, chirps=(1.0, 3.0), size=(64, 36))
    bed = {"d": 5000, "m": {"start": 0, "src": name, "volume": 1, "in": 500, "out": 2000, "loop": True}}
    sound = kit.heard(kit.make(kit.timeline([kit.clip(quiet(kit), 0, 0, 5000)], music=[bed], fps=5)).path)
    assert kit.found_chirps(sound) == pytest.approx([0.5, 2.0, 3.5], abs=0.002)


@pytest.mark.parametrize("out", [None, 1500])
def test_a_song_that_is_not_to_go_round_ends(kit: SimpleNamespace, out: int | None) -> None:
    """With loop off, a short song, or a part of one, is heard once; then there is nothing."""
    hum = 0.2 * np.sin(np.arange(2 * RATE) * 2 * np.pi * 300 / RATE)
    name = kit.made("hum-2s.mp4", frames=10, fps=5, sound=hum, size=(64, 36))
    bed = {"d": 5000, "m": {"start": 500, "src": name, "volume": 1, "in": 0, "out": out, "loop": False}}
    sound = kit.heard(kit.make(kit.timeline([kit.clip(quiet(kit), 0, 0, 6000)], music=[bed], fps=5)).path)
    end = 0.5 + (out or 2000) / 1000
    assert level(sound, 0.6, end - 0.05) == pytest.approx(-17, abs=0.3)
    assert level(sound, end + 0.05, 6) < -90


@pytest.mark.parametrize(("ending", "codec"), [("mp3", "libmp3lame"), ("m4a", "aac"), ("wav", "pcm_s16le")])
def test_a_song_of_ones_own_is_music(kit: SimpleNamespace, ending: str, codec: str) -> None:
    """An uploaded sound file is heard where it stands, at its level, faded, in time within 3 ms."""
    name = song(kit, f"song.{ending}", codec)
    bed = {
        "d": 4000,
        "m": {"start": 1000, "src": name, "volume": 0.5, "in": 0, "out": 4000, "fade_out": 1000},
    }
    sound = kit.heard(kit.make(kit.timeline([kit.clip(quiet(kit), 0, 0, 6000)], music=[bed], fps=5)).path)
    assert kit.found_chirps(2 * sound)[0] == pytest.approx(2.0, abs=0.003)
    assert level(sound, 0, 0.98) < -80
    own = level(kit.heard(kit.source(name)), 1.5, 2.5)
    assert own == pytest.approx(-23.01, abs=0.5)
    assert level(sound, 2.5, 3.5) == pytest.approx(own - 6.02, abs=0.2)
    assert level(sound, 4.45, 4.55) - level(sound, 2.5, 3.5) == pytest.approx(-6.02, abs=0.4)
    assert level(sound, 5.02, 6) < -80


def song(kit: SimpleNamespace, name: str, codec: str) -> str:
    """Five seconds of a tone of amplitude 0.1 with a chirp at 1 s, as a sound file."""
    path = kit.source(name)
    wave = 0.1 * np.sin(np.arange(5 * RATE) * 2 * np.pi * 250 / RATE)
    wave[RATE : RATE + kit.chirp().size] += kit.chirp()
    with av.open(str(path), "w") as file:
        stream = file.add_stream(codec, rate=RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(wave.astype(np.float32)[None], "fltp", "mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, 0, Fraction(1, RATE)
        size = stream.codec_context.frame_size or 1024
        resampler = av.AudioResampler(stream.codec_context.format, "mono", RATE, frame_size=size)
        for part in [*resampler.resample(frame), *resampler.resample(None), None]:
            file.mux(stream.encode(part))
    return name


def test_a_bed_can_begin_in_its_middle(kit: SimpleNamespace) -> None:
    """Generated music from its 8 s on is what is heard after 8 s of it."""
    clip = [kit.clip(quiet(kit), 0, 0, 14_000)]
    late = [music(6000, src="music:upbeat", volume=1, start=8000, **{"in": 8000})]
    whole = [music(14_000, src="music:upbeat", volume=1)]
    one, other = (kit.heard(kit.make(kit.timeline(clip, music=beds, fps=5)).path) for beds in (late, whole))
    assert level(one, 0, 7.9) < -90
    assert level(one - other, 8.1, 14) < level(other, 8.1, 14) - 20


def test_every_clip_has_its_own_volume(kit: SimpleNamespace) -> None:
    """In one film one clip is as it was, the next at half, one muted, one at five times: +14 dB."""
    soft = 0.02 * np.sin(np.arange(4 * RATE) * 2 * np.pi * 400 / RATE)
    name = kit.made("soft-4s.mp4", frames=20, fps=5, sound=soft, size=(64, 36))
    volumes = (1.0, 0.5, 0.0, 5.0)
    clips = [kit.clip(name, i * 1000, i * 1000, i * 1000 + 1000, volume=v) for i, v in enumerate(volumes)]
    sound = kit.heard(kit.make(kit.timeline(clips, fps=5)).path)
    heard = [level(sound, i + 0.1, i + 0.9) for i in range(4)]
    assert [h - heard[0] for h in (heard[1], heard[3])] == pytest.approx([-6.02, 13.98], abs=0.2)
    assert heard[2] < -90


def test_a_muted_voice_does_not_press_the_music(kit: SimpleNamespace) -> None:
    """Where the clip's own sound is off, music that ducks stays as loud as asked."""
    levels = []
    for duck in (True, False):
        clips = [kit.clip(spoken(kit), 0, 4000, 9000, volume=0.0)]
        sound = kit.heard(kit.make(kit.timeline(clips, music=[music(5000, duck=duck)], fps=5)).path)
        levels.append(level(sound, 1.5, 3.5))
    assert levels[0] == pytest.approx(levels[1], abs=0.1)


def test_a_clips_own_sound_can_be_turned_down(kit: SimpleNamespace) -> None:
    """Volume 0.5 of a clip is 6 dB less, 0 is nothing."""
    levels = []
    for volume in (1.0, 0.5, 0.0):
        draft = kit.timeline([kit.clip(spoken(kit), 0, 5000, 8000, volume=volume)], fps=5)
        levels.append(level(kit.heard(kit.make(draft).path), 0.5, 2.5))
    assert levels[1] - levels[0] == pytest.approx(-6.02, abs=0.2)
    assert levels[2] < -100


@pytest.mark.parametrize("volume", [2.0, 10.0])
def test_a_soft_sound_can_be_made_louder(kit: SimpleNamespace, volume: float) -> None:
    """Volume 2 is 6.02 dB more, 10 is 20 dB more, of a clip and of music alike."""
    soft = 0.02 * np.sin(np.arange(2 * RATE) * 2 * np.pi * 400 / RATE)
    name = kit.made("soft.mp4", frames=10, fps=5, sound=soft, size=(64, 36))
    as_clip = [kit.timeline([kit.clip(name, 0, 0, 2000, volume=v)], fps=5) for v in (1.0, volume)]
    under = kit.clip(quiet(kit), 0, 0, 2000)
    as_music = [
        kit.timeline([under], music=[music(2000, src=name, volume=v, out=2000)], fps=5) for v in (1.0, volume)
    ]
    for drafts in (as_clip, as_music):
        one, more = (level(kit.heard(kit.make(d).path), 0.3, 1.7) for d in drafts)
        assert more - one == pytest.approx(20 * np.log10(volume), abs=0.2)


def test_music_plays_from_and_to(kit: SimpleNamespace) -> None:
    """Music that stands from 1 to 3 s and begins at 0.5 s of its file is heard there only, from there on."""
    name = kit.made("from-to.mp4", frames=20, fps=5, chirps=(0.2, 1.0, 2.0), size=(64, 36))
    bed = {"d": 2000, "m": {"start": 1000, "src": name, "volume": 1, "in": 500, "out": 2500}}
    draft = kit.timeline([kit.clip(quiet(kit), 0, 0, 5000)], music=[bed], fps=5)
    sound = kit.heard(kit.make(draft).path)
    assert kit.found_chirps(sound) == pytest.approx([1.5, 2.5], abs=0.002)
    assert max(level(sound, 0, 0.95), level(sound, 3.05, 5)) < -100


def test_sound_crossfades_with_the_picture(kit: SimpleNamespace) -> None:
    """The same hum on both sides of a crossfade keeps its level: the two shares make one."""
    fade = {"type": "crossfade", "d": 1000}
    segments = [
        kit.clip(spoken(kit), 0, 5000, 7000),
        kit.clip(spoken(kit), 1000, 6000, 8000, transition=fade),
    ]
    sound = kit.heard(kit.make(kit.timeline(segments, fps=5)).path)
    parts = [level(sound, at, at + 0.2) for at in (0.5, 1.2, 1.5, 1.7, 2.4)]
    assert parts == pytest.approx([parts[0]] * 5, abs=0.3)


def test_a_clip_that_goes_on_is_not_dented(kit: SimpleNamespace) -> None:
    """A clip split in two sounds as if it had not been split; a true cut does not click."""
    whole = kit.timeline([kit.clip(spoken(kit), 0, 5000, 8000)], fps=5)
    split = kit.timeline(
        [kit.clip(spoken(kit), 0, 5000, 6000), kit.clip(spoken(kit), 1000, 6000, 8000)], fps=5
    )
    one, other = (kit.heard(kit.make(d).path) for d in (whole, split))
    assert np.abs(one - other).max() < 1e-3
    cut = kit.timeline([kit.clip(spoken(kit), 0, 5000, 6000), kit.clip(spoken(kit), 1000, 7000, 8000)], fps=5)
    sound = kit.heard(kit.make(cut).path)
    assert level(sound, 0.999, 1.001) < level(sound, 0.5, 0.9) - 6


def test_speed_keeps_the_pitch(kit: SimpleNamespace) -> None:
    """At twice the speed the hum is still at 300 Hz."""
    segment = kit.clip(spoken(kit), 0, 5000, 8000, speed=2.0)
    segment["d"] = 1500
    sound = kit.heard(kit.make(kit.timeline([segment], fps=5)).path)[RATE // 4 : RATE]
    spectrum = np.abs(np.fft.rfft(sound[:, 0] * np.hanning(len(sound))))
    assert spectrum.argmax() * RATE / len(sound) == pytest.approx(300, abs=5)


def test_the_mix_never_clips(kit: SimpleNamespace) -> None:
    """A voice and a bed that together are too loud stay under full scale."""
    draft = kit.timeline(
        [kit.clip(spoken(kit), 0, 4000, 9000, volume=4.0)], music=[music(5000, volume=2.0)], fps=5
    )
    assert 0.7 < np.abs(kit.heard(kit.make(draft).path)).max() < 1.0


def test_the_limiter_touches_nothing_below_the_ceiling() -> None:
    """What is not too loud passes to the bit; what is, is held under the ceiling without a jump."""
    rng = np.random.default_rng(1)
    calm = [rng.uniform(-0.9, 0.9, (BLOCK, 2)).astype(np.float32) for _ in range(3)]
    assert all(np.array_equal(a, b) for a, b in zip(limited(calm), calm, strict=True))
    t = np.arange(4 * BLOCK)[:, None] / RATE
    burst = np.where((t > 0.15) & (t < 0.2), 2.5, 0.5) * np.sin(2 * np.pi * 440 * t) * np.ones((1, 2))
    out = np.concatenate(list(limited(np.split(burst.astype(np.float32), 4))))
    assert np.abs(out).max() <= 0.9501
    assert np.abs(np.diff(out, axis=0)).max() < 0.16
    assert np.array_equal(out[: RATE // 10], burst[: RATE // 10].astype(np.float32))
