"""Tables whose cells others filled: words, wherever a notebook shows them, and plain data to a program."""

import copy
import pickle

import pandas as pd
import pytest

from nemo_widgets.draft import Draft
from nemo_widgets.printable import printable
from nemo_widgets.table import Table, table_of

EVIL = "<img src=x onerror=a> $x$ \\(y\\)\n\n![a](http://b)"
DRAFT = Draft({"t": [{"tt": 0, "m": {"name": EVIL}, "sg": [{"d": 1000, "m": {"name": EVIL, "id": EVIL}}]}]})


@pytest.fixture
def tables():
    """Tables, and what becomes of them in the hands of people."""
    segments, tracks = DRAFT.segments, DRAFT.tracks
    made = [segments, tracks, segments.head(1), segments[["name"]], segments.set_index("name"), segments.T]
    return [*made, segments.groupby("name")[["duration_ms"]].sum(), segments.query("track == 1").copy()]


def test_a_table_is_words(tables):
    """No cell, label or index is HTML or begins a formula, and no empty line ends the table in Markdown."""
    for table in tables:
        html = table._repr_html_()
        assert "<img" not in html
        assert "&lt;img" in html
        assert "$x$" not in html
        assert "\\(" not in html
        assert "\n\n" not in html


def test_a_sentence_in_a_table_is_read_to_its_end():
    """However long the words of a cell are, a notebook shows all of them."""
    words = "word " * 40 + "end"
    assert words in table_of([(words,)], ["what it does"])._repr_html_()


def test_words_stand_to_the_left_and_numbers_to_the_right():
    """The head of a column stands as its cells do, and the index as its kind."""
    html = table_of([("a", 1, "x")], ["run", "n", "w"]).set_index("run")._repr_html_()
    left = ' style="text-align: left;"'
    assert f"<th{left}>a</th>" in html
    assert html.count(f"<td{left}>x</td>") == html.count("<td>1</td>") == 1
    assert f"<th>n</th>\n      <th{left}>w</th>" in html


def test_a_width_that_somebody_chose_holds():
    """Who tells pandas to show so many characters of a cell gets no more, here as elsewhere."""
    table = table_of([("word " * 40 + "end",)], ["what it does"])
    with pd.option_context("display.max_colwidth", 20):
        assert "word word word w..." in table._repr_html_()


def test_a_styled_table_is_words(tables):
    """So is a table that was styled, however its numbers are formatted and whatever is hidden."""
    for table in tables:
        styles = [
            table.style,
            table.style.format(precision=2),
            table.style.format_index(lambda label: f"{label} "),
        ]
        styles += [table.style.hide(axis="columns"), table.style.set_caption("c").format({"name": str.upper})]
        for style in styles:
            html = style.to_html() + style._repr_html_()
            assert "<img" not in html.lower()
            assert "$x$" not in html.lower()
            assert "<na>" not in html.lower()


def test_a_table_is_a_dataframe_like_any_other(tables):
    """Its values are the texts themselves, and it can be copied, kept and joined."""
    segments = tables[0]
    assert isinstance(segments, pd.DataFrame)
    assert segments["name"].tolist() == [printable(EVIL)]
    assert pickle.loads(pickle.dumps(segments)).equals(segments)  # noqa: S301 - our own bytes
    assert copy.deepcopy(segments).equals(segments)
    assert isinstance(pd.concat([segments, segments]), Table)
    assert segments["duration_ms"].dtype == "Int64"
    assert table_of([], ["a"]).columns.tolist() == ["a"]
    assert table_of([("a\x1b[31mb",)], ["x"]).loc[0, "x"] == "ab"
