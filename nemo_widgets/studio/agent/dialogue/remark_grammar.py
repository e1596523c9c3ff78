"""What is a remark and what it is about, in each language; the words stand in `remarks.toml`."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.language.leaning import IT
from nemo_widgets.studio.agent.language.tokens import LOOSE, QUOTE, SPAN
from nemo_widgets.studio.timeline.refs import ClipRef

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nemo_widgets.studio.agent.language.tokens import Veiled

__all__ = ["VALUE", "RemarkGrammar", "remark_grammar"]

_OR_NOTHING = ""
"""A remark that names a thing may be a mere reason for a wish that names its own: 'I can't hear the voice, …'."""
_PLACE = f"(?:{SPAN}|{LOOSE})"
VALUE = re.compile("[\ue000-\ue009][\ue100-\uf8ff]")
_DETERMINER = r"(?:the|my|our|this|that|these|those|all(?:\s+the)?|both|its|an?|some|any|every)"
_INDEFINITE = rx(r"^(?:an?|some|any)\s+")
_ITS = rx(
    r"(?<![\w'])(?:its|their)\s+(?P<what>speed|volume|pace|sound|audio|colou?rs?|brightness|length|size|contrast)(?![\w'])"
)
_LIT = rx(r"^\s*(?:请|帮我|帮忙|麻烦|给我|就|直接|都|全|一起|统统)*")
_REST = rx(r"(?<![\w'])(?:rest|remainder|others?|remaining|else)(?![\w'])|其[他它余]|剩|别的|另外")
"""What is said of the rest may be what becomes of it."""
_THAT_PART = rx(
    r"(?<![\w'])(?:that|this|the\s+whole)\s+(?:part|bit|section|moment|stretch|piece|passage)(?![\w'])"
)
_MUCH = rx(r"\s*(?:at\s+all|much|any\s*more|so\s+much|really)?")
_PARTICLE = rx(r"\s+(out|up|down|off|away|in|on)(?![\w'])")
_ENOUGH = rx(
    r"(?:an?|any|some|that|this|it|the\s+rest|everything\s+else)(?![\w']).{0,40}\s(?:is|are|will\s+be|will|would\s+be|'s)\s+"
    r"(?:just\s+|totally\s+|perfectly\s+|all\s+)?(?:fine|ok|okay|enough|good|great|perfect|right|alright|cool|do)"
)


