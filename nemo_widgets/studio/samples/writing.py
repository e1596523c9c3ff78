"""Writing painted pictures and mixed sound as a clip that every browser plays."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np

from .painting import SIZE
from .telling import heard as tell
from .voice import RATE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray
    from PIL import Image

__all__ = ["write"]


def write(
    path: Path,
    pictures: Iterable[Image.Image],
    sound: NDArray[np.float32],
    *,
    fps: float,
    crf: int,
    bit_rate: int,
    preset: str = "veryslow",
) -> None:
    """Encode pictures (640x360, `fps` a second) and sound ((n, channels) at 48 kHz) as H.264 and AAC."""
    channels, rate = sound.shape[1], Fraction(fps)
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        picture_stream = container.add_stream(
            "libx264",
            rate=rate,
            options={
                "crf": str(crf),
                "preset": preset,
                "g": str(round(2 * fps)),
                "x264-params": "aq-mode=3:threads=1",
            },
        )
        picture_stream.width, picture_stream.height = SIZE
        picture_stream.pix_fmt = "yuv420p"
        sound_stream = container.add_stream("aac", rate=RATE, layout="mono" if channels == 1 else "stereo")
        sound_stream.bit_rate = bit_rate
        heard, whole = 0, round(len(sound) * rate / RATE)
        tell(0, whole)
        for index, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(np.asarray(picture), format="rgb24")
            frame.pts, frame.time_base = index, 1 / rate
            container.mux(picture_stream.encode(frame))
            upto = min(len(sound), int((index + 1) * RATE / rate))
            container.mux(sound_stream.encode(_sound_frame(sound[heard:upto], heard)))
            heard = upto
            tell(index + 1, max(whole, index + 1))
        container.mux(picture_stream.encode())
        container.mux(sound_stream.encode())


def _sound_frame(samples: NDArray[np.float32], at: int) -> av.AudioFrame:
    planes = np.ascontiguousarray(samples.T)
    frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout="mono" if len(planes) == 1 else "stereo")
    frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
    return frame
