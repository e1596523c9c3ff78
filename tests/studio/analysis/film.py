"""Drawn films whose cuts, fades and dissolves are known: varied scenes, and traps that are none of these."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIZE = (320, 180)
FPS = 25


@dataclass
class Scene:
    """One drawn place. `move` is pixels a second; `zoom` how much nearer a second; times in seconds."""

    seed: int
    seconds: float
    hue: float | None = None
    move: tuple[float, float] = (0.0, 0.0)
    zoom: float = 0.0
    shake: float = 0.0
    walkers: int = 1
    light: float = 1.0
    flat: float = 1.0
    grain: float = 3.0
    flashes: tuple[float, ...] = ()
    passing: float | None = None

    @cached_property
    def canvas(self) -> Image.Image:
        """A place larger than the picture: clouds of two colours, some upright and lying shapes on it."""
        random = np.random.default_rng(self.seed)
        wide, high = 3 * SIZE[0], 2 * SIZE[1]
        field_ = np.zeros((high, wide))
        for octave, weight in ((4, 1.0), (9, 0.55), (22, 0.3), (60, 0.18)):
            small = Image.fromarray(random.normal(size=(octave, octave * 3 // 2)).astype(np.float32))
            field_ += weight * np.asarray(small.resize((wide, high), Image.Resampling.BICUBIC))
        field_ = (field_ - field_.min()) / np.ptp(field_)
        hue = random.uniform() if self.hue is None else self.hue
        first, second = (
            _colour(hue + turn, random.uniform(0.35, 1.0)) for turn in (0, random.uniform(0.05, 0.2))
        )
        picture = first + (second - first) * field_[..., None]
        for _ in range(18):
            x, y = random.integers(0, wide), random.integers(0, high)
            w, h = (int(v) for v in random.integers(15, 90, 2))
            tone = picture[min(y, high - 1), min(x, wide - 1)] + random.uniform(-70, 70)
            picture[y : y + h, x : x + w] = tone
        picture = 128 + (picture - 128) * self.flat
        return Image.fromarray(np.clip(picture * self.light, 0, 255).astype(np.uint8))

    def draw(self, seconds: float) -> np.ndarray:
        random = np.random.default_rng(self.seed + 1000)
        width, height = SIZE
        left = width + self.move[0] * (seconds - self.seconds / 2)
        top = height / 2 + self.move[1] * (seconds - self.seconds / 2)
        if self.shake:
            left += self.shake * (np.sin(seconds * 9.1) + np.sin(seconds * 23.7))
            top += self.shake * (np.sin(seconds * 11.3 + 1) + np.sin(seconds * 19.9))
        near = (1 + self.zoom) ** seconds
        box = (left + width / 2 * (1 - 1 / near), top + height / 2 * (1 - 1 / near))
        box += (box[0] + width / near, box[1] + height / near)
        box = tuple(
            float(np.clip(v, 0, limit))
            for v, limit in zip(box, (*self.canvas.size, *self.canvas.size), strict=True)
        )
        picture = np.asarray(self.canvas.resize(SIZE, Image.Resampling.BILINEAR, box=box)).astype(np.float32)
        for _ in range(self.walkers):
            x0, speed, y, w, h = (
                random.uniform(0, 1),
                random.uniform(-60, 60),
                *random.uniform((80, 20, 40), (110, 50, 90)),
            )
            x = int((x0 * width + speed * seconds) % (width + 60)) - 60
            picture[int(y) : int(y + h), max(0, x) : max(0, int(x + w))] = (
                random.uniform(0, 255, 3) * self.light
            )
        if self.passing is not None:  # somebody walks by, close to the camera
            x = int((seconds - self.passing) * 700)
            picture[10:, max(0, x - 200) : max(0, x)] = (40, 35, 50)
        for at in self.flashes:
            if 0 <= seconds - at < 0.13:
                picture = picture + 210 * (1 - (seconds - at) / 0.16)
        return picture


def _colour(hue: float, bright: float) -> np.ndarray:
    return 255 * bright * (0.55 + 0.45 * np.cos(2 * np.pi * (hue + np.array([0, 1 / 3, 2 / 3]))))


@dataclass
class Film:
    """Scenes in order; `joins[i]` is how scene i+1 comes: a kind and how many seconds it takes.

    Kinds: "cut"; "black" and "white" (out and in again, half each); "dissolve".
    """

    scenes: list[Scene]
    joins: list[tuple[str, float]]
    truth: list[tuple[int, int]] = field(default_factory=list)
    """For each join the first and last moment, in ms, that may be called the border."""

    def pictures(self) -> Iterator[np.ndarray]:
        self.truth.clear()
        at, done = 0, 0
        for i, scene in enumerate(self.scenes):
            kind, seconds = self.joins[i] if i < len(self.joins) else ("cut", 0.0)
            length, over = round(scene.seconds * FPS), round(seconds * FPS)
            mixed = over if kind == "dissolve" else 0
            for frame in range(done, length - mixed):
                picture = scene.draw(frame / FPS)
                if i and self.joins[i - 1][0] in ("black", "white"):
                    picture = _veiled(picture, *self.joins[i - 1], frame / FPS)
                if kind in ("black", "white"):
                    picture = _veiled(picture, kind, seconds, (length - 1 - frame) / FPS)
                yield self._grained(picture, scene, at)
                at += 1
            begin = at - (over // 2 if kind in ("black", "white") else 0)
            for frame in range(mixed):
                share = (frame + 1) / (mixed + 1)
                first, second = (
                    scene.draw((length - mixed + frame) / FPS),
                    self.scenes[i + 1].draw(frame / FPS),
                )
                yield self._grained(first * (1 - share) + second * share, scene, at)
                at += 1
            done = mixed
            if i < len(self.joins):
                end = at + (over // 2 if kind in ("black", "white") else 0)
                self.truth.append((begin * 1000 // FPS, end * 1000 // FPS))

    @staticmethod
    def _grained(picture: np.ndarray, scene: Scene, at: int) -> np.ndarray:
        x, y = at * 37 % 64, at * 23 % 64
        picture = picture + scene.grain * _GRAIN[y : y + SIZE[1], x : x + SIZE[0], None]
        return np.clip(picture, 0, 255).astype(np.uint8)

    def write(self, path: Path, **options: str) -> Path:
        with av.open(str(path), "w") as out:
            stream = out.add_stream(
                "libx264", rate=FPS, options={"preset": "ultrafast", "crf": "23", **options}
            )
            (stream.width, stream.height), stream.pix_fmt = SIZE, "yuv420p"
            for i, picture in enumerate(self.pictures()):
                frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
                frame.pts, frame.time_base = i, Fraction(1, FPS)
                out.mux(stream.encode(frame))
            out.mux(stream.encode())
        return path

    @property
    def duration_ms(self) -> int:
        mixed = sum(round(seconds * FPS) for kind, seconds in self.joins if kind == "dissolve")
        return (sum(round(scene.seconds * FPS) for scene in self.scenes) - mixed) * 1000 // FPS


_GRAIN = np.random.default_rng(2).normal(size=(SIZE[1] + 64, SIZE[0] + 64)).astype(np.float32)


def _veiled(picture: np.ndarray, kind: str, seconds: float, away: float) -> np.ndarray:
    """The picture, so many seconds away from the middle of a fade through black or white."""
    share = min(1.0, max(0.0, (away - 0.06) / (seconds / 2 - 0.06)))
    return picture * share + (0 if kind == "black" else 255) * (1 - share)


def random_film(seed: int, scenes: int = 14) -> Film:
    """A film of many kinds of scenes and joins, by chance."""
    random = np.random.default_rng(seed)
    made, joins = [], []
    for i in range(scenes):
        made.append(_random_scene(random, seed * 100 + i))
        if i and random.uniform() < 0.4:  # the same colours as the scene before
            made[-1].hue = 0.13 * seed % 1
        if i < scenes - 1:
            join = str(random.choice(["cut", "black", "dissolve", "white"], p=[0.6, 0.15, 0.2, 0.05]))
            joins.append((join, 0.0 if join == "cut" else float(random.uniform(0.5, 1.2))))
    return Film(made, joins)


def _random_scene(random: np.random.Generator, seed: int) -> Scene:
    seconds = float(random.uniform(2.5, 4.0))
    way = float(random.choice([-1, 1]))
    kinds: tuple[dict[str, Any], ...] = (
        {},
        {"move": (way * random.uniform(30, 90), 0.0)},
        {"move": (way * 300 / seconds, 20.0)},
        {"zoom": random.uniform(0.1, 0.5)},
        {"shake": 3.0},
        {"seconds": 3.6, "flashes": (1.5, 1.9)},
        {"light": 0.3},
        {"seconds": 3.6, "passing": 1.3},
        {"flat": 0.4},
    )
    kind = kinds[random.integers(0, len(kinds))]
    walkers, grain = int(random.integers(0, 3)), float(random.uniform(0, 5))
    return Scene(seed, **{"seconds": seconds, "walkers": walkers, "grain": grain, **kind})
