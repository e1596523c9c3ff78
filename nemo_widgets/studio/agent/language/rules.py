"""The rules of the grammar: each reads one clause, whole, or leaves it to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arranging import arranging_clause
from .backdrops import backdrop_clause
from .beating import beat_clause
from .dressing import dressing_clause
from .fields import field_clause
from .hearing import hearing_clause
from .highlights import highlight_clause
from .joining import transition_clause
from .labelling import label_clause
from .lasting import lasting_clause
from .loudness import loudness_clause
from .mixing import music_clause
from .others import others_clause
from .removals import removal
from .severally import fronted, severally
from .sighting import sighted
from .simple import simple_clause
from .stays import sparing_clause
from .subtitling import subtitle_clause
from .timing import timing_clause
from .titling import title_clause
from .voicing import voice_clause

if TYPE_CHECKING:
    from .context import Rule

__all__ = ["RULES"]


_PLAIN: tuple[Rule, ...] = (
    lambda clause, _: beat_clause(clause),
    lambda clause, _: simple_clause(clause),
    sparing_clause,
    lambda clause, _: field_clause(clause),
    highlight_clause,
    lasting_clause,
    arranging_clause,
    timing_clause,
    dressing_clause,
    lambda clause, around: removal(clause, around.veiled),
    label_clause,
    subtitle_clause,
    lambda clause, around: title_clause(clause, around.veiled),
    lambda clause, around: transition_clause(clause, around.veiled),
    lambda clause, _: loudness_clause(clause),
    hearing_clause,
    backdrop_clause,
    voice_clause,
    lambda clause, around: music_clause(clause, around.veiled, around.media),
)
_TURNED: tuple[Rule, ...] = (*_PLAIN, lambda clause, around: fronted(clause, around, _PLAIN))
RULES: tuple[Rule, ...] = (
    *_TURNED,
    lambda clause, around: others_clause(clause, around, _TURNED),
    lambda clause, around: severally(clause, around, _TURNED),
    lambda clause, around: sighted(clause, around, _TURNED),
)
"""In the order in which they are tried: the first that reads a clause has it."""
