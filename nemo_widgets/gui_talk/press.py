"""One clause: the button that it asks to press, if the agent waits for that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import buttons as b
from . import window as w
from .chinese import stands_for
from .clause import Clause
from .consent import NEEDS, PROVIDED
from .english import read
from .plainly import plainly
from .step import Known
from .veil import LINK, TOKEN

if TYPE_CHECKING:
    from .veil import Line

__all__ = ["CHINESE", "WILL", "button", "is_a_command", "name_in", "row"]

CHINESE = re.compile("[\u4e00-\u9fff]")
_LONGEST = 60
_PICKING = re.compile(r"(?i)(?:select|choos|pick|use|using|tick|check|选|選)")
_YOU = re.compile(r"(?i)\byou\b|请|您|你")
WILL = re.compile(
    r"\b(?:I|we)(?:'ll|\s+can)\b|\b(?:won't|until|takes?\s+effect|[Ll]et\s+me\s+know|[Tt]ell\s+me)\b|\bwill\b|我(?:就|才|便|来)|将|將|会|會|生效"
)
_TAB = re.compile(
    r"(?i)(?:text|audio|sound|music|volume|speed|effects?|transitions?|filters?|media|titles?|captions?|subtitles?|elements?|"
    r"stickers?|templates?|properties|layers?|adjust(?:ments?)?|colou?rs?|fonts?|styles?|settings|tools?|menu|zoom|more)$"
)
"""What only shows more of a window."""
_ENTER = re.compile(r"(?i)(?:enter|return|space\s?bar|space|any\s+key|回车|任意|空格)键?")
_LATER = re.compile(rf"(?i)\W*(?:{b.LATER})\b")
_ROW = re.compile(rf"{TOKEN}|[\s|/.,、]|\bor\b|或")
_LABEL = re.compile("^[^:：\ue010-\uf8ff]*[:：]")


def button(text: Line, clause: Clause, plain: str, *, asks: bool) -> tuple[str, int]:
    """What is pressed ("" for nothing that is waited for), and where its name ends in the sentence `plain`.

    `asks`: the sentence ends in a question mark.
    """
    if (words := plainly(clause.text)) != clause.text:
        put = Clause(clause.joint, words, clause.start, clause.start + len(words))
        name, _ = button(text, put, plain[: clause.start] + words + plain[clause.end :], asks=asks)
        return name, clause.end
    if (told := _in_other_words(text, clause, plain, asks=asks)) is not None:
        return told
    m = (b.CHINESE if CHINESE.search(words) else b.ENGLISH).match(words)
    if m is None or _refused(m["lead"]) or (asks and not _YOU.search(m["lead"])):
        return "", 0
    end = clause.start + m.end()
    tail = plain[end:]
    idle = "ing" in m["verb"] and not m["lead"].strip() and not _LATER.match(tail)
    if idle or ("当" in m["lead"] and not WILL.search(tail)):
        return "", 0
    past = plain[: clause.start + m.start("verb")]
    if not m["name"] or _ENTER.fullmatch(m["name"]):
        return _nameless(m, past, tail), end
    return _named(name_in(text, m["name"]), m, past, tail), end


def _refused(lead: str) -> bool:
    return bool(b.OTHERS.search(lead) or b.NEGATED.search(lead))


def row(text: Line, sentence: str) -> list[str]:
    """The buttons of a row of them, '[Yes] [No]', where the sentence is nothing else."""
    tokens = re.findall(TOKEN, sentence)
    bare = not _ROW.sub("", _LABEL.sub("", sentence) if len(tokens) > 1 else sentence)
    if not tokens or not bare or any(text.reveal(token)[:1] not in "[【" for token in tokens):
        return []
    names = [name_in(text, token) for token in tokens]
    return names if all(b.PLAINLY.match(name) and not is_a_command(name) for name in names) else []


def name_in(text: Line, name: str) -> str:
    """A button's name without what stands around it."""
    said = text.inside(name) if re.fullmatch(TOKEN, name) else name
    return " ".join(said.split()).strip(" .!。！,，*")


