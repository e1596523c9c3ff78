"""From a file's ticks to samples."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from nemo_widgets.studio.media.sample_clock import SampleClock

SECONDS = st.fractions(-10_000, 10_000, max_denominator=90_000)


@given(
    ticks=st.lists(st.integers(-(10**6), 10**10), min_size=1),
    tick=st.fractions(Fraction(1, 200_000), 1, max_denominator=200_000),
    shift=SECONDS,
    offset=SECONDS,
)
def test_a_time_is_at_the_sample_that_exact_fractions_say(ticks, tick, shift, offset):
    """Whatever a file's clock and however far times are moved, no sample is off by one, halves neither."""
    clock = SampleClock(48_000, shift)
    for later in (offset, Fraction(0), offset):
        found = [clock.sample(each, tick, later) for each in ticks]
        assert found == [round((each * tick + shift + later) * 48_000) for each in ticks]
