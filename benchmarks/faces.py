"""How fast faces are found in 1080p, and how well kisses: `python benchmarks/faces.py [--seconds 64]`.

The film with people in it is made, and made over as 1920x1080 at 30 pictures a second with grain. Printed are
multiples of real time: of finding the scenes alone, and of finding the faces, which does both; the share of
OpenCV's detector in it; then, for the film as it is and spoiled in several ways, the overlap (intersection
over union) of the kiss that is found with the known one, how sure it is, and how many others are found.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from nemo_widgets.studio.analysis import find_faces, find_kisses, find_scenes
from nemo_widgets.studio.analysis.detector import Detector
from nemo_widgets.studio.samples.film import make_film

if TYPE_CHECKING:
    from collections.abc import Callable

_RATE = 30


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=64)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.mp4"
        known = make_film(film, seconds=asked.seconds)
        large = _made_over(film, Path(folder) / "large.mp4", (1920, 1080), _grain(4))
        _speed(large, known["duration_ms"] / 1000)
        _quality(large, "1080p, grain", known["kiss"])
        large.unlink()
        _quality(film, "as it is", known["kiss"])
        for name, size, change in _SPOILED:
            _quality(_made_over(film, Path(folder) / "spoiled.mp4", size, change), name, known["kiss"])


def _speed(path: Path, seconds: float) -> None:
    in_detector = 0.0
    find = Detector.find

    def timed(*arguments: object) -> object:
        nonlocal in_detector
        begun = time.perf_counter()
        found = find(*arguments)
        in_detector += time.perf_counter() - begun
        return found

    for what, work in (("scenes alone", find_scenes), ("faces and scenes", find_faces)):
        Detector.find = timed
        begun, worked = time.perf_counter(), time.process_time()
        work(path)
        spent, worked = time.perf_counter() - begun, time.process_time() - worked
        Detector.find = find
        share = f", the detector {in_detector / spent:.0%} of it" if in_detector else ""
        busy = f"{worked / seconds:.2f} s of a processor for 1 s of film"
        print(f"{what} at 1080p: {seconds / spent:.1f} times real time, {busy}{share}", flush=True)


def _quality(path: Path, name: str, known: list[int]) -> None:
    found = find_kisses(path)
    overlaps = [
        max(0, min(one["end"], known[1]) - max(one["start"], known[0]))
        / (max(one["end"], known[1]) - min(one["start"], known[0]))
        for one in found
    ]
    best = int(np.argmax(overlaps)) if overlaps else None
    sure = f", sure to {found[best]['confidence']:.2f}" if best is not None else ""
    others = max(0, len(found) - 1)
    print(f"{name}: overlap {max(overlaps, default=0):.3f}{sure}, others {others}", flush=True)


def _made_over(
    film: Path, path: Path, size: tuple[int, int], change: Callable[[Image.Image], Image.Image]
) -> Path:
    """The film in another size, 30 pictures a second, each changed."""
    with av.open(str(film)) as source, av.open(str(path), "w") as target:
        stream = target.add_stream("libx264", rate=_RATE, options={"preset": "veryfast", "crf": "23"})
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        number = 0
        for frame in source.decode(video=0):
            picture = change(frame.to_image()).resize(size, Image.Resampling.BICUBIC)
            while number / _RATE < frame.time + 0.5 / _RATE:
                pass_on = av.VideoFrame.from_image(picture)
                pass_on.pts, pass_on.time_base = number, Fraction(1, _RATE)
                target.mux(stream.encode(pass_on))
                number += 1
        target.mux(stream.encode(None))
    return path


def _grain(level: float) -> Callable[[Image.Image], Image.Image]:
    random = np.random.default_rng(1)
    grains = [random.normal(0, level, (360, 640, 1)) for _ in range(7)]

    def change(picture: Image.Image) -> Image.Image:
        noisy = np.asarray(picture, np.float32) + grains[random.integers(7)]
        return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))

    return change


_SPOILED: tuple[tuple[str, tuple[int, int], Callable[[Image.Image], Image.Image]], ...] = (
    ("small (320x180)", (320, 180), lambda picture: picture),
    ("upright (360x640, the middle)", (360, 640), lambda picture: picture.crop((219, 0, 421, 360))),
    ("mirrored", (640, 360), ImageOps.mirror),
    ("dark", (640, 360), lambda picture: ImageEnhance.Brightness(picture).enhance(0.4)),
    ("black and white", (640, 360), lambda picture: ImageOps.grayscale(picture).convert("RGB")),
    ("blurred", (640, 360), lambda picture: picture.filter(ImageFilter.GaussianBlur(2))),
    ("much grain", (640, 360), _grain(25)),
    ("tilted", (640, 360), lambda picture: picture.rotate(8, Image.Resampling.BICUBIC)),
)
"""What people's films look like too."""

if __name__ == "__main__":
    main()
