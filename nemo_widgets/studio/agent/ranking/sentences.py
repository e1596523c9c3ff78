"""Sentences that people may say, made of templates: see `templates/en.toml`.

In a template `(a|b)` stands for one of these words, `{span}` for a value. Each is filled in several times:
alone, with a manner around it, beside a remark or a reason, in a chain with others, and with slips of the
fingers.
"""

# ruff: noqa: E501 - a table of values reads best with a row on a line

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import TYPE_CHECKING

from .ranker import NOTHING, QUESTION

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["LANGUAGES", "Sentence", "filled_in", "sentences", "templates"]

Sentence = tuple[str, frozenset[str]]
"""A sentence, and the kinds of edit that it wishes for."""
_AROUND = ("manners", "remarks", "reasons")
_VALUES = {
    "en": {
        "span": ("0:10 to 0:20", "0:12-0:15", "the first 3 seconds", "the last five seconds", "0:31 to 0:35", "from 12 to 15 seconds"),
        "at": ("0:30", "0:12", "12 seconds", "1:05"),
        "long": ("5 seconds", "three seconds", "2s", "1.5 seconds", "half a second"),
        "clip": ("the second clip", "the last clip", "trip.mp4", "the interview", "clip 3", "the night clip", "the beach"),
        "text": ('"Our Trip"', "“Day one”", '"hello"'),
        "share": ("20%", "30 percent", "60 %"),
        "factor": ("2x", "1.5x", "3 times"),
        "file": ("song.mp3", "theme.wav"),
        "lufs": ("-14 LUFS", "-16 lufs"),
        "degrees": ("90 degrees", "180 degrees", "90°"),
    },
    "zh": {
        "span": ("0:10到0:20", "前3秒", "最后5秒", "12秒到15秒", "开头三秒", "0:31-0:35"),
        "at": ("0:30", "12秒", "第20秒", "1分05秒"),
        "long": ("5秒", "三秒", "两秒", "半秒"),
        "clip": ("第二段", "最后一段", "trip.mp4", "interview", "第三个片段", "night"),
        "text": ("“我们的旅行”", "“第一天”", "“你好”"),
        "share": ("20%", "百分之三十", "60%"),
        "factor": ("2倍", "1.5倍", "两倍"),
        "file": ("song.mp3", "theme.wav"),
        "lufs": ("-14 LUFS", "-16 lufs"),
        "degrees": ("90度", "180度"),
    },
}  # fmt: skip
LANGUAGES = tuple(_VALUES)
_JOINTS = {
    "en": (", ", " and ", ", then ", ". ", ", and also ", "; "),
    "zh": ("，", "，然后", "，再", "。", "，顺便"),
}
_BESIDE = {"en": (", ", ". "), "zh": ("，", "。")}
_CHOICE = re.compile(r"\(([^()]*)\)")
_SLOT = re.compile(r"\{(\w+)\}")
_PLAIN, _MANNERED, _TOLD, _CHAINED = 2, 1, 2, 3
"""So many sentences of each template: alone, with a manner, beside a remark, and in a chain."""
_SLIPS = 0.15
"""The share of sentences with a slip of the fingers."""
_LEAST = 4
"""A shorter word is typed rightly."""


def templates(language: str) -> Mapping[str, Sequence[str]]:
    """The templates of a language by kind, and what may stand around them."""
    place = resources.files(__package__) / "templates" / f"{language}.toml"
    return tomllib.loads(place.read_text(encoding="utf-8"))


def filled_in(template: str, language: str, chance: random.Random) -> str:
    """A template with words and values in the place of its braces."""
    said = _CHOICE.sub(lambda m: chance.choice(m[1].split("|")), template)
    values = _VALUES[language]
    return _SLOT.sub(lambda m: chance.choice(values["clip" if m[1] == "other" else m[1]]), said).strip()


def sentences(language: str, chance: random.Random) -> Iterator[Sentence]:
    """The sentences of a language's templates."""
    kinds = dict(templates(language))
    around = {name: list(kinds.pop(name, ())) for name in _AROUND}
    for chain in kinds.pop("chains", ()):
        said, wished = chain[0], frozenset(chain[1:])
        yield from ((_slipped(said, chance), wished) for _ in range(_PLAIN))
    idle = {kind: kinds.pop(kind, ()) for kind in (NOTHING, QUESTION)}
    idle[NOTHING] = [*idle[NOTHING], *around["remarks"], *around["reasons"]]
    for kind, given in idle.items():
        for template in given:
            for _ in range(_PLAIN + _MANNERED + 1):
                yield _slipped(filled_in(template, language, chance), chance), frozenset({kind})
    edits = [(kind, template) for kind, given in kinds.items() for template in given]
    for kind, template in edits:
        for said in _said(template, around, language, chance):
            yield _slipped(said, chance), frozenset({kind})
        for _ in range(_CHAINED):
            parts = [(kind, template), *chance.sample(edits, chance.choice((1, 1, 2)))]
            chance.shuffle(parts)
            said = filled_in(parts[0][1], language, chance)
            for _, more in parts[1:]:
                said += chance.choice(_JOINTS[language]) + filled_in(more, language, chance)
            yield _slipped(said, chance), frozenset(each for each, _ in parts)


def _said(
    template: str, around: Mapping[str, Sequence[str]], language: str, chance: random.Random
) -> Iterator[str]:
    """One wish in many ways."""
    for _ in range(_PLAIN):
        yield filled_in(template, language, chance)
    for number in range(_MANNERED + _TOLD):
        said = filled_in(template, language, chance)
        if number % 2 == 0:
            said = filled_in(chance.choice(around["manners"]), language, chance).replace("…", said)
        if number >= _MANNERED:
            more = filled_in(chance.choice(around[chance.choice(("remarks", "reasons"))]), language, chance)
            parts = [said, more] if chance.random() < 0.5 else [more, said]  # noqa: PLR2004 - either way
            said = chance.choice(_BESIDE[language]).join(parts)
        yield said


def _slipped(text: str, chance: random.Random) -> str:
    """The text, at times with a letter of a word left out, doubled or swapped, or a word left out."""
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) >= _LEAST and word.isalpha() and word.isascii()]
    if not long or chance.random() > _SLIPS:
        return text
    at = chance.choice(long)
    word, place = words[at], chance.randrange(1, len(words[at]) - 1)
    head, letter, tail = word[:place], word[place], word[place + 1 :]
    words[at] = chance.choice(
        (head + tail, head + letter + letter + tail, head + tail[:1] + letter + tail[1:], "")
    )
    return " ".join(filter(None, words))
