"""What the agent says when it does nothing, and what it can do, in English and Chinese."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.draft import clock, duration
from nemo_widgets.export_formats import formats_in_words
from nemo_widgets.studio.limits import short
from nemo_widgets.studio.music import BEDS
from nemo_widgets.studio.words import Said

from .answering import ANSWERS, answer
from .composing import Inquiry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.draft import Draft

    from .composing import Refusal
    from .world import OutcomeWord, World

__all__ = [
    "EXPORT",
    "NOTHING_CHANGED",
    "UPLOAD_FIRST",
    "answers",
    "became",
    "capabilities",
    "new_length",
    "no_answer",
    "refused",
    "reply",
    "why",
]

_CAN = (
    Said("Cut ranges: “remove 0:45 to 1:20 smoothly”, “keep only the first minute”", "剪时间段：“删掉0:45到1:20，平滑衔接”、“只保留前1分钟”"),
    Said("Cut the pauses: “cut the pauses longer than 1 second”", "剪停顿：“剪掉超过1秒的停顿”"),
    Said("Find things: “make a 30 second highlight reel”, “remove the kiss scene”, “cut the blurry parts”", "自动挑选：“剪成30秒的精彩集锦”、“剪掉吻戏”、“删掉模糊的部分”"),
    Said("Arrange clips: “put the second clip first”, “split it at 1:00”, “swap clip 1 and 2”", "排列片段：“把第二段放到最前面”、“在1分钟处分割”、“交换第一段和第二段”"),
    Said("Change the speed: “speed up the first clip 2x”, “reverse it”, “freeze the last frame for 2 seconds”", "变速：“第一段加速两倍”、“倒放”、“最后一帧定格2秒”"),
    Said("Join clips: “add 1 second transitions”, “put a wipe between clip 1 and 2”, “fade out to black at the end”", "衔接：“添加1秒转场”、“片段之间加擦除转场”、“结尾淡出”"),
    Said("Shape the picture: “make it vertical with blurred bars”, “make the first clip black and white”, “slowly zoom in”", "画面：“改成竖屏，用模糊填充”、“第一段变成黑白”、“慢慢推近”"),
    Said("Add music and set its level: “add calm music at 20%”, “add epic music from 0:10 to 0:40”", "加音乐、调音量：“加舒缓的音乐，音量20%”、“从10秒到40秒加史诗感的音乐”"),
    Said("Set the clips' own sound: “mute 0:10 to 0:20”, “make the voice 3 dB louder”, “normalise to -14 LUFS”", "调原声：“0:10到0:20静音”、“人声提高3分贝”、“响度统一到-14”"),
    Said("Add titles, captions, lower thirds, and subtitles (upload or paste an SRT, VTT or ASS file): “add a title 'Hello' at the bottom for 4 seconds”, “put a lower third 'Anna' 'Producer' at 0:10”", "加标题、字幕条、人名条和字幕（上传或粘贴 SRT、VTT、ASS）：“在底部加标题《你好》，显示4秒”、“加人名条《安娜》，职位《制片人》”"),
    Said("Go back: “undo”, “start over”", "回退：“撤销”、“重新开始”"),
)  # fmt: skip
NOTHING_CHANGED = Said("Nothing was changed.", "没有做任何改动。")
EXPORT = Said("The export is a step of its own: ask for it next.", "导出是单独的一步，请接着说导出。")
UPLOAD_FIRST = Said("There is no clip yet: upload one first.", "还没有素材，请先上传视频。")

_LONGEST = 300
"""Characters of someone's words that an answer repeats."""
_ASK = Said("Ask “what can I say?” for examples.", "问“能说什么？”可以看例子。")
_PARAGRAPHS = re.compile(r" *\n{2,} *")
_ANSWERED = ("greeting", "nod", "question", "left", "answers", "help", *ANSWERS)
"""Answers beside which it goes without saying that nothing was changed."""
_WHY = {
    "greeting": Said("Hello. Say what to edit.", "你好，请说要怎么剪。"),
    "nod": Said("All right.", "好的。"),
    "quotes": Said(
        "A quotation mark is not closed, so I can't tell where the text ends.",
        "引号没有成对，看不出文字到哪里为止。",
    ),
    "question": Said(
        "That is a question, so I left everything as it is.", "这是一个问题，所以没有动任何内容。"
    ),
    "help": Said("This is what I can do:", "我可以："),
    "negation": Said("I read “{words}” as something not to do.", "我把“{words}”理解为不要做的事。"),
    "long": Said(
        "That is too long to be understood at once: say it in several messages.",
        "一次说得太长了，请分几次说。",
    ),
    "digits": Said(
        "There is a number of more digits in it than I can use.", "里面有个数字位数太多，我用不了。"
    ),
    "frames": Said(
        "Sound alone has no frames: say the time in seconds, such as 0:01.5.",
        "只有声音，没有帧：请用秒说时间，例如 0:01.5。",
    ),
    "left": Said("Left as it is.", "保持原样。"),
    "export": Said(
        "Exporting is a step of its own and not an edit. Use the Export command.",
        "导出是单独的一步，不是剪辑。请使用“导出”命令。",
    ),
    "nothing": Said("There is nothing to do in “{words}”.", "“{words}”里没有要做的事。"),
    "order": Said(
        "An undo or a fresh start can only come first in a message.", "撤销或重新开始只能放在最前面说。"
    ),
    "contradiction": Said(
        "“{words}” asks to change what is to be kept.", "“{words}”要改动的正是要保留的内容。"
    ),
    "twice": Said("“{words}” asks for the same thing in two ways.", "“{words}”里同一件事有两种说法。"),
    "keep": Said(
        "I can't tell whether “keep” means to remove the rest: say “keep only”.",
        "不清楚“保留”是否要删掉其余部分，请说“只保留”。",
    ),
    "not understood": Said("I did not understand “{words}”.", "没听懂“{words}”。"),
    "mood": Said(
        "There is no “{words}” music here: there is lo-fi, calm, upbeat and cinematic, and the songs that you upload.",
        "没有“{words}”音乐：这里有 lo-fi、舒缓、轻快、电影感，也可以上传自己的歌。",
    ),
    **{
        f"mood {bed.source}": Said(
            f"There is no “{{words}}” music here; what comes nearest is {bed.name.lower()} music. There is lo-fi, "
            "calm, upbeat and cinematic, and the songs that you upload.",
            f"没有“{{words}}”音乐，最接近的是{bed.name_zh}音乐。这里有 lo-fi、舒缓、轻快、电影感，也可以上传自己的歌。",
        )
        for bed in BEDS.values()
    },
    "which music": Said(
        "Say which music instead: lo-fi, calm, upbeat, cinematic, or the name of a song that you uploaded.",
        "请说明换成什么音乐：lo-fi、舒缓、轻快、电影感，或者上传的歌名。",
    ),
    "volume": Said(
        "A volume lies between 0 and 1000 %, “{words}” does not.", "音量在 0 到 1000% 之间，“{words}”不行。"
    ),
    "peak": Said(
        "“{words}” dB is a peak; what can be set here is the loudness in LUFS, such as -14.",
        "“{words}” dB 是峰值；这里可以设定的是响度，例如 -14 LUFS。",
    ),
    "which it": Said(
        "I can't tell which clips “{words}” is for: name them.", "不清楚“{words}”是指哪些片段，请说明。"
    ),
    "rest": Said("I can't tell what the rest is in “{words}”.", "不清楚“{words}”里剩下的部分指什么。"),
    "no subtitles": Said("No subtitles “{words}” were uploaded.", "没有上传过字幕文件“{words}”。"),
    "no clip": Said(
        "No file “{words}” was uploaded: upload it first, then say it again.",
        "没有上传过文件“{words}”：请先上传，再说一遍。",
    ),
    "no file": Said("No audio file “{words}” was uploaded.", "没有上传过音频文件“{words}”。"),
    "not audio": Said("“{words}” is no audio file.", "“{words}”不是音频文件。"),
    "transition like a slide": Said(
        "“{words}” is none of the transitions here: crossfades, fades through black or white, wipes, slides. The nearest is a slide.",
        "没有“{words}”转场，可以用叠化、黑场、闪白、擦除和滑动；最接近的是滑动。",
    ),
    "transition like a wipe": Said(
        "“{words}” is none of the transitions here: crossfades, fades through black or white, wipes, slides. The nearest is a wipe.",
        "没有“{words}”转场，可以用叠化、黑场、闪白、擦除和滑动；最接近的是擦除。",
    ),
    "transition like a crossfade": Said(
        "“{words}” is none of the transitions here: crossfades, fades through black or white, wipes, slides. The nearest is a crossfade.",
        "没有“{words}”转场，可以用叠化、黑场、闪白、擦除和滑动；最接近的是叠化。",
    ),
    "scale": Said(
        "“{words}”: say by how much more or less, such as “brightness +20%”.",
        "“{words}”：请说增加或减少多少，例如“亮度+20%”。",
    ),
    "no text": Said("Say what the title reads, in quotes.", "请用引号写出标题的文字。"),
    "where": Said(
        "“{words}”: pauses can be cut everywhere, not only in some places; a range can be named instead.",
        "“{words}”：只能剪掉全部停顿，不能只剪某一处的；可以改说具体的时间段。",
    ),
    "detect": Said("“{words}”: pauses are all that can be detected here.", "“{words}”：这里只能检测停顿。"),
    "captions": Said(
        "“{words}”: speech can't be turned into subtitles here; upload an SRT, VTT or ASS file, or paste one.",
        "“{words}”：这里不能从语音生成字幕；请上传 SRT、VTT 或 ASS 文件，或直接粘贴。",
    ),
    "limits": Said(
        "“{words}”: an export's sides have at most 4096 pixels, which is 4K, and it has at most 240 frames a second. "
        "It is a step of its own: say “export it in 4k at 60 fps”.",
        "“{words}”：导出的边长最多 4096 像素（即 4K），每秒最多 240 帧。导出是单独的一步，请说“导出为4K，60帧”。",
    ),
    "gif sound": Said(
        "“{words}”: a GIF has no sound. Pictures and sound together are a film: say “export it as film.mp4”; "
        "“add music” puts music under it first.",
        "“{words}”：动图没有声音。要画面和声音都有，请说“导出为 film.mp4”；要先配乐，请说“加背景音乐”。",
    ),
    "format": Said(
        f"“{{words}}”: an export is a step of its own: {formats_in_words()}. "
        "To get it say “export it as film.mp4”, or film.gif for a GIF.",
        f"“{{words}}”：导出是单独的一步：{formats_in_words(chinese=True)}。"
        "要导出时请说“导出为 film.mp4”，要动图请说“导出为 film.gif”。",
    ),
    "voice": Said("“{words}”: voice-over is not available here.", "“{words}”：这里不能配音。"),
    "stabilise": Said("“{words}”: steadying the picture is not available here.", "“{words}”：这里不能防抖。"),
    "filler": Said(
        "“{words}”: filler words can't be found here, pauses can.",
        "“{words}”：这里找不出口头禅，可以剪停顿。",
    ),
    "noise": Said(
        "“{words}”: noise can't be taken out here; the volume can be changed, and the loudness normalised.",
        "“{words}”：这里不能降噪，可以调整音量或统一响度。",
    ),
    "generate": Said("“{words}”: generating video is not available here.", "“{words}”：这里不能生成视频。"),
}


