"""Links as they may be shown: what a signed one holds behind its `?` is a secret, as is a password in it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

__all__ = ["link_name", "plain_links", "veiled", "without_query"]

_LINK = re.compile(r"""[a-z][a-z0-9+.-]{0,40}://[^\s"'<>，。；）】》”]+""", re.IGNORECASE)
_WORD = re.compile(r"[^\s,]+")
_NAME = re.compile(r"(?<=[^?/])\.[a-z0-9]{2,4}\?", re.IGNORECASE)
"""The end of a file's name that a query follows."""
_BEHIND = ".,;:!?)]}"
"""What stands behind a link in a sentence, and is no part of it."""

_SHORTEST = 6
"""What is shorter is no secret, and would be found in the middle of ordinary words."""


def without_query(link: str) -> str:
    """The link without user, password, query and fragment."""
    head, _, _ = link.strip().partition("?")
    head, _, _ = head.partition("#")
    scheme, mark, rest = head.partition("://")
    place, slash, path = rest.partition("/")
    return f"{scheme}{mark}{place.rpartition('@')[2]}{slash}{path}"


def link_name(link: str) -> str:
    """The name of the file that a link leads to; where its path names none, its host."""
    shown = without_query(link)
    try:
        return PurePosixPath(unquote(urlsplit(shown).path)).name or urlsplit(shown).hostname or "link"
    except ValueError:
        return "link"


def plain_links(text: str) -> str:
    """A text of the user's as it may be listed: its links without user, password, query and fragment."""

    def plain(found: re.Match[str]) -> str:
        link = found[0].rstrip(_BEHIND)
        return without_query(link) + found[0][len(link) :]

    text = _LINK.sub(plain, text) if "://" in text else text
    return _WORD.sub(_unsigned, text) if "?" in text else text


def _unsigned(found: re.Match[str]) -> str:
    """A word without the query behind a file's name, `x.mp4?signature=…`; it is looked through once."""
    word = found[0]
    for name in _NAME.finditer(word):
        equals = word.find("=", name.end())
        if equals in (-1, len(word) - 1):
            break
        if equals > name.end():
            return word[: name.end() - 1]
    return word


def veiled(text: str, link: str) -> str:
    """A text that may repeat a link or its parts, without what `without_query` takes away."""
    link, shown = link.strip(), without_query(link)
    text = text.replace(link, shown)
    head, _, anchor = link.partition("#")
    query = head.partition("?")[2]
    user = head.partition("://")[2].partition("/")[0].rpartition("@")[0]
    values = [pair.partition("=")[2] for pair in f"{query}&{anchor}".split("&")]
    secrets = {query, anchor, user, user.partition(":")[2], *values}
    for secret in sorted(secrets | {unquote(secret) for secret in secrets}, key=len, reverse=True):
        if len(secret) >= _SHORTEST and secret not in shown:
            text = text.replace(f"?{secret}", "").replace(f"#{secret}", "").replace(secret, "•••")
    return text
