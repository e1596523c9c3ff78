"""What a message may mean that the grammar does not read: whole instructions to choose from.

The words that people say for each topic are data (`en.toml`, `zh.toml`). Nothing is ever done from here: each
instruction is read by the grammar before it is offered, and done once it is chosen.
"""

from .accounting import binds, spares
from .offering import Meant, meanings

__all__ = ["Meant", "binds", "meanings", "spares"]
