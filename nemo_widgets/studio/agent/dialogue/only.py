"""Messages that name what alone is to stay: 'only the harbour', 'the kiss only, nothing else'.

Where nothing was said before, that is to keep it alone. After other messages it may say what these were for.
"""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.composing import NEVER_MIND, Asked, Plan
from nemo_widgets.studio.agent.edits.cuts import Cut
from nemo_widgets.studio.agent.edits.finding import CutFound
from nemo_widgets.studio.agent.edits.highlights import KeepBest, Reel
from nemo_widgets.studio.agent.edits.splitting import SplitScenes
from nemo_widgets.studio.agent.language.words import REMOVE
from nemo_widgets.studio.words import Said

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.studio.agent.edits.edit import Edit

__all__ = ["only"]

_MANNERS = r"(?:\s*,?\s*(?:please|pls|plz|thanks|thank\s+you))?"
_REST = r"(?:the\s+)?(?:rest|(?:all\s+(?:of\s+)?)?(?:the\s+)?others?(?:\s+(?:one|two|three|four|clip|shot|picture|pic|photo|video|part|bit)s?)?|everything\s+else)"
_SURE = rf"(?P<sure>\s*[,.;]?\s*(?:(?:and|so|then|please)\s+)*(?:{REMOVE}\s+{_REST}(?:\s+(?:out|away|off))?|without\s+{_REST}|nothing\s+(?:else|more)|no\s+others?|not\s+{_REST}|{_REST}\s+(?:can|should|must|has\s+to|have\s+to)\s+go))?"
_ONLY = rx(
    rf"\s*(?:(?:please|ok|okay|so|now)\s*,?\s+)*(?:(?P<want>i\s+(?:only|just)\s+(?:want|need)|i\s+(?:want|need)\s+(?:only|just)|give\s+me\s+(?:only|just)|(?:keep|use|show|leave|include)(?=.*(?<![a-z])only))\s+|only\s+|just\s+|nothing\s+but\s+|(?=.+\sonly(?![a-z])))"
    rf"(?!(?:keep|use|show|leave|play|kidding|wondering|asking|cut|remove|do|make)(?![a-z]))(?P<what>[^,.;!?]+?)(?:\s+only)?{_MANNERS}{_SURE}{_MANNERS}\s*[.!]*\s*"
)
_ZH = rx(
    r"\s*(?:就|只)(?:要)?(?P<what>[^,，.。;；!！?？]+?)(?:就(?:行|好|够)了?)?(?P<sure>\s*[,，]\s*(?:其他|其它|其余|别)的?(?:片段|部分)?(?:都|全都|全部)?(?:不要|删掉|去掉|删)了?)?\s*[.。!！]*\s*"
)
_KEEPING = (CutFound, KeepBest, Reel)


def only(text: str, plan: Callable[[str], Plan | None], *, first: bool) -> Plan | Asked | None:
    """The plan that keeps what a message names alone, or the question whether that is meant; else None."""
    m = _ONLY.fullmatch(text)
    zh = _ZH.fullmatch(text) if m is None else None
    said = f"keep only {m['what'].strip()}" if m else f"只保留{zh['what'].strip()}" if zh else ""
    found = plan(said) if said else None
    if found is None or not found.edits or not all(map(_keeps, found.edits)):
        return None
    if m and m["what"].strip().lower() in ("it", "that", "this", "them", "those"):
        return None
    sure = first or bool((m or zh)["sure"]) or bool(m and m["want"])  # type: ignore[index]
    if sure:
        return found
    prompt = Said("Is only that to stay, and the rest to go?", "只保留这部分，其余都删掉吗？")
    return Asked(prompt, (Said(said, said), NEVER_MIND), found.language)


def _keeps(edit: Edit) -> bool:
    """Whether an edit keeps something and takes the rest away."""
    if isinstance(edit, Cut):
        return bool(edit.keep) and not edit.remove and not edit.pauses
    return isinstance(edit, (*_KEEPING, SplitScenes)) and bool(getattr(edit, "keep", True))
