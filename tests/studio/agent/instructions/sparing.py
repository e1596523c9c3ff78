"""What is spared: all but the first, not the last, the night clip as it is; and what no offer may leave out."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line
# fmt: off

from __future__ import annotations

from studio.agent.instructions.checks import asks, unchanged
from studio.agent.instructions.cutting import clips, gone, kept, there
from studio.agent.instructions.furnishing import hue, music, text
from studio.agent.instructions.judging import pick
from studio.agent.instructions.manner import clip, differ, during, joined, look

BRIGHTER = look("brightness", (0.01, 1.0))
SEPIA, GREY, WARM = look("sepia"), look("bw"), look("warm")
QUIETER = (0.01, 0.33)

ROWS = [
    ("all clips but the first one a little brighter", "edited", during(40, 80, looks=BRIGHTER), during(90, 119.8, looks=BRIGHTER)),
    ("make every clip except the second black and white", "edited", during(0, 30, looks=GREY), during(90, 120, looks=GREY)),
    ("mute everything but the last clip", "edited", during(0, 80, volume=0)),
    ("mute all clips except the first and the last one", "edited", during(40, 80, volume=0)),
    ("除了第一段，其他都调亮一点", "edited", during(40, 80, looks=BRIGHTER), during(90, 119.8, looks=BRIGHTER)),
    ("make it warmer but leave the second clip as it is", "edited", during(0, 30, looks=WARM), during(90, 120, looks=WARM)),
    ("remove all clips except the first", "edited", gone((41, 79), (91, 119)), there((0.3, 29.4))),
    ("Give it that old film look, but leave the night shot as it is.", "trip", differ(looks={"harbour": SEPIA, "market": SEPIA})),
    ("no sound on any of it except the night clip", "trip", differ(volume={"harbour": 0, "market": 0})),
    ("make it all sepia, not the harbour though", "trip", differ(looks={"market": SEPIA, "night": SEPIA})),
    ("mirror everything, but don't touch the market", "trip", differ(flip={"harbour": "horizontal", "night": "horizontal"})),
    ("leave the market alone and mute the rest", "trip", differ(volume={"harbour": 0, "night": 0})),
    ("整体调暖一点，night那段不要动", "trip", differ(looks={"harbour": WARM, "market": WARM})),
    ("brighten beach night, not the day one", "walks", clip("beach_night", looks=BRIGHTER)),
    ("全部变成黑白，但是海边那段保持原样", "游记", differ(looks={"城市夜景": GREY, "森林漫步": GREY})),
    # 不要 of clips lets them go, unless it is said beside what is for all
    ("不要动森林漫步，海边静音", "游记", differ(volume={"海边": 0})),
    ("第一段不要，第二段静音", "游记", clips("森林漫步", "海边"), clip("海边", volume=0)),
    ("后面四分之一不要", "film", kept((0, 90))),
    ("都静音，海边不要", "游记", differ(volume={"城市夜景": 0, "森林漫步": 0})),
    ("配乐留着，海边静音", "游记", differ(volume={"海边": 0})),
    ("字幕别动，第一段静音", "游记", differ(volume={"城市夜景": 0})),
    ("不要动森林漫步", "游记", unchanged()),
    # what is taken back at once
    ("swap 1 and 3 actually no, 1 and 2", "trip", clips("market", "harbour", "night")),
    ("swap the harbour and night, actually no, harbour and market", "trip", clips("market", "harbour", "night")),
    ("remove the first 5 seconds no wait the last 5 seconds", "film", kept((0, 115))),
    ("mute the harbour, scratch that, mute the market", "trip", differ(volume={"market": 0})),
    ("mute the first clip, correction: the second", "trip", differ(volume={"market": 0})),
    ("cut from 0:05 to 0:10, I meant 0:15 to 0:20", "film", gone((15.1, 19.9)), there((5, 10))),
    ("make it 2x faster. actually no, 1.5x", "trip", clip("all", speed=1.5)),
    ("don't remove the harbour, I mean it", "trip", unchanged()),
    ("I mean the harbour is boring", "trip", unchanged()),
    # 'it' after an exception may be what is excepted
    ("mute everything but the market and make it brighter", "trip", asks("market", "all clips")),
    (("brighten all but the market, then mute it", pick("mute market")), "trip", differ(looks={"harbour": BRIGHTER, "night": BRIGHTER}, volume={"market": 0})),
    # what can't be spared
    ("add music but leave the night clip as it is", "trip", unchanged()),
    ("use song.mp3 but only from its chorus, that starts at 0:35", "song", unchanged()),
    # a reason is no second wish
    ("music's too loud, I can't hear the talking", "edited", music("lofi", volume=QUIETER), clip("all", volume=1)),
    ("I can't hear the talking, the music is too loud", "edited", music("lofi", volume=QUIETER), clip("all", volume=1)),
    ("make the voice louder, the speech is too quiet", "edited", clip("all", volume=(1.3, 1.5))),
    # no offer for all where some are named, or for something else
    ("Brighten the jungle one and drop its sound too", "trip", unchanged()),
    ("slow the kiss down to half speed and put romantic music just there", "film", unchanged()),
    ("can you swap the person in city street for my cousin", "walks", unchanged()),
    ("Please move the title two seconds later and make it a bit larger.", "edited", asks("make the title a bit bigger")),
    # said in so many words
    ("I only need what she says from 30 seconds to 1 min 15, bin the rest", "interview", kept((30, 75))),
    ("get rid of those silences but leave a tiny breath in each, like a quarter second", "interview", gone((20.2, 22.2), (58.2, 60.8), (90.2, 93.8))),
    ("剪掉停顿，但每处留一点呼吸", "interview", gone((20.2, 22.2), (58.2, 60.8), (90.2, 93.8)), there((0.3, 19.8))),
    ("throw a big 'SUBSCRIBE' in the middle of the screen at 1:30, three seconds", "interview", text("SUBSCRIBE", 90, 93, position="center", size=96)),
    ("the title should be yellow and sit at the bottom", "edited", text("Welcome", 0, 4, position="bottom-center", color=hue("yellow"))),
    ("make the crossfade longer, say a second and a half", "edited", joined(seconds=1.5, at=[1])),
    ("make the title longer, say six seconds", "edited", text("Welcome", 0, 6)),
    ("last clip in slow motion, and take its sound off", "edited", clip(3, speed=0.5, volume=0)),
    ("brighten the first clip and turn its sound off", "edited", clip(1, looks=BRIGHTER, volume=0)),
    ("put the forest walk first and get the city street to the end", "walks", clips("forest-walk", "beach_day", "beach_night", "city_street")),
    # clips by their names, as others spell them and in the other language
    ("make the harbor black and white", "trip", clip("harbour", looks=GREY)),
    ("mute the forest walk pls", "游记", clip("森林漫步", volume=0)),
    ("put the seaside clip first and speed up the night city 1.5x", "游记", clips("海边", "城市夜景", "森林漫步"), clip("城市夜景", speed=1.5)),
]
