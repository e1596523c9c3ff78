"""Places and lengths that are counted in frames, and timecodes: as the times that they are on the timeline.

`Frame 120` is the picture at 120 frames, counted from 0 as timecodes are; the first frame is frame 0.
"""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.timeline.time_range import TimeRange

from .numbers import NUMBER, number
from .tokens import SPAN
from .words import VIDEO

if TYPE_CHECKING:
    from nemo_widgets.studio.timeline.grid import FrameGrid

    from .tokens import Veiled

__all__ = ["hide_frames"]

_PACE = rx(r"interlac|隔行|交错|帧率|frame\s*rate|fps|(?:导出|输出|渲染)[^,，。;；]*\d\s*帧")
"""Where frames are so many a second."""
_MOST = 10_000_000
"""Frames: no film has more."""
_N = r"(?P<{}>\d{{1,7}})(?![\d.:])(?!\s*(?:s|secs?|seconds?|ms|mins?|minutes?)(?![a-z]))"
_ORDINAL = r"(?:1st|2nd|3rd|\d{1,7}(?:st|nd|rd|th))"
_CODE = re.compile(r"(?<![\d:.;])(\d{1,2}):([0-5]\d):([0-5]\d)([:;])(\d{2,3})(?![\d:.;])")
_LOOSE = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=\d+:)|(?<=\.\d{3})\s+(?=[\u4e00-\u9fff])")
"""Blanks between Chinese and a time."""
_HELD_PICTURE = rx(
    r"(?P<verb>\b(?:freeze|hold|pause\s+on|stop\s+on))\s+(?:on\s+)?(?:the\s+)?(?:very\s+)?(?P<where>first|last|final)\s+(?:picture|image)(?!s)"
)
_SHOWN = rx(
    r"\b(?:show|display|keep|leave|stay\s+on|linger\s+on|stand\s+on|dwell\s+on)\s+(?:the\s+)?(?:very\s+)?(?P<where>first|last|final)\s+(?P<what>frame|picture|image)"
    r"(?:\s+of\s+(?:the|my)\s+(?:video|film|clip|movie))?(?=\s+(?:on\s+screen\s+)?for\s+[\w.]+)(?:\s+on\s+screen)?"
    r"|\b(?:show|display|keep|stay\s+on|linger\s+on|dwell\s+on)\s+(?:the\s+)?(?P<one>frame|picture|image)(?=\s+(?:at|on)\s+\S+\s+(?:\w+\s+)?for\s)"
    r"|\b(?P<numbered>show|display|keep)\s+(?=(?:the\s+)?frame\s*(?:number\s*|no\.?\s*|#\s*)?\d{1,7}\s+for\s)"
    r"|(?:把|将|让)?(?P<zh>第一(?:帧|个画面)|首帧|最后(?:一帧|一?个画面|的画面)|末帧|尾帧)(?:的?画面)?(?:多|一直)?(?:显示|展示|播放|持续|停留|停|留|保持|定住|定格|放|(?:延长|拉长|加长)(?:到|至|成|为)?)(?=\s*[\d一二两三四五六七八九十半])"
)
"""A frame that is shown for a time stands still."""
_BOTH = rx(
    r"(?<![a-z])(?:the\s+)?first\s+and\s+(?:the\s+)?(?P<last>last|final)\s+(?P<n>\w+\s+)?(?P<what>frames?)(?![a-z])"
)
_LONGER = rx(
    r"\b(?:(?:extend|prolong|lengthen|stretch)|(?P<let>let|make|have))\s+(?:the\s+)?(?:very\s+)?(?P<where>first|last|final)\s+(?P<what>frame|picture|image)"
    r"\s+(?(let)(?:stand|stay|hold|linger|last|remain)(?:\s+still)?(?:\s+on\s+screen)?(?:\s+for)?"
    r"(?=\s+[\w.]+\s*(?:s|secs?|seconds?|ms|mins?|minutes?|frames?)(?![a-z]))|(?:by|for|(?:out\s+)?to(?:\s+last)?))(?=\s)"
)
"""A frame that is to last longer, likewise."""
_LOOKED_AT = rx(
    rf"\s*(?:(?:please|just|now|let\s+me|(?:can|could|would)\s+you|i(?:'d|\s+would)?\s+(?:like|want)\s+to)[\s,]+)*(?:show|display|see|view|look\s+at)(?:\s+me)?\s+(?:the\s+)?frame\s*(?:number\s*|no\.?\s*|#\s*)?{_N.format('n')}\s*[\s,]*(?:please|now)?[\s.!?]*"
    rf"|\s*(?:请|帮我|给我|让我|我想|我要)*(?:显示|展示|看一?看|看一下|看)第\s*{_N.format('zh')}\s*帧(?:的?画面)?\s*吧?[\s.!?。！？]*"
)
"""A frame that somebody wants to see, and not to cut."""
_NAMED = rx("frame|帧|picture|image|个画面|最后的画面")
_HOLD = rx(r"\b(?:freeze|hold|pause|still|stop)\b|定格|定住|冻结|静止|停留|停住|保持")
"""What is done to a single frame, which is a place there and no stretch."""
_FRAME = r"(?:the\s+)?frame\s*(?:number\s*|no\.?\s*|#\s*)?"
_TO = rx(
    rf"\s*(?:please\s+|请|把|将)*(?:(?:trim|cut|shorten|crop)(?:\s+(?:it|{VIDEO}))?(?:\s+down)?\s+(?:to|until|till)\s+{_FRAME}{_N.format('to')}"
    rf"|(?:视频|影片|它)?(?:裁剪|剪辑|剪|裁|截|缩短)(?:到|至)第\s*{_N.format('zh')}\s*帧(?:为止|处|结束)?)\s*[.!。！]?\s*"
)
"""Where the film is to end: the whole message, for otherwise it may be about something in it."""
_STANDS = rx(
    rf"(?P<verb>定格|定住|冻结|静止|停留|停住)(?:画面)?在?(?P<at>第\s*{NUMBER}\s*帧)(?:处|的?画面)?\s*[,，]?\s*(?=[\d一二两三四五六七八九十半])"
)
_RATE = r"(?!\s*(?:per|a|each|every|/)\s*(?:seconds?|secs?|s)(?![a-z]))"
_RANGE = rx(
    rf"(?:(?:from|between)\s+)?(?:the\s+)?frames?\s*(?:number\s*|no\.?\s*|#\s*)?{_N.format('a')}\s*(?:to|through|thru|until|till|(?P<and>and|&)|[-–—~])\s*(?:(?:the\s+)?frame\s*(?:number\s*|no\.?\s*|#\s*)?)?{_N.format('b')}"
    rf"|从?第\s*{_N.format('c')}\s*帧?\s*(?:到|至|[-–—~])\s*第?\s*{_N.format('d')}\s*帧(?:之间)?"
)
_FIRST_LAST = rx(
    rf"(?<![a-z])(?:the\s+)?(?:very\s+)?(?P<where>first|opening|last|final)\s+(?:(?P<n>{NUMBER})\s+)?(?:frames?|pictures?(?=\s+of\s+the\s+(?:video|film|clip|timeline)))(?![a-z]){_RATE}"
    rf"|(?P<zhwhere>最前面?的?|开头的?|前面?|最后面?的?|结尾的?|末尾的?|后面?)(?P<zhn>{NUMBER})\s*帧|(?P<one>第一帧|第\s*1\s*帧|首帧|最后一帧|末帧|尾帧|最后的?那?一?帧)"
)
_ONE = rx(
    rf"(?P<before>(?:^|(?<![a-z]))(?:at|on|from|to|until|till|before|after|by|past|since|up\s+to|starting|in)\s+)?(?<![a-z])(?:the\s+)?(?:frame\s*(?:number\s*|no\.?\s*|#\s*)?{_N.format('n')}|(?P<ord>{_ORDINAL})\s+frame(?![a-z]))"
    rf"|(?P<zhbefore>[在从到至于]\s*)?第\s*(?P<zhn>{NUMBER})\s*帧(?P<zhafter>\s*(?:处|开始|起|之?前|之?后|以前|以后|时|的?(?:位置|地方)))?"
)
_SPLIT = rx(r"\b(?:split|divide|slice)\b|分割|切开|拆分|分成|剪开|断开|分开")
_COUNT = rx(
    rf"(?<!第)(?<!最后)(?<!最后的)(?<!最后那)(?P<n>{NUMBER})[\s-]?(?:frames?(?![a-z])|帧){_RATE}(?!\s*每秒)"
)


