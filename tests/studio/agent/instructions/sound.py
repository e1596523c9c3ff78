"""What is heard: music, the clips' own sound, loudness."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line
# fmt: off

from __future__ import annotations

from studio.agent.instructions.checks import any_of, may
from studio.agent.instructions.furnishing import loud, music, no_music, on_beats
from studio.agent.instructions.manner import clip, during

QUIETER, LOUDER = (0.01, 0.33), (0.37, 3.0)
"""Than the 35 % of the music that is there."""

ROWS = [
    ("add some music", "interview", music()),
    ("put lofi underneath at 20%", "interview", music("lofi", volume=0.2)),
    ("add calm music", "interview", music("music:calm")),
    ("something upbeat in the background", "interview", music("music:upbeat")),
    ("quiet cinematic music please", "interview", music("music:cinematic", volume=(0.03, 0.35))),
    ("add background music, but only for the first 30 seconds", "interview", music(start=0, end=30)),
    ("add upbeat music from 0:30 to 1:00 at half volume", "interview", music("music:upbeat", 30, 60, volume=0.5)),
    ("add backgroud music", "interview", music()),
    ("add music that gets quieter when someone speaks", "interview", music(duck=True)),
    ("calm music over the last third", "interview", music("music:calm", 120, 180)),
    ("add music at -12 dB", "interview", music(volume=0.25)),
    ("add relaxing music and let it fade out over 5 seconds", "interview", music("music:calm", fade_out=5000)),
    ("配点轻快的音乐", "interview", music("music:upbeat")),
    ("来个舒缓的背景音乐，音量两成", "interview", music("music:calm", volume=0.2)),
    ("加一段电影感的配乐", "interview", music("music:cinematic")),
    ("背景音乐从第10秒开始放", "interview", music(start=10)),
    # the clips' own sound
    ("mute the video", "interview", clip("all", volume=0)),
    ("mute 0:10-0:20", "interview", during(10, 20, volume=0)),
    ("take the sound out of the first 3 seconds", "interview", during(0, 3, volume=0)),
    ("get all the audio off the last 5 seconds", "interview", during(175, 180, volume=0)),
    ("把声音从前3秒去掉", "interview", during(0, 3, volume=0)),
    ("make the voice louder", "interview", clip("all", volume=(1.05, 10))),
    ("make the voice lowder", "interview", clip("all", volume=(1.05, 10))),
    ("turn the original sound down to 50%", "interview", clip("all", volume=0.5)),
    ("boost the voice by 6 dB", "interview", clip("all", volume=(1.9, 2.1))),
    ("mute the night clip", "trip", clip("night", volume=0)),
    ("turn harbour's sound down by half", "trip", clip("harbour", volume=0.5)),
    ("no sound for the second clip", "trip", clip("market", volume=0)),
    ("原声静音", "interview", clip("all", volume=0)),
    ("人声大一点", "interview", clip("all", volume=(1.05, 10))),
    ("前5秒静音", "interview", during(0, 5, volume=0)),
    ("第三段静音", "trip", clip("night", volume=0)),
    ("原声音量降到三成", "interview", clip("all", volume=0.3)),
    # loudness
    ("normalise the audio to -14 LUFS", "interview", loud(-14)),
    ("normalize the loudness", "interview", loud()),
    ("even out the volume to -16 lufs", "interview", loud(-16)),
    ("响度统一到-14", "interview", loud(-14)),
    # the music that is there
    ("music down to 10%", "edited", music("lofi", volume=0.1)),
    ("make the music a bit quieter", "edited", music("lofi", volume=QUIETER)),
    ("louder music", "edited", music("lofi", volume=LOUDER)),
    ("turn the music off", "edited", no_music()),
    ("remove the music", "edited", no_music()),
    ("change the music to something calm", "edited", music("music:calm")),
    ("swap the lofi for cinematic music", "edited", music("music:cinematic")),
    ("fade the music out over 4 seconds", "edited", music("lofi", fade_out=4000)),
    ("drop the music by 6 dB", "edited", music("lofi", volume=(0.165, 0.185))),
    ("stop the music at 0:30", "edited", music("lofi", 0, 30)),
    ("the music should only start at 0:10", "edited", music("lofi", 10)),
    ("the music is too loud, turn it down", "edited", music("lofi", volume=QUIETER)),
    ("turn off the ducking of the music", "edited", music("lofi", duck={False, None})),
    ("音乐小一点", "edited", music("lofi", volume=QUIETER)),
    ("把音乐换成电影感的", "edited", music("music:cinematic")),
    ("音乐去掉", "edited", no_music()),
    ("背景音乐调到百分之十五", "edited", music("lofi", volume=0.15)),
    ("音乐声再大些", "edited", music("lofi", volume=LOUDER)),
    # a song of one's own
    ("use my song as background music", "song", music("song.mp3")),
    ("put song.mp3 under the video at 30%", "song", music("song.mp3", volume=0.3)),
    ("use song.mp3 and mute the clips", "song", music("song.mp3"), clip("all", volume=0)),
    ("add song.mp3 as music and cut the clips to its beat", "song", music("song.mp3"), on_beats(0.48), may("cut", "joints", "speed")),
    ("用我上传的那首歌当背景音乐", "song", music("song.mp3")),
    ("把song.mp3放在下面，音量四成", "song", music("song.mp3", volume=0.4)),
    ("put the song on from 0:10 to 0:40 and fade it out", "song", music("song.mp3", 10, 40, fade_out=(100, 10000))),
    ("only music, no original sound", "song", any_of((music(), clip("all", volume=0)))),
]
