"""Where an export may be put, and what it may be called: a name never promises what is not in the file."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.draft import main_track
from nemo_widgets.draft.timeline_types import TIMELINES
from nemo_widgets.errors import DownloadError, UsageError
from nemo_widgets.export_formats import (
    ANIMATIONS,
    ASKED_BY_NAME,
    FORMATS,
    SOUNDS,
    formats_in_words,
    nearest_format,
    slip_of,
)
from nemo_widgets.languages import either, spoken
from nemo_widgets.paths import expanded, is_folder, is_there, shown
from nemo_widgets.printable import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from nemo_widgets.draft import Draft

__all__ = [
    "check_place",
    "checked_format",
    "ending_note",
    "free_name",
    "named",
    "no_folder",
    "spare",
    "told_format",
]

_MEDIA = """
mp4 m4v mov qt avi webm mkv mpg mpeg mpe m1v m2v mpv m2ts mts ts vob wmv asf flv f4v 3gp 3g2 ogv ogg mxf
mj2 h264 264 h265 265 hevc av1 ivf y4m yuv gif gifv apng mp3 wav wave m4a m4b aac ac3 eac3 flac oga opus
wma aif aiff aifc caf amr mka mid midi mp2 jpg jpeg jpe png webp bmp tif tiff heic heif avif svg psd exr
dpx
"""
_TIMELINES = """
otio otioz otiod edl fcpxml fcpxmld aaf omf xmeml prproj drp drt kdenlive mlt osp veg ale srt vtt ass ssa
sub sbv stl ttml dfxp lrc
"""
_OTHERS = """
csv tsv xls xlsx ods parquet json jsonl ndjson xml yaml yml toml ini txt md rst rtf doc docx odt pdf tex
htm html css js py ipynb ppt pptx zip tar gz tgz bz2 xz 7z rar iso exe dmg
"""
_FORMAT = re.compile("[A-Za-z0-9]{1,16}")
_MOST_BYTES = 255
_FILE_TYPES = frozenset(f"{_MEDIA} {_TIMELINES} {_OTHERS}".split())
"""Endings that promise a certain content. Any other may well be a part of the name, as in `my.cut`."""
_ENDING = re.compile(r"(?=.*[a-z])[a-z0-9]{2,5}")
_ORDINARY = re.compile(
    r"cut|film|clip|movie|video|final|draft|edit|take|part|scene|shot|reel|demo|test|trial|copy|new|old|good|"
    r"best|last|short|long|full|raw|web|hd|uhd|fhd|sd|en|zh|[vr]\d+|\d+(?:p|k|fps|st|nd|rd|th|s|m|h)|[a-z]\d"
)
"""How names end that have a dot in them, and promise nothing."""


def told_format(target: Path, *, studio: bool) -> str:
    """The format that a name asks the `studio`, or another server, for by its ending; "" where it says none.

    Raises:
        UsageError: the ending is one slip away from a format's.
    """
    stem, dot, ending = target.name.rstrip(". ").rpartition(".")
    ending = ending.lower()
    if not dot or not stem:
        return ""
    if ending in (FORMATS if studio else ASKED_BY_NAME):
        return ending
    if ending not in _FILE_TYPES and (meant := slip_of(ending)):
        raise UsageError(
            say("export.no ending", ending=ending),
            hint=say(
                "export.call it",
                meant=f"{stem}.{meant}",
                whole=f"{target.name}.{meant}",
                ending=ending,
            ),
        )
    return ""


def named(target: Path, wanted: str) -> Path:
    """The target with the extension of what will be in it, where it has none.

    Args:
        target: as it was given.
        wanted: the format that is made, such as `mp4`.

    Raises:
        UsageError: the name promises something else, or is too long for a file.
    """
    if (long := len(os.fsencode(f"{target.name}.{wanted}"))) > _MOST_BYTES:
        raise UsageError(
            say("export.long name", bytes=long, most=_MOST_BYTES), hint=say("export.name shorter")
        )
    if is_folder(target):
        return target
    name = target.name.rstrip(". ")
    stem, dot, ending = name.rpartition(".")
    known = ending.lower() in _FILE_TYPES
    if dot and ending.lower() == wanted and stem:
        return target.with_name(name)
    if dot and known:
        raise UsageError(
            say("export.misnamed", format=wanted.upper(), name=target.name),
            hint=_instead(stem or "film", ending.lower(), wanted),
        )
    return target.with_name(f"{name or 'film'}.{wanted}")


def ending_note(given: Path, made: Path) -> str:
    """A sentence on an ending that was given, reads as a file's, and became a part of the name; else "".

    >>> ending_note(Path("x.xyz"), Path("x.xyz.mp4")), ending_note(Path("v1.2"), Path("v1.2.mp4"))
    ('There is no .xyz export, so it is called x.xyz.mp4', '')
    """
    stem, _, ending = given.name.rstrip(". ").lower().rpartition(".")
    known = ending == made.suffix[1:].lower() or not _ENDING.fullmatch(ending) or _ORDINARY.fullmatch(ending)
    if not stem or known:
        return ""
    return say("export.called", ending=ending, name=made.name)


def checked_format(output: Mapping[str, Any], *, studio: bool) -> None:
    """Raises UsageError for a format that no file has, or that the `studio` can't make."""
    wanted = str(output.get("format") or "").strip()
    chinese = either(spoken(), "", "zh") != ""
    there = say("export.there are", formats=formats_in_words(chinese=chinese))
    if wanted and not _FORMAT.fullmatch(wanted):
        raise UsageError(
            say("export.no format", wanted=one_line(wanted, 40), there=there),
            hint=say("export.ends in mp4"),
        )
    if studio and isinstance(output.get("format"), str) and wanted.lower() not in FORMATS:
        near = nearest_format(wanted)
        raise UsageError(
            say("export.no such format", wanted=wanted.upper() or say("export.nameless"), there=there),
            hint=say("export.nearest", format=near.upper(), ending=near),
        )


