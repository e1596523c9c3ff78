"""The edits: each a small frozen class that makes a draft of a draft. `EVERY` lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .cuts import Cut
from .finding import CutFound
from .highlights import KeepBest, Reel
from .mixing import ChangeMusic, FadeMusic, MusicAt, RemoveMusic
from .music import AddMusic
from .putback import PutBack
from .titles import AddTitle, ChangeTitle, RemoveTitle
from .transitions import RemoveTransitions, SetTransitions

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
    AddTitle,
    ChangeTitle,
    RemoveTitle,
    PutBack,
)
