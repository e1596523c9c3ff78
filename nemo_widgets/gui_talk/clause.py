"""A sentence's clauses, and where among them an instruction to the reader can begin."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .step import Step, say
from .veil import QUOTE

__all__ = ["Clause", "endless", "is_loose", "may_begin", "pieces"]


@dataclass(slots=True)
class Clause:
    """One clause and the joint before it; with a `step`, it is an instruction and is told anew.

    `lead` stands before what is said of the step, `tail` behind it. `open`: anything may follow ('once you
    …'). `loose`: it leads to the clause behind it, and means nothing without it.
    """

    joint: str
    text: str
    start: int
    end: int
    step: Step | None = None
    lead: str = ""
    tail: str = ""
    chinese: bool = False
    gerund: bool = False
    open: bool = False
    loose: bool = False

    @property
    def said(self) -> str:
        """What stands in the clause's place, "" if nothing does."""
        if self.step is None:
            return self.text
        words = say(self.step, chinese=self.chinese, gerund=self.gerund)
        if not words:
            return ""
        mark = _SIGN.match(self.lead)
        sign = mark.group() if mark else ""
        begins = not self.joint or self.joint.strip()[:1] in (":", "：", ";", "—", "–", "-")
        capital = begins and self.text[len(sign) :][:1].isupper()
        if self.step.kind == "save":
            return sign + (words[:1].upper() + words[1:] if capital else words)
        if not self.lead[len(sign) :].strip() and capital and not self.gerund:
            words = words[:1].upper() + words[1:]
        return self.lead + words + self.tail


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_WORDS = re.compile(r"(?s:.*\w)?")
_MARK = re.compile("[.!?…。！？]")
_SIGN = re.compile(r"[^\w\ue010-\uf8ff]*")
_START = r"[^\w\ue010-\uf8ff]*"
_JOINT = _rx(
    r"\s*[,;]\s+(?:(?:and\s+then|and|then|or|but|so)\s+)?|\s+(?:and\s+then|and|then|or|but|so)\s+(?=\S)|\s*:\s+"
    r"|\s+[—–-]{1,2}\s+|—|\s+(?:→|->|>)\s+(?=(?:then\s+)?(?:choose|click|tap|select|hit|press|open|drag|pick)\b)"
    r"|\s*[，；]\s*|\s*：\s*|\s*——\s*"
)
_SUBORDINATE = _rx(
    rf"{_START}(?:(?:and|but|so|then|or|also)\s+)?(?:if|when|once|after|before|whenever|while|to|for|"
    r"in\s+order\s+to|from|in|on|at|as\s+soon\s+as|otherwise|alternatively|instead|next|then|first|finally|"
    r"lastly|now|of\s+course|optionally|when\s+you're\s+ready|not\s+happy|done|ready|great|perfect|ok|okay|"
    r"sure|yes|all\s+set|good\s+news|here)\b"
    rf"|{_START}(?:如果|若|如|想|要|当|等|完成后|之后|接着|然后|最后|首先|接下来|为了|在|好的|现在|另外|此外|随后|准备好)"
    r"|.*(?:的话|后|时|之前|以后)$"
)
_READY = _rx(
    r".*\b(?:ready|done|finished|complete|completed|all\s+set|in\s+place|up\s+to\s+date)$"
    r"|.*(?:好了|完成|就绪|准备好|完毕)了?$|(?:我)?(?:已|已经).*"
)
_ADDRESSES = _rx(
    r"\W*(?:let\s+me\s+know|tell\s+me|just\s+(?:say|ask|tell)|feel\s+free|say|ask|try|review|enjoy|"
    r"you\s+(?:can|may|could)|告诉我|您可以|你可以|可以)\b.*"
)
_LABEL = _rx(
    rf"{_START}(?:(?:quick\s+)?(?:tips?|note|hint|next(?:\s+steps?)?|step\s+\w+|ps|p\.s\.|reminder|then|now|"
    r"finally|first|export(?:ing)?|download(?:ing)?|preview(?:ing)?|undo|save|saving|upload(?:ing)?|audio|"
    r"music|volume|transitions?|credits|to\s+\w+.*|how\s+to\s+.*|here's\s+(?:how|what\s+(?:you\s+can|to)\s+do).*|"
    r"what\s+you\s+can\s+do.*|what's\s+next|adjust(?:ing)?|edit(?:ing)?|trim(?:ming)?|fine-tun(?:e|ing)|"
    r"customi[sz](?:e|ing)|review|share|play|split|option\s+\w+|if\s+.*|when\s+.*|.*\bnext\s+steps?|"
    r".*\byou\s+can))"
    rf"|{_START}(?:提示|小提示|小贴士|注意|下一步|接下来|步骤.{{0,3}}|第.步|导出|下载|预览|撤销|上传|保存|如何.*|温馨提示"
    r"|如需.*|要.*|您可以|你可以)"
)
"""What may stand before a colon in front of an instruction; 'Scene 2:' and 'Voiceover:' are none of it."""
_STATES = re.compile(r"\b(?:is|are|has|have|'s|can)\b")
_TOLD = _rx(
    r"\b(?:says?|said|saying|reads?|reading|tells?|telling|asks?|asking|shows?\s+the\s+words?|narrat\w+|"
    r"voice-?overs?|called|named|label+ed|titled|presenter|narrator|viewers?|audience|caption|subtitle|"
    rf"script)\b(?!\s*:?\s*{QUOTE})"
    rf"|(?:写着|写道|显示着|说|念|旁白|画外音|字幕|台词|主持人|观众|他|她)(?!{QUOTE})"
)
"""What follows is told by, or of, somebody else."""
_CONTENT_PLACE = _rx(
    r"[^\w]*(?:in|at|during|for|within)\s+(?:the\s+)?[\w\s]*"
    r"\b(?:scene|shot|clip|frame|part|act|sequence|tutorial|recording|video)\b"
)
_LOOSE = _rx(r"\W*(?:(?:to|if|when|once|after|before)\b|如果|若|想|要|等|当|完成后)|.*(?:的话|后)$")


def endless(sentence: str) -> str:
    """The sentence without the mark that ends it, and what stands behind that."""
    words = _WORDS.match(sentence)
    mark = _MARK.search(sentence, words.end() if words else 0)
    return sentence[: mark.start()] if mark else sentence


def pieces(plain: str) -> list[Clause]:
    """The sentence's clauses in order, none of them read yet."""
    found: list[Clause] = []
    start, joint = 0, ""
    for m in _JOINT.finditer(plain):
        if m.start() == start and not found:
            continue
        found.append(Clause(joint, plain[start : m.start()], start, m.start()))
        start, joint = m.end(), m.group()
    found.append(Clause(joint, plain[start:], start, len(plain)))
    return [c for c in found if c.text.strip()] or found[:1]


def may_begin(joint: str, past: str, before: Clause | None, *, addressed: bool) -> bool:
    """Whether an instruction can begin behind this joint and these words of the sentence.

    `addressed`: it says whom it speaks to ('please', 'you can').
    """
    if before is None:
        return True
    if _TOLD.search(past):
        return False
    mark = joint.strip()[:1]
    if mark in (":", "："):
        return bool(_LABEL.fullmatch(past.rstrip(" :：")))
    if mark in ("—", "–", "-", ";", "；"):
        states = mark in (";", "；") or _READY.match(before.text) or _STATES.search(past)
        return bool(states or _LABEL.fullmatch(before.text))
    if _CONTENT_PLACE.fullmatch(before.text):
        return False
    known = (_SUBORDINATE, _READY, _ADDRESSES)
    return addressed or before.step is not None or any(p.match(before.text) for p in known)


def is_loose(text: str) -> bool:
    """Whether the clause, 'if you like it' say, means nothing without one behind it."""
    return bool(_LOOSE.match(text))
