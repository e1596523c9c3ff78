"""Sorts of words: which classes of `en.toml` and `zh.toml` are verbs, things, what is ignored."""

# ruff: noqa: E501 - a list of classes reads best on few lines

from __future__ import annotations

import re

__all__ = [
    "ACTIONS",
    "BOUND",
    "FAULT",
    "HAN",
    "IGNORED",
    "NOUNS",
    "OTHER_FORM",
    "PREPOSITION",
    "QUALITIES",
    "TARGETS",
    "THINGS",
    "VAGUE",
    "VERBS",
    "is_content",
]

IGNORED = frozenset(
    {"little", "light", "wish", "joint-words", "reason", "it", "film", "add", "praise", "{mood}"}
)
"""What need not be accounted for."""
BOUND = re.compile(
    r"(?<![a-z])(?<!version\s)(?<!one\s)(?:where|whenever|wherever|while|when|whilst|during|in\s+which)\s+(?:the|a|an|my|our|his|her|their|he|she|they|someone|somebody|people|everyone)(?![a-z])",
    re.IGNORECASE,
)
"""Words of a remark by which only a part of the clip is meant."""
TARGETS = frozenset({"{clip}", "{span}"})
"""What an edit may be for."""
THINGS = frozenset({"music", "title", "voice", "sound", "transition", "subtitles", "{text}"})
"""What 'it' may be, besides."""
VERBS = frozenset(
    {
        "remove",
        "keep",
        "tighten",
        "freeze",
        "duplicate",
        "split",
        "swap",
        "order",
        "undo",
        "redo",
        "restart",
        "mute",
        "turn",
        "mirror",
        "louder",
        "quieter",
        "faster",
        "slower",
        "zoom",
    }
)
"""What is done by a verb that opens its clause."""
ACTIONS = (
    frozenset(
        [
            "level",
            "slow-motion",
            "backwards",
            "fade-in",
            "fade-out",
            "brighter",
            "darker",
            "warmer",
            "cooler",
            "vivid",
            "less-vivid",
            "sharper",
            "zoom-out",
            "turn-180",
            "follow",
            "crop",
            "grey",
            "no",
        ]
    )
    | VERBS
)
"""What somebody would not say without wishing for it, or against it."""
QUALITIES = frozenset(
    {"warmer", "cooler", "brighter", "darker", "vivid", "bigger", "smaller", "vertical", "square", "grey", "sepia", "reel", "slow-motion", "backwards", "{factor}", "{half}", "turn-180", "keep-only", "find",
     "condense", "behind", "rest", "{colour}", "{place}", "hard-cuts", "begin", "smooth", "level", "{lufs}", "beat", "move", "front", "last-place", "length", "enough", "finish", "write"}
)  # fmt: skip
"""What a thing is to be or to do, said without a verb."""
NOUNS = frozenset(
    {"music", "title", "voice", "sound", "noise", "speech", "{clip}", "{other}", "{span}", "{onward}", "{frame}", "part", "clip", "film", "whole", "pause", "start", "end", "scene", "picture", "transition",
     "each", "both", "face", "subtitles", "filler", "joint", "{long}", "{at}", "{share}", "last", "day", "blurry", "colour", "camera", "untouched", "find", "sideways", "hard-cuts"}
)  # fmt: skip
"""What a remark may speak of."""
VAGUE = frozenset(
    {
        "look",
        "part",
        "clip",
        "film",
        "whole",
        "picture",
        "scene",
        "day",
        "end",
        "start",
        "last",
        "{clip}",
        "{span}",
    }
)
"""What means nothing that could be forgotten."""
FAULT = re.compile(r"too |so |太|有点|icy|drown|draggy|washed|all over|盖|压过|看不清|看不见|听不清|听不见")
"""How words begin that say what is wrong."""
OTHER_FORM = re.compile(r"^(?!bring|spring|string)[a-z']+(?:ed|ing)(?: |$)|^[a-z]+[^s]s(?: |$)")
"""A verb that is no order: reversed, keeps."""
PREPOSITION = re.compile(
    r"(?<![a-z])(?:of|in|on|from|to|at|with|near|between|after|before|during|over|under|behind|where|when|by)\s+(?:(?:the|my|our|that|this|those|these|a|an|his|her|their)\s+)?$",
    re.IGNORECASE,
)
HAN = re.compile("[\u3400-\u9fff]")


def is_content(senses: frozenset[str]) -> bool:
    """Whether words of these classes have to be accounted for."""
    return bool(senses) and senses.isdisjoint(IGNORED)
