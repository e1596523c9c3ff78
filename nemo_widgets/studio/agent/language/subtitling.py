"""Clauses about subtitles: from a file, pasted, shifted; and the recognition of speech, which there is not."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.subtitles import AddSubtitles, ShiftSubtitles
from nemo_widgets.studio.encoding_names import named_encoding

from .bag import Bag, once
from .intents import Intent, Unavailable
from .veil import CUES, DURATION, FILE, QUOTE, SPAN

if TYPE_CHECKING:
    from .context import Around

__all__ = ["subtitle_clause"]


_ADD = r"(?:add|use|put(?:\s+in|\s+on)?|lay|show|import|load|include|apply|insert|burn(?:\s+in)?|attach|overlay|take|添加|加上|加入|加|放上|放|用|使用|导入|载入|显示|插入|配上|配)"
_SUBS = r"(?:subtitles?|captions?|subs|srt|vtt|webvtt|ass|ssa)(?:\s+file)?(?:\s+track)?"
_DET = r"(?:(?:the|these|this|those|my|our|following|uploaded|own|all|as)\s+)*"
_ON = r"(?:\s*(?:to|on|onto|in|for|under|over)\s+(?:the\s+|my\s+|this\s+)*(?:video|clip|film|movie|timeline|picture|it|screen|bottom))?"
_ZH_SUBS = r"(?:这个|这些|这段|这份|下面的?|以下的?|我的?|我上传的|上传的|刚才的|那个|一下|里的?|中的?|的)*(?:字幕|srt|vtt|ass|ssa)(?:文件|轨道?)?"
_TAIL = r"\s*[:.,，。：]*\s*"
_PASTED = rx(
    rf"(?:{_ADD}\s*)?(?:{_DET}{_SUBS}{_ON}|(?:给|在|把|为)?(?:视频|片子|它)?(?:上)?(?:{_ADD})?{_ZH_SUBS})?(?:\s+(?:from\s+)?(?:here|below))?{_TAIL}(?P<cues>{CUES})"
)
_FROM_FILE = rx(
    rf"{_ADD}\s+{_DET}(?:{_SUBS}\s+(?:from|in|of)\s+)?(?:the\s+)?(?:file\s+)?(?P<file>{FILE}|{QUOTE})(?:\s+(?:as|for)\s+(?:the\s+)?{_SUBS})?{_ON}"
    rf"|(?:把|将|用|给视频)?(?:{_ADD})?\s*(?P<zhfile>{FILE}|{QUOTE})\s*(?:里的?|中的?|的)?\s*(?:当|作为|做|加)?(?:成|上|到视频(?:上|里)?)?(?:{_ZH_SUBS})?(?:加上|放上|加到视频(?:上|里)?)?"
)
_UPLOADED = rx(
    rf"{_ADD}\s+{_DET}{_SUBS}(?:\s+(?:(?:that\s+)?i(?:'ve|\s+have)?\s+(?:just\s+)?uploaded|from\s+(?:the|my)\s+(?:uploaded\s+)?(?:file|srt|vtt)(?:\s+file)?))?{_ON}|subtitles?(?:\s+please)?"
    rf"|(?:给|在|把|将)?(?:视频|片子|它)?(?:上)?(?:{_ADD})?{_ZH_SUBS}(?:加上|放上|加到视频(?:上|里)?)?"
)
_LAID = Bag(
    {
        "add": rf"{_ADD}(?:\s+(?:up|over))?|(?:turn|switch)\s+on|(?:turn|switch)(?=\s.*\son$)|make|set|bring\s+in|caption|subtitle(?!s)|打开|开启|当|作为|做|放到|加到|加在|压进|烧进",
        "file": rf"(?P<file>{FILE})",
        "subs": rf"{_SUBS}|字幕(?:文件|轨道?)?",
        "where": r"(?:to|on|onto|in|into|for|under|over|at)\s+(?:(?:the|my|this)\s+)*(?:video|clip|film|movie|timeline|picture|it|screen|bottom)|视频|片子|它|时间线|屏幕",
        "glue": r"as|from|in|of|with|using|on|the|these|this|those|that|my|our|your|own|uploaded|all|is|are|it|file|video|film|clip|movie|i(?:'ve|\s+have)?\s+(?:just\s+)?uploaded|把|将|给|上去?|里面?|中|的|为|成|来|用|到|在|我?上传的",
    }
)
_BY = rf"(?:by\s+)?(?P<by>{DURATION})"
_SHIFT = rx(
    rf"(?:shift|move|delay|push|offset|bring\s+forward|advance)\s+(?:back\s+)?(?:all\s+)?(?:the\s+|my\s+)?(?:subtitles?|captions?|subs)\s*(?:(?P<way>back(?:wards?)?|forwards?|later|earlier|ahead|forth|up)\s+)?(?:by\s+|for\s+)?(?P<sign>[+−–-]|minus\s+|plus\s+)?\s*(?P<by>{DURATION})(?:\s+(?P<after>later|earlier|back(?:wards?)?|forwards?|ahead|to\s+the\s+(?:left|right)))?"
    rf"|(?:(?:make|show|let|have)\s+)?(?:the\s+)?(?:subtitles?|captions?|subs)\s+(?:(?:should\s+|must\s+)?(?:come|appear|be|start)\s+|are\s+)?(?P<by2>{DURATION})\s+(?:(?P<too>too)\s+)?(?P<way2>later|earlier|late|early)"
    rf"|(?:把|将|让)?(?:所有)?字幕(?:整体|全部|都)?(?:往|向)?(?P<zhway>后移动?|后推|推后|推迟|延后|延迟|晚|前移动?|前推|提前|早)(?:出现|显示)?(?P<by3>{DURATION})|(?:把|将|让)?(?:所有)?字幕(?:整体|全部|都)?(?:提|延|推|往|向)(?P<near>{SPAN})"
)
_ENC = (
    r"(?:(?:windows|win|dos|ibm|cp|ms|code\s?page)[\s-]?\d{3,4}|koi8[\s-]?[ru]|gb[\s-]?(?:18030|2312)|gbk|big[\s-]?5|shift[\s_-]?jis|sjis"
    r"|euc[\s-]?(?:kr|jp)|iso[\s-]?8859[\s-]?\d{1,2}|latin[\s-]?\d|utf[\s-]?(?:8|16|32)(?:[\s-]?(?:le|be))?"
    r"|mac(?:intosh)?[\s-]?(?:os)?[\s-]?(?:roman(?:ian)?|cyrillic|central[\s-]?europe(?:an)?|ce|latin[\s-]?2|turkish|greek|croatian|iceland(?:ic)?)"
    r"|macintosh|iso[\s-]?2022[\s-]?(?:jp|kr)|tis[\s-]?620)(?![a-z0-9])"
)
_WHOSE = rf"(?:{_DET}{_SUBS}(?:\s+(?:text|letters|encoding|charset))*|(?:the\s+)?(?:file\s+)?(?P<file>{FILE}|{QUOTE}))"
_ENCODED = rx(
    rf"(?:(?:read|decode|open|load|reload|re-?read|interpret|treat)\s+)?{_WHOSE}\s+(?:again\s+)?(?:(?:are|is|was|were|should\s+be)\s+)?(?:(?:encoded|written|saved|stored|read|really|actually)\s+)*(?:(?:in|as|with|using)\s+)?(?:the\s+)?(?P<enc>{_ENC})(?:\s+(?:encoding|charset|code\s?page))?(?:\s*:\s*{QUOTE})?"
    rf"|(?:use|try|take)\s+(?:the\s+)?(?:encoding\s+)?(?P<enc2>{_ENC})(?:\s+(?:encoding|charset))?\s+(?:for|to\s+read)\s+{_DET}{_SUBS}"
    rf"|(?:the\s+)?(?:encoding|charset)\s+(?:of\s+{_DET}{_SUBS}\s+)?(?:is|should\s+be)\s+(?P<enc3>{_ENC})"
    rf"|(?:这个|这些|我的)?(?:字幕(?:文件)?|(?P<zhfile>{FILE}|{QUOTE}))(?:的)?(?:文字)?(?:编码)?(?:应该)?(?:是|用的是|为|按|用|以)\s*(?P<enc4>{_ENC})\s*(?:编码|格式)?(?:的|来?(?:重新)?(?:读取|读|打开|解码))?(?:\s*[:：]\s*{QUOTE})?"
    rf"|(?:用|按|以)\s*(?P<enc5>{_ENC})\s*(?:编码)?(?:来)?(?:重新)?(?:读取|读|打开|加载|解码)\s*(?:这个|我的)?字幕(?:文件)?"
)
_SPEECH = rx(
    r"(?:(?:auto(?:matic(?:ally)?)?[\s-]*)?(?:generate|create|make|transcribe|produce|write|recogni[sz]e|add)\s+(?:me\s+)?(?:the\s+|some\s+|a\s+|an\s+)?(?:(?:auto(?:matic(?:ally)?)?[\s-]*)(?:generated\s+)?)?(?:subtitles?|captions?|subs|transcript(?:ion)?|video|speech|audio|interview|what\s+(?:is\s+said|(?:he|she|they)\s+says?))(?:\s+(?:automatically|(?:from|of|for|with)\s+(?:the\s+|my\s+)?(?:speech|audio|voice|video|interview|whisper|ai)|from\s+what\s+is\s+said))*|transcribe(?:\s+(?:it|this|that))?|auto[\s-]?(?:caption|subtitle)s?|speech\s+to\s+text|(?:subtitle|caption)\s+(?:it|the\s+video|this))"
    r"|(?:自动|根据语音|从语音|识别语音)+(?:生成|识别|加|添加|配)?(?:上)?字幕|(?:生成|识别)(?:语音)?字幕|语音(?:识别|转文字|转字幕)(?:字幕)?"
)


def subtitle_clause(clause: str, around: Around) -> list[Intent] | None:
    """What a clause about subtitles asks for, or None if it is no such clause."""
    veiled = around.veiled
    if m := _PASTED.fullmatch(clause):
        return [AddSubtitles(pasted=veiled.value(m["cues"]))]
    if m := _ENCODED.fullmatch(clause):
        return _encoded(m, around)
    if m := _FROM_FILE.fullmatch(clause):
        return _file(
            m["file"] or m["zhfile"], around, named=bool(re.search(rf"{_SUBS}|字幕", clause, re.IGNORECASE))
        )
    if m := _SHIFT.fullmatch(clause):
        return _shift(m, around)
    if _UPLOADED.fullmatch(clause):
        return [AddSubtitles()]
    of_speech: list[Intent] = [Unavailable("captions", veiled.reveal(clause))]
    return _laid(clause, around) or (of_speech if _SPEECH.fullmatch(clause) else None)


def _laid(clause: str, around: Around) -> list[Intent] | None:
    """'Put subs.srt on', 'turn the subtitles on': in any order, and of words for nothing else."""
    found = _LAID.read(clause)
    if not found or not once(found, "file"):
        return None
    if "file" in found:
        laid = _file(found["file"][0]["file"], around, named="subs" in found)
        return laid if "add" in found or "subs" in found else None
    made = any(m.group().lower() in ("make", "caption", "subtitle") for m in found.get("add", ()))
    return [AddSubtitles()] if {"add", "subs"} <= found.keys() and not made else None


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
    subtitles = wanted.endswith((".srt", ".vtt", ".ass", ".ssa", ".sbv", ".lrc", ".ttml", ".dfxp")) or (
        named and bool(re.match(FILE, token))
    )
    return [Unavailable("no subtitles", name)] if subtitles else None


def _encoded(m: re.Match[str], around: Around) -> list[Intent] | None:
    said = {name: words for name, words in m.groupdict().items() if words}
    encoding = named_encoding(next(words for name, words in said.items() if name.startswith("enc")))
    if not encoding:
        return None
    token = said.get("file") or said.get("zhfile")
    if token is None:
        return [AddSubtitles(encoding=encoding)]
    found = _file(token, around, named=True)
    return [replace(f, encoding=encoding) if isinstance(f, AddSubtitles) else f for f in found or []] or None


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