class RemarkGrammar:
    """What is a remark in one language, and what it is about."""

    joint = ", "

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        one = {name: "|".join(said).replace(" ", r"\s+") for name, said in words.items()}
        thing = rf"(?:(?:{one['things']}|{one['heard']}|{one['parts']})(?![\w']))"
        at = rf"(?:\s+(?:from|between|in|of|at|on|during|near|around)?\s*(?:the\s+(?:start|beginning|end|middle)|(?:the\s+)?{_PLACE})){{0,2}}"
        self._noun = rx(
            rf"(?:{_DETERMINER}\s+)?{_PLACE}(?:\s+(?:{one['parts']})(?![\w']))?|(?:{_DETERMINER}\s+(?:[a-z'-]+\s+){{0,2}}?)?{thing}{at}"
        )
        self._opening = rx(rf"^(?:(?:{one['openings']})(?![\w'])[\s,]*)+")
        self._never = rx(rf"(?<![\w'])(?:{one['never']})(?![\w'])")
        self._verb = rx(rf"(?:(?<![\w'])|(?<=\w)(?='))(?:{one['verbs']})(?![\w])")
        self._part = rx(
            rf"^(?:{_DETERMINER}\s+)?(?:[a-z'-]+\s+){{0,2}}?(?:{one['parts']})\s+(?:from|between|in|of|at|on|during)?\s*(?P<place>{_PLACE})$"
        )
        self._other = rx(rf"(?:{one['others']})(?![\w])")
        self._there = rx(
            r"there(?:'s|'re|\s+is|\s+are|s)\s+(?:(?:just|still|also|always|such|way|too\s+much|too\s+many|so\s+much|so\s+many|a\s+lot\s+of|lots\s+of|loads\s+of)\s+)*"
        )
        self._dislikes = rx(rf"(?:i|we|my\s+\w+|people)\s*(?:{one['dislikes']})s?\s+")
        self._reason = rx(rf"(?:{one['reasons']})(?![\w'])\s+")
        self._filmed = rx(rf"(?:i|we|he|she|they|somebody|someone)\s+(?:{one['filmed']})\s+")
        self._purpose = rx(rf"(?:{one['purposes']})")
        self._seeming = rx(r"(?:feels?|looks?|sounds?|seems?)\s+[a-z]")
        self._unknown = rx(
            rf"{_DETERMINER}\s+(?:[a-z'-]+\s+){{1,3}}?(?:(?:{one['verbs']})(?![\w])|[a-z]+(?:[^s\W]s|ed)(?![\w']))"
        )
        self._thing = rx(rf"(?<![\w']){thing}")
        self._edited = rx(rf"(?<![\w'])(?:{one['things']})(?![\w'])")
        self._how = rx(
            r"(?:(?:a\s+(?:bit|little)|way|far|much|really|so|very|too|kinda|quite|pretty|just)\s+)+[a-z]+$"
        )

    def referents(self, piece: str, veiled: Veiled) -> list[str] | None:
        """What a remark is about, in the ways it may be said: none for nothing that is edited.

        None if the words are no remark.
        """
        bare = self._opening.sub("", piece.strip(" .!")).strip()
        if self._purpose.fullmatch(bare) and not VALUE.search(bare):
            return []
        if not bare or self._never.search(bare) or re.search(QUOTE, bare):
            return None
        ways = (
            (self._there, self._named),
            (self._dislikes, self._disliked),
            (self._reason, self._why),
            (self._filmed, self._named),
        )
        for opening, about in ways:
            if m := opening.match(bare):
                return about(bare, m.end(), veiled)
        noun = self._noun.match(bare)
        return self._described(bare, noun, veiled) if noun else self._about_nothing(bare, veiled)

    def _named(self, bare: str, start: int, veiled: Veiled) -> list[str] | None:
        noun = self._noun.match(bare, start)
        if noun is None:
            return self._about_nothing(bare, veiled)
        return None if VALUE.search(bare[noun.end() :]) else self._ways(noun.group(), veiled)

    def _disliked(self, bare: str, start: int, veiled: Veiled) -> list[str] | None:
        noun = self._noun.match(bare, start)
        if noun and _MUCH.fullmatch(bare[noun.end() :]):
            return self._ways(noun.group(), veiled)
        return None if noun else self._about_nothing(bare, veiled)

    def _why(self, bare: str, _start: int, _veiled: Veiled) -> list[str] | None:
        return None if VALUE.search(bare) else []

    def _described(self, bare: str, noun: re.Match[str], veiled: Veiled) -> list[str] | None:
        """What a clause is about that begins with a thing or a place."""
        rest = bare[noun.end() :]
        others = (m for m in self._noun.finditer(rest) if self._verb.match(rest[m.end() :].strip()))
        if VALUE.search(rest) or next(
            others, None
        ):  # 'the voice is quiet and the music is loud': which is 'it'?
            return None
        when = re.fullmatch(SPAN, noun.group()) and not isinstance(veiled.value(noun.group()), ClipRef)
        says = (
            re.match(r"\s+\w", rest) if when else self._verb.match(rest.strip())
        )  # '0:05 to 0:09 you see …'
        return self._ways(noun.group(), veiled) if says else None

    def is_aside(self, piece: str) -> bool:
        """Whether words behind a wish say something of a thing that nobody edits: 'a truck passes'."""
        bare = self._opening.sub("", piece.strip(" .!")).strip()
        if _ENOUGH.fullmatch(bare):
            return True
        plain = not (self._never.search(bare) or self._thing.search(bare) or VALUE.search(bare))
        return plain and not _REST.search(bare) and bool(self._unknown.match(bare))

    def _about_nothing(self, bare: str, veiled: Veiled) -> list[str] | None:
        other = self._other.match(bare) or self._there.match(bare)
        if said := VALUE.findall(bare):  # 'i sneeze at 0:07 to 0:08': when it is says where
            when = re.match(SPAN, said[0]) and not isinstance(veiled.value(said[0]), ClipRef)
            alone = other and when and len(said) == 1 and not self._edited.search(VALUE.sub("", bare))
            return [said[0]] if alone else None
        if other and self._verb.search(bare, other.end()):
            things = [m.group() for m in self._noun.finditer(bare, other.end())]
            return [*dict.fromkeys(things), _OR_NOTHING] if len(set(things)) == 1 else None if things else []
        return [] if self._how.fullmatch(bare) or self._seeming.match(bare) else None

    def _ways(self, noun: str, veiled: Veiled) -> list[str]:
        """The ways to name what a noun phrase names."""
        noun = _INDEFINITE.sub("the ", noun.strip())
        ways = [noun]
        if (m := self._part.match(noun)) and not isinstance(veiled.value(m["place"]), ClipRef):
            ways.append(m["place"])
        ways += [w.removesuffix("s") for w in ways[:1] if w.endswith("parts")]
        return ways

    def about(self, wish: str, referent: str) -> Iterator[str]:
        """The wish with the referent in the place of its pronoun."""
        if not referent:
            if not IT.search(wish) and (self._thing.search(wish) or VALUE.search(wish)):
                yield wish
            return
        if m := _ITS.search(wish):
            yield f"{wish[: m.start()]}the {m['what']} of {referent}{wish[m.end() :]}"
            yield f"{wish[: m.start()]}{referent}'s {m['what']}{wish[m.end() :]}"
            return
        if m := _THAT_PART.search(wish) or IT.search(wish):
            yield f"{wish[: m.start()]}{referent}{wish[m.end() :]}"
            if after := _PARTICLE.match(wish, m.end()):
                yield f"{wish[: m.start()]}{after[1]} {referent}{wish[after.end() :]}"
        elif referent.casefold() in wish.casefold():
            yield wish


