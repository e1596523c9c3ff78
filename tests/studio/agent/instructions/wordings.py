"""Known edits in the words of people who have not seen the grammar: polite, verbless, last things first."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line
# fmt: off

from __future__ import annotations

from studio.agent.instructions.checks import asks, unchanged
from studio.agent.instructions.cutting import clips, kept, lasts, split_at
from studio.agent.instructions.furnishing import music, text
from studio.agent.instructions.lengths import trip
from studio.agent.instructions.manner import WIPES, clip, differ, during, freeze, joined, look

H, M, N = "harbour", "market", "night"
CITY, FOREST, DAY, NIGHT = "city_street", "forest-walk", "beach_day", "beach_night"
POLITE = [
    ("Can u make it black n white?", "interview", clip("all", looks=look("bw"))),
    ("would u mind making it black and white?", "interview", clip("all", looks=look("bw"))),
    ('dear, would you kindly write "Our Holiday" at the very beginning for about four seconds? Thank you ever so much', "trip", text("Our Holiday", 0, 4)),
    ("dear sir or madam, please be so kind and delete the first 10 seconds", "interview", kept((10, 180))),
    ("could you possibly remove the first ten seconds, please?", "interview", kept((10, 180))),
    ("Would it be possible to remove the first 5 seconds?", "interview", kept((5, 180))),
    ("may I ask you to cut the last 10 seconds? Thank you so much in advance!", "interview", kept((0, 170))),
    ("is there any chance you could drop the first 12 seconds?", "interview", kept((12, 180))),
    ("I was wondering if you could cut the last 10 seconds", "interview", kept((0, 170))),
]
TITLES = [
    ('Name bar for the first five seconds: "Dr. Helen Ortiz"', "interview", text("Dr. Helen Ortiz", 0, 5, style="lower-third")),
    ('lower third from 0:05 to 0:10: "Anna Kim"', "interview", text("Anna Kim", 5, 10, style="lower-third")),
    ("label each clip with its name for the first 2 secs of it", "trip", text("Harbour", 0, 2), text("Market", 10, 12), text("Night", 30, 32)),
    ("show each clip's name at its beginning for 2 seconds", "walks", text("City street", 0, 2), text("Forest walk", 8, 10), text("Beach day", 18, 20), text("Beach night", 30, 32)),
    ("caption every clip with its own name", "trip", text("Night", 30, 33, style="caption"), text("Market", 10, 13), text("Harbour", 0, 3)),
    ("每段开头显示片段名字2秒", "trip", text("Harbour", 0, 2), text("Market", 10, 12), text("Night", 30, 32)),
]
PARTS = [
    ("chop it into three equal parts", "interview", split_at(60, 120)),
    ("divide the whole thing into four parts of the same length", "interview", split_at(45, 90, 135)),
    ("slice this into thirds", "interview", split_at(60, 120)),
    ("把视频平均分成三段", "interview", split_at(60, 120)),
    ("split the night footage right down the middle", "trip", split_at(10, 30, 45)),
    ("chop the night clip in two", "trip", split_at(10, 30, 45)),
    ("slice the night clip into 3 equal pieces", "trip", split_at(10, 30, 40, 50)),
    ("cut the market clip down to its first 8 seconds", "trip", trip(market=(0, 8))),
    ("trim the night down to the first 10 secs", "trip", trip(night=(0, 10))),
    ("shorten the night shot to its last 12 seconds", "trip", trip(night=(18, 30))),
    ("market只保留前8秒", "trip", trip(market=(0, 8))),
    ("I want only the best bits, 20 seconds total", "film", lasts(20, 1.6)),
    ("just the highlights, 30 seconds in all", "film", lasts(30, 1.6)),
]
ONLY = [
    ("keep the kiss only", "film", kept((60, 68.4))),
    ("the kiss only, nothing else", "film", kept((60, 68.4))),
    ("only the beach clips, drop the other two", "walks", clips(DAY, NIGHT)),
    ("just the two beach clips please", "walks", clips(DAY, NIGHT)),
    ("only the harbour, please", "trip", clips(H)),
    ("keep the market clip only", "trip", clips(M)),
    (("mute the night", "only the market"), "trip", asks("keep only the market")),
    ("no sound on any of it except the night clip", "trip", differ(volume={H: 0, M: 0})),
    ("mute everything but the market", "trip", differ(volume={H: 0, N: 0})),
    ("kill the audio everywhere apart from the night clip", "trip", differ(volume={H: 0, M: 0})),
    ("除了night都静音", "trip", differ(volume={H: 0, M: 0})),
    ("all clips but the first one a little brighter", "trip", differ(looks={M: look("brightness"), N: look("brightness")})),
    ("Give it that old film look, but leave the night shot as it is.", "trip", differ(looks={H: look("sepia"), M: look("sepia")})),
    ("brighten beach night, not the day one", "walks", clip(NIGHT, looks=look("brightness"))),
    ("brighten the market clip but not the others", "trip", clip(M, looks=look("brightness"))),
    ("mute harbour and night", "trip", differ(volume={H: 0, N: 0})),
]
ORDERS = [
    ("the middle clip should go at the end", "trip", clips(H, N, M)),
    ("the last clip belongs at the start", "trip", clips(N, H, M)),
    ("I'd like the night clip to open the video", "trip", clips(N, H, M)),
    ("begin with the night, end with the harbour", "trip", clips(N, M, H)),
    ("put market at the end and night at the start", "trip", clips(N, H, M)),
    ("put the forest walk first and get the city street to the end", "walks", clips(FOREST, DAY, NIGHT, CITY)),
    ("show the dog first, then the cake", "pictures", clips("dog", "cake", "beach", "sunset")),
    ("first the dog, then the cake, then the rest", "pictures", clips("dog", "cake", "beach", "sunset")),
    ("dog first, cake second", "pictures", clips("dog", "cake", "beach", "sunset")),
    ("let the harbour play twice in a row", "trip", clips(H, H, M, N)),
    ("play the market clip two times", "trip", clips(H, M, M, N)),
    ("show the night three times in a row", "trip", clips(H, M, N, N, N)),
    ("让market连续播放两次", "trip", clips(H, M, M, N)),
    ("beach pic out", "pictures", clips("cake", "dog", "sunset")),
    ("out with the market", "trip", clips(H, N)),
    ("take the market vid out", "trip", clips(H, N)),
]
NAMES = [
    ("the harbor clip a bit brighter", "trip", clip(H, looks=look("brightness"))),
    ("warm up the colors of the harbor", "trip", clip(H, looks=look("warm"))),
    ("Brighten the nite one and drop its sound too", "trip", clip(N, looks=look("brightness")), clip(N, volume=0)),
    ("beach nite to the front", "walks", clips(NIGHT, CITY, FOREST, DAY)),
    ("mute the beach clips", "walks", differ(volume={DAY: 0, NIGHT: 0})),
]
SOUNDS = [
    ("music should fade out over the last 3 seconds", "edited", music(fade_out=3000)),
    ("let the music fade away during the last five seconds", "edited", music(fade_out=5000)),
    ("音乐在最后3秒淡出", "edited", music(fade_out=3000)),
    ("bring the music in only from the second clip on", "edited", music(start=29.75, end=99.5)),
    ("the music should start with the second clip", "edited", music(start=29.75, end=99.5)),
    ("let the music end when the second clip ends", "edited", music(start=0, end=69.5)),
    ("音乐从第二段开始才放", "edited", music(start=29.75, end=99.5)),
    ("Can you add soft piano music to my pictures and let them melt into each other?", "pictures", music("calm"), joined("crossfade")),
    (("add calm music without ducking", "duck the music whenever somebody talks"), "trip", music(duck=True)),
    (("add calm music without ducking", "lower the music each time somebody speaks"), "trip", music(duck=True)),
]
SIGHTS = [
    ("right before the kiss freeze the picture for one sec", "film", freeze(60, 1)),
    ("freeze for two seconds right after the kiss", "film", freeze(68.4, 2)),
    ("在接吻之前定格一秒", "film", freeze(60, 1)),
    ("mute the kiss", "film", during(60, 68.4, volume=0)),
    ("slow down the kiss", "film", during(60, 68.4, speed=0.5)),
    ("freeze the last frame of the market for one sec", "trip", freeze(20, 1)),
    ("wipe between city and forest, everything else plain cuts", "walks", joined(WIPES, at=[1])),
    ("a wipe from market to night and hard cuts otherwise", "trip", joined(WIPES, at=[2])),
    ("crossfade only between the harbour and the market", "trip", joined("crossfade", at=[1])),
]
NOTHING = [
    ("the music should not start with the second clip", "edited"),
    ("the music should not stop at 1:00", "edited"),
    ("fade in the market, the night out", "trip"),
    ("the harbour played twice in a row that day", "trip"),
    ("the middle clip should have been at the end, but ok", "trip"),
    ("should the middle clip go at the end?", "trip"),
    ("we cut the market down to 8 seconds last week", "trip"),
    ("the night was split down the middle by a storm", "trip"),
    ("don't let the harbour play twice", "trip"),
    ("don't mute everything except the market", "trip"),
    ("I like everything except the harbour", "trip"),
    ("she said only the best bits, 20 seconds total", "trip"),
    ("the harbour is only the first 8 seconds of our trip", "trip"),
    ("not only the harbour", "trip"),
    ("the only clip is the harbour", "trip"),
    ("at the end of the night we froze", "trip"),
    ("I wonder if you could see the market from here", "trip"),
    ("don't label each clip with its name", "trip"),
    ("right before the kiss she laughed", "film"),
    ("they only kiss once", "film"),
    ("don't mute the kiss", "film"),
    ("we took the beach pic out at sunset", "pictures"),
    ("only the beach clips were any good", "walks"),
    ("does the music fade out over the last 3 seconds?", "edited"),
    ("would you kindly tell me how long it is?", "interview"),
    ("they chopped it into three equal parts", "interview"),
]

ROWS = [
    *POLITE, *TITLES, *PARTS, *ONLY, *ORDERS, *NAMES, *SOUNDS, *SIGHTS,
    *((said, world, unchanged()) for said, world in NOTHING),
]
