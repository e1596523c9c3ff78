"""A token or client id that can be held and sent, but not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from nemo_widgets.catalogue import say
from nemo_widgets.disguises import Disguises
from nemo_widgets.errors import AuthError
from nemo_widgets.redaction import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nemo_widgets.readings import Reading

__all__ = ["Secret", "header_safe"]


class Secret:
    """Text that never appears in a repr, a message or a pickle; `reveal()` is the only way to it."""

    __slots__ = ("__weakref__", "_disguises", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._disguises = Disguises(text)

    def reveal(self) -> str:
        """The text itself, for a header or the file that keeps it."""
        return self._text

    def spans(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Where it stands in a reading of a text; a very short one is not looked for."""
        return self._disguises.spans(reading)

    def __repr__(self) -> str:
        return f"Secret({HIDDEN})"

    __str__ = __repr__

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret is not pickled.")


def header_safe(text: str) -> bool:
    """Whether `text` may stand in a header: visible ASCII, no spaces.

    It is asked before the HTTP library can ask, whose complaint would show the whole value.
    """
    return bool(text) and all("!" <= c <= "~" for c in text)


def token_from(text: object, *, where: str, hint: str | None = None) -> Secret:
    """A token as a secret.

    Raises:
        AuthError: it can't be one; the message names `where` it came from, never the token.
    """
    found = text if isinstance(text, Secret) else Secret(text.strip() if isinstance(text, str) else "")
    del text  # a traceback may show the locals of its frames
    if not header_safe(found.reveal()):
        raise AuthError(
            say("token.bad", where=where), hint=say("hint.ProtocolError") if hint is None else hint
        )
    return found
