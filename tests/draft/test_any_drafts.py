"""Whatever objects come as drafts: what is told and drawn of two of them never fails."""

from __future__ import annotations

import json

from hypothesis import given, settings

from nemo_widgets.draft import Draft
from nemo_widgets.draft.difference_places import places_of
from nemo_widgets.history import history_table
from nemo_widgets.session_history import SessionState
from nemo_widgets.widgets import DifferencePicture
from nemo_widgets.widgets.history_picture import history_png

from .test_tables import drafts


@given(drafts, drafts)
def test_the_places_of_differences_are_in_the_drafts(a, b):
    """Each is on a track that is there, ends no sooner than it begins; of the same drafts there are none."""
    places, found = places_of(a, b)
    for side, some in ((Draft(a), places.gone), (Draft(b), places.new)):
        count = len(side.layout())
        assert all(0 <= track < count and start <= end for track, start, end in some)
    assert len(places.gone) + len(places.new) + len(places.moved) <= 3 * len(found)
    assert places_of(a, a)[1] == []


@given(drafts, drafts)
def test_any_two_drafts_have_instructions_or_say_what_has_none(a, b):
    """Where something differs, something is told: each on a printable line; of the same, nothing."""
    before, after = Draft(a), Draft(b)
    told = after.as_instructions(before)
    assert (not told and not told.left) == before.diff(after)["what"].isin(["length"]).all()
    assert all(line and line.isprintable() for line in told)
    assert before.as_instructions(before) == []


@given(drafts, drafts)
@settings(max_examples=15, deadline=None)
def test_any_two_drafts_are_drawn(a, b):
    """As a difference and as a history, small and the same each time, and the drafts are left alone."""
    written = json.dumps([a, b])
    before, after = Draft(a), Draft(b)
    data, metadata = DifferencePicture(before, after)._repr_mimebundle_()
    assert len(data["image/png"]) < 80_000
    assert metadata["image/png"]["alt"]
    states = [SessionState(n, "", "", draft) for n, draft in enumerate((before, after), 1)]
    history = history_table(states)
    assert history["segments"].tolist() == [len(draft.segments) for draft in (before, after)]
    strip = [(state.number, state.instruction, state.draft) for state in states]
    assert history_png(strip) == history_png(strip)
    assert json.dumps([a, b]) == written
