"""What is written over the picture: read from the draft, set in lines, drawn, and moved."""

from .motion import draw
from .stacking import stacked
from .wording import title

__all__ = ["draw", "stacked", "title"]
