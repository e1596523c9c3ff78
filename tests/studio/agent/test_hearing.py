"""Which sound tracks are heard: what is read, what is written down, and what is refused."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line

from __future__ import annotations

from dataclasses import replace

import pytest

from nemo_widgets.studio.agent.edits.hearing import HearTracks
from nemo_widgets.studio.agent.plan import read
from nemo_widgets.studio.soundtrack import SoundTrack, track_notes

CLIP = "/media/aa11/interview.mp4"
NAMED = (SoundTrack(1, "Desktop"), SoundTrack(2, "Mic"), SoundTrack(3, "", "ger"))
BARE = (SoundTrack(1), SoundTrack(2))

SAID = [
    ("use only the microphone", "only", "microphone"), ("only the mic", "only", "mic"), ("only track 1", "only", "1"),
    ("use the Mic track only", "only", "Mic"), ('use only "Mic"', "only", "Mic"), ("mute track 2", "mute", "2"),
    ("mute the desktop audio", "mute", "desktop"), ("turn off the second track", "mute", "2"),
    ("mute the last sound track", "mute", "last"), ("unmute track 2", "unmute", "2"),
    ("turn track 2 back on", "unmute", "2"), ("use the german version", "only", "german"), ("use both", "only", "all"),
    ("use all sound tracks", "only", "all"), ("mix both tracks", "only", "all"), ("只用麦克风", "only", "microphone"),
    ("只用第2条音轨", "only", "2"), ("静音第二轨", "mute", "2"), ("把声轨2静音", "mute", "2"), ("两条都用", "only", "all"),
    ("把桌面声音关掉", "mute", "desktop"), ("只用德语音轨", "only", "german"), ("把麦克风静音", "mute", "microphone"),
]  # fmt: skip


@pytest.fixture
def tracked(world):
    """The interview with three sound tracks."""
    world.media[CLIP] = replace(world.media[CLIP], tracks=NAMED)
    return world


@pytest.mark.parametrize(("sentence", "how", "track"), SAID, ids=[s[0] for s in SAID])
def test_what_is_said_is_read(sentence, how, track, tracked):
    """A track is named by its number, title, language or kind, and used, muted or heard again."""
    assert read(sentence, tracked).edits == (HearTracks((track,), how),)


def test_the_draft_holds_the_choice(tracked, do):
    """`m.tracks` lists the numbers of what is heard; where all is heard it is not there; undo brings it back."""

    def held():
        return [s.raw["m"].get("tracks") for s in tracked.draft.layout()[0].segments]

    assert (
        do("mute track 1", tracked).reply == "Of interview only track 2 “Mic” and track 3 (German) are heard."
    )
    assert held() == [[2, 3]]
    do("use only the microphone", tracked)
    assert held() == [[2]]
    do("undo", tracked)
    assert held() == [[2, 3]]
    do("use all tracks", tracked)
    assert held() == [None]


def test_pauses_are_those_of_what_is_heard(tracked, do):
    """The choice comes before the cuts of its message, and pauses are looked for in the tracks that are heard."""
    seen = []
    found = tracked.find
    tracked.find = lambda q, progress: (seen.append(dict(q.options)["tracks"]), found(q, progress))[1]
    do("cut the pauses and use only the microphone", tracked)
    assert seen == [(2,)]


def test_what_is_not_there_is_told(tracked, world, do):
    """A track that is not there, and nothing but muted ones, are refused with what there is."""
    assert (
        "there are track 1 “Desktop”, track 2 “Mic” and track 3 (German)" in do("mute track 9", tracked).reply
    )
    assert "nothing of the clip would be heard" in do("mute tracks 1, 2 and 3", tracked).reply
    world.media[CLIP] = replace(world.media[CLIP], tracks=BARE)
    assert "which one is the microphone?" in do("use only the microphone", world).reply
    world.media[CLIP] = replace(world.media[CLIP], tracks=())
    assert "No clip on the timeline has several sound tracks" in do("mute track 2", world).reply


def test_an_upload_tells_its_tracks():
    """The words name what is heard, what is silent and what is there twice, in both languages."""
    assert [note.en for note in track_notes(BARE)] == [
        "2 sound tracks: both are heard",
        "say “use only track 2” or “mute track 2” to change that",
    ]
    silent = track_notes((SoundTrack(1, silent=True), SoundTrack(2), SoundTrack(3, repeats=2)))
    assert [note.en for note in silent] == [
        "3 sound tracks: track 2 is heard",
        "track 1 is silent",
        "track 3 has the sound of track 2, which is heard once",
    ]
    assert [note.zh for note in track_notes((SoundTrack(1, silent=True),) * 2)] == ["2 条声轨，全部没有声音"]


def test_the_table_shows_the_choice(tracked, do):
    """A segment that does not play all tracks tells so among its effects."""
    do("use only track 2", tracked)
    assert tracked.draft.segments["effects"].tolist() == ["sound tracks: only 2"]


def test_a_copy_that_is_still_heard_is_told_of(tracked, world, do):
    """Muting a track whose sound is on another one, too, says so, with the words that mute both."""
    world.media[CLIP] = replace(
        world.media[CLIP],
        tracks=(SoundTrack(1), SoundTrack(2, shared=(4,)), SoundTrack(3), SoundTrack(4, shared=(2,))),
    )
    reply = do("mute track 2", tracked).reply
    assert "The sound of track 2 is on track 4, too, and is still heard there" in reply
    assert "say “mute tracks 2 and 4” if it is to go" in reply
    assert "is still heard" not in do("mute tracks 2 and 4", tracked).reply
    assert [s.raw["m"]["tracks"] for s in tracked.draft.layout()[0].segments] == [[1, 3]]
    do("use all tracks", tracked)
    assert read("把声轨2和4静音", tracked).edits == (HearTracks(("2", "4"), "mute"),)
