"""Why a media file can't be used."""

from __future__ import annotations

import struct
import zlib

__all__ = ["UNREADABLE", "MediaError"]

UNREADABLE = (
    ArithmeticError, AssertionError, AttributeError, BufferError, EOFError, LookupError, OSError,
    RuntimeError, SyntaxError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
"""What Pillow raises for a damaged picture: most formats trip over whatever they did not expect.

All but that memory ran out, or would.
"""


class MediaError(Exception):
    """The file can't be used as a clip. The text is one sentence for a person, and names the file."""
