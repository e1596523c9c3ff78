"""WebM: VP9 and Opus, for pages that want a video free of patents."""

from __future__ import annotations

from .form import Form, SoundEncoder, VideoEncoder


def _options(crf: int, _: str) -> dict[str, str]:
    # libvpx counts to 63. Its modes for "good" take ten times as long for a tenth of the size.
    quality = min(63, round(crf * 6 / 5) + 5)
    speed = {"deadline": "realtime", "cpu-used": "6", "row-mt": "1", "tile-columns": "2"}
    return {"crf": str(quality), "b": "0", **speed} if crf else {"lossless": "1", **speed}


FORM = Form("webm", {}, VideoEncoder("libvpx-vp9", ("vp9",), _options), SoundEncoder("libopus", ("opus",)))
