"""Clips that are called by a word of their names: 'the quiet clip' is quiet.mp4, the forest forest-walk.mp4."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib import resources
from itertools import permutations
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx, unkept
from nemo_widgets.studio.timeline.refs import stem

from .names import common
from .numbers import NUMBER, number
from .ordinals import ORDINAL
from .spellings import respelt
from .tokens import FILE
from .vocabulary import is_phrase, vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from nemo_widgets.studio.timeline.media_item import MediaItem

    from .tokens import Veiled

__all__ = ["called_in_either", "called_so", "hide_called", "hide_words", "plain", "shared", "spoken"]

_NOUN = r"(?:clip|video|vid|shot|footage|photo|picture|pic|image|segment|recording|one)"
_NOUN_ZH = r"\s*(?:这|那)?(?:个|段|张|条)?(?:视频片段|片段|视频|照片|图片|素材)"
_THE = r"(?:the|my|this|that|our|your)"
_AND = r"\s*(?:,\s*and|,|and|with|&|or|from|to|after|before|behind)\s+"
_NO_NAME = rx(
    rf"{ORDINAL}|{NUMBER}|\W*|{_NOUN}s?|{_THE}|movie|film|timeline|project|whole|entire|full|all|each|every|both|any|some|other|another|same|next|previous|only|new|old|"
    r"current|original|uploaded|long(?:er|est)?|short(?:er|est)?|and|or|with|from|to|after|before|behind|a|an|in|at|of|on|is"
)
"""What says which of the clips, or how many, before it could be anybody's name."""
_SEPARATOR = re.compile(r"[\s_-]+")
_HAN = re.compile("[\u3400-\u9fff]{2,}")
_MOST_WORDS = 8
_LEAST = 3
"""Letters of a word that several names share."""
_RECORDED = ("interview", "recording", "screencast")
"""What the whole of a film can be called, too; one of several clips where it bears that name."""
_NOT_OF_IT = r"(?!\s+(?:music|songs?|sounds?|titles?|texts?|captions?|mood|theme|style|look)(?![a-z]))"
"""What says that the word before it is no clip's name: the party music."""
_LONGEST = 12
"""No part of a Chinese name that somebody says is longer."""


def hide_called(text: str, veiled: Veiled, media: Collection[MediaItem]) -> str:
    """The text with a file's token for each clip that is called so.

    One word of a file's name will do where no other's has it: 'the quiet clip' may be quiet_talk.mp4.
    """
    called = called_so(text, media)
    if not called:
        return text
    text = _hide_recorded(text, veiled, media, called)
    names = "|".join(sorted(map(spoken, called), key=len, reverse=True))
    one = rf"(?:{names})(?![\w'])"
    run = unkept(
        rf"(?<![\w']){_THE}\s+{one}(?:{_AND}(?:{_THE}\s+)?{one})*\s+{_NOUN}s?(?![\w'-])|(?<![a-z0-9_])(?:{names})(?={_NOUN_ZH})"
    )
    name = unkept(rf"(?P<name>{one})(?:\s+{_NOUN}s?(?![\w'-]))?")
    return run.sub(lambda m: name.sub(lambda n: _token(n, called, veiled), m.group()), text)


def _hide_recorded(text: str, veiled: Veiled, media: Collection[MediaItem], called: Mapping[str, str]) -> str:
    """The text with the token of a clip that is called as a whole film may be, where it is one of several."""
    names = [name for name in _RECORDED if stem(called.get(name, "")).casefold() == name]
    if not names or sum(item.kind in ("video", "image") for item in media) < 2:  # noqa: PLR2004 - several
        return text
    one = "|".join(names)
    name = unkept(
        rf"(?<![a-z0-9_'-])(?:{_THE}\s+(?P<name>{one})(?![a-z0-9_'-]){_NOT_OF_IT}|(?P<bare>{one})(?=\s+volume(?![a-z])))"
        rf"|(?:^|(?<=[,.;:]\s))(?P<first>{one})(?=\s+(?:in|at|to|needs|gets|twice\s+as|double|half|\d+(?:\.\d+)?x|faster|slower|louder|quieter|brighter|darker)(?![a-z]))"
    )
    return name.sub(
        lambda m: veiled.hide(FILE, called[plain(m["name"] or m["bare"] or m["first"])], m.group()), text
    )


