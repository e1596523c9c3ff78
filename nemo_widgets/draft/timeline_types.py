"""The types of timeline files, by how their names end; `formats` writes and reads them."""

from __future__ import annotations

from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["TIMELINES", "timeline_type"]

TIMELINES: Mapping[str, str] = MappingProxyType(
    {
        "otio": "OpenTimelineIO",
        "fcpxml": "Final Cut Pro XML",
        "xml": "Final Cut Pro 7 XML",
        "edl": "CMX 3600 EDL",
        "srt": "SubRip",
        "vtt": "WebVTT",
        "ass": "Advanced SubStation Alpha",
        "csv": "CSV",
        "parquet": "Parquet",
        "json": "auto-editor",
        "v3": "auto-editor",
        "llc": "LosslessCut",
        "txt": "YouTube",
        "md": "Markdown",
    }
)
"""What each is called."""


def timeline_type(path: str | PurePath | None) -> str:
    """The type of a file by its name's ending, without the dot; "" where it is no timeline's.

    >>> timeline_type("my cut.OTIO"), timeline_type("cut.mp4"), timeline_type(".srt"), timeline_type(None)
    ('otio', '', '', '')
    """
    stem, dot, ending = PurePath(path or "").name.rpartition(".")
    return ending.lower() if dot and stem and ending.lower() in TIMELINES else ""
