"""Files of subtitles (SRT, WebVTT, ASS, SSA, SBV, LRC, TTML) as cues, and what was mended in them."""

from .cues import Correction, Cue, SubtitleError, Subtitles
from .reading import read_subtitles
from .telling import mended

__all__ = ["Correction", "Cue", "SubtitleError", "Subtitles", "mended", "read_subtitles"]
