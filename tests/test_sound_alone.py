"""Podcasts and voice notes: sound alone is uploaded, cut, and exported as sound or as a video."""

from __future__ import annotations

import av
import pytest
from clips import code_clip, found_chirps, heard, watched
from PIL import Image
from soundtracks import Track, recording

import nemo_widgets as nemo
from nemo_widgets import errors
from nemo_widgets.studio.analysis import find_loudness
from nemo_widgets.widgets import Player

SMALL = {"quality": "low", "resolution": "90p"}


@pytest.fixture(scope="module")
def sounds(tmp_path_factory):
    """A talk with a chirp at each of its seconds, in every type of file of sound, and a song."""
    folder = tmp_path_factory.mktemp("sounds")
    forms = {
        "mp3": "libmp3lame",
        "wav": "pcm_s16le",
        "flac": "flac",
        "opus": "libopus",
        "ogg": "libopus",
        "m4a": "aac",
    }
    for ending, codec in forms.items():
        stored = folder / f"talk.{'mp4' if ending == 'm4a' else ending}"
        recording(stored, Track(0.5, 1.5, 2.5, 3.5), codec=codec).rename(folder / f"talk.{ending}")
    recording(folder / "song.wav", Track(1.25, seconds=3), codec="pcm_s16le")
    words = (second + n / 50 for second in (1, 2.5) for n in range(25))
    recording(folder / "spoken.wav", Track(*words), codec="pcm_s16le")
    Image.new("RGB", (160, 90), (200, 30, 30)).save(folder / "cover.png")
    code_clip(folder / "film.mp4", frames=30, size=(64, 36))
    return folder


@pytest.fixture(scope="module")
def studio_data(tmp_path_factory):
    return tmp_path_factory.mktemp("sound alone") / "studio"


@pytest.fixture
def session(studio_data, sounds, monkeypatch, tmp_path):
    """A session with the local studio, the sounds beside it."""
    monkeypatch.chdir(tmp_path)
    for file in sounds.iterdir():
        (tmp_path / file.name).symlink_to(file)
    return nemo.connect(local=True, data=studio_data)


def told(path):
    """The container's name and the streams' codecs."""
    with av.open(str(path)) as file:
        return file.format.name.split(",")[0], [s.codec_context.codec.canonical_name for s in file.streams]


@pytest.mark.parametrize("ending", ["mp3", "wav", "flac", "opus", "ogg", "m4a"])
def test_a_sound_is_cut_and_exported(session, ending):
    """Of every type: it stands on the timeline, is cut to the millisecond, and comes out as sound."""
    session.upload(f"talk.{ending}")
    assert session.draft.tracks["kind"].tolist() == ["audio"]
    assert session.draft.segments["name"].tolist() == ["talk"]
    assert "Sound: talk (0-4s" in repr(session.draft)
    run = session.edit("remove 0:01.000 to 0:02.000", strict=True)
    assert run.changes["kind"].tolist() == ["sound", "timeline"]
    video = session.export("cut.mp3")
    assert told(video.path) == ("mp3", ["mp3"])
    assert found_chirps(heard(video.path)) == pytest.approx([0.5, 1.5, 2.5], abs=0.005)
    session.undo()
    assert session.draft.duration_ms == pytest.approx(4000, abs=60)


def test_the_format_is_what_is_said(session):
    """A name's ending or `format` says it; where nothing does it is an M4A, named after the sound."""
    session.upload("talk.wav")
    made = [
        session.export("a.m4a"),
        session.export(format="wav"),
        session.export("b"),
        session.export("c.mp3", quality="low"),
    ]
    assert [video.path.name for video in made] == ["a.m4a", "talk-edited.wav", "b.m4a", "c.mp3"]
    assert [told(video.path) for video in made] == [
        ("mov", ["aac"]), ("wav", ["pcm_s16le"]), ("mov", ["aac"]), ("mp3", ["mp3"]),
    ]  # fmt: skip
    for video in made:
        assert found_chirps(heard(video.path)) == pytest.approx([0.5, 1.5, 2.5, 3.5], abs=0.005)
        assert video.duration_ms == 4000
        assert (video.width, video.fps) == (0, 0)
        assert "image/png" in video._repr_mimebundle_()[0]
        player = Player(video.path)
        assert player.duration == pytest.approx(4, abs=0.05)
        player.close()


def test_levels_and_music(session):
    """A second sound becomes music under the first, and the loudness is what was said."""
    session.upload("talk.wav", "song.wav")
    assert session.draft.segments["name"].tolist() == ["talk", "song"]
    run = session.edit("use song.wav as background music at 100%, then normalise to -20 LUFS", strict=True)
    assert "It is music now" in run.text
    assert session.draft.tracks["name"].tolist() == ["Main", "BGM"]
    mixed = session.export("mix.wav").path
    assert found_chirps(heard(mixed)) == pytest.approx([0.5, 1.25, 1.5, 2.5, 3.5], abs=0.005)
    assert find_loudness(mixed)["integrated"] == pytest.approx(-20, abs=0.5)
    assert "no picture for that" in session.edit("make it black and white").text
    assert "seen where the sound is exported as a video" in session.edit('add a title that says "Hi"').text
    assert session.edit("fade out over 1 second").text == "The sound fades out over 1 s."
    assert "Sound alone has no frames" in session.edit("remove the first frame").text
    assert session.edit("cut 00:00:01:12 to 00:00:02:00").outcome == "refused"


