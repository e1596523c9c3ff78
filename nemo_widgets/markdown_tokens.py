"""Markdown of an untrusted author, read once for all that show it: a page and a saved notebook.

Its tokens hold no HTML, no pictures, and no links but those that may be followed, each with its host.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.token import Token

from nemo_widgets.links import WebLink, web_link
from nemo_widgets.printable import JOINER, printable, without_controls

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.rules_inline import StateInline

__all__ = ["parser", "tokens_of"]

_BARE = re.compile(r"https?://[^\s<>\"'`|\\，。；）】》”]+", re.IGNORECASE)
_BEHIND = ".,;:!?*_~)]}"
"""What stands behind a link in a sentence, and is no part of it."""
_FORMULA = re.compile(r"\\(?=[()\[\]$]|(?:begin|end|(?:eq)?ref)\s*\{)")
"""The backslash by which TeX begins in a page that has Jupyter's MathJax."""
_DOLLAR = re.compile(r"<span>\\?\$</span>")
_LINKS = re.compile(r"https?(?=://)", re.IGNORECASE)
"""How an address begins in words that are no link, so that nobody makes it one."""
_BROKEN = rf"\g<0>{JOINER}"
_LANGUAGES = frozenset({"bash", "json", "python", "sh", "text", "toml", "xml", "yaml"})
"""Of other code the language is left out: some pages draw a diagram or a map of it."""
_BREAKS = ("softbreak", "hardbreak")
_SMALL, _LARGE = "<sub>", "</sub>"
_MOST_SMALL = 4000


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text, as markdown-it's renderer takes them.

    Beside CommonMark there are tables, ~~struck~~ words and <sub>small</sub> ones. A picture is the words
    that describe it. A link that may not be followed is its words; behind another one its host is told.
    """
    tokens = parser().parse(without_controls(text))
    for token in tokens:
        if token.type == "inline":
            token.children = _joined(_linked(token.children or []))
        elif token.type == "fence" and (language := token.info.strip().lower()) in _LANGUAGES:
            token.info = language
        elif token.type == "fence":
            token.info = ""
    return tokens


@cache
def parser() -> MarkdownIt:
    """What reads Markdown. Whether a link may be followed is decided in one place, for all kinds of them."""
    made = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    made.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 - its interface
    made.inline.ruler.before("autolink", "own_tags", _own_tags)
    return made


def _own_tags(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's interface
    """The two tags that this package itself puts into Markdown: small words, and a dollar that is one."""
    if (found := _DOLLAR.match(state.src, state.pos)) is not None:
        state.pending += "" if silent else "$"
        state.pos = found.end()
        return True
    if not state.src.startswith(_SMALL, state.pos):
        return False
    begin = state.pos + len(_SMALL)
    end = state.src.find(_LARGE, begin, min(state.posMax, begin + _MOST_SMALL))
    if end < 0 or _SMALL in (words := state.src[begin:end]) or not words.strip():
        return False
    if not silent:
        state.push("sub_open", "sub", 1)
        inside: list[Token] = []
        state.md.inline.parse(words, state.md, state.env, inside)
        state.tokens += inside
        state.push("sub_close", "sub", -1)
    state.pos = end + len(_LARGE)
    return True


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)


def _linked(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens with links that may be followed, the host of each behind its words."""
    inside: list[WebLink | None] = []
    words, told_already = "", False
    for token in tokens:
        if token.type == "link_open":
            inside.append(web_link(str(token.attrGet("href") or "")))
            words, told_already = "", False
            if (link := inside[-1]) is not None:
                yield _opened(link.address)
                if token.info == "auto":  # its words are the address, in a form for people
                    words, told_already = link.address.removeprefix("mailto:"), True
                    yield _text(words)
        elif token.type == "link_close":
            if (link := inside.pop()) is not None:
                told = (link.address, link.host, link.address.partition("://")[2].rstrip("/"))
                if words.strip() not in told and not words.rstrip().endswith(f"({link.host})"):
                    yield _text(f" ({link.host})")
                yield token
        elif token.type == "text" and not inside:
            yield from _bare_links(token.content)
        elif not (inside and told_already):
            words += token.content
            yield token


def _opened(address: str) -> Token:
    attributes: dict[str, str | int | float] = {"href": address}
    return Token("link_open", "a", 1, attrs=attributes)


def _bare_links(text: str) -> Iterator[Token]:
    """A text whose addresses are links."""
    at = 0
    for found in _BARE.finditer(text):
        written = _written(found[0])
        link = web_link(parser().normalizeLink(written))
        if link is not None:
            yield _text(text[at : found.start()])
            yield _opened(link.address)
            yield _text(link.address)
            yield Token("link_close", "a", -1)
            at = found.start() + len(written)
    yield _text(text[at:])


def _written(address: str) -> str:
    """An address in a sentence, without what stands behind it there."""
    bare = address.rstrip(_BEHIND)
    return f"{bare})" if "(" in bare and address[len(bare) :].startswith(")") else bare


def _joined(tokens: Iterator[Token]) -> list[Token]:
    """The tokens, with one text where there were several, each fit to stand in a page."""
    found: list[Token] = []
    for is_text, grouped in groupby(tokens, lambda token: token.type == "text"):
        group = list(grouped)
        found += [_text("".join(token.content for token in group))] if is_text else group
    for at, token in enumerate(found):
        if token.type == "text" and not (at and found[at - 1].attrGet("href") == token.content):
            token.content = _words(token.content)
            if at == 0 or found[at - 1].type in _BREAKS:
                token.content = token.content.lstrip()
            if at == len(found) - 1 or found[at + 1].type in _BREAKS:
                token.content = token.content.rstrip()
        elif token.type == "image":
            token.content = _description(token)
    return found


def _description(picture: Token) -> str:
    """The words that stand for a picture."""
    words = "".join(inner.content or " " for inner in picture.children or [])
    return " ".join(_words(words).split()) or "picture"


def _words(text: str) -> str:
    """Words in one line, of which nobody makes a link or a formula."""
    return _FORMULA.sub(_BROKEN, _LINKS.sub(_BROKEN, " ".join(printable(text).split("\n"))))
