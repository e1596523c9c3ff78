"""Text files: subtitles in whatever encoding they come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.catalogue import english
from nemo_widgets.studio.note import Note
from nemo_widgets.studio.subtitles import SubtitleError, mended, read_subtitles

from .encodings import readings
from .errors import MediaError

if TYPE_CHECKING:
    from pathlib import Path

    from .encodings import Reading

__all__ = ["MOST_TEXT_BYTES", "read_text", "subtitles", "text_readings"]

MOST_TEXT_BYTES = 2 * 1024 * 1024
"""The most a text file may have: some thirty hours of talk."""


def text_readings(path: Path, name: str = "") -> list[Reading]:
    """How a file's text can be read, the best way first; several where it is not sure which is meant.

    Raises:
        MediaError: it is missing, empty, over MOST_TEXT_BYTES, or no text.
    """
    name = name or path.name
    found = readings(_bytes(path, name))
    if not found:
        raise MediaError(english("media.no text", name=name))
    return found


def read_text(path: Path, name: str = "", encoding: str = "") -> str:
    """The text of a file, in the encoding that is named or that it most likely has.

    Raises:
        MediaError: as `text_readings`, or it is in no such encoding.
    """
    if not encoding:
        return text_readings(path, name)[0].text
    try:
        return _bytes(path, name or path.name).decode(encoding).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        raise MediaError(english("media.encoding", name=name or path.name, encoding=encoding)) from None


def subtitles(path: Path, name: str) -> tuple[int, tuple[Note, ...]]:
    """When the last of a file's subtitles ends, and what has to be said of them.

    Raises:
        MediaError: as `text_readings`, or the text is no subtitles; names the line.
    """
    found = text_readings(path, name)
    try:
        read = read_subtitles(found[0].text)
    except SubtitleError as error:
        raise MediaError(english("media.no subtitles", name=name, why=error)) from None
    return max(end for _, end, _ in read.cues), (*_encoded(found), *mended(read.corrections))


def _bytes(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_TEXT_BYTES + 1)
    except OSError:
        raise MediaError(english("media.missing", name=name)) from None
    if not data:
        raise MediaError(english("media.empty", name=name))
    if len(data) > MOST_TEXT_BYTES:
        raise MediaError(english("media.large text", name=name))
    return data


def _encoded(found: list[Reading]) -> tuple[Note, ...]:
    best = found[0]
    if best.put_right:
        return (best.put_right,)
    if not best.en:
        return ()
    if len(found) == 1:
        return (Note(f"read as {best.en} in {best.name}", f"按{best.zh}（{best.name}）读取"),)
    names = [reading.name for reading in found]
    return (
        Note(f"its letters may be {' or '.join(names)}: adding it asks which",
             f"编码可能是 {' 或 '.join(names)}：添加时会询问"),
    )  # fmt: skip
