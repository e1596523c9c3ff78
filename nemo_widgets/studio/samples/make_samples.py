"""Makes the two clips that come with the package, the sentences of the others, and the truth about them.

`python -m nemo_widgets.studio.samples.make_samples [folder]` writes speech.mp4, scenes.mp4,
sentences.ogg and truth.json into the folder (here, if none is given). It needs the program espeak-ng, and
makes the same every time.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .ambience import ambience
from .lesson import Slides
from .painting import FPS
from .recorded import SENTENCES, gaps, record
from .scenery import PLACES
from .voice import RATE, MissingVoice, speak
from .writing import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL import Image

__all__ = ["main", "make"]

_SCENE_SECONDS = (3.2, 2.8, 3.0, 3.2, 3.0)


def make(folder: Path) -> list[Path]:
    """Make everything in a folder that exists; the files made.

    Raises:
        MissingVoice: espeak-ng is not installed.
    """
    lesson = speak()
    slides = Slides(lesson)
    speech, scenes, sentences, truth = (
        folder / name for name in ("speech.mp4", "scenes.mp4", SENTENCES.name, "truth.json")
    )
    sound = lesson.samples[: slides.frames * RATE // FPS]
    write(
        speech,
        (slides.draw(i) for i in range(slides.frames)),
        sound[:, None],
        fps=FPS,
        crf=24,
        bit_rate=64_000,
    )
    sounds = [ambience(name, seconds) for (name, _), seconds in zip(PLACES, _SCENE_SECONDS, strict=True)]
    write(scenes, _scenes(), np.concatenate(sounds), fps=FPS, crf=22, bit_rate=80_000)
    known = {
        "speech": _truth_of_speech(lesson.spoken, len(sound)),
        "scenes": _truth_of_scenes(),
        "sentences": record(sentences),
    }
    truth.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    return [speech, scenes, sentences, truth]


def _scenes() -> Iterator[Image.Image]:
    for (_, place), seconds in zip(PLACES, _SCENE_SECONDS, strict=True):
        painted = place()
        for frame in range(round(seconds * FPS)):
            yield painted.draw(frame / FPS)


def _truth_of_speech(spoken: Sequence[Any], samples: int) -> dict[str, Any]:
    """Where the sentences are, and the gaps of half a second or more around them; in ms."""
    duration = samples * 1000 // RATE
    said = [[round(s.start * 1000 / RATE), round(s.end * 1000 / RATE)] for s in spoken]
    return {
        "duration_ms": duration,
        "sentences": [s.text for s in spoken],
        "utterances": said,
        "pauses": gaps(spoken, duration),
    }


def _truth_of_scenes() -> dict[str, Any]:
    ends = [round(float(end) * 1000) for end in np.cumsum(_SCENE_SECONDS)]
    return {"duration_ms": ends[-1], "scenes": [name for name, _ in PLACES], "cuts_ms": ends[:-1]}


def main(arguments: Sequence[str]) -> int:
    """The command; 0, or 1 with a sentence on standard error."""
    folder = Path(arguments[0] if arguments else ".")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        made = make(folder)
    except MissingVoice as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    for path in made:
        sys.stdout.write(f"{path}: {path.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
