"""What the studio finds out about a clip by itself: where somebody speaks, and where scenes change."""

from __future__ import annotations

from .errors import AnalysisCancelled, AnalysisError, NoPictures, NoSound, SilentThroughout, Unreadable
from .loudness import find_loudness
from .pauses import find_pauses
from .scenes import find_scenes

__all__ = [
    "AnalysisCancelled",
    "AnalysisError",
    "NoPictures",
    "NoSound",
    "SilentThroughout",
    "Unreadable",
    "find_loudness",
    "find_pauses",
    "find_scenes",
]
