"""A token or client id that can be held and sent, but not shown."""

from __future__ import annotations

from typing import NoReturn

from nemo_widgets.errors import AuthError

__all__ = ["Secret", "header_safe"]

HIDDEN = "•••"
_SHORTEST_HIDDEN = 8
"""A shorter secret would be found in the middle of ordinary words, so it is not looked for in texts."""
_SERVER = "Is this really a NemoVideo server, and does nothing stand between you and it?"


class Secret:
    """Text that never appears in a repr, a message or a pickle; `reveal()` is the only way to it."""

    __slots__ = ("__weakref__", "_text")

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for a header or the file that keeps it."""
        return self._text

    def hide_in(self, text: str) -> str:
        """`text` with every occurrence of the secret replaced: servers repeat tokens in their errors."""
        return text.replace(self._text, HIDDEN) if len(self._text) >= _SHORTEST_HIDDEN else text

    def hide_in_bytes(self, body: bytes) -> bytes:
        """The same for a body that is not decoded yet."""
        secret = self._text.encode()
        return body.replace(secret, HIDDEN.encode()) if len(secret) >= _SHORTEST_HIDDEN else body

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


def token_from(text: object, *, where: str, hint: str = _SERVER) -> Secret:
    """A token as a secret.

    Raises:
        AuthError: it can't be one; the message names `where` it came from, never the token.
    """
    found = text if isinstance(text, Secret) else Secret(text.strip() if isinstance(text, str) else "")
    del text  # a traceback may show the locals of its frames
    if not header_safe(found.reveal()):
        raise AuthError(
            f"{where} is not a token: it is empty or holds characters that no token has.", hint=hint
        )
    return found
