"""The clips that are made where they are needed are what their truth says."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import islice, pairwise

import av
import numpy as np
import pytest
from PIL import Image
from waiting import PATIENCE_S, until

from nemo_widgets.studio import samples
from nemo_widgets.studio.analysis import find_pauses, find_scenes
from nemo_widgets.studio.samples import counter, footage, interview, recorded, recording
from nemo_widgets.studio.samples.painting import SIZE
from nemo_widgets.studio.samples.scripts import SCRIPTS
from nemo_widgets.studio.samples.telling import telling
from nemo_widgets.studio.samples.writing import write

MADE = ("interview", "recording", "footage")
MINUTES = {"interview": 3, "recording": 2, "footage": 2}
MOST_BYTES = 5_000_000


def pictures(path, *, every=1, size=(160, 90)):
    """Time in ms and picture, (height, width, 3), of every so many frames."""
    with av.open(str(path)) as clip:
        for i, frame in enumerate(clip.decode(video=0)):
            if i % every == 0:
                shown = frame.to_ndarray(width=size[0], height=size[1], format="rgb24")
                yield round(frame.time * 1000), shown


def mask(ranges, duration_ms):
    spoken = np.zeros(duration_ms, bool)
    for start, end in ranges:
        spoken[start:end] = True
    return spoken


def inside(ms, ranges, margin=0):
    return any(a + margin <= ms < b - margin for a, b in ranges)


@pytest.mark.parametrize("name", MADE)
def test_they_are_clips_that_every_browser_plays(made, name):
    """H.264 and AAC, 640x360, small, as long as told."""
    path, known = made(name), samples.truth(name)
    assert known["duration_ms"] == MINUTES[name] * 60_000
    assert path.name == f"{name}.mp4"
    assert path.stat().st_size < MOST_BYTES
    with av.open(str(path)) as clip:
        picture, sound = clip.streams.video[0], clip.streams.audio[0]
        assert (picture.codec_context.name, sound.codec_context.name) == ("h264", "aac")
        assert (picture.width, picture.height, picture.average_rate) == (640, 360, known["fps"])
        assert picture.frames == known["duration_ms"] * known["fps"] / 1000
        assert abs(clip.duration / 1000 - known["duration_ms"]) <= 40


@pytest.mark.parametrize("name", MADE)
def test_speech_is_where_their_truth_says(made, name):
    """The pauses found agree with the known ones by 95 % of the time, and no sentence loses 20 ms."""
    known = samples.truth(name)
    found = find_pauses(made(name), padding_ms=0)
    a, b = mask(found, known["duration_ms"]), mask(known["pauses"], known["duration_ms"])
    assert (a & b).sum() / (a | b).sum() >= 0.95
    said = mask(known["utterances"], known["duration_ms"])
    assert max(said[start:end].sum() for start, end in found) <= 20


@pytest.mark.parametrize("name", MADE)
def test_their_truth_hangs_together(name):
    """Every sentence of the script has its place, in order; pauses are the gaps between them."""
    known = samples.truth(name)
    assert known["sentences"] == [line.text for line in SCRIPTS[name]]
    assert len(known["utterances"]) == len(known["sentences"])
    edges = [0, *(ms for pair in known["utterances"] for ms in pair), known["duration_ms"]]
    assert edges == sorted(edges)
    gaps = [[a, b] for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= 500]
    assert known["pauses"] == gaps
    assert len(gaps) >= 9


def test_the_recorded_sentences_are_whole():
    """Each recorded sentence is sound from its first to its last 50 ms, at speech's level."""
    for name in MADE:
        for sentence in recorded.sentences(name):
            assert np.sqrt(np.mean(sentence**2)) == pytest.approx(0.1, rel=0.2)
            for edge in (sentence[:2400], sentence[-2400:]):
                assert np.abs(edge).max() > 0.0015


def test_frames_of_the_interview_can_be_told_apart(made):
    """Every frame bears its own number, and bears it still at half the size."""
    fps = samples.truth("interview")["fps"]
    seen = [(ms, counter.read(p)) for ms, p in pictures(made("interview"), every=7, size=(320, 180))]
    assert len(seen) > 250
    assert all(number == round(ms * fps / 1000) for ms, number in seen)


