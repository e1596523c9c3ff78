"""The four skills' notebooks: each runs as it is, and its film is the one that was asked for."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import av
import nbformat
import numpy as np
import pytest
from notebook.conftest import Kernel
from waiting import PATIENCE_S

from nemo_widgets.studio.analysis import find_loudness, find_pauses
from nemo_widgets.studio.media.sound import SoundReader
from nemo_widgets.studio.samples import counter, truth

LESSONS = Path(__file__).parents[2] / "notebooks"
RATE = 48_000
SMALL = """
from nemo_widgets import Session
_export = Session.start_export
Session.start_export = lambda session, path=None, **more: _export(session, path, **more | OUTPUT)
"""
"""Lets the kernel export small, whatever a cell asks for: only the studio's time depends on it."""
pytestmark = pytest.mark.timeout(PATIENCE_S * 8)
"""Minutes of film are looked through, cut and rendered in each: on a busy machine that takes minutes."""
REPORT = (
    "import json, pathlib\n_ = pathlib.Path('draft.json').write_text(json.dumps(nemo.current().draft.data))"
)


@pytest.fixture
def lesson(tmp_path, made):
    """Runs a notebook in a folder of its own, on a sample made once, its exports small."""

    def run(name, clip=None, **output):
        home = tmp_path / "home"
        home.mkdir()
        env = {
            "NEMO_STUDIO_DATA": str(home / "studio"),
            "HOME": str(home),
            "IPYTHONDIR": str(home / "ipython"),
        }
        story = nbformat.read(LESSONS / f"{name}.ipynb", 4)
        cells = [cell.source for cell in story.cells if cell.cell_type == "code"]
        outputs = []
        kernel = Kernel(tmp_path, env)
        kernel.client.timeout = PATIENCE_S * 6
        with kernel.running():
            for source in [SMALL.replace("OUTPUT", repr(output)), *cells, REPORT]:
                quick = re.sub(r'nemo\.sample\("(\w+)"\)', lambda m: repr(str(clip or made(m[1]))), source)
                shown = kernel.run(quick)
                assert shown.error is None, (source, shown.error)
                assert "Nothing was changed" not in shown.text, (source, shown.text)
                outputs.append(shown)
        return Ran(tmp_path, outputs, json.loads((tmp_path / "draft.json").read_text()))

    return run


class Ran:
    """What a notebook left behind."""

    def __init__(self, folder, outputs, draft):
        self.folder, self.draft = folder, draft
        self.text = "\n".join(shown.text for shown in outputs)
        self.shots = [s["m"] | {"d": s["d"]} for s in self.track(0)]

    def track(self, kind):
        return [s for track in self.draft["t"] if track["tt"] == kind for s in track["sg"]]


def sound(path):
    """What is heard, mono, at 48 kHz."""
    with SoundReader(path) as reader:
        blocks = []
        while len(block := reader.read(RATE)):
            blocks.append(block.mean(axis=1))
    return np.concatenate(blocks)


def seconds(path):
    """How long a film's picture is."""
    with av.open(str(path)) as film:
        picture = film.streams.video[0]
        return float(picture.duration * picture.time_base)


def numbers(path):
    """The number burnt into each frame of a film; None where one is faded."""
    with av.open(str(path)) as film:
        return [counter.read(brightness(frame)) for frame in film.decode(video=0)]


def brightness(frame):
    """A frame in shades of grey, (height, width, 3): the number on it is black and white."""
    plane = frame.planes[0]
    rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[: plane.height, : plane.width]
    return np.broadcast_to(rows[..., None], (*rows.shape, 3))


def places(parts, whole):
    """Where in `whole` each of the `parts` begins, and how like it is there (0 to 1); samples."""
    size = 1 << (len(whole) + max(map(len, parts))).bit_length()
    spectrum = np.fft.rfft(whole, size)
    energy = np.cumsum(np.concatenate([[0.0], whole.astype(float) ** 2]))
    for part in parts:
        match = np.fft.irfft(spectrum * np.conj(np.fft.rfft(part, size)), size)[: len(whole) - len(part)]
        there = np.sqrt(energy[len(part) : len(part) + len(match)] - energy[: len(match)])
        like = match / (there * np.linalg.norm(part) + 1e-9)
        yield int(like.argmax()), float(like.max())


