"""The grammar's patterns, kept from one program to the next."""

import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from zlib import compress

import pytest

from nemo_widgets.studio.agent import compiled
from nemo_widgets.studio.agent.language.vocabulary import vocabulary

FIRST, SECOND = r"(?P<what>cut|删掉)\s+(?P<n>\d+)", "[a-zé\ue000]{2,}(?!x)"

UNPACKED = json.dumps({FIRST: [34, "AAAA", 2, {}, [None]]})
WRONG = json.dumps({FIRST: [34, b64encode(compress(bytes(range(64)))).decode(), 2, {}, [None]]})


@pytest.fixture
def program(monkeypatch, tmp_path):
    """Begins anew, as another program of the same user does; gives the file in which patterns are kept."""

    def begin():
        for remembered in (compiled.rx, compiled._kept):
            remembered.cache_clear()
        compiled._new.clear()
        return compiled._path()

    monkeypatch.setenv("NEMO_CACHE", str(tmp_path))
    monkeypatch.setattr(compiled, "_new", {})
    begin()
    yield begin
    begin()


def test_what_was_kept_is_what_re_makes(program, monkeypatch):
    """A pattern is compiled by one program alone, and is the very same in the next one."""
    for pattern in (FIRST, SECOND):
        assert compiled.rx(pattern) == re.compile(pattern, re.IGNORECASE)
    compiled.keep()
    program()
    monkeypatch.setattr(compiled, "_make", None)
    for pattern in (FIRST, SECOND):
        assert compiled.rx(pattern) == re.compile(pattern, re.IGNORECASE)
    assert compiled.rx(FIRST).fullmatch("CUT 12").groupdict() == {"what": "CUT", "n": "12"}


def test_what_is_added_leaves_the_rest(program):
    """A pattern that is compiled later is kept beside those that were there."""
    for pattern in (FIRST, SECOND):
        compiled.rx(pattern)
        compiled.keep()
        path = program()
    assert set(json.loads(path.read_text())) == {FIRST, SECOND}


@pytest.mark.parametrize(
    "held",
    [
        "",
        "[1]",
        "{",
        "\0",
        json.dumps({FIRST: None}),
        json.dumps({FIRST: [34, "AAAA", 2, {}, [None]]}),
        WRONG,
    ],
    ids=["empty", "list", "half", "zero", "null", "packed", "code"],
)
def test_a_broken_file_is_passed_over(program, held):
    """Whatever stands there, the grammar reads."""
    path = program()
    path.parent.mkdir()
    path.write_text(held)
    assert compiled.rx(FIRST) == re.compile(FIRST, re.IGNORECASE)


def test_no_cache_is_no_trouble(program, monkeypatch, tmp_path):
    """Where nothing can be written, patterns are compiled."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NEMO_CACHE", str(tmp_path / "file"))
    program()
    assert compiled.rx(FIRST).fullmatch("cut 1")
    compiled.keep()


def test_the_whole_grammar_is_kept(tmp_path):
    """Every pattern that a studio warms up is in the file when it has; each is what `re` makes of it."""
    code = "from nemo_widgets.studio.agent import warm_up; warm_up()"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "NEMO_CACHE": str(tmp_path)})
    (path,) = (tmp_path / "grammar").iterdir()
    kept = json.loads(path.read_text())
    assert len(kept) > 500
    for pattern, made in kept.items():
        assert compiled._pattern(pattern, made) == re.compile(pattern, re.IGNORECASE)


@pytest.mark.usefixtures("program")
def test_what_was_compiled_teaches_no_words():
    """The words that spelling is corrected to are those of the rules, whatever was compiled before."""
    compiled.rx("quixotry")
    vocabulary.cache_clear()
    words = vocabulary()
    vocabulary.cache_clear()
    assert "remove" in words
    assert "quixotry" not in words
