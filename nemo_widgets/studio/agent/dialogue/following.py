"""Messages that lean on the one before: 'no, 0:50', 'and the third one too', 'make it bigger'.

The message before is said again with the new words in the place of some of its own. What then asks for the
same kinds of edits is what was meant; the grammar itself decides, so nothing is understood here that could
not have been said at once.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.composing import Asked, Plan
from nemo_widgets.studio.agent.edits.cuts import Cut
from nemo_widgets.studio.words import Said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nemo_widgets.studio.agent.edits.edit import Edit
    from nemo_widgets.studio.agent.world import Earlier

    Reader = Callable[[str], Plan | None]

__all__ = ["NAMED", "continued", "corrected", "implied", "pointed"]


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


_CORRECTS = _rx(
    r"^\s*(?:(?:no+|nope|nah|sorry|oops|wait|hm+|actually|rather|correction|(?:that's|that\s+is|it's)\s+(?:way\s+|much\s+|a\s+bit\s+)?too\s+\w+|too\s+\w+|less|more|not\s+that|wrong"
    r"|i\s+mean(?:t)?|make\s+that|不对|不是|不|错了|搞错了|我?说错了|我?打错了|弄错了|算了|抱歉|等等|我是说|我的意思是|应该是|应该)(?:[\s,，.!:;—-]+|(?<=[\u4e00-\u9fff])))+"
)
_BARE = _rx(r"\s*(?:no|less|more|不)\s*")
"""An opening that may as well belong to what follows, as in 'no transitions' and 'more contrast'."""
_LEADS = _rx(
    r"^(?:it\s+should\s+be|it\s+should\s+have\s+been|i\s+mean(?:t)?|rather|make\s+(?:it|that)|use|to|是|应该是|改成|改为|换成|换为|要)\s*"
)
_CONTINUES = _rx(
    r"^\s*+(?:and|also|plus|then|now|(?:do\s+)?the\s+same(?:\s+(?:for|with|to|goes\s+for))?|same(?:\s+(?:for|with|to|goes\s+for))?|do\s+that\s+(?:for|with|to)|likewise(?:\s+for)?|还有|以及|再把)\s*+(?P<body>.+?)(?<!\s)(?:\s*+,?+\s*+(?:too|as\s+well|also|likewise))?\s*+$"
    r"|^\s*+(?P<also>.+?)(?<!\s)\s*+,?+\s*+(?:too|as\s+well|likewise)\s*+$|^\s*+(?P<zh>.+?)(?:也是|也一样|也要|同样|也)(?:这样|如此|处理)?\s*+$"
)
_TOKEN = _rx(
    r"“[^“”]*”|「[^「」]*」|《[^《》]*》|\"[^\"]*\"|‘[^‘’]*’|(?<!\w)'[^']*'(?!\w)|[a-z][a-z'’-]*|\d[\d:.,/]*(?:%|x\b|s\b)?|[\u3400-\u9fff]|[^\s]"
)
_QUOTED = _rx(r"[“「《\"‘'].*[”」》\"’']")
_BETWEEN = _rx(r"(\bbetween\s+\S+(?:\s+(?:s|secs?|seconds?|min|minutes?))?)\s+(?:to|until|till|-|–)\s+(\S+)")
_END = " \t\n.!。！,，"
_LONGEST = 8
"""A place in the earlier message of more words than this is not tried."""
_WORDS_AT_MOST = 60
_MOST_READ = 25_000
"""Characters of sentences, quoted texts apart, that are read to find out what is meant: a second or two."""
_IT = _rx(r"(?<![\w'])(?:it|that|this)(?![\w'])")
_IT_ZH = re.compile(r"它")
NAMED = _rx(r"music|song|bgm|soundtrack|titles?|text|captions?|subtitles?|音乐|配乐|歌|标题|文字|字幕")
"""Who names a thing means it."""
_SUBJECTS = {"title": ("the title", "标题"), "music": ("the music", "音乐"), "voice": ("the voice", "人声")}
_OPENERS = _rx(r"^\s*(?:(?:and|now|also|then|please|still)\s+|(?:再|还是|更)(?=[\u4e00-\u9fff]))+")


def corrected(text: str, earlier: Sequence[Earlier], read: Reader) -> Plan | Asked | None:
    """The plan of a correction: the message before is taken back and said again with other words.

    None if the message corrects nothing; a question if several corrections are possible.
    """
    opening = _CORRECTS.match(text)
    if opening and _BARE.fullmatch(opening.group()) and read(text):
        return None
    before = _meant(earlier, read) if opening and earlier else None
    base = read(before) if before else None
    if opening is None or before is None or base is None or not base.edits:
        return None
    body, changed = text[opening.end() :].strip(_END), earlier[-1].changed
    alone = read(body) if body else None
    if alone is not None and _kinds(alone.edits) == _kinds(base.edits):
        return _instead(body, alone, changed=changed)
    for words in dict.fromkeys(filter(None, (body, _LEADS.sub("", body)))):
        if found := _said_again(before, base, words, read):
            return _one(found, changed=changed)
    return _either(body, alone) if alone is not None and alone.edits and changed else alone


def _either(body: str, alone: Plan) -> Asked:
    """Whether something else is meant instead of the last edit or after it."""
    prompt = Said(
        "Is that to be done instead of the last edit, or after it?", "要取代刚才的操作，还是接着做？"
    )
    return Asked(
        prompt, (Said(f"undo and then {body}", f"撤销，然后{body}"), Said(body, body)), alone.language
    )


def continued(text: str, earlier: Sequence[Earlier], read: Reader) -> Plan | Asked | None:
    """The plan of 'and the last one too': what was done before, done to something else."""
    said = _CONTINUES.match(text)
    before = _meant(earlier, read) if earlier else None
    base = read(before) if before else None
    if said is None or before is None or base is None or not base.edits:
        return None
    body = next(g for g in (said["body"], said["also"], said["zh"]) if g).strip(_END)
    found = _said_again(before, base, body, read)
    return _one(found, changed=False) if found else None


def pointed(text: str, earlier: Sequence[Earlier], read: Reader) -> Plan | None:
    """The plan of 'make it bigger' after a message about the title or the music, which are what 'it' is."""
    return _about_it(text, earlier, read) if _IT.search(text) or _IT_ZH.search(text) else None


def implied(text: str, earlier: Sequence[Earlier], read: Reader) -> Plan | None:
    """The plan of 'quieter' after a message about the music: what it is about is not said again."""
    return _about_it(text, earlier, read)


def _about_it(text: str, earlier: Sequence[Earlier], read: Reader) -> Plan | None:
    before = _meant(earlier, read) if earlier and earlier[-1].changed and not NAMED.search(text) else None
    base = read(before) if before else None
    if base is None and len(earlier) > 1 and earlier[-1].changed and not NAMED.search(text):
        base = _about_it(earlier[-1].text, earlier[:-1], read)
    last = base.edits[-1] if base and base.edits else None
    about = (last.subject or last.touches) if last else ""
    if about not in _SUBJECTS:
        return None
    english, chinese = _SUBJECTS[about]
    bare = _OPENERS.sub("", text).strip(_END)
    tried = [_IT.sub(english, t, count=1) for t in (text, bare) if _IT.search(t)]
    tried += [_IT_ZH.sub(chinese, t, count=1) for t in (text, bare) if _IT_ZH.search(t)]
    if not tried and re.search(r"[\u3400-\u9fff]", bare):
        tried = [f"{chinese}{bare}", f"把{chinese}{bare}"]
    elif not tried:
        tried = [f"make {english} {bare}", f"put {english} {bare}", f"set {english} to {bare}"]
    for sentence in tried:
        plan = read(sentence)
        if plan and plan.edits and all(about in (edit.touches, edit.subject) for edit in plan.edits):
            return plan
    return None


def _meant(earlier: Sequence[Earlier], read: Reader, depth: int = 3) -> str | None:
    """The last message as it could have been said at once; None if it asked for no edit."""
    text = earlier[-1].text
    if read(text) is not None:
        return text
    opening = _CORRECTS.match(text)
    if opening is None or depth == 0 or len(earlier) < 2:  # noqa: PLR2004 - the one that was corrected
        return None
    before = _meant(earlier[:-1], read, depth - 1)
    base = read(before) if before else None
    if before is None or base is None:
        return None
    body = _LEADS.sub("", text[opening.end() :].strip(_END))
    found = _said_again(before, base, body, read)
    return found[0][0] if len(found) == 1 else None


def _said_again(before: str, base: Plan, body: str, read: Reader) -> list[tuple[str, Plan]]:
    """The sentences made of `before` with `body` in it that ask for the same kinds of edits, each once.

    Of these, the ones that change least of what was asked before, in as few of its words as can be.
    """
    found: list[tuple[str, Plan]] = []
    for sentence in sorted(dict.fromkeys(_variants(before, body)), key=len, reverse=True):
        plan = read(sentence)
        if plan is None or plan.edits == base.edits or _kinds(plan.edits) != _kinds(base.edits):
            continue
        if not any(plan.edits == other.edits for _, other in found):
            found.append((sentence, plan))
    least = min((_apart(plan, base) for _, plan in found), default=0)
    behind = f"{before} {body}"  # where that says the same it reads best
    last = read(behind) if found else None
    return [
        (behind if last is not None and last.edits == plan.edits else sentence, plan)
        for sentence, plan in found
        if _apart(plan, base) == least
    ]


def _apart(plan: Plan, base: Plan) -> int:
    """In how many fields the edits of two plans of the same kinds differ, those of their places included."""
    return sum(_differing(a, b) for a, b in zip(plan.edits, base.edits, strict=True))


def _differing(a: object, b: object) -> int:
    if isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b):
        return sum(map(_differing, a, b))
    if type(a) is type(b) and is_dataclass(a):
        return sum(_differing(getattr(a, f.name), getattr(b, f.name)) for f in fields(a))
    return a != b


def _variants(before: str, body: str) -> list[str]:
    """`before` with `body` in the place of one stretch of its words: numbers for numbers, texts for texts.

    None where reading all of them would take too long: of some alone it is not sure what was meant.
    """
    places = list(_TOKEN.finditer(before))
    if len(places) > _WORDS_AT_MOST:
        return []
    quotes = [_QUOTED.fullmatch(m.group()) is not None for m in places]
    digits = [re.search(r"\d", m.group()) is not None for m in places]
    quoted = _QUOTED.fullmatch(body) is not None
    numbers = re.search(r"\d", body) is not None
    numbers = numbers and any(d and not q for d, q in zip(digits, quotes, strict=True))
    found = [
        f"{before[: places[i].start()]}{body}{before[places[j - 1].end() :]}"
        for i in range(len(places))
        for j in range(i + 1, min(len(places), i + _LONGEST) + 1)
        if any(quotes[i:j]) == quoted and not (quoted and j - i > 1) and (any(digits[i:j]) or not numbers)
    ]
    read = sum(len(m.group()) for m, q in zip(places, quotes, strict=True) if not q)
    read += 0 if quoted else len(body)
    return found if len(found) * read <= _MOST_READ else []


def _kinds(edits: Sequence[Edit]) -> list[tuple[object, ...]]:
    return [
        (type(e), bool(e.remove), bool(e.keep), bool(e.pauses)) if isinstance(e, Cut) else (type(e),)
        for e in edits
    ]


def _smooth(sentence: str) -> str:
    """A sentence put together from two, as one says it: between … *and* …, not *to*."""
    return _BETWEEN.sub(r"\g<1> and \g<2>", sentence)


def _one(found: list[tuple[str, Plan]], *, changed: bool) -> Plan | Asked:
    if len(found) == 1:
        return _instead(*found[0], changed=changed)
    before = ("undo and then ", "撤销，然后") if changed else ("", "")
    choices = tuple(Said(f"{before[0]}{_smooth(s)}", f"{before[1]}{_smooth(s)}") for s, _ in found)
    return Asked(Said("Which of these is meant?", "是指哪一个？"), choices, found[0][1].language)


def _instead(sentence: str, plan: Plan, *, changed: bool) -> Plan:
    """The plan, with the last edit taken back if there is one to take back."""
    sentence = _smooth(sentence)
    note = Said(f"I took it as “{sentence}”{' instead of the last edit' if changed else ''}.",
                f"我理解为“{sentence}”{'，取代刚才的操作' if changed else ''}。")  # fmt: skip
    return replace(plan, undo=1 if changed else 0, notes=note)
