"""How long clips last: exactly so long, and so much less at the ends of each of them."""

# fmt: off

from __future__ import annotations

from studio.agent.instructions.checks import asks, may, unchanged
from studio.agent.instructions.cutting import kept, lasts
from studio.agent.instructions.judging import pick
from studio.agent.instructions.manner import clip, freeze

H, M, N = "harbour", "market", "night"


def trip(harbour=(0, 10), market=(0, 20), night=(0, 30)):
    """What is kept of the three clips of the trip."""
    return kept((H, *harbour), (M, *market), (N, *night))


EXACT = [
    ("make the first clip last exactly 5 seconds", trip((0, 5))),
    ("the second clip should be 3 seconds long", trip(market=(0, 3))),
    ("the third clip should only last 4 seconds", trip(night=(0, 4))),
    ("make night 12 seconds long", trip(night=(0, 12))),
    ("make market last 7 seconds", trip(market=(0, 7))),
    ("I want the first clip to be 6 seconds", trip((0, 6))),
    ("let the second clip run for 9 seconds", trip(market=(0, 9))),
    ("the first clip only needs to be 5 seconds", trip((0, 5))),
    ("set the length of the first clip to 5 seconds", trip((0, 5))),
    ("every clip should be 5 seconds long", trip((0, 5), (0, 5), (0, 5))),
    ("make all the clips 8 seconds long", trip((0, 8), (0, 8), (0, 8))),
    ("the second clip is too long, make it 5 seconds", trip(market=(0, 5))),
    ("only keep 5 seconds of the second clip", trip(market=(0, 5))),
    ("the first clip shouldn't be longer than 6 seconds", trip((0, 6))),
    ("each clip should be at most 15 seconds", trip(market=(0, 15), night=(0, 15))),
    ("第二段太长了，只要5秒", trip(market=(0, 5))),
    ("第一段保留5秒", trip((0, 5))),
    ("每段最多15秒", trip(market=(0, 15), night=(0, 15))),
    ("第一段只要5秒", trip((0, 5))),
    ("第二段改成3秒", trip(market=(0, 3))),
    ("把第三段的时长设为12秒", trip(night=(0, 12))),
    ("第三段应该是4秒", trip(night=(0, 4))),
    ("让第一段正好5秒", trip((0, 5))),
    ("每段都只要5秒", trip((0, 5), (0, 5), (0, 5))),
    (("make the second clip brighter", "make it 5 seconds long"), trip(market=(0, 5)), may("looks")),
]
BOUNDS = [
    ("trim the film to end at 0:04", kept((H, 0, 4))),
    ("trim the clip so that it starts at 0:02 and ends at 0:04", kept((H, 2, 4))),
    ("trim the second clip to end at 0:04", trip(market=(0, 4))),
    ("trim clip 2 to start at 0:02", trip(market=(2, 20))),
    ("make clip 3 end at 0:12", trip(night=(0, 12))),
    ("start at frame 60", trip((2, 10))),
    ("把视频剪到0:04结束", kept((H, 0, 4))),
    ("把第2段剪到0:04结束", trip(market=(0, 4))),
    ("到0:04结束", kept((H, 0, 4))),
]
SHORTER = [
    "the first clip should be 20 seconds long",
    "make harbour last exactly 25 seconds",
    "extend the second clip to 40 seconds",
    "第一段只要20秒",
    "把第二段延长到40秒",
    "every clip should be 15 seconds long",
]
ENDS = [
    ("trim 500 ms off the end of each clip", trip((0, 9.5), (0, 19.5), (0, 29.5))),
    ("trim half a second off the start of every clip", trip((0.5, 10), (0.5, 20), (0.5, 30))),
    ("cut the last second of each clip", trip((0, 9), (0, 19), (0, 29))),
    ("remove the first 2 seconds of every clip", trip((2, 10), (2, 20), (2, 30))),
    ("cut the first and last second of all clips", trip((1, 9), (1, 19), (1, 29))),
    ("take a second off both ends of every clip", trip((1, 9), (1, 19), (1, 29))),
    ("trim 2 seconds from the end of each clip", trip((0, 8), (0, 18), (0, 28))),
    ("trim each clip by 3 seconds at the end", trip((0, 7), (0, 17), (0, 27))),
    ("from each clip remove the first 3 seconds", trip((3, 10), (3, 20), (3, 30))),
    ("每段开头去掉半秒", trip((0.5, 10), (0.5, 20), (0.5, 30))),
    ("每个片段结尾剪掉2秒", trip((0, 8), (0, 18), (0, 28))),
    ("把每段的前3秒剪掉", trip((3, 10), (3, 20), (3, 30))),
    ("每段首尾各剪1秒", trip((1, 9), (1, 19), (1, 29))),
    ("去掉所有片段最后1秒", trip((0, 9), (0, 19), (0, 29))),
    ("trim 500 ms off the end of the second clip", trip(market=(0, 19.5))),
]
STILL = [
    "the first clip lasts 5 seconds",
    "the first clip is 5 seconds long",
    "the first clip should not be 5 seconds long",
    "the second clip shouldn't last 3 seconds",
    "should the first clip be 5 seconds long?",
    "I like the first 5 seconds of every clip",
    "extend the second clip to 5 seconds",
    "trim 12 seconds off the end of each clip",
    "don't trim the ends of the clips by 2 seconds",
    "每段都很长",
    "第一段是5秒",
    "第一段只有10秒",
    "第一段不要剪到5秒",
    "it is a bit shorter now",
    "the second clip is a bit shorter",
    "shorter hair looks better",
    "第二段短一些，挺好",
]
EITHER_END = ["shorten every clip by half a second", "trim each clip by 2 seconds", "每段都剪掉1秒"]
BY_NO_AMOUNT = [
    ("a bit shorter please", ("remove the last 6 seconds", "lasts 54 seconds")),
    ("could you make it a little shorter?", ("remove the last 6 seconds",)),
    ("the video should be a touch shorter", ("remove the last 6 seconds",)),
    ("a bit longer", ("slow down",)),
    ("make the second clip a bit shorter", ("cut the last 2 seconds of clip 2", "speed up clip 2")),
    ("night should be shorter", ("cut the last 3 seconds of clip 3",)),
    (("make the second clip brighter", "make it a bit shorter"), ("cut the last 2 seconds of clip 2",)),
    (("make the second clip brighter", "a bit shorter"), ("last 2 seconds of clip 2", "last 6 seconds")),
    ("短一点", ("删掉最后6秒", "加速到54秒")),
    ("把第二段剪短一点", ("剪掉第2个片段的最后2秒",)),
]
A_BIT = [
    ("a little faster", 1.25), ("make it a touch faster", 1.25), ("slightly slower please", 0.8),
    ("稍微快一点", 1.25), ("再慢一点点", 0.8), ("faster", 1.5), ("慢一点", 0.5),
]
QUIETER = ["a touch quieter", "a bit quieter please", "再小声一点"]

