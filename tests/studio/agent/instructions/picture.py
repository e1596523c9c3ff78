"""How it is shown: shape, speed, direction, looks, zoom, fades, and transitions."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line
# fmt: off

from __future__ import annotations

from studio.agent.instructions.checks import any_of, may
from studio.agent.instructions.cutting import lasts
from studio.agent.instructions.furnishing import SOME, fade, frame, size
from studio.agent.instructions.manner import SLIDES, WIPES, clip, during, freeze, hard, joined, look, zoomed

UP, DOWN = (0.01, 1.0), (-1.0, -0.01)
RIGHT_HALF = {"x": 0.5, "y": 0, "w": 0.5, "h": 1}

ROWS = [
    # the frame
    ("make it vertical", "interview", frame(9, 16)),
    ("for TikTok", "interview", frame(9, 16)),
    ("get it ready for Instagram Reels please", "interview", frame(9, 16)),
    ("turn this into a YouTube Short", "interview", frame(9, 16)),
    ("make it square", "interview", frame(1, 1)),
    ("I need it in 4:5 for the Instagram feed", "interview", frame(4, 5)),
    ("9:16 with blurred bars", "interview", frame(9, 16, "blur")),
    ("crop it to 9:16 and follow the face", "interview", frame(9, 16, "crop", follows=True)),
    ("change the aspect ratio to 1:1 and fill the frame", "interview", frame(1, 1, "crop")),
    ("make it 720p", "interview", size(1280, 720)),
    ("改成竖屏", "interview", frame(9, 16)),
    ("做成抖音的尺寸", "interview", frame(9, 16)),
    ("改成1比1的", "interview", frame(1, 1)),
    ("竖屏，上下用模糊填充", "interview", frame(9, 16, "blur")),
    ("9:16，画面跟着人脸走", "interview", frame(9, 16, "crop", follows=True)),
    ("分辨率降到720p", "interview", size(1280, 720)),
    # speed and direction
    ("speed it up 2x", "interview", clip("all", speed=2)),
    ("play it at half speed", "interview", clip("all", speed=0.5)),
    ("double the speed", "interview", clip("all", speed=2)),
    ("slow down 0:10 to 0:20 to 50%", "interview", during(10, 20, speed=0.5)),
    ("make the whole thing 25% faster", "interview", clip("all", speed=(1.24, 1.34))),
    ("speed up night 3x", "trip", clip("night", speed=3)),
    ("slow motion for the last clip", "trip", clip("night", speed=(0.25, 0.8))),
    ("freeze the picture at 0:30 for 2 seconds", "interview", freeze(30, 2)),
    ("freeze the last frame for 3 seconds", "interview", freeze(180, 3)),
    ("play it backwards", "interview", clip("all", reverse=True)),
    ("reverse 0:05-0:10", "interview", during(5, 10, reverse=True)),
    ("play harbour in reverse", "trip", clip("harbour", reverse=True)),
    ("两倍速播放", "interview", clip("all", speed=2)),
    ("把10秒到20秒放慢一倍", "interview", during(10, 20, speed=0.5)),
    ("第二段加速到1.5倍", "trip", clip("market", speed=1.5)),
    ("倒放", "interview", clip("all", reverse=True)),
    ("在30秒处定格2秒", "interview", freeze(30, 2)),
    # the picture itself
    ("rotate it 90 degrees", "interview", clip("all", rotate=90), may("frame")),
    ("turn it upside down", "interview", any_of(clip("all", rotate=180), clip("all", flip="vertical"))),
    ("rotate it 90 degrees to the left", "interview", clip("all", rotate=270), may("frame")),
    ("rotate the first clip 90 degrees clockwise", "trip", clip("harbour", rotate=90)),
    ("mirror it", "interview", clip("all", flip="horizontal")),
    ("flip it vertically", "interview", clip("all", flip={"vertical", "both"})),
    ("zoom in a little", "interview", clip("all", zoom=zoomed())),
    ("slowly zoom in", "interview", clip("all", zoom=zoomed(slowly=True))),
    ("crop away the left half", "interview", clip("all", crop=RIGHT_HALF)),
    ("black and white please", "interview", clip("all", looks=look("bw"))),
    ("make it b&w from 1:00 to 1:30", "interview", during(60, 90, looks=look("bw"))),
    ("make it blak and white", "interview", clip("all", looks=look("bw"))),
    ("make it warmer", "interview", clip("all", looks=look("warm"))),
    ("brighten it up a bit", "interview", clip("all", looks=look("brightness", UP))),
    ("a bit darker", "interview", clip("all", looks=look("brightness", DOWN))),
    ("more contrast", "interview", clip("all", looks=look("contrast", UP))),
    ("give it an old sepia look", "interview", clip("all", looks=look("sepia"))),
    ("can you add a vignette", "interview", clip("all", looks=look("vignette"))),
    ("make the colours pop less, desaturate it", "interview", any_of(clip("all", looks=look("saturation", DOWN)), clip("all", looks=look("bw")))),
    ("sharpen the picture", "interview", clip("all", looks=look("sharpen"))),
    ("blur the first 5 seconds", "interview", during(0, 5, looks=look("blur"))),
    ("make the second clip black and white", "trip", clip("market", looks=look("bw"))),
    ("a cooler look for night", "trip", clip("night", looks=look("cool"))),
    ("变成黑白的", "interview", clip("all", looks=look("bw"))),
    ("画面亮一点", "interview", clip("all", looks=look("brightness", UP))),
    ("色调调暖一点", "interview", clip("all", looks=look("warm"))),
    ("加个暗角", "interview", clip("all", looks=look("vignette"))),
    ("对比度高一点", "interview", clip("all", looks=look("contrast", UP))),
    ("第三个片段调成冷色调", "trip", clip("night", looks=look("cool"))),
    ("顺时针旋转90度", "interview", clip("all", rotate=90), may("frame")),
    ("左右镜像一下", "interview", clip("all", flip="horizontal")),
    ("画面放大一点", "interview", clip("all", zoom=zoomed())),
    ("镜头慢慢推近", "interview", clip("all", zoom=zoomed(slowly=True))),
    # fades of the film
    ("fade in from black and fade out at the end", "interview", fade(SOME, SOME)),
    ("fade to white at the end, 2 seconds", "interview", fade(None, 2, "white")),
    ("add a 1.5 second fade in", "interview", fade(1.5)),
    ("开头淡入，结尾淡出", "interview", fade(SOME, SOME)),
    ("结尾渐黑，3秒", "interview", fade(None, 3)),
    # transitions
    ("add transitions", "trip", joined()),
    ("add a wipe between clips 1 and 2", "trip", joined(WIPES, at=[1])),
    ("slide transitions everywhere, 1 second", "trip", joined(SLIDES, 1)),
    ("fade through black between all the clips", "trip", joined("fade-black")),
    ("dip to white between harbour and market", "trip", joined("fade-white", at=[1])),
    ("make the cuts smoother with half second dissolves", "trip", joined("crossfade", 0.5)),
    ("add trasitions between the clips", "trip", joined()),
    ("crossfade before the last clip please", "trip", joined("crossfade", at=[2])),
    ("片段之间加叠化转场，0.8秒", "trip", joined("crossfade", 0.8)),
    ("第一个和第二个片段之间加个擦除转场", "trip", joined(WIPES, at=[1])),
    ("镜头之间用闪白过渡", "trip", joined("fade-white")),
    ("make all transitions one second long", "edited", any_of(joined(None, 1), joined(None, 1, at=[1]))),
    ("remove the transitions", "edited", hard()),
    ("change the transition to a wipe", "edited", any_of(joined(WIPES, at=[1]), joined(WIPES))),
    ("put a crossfade on the last cut", "edited", joined("crossfade", at=[2])),
    ("转场都去掉", "edited", hard()),
    ("crossfade between the pictures", "pictures", joined("crossfade")),
    ("double speed for the first minute", "interview", during(0, 60, speed=2), lasts(150)),
]
