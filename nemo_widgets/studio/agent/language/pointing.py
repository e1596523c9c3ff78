"""Messages with the clip that they name, or the music, in the place of an 'it' that needs it to be understood."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.edit import Edit
from nemo_widgets.studio.timeline.refs import ClipRef

from .leaning import FILM_WORDS, HAN, IT
from .ordinals import ORDINAL
from .tokens import SPAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .grammar import Clause
    from .tokens import Veiled

__all__ = ["about_music", "filled", "leans_on", "led_by", "pointing"]

_TOPIC = rx(
    rf"^\s*(?:take|with|as\s+for|regarding|for|select|pick|choose|grab|选中|选择|选|对于|对|关于|针对)\s*(?P<place>{SPAN})\s*[,，:：;.]?\s*(?:(?:and|then)\s+)*(?P<rest>\S.*)$"
)
_SOME_CLIP = rx(
    rf"(?<![\w'])the\s+(?:{ORDINAL})(?![\w'])|"
    r"(?<![\w'])(?:the|my|that|this)\s+(?:[\w'-]+\s+){0,4}(?:one|ones|clips?|shots?|pieces?|parts?|bits?|scenes?|pictures?|photos?|footage)(?![\w'])"
    r"|[\u4e00-\u9fff](?:这|那)(?:一)?(?:段|个|张|条|部分)|第.{1,3}(?:段|个|张|条)|片段|镜头|素材"
)
"""Words that may be for a clip, understood or not."""
_SILENT = rx(r"(?<![\w'])(?:mute|silence)(?![\w'])|静音")
"""Nobody adds what is not to be heard."""


def about_music(before: Sequence[Clause], text: str, words: str) -> str | None:
    """A message whose words are about music, as what comes before them is: 'add music and make it quieter'."""
    last = before[-1].intents[-1] if before else None
    if not isinstance(last, Edit) or "music" not in (last.subject, last.touches) or _SILENT.search(words):
        return None
    name = "音乐" if HAN.search(words) else "the music"
    if not IT.search(words):
        return text.replace(words, f"{name}{words.strip()}") if HAN.search(words) else None
    return text.replace(words, IT.sub(name, words, count=1))


def pointing(text: str, words: str, veiled: Veiled) -> str | None:
    """A message with the clip that it names last in the place of the 'it' in its words; None if there is none."""
    at = text.find(words)
    said = IT.search(text, at) if at > 0 else None
    if said is None or said.end() > at + len(words):
        return None
    tokens = [t for t in re.findall(SPAN, text[: said.start()]) if isinstance(veiled.value(t), ClipRef)]
    return f"{text[: said.start()]}{tokens[-1]}{text[said.end() :]}" if tokens else None


def filled(text: str, words: str, veiled: Veiled) -> list[str]:
    """A message with an 'it' in words that need one to be understood, where it names a clip before them."""
    at = text.find(words)
    named = any(isinstance(veiled.value(token), ClipRef) for token in re.findall(SPAN, text[: max(0, at)]))
    if not named or IT.search(words) or re.search(SPAN, words):
        return []
    head, tail, bare = text[:at], text[at + len(words) :], words.strip()
    if HAN.search(bare):
        return [f"{head}{it}{bare}{tail}" for it in ("它", "把它")]
    return [f"{head}{bare} it{tail}"]


def leans_on(text: str, words: str) -> bool:
    """Whether these words of a message name a clip that what comes after them leans on: '…, and mute it'."""
    _, found, tail = text.partition(words)
    if not found or not words or not _SOME_CLIP.search(words) or re.fullmatch(r"\W*", tail):
        return False
    return bool(IT.search(tail)) or bool(HAN.search(tail) and not FILM_WORDS.search(tail))


def led_by(text: str, veiled: Veiled) -> str | None:
    """'Take the second clip, mute it' with the clip in the place of the first 'it'; None if it is no such message."""
    said = _TOPIC.match(text)
    if said is None or not isinstance(veiled.value(said["place"]), ClipRef):
        return None
    if IT.search(said["rest"]):
        return IT.sub(said["place"], said["rest"], count=1)
    return f"把{said['place']}{said['rest']}" if HAN.search(said["rest"]) else None
