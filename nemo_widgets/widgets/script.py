"""The script of a widget: what it needs of the page, then its own, as one module."""

from __future__ import annotations

from pathlib import Path

__all__ = ["script"]

_HERE = Path(__file__).parent


def script(name: str) -> str:
    """The text of `page.js` and of the script `name` beside it; neither imports the other."""
    return "\n".join((_HERE / each).read_text(encoding="utf-8") for each in ("page.js", name))
