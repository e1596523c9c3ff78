"""What stands behind the first picture in a picture's file: more pictures, pages, or a phone's film."""

from __future__ import annotations

import mmap
import re
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

from nemo_widgets.large_pictures import unwarned
from nemo_widgets.studio.note import Note

from .errors import UNREADABLE

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["behind_notes", "is_motion_jpeg"]

_JPEG = b"\xff\xd8\xff"
_NEXT = re.compile(rb"\xff\xd9\xff\xd8\xff")
"""The end of a JPEG and the beginning of the next one."""
_FEW = 2
"""More JPEGs than this in a row are a film."""
_PARTS = b"MPF\0"
"""What a camera writes where it puts smaller ones, a map of brightness or another view behind the picture."""
_HEAD = 256 * 1024
_FILM = re.compile(rb"\0\0\0[\x08-\x40]ftyp(?:mp4|iso|qt  |avc|hvc|hev|MSNV|M4V|3gp)")
_OWN = 64
"""Bytes in which a picture's own mark stands, which may be alike."""
_MOST = 1000
"""Pages that are looked at."""
_SMALLER = 254
"""The tag of a TIFF's page that says whether it is another one made smaller."""


def is_motion_jpeg(path: Path) -> bool:
    """Whether the file is JPEGs one behind the other, as cameras in a network write films."""
    with path.open("rb") as file:
        if file.read(len(_JPEG)) != _JPEG:
            return False
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            more = sum(1 for _ in islice(_NEXT.finditer(data), _FEW))
            return more == _FEW and data.find(_PARTS, 0, _HEAD) < 0


def behind_notes(path: Path) -> tuple[Note, ...]:
    """What is left out of a picture's file and is worth a word."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        film = _FILM.search(data, _OWN)
    notes = []
    if film:
        notes.append(Note("a film stands behind the picture: it is left out", "图片后面附有一段视频：未使用"))
    if (count := _pictures(path)) > 1:
        notes.append(
            Note(f"{count} pictures are in it: the first is shown", f"其中有 {count} 幅图片：显示第一幅")
        )
    return (*notes,)


@unwarned()
def _pictures(path: Path) -> int:
    """How many pictures of their own, or pages, a file has."""
    from PIL import Image

    with suppress(*UNREADABLE), Image.open(path, formats=("JPEG", "TIFF")) as one:
        image: Any = one
        if image.format == "MPO":
            kinds = [str(entry["Attribute"]["MPType"]) for entry in image.mpinfo[0xB002]]
            return 1 + sum(kind.startswith("Multi-Frame") for kind in kinds[1:])
        pages = 1
        with suppress(EOFError):  # `n_frames` reads all pages, and compares each with all before it
            for number in range(1, _MOST):
                image.seek(number)
                pages += not image.tag_v2.get(_SMALLER, 0) & 1
        return pages
    return 1
