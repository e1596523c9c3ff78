"""`python -m nemo_widgets.draft`: show, diff and convert, in pipes and with files."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pandas as pd
import pytest

from nemo_widgets.draft import Draft
from nemo_widgets.draft.__main__ import main


def film(*lengths: int) -> dict:
    clips, start = [], 0
    for n, d in enumerate(lengths):
        meta = {"id": f"v{n}", "src": f"/c{n}.mp4", "name": f"c{n}", "in": 0, "out": d, "start": start}
        clips.append({"d": d, "m": {**meta, "volume": 1.0}})
        start += d
    return {"d": start, "m": {"fps": 30, "width": 640, "height": 360}, "t": [{"tt": 0, "sg": clips}]}


@pytest.fixture
def files(tmp_path):
    made = tmp_path / "a.json", tmp_path / "b.json"
    for path, data in zip(made, (film(3000, 2000), film(3000)), strict=True):
        path.write_text(json.dumps(data), encoding="utf-8")
    return [str(path) for path in made]


def test_show_tells_what_is_on_a_timeline(files, capsys):
    """In words, or as CSV; of several files each with its name."""
    assert main(["show", files[0]]) == 0
    assert "c0 (0-3s)" in capsys.readouterr().out
    assert main(["show", *files]) == 0
    assert f"{files[1]}: Timeline" in capsys.readouterr().out
    assert main(["show", "--csv", files[0]]) == 0
    table = pd.read_csv(io.StringIO(capsys.readouterr().out))
    assert table["duration_ms"].tolist() == [3000, 2000]


def test_diff_ends_as_diff_does(files, capsys):
    """Status 0 and nothing for the same, 1 and a sentence a line for others, 2 where something is wrong."""
    assert main(["diff", files[0], files[0]]) == 0
    assert capsys.readouterr().out == ""
    assert main(["diff", *files]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told == Draft(film(3000, 2000)).diff(Draft(film(3000)))["sentence"].tolist()
    assert main(["diff", "--csv", *files]) == 1
    assert pd.read_csv(io.StringIO(capsys.readouterr().out))["what"].tolist() == ["removed", "length"]
    assert main(["diff", files[0], "no such file"]) == 2
    assert "no such file" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["edl", "xml", "fcpxml", "csv", "v3", "json", "draft"])
def test_what_is_converted_is_read_back(files, tmp_path, ending):
    """To a file of each kind that can be read, and back to the same clips."""
    target, back = str(tmp_path / f"cut.{ending}"), str(tmp_path / "back.draft")
    assert main(["convert", files[0], target]) == 0
    assert main(["convert", target, back]) == 0
    draft = Draft.from_json((tmp_path / "back.draft").read_bytes())
    assert draft.segments["duration_ms"].tolist() == [3000, 2000]


def test_what_is_no_draft_is_refused_in_a_line(tmp_path, capsys):
    """No traceback: a kind that is not known, no JSON, another JSON, a format that can only be written."""
    for name, content, arguments in [
        ("a.mp4", b"x", ["show"]), ("a.draft", b"{", ["show"]), ("b.draft", b"[1]", ["show"]),
        ("a.srt", b"1", ["show"]), ("c.draft", b'{"t": []}', ["convert", "--to", "nothing"]),
    ]:  # fmt: skip
        path = tmp_path / name
        path.write_bytes(content)
        more = [str(tmp_path / "out")] if arguments[0] == "convert" else []
        assert main([*arguments, str(path), *more]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_it_stands_in_a_pipe():
    """Standard input and output, and hostile names are harmless in a terminal."""
    data = film(3000)
    data["t"][0]["sg"][0]["m"]["name"] = "\x1b[31mred\u202e"
    made = subprocess.run(
        [sys.executable, "-m", "nemo_widgets.draft", "convert", "-", "-"],
        input=json.dumps(data).encode(), capture_output=True, check=True,
    )  # fmt: skip
    assert json.loads(made.stdout) == data
    shown = subprocess.run(
        [sys.executable, "-m", "nemo_widgets.draft", "show", "-"],
        input=made.stdout,
        capture_output=True,
        check=True,
    )
    assert b"\x1b" not in shown.stdout
    assert "\u202e" not in shown.stdout.decode()
    assert b"red" in shown.stdout
