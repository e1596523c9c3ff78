"""Background music: added, changed, removed, in the words that people use."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line

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
    ("add calm background music at 20 percent", "music:calm", 0.2, WHOLE),
    ("put some relaxing music under the video", "music:calm", 0.35, WHOLE),
    ("I'd like some soft background music", "music:calm", 0.35, WHOLE),
    ("can I have background music?", LOFI, 0.35, WHOLE),
    ("add a lofi soundtrack with volume 50%", LOFI, 0.5, WHOLE),
    ("add background music from 0:10 to 0:30", LOFI, 0.35, (10_000, 30_000)),
    ("add music for the first 20 seconds at 40%", LOFI, 0.4, (0, 20_000)),
    ("add chill music in the last 10 seconds", LOFI, 0.35, (100_000, 110_000)),
    ("use my song.mp3 as background music", SONG, 0.35, (0, 60_000)),
    ("put my song.mp3 in the background", SONG, 0.35, (0, 60_000)),
    ('use "my song.mp3" as the background music at 50%', SONG, 0.5, (0, 60_000)),
    ("add MY SONG.MP3 as music from 0:10 to 0:30", SONG, 0.35, (10_000, 30_000)),
    ("use my song.mp3 as background music, not too loud", SONG, 0.2, (0, 60_000)),
    ("add background music, not too loud", LOFI, 0.2, WHOLE),
    ("music at 50%", LOFI, 0.5, WHOLE),
    ("加背景音乐，别太大声", LOFI, 0.2, WHOLE),
    ("加背景音乐", LOFI, 0.35, WHOLE),
    ("添加配乐，音量20%", LOFI, 0.2, WHOLE),
    ("请帮我加一段轻松的背景音乐", "music:calm", 0.35, WHOLE),
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
    ("sentence", "near"),
    [
        ("add jazz music", "nearest is lo-fi"),
        ("add some rock music", "nearest is upbeat"),
        ("add sad background music", "nearest is calm"),
        ("add horror music", "nearest is cinematic"),
        ("add banjo music", "lo-fi, calm, upbeat and cinematic"),
        ("加爵士乐", "最接近的是Lo-fi"),
        ("加悲伤的音乐", "最接近的是舒缓"),
    ],
)
def test_other_moods(sentence, near, world, do):
    """A mood that is not there is refused by name, with what comes nearest."""
    done = do(sentence, world)
    assert done.draft is None
    assert near in done.reply


MOODS = [
    ("add energetic music", "upbeat"), ("add epic music at 40%", "cinematic"), ("calm music", "calm"),
    ("something relaxing in the background", "calm"), ("lofi throughout", "lofi"), ("add a happy tune", "upbeat"),
    ("put a dramatic soundtrack under it", "cinematic"), ("add film music", "cinematic"), ("来点欢快的音乐", "upbeat"),
    ("配一首史诗级的音乐", "cinematic"), ("加轻松的背景音乐", "calm"), ("add chillhop beats", "lofi"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "mood"), MOODS, ids=[m[0] for m in MOODS])
def test_moods(sentence, mood, world, do):
    """Many words for four moods."""
    assert do(sentence, world).draft.layout()[1].segments[0].src == f"music:{mood}"


DETAILED = [
    ("add calm music at -12 dB", {"volume": 0.2512}),
    ("add music at half volume", {"volume": 0.5}),
    ("加音乐，音量三成", {"volume": 0.3}),
    ("add loud upbeat music", {"volume": 0.6}),
    ("add music without ducking", {"duck": False}),
    ("add music that gets quieter when someone speaks", {"duck": True}),
    ("add calm music starting at 0:30", {"start": 30_000, "in": 0, "out": 80_000}),
    ("add calm music until 1:00", {"start": 0, "out": 60_000}),
    ("use my song", {"src": SONG, "in": 0, "out": 60_000}),
    ("use my song.mp3 from 0:30", {"src": SONG, "start": 0, "in": 30_000, "out": 60_000}),
    ("use 0:10 to 0:25 of the song as music", {"src": SONG, "start": 0, "in": 10_000, "out": 25_000}),
    ("add my song, looped", {"src": SONG, "loop": True, "in": 0, "out": 60_000}),
    ("play the song from 0:10 to 0:30", {"src": SONG, "start": 10_000, "in": 0, "out": 20_000}),
    ("用我上传的歌做背景音乐，循环播放", {"src": SONG, "loop": True}),
]


@pytest.mark.parametrize(("sentence", "wanted"), DETAILED, ids=[d[0] for d in DETAILED])
def test_how_it_is_played(sentence, wanted, world, do):
    """Level, place, part of the song, ducking and loop are what was said."""
    done = do(sentence, world)
    assert done.draft is not None, done.reply
    meta = done.draft.data["t"][1]["sg"][0]["m"]
    assert {k: meta.get(k) for k in wanted} == pytest.approx(wanted)


ALTERED = [
    ("lower the music by 6 dB", {"volume": 0.1754}), ("turn the music down by 20%", {"volume": 0.28}),
    ("set the music to -12 dB", {"volume": 0.2512}), ("raise the music to 150%", {"volume": 1.5}),
    ("turn off the ducking", {"duck": False}), ("don't duck the music", {"duck": False}),
    ("stop the music at 0:30", {"start": 0, "out": 30_000}), ("the music should start at 0:10", {"start": 10_000}),
    ("change the music to something calm", {"src": "music:calm"}), ("make the music more upbeat", {"src": "music:upbeat"}),
    ("replace the music with my song", {"src": SONG}), ("switch to cinematic music", {"src": "music:cinematic"}),
    ("音乐降低6分贝", {"volume": 0.1754}), ("音乐换成欢快的", {"src": "music:upbeat"}), ("不要自动压低音乐", {"duck": False}),
    ("音乐放到1分钟就停", {"out": 60_000}), ("music -6 dB", {"volume": 0.1754}), ("reduce the music by half", {"volume": 0.175}),
    ("lower the music to half volume", {"volume": 0.175}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "wanted"), ALTERED, ids=[a[0] for a in ALTERED])
def test_altered(sentence, wanted, world, do):
    """Music that is there changes in what was said; there is still one piece of it."""
    do("add background music", world)
    done = do(sentence, world)
    assert done.draft is not None, done.reply
    (bed,) = done.draft.layout()[1].segments
    assert {k: bed.raw["m"].get(k) for k in wanted} == pytest.approx(wanted)


@pytest.mark.parametrize("before", ["use my song from 0:10 to 0:30", "add calm music at 20% until 0:30", ""])
@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("play the music over the whole video", None),
        ("have the music under the entire video at 10%", 0.1),
        ("put that music under everything", None),
    ],
)
def test_the_music_is_the_one_that_is_there(before, sentence, level, world, do):
    """'The music' is what plays already, as loud as it is, else one's own song: never another in its place."""
    (old,) = do(before, world).draft.layout()[1].segments if before else (None,)
    (bed,) = do(sentence, world).draft.layout()[1].segments
    assert bed.src == (old.src if old else SONG)
    assert bed.volume == (level or (old.volume if old else 0.35))
    assert (bed.start_ms, bed.end_ms) == (0, 60_000 if bed.src == SONG else 110_000)


