"""A still picture of any depth and any colour space as ordinary RGB (8 bits, sRGB)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image
    from PIL.ImageCms import ImageCmsTransform

__all__ = ["Colours"]

_DEEP = ("I;16", "I;16L", "I;16B", "I;16N", "I", "F")
"""Pillow's modes of grey with more than 8 bits, which its own conversion cuts off at 255."""
_FULL = (1, 255, 65535)
"""What white may be where a file's numbers say nothing of it: the least of these that no number is over."""
_BITS_PER_SAMPLE = 258
"""TIFF's tag."""
_KEPT = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK"}
"""Pillow's mode for the colours that a profile describes."""
_MOST_PROFILE = 8 * 1024 * 1024
"""Bytes: printers' profiles have some two million."""


class Colours:
    """How the pictures of one file become RGB. Made once a file, for parts of it are turned one by one."""

    def __init__(self, image: Image.Image) -> None:
        self._white = _white(image) if image.mode in _DEEP else 0.0
        self._profile = _profile(image)
        self._transforms: dict[str, ImageCmsTransform | None] = {}

    def rgb(self, image: Image.Image, below: int = 0) -> Image.Image:
        """The picture, or a part of it, in RGB, on black where it is transparent, or on that grey."""
        from PIL import Image

        if image.mode in _DEEP:
            return self._deep(image, below)
        if not image.has_transparency_data:
            return self._turned(image)
        layer = image.convert("RGBA")
        out = Image.new("RGB", layer.size, (below,) * 3)
        out.paste(self._turned(layer.convert("RGB")), mask=layer.getchannel("A"))
        return out

    def _deep(self, image: Image.Image, below: int) -> Image.Image:
        import numpy as np
        from PIL import Image

        values = np.nan_to_num(np.asarray(image).astype(np.float32), nan=0.0)
        grey = np.clip(np.rint(values * (255 / self._white)), 0, 255).astype(np.uint8)
        out = self._turned(Image.fromarray(grey))
        hidden = image.info.get("transparency")
        if isinstance(hidden, int):
            out.paste((below,) * 3, mask=Image.fromarray((values == hidden).astype(np.uint8) * 255))
        return out

    def _turned(self, image: Image.Image) -> Image.Image:
        """From the profile's colours to sRGB, where there is a profile for colours such as these."""
        mode = image.mode if image.mode in _KEPT.values() else "RGB"
        if mode not in self._transforms:
            self._transforms[mode] = self._transform(mode)
        transform = self._transforms[mode]
        if transform is None:
            return image.convert("RGB")
        from PIL import ImageCms

        turned = ImageCms.applyTransform(image.convert(mode), transform)
        return turned if turned is not None else image.convert("RGB")

    def _transform(self, mode: str) -> ImageCmsTransform | None:
        from PIL import ImageCms

        if self._profile is None or _KEPT.get(self._profile.profile.xcolor_space) != mode:
            return None  # a profile for other colours is a mistake of whoever wrote the file
        try:
            return ImageCms.buildTransform(
                self._profile,
                ImageCms.createProfile("sRGB"),
                mode,
                "RGB",
                ImageCms.Intent.RELATIVE_COLORIMETRIC,
                ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            return None


def _white(image: Image.Image) -> float:
    """The number that is white: what the format says, else by the largest that there is."""
    if image.mode.startswith("I;16"):
        tags: Any = getattr(image, "tag_v2", {})
        bits = tags.get(_BITS_PER_SAMPLE, (16,))
        bits = bits[0] if isinstance(bits, tuple) else bits
        return float(2**bits - 1) if isinstance(bits, int) and 8 < bits <= 16 else 65535.0  # noqa: PLR2004 - 16 bits
    import numpy as np

    values = np.asarray(image)
    most = float(np.max(values, where=np.isfinite(values), initial=0.0))
    # Whole numbers are never so few that 1 is white.
    return next((float(n) for n in _FULL[image.mode == "I" :] if most <= n), most)


def _profile(image: Image.Image) -> Any:
    """The file's ICC profile; None where there is none, it is broken, or it says sRGB."""
    from PIL import ImageCms

    data = image.info.get("icc_profile")
    if not isinstance(data, bytes) or not data or len(data) > _MOST_PROFILE:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(data))
        described = ImageCms.getProfileDescription(profile)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
    return None if described.strip().startswith("sRGB") else profile
