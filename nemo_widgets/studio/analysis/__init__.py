"""What the studio finds out about a clip by itself: where somebody speaks and where nobody does."""

from __future__ import annotations

from .errors import AnalysisCancelled, AnalysisError, NoSound, SilentThroughout, Unreadable
from .loudness import find_loudness
from .pauses import find_pauses

__all__ = [
    "AnalysisCancelled",
    "AnalysisError",
    "NoSound",
    "SilentThroughout",
    "Unreadable",
    "find_loudness",
    "find_pauses",
]
