"""One small timeline in each format, at the rates of films, of Europe and of America: to the byte.

`python tests/draft/formats/test_golden.py` writes them anew; what has changed is then seen in the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from draft.formats.cuts import RATES, draft

from nemo_widgets.draft.formats import FORMATS, decode, encode

GOLDEN = Path(__file__).with_name("golden")
CLIPS = [("/films/harbour.mp4", 0, 50, 17, 0), ("/films/a b & c.mov", 41, 60, 1003, 9)]
FRAMED = ["edl", "fcpxml", "json", "otio", "xml"]
FILES = [
    *((form, rate) for form in FRAMED for rate in ("23.976", "25", "29.97")),
    *((form, "25") for form in ("ass", "csv", "llc", "md", "srt", "txt", "vtt")),
    *(("edl", rate) for rate in ("24", "30", "50", "59.94", "60")),
]


def data(rate):
    music = [("/films/lo-fi.mp3", 0, 100, 0)]
    return draft(RATES[rate], CLIPS, music=music, texts=[("<Urban> & “Dreams”", 10, 30)])


def golden(form, rate):
    return GOLDEN / f"{rate}.{form}"


@pytest.mark.parametrize(("form", "rate"), FILES)
def test_a_timeline_is_written_to_the_byte(form, rate):
    """The same draft makes the same file, on any day and machine."""
    if form == "otio":
        otio = pytest.importorskip("opentimelineio")
        found, known = (
            otio.adapters.read_from_string(told, "otio_json")
            for told in (encode(data(rate), form)[0].decode(), golden(form, rate).read_text("utf-8"))
        )
        assert found.is_equivalent_to(known)
        return
    assert encode(data(rate), form)[0] == golden(form, rate).read_bytes()


@pytest.mark.parametrize(("form", "rate"), [each for each in FILES if FORMATS[each[0]].read is not None])
def test_a_file_of_an_earlier_day_is_read(form, rate):
    """The clips stand where they stood, whatever version wrote them."""
    if form == "otio":
        pytest.importorskip("opentimelineio")
    found, _ = decode(golden(form, rate).read_bytes(), form, fps=RATES[rate])
    starts = [round(s["m"]["start"] * RATES[rate] / 1000) for s in found["t"][0]["sg"]]
    assert starts == ([0] if form == "llc" else [0, 41])  # LosslessCut knows one file


def test_golden_files_are_small_and_all_are_tested():
    """Nobody reads a large one."""
    assert {path.name for path in GOLDEN.iterdir()} == {golden(*each).name for each in FILES}
    assert sum(path.stat().st_size for path in GOLDEN.iterdir()) < 150_000


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for each in FILES:
        golden(*each).write_bytes(encode(data(each[1]), each[0])[0])
