"""A film as fragments that a browser's MediaSource takes piece by piece: made, indexed and named.

The fragments are MP4 ones (ISO/IEC 14496-12 §8.8), each beginning with a key frame. With x264's reordered
frames `negative_cts_offsets` is what keeps a picture at its own time; without it all are shown late.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from nemo_widgets.catalogue import say
from nemo_widgets.disk_faults import disk_fault
from nemo_widgets.errors import MissingExtra, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

__all__ = ["Fragment", "Index", "codec_name", "fragment", "read_index"]

_OPTIONS = {
    "movflags": "frag_keyframe+empty_moov+default_base_moof+negative_cts_offsets",
    # Where every frame is a key frame, they are joined up to half a second.
    "min_frag_duration": "500000",
}
_SOUND_OPTIONS = {"movflags": "empty_moov+default_base_moof", "frag_duration": "1000000"}
"""Of sound alone: nothing but its length ends a fragment."""
_OPUS_RATE = 48_000
_NO_ROOM = ("full", "quota", "inodes", "large", "read-only")
"""What is wrong with the place of the fragments, and not with the film."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """One fragment: where it starts in the film, in seconds, and where its bytes are."""

    start: float
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Index:
    """The bytes [0, head) start every playing; the fragments follow. `mime` names container and codecs.

    `shift` is what to add to the fragments' own times to get those of the source, in seconds.
    """

    mime: str
    head: int
    fragments: tuple[Fragment, ...]
    shift: float = 0.0


def fragment(
    source: Path,
    target: Path,
    sounds: Sequence[str] = ("aac", "opus"),
    progress: Callable[[float], None] | None = None,
) -> Index:
    """Write `source` as fragments to `target`, packet by packet (memory does not grow with the film).

    The picture is copied as it is; the sound, too, if its codec is in `sounds` (what the browser plays),
    else it is made Opus if that is, else left out. `progress` gets the share that is done, 0 to 1.

    Raises:
        MissingExtra: PyAV is not installed.
        UsageError: the file can't be read, or its picture is not H.264. A file of sound needs none.
        OSError: there is no room for the fragments.
    """
    try:
        import av
    except ImportError:
        raise MissingExtra(
            say("player.no pyav"),
            hint=say("player.install"),
        ) from None
    try:
        with av.open(str(source)) as film:
            picture = next((s for s in film.streams.video if s.codec_context.name != "mjpeg"), None)
            sound = next(iter(film.streams.audio), None)
            heard = sound is not None and ("opus" in sounds or sound.codec_context.name in sounds)
            if picture is None and heard:
                kind, (names, first) = "audio", _copy_sound(film, sound, target, sounds)
            elif picture is None or picture.codec_context.name != "h264":
                told = say("player.no picture", name=source.name)
                if picture:
                    told = say("player.not h264", name=source.name, codec=picture.codec_context.name)
                raise UsageError(told, hint="")
            else:
                kind, (names, first) = "video", _copy(film, picture, target, sounds, progress)
    except av.FFmpegError as error:
        if disk_fault(error) in _NO_ROOM and isinstance(error, OSError):
            raise OSError(error.errno, error.strerror) from None
        raise UsageError(say("player.no film", name=source.name, why=error.strerror), hint="") from None
    head, fragments = read_index(target)
    if not fragments:
        raise UsageError(say("player.empty", name=source.name), hint="")
    return Index(
        f'{kind}/mp4; codecs="{", ".join(names)}"', head, fragments, round(first - fragments[0].start, 6)
    )


def _copy_sound(film: Any, sound: Any, target: Path, sounds: Sequence[str]) -> tuple[list[str], float]:
    """The same of a file of sound: its codec's name, and when it begins."""
    import av

    first: float | None = None
    with av.open(str(target), "w", format="mp4", options=_SOUND_OPTIONS) as out:
        if sound.codec_context.name not in sounds:
            encoder = _Opus(out)
            for frame in film.decode(sound):
                first = frame.time or 0.0 if first is None else first
                out.mux(encoder.feed(frame))
            out.mux(encoder.feed(None))
            return ["opus"], first or 0.0
        copy = out.add_stream_from_template(sound)
        for packet in film.demux(sound):
            if packet.dts is not None:
                first = _time(packet) if first is None else first
                packet.stream = copy
                out.mux(packet)
    return [codec_name(sound.codec_context.name, bytes(sound.codec_context.extradata or b""))], first or 0.0


def _copy(
    film: Any, picture: Any, target: Path, sounds: Sequence[str], progress: Callable[[float], None] | None
) -> tuple[list[str], float]:
    """Copy the packets; returns the codecs' names and the source time of the first picture."""
    import av

    sound: Any = next(iter(film.streams.audio), None)
    names = [codec_name("h264", bytes(picture.codec_context.extradata or b""))]
    first: float | None = None
    with av.open(str(target), "w", format="mp4", options=_OPTIONS) as out:
        copies: dict[Any, Any] = {picture: out.add_stream_from_template(picture)}
        encoder = None
        if sound is not None and sound.codec_context.name in sounds:
            copies[sound] = out.add_stream_from_template(sound)
            names.append(codec_name(sound.codec_context.name, bytes(sound.codec_context.extradata or b"")))
        elif sound is not None and "opus" in sounds:
            encoder = _Opus(out)
            names.append("opus")
        for packet in film.demux(*copies, *([sound] if encoder else [])):
            stream = packet.stream
            if stream not in copies:
                out.mux(
                    [made for frame in packet.decode() for made in encoder.feed(frame)] if encoder else []
                )
                continue
            if packet.dts is None:
                continue
            if stream is picture:
                first = _time(packet) if first is None and not packet.is_discard else first
                if progress and film.duration:
                    progress(
                        max(
                            0.0, min(1.0, float(packet.dts * packet.time_base) * av.time_base / film.duration)
                        )
                    )
            packet.stream = copies[stream]
            out.mux(packet)
        out.mux(encoder.feed(None) if encoder else [])
    return names, first or 0.0


