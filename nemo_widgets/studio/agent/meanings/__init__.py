"""What a message means that the grammar does not read, by frames: words that are spoken of together.

The words that people say are data (`en.toml`, `zh.toml`), as are the kinds of edit (`frames.toml`). What
comes is told as whole instructions, each of which the grammar reads.
"""

from .accounting import binds, spares
from .reading import Reading, reading_of

__all__ = ["Reading", "binds", "reading_of", "spares"]
