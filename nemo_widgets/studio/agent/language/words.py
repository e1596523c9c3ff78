"""The words that several clauses share, as regular expressions on a veiled message."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

from .veil import LOOSE, QUOTE, SPAN

__all__ = ["AND", "MUSIC", "PAUSES", "PLACES", "REMOVE", "REMOVE_ZH", "TITLE", "TRANSITIONS", "VIDEO", "WHEN"]

VIDEO = (
    r"(?:(?:the|this|that|my|our|whole|entire|full|original)\s+)*(?:video|clip|timeline|recording|interview|footage|movie|film|"
    r"screencast|file|project|edit|whole thing|thing)s?"
)
AND = r"\s*(?:,\s*and\s+also|,\s*and|,\s*plus|,|and\s+also|and\s+then|and|plus|as\s+well\s+as|&|、|和|以及|还有|跟|与|及)\s*"

REMOVE = (
    r"(?:remove|delete|erase|eliminate|discard|drop|skip|lose|get\s+rid\s+of|take\s+(?:out|away|off)|throw\s+(?:away|out)|"
    r"(?:cut|trim|strip)(?:\s+(?:out|away|off))?|(?:chop|snip|clip|edit|crop|strip|shave)\s+(?:out|away|off)|chop)"
)
REMOVE_ZH = r"(?:删除掉|删除|删掉|删去|剪掉|剪去|剪除|去掉|去除|去|裁剪掉|裁掉|裁去|切掉|切除|砍掉|移除|移走|拿掉|清除|去除掉|移除掉|跳过|剔除|删|剪)"

_DET = r"(?:(?:all\s+of|any\s+of|all|any|every|each|both|the|this|that|these|those|my|our|its|current|existing|whole)\s+)*"
_SILENT = (
    r"(?:(?:long|longer|awkward|silent|empty|quiet|boring|unwanted|unnecessary|dead|big|blank|needless)\s+)*"
)
PAUSES = (
    rf"(?:{_DET}{_SILENT}(?:pauses?|silences?|dead\s+air|dead\s+spots?|dead\s+space|gaps?|silent\s+(?:parts?|bits?|sections?|gaps?|moments?|"
    r"segments?|pieces?|stretches|spots?|portions?|passages?)|quiet\s+(?:parts?|bits?|moments?|sections?|stretches))"
    r"(?:\s+and\s+(?:(?:the|all|awkward|dead)\s+)*(?:pauses?|silences?|gaps?|air))?"
    rf"(?:\s+(?:in|from|of|throughout)\s+(?:{VIDEO}|the\s+speech|the\s+audio|speech|it)|\s+between\s+(?:the\s+)?(?:words|sentences|phrases))?"
    r"|(?:(?:视频|片段|说话|里|中|里面|所有|全部|全部的|所有的|那些|一些|多余的?|长|较长的?|尴尬的?|的)*)"
    r"(?:停顿|静音|空白|沉默|无声|冷场|静默)(?:的?(?:部分|片段|段落|地方|时间|处|间隙))?)"
)
_BED = r"(?:background\s+)?(?:music|bgm|soundtrack|song|track|tune)(?:\s+(?:bed|track))?"
MUSIC = rf"(?:{_DET}{_BED}|(?:所有的?|全部|这个|这段|那段|原来的|现在的|的)*(?:背景|bgm)?\s*(?:音乐|配乐|bgm|歌曲?))"
TITLE = (
    rf"(?:{_DET}(?:(?:opening|intro|closing|end|main|big|small|old)\s+)*(?:titles?(?:\s+cards?)?|headings?|headlines?|text(?:\s+overlays?)?)"
    rf"(?:\s*(?:that\s+says|which\s+says|saying|that\s+reads|called)?\s*{QUOTE})?"
    rf"|(?:所有的?|全部|这个|那个|原来的|现在的|片头|片尾|的)*(?:标题|文字|字幕标题)(?:\s*{QUOTE})?)"
)
TRANSITIONS = (
    rf"(?:{_DET}(?:(?:smooth|soft|new|old)\s+)*(?:cross-?\s?fades?(?:\s+transitions?)?|dissolves?|(?:fade\s+)?transitions?(?:\s+effects?)?)"
    rf"(?:\s+(?:at|between|from|to|for|on|in)\s+(?:all\s+|every\s+|each\s+|both\s+)?(?:of\s+)?(?:the\s+)?"
    rf"(?:cuts?|clips?|joints?|joins?|scenes?|parts?|shots?|segments?|edits|them|pieces|{VIDEO}))?"
    r"|(?:所有的?|全部|这些|那些|的)*(?:转场|叠化|淡入淡出|过渡)(?:效果|动画)?)"
)

_PART = (
    r"(?:(?:the|this|that|a|all|any|these|those|both|only)\s+)*(?:(?:boring|unwanted|bad|whole|middle|following|two|three)\s+)*"
    r"(?:sections?|parts?|segments?|bits?|pieces?|portions?|chunks?|ranges?|intervals?|stretch|footage|stuff|everything|all|content|time|ending|end|remainder|rest)"
)
_PART_ZH = r"(?:的?(?:这|那|这一|那一|一|整)?(?:段|部分|内容|片段|画面|视频|区间|时间段|时间|段落|镜头|部份)(?:内容|视频|画面)?)"
WHEN = rf"(?:{SPAN}|{LOOSE})"
PLACES = (
    rf"(?:{_PART}\s*(?:(?:that\s+is|which\s+is|that\s+goes|running|going|of|at|in|from|between)\s*)?"
    rf"|(?:from|at|in|between|of)\s*|(?:视频|片段|中间|时间线)?(?:里|中|上)?的?)?"
    rf"\s*(?P<when>{WHEN})\s*(?:{_PART}|{_PART_ZH})?(?:\s*(?:of|in|from|on)\s+(?:{VIDEO}|it))?"
)
