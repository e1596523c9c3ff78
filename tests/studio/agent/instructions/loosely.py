"""What is said less exactly: clips by a word of their names, about so much, a text without quotation marks."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line
# fmt: off

from __future__ import annotations

from studio.agent.instructions.checks import asks, may, unchanged
from studio.agent.instructions.cutting import clips, kept, split_at
from studio.agent.instructions.furnishing import text, text_count
from studio.agent.instructions.judging import pick
from studio.agent.instructions.manner import clip, look

CITY, FOREST, DAY, NIGHT = "city_street", "forest-walk", "beach_day", "beach_night"
NAMES = [
    ("swap the city and the forest", "walks", clips(FOREST, CITY, DAY, NIGHT)),
    ("swap city with night", "walks", clips(NIGHT, FOREST, DAY, CITY)),
    ("can you switch the street and the day around?", "walks", clips(DAY, FOREST, CITY, NIGHT)),
    ("put the forest before the city", "walks", clips(FOREST, CITY, DAY, NIGHT)),
    ("move the city to the end", "walks", clips(FOREST, DAY, NIGHT, CITY)),
    ("put the walk last please", "walks", clips(CITY, DAY, NIGHT, FOREST)),
    ("the night should come first", "walks", clips(NIGHT, CITY, FOREST, DAY)),
    ("the forest goes before the city", "walks", clips(FOREST, CITY, DAY, NIGHT)),
    ("let the night come after the city", "walks", clips(CITY, NIGHT, FOREST, DAY)),
    ("the city and the forest should be swapped", "walks", clips(FOREST, CITY, DAY, NIGHT)),
    ("put the night between the city and the forest", "walks", clips(CITY, NIGHT, FOREST, DAY)),
    ("put them in this order: night, day, forest, city", "walks", clips(NIGHT, DAY, FOREST, CITY)),
    ("I'd like the forest to come before the city", "walks", clips(FOREST, CITY, DAY, NIGHT)),
    ("please swap over city and forest", "walks", clips(FOREST, CITY, DAY, NIGHT)),
    ("move the forest up to the front", "walks", clips(FOREST, CITY, DAY, NIGHT)),
    ("make the forest first", "walks", clips(FOREST, CITY, DAY, NIGHT)),
    ("city和forest的顺序换一下", "walks", clips(FOREST, CITY, DAY, NIGHT)),
    ("让forest在city之前", "walks", clips(FOREST, CITY, DAY, NIGHT)),
    ("remove the forest", "walks", clips(CITY, DAY, NIGHT)),
    ("make the forest black and white", "walks", clip(FOREST, looks=look("bw"))),
    ("speed up the street 2x", "walks", clip(CITY, speed=2)),
    ("trim the walk to 4 seconds", "walks", kept((CITY, 0, 8), (FOREST, 0, 4), (DAY, 0, 12), (NIGHT, 0, 6))),
    ("把forest放到city前面", "walks", clips(FOREST, CITY, DAY, NIGHT)),
    ("city和forest换一下", "walks", clips(FOREST, CITY, DAY, NIGHT)),
    ("forest排在city前面", "walks", clips(FOREST, CITY, DAY, NIGHT)),
    ("对调一下city和night", "walks", clips(NIGHT, FOREST, DAY, CITY)),
    ("交换城市和森林", "游记", clips("森林漫步", "城市夜景", "海边")),
    ("把森林放到城市前面", "游记", clips("森林漫步", "城市夜景", "海边")),
    ("把夜景移到最后", "游记", clips("森林漫步", "海边", "城市夜景")),
    ("城市和海边对调一下", "游记", clips("海边", "森林漫步", "城市夜景")),
    ("把漫步变成黑白", "游记", clip("森林漫步", looks=look("bw"))),
]
SEVERAL = [
    ("swap the beach and the city", ("swap beach_day.mp4 and the city", "swap beach_night.mp4 and the city")),
    ("remove the beach", ("remove beach_day.mp4", "remove beach_night.mp4")),
    ("make the beach black and white", ("make beach_night.mp4 black and white",)),
    ("把beach移到最前面", ("把beach_day.mp4移到最前面",)),
]
NO_NAMES = [
    ("swap the city and the desert", "walks"),
    ("the city is nice", "walks"),
    ("the forest comes before the city", "walks"),
    ("we went to the forest after the city", "walks"),
    ("don't touch the forest", "walks"),
    ("the forest is a bit dark, but I like it", "walks"),
    ("the city should not come first", "walks"),
    ("should the city come first?", "walks"),
    ("the night was too short", "walks"),
    ("别动城市", "游记"),
    ("城市很漂亮", "游记"),
    ("交换城市和沙漠", "游记"),
]
ABOUT = [
    ("帮我把第二段加速到大概1.5倍", "trip", clip("market", speed=1.5)),
    ("帮我加速大概1.5倍", "interview", clip("all", speed=1.5)),
    ("第二段快1.25倍左右", "trip", clip("market", speed=1.25)),
    ("speed the first clip up by roughly 1.5x or so", "trip", clip("harbour", speed=1.5)),
    ("play night at approximately 1.25x", "trip", clip("night", speed=1.25)),
    ("slow it down to about half speed", "interview", clip("all", speed=0.5)),
    ("remove about the first 7 seconds", "interview", kept((7, 180))),
    ("cut roughly the last 15 seconds or so", "interview", kept((0, 165))),
    ("remove from about 0:20 to about 0:40", "interview", kept((0, 20), (40, 180))),
    ("split it at around 1:10", "interview", split_at(70)),
    ("trim market to exactly 8 seconds", "trip", kept(("harbour", 0, 10), ("market", 0, 8), ("night", 0, 30))),
    ("删掉开头大概7秒", "interview", kept((7, 180))),
    ("剪掉最后差不多15秒", "interview", kept((0, 165))),
    ("把前7秒左右剪掉", "interview", kept((7, 180))),
    ("把开头10来秒剪掉", "interview", kept((10, 180))),
    ("整体加速到1.5倍左右", "interview", clip("all", speed=1.5)),
    ("大概从20秒到40秒剪掉", "interview", kept((0, 20), (40, 180))),
    ("音量调到约60%", "interview", clip("all", volume=0.6)),
    ("set the volume to around 60%", "interview", clip("all", volume=0.6)),
    ("rotate it by exactly 90 degrees", "interview", clip("all", rotate=90)),
]
NOT_ABOUT = [
    "what about the first 3 seconds?",
    "it's about 3 minutes long",
    "the intro takes about 10 seconds",
    "don't cut about 10 seconds",
    "差不多了",
    "大概就这样",
    "视频大概3分钟",
]
WORDS = [
    ("add subtitles that say Hello world", "interview", text("Hello world", 0, style="caption"), text_count(1)),
    ("add a caption saying see you soon at 0:20", "interview", text("see you soon", 20)),
    ("add subtitles with the words Hello world from 0:02 to 0:05", "interview", text("Hello world", 2, 5)),
    ("put captions on it that read good morning everyone", "interview", text("good morning everyone", 0)),
    ("add a subtitle: Part one", "interview", text("Part one", 0)),
    ("add subtitles saying Hello to the whole video", "interview", text("Hello", 0, 180)),
    ("add a caption to the second clip saying Market day", "trip", text("Market day", 10, 30)),
    ("add a title saying thank you very much", "interview", text("thank you very much", 0)),
    ("add a title saying about 5 minutes later", "interview", text("about 5 minutes later", 0)),
    ("add a title saying the forest, then remove the city", "walks", text("the forest", 0), may("cut")),
    ("add a caption saying hello please", "interview", text("hello", 0)),
    ("加字幕写着你好世界", "interview", text("你好世界", 0, style="caption")),
    ("加字幕：你好世界", "interview", text("你好世界", 0)),
    ("加一行字幕说大家好", "interview", text("大家好", 0)),
    ("添加字幕，内容是欢迎回家，从2秒到5秒", "interview", text("欢迎回家", 2, 5)),
    ("加标题写着好的吧", "interview", text("好的吧", 0)),
]
NO_WORDS = [
    "add subtitles",
    "add subtitles please",
    "add captions to the video",
    "加字幕",
    "给视频加字幕",
    "add subtitles that say what he says",
    "add subtitles with the words they speak",
    "add captions saying everything that is said",
    "add subtitles: what they say",
    "加字幕写着他说的话",
    "the subtitles should say more",
]

ROWS = [
    *NAMES, *ABOUT, *WORDS,
    *((said, "walks", asks(*choices)) for said, choices in SEVERAL),
    (("remove the beach", pick("night")), "walks", clips(CITY, FOREST, DAY)),
    *((said, world, unchanged()) for said, world in NO_NAMES),
    *((said, "interview", unchanged()) for said in (*NOT_ABOUT, *NO_WORDS)),
]