def hide_frames(text: str, veiled: Veiled, frames: FrameGrid, *, pictures: bool) -> str:
    """The text with stretches in frames as tokens, and places and lengths in frames as clock times and ms.

    `pictures`: there are still pictures, so that the last picture is one of them and no frame.
    """
    coded = _CODE.sub(lambda m: _timecode(m, frames), text)
    if coded != text:
        text = _LOOSE.sub("", coded)
    if not pictures:
        text = _HELD_PICTURE.sub(r"\g<verb> the \g<where> frame", text)
    if not _NAMED.search(text):
        return text
    text = _LONGER.sub(lambda m: _held_longer(m, pictures=pictures), text)
    text = _SHOWN.sub(lambda m: _stands(m, pictures=pictures), text)
    text = _STANDS.sub(r"\g<at>\g<verb>", _BOTH.sub(_each, text))
    counted = _Counted(text, veiled, frames)
    if seen := _LOOKED_AT.fullmatch(text):
        return counted.seen(seen)
    if (whole := _TO.fullmatch(text)) and (kept := counted.kept(whole)):
        return kept
    for pattern, meant in ((_RANGE, counted.between), (_FIRST_LAST, counted.ends), (_ONE, counted.one)):
        text = pattern.sub(meant, text)
    return text if _PACE.search(text) else _COUNT.sub(counted.lasting, text)


