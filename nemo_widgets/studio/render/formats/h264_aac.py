"""H.264 and AAC, which everything plays."""

from __future__ import annotations

from .form import SoundEncoder, VideoEncoder

__all__ = ["AAC", "H264"]


def _options(crf: int, preset: str) -> dict[str, str]:
    # x264 needs another profile for crf 0, which loses nothing.
    return {"preset": preset, "crf": str(crf), "profile": "high" if crf else "high444"}


H264 = VideoEncoder("libx264", ("h264", "avc"), _options, copies=True)
AAC = SoundEncoder("aac", ("aac",))
