"""Small real clips and what is to be found in them; what is said to the agent is rendered and decoded."""

from __future__ import annotations

import wave
from fractions import Fraction
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from clips import RATE
from soundtracks import Track, recording
from studio.agent.rendered.measuring import BEATS, SONG_HZ, TONE_HZ, tone
from studio.render.quadrants import quadrants

from nemo_widgets.studio.agent import MediaItem
from nemo_widgets.studio.placement import place
from nemo_widgets.studio.soundtrack import SoundTrack

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.studio.agent.world import Question

SIZE = (160, 90)
FILES = {
    "harbour.mp4": ("video", 4000), "market.mp4": ("video", 3000), "quiet.mp4": ("video", 4000),
    "quadrants320x180.png": ("image", 0), "song.wav": ("audio", 3000), "lines.srt": ("text", 0),
    "talk.mkv": ("video", 4000),
}  # fmt: skip
TRACKS = {"talk.mkv": (SoundTrack(1, "Desktop"), SoundTrack(2, "Mic"), SoundTrack(3, "", "ger"))}
SOUNDING = ("harbour.mp4", "market.mp4", "song.wav", "talk.mkv")
FOUND = {
    "pauses": [(1000, 2000)],
    "kisses": [{"start": 2000, "end": 3000, "confidence": 0.9}],
    "stretches": {"black": [[0, 1000]], "blurry": [[3000, 3500]], "frozen": []},
    "scenes": [[0, 2000], [2000, 4000]],
    "moments": [
        {"start": 1000 * i, "end": 1000 * i + 1000, "score": score, "speech": False, "scene": i // 2}
        for i, score in enumerate((0.9, 0.3, 0.8, 0.2))
    ],
    "beats": {"bpm": 100.0, "beats": BEATS},
    "focus": [[0, 0.75, 0.5], [4000, 0.75, 0.5]],
}
"""What the analyses answer of harbour.mp4 and, as for beats, of the song."""
LINES = "1\n00:00:01,000 --> 00:00:02,000\nHello there\n"


class Film:
    """Files that were uploaded, and the timeline of `say` after `say`, which can be watched and heard."""

    def __init__(self, kit: SimpleNamespace, world: Any, do: Callable[..., Any]) -> None:
        self.kit, self.world, self.do = kit, world, do
        self.edits: list[str] = []

    def say(self, *sentences: str) -> Film:
        for sentence in sentences:
            done = self.do(sentence, self.world)
            assert done.draft is not None, (sentence, done.reply)
            self.edits += done.edits
        return self

    def made(self, **output: Any) -> Any:
        """The path of an export of the draft as it is now."""
        return self.kit.make(self.world.draft, **{"crf": 12, **output}).path

    def numbers(self) -> list[int]:
        return self.kit.numbers(self.made())

    def watched(self) -> np.ndarray:
        """Luma: (frames, height, width)."""
        return np.array(self.kit.watched(self.made()), int)

    def coloured(self) -> np.ndarray:
        """Red, green and blue: (frames, height, width, 3)."""
        return np.array(self.kit.coloured(self.made()), int)

    def heard(self) -> np.ndarray:
        """The left channel, to the end of the picture: (samples,)."""
        return self.kit.heard(self.made())[: self.world.draft.duration_ms * RATE // 1000, 0].astype(float)

    def chirps(self) -> list[float]:
        return self.kit.found_chirps(self.heard())


@pytest.fixture(scope="session")
def shot(kit: SimpleNamespace) -> SimpleNamespace:
    """The kit, with the files themselves made in its folder, once."""
    kit.made("harbour.mp4", frames=120, chirps=(0.5, 1.5, 2.5, 3.5), size=SIZE)
    kit.made("market.mp4", frames=90, first=1000, sound=tone(TONE_HZ, 3), size=SIZE)
    kit.made("quiet.mp4", frames=120, first=2000, audio=None, size=SIZE)
    quadrants(kit.folder)
    tracks = Track(0.5, title="Desktop"), Track(1.5, title="Mic"), Track(2.5, language="ger")
    recording(kit.folder / "talk.mkv", *tracks, pictures=40)
    song = np.concatenate([tone(hertz, 1) for hertz in SONG_HZ])
    with wave.open(str(kit.folder / "song.wav"), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes((song * 32767).astype("<i2").tobytes())
    return kit


@pytest.fixture
def film(request: pytest.FixtureRequest, shot: SimpleNamespace, new_world: Any, do: Any) -> Any:
    """Makes a film of files on the timeline and files `beside` it; the test's edits must have been made."""
    made: list[Film] = []

    def shown(*names: str, beside: tuple[str, ...] = (), size: tuple[int, int] = SIZE, fps: int = 30) -> Film:
        draft: Any = None
        for name in names:
            kind, ms = FILES[name]
            form = {"width": size[0], "height": size[1], "fps": Fraction(fps)}
            title = name.split(".")[0]
            draft = place(
                draft, SimpleNamespace(src=name, title=title, kind=kind, duration_ms=ms, tracks=(), **form)
            )
        draft["m"] |= {"width": size[0], "height": size[1], "fps": fps}
        world = new_world(draft)
        world.media = {
            name: MediaItem(name, name, kind, ms, name in SOUNDING, TRACKS.get(name, ()))
            for name, (kind, ms) in ((n, FILES[n]) for n in (*names, *beside))
        }

        def find(question: Question, _progress: Any = None) -> Any:
            return FOUND.get(question.kind) if question.src in ("harbour.mp4", "song.wav") else None

        world.find, world.text_of = find, {"lines.srt": LINES}.get
        made.append(Film(shot, world, do))
        return made[-1]

    yield shown
    done = {name for one in made for name in one.edits}
    assert {edit.name for edit in request.function.edits} <= done, (
        "the agent has made the edits that are measured"
    )
