"""Why an analysis has no answer. Each error is one sentence that can be said to a person as it stands.

AnalysisError
├── NoSound             the clip has no sound stream, or nothing in it
├── NoPictures          the clip has no pictures, only sound
├── SilentThroughout    there is sound, but nothing in it can be heard
├── NoBeat              there is sound, but no beat in it that can be followed
├── Unreadable          the file can't be opened or decoded
├── NoDetector          what finds faces is not installed
└── AnalysisCancelled   the user stopped it
"""

from __future__ import annotations

__all__ = [
    "AnalysisCancelled",
    "AnalysisError",
    "NoBeat",
    "NoDetector",
    "NoPictures",
    "NoSound",
    "SilentThroughout",
    "Unreadable",
]


class AnalysisError(Exception):
    """The base: its text is one sentence for the person who asked."""


class NoSound(AnalysisError):
    """The clip has no sound stream, or a stream with nothing in it."""


class NoPictures(AnalysisError):
    """The clip has no pictures, only sound."""


class SilentThroughout(AnalysisError):
    """There is a sound stream, but nothing in it is loud enough to be told from silence."""


class NoBeat(AnalysisError):
    """There is sound, but no beat in it that can be followed."""


class Unreadable(AnalysisError):
    """The file can't be opened or decoded."""


class NoDetector(AnalysisError):
    """What finds faces is not installed."""


class AnalysisCancelled(AnalysisError):
    """The user stopped the analysis."""
