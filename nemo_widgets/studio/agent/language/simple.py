"""Clauses that stand alone: undo, start over, export, and what is understood but not to be had here."""

from __future__ import annotations

import re

from nemo_widgets.export_formats import ASKED_FOR
from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.putback import PutBack

from .intents import ALL_UNDONE, LAST_UNDO, Export, Intent, Redo, StartOver, Unavailable, Undo
from .numbers import NUMBER, number
from .words import MUSIC, TITLE

__all__ = ["simple_clause", "unavailable"]


_THING = r"(?:edits?|changes?|steps?|things?|versions?|actions?|instructions?|cuts?|one|ones|times?)"
_UNDO = rx(
    rf"(?:undo|revert|take\s+back|roll\s+back|step\s+back|go\s+back)(?:\s+(?:that|this|it|them|again|my|the|last|previous|latest|most\s+recent|to|all(?=\s+(?:the\s+|of\s+)*(?:{NUMBER}|these|those))))*(?:\s+(?P<n>{NUMBER}|a|couple|both|both\s+of))?(?:\s+(?:last|{_THING}))*(?:\s+(?:that|back|again))?"
    r"|take\s+(?:that|it)\s+back|(?:hm+,?\s+)?put\s+(?:it|that|them)\s+back|(?:i\s+liked\s+it\s+better\s+before,?\s*)?(?:undo(?:\s+(?:that|it))?)"
    rf"|(?:撤销|撤回|撤消|回退|退回|后退|返回|取消)(?:掉|到)?(?:刚才|最近|最后|前面|之前|前|上)*的?(?P<zh>{NUMBER})?(?:个|步|次)*的?(?:操作|修改|编辑|改动|剪辑|更改|一步|步)*|(?:把)?(?:刚才|上一步|刚刚|最后一步)(?:的|那)?(?:一步|操作|修改|改动)?(?:给)?(?:撤销|撤回|撤消|取消)(?:掉|了)?"
)
_OVER = rx(
    r"(?:(?:scrap|drop|forget)\s+(?:everything|(?:all\s+of\s+)?it(?:\s+all)?|all)\s+and\s+)?(?:let's\s+)?(?:re)?(?:start|begin)\s+(?:all\s+)?(?:over|again|from\s+scratch|afresh|anew)(?:\s+(?:again|from\s+scratch|completely))*|from\s+scratch|"
    r"reset(?:\s+(?:everything|all|it|the\s+(?:timeline|project|edit|draft|video|whole\s+thing)|all\s+(?:the\s+|my\s+)?(?:edits|changes)))?|"
    r"(?:undo|revert|discard|scrap)\s+(?:everything|all(?:\s+(?:of\s+)?(?:it|my|the)?\s*(?:edits|changes)?)?)|(?:go\s+back|revert|return|restart|start\s+again)\s+(?:to|from)\s+the\s+original(?:\s+(?:video|clip|version))?|restore\s+the\s+original(?:\s+(?:video|clip|version))?|"
    r"重新(?:开始|来过?|剪)|从头(?:再来|开始|来过?)|全部重来|重来|重置(?:时间线|全部|所有)?|恢复(?:原样|原始|到?最初|原来的样子|初始状态)(?:状态|视频)?|全部撤销|撤销(?:全部|所有)(?:的)?(?:操作|修改|编辑)?|还原(?:全部|原样)?|回到(?:最初|最开始|原始|原来|一开始)(?:的)?(?:样子|状态|版本|视频)?"
)
_REDO = rx(
    rf"(?P<all>redo\s+(?:everything|(?:them\s+|it\s+)?all(?:\s+(?:of\s+)?(?:it|them|that|(?:(?:the|my)\s+)?{_THING}|that\s+was\s+undone))?)|(?:全部|全都|都|统统)重做|重做(?:全部|所有)的?(?:操作|修改|编辑|改动|步骤)?)|redo(?:\s+(?:that|it|this|the\s+(?:last\s+)?(?:edit|change|undo)|(?:all\s+)?(?:the\s+|these\s+|those\s+)?(?:last\s+)?(?P<n>{NUMBER}|both)(?:\s+(?:of\s+)?(?:{_THING}|undos|them))?))?|(?P<whole>(?:undo|take\s+back)\s+(?:the|that|my)\s+(?:last\s+)?undo|(?:恢复|取消|撤销)(?:刚才的|上次的?)?撤销)|重做(?:一下|刚才的操作|上一步|(?:最近|最后|前|上)?的?(?P<zh>{NUMBER})(?:个|步|次)?的?(?:操作|修改|编辑|改动)?)?"
)
_PUT_BACK = rx(
    rf"(?:(?:put|bring|give\s+me|take|add)\s+(?P<what>{MUSIC}|{TITLE})\s+back(?:\s+(?:in|again))?|(?:restore|bring\s+back|put\s+back)\s+(?P<what2>{MUSIC}|{TITLE}))"
    rf"|(?:还是)?(?:把|将)?(?P<zh>{MUSIC}|{TITLE})(?:再)?(?:加|放|找|恢复|弄)回(?:来|去)|恢复(?P<zh2>{MUSIC}|{TITLE})"
)
_EXPORT = rx(
    r"(?:export|download|save|render|output)(?:\s+(?:the|my|this|it|that|a|an|as|final|finished|clean|edited|whole|result|video|clip|movie|film|file|timeline|project|everything|to|in|into|at|with|high|low|medium|best|quality|resolution|mp4|h\.?264|720p|1080p|480p|4k|(?:1?\d{1,2}|2[0-3]\d|240)\s?fps|hd|full|it's|again|and|mp3|m4a|wav|sound|audio))*"
    r"|send\s+me\s+the\s+(?:(?:final|finished|edited|result|clean)\s+)*(?:video|file|result|clip|link)|"
    r"(?:把|将)?(?:视频|成片|影片|它|结果)?(?:导出|下载|输出|渲染|保存)(?:一个|成片|视频|影片|文件|音频|声音|一下|为|成|最终|干净|高清|的|\s|mp4|mp3|m4a|wav|1080p|720p)*"
)
_FILE_TYPES = "|".join(ASKED_FOR)
_WISHES = (
    ("detect", r"\bdetect|recogni[sz]e|识别|检测"),
    (
        "captions",
        (
            r"transcri|(?:auto\w*|generat\w*|recogni[sz]\w*|speech|spoken|\bsaid\b|\bsays?\b)\W.*(?:subtitle|caption)"
            r"|(?:subtitle|caption)\w*\W.*(?:auto\w*|generat\w*|speech|spoken|\bsaid\b|\bsays?\b|voice|whisper)"
            r"|(?:mak(?:e|ing)|creat(?:e|ing)|writ(?:e|ing))\s+(?:(?:me|it|some|the|my|a|an|all|english|chinese|good)\s+)*(?:subtitle|caption)\w*(?:\s+(?:for|from|of|out|in|to)\b|$)"
            r"|(?:自动|语音|识别|生成|听写|说话).*字幕|字幕.*(?:自动|语音|识别|生成|听写)"
        ),
    ),
    (
        "limits",
        r"(?<!\d)(?:24[1-9]|2[5-9]\d|[3-9]\d\d|\d{4,})\s*(?:fps|frames?\s+(?:per|a)\s+second|帧)|(?<![a-z0-9.])(?:[5-9]|[1-9]\d)\s?k(?![a-z0-9])",
    ),
    (
        "gif sound",
        (
            r"(?<![\w.])(?:gif|apng)s?(?![\w.]).*(?:music|song|sound|audio|voice|声|音|歌)|(?:music|song|sound|audio).*(?<![\w.])(?:gif|apng)s?(?![\w.])"
            r"|(?:声|音乐|配乐|歌).*(?:gif|动图|动态图)|(?:gif|动图|动态图).*(?:声|音乐|配乐|歌)"
        ),
    ),
    (
        "format",
        rf"(?<![\w.])(?:{_FILE_TYPES})s?(?![\w.])|(?<=[\u4e00-\u9fff])(?:{_FILE_TYPES})(?!\w)|动图|动态图",
    ),
    ("voice", r"voice-?\s?over|narrat|旁白|配音"),
    ("stabilise", r"stabili[sz]|anti-?shake|防抖|稳定画面"),
    ("filler", r"\bum+s?\b|\buhs?\b|filler|口头禅|语气词"),
    ("noise", r"noise|denoise|hiss|\bhum\b|echo|噪音|噪声|降噪|杂音|回声"),
    ("generate", r"\bgenerate|generat|create\s+a\s+video|生成"),
)
_COUNTS = {"a": 1, "couple": 2, "both": 2, "both of": 2}
_COMPILED = tuple((what, rx(pattern)) for what, pattern in _WISHES)


