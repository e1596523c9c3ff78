"""What the notebook shows: a live run, a question, a player, and pictures of a timeline or of files.

Importing this loads nothing; each name is loaded when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.interrupts import load, stoppable

if TYPE_CHECKING:
    from .answer import AnswerPicture
    from .difference_picture import DifferencePicture, difference_png
    from .frame_picture import FramePicture
    from .history_picture import HistoryPicture
    from .plan_picture import PlanPicture
    from .player import Player
    from .poster import poster_png
    from .question_view import QuestionView
    from .run_view import RunView
    from .sheet import MediaSheet, media_sheet_png
    from .timeline import TimelinePicture, timeline_png

__all__ = [
    "AnswerPicture",
    "DifferencePicture",
    "FramePicture",
    "HistoryPicture",
    "MediaSheet",
    "PlanPicture",
    "Player",
    "QuestionView",
    "RunView",
    "TimelinePicture",
    "difference_png",
    "media_sheet_png",
    "poster_png",
    "timeline_png",
]

_HOMES = {
    "AnswerPicture": "answer",
    "DifferencePicture": "difference_picture",
    "FramePicture": "frame_picture",
    "HistoryPicture": "history_picture",
    "MediaSheet": "sheet",
    "PlanPicture": "plan_picture",
    "Player": "player",
    "QuestionView": "question_view",
    "RunView": "run_view",
    "TimelinePicture": "timeline",
    "difference_png": "difference_picture",
    "media_sheet_png": "sheet",
    "poster_png": "poster",
    "timeline_png": "timeline",
}


@stoppable
def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(load(f"{__name__}.{home}"), name)


def __dir__() -> list[str]:
    return __all__
