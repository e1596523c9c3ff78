"""Shots with people in them, and filming them one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageFilter

from .ambience import ambience
from .painting import BIG, finish
from .scenery import PLACES
from .writing import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from .people import Actor

__all__ = ["FPS", "Shot", "known", "render"]

FPS = 15


@dataclass(frozen=True, slots=True)
class Shot:
    """What is seen between two cuts: a place, how long, who acts in it, and in which scene.

    `name` is the scene: shots that follow each other with the same name are one. `moment` is when the place
    is seen (seconds); without actors the place moves, behind actors it is a soft still, which goes by
    `pan` pixels a second (of the big picture) where they walk. `kiss` is when a kiss begins and ends in it.
    """

    name: str
    place: str
    seconds: float
    actors: Sequence[Actor] = field(default_factory=tuple)
    moment: float = 1.0
    pan: float = 0.0
    zoom: float = 1.0
    kiss: tuple[float, float] | None = None


def render(path: Path, shots: Sequence[Shot]) -> dict[str, Any]:
    """Film some shots as an MP4 (640x360, 15 frames a second, soft sound); what is known about them."""
    frames = _frames(shots)
    sounds = [ambience(shot.place, count / FPS) for shot, count in zip(shots, frames, strict=True)]
    write(
        path,
        _pictures(shots, frames),
        np.concatenate(sounds),
        fps=FPS,
        crf=23,
        bit_rate=64_000,
        preset="veryfast",
    )
    return known(shots)


def known(shots: Sequence[Shot]) -> dict[str, Any]:
    """What is known about some shots, in ms.

    `duration_ms`, `cuts_ms` (where a shot ends and the next begins), `scenes` ([name, start, end] each),
    `kiss` ([start, end], None where there is none).
    """
    times = [0, *(round(int(end) * 1000 / FPS) for end in np.cumsum(_frames(shots)))]
    scenes: list[list[Any]] = []
    kisses = []
    for shot, start, end in zip(shots, times, times[1:], strict=False):
        if scenes and scenes[-1][0] == shot.name:
            scenes[-1][2] = end
        else:
            scenes.append([shot.name, start, end])
        if shot.kiss:
            kisses.append([start + round(shot.kiss[0] * 1000), min(end, start + round(shot.kiss[1] * 1000))])
    kiss = [kisses[0][0], kisses[-1][1]] if kisses else None
    return {"duration_ms": times[-1], "cuts_ms": times[1:-1], "scenes": scenes, "kiss": kiss}


def _frames(shots: Sequence[Shot]) -> list[int]:
    return [max(1, round(shot.seconds * FPS)) for shot in shots]


def _pictures(shots: Sequence[Shot], frames: Sequence[int]) -> Iterator[Image.Image]:
    places = dict(PLACES)
    stills: dict[tuple[str, float, float], Image.Image] = {}
    for shot, count in zip(shots, frames, strict=True):
        if not shot.actors:
            place = places[shot.place]()
            yield from (place.draw(shot.moment + frame / FPS) for frame in range(count))
            continue
        key = (shot.place, shot.moment, shot.zoom)
        if key not in stills:
            stills[key] = _behind(places[shot.place]().draw(shot.moment), shot.zoom)
        for frame in range(count):
            seconds = frame / FPS
            left = round(shot.pan * seconds)
            picture = stills[key].crop((left, 0, left + BIG[0], BIG[1]))
            for actor in shot.actors:
                actor.draw(picture, seconds)
            yield finish(picture)


def _behind(place: Image.Image, zoom: float) -> Image.Image:
    """A place out of focus, its right half mirrored on, so that one can walk past it."""
    big = place.resize(BIG, Image.Resampling.BICUBIC, box=_middle(place.size, zoom))
    big = big.filter(ImageFilter.GaussianBlur(2.5 * zoom))
    wide = Image.new("RGB", (2 * BIG[0], BIG[1]))
    wide.paste(big, (0, 0))
    wide.paste(big.transpose(Image.Transpose.FLIP_LEFT_RIGHT), (BIG[0], 0))
    return wide


def _middle(size: tuple[int, int], zoom: float) -> tuple[float, float, float, float]:
    wide, high = size[0] / zoom, size[1] / zoom
    left, top = (size[0] - wide) / 2, (size[1] - high) / 2
    return left, top, left + wide, top + high