def is_a_command(name: str) -> bool:
    """Whether the button is one that a command stands for here, as for Export, Undo and Upload."""
    return name.startswith("%") or name.lower() in w.BUTTONS or bool(stands_for(name))


def _in_other_words(text: Line, clause: Clause, plain: str, *, asks: bool) -> tuple[str, int] | None:
    """'Reply “yes”', 'awaiting your approval', 'once you click Confirm'; None if it is none."""
    words = clause.text
    if m := b.REPLIES.match(words):
        return _replied(text, m, plain, clause.start + m.end())
    for pattern, word in NEEDS.items():
        if (m := pattern.search(words)) and not asks and not _refused(words[: m.start()]):
            return word, clause.start + m.end()
    for pattern, word in PROVIDED.items():
        if (m := pattern.search(words)) and not asks and not b.OTHERS.search(words[: m.start()]):
            return (word if WILL.search(plain) else ""), clause.start + m.end()
    if (m := b.CONDITIONS.search(words)) and not b.OTHERS.search(words[: m.start()]):
        name = name_in(text, m["name"] or m["zh"])
        kept = w.BUTTONS.get(name.lower()) == "save"  # it is no command: all is saved by itself here
        known = kept or (b.PLAINLY.match(name) and not is_a_command(name))
        return (name if known and WILL.search(plain) else ""), clause.start + m.end()
    return None


def _replied(text: Line, m: re.Match[str], plain: str, end: int) -> tuple[str, int]:
    word = next(m[group] for group in ("name", "self", "zh", "zh2", "zh3") if m[group])
    name, tail = name_in(text, word), plain[end:]
    sure = name != word or not m["name"] or b.GOES_ON.match(tail) or not tail.strip()
    return (name if sure and (b.PLAINLY.match(name) or name.isdigit()) else ""), end


def _nameless(m: re.Match[str], past: str, tail: str) -> str:
    """'Click the button below to confirm', 'tap to go on': what it is pressed for."""
    on = b.GOES_ON.match(tail) is not None
    if (not m["sole"] and not m["name"] and _PICKING.match(m["verb"])) or (m["sole"] == "it" and not on):
        return ""
    where = (tail, past) if on or re.search(r"(?i)\bby\s*$", past) else (past,)
    for purpose in filter(None, map(b.ON.search, where)):
        return purpose[0][:1].upper() + purpose[0][1:].lower()
    enter = (m["sole"] or m["name"] or "").lower().startswith(("enter", "return", "回车"))
    return ("继续" if CHINESE.search(m.string) else "Continue") if enter and not tail.strip() else ""


def _named(name: str, m: re.Match[str], past: str, tail: str) -> str:
    """The button's name where the agent waits for it, else ""."""
    if not 0 < len(name) <= _LONGEST or w.CHORD.match(name) or is_a_command(name):
        return ""
    if re.fullmatch(LINK, m["name"]) and not b.PLAINLY.match(name):
        return ""  # it leads somewhere else
    on = b.GOES_ON.match(tail) is not None
    if w.ITEMS.match(name.lower()) or b.ITEMS.fullmatch(name):
        offered = not past.strip() or b.OFFERS.search(past) or m["lead"] == past
        return name if on or (offered and not re.search(r"\w", tail)) else ""
    return name if _is_awaited(name, m, on=on) else ""


def _is_awaited(name: str, m: re.Match[str], *, on: bool) -> bool:
    quoted = re.fullmatch(TOKEN, m["name"]) is not None
    in_chinese = CHINESE.search(m.string) is not None
    noun = not in_chinese and bool(m["noun"])
    picks = _PICKING.match(m["verb"])
    if name.lower() in ("button", "按钮") or (_TAB.match(name) and not on):
        return False
    seen = name[:1].isupper() and picks is not None and picks[0].lower() != "check"
    if picks and picks[0].lower() in ("use", "using") and not noun:
        return False
    if picks and not (quoted or noun or on or in_chinese or seen):
        return False
    if b.PLAINLY.match(name):
        return True
    if in_chinese:
        return quoted or on
    step = read(f"click {name}" + (" button" if noun else ""), Known())
    return on or (quoted and not picks) or (step is not None and step[0].kind == "drop")
