"""How an English clause is addressed to the reader, and what stands around an instruction."""

from __future__ import annotations

import re

from . import window as w
from .english import LEVEL, edit, read
from .step import Known, Step

__all__ = ["LEAD", "aimed", "by", "follows", "found_as_can", "goal"]

_YOU = (
    r"(?:you(?:'ll|\s+will|'d|\s+would)?\s+(?:can|could|may|might|should|must|need\s+to|have\s+to|"
    r"(?:just|only|simply|still)\s+(?:need|have)\s+to|want\s+to|be\s+able\s+to)|you(?:'ll|\s+will)(?=\s+(?:find|see)\b)|"
    r"you\s+(?:just|simply)|(?:can|could|would|will)\s+you)"
)
LEAD = re.compile(
    rf"(?i)(?P<lead>[^\w\ue010-\uf8ff]*(?:(?:{_YOU}|please|just|simply|now|then|next|first|second|finally|lastly|"
    r"afterwards?|also|alternatively|and|or|so|kindly|go\s+ahead\s+and|feel\s+free\s+to|remember\s+to|"
    r"be\s+sure\s+to|make\s+sure\s+(?:to|you)|try\s+to|always|again|either|from\s+there|"
    r"(?P<not>don't|do\s+not|never)(?:\s+forget\s+to(?P<but>))?|to\s+do\s+(?:this|so|that|it)|"
    r"all\s+you\s+(?:need|have)\s+to\s+do\s+is|"
    r"(?P<when>(?:once|when|whenever|after|before|if|until|as\s+soon\s+as|every\s+time)\s+you))\s+)*)"
)
"""What may stand before the verb, so that the clause speaks to the reader."""

_BY = re.compile(
    r"(?i)(?P<head>(?:.*\byou\b.*\s)?(?:by|after|before)"
    r"|(?:.*\byou\b.*\s|(?:please|just|simply|or|then|and)\s+)?try)\s+(?:just\s+|simply\s+)?"
    r"(?P<verb>click|tapp|press|hitt|open|dragg|us|select|choos|go|switch)ing\b"
)
_BASE = {"tapp": "tap", "hitt": "hit", "dragg": "drag", "us": "use", "choos": "choose"}
_OTHERS = re.compile(r"\b(?:I|we|he|she|they)\b")
_BY_GUI = re.compile(
    rf"(?i).*\byou\s+(?:can|could|may)\s+(?:also\s+)?(?P<goal>{w.EDIT_VERB}\s+[^,;]+?)\s+by\s+"
    r"(?=(?:click|tapp|press|open|dragg|us|select|mov|slid)ing\s+(?:on\s+)?[^,;]*?"
    r"\b(?:slider|panel|button|icon|handles?|toolbar|menu|tab|edges?|inspector|settings)" + w.PLACE + "$)"
)
_GOAL = re.compile(
    r"(?i)\W*(?:to|in\s+order\s+to|if\s+you(?:'d|\s+would)?\s+(?:want|wish|like|need|prefer)\s+to)\s+"
    rf"(?P<goal>{w.EDIT_VERB}\s+[^,;:]+)$"
)
_CHOICE = re.compile(
    r"(?i)(?:and\s+|then\s+)?(?:choose|select|pick|set)\s.*?"
    r"(?P<size>480p|720p|1080p|(?P<level>high|medium|low)(?:est)?\s+quality)"
)
_CHOICE_IN = re.compile(rf"(?i)(?:choose|select|pick|use)\s.*\b{w.STRONG}$")
_EDITS = re.compile(rf"{w.EDIT_VERB}\s+\S+")
_CONTINUES = re.compile(
    r"(?i)(?:(?:then\s+|just\s+|simply\s+)?(?:choose|select|pick|adjust|set|change|enter|type|make|add|find|"
    r"enjoy|see|check|tell|let|download|save|share|wait|continue|start|give|keep|use|ask|try|move|watch|"
    r"review|go|we|i'll)\b|(?:it|you|your|the|this|that|we|they|there|i)\b.*\b(?:will|is|are|can|should|has|"
    r"have|'ll|was|shows?|starts?|takes?|downloads?|appears?)\b|(?:you're|it's|i'll|it'll|that's|you'll)\b)"
)


def by(words: str, known: Known) -> tuple[Step, str, str] | None:
    """'You can download it by clicking …': the step, the words before the gerund, and those behind."""
    m = _BY.match(words)
    if m is None or _OTHERS.search(m["head"]):
        return None
    if gui := _BY_GUI.match(words):
        return edit(gui["goal"]), words[: gui.end()], ""
    verb = m["verb"].lower()
    found = read(_BASE.get(verb, verb) + words[m.end() :], known)
    if found is None or found[0].kind in ("drop", "save"):
        return None
    return found[0], words[: m.start("verb")], found[1]


def found_as_can(lead: str, words: str) -> str:
    """'You'll find the button at …' speaks of what you can do."""
    if not re.match(r"(?i)(?:find|see)\b", words):
        return lead
    return re.sub(r"(?i)(you)(?:'ll|\s+will)\s+(?:be\s+able\s+to\s+)?$", r"\1 can ", lead)


def goal(words: str) -> str:
    """The edit that 'to …' or 'if you want to …' in front of an instruction names, "" for none."""
    found = _GOAL.match(words)
    return found["goal"].strip() if found and not w.IDLE.match(found["goal"]) else ""


def aimed(step: Step, aim: str) -> Step:
    """The step with what it is for, where it does not say so itself."""
    if step.kind != "edit" or LEVEL not in step.detail:
        return step
    thing = re.sub(r"\byour\b", "my", re.sub(r"^\S+\s+(?:up\s+|down\s+)?", "", aim))
    return Step("edit", step.detail.replace(LEVEL, thing))


def follows(words: str, before: Step) -> tuple[Step, Step | None] | None:
    """What a clause that is no instruction by itself is behind one.

    Returns:
        What the step before it becomes and the step that the clause is (None: its words stay); None in
        all if the clause may be part of the instruction, so that the sentence is better left alone.
    """
    if before.kind == "export" and (choice := _CHOICE.match(words)):
        level = choice["level"]
        option = f" --quality {level.lower()}" if level else f" --resolution {choice['size'].lower()}"
        return Step("export", before.detail + option), Step("drop")
    if _CHOICE_IN.match(words):
        return before, Step("drop")
    if before.kind in ("tracks", "drop") and _EDITS.match(words) and not w.IDLE.match(words):
        return before, edit(words, before.about)
    return (before, None) if _CONTINUES.match(words) else None
