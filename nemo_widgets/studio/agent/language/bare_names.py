"""Clips that are called by nothing but their names where only clips can stand: 'swap phone and quiet'.

Elsewhere a name that is a word of the grammar needs its ending or the word for a clip beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import unkept

from .called import called_so, plain, spoken
from .names import common
from .tokens import FILE

if TYPE_CHECKING:
    import re
    from collections.abc import Collection

    from nemo_widgets.studio.timeline.media_item import MediaItem

    from .tokens import Veiled

__all__ = ["hide_bare"]

_START = r"(?:^|(?<=[,.;，。；]\s)|(?<=[,.;，。；])|(?<=\band\s)|(?<=\bthen\s)|(?<=please\s))"
_END = r"(?=\s*(?:$|[,.;!，。；！]|and\s|then\s|please|instead|around))"
_THE = r"(?:the\s+)?"
_FAR = r"(?:to|at)\s+the\s+(?:very\s+)?(?:front|beginning|start|end|back)|first|last"
_PACE = (
    r"(?:(?:at\s+)?(?:twice\s+as|double|triple|half)(?![a-z])|(?:at\s+)?\d+(?:\.\d+)?\s?(?:x|times)(?![a-z]))"
)
_PHRASES = (
    rf"{_START}(?:swap|switch|exchange|interchange)\s+{_THE}ONE\s+(?:and|with|for|&)\s+{_THE}ONE{_END}",
    rf"{_START}(?:move|put|place|bring|shift)\s+{_THE}ONE\s+(?:(?:right\s+|directly\s+|just\s+)?(?:before|after|behind|in\s+front\s+of)\s+{_THE}ONE|{_FAR}){_END}",
    rf"{_START}{_THE}ONE(?=\s+{_PACE})",
    r"(?:交换|对调|调换|互换)\s*ONE\s*(?:和|跟|与)\s*ONE",
    r"(?:把|将)\s*ONE\s*(?:和|跟|与|同)\s*ONE\s*(?=的?(?:位置|顺序)?(?:换|调换|交换|互换|对调|调))",
    r"(?:把|将)\s*ONE\s*(?:放|移|挪|调|排|搬|移动)到?在?\s*(?:ONE\s*的?(?:前面|后面|之前|之后|前|后)|最前面?|最后面?|开头|末尾|结尾|片头|片尾)",
)


def hide_bare(text: str, veiled: Veiled, media: Collection[MediaItem]) -> str:
    """The text with a file's token for each such clip; as it is unless all that stands there are clips."""
    called = {name: file for name, file in called_so(text, media).items() if not common(name)}
    if not called:
        return text
    names = "|".join(map(spoken, sorted(called, key=len, reverse=True)))
    one = rf"(?:{FILE}|(?<![a-z0-9_'-])(?:{names})(?![a-z0-9_'-]))"
    name = unkept(rf"(?<![a-z0-9_'-])(?:{names})(?![a-z0-9_'-])")

    def hide(m: re.Match[str]) -> str:
        return veiled.hide(FILE, called[plain(m.group())], m.group())

    for phrase in _PHRASES:
        text = unkept(phrase.replace("ONE", one)).sub(lambda m: name.sub(hide, m.group()), text)
    return text
