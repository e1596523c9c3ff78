"""Background music: added, changed, removed, in the words that people use."""

from __future__ import annotations

import pytest

WHOLE = (0, 110_000)
LOFI, SONG = "music:lofi", "/media/cc33/my song.mp3"

ADDED = [
    ("add background music", LOFI, 0.35, WHOLE),
    ("Please add some background music", LOFI, 0.35, WHOLE),
    ("add music", LOFI, 0.35, WHOLE),
    ("add lo-fi music at 20%", LOFI, 0.2, WHOLE),
    ("add some music in the background at 30% volume", LOFI, 0.3, WHOLE),
    ("add calm background music at 20 percent", LOFI, 0.2, WHOLE),
    ("put some relaxing music under the video", LOFI, 0.35, WHOLE),
    ("I'd like some soft background music", LOFI, 0.35, WHOLE),
    ("can I have background music?", LOFI, 0.35, WHOLE),
    ("add a lofi soundtrack with volume 50%", LOFI, 0.5, WHOLE),
    ("add background music from 0:10 to 0:30", LOFI, 0.35, (10_000, 30_000)),
    ("add music for the first 20 seconds at 40%", LOFI, 0.4, (0, 20_000)),
    ("add chill music in the last 10 seconds", LOFI, 0.35, (100_000, 110_000)),
    ("use my song.mp3 as background music", SONG, 0.35, (0, 60_000)),
    ('use "my song.mp3" as the background music at 50%', SONG, 0.5, (0, 60_000)),
    ("add MY SONG.MP3 as music from 0:10 to 0:30", SONG, 0.35, (10_000, 30_000)),
    ("use my song.mp3 as background music, not too loud", SONG, 0.2, (0, 60_000)),
    ("add background music, not too loud", LOFI, 0.2, WHOLE),
    ("music at 50%", LOFI, 0.5, WHOLE),
    ("加背景音乐，别太大声", LOFI, 0.2, WHOLE),
    ("加背景音乐", LOFI, 0.35, WHOLE),
    ("添加配乐，音量20%", LOFI, 0.2, WHOLE),
    ("请帮我加一段轻松的背景音乐", LOFI, 0.35, WHOLE),
    ("给视频配上音乐", LOFI, 0.35, WHOLE),
    ("从10秒到30秒加背景音乐", LOFI, 0.35, (10_000, 30_000)),
    ("用my song.mp3作为背景音乐", SONG, 0.35, (0, 60_000)),
    ("来点音乐", LOFI, 0.35, WHOLE),
]


@pytest.mark.parametrize(("sentence", "src", "volume", "when"), ADDED, ids=[a[0] for a in ADDED])
def test_added(sentence, *, src, volume, when, world, do):
    """The bed stands where it was said to, as loud as it was said to be, with its fades and ducking."""
    done = do(sentence, world)
    assert done.draft is not None, done.reply
    track = done.draft.layout()[1]
    (bed,) = track.segments
    assert (track.type, track.name) == (1, "BGM")
    assert (bed.src, bed.volume, (bed.start_ms, bed.end_ms)) == (src, volume, when)
    meta = bed.raw["m"]
    assert (meta["fade_in"], meta["fade_out"], meta["duck"]) == (500, 1000, True)
    assert (meta["in"], meta["out"]) == (0, bed.duration_ms)


CHANGED = [
    ("set the music volume to 20%", 0.2),
    ("music volume 20%", 0.2),
    ("turn the music down to 10 percent", 0.1),
    ("change the volume of the background music to 50 %", 0.5),
    ("make the music quieter", 0.245),
    ("turn down the music", 0.245),
    ("turn the music down a bit please", 0.245),
    ("lower the music volume", 0.245),
    ("make the music louder", 0.49),
    ("turn up the music", 0.49),
    ("make the music half as loud", 0.175),
    ("mute the music", 0.0),
    ("set the music to 10%", 0.1),
    ("music at 50%", 0.5),
    ("the music is too loud", 0.245),
    ("the music is way too loud, turn it down", 0.245),
    ("the music is too quiet", 0.49),
    ("让背景音乐小声一点", 0.245),
    ("让音乐大声点", 0.49),
    ("音乐太吵了，小一点", 0.245),
    ("音乐太大声了", 0.245),
    ("音乐音量调到20%", 0.2),
    ("把背景音乐的音量调到20%", 0.2),
    ("音乐小声一点", 0.245),
    ("把音乐调小一点", 0.245),
    ("音乐大声一点", 0.49),
    ("把音乐静音", 0.0),
]


@pytest.mark.parametrize(("sentence", "volume"), CHANGED, ids=[c[0] for c in CHANGED])
def test_volume(sentence, volume, world, do):
    """Only the volume of the bed changes."""
    do("add background music", world)
    before = world.draft
    done = do(sentence, world)
    assert done.draft is not None, done.reply
    assert done.draft.layout()[1].segments[0].volume == pytest.approx(volume)
    done.draft.data["t"][1]["sg"][0]["m"]["volume"] = 0.35
    assert done.draft == before


