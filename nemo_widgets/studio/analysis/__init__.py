"""What the studio finds out about a clip by itself: where somebody speaks, where scenes change, its beat."""

from __future__ import annotations

from .beats import find_beats
from .errors import (
    AnalysisCancelled,
    AnalysisError,
    NoBeat,
    NoPictures,
    NoSound,
    SilentThroughout,
    Unreadable,
)
from .loudness import find_loudness
from .pauses import find_pauses
from .scenes import find_scenes

__all__ = [
    "AnalysisCancelled",
    "AnalysisError",
    "NoBeat",
    "NoPictures",
    "NoSound",
    "SilentThroughout",
    "Unreadable",
    "find_beats",
    "find_loudness",
    "find_pauses",
    "find_scenes",
]
