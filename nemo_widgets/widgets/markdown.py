"""Markdown of an untrusted author as safe HTML, block by block, and what changed between two states."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token

__all__ = ["blocks", "delta"]

_SAFE_LINK = re.compile(r"(https?://|mailto:)[^\s]", re.IGNORECASE)
"""Only these may be followed; everything else (javascript:, data:, file:, relative) loses its address."""


def blocks(text: str) -> list[str]:
    r"""The HTML of each top-level block of `text`, in order.

    Raw HTML is shown as the text it is, links lead only to http, https and mailto and open apart, and
    pictures are never loaded: the words that describe them stand in their place.

    >>> blocks("**Done.**\n\n<b>not bold</b>")
    ['<p><strong>Done.</strong></p>', '<p>&lt;b&gt;not bold&lt;/b&gt;</p>']
    """
    parser = _parser()
    environment: dict[str, Any] = {}
    tokens = parser.parse(text, environment)
    found, first = [], 0
    for i, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            html = parser.renderer.render(tokens[first : i + 1], parser.options, environment)
            found.append(html.rstrip("\n"))
            first = i + 1
    return found


def delta(before: Sequence[str], after: Sequence[str]) -> dict[str, Any] | None:
    """What to send so that a front end which shows `before` shows `after`; None if they are the same.

    `from` is the first block that differs, `keep` how much of its old HTML still stands (in UTF-16 units,
    which is how JavaScript counts), `html` what follows: the rest of that block, then the later blocks.
    A paragraph or listing that grows costs only what it grew by, however long it is.
    """
    if list(before) == list(after):
        return None
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    changed = list(after[start:])
    keep = ""
    if start < len(before) and changed:
        keep = _shared(before[start], changed[0])
        changed[0] = changed[0][len(keep) :]
    return {"from": start, "keep": len(keep.encode("utf-16-le", "surrogatepass")) // 2, "html": changed}


def _shared(a: str, b: str) -> str:
    """What both begin with."""
    if b.startswith(a):
        return a
    return a[: next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(b))]


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    # Whether a link is safe is decided where it is rendered, so that nothing can slip by another way.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 - its interface
    parser.add_render_rule("link_open", _link_open)
    parser.add_render_rule("image", _image)
    return parser


def _link_open(self: RendererHTML, tokens: Sequence[Token], at: int, *_: Any) -> str:
    del self
    address = str(tokens[at].attrGet("href") or "")
    if not _SAFE_LINK.match(address):
        return "<a>"
    return f'<a href="{escapeHtml(address)}" target="_blank" rel="noopener noreferrer">'


def _image(self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    words = self.renderInlineAsText(tokens[at].children or [], options, env) or "picture"
    return f'<span class="nemo-picture">{escapeHtml(words)}</span>'
