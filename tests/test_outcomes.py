"""What really comes out of the main job: session, studio, agent, renderer and download together."""

import json

import av
import numpy as np
import pytest
from clips import RATE, code_clip, found_chirps, heard, number, watched

import nemo_widgets as nemo
from nemo_widgets.studio.samples import SAMPLES, truth


@pytest.fixture(scope="module")
def studio_data(tmp_path_factory):
    return tmp_path_factory.mktemp("studio")


@pytest.fixture
def session(studio_data):
    """A session with the real studio."""
    made = nemo.connect(local=True, data=studio_data)
    yield made
    made.disconnect()


def test_pauses_are_cut_where_they_are(session):
    """On the speech sample, what is cut overlaps the true pauses by 95 %, and no word is touched."""
    known = truth("speech")
    session.upload(SAMPLES["speech"])
    session.edit("cut the pauses")
    kept = [(s.in_ms, s.out_ms) for s in session.draft.layout()[0].segments]
    shown = np.zeros(known["duration_ms"], bool)
    for start, end in kept:
        shown[start:end] = True
    pauses = np.zeros_like(shown)
    for start, end in known["pauses"]:
        pauses[start:end] = True
    padding = 100
    inner = np.zeros_like(shown)
    for start, end in known["pauses"]:
        inner[start + padding : end - padding] = True
    cut = ~shown
    assert (cut & inner).sum() / inner.sum() >= 0.95, "what can be cut beside the breath that is kept, is"
    assert (cut & (pauses | outside(known))).sum() / cut.sum() >= 0.95, "what is cut is a pause"
    for start, end in known["utterances"]:
        assert shown[start + 20 : end - 20].all(), (start, end)


def outside(known):
    """Before the first and after the last word."""
    lead = np.zeros(known["duration_ms"], bool)
    lead[: known["utterances"][0][0]] = True
    lead[known["utterances"][-1][1] :] = True
    return lead


def test_the_middle_of_an_interview_is_removed_to_the_frame(session, tmp_path):
    """`remove 0:45-1:20` on three minutes: exactly the right frames meet, sound and picture end together."""
    beeps = (0.5, 44.5, 60.0, 80.5, 179.5)
    clip = code_clip(tmp_path / "interview.mp4", frames=5400, gop=250, bframes=0, chirps=beeps, size=(96, 54))
    session.upload(clip)
    run = session.edit("remove 0:45-1:20")
    assert run.changes.loc[0, ["what", "start_ms", "end_ms"]].tolist() == ["removed", 45_000, 80_000]
    video = session.export(tmp_path / "short.mp4", resolution="source")
    frames = [number(luma) for luma in watched(video.path)]
    assert frames == [n % 4096 for n in (*range(1350), *range(2400, 5400))]
    assert found_chirps(heard(video.path)) == pytest.approx([0.5, 44.5, 45.5, 144.5], abs=0.002)
    with av.open(str(video.path)) as file:
        ends = [float(s.duration * s.time_base) for s in (file.streams.video[0], file.streams.audio[0])]
        assert (file.streams.video[0].codec_context.name, file.streams.audio[0].codec_context.name) == (
            "h264",
            "aac",
        )
    assert ends == pytest.approx([145, 145], abs=1 / 30)
    assert video.duration_ms == session.draft.duration_ms == 145_000


def test_music_plays_at_the_asked_level(session, tmp_path):
    """20 % is 6.02 dB below 40 %, measured in the exported file; the clip itself is silent."""
    levels = []
    for percent in (40, 20):
        clip = code_clip(tmp_path / f"mute{percent}.mp4", frames=180, audio=None, size=(96, 54))
        session = nemo.connect(local=True, data=tmp_path / "studio")
        session.upload(clip)
        session.edit(f"add background music at {percent}%")
        sound = heard(session.export(tmp_path / f"m{percent}.mp4", resolution="source").path)
        middle = sound[2 * RATE : 4 * RATE]
        levels.append(20 * np.log10(np.sqrt((middle**2).mean())))
        session.disconnect()
    assert levels[0] - levels[1] == pytest.approx(6.02, abs=0.3)
    assert levels[0] > -40


def test_a_title_is_seen_when_it_was_asked_for(session, tmp_path):
    """A title with Chinese, quotes, % and an emoji is in the picture in its time, and only then."""
    clip = code_clip(tmp_path / "plain.mp4", frames=120, audio=None, size=(320, 180))
    session.upload(clip)
    plain = watched(session.export(tmp_path / "plain-out.mp4", resolution="source").path)
    session.edit('add a title that says "100% 城市之梦: “it’s” 🎬" from 0:01 to 0:03')
    titled = watched(session.export(tmp_path / "titled.mp4", resolution="source").path)
    changed = [int((np.abs(a.astype(int) - b) > 60).sum()) for a, b in zip(plain, titled, strict=True)]
    assert max(changed[:28] + changed[92:]) == 0
    assert min(changed[40:80]) > 300


def test_undo_brings_back_the_very_same_draft(session):
    """After an undo the draft is, to the last key, what it was."""
    session.upload(SAMPLES["scenes"])
    before = json.dumps(session.draft.data)
    session.edit("remove 0:02-0:05, then add background music")
    assert json.dumps(session.draft.data) != before
    session.edit("undo")
    assert json.dumps(session.draft.data) == before


def test_a_restart_of_the_studio_loses_nothing(session, studio_data, tmp_path):
    """Another studio over the same folder serves the same session, media included."""
    from nemo_widgets.loop import blocking, submit

    session.upload(SAMPLES["scenes"])
    session.edit("remove the first 5 seconds")
    known, rows = session._connection.session_id, session.draft.segments
    session.disconnect()
    again = nemo.connect(local=True, data=studio_data)
    again._connection.session_id = known
    assert again.draft.segments.equals(rows)
    assert again.export(tmp_path / "again.mp4", resolution="180p").duration_ms == 10_200
    assert blocking(submit(again._connection.state())).session_id == known
    again.disconnect()
