"""From a draft to an MP4 file: `make_plan` says what is shown and heard when, `render` makes it so."""

from .errors import RenderCancelled, RenderError, WriteError
from .explain import Stretch, explain
from .film_index import FilmIndex, index_of
from .job import RenderResult, render
from .kept import KeptFilm
from .model import Plan
from .output import Output
from .plan import make_plan
from .progress import Progress
from .still import still

__all__ = [
    "FilmIndex",
    "KeptFilm",
    "Output",
    "Plan",
    "Progress",
    "RenderCancelled",
    "RenderError",
    "RenderResult",
    "Stretch",
    "WriteError",
    "explain",
    "index_of",
    "make_plan",
    "render",
    "still",
]
