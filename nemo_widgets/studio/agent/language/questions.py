"""Questions that have an answer: how long the timeline is, what is on it, what can be done."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.export_formats import ASKED_FOR

from .veil import DURATION, POINT

if TYPE_CHECKING:
    from .veil import Veiled

__all__ = ["asked"]

_NOW = r"(?:\s+(?:now|currently|so\s+far|at\s+the\s+moment|right\s+now|in\s+total|altogether|there|here))*"
_IT = r"(?:it|this|that|(?:(?:the|my|this|whole|final|edited)\s+)*(?:video|timeline|clip|edit|film|movie|cut|result|project))"
_T = rf"({POINT}|{DURATION})"
_IN = rf"(?:\s+(?:in|on|of|for)\s+{_IT})?"
_PLAYING = r"(?:\s+(?:playing|in\s+there|on|used|there|it|that|this|under\s+it))*"
_PARTS = r"(?:clips?|segments?|shots?|parts?|pieces?)"
_SOUGHT = {
    "pauses": (r"(?:(?:any|the|all|my|long|longer|awkward|silent|big)\s+)*(?:pauses?|silences?|gaps?|dead\s+air|(?:silent|quiet)\s+(?:parts?|bits?|spots?|moments?|stretches))", "停顿|静音|沉默|冷场|没人说话的地方"),
    "kisses": (r"(?:(?:any|the|all|a|first)\s+)*kiss(?:es|ing)?(?:\s+(?:scenes?|parts?|bits?|moments?))?", "吻戏|接吻|亲吻|亲嘴"),
    "black": (r"(?:(?:any|the|all)\s+)*black\s+(?:parts?|bits?|spots?|moments?|stretch(?:es)?|frames?|screens?)", "黑屏|黑场"),
    "blurry": (r"(?:(?:any|the|all)\s+)*(?:blurry|blurred|out[\s-]of[\s-]focus)\s+(?:parts?|bits?|spots?|moments?|stretch(?:es)?|frames?|shots?)", "模糊的?(?:地方|部分|画面)"),
    "frozen": (r"(?:(?:any|the|all)\s+)*(?:frozen|stuck)\s+(?:parts?|bits?|spots?|moments?|stretch(?:es)?|frames?|pictures?)", "卡住的?(?:地方|部分|画面)|静止画面"),
}  # fmt: skip
"""What has to be looked for, as it is named."""
_HERE = r"(?:\s+(?:in|on|of)\s+(?:this\s+one|here|there|it|this|that|(?:(?:the|my|this|that|whole)\s+)*(?:video|timeline|clip|film|movie|recording|interview|footage)))?"
_WHERE = rf"(?:{_HERE}(?:\s*,?\s*(?:and\s+)?(?:if\s+(?:so|yes)\s*,?\s*)?(?:where|when)(?:\s+(?:are\s+they|is\s+it|exactly))?)?)"
_LOOKED_FOR = {
    name: rf"(?:is|are)\s+there\s+{en}{_WHERE}|(?:where|when)(?:\s+exactly)?(?:'s|\s+is|\s+are)\s+{en}{_HERE}|(?:when|where|at\s+what\s+time)\s+(?:does|do)\s+{en}\s+(?:happen|start|begin|come(?:\s+up)?|appear|take\s+place|occur|show\s+up){_HERE}"
    rf"|how\s+many\s+{en}(?:\s+(?:are\s+there|does\s+it\s+have))?{_WHERE}|(?:do\s+(?:we|i)\s+have|does\s+(?:it|this|the\s+(?:video|film))\s+have)\s+{en}{_WHERE}|(?:(?:what|which)\s+(?:are|is)\s+)?where\s+{en}\s+(?:is|are)"
    rf"|(?:视频|片子|影片|这段|这个)?(?:里面?|中)?(?:有没有|有)(?:{zh})(?:吗)?[,，]?(?:都?在哪(?:里|儿)?)?|(?:{zh})(?:都)?(?:在哪(?:里|儿)?|在什么(?:地方|时候|位置)|(?:是|在)?什么时候(?:出现|开始|发生)?(?:的)?)|(?:有|一共有)?(?:几|多少)(?:处|个|段)(?:{zh})|哪(?:里|些地方|儿)有(?:{zh})"
    for name, (en, zh) in _SOUGHT.items()
}
_FORMATS = "|".join(ASKED_FOR)
_QUESTIONS = {
    "length": rf"(?:so\s+)?how\s+(?:long|much\s+time)\s+(?:is|are)\s+{_IT}{_NOW}|what(?:'s|\s+is)\s+(?:its|the)(?:\s+(?:current|total|new))?\s+(?:length|duration|running\s+time)(?:\s+of\s+{_IT})?{_NOW}|"
    r"(?:现在|目前|当前|视频|片子|成片|时间线|整个|它|总共|一共|的)*(?:有|是)?(?:多长|多久|多少秒|几分钟|(?:总?时长|长度)(?:是|有)?多少)(?:时间)?(?:了|呢|啊)?",
    "contents": rf"what(?:'s|\s+is)\s+(?:there\s+)?(?:now\s+)?(?:on|in)\s+{_IT}{_NOW}|(?:show|tell)\s+me\s+(?:what(?:'s|\s+is)\s+on\s+)?the\s+timeline|show\s+the\s+timeline|what\s+do\s+(?:we|i)\s+have{_NOW}|"
    r"(?:现在|目前)?(?:的)?时间线(?:上|里|里面)?(?:现在)?(?:都)?(?:有|是)(?:些|哪些)?(?:什么|内容|东西)+(?:呢)?|(?:看看|显示)时间线",
    "help": r"help(?:\s+me)?(?:\s+please)?|(?:please\s+)?help|what\s+(?:else\s+)?can\s+(?:you|i|it|this|nemo)\s+(?:do|say|ask(?:\s+for)?)(?:\s+(?:here|now|for\s+me))?|what\s+are\s+(?:you\s+able\s+to\s+do|my\s+options)|"
    r"how\s+does\s+(?:it|this)\s+work|(?:show|list)\s+(?:me\s+)?(?:the\s+|your\s+)?commands|(?:你|这里|我)?(?:都)?(?:能|会|可以)(?:帮我|对你)?(?:做|干|说)(?:些|点)?(?:什么|啥)|帮助|怎么用|(?:你)?有(?:什么|哪些)功能",
    "at": rf"what(?:'s|\s+is|\s+do\s+(?:we|i)\s+see|\s+happens|\s+comes)?\s*(?:shown|playing|happening|on\s+(?:the\s+)?screen|there|to\s+see)?\s*(?:at|around)\s+{_T}{_IN}|(?:which|what)\s+{_PARTS}\s+(?:is|plays|is\s+(?:shown|playing))\s+(?:there\s+)?at\s+{_T}|"
    rf"(?:在)?{_T}(?:的?(?:时候|地方|位置|处|时))?(?:的)?(?:是|有|在播|播放|放的是|显示)(?:的是)?(?:什么|啥|哪个|哪段)(?:画面|内容|片段|镜头)?(?:呢|了)?|(?:在)?{_T}(?:的?(?:画面|内容))是(?:什么|啥)",
    "picture": rf"(?:(?:show|display|let\s+me\s+see|i\s+want\s+to\s+see|view|see|look\s+at)\s+(?:me\s+)?)?(?:the\s+)?(?:picture|frame|image|still)\s+at\s+{_T}{_IN}|show\s+me\s+{_T}|(?:给我)?(?:看看|看一下|看|显示|展示)(?:一下)?{_T}(?:处|时)?的?(?:画面|那一?帧)",
    "music": rf"(?:what|which)\s+(?:music|song|track|tune|bgm)\s+(?:is|'s){_PLAYING}|what(?:'s|\s+is)\s+the\s+(?:music|song|track|tune){_NOW}|(?:is\s+there|do\s+(?:we|i)\s+have)\s+(?:any\s+)?(?:background\s+)?(?:music|song){_IN}{_NOW}|how\s+loud\s+is\s+the\s+(?:music|song|bgm){_NOW}|"
    r"(?:现在)?(?:用|放|配)?的?(?:是)?(?:什么|哪首|啥)(?:背景)?(?:音乐|歌|配乐)|(?:背景)?(?:音乐|配乐|歌)(?:是(?:什么|哪首)|音量(?:是)?多(?:少|大)|有多大声)|有(?:背景)?(?:音乐|配乐)吗",
    "count": rf"how\s+many\s+(?:{_PARTS}|cuts?|scenes?)(?:\s+(?:are\s+there|do\s+(?:we|i)\s+have|does\s+it\s+have|has\s+it))?{_IN}{_NOW}|(?:现在|一共|总共|时间线上|里面|有)*(?:有)?(?:几|多少)(?:个|段)(?:片段|镜头|视频|剪切点)?(?:了|呢)?",
    "title": rf"what\s+(?:does|do)\s+the\s+(?:titles?|text|captions?|subtitles?)\s+(?:say|read)|what(?:'s|\s+is|\s+are)\s+the\s+(?:titles?|text|captions?){_NOW}|(?:is\s+there|are\s+there|do\s+(?:we|i)\s+have)\s+(?:an?\s+|any\s+)?(?:titles?|text|captions?|subtitles?){_IN}{_NOW}|"
    r"标题(?:是|写的是|写着|写了|内容是)?(?:什么|啥)(?:内容)?|有(?:标题|字幕|文字)吗",
    "longest": rf"(?:which|what)(?:\s+one)?(?:\s+of\s+(?:the\s+|my\s+|these\s+|those\s+|our\s+)?(?:\w+\s+)?(?:{_PARTS}|videos?|them|these|those))?(?:\s+(?:is|was|has|lasts|runs|takes)|'s)\s+(?:the\s+)?(?:longest|shortest)(?:\s+(?:one|{_PARTS}|video|length|duration|of\s+(?:all|them)))?{_NOW}|how\s+long\s+is\s+the\s+(?:longest|shortest)\s+{_PARTS}|(?:which|what)\s+{_PARTS}\s+is\s+(?:the\s+)?(?:longest|shortest)|what(?:'s|\s+is)\s+the\s+(?:longest|shortest)\s+{_PARTS}{_NOW}|(?:哪个|哪一个|哪段)(?:片段|镜头|视频)?(?:是)?最[长短](?:的)?|最[长短]的(?:片段|镜头|视频)?是(?:哪个|哪一个|哪段)",
    "cuts": rf"where\s+(?:are|is)\s+(?:the|my|all\s+the)\s+cuts?{_NOW}|(?:剪切点|剪辑点|切点)(?:都)?在哪(?:里|儿)?",
    "shape": rf"what(?:'s|\s+is)\s+(?:the|its)\s+(?:aspect\s+ratio|ratio|resolution|size|format|frame\s+rate|shape)(?:\s+of\s+{_IT})?{_NOW}|(?:现在)?(?:的)?(?:画面|视频)?(?:比例|分辨率|帧率|尺寸|画幅)(?:是)?(?:多少|什么|几比几)",
    "transitions": rf"(?:are\s+there|do\s+(?:we|i)\s+have)\s+(?:any\s+)?transitions?{_IN}{_NOW}|(?:what|which)\s+transitions?\s+(?:are\s+there|do\s+(?:we|i)\s+have){_NOW}|有(?:没有)?转场吗?",
    "formats": r"(?:(?:can|could|may|do|should)\s+(?:i|we)|is\s+it\s+possible\s+to|how\s+(?:do|can|could|would|should)\s+(?:i|we|one)|how\s+to)\s+(?:also\s+|then\s+)?(?:export|download|render|save(?=.*(?<!\w)(?:as|to|in)(?!\w)))(?!\w)[^,.;?!]{0,80}|(?:what|which)\s+(?:(?:file|video|audio|sound|export|output)\s+)*(?:formats?|file\s+types?|resolutions?)\s+(?:can|are|is|do|does|could)(?!\w)[^,.;?!]{0,60}|(?:(?:can|could|may|do|should)\s+(?:i|we|you)|is\s+it\s+possible\s+to|how\s+(?:do|can|could|would|should)\s+(?:i|we|one|you)|how\s+to)\s+(?:also\s+)?(?:make|create|get|have|produce|support|turn|convert)(?!\w)[^,.;?!]{0,60}(?<!\w)"
    rf"(?:{_FORMATS})s?|"
    r"(?:can|does)\s+(?:it|this|nemo)\s+(?:export|render|save)(?!\w)[^,.;?!]{0,60}|"
    r"(?:可以|能不能|能否|能|支持|怎么|如何|怎样)(?:不可以)?(?:把)?(?:视频|它)?(?:导出|下载|渲染|保存[成为])[^,.;?!，。；]{0,30}|(?:能|可以|支持)(?:导出)?(?:什么|哪些)格式.{0,10}|导出(?:可以|能|支持)?(?:什么|哪些)格式.{0,6}",
    "edits": r"what\s+(?:did\s+you|have\s+you|has\s+been|was|did\s+(?:we|i)|have\s+(?:we|i))\s+(?:changed?|do|done|edit(?:ed)?)(?:\s+to\s+(?:it|the\s+(?:video|timeline)))?\s+(?:so\s+far|until\s+now|up\s+to\s+now|in\s+(?:this\s+session|total|all)|altogether)|what\s+(?:have\s+(?:you|we|i)|has\s+been)\s+(?:changed|done|edited)(?:\s+to\s+(?:it|the\s+(?:video|timeline)))?|(?:what\s+(?:edits|changes)\s+(?:did\s+(?:you|we|i)\s+make|have\s+(?:you|we|i)\s+made|are\s+there)|(?:list|show)\s+(?:me\s+)?(?:all\s+)?(?:the|my|your)\s+(?:edits|changes)(?:\s+so\s+far)?)(?:\s+so\s+far)?|"
    r"(?:到目前为止|目前为止|到现在为止|至今|目前|现在)(?:你)?(?:都|一共|总共)?(?:做|改|剪)(?:过|了)(?:什么|啥|哪些)(?:修改|改动|剪辑|操作)?|(?:你)?(?:都|一共|总共)(?:做|改|剪)(?:过|了)(?:什么|啥|哪些)(?:修改|改动|剪辑|操作)?|(?:列出|看看)(?:所有的?|全部)?(?:修改|改动|剪辑)(?:记录)?",
    "last": rf"what\s+(?:did\s+you\s+(?:do|change)|was\s+changed|was\s+the\s+last\s+(?:edit|change)|has\s+changed){_NOW}(?:\s+last)?|(?:刚才|你)(?:刚才|刚刚)?(?:都)?(?:做|改)了(?:什么|啥|哪些)",
}  # fmt: skip
_COMPILED = {
    reason: re.compile(pattern, re.IGNORECASE)
    for reason, pattern in (*_QUESTIONS.items(), *_LOOKED_FOR.items())
}
_AROUND = " \t\n?!.。？！,，~"
_MANNERS = re.compile(r"[\s,]+(?:please|pls|thanks|thank\s+you)$", re.IGNORECASE)
_TELL = re.compile(
    r"^(?:please\s+)?(?:(?:can|could|would|will)\s+you\s+(?:please\s+)?)?(?:(?:tell|show)\s+me|let\s+me\s+know|say|do\s+you\s+know|i(?:'d|\s+would)?\s+(?:like|want|need)\s+to\s+know)\s+(?:also\s+|then\s+)?"
    r"|^(?:请|麻烦)?(?:再|也|然后)?(?:告诉我|说一下|说说|我想知道|你知道)(?:一下)?",
    re.IGNORECASE,
)
_SWAPPED = re.compile(
    r"(?P<asks>how\s+(?:long|loud|much\s+time|many\s+\w+)|what|where|(?:what|which)\s+\w+)\s+(?P<what>(?:it|this|that|they|there|the\s.+?|my\s.+?|all\s.+?))\s+(?P<verb>is|are|says?|reads?)(?P<now>(?:\s+\w+){0,2})$",
    re.IGNORECASE,
)
"""A question inside a sentence: its verb is behind what it is about."""
_OPENING = re.compile(r"^(?:(?:hi|hello|hey|ok|okay|so|and|you|请问|你好)[\s,，]+)+|^请问", re.IGNORECASE)


def asked(veiled: Veiled, text: str | None = None) -> tuple[str, int]:
    """What a question is about and the time that it names, in ms; ("", 0) if it is none of these.

    The question is the whole message, or that `text` of it.
    """
    bare = " ".join((veiled.text if text is None else text).split()).strip(_AROUND)
    bare = _MANNERS.sub("", _OPENING.sub("", bare, count=1))
    tell = _TELL.match(bare)
    wished = bare[tell.end() :] if tell else ""
    for said in filter(None, (bare, wished, _SWAPPED.sub(_straight, wished), wished and f"what is {wished}")):
        for reason, pattern in _COMPILED.items():
            if m := pattern.fullmatch(said):
                token = next(filter(None, m.groups()), None)
                return reason, veiled.value(token) if token else 0
    return "", 0


def _straight(m: re.Match[str]) -> str:
    """'how long it is' as one asks it by itself."""
    verb = {"says": "does", "reads": "does", "say": "do", "read": "do"}.get(m["verb"].lower(), m["verb"])
    more = f" {m['verb'].lower().removesuffix('s')}" if verb in ("do", "does") else ""
    return f"{m['asks']} {verb} {m['what']}{more}{m['now']}"
