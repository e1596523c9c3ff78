"""The types of media files: what they are called, what they hold, how they begin, and who takes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "EXTENSION", "MEDIA_TYPES", "Kind", "MediaType", "extension_of_head", "extension_of_mime", "extensions",
    "in_words", "is_media", "is_taken",
]  # fmt: skip

Kind = Literal["video", "image", "audio", "text"]


@dataclass(frozen=True, slots=True)
class MediaType:
    """A type of media file.

    Attributes:
        extension: the ending of its files' names, such as `.mp4`.
        kind: what it holds.
        mime: its media type.
        aliases: other media types that servers give it.
        head: how its files begin, as a regular expression; empty where another row or nothing says so.
        rare: it is taken, but not told of: few people know that they have it.
    """

    extension: str
    kind: Kind
    mime: str
    aliases: tuple[str, ...] = ()
    head: bytes = b""
    rare: bool = False


_MP4 = rb"....ftyp(?!qt  |M4[ABV] |avi[fs]|3g|hei[cxms]|hev[cxms]|m[is]f1)"
_BLANK = rb"\s{0,64}"
_TIMES = rb"\d{1,3}:\d\d(?::\d\d)?[,.]\d{1,3}"
_SRT = _BLANK + rb"(?:\d{1,9}[ \t]{0,8}\r{0,2}\n)?" + _TIMES + rb"[ \t]{0,8}-->"
_TTML = _BLANK + rb"(?:<\?xml[^>]{0,200}>\s{0,64})?(?:<!--.{0,200}?-->\s{0,64})?<(?:\w{1,8}:)?tt[\s>]"
_LRC = _BLANK + rb"\[(?:(?:ti|ar|al|au|by|la|re|ve|length|offset):|\d\d:\d\d[.:]\d\d)"
_PROTOCOL = (
    MediaType(".mp4", "video", "video/mp4", ("video/x-m4v",), _MP4),
    MediaType(".mov", "video", "video/quicktime", head=rb"....(?:ftypqt  |moov|mdat|wide|free|skip|pnot)"),
    MediaType(
        ".avi", "video", "video/x-msvideo", ("video/avi", "video/msvideo", "video/vnd.avi"), rb"RIFF....AVI "
    ),
    MediaType(".webm", "video", "video/webm", head=rb"\x1aE\xdf\xa3.{0,60}webm"),
    MediaType(".mkv", "video", "video/x-matroska", ("video/matroska",), rb"\x1aE\xdf\xa3"),
    MediaType(".jpg", "image", "image/jpeg", ("image/jpg",), rb"\xff\xd8\xff"),
    MediaType(".jpeg", "image", "image/jpeg"),
    MediaType(".png", "image", "image/png", ("image/apng",), rb"\x89PNG"),
    MediaType(".gif", "image", "image/gif", head=rb"GIF8[79]a"),
    MediaType(".webp", "image", "image/webp", head=rb"RIFF....WEBP"),
    MediaType(".mp3", "audio", "audio/mpeg", ("audio/mp3",), rb"ID3|\xff[\xe2-\xef\xf2-\xf7\xfa\xfb]"),
    MediaType(
        ".wav",
        "audio",
        "audio/wav",
        ("audio/x-wav", "audio/wave", "audio/vnd.wave"),
        rb"(?:RIFF|RF64|BW64)....WAVE",
    ),
    MediaType(".m4a", "audio", "audio/mp4", ("audio/x-m4a", "audio/m4a"), rb"....ftypM4[AB] "),
    MediaType(".aac", "audio", "audio/aac", ("audio/x-aac", "audio/aacp"), rb"\xff[\xf0\xf1\xf8\xf9]|ADIF"),
    MediaType(".srt", "text", "text/srt", ("application/x-subrip",), _SRT),
    MediaType(".vtt", "text", "text/vtt", head=_BLANK + rb"WEBVTT\s"),
)
"""What every server takes: the types of protocol §5, and subtitles."""
_STUDIO = (
    MediaType(".m4v", "video", "video/x-m4v", head=rb"....ftypM4V "),
    MediaType(".3gp", "video", "video/3gpp", head=rb"....ftyp3g"),
    MediaType(".ts", "video", "video/mp2t", head=rb"G.{187}G"),
    MediaType(".mts", "video", "video/mp2t"),
    MediaType(".m2ts", "video", "video/mp2t", head=rb"....G.{191}G"),
    MediaType(".mpg", "video", "video/mpeg", head=rb"\x00\x00\x01[\xba\xb3]"),
    MediaType(".mpeg", "video", "video/mpeg"),
    MediaType(".vob", "video", "video/mpeg"),
    MediaType(".wmv", "video", "video/x-ms-wmv", head=rb"0&\xb2u\x8ef\xcf\x11"),
    MediaType(".flv", "video", "video/x-flv", head=rb"FLV\x01"),
    MediaType(".ogv", "video", "video/ogg", head=rb"OggS.{24}\x80theora"),
    MediaType(".asf", "video", "video/x-ms-asf"),
    MediaType(".tif", "image", "image/tiff", head=rb"II\*\x00|MM\x00\*"),
    MediaType(".tiff", "image", "image/tiff"),
    MediaType(".avif", "image", "image/avif", head=rb"....ftyp(?:avi[fs]|mif1.{4}(?:.{4}){0,9}?avif)"),
    MediaType(".heic", "image", "image/heic", ("image/heif",), rb"....ftyp(?:hei[cxms]|hev[cxms]|m[is]f1)"),
    MediaType(".heif", "image", "image/heif"),
    MediaType(".bmp", "image", "image/bmp", aliases=("image/x-ms-bmp",), head=rb"BM.{4}\0\0\0\0"),
    MediaType(".ogg", "audio", "audio/ogg", aliases=("application/ogg",), head=rb"OggS"),
    MediaType(".oga", "audio", "audio/ogg"),
    MediaType(".opus", "audio", "audio/ogg", aliases=("audio/opus",)),
    MediaType(".weba", "audio", "audio/webm"),
    MediaType(".mp2", "audio", "audio/mpeg"),
    MediaType(".ac3", "audio", "audio/ac3", head=rb"\x0bw"),
    MediaType(".eac3", "audio", "audio/eac3"),
    MediaType(
        ".dts",
        "audio",
        "audio/vnd.dts",
        head=rb"\x7f\xfe\x80\x01|\xfe\x7f\x01\x80",
    ),
    MediaType(".amr", "audio", "audio/amr", head=rb"#!AMR"),
    MediaType(".au", "audio", "audio/basic", head=rb"\.snd"),
    MediaType(".flac", "audio", "audio/flac", aliases=("audio/x-flac",), head=rb"fLaC"),
    MediaType(".m4b", "audio", "audio/mp4"),
    MediaType(".mka", "audio", "audio/x-matroska", aliases=("audio/matroska",)),
    MediaType(".wma", "audio", "audio/x-ms-wma"),
    MediaType(".aif", "audio", "audio/aiff", aliases=("audio/x-aiff",), head=rb"FORM....AIF[FC]"),
    MediaType(".aiff", "audio", "audio/aiff"),
    MediaType(".caf", "audio", "audio/x-caf", head=rb"caff"),
    MediaType(".ass", "text", "text/x-ass", ("text/x-ssa",), _BLANK + rb"\[Script Info\]"),
    MediaType(".ssa", "text", "text/x-ass"),
    MediaType(".sbv", "text", "text/x-sbv", head=_BLANK + rb"(?:\d{1,2}:\d\d:\d\d\.\d{3},?){2}\s"),
    MediaType(".lrc", "text", "text/x-lrc", head=_LRC),
    MediaType(".ttml", "text", "application/ttml+xml", head=_TTML),
    MediaType(".dfxp", "text", "application/ttml+xml"),
)
"""What the studio takes besides."""


def _rare(kind: Kind, mime: str, names: str, head: bytes = b"") -> tuple[MediaType, ...]:
    first, *others = names.split()
    alike = tuple(MediaType(f".{name}", kind, mime, rare=True) for name in others)
    return MediaType(f".{first}", kind, mime, head=head, rare=True), *alike


_RARE = (
    *_rare("video", "video/mp4", "f4v insv lrv mj2"),
    *_rare("video", "video/quicktime", "qt"),
    *_rare("video", "video/3gpp2", "3g2"),
    *_rare("video", "video/x-matroska", "mk3d"),
    *_rare("video", "video/x-msvideo", "divx"),
    *_rare("video", "video/mp2t", "m2t trp tp tod"),
    *_rare("video", "video/mpeg", "m1v m2v mpe mpv mod"),
    *_rare("video", "video/ogg", "ogm ogx"),
    *_rare("video", "application/mxf", "mxf", rb"\x06\x0e\+4"),
    *_rare("video", "video/x-dv", "dv dif", rb"\x1f\x07\0[\x3f\xbf]"),
    *_rare("video", "application/vnd.rn-realmedia", "rm rmvb", rb"\.RMF"),
    *_rare("video", "video/x-nut", "nut", rb"nut/multimedia container\0"),
    *_rare("video", "video/x-ms-wtv", "wtv", rb"\xb7\xd8\0\x20"),
    *_rare("video", "video/x-ivf", "ivf", rb"DKIF\0\0"),
    *_rare("video", "video/x-yuv4mpeg", "y4m", rb"YUV4MPEG2 "),
    *_rare("video", "video/h264", "h264 avc"),
    *_rare("video", "video/h265", "h265 hevc"),
    *_rare("image", "image/jpeg", "jpe jfif mpo"),
    *_rare("image", "image/png", "apng"),
    *_rare("image", "image/heic", "hif"),
    *_rare("image", "image/jp2", "jp2 j2k jpf jpx", rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51"),
    *_rare("image", "image/x-portable-anymap", "pnm pbm pgm ppm", rb"P[1-6]\s"),
    *_rare("image", "image/qoi", "qoi", rb"qoif"),
    *_rare("image", "image/vnd.adobe.photoshop", "psd", rb"8BPS"),
    *_rare("image", "image/x-icon", "ico", rb"\0\0\x01\0[\x01-\x40]\0"),
    *_rare(
        "image",
        "image/x-tga",
        "tga",
        rb".(?:\0[\x02\x03\x0a\x0b]\0{5}|\x01[\x01\x09].{5}).{8}[\x08\x10\x18\x20]",
    ),
    *_rare("audio", "audio/mpeg", "mp1 mpa m2a"),
    *_rare("audio", "audio/mp4", "m4r"),
    *_rare("audio", "audio/eac3", "ec3"),
    *_rare("audio", "audio/vnd.dts", "dtshd"),
    *_rare("audio", "audio/vnd.dolby.mlp", "mlp thd truehd"),
    *_rare("audio", "audio/aac", "loas latm"),
    *_rare("audio", "audio/basic", "snd"),
    *_rare("audio", "audio/amr-wb", "awb"),
    *_rare("audio", "audio/aiff", "aifc"),
    *_rare("audio", "audio/wav", "bwf rf64 w64"),
    *_rare("audio", "audio/ogg", "spx"),
    *_rare("audio", "audio/x-tta", "tta", rb"TTA1"),
    *_rare("audio", "audio/x-wavpack", "wv", rb"wvpk"),
    *_rare("audio", "audio/x-ape", "ape", rb"MAC "),
    *_rare("audio", "audio/x-musepack", "mpc", rb"MP\+|MPCK"),
    *_rare("audio", "audio/x-tak", "tak", rb"tBaK"),
    *_rare("audio", "audio/x-voc", "voc", rb"Creative Voice File"),
    *_rare("audio", "audio/x-dsf", "dsf", rb"DSD \x1c"),
    *_rare("audio", "audio/vnd.rn-realaudio", "ra", rb"\.ra\xfd"),
)
"""What it takes, too: what FFmpeg can read is not refused for its name, nor are some pictures."""
_ROWS = _PROTOCOL + _STUDIO + _RARE
MEDIA_TYPES: Mapping[str, MediaType] = MappingProxyType({row.extension: row for row in _ROWS})
"""Every type by its extension in lower case, the dot included."""


def _any_of(words: set[str]) -> str:
    """A regular expression for any of these words, the longest that fits; each letter is looked at once."""
    ways = []
    for first in sorted({word[0] for word in words if word}):
        rest = {word[1:] for word in words if word.startswith(first)}
        ways.append(first if rest == {""} else first + _any_of(rest))
    return f"(?:{'|'.join(ways)}){'?' if '' in words else ''}"


EXTENSION = _any_of({row.extension[1:] for row in _ROWS})
"""As a regular expression: one extension without its dot."""
_HEADS: tuple[tuple[re.Pattern[bytes], str], ...] = tuple(
    (re.compile(row.head, re.DOTALL), row.extension) for row in _ROWS if row.head
)
_MIMES: dict[str, str] = {mime: row.extension for row in reversed(_ROWS) for mime in (row.mime, *row.aliases)}


def extensions(*, studio: bool = False) -> tuple[str, ...]:
    """The extensions that a server takes: the studio all, any other those of the protocol (§5)."""
    return tuple(row.extension for row in (_ROWS if studio else _PROTOCOL))


def in_words(*, studio: bool = False, kind: Kind | None = None) -> str:
    """The same as a list for people: `mp4, mov, …; jpg, …; mp3, …; srt, vtt`, or those of one `kind`.

    What is rare is not in it.
    """
    every = [MEDIA_TYPES[extension] for extension in extensions(studio=studio)]
    taken = [row for row in every if not row.rare]
    kinds = [kind] if kind else list(dict.fromkeys(row.kind for row in taken))
    return "; ".join(", ".join(row.extension[1:] for row in taken if row.kind == kind) for kind in kinds)


def extension_of_head(head: bytes) -> str:
    """The extension that goes with a file's first bytes; "" for what is none of the types."""
    plain = _plain(head)
    for pattern, extension in _HEADS:
        if pattern.match(plain):
            return extension
    return ""


def extension_of_mime(mime: str) -> str:
    """The extension that goes with a media type; "" for what is none of the types."""
    return _MIMES.get(mime, "")


def _plain(head: bytes) -> bytes:
    """The bytes without what tells a text's encoding; of UTF-16 those of its first 128 characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\0", b"") if b"\0" in head[2:6] else head
    return head.removeprefix(b"\xef\xbb\xbf")


def is_taken(extension: str, head: bytes, *, studio: bool = False) -> bool:
    """Whether a server takes a file with this extension and these first bytes.

    The studio takes all that it reads whatever it is called, but no pictures that are a camera's raw data.
    """
    if extension in extensions(studio=studio):
        return True
    return studio and extension_of_head(head) not in ("", ".tif")


def is_media(head: bytes) -> bool:
    """Whether a file begins as one of the types does; subtitles may begin as any text."""
    return bool(extension_of_head(head))
