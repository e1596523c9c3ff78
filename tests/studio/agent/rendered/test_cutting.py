"""What is cut, moved or put in: every frame of the export by its number, every chirp by its moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from studio.agent.rendered.measuring import BEATS, of

from nemo_widgets.studio.agent.edits.arranging import Duplicate, Move, Order, Swap
from nemo_widgets.studio.agent.edits.beating import CutOnBeats
from nemo_widgets.studio.agent.edits.cuts import Cut
from nemo_widgets.studio.agent.edits.finding import CutFound
from nemo_widgets.studio.agent.edits.highlights import KeepBest, Reel
from nemo_widgets.studio.agent.edits.inserting import Insert, MergeAll
from nemo_widgets.studio.agent.edits.lasting import ClipLength, TrimEnds
from nemo_widgets.studio.agent.edits.splitting import Split, SplitScenes
from nemo_widgets.studio.agent.edits.trimming import PictureLength, TrimTo

if TYPE_CHECKING:
    from collections.abc import Callable

HARBOUR, MARKET = list(range(120)), list(range(1000, 1090))


@of(Cut)
@pytest.mark.parametrize(
    ("sentence", "frames", "chirps"),
    [
        ("remove 0:01 to 0:02", [(0, 30), (60, 120)], [0.5, 1.5, 2.5]),
        ("keep only 0:01 to 0:03", [(30, 90)], [0.5, 1.5]),
        ("cut the pauses", [(0, 30), (60, 120)], [0.5, 1.5, 2.5]),
    ],
)
def test_cut(
    film: Callable[..., Any], sentence: str, frames: list[tuple[int, int]], chirps: list[float]
) -> None:
    """Exactly what was to go is gone, and the sound with it."""
    one = film("harbour.mp4").say(sentence)
    assert one.numbers() == [n for span in frames for n in range(*span)]
    assert one.chirps() == pytest.approx(chirps, abs=0.002)


@of(CutFound)
@pytest.mark.parametrize(
    ("sentence", "frames"),
    [
        ("remove the kiss scene", [*range(60), *range(90, 120)]),
        ("keep only the kiss", [*range(60, 90)]),
        ("remove the black parts", [*range(30, 120)]),
        ("cut the blurry parts", [*range(90), *range(105, 120)]),
    ],
)
def test_found(film: Callable[..., Any], sentence: str, frames: list[int]) -> None:
    """What was found is not in the export, or it alone is."""
    assert film("harbour.mp4").say(sentence).numbers() == frames


@of(Reel)
def test_reel(film: Callable[..., Any]) -> None:
    """Two seconds are the two best seconds, in order."""
    one = film("harbour.mp4").say("make a 2 second highlight reel")
    assert one.numbers() == [*range(30), *range(60, 90)]
    assert one.chirps() == pytest.approx([0.5, 1.5], abs=0.002)


@of(KeepBest)
def test_best(film: Callable[..., Any]) -> None:
    """The better of two scenes alone is seen."""
    assert film("harbour.mp4").say("keep only the best scene").numbers() == HARBOUR[:60]


@of(CutOnBeats)
def test_beats(film: Callable[..., Any]) -> None:
    """The second clip is first seen on a beat of the song."""
    one = film("harbour.mp4", "market.mp4", beside=("song.wav",))
    one.say("trim the first clip to 2 seconds", "use my song as background music", "put the cuts on the beat")
    cut = next(i for i, n in enumerate(one.numbers()) if n >= 1000)
    assert min(abs(cut / 30 - beat / 1000) for beat in BEATS) <= 1 / 60
    assert cut != 60


@of(Move)
@pytest.mark.parametrize(
    ("sentence", "frames", "chirps"),
    [
        ("move the second clip to the front", MARKET + HARBOUR, [3.5, 4.5, 5.5, 6.5]),
        ("move the first second to the end", [*HARBOUR[30:], *MARKET, *HARBOUR[:30]], [0.5, 1.5, 2.5, 6.5]),
    ],
)
def test_move(film: Callable[..., Any], sentence: str, frames: list[int], chirps: list[float]) -> None:
    """The frames are seen in their new order, with their sound."""
    one = film("harbour.mp4", "market.mp4").say(sentence)
    assert one.numbers() == frames
    assert one.chirps() == pytest.approx(chirps, abs=0.002)


@of(Swap)
def test_swap(film: Callable[..., Any]) -> None:
    """The second clip comes first."""
    assert film("harbour.mp4", "market.mp4").say("swap clip 1 and 2").numbers() == MARKET + HARBOUR


@of(Order)
def test_order(film: Callable[..., Any]) -> None:
    """By name, harbour comes before market."""
    assert film("market.mp4", "harbour.mp4").say("sort the clips by name").numbers() == HARBOUR + MARKET


@of(Duplicate)
def test_duplicate(film: Callable[..., Any]) -> None:
    """The clip is seen twice, one after the other."""
    one = film("harbour.mp4", "market.mp4").say("duplicate the second clip")
    assert one.numbers() == HARBOUR + MARKET + MARKET


@of(Insert)
def test_insert(film: Callable[..., Any]) -> None:
    """The other clip is seen whole between the halves."""
    one = film("harbour.mp4", beside=("market.mp4",)).say("insert market.mp4 at 0:02")
    assert one.numbers() == [*HARBOUR[:60], *MARKET, *HARBOUR[60:]]
    assert one.chirps() == pytest.approx([0.5, 1.5, 5.5, 6.5], abs=0.002)


@of(MergeAll)
def test_merge(film: Callable[..., Any]) -> None:
    """What was uploaded and is on no track yet comes behind what is."""
    one = film("harbour.mp4", beside=("market.mp4",)).say("merge all the clips")
    assert one.numbers() == HARBOUR + MARKET


@of(Split)
def test_split(film: Callable[..., Any]) -> None:
    """A split alone is neither seen nor heard; the part before it can go by itself."""
    one = film("harbour.mp4").say("split it at 0:02.5")
    assert one.numbers() == HARBOUR
    assert one.chirps() == pytest.approx([0.5, 1.5, 2.5, 3.5], abs=0.002)
    assert one.say("remove the first clip").numbers() == HARBOUR[75:]


@of(SplitScenes)
def test_split_scenes(film: Callable[..., Any]) -> None:
    """The second scene can be put first."""
    one = film("harbour.mp4").say("split it into scenes")
    assert one.numbers() == HARBOUR
    assert one.say("move the second clip to the front").numbers() == HARBOUR[60:] + HARBOUR[:60]


@of(TrimTo)
def test_trim(film: Callable[..., Any]) -> None:
    """The first two seconds of the clip stay, and the next clip follows at once."""
    one = film("harbour.mp4", "market.mp4").say("trim the first clip to 2 seconds")
    assert one.numbers() == HARBOUR[:60] + MARKET


@of(ClipLength)
def test_length_of_a_clip(film: Callable[..., Any]) -> None:
    """The clip loses its end, to the frame, and the other stays whole."""
    one = film("harbour.mp4", "market.mp4").say("the second clip should be 2 seconds long")
    assert one.numbers() == HARBOUR + MARKET[:60]


@of(TrimEnds)
def test_ends_of_clips(film: Callable[..., Any]) -> None:
    """Each clip loses so much at that end, to the frame, and the next clip follows at once."""
    one = film("harbour.mp4", "market.mp4").say("trim half a second off the end of each clip")
    assert one.numbers() == HARBOUR[:105] + MARKET[:75]
    assert one.say("trim 1 second off the start of each clip").numbers() == HARBOUR[30:105] + MARKET[30:75]


@of(PictureLength)
def test_picture_length(film: Callable[..., Any]) -> None:
    """A picture is seen as long as was said, at ten frames a second."""
    one = film("quadrants320x180.png", size=(320, 180), fps=10).say("show each picture for 2 seconds")
    frames = one.coloured()
    assert len(frames) == 20
    assert np.abs(frames - frames[0]).max() < 12
