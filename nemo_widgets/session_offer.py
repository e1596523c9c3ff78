"""What the connect card offers to go on with. Nothing is opened by itself."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from typing import TYPE_CHECKING

from nemo_widgets.errors import NemoError, SessionNotFound
from nemo_widgets.file_sizes import size_words
from nemo_widgets.languages import either
from nemo_widgets.session import Session, wait_for
from nemo_widgets.session_list import Known, listed
from nemo_widgets.session_register import Register
from nemo_widgets.session_words import summary_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.session_register import Noted

__all__ = ["elsewhere", "new_beside", "nothing_yet", "offered"]

_TRIED = 3
"""So many sessions of a cloud are asked for, which may not know them any more."""
_PATIENCE_S = 5.0
"""For so long: whoever connects waits for it."""
_LOOKED_AT = 20
"""So many of a studio's sessions are looked at; those used last may be empty, or open elsewhere."""


def offered(session: Session) -> list[str]:
    """The last session of the same place that something is in, and how to go on with it; Markdown lines."""
    register = Register()
    register.tidy()
    connection = session._connection  # noqa: SLF001 - one of our own
    language = connection.place.language
    with contextlib.suppress(NemoError):  # connected all the same
        listing = wait_for(listed(connection.client, connection.place, _LOOKED_AT))
        among = listing.sessions if listing else _noted(session, register)
        mine = {connection.place.session_id, *_in_variables(connection.place.server)}
        among = [one for one in among if one.noted.segments and one.id not in mine and not one.at]
        last = among[0] if listing and among else _living(session, among)
        if last is not None:
            told = summary_of(last.noted, language)
            line = either(language, f"Go on with {told}?", f"接着做？{told}：")
            line = f"{line} `%nemo open {last.noted.name}`"
            if listing is None or listing.disk_bytes is None:
                return [line]
            count, size = listing.filled, size_words(listing.disk_bytes)
            there = either(
                language,
                f"{count} session{'s' * (count != 1)}, {size} on the disk:",
                f"共 {count} 个会话，占磁盘 {size}：",
            )
            return [f"{line} · {there} `%nemo sessions`"]
    return []


def new_beside(session: Session, left: Session | None) -> list[str]:
    """That a session is a new one, and how to go on with another, such as the one that was `left` for it.

    Markdown lines; none where there is no other.
    """
    lines, language = offered(session), session._connection.place.language  # noqa: SLF001 - one of our own
    noted = Register().get(left._connection.place) if left is not None else None  # noqa: SLF001 - one of our own
    if noted is not None and noted.segments and not any(noted.name in line for line in lines):
        lines = [_kept(noted, language), *lines]
    new = either(language, "This is a **new, empty session**.", "这是一个**新的空会话**。")
    return [new, *lines] if lines else []


def elsewhere(session: Session, left: Session | None) -> str:
    """That from now on one is in this session, and how to get back to the one that was `left`; Markdown.

    It is "" where that is the same session.
    """
    register, place = Register(), session._connection.place  # noqa: SLF001 - one of our own
    language = place.language
    before = left._connection.place if left is not None else None  # noqa: SLF001 - one of our own
    if before is not None and (before.server, before.session_id) == (place.server, place.session_id):
        return ""
    noted = register.get(place)
    if noted is None:
        return ""
    there = summary_of(noted, language) if noted.segments else ""
    lines = [
        either(
            language,
            f"This is session **{noted.name}** from now on{there and ': '}{there}.",
            f"现在起在会话 **{noted.name}** 里{there and '：'}{there}。",
        )
    ]
    was = register.get(before) if before is not None else None
    if was is not None and was.segments:
        lines.append(_kept(was, language))
    return "\n\n".join(lines)


def nothing_yet(session: Session) -> str:
    """What to do where there is nothing in a session; Markdown."""
    language = session._connection.place.language  # noqa: SLF001 - one of our own
    nothing = either(language, "Nothing is here yet:", "这里还什么都没有：")
    return "\n\n".join([f"{nothing} `%nemo upload FILE`", *offered(session)])


def _kept(noted: Noted, language: str) -> str:
    """How to get back to what was done before."""
    words = either(language, "What was done before is kept:", "之前做的都还在：")
    return f"{words} `%nemo open {noted.name}`"


def _in_variables(server: str) -> set[str]:
    """The sessions of a server that the notebook or program holds in variables, and works with perhaps."""
    held = list(vars(sys.modules["__main__"]).values()) if "__main__" in sys.modules else []
    places = [one._connection.place for one in held if isinstance(one, Session) and not one.left]  # noqa: SLF001 - one of our own
    return {place.session_id for place in places if place.server == server}


def _noted(session: Session, register: Register) -> list[Known]:
    here = session._connection.place.server  # noqa: SLF001 - one of our own
    return [
        Known(noted, at="" if not register.held(noted.place) else "open")
        for noted in register.all()
        if noted.place.server == here and not noted.expired
    ]


def _living(session: Session, among: Sequence[Known]) -> Known | None:
    """The first that the server still knows, and that still has something in it, as it is now."""
    client = session._connection.client  # noqa: SLF001 - one of our own
    for one in among[:_TRIED]:
        try:
            draft = wait_for(asyncio.wait_for(client.state(one.id), _PATIENCE_S)).draft
        except TimeoutError:
            return None
        except SessionNotFound:
            continue  # perhaps it is another account's, so it stays in the list
        if draft:
            return Known(one.noted.of(draft))
    return None
