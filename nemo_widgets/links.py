"""Links as they may be shown: what a signed one holds behind its `?` is a secret, as is a password in it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

__all__ = ["link_name", "plain_links", "veiled", "without_query"]

_LINK = re.compile(r"""[a-z][a-z0-9+.-]*://[^\s"'<>，。；）】》”]+""", re.IGNORECASE)
_SIGNED_NAME = re.compile(r"([^\s?,/]+\.[a-z0-9]{2,4})\?[^\s,=]+=[^\s,]+", re.IGNORECASE)
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

    return _SIGNED_NAME.sub(r"\1", _LINK.sub(plain, text)) if "://" in text or "?" in text else text


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
