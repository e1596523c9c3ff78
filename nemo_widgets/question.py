"""A question of the agent as data: read from its `ask_question` call, shown as text, answered in words.

The answer is the next message (protocol §4), so it is said in the question's own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any, NamedTuple

from nemo_widgets.catalogue import say
from nemo_widgets.languages import language_of, speaking, spoken
from nemo_widgets.printable import one_line, printable_repr, shortened
from nemo_widgets.question_args import read
from nemo_widgets.safe_markdown import DOLLAR, safe_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Ending", "Item", "Option", "Question"]

_SEVERAL = (list, tuple, set, frozenset)
_NAMED = 8
"""As many choices an error names at most."""

_NUMBER = re.compile(r"(?:#|no\.?\s*|(?:option|choice|number)\s+|第)?(\d+)[.)]?", re.IGNORECASE)
_NUMBERS = re.compile(r"\d+(?:(?:\s*(?:[,，、;；&+]|\band\b|\bor\b|和)\s*|\s+)\d+)+", re.IGNORECASE)
_COMMA = re.compile(r"\s*[,，、;；]\s*")
_LEADING = re.compile(r"\s*(\d+)[.)]?\s*(?:,\s+|[，、;；]\s*)(?=\S)")
_NEXT = re.compile(r"[;；]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$&=:@^])")
_FENCE = re.compile(r"^```\w*\n?", re.MULTILINE)
_MARKED = re.compile(rf"\\{_MARKDOWN.pattern}|[*`]")


class Ending(NamedTuple):
    """What is told of a question that nobody waits for any more; a part of it is "" where there is none.

    Attributes:
        note: that no choice was made, or no answer given.
        head: what the `words` are: the answer, or what was gone on with instead.
        words: the message.
        left: what was not answered with it.
    """

    note: str = ""
    head: str = ""
    words: str = ""
    left: str = ""


@printable_repr
@dataclass(frozen=True)
class Option:
    """One choice."""

    id: str
    label: str


@printable_repr
@dataclass(frozen=True)
class Item:
    """One question among those that are asked at once. Without options it is answered in free words."""

    id: str
    prompt: str
    options: tuple[Option, ...] = ()
    multiple: bool = False

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """What stands before each choice: 1, 2, 3; or a, b, c where a label itself is such a number."""
        count = len(self.options)
        numbers = tuple(str(n + 1) for n in range(count))
        letters = count <= len(ascii_lowercase) and any(o.label in numbers for o in self.options)
        return tuple(ascii_lowercase[:count]) if letters else numbers

    def find(self, text: str) -> Option | None:
        """The choice that `text` names: by its label, else its number or letter, else its id; or None."""
        text = text.strip()
        bare = text.rstrip(".!。！").casefold()
        for option in self.options:
            if option.label == text:
                return option
        for option in self.options:
            if bare and option.label.rstrip(".!。！").casefold() == bare:
                return option
        mark = _NUMBER.fullmatch(text)
        sign = str(int(mark[1])) if mark and len(mark[1]) < 10 else bare  # noqa: PLR2004 - int() has a limit
        if sign in self.marks:
            return self.options[self.marks.index(sign)]
        if len(bare) == 1 and bare in ascii_lowercase[: len(self.options)]:
            return self.options[ascii_lowercase.index(bare)]
        if mark and self.marks[:1] == ("a",):
            return None  # a number that is no label: never an id, which nobody sees
        return next((o for o in self.options if o.id and text in (o.id, o.id.casefold())), None)

    def choices(self) -> str:
        """The choices in one line, for an error: `1 crossfade, 2 cut`."""
        named = [f"{m} {o.label}" for m, o in zip(self.marks, self.options, strict=True)][:_NAMED]
        more = len(self.options) - len(named)
        return ", ".join(named) + (f", and {more} more" if more else "")

    def choose(self, given: Any) -> list[str]:
        """What a program gave as the answer to this question (one choice, or a list of them), in words.

        Raises:
            ValueError: as `Question.answer`.
        """
        several = list(given) if isinstance(given, _SEVERAL) else [given]
        return self._checked([self._pick(each) for each in several if each is not None and each != ""])

    def read(self, typed: str) -> list[str]:
        """What a person typed as the answer to this question, in words.

        Raises:
            ValueError: as `Question.parse`.
        """
        typed = typed.strip()
        if not self.options or not typed:
            return self._checked([typed] if typed else [])
        if option := self.find(typed):
            return [option.label]
        pieces = re.findall(r"\d+", typed) if _NUMBERS.fullmatch(typed) else _COMMA.split(typed)
        pieces = [piece for piece in pieces if piece]
        if all(_NUMBER.fullmatch(piece) or self.find(piece) for piece in pieces):
            return self._checked([self._pick(piece) for piece in pieces])
        # Words of one's own behind a number, '2, but slower': the agent does not know our numbers.
        words: list[str] = []
        while found := _LEADING.match(typed):
            words.append(self._pick(found[1]))
            typed = typed[found.end() :]
        self._checked(words or [typed])
        return [*words, typed]

    def _pick(self, choice: Any) -> str:
        """The label of one choice, or the words themselves where there are no options."""
        text = choice.label if isinstance(choice, Option) else str(choice).strip()
        if not self.options:
            return text
        option = self.find(text)
        if option is None:
            labels = {o.label.casefold(): o.label for o in self.options}
            near = get_close_matches(text.casefold(), labels, n=1)
            told = {"text": repr(shortened(text, 80)), "choices": self.choices()}
            if near:
                raise ValueError(say("ask.wrong choice, near", near=repr(labels[near[0]]), **told))
            raise ValueError(say("ask.wrong choice", **told))
        return option.label

    def _checked(self, words: list[str]) -> list[str]:
        words = list(dict.fromkeys(words))
        if len(words) == 1 or (words and self.multiple):
            return words
        asked = f"{one_line(self.prompt, 80)!r}" if self.prompt else say("ask.the question")
        told = (
            say("ask.one answer", asked=asked, count=len(words)) if words else say("ask.needs", asked=asked)
        )
        raise ValueError(say("ask.choose", told=told, choices=self.choices()) if self.options else told)


@printable_repr
@dataclass(frozen=True)
class Question:
    """What the agent wants to know: one question or several, under an optional title."""

    title: str
    items: tuple[Item, ...]

    @classmethod
    def from_args(cls, args: Any) -> Question | None:
        """The question in the arguments of an `ask_question` call, or None if there is none. Never raises."""
        title, found = read(args)
        items = tuple(
            Item(item.id, item.prompt, tuple(Option(*option) for option in item.options), item.multiple)
            for item in found
        )
        return cls(title, items) if items else None

    def args(self) -> dict[str, Any]:
        """The question as the arguments that `from_args` reads."""
        questions = [
            {
                "id": item.id,
                "prompt": item.prompt,
                "options": [{"id": option.id, "label": option.label} for option in item.options],
                "allow_multiple": item.multiple,
            }
            for item in self.items
        ]
        return {"title": self.title, "questions": questions}

    def answer(self, /, *choices: Any, **by_id: Any) -> str:
        """The text of the message that answers, checked.

        A choice is its label, its number (from 1, as shown) or letter, its id or its Option; free words
        where a question has no options. For one question: `answer("crossfade")`, `answer(1, 3)`. For
        several: one argument each in their order, lists where several may be chosen, or by the ids of
        the questions: `answer(2, [1, 3])`, `answer(transition=2, extras=[1, 3])`.

        Raises:
            ValueError: a choice or question that is not there, one without an answer, or several
                answers where one is asked for; the message names the choices.
        """
        given: dict[str, Any] = {}
        if len(self.items) == 1 and choices:
            flat = (each if isinstance(each, _SEVERAL) else [each] for each in choices)
            given[self.items[0].id] = [choice for each in flat for choice in each]
        elif len(choices) > len(self.items):
            counts = {"count": len(self.items), "given": len(choices)}
            raise ValueError(say("ask.many answers", names=self._ids(), **counts))
        else:
            given |= {item.id: choice for item, choice in zip(self.items, choices, strict=False)}
        known = [item.id for item in self.items]
        for name, choice in by_id.items():
            if name not in known:
                near = get_close_matches(name, known, n=1)
                told = {"name": repr(name), "names": self._ids()}
                raise ValueError(
                    say("ask.no question, near", near=repr(near[0]), **told)
                    if near
                    else say("ask.no question", **told)
                )
            if name in given:
                raise ValueError(say("ask.twice", name=repr(name)))
            given[name] = choice
        return self.message([item.choose(given.get(item.id, [])) for item in self.items])

    def parse(self, text: str) -> str:
        """The message for what a person typed behind `%nemo answer`.

        Numbers, letters or labels of choices, with `,` between several; `;` between several questions;
        other words are passed on as they are.

        Raises:
            ValueError: nothing was typed, a number that is not there, too many choices, or not as many
                answers as questions.
        """
        pieces = [text]
        if len(self.items) > 1:
            free = not self.items[-1].options  # its words may hold what parts the others
            pieces = _NEXT.split(text, maxsplit=len(self.items) - 1 if free else 0)
            if not free and len(pieces) > len(self.items) and not pieces[-1].strip():
                pieces.pop()
            if len(pieces) != len(self.items):
                row = "ask.counts" if len(pieces) > 1 else "ask.counts, one"
                counts = {"count": len(self.items), "given": len(pieces)}
                raise ValueError(say(row, example=self.example(), **counts))
        return self.message([item.read(p) for item, p in zip(self.items, pieces, strict=True)])

    def message(self, words: Sequence[Iterable[str]]) -> str:
        """The message that says `words` (labels or free text) for each question, in order.

        For one question just the words, for several a line `prompt: words` each, so that whoever reads it
        needs to know nothing of our numbers.
        """
        said = [", ".join(each) for each in words]
        if len(self.items) == 1:
            return said[0]
        return "\n".join(
            f"{_line(item)} {one_line(text)}" for item, text in zip(self.items, said, strict=True)
        )

    def example(self) -> str:
        """How one might answer here, such as `%nemo answer 2; 1,3`."""
        return f"%nemo answer {'; '.join(_example(item) for item in self.items)}"

    def ending(self, answer: str = "", instead: str = "") -> Ending:
        """What is told at its end: the `answer`, else what was said `instead`, else that there is none."""
        with speaking(self.language):
            if answer:
                left = "; ".join(self._unanswered(answer))
                return Ending("", say("ask.answered"), answer, left and say("ask.left", names=left))
            if instead:
                note = say("ask.no choice") if any(item.options for item in self.items) else ""
                return Ending(note, say("ask.went on"), instead)
            return Ending(say("ask.unanswered"))

    def _unanswered(self, answer: str) -> list[str]:
        """The questions of several that a message leaves out; none where it names no choice of any."""
        told = {
            item: [line for line in answer.splitlines() if line.casefold().startswith(_line(item).casefold())]
            for item in self.items
        }
        rest = [line for line in answer.splitlines() if not any(line in lines for lines in told.values())]
        pieces = [piece for line in rest for piece in _COMMA.split(line) if piece]
        named = [item for item in self.items if told[item] or any(item.find(piece) for piece in pieces)]
        own_words = not all(any(item.find(piece) for item in named) for piece in pieces)
        left = [i for i in self.items if i not in named and (i.options or not own_words)] if named else []
        return [one_line(item.prompt) or item.id for item in left]

    def markdown(self, answer: str | None = None, instead: str = "") -> str:
        """The question as static Markdown: with its choices and how to answer, or with its end.

        An `answer` of "" says that there is none, and that nobody waits for one any more; `instead` is what
        was said then. Labels are shown to the letter; a prompt keeps its Markdown, without HTML, pictures
        and formulas.
        """
        blocks = [f"**{escaped(self.title)}**"] if self.title else []
        for item in self._left(answer):
            prompt = safe_markdown(item.prompt)  # by itself, so that nothing in it reaches beyond it
            gap = "\n\n" if "\n" in prompt else " "
            blocks.append(f"{prompt}{gap}*({self._any()})*".strip() if item.multiple else prompt)
            row = "{}. {}" if item.marks[:1] == ("1",) else "- **{}** · {}"
            marked = zip(item.marks, item.options, strict=True)
            blocks.append("\n".join(row.format(mark, escaped(option.label)) for mark, option in marked))
        if answer is None:
            blocks.append(self._how("`"))
        else:
            note, head, words, left = self.ending(answer, instead)
            said = "  \n".join(escaped(one_line(row)) for row in words.splitlines())
            gap = "  \n" if "\n" in said else " "
            told = [f"*{note}*" if note else "", f"**{head}**{gap}{said}" if said else ""]
            blocks += [" ".join(filter(None, told)), f"*{escaped(left)}*" if left else ""]
        return safe_markdown("\n\n".join(filter(None, blocks)))

    def plain(self, answer: str | None = None, instead: str = "") -> str:
        """The same as plain text."""
        lines = [self.title]
        for item in self._left(answer):
            lines.append(f"{item.prompt} ({self._any()})".strip() if item.multiple else item.prompt)
            lines += [f"  {m}. {o.label}" for m, o in zip(item.marks, item.options, strict=True)]
        if answer is None:
            lines.append(self._how(""))
        else:
            *told, left = self.ending(answer, instead)
            lines += [" ".join(filter(None, told)), left]
        return "\n".join(filter(None, lines))

    def _left(self, answer: str | None) -> tuple[Item, ...]:
        """What there is still to say of the questions: an answer to several repeats what was asked.

        Where no choice was made, the choices stay: a question makes no sense without them.
        """
        if answer and len(self.items) > 1:
            return ()
        return tuple(replace(i, options=(), multiple=False) for i in self.items) if answer else self.items

    def _how(self, quote: str) -> str:
        with speaking(self.language):
            form = f"{quote}{self.example()}{quote}"
            if len(self.items) > 1:
                return say("ask.how, several", form=form)
            return say("ask.how, or words" if self.items[0].options else "ask.how", form=form)

    def _any(self) -> str:
        with speaking(self.language):
            return say("ask.any")

    @property
    def language(self) -> str:
        """The language that it is asked in, by its script; else the one that is spoken."""
        return language_of(" ".join([self.title, *(item.prompt for item in self.items)]), spoken())

    def _ids(self) -> str:
        return ", ".join(repr(item.id) for item in self.items)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/plain": self.plain(), "text/markdown": self.markdown()}


def _line(item: Item) -> str:
    """What stands before the answer to one question of several."""
    return f"{one_line(item.prompt).rstrip(' :?：？.。') or item.id}:"


def _example(item: Item) -> str:
    if not item.options:
        return say("ask.your words")
    if not item.multiple or len(item.options) == 1:
        return item.marks[min(1, len(item.options) - 1)]
    return f"{item.marks[0]},{item.marks[min(2, len(item.options) - 1)]}"


def escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def bare(markdown: str) -> str:
    """Markdown as plain words: without emphasis and marks of code, and what was escaped as it was."""
    return _MARKED.sub(lambda m: m[1] or "", _FENCE.sub("", markdown).replace(DOLLAR, "$"))
