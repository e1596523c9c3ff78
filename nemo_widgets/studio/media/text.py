"""Text files: subtitles in whatever encoding they come in."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.subtitles import SubtitleError, read_subtitles

from .errors import MediaError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["MOST_TEXT_BYTES", "read_text", "subtitles_ms"]

MOST_TEXT_BYTES = 2 * 1024 * 1024
"""The most a text file may have: some thirty hours of talk."""

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HAN = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")


def read_text(path: Path, name: str = "") -> str:
    """The text of a file: UTF-8 or UTF-16, else what Windows writes in China or in the West.

    Raises:
        MediaError: it is missing, empty, over MOST_TEXT_BYTES, or no text.
    """
    name = name or path.name
    try:
        with path.open("rb") as file:
            data = file.read(MOST_TEXT_BYTES + 1)
    except OSError:
        raise MediaError(f"The file of “{name}” is missing.") from None
    if not data:
        raise MediaError(f"“{name}” is empty (0 bytes).")
    if len(data) > MOST_TEXT_BYTES:
        raise MediaError(f"“{name}” is larger than 2 MB, which no subtitles are.")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding, name)
    if b"\0" in data:
        raise MediaError(f"“{name}” is no text.")
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    try:
        chinese = data.decode("gb18030")
    except UnicodeDecodeError:
        return _decoded(data, "cp1252", name)
    # Two accented letters in a row can be read as a Chinese character; a text has more of them than that.
    foreign = sum(character > "\x7f" for character in chinese)
    common = len(_HAN.findall(chinese))
    return (
        chinese if common > foreign // 2 and common > len(chinese) // 20 else _decoded(data, "cp1252", name)
    )


def subtitles_ms(path: Path, name: str) -> int:
    """When the last subtitle of an SRT or WebVTT file ends.

    Raises:
        MediaError: as `read_text`, or the text is no subtitles; names the line.
    """
    try:
        return read_subtitles(read_text(path, name)).cues[-1][1]
    except SubtitleError as error:
        raise MediaError(f"“{name}” can't be read as subtitles. {error}") from None


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "cp1252":
            return data.decode("latin-1")
        raise MediaError(f"“{name}” is no text: it breaks off, or is damaged.") from None