def test_pauses_go(session):
    """Of what is spoken in a sound alone nothing is lost, and the pauses go."""
    session.upload("spoken.wav")
    assert session.edit("cut the pauses", strict=True).changed
    assert 1000 < session.draft.duration_ms < 1800
    assert find_loudness(session.export("spoken-cut.wav").path)["integrated"] is not None


def test_a_sound_as_a_video(session):
    """Named .mp4 it is a video with the waveform, which moves with the sound."""
    session.upload("talk.wav")
    video = session.export("wave.mp4", **SMALL)
    pictures = watched(video.path)
    assert len(pictures) == 120
    assert found_chirps(heard(video.path)) == pytest.approx([0.5, 1.5, 2.5, 3.5], abs=0.005)
    high = [(luma > 100).sum(axis=0) for luma in pictures]
    assert (high[10].max(), high[20].max() > 20) == (2, True)
    assert high[20].argmax() > 140 > high[40].argmax() > 100, "it runs to the left"


def test_an_export_that_is_asked_of_the_editor(session):
    """'export as video with a waveform' makes it one, and says that the export itself comes next."""
    session.upload("talk.wav")
    run = session.edit("export as video with a waveform")
    assert run.text == (
        "The waveform is shown; the export is a video now. The export is a step of its own: ask for it next."
    )
    assert session.draft.meta["backdrop"] == {"type": "waveform"}
    assert session.export(**SMALL).path.suffix == ".mp4"
    again = session.edit("导出为带波形的视频")
    assert "导出是单独的一步" in again.text or "The export is a step of its own" in again.text


def test_a_picture_behind_a_sound(session):
    """A picture that comes to a sound stands behind it as long as it lasts."""
    session.upload("talk.wav")
    session.upload("cover.png")
    assert session.draft.duration_ms == 4000
    video = session.export(**SMALL)
    assert video.path.name == "talk-edited.mp4"
    assert found_chirps(heard(video.path)) == pytest.approx([0.5, 1.5, 2.5, 3.5], abs=0.005)
    pictures = watched(video.path)
    assert len(pictures) == 120
    assert abs(int(pictures[0].mean()) - int(pictures[-1].mean())) < 3 < pictures[0].mean() - 16
    assert told(session.export("alone.m4a").path) == ("mov", ["aac"])


def test_a_picture_behind_a_sound_is_not_enlarged_unasked(session):
    """The video is as large as the picture, or as large as is asked for."""
    session.upload("talk.wav")
    session.upload("cover.png")
    session.edit("remove 0:00.5 to 0:03.8", strict=True)
    for output, size in (({}, (160, 90)), ({"resolution": "180p"}, (320, 180))):
        with av.open(str(session.export(quality="low", **output).path)) as file:
            picture = file.streams.video[0]
            assert (picture.width, picture.height) == size


def test_a_film_takes_its_place(session):
    """Where a film comes, an unedited sound goes back to what can be music; an edited one stays beside it."""
    session.upload("song.wav")
    session.upload("film.mp4")
    assert session.draft.segments["name"].tolist() == ["film"]
    assert session.edit("use song.wav as background music", strict=True).changed


def test_the_sound_of_a_film(session):
    """A film's sound alone is exported, too."""
    session.upload("film.mp4")
    assert told(session.export("film.mp3").path) == ("mp3", ["mp3"])


@pytest.mark.parametrize(
    ("name", "output", "why", "instead"),
    [
        ("podcast.m3a", {}, "no .m3a export", "podcast.m4a"),
        ("podcast.mpp3", {}, "no .mpp3 export", "podcast.mp3"),
        ("podcast.aiff", {}, "misnamed", "podcast.wav"),
        ("podcast.avi", {}, "misnamed", "podcast.mp4"),
        ("podcast.wav", {"format": "mp3"}, "misnamed", "podcast.mp3"),
        ("a.mp4", {"format": "avi"}, "no AVI export", "ends in .mp4"),
        (None, {"format": "alac"}, "no ALAC export", "ends in .flac"),
        ("a.gif", {}, "GIF has no sound", "say “mp4”"),
        (None, {"format": "m4v"}, "no M4V export", "ends in .mp4"),
        ("a.mp3", {"fps": 30}, "has no fps", "leave the fps out"),
        ("a.mp4", {"fps": 999}, "between 1 and 240", "240 is the nearest"),
        ("a.mp4", {"crf": 99}, "0 .best. to 51", "51 is the nearest"),
        ("a.mp4", {"codec": "vp9"}, "codec of mp4 is h264", "leave it out"),
        ("a.mp4", {"resolution": "9000x4500"}, "can't be made", "4096x2048 is the nearest"),
        ("a.mp4", {"quality": "best"}, "high, medium or low", "high is the nearest"),
    ],
)  # fmt: skip
def test_what_can_not_be_made(session, name, output, why, instead):
    """One true reason, and the nearest that works; nothing says to try the same again."""
    session.upload("talk.mp3")
    with pytest.raises(errors.NemoError, match=why) as caught:
        session.export(name, **output)
    assert instead in str(caught.value)
    assert "tries again" not in str(caught.value)
