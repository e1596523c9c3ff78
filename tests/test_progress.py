"""What is shown of a whole export, from the first sound heard to the film in its place, is what is done."""

import copy
import itertools
import re
import time

import av
import pytest
from counted_exports import CountedExports

import nemo_widgets as nemo
from nemo_widgets.draft import Draft
from nemo_widgets.errors import RenderFailed, UsageError
from nemo_widgets.studio import exports
from nemo_widgets.studio.samples import SAMPLES

POINTS = 0.05
"""How far the bar may be from the truth."""
FRAME = re.compile(r"frame ([\d\xa0]+) of ([\d\xa0]+)(?: · (?:\d+:)?\d+:\d\d left)?")
HEARD = re.compile(r"\d:\d\d of \d:\d\d heard(?:, pass \d of \d)?(?: · \d:\d\d left)?")


class Sampled:
    """A real export, looked at every 20 ms: what the encoder has done beside what is shown."""

    def __init__(self, session, counted, target, draft):
        self.seen, self.rows, self.phases = [], [], []
        run = session.start_export(target, draft=draft, resolution="270p", quality="low")
        while not run.done:
            before = counted.look()
            rows, phase = dict(run.rows), run.phase
            after = counted.frames
            if "render" in rows:
                self.seen.append((before, rows["render"].fraction, after))
                self.rows.append({key: (row.fraction, row.detail) for key, row in rows.items()})
                self.phases.append(phase)
            time.sleep(0.02)
        self.video = session.exported(run.result())
        self.last = {key: (row.fraction, row.detail) for key, row in run.rows.items()}
        self.frames = counted.frames
        self.session = session


@pytest.fixture(scope="module")
def sampled(tmp_path_factory):
    """Two clips, a crossfade, a title, music, a loudness: everything that takes its time before a frame."""
    folder = tmp_path_factory.mktemp("progress")
    counted = CountedExports(folder / "frames")
    patch = pytest.MonkeyPatch()
    patch.setattr(exports, "export", counted.export)
    session = nemo.connect(local=True, data=folder / "studio")
    session.upload(SAMPLES["speech"], SAMPLES["scenes"])
    for words in (
        'add a title that says "Harbour" for the first 3 seconds',
        "add calm music",
        "add a crossfade",
    ):
        assert session.edit(words).changed
    draft = copy.deepcopy(session.draft.data)
    draft["m"]["loudness"] = -26
    yield Sampled(session, counted, folder / "film.mp4", Draft(draft))
    session.disconnect()
    patch.undo()


def test_at_every_moment_the_bar_is_what_is_encoded(sampled):
    """The shown share is within 5 points of the frames that have really left the encoder, all the way."""
    off = [
        max(0, before / sampled.frames - (shown or 0), (shown or 0) - after / sampled.frames)
        for before, shown, after in sampled.seen
    ]
    assert max(off) <= POINTS
    assert len({shown for _, shown, _ in sampled.seen}) > 20
    shares = [shown for _, shown, _ in sampled.seen if shown is not None]
    assert shares == sorted(shares)


def test_frames_are_told_with_the_time_left(sampled):
    """`frame 812 of 1 190 · 0:14 left`: the very frames that the film has, and a time that gets shorter."""
    told = [found for rows in sampled.rows if (found := FRAME.fullmatch(rows["render"][1]))]
    numbers = [[int(n.replace("\xa0", "")) for n in found.groups()] for found in told]
    assert {whole for _, whole in numbers} == {sampled.frames}
    assert [done for done, _ in numbers] == sorted(done for done, _ in numbers)
    left = [found[0].split(" · ")[1] for found in told if "left" in found[0]]
    assert len(left) > len(told) / 2
    assert left[-1] <= "0:03 left"


def test_listening_beforehand_has_a_line_of_its_own(sampled):
    """Before the first frame the seconds of sound that are heard move, and the phase says so."""
    before = [i for i, (_, shown, _) in enumerate(sampled.seen) if not shown]
    heard = [sampled.rows[i]["sound"] for i in before]
    told = [detail for _, detail in heard if " heard" in detail]
    assert told
    assert all(HEARD.fullmatch(detail) for detail in told)
    assert len({fraction for fraction, _ in heard}) > 5
    phases = [phase for phase, _ in itertools.groupby(sampled.phases)]
    assert phases[0] == "waiting for its turn", "nothing is rendered yet"
    begun = phases.index("listening to the sound")
    assert phases[begun + 1] == "rendering"