def hide_words(text: str, veiled: Veiled, media: Collection[MediaItem]) -> str:
    """The text with a file's token for each word that says one clip and nothing else: 'make the forest warmer'.

    For a message that is not understood without it.
    """
    text = _hide_several(text, veiled, media)
    words = vocabulary()
    called = {name: file for name, file in called_so(text, media).items() if not common(name)}
    # What the grammar has a word for needs an article: the trip is trip.mp4, where nothing else reads so.
    for the, names in (
        (rf"(?:{_THE}\s+)?", [name for name in called if name not in words]),
        (rf"{_THE}\s+", [name for name in called if name in words]),
    ):
        if not names:
            continue
        one = "|".join(sorted(map(spoken, names), key=len, reverse=True))
        name = unkept(
            rf"(?<![a-z0-9_'-]){the}(?P<name>{one})(?![a-z0-9_'-])(?:\s+{_NOUN}s?(?![\w'-]))?{_NOT_OF_IT}"
        )
        text = name.sub(lambda m: _token(m, called, veiled), text)
    return text


def _hide_several(text: str, veiled: Veiled, media: Collection[MediaItem]) -> str:
    """The text with the tokens of all clips that share a word, for 'the beach clips'."""
    files = [item.name for item in media if item.kind in ("video", "image")]
    often = Counter(word for file in files for word in dict.fromkeys(_words(file).split()))
    shared_ = [
        word
        for word, many in often.items()
        if many > 1 and len(word) >= _LEAST and word in text.lower() and not _NO_NAME.fullmatch(word)
    ]
    if not shared_:
        return text
    said = unkept(
        rf"(?<![\w'])(?:(?:both|all|the|my|these|those|of)\s+)*(?:(?P<n>{NUMBER})\s+)?(?P<word>{'|'.join(map(re.escape, shared_))})\s+{_NOUN}s(?![\w'-])"
    )

    def hide(m: re.Match[str]) -> str:
        those = [file for file in files if m["word"].lower() in _words(file).split()]
        if m["n"] and number(m["n"]) != len(those):
            return m.group()
        return " and ".join(veiled.hide(FILE, file, m["word"]) for file in those)

    return said.sub(hide, text)


def called_so(text: str, media: Collection[MediaItem]) -> dict[str, str]:
    """The files' names by what clips can be called and the text says, in small letters."""
    said = _SEPARATOR.sub(" ", text.casefold())
    found = {name: file for name, file in _called(media).items() if name in said}
    return _pieces(said, media) | found


def called_in_either(text: str, media: Collection[MediaItem]) -> dict[str, str]:
    """Likewise, also by Chinese words for an English name: 夜景 is night.mp4 where no other clip is meant by it."""
    often: dict[str, set[str]] = {}
    english = {name: file for name, file in _called(media).items() if not _HAN.search(name)}
    for zh, words in _words_of_names():
        if zh in text:
            often.setdefault(zh, set()).update(english[word] for word in words if word in english)
    found = {zh: next(iter(files)) for zh, files in often.items() if len(files) == 1}
    longest = {zh for zh in found if not any(zh in other and zh != other for other in found)}
    return {zh: file for zh, file in found.items() if zh in longest} | called_so(text, media)


def _pieces(said: str, media: Collection[MediaItem]) -> dict[str, str]:
    """Likewise by a part of a Chinese name that no other file's has: Chinese parts no words."""
    files = [item.name for item in media if item.kind in ("video", "image")]
    runs = {run for file in files for run in _HAN.findall(stem(file))}
    found = {
        run[i:j]
        for run in runs
        for i in range(len(run))
        for j in range(i + 2, min(len(run), i + _LONGEST) + 1)
        if run[i:j] in said and not is_phrase(run[i:j])
    }
    whose = {piece: [file for file in files if piece in stem(file)] for piece in found}
    return {piece: those[0] for piece, those in whose.items() if len(those) == 1}


