"""A draft's ways to other editors and from them: a mixin of `Draft`, which loads the formats where used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from .formats import Builder, Report

__all__ = ["Interchange"]


class Interchange:
    """Timeline files: `to_file` writes one, `from_file` reads one; `build` begins a draft with nothing."""

    __slots__ = ()

    data: dict[str, Any]
    media_ms: Mapping[str, int]

    def __init__(self, data: dict[str, Any] | None = None) -> None:
        raise NotImplementedError

    def to_file(
        self,
        path: str | Path,
        *,
        format: str = "",  # noqa: A002 - what it is called everywhere
        fps: float | str | None = None,
        drop_frame: bool = True,
        paths: Mapping[str, str] | None = None,
    ) -> Report:
        """Write the timeline to a file for another program, as its ending says; no film is rendered.

        Args:
            path: the file: .otio, .xml (Final Cut Pro 7, Premiere Pro, DaVinci Resolve), .fcpxml, .edl;
                .srt, .vtt or .ass, the texts; .csv or .parquet, the table; .json or .v3 (auto-editor), .llc
                (LosslessCut); .txt or .md, chapters as YouTube or Markdown has them.
            format: one of these endings, where the file's name has another one.
            fps: the frame rate, such as 25 or "30000/1001"; by default the draft's own, else 30.
            drop_frame: whether timecode at 29.97 and 59.94 keeps up with the clock by leaving out numbers.
            paths: where sources are on this machine, by their `src` in the draft or their files' names.

        Returns:
            What the file does not hold of the draft: `losses`, a sentence each.

        Raises:
            ValueError: there is no such format. OSError: the file can't be written. MissingExtra: the format
            needs a library that is not installed.
        """
        from .formats import Medium, write_file

        known = {**self.media_ms, **(paths or {})}
        media = {src: Medium((paths or {}).get(src, ""), self.media_ms.get(src, 0)) for src in known}
        return write_file(self.data, path, format=format, fps=fps, drop_frame=drop_frame, media=media)

    def to_otio(self, path: str | Path, *, fps: float | str | None = None) -> Report:
        """Write the timeline to an OpenTimelineIO file, whatever its name ends in; see `to_file`."""
        return self.to_file(path, format="otio", fps=fps)

    @classmethod
    def from_file(cls, path: str | Path, *, format: str = "", fps: float | str | None = None) -> Self:  # noqa: A002
        """The draft in a timeline file, as its ending says; `formats.read_file` tells what it left out.

        Args:
            path: the file: .otio, .xml, .fcpxml, .edl, .csv, .parquet, .json, .v3 or .llc.
            format: one of these endings, where the file's name has another one.
            fps: the frame rate of the draft, where the file does not say it or another one is wished for.

        Raises:
            ValueError: it is none. OSError: it can't be read. MissingExtra: the format needs a library that
            is not installed.
        """
        from .formats import read_file

        return cls(read_file(path, format=format, fps=fps)[0])

    @classmethod
    def from_otio(cls, path: str | Path, *, fps: float | str | None = None) -> Self:
        """The draft in an OpenTimelineIO file; see `from_file`."""
        return cls.from_file(path, format="otio", fps=fps)

    @classmethod
    def from_edl(cls, path: str | Path, *, fps: float | str | None = None) -> Self:
        """The draft in a CMX 3600 edit list, which does not say its frame rate; see `from_file`."""
        return cls.from_file(path, format="edl", fps=fps)

    @classmethod
    def from_frames(cls, table: pd.DataFrame, *, fps: float | str | None = None, title: str = "") -> Self:
        """A draft of rows: one a segment, in any order of columns, those of `Draft.segments` among them.

        Args:
            table: `source` with `in_ms` and `out_ms`, or `text` with `duration_ms`; further columns as in
                `Draft.segments`: start_ms (else one behind the other), end_ms, kind, track, name, speed,
                volume, transition and transition_ms. Missing values are as good as no column.
            fps: the frame rate.
            title: what the film is called.

        Raises:
            ValueError: a row can't be used; the sentence names it and says why.
        """
        from .formats import from_frames

        return cls(from_frames(table, fps=fps, title=title))

    @classmethod
    def build(
        cls,
        *,
        fps: float | str | None = None,
        width: int = 0,
        height: int = 0,
        title: str = "",
    ) -> Builder[Self]:
        """Begin a draft from nothing: clips, music and texts are added, then `draft()` is the draft.

        >>> from nemo_widgets import Draft
        >>> made = Draft.build(fps=25).clip("talk.mp4", 0, 4).text("Hello", 1, 3).draft()
        >>> made.duration_ms
        4000
        """
        from .formats import Builder

        return Builder(cls, fps=fps, width=width, height=height, title=title)
