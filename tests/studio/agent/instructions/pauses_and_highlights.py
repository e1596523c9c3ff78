"""What has to be found first: pauses, highlights, the kiss, black and blurry stretches."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line
# fmt: off

from __future__ import annotations

from studio.agent.instructions.checks import any_of, asks, may
from studio.agent.instructions.cutting import gone, kept, lasts, there
from studio.agent.instructions.manner import joined

LONG = gone((20.6, 21.8), (58.6, 60.4), (90.6, 93.4))
"""The inside of the three pauses above two seconds; 0.6 s at either side may be kept."""
SHORT = gone((130.5, 130.7))
SPOKEN = there((0.3, 19.8), (22.6, 57.8), (61.2, 89.8), (94.2, 129.8), (131.4, 159.8), (160.9, 179.7))
ALL = (LONG, SHORT, SPOKEN, lasts(169.7, 1.3))
LONG_ONLY = (LONG, SPOKEN, there((129.9, 131.3), (159.9, 160.8)))
NO_KISS = kept((0, 60), (68.4, 120), within=1.5)

ROWS = [
    ("cut the pauses", "interview", *ALL),
    ("remove the silences please", "interview", *ALL),
    ("tighten it up, get rid of the dead air", "interview", *ALL),
    ("cut out every pause longer than two seconds", "interview", *LONG_ONLY),
    ("remove pauses over 1.5 s but leave half a second of breath", "interview", LONG, SPOKEN, lasts(174.0, 2.2)),
    ("take out all the silent parts", "interview", *ALL),
    ("jump cut the silences", "interview", *ALL),
    ("cut the pauzes", "interview", *ALL),
    ("cut the pauses in the first minute", "interview", gone((20.6, 21.8), (58.6, 59.7)), there((0.3, 19.8), (22.6, 57.8), (61.2, 179.7))),
    ("only cut the pauses after 1:00", "interview", gone((90.6, 93.4)), SHORT, there((0.3, 57.8), (61.2, 89.8), (94.2, 129.8))),
    ("take out the long pause in the middle", "interview", any_of((gone((90.6, 93.4)), there((0, 57.9), (61.1, 89.8), (94.2, 180))), asks())),
    ("cut every silence, keep 0.2 s on each side", "interview", LONG, SPOKEN, lasts(170.5, 1.5)),
    ("cut the pauses and soften the cuts", "interview", LONG, SPOKEN, joined()),
    ("nobody talks for a while in there, cut those bits out", "interview", *ALL),
    ("把停顿剪掉", "interview", *ALL),
    ("没人说话的地方都去掉", "interview", *ALL),
    ("超过两秒的停顿删了", "interview", *LONG_ONLY),
    ("剪掉静音，留0.2秒呼吸", "interview", LONG, SPOKEN, lasts(170.5, 1.8)),
    ("把沉默的部分都剪掉吧", "interview", *ALL),
    ("后半段的停顿剪掉就行", "interview", gone((90.6, 93.4)), SHORT, there((0, 57.9), (61.1, 89.7))),
    # highlights
    ("make a 30 second highlight reel", "interview", lasts(30, 1.5), may("joints")),
    ("give me the best 60 seconds", "interview", lasts(60, 1.5), may("joints")),
    ("boil it down to one minute, just the highlights", "interview", lasts(60, 1.5), may("joints")),
    ("highlights, 15s", "film", lasts(15, 1.5), may("joints")),
    ("keep the best scene", "film", kept((31, 45), within=0.6)),
    ("make a highlght reel of 45 seconds", "film", lasts(45, 1.5), may("joints")),
    ("find the best scene and drop the rest", "film", kept((31, 45), within=0.6)),
    ("剪成30秒的精华版", "interview", lasts(30, 1.5), may("joints")),
    ("来一个一分钟的高光集锦", "film", lasts(60, 1.5), may("joints")),
    ("只留最精彩的一个镜头", "film", kept((31, 45), within=0.6)),
    # the kiss
    ("detect the kiss scene and cut it out", "film", NO_KISS),
    ("remove the kiss", "film", NO_KISS),
    ("keep only the kiss scene", "film", kept((60, 68.4), within=1.5)),
    ("trim the kiss scene", "film", any_of(NO_KISS, kept((60, 68.4), within=1.5), asks())),
    ("cut the part where they kiss", "film", NO_KISS),
    ("把吻戏剪掉", "film", NO_KISS),
    ("只保留接吻的片段", "film", kept((60, 68.4), within=1.5)),
    # stretches that are no good
    ("remove the blurry parts", "trip", kept(("harbour", 0, 10), ("market", 0, 15), ("market", 17, 20), ("night", 0, 30))),
    ("cut the black bits", "trip", kept(("harbour", 0, 10), ("market", 0, 20), ("night", 1.2, 30))),
    ("get rid of the frozen parts", "trip", kept(("harbour", 0, 10), ("market", 0, 20), ("night", 0, 26))),
    ("去掉黑屏的部分", "trip", kept(("harbour", 0, 10), ("market", 0, 20), ("night", 1.2, 30))),
    ("模糊的画面删掉", "trip", kept(("harbour", 0, 10), ("market", 0, 15), ("market", 17, 20), ("night", 0, 30))),
]
