"""An ordinal number is read alike, whatever it counts: clips, cuts, titles, scenes, sound tracks."""

import pytest

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.language.ordinals import ORDINAL, ordinal

CLIP = "/media/aa11/interview.mp4"
ORDINALS = {
    "second": 2,
    "2nd": 2,
    "ninth": 9,
    "9th": 9,
    "eleventh": 11,
    "twelfth": 12,
    "last": 13,
    "second to last": 12,
    "penultimate": 12,
    "third-to-last": 11,
}


@pytest.fixture
def many(new_world, clips):
    """Thirteen pieces of one source."""
    return new_world(clips(*[(CLIP, "solar", 4300)] * 13))


@pytest.mark.parametrize(("said", "number"), ORDINALS.items())
def test_a_clip_is_found_by_any_ordinal(said, number, many, do):
    """In words or digits, from the beginning or the end."""
    before = many.draft.layout()[0].segments
    do(f"remove the {said} clip", many)
    after = many.draft.layout()[0].segments
    assert [s.id for s in after] == [s.id for i, s in enumerate(before, 1) if i != number]


@pytest.mark.parametrize(("said", "number"), [(said, n) for said, n in ORDINALS.items() if n < 12])
def test_a_cut_is_found_by_any_ordinal(said, number, many, do):
    """The first cut is the one before the second clip."""
    do(f"put a wipe at the {said} cut", many)
    segments = many.draft.layout()[0].segments
    wiped = [i for i, segment in enumerate(segments) if segment.transition]
    assert wiped == [number if "last" not in said else 10]


@pytest.mark.parametrize("said", ["sixth", "6th", "last"])
def test_a_title_is_found_by_any_ordinal(said, many, do):
    """The sixth title is no less than the fifth."""
    for n in range(6):
        do(f'add the title "Part {n}" from 0:{5 * n:02} to 0:{5 * n + 3:02}', many)
    do(f"remove the {said} title", many)
    texts = [s.text for track in many.draft.layout() if track.kind == "text" for s in track.segments]
    assert sorted(texts) == [f"Part {n}" for n in range(5)]


def test_every_ordinal_is_read_whole():
    """From the first to the ninety-ninth, in words and digits; a plural is none."""
    whole = rx(ORDINAL)
    for said, number in {
        "twentieth": 20,
        "thirty-third": 33,
        "ninety ninth": 99,
        "40th": 40,
        "103rd": 103,
    }.items():
        assert whole.fullmatch(said)
        assert ordinal(said) == number
    assert not whole.search("two thirds, seconds and a lower-thirds title")