def test_no_number_where_none_is_burnt_in(made):
    """A picture without the strip has no number."""
    assert {counter.read(p) for _, p in islice(pictures(made("recording"), size=(640, 360)), 20)} == {None}


def test_the_windows_of_the_recording_change_when_told(made):
    """The window in front is told by its paper's colour, and what is typed is typed when told."""
    known = samples.truth("recording")
    paper = {"editor": (30, 34, 51), "terminal": (13, 20, 16), "browser": (251, 251, 248)}
    changed = []
    before = None
    for ms, picture in pictures(made("recording"), size=(640, 360)):
        name = next(name for name, a, b in known["windows"] if a <= ms < b)
        assert np.abs(picture[325, 480].astype(int) - paper[name]).max() < 12, (ms, name)
        if before is not None and inside(ms, [w[1:] for w in known["windows"]], 200):
            changed.append((ms, float((np.abs(picture - before) > 60).mean())))
        before = picture.astype(np.int16)
    typing = [share for ms, share in changed if inside(ms, known["typing"], 100)]
    still = [share for ms, share in changed if not inside(ms, known["typing"], -600)]
    assert len(known["typing"]) == 9
    assert np.mean(typing) > 3 * np.mean(still)
    assert max(still) < 0.001


def test_the_footages_scenes_change_where_told(made):
    """Its twelve cuts are found to the picture, and nothing else is."""
    known = samples.truth("footage")
    found = find_scenes(made("footage"))
    assert [start for start, _ in found[1:]] == known["cuts_ms"]


def test_what_is_wrong_with_the_footage_is_where_told(made):
    """Black is black, a frozen picture stands still, and elsewhere it moves; blurry is soft."""
    known = samples.truth("footage")
    fine: dict[str, list[float]] = {"blurry": [], "sharp": []}
    before, popped = None, 0
    for ms, picture in pictures(made("footage"), every=2, size=(320, 180)):
        grey = picture.astype(int).mean(axis=2)
        black = inside(ms, known["black"])
        assert (grey.max() < 12) == black
        if before is not None and inside(ms, [s[1:] for s in known["scenes"]], 100) and not black:
            moved = np.abs(grey - before).mean()
            if inside(ms, known["frozen"], 200):
                popped += moved > 0.3  # the encoder starts afresh now and then
            elif not inside(ms, known["frozen"], -200):
                assert moved > 0.05, ms
        before = grey
        if not black:
            detail = np.abs(np.diff(grey, 2, axis=1))
            fine["blurry" if inside(ms, known["blurry"]) else "sharp"].append(np.percentile(detail, 99.5))
    assert popped <= 3
    assert max(fine["blurry"]) < min(fine["sharp"]) / 2


@pytest.mark.parametrize("module", [interview, recording, footage])
def test_they_are_the_same_every_time(module):
    """What is drawn and said twice is the same."""
    draw = {
        interview: lambda: module._pictures(module._track()),
        recording: lambda: module._pictures(module._track()),
    }
    begin = draw.get(module, footage._pictures)
    first, again = ([p.tobytes() for p in islice(begin(), 12)] for _ in range(2))
    assert first == again
    assert module._track().samples.tobytes() == module._track().samples.tobytes()


def test_the_film_is_known_without_making_it():
    """The film's truth has its scenes and its kiss."""
    known = samples.truth("film")
    assert known["duration_ms"] == 64_000
    assert [name for name, *_ in known["scenes"]][-2:] == ["kiss", "evening"]
    assert known["kiss"][0] in range(*known["scenes"][-2][1:])


@pytest.fixture
def drawn(tmp_path, monkeypatch):
    """The times that the interview was drawn, into a cache of the test's own, quickly."""
    monkeypatch.setenv("NEMO_CACHE", str(tmp_path / "cache"))
    times = []

    def draw(path):
        times.append(path)
        path.write_bytes(b"a film")

    monkeypatch.setattr(interview, "make_interview", draw)
    return times


