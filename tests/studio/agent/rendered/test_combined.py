"""One edit upon another: what was made before is seen and heard on as it was."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from studio.agent.rendered.measuring import TONE_DB, cropped, level, of

from nemo_widgets.studio.agent.edits.cuts import Cut
from nemo_widgets.studio.agent.edits.speeding import Freeze, Reverse
from nemo_widgets.studio.agent.edits.splitting import Split
from nemo_widgets.studio.agent.edits.voices import FadeVoice
from nemo_widgets.studio.agent.edits.zooming import Zoom

if TYPE_CHECKING:
    from collections.abc import Callable

    Films = Callable[..., Any]


@of(Reverse, Freeze)
@pytest.mark.parametrize(
    ("sentences", "frames"),
    [
        (["freeze at 0:01 for 1 second"], [*range(119, 89, -1), *[89] * 30, *range(89, -1, -1)]),
        (["freeze the last frame for 1 second"], [*range(119, -1, -1), *[0] * 30]),
        (
            ["speed it up 2x", "freeze at 0:01 for 1 second"],
            [*range(119, 59, -2), *[59] * 30, *range(59, 0, -2)],
        ),
    ],
)
def test_a_frame_of_a_clip_that_runs_backwards_stands(
    film: Films, sentences: list[str], frames: list[int]
) -> None:
    """It is the frame that is seen there, or the last one that is seen."""
    assert film("harbour.mp4").say("play it backwards", *sentences).numbers() == frames


@of(Reverse, Cut)
@pytest.mark.parametrize(
    ("sentence", "frames"),
    [
        ("cut the pauses", [*range(119, 59, -1), *range(29, -1, -1)]),
        ("cut 0:01 to 0:02", [*range(119, 89, -1), *range(59, -1, -1)]),
    ],
)
def test_a_clip_that_runs_backwards_is_cut(film: Films, sentence: str, frames: list[int]) -> None:
    """Its pauses are found where they are heard, and what goes is what was seen there."""
    assert film("harbour.mp4").say("play it backwards", sentence).numbers() == frames


@of(Zoom)
@pytest.mark.parametrize(
    ("sentences", "seen"),
    [
        (["split it at 0:02"], [(0, 0, 1), (59, 59, 1.1), (61, 61, 1.1), (119, 119, 1.2)]),
        (["remove 0:01 to 0:03"], [(0, 0, 1), (29, 29, 1.05), (31, 91, 1.15), (59, 119, 1.2)]),
        (["make it black and white from 0:01 to 0:02"], [(29, 29, 1.05), (45, 45, 1.075), (119, 119, 1.2)]),
        (["freeze at 0:02 for 1 second"], [(59, 59, 1.1), (75, 60, 1.1), (91, 61, 1.1), (149, 119, 1.2)]),
        (
            ["play it backwards", "remove 0:01 to 0:03"],
            [(0, 119, 1), (29, 90, 1.05), (31, 28, 1.15), (59, 0, 1.2)],
        ),
    ],
)
def test_a_slow_zoom_goes_on(film: Films, sentences: list[str], seen: list[tuple[int, int, float]]) -> None:
    """A cut through a clip does not begin its zoom anew; `seen` is (frame, number, scale)."""
    frames = film("harbour.mp4").say("slowly zoom in", *sentences).watched()
    for at, number, scale in seen:
        x, y = 80 / scale, 45 / scale
        wanted = cropped(number, 80 - x, 45 - y, 80 + x, 45 + y, size=(160, 90))
        assert np.abs(frames[at] - wanted).mean() < 3, at


@of(FadeVoice)
@pytest.mark.parametrize("sentence", ["remove 0:01.5 to 0:02", "split it at 0:01.5"])
def test_a_fade_is_heard_once(film: Films, sentence: str) -> None:
    """The sound fades in at the clip's beginning and not behind the cut as well."""
    sound = film("market.mp4").say("fade the voice in over 1 second", sentence).heard()
    steps = [level(sound, n / 10, n / 10 + 0.1) for n in range(24)]
    assert all(a < b for a, b in pairwise(steps[:10]))
    assert steps[11:] == pytest.approx([TONE_DB] * 13, abs=0.3)


@of(Split, Zoom)
def test_clips_are_zoomed_one_by_one(film: Films) -> None:
    """Parted first and zoomed into then, each part has a zoom of its own."""
    frames = film("harbour.mp4").say("split it at 0:02", "slowly zoom in").watched()
    for at, scale in ((0, 1), (59, 1.2), (60, 1), (119, 1.2)):
        x, y = 80 / scale, 45 / scale
        assert np.abs(frames[at] - cropped(at, 80 - x, 45 - y, 80 + x, 45 + y, size=(160, 90))).mean() < 3
