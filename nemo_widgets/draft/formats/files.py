"""The timeline files that there are: which ending is which format, how each is written and read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.draft.timeline_types import timeline_type

from . import (
    auto_editor,
    auto_editor_reading,
    chapters,
    edl,
    edl_reading,
    fcp7,
    fcp7_reading,
    fcpxml,
    fcpxml_reading,
    frames,
    losslesscut,
    otio,
    otio_reading,
    subtitles,
)
from .lanes import cut_of
from .losses import Losses, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .cut import Cut, Medium

    Writer = Callable[[Cut, dict[str, Any], Losses], bytes]

__all__ = ["FORMATS", "Format", "decode", "encode", "read_file", "write_file"]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of timeline file.

    Attributes:
        ending: what its files end in, without the dot, one of `TIMELINES`; it is the format's name, too.
        write: makes the file's content of a timeline, of the draft's JSON, and of what gets lost.
        read: makes a draft's JSON of a file's content; None where the way leads out only.
        framed: whether its times are whole frames; else they are those of the draft.
    """

    ending: str
    write: Writer
    read: Callable[..., dict[str, Any]] | None = None
    framed: bool = True


FORMATS: dict[str, Format] = {
    f.ending: f
    for f in (
        Format("otio", otio.write, otio_reading.read),
        Format("fcpxml", fcpxml.write, fcpxml_reading.read),
        Format("xml", fcp7.write, fcp7_reading.read),
        Format("edl", edl.write, edl_reading.read),
        Format("srt", subtitles.write_srt, framed=False),
        Format("vtt", subtitles.write_vtt, framed=False),
        Format("ass", subtitles.write_ass, framed=False),
        Format("csv", frames.write_csv, frames.read_csv, framed=False),
        Format("parquet", frames.write_parquet, frames.read_parquet, framed=False),
        Format("json", auto_editor.write, auto_editor_reading.read),
        Format("v3", auto_editor.write, auto_editor_reading.read),
        Format("llc", losslesscut.write, losslesscut.read, framed=False),
        Format("txt", chapters.write_list, framed=False),
        Format("md", chapters.write_markdown, framed=False),
    )
}
"""All of them, by their ending."""


def encode(
    data: dict[str, Any],
    format: str,  # noqa: A002 - what it is called everywhere
    *,
    fps: Any = None,
    drop_frame: bool = True,
    media: Mapping[str, Medium] | None = None,
) -> tuple[bytes, Report]:
    """A draft's JSON as the content of a timeline file, and what that does not hold.

    Args:
        data: the draft's JSON.
        format: one of `FORMATS`.
        fps: the frame rate; by default the draft's own, else 30.
        drop_frame: whether timecode at 29.97 and 59.94 keeps up with the clock by leaving out numbers.
        media: what is known of sources beyond their links, by the `src` of the draft.

    Raises:
        ValueError: there is no such format. MissingExtra: it needs a library that is not installed.
    """
    chosen = FORMATS.get(format.lower().lstrip("."))
    if chosen is None:
        raise ValueError(say("formats.none such", format=format[:20], formats=", ".join(FORMATS)))
    losses = Losses()
    cut = cut_of(data, losses if chosen.framed else Losses(), fps=fps, drop=drop_frame, media=media)
    content = chosen.write(cut, data, losses)
    return content, Report(chosen.ending, losses.told())


def write_file(
    data: dict[str, Any],
    path: str | Path,
    *,
    format: str = "",  # noqa: A002 - what it is called everywhere
    **options: Any,
) -> Report:
    """Write a draft's JSON to a timeline file, whole or not at all; see `encode`.

    Raises:
        ValueError: the name's ending is no timeline's. OSError: the file can't be written.
    """
    target = Path(path).expanduser()
    chosen = format or timeline_type(target)
    if not chosen:
        raise ValueError(say("formats.none such", format=target.suffix[:20], formats=", ".join(FORMATS)))
    content, report = encode(data, chosen, **options)
    part = target.with_name(f".{target.name[:100]}.part")
    try:
        part.write_bytes(content)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return report


def decode(
    content: bytes,
    format: str,  # noqa: A002 - what it is called everywhere
    *,
    fps: Any = None,
) -> tuple[dict[str, Any], Report]:
    """A draft's JSON of the content of a timeline file, and what of it was not taken over.

    Raises:
        ValueError: there is no such format, or it is none of that. MissingExtra: as for `encode`.
    """
    chosen = FORMATS.get(format.lower().lstrip("."))
    if chosen is None or chosen.read is None:
        readable = ", ".join(f.ending for f in FORMATS.values() if f.read is not None)
        raise ValueError(say("formats.no reading", format=format[:20], formats=readable))
    losses = Losses()
    data = chosen.read(content, losses, fps=fps)
    return data, Report(chosen.ending, losses.told())


def read_file(path: str | Path, *, format: str = "", fps: Any = None) -> tuple[dict[str, Any], Report]:  # noqa: A002
    """A draft's JSON of a timeline file; see `decode`."""
    source = Path(path).expanduser()
    return decode(source.read_bytes(), format or source.suffix, fps=fps)
