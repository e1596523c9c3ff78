"""Clips whose every frame carries its number, with chirps at known times; and readers of both."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import numpy as np

from nemo_widgets.draft import Draft
from nemo_widgets.studio.media.sound import SoundReader
from nemo_widgets.studio.render.frames import planes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

RATE = 48_000
BITS = 12
CHIRP_MS = 20


def chirp() -> np.ndarray:
    """A sweep that is found again to the sample by correlation."""
    t = np.arange(RATE * CHIRP_MS // 1000) / RATE
    return 0.5 * np.sin(2 * np.pi * (800 * t + 100_000 * t * t)) * np.hanning(t.size) ** 0.25


def picture(number: int, width: int, height: int) -> np.ndarray:
    """The number as a binary code, white over black a 1, black over white a 0: (height, width) luma."""
    bits = np.array([number >> i & 1 for i in range(BITS)], bool)
    row = np.where(np.repeat(bits, -(-width // BITS))[:width], 220, 30).astype(np.uint8)
    upper = np.tile(row, (height // 2, 1))
    return np.vstack([upper, np.tile(250 - row, (height - height // 2, 1))])


def number(luma: np.ndarray) -> int:
    """The number in a picture."""
    height, width = luma.shape
    upper, lower = (
        luma[height // 8 : height * 3 // 8].mean(axis=0),
        luma[height * 5 // 8 : -height // 8].mean(axis=0),
    )
    edges = [round((i + 0.5) * (-(-width // BITS))) for i in range(BITS)]
    return sum(1 << i for i, x in enumerate(edges) if x < width and upper[x] > lower[x])


def code_clip(
    path: Path,
    *,
    frames: int = 60,
    first: int = 0,
    fps: Fraction | int = 30,
    size: tuple[int, int] = (160, 90),
    codec: str = "libx264",
    audio: str | None = "aac",
    rate: int = RATE,
    layout: str = "mono",
    chirps: Sequence[float] = (),
    sound: np.ndarray | None = None,
    sound_at: float = 0.0,
    shift: int = 0,
    gop: int = 15,
    bframes: int = 2,
    rotate: int = 0,
    pixel: Fraction | None = None,
    times: Callable[[int], Fraction] | None = None,
    pix_fmt: str = "yuv420p",
    options: dict[str, str] | None = None,
    named: bool = False,
) -> Path:
    """Writes a clip whose frames count from `first`.

    `chirps` in seconds from its beginning (mono amplitude 0.5), or `sound` as samples. Further `options` are
    x264's. With `named`, the file says that its colours are BT.709's.
    """
    fps = Fraction(fps)
    tick = Fraction(1, 90_000) if times else 1 / fps
    width, height = size
    with av.open(str(path), "w") as file:
        video = file.add_stream(codec, rate=fps)
        video.width, video.height, video.pix_fmt = width, height, pix_fmt
        video.time_base = video.codec_context.time_base = tick
        video.codec_context.gop_size = gop
        if pixel is not None:
            video.codec_context.sample_aspect_ratio = pixel
        if rotate:
            video.set_display_rotation(rotate)
        _set_up(video, bframes, options or {}, named=named)
        heard = file.add_stream(audio, rate=rate, layout=layout) if audio else None
        for i in range(frames):
            frame = av.VideoFrame(width, height, "yuv420p")
            for plane, value in zip(frame.planes, (picture(first + i, width, height), 128, 128), strict=True):
                rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
                rows[:, : plane.width] = value
            if pix_fmt != "yuv420p":
                frame = frame.reformat(format=pix_fmt)
            frame.pts = int(times(i) / tick) if times else i + shift
            frame.time_base = tick
            file.mux(video.encode(frame))
        file.mux(video.encode(None))
        if heard is not None:
            seconds = frames / fps - Fraction(sound_at).limit_denominator(1000)
            samples = np.zeros(int(seconds * rate)) if sound is None else sound
            for at in chirps:
                wave = _at_rate(chirp(), rate)
                samples[round(at * rate) :][: wave.size] += wave[: samples.size - round(at * rate)]
            channels = heard.codec_context.layout.nb_channels
            frame = av.AudioFrame.from_ndarray(
                np.tile(samples.astype(np.float32), (channels, 1)), "fltp", layout
            )
            frame.sample_rate, frame.time_base = rate, Fraction(1, rate)
            frame.pts = round((sound_at + shift / fps) * rate)
            resampler = av.AudioResampler(heard.codec_context.format or "fltp", layout, rate)
            for turned in resampler.resample(frame):
                file.mux(heard.encode(turned))
            file.mux(heard.encode(None))
    return path


def _set_up(video: av.VideoStream, bframes: int, options: dict[str, str], *, named: bool) -> None:
    if video.codec_context.name == "libx264":
        usual = {"preset": "ultrafast", "crf": "18", "b_strategy": "0", "sc_threshold": "0"}
        video.options = {**usual, "bf": str(bframes), **options}
    if named:
        context = video.codec_context
        context.color_range = context.colorspace = context.color_primaries = context.color_trc = 1


def _at_rate(wave: np.ndarray, rate: int) -> np.ndarray:
    return np.interp(np.arange(round(wave.size * rate / RATE)) / rate, np.arange(wave.size) / RATE, wave)


def clip(src: str, start: int, begin: int, end: int, **meta: Any) -> dict[str, Any]:
    """A video segment, times in ms."""
    return {
        "d": end - begin,
        "m": {"id": f"v{start}", "start": start, "src": src, "in": begin, "out": end, "name": src, **meta},
    }


def timeline(
    segments: list[dict[str, Any]],
    *,
    music: Sequence[dict[str, Any]] = (),
    titles: Sequence[dict[str, Any]] = (),
    size: tuple[int, int] = (160, 90),
    fps: float | str = 30,
) -> Draft:
    tracks = [{"tt": 0, "m": {"name": "Main"}, "sg": segments}]
    tracks += [{"tt": 1, "m": {"name": "BGM"}, "sg": list(music)}] if music else []
    tracks += [{"tt": 7, "m": {"name": "Title"}, "sg": list(titles)}] if titles else []
    end = max(s["m"]["start"] + s["d"] for s in segments)
    return Draft({"d": end, "m": {"title": "", "width": size[0], "height": size[1], "fps": fps}, "t": tracks})


def watched(path: Path) -> list[np.ndarray]:
    """The luma of every frame, black 16 and white 235."""
    with av.open(str(path)) as file:
        return [planes(frame)[0].copy() for frame in file.decode(video=0)]


def coloured(path: Path) -> list[np.ndarray]:
    """Every frame in colour: (height, width, 3), red, green and blue from 0 to 255."""
    with av.open(str(path)) as file:
        return [_rgb(planes(frame)) for frame in file.decode(video=0)]


def _rgb(yuv: list[np.ndarray]) -> np.ndarray:
    luma = (yuv[0].astype(float) - 16) * 255 / 219
    u, v = ((c.astype(float) - 128).repeat(2, 0).repeat(2, 1) * 255 / 224 for c in yuv[1:])
    rgb = np.stack([luma + 1.5748 * v, luma - 0.1873 * u - 0.4681 * v, luma + 1.8556 * u], axis=-1)
    return np.clip(np.round(rgb), 0, 255).astype(np.uint8)


def heard(path: Path) -> np.ndarray:
    """The sound as a player hears it: (samples, 2)."""
    with SoundReader(path) as reader:
        blocks = []
        while len(block := reader.read(RATE)):
            blocks.append(block)
        return np.concatenate(blocks)


def found_chirps(sound: np.ndarray) -> list[float]:
    """Where the chirps begin, in seconds."""
    template, mono = chirp(), sound.mean(axis=1) if sound.ndim > 1 else sound
    size = 1 << (mono.size + template.size).bit_length()
    match = np.fft.irfft(np.fft.rfft(mono, size) * np.conj(np.fft.rfft(template, size)), size)[: mono.size]
    found = []
    while len(found) < 50 and match.max() > 0.3 * (template @ template):
        at = int(match.argmax())
        found.append(at / RATE)
        match[max(0, at - RATE // 20) : at + RATE // 20] = 0
    return sorted(found)
