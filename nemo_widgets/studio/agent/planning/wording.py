"""A model's calls in words that a person can say yes to: 'cut 0:10–1:20, add the title “X”'."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import clock, duration
from nemo_widgets.studio.words import Said, spaced

from .trouble import cut_short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["in_words", "names"]

_LONGEST = 220
_LONGEST_TEXT = 40
_MOST_SHOWN = 6

_TOOLS = {
    "cut": ("cut", "剪切"),
    "cut_found": ("cut what is found", "剪掉找到的"),
    "keep_best": ("keep only the best scene", "只保留最好的镜头"),
    "highlight_reel": ("keep the best moments", "剪成精彩集锦"),
    "set_transitions": ("set transitions", "设置转场"),
    "remove_transitions": ("remove transitions", "去掉转场"),
    "add_music": ("add music", "添加音乐"),
    "change_music": ("change the music", "修改音乐"),
    "set_music": ("set the music", "设置音乐"),
    "fade_music": ("fade the music", "音乐淡入淡出"),
    "remove_music": ("remove the music", "去掉音乐"),
    "have_music": ("have music", "配上音乐"),
    "duck_music": ("lower the music under speech", "说话时压低音乐"),
    "loop_music": ("loop the music", "循环音乐"),
    "spread_music": ("play the music to the end", "让音乐放到结尾"),
    "trim_music": ("trim the music", "修剪音乐"),
    "cut_on_beats": ("move the cuts to the beats", "让剪辑点对齐节拍"),
    "set_backdrop": ("show behind the sound", "设置声音的画面"),
    "deinterlace": ("deinterlace, each field as a picture of its own", "去隔行，每一场一帧"),
    "hear_tracks": ("choose the sound tracks that are heard", "选择听哪些声轨"),
    "set_volume": ("set the volume", "设置音量"),
    "fade_voice": ("fade the sound", "声音淡入淡出"),
    "set_loudness": ("set the loudness", "设置响度"),
    "add_title": ("add the title", "添加标题"),
    "change_title": ("change the text", "修改文字"),
    "remove_title": ("remove texts", "去掉文字"),
    "add_subtitles": ("add subtitles", "添加字幕"),
    "shift_subtitles": ("shift the subtitles", "平移字幕"),
    "style_texts": ("restyle the texts", "修改文字样式"),
    "put_back": ("put back", "恢复"),
    "move": ("move", "移动"),
    "swap": ("swap", "交换"),
    "order": ("reorder the clips", "重新排列片段"),
    "duplicate": ("duplicate", "复制"),
    "insert": ("insert", "插入"),
    "merge_all": ("join all clips", "合并所有素材"),
    "split": ("split", "分割"),
    "split_scenes": ("split at the scenes", "按镜头分割"),
    "trim_to": ("trim the clips", "修剪片段"),
    "picture_length": ("show the pictures for", "设置图片时长"),
    "clip_length": ("make the clips last", "设置片段时长"),
    "trim_ends": ("trim the ends of the clips", "修剪片段两端"),
    "label_clips": ("write each clip's name on it", "在每个片段上写名字"),
    "speed": ("change the speed", "变速"),
    "reverse": ("reverse", "倒放"),
    "freeze": ("freeze the frame", "定格"),
    "frame": ("change the frame", "修改画幅"),
    "fade_film": ("fade the film", "全片淡入淡出"),
    "rotate": ("rotate", "旋转"),
    "flip": ("flip", "翻转"),
    "crop": ("crop", "裁剪画面"),
    "zoom": ("zoom", "缩放"),
    "look": ("give the look", "套用效果"),
    "reset_looks": ("reset the looks", "清除效果"),
}
"""What each tool does; a new one is told by its name."""
_FIELDS = {
    "remove": "去掉",
    "keep": "只保留",
    "pauses": "停顿",
    "volume": "音量",
    "factor": "倍数",
    "text": "",
    "which": "",
    "second line": "第二行",
    "span": "",
    "where": "",
    "what": "",
    "at": "位置",
    "to": "到",
    "length": "时长",
    "fade in": "淡入",
    "fade out": "淡出",
    "look": "样式",
    "color": "颜色",
    "position": "位置",
    "size": "大小",
    "style": "样式",
    "kind": "类型",
    "kinds": "类型",
    "degrees": "角度",
    "width": "宽",
    "height": "高",
    "times": "次数",
    "file": "文件",
    "label": "",
    "by": "按",
    "clips": "片段",
    "clip": "片段",
    "smooth": "过渡",
    "start": "开始",
    "end": "结束",
}
_PLAIN = (
    "text",
    "which",
    "span",
    "where",
    "what",
    "type",
    "label",
    "file",
    "one",
    "other",
    "place",
    "remove",
)
"""Fields whose value says enough by itself."""
_ENDS = {"start": "到开头", "end": "到结尾", "before": "到之前", "after": "到之后"}


def in_words(calls: list[tuple[str, Any]]) -> Said:
    """What the calls do, in each language; cut short where there are many.

    >>> part = {"start_ms": 10_000, "end_ms": 80_000}
    >>> in_words([("cut", {"remove": [part]}), ("add_title", {"text": "X"})]).en
    'cut 0:10–1:20, add the title “X”'
    """
    en, zh = (", ".join(_call(*call, language) for call in calls) for language in (0, 1))
    return Said(cut_short(en, _LONGEST), cut_short(zh.replace(", ", "，"), _LONGEST))


def names(calls: list[tuple[str, Any]]) -> Said:
    """What the calls do, without to what: 'cut, add the title'."""
    en, zh = ([_name(name, language) for name, _ in calls] for language in (0, 1))
    return Said(
        cut_short(", ".join(dict.fromkeys(en)), _LONGEST), cut_short("、".join(dict.fromkeys(zh)), _LONGEST)
    )


def _name(name: str, language: int) -> str:
    return _TOOLS[name][language] if name in _TOOLS else name.replace("_", " ")


def _call(name: str, arguments: Any, language: int) -> str:
    words = _name(name, language)
    given = arguments if isinstance(arguments, dict) else {}
    if name == "cut" and "keep" in given and "remove" not in given:
        words = ("keep only", "只保留")[language]
        given = {"remove": given["keep"], **{k: v for k, v in given.items() if k != "keep"}}
    return _together([words, *_details(given, language)], language)


def _details(given: Mapping[str, Any], language: int) -> Iterator[str]:
    for key, value in list(given.items())[:_MOST_SHOWN]:
        if value is None or key == "src":
            continue
        timed = key.endswith("_ms") and not isinstance(value, bool) and isinstance(value, (int, float))
        name = key.removesuffix("_ms").replace("_", " ")
        told = duration(int(value), zh=bool(language)) if timed else _value(value, language)
        if not told:
            continue
        if language:
            name = _FIELDS.get(name, name)
        if key == "factor":
            yield f"{told}×"
        elif key == "to" and value in _ENDS:
            yield (f"to the {value}" if value in ("start", "end") else value, _ENDS[value])[language]
        elif name in _PLAIN or key in _PLAIN:
            yield told
        elif isinstance(value, bool):
            yield name if value else ("without " + name, f"不{name}")[language]
        else:
            yield _together([name, told], language)


def _together(words: list[str], language: int) -> str:
    """Words as each language parts them."""
    return spaced(*words) if language else " ".join(filter(None, words))


def _value(value: Any, language: int) -> str:
    if isinstance(value, bool):
        return ("yes", "是")[language] if value else ("no", "否")[language]
    if isinstance(value, str):
        return f"“{cut_short(value, _LONGEST_TEXT)}”" if " " in value or not value.islower() else value
    if isinstance(value, (int, float)):
        return f"{value:g}"
    if isinstance(value, list):
        shown = [_value(each, language) for each in value[:_MOST_SHOWN]]
        more = len(value) - len(shown)
        rest = ([f"and {more} more"], [f"等 {more} 处"])[language] if more else []
        return (" and ", "、")[language].join(filter(None, [*shown, *rest]))
    if isinstance(value, dict):
        return _span(value, language) or _together(list(_details(value, language)), language)
    return ""


def _span(value: Mapping[str, Any], language: int) -> str:
    """A stretch of the timeline or a clip, "" if it is something else."""
    start, end, clip = (value.get(key) for key in ("start_ms", "end_ms", "clip"))
    if isinstance(clip, int):
        return (f"clip {clip}", f"第 {clip} 段")[language]
    if not isinstance(start, int) or set(value) - {"start_ms", "end_ms"}:
        return ""
    if not isinstance(end, int):
        return (f"from {clock(start)} on", f"{clock(start)} 之后")[language]
    return f"{clock(start)}–{clock(end)}" if start != end else clock(start)
