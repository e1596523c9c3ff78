"""Whether a file into which frames were copied is what it should be, without decoding it whole."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import av

from nemo_widgets.studio.media import MediaError
from nemo_widgets.studio.media.opening import only, open_media, video_stream

from .errors import CopyError

if TYPE_CHECKING:
    from pathlib import Path

    from av.container import InputContainer
    from av.video.stream import VideoStream

    from .copies import CopyPlan
    from .model import Plan

__all__ = ["check_copies"]


def check_copies(path: Path, plan: Plan, copies: CopyPlan) -> None:
    """Look at the frames' times and at the pictures with which copies begin and end.

    Raises:
        CopyError: a frame is missing or stands twice, is decoded too late, or can't be decoded at a joint.
    """
    if not copies.copies:
        return
    joints = {n for copy in copies.copies for n in (copy.first, copy.last) if n < plan.frames}
    try:
        with open_media(path) as container:
            stream = video_stream(container)
            if stream is None:
                raise CopyError("The file has no pictures.")
            only(container, stream)
            _check_times(container, stream, plan)
            for n in sorted(joints):
                _check_joint(container, stream, plan, n)
    except (MediaError, av.error.FFmpegError, OSError) as error:
        raise CopyError(str(error)) from error


def _check_times(container: InputContainer, stream: VideoStream, plan: Plan) -> None:
    shown, decoded = [], []
    for packet in container.demux(stream):
        if packet.pts is not None and packet.dts is not None:
            shown.append(round(packet.pts * packet.time_base * plan.fps))
            decoded.append(packet.dts)
            if packet.dts > packet.pts:
                raise CopyError("A picture would be decoded after it is shown.")
    if sorted(shown) != list(range(plan.frames)):
        raise CopyError("A picture is missing, or there twice.")
    if any(b <= a for a, b in pairwise(decoded)):
        raise CopyError("The pictures' order is not that of their decoding.")


def _check_joint(container: InputContainer, stream: VideoStream, plan: Plan, n: int) -> None:
    """The picture at a joint is there for whoever jumps to it: an IDR picture that can be decoded."""
    tick = Fraction(stream.time_base or 1)
    container.seek(round(n / plan.fps / tick), stream=stream)
    frame = next(container.decode(stream), None)
    if frame is None or frame.pts is None or round(frame.pts * tick * plan.fps) != n:
        raise CopyError(f"There is no picture to begin with at frame {n}.")
    if frame.is_corrupt:
        raise CopyError(f"The picture at frame {n} is damaged.")
