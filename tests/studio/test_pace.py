"""The rate of clips by the moments of their pictures: clocks that tremble, pictures left out, true motion."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from clips import code_clip
from containers import timeline_of

from nemo_widgets.studio.media.info import frame_rate
from nemo_widgets.studio.media.pace import Pace
from nemo_widgets.studio.media.parts import Extent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

TICKS = 90_000
RATES = {
    "10": 10, "12": 12, "15": 15, "20": 20, "23.976": Fraction(24_000, 1001), "24": 24, "25": 25,
    "29.97": Fraction(30_000, 1001), "30": 30, "50": 50, "59.94": Fraction(60_000, 1001), "60": 60,
}  # fmt: skip


def found(moments: Sequence[float] | NDArray[np.float64]) -> Fraction | None:
    """The rate of a clip whose pictures come at these milliseconds, and that declares its average alone."""
    pace = Pace()
    for moment in np.round(np.sort(moments) * TICKS / 1000).astype(int).tolist():
        pace.add(moment)
    pace.finish()
    pictures = Extent.paced(Fraction(0), Fraction(0), Fraction(0), pace, Fraction(1, TICKS))
    assert pictures.mean is not None
    average = (1 / pictures.mean).limit_denominator(60_000)
    container = SimpleNamespace(format=SimpleNamespace(name="mov"))
    stream = SimpleNamespace(
        average_rate=average, guessed_rate=average, base_rate=average, container=container
    )
    return frame_rate(stream, pictures)


def row(*parts: tuple[int, float], jitter: float = 0, seed: int = 0) -> NDArray[np.float64]:
    """Moments by how many pictures come how many milliseconds after the last one."""
    apart = np.concatenate([np.full(count, float(length)) for count, length in parts])
    apart += np.random.default_rng(seed).uniform(-jitter, jitter, len(apart))
    return np.concatenate([[0.0], np.cumsum(np.maximum(1, apart))])


@pytest.mark.parametrize("name", RATES)
def test_the_rate_that_is_meant_is_found(name: str) -> None:
    """Whether the clock trembles by 1, 5 or 10 ms, and up to a tenth of all pictures are left out."""
    rate, wrong = RATES[name], []
    for jitter in (0, 1, 5, 10):
        for left_out in (0.0, 0.01, 0.03, 0.1):
            chance = np.random.default_rng(1)
            moments = np.arange(3000) * 1000 / float(rate) + chance.uniform(-jitter, jitter, 3000)
            rest = moments[chance.random(3000) >= left_out]
            if (seen := found(rest - rest.min())) is None or abs(seen / rate - 1) > Fraction(2, 1000):
                wrong.append((jitter, left_out, seen))
    assert wrong == []


@pytest.mark.parametrize("name", RATES)
def test_a_clock_in_whole_milliseconds_changes_no_rate(name: str) -> None:
    """With all pictures there the rate is exact, for a second or for a minute."""
    for seconds in (1, 2, 60):
        count = round(seconds * RATES[name]) + 1
        assert abs(found(np.round(np.arange(count) * 1000 / float(RATES[name]))) / RATES[name] - 1) < 0.002


@pytest.mark.parametrize("length", [100, 1000, 20_000])
@pytest.mark.parametrize(
    ("low", "high", "rate"),
    [(24, 45, 30), (22, 45, 30), (28, 39, 30), (10, 56, 30), (12, 22, 60), (35, 45, 25)],
)
def test_chance_is_no_motion(low: float, high: float, rate: int, length: int) -> None:
    """Where times differ by chance, as phones write them, the quickest are no motion, however many."""
    seen = found(np.cumsum(np.random.default_rng(0).uniform(low, high, length)))
    assert seen == pytest.approx(rate, rel=0.002)


@pytest.mark.parametrize("jitter", [0, 3])
@pytest.mark.parametrize("stills", [20, 300])
@pytest.mark.parametrize(("burst", "rate"), [(1000 / 60, 60), (1000 / 30, 30), (40, 25), (1000 / 120, 60)])
def test_motion_among_stills_has_its_own_rate(burst: float, rate: int, stills: int, jitter: float) -> None:
    """A screen that moves for a second among still pictures is shown as quick as it moves, up to 60."""
    moments = row((stills, 2500), (round(1000 / burst), burst), (stills, 1800), jitter=jitter)
    assert found(moments) == rate


@pytest.mark.parametrize(
    ("parts", "rate"),
    [
        ([(3000, 100 / 3), (60, 50 / 3), (3000, 100 / 3)], 60),
        ([(600, 125 / 3), (100, 100 / 3)], 30),
        ([(600, 100 / 3), (600, 125 / 3)], 30),
        ([(300, 100), (60, 100 / 3)], 30),
        ([(300, 200 / 3), (16, 50 / 3), (300, 200 / 3)], 60),
    ],
)
def test_motion_in_motion_keeps_the_quickest_rate(parts: list[tuple[int, float]], rate: int) -> None:
    """A part that is quicker than the rest counts, however small it is; a phone in the dark is slower."""
    assert found(row(*parts)) == rate


@pytest.mark.parametrize("rate", [25, 30, 50, 60])
@pytest.mark.parametrize("count", [30, 60, 100])
def test_a_short_clip_gets_a_usual_rate(count: int, rate: int) -> None:
    """Of a second or two, by a clock of whole milliseconds that trembles by 10, the rate is a usual one."""
    chance = np.random.default_rng(count)
    moments = np.round(np.arange(count) * 1000 / rate + chance.uniform(-10, 10, count))
    assert found(moments - moments.min()) == pytest.approx(rate, rel=0.002)  # 29.97 or 30 can't be told


def test_motion_is_found_where_the_clock_trembles() -> None:
    """A second at 60 in a film at 30, both by a clock that trembles by 5 ms."""
    assert found(row((3000, 100 / 3), (60, 50 / 3), (3000, 100 / 3), jitter=5)) == 60


def test_a_delay_that_is_caught_up_with_is_no_motion() -> None:
    """Where pictures come late and the next ones at once the rate stays, as often as it happens."""
    assert found(row(*[(30, 100 / 3), (1, 400 / 3), (4, 25 / 3)] * 30)) == 30


def test_a_film_on_a_screen_of_60_is_one_of_24() -> None:
    """Pictures that last two and three sixtieths by turns keep their average."""
    assert found(row(*[(1, 100 / 3), (1, 50)] * 500)) == 24


@pytest.mark.parametrize("share", [0.3, 0.5, 0.8])
def test_a_screen_that_changes_at_times_has_the_rate_of_its_clock(share: float) -> None:
    """A picture comes whenever something moved, at multiples of a sixtieth."""
    assert found(np.cumsum(np.random.default_rng(2).geometric(share, 2000)) * 50 / 3) == 60


@pytest.mark.parametrize(("rate", "left_out"), [(120, 0.05), (90, 0.0), (240, 0.02)])
def test_quick_clips_stay_as_quick_as_they_are(rate: int, left_out: float) -> None:
    """The bound of 60 is that of motion among slower pictures alone."""
    kept = np.random.default_rng(3).random(2000) >= left_out
    assert found((np.arange(2000) * 1000 / rate)[kept]) == rate


def test_a_phones_clip_has_the_usual_rate(tmp_path: Path) -> None:
    """A real file whose pictures come 24 to 45 ms apart is put on a timeline of 30."""
    moments = np.cumsum(np.random.default_rng(5).uniform(24, 45, 90)) - 24
    code_clip(tmp_path / "phone.mp4", frames=90, audio=None, bframes=0, size=(96, 54),
              times=lambda i: Fraction(round(moments[i] * 90), TICKS))  # fmt: skip
    assert timeline_of(tmp_path / "phone.mp4").meta["fps"] == 30
