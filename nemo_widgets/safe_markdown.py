"""Markdown with words of others in it, made fit to stand in a notebook, whoever renders it, trusted or not.

What an agent says, a server answers or a file is called may hold HTML, pictures and links that run a script
or call a server as soon as the notebook is opened, and formulas and diagrams, which a page carries out.
Parsers differ in what they take for such a thing. So the text is read as for a live view, and what was
understood is written anew in one plain way, with everything else in it as the words that it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .markdown_words import DOLLAR, in_code, longest_ticks, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.tree import SyntaxTreeNode

__all__ = ["DOLLAR", "marked", "safe_markdown"]

_BEGINS = re.compile(
    r"^(?:(?P<number>\d{1,9})(?=[.)](?:\s|$))|[#>]|[-+](?=\s|$)|:(?=[\s:])|[-=|:](?=[-=|:\s]*$))",
    re.MULTILINE,
)
"""What is more than a character at the beginning of a line."""
_COLUMNS = {"left": ":--", "right": "--:", "center": ":-:"}
_GREATEST = 10**9 - 1
"""A list of Markdown counts no further."""
_END = "\n\n[//]: #"
"""Behind a list, so that it ends: nobody sees it.

nbconvert and others write plain words below, indented as code. Behind a list these would go on with it, and
what stands in them would be Markdown.
"""


def safe_markdown(text: str) -> str:
    r"""The Markdown without HTML, pictures, formulas, and links to anything but http, https and mailto.

    They are shown as the words that they are, and behind a link its host. To apply it twice changes nothing
    more.

    >>> safe_markdown("<b>x</b> \\<i>")
    '&lt;b>x&lt;/b> &lt;i>'
    >>> safe_markdown("<sub>0.4 s</sub> [a](https://a.org) <https://a.org>")
    '<sub>0.4 s</sub> [a (a.org)](https://a.org) <https://a.org>'
    """
    from markdown_it.tree import SyntaxTreeNode

    from .markdown_tokens import tokens_of

    nodes = SyntaxTreeNode(tokens_of(text)).children
    return _blocks(nodes) + _END * (bool(nodes) and nodes[-1].type.endswith("_list"))


def marked(markdown: str, place: str) -> str:
    """Safe Markdown with a mark at its end, by which a live view finds its place in a page."""
    between = "\n\n" if markdown.endswith(_END) else " "
    return f'{markdown}{between}<span class="{place}"></span>'


def _blocks(nodes: Sequence[SyntaxTreeNode], between: str = "\n\n") -> str:
    return between.join(filter(None, (_WRITERS[node.type](node) for node in nodes)))


def _paragraph(node: SyntaxTreeNode) -> str:
    lines = "\n".join(line.lstrip(" \t") for line in words_of(node).split("\n") if line.strip()).strip()
    return _BEGINS.sub(lambda begin: f"{begin[0]}\\" if begin["number"] else f"\\{begin[0]}", lines)


def _heading(node: SyntaxTreeNode) -> str:
    words = re.sub(r"(#+)$", r"\\\1", _line(node))  # a mark at the end would be none of its words
    return f"{'#' * int(node.tag[1])} {words}".rstrip()


def _fence(node: SyntaxTreeNode) -> str:
    code = in_code(node.content.rstrip("\n"))
    ticks = "`" * max(3, 1 + longest_ticks(code))
    return f"{ticks}{node.info}\n{code}\n{ticks}"


def _rule(_: SyntaxTreeNode) -> str:
    return "___"


def _quote(node: SyntaxTreeNode) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in _blocks(node.children).split("\n"))


def _list(node: SyntaxTreeNode) -> str:
    number = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
    inside = [inner for item in node.children for inner in item.children]
    between = "\n" if all(inner.hidden for inner in inside if inner.type == "paragraph") else "\n\n"
    items = []
    for item in node.children:
        mark = node.markup if number is None else f"{number:d}{node.markup}"
        indent = "\n" + " " * (len(mark) + 1)
        items.append(f"{mark} {_blocks(item.children, between)}".rstrip().replace("\n", indent))
        number = None if number is None else min(number + 1, _GREATEST)
    return re.sub(r"^ +$", "", between.join(items), flags=re.MULTILINE)


def _table(node: SyntaxTreeNode) -> str:
    rows = [row.children for part in node.children for row in part.children]
    lines = [[_line(cell, signs="|") for cell in row] for row in rows]
    styles = [str(cell.attrs.get("style", "")).rpartition(":")[2] for cell in rows[0]]
    lines.insert(1, [_COLUMNS.get(style, "---") for style in styles])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _line(node: SyntaxTreeNode, *, signs: str = "") -> str:
    """The words of a node in one line."""
    return " ".join(words_of(node, signs=signs).split("\n")).strip()


_WRITERS = {
    "paragraph": _paragraph,
    "heading": _heading,
    "fence": _fence,
    "code_block": _fence,
    "hr": _rule,
    "blockquote": _quote,
    "bullet_list": _list,
    "ordered_list": _list,
    "table": _table,
}
"""All blocks that the parser knows."""