def simple_clause(clause: str) -> list[Intent] | None:
    """What a clause without objects asks for, or None if it is no such clause."""
    if _OVER.fullmatch(clause):
        return [StartOver()]
    if m := _UNDO.fullmatch(clause):
        return [Undo(steps)] if (steps := _steps(m)) else None
    if m := _REDO.fullmatch(clause):
        steps = LAST_UNDO if m["whole"] else ALL_UNDONE if m["all"] else _steps(m)
        return [Redo(steps)] if steps else None
    if m := _PUT_BACK.fullmatch(clause):
        return [
            PutBack("music" if re.search(MUSIC, next(filter(None, m.groups())), re.IGNORECASE) else "title")
        ]
    return [Export()] if _EXPORT.fullmatch(clause) else None


def _steps(found: re.Match[str]) -> int:
    """How many steps are named, one where none are; 0 for a number that counts no steps."""
    count = (found["n"] or found["zh"] or "1").lower()
    steps = _COUNTS.get(count) or number(count)
    return int(steps) if steps >= 1 and steps == int(steps) else 0


def unavailable(words: str) -> Unavailable | None:
    """The first thing named in words that were not understood which is known not to be available here."""
    return next((Unavailable(what, words) for what, pattern in _COMPILED if pattern.search(words)), None)
