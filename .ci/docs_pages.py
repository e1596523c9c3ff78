"""What the documentation takes from the code while it is built: the magics' help, and links to the protocol.

MkDocs calls these functions; `mkdocs.yml` names this file.
"""

from __future__ import annotations

import re
from typing import Any

from nemo_widgets.magics.commands import COMMANDS, help_text

MAGICS = "<!-- magics -->"
"""In a page, this line becomes one section for each subcommand of `%nemo`."""

_OTHER = r"(?:RFC \d+|HTML|PNG specification,|ISO/IEC [\d-]+) ?"
_SECTION = re.compile(rf"({_OTHER})?§(\d+)(?!\.\d)")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put the help of every magic where the page asks for it."""
    if MAGICS not in markdown:
        return markdown
    sections = []
    for name in COMMANDS:
        headline, _colon, rest = help_text(name).partition(": ")
        text, usage = rest.split("\n\n", 1)
        sections.append(f"## {headline.strip('*')} {{ #{name} }}\n\n{text[0].upper()}{text[1:]}.\n\n{usage}")
    return markdown.replace(MAGICS, "\n\n".join(sections))


def on_page_content(html: str, *, page: Any, **_: Any) -> str:
    """Link each section number in the reference (§4) to that section of the page on the protocol."""
    if not page.file.src_uri.startswith("reference/"):
        return html
    return _SECTION.sub(_link, html)


def _link(match: re.Match[str]) -> str:
    return match[0] if match[1] else f'<a href="../protocol.html#s{match[2]}">§{match[2]}</a>'
