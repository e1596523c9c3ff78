"""Timeline files that are written and read here: the same clips at the same frames, and nothing harmful."""

from __future__ import annotations

from importlib.util import find_spec

import pandas as pd
import pytest
from draft.formats.cuts import RATES, cuts, draft, places, usual
from hypothesis import given
from hypothesis import strategies as st

from nemo_widgets import Draft
from nemo_widgets.draft.formats import FORMATS, decode, encode
from nemo_widgets.errors import MissingExtra

EDITORS = ["otio", "xml", "fcpxml", "edl"]


@pytest.mark.parametrize("fps", RATES.values(), ids=RATES)
@pytest.mark.parametrize("format_", EDITORS)
def test_ten_hours_come_back_to_the_frame(format_, fps):
    """Each clip is read where it stood, with its dissolve, its part of the file and its path."""
    data = usual(fps)
    found, _ = decode(encode(data, format_)[0], format_)
    assert places(fps, found) == places(fps, data)
    cut = found["t"][0]["sg"][1]["m"]["transition"]
    assert (cut["type"], round(cut["d"] * fps / 1000)) == ("crossfade", 9)
    assert "volume" not in found["t"][0]["sg"][0]["m"]
    assert found["t"][1]["sg"][0]["m"].get("volume") == (None if format_ == "edl" else 0.35)


@pytest.mark.parametrize("format_", EDITORS)
@given(cut=cuts())
def test_any_cut_comes_back_to_the_frame(format_, cut):
    """Whatever follows whatever, at whichever rate."""
    fps, clips = cut
    data = draft(fps, clips)
    found, _ = decode(encode(data, format_)[0], format_)
    assert places(fps, found) == places(fps, data)
    assert [bool(s["m"].get("transition")) for s in found["t"][0]["sg"]] == [bool(c[4]) for c in clips]


def test_an_otio_file_that_nobody_changed_is_the_draft_it_was_made_of():
    """Keys that no editor knows, and tracks of an unknown type, are in it all the same."""
    data = usual(RATES["25"])
    data["t"][0]["sg"][0]["m"]["zoom"] = {"from": 1, "to": 1.5}
    data["t"].append({"tt": 9, "sg": [{"d": 5, "x": [None]}], "zz": 1.0})
    data["odd"] = {"a": ["b"]}
    assert decode(encode(data, "otio")[0], "otio")[0] == data


@pytest.mark.parametrize("format_", EDITORS)
def test_odd_drafts_are_written(format_):
    """What is missing, negative, overlapping or no number raises nothing."""
    clips = [
        {"d": 500, "m": {"start": -200, "src": "a.mp4", "in": "x"}},
        {"d": 0},
        {"d": 900, "m": {"speed": float("nan"), "src": 5, "transition": []}},
        {"d": 900, "m": {"start": 10}},
    ]
    others = [{"tt": None, "sg": [{"d": 1}]}, {"tt": 7, "sg": [{"d": 40, "m": {"text": 3}}]}, 5]
    content, report = encode({"t": [{"tt": 0, "sg": clips}, *others], "m": 7}, format_)
    assert content
    assert report.losses


HOSTILE = [
    "<script>alert(1)</script>",
    "\u202egnp.exe",
    "a\x00b\x1b[31m",
    "]]>&x;",
    "\ud800",
    "x" * 1_000_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=["script", "bidi", "controls", "entity", "half", "long"])
@pytest.mark.parametrize("format_", [*EDITORS, "csv", "json", "llc", "md", "txt"])
def test_what_would_harm_is_text(format_, text):
    """It is written as text, without what turns lines around or no file may hold, and read again."""
    data = draft(RATES["25"], [("/films/a.mp4", 0, 50, 0, 0)], texts=[(text, 0, 25)])
    data["t"][0]["sg"][0]["m"]["name"] = text
    content, _ = encode(data, format_)
    told = content.decode("utf-8")
    assert format_ not in ("xml", "fcpxml") or "<script" not in told
    assert not {"\u202e", "\x00", "\x1b"} & set(told)
    assert format_ in ("md", "txt") or decode(content, format_)[0]["t"]


@pytest.mark.parametrize("text", ["=cmd()", "+1", "-1", "@x", "\t=1", "＝1", "'x"])
def test_a_spreadsheet_reckons_with_nothing(text):
    """A ' stands before it in the CSV, and is gone again when that is read."""
    data = draft(RATES["25"], [("/films/a.mp4", 0, 50, 0, 0)])
    data["t"][0]["sg"][0]["m"]["name"] = text
    content, _ = encode(data, "csv")
    assert f",'{text.strip()}," in content.decode().replace("\t", "")
    assert decode(content, "csv")[0]["t"][0]["sg"][0]["m"]["name"] == text


BOMB = '<?xml version="1.0"?><!DOCTYPE {0} [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><{0}><x>&b;</x></{0}>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE {0} [<!ENTITY a SYSTEM "file:///etc/passwd">]><{0}>&a;</{0}>'