def _token(m: re.Match[str], called: Mapping[str, str], veiled: Veiled) -> str:
    return veiled.hide(FILE, called[plain(m["name"])], m.group())


def shared(text: str, media: Collection[MediaItem]) -> tuple[re.Match[str], list[str]] | None:
    """A word of the text that several clips' names have, and these files; None if there is none."""
    files = [item.name for item in media if item.kind in ("video", "image")]
    words = {word for file in files for word in _words(file).split()}
    for word in sorted(words, key=len, reverse=True):
        those = [file for file in files if word in _words(file).split()]
        least = len(word) > 2 and not common(word) and word not in vocabulary()  # noqa: PLR2004 - letters
        if len(those) > 1 and least and not _NO_NAME.fullmatch(word):
            said = unkept(
                rf"(?<![a-z0-9_'-])(?:{_THE}\s+)?{re.escape(word)}(?![a-z0-9_'-])(?:\s+{_NOUN}(?![\w'-]))?"
            ).search(text)
            if said:
                return said, those
    return None


def plain(words: str) -> str:
    """What somebody calls a clip, as `called_so` has it."""
    return _SEPARATOR.sub(" ", words.casefold())


def _called(media: Collection[MediaItem]) -> dict[str, str]:
    """The files' names by what their clips can be called: the whole name without its ending, or a word of it."""
    files = [item.name for item in media if item.kind in ("video", "image")]
    whole = [_words(name) for name in files]
    words = [dict.fromkeys(name.split()) for name in whole]
    many, often = Counter(whole), Counter(word for each in words for word in each)
    found = {
        word: file
        for file, each in zip(files, words, strict=True)
        for word in each
        if often[word] == 1 and len(word) > 2  # noqa: PLR2004 - letters that many words begin with
    }
    found |= {name: file for file, name in zip(files, whole, strict=True) if many[name] == 1}
    found = {
        name: file for called, file in found.items() for name in (*_spellings(called), *respelt(called))
    } | found
    found = _translated(files) | found
    return {called: file for called, file in found.items() if not _NO_NAME.fullmatch(called)}


def _spellings(name: str) -> set[str]:
    """A name as it is spelt in Britain and in America: harbour and harbor, theatre and theater."""
    pairs = (("our", "or"), ("or", "our"), ("tre", "ter"), ("ter", "tre"), ("grey", "gray"), ("gray", "grey"))
    others = {re.sub(rf"(?<=[a-z]){a}(?![a-z])" if len(a) < 4 else a, b, name) for a, b in pairs}  # noqa: PLR2004
    return {name, *others}


def _translated(files: Sequence[str]) -> dict[str, str]:
    """The files' names by English words for the Chinese ones in them, in any order: a night city, 城市夜景."""
    english = {
        file: [word for zh, words in _words_of_names() if zh in stem(file) for word in words]
        for file in files
    }
    often = Counter(word for words in english.values() for word in set(words))
    found: dict[str, str] = {}
    for file, words in english.items():
        own = list(dict.fromkeys(words))[:_MOST_WORDS]
        sure = {word for word in own if often[word] == 1}
        found |= {" ".join(pair): file for pair in permutations(own, 2) if sure & set(pair)}
        found |= dict.fromkeys(sure, file)
    return found


@cache
def _words_of_names() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Chinese words that names of files have, with the English ones."""
    data = tomllib.loads((resources.files(__package__) / "names.toml").read_text(encoding="utf-8"))
    return tuple((zh, tuple(words)) for zh, words in data.items())


def _words(name: str) -> str:
    return _SEPARATOR.sub(" ", stem(name)).strip()


def spoken(name: str) -> str:
    """A regular expression for such a name."""
    return r"[\s_-]+".join(map(re.escape, name.split()))
