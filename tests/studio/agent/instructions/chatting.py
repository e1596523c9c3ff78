"""Chinese as people chat: other words for the same, particles, corrections, clips that are to stay, mixed English."""

# ruff: noqa: E501 - a table of sentences reads best with a sentence on a line
# fmt: off

from __future__ import annotations

from studio.agent.instructions.checks import unchanged
from studio.agent.instructions.cutting import clips, gone, kept, lasts, pieces, split_at
from studio.agent.instructions.furnishing import fade, hue, music, text
from studio.agent.instructions.manner import WIPES, clip, differ, during, freeze, joined, look, zoomed

CITY, FOREST, SEA = "城市夜景", "森林漫步", "海边"
ORDER = [
    ("海边那个放到最前面去吧", "游记", clips(SEA, CITY, FOREST)),
    ("夜景那个排最后呗", "游记", clips(FOREST, SEA, CITY)),
    ("海边那条挪到森林前头去", "游记", clips(CITY, SEA, FOREST)),
    ("用海边开场，夜景收尾", "游记", clips(SEA, FOREST, CITY)),
    ("night放第一个，market放最后", "trip", clips("night", "harbour", "market")),
    ("森林跟海边换个顺序", "游记", clips(CITY, SEA, FOREST)),
    ("harbour和night倒一下", "trip", clips("night", "market", "harbour")),
    ("把第二段复制一份接在最后面", "游记", clips(CITY, FOREST, SEA, FOREST)),
    ("market 拷贝一份贴到最后", "trip", clips("harbour", "market", "night", "market")),
    ("garden 挪到 kitchen 前头，顺便把 kitchen 砍到只剩前二十秒", "song", kept(("garden", 0, 20), ("kitchen", 0, 20))),
    ("duplicate the first clip at the end", "trip", clips("harbour", "market", "night", "harbour")),
]
CUTS = [
    ("森林漫步掐掉前三秒", "游记", kept((CITY, 0, 8), (FOREST, 3, 10), (SEA, 0, 12))),
    ("海边结尾剪掉两秒", "游记", kept((CITY, 0, 8), (FOREST, 0, 10), (SEA, 0, 10))),
    ("night只留前十秒就行", "trip", kept(("harbour", 0, 10), ("market", 0, 20), ("night", 0, 10))),
    ("market缩到5秒以内", "trip", kept(("harbour", 0, 10), ("market", 0, 5), ("night", 0, 30))),
    ("我只要一分钟到两分钟这段，其余全删", "interview", kept((60, 120))),
    ("1分到2分留着，剩下的全剪了", "interview", kept((60, 120))),
    ("前十秒不要了，后面都留着", "interview", kept((10, 180))),
    ("把0:10到0:20 cut 掉", "interview", kept((0, 10), (20, 180))),
    ("停顿别全删，超过两秒的才删", "interview", gone((20.5, 22), (58.5, 60.5), (90.5, 93.5)), lasts(171.2)),
    ("停顿只剪超过1.5秒的", "interview", lasts(171.2)),
    ("画面卡住不动的部分帮我找出来剪掉", "trip", gone((26.1, 29.9), name="night"), lasts(56)),
    ("把糊掉的那些地方都去掉，黑屏的也一块儿删了", "trip", gone((15.1, 16.9), name="market"), gone((0, 1.1), name="night"), lasts(56.8)),
    ("模糊的那几段剪了", "trip", lasts(58)),
    ("在一分钟那里切一刀", "interview", split_at(60)),
    ("把night从10秒那里劈开", "trip", split_at(40)),
    ("30s 的地方 cut 一下，然后后面那段 mute 掉", "interview", during(30, 180, volume=0), pieces(2)),
    ("海边那段从第5秒那里切开，后半截慢放一半速度", "游记", during(5, 12, SEA, speed=0.5), pieces(4)),
    ("夜景在3秒的地方剪开，前面那段静音", "游记", during(0, 3, CITY, volume=0), pieces(4)),
]
EFFECTS = [
    ("三段之间都给我加上叠化，一秒左右，别太长", "游记", joined("crossfade", 1)),
    ("每段之间加个转场，半秒就行", "游记", joined(seconds=0.5)),
    ("镜头之间弄个擦除转场", "游记", joined(WIPES)),
    ("那个叠化太短，改两秒", "edited", joined(seconds=2, at=[1])),
    ("转场太慢了，改成0.3秒", "edited", joined(seconds=0.3, at=[1])),
    ("海边最后定格两秒，然后慢慢黑掉", "游记", freeze(12, 2), fade(None, 1)),
    ("森林漫步的最后一帧定格2秒", "游记", freeze(10, 2), lasts(32)),
    ("freeze the last frame of forest-walk for 3 seconds", "walks", freeze(10, 3), lasts(39)),
    ("森林的话搞成黑白的", "游记", clip(FOREST, looks=look("bw"))),
    ("夜景来个冷色调呗", "游记", clip(CITY, looks=look("cool"))),
    ("night亮度往上拉个30%", "trip", clip("night", looks=look("brightness", 0.3))),
    ("night的亮度给我加个百分之四十", "trip", clip("night", looks=look("brightness", 0.4))),
    ("market画面放大一点，1.3倍", "trip", clip("market", zoom=zoomed())),
    ("整体提到1.25倍，声音别变调哦", "interview", clip("all", speed=1.25)),
    ("harbour搞快一点，2倍", "trip", clip("harbour", speed=2)),
    ("night 用slow motion放", "trip", clip("night", speed=0.5)),
]
SOUND = [
    ("night 直接 mute 掉", "trip", clip("night", volume=0)),
    ("market 那条的原声都关了", "trip", clip("market", volume=0)),
    ("kitchen那段原声全关了，只留 song.mp3 当背景", "song", clip("kitchen", volume=0), music("song.mp3")),
    ("把我上传的那首歌铺上去，从头放到尾，原声压低一点", "song", clip("all", volume=(0.4, 0.9)), music("song.mp3", 0, 60)),
    ("把我传的那首歌放上去，全程放", "song", music("song.mp3", 0, 60)),
    ("用我上传的歌做背景音乐，音量20%，别太大声", "song", music("song.mp3", volume=0.2)),
    ("音乐结尾别那么突然，给它三秒淡出", "edited", music("lofi", fade_out=3000)),
]
TEXTS = [
    ("麻烦帮我在开头加个标题“我们的夏天”，显示四秒就好，谢谢啦", "游记", text("我们的夏天", 0, 4)),
    ("那个标题改成“季度总结”，字大一点", "edited", text("季度总结", size=(65, 140))),
    ("标题往下挪一挪，再换成黄色的", "edited", text("Welcome", position="bottom", color=hue("yellow"))),
    ("右下角打上我的名字“李建国 培训师”，从头到尾一直挂着", "interview", text("李建国 培训师", 0, 180, position="bottom-right")),
    ("第10秒那里加个标题“重点”，停3秒", "interview", text("重点", 10, 13)),
    ("第二段开头加个字“森林”，两秒", "游记", text("森林", 8, 10)),
    ("标题太短了，改成6秒", "edited", text("Welcome", 0, 6)),
]
CORRECTIONS = [
    ("先把海边的片段删了，不对，是删森林漫步，海边留着", "游记", clips(CITY, SEA)),
    ("把海边删了，不对，是森林漫步", "游记", clips(CITY, SEA)),
    ("删掉森林，哦不对，说错了，删夜景", "游记", clips(FOREST, SEA)),
    ("夜景放到最前面，等等不对，放到最后面", "游记", clips(FOREST, SEA, CITY)),
    ("删掉前10秒，不对，前15秒", "interview", kept((15, 180))),
    ("森林加速两倍，不，三倍", "游记", clip(FOREST, speed=3)),
    ("删森林漫步，海边别动", "游记", clips(CITY, SEA)),
    ("所有片段加速两倍，海边别动", "游记", differ(speed={CITY: 2, FOREST: 2})),
    ("remove the forest and leave the city alone", "walks", clips("city_street", "beach_day", "beach_night")),
]
STILL = [
    ("我已经把海边放到最前面了", "游记"), ("昨天把海边砍掉了最后两秒", "游记"), ("别把海边放第一个啊", "游记"),
    ("朋友说海边应该放第一个", "游记"), ("如果海边排最后就好了", "游记"), ("海边要不要放最后呢", "游记"),
    ("我想把海边放第一个，但又怕不好看", "游记"), ("先删海边，不对，先别删", "游记"), ("删掉海边，不对不对，别删", "游记"),
    ("1:00到2:00留着，别删", "interview"), ("前10秒别动", "interview"), ("把模糊的地方留着，别删", "trip"),
    ("删海边，海边留着", "游记"), ("只保留海边，森林留着", "游记"),
    ("森林漫步最后定格两秒，然后慢慢黑掉", "游记"), ("三段之间加叠化是不是很土", "trip"), ("听说亮度拉高30%会糊", "trip"),
    ("停顿别删哈", "interview"), ("别在30秒那里切", "interview"), ("song.mp3是我自己唱的", "song"),
    ("老师说语速提到1.25倍也行", "interview"), ("标题往下挪不了吧", "edited"), ("你说错了，那是海边", "游记"),
]

ROWS = [
    *ORDER, *CUTS, *EFFECTS, *SOUND, *TEXTS, *CORRECTIONS,
    *((said, world, unchanged()) for said, world in STILL),
]