def test_a_piece_of_the_middle_is_cut_out(lesson):
    """Between 0:45 and 1:20 nothing is left, all else is there to the frame, and the correction is heeded."""
    ran = lesson("skill_trim_in_between", resolution="source", quality="low")
    short = ran.folder / "interview_short.mp4"
    seen = numbers(short)[::3]  # ten pictures a second are shown at the usual thirty
    assert len(seen) == 1445
    assert seen[:445] == list(range(445))
    assert seen[450:] == list(range(805, 1800))

    assert [(s["in"], s["out"]) for s in ran.shots][:1] == [(0, ran.shots[0]["out"])]
    final = numbers(ran.folder / "interview_final.mp4")
    kept = {n for n in final if n is not None}
    assert not kept & set(range(450, 750))
    assert {760, 770, 780, 790} <= kept
    long = [(a, b) for a, b in truth("interview")["pauses"] if b - a > 2000 and not 45_000 <= a <= 75_000]
    assert len(long) >= 3
    assert not any((a + b) // 200 in kept for a, b in long)
    said = {n // 2 for a, b in truth("interview")["utterances"] for n in range(a // 100 + 1, b // 100)}
    away = {n for n in said if 440 <= 2 * n <= 756}
    assert said - away <= {n // 2 for n in kept}
    assert ran.track(7)[0]["m"]["text"] == "Amara builds boats"


def test_a_recording_is_cleaned_up(lesson, made):
    """Every sentence is still there, in order and whole, without pauses; then it is as loud as asked."""
    ran = lesson("skill_clean_recording", resolution="144p")
    known, before = truth("recording"), sound(made("recording"))[::6]
    edited = ran.folder / "recording-edited.mp4"
    after = sound(edited)[::6]
    ends = [(a * RATE // 6000, b * RATE // 6000) for a, b in known["utterances"]]
    found = list(places([before[a:b] for a, b in ends], after))
    assert min(like for _, like in found) > 0.9
    assert [at for at, _ in found] == sorted(at for at, _ in found)
    silent = sum(b - a for a, b in known["pauses"])
    assert known["duration_ms"] - seconds(edited) * 1000 > 0.7 * silent
    assert not find_pauses(edited, min_pause_ms=900, padding_ms=0)

    lesson_film = ran.folder / "lesson.mp4"
    assert find_loudness(lesson_film)["integrated"] == pytest.approx(-14, abs=1)
    assert not find_pauses(lesson_film, min_pause_ms=2000, padding_ms=0)
    assert seconds(edited) < seconds(lesson_film) < known["duration_ms"] / 1000 - 15
    assert ran.track(7)[0]["m"]["text"] == "Your first program"


def test_the_kiss_goes(lesson, short_film, tmp_path):
    """No picture of the kiss is left, the scenes around it are, joined by a transition and over music."""
    film, known = short_film
    shutil.copyfile(film, tmp_path / "romance.mp4")
    ran = lesson("skill_kiss_scene", tmp_path / "romance.mp4", resolution="source", quality="low")
    first, second = ran.shots
    gone, (start, end) = (first["out"], second["in"]), known["kiss"]
    assert min(gone[1], end) - max(gone[0], start) >= 0.8 * (max(gone[1], end) - min(gone[0], start))
    assert second["transition"]["d"] == pytest.approx(1000, abs=70)
    (music,) = ran.track(1)
    assert music["d"] == ran.draft["d"]
    assert music["m"]["volume"] < 0.35

    shown = small(ran.folder / "film_without_kiss.mp4")
    source = small(tmp_path / "romance.mp4")
    rate = len(source) * 1000 / known["duration_ms"]
    nearest = {at: min(apart(source[int(at * rate / 1000)], there) for there in shown) for at in
               (1000, start - 2000, (start + end) // 2, known["duration_ms"] - 800)}  # fmt: skip
    kiss = nearest.pop((start + end) // 2)
    assert max(nearest.values()) < 3, nearest
    assert kiss > 8
    assert seconds(ran.folder / "film_final.mp4") == pytest.approx(ran.draft["d"] / 1000, abs=0.1)


def test_footage_becomes_a_reel(lesson, made):
    """A minute, then half of one, of whole sentences, music under all of it."""
    ran = lesson("skill_highlight_reel", resolution="144p")
    known = truth("footage")
    assert seconds(ran.folder / "footage-edited.mp4") == pytest.approx(60, abs=1.5)
    assert sum(s["d"] for s in ran.shots) == pytest.approx(30_000, abs=1500)
    for shot in ran.shots:
        for edge in (shot["in"], shot["out"]):
            assert not any(a + 20 < edge < b - 20 for a, b in known["utterances"]), shot
    (music,) = ran.track(1)
    assert (music["m"]["start"], music["d"]) == (0, ran.draft["d"])
    assert music["m"]["volume"] < 0.35

    heard = sound(ran.folder / "footage-edited.mp4")
    quietest = min(
        np.sqrt(np.mean(heard[at : at + RATE] ** 2)) for at in range(RATE, len(heard) - 4 * RATE, RATE)
    )
    original = sound(made("footage"))
    silence = min(
        np.sqrt(np.mean(original[at : at + RATE] ** 2)) for at in range(0, len(original) - RATE, RATE)
    )
    assert quietest > 4 * silence


def small(path):
    """Every frame, (36, 64, 3), 0 to 255."""
    with av.open(str(path)) as film:
        frames = film.decode(video=0)
        return [f.to_ndarray(width=64, height=36, format="rgb24").astype(int) for f in frames]


def apart(one, other):
    """How far two pictures are apart, in levels of a colour on average."""
    return float(np.abs(one - other).mean())
