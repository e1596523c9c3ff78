"""What is written over the picture: read from the draft, set in lines, drawn, and moved."""

from .motion import draw
from .stacking import stacked
from .styles import POSITIONS
from .wording import title

__all__ = ["POSITIONS", "draw", "stacked", "title"]