class _Counted:
    """What the words of one message mean."""

    def __init__(self, text: str, veiled: Veiled, frames: FrameGrid) -> None:
        self._veiled, self._frames = veiled, frames
        self._held = bool(_HOLD.search(text))
        self._points = self._held or bool(_SPLIT.search(text))

    def between(self, m: re.Match[str]) -> str:
        """Frames 10 to 20, both of them too."""
        a, b = int(m["a"] or m["c"]), int(m["b"] or m["d"])
        if m["and"] and self._points:  # split at frames 60 and 120
            return f"{_clock(self._frames.at(a))} and {_clock(self._frames.at(b))}"
        return self._span(a, b + 1, m) if a <= b <= _MOST else m.group()

    def kept(self, m: re.Match[str]) -> str:
        """Trim to frame 100: of what stands before it nothing goes."""
        end = int(m["to"] or m["zh"])
        if not 0 < end <= _MOST:
            return ""
        return f"{'keep only ' if m['to'] else '只保留'}{self._span(0, end, m)}"

    def seen(self, m: re.Match[str]) -> str:
        """Show frame 120: the question what there is at its time."""
        at = _clock(self._frames.at(int(m["n"] or m["zh"])))
        return f"看看{at}的画面" if m["zh"] else f"show me the picture at {at}"

    def ends(self, m: re.Match[str]) -> str:
        """The first frame, the last five frames."""
        where = (m["where"] or m["zhwhere"] or m["one"]).lower()
        said = m["n"] or m["zhn"]
        count = number(said) if said else Fraction(1)
        if (self._held and count == 1) or count.denominator > 1 or not 0 < count <= _MOST:
            return m.group()
        n, last = int(count), where.startswith(("last", "final", "最后", "结尾", "末", "尾", "后"))
        if not last:
            return self._span(0, n, m)
        return self._veiled.hide(SPAN, TimeRange(self._frames.at(n), None, last=True, frames=n), m.group())

    def one(self, m: re.Match[str]) -> str:
        """Frame 120: a place where something is done, else the stretch that is this frame."""
        said, nth = m["n"] or m["zhn"], m["ord"]
        count = number(said) if said else Fraction(int(re.sub(r"\D", "", nth)) - 1)
        first = m["zhn"] in ("一", "1")
        if count.denominator > 1 or not 0 <= count <= _MOST or (first and self._held):
            return m.group()
        at, place = 0 if first else int(count), m["before"] or m["zhbefore"] or m["zhafter"]
        if not (place or self._points):
            return self._span(at, at + 1, m)
        joint = m["before"] or ("at " if m["n"] or nth else "")
        return f"{joint}{(m['zhbefore'] or '').strip()}{_clock(self._frames.at(at))}{(m['zhafter'] or '').strip()}"

    def lasting(self, m: re.Match[str]) -> str:
        """Twelve frames: a length."""
        count = number(m["n"])
        if count.denominator > 1 or not 0 < count <= _MOST:
            return m.group()
        return f"{self._frames.at(int(count))} ms"

    def _span(self, start: int, end: int, m: re.Match[str]) -> str:
        return self._veiled.hide(SPAN, TimeRange(self._frames.at(start), self._frames.at(end)), m.group())


def _stands(m: re.Match[str], *, pictures: bool) -> str:
    """The words for a frame that is held; of still pictures the first one is one of them."""
    if zh := m["zh"]:
        if pictures and "画面" in zh:
            return m.group()
        return f"定格{'最后一帧' if zh[0] in '最末尾' else '第一帧'}"
    if m["numbered"]:
        return "hold "
    if pictures and (m["what"] or m["one"]).lower() != "frame":
        return m.group()
    return "freeze the frame" if m["one"] else f"hold the {m['where']} frame"


def _held_longer(m: re.Match[str], *, pictures: bool) -> str:
    """The words for a frame that is held; a still picture is one that is shown for longer."""
    return m.group() if pictures and m["what"].lower() != "frame" else f"hold the {m['where']} frame for"


def _each(m: re.Match[str]) -> str:
    what = f"{m['n'] or ''}{m['what']}"
    return f"the first {what} and the {m['last']} {what}"


def _timecode(m: re.Match[str], frames: FrameGrid) -> str:
    """The clock time of a SMPTE timecode; the words as they are where there is no such frame."""
    hours, minutes, seconds, count = (int(m[n]) for n in (1, 2, 3, 5))
    nominal = round(frames.fps)
    if count >= nominal:
        return m.group()
    number_ = ((hours * 60 + minutes) * 60 + seconds) * nominal + count
    if m[4] == ";" and frames.fps.denominator > 1:  # each minute but every tenth leaves two numbers out
        dropped, minute = round(nominal / 15), hours * 60 + minutes
        number_ -= dropped * (minute - minute // 10)
    return _clock(frames.at(number_))


def _clock(ms: int) -> str:
    return f"{ms // 3_600_000}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"