def no_folder(given: str) -> None:
    """Raises UsageError for a name that no file has: it ends as a folder's does, or no system takes it."""
    try:
        taken = b"\0" not in os.fsencode(given)
    except UnicodeEncodeError:
        taken = False
    if not taken:
        raise UsageError(say("export.no name", name=given), hint=say("export.name otherwise"))
    if given.endswith(("/", os.sep)):
        raise UsageError(
            say("export.would be folder", path=shown(expanded(given))),
            hint=say("export.no slash"),
        )


def spare(target: Path, footage: Iterable[Path]) -> None:
    """Raises UsageError where the target is one of the uploaded files: footage is never written over."""
    for path in footage:
        with contextlib.suppress(OSError):
            if target.samefile(path):
                raise UsageError(
                    say("export.over upload", name=target.name),
                    hint=say("export.another name", name=f"{target.stem}-edited{target.suffix}"),
                )


_OTHER_WAYS = (
    (" ".join(TIMELINES), "instead.timeline"),
    ("tsv xlsx", "instead.table"),
    ("aaf otioz otiod xmeml fcpxmld prproj drp kdenlive mlt omf", "instead.otio"),
    ("ssa sub sbv stl ttml", "instead.subtitles"),
)
"""What there is in place of files of these endings."""


def _instead(stem: str, ending: str, wanted: str) -> str:
    """What there is in place of a file of that kind."""
    name = Path(stem).name
    name = name[: -len(wanted) - 1] if name.lower().endswith(f".{wanted}") else name
    if ending in FORMATS:
        return say("instead.format", ending=ending, name=f"{name}.{wanted}")
    near = nearest_format(ending) if ending in _MEDIA.split() else wanted
    if wanted in SOUNDS:
        names = say("near.or").join(f"{name}.{one}" for one in dict.fromkeys([near, wanted]))
        return say("instead.call it", name=names)
    if wanted in ANIMATIONS:
        return say("instead.call it", name=f"{name}.{wanted}")
    there = say("instead.video", name=f"{name}.{wanted}")
    if near in ANIMATIONS:
        return f"{there} {say('instead.animation', name=f'{name}.{near}')}"
    if near in SOUNDS:
        return f"{there} {say('instead.sound', name=f'{name}.{near}')}"
    more = [row for endings, row in _OTHER_WAYS if ending in endings.split()]
    return " ".join([there, *(say(row, name=name, ending=ending) for row in more)])


def check_place(target: Path) -> None:
    """Raises DownloadError where the file can't be put: known now, not when a long render is done."""
    if is_folder(target):
        raise DownloadError(say("file.folder", path=shown(target)), hint=say("file.in it"))
    if not is_folder(target.parent):
        raise DownloadError(say("file.no folder", folder=shown(target.parent)), hint=say("file.make it"))
    if not os.access(target.parent, os.W_OK):
        raise DownloadError(
            say("file.unwritable", path=shown(target), why=say("file.read only")),
            hint=say("file.another folder"),
        )


def free_name(
    draft: Draft, folder: Path, wanted: str = "mp4", is_claimed: Callable[[Path], bool] = is_there
) -> Path:
    """A name after the first clip that overwrites nothing: `talk-edited.mp4`, `talk-edited-2.mp4`."""
    main = main_track(draft.data)
    clips = [s.name for track in draft.layout() for s in track.segments if track.raw is main and s.name]
    kind = "sound" if wanted in SOUNDS else "video"
    stem = (
        "".join(c if c.isalnum() or c in " -_." else "-" for c in (clips or [kind])[0]).strip(" .")[:60]
        or kind
    )
    names = (folder / f"{stem}-edited{f'-{i}' if i else ''}.{wanted}" for i in (0, *range(2, 10_000)))
    return next(path for path in names if not (is_there(path) or is_claimed(path)))
