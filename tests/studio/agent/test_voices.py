"""The clips' own sound and the loudness of the whole: levels, mute, ranges, fades, what is refused."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line

from __future__ import annotations

import copy
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest

from nemo_widgets.studio.agent.edits.voices import FadeVoice, SetLoudness, SetVolume
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.time_range import TimeRange

CLIP = "/media/aa11/interview.mp4"
MUTE = "/media/bb22/mute.mp4"

ALL = [
    ("mute the video", 0), ("mute the whole clip", 0), ("turn off the original sound", 0), ("remove the voice", 0),
    ("strip the audio", 0), ("mute it", 0), ("voice at 120%", 1.2), ("set the voice to 80%", 0.8),
    ("lower the voice by 20%", 0.8), ("raise the voice by 50%", 1.5), ("make the voice twice as loud", 2),
    ("boost the dialogue by 6 dB", 1.9953), ("lower the speech by 6 dB", 0.5012), ("set the voice to -20 dB", 0.1),
    ("make the speech a lot louder", 2), ("make the clips a bit quieter", 0.7), ("the voice is too loud", 0.7),
    ("I can barely hear the speaker's voice, make it louder", 1.4), ("set the volume to 50%", 0.5),
    ("原声静音", 0), ("把原声关掉", 0), ("静音", 0), ("人声调到八成", 0.8), ("把人声调大6分贝", 1.9953),
    ("人声降低20%", 0.8), ("原声大一倍", 2), ("说话声太小了", 1.4), ("声音调到三成五", 0.35),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "volume"), ALL, ids=[a[0] for a in ALL])
def test_the_level_of_all_clips(sentence, volume, world, do):
    """Only the clips' volume changes, to what was said."""
    before = copy.deepcopy(world.draft.data)
    done = do(sentence, world)
    assert done.draft is not None, done.reply
    (clip,) = done.draft.layout()[0].segments
    assert clip.volume == pytest.approx(volume, abs=1e-3)
    clip.raw["m"]["volume"] = 1.0
    assert done.draft.data == before


RANGES = [
    ("mute 0:10-0:20", 10_000, 20_000),
    ("mute the first 5 seconds", 0, 5_000),
    ("delete the audio from 1:00 to 1:10", 60_000, 70_000),
    ("no sound from 0:10 to 0:20", 10_000, 20_000),
    ("前5秒静音", 0, 5_000),
    ("把1:00到1:10的声音关掉", 60_000, 70_000),
]


@pytest.mark.parametrize(("sentence", "start", "end"), RANGES, ids=[r[0] for r in RANGES])
def test_a_range(sentence, start, end, world, do):
    """The clip is split at the range's ends, nothing is lost, and only what lies between is muted."""
    done = do(sentence, world)
    segments = done.draft.layout()[0].segments
    assert done.draft.duration_ms == 110_000
    assert [(s.in_ms, s.out_ms) for s in segments if s.volume == 0] == [(start, end)]
    assert all(a.out_ms == b.in_ms and a.end_ms == b.start_ms for a, b in pairwise(segments))
    assert {s.volume for s in segments} == {0, 1}
    assert len({s.id for s in segments}) == len(segments)


def test_a_range_of_what_is_played_in_reverse_or_faster(clips, new_world):
    """Splitting goes by what is shown: reversed from the end of the source, at double speed twice as far."""
    data = clips((CLIP, "interview", 40_000))
    meta = data["t"][0]["sg"][0]["m"]
    meta |= {"speed": 2.0, "reverse": True}
    data["t"][0]["sg"][0]["d"] = data["d"] = 20_000
    new = SetVolume(Fraction(0), span=TimeRange(5_000, 10_000)).apply(data, new_world(data)).draft
    shown = [(s["m"]["in"], s["m"]["out"], s["d"], s["m"]["volume"]) for s in new["t"][0]["sg"]]
    assert shown == [(30_000, 40_000, 5_000, 1.0), (20_000, 30_000, 5_000, 0.0), (0, 20_000, 10_000, 1.0)]


def test_clips_without_sound_are_left_alone(two_clips, do):
    """Of two clips the one that has sound is changed; where none has any, that is said."""
    done = do("mute the clips", two_clips)
    assert [s.volume for s in done.draft.layout()[0].segments] == [0, 1]
    assert "no sound" in do("mute 1:55 to 2:00", two_clips).reply


