"""WebP: an animation of all colours, and no sound."""

from .form import Form, VideoEncoder

_BEST = 100


def _options(crf: int, _: str) -> dict[str, str]:
    return {"quality": str(max(0, _BEST - crf)), "compression_level": "2"}


FORM = Form(
    "webp", {"loop": "0"}, VideoEncoder("libwebp_anim", ("webp",), _options, pixels="bgra", fastest=90)
)
