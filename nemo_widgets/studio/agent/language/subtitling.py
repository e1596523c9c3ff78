"""Clauses about subtitles: from a file, pasted, shifted; and the recognition of speech, which there is not."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.edits.subtitles import AddSubtitles, ShiftSubtitles

from .intents import Intent, Unavailable
from .tokens import rx
from .veil import CUES, DURATION, FILE, QUOTE, SPAN

if TYPE_CHECKING:
    from .context import Around

__all__ = ["subtitle_clause"]


_ADD = r"(?:add|use|put(?:\s+in|\s+on)?|lay|show|import|load|include|apply|insert|burn(?:\s+in)?|attach|overlay|take|添加|加上|加入|加|放上|放|用|使用|导入|载入|显示|插入|配上|配)"
_SUBS = r"(?:subtitles?|captions?|subs|srt|vtt|webvtt)(?:\s+file)?(?:\s+track)?"
_DET = r"(?:(?:the|these|this|those|my|our|following|uploaded|own|all|as)\s+)*"
_ON = r"(?:\s*(?:to|on|onto|in|for|under|over)\s+(?:the\s+|my\s+|this\s+)*(?:video|clip|film|movie|timeline|picture|it|screen|bottom))?"
_ZH_SUBS = r"(?:这个|这些|这段|这份|下面的?|以下的?|我的?|我上传的|上传的|刚才的|那个|一下|里的?|中的?|的)*(?:字幕|srt|vtt)(?:文件|轨道?)?"
_TAIL = r"\s*[:.,，。：]*\s*"
_PASTED = rx(
    rf"(?:{_ADD}\s*)?(?:{_DET}{_SUBS}{_ON}|(?:给|在|把|为)?(?:视频|片子|它)?(?:上)?(?:{_ADD})?{_ZH_SUBS})?(?:\s+(?:from\s+)?(?:here|below))?{_TAIL}(?P<cues>{CUES})"
)
_FROM_FILE = rx(
    rf"{_ADD}\s+{_DET}(?:{_SUBS}\s+(?:from|in|of)\s+)?(?:the\s+)?(?:file\s+)?(?P<file>{FILE}|{QUOTE})(?:\s+(?:as|for)\s+(?:the\s+)?{_SUBS})?{_ON}"
    rf"|(?:把|将|用|给视频)?(?:{_ADD})?\s*(?P<zhfile>{FILE}|{QUOTE})(?:里的?|中的?|的)?(?:当|作为|做|加)?(?:成|上|到视频(?:上|里)?)?(?:{_ZH_SUBS})?(?:加上|放上|加到视频(?:上|里)?)?"
)
_UPLOADED = rx(
    rf"{_ADD}\s+{_DET}{_SUBS}(?:\s+(?:(?:that\s+)?i(?:'ve|\s+have)?\s+(?:just\s+)?uploaded|from\s+(?:the|my)\s+(?:uploaded\s+)?(?:file|srt|vtt)(?:\s+file)?))?{_ON}|subtitles?(?:\s+please)?"
    rf"|(?:给|在|把|将)?(?:视频|片子|它)?(?:上)?(?:{_ADD})?{_ZH_SUBS}(?:加上|放上|加到视频(?:上|里)?)?"
)
_BY = rf"(?:by\s+)?(?P<by>{DURATION})"
_SHIFT = rx(
    rf"(?:shift|move|delay|push|offset|bring\s+forward|advance)\s+(?:back\s+)?(?:all\s+)?(?:the\s+|my\s+)?(?:subtitles?|captions?|subs)\s*(?:(?P<way>back(?:wards?)?|forwards?|later|earlier|ahead|forth|up)\s+)?(?:by\s+|for\s+)?(?P<sign>[+−–-]|minus\s+|plus\s+)?\s*(?P<by>{DURATION})(?:\s+(?P<after>later|earlier|back(?:wards?)?|forwards?|ahead|to\s+the\s+(?:left|right)))?"
    rf"|(?:(?:make|show|let|have)\s+)?(?:the\s+)?(?:subtitles?|captions?|subs)\s+(?:(?:should\s+|must\s+)?(?:come|appear|be|start)\s+|are\s+)?(?P<by2>{DURATION})\s+(?:(?P<too>too)\s+)?(?P<way2>later|earlier|late|early)"
    rf"|(?:把|将|让)?(?:所有)?字幕(?:整体|全部|都)?(?:往|向)?(?P<zhway>后移动?|后推|推后|推迟|延后|延迟|晚|前移动?|前推|提前|早)(?:出现|显示)?(?P<by3>{DURATION})|(?:把|将|让)?(?:所有)?字幕(?:整体|全部|都)?(?:提|延|推|往|向)(?P<near>{SPAN})"
)
_SPEECH = rx(
    r"(?:(?:auto(?:matic(?:ally)?)?[\s-]*)?(?:generate|create|make|transcribe|produce|write|recogni[sz]e|add)\s+(?:me\s+)?(?:the\s+|some\s+|a\s+|an\s+)?(?:(?:auto(?:matic(?:ally)?)?[\s-]*)(?:generated\s+)?)?(?:subtitles?|captions?|subs|transcript(?:ion)?|video|speech|audio|interview|what\s+(?:is\s+said|(?:he|she|they)\s+says?))(?:\s+(?:automatically|(?:from|of|for|with)\s+(?:the\s+|my\s+)?(?:speech|audio|voice|video|interview|whisper|ai)|from\s+what\s+is\s+said))*|transcribe(?:\s+(?:it|this|that))?|auto[\s-]?(?:caption|subtitle)s?|speech\s+to\s+text|subtitle\s+(?:it|the\s+video|this))"
    r"|(?:自动|根据语音|从语音|识别语音)+(?:生成|识别|加|添加|配)?(?:上)?字幕|(?:生成|识别)(?:语音)?字幕|语音(?:识别|转文字|转字幕)(?:字幕)?"
)


def subtitle_clause(clause: str, around: Around) -> list[Intent] | None:
    """What a clause about subtitles asks for, or None if it is no such clause."""
    veiled = around.veiled
    if m := _PASTED.fullmatch(clause):
        return [AddSubtitles(pasted=veiled.value(m["cues"]))]
    if m := _FROM_FILE.fullmatch(clause):
        return _file(
            m["file"] or m["zhfile"], around, named=bool(re.search(rf"{_SUBS}|字幕", clause, re.IGNORECASE))
        )
    if m := _SHIFT.fullmatch(clause):
        return _shift(m, around)
    if _UPLOADED.fullmatch(clause):
        return [AddSubtitles()]
    return [Unavailable("captions", veiled.reveal(clause))] if _SPEECH.fullmatch(clause) else None


def _file(token: str, around: Around, *, named: bool) -> list[Intent] | None:
    name = str(around.veiled.value(token))
    wanted = name.casefold().strip()
    found = [
        m
        for m in around.media.values()
        if wanted in (m.name.casefold(), m.name.casefold().rpartition(".")[0])
    ]
    item = next((m for m in found if m.kind == "text"), None)
    if item is not None:
        return [AddSubtitles(item.src)]
    subtitles = wanted.endswith((".srt", ".vtt")) or (named and bool(re.match(FILE, token)))
    return [Unavailable("no subtitles", name)] if subtitles else None


def _shift(m: re.Match[str], around: Around) -> list[Intent]:
    if m["near"]:  # 提前1秒: 前1秒 alone would be the first second
        near = around.veiled.value(m["near"])
        return [ShiftSubtitles(near.start if near.last else -(near.end or 0))]
    token = m["by"] or m["by2"] or m["by3"]
    by = around.veiled.value(token)
    words = " ".join(w.lower() for w in (m["way"], m["after"], m["way2"], m["zhway"]) if w)
    earlier = bool(re.search(r"earl|ahead|left|前|早|back", words))
    if re.match(r"advance|bring", m.group(), re.IGNORECASE) or (m["sign"] or "").strip().lower() in (
        "-",
        "−",
        "–",
        "minus",
    ):
        earlier = True
    if m["way2"] and (m["too"] or m["way2"].lower() in ("late", "early")):
        earlier = m["way2"].lower() == "late"  # 'two seconds too late' is to be earlier
    return [ShiftSubtitles(-by if earlier else by)]
