"""A click that the agent waits for: the buttons, which said in words do the same, and what else was said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

from nemo_widgets.languages import written_in

from . import buttons as b
from .clause import Clause, endless, may_begin, pieces
from .hint import ASKS
from .lines import gap, line, sentences
from .press import CHINESE, WILL, button, is_a_command, name_in, row
from .sentence import retold
from .spoken import said_anew
from .veil import TOKEN, Line, read

__all__ = ["Click", "find"]

_MOST_BUTTONS = 6
_MOST_INNER = 6
"""So many brackets of a clause are looked into."""
_LONGEST = 800
"""In characters: a sentence that is longer asks for no click."""
_ANNOUNCES = (":", "：", "—", "–", "-")
_REMEMBERED = 2000
_WHEN = re.compile(r"(?i)\W*(?:when|once|if|after)\s+you\b")
_OPENS = re.compile(r"[(（](?=.)")
_ADDRESSED = re.compile(r"(?i)\b(?:please|you)\b|请|您|你")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])(?=.)")
_LEADS_ON = re.compile(
    r"(?i)\W*(?:i|we|you|nothing|to|if|when|once|before|in\s+order|it|this|that|everything|all|your|there"
    r"|the\s+(?:changes?|edits?|plan|preview|results?|clip|video|draft|cut|music|timeline)"
    r"|(?:please\s+)?(?:review|check|look|see|preview|watch|verify|read|adjust|open|make|wait)\b.*"
    r"|(?:please\s+|now\s+|then\s+)*(?:go|head|switch|navigate|return)\s+(?:back\s+|over\s+)?to\b.*"
    r"|(?:(?:please|kindly|just|now|then|so|simply)[,\s]+)*go\s+(?:ahead|on)\b.*|pending\b.*|not\b.{0,20}\b(?:applied|made|saved|done)\b.*"
    r"|(?:action|confirmation)\b.*|.*\b(?:needed|required|confirm\w*|approval|proceed|waiting|planned|step))\b"
)
"""What may stand before a clause that waits, where the grammar of instructions is more careful."""


@dataclass(frozen=True, slots=True)
class Click:
    """What the agent waits for.

    Attributes:
        prompt: the agent's own sentences that ask for it.
        words: what stands on the buttons; each, said as the next message, does what a press of it does.
        pays: whether it may cost credits, as generating does (protocol §6), by what was said.
        deletes: whether it may remove or replace something, by what was said.
        rest: all else that the agent said.
    """

    prompt: str
    words: tuple[str, ...]
    pays: bool
    deletes: bool
    rest: str

    @property
    def is_a_nod(self) -> bool:
        """Whether it only takes note, as an OK below an apology does."""
        return all(b.NODS.fullmatch(word) for word in self.words)

    @property
    def args(self) -> dict[str, Any]:
        """The same as the arguments of a call of `ask_question` (protocol §4)."""
        options = [{"id": word, "label": word} for word in self.words]
        chinese = CHINESE.search(self.prompt) is not None and written_in(self.prompt) == "zh"
        costs = ("（可能会消耗积分。）" if chinese else " (This may cost credits.)") if self.pays else ""
        return {"questions": [{"id": "click", "prompt": f"{self.prompt}{costs}", "options": options}]}


def find(said: str, *, changed: bool) -> Click | None:
    """As `awaited` of the package."""
    prompts: list[str] = []
    words: list[str] = []
    past = ""

    def take(body: str, _: bool) -> str:  # noqa: FBT001 - as the lines are walked
        nonlocal past
        before, past = past, f"{past} {body}"[-_REMEMBERED:]
        if not ASKS.search(body):
            return body
        text = read(body)
        gone: list[tuple[int, int, str]] = []
        for start, end in sentences(text.plain, whole=True):
            sentence = text.plain[start:end]
            behind = before + text.plain[max(0, start - _REMEMBERED) : start]
            pressed = _pressed(text, sentence, behind[-_REMEMBERED:], changed=changed)
            if pressed is None:
                continue
            asking, found = pressed
            words.extend(found)
            if asking == sentence:
                gone.append(gap(text.plain, start, end))
            prompts.append(text.reveal(asking.strip()))
        return text.replace(gone) if gone else body

    rest = said_anew(said, take)
    known = {word.casefold(): word for word in reversed(words)}
    shown = tuple(dict.fromkeys(known[word.casefold()] for word in words))[:_MOST_BUTTONS]
    if all(b.DECLINES.match(word) for word in shown):
        return None
    prompt = "\n".join(dict.fromkeys(prompts))
    return Click(prompt, shown, bool(b.PAYS.search(said)), bool(b.DELETES.search(said)), rest)


def _pressed(text: Line, sentence: str, past: str, *, changed: bool) -> tuple[str, list[str]] | None:
    """The words that ask for the click and the buttons, None if the sentence waits for none.

    The words are the whole sentence, unless another part of it tells something else to do.
    """
    if len(sentence) > _LONGEST:
        return None
    shown = row(text, sentence)
    if shown and not (changed and _is_settled(shown[0], "", past)):
        return sentence, shown
    plain = endless(sentence)
    asks = sentence.rstrip().endswith(("?", "？"))
    clauses = pieces(plain)
    inner = [
        Clause("; ", c.text[m.end() :], c.start + m.end(), c.end)
        for c in clauses
        for m in islice(_OPENS.finditer(c.text), _MOST_INNER)
    ]
    for clause in (*clauses, *inner):
        before = next((c for c in reversed(clauses) if c.end <= clause.start), None)
        word, end = button(text, clause, plain, asks=asks)
        if not word or not _begins(clause, plain, before):
            continue
        tail = plain[end:]
        if changed and _is_settled(word, tail, past + plain[: clause.start]):
            continue
        if (
            before is not None
            and "and" in clause.joint
            and _WHEN.match(before.text)
            and not WILL.search(plain)
        ):
            continue
        apart = any(_is_told(text, c.text) for c in clauses if not c.start <= clause.start < c.end)
        free = not (apart or b.PLAINLY.match(word))
        others = (name_in(text, m["name"]) for m in b.OR.finditer(tail))
        also = [each for each in others if (free or b.PLAINLY.match(each)) and not is_a_command(each)]
        return (clause.text if apart else sentence), [word, *also]
    return _dropped(text, sentence, past, changed=changed)


def _dropped(text: Line, sentence: str, past: str, *, changed: bool) -> tuple[str, list[str]] | None:
    """The same for what the grammar of instructions drops: a click is not left out that nobody has made."""
    inside = tuple((token, text.inside(token)) for token in re.findall(TOKEN, sentence))
    for start, end, told in retold(sentence, inside, None):
        found = None if told else b.PRESSED.search(sentence, start, end)
        name = name_in(text, found["name"] or found["zh"]) if found else ""
        if found is None or not b.PLAINLY.match(name) or is_a_command(name):
            continue
        if not (changed and _is_settled(name, sentence[found.end() :], past)):
            whole = sentence[start:end].strip() == sentence.strip()
            return (sentence if whole else sentence[start:end]), [name]
    return None


def _begins(clause: Clause, plain: str, before: Clause | None) -> bool:
    """Whether an instruction to the reader can begin here: nobody is quoted, nobody else is meant."""
    past = plain[: clause.start]
    if b.OTHERS.search(past) or (clause.joint.strip()[:1] in _ANNOUNCES and b.CONTENT.search(past)):
        return False
    addressed = _ADDRESSED.search(clause.text) is not None
    led = _LEADS_ON.match(past) or CHINESE.search(past)
    return bool(may_begin(clause.joint, past, before, addressed=addressed) or led)


def _is_settled(word: str, tail: str, past: str) -> bool:
    """Whether the change that the click would make is there already, as the timeline did change."""
    if not b.PLAINLY.match(word):
        return True
    if not b.SETTLED.match(word):
        return False
    offered = b.OFFERS.search(_SENTENCE.split(past.strip())[-1])
    return not offered or b.CHANGES.search(tail) is not None


def _is_told(text: Line, words: str) -> bool:
    """Whether the words by themselves are told anew, so that they are worth keeping where they stand."""
    raw = text.reveal(words).strip()
    told, _ = line(raw, (), frozenset(), whole=True)
    lone = re.split(r"\s+(?:to|when|for)\b", raw)[0]
    return is_a_command(lone) or bool(told and told != raw)