def test_which_of_several_pieces_is_asked(world, do):
    """Of two pieces of music none is taken for 'the music', and neither goes."""
    do("add calm music until 0:30", world)
    do("add upbeat music from 0:40 to 1:00", world)
    done = do("play the music over the whole video", world)
    assert done.draft is None
    assert "Which of the music" in done.reply


def test_loop(world, do):
    """A song goes on to the timeline's end, also to a later one, and is played once again if asked."""
    do("use my song", world)
    assert do("loop the music", world).draft.layout()[1].segments[0].end_ms == 110_000
    do("remove the first 10 seconds", world)
    assert world.draft.layout()[1].segments[0].end_ms == 100_000
    assert do("stop looping the music", world).draft.layout()[1].segments[0].end_ms == 60_000
    do("add calm music", world)
    assert "nothing to loop" in do("loop the music", world).reply


def test_which_song(world, do):
    """With several songs it is asked which; with none that is said."""
    world.media["/m/two.mp3"] = type(world.media[SONG])(
        "/m/two.mp3", "two.mp3", "audio", 9000, has_audio=True
    )
    done = do("use my song", world)
    assert done.draft is None
    assert do("use “two.mp3” as background music", world).draft.layout()[1].segments[0].src == "/m/two.mp3"
    world.media.clear()
    assert "No song was uploaded" in do("use my song", world).reply


@pytest.mark.parametrize(
    "sentence",
    [
        *(
            "use my song.mp3 from 2:00",
            "add music at 2000%",
            "add calm and upbeat music",
            "something fun",
            "calm",
        ),
        *("the calm music is nice", "change the music", "add something fun", "add the latest hit by Adele"),
        *("make the music faster", "set the music to -20%", "换首歌", "加首周杰伦的歌", "把歌放在第10秒"),
    ],
)
def test_no_guess(sentence, world, do):
    """What is impossible, vague or no instruction changes nothing."""
    assert do(sentence, world).draft is None


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


SPREAD = [
    ("make the music as long as the film", 0, 110),
    ("spread the music over the whole video", 0, 110),
    ("the music should play the whole time", 0, 110),
    ("let the music run to the end", 20, 110),
    ("play the music throughout", 20, 110),
    ("extend the music until the very end of the video", 20, 110),
    ("让音乐贯穿全片", 0, 110),
    ("音乐一直放到结尾", 20, 110),
]


@pytest.mark.parametrize(("sentence", "start", "end"), SPREAD, ids=[s[0] for s in SPREAD])
@pytest.mark.parametrize(
    "music", ["add my song.mp3 from 0:20 to 0:30", "add calm music at 20% from 0:20 to 0:30"]
)
def test_music_is_spread(music, sentence, *, start, end, world, do):
    """The music that is there plays so far, as loud as it was; a song that is shorter begins anew."""
    do(music, world)
    (before,) = [track.segments[0] for track in world.draft.layout() if track.type == 1]
    done = do(sentence, world)
    (after,) = [track.segments[0] for track in done.draft.layout() if track.type == 1]
    assert (after.src, after.volume) == (before.src, before.volume)
    assert (after.start_ms, after.end_ms) == (start * 1000, end * 1000)
    assert bool(after.raw["m"].get("loop")) == ("song" in music)
    assert do(sentence, world).draft is None, "it is like that already"
