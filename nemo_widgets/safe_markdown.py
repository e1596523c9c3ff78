"""Markdown with words of others in it, made fit to stand in a notebook, whoever renders it, trusted or not.

What an agent says, a server answers or a file is called may hold HTML, pictures and links that run a script
or call a server as soon as the notebook is opened. Parsers differ, so nothing is parsed: a word joiner, which
nobody sees, goes behind the character by which such a thing begins.
"""

from __future__ import annotations

import re

__all__ = ["safe_markdown"]

_JOINER = "\u2060"
_OURS = r"(?:/?(?:sub|span)>|(?:https?://|mailto:)[^\s<>\"'`]*>)"
"""What may stand behind `<`: tags of our own, which do nothing, and links that are only written so."""
_GOOD = r"[ \t]*<?(?:https?://|mailto:)"
"""How the address of a link begins that may be followed."""
_BEGINS = re.compile(
    r"\\."  # what a backslash makes a plain character, it stays
    r"|(?P<begin>"
    rf"<(?=[A-Za-z/!?])(?!{_OURS})"  # HTML
    r"|!(?=\[)"  # a picture
    rf"|\](?=\()(?!\({_GOOD})"  # a link
    rf"|\](?=:)(?!:{_GOOD})"  # what a link's name stands for
    r")",
    re.IGNORECASE | re.DOTALL,
)


def safe_markdown(text: str) -> str:
    r"""The Markdown without HTML, pictures, and links to anything but http, https and mailto.

    They are shown as the text that they are. To apply it twice changes nothing more.

    >>> safe_markdown("<b>x</b> ![a](b) \\<i>").replace("\u2060", "·")
    '<·b>x<·/b> !·[a]·(b) \\<i>'
    >>> safe_markdown("<sub>0.4 s</sub> [a](https://a.org) <https://a.org>")
    '<sub>0.4 s</sub> [a](https://a.org) <https://a.org>'
    """
    return _BEGINS.sub(lambda found: found[0] + _JOINER if found["begin"] else found[0], text)
