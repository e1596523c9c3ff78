"""The timeline as data: the draft's JSON, read as tracks and segments, tables, words and differences.

Knows nothing of the package but small helpers, and imports pandas only where a table is asked for.
"""

from .bookkeeping import edited, fingerprint, tells
from .changes import Change, changes, stages
from .clock import LONGEST_MS, clock, clocks, duration, moment_ms, seconds
from .layout import AUDIO, MAIN, TEXT, VIDEO, Segment, Track, is_sound, length_ms, main_track, sound_tracks
from .model import Draft
from .shown import Bundle, Comparison, Shown, shown
from .summary import summary
from .telling import describe
from .wording import effects

__all__ = [
    "AUDIO",
    "LONGEST_MS",
    "MAIN",
    "TEXT",
    "VIDEO",
    "Bundle",
    "Change",
    "Comparison",
    "Draft",
    "Segment",
    "Shown",
    "Track",
    "changes",
    "clock",
    "clocks",
    "describe",
    "duration",
    "edited",
    "effects",
    "fingerprint",
    "is_sound",
    "length_ms",
    "main_track",
    "moment_ms",
    "seconds",
    "shown",
    "sound_tracks",
    "stages",
    "summary",
    "tells",
]