def capabilities(language: str) -> str:
    """What the agent can do, as a Markdown list; Chinese for `zh…`, else English."""
    return "\n".join(f"- {can.in_language(language)}" for can in _CAN)


def why(refusal: Refusal) -> Said:
    """Why a message is not carried out, in a sentence; nothing where that goes without saying."""
    said = _WHY.get(refusal.reason, Said())
    words = short(refusal.words, _LONGEST)
    return Said(said.en.replace("{words}", words), said.zh.replace("{words}", words))


def answers(inquiries: Sequence[Inquiry], draft: Draft, world: World) -> list[Said]:
    """The answers to several questions, each once; `draft` is the timeline that they are about."""
    found: list[Said] = []
    for inquiry in dict.fromkeys(inquiries):
        if inquiry.about == "help":
            said = Said(capabilities("en"), capabilities("zh"))
        else:
            said = answer(inquiry.about, inquiry.at, draft, world)
        alone = inquiry.about in ("help", "contents", "edits")
        found.append(Said(f"\n\n{said.en}\n\n", f"\n\n{said.zh}\n\n") if alone else said)
    return found


def no_answer(unknown: Sequence[str]) -> Said:
    """That these questions have no answer here; nothing where there are none."""
    if not unknown:
        return Said()
    told = [f"“{short(words, _LONGEST)}”" for words in unknown]
    return Said(f"I can't answer {' or '.join(told)}.", f"{'和'.join(told)}我回答不了。")


