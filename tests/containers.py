"""Clips in every container, pictures and sounds where they are wanted in time; and what an export shows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import av
import numpy as np
from clips import RATE, chirp, found_chirps, number, picture, watched
from PIL import Image

from nemo_widgets.draft import Draft
from nemo_widgets.studio.media import probe
from nemo_widgets.studio.placement import place
from nemo_widgets.studio.render import Output, make_plan, render
from nemo_widgets.studio.store import Media

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from av.packet import Packet

SIZE = (96, 54)
CODECS = {"webm": ("libvpx", "libopus"), "avi": ("mpeg4", "pcm_s16le")}
FORMATS = {"ts": "mpegts", "mkv": "matroska", "mpg": "vob"}
NO_DURATION = {
    "mp4": {"movflags": "frag_keyframe+delay_moov"},
    "mov": {"movflags": "frag_keyframe+delay_moov"},
    "mkv": {"live": "1"},
    "webm": {"live": "1"},
}
"""What keeps a muxer from writing how long the file is."""
PACES = {
    "cfr": [Fraction(i, 25) for i in range(50)],
    "vfr": [*(Fraction(i, 30) for i in range(15)), *(Fraction(8, 5) + Fraction(i, 30) for i in range(12))],
    "1fps": [Fraction(i) for i in range(3)],
    "120fps": [Fraction(i, 120) for i in range(240)],
}
"""When each picture is to be seen, in seconds from the first."""
LAST = {"cfr": Fraction(1, 25), "vfr": Fraction(1, 30), "1fps": Fraction(1), "120fps": Fraction(1, 120)}
"""How long the last one lasts."""


@dataclass(frozen=True)
class Case:
    """A clip: pictures at a pace, and sounds from when to when, counted from the first picture.

    Whatever comes first stands at `start` in the file.
    """

    container: str
    pace: str = "cfr"
    sounds: tuple[tuple[Fraction, Fraction], ...] = ()
    start: Fraction = Fraction(0)
    told: bool = True

    @property
    def pictures_end(self) -> Fraction:
        """When the pictures end, from the first one."""
        return PACES[self.pace][-1] + LAST[self.pace]

    @property
    def origin(self) -> Fraction:
        """The clip's moment 0, from the first picture: earlier where a sound begins before it."""
        earliest = min((begin for begin, _ in self.sounds), default=Fraction(0))
        return min(Fraction(0), earliest)

    @property
    def length(self) -> Fraction:
        """How long the clip is."""
        return max([self.pictures_end, *(end for _, end in self.sounds)]) - self.origin

    def chirps(self, track: int) -> list[Fraction]:
        """When the chirps of a sound begin, from the first picture: near its beginning, middle and end."""
        begin, end = self.sounds[track]
        apart = Fraction(1, 4) + Fraction(track, 10)
        return [begin + apart, (begin + end) / 2 + Fraction(track, 10), end - apart]


def made(case: Case, folder: Path) -> Path:
    """The clip, in a folder that keeps what its cases share."""
    target = folder / f"case.{case.container}"
    if case.container in ("gif", "webp"):
        return _animation(case, target)
    video, audio = CODECS.get(case.container, ("libx264", "aac"))
    sources = [_pictures(folder, video, case.pace)]
    begins = case.start - case.origin
    shifts = [begins]
    for track, (begin, end) in enumerate(case.sounds):
        chirps = tuple(at - begin for at in case.chirps(track))
        sources.append(_sound(folder, audio, end - begin, chirps))
        shifts.append(begins + begin)
    options = {} if case.told else NO_DURATION.get(case.container, {})
    write(target, sources, shifts, options=options)
    return target


def write(
    target: Path,
    sources: Sequence[Path],
    shifts: Sequence[Fraction],
    *,
    options: dict[str, str] | None = None,
) -> None:
    """One file of several with one stream each, every one moved by so many seconds."""
    form = FORMATS.get(target.suffix[1:])
    with av.open(str(target), "w", format=form, options=options or {}) as out:
        files = [av.open(str(source)) for source in sources]
        streams = [out.add_stream_from_template(file.streams[0]) for file in files]
        if target.suffix == ".avi":
            streams[0].time_base = 1 / files[0].streams[0].average_rate  # its clock counts pictures
        packets: list[tuple[Fraction, int, Packet]] = []
        for index, (file, shift) in enumerate(zip(files, shifts, strict=True)):
            # What an encoder puts before the first sound stays out: not every format can say it.
            primed = file.streams[0].codec_context.name == "aac"
            own = [p for p in file.demux() if p.pts is not None and not (primed and p.pts < 0)]
            stamps = sorted(packet.pts for packet in own)
            for packet in own:
                if file.streams[0].type == "video":  # as long as until the next one; the last by its pace
                    after = stamps.index(packet.pts) + 1
                    last = round(LAST[source_pace(sources[index])] / packet.time_base)
                    packet.duration = stamps[after] - packet.pts if after < len(stamps) else last
                move = round(shift / packet.time_base)
                plain = packet.dts is None or target.suffix == ".avi"  # which has no order but one
                packet.dts = (packet.pts if plain else packet.dts) + move
                packet.pts += move
                packets.append((packet.dts * packet.time_base, index, packet))
        for _, index, packet in sorted(packets, key=lambda item: item[:2]):
            packet.stream = streams[index]
            out.mux(packet)
        for file in files:
            file.close()


