"""Music and the clips' own sound: levels and frequencies of what is decoded, moment by moment."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from studio.agent.rendered.measuring import SONG_HZ, TONE_DB, TONE_HZ, level, of, partial, pitch

from nemo_widgets.studio.agent.edits.hearing import HearTracks
from nemo_widgets.studio.agent.edits.mixing import ChangeMusic, FadeMusic, MusicAt, RemoveMusic
from nemo_widgets.studio.agent.edits.music import AddMusic, HaveMusic
from nemo_widgets.studio.agent.edits.playing import DuckMusic, LoopMusic, SpreadMusic, TrimMusic
from nemo_widgets.studio.agent.edits.putback import PutBack
from nemo_widgets.studio.agent.edits.voices import FadeVoice, SetLoudness, SetVolume
from nemo_widgets.studio.analysis.loudness import find_loudness
from nemo_widgets.studio.music import NOMINAL_DBFS

if TYPE_CHECKING:
    from collections.abc import Callable

    Films = Callable[..., Any]

HALF = 20 * np.log10(0.5)


def with_song(film: Films, *sentences: str, over: str = "quiet.mp4") -> np.ndarray:
    """What is heard of four silent seconds with the song beside them."""
    sound: np.ndarray = film(over, beside=("song.wav",)).say(*sentences).heard()
    return sound


@of(AddMusic)
@pytest.mark.parametrize("mood", ["lo-fi", "calm", "upbeat", "cinematic"])
def test_music(film: Films, mood: str) -> None:
    """Each mood is heard from its first second to its last near the level that was said."""
    sound = film("quiet.mp4").say(f"add {mood} music at 40%").heard()
    for first in (0, 1, 2):
        assert level(sound, first, first + 1) == pytest.approx(NOMINAL_DBFS + 20 * np.log10(0.4), abs=6)


@of(AddMusic)
def test_song(film: Films) -> None:
    """The uploaded song is heard from where it was said, at the level that was said."""
    whole = with_song(film, "use my song at 50%")
    assert [pitch(whole, n + 0.2, n + 0.8) for n in range(3)] == pytest.approx(SONG_HZ, abs=3)
    assert level(whole, 1.2, 1.8) == pytest.approx(TONE_DB + HALF, abs=0.2)
    assert level(whole, 3.1, 4) < -80
    later = with_song(film, "use my song from 0:01")
    assert [pitch(later, n + 0.2, n + 0.8) for n in range(2)] == pytest.approx(SONG_HZ[1:], abs=3)


@of(ChangeMusic)
def test_softer(film: Films) -> None:
    """The song is softer by what was said."""
    relevelled(film, "make the music 6 dB quieter", -6)


@of(MusicAt)
@pytest.mark.parametrize(("percent", "more"), [(20, HALF), (80, -HALF)])
def test_at_a_level(film: Films, percent: int, more: float) -> None:
    """From 40 % the song goes to the level that was said."""
    relevelled(film, f"music at {percent}%", more)


def relevelled(film: Films, sentence: str, more: float) -> None:
    """The song at 40 % gets so many dB louder by a sentence."""
    one = film("quiet.mp4", beside=("song.wav",)).say("use my song at 40%")
    before, after = (level(one.say(*said).heard(), 1.2, 1.8) for said in ((), (sentence,)))
    assert after - before == pytest.approx(more, abs=0.2)


@of(ChangeMusic)
def test_other_music(film: Films) -> None:
    """Another mood is heard in place of the song."""
    sound = with_song(film, "use my song", "change the music to upbeat")
    assert level(sound, 0.6, 2.9) > -45
    assert level(sound, 1, 2) > partial(sound, SONG_HZ[1], 1, 2) + 10


@of(FadeMusic)
def test_faded_music(film: Films) -> None:
    """The level rises through the first second, stands, and falls through the last."""
    fades = ("fade the music in over 1 second", "fade the music out over 1.2 seconds")
    sound = with_song(film, "use my song", *fades)
    steps = [level(sound, n / 10, n / 10 + 0.1) for n in range(30)]
    assert all(a < b for a, b in pairwise(steps[:10]))
    assert np.ptp(steps[11:17]) < 0.2
    assert all(a > b for a, b in pairwise(steps[18:]))
    assert max(steps[0], steps[29]) < steps[15] - 20
    assert steps[5] == pytest.approx(steps[15] + HALF, abs=3)


@of(RemoveMusic, PutBack)
def test_music_that_goes_and_comes(film: Films) -> None:
    """Without the music there is silence; put back, it is as it was."""
    one = film("quiet.mp4", beside=("song.wav",)).say("use my song at 50%")
    before = one.heard()
    assert np.abs(one.say("remove the music").heard()).max() == 0
    assert np.array_equal(one.say("put the music back").heard(), before)


@of(HaveMusic, SetVolume)
def test_music_alone(film: Films) -> None:
    """The clip's tone is gone and the song is there."""
    sound = with_song(film, "only music, no original sound", over="market.mp4")
    assert partial(sound, TONE_HZ, 1.2, 1.8) < -80
    assert pitch(sound, 1.2, 1.8) == pytest.approx(SONG_HZ[1], abs=3)


