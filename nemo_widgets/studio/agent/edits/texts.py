"""The texts on the timeline by what they are: titles, captions, lower thirds, subtitles; a track each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from nemo_widgets.draft.schema import TEXT_KINDS
from nemo_widgets.fonts import forms_of, forms_of_language
from nemo_widgets.studio.limits import MOST_TEXT, short
from nemo_widgets.studio.timeline.errors import EditRefused, Unclear
from nemo_widgets.studio.timeline.texts import texts
from nemo_widgets.studio.words import Said

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.draft import Segment
    from nemo_widgets.studio.agent.world import World

__all__ = ["Kind", "chosen", "fitting", "name_of", "one", "spoken"]

Kind = Literal["title", "caption", "lower-third", "subtitle"]
_MOST_NAMED = 8


def fitting(*written: str) -> None:
    """Check that each of these texts can be shown.

    Raises:
        EditRefused: one is too long.
    """
    for text in written:
        if len(text) > MOST_TEXT:
            raise EditRefused(
                Said(f"A text has at most {MOST_TEXT:,} characters, and this one has {len(text):,}. "
                     "Nothing was changed.",
                     f"文字最多 {MOST_TEXT:,} 个字符，这段有 {len(text):,} 个。没有做任何改动。")
            )  # fmt: skip


def spoken(text: str, world: World) -> dict[str, str]:
    """What is written down of a text's language: that of the session, where its characters need it.

    Chinese characters look otherwise in Japan, Korea and Taiwan than in mainland China.
    """
    plain = any(char >= "\u2e80" for char in text) and not forms_of(text)
    return {"lang": world.language} if plain and forms_of_language(world.language) == "east" else {}


def chosen(
    draft: dict[str, Any], kinds: tuple[str, ...], which: str, number: int
) -> tuple[list[Segment], list[Segment]]:
    """The texts meant, and those among which they were looked for.

    `which` is what one says, or ""; `number` counts them from 1, or from the end if negative; 0 for all.

    Raises:
        EditRefused: no text says that, or there are not so many.
    """
    found = texts(draft, kinds)
    if which:
        same = [s for s in texts(draft) if s.text.casefold().strip() == which.casefold().strip()]
        if not same and found:
            there = [f"“{short(s.text)}”" for s in found[:_MOST_NAMED]]
            more = "…" if len(found) > _MOST_NAMED else ""
            raise EditRefused(
                Said(f"No {name_of(*kinds).en} says “{short(which)}”; there is {', '.join(there)}{more}. "
                     "Nothing was changed.",
                     f"没有写着“{short(which)}”的{name_of(*kinds).zh}；现有{'、'.join(there)}{more}。没有做任何改动。")
            )  # fmt: skip
        return same, found
    if number:
        at = number - 1 if number > 0 else len(found) + number
        if not 0 <= at < len(found):
            many, what = len(found), name_of(*kinds)
            raise EditRefused(
                Said(f"There {'is' if many == 1 else 'are'} {many or 'no'} {what.en}{'s' * (many != 1)}. "
                     "Nothing was changed.",
                     f"{f'现有 {many} 个' if many else '没有'}{what.zh}。没有做任何改动。")
            )  # fmt: skip
        return [found[at]], found
    return found, found


def one(found: list[Segment], kinds: tuple[str, ...], instruction: Callable[[Segment], Said]) -> Segment:
    """The one text that is meant.

    Raises:
        EditRefused: there is none.
        Unclear: there are several; each choice is `instruction` of one of them.
    """
    what = name_of(*kinds)
    if not found:
        raise EditRefused(
            Said(f"There is no {what.en} to change. Nothing was changed.",
                 f"没有可以修改的{what.zh}。没有做任何改动。")
        )  # fmt: skip
    if len(found) > 1:
        raise Unclear(Said(f"Which {what.en} is meant?", f"是指哪个{what.zh}？"),
                      [instruction(s) for s in found[:_MOST_NAMED]])  # fmt: skip
    return found[0]


def name_of(*kinds: str) -> Said:
    """What texts of these kinds are called: by the first, a title where none is said."""
    return Said(*TEXT_KINDS[kinds[0] if kinds else "title"].name)
