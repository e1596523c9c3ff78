"""Where sentences go."""

import pytest

from nemo_widgets.routing import route

EXPORT = [
    "export",
    "Export!",
    "please export the video",
    "export it as mp4",
    "export 1080p MP4",
    "export the final video in high quality",
    "download",
    "download the video",
    "can you download the result",
    "send me the video",
    "send me the final video please",
    "save it to out.mp4",
    "render the timeline",
    "导出",
    "导出视频",
    "请导出成片",
    "帮我把视频导出",
    "下载视频",
]
CREDITS = [
    "credits",
    "balance",
    "my credits",
    "what's my balance?",
    "how many credits do I have left?",
    "show me my credits",
    "check the account balance",
    "积分",
    "余额",
    "查询余额",
    "我还有多少积分？",
]
STATUS = [
    "status",
    "show tracks",
    "show me the tracks",
    "what's the status?",
    "show the timeline",
    "show the current state",
    "状态",
    "查看状态",
    "看看时间线",
]
UPLOAD = [
    "upload",
    "upload clip.mp4",
    "upload my video",
    "clip.mp4",
    "上传",
    "上传视频",
    "add https://example.com/a.mov",
]
EDIT = [
    'add a title that says "Export"',
    "add a title that says 'Status'",
    "balance the audio",
    "balance the colors and the sound",
    "the status bar should not be visible",
    "remove the part where the download starts",
    "cut the credits at the end",
    "remove the end credits",
    "add rolling credits",
    "cut out the export dialog between 0:10 and 0:20",
    "make the export button scene shorter",
    "show tracks of the train for longer",
    "cut the pauses",
    "remove the section between 0:45 and 1:20 and join the remaining parts smoothly",
    "remove 0:10-0:20",
    "use song.mp3 as background music",
    "添加标题“导出”",
    "删除片尾的积分画面",
    "把上传进度条那段剪掉",
    "加一个写着“状态”的标题",
    "剪掉停顿",
    "save the last 10 seconds and drop the rest",
    "download speed is too slow in the second scene, cut it",
    "give me a faster start",
]
BOTH = {
    "cut the pauses, add transitions, and export a clean final video": "cut the pauses, add transitions",
    "remove the first 5 seconds and then export": "remove the first 5 seconds",
    'add a title "Cut and export" and send me the video': 'add a title "Cut and export"',
    "剪掉停顿，然后导出": "剪掉停顿",
}


@pytest.mark.parametrize(
    ("text", "action"),
    [
        (t, a)
        for a, texts in (("export", EXPORT), ("credits", CREDITS), ("status", STATUS), ("upload", UPLOAD))
        for t in texts
    ],
)
def test_commands_take_their_route(text, action):
    """What is plainly an export, a question about credits, the status or upload never reaches the agent."""
    assert route(text).actions == (action,)


@pytest.mark.parametrize("text", EDIT)
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


def test_sources_of_an_upload_are_named():
    """The files and links of an upload are found in the sentence, whatever stands around them."""
    assert route("please upload a.mp4 https://example.com/b.mov").sources == (
        "a.mp4",
        "https://example.com/b.mov",
    )