class _Chinese(RemarkGrammar):
    """In Chinese the wish after a remark needs no pronoun: 第二个片段太暗了，调亮一点."""

    joint = "，"

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        one = {name: "|".join(said) for name, said in words.items()}
        self._noun = rx(
            rf"(?:{_PLACE}(?:的?(?:{one['parts']}))?(?:的?(?:{one['things']}))?|(?:这|那)?(?:个|段|些)?(?:{one['things']}))"
        )
        self._never = rx(one["never"])
        self._verb = rx(rf"(?:{one['verbs']})")
        self._reason = rx(
            rf"(?:{one['reasons']}|(?:实在|真的?|有点儿?|有些|太|很|好|没什么|不好)[^\ue000-\uf8ff]{{1,8}}$)"
        )
        self._part = rx(rf"^(?P<place>{_PLACE})(?:的?(?:{one['parts']}))$")
        self._thing = rx(rf"(?:{one['things']})")
        self._purpose = rx(rf"(?:{one['purposes']})")
        self._descriptive = rx(r"(?:[\u4e00-\u9fff]{2,6}的|.*(?:不清|不见|不好看|不出来|了|没意思))")

    def referents(self, piece: str, _veiled: Veiled) -> list[str] | None:
        """As in English."""
        bare = re.sub(
            r"^(?:那个?(?!叠)|嗯|其实|我觉得|我感觉|感觉)+[,，]?", "", piece.strip(" .!。！了吧啊呢哦嘛")
        )
        if self._purpose.fullmatch(bare) and not self._thing.search(bare):
            return []
        if not bare or self._never.search(VALUE.sub("", bare)) or re.search(QUOTE, bare):
            return None
        noun = self._noun.match(bare)
        if noun is None:
            why = self._reason.match(bare) and not VALUE.search(bare) and not _REST.search(bare)
            return [] if why else None
        rest = bare[noun.end() :]
        said = self._verb.search(rest) or piece.strip(" .!。！").endswith("了")
        if not rest or VALUE.search(rest) or not said:
            return None
        ways = [noun.group()]
        if m := self._part.match(noun.group()):
            ways.append(m["place"])
        return ways

    def is_aside(self, piece: str) -> bool:
        """Whether words behind a wish only describe: 黑乎乎的啥也看不清."""
        bare = piece.strip(" .!。！")
        plain = not (self._never.search(bare) or self._thing.search(bare) or VALUE.search(bare))
        said = self._descriptive.match(bare) or self._reason.match(bare)
        return plain and not _REST.search(bare) and bool(said)

    def about(self, wish: str, referent: str) -> Iterator[str]:
        """The wish with the referent before its verb, or in the place of its pronoun."""
        bare = _LIT.sub("", wish)
        if m := IT.search(bare):
            yield f"{bare[: m.start()]}{referent}{bare[m.end() :]}"
            return
        if referent in bare or VALUE.match(bare) or re.match(rf"从?{_PLACE}", bare):
            yield bare
            return
        if self._thing.match(bare):
            yield f"{referent}的{bare}"
            return
        yield f"把{referent}{bare}"
        yield f"{referent}{bare}"
        yield f"{bare}{referent}"


@cache
def remark_grammar(language: str) -> RemarkGrammar:
    """The remarks of a language, `zh` or English."""
    data: dict[str, Any] = tomllib.loads(
        (resources.files(__package__) / "remarks.toml").read_text(encoding="utf-8")
    )
    return (_Chinese if language == "zh" else RemarkGrammar)(data[language])
