"""Why an analysis has no answer. Each error is one sentence that can be said to a person as it stands.

Its Chinese sibling, `zh`, has no subject: whoever tells it names the file.

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

from typing import ClassVar

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

    zh: ClassVar[str] = "无法分析。"


class NoSound(AnalysisError):
    """The clip has no sound stream, or a stream with nothing in it."""

    zh = "没有声音。"


class NoPictures(AnalysisError):
    """The clip has no pictures, only sound."""

    zh = "没有画面。"


class SilentThroughout(AnalysisError):
    """There is a sound stream, but nothing in it is loud enough to be told from silence."""

    zh = "全程没有能听见的声音。"


class NoBeat(AnalysisError):
    """There is sound, but no beat in it that can be followed."""

    zh = "没有能跟随的节拍。"


class Unreadable(AnalysisError):
    """The file can't be opened or decoded."""

    zh = "无法读取。"


class NoDetector(AnalysisError):
    """What finds faces is not installed."""

    zh = '查找人脸需要安装检测器：请运行 `pip install "nemo-widgets[faces]"`，再说一遍。'


class AnalysisCancelled(AnalysisError):
    """The user stopped the analysis."""
