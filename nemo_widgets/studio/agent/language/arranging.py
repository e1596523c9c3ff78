"""Clauses about the order of the clips: moved, swapped, sorted, shown again, put in, split, trimmed to a length."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.arranging import Duplicate, Move, Order, Swap
from nemo_widgets.studio.agent.edits.inserting import Insert, MergeAll
from nemo_widgets.studio.agent.edits.splitting import Split, SplitScenes
from nemo_widgets.studio.agent.edits.trimming import PictureLength, TrimTo
from nemo_widgets.studio.timeline.refs import ClipRef, Part
from nemo_widgets.studio.timeline.time_range import TimeRange

from .numbers import NUMBER, number
from .ordinals import ORDINAL, ordinal
from .parting import parting_clause
from .repeating import repeating_clause
from .tokens import DURATION, PERCENT, POINT, SPAN
from .words import VIDEO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .context import Around
    from .intents import Intent
    from .veil import Veiled

__all__ = ["arranging_clause"]


_P = rf"(?:the\s+)?(?:{SPAN})"
_T = rf"(?:the\s+)?(?:{POINT}|{DURATION})(?:\s+mark)?"
_START = r"(?:(?:to|at|in)\s+)?(?:the\s+)?(?:very\s+)?(?:front|beginning|start|first(?:\s+(?:place|position))?|top)(?:\s+of\s+(?:the\s+)?(?:video|timeline|line|it))?"
_END = r"(?:(?:to|at|in)\s+)?(?:the\s+)?(?:very\s+)?(?:end|back|last(?:\s+(?:place|position))?|finish)(?:\s+of\s+(?:the\s+)?(?:video|timeline|line|it))?"
_BESIDE = r"(?:(?:to\s+)?(?:right\s+|directly\s+|just\s+|straight\s+)?(?P<side>before|after|behind|in\s+front\s+of))"
_ZH_FRONT = r"(?:最前面?|最开头|开头|最开始|开始|前面|第一个|第一位|片头|最前头)"
_ZH_BACK = r"(?:最后面?|末尾|结尾|最末尾?|片尾|后面|最后一个|最尾)"
_ZH_TO = r"(?:放到?|移动?到?|挪到?|调到?|排到?|搬到?|拖到?)(?:在)?"
_MOVE = rx(
    rf"(?:move|put|place|bring|shift|push|drag|set|play|show|get|take|send|stick|slide|throw)\s+(?P<what>{_P})\s+(?:up\s+|over\s+|back\s+|on\s+)?(?:(?P<start>{_START})|(?P<end>{_END})|{_BESIDE}\s+(?P<by>{_P}))"
    rf"|(?:make|let|have|add|put)\s+(?P<what4>{_P})\s+(?:to\s+)?(?:(?:be|come|go|stand|play)\s+)?(?:(?P<start4>(?:the\s+)?(?:very\s+)?first(?:\s+(?:one|clip))?)|(?P<end4>(?:the\s+)?(?:very\s+)?last(?:\s+(?:one|clip))?)|{_BESIDE.replace('side>', 'side4>')}\s+(?P<by4>{_P}))"
    rf"|(?P<let>(?:let|have|make)\s+)?(?P<what2>{_P})\s+(?(let)|(?:(?=goes|belongs)|(?:should|must|has\s+to|needs\s+to|is\s+to|ought\s+to)\s+))(?:come|go|be|stand|play|goes|belongs?)\s+(?:(?P<start2>{_START})|(?P<end2>{_END})|{_BESIDE.replace('side>', 'side2>')}\s+(?P<by2>{_P}))"
    rf"|(?P<what3>{_P})\s+(?:(?P<start3>first|(?:to|at)\s+the\s+(?:very\s+)?(?:front|start|beginning))|(?P<end3>last|(?:to|at)\s+the\s+(?:very\s+)?end))"
    rf"|(?:let|have|make|add|use|get)\s+(?P<what6>{_P})\s+(?:to\s+)?(?:(?P<start6>open|start|begin|kick\s+off)|(?P<end6>close|end|finish))(?:\s+(?:off\s+)?(?:it|{VIDEO}))?"
    rf"|(?:start|begin|open)\s+with\s+(?P<opens>{_P})|(?:end|finish|close)\s+with\s+(?P<closes>{_P})"
    rf"|(?:把|将|让)?\s*(?P<zh>{SPAN})\s*(?:{_ZH_TO}|排在)\s*(?:(?P<zhstart>{_ZH_FRONT})|(?P<zhend>{_ZH_BACK})|(?P<zhby>{SPAN})的?(?P<zhside>前面|之前|前|后面|之后|后))(?:去|来)?"
    rf"|让(?P<zh5>{SPAN})(?:放|排)?在(?P<zhby5>{SPAN})的?(?P<zhside5>前面|之前|前|后面|之后|后)(?:出现|播放?)?"
)
_NUMBERS = rx(
    r"(?:swap|switch|exchange)(?:\s+around)?\s+(?:numbers?\s+|nos?\.?\s*|#)?(?P<a>\d{1,3})\s*(?:and|with|&)\s*(?:number\s+|no\.?\s*|#)?(?P<b>\d{1,3})(?:\s+(?:around|round|over))?|(?:交换|对调|互换)(?P<a2>\d{1,3})(?:和|与|跟)(?P<b2>\d{1,3})"
)
_SWAP = rx(
    rf"(?:swap|switch|exchange|interchange)(?:\s+(?:over|around))?(?:\s+(?:the\s+)?(?:places?|positions?|order)\s+of)?\s+(?P<one>{_P})\s*(?:and|with|for|&)\s+(?P<two>{_P})(?:\s+(?:around|round|over))?"
    rf"|(?:swap|switch|exchange)\s+(?P<pair>{_P})(?:\s+(?:around|round))?"
    rf"|(?P<one2>{_P})\s+(?:and|with)\s+(?P<two2>{_P})\s+(?:(?:should|must|have\s+to|need\s+to|are\s+to)\s+)(?:be\s+(?:swapped|switched|exchanged)(?:\s+(?:around|round))?|(?:swap|switch|change)\s+(?:places|positions))"
    rf"|(?:让)?(?:把|将)?(?P<zhone>{SPAN})\s*(?:和|跟|与|同)\s*(?P<zhtwo>{SPAN})(?:的)?(?:位置|顺序)?(?:换|调换|交换|互换|对调|调)(?:一?[个下])?(?:位置|顺序|一下)?"
    rf"|(?:交换|对调|调换|互换)\s*(?P<zhone2>{SPAN})\s*(?:和|跟|与)\s*(?P<zhtwo2>{SPAN})(?:的)?(?:位置|顺序)?"
)
_LIST = rf"{_P}(?:\s*(?:,\s*(?:and\s+)?(?:then\s+)?|、|and\s+(?:then\s+)?|then\s+|->|→|>)\s*{_P})+"
_ORDERED = rx(
    rf"(?:put|arrange|order|sort|place|bring|show|play)\s+(?:the\s+|all\s+|my\s+)*(?:clips?|videos?|pictures?|photos?|them|everything|segments?|shots?)\s*(?:in(?:to)?\s+(?:this|the\s+following|that|the)\s+order|in\s+order|like\s+this|as|as\s+follows)?\s*:?\s*(?:of\s+)?(?P<list>{_LIST})"
    rf"|(?:the\s+)?(?:new\s+)?order\s*(?:is|should\s+be|of\s+the\s+clips)?\s*:?\s*(?P<list2>{_LIST})"
    rf"|(?:(?:show|play|put|have|use|add)\s+)?(?P<list3>{_P}\s+first\s*,?\s*(?:and\s+)?then\s+{_P}(?:\s*,?\s*(?:and\s+)?(?:then|finally|last(?:ly)?)\s+{_P})*)"
    rf"|(?:(?:show|play|put|have|use|add)\s+)?(?P<list8>{_P}\s+first\s*,?\s*(?:and\s+)?{_P}\s+second(?:\s*,?\s*(?:and\s+)?{_P}\s+third)?)|(?P<list9>(?:start|begin|open)\s+with\s+{_P}(?:\s*,?\s*(?:and\s+)?then\s+{_P})+)"
    rf"|(?P<list5>(?:start|begin|open)\s+with\s+{_P}(?:\s*,?\s*(?:and\s+)?then\s+{_P})*\s*,?\s*(?:and\s+)?(?:end|finish|close)\s+(?:with|on)\s+{_P})"
    rf"|(?:片段|视频|播放)?的?(?:顺序|次序)(?:改成|改为|换成|调成|调整为|变成|是|为)?\s*[:：]?\s*(?P<list6>{SPAN}(?:\s*(?:[、,，和]|然后|再|->|→)\s*{SPAN})+)|(?P<list7>先(?:放|播)?{SPAN}(?:\s*[,，、]?\s*(?:再|然后|接着|最后)(?:放|播)?{SPAN})+)"
    rf"|(?:片段|视频)?(?:按照?|以|照)(?P<list4>{SPAN}(?:\s*[、,，和]\s*{SPAN})+)(?:的|这个|这样的)?(?:顺序|次序)(?:来)?(?:排列|排序|排|播放|放)?"
)
_SORT = rx(
    r"(?:sort|order|arrange|put)\s+(?:the\s+|all\s+|my\s+)*(?:clips|videos|pictures|photos|them|everything|segments|shots|files)\s+(?:in\s+)?(?:(?P<name>alphabetically|(?:by|in\s+order\s+of)\s+(?:their\s+)?(?:file\s*)?names?|alphabetical\s+order)|(?P<number>(?:by|in\s+order\s+of)\s+(?:their\s+)?numbers?|numerically|numerical\s+order)|(?P<length>(?:by|in\s+order\s+of)\s+(?:their\s+)?(?:length|duration)|from\s+(?:the\s+)?short(?:est)?\s+to\s+(?:the\s+)?long(?:est)?)|(?P<time>(?:by|in\s+order\s+of)\s+(?:their\s+)?(?:date|time|upload(?:\s+time)?)|chronologically|in\s+the\s+order\s+(?:i|they\s+were)\s+uploaded(?:\s+them)?))"
    r"|(?P<reversed>reverse\s+(?:the\s+)?(?:order|sequence)(?:\s+of\s+(?:the\s+|all\s+)*(?:clips|videos|pictures|photos|segments|shots))?|(?:(?:put|play|show|have|add)\s+)?(?:the\s+|my\s+|all\s+)*(?:clips|videos|pictures|photos|them)\s+in\s+reverse(?:d)?\s+order|(?:reverse|flip|invert)\s+(?:the\s+)?(?:clip|shot|picture)\s+order)"
    r"|(?:把|将)?(?:所有|全部|三个|两个|几个|\d+个|这些)?(?:的)?(?:片段|视频|图片|照片|素材)?(?:的)?(?:(?:(?:顺序|次序)(?:给我)?(?P<zhrev>(?:倒过来|反过来|颠倒|倒序|反转)(?:排列|排|播放|放)?)|(?P<zhrev2>倒序排列?|反序排列?|倒着排|反过来排|倒过来排))|按(?:照)?(?:文件)?(?P<zhname>名字|名称|文件名|字母)(?:顺序)?(?:排列|排序|排)(?:一下)?|按(?:照)?(?P<zhnum>编号|数字|序号)(?:顺序)?(?:排列|排序|排)|按(?:照)?(?P<zhlen>长度|时长|长短)(?:排列|排序|排)|按(?:照)?(?P<zhtime>时间|上传时间|上传顺序|日期)(?:顺序)?(?:排列|排序|排))(?:一下)?"
)
_AGAIN = rx(
    rf"(?:duplicate|repeat|copy|double|clone)\s+(?P<what>{_P})(?:\s+(?P<n>{NUMBER}|once|twice)(?:\s+(?:more\s+)?times)?(?:\s+more)?)?(?P<end>\s+(?:and\s+(?:put|place|paste|add)\s+(?:it|the\s+copy)\s+)?(?:at|to)\s+the\s+(?:very\s+)?end(?:\s+of\s+(?:it|{VIDEO}))?)?|(?:play|show)\s+(?P<what2>{_P})\s+(?:twice|again)(?P<end2>\s+at\s+the\s+(?:very\s+)?end)?"
    rf"|(?:把|将)?(?:复制|重复|再放一遍|再播一遍)(?:一[遍次下份])?(?P<zh>{SPAN})(?:一[遍次])?(?P<zhend>到(?:最后面?|末尾|结尾))?|(?:把|将)?(?P<zh2>{SPAN})(?:复制|重复)(?:一[遍次下份]|(?P<zhn>{NUMBER})[遍次])?"
)
_INSERT = rx(
    rf"(?:insert|add|put(?:\s+in)?|drop|paste)\s+(?P<what>{_P})\s+(?:in\s+)?(?:(?:at|from)\s+(?P<at>{_T})|(?P<side>after|before)\s+(?P<by>{_P})|between\s+(?P<one>{_P})\s+and\s+(?P<two>{_P}))"
    rf"|(?:append|add|insert)\s+(?P<last>{_P})(?:\s+(?:to|at)\s+the\s+end)?|(?:在)(?P<zhat>{_T})(?:的?(?:地方|位置|处))?(?:插入|放入|加入|插|加上)(?P<zh>{SPAN})|(?:把|将)(?P<zh2>{SPAN})(?:插入|插|放|加)(?:到|在|进)?(?P<zhat2>{_T})(?:的?(?:地方|位置|处))?"
)
_MERGE = rx(
    r"(?:merge|join|combine|concatenate|stitch|put|string|glue)\s+(?:together\s+)?(?:all\s+(?:of\s+)?)?(?:the\s+|my\s+|these\s+|those\s+|both\s+|all\s+|uploaded\s+)*(?:clips|videos|files|parts|shots|pictures|photos)(?:\s+(?:together|into\s+one(?:\s+(?:video|clip|film))?|one\s+after\s+(?:the\s+other|another)))*"
    r"|(?:把|将)?(?:所有|全部|这些|几个|上传)的?(?:的)?(?:片段|视频|素材|文件)(?:合并|拼接|合成|接|拼|连接)(?:起来|在一起|成一个(?:视频)?|到一起)?|(?:合并|拼接)(?:所有|全部)?的?(?:片段|视频|素材)"
)
_SPLIT = rx(
    rf"(?:split|divide|slice)\s+(?:(?:it|{VIDEO}|{_P})\s+)?(?:up\s+)?(?:at|in|on)\s+(?P<at>{_T}(?:\s*(?:,|and|,\s*and)\s+(?:at\s+)?{_T})*)|(?:make|put|add|set)\s+(?:a\s+)?(?:cut|split)\s+(?:point\s+)?at\s+(?P<at2>{_T}(?:\s*(?:,|and|,\s*and)\s+(?:another(?:\s+one)?\s+)?(?:at\s+)?{_T})*)|cut\s+(?:it|{VIDEO})\s+at\s+(?P<at3>{_T})"
    rf"|(?:在|从)?(?P<zhat>{_T}(?:\s*[和、,]\s*{_T})*)(?:的?(?:地方|位置|处|时候|那里))?(?:各|都|分别)?(?:把(?:视频|它))?(?:切一刀|分割|切开|剪开|断开|分开|一分为二|剪一刀|切断|劈开)(?:视频)?|(?:把(?:视频|它))?(?:从|在)(?P<zhat2>{_T})(?:的?(?:地方|位置|处))?(?:切开|分割|剪开|断开|分成两段)"
)
_SPLIT_IN = rx(rf"(?:把|将)?(?P<clip>{SPAN})的?(?:从|在)?(?P<at>{_T})处?(?:切开|分割|剪开|断开|切一刀)")
_HALVES = rx(
    rf"(?:split|divide|cut)\s+(?P<what>{_P})\s+(?:in|into|down|through)\s*(?:the\s+)?(?:two|half|halves|middle)|(?:把)?(?P<zh>{SPAN})(?:从中间|对半)(?:切开|分开|剪开|分割)|(?:split|divide|cut|slice)\s+(?:it|{VIDEO})\s+(?:in|into|down|through)\s*(?:the\s+)?(?:two|half|halves|two\s+(?:halves|parts)|middle)|(?:把(?:视频|它))?(?:从中间|对半|从正中间)(?:切开|分开|剪开|分割|切一刀|切)|(?:把(?:视频|它))?一分为二"
)
_SCENES = rx(
    rf"(?:split|divide)\s+(?:by|at|into)\s+(?:the\s+)?scenes?(?:\s+(?:changes?|cuts?))?|(?:split|divide|cut|slice|break)\s+(?:it|{VIDEO})\s+(?:up\s+)?(?:into|by|at|at\s+each|at\s+every|at\s+all|along)\s+(?:the\s+|its\s+|separate\s+|single\s+)*(?:scenes?|shots?)(?:\s+(?:changes?|cuts?|borders?))?|(?:按|按照)(?:场景|镜头)(?:把(?:视频|它))?(?:分割|切分|切开|分开|拆分|拆开|剪开)|把(?:视频|它)(?:按(?:场景|镜头))(?:分割|切分|切开|分开|拆分|拆开)(?:成片段)?"
)
_SCENE = rx(
    rf"(?:(?P<cut>remove|delete|cut(?:\s+out)?|drop|get\s+rid\s+of|take\s+out|erase)|(?P<keep>keep\s+only|only\s+keep|just\s+keep|keep\s+just|only\s+use))\s+(?:the\s+)?(?:(?P<ord>{ORDINAL})\s+scene|scene\s+(?:number\s+)?(?P<n>\d+|one|two|three|four|five|six|seven|eight|nine|ten))(?:\s+out)?"
    rf"|(?:(?P<zhcut>删掉|删除|去掉|剪掉|把)|(?P<zhkeep>只保留|只留|保留))?(?:第(?P<zhn>{NUMBER})个?|(?P<zhlast>最后一个?))(?:镜头|场景)(?P<zhend>删掉|删除|去掉|剪掉|删了|不要了?)?"
)
_TRIM_TO = rx(
    rf"(?:trim|shorten|cut|reduce|limit)\s+(?:(?P<what>{_P})|(?P<all>(?:each|every|all|both)(?:\s+of)?(?:\s+the)?(?:\s+(?:clips?|videos?|segments?|shots?))?(?:\s+(?:one|of\s+them))?))\s+(?:down\s+)?to\s+(?:just\s+|only\s+)?(?:the\s+first\s+)?(?P<long>{DURATION})(?:\s+each)?"
    rf"|(?:把|将)?(?:(?P<zh>{SPAN})|(?P<zhall>(?:每个|每段|所有|全部|各个)的?(?:片段|视频|镜头)?))(?:都)?(?:剪|裁|缩短|缩|修剪)(?:到|成|至|为)(?:只剩)?(?P<zhlong>{DURATION})"
    rf"|(?:keep\s+only|only\s+(?:keep|use|show|take)|just\s+(?:keep|use|show)|use\s+only|keep\s+just|keep|use)\s+(?P<first>{SPAN})\s+(?:of|from|in)\s+(?:each|every|all)(?:\s+of)?(?:\s+the)?\s+(?:clips?|videos?|segments?|shots?|one|of\s+them)"
    rf"|(?:把|将)?(?:每个|每段|每一个|每一段|所有|全部|各个)的?(?:片段|视频|镜头)?(?:都)?(?:只|仅)(?:保留|留下?|要|取|用|放)(?P<zhfirst>{SPAN})"
)
_TRIM_BY = rx(
    rf"(?:shorten|trim|cut)\s+(?P<what>{_P})\s+by\s+(?P<by>{PERCENT})|make\s+(?P<what2>{_P})\s+(?:(?P<by2>{PERCENT})\s+shorter|shorter\s+by\s+(?P<by3>{PERCENT}))"
    rf"|(?:把|将)?(?P<zh>{SPAN})(?:剪短|缩短|缩)了?(?P<zhby>{PERCENT}|一半)"
)
_PIC = r"(?:(?:each|every|all|the|my|this|that|all\s+the|all\s+my|all\s+of\s+the)\s+)?(?:pictures?|pics?|photos?|images?|slides?|stills?)"
_MUST = r"(?:(?:should|must|can|has\s+to|have\s+to|to)\s+)"
_ZH_PIC = r"(?:(?:这|那|每)(?:一)?(?:张|幅)?|所有的?|全部的?)?(?:照片|图片)"
_PICTURES = (
    rx(
        rf"(?:show|display|hold|keep|let|have|leave|make)?\s*(?:(?P<each>{_PIC})|(?P<what>{_P}))\s+{_MUST}?(?:stay(?:s)?|last(?:s)?|be\s+shown|stand(?:s)?|on\s+screen|be\s+on\s+screen|show(?:n)?|up|appear(?:s)?|be)?\s*(?:on\s+screen\s+|up\s+)?(?:for\s+)?(?P<long>{DURATION})(?:\s+(?:each|long))?"
        rf"|(?:make|create|build|turn\s+(?:it|them|the\s+pictures)\s+into)?\s*(?:a\s+|an\s+)?slide-?\s?show(?:\s+(?:of|from|with|out\s+of)\s+(?:the\s+|my\s+|all\s+)*(?:pictures?|photos?|images?))?\s*(?:,|with|at|of)?\s*(?P<long2>{DURATION})\s*(?:per|for\s+each|each|a|for\s+every)\s*(?:picture|photo|image|slide)?"
        rf"|(?:做|来)?(?:一?个)?(?:幻灯片|相册)?[,，]?\s*每(?:一)?(?:张|个)(?:照片|图片|图|幻灯片)?(?:显示|停留|播放|放|持续|展示)?(?P<zh>{DURATION})|(?:让|把)?(?:{_ZH_PIC}|(?:一)?张?(?:照片|图片))(?:都)?(?:显示|停留|播放|放|持续|展示|停|留)(?P<zhone>{DURATION})|(?P<zhwhat>{SPAN})(?:显示|停留|放|展示)(?P<zhlong>{DURATION})"
    ),
    # 'last 2 seconds' reads as a place: here it is how long.
    rx(
        rf"(?:(?:make|let|have)\s+(?:(?P<each>{_PIC})|(?P<what>{_P}))\s+{_MUST}?|(?:{_PIC}|(?P<what2>{_P}))\s+{_MUST})(?P<lasting>{SPAN})(?:\s+(?:each|long|on\s+screen))?"
    ),
    rx(
        rf"(?:extend|lengthen|stretch|prolong|expand)\s+(?:(?P<each>{_PIC})|(?P<what>{_P}))\s+(?:out\s+)?to\s+(?P<long>{DURATION})(?:\s+each)?"
        rf"|(?:shorten|reduce|cut|trim|limit)\s+{_PIC}\s+(?:down\s+)?to\s+(?P<long2>{DURATION})(?:\s+each)?"
        rf"|(?:set|change|make|put)\s+(?:the\s+)?(?:duration|length|(?:display\s+|showing\s+|screen\s+)?time)\s+(?:of|for)\s+(?:{_PIC}|(?P<what2>{_P}))\s+(?:to|at|be)?\s*(?P<long3>{DURATION})(?:\s+each)?"
        rf"|(?:把|将|让)?{_ZH_PIC}(?:都)?的?(?:显示|停留|播放|展示)?(?:时长|时间|长度)(?:都)?(?:改|设|调整?|设置|变|定)?(?:成|为|到|至|是)?(?P<zh>{DURATION})"
        rf"|(?:把|将|让)?{_ZH_PIC}(?:都)?(?:延长|缩短|拉长|加长|减少|剪|裁)(?:到|至|成|为)(?P<zhone>{DURATION})"
    ),
)
_SHOW = rx(
    r"(?:make|create|build|turn\s+(?:it|them|the\s+pictures|these)\s+into|generate)\s+(?:a\s+|an\s+)?(?:photo\s+|picture\s+)?slide-?\s?show(?:\s+(?:of|from|with|out\s+of)\s+(?:the\s+|my\s+|all\s+|these\s+)*(?:pictures?|photos?|images?|them))?|(?:做|做成|生成|来)(?:一?个)?(?:幻灯片|相册|照片集)"
)


def arranging_clause(clause: str, around: Around) -> list[Intent] | None:
    """What a clause about the order of clips asks for, or None if it is no such clause."""
    v = around.veiled
    if m := _SORT.fullmatch(clause):
        by = next(k for k, said in m.groupdict().items() if said)
        named = {
            "zhrev": "reversed",
            "zhrev2": "reversed",
            "zhname": "name",
            "zhnum": "number",
            "zhlen": "length",
            "zhtime": "time",
        }
        return [Order(named.get(by, by))]  # type: ignore[arg-type]
    said = repeating_clause(clause, around) or _ordered(clause, v) or _placed(clause, v) or _split(clause, v)
    return said or parting_clause(clause, around) or _lengths(clause, v)


def _ordered(clause: str, v: Veiled) -> list[Intent] | None:
    if m := _ORDERED.fullmatch(clause):
        listed = _clips(next(g for g in m.groups() if g), v)
        return [Order(clips=tuple(listed), ends=bool(m["list5"]))] if listed else None
    if m := _NUMBERS.fullmatch(clause):
        one, two = (int(m[name] or m[f"{name}2"]) for name in ("a", "b"))
        return [Swap(ClipRef(one), ClipRef(two))] if one and two else None
    if m := _SWAP.fullmatch(clause):
        if m["pair"]:
            pair = v.value(m["pair"][-2:])
            two = isinstance(pair, ClipRef) and abs(pair.last - pair.first) == 1 and not pair.name
            return [Swap(ClipRef(pair.first), ClipRef(pair.last))] if two else None
        both = _clips(" ".join(g for g in m.groups() if g), v)
        return [Swap(both[0], both[1])] if len(both) == 2 else None  # noqa: PLR2004 - one and the other
    if m := _AGAIN.fullmatch(clause):
        what = v.value(next(m[g] for g in ("what", "what2", "zh", "zh2") if m[g])[-2:])
        said = (m["n"] or m["zhn"] or "1").lower()
        at_end = bool(m["end"] or m["end2"] or m["zhend"])
        return [Duplicate(what, {"once": 1, "twice": 2}.get(said) or int(number(said)), at_end)]
    return [MergeAll()] if _MERGE.fullmatch(clause) else None


def _clips(text: str, v: Veiled) -> list[ClipRef]:
    """The clips of a list of places; none if one of them is no clip."""
    found = [v.value(token) for token in re.findall(SPAN, text)]
    return found if all(isinstance(place, ClipRef) for place in found) else []


def _placed(clause: str, v: Veiled) -> list[Intent] | None:
    if m := _MOVE.fullmatch(clause):
        g = {k: s for k, s in m.groupdict().items() if s}
        if "opens" in g or "closes" in g:
            place = v.value((g.get("opens") or g["closes"])[-2:])
            return [Move(place, "start" if "opens" in g else "end")] if isinstance(place, ClipRef) else None
        what = v.value(
            next(g[k] for k in ("what", "what2", "what3", "what4", "what6", "zh", "zh5") if k in g)[-2:]
        )
        if any(k.rstrip("2346") in ("start", "zhstart") for k in g):
            return [Move(what, "start")]
        if any(k.rstrip("2346") in ("end", "zhend") for k in g):
            return [Move(what, "end")]
        side = next(g[k] for k in ("side", "side2", "side4", "zhside", "zhside5") if k in g).lower()
        by = v.value(next(g[k] for k in ("by", "by2", "by4", "zhby", "zhby5") if k in g)[-2:])
        before = side in ("before", "in front of") or "前" in side
        return [Move(what, "before" if before else "after", by)]
    if m := _INSERT.fullmatch(clause):
        return _inserted(m, v)
    return None


def _inserted(m: re.Match[str], v: Veiled) -> list[Intent] | None:
    g = {k: s for k, s in m.groupdict().items() if s}
    what = v.value(next(g[k] for k in ("what", "last", "zh", "zh2") if k in g)[-2:])
    if not isinstance(what, ClipRef) or not what.name:
        return None
    if "last" in g:
        return [Insert(what.name)]
    if at := next((g[k] for k in ("at", "zhat", "zhat2") if k in g), ""):
        return [Insert(what.name, _point(at, v))]
    if "one" in g:
        return [Insert(what.name, v.value(g["two"][-2:]))]
    by = v.value(g["by"][-2:])
    return [Move(what, "before" if g["side"].lower() == "before" else "after", by)]


def _point(text: str, v: Veiled) -> TimeRange:
    at = v.value(re.findall(rf"{POINT}|{DURATION}", text)[-1])
    return TimeRange(at, None)


def _split(clause: str, v: Veiled) -> list[Intent] | None:
    if m := _SPLIT.fullmatch(clause):
        text = next(g for g in m.groups() if g)
        return [Split(tuple(TimeRange(v.value(t), None) for t in re.findall(rf"{POINT}|{DURATION}", text)))]
    if m := _SPLIT_IN.fullmatch(clause):
        clip = v.value(m["clip"])
        return [Split((Part(_point(m["at"], v), clip),))] if isinstance(clip, ClipRef) else None
    if m := _HALVES.fullmatch(clause):
        half, token = TimeRange(0, None, part=(Fraction(1, 2), Fraction(1))), m["what"] or m["zh"]
        return [Split((Part(half, v.value(token[-2:])) if token else half,))]
    if _SCENES.fullmatch(clause):
        return [SplitScenes()]
    m = _SCENE.fullmatch(clause)
    if m and (m["cut"] or m["keep"] or m["zhcut"] or m["zhkeep"] or m["zhend"]):
        return [SplitScenes(_scene(m), keep=bool(m["keep"] or m["zhkeep"]))]
    return None


def _scene(m: re.Match[str]) -> int:
    if m["zhlast"]:
        return -1
    if m["ord"]:
        return ordinal(m["ord"])
    return int(number(m["n"] or m["zhn"]))


def _lengths(clause: str, v: Veiled) -> list[Intent] | None:
    if m := _TRIM_TO.fullmatch(clause):
        what: Any = next((v.value(m[g][-2:]) for g in ("what", "zh") if m[g]), None)
        if what is not None and not isinstance(what, ClipRef):
            return None
        if first := m["first"] or m["zhfirst"]:
            span = v.value(first)
            plain = isinstance(span, TimeRange) and span == TimeRange(0, span.end) and span.end is not None
            return [TrimTo(span.end)] if plain else None
        return [TrimTo(v.value(m["long"] or m["zhlong"]), what)]
    if m := _TRIM_BY.fullmatch(clause):
        what = v.value(next(m[g] for g in ("what", "what2", "zh") if m[g])[-2:])
        by = next(m[g] for g in ("by", "by2", "by3", "zhby") if m[g])
        share = Fraction(1, 2) if by == "一半" else Fraction(v.value(by))
        return [TrimTo(0, what, share)] if isinstance(what, ClipRef) and 0 < share < 1 else None
    for pattern in _PICTURES:
        if m := pattern.fullmatch(clause):
            return _stands(m.groupdict(), v)
    return [PictureLength(_USUAL_PICTURE_MS)] if _SHOW.fullmatch(clause) else None


def _stands(said: Mapping[str, str | None], v: Veiled) -> list[Intent] | None:
    """How long pictures stand, by the groups of a match."""
    tokens = (said.get(group) for group in ("what", "what2", "zhwhat"))
    what = next((v.value(token[-2:]) for token in tokens if token), None)
    if what is not None and not isinstance(what, ClipRef):
        return None
    if lasting := said.get("lasting"):
        span = v.value(lasting)
        lasts = isinstance(span, TimeRange) and span == TimeRange(span.start, None, last=True)
        return [PictureLength(span.start, what)] if lasts else None
    token = next(
        text for group in ("long", "long2", "long3", "zh", "zhone", "zhlong") if (text := said.get(group))
    )
    return [PictureLength(v.value(token), what)]


_USUAL_PICTURE_MS = 4000
