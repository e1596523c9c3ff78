"""Kernels to be killed, the studios that they work with, and the proxy between the two."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from attach.notebook import Notebook
from attach.served import Served
from clips import code_clip
from PIL import Image

from nemo_widgets.journal import Journal
from nemo_widgets.testing import Proxy

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for name in ("NEMO_TOKEN", "NEMO_API_URL", "NEMO_WEB_URL", "NEMO_CLIENT_ID", "NEMO_STUDIO_DATA"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def media(tmp_path_factory):
    """A small clip, a picture of 0.3 MB, the smallest picture, and three seconds of noise of over 1 MB."""
    folder = tmp_path_factory.mktemp("media")
    chance = np.random.default_rng(7)
    made = SimpleNamespace(
        clip=code_clip(folder / "clip.mp4", frames=90, size=(64, 36), audio=None),
        picture=folder / "harbour.png",
        dot=folder / "dot.png",
        noise=_noise(folder / "noise.mp4", chance),
    )
    Image.fromarray(chance.integers(0, 255, (320, 320, 3), np.uint8)).save(made.picture)
    Image.new("L", (16, 16), 128).save(made.dot)
    return made


def _noise(path: Path, chance: np.random.Generator) -> Path:
    """A clip that can't be made small, so that its export has a middle to break off in."""
    with av.open(str(path), "w") as file:
        video = file.add_stream("libx264", rate=30)
        video.width, video.height, video.pix_fmt = 320, 180, "yuv420p"
        video.options = {"preset": "ultrafast", "crf": "18"}
        for _ in range(90):
            picture = chance.integers(0, 255, (270, 320), np.uint8)  # three planes in one, as av wants it
            file.mux(video.encode(av.VideoFrame.from_ndarray(picture, format="yuv420p")))
        file.mux(video.encode(None))
    return path


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """One studio for all, in a process of its own."""
    made = Served(tmp_path_factory.mktemp("served") / "data")
    yield made
    made.stop()


@pytest.fixture
def studio(served):
    """The same, with an agent that is held back, until it is let."""
    served.hold()
    yield served
    served.let()


@pytest.fixture
def proxy(studio):
    """What stands between the kernels and that studio; it stays when they die."""
    with Proxy(studio.url) as made:
        yield made


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "journal")


@pytest.fixture
def kernel(tmp_path, journal, studio):
    """Starts kernels of one user, each in a folder of its own, with a home without anything in it."""
    made: list[Notebook] = []
    home = tmp_path / "home"
    home.mkdir()

    def start(**env: str) -> Notebook:
        folder = tmp_path / f"notebook {len(made) + 1}"
        folder.mkdir()
        mine = {"HOME": str(home), "IPYTHONDIR": str(home / "ipython"), "NEMO_TOKEN": studio.token}
        mine |= {"NEMO_JOURNAL": str(journal.folder), "NEMO_STUDIO_DATA": str(tmp_path / "data")}
        made.append(Notebook(folder, {**mine, **env}))
        return made[-1]

    yield start
    for notebook in made:
        notebook.stop()


@pytest.fixture
def reads_well(tmp_path, studio):
    """Checks that outputs hold neither the token nor a path of this machine, and gives their text back."""

    def check(*cells):
        for cell in cells:
            assert studio.token not in cell.everything
            assert str(tmp_path) not in cell.everything
        return "\n".join(cell.text for cell in cells)

    return check


@pytest.fixture
def no_secrets(journal, studio):
    """After each test that asks for it: the token is nowhere in the journal's folder."""
    yield
    for path in (path for path in journal.folder.rglob("*") if path.is_file()):
        assert studio.token not in path.read_text("utf-8", errors="replace")
