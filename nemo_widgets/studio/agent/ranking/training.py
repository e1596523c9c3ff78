"""Makes the ranker's weights from templates: `python -m nemo_widgets.studio.agent.ranking.training`.

The sentences are read as the studio reads a message, values put aside. From these a logistic model learns,
one for each kind of edit.
"""

from __future__ import annotations

import hashlib
import random
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from nemo_widgets.studio.agent.language.called import called_in_either
from nemo_widgets.studio.agent.language.veil import veil
from nemo_widgets.studio.agent.meanings.items import items_of
from nemo_widgets.studio.timeline.media_item import MediaItem
from nemo_widgets.studio.timeline.outline import Outline

from .features import PLACES, features, masked
from .ranker import Model
from .sentences import LANGUAGES, sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["made_of", "trained"]

_CLIPS = ("interview", "trip", "night", "beach", "IMG_2041")
_MEDIA = [MediaItem(f"/media/{name}.mp4", f"{name}.mp4", "video", 20000, has_audio=True) for name in _CLIPS]
_ROUNDS, _BATCH, _STEP, _DECAY = 6, 128, 0.5, 1e-6
_START = 1e-3
"""What a weight's steps are divided by at first, squared."""


def made_of() -> str:
    """The mark of what the weights are made of: the templates, and what is seen of them."""
    folder = resources.files(__package__)
    texts = [folder / "templates" / f"{language}.toml" for language in LANGUAGES]
    texts += [folder / "features.py"]
    return hashlib.sha256(b"".join(text.read_bytes() for text in texts)).hexdigest()[:16]


def _mask(text: str) -> str:
    veiled = veil(text, _MEDIA, outline=Outline())
    return masked(veiled.text, items_of(veiled.text, veiled, called_in_either(text, _MEDIA)))


def trained(seed: int = 7) -> Model:
    """A model of all templates; one or two minutes' work."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    read = [(_mask(text), kinds) for language in LANGUAGES for text, kinds in sentences(language, chance)]
    names = sorted({kind for _, kinds in read for kind in kinds})
    rows = [features(mask) for mask, _ in read]
    wanted = np.array([[name in kinds for name in names] for _, kinds in read], np.float32)
    weights, bias = _fitted(rows, wanted, seed)
    scale = np.maximum(np.abs(weights).max(0) / 127, 1e-9)
    return Model(tuple(names), np.round(weights / scale).astype(np.int8), scale, bias, made_of())


def _fitted(rows: Sequence[np.ndarray], wanted: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """One logistic regression a kind, by steps that adapt to each weight (Adagrad)."""
    weights = np.zeros((PLACES, wanted.shape[1]), np.float32)
    seen, bias = np.full_like(weights, _START), np.full(wanted.shape[1], -3.0, np.float32)
    bias_seen = np.full_like(bias, _START)
    order = np.random.default_rng(seed)
    for _ in range(_ROUNDS):
        shuffled = order.permutation(len(rows))
        for start in range(0, len(rows), _BATCH):
            batch = shuffled[start : start + _BATCH]
            places = np.concatenate([rows[i] for i in batch])
            lengths = np.array([len(rows[i]) for i in batch])
            owner = np.repeat(np.arange(len(batch)), lengths)
            value = (1 / np.sqrt(lengths))[owner].astype(np.float32)
            starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
            sums = np.add.reduceat(weights[places] * value[:, None], starts, axis=0)
            error = 1 / (1 + np.exp(-(sums + bias))) - wanted[batch]
            used, back = np.unique(places, return_inverse=True)
            parts = error[owner] * value[:, None]
            by_place = np.argsort(back, kind="stable")
            heads = np.searchsorted(back[by_place], np.arange(len(used)))
            slope = np.add.reduceat(parts[by_place], heads, axis=0) + _DECAY * weights[used]
            seen[used] += slope**2
            weights[used] -= _STEP * slope / np.sqrt(seen[used])
            slope = error.sum(0)
            bias_seen += slope**2
            bias -= 0.1 * slope / np.sqrt(bias_seen)
    return weights, bias


def main() -> None:
    """Make the weights and write them beside this module."""
    made = trained()
    np.savez_compressed(
        Path(str(resources.files(__package__) / "weights.npz")),
        kinds=np.array(made.kinds),
        weights=made.weights,
        scale=made.scale.astype(np.float32),
        bias=made.bias.astype(np.float32),
        made_of=np.array(made.made_of),
    )


if __name__ == "__main__":
    main()
