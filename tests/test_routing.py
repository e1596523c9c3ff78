"""Where sentences go."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemo_widgets.routing import route

EXPORT = """
export it as a small mp3 file
export it as a smaller file
make me a really tiny mp4
export it as a nice mp4
导出成小一点的mp3文件
导出为mp4，文件小一点
export
Export!
please export the video
export it as mp4
export 1080p MP4
export the final video in high quality
download
download the video
can you download the result
send me the video
send me the final video please
save it to out.mp4
render the timeline
render it in 720p
I'd like to download it now
could you send me the finished video?
okay, export it
give me the download link
send me the mp4
I want to export the video
let's export
time to export
export everything
get me the file
export again
export it for youtube
save the video to my computer
can I have the video?
I'm happy, export it
looks good, send it to me
great! now export
export to holiday.mp4
export at 480p please
start the export
Export the whole timeline as "final cut.mp4"
that's it, download please
导出
导出视频
请导出成片
帮我把视频导出
下载视频
导出 1080p
把视频发给我
我要下载视频
可以导出了
好的，导出吧
渲染成片
保存视频到本地
麻烦导出一下
导出为720p
发我成片
没问题，帮我导出
把它导出来
下载一下吧
发给我
save as holiday.mp4
帮我 export 一下
Hi! Could you please export my video? Thanks!
export the video and send it to me
ready to export
finish and export
wrap it up and export, please
请导出最终版本
我想要成片
"""
CREDITS = """
credits
balance
my credits
what's my balance?
what is my balance
how many credits do I have left?
how many credits are left
how many credits have I got
do I have any credits left?
show me my credits
check the account balance
check my balance please
credit balance
how much credit is left?
积分
余额
查询余额
我还有多少积分？
还剩多少积分
看一下我的账户余额
积分余额
我的积分够不够
"""
STATUS = """
status
show tracks
show me the tracks
what's the status?
what is the status of my project?
show the timeline
show me the timeline please
show the current state
list the tracks
what's on the timeline?
which tracks are there?
status update
状态
查看状态
看看时间线
现在什么状态
显示轨道
有哪些轨道？
时间线上有什么
what is on the tracks right now?
给我看看轨道
"""
UPLOAD = {
    "upload": (),
    "upload clip.mp4": ("clip.mp4",),
    "upload my video": (),
    "I want to upload a video": (),
    "clip.mp4": ("clip.mp4",),
    "a.mp4 and b.mov": ("a.mp4", "b.mov"),
    "please upload a.mp4, b.mov and c.png": ("a.mp4", "b.mov", "c.png"),
    "please upload a.mp4 https://example.com/b.mov": ("a.mp4", "https://example.com/b.mov"),
    "add https://example.com/a.mov": ("https://example.com/a.mov",),
    "download https://example.com/a.mov": ("https://example.com/a.mov",),
    "here is my video: https://example.com/a.mp4?size=1": ("https://example.com/a.mp4?size=1",),
    'upload "my holiday, day 2.mp4"': ("my holiday, day 2.mp4",),
    "upload notes.txt": ("notes.txt",),
    "import ~/Videos/first.mkv please.": ("~/Videos/first.mkv",),
    "上传": (),
    "上传视频": (),
    "我要上传一个视频": (),
    "上传 a.mp4 和 b.mp4": ("a.mp4", "b.mp4"),
    "请帮我上传“海边 1.mov”": ("海边 1.mov",),
    "导入clip.mp4": ("clip.mp4",),
    "加载海边.mp4": ("海边.mp4",),
}
EDIT = """
add a title that says "Export"
add a title that says 'Status'
balance the audio
balance the colors and the sound
balance it
the status bar should not be visible
download-arrow animation at the start
upload speed chart should be cut
show tracks of the train
show tracks of the train for longer
export the second clip only
export only the first 10 seconds
cut the credits
cut the credits at the end
roll the credits at the end
remove the end credits
add rolling credits
how many credits does the title use
how many credits will an edit cost?
remove the status message
remove the part where the download starts
save the last 10 seconds
save the last 10 seconds and drop the rest
save the best for last
cut out the export dialog between 0:10 and 0:20
make the export button scene shorter
don't export yet
do not download it
never send me the video
cut the pauses
remove the section between 0:45 and 1:20 and join the remaining parts smoothly
edit a 3-minute interview clip with a long pause in the middle into a 1080p MP4
remove 0:10-0:20
use song.mp3 as background music
put intro.mp4 at the start
replace clip.mp4 with b.mp4
download speed is too slow in the second scene, cut it
give me a faster start
send me to the beginning of the second scene
upload the video to YouTube
how do I export?
what happens when I export?
can I export in 4k?
why did the export fail?
the balance beam scene comes first
state the date in a title
render the title in red
render the sky darker
track the car and keep it centred
the timeline of the company should stay for 5 s
mute the track
remove all tracks but the first
add the word download below the arrow
title: send me the video
add buttons named download, upload and export
write the words cut and export
add a menu with name, status and balance
export the subtitles
export a vertical version
render the text in gold
give me the credits
the tracks are too loud
extend the timeline
logo.png in the top right corner
send the video to my mom
make it 720p
把第一段导出
时间线清空
积分两个字写在片尾
生成一个海边的视频
caption it export
make a video about credit cards
show the credit card for longer
save us from boredom: make it faster
把“导出”两个字放在标题里
平衡一下音量
不要导出
先别导出
不用下载
添加标题“导出”
删除片尾的积分画面
把上传进度条那段剪掉
加一个写着“状态”的标题
上传者的名字加到片尾
剪掉停顿
导出第二个片段
只导出前10秒
怎么导出？
保存最后10秒
导出按钮的镜头短一点
积分榜那段放慢
余额不足的提示剪掉
时间线上的音乐调小一点
状态栏不要出现
轨道车的镜头放到最前面
下载箭头的动画放在开头
这个标题要用多少积分
一个视频要花多少积分？
把视频上传到B站
再见的画面剪掉
finish with a wide shot
finish the sentence before the cut
wrap the title onto two lines
the right track is too loud
导出竖屏版本
给我看看的字幕删掉
can I export as gif?
Can we save it as mp4?
could I get it as mp3?
may I export in 4k?
should I export in 4k or 1080p?
is it possible to export in 4k?
how do I save it as mp4?
what happens if I export it in 4k?
does it export as mov?
don't export it in 4k
do not save it as final.mp4
please don't export just the audio
she said export it in 4k
she said "export it in 4k"
the client says: export it in 4k as final.mp4
he told me to, export it in 4k
my boss wants it exported in 4k
add a title "save it as final.mp4"
add a title that says save it as final.mp4
title: export in 4k
the title should read export in 4k
render the title in 4k
export the second clip in 4k
export the first 10 seconds as mp4
save the last 10 seconds as mp4
export the audio of the second clip as wav
save the audio of the first clip
export with the sound of song.mp3
put final.mp4 at the end
use final.mp4 as the ending
make it 4k
make it vertical 1080x1920
make a gif of the dog
make a title in 4k
make the music an mp3
turn it into a music video
convert it to 9:16
render it at half speed
the export as mp4 failed
exporting as mp4 takes long
why can't I save it as mp4?
if the music is too loud, export it as mp3
unless it is too long, save it as final.mp4
export it in 4k if it looks good
4k
mp4
high quality
only the sound
call it final
name it Rome
make the title white, small, and bold
make the title smaller
add a small video in the corner
标题小一点
add music, 4k
老板说，导出成4k
老板说导出成4k
客户要求：导出为mp4
不要导出成4k
先别保存成mp4
可以导出成gif吗？
能导出4k吗
怎么导出成mp4？
支持导出mov吗
把标题改成“导出mp4”
标题写“保存成 mp4”
导出第二个片段为mp4
只导出前10秒，mp4格式
导出没有声音的视频
画面改成1080x1920
成片开头加一个标题
"""
BOTH = {
    "cut the pauses, add transitions, and export a clean final video": "cut the pauses, add transitions",
    "remove the first 5 seconds and then export": "remove the first 5 seconds",
    "cut the pauses and send me the video": "cut the pauses",
    'add a title "Cut and export" and send me the video': 'add a title "Cut and export"',
    "Cut the pauses. Then export it, please.": "Cut the pauses",
    "cut the pauses; export in 720p": "cut the pauses",
    "remove the end credits, and download it": "remove the end credits",
    "please remove 0:10-0:20 and save it to out.mp4": "please remove 0:10-0:20",
    "cut out silences, add background music, and export as a 60-second highlight reel": (
        "cut out silences, add background music, and make it a 60-second highlight reel"
    ),
    "export it as a 30 second version": "make it a 30 second version",
    "export it as a funny mp4 file": "make it a funny video",
    "export it as a 20 second mp4 in 720p": "make it a 20 second video",
    "export it without the music": "remove the music",
    "export the video after cutting the pauses": "cut the pauses",
    "add music & export": "add music",
    "cut the pauses, I think we're done, so please go ahead and export the final cut": "cut the pauses",
    "剪掉停顿，加上转场，导出一个干净的成片": "剪掉停顿，加上转场",
    "剪掉停顿后导出": "剪掉停顿",
    "导出30秒的版本": "剪成30秒的版本",
    "剪掉停顿，然后导出": "剪掉停顿",
    "剪掉停顿再导出": "剪掉停顿",
    "把前5秒剪掉并导出视频": "把前5秒剪掉",
    "加上标题“导出”，最后把视频发给我": "加上标题“导出”",
    "剪掉停顿。导出 720p": "剪掉停顿",
}
SEVERAL = {
    "upload a.mp4 and cut the pauses": (("upload", "edit"), "cut the pauses", ("a.mp4",)),
    "upload a.mp4, cut the pauses, add music and export": (
        ("upload", "edit", "export"),
        "cut the pauses, add music",
        ("a.mp4",),
    ),
    "upload a.mp4 and b.mp4, then export": (("upload", "export"), "", ("a.mp4", "b.mp4")),
    "upload song.mp3 and use it as background music": (
        ("upload", "edit"),
        "use it as background music",
        ("song.mp3",),
    ),
    "上传 a.mp4，然后剪掉停顿": (("upload", "edit"), "剪掉停顿", ("a.mp4",)),
    "export, then add music": (("export", "edit"), "add music", ()),
    "export, then add music, then export again": (("export", "edit", "export"), "add music", ()),
    "export it, add a menu with name, status and balance": (
        ("export", "edit"),
        "add a menu with name, status and balance",
        (),
    ),
    "show the tracks and export": (("status", "export"), "", ()),
    "cut the pauses but don't export yet": (("edit",), "cut the pauses", ()),
    "剪掉停顿，先不要导出": (("edit",), "剪掉停顿", ()),
}
OUTPUT = {
    "render it in 720p": {"resolution": "720p"},
    "导出为720p": {"resolution": "720p"},
    "cut the pauses; export in 720p": {"resolution": "720p"},
    "export the final video in high quality": {"quality": "high"},
    "download it in low quality": {"quality": "low"},
    "save it to out.mp4": {"path": "out.mp4"},
    'Export the whole timeline as "final cut.mp4"': {"path": "final cut.mp4"},
    "export it as a gif": {"format": "gif"},
    "export the audio as a wav": {"format": "wav"},
    "export the podcast as mp3": {"format": "mp3"},
    "download the audio": {"format": "m4a"},
    "导出为mp3": {"format": "mp3"},
    "export 1080p MP4": {"resolution": "1080p", "format": "mp4"},
    "导出高清视频": {},
    "导出成gif": {"format": "gif"},
    "send me the video": {},
    "save it as final.mp4 in 4k": {"path": "final.mp4", "resolution": "4k"},
    "export in 4k": {"resolution": "4k"},
    "export in 8k at 500 fps": {"resolution": "8k", "fps": 500},
    "以8K导出": {"resolution": "8k"},
    "please export just the audio as m4a": {"format": "m4a"},
    "export only the sound as wav": {"format": "wav"},
    "save only the audio to talk.mp3": {"path": "talk.mp3"},
    "can you save the audio as mp3?": {"format": "mp3"},
    "give me the audio as wav": {"format": "wav"},
    "export with sound": {},
    "export the video in vertical 1080x1920": {"resolution": "1080x1920"},
    "export at 1920 x 1080": {"resolution": "1920x1080"},
    "export it as 1080 by 1920": {"resolution": "1080x1920"},
    "export in full HD": {"resolution": "1080p"},
    "download it in UHD": {"resolution": "4k"},
    "export in original resolution": {"resolution": "source"},
    "export the film in 1080p at 60fps as out.mp4": {"resolution": "1080p", "fps": 60, "path": "out.mp4"},
    "export at 23.976 frames per second": {"fps": 23.976},
    "render a 720p mp4 called draft.mp4": {"resolution": "720p", "path": "draft.mp4"},
    "export the video and call it final.mp4": {"path": "final.mp4"},
    'Export it. Call it "my film".': {"path": "my film"},
    "export it named holiday": {"path": "holiday"},
    "export final.mp4": {"path": "final.mp4"},
    "export my film to final.mov": {"path": "final.mov"},
    "export as mp4, 4k": {"format": "mp4", "resolution": "4k"},
    "in 4k, export it as final.mp4": {"path": "final.mp4", "resolution": "4k"},
    "export this project as an mp4 file, 1080p, 30fps, high quality": {
        "format": "mp4",
        "resolution": "1080p",
        "fps": 30,
        "quality": "high",
    },
    "export it as a small mp3 file": {"format": "mp3", "quality": "low"},
    "export it as a smaller file": {"quality": "low"},
    "make me a really tiny mp4": {"format": "mp4", "quality": "low"},
    "export it as a small video file, 720p": {"quality": "low", "resolution": "720p"},
    "export it as a nice mp4": {"format": "mp4"},
    "save it as a single wav file": {"format": "wav"},
    "导出成小一点的mp3文件": {"format": "mp3", "quality": "low"},
    "导出为mp4，文件小一点": {"format": "mp4", "quality": "low"},
    "convert it to mp4": {"format": "mp4"},
    "make me an mp4 of it": {"format": "mp4"},
    "I want it as mp4": {"format": "mp4"},
    "send me the final cut as a 720p mp4": {"format": "mp4", "resolution": "720p"},
    "when you're done, save it as final.mp4": {"path": "final.mp4"},
    "if you can, export it in 4k": {"resolution": "4k"},
    "cut the pauses and export it in 4k as final.mp4": {"path": "final.mp4", "resolution": "4k"},
    "export without the music in 720p": {"resolution": "720p"},
    "export in hevc": {"codec": "h265"},
    "保存成 mp4": {"format": "mp4"},
    "导出音频": {"format": "m4a"},
    "只导出声音": {"format": "m4a"},
    "把声音导出成wav": {"format": "wav"},
    "把音频保存为 talk.mp3": {"path": "talk.mp3"},
    "只要声音，导出成mp3": {"format": "mp3"},
    "导出带声音的视频": {},
    "另存为 final.mp4": {"path": "final.mp4"},
    "存成mp4": {"format": "mp4"},
    "转成mp4": {"format": "mp4"},
    "输出成4k": {"resolution": "4k"},
    "导出竖屏1080x1920": {"resolution": "1080x1920"},
    "以1080p导出": {"resolution": "1080p"},
    "用高质量导出": {"quality": "high"},
    "导出1080p 60帧": {"resolution": "1080p", "fps": 60},
    "导出为 final.mp4，4k": {"path": "final.mp4", "resolution": "4k"},
    "把视频保存成4k的final.mp4": {"path": "final.mp4", "resolution": "4k"},
    "导出视频，命名为海边.mp4": {"path": "海边.mp4"},
    "能帮我导出成mp4吗": {"format": "mp4"},
    "剪掉停顿，然后导出成4k的final.mp4": {"path": "final.mp4", "resolution": "4k"},
}


def lines(text):
    return [line for line in text.splitlines() if line]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        *((t, "export") for t in lines(EXPORT)),
        *((t, "credits") for t in lines(CREDITS)),
        *((t, "status") for t in lines(STATUS)),
        *((t, "upload") for t in UPLOAD),
    ],
)
def test_commands_take_their_route(text, action):
    """What is plainly an export, a question about credits, the status or upload never reaches the agent."""
    assert route(text).actions == (action,)
    assert route(text).instruction == ""


@pytest.mark.parametrize("text", lines(EDIT))
def test_traps_stay_edits(text):
    """The words of a command inside an instruction about the content do not change where it goes."""
    assert route(text).actions == ("edit",)
    assert route(text).instruction == text


@pytest.mark.parametrize(("text", "instruction"), BOTH.items())
def test_an_edit_that_ends_in_an_export_is_both(text, instruction):
    """A closing 'and export' is taken off the instruction and done after it."""
    found = route(text)
    assert found.actions == ("edit", "export")
    assert found.instruction == instruction


@pytest.mark.parametrize(("text", "wanted"), SEVERAL.items())
def test_several_wishes_are_done_in_their_order(text, wanted):
    """A sentence with several wishes names each of them once, in order, and the agent hears only its own."""
    found = route(text)
    assert (found.actions, found.instruction, found.sources) == wanted


@pytest.mark.parametrize(("text", "sources"), UPLOAD.items())
def test_sources_of_an_upload_are_named(text, sources):
    """The files and links of an upload are found in the sentence, whatever stands around them."""
    assert route(text).sources == sources


@pytest.mark.parametrize(("text", "output"), OUTPUT.items())
def test_what_an_export_is_to_be_like_is_read(text, output):
    """A resolution, quality, format or file name in the wish for an export is not lost."""
    assert route(text).actions[-1] == "export"
    assert dict(route(text).output) == output


def test_each_of_several_exports_is_as_was_said_of_it():
    """What is exported before an edit and what after it have each their own name and form."""
    found = route("export it as a.mp4 in 720p, then add music, then export as b.mp4, in 4k")
    assert found.actions == ("export", "edit", "export")
    assert [dict(output) for output in found.outputs] == [
        {"path": "a.mp4", "resolution": "720p"},
        {"path": "b.mp4", "resolution": "4k"},
    ]


def test_what_is_said_in_two_ways_is_not_lost():
    """A second size for the same export is no part of it: it goes to the agent, which says so."""
    found = route("export it in 720p and in 1080p")
    assert (found.actions, found.instruction) == (("export", "edit"), "in 1080p")
    assert dict(found.output) == {"resolution": "720p"}


@given(st.text(alphabet="导出并,. \"'“”再add export itupload.mp4不要", max_size=60))
def test_any_text_has_a_route(text):
    """Whatever is typed goes somewhere, and what goes to the agent is never empty."""
    found = route(text)
    assert found.actions
    assert ("edit" in found.actions) == bool(found.instruction) or not text.strip()
    assert found.actions.count("edit") <= 1
    assert all(a != b for a, b in pairwise(found.actions))


def test_a_long_text_is_routed_at_once():
    """A page of text costs no more than a moment, whatever it is made of."""
    start = time.thread_time()
    for text in (
        "the video " * 400,
        "export " * 500,
        "上传 " * 900,
        "a.mp4 " * 600,
        "“" * 3000,
        "and " * 900,
        "in 4k, " * 300,
        "export in " * 300,
        "as the audio " * 300,
        "导出为1080p的" * 300,
        "1080 x " * 300,
        "called " * 400,
    ):
        route(text)
    assert time.thread_time() - start < 2
