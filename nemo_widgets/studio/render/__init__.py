"""From a draft to an MP4 file: `make_plan` says what is shown and heard when, `render` makes it so."""

from .errors import RenderCancelled, RenderError, WriteError
from .job import RenderResult, render
from .model import Plan
from .output import Output
from .plan import make_plan
from .progress import Progress

__all__ = [
    "Output",
    "Plan",
    "Progress",
    "RenderCancelled",
    "RenderError",
    "RenderResult",
    "WriteError",
    "make_plan",
    "render",
]
