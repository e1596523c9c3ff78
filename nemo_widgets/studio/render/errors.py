"""Why there is no video at the end of a render."""

from __future__ import annotations

__all__ = ["RenderCancelled", "RenderError"]


class RenderError(Exception):
    """The draft can't be rendered. The text is one sentence for a person; it names the clip at fault."""


class RenderCancelled(Exception):
    """The user stopped the render. No file is left."""

    def __init__(self) -> None:
        super().__init__("The export was cancelled.")
