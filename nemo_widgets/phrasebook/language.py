"""What a language's phrases are for; each a regular expression without regard to case, or ""."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Language", "Presses", "Questions", "Refusals"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusals:
    """How a language says no.

    Attributes:
        begins: what a sentence begins with that says no.
        ends: what says so at the end, where the verb stands there.
        limits, limits_end: the same without a negation, by what alone can be done.
        untouched: what says that nothing was changed.
        nothing_to_do, nothing_ends: what says, at either place, that there was nothing to do.
        apologies: an apology for what is over, such as a wait, by which nothing is refused.
        but: what may join the rest of the sentence to that.
    """

    begins: str
    ends: str = ""
    limits: str = ""
    limits_end: str = ""
    untouched: str = ""
    nothing_to_do: str = ""
    nothing_ends: str = ""
    apologies: str = ""
    but: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """How a language asks.

    Attributes:
        asks: what a sentence with a question mark begins with.
        tells: what a sentence begins with that tells the user to say something.
        closes: what stands in a sentence that asks for nothing.
        ends: what a question ends with where the language needs no mark for it.
        polite: what may stand before either.
    """

    asks: str
    tells: str = ""
    closes: str = ""
    ends: str = ""
    polite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presses:
    """How a language asks for a click.

    Attributes:
        press: the instruction up to the button's name, and `ends` what stands behind the name, if anything.
        words: what is on buttons by which the agent goes on, or lets it be: those are in `declines`, too.
        lead: what may stand before the instruction.
        other: what stands before another button.
        edge: what a button's name ends at, where the instruction stands before it.
        pays, deletes: what tells that the click may cost credits, and that it may remove something.
        cue: what no such instruction is without.
    """

    press: str
    words: str
    ends: str = ""
    lead: str = ""
    other: str = ""
    edge: str = r"(?!\w)"
    declines: str = ""
    pays: str = ""
    deletes: str = ""
    cue: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """All phrases of one language."""

    refusals: Refusals
    questions: Questions
    presses: tuple[Presses, ...]
