"""XML of timeline files: made by ElementTree, and read without entities or anything from outside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.parsers import expat

from nemo_widgets.catalogue import say
from nemo_widgets.printable import without_controls

if TYPE_CHECKING:
    from typing import NoReturn

__all__ = ["Element", "child_text", "fit", "node", "parsed", "xml_bytes"]

Element = ET.Element
_UNFIT = re.compile("[\ufffe\uffff]")
"""What no XML may hold beside controls."""
_DEEPEST = 200


def fit(text: str) -> str:
    """The text without what no XML may hold, overrides of direction, and what is secret in links."""
    return _UNFIT.sub("", without_controls(text))


def node(parent: Element | None, tag: str, text: object = None, /, **attributes: object) -> Element:
    """A new element below another one; its text and attributes are what `str` says."""
    given = {key.rstrip("_"): fit(str(value)) for key, value in attributes.items()}
    made = Element(tag, given) if parent is None else ET.SubElement(parent, tag, given)
    if text is not None:
        made.text = fit(str(text))
    return made


def xml_bytes(root: Element, doctype: str) -> bytes:
    """A whole document, indented."""
    ET.indent(root)
    told = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE {doctype}>\n\n{told}\n'.encode()


def parsed(content: bytes, format_: str) -> Element:
    """The outermost element of a document.

    Raises:
        ValueError: it is no XML, defines something of its own, or is nested too deep.
    """
    build, depth = ET.TreeBuilder(), 0

    def refused(*_: object) -> NoReturn:
        raise ValueError(say("formats.definitions", format=format_))

    def doctype(_: str, __: str | None, ___: str | None, inside: int) -> None:
        if inside:
            refused()

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise ValueError(say("formats.too deep", format=format_))
        build.start(tag, attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        build.end(tag)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = parser.ExternalEntityRefHandler = refused
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = build.data
    try:
        parser.Parse(content, True)  # noqa: FBT003 - the last piece
        return build.close()
    except (expat.ExpatError, LookupError, AssertionError) as error:
        raise ValueError(say("formats.unreadable", format=format_, why=str(error))) from None


def child_text(parent: Element | None, path: str) -> str:
    """The text of an element below another one; "" where there is none."""
    found = parent.find(path) if parent is not None else None
    return (found.text or "").strip() if found is not None else ""
