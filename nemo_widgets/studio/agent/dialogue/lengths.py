"""Wishes for a length, such as 'make it 15 seconds': a question which part of the film that is to be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.draft import clock, seconds
from nemo_widgets.studio.agent.composing import Asked
from nemo_widgets.studio.agent.edits.edit import Said, length_of
from nemo_widgets.studio.agent.language.times import TIME, milliseconds
from nemo_widgets.studio.agent.language.tokens import rx

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.studio.agent.composing import Plan
    from nemo_widgets.studio.agent.world import World

__all__ = ["to_length"]

_FILM = r"(?:video|clip|film|movie|recording|footage|interview|timeline|reel|vlog|whole\s+thing)"
_IT = rf"(?:it(?:\s+all)?|this|that|everything|(?:(?:the|my|this|our)\s+)?(?:whole\s+)?{_FILM})"
_MADE = r"(?:version|cut|edit|short|one|video|clip|film|movie|teaser|summary)"
_WISH = rx(
    r"\s*(?:(?:please|can\s+you|could\s+you|i\s+want(?:\s+you)?(?:\s+to)?|just|now)[\s,]+)*"
    rf"(?:(?:make|get|edit|turn)\s+{_IT}|(?:cut|trim|shorten|reduce|condense|bring|get|squeeze|edit|turn|make)\s+(?:{_IT}\s+)?(?:down\s+)?(?:to|into|in)|(?:make|create|give\s+me|cut|edit)(?=\s+an?\s))"
    rf"\s+(?:(?:be|last|only|just|about|around|exactly|an?)\s+)*(?P<long>{TIME})(?:[\s-]+(?:long|in\s+length|in\s+total))?(?:[\s-]+{_MADE})?(?:\s+(?:of|out\s+of|from)\s+{_IT})?(?:\s+please)?[\s.!?]*"
)
_WISH_ZH = re.compile(
    rf"\s*(?:请|帮我)*(?:把|将)?(?:它|这个|整个)?(?:视频|影片|片子|素材|短片)?(?:剪|缩短|压缩|做|改|弄|剪辑|缩)(?:成|到|为)(?P<long>{TIME})(?:左右|以内)?(?:长|的(?:视频|短片|片子|版本))?(?:吧)?[\s。！!?？]*",
    re.IGNORECASE,
)


def to_length(text: str, world: World, read: Callable[[str], Plan | None]) -> Asked | None:
    """The question that a wish for a length calls for; None if it is none. `read` gives a sentence's plan."""
    said = _WISH.fullmatch(text) or _WISH_ZH.fullmatch(text)
    if said is None:
        return None
    wanted, there = milliseconds(said["long"]), length_of(world.draft.data)
    language = "en" if said.re is _WISH else "zh"
    n, now = seconds(wanted), clock(there)
    if wanted < there:
        question = Said(f"Which {n} seconds of {now}?", f"{now} 中要哪 {n} 秒？")
        choices = [
            Said(f"make a {n} second highlight reel", f"剪成{n}秒的精彩集锦"),
            Said(f"keep only the first {n} seconds", f"只保留前{n}秒"),
            Said(f"keep only the last {n} seconds", f"只保留最后{n}秒"),
            Said(f"speed up the video so it lasts {n} seconds", f"加速到{n}秒"),
        ]
    else:
        question = Said(f"It is {now} long. How is it to become longer?", f"现在长 {now}。要怎么变长？")
        choices = [Said(f"slow down the video so it lasts {n} seconds", f"放慢到{n}秒")]
    return Asked(question, tuple(c for c in choices if read(c.in_language(language))), language)
