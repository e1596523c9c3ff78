"""Clips that are called by a common word and the word for a clip: 'the quiet clip' is quiet.mp4."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.edits.places import stem

from .numbers import NUMBER
from .ordinals import ORDINAL
from .tokens import FILE, rx

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from nemo_widgets.studio.agent.world import MediaItem

    from .tokens import Veiled

__all__ = ["hide_called"]

_NOUN = r"(?:clip|video|shot|footage|photo|picture|image|segment|recording|one)"
_NOUN_ZH = r"\s*(?:这|那)?(?:个|段|张|条)?(?:视频片段|片段|视频|照片|图片|素材)"
_THE = r"(?:the|my|this|that|our|your)"
_AND = r"\s*(?:,\s*and|,|and|with|&|or|from|to|after|before|behind)\s+"
_NO_NAME = rx(
    rf"{ORDINAL}|{NUMBER}|\W*|{_NOUN}s?|{_THE}|movie|film|timeline|project|whole|entire|full|all|each|every|both|any|some|other|another|same|next|previous|only|new|old|"
    r"current|original|uploaded|long(?:er|est)?|short(?:er|est)?|and|or|with|from|to|after|before|behind|a|an|in|at|of|on|is"
)
"""What says which of the clips, or how many, before it could be anybody's name."""
_SEPARATOR = re.compile(r"[\s_-]+")


def hide_called(text: str, veiled: Veiled, media: Collection[MediaItem]) -> str:
    """The text with a file's token for each clip that is called so.

    One word of a file's name will do where no other's has it: 'the quiet clip' may be quiet_talk.mp4.
    """
    said = _SEPARATOR.sub(" ", text.casefold())
    called = {name: file for name, file in _called(media).items() if name in said}
    if not called:
        return text
    names = "|".join(sorted(map(_spoken, called), key=len, reverse=True))
    one = rf"(?:{names})(?![\w'])"
    run = rx(
        rf"(?<![\w']){_THE}\s+{one}(?:{_AND}(?:{_THE}\s+)?{one})*\s+{_NOUN}s?(?![\w'-])|(?<![a-z0-9_])(?:{names})(?={_NOUN_ZH})"
    )
    name = rx(rf"(?P<name>{one})(?:\s+{_NOUN}s?(?![\w'-]))?")
    return run.sub(lambda m: name.sub(lambda n: _token(n, called, veiled), m.group()), text)


def _token(m: re.Match[str], called: Mapping[str, str], veiled: Veiled) -> str:
    plain = _SEPARATOR.sub(" ", m["name"].casefold())
    return veiled.hide(FILE, called[plain], m.group())


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
    return {called: file for called, file in found.items() if not _NO_NAME.fullmatch(called)}


def _words(name: str) -> str:
    return _SEPARATOR.sub(" ", stem(name)).strip()


def _spoken(name: str) -> str:
    return r"[\s_-]+".join(map(re.escape, name.split()))
