"""The words that several clauses share, as regular expressions on a veiled message."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

from .ordinals import ORDINAL
from .tokens import LOOSE, QUOTE, SPAN

__all__ = [
    "AND",
    "BEST",
    "FOUND_WORDS",
    "MUSIC",
    "PAUSES",
    "PLACES",
    "REMOVE",
    "REMOVE_ZH",
    "TITLE",
    "TRANSITIONS",
    "VIDEO",
    "WHEN",
]

VIDEO = (
    r"(?:(?:the|this|that|my|our|whole|entire|full|original)\s+)*(?:video|clip|timeline|recording|interview|footage|movie|film|"
    r"screencast|file|project|edit|whole thing|thing)s?"
)
AND = r"\s*(?:[,，]\s*(?:还有|以及|和)|,\s*and\s+also|,\s*and|,\s*plus|,|and\s+also|and\s+then|and|plus|as\s+well\s+as|&|、|和|以及|还有|跟|与|及)\s*"

REMOVE = (
    r"(?:remove|delete|erase|eliminate|discard|drop|skip|lose|ditch|bin|scrap|axe|kill|get\s+rid\s+of|take\s+(?:out|away|off)|throw\s+(?:away|out)|"
    r"(?:cut|trim|strip)(?:\s+(?:out|away|off))?|jump-?\s?cut(?!\s+(?:it|this|that|them|everything|the\s+(?:video|film|movie|whole|entire|lot))(?![a-z]))|(?:chop|snip|clip|edit|crop|strip|shave)\s+(?:out|away|off)|shave|snip|chop)"
)
REMOVE_ZH = r"(?:删除掉|删除|删掉|删去|剪掉|剪去|剪除|去掉|去除|去|裁剪掉|裁掉|裁去|切掉|切除|砍掉|移除|移走|拿掉|清除|去除掉|移除掉|跳过|剔除|删|剪)"

_DET = r"(?:(?:all\s+of|any\s+of|all|any|every|each|both|the|this|that|these|those|my|our|its|current|existing|whole)\s+)*"
_SILENT = r"(?:(?:long|longer|longest|biggest|awkward|silent|empty|quiet|boring|unwanted|unnecessary|dead|big|blank|needless)\s+)*"
PAUSES = (
    rf"(?:{_DET}{_SILENT}(?:pauses?|silences?|dead\s+air|dead\s+spots?|dead\s+space|gaps?|silent\s+(?:parts?|bits?|sections?|gaps?|moments?|"
    r"segments?|pieces?|stretches|spots?|portions?|passages?)|quiet\s+(?:parts?|bits?|moments?|sections?|stretches))"
    r"(?:\s+and\s+(?:(?:the|all|awkward|dead)\s+)*(?:pauses?|silences?|gaps?|air))?"
    rf"(?:\s+(?:in|from|of|throughout)\s+(?:{VIDEO}|the\s+speech|the\s+audio|speech|it)|\s+between\s+(?:the\s+)?(?:words|sentences|phrases))?"
    r"|(?:(?:all\s+)?the\s+)?(?:parts?|bits?|sections?|moments?|stretches)\s+(?:where|when|in\s+which)\s+(?:nobody|no\s+one|no-one)\s+(?:is\s+)?(?:talks?|speaks?|talking|speaking|says\s+anything|saying\s+anything)"
    r"|(?:所有|全部)?(?:没有?人|没|不)(?:在)?(?:说话|讲话|出声|吭声)的?(?:地方|部分|时候|片段|段落|时间|那些)?"
    r"|(?:(?:视频|片段|说话|里|中|里面|所有|全部|全部的|所有的|那些|一些|多余的?|长|较长的?|尴尬的?|的)*)"
    r"(?:停顿|静音|空白|沉默|无声|冷场|静默)(?:的?(?:部分|片段|段落|地方|时间|处|间隙))?)"
)
_BITS = r"(?:parts?|bits?|sections?|pieces?|stretch(?:es)?|moments?|scenes?|shots?|frames?|segments?|footage|screens?|ones|stuff|clips?)"
_BITS_ZH = r"的?(?:部分|片段|段落|地方|画面|镜头|内容|帧|那段|那几段|场景)?"
FOUND_WORDS = {
    "kiss": rf"(?:{_DET}(?:{_BITS}\s+(?:where|when|in\s+which)\s+(?:they|the\s+(?:couple|two|actors|lovers)|people|somebody|someone)\s+(?:kiss(?:es|ing)?|make\s+out)|(?:(?:romantic|long|first|big|steamy)\s+)*(?:kiss(?:ing|es)?|make-?out)(?:[\s-]+{_BITS})?)|(?:那|这|那段|这段|所有的?|全部的?)?(?:吻戏|接吻|亲吻|亲嘴|吻)的?(?:戏份?|部分|片段|段落|地方|画面|镜头|场景|那段)?)",
    "black": rf"(?:{_DET}(?:all[\s-])?(?:black|dark\s+empty|blacked[\s-]out)\s+{_BITS}|(?:所有的?|全部的?|那些)?(?:黑屏|黑场|全黑|黑帧|黑画面|黑的画面){_BITS_ZH})",
    "blurry": rf"(?:{_DET}(?:blurry|blurred|out[\s-]of[\s-]focus|unsharp|fuzzy|unfocused)\s+{_BITS}|(?:{_DET}){_BITS}\s+that(?:\s+are|'re)\s+(?:blurry|blurred|out\s+of\s+focus)|(?:所有的?|全部的?|那些)?(?:模糊|失焦|虚焦|糊掉|不清楚|不清晰|虚)了?{_BITS_ZH})",
    "frozen": rf"(?:{_DET}(?:frozen|static|still|stuck|motionless)\s+{_BITS}|{_DET}freezes|{_DET}{_BITS}\s+where\s+nothing\s+moves|(?:所有的?|全部的?|那些)?(?:卡住|静止|定格|卡顿|不动|画面不动){_BITS_ZH})",
}
"""What is to be found in the picture, by the names that the edits have for it."""
BEST = (
    r"(?:(?:the|my|its)\s+)?(?:single\s+)?(?:best|greatest|most\s+(?:exciting|interesting|beautiful|impressive|lively))\s+(?:scene|shot|moment|part|bit|sequence)"
    r"|(?:那个|这个)?最(?:精彩|好|棒|漂亮|好看|有意思)的?(?:那|一|那一)?(?:个|段|幕|场)?(?:镜头|场景|片段|画面|一段|一幕|部分|戏)?"
)
_BED = r"(?:background\s+)?(?:music|bgm|soundtrack|song|track|tune)(?:\s+(?:bed|track))?"
MUSIC = rf"(?:{_DET}{_BED}|(?:所有的?|全部|这个|这段|那段|原来的|现在的|的)*(?:背景|bgm)?\s*(?:音乐|配乐|bgm|歌曲?))"
_WHICH = rf"(?:opening|intro|closing|end|main|big|small|old|{ORDINAL})"
TITLE = (
    rf"(?:{_DET}(?:{_WHICH}\s+)*(?:titles?(?:\s+cards?)?|headings?|headlines?|texts?(?:\s+overlays?)?|captions?|lower[\s-]?thirds?|name\s?(?:tags?|plates?)|subtitles?|subs(?![a-z]))"
    rf"(?:\s*(?:that\s+says|which\s+says|saying|that\s+reads|called)?\s*{QUOTE})?"
    rf"|(?:所有的?|全部|这个|那个|原来的|现在的|片头|片尾|第[一二三四五六七八九\d]个?|最后一?个|的)*(?:标题|文字|字幕标题|字幕条|字幕|人名条|名牌|名条)(?:\s*{QUOTE})?)"
)
TRANSITIONS = (
    rf"(?:{_DET}(?:(?:smooth|soft|new|old)\s+)*(?:cross-?\s?fades|dissolves|(?:(?<=the\s)|(?<=that\s)|(?<=this\s)|(?<=any\s)|(?<=smooth\s)|(?<=soft\s))(?:cross-?\s?fade|dissolve)|cross-?\s?fade\s+transitions?|(?:fade\s+)?transitions?(?:\s+effects?)?)"
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
