"""Markdown of an untrusted author as safe HTML, block by block, and what changed between two states."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML

from nemo_widgets.markdown_tokens import parser, tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

__all__ = ["blocks", "delta", "drawn"]


def blocks(text: str) -> list[str]:
    r"""The HTML of each top-level block of `text`, in order.

    Raw HTML is shown as the text it is, links lead only to http, https and mailto and open apart, with their
    host told, and pictures are never loaded: the words that describe them stand in their place.

    >>> blocks("**Done.**\n\n<b>not bold</b>")
    ['<p><strong>Done.</strong></p>', '<p>&lt;b&gt;not bold&lt;/b&gt;</p>']
    """
    tokens, options = tokens_of(text), parser().options
    found, first = [], 0
    for i, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            html = _renderer().render(tokens[first : i + 1], options, {})
            found.append(html.rstrip("\n"))
            first = i + 1
    return found


def drawn(data: dict[str, Any], metadata: dict[str, Any]) -> dict[str, Any]:
    """An output as a page needs it: as it stands in a notebook, and its words as safe HTML."""
    kept = {kind: value for kind, value in data.items() if "widget" not in kind}
    words = str(kept.get("text/markdown") or kept.get("text/plain", ""))
    return {"data": kept, "metadata": metadata, "html": "".join(blocks(words))}


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


class _Renderer(RendererHTML):
    """markdown-it's own but for what is of others: links open apart, and no picture is loaded."""

    def text(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        # Two dollars in one element would begin a formula in an output that MathJax looks through.
        return super().text(tokens, idx, options, env).replace("$", "<span>$</span>")

    def link_open(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        address = escapeHtml(str(tokens[idx].attrGet("href")))
        return f'<a href="{address}" target="_blank" rel="noopener noreferrer">'

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return f'<span class="nemo-picture">{self.text(tokens, idx, options, env)}</span>'


_renderer = cache(_Renderer)