def test_at_the_end_everything_is_whole(sampled):
    """Every line ends at its whole: the sound, the frames, the bytes."""
    size = sampled.video.size
    assert sampled.last == {
        "sound": (1.0, "heard through"),
        "render": (1.0, f"{sampled.frames:,} frames".replace(",", "\xa0")),
        "download": (1.0, f"{size / 1e6:.1f} MB"),
    }


def test_a_video_knows_its_form(sampled):
    """Length, size in pixels, rate and bytes are those that a decoder finds."""
    video = sampled.video
    with av.open(str(video.path)) as film:
        stream = film.streams.video[0]
        assert (video.width, video.height) == (stream.width, stream.height) == (480, 270)
        assert video.fps == float(stream.average_rate) == 25
        assert stream.frames == sampled.frames
        assert video.duration == video.duration_ms / 1000 == pytest.approx(film.duration / 1e6, abs=0.05)
    assert video.size == video.path.stat().st_size


def test_whatever_ended_last_is_what_play_plays(sampled):
    """An export that was started, and waited for in whatever way, is played without its name."""
    assert sampled.session._video == sampled.video
    assert sampled.session.play() is not None


@pytest.mark.parametrize("ending", ["AVI", "png", "jpg", "docx", "aaf"])
def test_a_name_that_promises_something_else_is_refused_at_once(sampled, ending):
    """Nothing is rendered, and the sentence says what there is."""
    runs = len(sampled.session.runs)
    with pytest.raises(UsageError, match=rf"becomes MP4; cut\.{ending} would be misnamed\. .*cut\.mp4"):
        sampled.session.export(f"cut.{ending}")
    assert len(sampled.session.runs) == runs


@pytest.mark.parametrize(
    ("output", "why"),
    [
        ({"codec": "vp9"}, "The codec of mp4 is h264, not “vp9”"),
        ({"fps": 0}, "between 1 and 240 frames"),
    ],
)
def test_what_the_studio_cannot_make_is_refused_in_words(sampled, tmp_path, output, why):
    """It is asked once, says why, and nothing is rendered or left behind."""
    with pytest.raises(RenderFailed, match=f"The export was refused: .*{why}"):
        sampled.session.export(tmp_path / "cut.mp4", **output)
    run = sampled.session.runs[-1]
    assert (run.outcome, run._entry.record.over, list(tmp_path.iterdir())) == ("not done", True, [])


@pytest.mark.parametrize("wanted", ["avi", "mpg", "wmv"])
def test_a_format_that_nobody_makes_is_refused_before_it_is_asked_for(sampled, tmp_path, wanted):
    """The sentence says what there is, and nothing is asked of the studio."""
    runs = len(sampled.session.runs)
    with pytest.raises(
        UsageError, match=rf"There is no {wanted.upper()} export: there are MP4.*ends in \.mp4"
    ):
        sampled.session.export(tmp_path / f"cut.{wanted}", format=wanted)
    assert (len(sampled.session.runs), list(tmp_path.iterdir())) == (runs, [])


def test_what_is_looked_through_shows_how_far_it_is(sampled):
    """A search in the media has a line: the seconds of sound heard, from nothing to the whole."""
    run = sampled.session.start("cut the pauses")
    seen = []
    run.on_update(lambda: seen.append(dict(run.rows)))
    assert run.result().changed
    by_label = {}
    for row in (row for rows in seen for row in rows.values()):
        by_label.setdefault(row.label, []).append(row)
    assert set(by_label) == {"Listening to speech.mp4", "Listening to scenes.mp4"}
    for rows in by_label.values():
        under_way, over = [row for row in rows if row.state == "running"], rows[-1]
        assert all(
            re.fullmatch(r"\d:\d\d of 0:\d\d heard( · \d:\d\d left)?", row.detail) for row in under_way
        )
        assert (rows[0].fraction, over.fraction, over.state) == (0.0, 1.0, "done")
        # The number beside a full bar is the whole, however far the last word of it was.
        assert over.detail == rows[0].detail.partition(" of ")[2]
