"""What a Chinese clause asks for, decided by all of its words."""

from __future__ import annotations

import re

from .aside import ANY_FILE, FILE, LINK, QUOTE
from .wishes import wishes

__all__ = ["is_chinese", "kind", "made"]

_CHINESE = re.compile("[\u4e00-\u9fff]")
_LEAD = re.compile(
    r"^(?:请问?|帮我|帮忙|麻烦(?:你|您)?|替我|给我(?=导|下|渲|输|保|上|看|显|列|查)|我(?=想|要|需)|想要?|需要|要|"
    r"可以|能不能|能否|能|现在|最后|好的?|就|直接|马上|开始|那么?|你|您|再)+"
)
_TAIL = re.compile(r"(?:一下|吧|了|吗|呢|谢谢|好吗|可以吗|行吗)+$")
_THING = (
    r"(?:视频|成片|影片|它|这个|结果|时间线|最终|整个|全部|完整|版本|文件|项目|作品|链接"
    r"|剪好|做好|干净|清晰|的|一个)"
)
_HOW = (
    rf"(?:{_THING}|为|成|到|本地|电脑|桌面|高清|mp4|mp3|m4a|wav|flac|gif|(?:带|有|含)(?:声音|音频|原声)|音频|声音|播客|720p|1080p|480p|格式|分辨率|用|以|高|低|中|质量|画质|一次|出来|来"
    rf"|[{QUOTE}{FILE}][\ue100-\uf8ff])"
)
_GET = "(?:导出|下载|渲染|输出|保存|export|download)"
_ROUTES = {
    "export": (
        rf"(?:把|将)?{_THING}*+{_GET}(?:{_GET}|{_HOW})*+|(?:把|将)?{_THING}++(?:发给我|发我|传给我|给我)"
        rf"|(?:发给我|发我){_THING}*+|给我{_THING}++|(?:最终|完整|剪好|做好|的)*+成片"
    ),
    "credits": (
        r"(?=.*(?:积分|余额|点数))(?:积分|余额|点数|查询|查看|看看|看|查|显示|当前|现在|我|的|还|有|剩余|剩下|剩"
        r"|多少|几|账户|账号|一下|是|不够|够|可用|总|共|个|告诉|里)++"
    ),
    "status": (
        r"(?=.*(?:状态|轨道|时间线|时间轴|片段))(?:状态|轨道|时间线|时间轴|片段|查看|看看|看|显示|列出|当前|现在|我|的|是"
        r"|什么|怎么样|如何|一下|所有|有|哪些|上|里|项目|视频|几|条|个|告诉|多少|都|全部)++"
    ),
    "upload": (
        rf"(?:上传|导入|(?:添加|加载|加入|打开)(?=.*[{FILE}{LINK}]))"
        rf"(?:视频|文件|素材|图片|照片|音乐|一个|几个|一些|新的|我的|这个|和|、|{ANY_FILE})*+"
    ),
}
_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _ROUTES.items()}
_MERELY = ("", "只", "只要", "只需", "仅", "就", "仅要")
"""What is left of a clause that says no more than what an export is to be like."""
_ONLY = r"(?:只要?|仅|单独|就)?"
_SO = re.compile(
    rf"{_ONLY}(?:把|将)?{_THING}*+{_ONLY}(?:{_GET}|另?存)(?:{_GET}|另?存|{_HOW})*+(?:给我)?"
    rf"|(?:把|将)?{_THING}*+(?:发给我|发我|传给我|给我){_THING}*+",
    re.IGNORECASE,
)
_MAKES = re.compile(rf"(?:把|将)?{_THING}*+(?:转换?|转码|做|生成|变)(?:{_HOW})*+(?:给我)?", re.IGNORECASE)
"""What is left of an export without what was said of its file."""
_WONDERS = re.compile(r"(?:能|可以|支持|会|可).*[吗么]")
_ASKS_FOR = re.compile(r"帮|请|麻烦|给我|替我")
"""'可以导出成gif吗' asks what an export can be; who asks for it says 帮我, 请."""
MADE = (
    (re.compile(r"^导出(?:成|为)?(?:一个)?(\d+(?:秒|分钟).*)$"), "剪成{}"),
    (
        re.compile(r"^导出(?:成|为)?(?:一个)?(?:视频)?(?:带|配|加)(?:上|有)?(波形)(?:图)?的?(?:视频|影片)?$"),
        "显示{}",
    ),
    (
        re.compile(
            rf"^导出(?:成|为)?(?:一个)?(?:用|以)([{QUOTE}{FILE}].)(?:做|作|当|为)(?:背景|画面|封面)的?(?:视频)?$"
        ),
        "用{}做背景",
    ),
)
"""An export that holds a wish, and the wish in words that ask for no export."""


def is_chinese(clause: str) -> bool:
    """Whether there is a Chinese character in it."""
    return bool(_CHINESE.search(clause))


def bare(clause: str) -> str:
    """The clause without spaces, 请, 帮我, 谢谢 and their like."""
    return _TAIL.sub("", _LEAD.sub("", "".join(clause.split())))


def kind(clause: str) -> str:
    """Export, credits, status, upload, edit, `both` (an export with an edit), or `wish` (of an export)."""
    rest, found = wishes(" ".join(clause.split()))
    if found and _WONDERS.search(clause) and not _ASKS_FOR.search(clause):
        return "edit"
    if made(clause):
        return "both"
    said = bare(clause)
    told = next((name for name, pattern in _PATTERNS.items() if pattern.fullmatch(said)), "edit")
    if told != "edit" or not found:
        return told
    left = bare(rest)
    if left in _MERELY:
        return "wish"
    named = not {"format", "path"}.isdisjoint(found)
    return "export" if _SO.fullmatch(left) or (named and _MAKES.fullmatch(left)) else "edit"


def made(clause: str) -> tuple[re.Match[str], str] | None:
    """The edit that an export holds, and its form; of what the file is to be like it says nothing."""
    for said in (bare(wishes(" ".join(clause.split()))[0]), bare(clause)):
        for pattern, form in MADE:
            if m := pattern.match(said):
                return m, form
    return None
