"""Clauses about what is seen while sound alone is heard: 'show the waveform', 'put cover.png behind it'."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.backdrop import Backdrop
from nemo_widgets.studio.timeline.refs import ClipRef

from .intents import Export
from .tokens import FILE, QUOTE, SPAN

if TYPE_CHECKING:
    from .context import Around
    from .intents import Intent

__all__ = ["backdrop_clause"]

_WAVE = r"(?:(?:the|a|an|its)\s+)?(?:(?:sound|audio|moving|animated)\s+)?wave\s?forms?"
_PICTURE = rf"(?P<file>{FILE}|{QUOTE}|{SPAN})|(?:the|my|that|this)\s+(?:(?:uploaded|cover)\s+)?(?:picture|image|photo|cover)(?:\s+(?:that\s+)?i\s+uploaded)?"
_BEHIND = r"(?:behind\s+(?:the\s+)?(?:sound|podcast|audio|recording|voice|it)|(?:as|in)\s+the\s+(?:background|backdrop)|as\s+(?:the\s+)?(?:background|backdrop|picture|image|cover)(?:\s+of\s+(?:the\s+)?(?:video|podcast|sound))?|behind)"
_SHOWN = rx(
    rf"(?:show|add|use|draw|display|make\s+it\s+(?:a\s+)?video\s+with|put)\s+{_WAVE}(?:\s+(?:{_BEHIND}|of\s+the\s+(?:sound|audio|podcast)))?"
    r"|(?:显示|加上?|添加|用|使用|带上?)(?:声音|音频)?(?:的)?波形(?:图|动画)?(?:做背景|作背景|当背景|作为背景)?"
)
_EXPORT = r"(?:export|download|save|render|output)(?:\s+(?:it|this|that|everything|(?:the|my|this)\s+(?:sound|audio|podcast|recording|timeline|project|result)))?"
_AS_VIDEO = r"(?:\s+(?:as|to|into|in)(?:\s+(?:a|an))?\s+(?:video|film|movie|mp4|podcast)(?:\s+file)?)?"
_EXPORTED = rx(
    rf"{_EXPORT}{_AS_VIDEO}(?:\s+(?:file|video))?\s+(?:with|showing|over)\s+{_WAVE}(?:\s+{_BEHIND})?"
    r"|(?:导出|保存|输出|下载)(?:成|为)?(?:一个)?(?:视频|影片)?[,，]?(?:带有?|配上?|加上?|显示|有)?(?:声音|音频)?波形(?:图|动画)?的?(?:视频|影片|文件)?"
)
_MADE = rx(
    rf"(?:make|create|build|generate|turn|convert)\s+(?:(?:it|this|the\s+(?:sound|audio|podcast|recording))\s+(?:into\s+)?)?(?:a\s+)?(?:video|film|movie)\s+(?:with|showing|of)\s+{_WAVE}(?:\s+{_BEHIND})?"
    r"|(?:做|生成|制作|变)(?:成|一?个)*(?:带有?|配上?|显示)?(?:声音|音频)?波形(?:图|动画)?的?(?:视频|影片)"
)
_PUT = rx(
    rf"(?:show|put|use|add|place|set|display|have)\s+(?:{_PICTURE})\s+{_BEHIND}"
    rf"|(?:用|把|将|以)\s*(?P<zhfile>{FILE}|{QUOTE}|{SPAN}|这张图片?|那张图片?|图片)\s*(?:放在?|做成?|作为|作|当作?|设为)(?:声音|播客|音频)?(?:的)?(?:背景|后面|背后|画面|封面)"
)
_NONE = rx(
    rf"(?:remove|hide|drop|delete|take\s+away|without|no)\s+(?:{_WAVE}|(?:the\s+)?(?:backdrop|picture\s+behind(?:\s+(?:it|the\s+sound))?))"
    r"|(?:去掉|不要|删掉|隐藏|不显示)(?:波形(?:图)?|背景图片?|后面的图片)"
)


def backdrop_clause(clause: str, around: Around) -> list[Intent] | None:
    """What a clause about the picture of a sound asks for, or None if it is no such clause."""
    if _SHOWN.fullmatch(clause) or _MADE.fullmatch(clause):
        return [Backdrop("waveform")]
    if _EXPORTED.fullmatch(clause):
        return [Backdrop("waveform"), Export()]
    if _NONE.fullmatch(clause):
        return [Backdrop("none")]
    if m := _PUT.fullmatch(clause):
        token = m["file"] or m["zhfile"] or ""
        if token and not rx(f"{FILE}|{QUOTE}|{SPAN}").fullmatch(token):
            token = ""
        value = around.veiled.value(token) if token else ""
        name = value.name if isinstance(value, ClipRef) else value
        if any(m.kind == "audio" and m.name == name for m in around.media.values()):
            return None  # 'in the background' is where music plays
        return [Backdrop("picture", name)] if isinstance(name, str) and (name or not token) else None
    return None