ROWS = [
    *((said, "trip", asks(*choices)) for said, choices in BY_NO_AMOUNT),
    *((said, "trip", clip("all", speed=speed)) for said, speed in A_BIT),
    *((said, "trip", clip("all", volume=(0.5, 0.9))) for said in QUIETER),
    *((said, "edited", asks()) for said in QUIETER),
    (("a bit shorter please", pick("last 6")), "trip", trip(night=(0, 24))),
    (("把第二段剪短一点", pick("最后2秒")), "trip", trip(market=(0, 18))),
    *((said, "trip", *check) for said, *check in (*EXACT, *BOUNDS, *ENDS)),
    *((said, "trip", asks()) for said in (*SHORTER, *EITHER_END)),
    *((said, "trip", unchanged()) for said in STILL),
    (("the first clip should be 20 seconds long", pick("slow")), "trip", clip(H, speed=0.5)),
    (("the first clip should be 20 seconds long", pick("freeze")), "trip", freeze(9.9, 10), lasts(70)),
    (("第一段只要20秒", pick("放慢")), "trip", clip(H, speed=0.5)),
    (("第一段只要20秒", pick("定格")), "trip", freeze(9.9, 10), lasts(70)),
    (("shorten every clip by half a second", pick("end")), "trip", trip((0, 9.5), (0, 19.5), (0, 29.5))),
    (("每段都剪掉1秒", pick("结尾")), "trip", trip((0, 9), (0, 19), (0, 29))),
]
