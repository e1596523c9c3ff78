"""GUI talk: what the agent says to someone before a window, told to someone before a notebook.

The cloud's agent believes that its user sits before a GUI (protocol §11) and says 'click the Export
button' or 点击“导出”按钮. Such an instruction is replaced by what can be typed here, or left out where a
click is done through the API. What is said of the video's content stays, word for word; so does whatever
may not be an instruction to the reader. A click that the agent waits for becomes a question.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .hint import ASKS, ASKS_ABROAD, HINT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .click import Click

__all__ = ["awaited", "translate"]


_MOST = 100_000
"""In characters: of a longer answer the beginning is told anew, and a click is sought at its end."""
_MOST_CHANGES = 50
_SHORT = 20_000
"""In characters: in a longer answer a click is sought in English and Chinese only."""


def translate(text: str, *, changed: Sequence[str] = (), final: bool = True) -> str:
    """The agent's Markdown, with instructions about a GUI replaced by what holds in a notebook.

    Args:
        text: what the agent said so far, English, Chinese or both.
        changed: sentences that say what the turn changed; one that concerns an instruction takes its place.
        final: whether this is all. If not, a sentence without its end is left as it is for now.

    >>> translate("All set! Click the **Export** button to download it.")
    'All set! Export it with `%nemo export`.'
    >>> translate('The title now says "Click here".')
    'The title now says "Click here".'
    """
    if not HINT.search(text):
        return text
    if len(text) > _MOST:
        cut = text.rfind("\n", 0, _MOST) + 1 or _MOST
        return translate(text[:cut], changed=changed) + text[cut:]
    from .lines import line
    from .spoken import said_anew

    told = tuple(changed)[:_MOST_CHANGES]
    done = frozenset[str]()

    def say(body: str, last: bool) -> str:  # noqa: FBT001 - as the lines are walked
        nonlocal done
        if not HINT.search(body):
            return body
        words, done = line(body, told, done, whole=final or not last)
        return words

    return said_anew(text, say)


def awaited(said: str, *, changed: bool) -> Click | None:
    """The click that the agent waits for before it goes on, None if it waits for none.

    Args:
        said: all that the agent said in the turn, Markdown, untranslated.
        changed: whether the turn changed the timeline. If it did, 'click Apply' asks for nothing any more.

    >>> awaited("I can remove it. Click Yes to confirm.", changed=False).words
    ('Yes',)
    >>> awaited("Click the Export button.", changed=False)
    """
    if not ASKS.search(said):
        return None if changed else _abroad(said)
    from .click import find

    cut = said.rfind("\n", 0, -_MOST) + 1 or len(said) - _MOST if len(said) > _MOST else 0
    click = find(said[cut:], changed=changed)
    if click is None:
        return None if changed else _abroad(said)
    return replace(click, rest=said[:cut] + click.rest) if cut else click


def _abroad(said: str) -> Click | None:
    """The click that a short answer in a language of the others waits for."""
    if len(said) > _SHORT or not ASKS_ABROAD.search(said):
        return None
    from .abroad import find_abroad

    return find_abroad(said)
