"""The kinds of edit that a message may wish for, the likeliest first: a linear model over its words.

The weights are made by `training`, from the templates beside it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from .features import features

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["NOTHING", "QUESTION", "Model", "Ranked", "model", "ranked"]

NOTHING, QUESTION = "nothing", "question"
_CLAUSE = 0.8
"""What a clause alone says counts for so much less than what the whole message says."""


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of each kind: a row a feature, a column a kind.

    Attributes:
        kinds: the names of the kinds.
        weights: `(PLACES, kinds)`, int8.
        scale: what a weight of 1 is, by kind.
        bias: what a kind begins with.
        made_of: the mark of what the weights were made of.
    """

    kinds: tuple[str, ...]
    weights: np.ndarray
    scale: np.ndarray
    bias: np.ndarray
    made_of: str

    def logits(self, masks: Sequence[str]) -> np.ndarray:
        """How much speaks for each kind in each text, below 0 against it: `(texts, kinds)`."""
        rows = [features(mask) for mask in masks]
        sums = [self.weights[row].sum(0, dtype=np.int64) / max(1.0, len(row)) ** 0.5 for row in rows]
        found: np.ndarray = np.stack(sums) * self.scale + self.bias
        return found


@dataclass(frozen=True, slots=True)
class Ranked:
    """What a message may wish for.

    Attributes:
        kinds: each kind of edit with how likely it is, 0-1, the likeliest first.
        wish: how much more speaks for an edit than for idle talk or a question, as a difference of logits.
        clauses: the likeliest kind of each clause, and how likely.
    """

    kinds: tuple[tuple[str, float], ...]
    wish: float
    clauses: tuple[tuple[str, float], ...]


@cache
def model() -> Model:
    """The model that is delivered."""
    data = (resources.files(__package__) / "weights.npz").read_bytes()
    with np.load(io.BytesIO(data), allow_pickle=False) as kept:
        return Model(
            tuple(str(kind) for kind in kept["kinds"]),
            kept["weights"],
            kept["scale"],
            kept["bias"],
            str(kept["made_of"]),
        )


def ranked(whole: str, clauses: Sequence[str]) -> Ranked:
    """The kinds of edit that a masked message may wish for, and those of its clauses."""
    known = model()
    logits = known.logits([whole, *clauses])
    chances = 1 / (1 + np.exp(-logits))
    edits = [at for at, kind in enumerate(known.kinds) if kind not in (NOTHING, QUESTION)]
    idle = [known.kinds.index(kind) for kind in (NOTHING, QUESTION)]
    best = np.maximum(chances[0], _CLAUSE * chances[1:].max(0)) if len(chances) > 1 else chances[0]
    order = sorted(edits, key=lambda at: -best[at])
    each = [edits[int(row[edits].argmax())] for row in chances[1:]]
    return Ranked(
        tuple((known.kinds[at], float(best[at])) for at in order),
        float(logits[0][edits].max() - logits[0][idle].max()),
        tuple((known.kinds[at], float(row[at])) for at, row in zip(each, chances[1:], strict=True)),
    )
