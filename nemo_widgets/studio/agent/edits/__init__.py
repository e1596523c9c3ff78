"""The edits: each a small frozen class that makes a draft of a draft. `EVERY` lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arranging import Duplicate, Move, Order, Swap
from .backdrop import Backdrop
from .beating import CutOnBeats
from .cuts import Cut
from .deinterlacing import Deinterlace
from .dressing import Crop, Flip, Look, ResetLooks, Rotate
from .finding import CutFound
from .framing import FadeFilm, Frame
from .hearing import HearTracks
from .highlights import KeepBest, Reel
from .inserting import Insert, MergeAll
from .labels import LabelClips
from .lasting import ClipLength, TrimEnds
from .mixing import ChangeMusic, FadeMusic, MusicAt, RemoveMusic
from .music import AddMusic, HaveMusic
from .playing import DuckMusic, LoopMusic, SpreadMusic, TrimMusic
from .putback import PutBack
from .speeding import Freeze, Reverse, Speed
from .splitting import Split, SplitScenes
from .subtitles import AddSubtitles, ShiftSubtitles, StyleTexts
from .titles import AddTitle, ChangeTitle, RemoveTitle
from .transitions import RemoveTransitions, SetTransitions
from .trimming import PictureLength, TrimTo
from .voices import FadeVoice, SetLoudness, SetVolume
from .zooming import Zoom

if TYPE_CHECKING:
    from .edit import Edit

__all__ = ["EVERY"]

EVERY: tuple[type[Edit], ...] = (
    Cut,
    CutFound,
    KeepBest,
    Reel,
    SetTransitions,
    RemoveTransitions,
    AddMusic,
    ChangeMusic,
    MusicAt,
    FadeMusic,
    RemoveMusic,
    HaveMusic,
    DuckMusic,
    LoopMusic,
    SpreadMusic,
    TrimMusic,
    CutOnBeats,
    SetVolume,
    FadeVoice,
    SetLoudness,
    HearTracks,
    Backdrop,
    AddTitle,
    ChangeTitle,
    RemoveTitle,
    AddSubtitles,
    ShiftSubtitles,
    StyleTexts,
    PutBack,
    Move,
    Swap,
    Order,
    Duplicate,
    Insert,
    MergeAll,
    Split,
    SplitScenes,
    TrimTo,
    PictureLength,
    ClipLength,
    TrimEnds,
    Speed,
    Reverse,
    Freeze,
    Frame,
    FadeFilm,
    Rotate,
    Flip,
    Crop,
    Zoom,
    Look,
    ResetLooks,
    Deinterlace,
    LabelClips,
)