@of(DuckMusic)
def test_ducked(film: Films) -> None:
    """Under the clip's sound the song makes room, unless it is not to; the clip is as loud either way."""
    one = film("market.mp4", beside=("song.wav",)).say("use my song at 50%")
    low, high = one.heard(), one.say("don't duck the music").heard()
    assert partial(high, SONG_HZ[1], 1.2, 1.8) == pytest.approx(TONE_DB + HALF, abs=0.3)
    assert partial(low, SONG_HZ[1], 1.2, 1.8) < partial(high, SONG_HZ[1], 1.2, 1.8) - 6
    for sound in (low, high):
        assert partial(sound, TONE_HZ, 1.2, 1.8) == pytest.approx(TONE_DB, abs=0.3)


@of(LoopMusic)
def test_looped(film: Films) -> None:
    """After its three seconds the song begins anew."""
    sound = with_song(film, "use my song", "loop the song")
    assert [pitch(sound, n + 0.2, n + 0.7) for n in (0, 2, 3)] == pytest.approx(
        [*SONG_HZ[::2], SONG_HZ[0]], abs=3
    )


@of(SpreadMusic)
def test_music_to_the_end(film: Films) -> None:
    """The song begins anew as often as it takes to the end."""
    sound = with_song(film, "use my song", "the music should play over the whole video")
    assert [pitch(sound, n + 0.2, n + 0.7) for n in (0, 2, 3)] == pytest.approx(
        [*SONG_HZ[::2], SONG_HZ[0]], abs=3
    )


@of(TrimMusic)
def test_music_that_starts_later(film: Films) -> None:
    """Before the moment that was said there is no music, from then on there is."""
    sound = with_song(film, "use my song", "start the song at 0:01")
    assert level(sound, 0, 0.98) < -80
    assert level(sound, 1.6, 2.8) > -40


@of(SetVolume)
@pytest.mark.parametrize(
    ("sentence", "levels"),
    [
        ("mute 0:01 to 0:02", (0, None, 0)),
        ("turn the voice down by 6 dB", (-6, -6, -6)),
        ("turn the sound of the clip down to 50%", (HALF, HALF, HALF)),
        ("make 0:01 to 0:02 3 dB louder", (0, 3, 0)),
    ],
)
def test_volume(film: Films, sentence: str, levels: tuple[float | None, ...]) -> None:
    """The clip's tone is louder or softer where it was said, and nowhere else."""
    sound = film("market.mp4").say(sentence).heard()
    for n, wanted in enumerate(levels):
        seen = level(sound, n + 0.1, n + 0.9) - TONE_DB
        assert seen < -60 if wanted is None else seen == pytest.approx(wanted, abs=0.2)


@of(FadeVoice)
def test_faded_voice(film: Films) -> None:
    """The clip's sound rises through the first second, then stands; the picture does not."""
    one = film("market.mp4").say("fade the voice in over 1 second")
    sound = one.heard()
    steps = [level(sound, n / 10, n / 10 + 0.1) for n in range(29)]
    assert all(a < b for a, b in pairwise(steps[:10]))
    assert steps[0] < TONE_DB - 20
    assert steps[11:] == pytest.approx([TONE_DB] * 18, abs=0.3)
    assert one.numbers() == list(range(1000, 1090))


@of(SetLoudness)
@pytest.mark.parametrize("target", [-14, -24])
def test_loudness(film: Films, target: int) -> None:
    """The file is as loud as was said, by EBU R 128, and its peaks are under -1 dBTP."""
    found = find_loudness(film("market.mp4").say(f"normalise to {target} LUFS").made())
    assert found["integrated"] == pytest.approx(target, abs=0.5)
    assert found["true_peak"] <= -1


@of(HearTracks)
@pytest.mark.parametrize(
    ("sentences", "heard"),
    [
        (("use only the microphone",), [1.5]),
        (("only track 1",), [0.5]),
        (("mute track 2",), [0.5, 2.5]),
        (("mute the Desktop audio", "mute the german track"), [1.5]),
        (("只用麦克风", "两条都用"), [0.5, 1.5, 2.5]),
        (("use only the microphone", "turn track 3 back on"), [1.5, 2.5]),
        (("use only the last track", "undo"), [0.5, 1.5, 2.5]),
    ],
)
def test_tracks(film: Films, sentences: tuple[str, ...], heard: list[float]) -> None:
    """What is heard of a clip with several sound tracks is what was said last."""
    assert film("talk.mkv").say(*sentences).chirps() == pytest.approx(heard, abs=0.005)
