"""Several edits in one message, in the order in which they were said, the four documents' own sentences among them."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line
# fmt: off

from __future__ import annotations

from studio.agent.instructions.checks import any_of, asks, may, restarted, unchanged
from studio.agent.instructions.cutting import clips, gone, kept, lasts, split_at, there
from studio.agent.instructions.furnishing import (
    SOME,
    fade,
    frame,
    hue,
    loud,
    music,
    no_music,
    text,
    text_count,
)
from studio.agent.instructions.manner import SLIDES, WIPES, clip, differ, during, freeze, joined, look

PAUSES = (gone((20.6, 21.8), (58.6, 60.4), (90.6, 93.4)), there((0.3, 19.8), (22.6, 57.8), (61.2, 89.8), (94.2, 129.8)))
NO_KISS = kept((0, 60), (68.4, 120), within=1.5)

ROWS = [
    ("split the market in two and mute the second half", "trip", split_at(10, 20, 30), during(20, 30, volume=0)),
    ("split the second clip in half and mute the second half", "trip", unchanged()),
    ("删掉0:05到0:09，海边也调亮", "游记", lasts(26), clip("海边", looks=look("brightness"))),
    # what the four documents say, and what they tell people to try
    ("cut the pauses, add transitions, and export a clean final video", "interview", *PAUSES, joined()),
    ("cut the pauses, add transitions, and", "interview", *PAUSES, joined()),
    ("cut out silences, add background music, and export as a 60-second highlight reel", "interview", lasts(60, 1.5), music(), may("joints")),
    ("cut out silences, add background music,", "interview", *PAUSES, music()),
    ("detect and trim the kiss scene, add smooth transitions and background music", "film", any_of((NO_KISS, joined(), music()), asks())),
    ("remove the section between 0:45 and 1:20 and join the remaining parts smoothly", "edited", kept((0, 30), (40, 55.5), (100.5, 120), within=0.5), may("joints")),
    ("edit my raw video footage", "interview", asks()),
    ("create my raw footage", "trip", asks()),
    ("export 1080p MP4", "interview", unchanged()),
    ("export it as mp3", "interview", unchanged()),
    ("保存为mp3", "interview", unchanged()),
    ("edit a 2-minute romantic short film clip into a 1080p MP4", "film", asks("kiss")),
    ("edit a 3-minute interview clip with a long pause in the middle into a 1080p MP4", "interview", gone((90.4, 93.6))),
    ("editing kiss or romantic scenes from video footage automatically for TikTok creators", "film", any_of(unchanged(), frame(9, 16), NO_KISS, (NO_KISS, frame(9, 16)))),
    ("cutting out unwanted middle sections from a video and rejoining the remaining parts for content creators", "interview", unchanged()),
    # two things
    ("remove the first 10 seconds and mute the rest", "interview", kept((10, 180)), clip("all", volume=0)),
    ("make it black and white and add calm music", "interview", clip("all", looks=look("bw")), music("music:calm")),
    ("put night first and add a wipe between all the clips", "trip", clips("night", "harbour", "market"), joined(WIPES)),
    ("vertical for TikTok, and speed it up by 1.5x", "interview", frame(9, 16), clip("all", speed=1.5)),
    ("delete the market clip then crossfade what's left", "trip", clips("harbour", "night"), joined("crossfade")),
    ("fade out at the end and normalise the sound", "interview", fade(None, SOME), loud()),
    ('add a title "Porto 2024" for 4 seconds and some upbeat music at 25%', "trip", text("Porto 2024", 0, 4), music("music:upbeat", volume=0.25)),
    ("make harbour black and white and night warmer", "trip", differ(looks={"harbour": look("bw"), "night": look("warm")})),
    ("rotate the second clip by 180 and reverse the third", "trip", differ(rotate={"market": 180}, reverse={"night": True})),
    ("square with blurred sides, and a vignette", "interview", frame(1, 1, "blur"), clip("all", looks=look("vignette"))),
    ("split it at 1:00 and 2:00", "interview", split_at(60, 120)),
    ("remove the music and the title", "edited", no_music(), text_count(0)),
    ('replace the music with something calm and change the title to "Chapter 1"', "edited", music("music:calm"), text("Chapter 1", 0, 4), text_count(1)),
    ("undo that and remove the title instead", "edited", no_music(), text_count(0)),
    ("start over and just keep the first 20 seconds", "edited", kept((0, 20)), no_music(), text_count(0), may("joints")),
    ("each picture 2 seconds, slide transitions between them", "pictures", clip("all", d=2), joined(SLIDES)),
    ("slideshow with 3 s per picture and upbeat music", "pictures", clip("all", d=3), music("music:upbeat"), may("joints")),
    ("30 second highlight reel for Instagram Reels", "film", lasts(30, 1.5), frame(9, 16), may("joints")),
    # three and more
    ('First cut 10 seconds off the start, then add lofi at 15%, and finally put a title "Hello" on it for 4 seconds', "interview", kept((10, 180)), music("lofi", volume=0.15), text("Hello", 0, 4)),
    ("cut the pauses, normalise to -14 LUFS, make it 9:16", "interview", *PAUSES, loud(-14), frame(9, 16)),
    ("market first, then harbour, then night. Crossfades of 1 second. Calm music underneath.", "trip", clips("market", "harbour", "night"), joined("crossfade", 1), music("music:calm")),
    ("keep 0:30 to 1:30, speed it up 2x, mute it and put cinematic music on", "interview", kept((30, 90)), clip("all", speed=2, volume=0), music("music:cinematic")),
    ('remove the kiss, fade in and out, warm it up a bit and title it "Us"', "film", NO_KISS, fade(SOME, SOME), clip("all", looks=look("warm")), text("Us"), may("joints")),
    ("show the first frame for 2 seconds", "interview", freeze(0, 2)),
    ("show frame 60 for 2 seconds", "interview", freeze(2, 2)),
    ("keep the last frame on screen for 3 s", "interview", freeze(180, 3)),
    ("show the picture at 0:30 for 2 seconds", "interview", freeze(30, 2)),
    ("让最后一帧显示2秒", "interview", freeze(180, 2)),
    ("freeze the last frame for 2 seconds and then fade to black", "interview", freeze(180, 2), fade(None, SOME)),
    ("swap the first two clips, trim night to 10 s, add transitions and my song at 40%", "song", unchanged()),
    ("use song.mp3 at 60%, mute the clips and fade everything out at the end", "song", music("song.mp3", volume=0.6), clip("all", volume=0), fade(None, SOME)),
    ("trim both clips to 10 seconds, add a dissolve and the song", "song", kept(("kitchen", 0, 10), ("garden", 0, 10)), joined("crossfade"), music("song.mp3")),
    ('make the title red, move it to the bottom and say "Goodbye" in it', "edited", text("Goodbye", 0, 4, color=hue("red"), position="bottom"), text_count(1)),
    ("cut the last 10 sec, add transitons & export as mp4", "trip", kept(("harbour", 0, 10), ("market", 0, 20), ("night", 0, 20)), joined()),
    ('title "Part 1" at the start, title "Part 2" at 1:30, lofi throughout', "interview", text("Part 1", 0), text("Part 2", 90), text_count(2), music("lofi")),
    # Chinese
    ("先剪掉停顿，再加转场，最后导出", "interview", *PAUSES, joined()),
    ("剪掉静音，加背景音乐，导出60秒的精彩集锦", "interview", lasts(60, 1.5), music(), may("joints")),
    ("找出吻戏剪掉，加平滑转场和背景音乐", "film", NO_KISS, joined(), music()),
    ("去掉前10秒，剩下的变成黑白", "interview", kept((10, 180)), clip("all", looks=look("bw"))),
    ("把night放前面，片段之间加1秒叠化，再配个舒缓的音乐", "trip", clips("night", "harbour", "market"), joined("crossfade", 1), music("music:calm")),
    ("做成抖音竖屏，加标题“周末”，背景音乐音量三成", "interview", frame(9, 16), text("周末", 0), music(volume=0.3)),
    ("音乐去掉，标题改成“再见”", "edited", no_music(), text("再见", 0, 4), text_count(1)),
    ("第二段删了，剩下两段调暖一点，结尾淡出", "trip", clips("harbour", "night"), clip("all", looks=look("warm")), fade(None, SOME)),
    ("每张图3秒，中间加滑动转场，配上轻快的音乐", "pictures", clip("all", d=3), joined(SLIDES), music("music:upbeat")),
    ("只留0:30到1:30，加速到两倍，原声静音", "interview", kept((30, 90)), clip("all", speed=2, volume=0)),
    ("撤销上一步，再把标题去掉", "edited", no_music(), text_count(0)),
    ("重新开始，然后只要前20秒", "edited", kept((0, 20)), no_music(), text_count(0), may("joints")),
    ("restart from the original please", "edited", restarted()),
]
