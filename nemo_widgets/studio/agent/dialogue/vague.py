"""Sentences that could mean several things: the choices, each said so that nothing is left open."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from nemo_widgets.draft import clock
from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.cuts import Cut
from nemo_widgets.studio.agent.edits.music import beds
from nemo_widgets.studio.agent.language.called import shared
from nemo_widgets.studio.agent.language.grammar import without_manners
from nemo_widgets.studio.timeline.clip import read
from nemo_widgets.studio.timeline.refs import ClipRef, stem
from nemo_widgets.studio.words import Said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeAlias

    from nemo_widgets.studio.agent.composing import Plan
    from nemo_widgets.studio.agent.world import World

    Planned: TypeAlias = Callable[[str], Plan | None]

__all__ = ["A_CLIP", "ambiguous", "choices", "of_a_clip", "of_all_clips", "of_sound", "which"]


_MOST = 8
_NUMBERED = re.compile(r"clip \d|第\d+个片段")
A_CLIP = rx(
    r"(?<!\w)(?:(?:one|any|some)\s+of\s+(?:the|my|these)\s+(?:clips|videos|shots)|(?:the|that|this|a)\s+(?:clip|shot)(?!s?\s+(?:\d|one|two|three|before|after|called|named|at|with|where|from|in)))(?!\w)"
    r"|(?:那|这|某|其中一)(?:个|一个|段|一段)?(?:片段|镜头|视频片段)"
)
_A_PHOTO = rx(
    r"(?<!\w)(?:(?:one|any|some)\s+of\s+(?:the|my|these)\s+(?:photos|photographs)|(?:the|that|this|my|a)\s+(?:photo|photograph)(?:\s+clip)?)(?!\w)"
    r"|(?:(?:那|这|某|其中一)(?:张|一张)?|(?<![老旧每张有部的]))照片(?!效果|风格|集|墙)"
)
"""One of the pictures that were uploaded: 'the picture' may as well be what the film shows."""
_IT = rx(r"(?<!\w)(?:it|them)(?!\w)|它")
_MOVES = rx(r"^\s*(?:please\s+)?(?:move|put|place|bring)\s+it\s|^(?:把)?它(?:移|放|挪)")
_SWAPS = rx(
    r"^\s*(?:please\s+)?(?:swap|switch|exchange)\s+(?:the|my|those|both|these)?\s*(?:clips|videos|shots|them)\s*[.!]?\s*$|^(?:交换|调换|对调)(?:一下)?(?:片段|视频|顺序|它们)[。!]?$"
)
_LOUD = rx(
    r"^\s*(?!cut\s.*\sin\s+half)(?:please\s+)?(?P<head>(?:(?:make|turn|set|lower|raise|reduce|decrease|increase|boost|drop|bring|put|get|mute|un-?mute|silence|kill|strip|remove|delete|cut|no|switch|get\s+rid\s+of)\s+)(?:(?:up|down|off)\s+)?)"
    r"(?P<what>(?:(?:the|all|any|its)\s+)*(?:sounds?|audio|volume)|it|this|that|everything)(?P<tail>(?:\s.*?)?)\s*[.!]?\s*$"
    r"|^(?P<zhead>(?:把|将|关掉|关闭|去掉|调大|调小|调低|调高|降低|提高)?)(?P<zh>声音|音量|音频)(?P<zhtail>.*?)(?:吧)?[。!]?$|^(?P<bare>静音|sound\s+off|audio\s+off|mute)[。!.]?$"
)
_BUT = rx(r"(?<!\w)(?:but|except|excluding|apart\s+from|other\s+than|besides|save\s+for)(?!\w)")
_OF_SOUND = rx(
    r"(?<!\w)(?:louder|quieter|softer|mute|un-?mute|silence|volume|loud|db|decibels?|turn\s+(?:it|this|that|everything)\s+(?:up|down)|turn\s+(?:up|down))(?!\w)"
)
_SOME = rx(
    r"^\s*(?:please\s+)?(?:cut|remove|trim|delete|take\s+(?:off|away|out)|drop)\s+(?:off\s+|out\s+)?(?P<long>(?:\d+(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty)\s*-?\s*(?:s|secs?|seconds?|mins?|minutes?))(?:\s+(?:from|of|off)\s+(?:it|the\s+video))?\s*[.!]?\s*$"
    r"|^(?:剪掉|删掉|去掉|剪|删|裁掉)(?P<zh>[\d.一二两三四五六七八九十半]+(?:秒钟?|分钟?))[。!]?$"
)
_EACH_BY = rx(
    r"^\s*(?:please\s+)?(?:shorten|trim|cut|reduce)\s+(?P<each>(?:each|every|all(?:\s+the)?)(?:\s+clips?|\s+shots?|\s+videos?))\s+by\s+(?P<long>[\w.]+(?:\s+(?:a\s+)?(?:\w+\s+)?)?(?:s|ms|secs?|seconds?|milliseconds?))\s*[.!]?\s*$"
    r"|^(?:请)?(?:把|将)?(?P<zheach>(?:每一?(?:个|段)|所有|全部|各个?)的?(?:片段|段|视频)?)(?:都|各|分别)?(?:剪短|缩短|剪掉|删掉|去掉|剪)了?(?P<zh>[\d.一二两三四五六七八九十半]+(?:个?半)?(?:秒钟?|毫秒|分钟?))[。!]?$"
)
_BARE_SOUND = rx(
    r"\s*(?P<en>(?:(?:just\s+)?an?\s+(?:little\s+bit|tiny\s+bit|bit|little|touch|tad|lot)\s+|slightly\s+|somewhat\s+|much\s+|even\s+)?(?:quieter|louder|softer|less\s+loud))(?:\s+please)?\s*[.!]*\s*"
    r"|(?:请|再|稍微|略微)*(?P<zh>小声|大声|轻声|响|轻)(?:一?[点些]|点儿|一点点)(?:吧)?[。!！]*"
)


def of_sound(text: str) -> str:
    """'A touch quieter' as a sentence that says of what: of all sound; "" if it is no such message."""
    said = _BARE_SOUND.fullmatch(text)
    if said is None:
        return ""
    if said["en"]:
        return f"make it {re.sub('^(?:just )?an? (?:touch|tad|tiny bit|little bit) ', 'a bit ', said['en'])}"
    return f"声音{'大' if said['zh'] in '大声响' else '小'}一点"


def ambiguous(text: str, world: World) -> bool:
    """Whether the sentence means several things although the grammar reads it as one: louder, but what?"""
    return bool(_louder(text, world)) and bool(beds(world.draft.data)) and _speaks(world)


def choices(text: str, world: World, plan: Planned) -> list[Said]:
    """What a vague sentence may mean, as whole instructions; empty if it is not vague.

    `plan` reads a sentence.
    """
    if said_of := _louder(text, world) or _off_each(text):
        return said_of
    if said := _SOME.match(text):
        if said["long"]:
            return [_same(f"remove the first {said['long']}"), _same(f"remove the last {said['long']}")]
        return [_same(f"删掉前{said['zh']}"), _same(f"删掉最后{said['zh']}")]
    if _SWAPS.match(text):
        clips = _clips(text, world, plan)
        zh = _is_chinese(text)
        pairs = combinations(clips, 2)
        return [_same(f"交换{a}和{b}" if zh else f"swap {a} and {b}") for a, b in pairs][:_MOST]
    photo = _A_PHOTO.search(text)
    vague = photo or A_CLIP.search(text) or (_IT.search(text) if _MOVES.match(text) else None)
    if vague is None:
        return _of_shared(text, world)
    return _with(text, vague, _clips(text, world, plan, "image" if photo else ""))


def of_a_clip(text: str, world: World, plan: Planned) -> list[Said]:
    """What a sentence about 'the clip' means for each of several clips; empty if it names none so."""
    vague = A_CLIP.search(text)
    clips = _clips(text, world, plan) if vague else []
    return _with(text, vague, clips) if vague and len(clips) > 1 else []


def of_all_clips(text: str) -> Said:
    """The same sentence about all of them."""
    vague = A_CLIP.search(text)
    every = "所有片段" if vague and "\u4e00" <= vague.group()[-1] <= "\u9fff" else "all clips"
    return _same(A_CLIP.sub(every, text, count=1).strip())


def which(said: Iterable[Said], world: World) -> Said:
    """The question which of the choices is meant; where they number the clips, with what each of them is."""
    question = Said("Which of these is meant?", "是指哪一个？")
    if not any(_NUMBERED.search(choice.en) for choice in said):
        return question
    shots = read(world.draft.data)
    told = [(i, f"{s.name} {clock(s.start)}–{clock(s.end)}") for i, s in enumerate(shots[:_MOST], 1)]
    more = len(shots) - len(told)
    en = "; ".join(f"clip {i}: {what}" for i, what in told) + (f"; and {more} more" if more else "")
    zh = "；".join(f"第 {i} 个：{what}" for i, what in told) + (f"；另外 {more} 个" if more else "")
    return question + Said(f"({en})", f"（{zh}）")


def _with(text: str, vague: re.Match[str], clips: list[str]) -> list[Said]:
    return [_same(f"{text[: vague.start()]}{clip}{text[vague.end() :]}".strip()) for clip in clips][:_MOST]


def _louder(text: str, world: World) -> list[Said]:
    """What a sentence about some sound may mean: the music, the voice; empty if it is not about sound."""
    said = _LOUD.match(without_manners(text))
    if said is None or _BUT.search(said["tail"] or ""):
        return []
    pointed = re.fullmatch("it|this|that|everything", said["what"] or "", re.IGNORECASE)
    if pointed and not _OF_SOUND.search(text):
        return []
    there = [("the music", "音乐")] if beds(world.draft.data) else []
    there += [("the voice", "人声")] if _speaks(world) else []
    if said["what"]:
        return [_same(f"{said['head']}{what}{said['tail']}") for what, _ in there]
    if said["bare"]:
        zh = said["bare"] == "静音"
        return [_same(f"{name}静音" if zh else f"mute {what}") for what, name in there]
    return [_same(f"{said['zhead']}{what}{said['zhtail']}") for _, what in there]


def _of_shared(text: str, world: World) -> list[Said]:
    """What 'remove the beach' means where the names of several clips have that word."""
    found = shared(text, list(world.media.values()))
    there = {s.name.casefold() for s in read(world.draft.data)}
    files = [file for file in found[1] if file.casefold() in there or stem(file) in there] if found else []
    return _with(text, found[0], files) if found and len(files) > 1 else []


def _off_each(text: str) -> list[Said]:
    """What 'shorten each clip by a second' may mean: it does not say at which end."""
    said = _EACH_BY.match(text)
    if said is None:
        return []
    if said["long"]:
        return [_same(f"trim {said['long']} off the {end} of {said['each']}") for end in ("start", "end")]
    return [_same(f"{said['zheach']}{end}剪掉{said['zh']}") for end in ("开头", "结尾")]


def _speaks(world: World) -> bool:
    return any(world.media[s.src].has_audio for s in read(world.draft.data) if s.src in world.media)


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def _clips(text: str, world: World, plan: Planned, kind: str = "") -> list[str]:
    """What the clips can be called in a text: by their names where each has its own, else by their numbers.

    With `kind`, only those whose files are of this kind. A name that is read as something else, as `music`,
    `intro` or `one` are, is none to call a clip by.
    """
    shots = read(world.draft.data)
    of_kind = [not kind or (s.src in world.media and world.media[s.src].kind == kind) for s in shots]
    names = [s.name.rpartition(".")[0] or s.name for s in shots]
    differ = all(names) and len({n.casefold() for n in names}) == len(names)
    if not (differ and all(_is_read(name, plan) for name in names[:_MOST])):
        names = [f"第{i}个片段" if _is_chinese(text) else f"clip {i}" for i in range(1, len(shots) + 1)]
    return [name for name, is_meant in zip(names, of_kind, strict=True) if is_meant]


def _is_read(name: str, plan: Planned) -> bool:
    """Whether this name is read as that of a clip."""
    made = plan(f"remove {name}")
    edit = made.edits[0] if made and len(made.edits) == 1 else None
    gone = edit.remove if isinstance(edit, Cut) and not edit.pauses else ()
    return [where.name.casefold() for where in gone if isinstance(where, ClipRef)] == [name.casefold()]


def _same(sentence: str) -> Said:
    return Said(sentence, sentence)