@pytest.mark.parametrize("document", [BOMB, OUTSIDE], ids=["bomb", "outside"])
@pytest.mark.parametrize(("format_", "root"), [("xml", "xmeml"), ("fcpxml", "fcpxml")])
def test_xml_with_entities_is_refused(format_, root, document):
    """Nothing is expanded, and nothing from outside read."""
    with pytest.raises(ValueError, match="defines entities"):
        decode(document.format(root).encode(), format_)
    with pytest.raises(ValueError, match="nested too deep"):
        decode((f"<{root}>" + "<a>" * 5000).encode(), format_)


@pytest.mark.parametrize("format_", EDITORS)
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_what_is_no_timeline_is_refused(format_, content):
    """In a sentence, and by no other error."""
    try:
        decode(content, format_)
    except ValueError:
        return
    assert format_ == "edl"


@pytest.mark.parametrize("key", ["https://cdn.example/a%20b.mp4?sig=1", "a b.mp4"])
def test_a_source_is_where_it_is_said_to_be(tmp_path, key):
    """By its link or its file's name; without that a link is told of."""
    link = "https://cdn.example/a%20b.mp4?sig=1"
    made = Draft(draft(RATES["25"], [(link, 0, 50, 0, 0)]))
    report = made.to_file(tmp_path / "cut.edl", paths={key: "/films/a b.mp4"})
    assert "* FROM CLIP: /films/a b.mp4" in (tmp_path / "cut.edl").read_text()
    assert not any("server" in loss for loss in report.losses)
    assert any("on a server: a b.mp4" in loss for loss in made.to_file(tmp_path / "cut.edl").losses)


def test_a_signed_link_is_in_no_file():
    """Who gets the file gets no access with it."""
    link = "https://cdn.example/talk.mp4?X-Amz-Signature=c0ffee&sig=c0ffee"
    data = draft(RATES["25"], [(link, 0, 50, 0, 0)], texts=[(link, 0, 25)])
    for format_ in set(FORMATS) - {"parquet"}:
        assert b"c0ffee" not in encode(data, format_)[0]


def test_parquet_holds_the_table_or_says_what_is_missing():
    """With pyarrow the rows are a draft again; without it a sentence says what to install."""
    data = usual(RATES["25"])
    if find_spec("pyarrow") is None:
        with pytest.raises(MissingExtra) as missing:
            encode(data, "parquet")
        assert "pip install pyarrow" in missing.value.hint
        return
    assert places(25, decode(encode(data, "parquet")[0], "parquet", fps=25)[0]) == places(25, data)
    with pytest.raises(ValueError, match="Parquet"):
        decode(b"PAR1", "parquet")


def test_a_table_of_segments_is_a_draft_again():
    """`from_frames` makes of `segments` what stands at the same times."""
    data = usual(RATES["25"])
    made = Draft.from_frames(Draft(data).segments, fps=25)
    assert places(25, made.data) == places(25, data)
    assert made.data["t"][2]["sg"][0]["m"]["text"] == "Urban Dreams"


@pytest.mark.parametrize(
    ("row", "why"),
    [({"in_ms": 0, "out_ms": 5}, "neither a source nor a text"), ({"source": "a.mp4"}, "has no length"),
     ({"source": "a.mp4", "in_ms": -4, "out_ms": 5}, "in_ms is “-4”"),
     ({"source": "a.mp4", "in_ms": 9, "out_ms": 5}, "has no length"),
     ({"source": "a.mp4", "out_ms": 5, "kind": "hologram"}, "hologram")],
)  # fmt: skip
def test_a_row_that_cant_be_used_is_named(row, why):
    """With the reason."""
    rows = pd.DataFrame([{"source": "b.mp4", "in_ms": 0, "out_ms": 9}, row])
    with pytest.raises(ValueError, match=f"Row 2.*{why}"):
        Draft.from_frames(rows)


def test_a_draft_is_built_from_nothing(tmp_path):
    """Clips, a transition, music and a text; what it becomes as a file is read again."""
    made = (
        Draft.build(fps=25, width=640, height=360, title="Solar")
        .clip("a.mp4", 1, 3)
        .clip("b.mp4", 0, "0:04", transition="crossfade", overlap=0.4)
        .music("c.mp3", volume=0.3)
        .text("Hello", 0.5, 2)
        .draft()
    )
    assert made.duration_ms == 5600
    assert [(s.start_ms, s.end_ms, s.in_ms, s.out_ms) for s in made.layout()[0].segments] == [
        (0, 2000, 1000, 3000), (1600, 5600, 0, 4000)]  # fmt: skip
    assert made.to_file(tmp_path / "cut.fcpxml").losses == ()
    assert Draft.from_file(tmp_path / "cut.fcpxml").duration_ms == 5600
    with pytest.raises(ValueError, match="no transition"):
        Draft.build().clip("a", 0, 1).clip("b", 0, 1, transition="morph")
