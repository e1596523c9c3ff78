"""The types of media files, as everybody who asks for them sees them."""

import re
from pathlib import Path

import pytest

from nemo_widgets import errors
from nemo_widgets.client.file_checks import check
from nemo_widgets.media_types import (
    EXTENSION,
    MEDIA_TYPES,
    extension_of_head,
    extension_of_mime,
    extensions,
    in_words,
    is_media,
)

HEADS = {
    ".mp4": b"\0\0\0 ftypisom\0\0\2\0",
    ".mov": b"\0\0\0\x14ftypqt  \0\0\2\0",
    ".m4a": b"\0\0\0 ftypM4A \0\0\2\0",
    ".m4v": b"\0\0\0 ftypM4V \0\0\2\0",
    ".3gp": b"\0\0\0 ftyp3gp5\0\0\2\0",
    ".avif": b"\0\0\0 ftypavif\0\0\0\0",
    ".avi": b"RIFFabcdAVI LIST",
    ".webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\1B\x82\x84webm",
    ".mkv": b"\x1aE\xdf\xa3\xa3B\x86\x81\1B\x82\x88matroska",
    ".jpg": b"\xff\xd8\xff\xe0\0\x10JFIF",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".gif": b"GIF89a",
    ".webp": b"RIFFabcdWEBPVP8 ",
    ".mp3": b"ID3\4\0",
    ".wav": b"RF64abcdWAVEds64",
    ".aac": b"\xff\xf1P\x80",
    ".ts": b"G\x40\0\x10" + b"\xff" * 184 + b"G\x40\0\x11",
    ".m2ts": b"\0\0\0\0G\x40\0\x10" + b"\xff" * 188 + b"G\x40\0\x11",
    ".mpg": b"\0\0\1\xbaD\0",
    ".wmv": b"0&\xb2u\x8ef\xcf\x11\xa6\xd9",
    ".flv": b"FLV\1\5\0\0\0\x09",
    ".tif": b"II*\0\x08\0\0\0",
    ".ogg": b"OggS\0\2" + b"\0" * 22 + b"\1\x1e\1vorbis",
    ".flac": b"fLaC\0\0\0\x22",
    ".aif": b"FORMabcdAIFCFVER",
    ".caf": b"caff\0\1\0\0",
}


@pytest.mark.parametrize("extension", HEADS)
def test_a_file_is_known_by_its_first_bytes(extension):
    """What begins as a type does is of that type, whatever it is called."""
    assert extension_of_head(HEADS[extension]) == extension
    assert is_media(HEADS[extension])


def test_a_type_is_known_by_what_servers_call_it():
    """Each media type has one extension, and common other names lead to it, too."""
    for extension, row in MEDIA_TYPES.items():
        assert MEDIA_TYPES[extension_of_mime(row.mime)].kind == row.kind, extension
    told = ("video/mp4", "audio/x-m4a", "video/vnd.avi", "application/x-subrip", "audio/opus", "text/html")
    assert [extension_of_mime(mime) for mime in told] == [".mp4", ".m4a", ".avi", ".srt", ".opus", ""]


def test_any_extension_is_read_in_a_sentence():
    """An extension is taken whole: a longer one is not read as a shorter one with letters behind it."""
    for extension in MEDIA_TYPES:
        assert re.match(EXTENSION, extension[1:]).group() == extension[1:]


def test_the_studio_takes_what_the_cloud_does_not(tmp_path):
    """A camera's stream is stopped before it goes to the cloud, with the list; the studio is sent it."""
    (path := tmp_path / "walk.MTS").write_bytes(HEADS[".m2ts"])
    with pytest.raises(errors.UnsupportedFile) as told:
        check(path, 1000)
    assert told.value.hint == f"Supported: {in_words()}."
    assert check(path, 1000, studio=True).media_type == "video/mp2t"
    assert set(extensions()) < set(extensions(studio=True)) == set(MEDIA_TYPES)


def test_the_list_stands_in_one_place():
    """No other module lists extensions of media by itself."""
    package = Path(__file__).parents[1] / "nemo_widgets"
    several = re.compile(r"\bwebp\b.*\bmp3\b|\bmp3\b.*\bwebp\b|\.m4a\b.*\.wav|\.mov\b.*\.mkv", re.DOTALL)
    strings = re.compile(r'r?b?"[^"\n]*"|\{[^{}]*\}|\([^()]*\)')
    copies = [
        path.name
        for path in package.rglob("*.py")
        if path.name not in ("media_types.py", "naming.py")
        for found in strings.finditer(path.read_text(encoding="utf-8"))
        if several.search(found.group())
    ]
    assert copies == []
