"""What the uploaded clips can be called: by their files' names, with or without the ending."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from nemo_widgets.studio.timeline.refs import stem

from .vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection

    from nemo_widgets.studio.timeline.media_item import MediaItem

__all__ = ["clip_names", "common"]

_LEAST = 2
_COMMON = re.compile(
    r"(?:the|my|a|an|it|all|and|or|of|in|at|on|to|video|clip|movie|film|edit|cut|title|text|caption|subtitles?|music|song|sound|"
    r"audio|voice|speech|intro|outro|start|end|begin(?:ning)?|middle|first|second|third|last|fast|slow|new|old|final|draft|"
    r"interview|recording|footage|timeline|screencast|project|black|white|red|green|blue|yellow|dark|light|bright|warm|cool|big|"
    r"small|top|bottom|left|right|center|pause|pauses|silence|kiss|scene|part|section|highlights?|reel|\d+)",
    re.IGNORECASE,
)
"""A file that is called as something else is, too, must be named with its ending."""


def common(name: str) -> bool:
    """Whether a name is a word for something else on a timeline, or a number, or too short to be told."""
    return len(name) < _LEAST or _COMMON.fullmatch(name) is not None


def clip_names(media: Collection[MediaItem]) -> frozenset[str]:
    """The names of the videos and pictures, in small letters; a stem only where no two files share it."""
    files = [item.name.casefold() for item in media if item.kind in ("video", "image")]
    stems = Counter(stem(name) for name in files)
    plain = {s for s, many in stems.items() if many == 1 and not common(s) and s not in vocabulary()}
    return frozenset({*files, *plain})