def source_pace(path: Path) -> str:
    """The pace of a file of pictures, which its name tells."""
    return path.stem.rpartition("-")[2]


def _pictures(folder: Path, codec: str, pace: str) -> Path:
    path = folder / f"pictures-{codec}-{pace}.{'webm' if codec == 'libvpx' else 'mp4'}"
    if path.exists():
        return path
    rate = 1 / LAST[pace]
    tick = LAST[pace] if codec == "mpeg4" else Fraction(1, 90_000)
    with av.open(str(path), "w") as file:
        stream = file.add_stream(codec, rate=rate)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        stream.time_base = stream.codec_context.time_base = tick
        stream.codec_context.gop_size = 12
        stream.options = {
            "libx264": {"preset": "ultrafast", "crf": "18", "bf": "2", "b_strategy": "0"},
            "libvpx": {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0", "crf": "10", "b": "2M"},
        }.get(codec, {"qscale": "2", "flags": "+qscale", "b": "2M"})
        for i, at in enumerate(PACES[pace]):
            frame = av.VideoFrame(*SIZE, "yuv420p")
            for plane, value in zip(frame.planes, (picture(i, *SIZE), 128, 128), strict=True):
                rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
                rows[:, : plane.width] = value
            frame.pts, frame.time_base = round(at / tick), tick
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def _sound(folder: Path, codec: str, length: Fraction, chirps: tuple[Fraction, ...]) -> Path:
    ending = "mov" if codec.startswith("pcm") else "mp4"
    places = "-".join(f"{float(at):g}" for at in chirps)
    path = folder / f"sound-{codec}-{float(length):g}-{places}.{ending}"
    if path.exists():
        return path
    samples = np.zeros(round(length * RATE), np.float32)
    for at in chirps:
        wave = chirp().astype(np.float32)
        samples[round(at * RATE) :][: wave.size] += wave[: samples.size - round(at * RATE)]
    with av.open(str(path), "w") as file:
        stream = file.add_stream(codec, rate=RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples[None], "fltp", "mono")
        frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), 0
        for turned in av.AudioResampler(stream.codec_context.format or "fltp", "mono", RATE).resample(frame):
            file.mux(stream.encode(turned))
        file.mux(stream.encode(None))
    return path


def _animation(case: Case, target: Path) -> Path:
    times = [*PACES[case.pace], case.pictures_end]
    lasts = [round((after - at) * 1000) for at, after in pairwise(times)]
    frames = [Image.fromarray(picture(i, *SIZE)).convert("RGB") for i in range(len(lasts))]
    more = {"lossless": True, "quality": 0, "method": 0} if case.container == "webp" else {}
    frames[0].save(target, save_all=True, append_images=frames[1:], duration=lasts, loop=0, **more)
    return target


def uploaded(path: Path) -> Media:
    """The file as the studio keeps it."""
    info = probe(path)
    return Media(
        id=path.name, session="s", user="u", name=path.name, file=path.name, size=1, hash="h", kind=info.kind,
        duration_ms=info.duration_ms, width=info.width, height=info.height, fps=info.fps,
        has_audio=info.has_audio, notes=info.notes, tracks=info.tracks,
    )  # fmt: skip


def timeline_of(*paths: Path) -> Draft:
    """The draft after the upload of these files, on a small canvas."""
    draft = None
    for path in paths:
        draft = place(draft, uploaded(path))
    assert draft is not None
    draft["m"] |= {"width": SIZE[0], "height": SIZE[1]}
    return Draft(draft)


def exported(draft: Draft, target: Path, *paths: Path) -> Path:
    """The draft rendered to a file."""
    files = {path.name: path for path in paths}
    plan = make_plan(
        draft, lambda src: files[src.rsplit("/", 1)[-1]], Output(preset="ultrafast", quality="high")
    )
    render(plan, target)
    return target


