"""One sentence: which of its clauses are instructions to the reader, and the sentence without them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from . import addressing, chinese, english
from .clause import Clause, endless, is_loose, may_begin, pieces
from .plainly import plainly
from .step import Known, Step

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Edit", "retold"]

Edit = tuple[int, int, str]
"""What to replace: start, end, and the words in its place."""

_CHINESE = re.compile("[\u4e00-\u9fff]")
_ASKED = re.compile(r"(?i)\W*(?:can|could|would|will)\s+you\b")
_LISTING = re.compile(r"\s+(?:and|or)\s+")
_MERGED = 3
"""An instruction has at most this many pieces that 'and' or 'or' join."""


def retold(
    plain: str, inside: tuple[tuple[str, str], ...], tell: Callable[[str], str | None] | None
) -> list[Edit]:
    """What to replace in a sentence, in order; [(0, all, "")] drops it, [] leaves it as it is.

    `inside` are the contents of its quoted texts and code by token; `tell(words)`, where there is
    something to tell, gives what is known to have been done about an instruction ("" if that was told before,
    None if nothing is known).
    """
    clauses = _read(plain, inside)
    if not clauses:
        return []
    said = [c.said for c in clauses]
    done: list[str] = []
    for i, c in enumerate(clauses):
        told = tell(c.text) if tell and c.step and c.step.kind in ("drop", "edit") else None
        if told is not None:
            said[i] = ""
            done.append(told)
    return _edits(plain, clauses, said, " ".join(filter(None, done)))


@lru_cache(maxsize=2048)
def _read(plain: str, inside: tuple[tuple[str, str], ...]) -> tuple[Clause, ...]:
    """The clauses, told anew where they instruct; none where nothing does, or it is not sure what would."""
    parts = pieces(endless(plain))
    asks = plain.rstrip().endswith(("?", "？"))
    known = Known(dict(inside))
    found: list[Clause] = []
    i = 0
    while i < len(parts):
        before = found[-1] if found else None
        clause, i = _instruction(parts, i, plain, before, known, asks=asks)
        if not clause.step and before and before.step and not _stays(clause, before, known):
            return ()
        if clause.step:
            at = re.sub(r"^(?:to|at)\s+", "", clause.step.detail) if clause.step.kind == "drop" else known.at
            known = Known(known.inside, clause.step.about or known.about, at)
        found.append(clause)
    return tuple(found) if any(c.step for c in found) and _settle(found) else ()


def _instruction(
    parts: list[Clause], i: int, plain: str, before: Clause | None, known: Known, *, asks: bool
) -> tuple[Clause, int]:
    """The longest instruction from piece `i` on, or that piece; and where to go on."""
    last = i + 1
    while last < len(parts) and last < i + _MERGED and _LISTING.fullmatch(parts[last].joint):
        last += 1
    for j in range(last, i, -1):
        end = parts[j - 1].end
        whole = Clause(parts[i].joint, plain[parts[i].start : end], parts[i].start, end)
        if _instructs(whole, plain[: whole.start], before, known, asks=asks):
            return whole, j
    return parts[i], i + 1


def _instructs(c: Clause, past: str, before: Clause | None, known: Known, *, asks: bool) -> bool:
    """Whether the clause is an instruction to the reader; if so, it holds what that comes to."""
    c.chinese = bool(_CHINESE.search(c.text))
    if "ing" in c.text and not c.chinese and not asks and (found := addressing.by(c.text, known)):
        if may_begin(c.joint, past, before, addressed=True):
            c.step, c.lead, c.tail = found
            c.gerund = True
        return c.step is not None
    told = plainly(c.text)
    m = (chinese.LEAD if c.chinese else addressing.LEAD).match(told)
    lead = m["lead"] if m else ""
    words = told[len(lead) :]
    read = chinese.read(words, known) if c.chinese else english.read(words, known)
    if read is None or (asks and not _ASKED.match(lead)):
        return False
    if not may_begin(c.joint, past, before, addressed=bool(re.search(r"\w", lead))):
        return False
    if m and not c.chinese:
        refused = m["not"] and m["but"] is None
        if (refused or m["when"]) and read[0].kind in ("drop", "save", "edit"):
            return False  # "don't" and "once you" need something to stand behind them
        lead, c.open = addressing.found_as_can(lead, words), bool(m["when"])
    c.step, c.tail = read
    c.lead = lead
    return True


def _stays(c: Clause, before: Clause, known: Known) -> bool:
    """Whether a clause that is no instruction can stand behind one; perhaps it becomes part of it."""
    if before.step is None or before.open or (c.joint.strip() and c.joint.strip() in ";；:："):
        return True
    c.chinese = bool(_CHINESE.search(c.text))
    if c.chinese:
        c.step = chinese.edit(c.text) if before.step.kind in ("tracks", "drop") else None
        return c.joint.strip() in ("，", "")
    if named := english.clicked(c.text, known):
        c.step = named
        return True
    made = addressing.follows(c.text, before.step)
    if made:
        before.step, c.step = made
    return made is not None


def _settle(found: list[Clause]) -> bool:
    """Say each step once and what it is for; false if a step lacks the one that it needs."""
    goals = (addressing.goal(c.text) or chinese.goal(c.text) for c in found if not c.step)
    aim = next((g for g in goals if g), "")
    told: set[str] = set()
    for i, c in enumerate(found):
        behind = [d.step.kind for d in found[i + 1 :] if d.step]
        if not c.step:
            c.loose = is_loose(c.text)
            continue
        if not c.step.alone and not behind:
            return False
        if aim and c.step.kind in ("drop", "tracks") and set(behind) <= {"drop"}:
            c.step, aim = (Step("edit", aim) if c.chinese else english.edit(aim)), ""
        elif aim:
            c.step = addressing.aimed(c.step, aim)
        if c.step.kind in told:
            c.step = Step("drop")
        elif c.step.kind not in ("edit", "drop"):
            told.add(c.step.kind)
    return True


def _edits(plain: str, clauses: tuple[Clause, ...], said: list[str], done: str) -> list[Edit]:
    kept = [i for i, words in enumerate(said) if words]
    if all(clauses[i].loose for i in kept):
        return [(0, len(plain), done)]
    edits: list[Edit] = []
    for i, c in enumerate(clauses):
        words = said[i]
        if i == kept[0] and i and plain[:1].isupper():
            words = words[:1].upper() + words[1:]
        if not words:
            ends = i > kept[-1]
            edits.append((clauses[i - 1].end, c.end, "") if ends else (c.start, clauses[i + 1].start, ""))
        elif words != c.text:
            edits.append((c.start, c.end, words))
    return [*edits, (len(plain), len(plain), f" {done}")] if done else edits