def _time(packet: Any) -> float:
    return float((packet.pts if packet.pts is not None else packet.dts) * packet.time_base)


class _Opus:
    """Makes sound of any kind Opus in `out`: resampled to 48 kHz stereo, encoded frame by frame."""

    def __init__(self, out: Any) -> None:
        import av

        self._stream = out.add_stream("libopus", rate=_OPUS_RATE, layout="stereo")
        self._resampler = av.AudioResampler("flt", "stereo", _OPUS_RATE, frame_size=_OPUS_RATE // 50)

    def feed(self, frame: Any | None) -> list[Any]:
        """The packets that are ready after `frame`; None ends the stream."""
        packets = [p for made in self._resampler.resample(frame) for p in self._stream.encode(made)]
        return packets + (self._stream.encode(None) if frame is None else [])


def codec_name(codec: str, extradata: bytes) -> str:
    """The name of a codec as browsers want it (RFC 6381), from the decoder's own header.

    >>> codec_name("h264", bytes.fromhex("0164001fffe1")), codec_name("aac", bytes.fromhex("1190"))
    ('avc1.64001F', 'mp4a.40.2')
    """
    if codec == "h264":
        if extradata[:1] != b"\x01":  # not avcC but the parameter sets with start codes: find the first SPS
            at = next((i for i in range(len(extradata) - 3) if _is_sps(extradata, i)), -1)
            extradata = b"\x01" + extradata[at + 4 : at + 7] if at >= 0 else b"\x01\x64\x00\x28"
        return f"avc1.{extradata[1:4].hex().upper()}"
    if codec == "aac":
        kind = extradata[0] >> 3 if extradata else 2
        if kind == 31 and len(extradata) > 1:  # noqa: PLR2004 - the escape value of ISO/IEC 14496-3 §1.6.2.1
            kind = 32 + ((extradata[0] & 7) << 3 | extradata[1] >> 5)
        return f"mp4a.40.{kind}"
    return codec


def _is_sps(data: bytes, at: int) -> bool:
    return data[at : at + 3] == b"\x00\x00\x01" and data[at + 3] & 31 == 7  # noqa: PLR2004 - NAL type 7 is the SPS


def read_index(path: Path) -> tuple[int, tuple[Fragment, ...]]:
    """The size of the head and the fragments of a fragmented MP4, from the box headers and `moof`s alone.

    A fragment without pictures of the first track (the end of a longer sound) belongs to the one before it.
    """
    head, track, scale = 0, 0, 1
    found: list[list[float]] = []
    with path.open("rb") as file:
        for kind, start, body, end in _boxes(file, 0, path.stat().st_size):
            if kind == b"moov":
                track, scale = _first_track(file, body, end)
                head = end
            elif kind == b"moof":
                begins = _begins(file, body, end, track)
                if begins is not None or not found:
                    found.append([(begins or 0) / scale, start, end])
                else:
                    found[-1][2] = end
            elif kind == b"mdat" and found:
                found[-1][2] = end
    return head, tuple(Fragment(start, int(offset), int(end - offset)) for start, offset, end in found)


def _boxes(file: BinaryIO, at: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """The boxes between two places: kind, start, start of the body, end."""
    while at + 8 <= end:
        file.seek(at)
        size, kind = struct.unpack(">I4s", file.read(8))
        body = at + 8
        if size == 1:
            size, body = struct.unpack(">Q", file.read(8))[0], at + 16
        elif size == 0:
            size = end - at
        if size < body - at:
            return
        yield kind, at, body, min(at + size, end)
        at += size


def _first_track(file: BinaryIO, at: int, end: int) -> tuple[int, int]:
    """The id and the time scale of the first track of a `moov`."""
    track, scale = 0, 1
    for kind, _, body, stop in _boxes(file, at, end):
        if kind != b"trak":
            continue
        for inner, _, a, b in _boxes(file, body, stop):
            if inner == b"tkhd":
                track = _number(file, a, 12, 20)
            elif inner == b"mdia":
                scale = next(
                    (_number(file, x, 12, 20) for k, _, x, _ in _boxes(file, a, b) if k == b"mdhd"), 1
                )
        return track, scale or 1
    return track, scale


def _begins(file: BinaryIO, at: int, end: int, track: int) -> int | None:
    """The decode time at which a `moof` begins for `track`, or None if it has none of it."""
    for kind, _, body, stop in _boxes(file, at, end):
        if kind != b"traf":
            continue
        inner = {k: a for k, _, a, _ in _boxes(file, body, stop)}
        if b"tfhd" in inner and b"tfdt" in inner and _number(file, inner[b"tfhd"], 4, 4) == track:
            return _number(file, inner[b"tfdt"], 4, 4, wide=True)
    return None


def _number(file: BinaryIO, body: int, at: int, at_v1: int, *, wide: bool = False) -> int:
    """A big-endian number of a full box, at another place in version 1, and of 8 bytes there if `wide`."""
    file.seek(body)
    version = file.read(1)[0]
    file.seek(body + (at_v1 if version else at))
    size = 8 if version and wide else 4
    return int.from_bytes(file.read(size), "big")
