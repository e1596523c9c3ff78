"""The lines of an export, answer by answer."""

import pytest

from nemo_widgets.client import RenderStatus
from nemo_widgets.running.render_rows import RenderRows

WORDS = {
    "in the queue": {"status": "pending"},
    "1st in the queue": {"status": "pending", "position": 1},
    "22nd in the queue": {"status": "pending", "position": 22},
    "113th in the queue": {"status": "pending", "position": 113},
    "waiting for the sound": {"status": "processing", "stage": "listening", "frames": 0, "frames_total": 60},
    "frame 1\xa0000 of 1\xa0190": {"status": "processing", "frames": 1000, "frames_total": 1190},
    "45%": {"status": "processing", "progress": 45},
    "": {"status": "processing"},
    "the server says “shining”": {"status": "shining", "progress": 45},
}


@pytest.mark.parametrize(("detail", "answer"), WORDS.items(), ids=WORDS)
def test_what_is_told_of_an_answer(detail, answer):
    """Frames where they are told, else percents, else a word; nothing that nobody said."""
    row = RenderRows(sound=False).at(RenderStatus.from_json(answer))["render"]
    assert row.detail == detail


def test_the_bar_goes_back_with_the_truth():
    """A render that begins anew, on another machine say, is shown as what it is."""
    rows, shown = RenderRows(sound=False), []
    for frames in (100, 500, 20, 600):
        answer = {"status": "processing", "progress": 1, "frames": frames, "frames_total": 1000}
        shown.append(rows.at(RenderStatus.from_json(answer))["render"].fraction)
    assert shown == [0.1, 0.5, 0.02, 0.6]


@pytest.mark.parametrize(
    ("heard", "told"),
    [
        (0, "0:00 of 0:10 heard, pass 1 of 3"),
        (14_000, "0:04 of 0:10 heard, pass 2 of 3"),
        (30_000, "0:10 of 0:10 heard, pass 3 of 3"),
    ],
)
def test_sound_that_is_heard_several_times_says_in_which_pass(heard, told):
    """Nobody wonders why more is heard than the film is long."""
    answer = {"status": "processing", "stage": "listening", "heard_ms": heard, "sound_ms": 30_000}
    rows = RenderRows(sound=True, film_ms=10_000).at(RenderStatus.from_json(answer, "x"))
    assert rows["sound"].detail.partition(" · ")[0] == told


def test_sound_is_heard_first_and_more_often_where_needed():
    """The line of the sound falls back where a pass more is needed, and is whole once frames come."""
    rows, shown = RenderRows(sound=True), []
    assert rows.waiting()["sound"].detail == "waiting"
    for heard, whole in ((1000, 4000), (4000, 4000), (4500, 6000)):
        answer = {"status": "processing", "stage": "listening", "heard_ms": heard, "sound_ms": whole}
        shown.append(rows.at(RenderStatus.from_json(answer))["sound"].fraction)
    assert shown == [0.25, 1.0, 0.75]
    encoding = {"status": "processing", "stage": "encoding", "frames": 1, "frames_total": 9, "sound_ms": 6000}
    assert rows.at(RenderStatus.from_json(encoding))["sound"].state == "done"