def faults(case: Case, folder: Path) -> list[str]:
    """What is wrong with an export of a case: its length, pictures, sound or words."""
    path = made(case, folder)
    media = uploaded(path)
    draft = timeline_of(path)
    fps = Fraction(draft.meta["fps"])
    film = exported(draft, folder / "film.mp4", path)
    shown = [number(luma) for luma in watched(film)]
    return [
        *_length_faults(case, media.duration_ms, len(shown), fps),
        *_picture_faults(case, shown, fps),
        *_sound_faults(case, film),
        *_word_faults(case, media),
    ]


def _length_faults(case: Case, duration_ms: int, frames: int, fps: Fraction) -> Iterator[str]:
    # A muxer's frame of sound may be filled up with silence: 1024 samples, or 1152 of MP3.
    slack = 1 / fps + (Fraction(1, 40) if case.sounds else 0)
    if abs(Fraction(duration_ms, 1000) - case.length) > slack:
        yield f"length {duration_ms / 1000} instead of {float(case.length):.3f}"
    if abs(frames / fps - case.length) > slack + 1 / fps / 2:
        yield f"{frames} frames at {fps} instead of {float(case.length * fps):.2f}"


def _picture_faults(case: Case, shown: list[int], fps: Fraction) -> Iterator[str]:
    times = [at - case.origin for at in PACES[case.pace]]
    slack = 1 / fps / 2 + Fraction(2, 1000)
    wrong = []
    for n, k in enumerate(shown):
        at = n / fps
        late = k + 1 < len(times) and times[k + 1] < at - slack
        if k >= len(times) or (k and times[k] > at + slack) or late:
            wrong.append(f"{k} at {float(at):.3f}")
    if wrong:
        yield f"{len(wrong)} pictures off: {', '.join(wrong[:4])}"
    if case.pace != "120fps" and (lost := set(range(len(times))) - set(shown)):
        yield f"pictures {sorted(lost)[:6]} are not seen"


def _sound_faults(case: Case, film: Path) -> Iterator[str]:
    wanted = sorted(at - case.origin for track in range(len(case.sounds)) for at in case.chirps(track))
    if not wanted:
        return
    found = found_chirps(decoded_sound(film))
    if len(found) != len(wanted):
        yield f"{len(found)} of {len(wanted)} chirps: {[round(at, 3) for at in found]}"
        return
    off = max(abs(at - float(want)) for at, want in zip(found, wanted, strict=True))
    if off > 0.02:
        yield f"sound off by {off * 1000:.0f} ms"


def _word_faults(case: Case, media: Media) -> Iterator[str]:
    apart = [abs(begin) > 1 or abs(end - case.pictures_end) > 1 for begin, end in case.sounds]
    if len(apart) == 1 and apart[0] and not media.notes:
        yield "not a word of sound and pictures that are apart"


def decoded_sound(path: Path) -> np.ndarray:
    """A file's sound as FFmpeg's decoder gives it, mono, from the file's time 0 on."""
    pieces = []
    with av.open(str(path)) as file:
        if not file.streams.audio:
            return np.zeros(1)
        resampler = av.AudioResampler("fltp", "mono", RATE)
        for frame in file.decode(audio=0):
            if not pieces:
                pieces.append(np.zeros(max(0, round(float(frame.time or 0) * RATE)), np.float32))
            pieces += [turned.to_ndarray()[0] for turned in resampler.resample(frame)]
        pieces += [turned.to_ndarray()[0] for turned in resampler.resample(None)]
    return np.concatenate(pieces) if pieces else np.zeros(1)


def cases() -> list[Case]:
    """The whole matrix: containers x sounds x paces x beginnings."""
    every = []
    for container in ("mp4", "mov", "mkv", "webm", "avi", "ts"):
        for pace in PACES:
            if container == "avi" and pace == "vfr":
                continue  # it knows nothing but a rate
            end = PACES[pace][-1] + LAST[pace]
            gap = Fraction(6, 5)
            sounds: dict[str, tuple[tuple[Fraction, Fraction], ...]] = {
                "none": (),
                "earlier": ((-gap, end),),
                "later": ((gap / 2, end),),
                "longer": ((Fraction(0), end + gap),),
                "shorter": ((Fraction(0), end - gap / 2),),
                "several": ((Fraction(0), end), (Fraction(0), end)),
            }
            if container == "avi":  # where everything begins at 0
                del sounds["earlier"], sounds["later"]
            for sound in sounds.values():
                for start, told in ((0, True), (5, True), (-1, True), (0, False)):
                    if start < 0 and container in ("mp4", "mov", "avi"):
                        continue  # they write it as what is not to be shown, or can't
                    if start and container == "avi":
                        continue
                    every.append(Case(container, pace, sound, Fraction(start), told))
    every += [Case("gif", pace) for pace in ("cfr", "1fps")]  # it counts hundredths of a second
    every += [Case("webp", pace) for pace in ("cfr", "vfr", "1fps")]
    return every
