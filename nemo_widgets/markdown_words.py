"""What stands in a paragraph, written as Markdown that every parser reads alike: nothing begins anything."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from .printable import JOINER

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

__all__ = ["DOLLAR", "in_code", "longest_ticks", "words_of"]

DOLLAR = r"<span>\$</span>"
"""A dollar that begins no formula, neither for Jupyter, which looks twice, nor for GitHub."""
_SIGNS = re.compile(
    r"(?P<mark>[\\`*~]|(?<![^\W_])_|_(?![^\W_])|!(?=\[)|\[(?=\^)|\](?=[(\[:{]))"
    r"|(?P<dollar>\$)"
    r"|(?P<tag><(?=[a-z/!?\u2060]|$))"
    r"|&(?=\#?\w{1,40};)",
    re.IGNORECASE,
)
"""What is more than a character wherever it stands."""
_IN_CODE = re.compile(
    r"<(?=[a-z/!?])|!(?=\[)|\](?=[(\[:])|\$(?=\$)|\\(?=[\\()\[\]]|(?:begin|end)\{)", re.IGNORECASE
)
"""What would do harm if a parser did not see that it stands in code."""
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_TICKS = re.compile("`+")
_MARKED = ("em", "strong", "s")
_BREAKS = {"softbreak": "\n", "hardbreak": "  \n"}


def in_code(code: str) -> str:
    """Code that does no harm, either, if a parser takes it for text."""
    return _IN_CODE.sub(_joined, code)


def longest_ticks(code: str) -> int:
    """How many backquotes stand in a row at most."""
    return max(map(len, _TICKS.findall(code)), default=0)


def words_of(node: SyntaxTreeNode, *, signs: str = "") -> str:
    """What stands in a node, as Markdown. The `signs` have a meaning there, and are written as entities."""
    pieces = [_piece(inner, signs) for inner in node.children]
    following = ["", *_following(pieces)]
    written: list[str] = []
    before = ""
    for inner, piece in zip(node.children, pieces, strict=True):
        after = following.pop()
        marked = inner.type in _MARKED and bool(piece.strip())
        words = _marked(before, inner.markup, piece, JOINER if after == "{" else after) if marked else piece
        # What one piece ends with may not go together with what the next one begins with.
        joins = (before in ("!", "]") and words[:1] == "[") or (before and words[:1] == "{")
        written += [JOINER, words] if joins else [words]
        before = words[-1:] or before
    return "".join(written)


def _following(pieces: list[str]) -> list[str]:
    """For each piece but the first, from the last on, the character that comes next."""
    found, after = [], ""
    for piece in reversed(pieces[1:]):
        after = piece[:1] or after
        found.append(after)
    return found


def _piece(node: SyntaxTreeNode, signs: str) -> str:
    if node.type in _BREAKS:
        return _BREAKS[node.type]
    if node.type == "code_inline":
        return _code(node.content.replace("|", "\\|") if "|" in signs else node.content)
    if node.type in ("text", "image"):
        words = _SIGNS.sub(_as_words, node.content)
        words = words.translate({ord(sign): f"&#{ord(sign)};" if sign != "|" else "\\|" for sign in signs})
        return words if node.type == "text" else f"{JOINER}{words}{JOINER}"  # of a picture's description
    inside = words_of(node, signs=f"{signs}[]" if node.type == "link" else signs)
    if node.type == "sub":
        return f"<sub>{' '.join(inside.split())}</sub>"
    return _link(str(node.attrs["href"]), node, inside) if node.type == "link" else inside


def _marked(before: str, mark: str, inside: str, after: str) -> str:
    """Words between two marks, which are such only beside something else than a letter, inside or outside."""
    mark = "*" * len(mark) if mark[0] == "_" and (_is_letter(before) or _is_letter(after)) else mark
    first, last = inside[0], inside[-1]
    begin = JOINER if first.isspace() or (_is_letter(before) and not _is_letter(first)) else ""
    end = JOINER if last.isspace() or (_is_letter(after) and not _is_letter(last)) else ""
    return f"{mark}{begin}{inside}{end}{mark}"


def _is_letter(sign: str) -> bool:
    """Whether a character is neither space nor punctuation, as far as Markdown is concerned."""
    return bool(sign) and unicodedata.category(sign)[0] not in "ZPS" and not sign.isspace()


def _link(href: str, node: SyntaxTreeNode, inside: str) -> str:
    # What is percent-encoded some decode before they show it.
    if len(node.children) == 1 and node.children[0].content == href and "%" not in href:
        return f"<{href}>"
    return f"[{inside}]({_ENTITY.sub('&amp;', href)})"


def _code(content: str) -> str:
    code = in_code(content)
    there = set(map(len, _TICKS.findall(code)))
    ticks = "`" * next(n for n in range(1, len(there) + 2) if n not in there)
    edge = code[:1] == "`" or code[-1:] == "`" or (code[0] == code[-1] == " " and code.strip())
    return f"{ticks} {code} {ticks}" if edge else f"{ticks}{code}{ticks}"


def _joined(found: re.Match[str]) -> str:
    return found[0] + JOINER


def _as_words(found: re.Match[str]) -> str:
    if found["mark"]:
        return f"\\{found[0]}"
    if found["dollar"]:
        return DOLLAR
    return "&lt;" if found["tag"] else "&amp;"
