"""Cuts on the beats of the music: generated or uploaded, within what the clips have, on whole frames."""

from __future__ import annotations

import pytest

from nemo_widgets.studio import music

CLIP, SONG = "/media/aa11/interview.mp4", "/media/cc33/my song.mp3"


def cut_draft(clips):
    """Three pieces of the interview, with room on both sides of each."""
    data = clips((CLIP, "a", 7300), (CLIP, "b", 5150), (CLIP, "c", 6400))
    for i, s in enumerate(data["t"][0]["sg"]):
        s["m"] |= {"in": 20_000 * i, "out": 20_000 * i + s["d"]}
    return data


def cuts(draft):
    return [s.start_ms + s.transition_ms / 2 for s in draft.layout()[0].segments[1:]]


@pytest.mark.parametrize(
    "sentence", ["put the cuts on the beat", "cut to the beat", "sync the clips to the music", "卡点"]
)
def test_generated(sentence, clips, new_world, do):
    """Each cut is within half a frame of a beat that the music has by construction."""
    world = new_world(cut_draft(clips))
    do("add upbeat music", world)
    done = do(sentence, world)
    assert done.draft is not None, done.reply
    beats = music.beats("music:upbeat", done.draft.duration_ms)
    assert all(min(abs(cut - beat) for beat in beats) <= 17 for cut in cuts(done.draft))
    for before, after in zip(world.first.layout()[0].segments, done.draft.layout()[0].segments, strict=True):
        assert after.in_ms == before.in_ms
        assert abs(after.duration_ms - before.duration_ms) <= 500
        assert after.out_ms - after.in_ms == after.duration_ms


def test_uploaded(clips, new_world, do):
    """The beats found in a song count from where it begins on the timeline."""
    world = new_world(cut_draft(clips))
    found = {"bpm": 100.0, "beats": list(range(100, 60_000, 600))}
    world.find = lambda question, _progress=None: found if question.kind == "beats" else None
    done = do("use my song and put the cuts on the beat", world)
    assert all((cut - 100 + 300) % 600 - 300 == pytest.approx(0, abs=17) for cut in cuts(done.draft))


def test_transitions_stay(clips, new_world, do):
    """The middle of a crossfade is what falls on the beat, and it stays as long."""
    world = new_world(cut_draft(clips))
    do("add 1 second transitions", world)
    do("add upbeat music", world)
    draft = do("put the cuts on the beat", world).draft
    beats = music.beats("music:upbeat", draft.duration_ms)
    assert [s.transition_ms for s in draft.layout()[0].segments[1:]] == [1000, 1000]
    assert all(min(abs(cut - beat) for beat in beats) <= 17 for cut in cuts(draft))


@pytest.mark.parametrize("there", ["music", "cuts"])
def test_nothing_to_go_by(there, clips, new_world, do):
    """Without music, or with one clip alone, that is said."""
    world = new_world(cut_draft(clips) if there == "cuts" else None)
    if there == "music":
        do("add upbeat music", world)
    done = do("put the cuts on the beat", world)
    assert done.draft is None
    assert "There is no" in done.reply
