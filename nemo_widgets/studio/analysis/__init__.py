"""What the studio finds out about a clip by itself: its speech, its scenes, its beat, its faces."""

from __future__ import annotations

from .beats import find_beats
from .errors import (
    AnalysisCancelled,
    AnalysisError,
    NoBeat,
    NoDetector,
    NoPictures,
    NoSound,
    SilentThroughout,
    Unreadable,
)
from .faces import find_faces
from .focus import find_focus
from .kisses import find_kisses
from .loudness import find_loudness
from .moments import find_moments
from .pauses import find_pauses
from .scenes import find_scenes
from .stretches import find_stretches

__all__ = [
    "AnalysisCancelled",
    "AnalysisError",
    "NoBeat",
    "NoDetector",
    "NoPictures",
    "NoSound",
    "SilentThroughout",
    "Unreadable",
    "find_beats",
    "find_faces",
    "find_focus",
    "find_kisses",
    "find_loudness",
    "find_moments",
    "find_pauses",
    "find_scenes",
    "find_stretches",
]
