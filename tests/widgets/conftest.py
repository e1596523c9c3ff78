"""A front end that only listens, and small films."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import comm
import ipykernel.ipkernel  # noqa: F401 - puts its own `create_comm` in place when first imported: before ours
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Ear:
    """The kernel's end of a comm: keeps what is sent, and can say something back."""

    def __init__(self, **opened: Any) -> None:
        self.opened = opened
        self.comm_id = opened.get("comm_id") or f"ear-{id(self)}"
        self.kernel = object()
        self.sent: list[dict[str, Any]] = []
        self.buffers: list[Any] = []
        self._heard: Callable[[dict[str, Any]], None] = lambda _: None

    def on_msg(self, heard: Callable[[dict[str, Any]], None]) -> None:
        self._heard = heard

    def on_close(self, *_: Any) -> None:
        pass

    def send(self, data: dict[str, Any], *_: Any, buffers: Any = None, **__: Any) -> None:
        self.sent.append(data)
        self.buffers.append(buffers)

    def close(self, *_: Any, **__: Any) -> None:
        pass

    def say(self, content: Any) -> None:
        """A custom message of the front end."""
        self._heard({"content": {"data": {"method": "custom", "content": content}}, "buffers": []})

    @property
    def custom(self) -> list[dict[str, Any]]:
        return [data["content"] for data in self.sent if data.get("method") == "custom"]


@pytest.fixture
def ears(monkeypatch: pytest.MonkeyPatch) -> list[Ear]:
    """Every comm that a widget opens during the test."""
    opened: list[Ear] = []

    def create(**kwargs: Any) -> Ear:
        opened.append(Ear(**kwargs))
        return opened[-1]

    monkeypatch.setattr(comm, "create_comm", create)
    return opened


@pytest.fixture
def ear_of(ears: list[Ear]) -> Callable[[Any], Ear]:
    """The ear of a widget."""
    return lambda widget: next(ear for ear in ears if ear is widget.comm)


@pytest.fixture(scope="session")
def make_clip(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Makes a film of three seconds, 320x180, with reordered frames and a tone; the same one only once."""
    made: dict[tuple[Any, ...], Path] = {}
    folder = tmp_path_factory.mktemp("clips")

    def make(name: str = "clip.mp4", *, sound: str | None = "aac", codec: str = "libx264") -> Path:
        key = (name, sound, codec)
        if key not in made:
            made[key] = folder / name
            _film(made[key], sound, codec)
        return made[key]

    return make


def _film(path: Path, sound: str | None, codec: str) -> None:
    import av
    import numpy as np

    seconds, rate, per = 3, 30, 1600
    with av.open(str(path), "w") as out:
        picture = out.add_stream(codec, rate=rate)
        picture.width, picture.height, picture.pix_fmt = 320, 180, "yuv420p"
        if codec == "libx264":
            picture.options = {
                "preset": "ultrafast",
                "g": "30",
                "bf": "2",
                "x264-params": "b-adapt=0:scenecut=0",
            }
        tone = out.add_stream(sound, rate=48_000, layout="stereo") if sound else None
        for i in range(seconds * rate):
            image = np.full((180, 320, 3), (20 + i, 60, 200), np.uint8)
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.pts = i
            out.mux(picture.encode(frame))
            if tone is not None:
                wave = [0.1 * math.sin(2 * math.pi * 440 * (i * per + n) / 48_000) for n in range(per)]
                heard = av.AudioFrame.from_ndarray(np.array([wave, wave], np.float32), "fltp", "stereo")
                heard.sample_rate, heard.pts = 48_000, i * per
                out.mux(tone.encode(heard))
        out.mux(picture.encode(None))
        if tone is not None:
            out.mux(tone.encode(None))
