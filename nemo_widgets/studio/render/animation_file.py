"""The file of an animation: pictures without sound, in colours that are chosen for all of them if need be."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import av
from av.filter import Graph
from av.video.reformatter import Colorspace, VideoReformatter

from .errors import unwritten
from .formats import form_of
from .output_file import OutputFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.video.frame import VideoFrame

    from .model import Plan

__all__ = ["AnimationFile", "PaletteFile", "animation_file"]

_PIXELS = "bgra"
_PALETTE = "pal8"
"""Pictures of 256 colours, which have to be chosen."""
_DITHER = "dither=bayer:bayer_scale=4:diff_mode=rectangle"
"""A pattern that stands still: what does not move costs nothing."""


def animation_file(plan: Plan, target: Path) -> AnimationFile:
    """The file for a plan, opened.

    Raises:
        WriteError: it can't be written.
    """
    encoder = form_of(plan.format).video
    chosen = encoder is not None and encoder.pixels == _PALETTE
    return PaletteFile(plan, target) if chosen else AnimationFile(plan, target)


class AnimationFile(OutputFile):
    """A file being written: `picture` again and again, then `rest`, then `finish` (or `drop`).

    Attributes:
        frames: pictures that are in it, of the plan's.

    Raises:
        WriteError: the file can't be written.
    """

    def __init__(self, plan: Plan, target: Path) -> None:
        super().__init__(plan, target)
        self.frames = 0
        self._plan, self._rgb = plan, VideoReformatter()
        encoder = self.form.video
        if encoder is None:
            raise ValueError(f"{plan.format} has no pictures.")
        stream: Any = self.container.add_stream(encoder.codec, rate=plan.fps)
        stream.width, stream.height, stream.pix_fmt = plan.width, plan.height, encoder.pixels
        stream.options = encoder.options(plan.crf, plan.preset)
        stream.codec_context.time_base = stream.time_base = encoder.tick
        self._stream, self._tick = stream, encoder.tick

    def picture(self, frame: VideoFrame, n: int) -> None:
        """The next frame, number n."""
        self._encode(self._coloured(frame), n)
        self.frames = n + 1

    def rest(self) -> Iterator[int]:
        """Encodes what is left, and gives the number of `frames` after each."""
        self._encode(None, 0)
        yield self.frames

    def _coloured(self, frame: VideoFrame) -> VideoFrame:
        return self._rgb.reformat(frame, format=_PIXELS, src_colorspace=Colorspace.ITU709)

    def _encode(self, frame: VideoFrame | None, n: int) -> None:
        if frame is not None:
            frame.time_base, frame.pts = self._tick, round(n / self._plan.fps / self._tick)
        for _ in self.written(self._stream.encode(frame)):
            pass


class PaletteFile(AnimationFile):
    """The same with 256 colours for all pictures, which are kept in a nameless file until all are known.

    `frames` counts each picture twice, as a half: when it was looked at and when it is in the file.
    """

    def __init__(self, plan: Plan, target: Path) -> None:
        self._graph, self._source, self._sink = _graph(plan, "palettegen=stats_mode=full")
        try:
            self._kept = tempfile.TemporaryFile(dir=target.parent)  # noqa: SIM115 - `finish` and `drop` close it
        except OSError as error:
            raise unwritten(error, "no access") from error
        super().__init__(plan, target)
        self._scratch: Any = av.open(self._kept, "w", format="nut")
        self._lossless: Any = self._scratch.add_stream("libx264", rate=plan.fps)
        self._lossless.width, self._lossless.height = plan.width, plan.height
        self._lossless.options = {"preset": "ultrafast", "qp": "0"}

    def picture(self, frame: VideoFrame, n: int) -> None:
        """The next frame, number n: its colours are counted."""
        self._source.push(self._coloured(frame))
        frame.pts, frame.time_base = n, 1 / self._plan.fps
        self._keep(frame)
        self.frames = (n + 1) // 2

    def rest(self) -> Iterator[int]:
        """Writes all pictures in the colours that were found, and gives the number of `frames` after each."""
        self._source.push(None)
        palette = self._sink.pull()
        self._keep(None)
        self._scratch.close()
        self._kept.seek(0)
        graph, source, sink = _graph(self._plan, f"paletteuse={_DITHER}", palette)
        with av.open(self._kept, "r", format="nut") as kept:
            for n, frame in enumerate(kept.decode(video=0)):
                coloured = self._coloured(frame)
                coloured.pts, coloured.time_base = n, 1 / self._plan.fps
                source.push(coloured)
                self._encode(sink.pull(), n)
                self.frames = (self._plan.frames + n + 1) // 2
                yield self.frames
        del graph
        yield from super().rest()

    def finish(self) -> None:
        """Ends the file."""
        super().finish()
        self._kept.close()

    def drop(self) -> None:
        """Lets go of the file and removes it; never fails."""
        super().drop()
        with suppress(OSError):
            self._kept.close()

    def _keep(self, frame: VideoFrame | None) -> None:
        try:
            self._scratch.mux(self._lossless.encode(frame))
        except (av.error.FFmpegError, OSError) as error:
            raise unwritten(error, "the disk may be full") from error


def _graph(plan: Plan, last: str, palette: VideoFrame | None = None) -> tuple[Graph, Any, Any]:
    """FFmpeg's filter `last` behind a source of pictures, and behind one of the palette if it is given."""
    graph = Graph()
    source = graph.add_buffer(
        width=plan.width, height=plan.height, format=av.VideoFormat(_PIXELS), time_base=1 / plan.fps
    )
    name, _, options = last.partition("=")
    applied, sink = graph.add(name, options), graph.add("buffersink")
    source.link_to(applied)
    if palette is not None:
        colours = graph.add_buffer(
            width=palette.width, height=palette.height, format=palette.format, time_base=1 / plan.fps
        )
        colours.link_to(applied, 0, 1)
    applied.link_to(sink)
    graph.configure()
    if palette is not None:
        palette.pts = 0
        colours.push(palette)
        colours.push(None)
    return graph, source, sink