REMOVED = [
    "remove the music",
    "delete the background music",
    "get rid of the soundtrack",
    "please take out the music",
    "take the music out",
    "no music please",
    "no music",
    "I don't want any music",
    "不要音乐",
    "不要背景音乐了",
    "去掉音乐",
    "把背景音乐删掉",
    "删除配乐",
]


@pytest.mark.parametrize("sentence", REMOVED)
def test_removed(sentence, world, do):
    """The music goes, and with it its track; the rest is as before."""
    before = world.draft
    do("add background music", world)
    done = do(sentence, world)
    assert done.draft == before, done.reply


def test_replaced(world, do):
    """Another source takes the bed's place and keeps its volume."""
    do("add background music at 20%", world)
    (bed,) = do("replace the music with my song.mp3", world).draft.layout()[1].segments
    assert (bed.src, bed.volume, bed.end_ms) == (SONG, 0.2, 60_000)


@pytest.mark.parametrize(
    "sentence",
    [
        *("remove the music", "make the music quieter", "set the music volume to 20%", "去掉音乐"),
        *(
            "no music",
            "no music please",
            "不要音乐",
            "the music is too loud",
            "fade the music out",
            "音乐淡出",
        ),
    ],
)
def test_none_there(sentence, world, do):
    """Without music there is nothing to change or remove, and the reply says so."""
    done = do(sentence, world)
    assert done.draft is None
    assert "no music" in done.reply or "没有" in done.reply


@pytest.mark.parametrize(
    "sentence", ["add jazz music", "add some upbeat music", "加爵士乐", "add epic background music"]
)
def test_other_moods(sentence, world, do):
    """Only lo-fi can be made; another mood is refused by name."""
    done = do(sentence, world)
    assert done.draft is None
    assert "o-fi" in done.reply


def test_voice_over_is_no_music(world, do):
    """An audio track of another name stays when the music goes."""
    do("add background music", world)
    voice = {
        "tt": 1,
        "m": {"name": "Voiceover"},
        "sg": [{"d": 5000, "m": {"id": "n1", "start": 0, "src": "x"}}],
    }
    world.draft.data["t"].append(voice)
    done = do("remove the music", world)
    assert done.draft.data["t"][1:] == [voice]


def test_same_again(world, do):
    """The same music asked for twice changes nothing the second time."""
    do("add background music", world)
    assert do("add background music", world).draft is None


def test_level_is_a_change(world, do):
    """Music that is there gets another level, it is not laid anew."""
    do("add background music at 30%", world)
    assert do("set the music to 10%", world).reply.startswith("Music volume: 30% → 10%.")


FADED = [
    ("fade the music out at the end", 500, 2000),
    ("fade the music in", 2000, 1000),
    ("fade the music in and out", 2000, 2000),
    ("fade out the music over 3 seconds", 500, 3000),
    ("fade the music out over the last 4 seconds", 500, 4000),
    ("end the music with a 3 second fade out", 500, 3000),
    ("add a 3 second fade out to the music", 500, 3000),
    ("音乐淡出", 500, 2000),
    ("音乐淡入淡出", 2000, 2000),
    ("让音乐在结尾淡出3秒", 500, 3000),
]


@pytest.mark.parametrize(("sentence", "fade_in", "fade_out"), FADED, ids=[f[0] for f in FADED])
def test_faded(sentence, fade_in, fade_out, world, do):
    """Only the fades that were said change."""
    do("add background music", world)
    before = world.draft
    done = do(sentence, world)
    assert done.draft is not None, done.reply
    meta = done.draft.data["t"][1]["sg"][0]["m"]
    assert (meta["fade_in"], meta["fade_out"]) == (fade_in, fade_out)
    meta |= {"fade_in": 500, "fade_out": 1000}
    assert done.draft == before
    assert "fades" in done.reply or "淡" in done.reply


@pytest.mark.parametrize(
    "sentence",
    ["add background music with a 3 second fade out", "use my song.mp3 as music, with a 3 second fade out"],
)
def test_added_with_a_fade(sentence, world, do):
    """New music has the fade that was asked for, and the reply says so."""
    done = do(sentence, world)
    assert done.draft.data["t"][1]["sg"][0]["m"]["fade_out"] == 3000
    assert "fading out over 3 s" in done.reply


def test_fades_stay(world, do):
    """Another source or level keeps the fades that were set."""
    do("add background music", world)
    do("fade the music out over 3 seconds", world)
    do("replace the music with my song.mp3 and make the music quieter", world)
    assert world.draft.data["t"][1]["sg"][0]["m"]["fade_out"] == 3000
