"""Short clips of people, made for a test: who is in them, where they are, and when a kiss begins and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageDraw

from nemo_widgets.studio.samples.heads import Look
from nemo_widgets.studio.samples.people import PEOPLE, Actor, Pose
from nemo_widgets.studio.samples.shooting import Shot, render
from nemo_widgets.studio.samples.writing import RATE, write

if TYPE_CHECKING:
    from pathlib import Path

OTHERS = {
    "Noor": Look("#9c6a4a", "#241a18", "#5b4b8a", style="long", lips="#a3474b"),
    "Finn": Look("#f4d0b5", "#c9a25a", "#8a3d4f", eyes="#5a7d4c"),
    "Kofi": Look("#5f3d2c", "#120d0c", "#c7c2b8", style="curly", beard=True),
    "Yuki": Look("#efc9a4", "#151214", "#3f7f86", glasses=True),
}
"""People who are not in the film."""

LEAN, PART = 1.4, 1.2
"""Seconds in which two of them lean in, and away."""


def introduce(monkeypatch) -> None:
    """Let the others act."""
    for name, look in OTHERS.items():
        monkeypatch.setitem(PEOPLE, name, look)


def poses(size: float, x: float = 640, y: float = 320) -> dict[str, tuple[Pose, Pose]]:
    """Two people around a point who look at each other, and who kiss."""
    unit = size / 84
    return {
        "apart": (
            Pose(x - 185 * unit, y + 13 * unit, size, 60),
            Pose(x + 185 * unit, y - 12 * unit, size, -60),
        ),
        "kiss": (
            Pose(x - 95 * unit, y + 12 * unit, size, 75, 7, eyes=0, pucker=1),
            Pose(x + 95 * unit, y - 8 * unit, size, -75, -7, eyes=0, pucker=1),
        ),
    }


def pair(names: tuple[str, str], *keys: tuple[float, tuple[Pose, Pose]]) -> tuple[Actor, Actor]:
    """Two actors and where they are at moments (seconds)."""
    first, second = names
    return (
        Actor(first, [(at, both[0]) for at, both in keys]),
        Actor(second, [(at, both[1]) for at, both in keys]),
    )


def kiss_in_the_middle(path: Path) -> dict[str, Any]:
    """They talk, lean in at 1.6 s, kiss, part, and talk on."""
    at = poses(72, 600, 300)
    keys = [(0, at["apart"]), (1.6, at["apart"]), (1.6 + LEAN, at["kiss"]), (4.6, at["kiss"])]
    keys += [(4.6 + PART, at["apart"]), (8, at["apart"])]
    actors = pair(("Noor", "Finn"), *keys)
    return render(path, [Shot("kiss", "city", 7.6, actors, kiss=(1.6, 4.6 + PART))])


def kiss_at_the_start(path: Path) -> dict[str, Any]:
    """Behind a look at a mountain a scene begins with a kiss; they part after 2 s and stay."""
    at = poses(120, 660, 350)
    actors = pair(
        ("Finn", "Noor"), (0, at["kiss"]), (2, at["kiss"]), (2 + PART, at["apart"]), (9, at["apart"])
    )
    return render(
        path, [Shot("view", "mountains", 1.6), Shot("kiss", "harbour", 5, actors, kiss=(0, 2 + PART))]
    )


def kiss_across_a_cut(path: Path) -> dict[str, Any]:
    """They lean in, kiss, are seen kissing from near by at another place, then there is a bridge."""
    far, near = poses(64, 700, 330), poses(140, 620, 360)
    actors = pair(("Kofi", "Yuki"), (0, far["apart"]), (1.2, far["apart"]), (1.2 + LEAN, far["kiss"]))
    close = pair(("Kofi", "Yuki"), (0, near["kiss"]))
    return render(
        path,
        [
            Shot("kiss", "harbour", 4, actors, kiss=(1.2, 99)),
            Shot("kiss", "mountains", 2, close, zoom=1.8, kiss=(0, 99)),
            Shot("after", "bridge", 1.6),
        ],
    )


def nobody_kisses(path: Path) -> dict[str, Any]:
    """Side by side; one close in front of another; a talk at a hug's distance; passing; one alone."""
    beside = Actor("Noor", [(0, Pose(560, 330, 90, 10))]), Actor("Finn", [(0, Pose(715, 325, 90, -10))])
    behind = Actor("Kofi", [(0, Pose(600, 280, 70, -40))]), Actor("Yuki", [(0, Pose(690, 360, 130, 30))])
    talk = (
        Actor("Yuki", [(0, Pose(495, 325, 84, 66, talk=1))]),
        Actor("Finn", [(0, Pose(765, 320, 84, -66, talk=1))]),
    )
    past = (
        Actor("Noor", [(0, Pose(250, 330, 80, 70)), (2.4, Pose(1050, 330, 80, 70))]),
        Actor("Kofi", [(0, Pose(1040, 320, 88, -70)), (2.4, Pose(240, 320, 88, -70))]),
    )
    alone = (Actor("Finn", [(0, Pose(640, 340, 120, 75, eyes=0, pucker=1))]),)
    shots = [("beside", beside), ("behind", behind), ("talk", talk), ("past", past), ("alone", alone)]
    places = ("city", "mountains", "harbour", "bridge", "city")
    return render(
        path,
        [
            Shot(name, place, 2.4, actors, moment=2)
            for (name, actors), place in zip(shots, places, strict=True)
        ],
    )


def wrestling(path: Path) -> None:
    """Two balls of the colour of skin, with nothing in them, that wrestle."""
    write(
        path,
        map(_wrestled, range(40)),
        np.zeros((4 * RATE, 1), np.float32),
        fps=10,
        crf=23,
        bit_rate=64_000,
        preset="veryfast",
    )


def _wrestled(frame: int) -> Image.Image:
    picture = Image.new("RGB", (640, 360), (60, 90, 70))
    pen = ImageDraw.Draw(picture)
    apart = 30 + 90 * abs(np.cos(frame / 6))
    for side, colour in ((-1, (214, 160, 130)), (1, (160, 105, 80))):
        x, y = 320 + side * apart, 180 + side * 24 * np.sin(frame / 3)
        pen.ellipse((x - 68, y - 84, x + 68, y + 84), fill=colour)
    return picture
