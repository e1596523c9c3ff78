"""Titles, captions, lower thirds and subtitles: when they are seen, where, in which colour, and legibly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from studio.agent.rendered.measuring import box, changed, of

from nemo_widgets.studio.agent.edits.labels import LabelClips
from nemo_widgets.studio.agent.edits.subtitles import AddSubtitles, ShiftSubtitles, StyleTexts
from nemo_widgets.studio.agent.edits.titles import AddTitle, ChangeTitle, RemoveTitle

if TYPE_CHECKING:
    from collections.abc import Callable

    Films = Callable[..., Any]

FPS = 10
ADD = 'add a title "Hello" from 0:01 to 0:02'
PASTED = "add these subtitles:\n1\n00:00:01,000 --> 00:00:02,000\nHello there\n"


def still(film: Films) -> Any:
    """Four seconds of a picture of four colours."""
    return film("quadrants320x180.png", beside=("lines.srt",), size=(320, 180), fps=FPS)


def colour(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """The mean colour of the letters: the brightest of what differs."""
    differs = np.abs(after - before).max(axis=-1) > 40
    light = after.max(axis=-1)
    letters = after[differs & (light >= np.quantile(light[differs], 0.85))]
    return letters.mean(axis=0)


def seen_in_its_second(
    one: Any, sentence: str, across: tuple[float, float], down: tuple[float, float]
) -> None:
    """A text of 0:01 to 0:02 is seen then and not beside it, in its place, light with dark around."""
    before, after = one.watched(), one.say(sentence).watched()
    seen = changed(before, after)
    assert seen[: FPS - 1].max() == seen[2 * FPS + 1 :].max() == 0
    assert seen[FPS + 3 : 2 * FPS - 3].min() > 150
    left, top, right, bottom = box(before[15], after[15])
    assert across[0] <= left < right <= across[1]
    assert down[0] <= top < bottom <= down[1]
    assert legible(before[15], after[15]) > 90


def legible(before: np.ndarray, after: np.ndarray) -> float:
    """How much lighter the letters are than what is two pixels beside them."""
    letters = (np.abs(after - before) > 40) & (after > 190)
    near = [np.roll(letters, by, (0, 1)) for by in ((0, 2), (0, -2), (2, 0), (-2, 0))]
    beside = np.any(near, axis=0) & ~letters
    return float(after[letters].mean() - np.quantile(after[beside], 0.4))


@of(LabelClips)
def test_names(film: Films) -> None:
    """A clip's name is seen over its first second, and not after it."""
    one = still(film)
    before, after = one.watched(), one.say("label each clip with its name for the first second").watched()
    seen = changed(before, after)
    assert seen[3 : FPS - 3].min() > 150
    assert seen[FPS + 1 :].max() == 0


@of(AddTitle)
@pytest.mark.parametrize(
    ("sentence", "across", "down"),
    [
        (ADD, (0.3, 0.7), (0, 0.4)),
        ('add a title "Hello" in the centre from 0:01 to 0:02', (0.3, 0.7), (0.3, 0.7)),
        ('add a caption "Look at this" from 0:01 to 0:02', (0.2, 0.8), (0.6, 1)),
        ('put a lower third "Anna" "Producer" from 0:01 to 0:02', (0, 0.55), (0.6, 1)),
    ],
)
def test_text(film: Films, sentence: str, across: tuple[float, float], down: tuple[float, float]) -> None:
    """Titles, captions and lower thirds are legible where and when they belong, and only then."""
    seen_in_its_second(still(film), sentence, across, down)


@of(AddSubtitles)
@pytest.mark.parametrize("sentence", ["add the subtitles", PASTED], ids=["file", "pasted"])
def test_subtitles(film: Films, sentence: str) -> None:
    """Subtitles of a file, or pasted, are legible at the bottom at the times that are written with them."""
    seen_in_its_second(still(film), sentence, (0.2, 0.8), (0.7, 1))


@of(AddTitle)
def test_lower_third_has_two_lines(film: Films) -> None:
    """A name with a profession takes more room than the name alone."""
    boxes = []
    for words in ('"Anna"', '"Anna" "Producer"'):
        one = still(film)
        before = one.watched()[15]
        boxes.append(box(before, one.say(f"put a lower third {words} from 0:01 to 0:02").watched()[15]))
    heights = [bottom - top for _, top, _, bottom in boxes]
    assert heights[1] > heights[0] * 1.3


@of(ChangeTitle)
@pytest.mark.parametrize(
    "sentence", ["move the title to the bottom", "make the title bigger", 'change the title to "Hi"']
)
def test_changed_title(film: Films, sentence: str) -> None:
    """It is lower, larger or shorter than it was."""
    one = still(film)
    before = one.watched()[15]
    old, new = (box(before, one.say(said).watched()[15]) for said in (ADD, sentence))
    (left, top, right, bottom), (new_left, new_top, new_right, new_bottom) = old, new
    assert {
        "bottom": new_top > 0.6,
        "bigger": new_right - new_left > 1.15 * (right - left)
        and new_bottom - new_top > 1.15 * (bottom - top),
        '"Hi"': new_right - new_left < 0.7 * (right - left),
    }[sentence.rsplit(maxsplit=1)[-1]]


@of(ChangeTitle)
@pytest.mark.parametrize(
    ("sentence", "low"), [("make the title red", (1, 2)), ("make the title green", (0, 2))]
)
def test_coloured_title(film: Films, sentence: str, low: tuple[int, ...]) -> None:
    """White letters take the colour that was said."""
    recoloured(still(film), ADD, sentence, low)


@of(StyleTexts)
def test_coloured_subtitles(film: Films) -> None:
    """All subtitles take the colour that was said."""
    recoloured(still(film), "add the subtitles", "make the subtitles yellow", (2,))


def recoloured(one: Any, first: str, sentence: str, low: tuple[int, ...]) -> None:
    """White letters get a colour that has little of the channels `low`."""
    before = one.coloured()[15]
    white, tinted = (colour(before, one.say(said).coloured()[15]) for said in (first, sentence))
    assert white.min() > 170
    high = [channel for channel in range(3) if channel not in low]
    assert tinted[high].min() > 110
    assert tinted[list(low)].max() < tinted[high].min() - 60


@of(ChangeTitle)
def test_title_at_another_time(film: Films) -> None:
    """It is seen when it was moved to, and not where it was."""
    one = still(film)
    seen = changed(one.watched(), one.say(ADD, "move the title to 0:03").watched())
    assert seen[: 3 * FPS - 1].max() == 0
    assert seen[3 * FPS + 3 : 4 * FPS - 3].min() > 150


@of(RemoveTitle)
def test_removed_title(film: Films) -> None:
    """Nothing of it is left in any frame."""
    one = still(film)
    assert np.array_equal(one.watched(), one.say(ADD, "remove the title").watched())


@of(ShiftSubtitles)
def test_shifted_subtitles(film: Films) -> None:
    """A second later they are seen a second later."""
    one = still(film)
    plain, there = one.watched(), one.say("add the subtitles").watched()
    later = changed(plain, one.say("shift the subtitles by 1 s").watched())
    assert later[FPS:] == pytest.approx(changed(plain, there)[:-FPS], abs=30)
    assert later[: 2 * FPS - 1].max() == 0
