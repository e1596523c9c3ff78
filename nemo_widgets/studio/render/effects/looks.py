"""Looks: what is done to the colours, brightness and sharpness of a picture on the canvas."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from .treatment import Tone

    Plane = NDArray[np.uint8]
    Planes = Sequence[Plane]

__all__ = ["blurred", "toned"]

_TINTS = {"sepia": (-26.0, 18.0), "warm": (-20.0, 14.0), "cool": (20.0, -14.0)}
"""What a full tint adds to U and V where the picture is white."""
_STEEPEST = 1.5
"""Full brightness makes the gamma 2 to the power of this."""
_DARKEST = 0.85
"""How much of its light a corner loses to a full vignette."""
_WIDEST = 1 / 24
"""The radius of a full blur, as a share of the picture's short side."""
_SHARPEST = 200
"""Percent of the fine detail that full sharpening adds."""


def toned(picture: Planes, tones: Sequence[Tone]) -> None:
    """Carries out the looks one after the other; changes the planes (Y, U, V of one rectangle)."""
    for tone in tones:
        _TONES[tone.kind](picture, tone.amount)


def _saturation(picture: Planes, amount: float) -> None:
    table = _chroma(1 + amount)
    for plane in picture[1:]:
        plane[:] = table[plane]


def _tinted(kind: str) -> Callable[[Planes, float], None]:
    def tint(picture: Planes, amount: float) -> None:
        if kind == "sepia":
            _saturation(picture, -amount)
        luma, *both = picture
        light = luma[::2, ::2]
        for plane, most in zip(both, _TINTS[kind], strict=True):
            shift = np.round(np.clip((np.arange(256) - 16) / 219, 0, 1) ** 0.5 * most * amount)
            added = shift.astype(np.int16)[light]
            added += plane
            np.clip(added, 16, 240, out=added)
            plane[:] = added

    return tint


def _brightness(picture: Planes, amount: float) -> None:
    gamma = 2 ** (-_STEEPEST * amount)
    table = _luma(lambda light: light**gamma)
    picture[0][:] = table[picture[0]]


def _contrast(picture: Planes, amount: float) -> None:
    table = _luma(lambda light: 0.5 + (light - 0.5) * (1 + amount))
    picture[0][:] = table[picture[0]]
    _saturation(picture, amount)


def _vignette(picture: Planes, amount: float) -> None:
    for plane, floor in zip(picture, (16, 128, 128), strict=True):
        mask = _mask(*plane.shape, amount)
        lit = plane.astype(np.int16)
        lit -= floor
        lit = (lit * mask) >> np.int32(8)
        lit += floor
        plane[:] = lit


def _blur(picture: Planes, amount: float) -> None:
    radius = amount * _WIDEST * min(picture[0].shape)
    for plane, size in zip(picture, (radius, radius / 2, radius / 2), strict=True):
        plane[:] = blurred(plane, size)


def _sharpen(picture: Planes, amount: float) -> None:
    luma = picture[0]
    radius = max(1.0, min(luma.shape) / 540)
    mask = ImageFilter.UnsharpMask(radius, round(_SHARPEST * amount), 2)
    luma[:] = np.clip(np.asarray(Image.fromarray(luma).filter(mask)), 16, 235)


def blurred(plane: Plane, radius: float) -> Plane:
    """A plane blurred by a Gaussian of this radius in pixels; a wide one is worked out on a smaller copy."""
    if radius <= 0:
        return plane
    image = Image.fromarray(plane)
    size, less = image.size, max(1, int(radius / 3))
    if less > 1:
        small = (max(1, size[0] // less), max(1, size[1] // less))
        image = image.resize(small, Image.Resampling.BOX)
    image = image.filter(ImageFilter.GaussianBlur(radius / less))
    if image.size != size:
        image = image.resize(size, Image.Resampling.BILINEAR)
    return np.asarray(image)


def _luma(curve: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> Plane:
    light = curve(np.clip((np.arange(256) - 16) / 219, 0, 1))
    return np.round(16 + 219 * np.clip(light, 0, 1)).astype(np.uint8)


def _chroma(times: float) -> Plane:
    return np.clip(np.round(128 + (np.arange(256) - 128) * times), 16, 240).astype(np.uint8)


@lru_cache(maxsize=8)
def _mask(rows: int, columns: int, amount: float) -> NDArray[np.int32]:
    """256 in the middle, less towards the corners."""
    y, x = (np.linspace(-1, 1, n) ** 2 / 2 for n in (rows, columns))
    distance = y[:, None] + x[None, :]
    smooth = distance * distance * (3 - 2 * distance)
    return np.round(256 * (1 - amount * _DARKEST * smooth)).astype(np.int32)


_TONES: dict[str, Callable[[Planes, float], None]] = {
    "bw": lambda picture, amount: _saturation(picture, -amount),
    "sepia": _tinted("sepia"),
    "warm": _tinted("warm"),
    "cool": _tinted("cool"),
    "brightness": _brightness,
    "contrast": _contrast,
    "saturation": _saturation,
    "vignette": _vignette,
    "blur": _blur,
    "sharpen": _sharpen,
}