def refused(refusal: Refusal, world: World) -> str:
    """The answer to a message that changes nothing: why, and what comes near, or what was asked for."""
    draft, reason = world.draft, refusal.reason
    if reason in ANSWERS and draft:
        return reply(answers([Inquiry(reason, refusal.at)], draft, world), refusal.language)
    if reason == "help":
        return "\n\n".join([why(refusal).in_language(refusal.language), capabilities(refusal.language)])
    spoken = [*answers(refusal.inquiries, draft, world), no_answer(refusal.unknown), why(refusal)]
    if reason not in _ANSWERED:
        spoken.append(NOTHING_CHANGED)
    if reason in ("not understood", "nothing"):
        spoken.append(_ASK)
    if reason == "negation":  # what is near to it is what was not wanted
        spoken.append(_ASK)
    if reason in ("question", "left") and draft and not refusal.inquiries:
        spoken.append(answer("length", 0, draft, world))
    if not draft:
        spoken.append(UPLOAD_FIRST)
    return reply(spoken, refusal.language)


def became(refusal: Refusal) -> OutcomeWord:
    """What became of a message that changes nothing: a question was answered, or it was refused."""
    return "answered" if refusal.reason in _ANSWERED and refusal.reason != "question" else "refused"


def reply(spoken: Sequence[Said], language: str) -> str:
    """The answer as Markdown: the sentences. What stands on the timeline now is shown by who shows the answer."""
    joint = "" if language.lower().startswith("zh") else " "
    told = joint.join(filter(None, (said.in_language(language) for said in spoken)))
    return _PARAGRAPHS.sub("\n\n", told).strip()


def new_length(before: int, after: int) -> Said:
    """How long the timeline is now, if that is something else than before."""
    if before == after:
        return Said()
    now, by = clock(after), abs(after - before)
    way = ("shorter", "短了") if after < before else ("longer", "长了")
    return Said(
        f"The timeline is now {now} long, {duration(by)} {way[0]}.",
        f"时间线现在长 {now}，{way[1]} {duration(by, zh=True)}。",
    )