def test_limits(world):
    """A level over ten is refused, raising stops there, and an edit without a level does nothing."""
    with pytest.raises(EditRefused, match="1000%"):
        SetVolume(Fraction(11)).apply(world.draft.data, world)
    for level in (SetVolume(), SetVolume(Fraction(-1)), SetVolume(Fraction(1), Fraction(2))):
        with pytest.raises(EditRefused, match="how loud"):
            level.apply(world.draft.data, world)
    outcome = SetVolume(factor=Fraction(40)).apply(world.draft.data, world)
    assert outcome.draft["t"][0]["sg"][0]["m"]["volume"] == 10
    assert "as loud as it gets" in outcome.notes.en


LEVELS = [
    ("normalise the audio", -14), ("normalize to -16 LUFS", -16), ("make it as loud as YouTube wants", -14),
    ("normalise the sound for podcasts", -16), ("bring the audio to broadcast level", -23), ("loudness -18", -18),
    ("normalise to 14 LUFS", -14), ("level the audio out", -14), ("make the volume consistent", -14),
    ("响度标准化", -14), ("把响度调到-16", -16), ("统一音量", -14), ("响度按播客标准", None),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "lufs"), LEVELS, ids=[v[0] for v in LEVELS])
def test_loudness(sentence, lufs, world, do):
    """The root's target is set and nothing else; what is not read changes nothing."""
    done = do(sentence, world)
    assert (done.draft.meta.get("loudness") if done.draft else None) == lufs
    if done.draft:
        assert done.draft.data["t"] == world.first.data["t"]


def test_loudness_is_bounded_and_taken_back(world, do):
    """What no export can be brought to is refused; the target can be taken away again."""
    with pytest.raises(EditRefused, match="-40 and -5"):
        SetLoudness(Fraction(-3)).apply(world.draft.data, world)
    do("normalise to -20 LUFS", world)
    assert "it was -20" in do("normalise to -16 LUFS", world).reply
    assert "loudness" not in do("turn off the normalisation", world).draft.meta


def test_fades(world, do):
    """The clip's own sound fades over what was said, at most over half of the clip."""
    done = do("fade the voice in over 2 seconds", world)
    assert done.draft.layout()[0].segments[0].raw["m"]["fade_in"] == 2000
    done = do("原声淡出3秒", world)
    assert done.draft.layout()[0].segments[0].raw["m"]["fade_out"] == 3000
    outcome = FadeVoice(fade_out=200_000).apply(world.draft.data, world)
    assert outcome.draft["t"][0]["sg"][0]["m"]["fade_out"] == 55_000


NOTHING = [
    "make the voice 2000%", "set the voice volume to -10%", "make the voice deeper", "normalise to -3 dB",
    "balance the colors", "set the video to 50%", "make it even", "double the video", "mute the person on the left",
    "don't mute the video", "should I mute the video?", "remove the noise", "remove the narrator", "mute the rest",
    "the voice is lovely", "I muted it yesterday", "make the voice louder and quieter", "cut the volume of water",
    "原声挺好听的", "别静音", "声音真好听",
]  # fmt: skip


@pytest.mark.parametrize("sentence", NOTHING)
def test_nothing(sentence, world, do):
    """What asks for none of this changes nothing."""
    done = do(sentence, world)
    assert done.draft is None, done.reply


def test_the_inverse(world):
    """Every edit can be taken back exactly."""
    before = copy.deepcopy(world.draft.data)
    for edit in (SetVolume(Fraction(0), span=TimeRange(10_000, 20_000)), FadeVoice(500, 500), SetLoudness()):
        inverse = edit.inverse(before)
        after = edit.apply(before, world).draft
        assert after != before
        assert inverse.apply(after, world).draft == before


def test_what_is_muted_already_is_not_muted_again(two_clips, world, do):
    """Of several clips only those are named that change, and the others as what they are; never 0 % to 0 %."""
    heard = two_clips.media[MUTE]
    two_clips.media[MUTE] = replace(heard, has_audio=True)
    do("mute the first clip", two_clips)
    done = do("mute the video", two_clips)
    assert done.reply == "Muted mute (100% → 0%). The sound of interview is at 0% already."
    assert do("全部静音", two_clips).reply.endswith("的音量已经是 0%。没有做任何改动。")
    do("mute it", world)
    assert do("mute it", world).reply == "The sound of interview is at 0% already. Nothing was changed."


def test_said_in_both_languages(world, do):
    """The answer names the clip and both levels."""
    assert do("set the voice to 50%", world).reply.startswith("Volume of interview: 100% → 50%.")
    assert do("人声调到80%", world).reply.startswith("interview的音量：50% → 80%。")