@pytest.mark.usefixtures("drawn")
def test_half_a_clip_is_never_left(tmp_path, monkeypatch):
    """A clip whose making is stopped leaves nothing in the folder or the cache; what was there stays."""

    def stopped(path):
        path.write_bytes(b"half")
        raise KeyboardInterrupt

    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "interview.mp4").write_bytes(b"mine")
    with monkeypatch.context() as patch:
        patch.setattr(interview, "make_interview", stopped)
        with pytest.raises(KeyboardInterrupt):
            samples.make("interview", tmp_path / "here")
    assert [p.name for p in (tmp_path / "here").iterdir()] == ["interview.mp4"]
    assert (tmp_path / "here" / "interview.mp4").read_bytes() == b"mine"
    assert not list((tmp_path / "cache").rglob("*.mp4"))
    assert samples.make("interview", tmp_path / "here").read_bytes() == b"a film"


def test_what_was_drawn_once_is_kept(tmp_path, drawn):
    """The second time, and into another folder, it is there at once; what is there already stays."""
    first, told = samples.make("interview", tmp_path / "a"), []
    stamp = first.stat().st_mtime_ns
    assert samples.make("interview", tmp_path / "b", lambda *now: told.append(now)).read_bytes() == b"a film"
    assert samples.make("interview", tmp_path / "a") == first
    assert (len(drawn), told, first.stat().st_mtime_ns) == (1, [], stamp)


def test_what_other_code_drew_is_drawn_anew_and_goes(tmp_path, drawn, monkeypatch):
    """A later version of the package never gives a clip of an earlier one, and keeps no more than one."""
    samples.make("interview", tmp_path)
    monkeypatch.setattr(samples.keeping, "_code", lambda: "later")
    samples.make("interview", tmp_path)
    assert len(drawn) == 2
    assert [p.name for p in (tmp_path / "cache").rglob("*.mp4")] == ["interview-later.mp4"]


@pytest.mark.usefixtures("drawn")
def test_a_half_file_in_the_cache_is_drawn_anew(tmp_path):
    """An empty file, as a full disk leaves it, is not taken for a film."""
    samples.make("interview", tmp_path)
    (kept,) = (tmp_path / "cache").rglob("*.mp4")
    kept.write_bytes(b"")
    assert samples.make("interview", tmp_path / "b").read_bytes() == b"a film"


def test_without_a_place_to_keep_it_is_drawn_every_time(tmp_path, drawn, monkeypatch):
    """A cache that can't be written is no reason not to get the clip."""
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("NEMO_CACHE", str(tmp_path / "file"))
    for _ in range(2):
        assert samples.make("interview", tmp_path / "a").read_bytes() == b"a film"
    assert len(drawn) == 2


def test_many_at_a_time_draw_it_once(tmp_path, drawn, monkeypatch):
    """Whoever wants it while it is drawn waits, hears of that, and gets the whole of it."""
    begun, told = threading.Event(), []

    def slowly(path):
        drawn.append(path)
        path.write_bytes(b"a ")
        begun.set()
        until(lambda: len(told) == 3)
        path.write_bytes(b"a film")

    monkeypatch.setattr(interview, "make_interview", slowly)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(samples.make, "interview", tmp_path / "0")
        begun.wait(PATIENCE_S)
        rest = [
            pool.submit(samples.make, "interview", tmp_path / str(i), lambda *now: told.append(now))
            for i in (1, 2, 3)
        ]
        made = [work.result() for work in (first, *rest)]
    assert [path.read_bytes() for path in made] == [b"a film"] * 4
    assert (len(drawn), told) == (1, [(0, 0)] * 3)


def test_how_far_it_is_is_told(tmp_path):
    """Every frame that is written is told, with their number in all, which is known from the start."""
    told = []
    sound = np.zeros((48_000, 1), np.float32)
    blank = Image.new("RGB", SIZE)
    with telling(lambda *now: told.append(now)):
        write(tmp_path / "a.mp4", [blank] * 10, sound, fps=10, crf=30, bit_rate=64_000, preset="ultrafast")
    assert told == [(n, 10) for n in range(11)]


def test_cuts_are_apart():
    """No two known cuts of the footage are nearer than a second and a half."""
    assert min(b - a for a, b in pairwise(samples.truth("footage")["cuts_ms"])) >= 1500
