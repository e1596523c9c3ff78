"""Who looks for tokens finds them: wherever they are planted, however they are disguised."""

import base64
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from canary import MARK, files_with_tokens, holds_token

HERE = Path(__file__).parent
TOKEN = MARK + "planted-0123456789_x"

DISGUISES = {
    "plain": lambda token: token.encode(),
    "in a line": lambda token: f"GET /x?token={token}&y=1".encode(),
    "in JSON": lambda token: json.dumps({"cells": [{"outputs": [json.dumps({"t": token})]}]}).encode(),
    "UTF-16": lambda token: token.encode("utf-16"),
    "UTF-16, the other way round": lambda token: token.encode("utf-16-be"),
    "base64": lambda token: base64.b64encode(token.encode()),
    "base64 after one byte": lambda token: base64.b64encode(b"a" + token.encode()),
    "base64 after two bytes": lambda token: base64.b64encode(b"ab" + token.encode()),
    "base64 for the web": lambda token: base64.urlsafe_b64encode(b"user:" + token.encode()),
    "base64 in short lines": lambda token: base64.encodebytes(b"x" * 50 + token.encode()),
    "in a URL": lambda token: quote(token, safe="").encode(),
    "in a URL, all of it": lambda token: "".join(f"%{byte:02X}" for byte in token.encode()).encode(),
    "hex": lambda token: token.encode().hex().encode(),
}


@pytest.fixture
def outside():
    """A folder that is not below pytest's, where the real check would find what is planted."""
    with tempfile.TemporaryDirectory(prefix="planted-") as folder:
        yield Path(folder)


@pytest.mark.parametrize("how", DISGUISES)
def test_a_token_is_found_in_every_disguise(how):
    """In whatever encoding a token comes, it is found."""
    assert holds_token(b"some words before " + DISGUISES[how](TOKEN) + b" and after")


def test_words_about_tokens_are_none():
    """What only speaks of tokens, or hides one, is left alone."""
    for told in (f"{MARK}…", f"a token begins with {MARK}", f'"token": "{MARK}•••"', "Bearer •••"):
        assert not holds_token(told.encode())


def test_a_token_is_found_in_every_kind_of_file(outside):
    """A notebook, a database, a log deep in a folder: each that holds a token is named."""
    (outside / "a.ipynb").write_text(json.dumps({"cells": [], "metadata": {"widgets": {"state": TOKEN}}}))
    with closing(sqlite3.connect(outside / "b.sqlite3")) as base:
        base.execute("CREATE TABLE t (x TEXT)")
        base.execute("INSERT INTO t VALUES (?)", (TOKEN,))
        base.commit()
    (outside / "deep" / "er").mkdir(parents=True)
    (outside / "deep" / "er" / "c.log").write_bytes(b"x" * 70_000_000 + TOKEN.encode())
    (outside / "clean.txt").write_text("nothing")
    assert [path.name for path in files_with_tokens(outside)] == ["a.ipynb", "b.sqlite3", "c.log"]


def test_only_a_private_file_of_the_clients_own_may_hold_one(outside):
    """The client's file for its token may hold it, as long as nobody else can read it; no other file may."""
    kept, other = outside / "token-0123456789abcdef.json", outside / "notes.json"
    for path in (kept, other):
        path.touch(0o600)
        path.write_text(TOKEN)
    assert files_with_tokens(outside) == [other]
    kept.chmod(0o640)
    assert files_with_tokens(outside) == [other, kept]


LEAKING = """
import logging, shutil, tempfile
from pathlib import Path

def test_a_file(tmp_path, token):
    (tmp_path / "left.txt").write_text(token)

def test_a_log(token):
    logging.getLogger("some.library").debug("sent %s", {"Authorization": token})

def test_a_traceback(token):
    try:
        raise ValueError(token)
    except ValueError:
        logging.exception("it failed")

def test_a_print(token):
    print(token)

def test_a_folder(token):
    folder = Path(tempfile.mkdtemp(prefix="nemo-"))
    (folder / "removed.txt").write_text(token)
    shutil.rmtree(folder)
"""
QUIET = """
import logging

def test_nothing(tmp_path, token):
    (tmp_path / "left.txt").write_text(token[:8])
    logging.getLogger("some.library").debug("sent")
"""
FIXTURE = f"""
import pytest

@pytest.fixture
def token():
    return {MARK[:4]!r} + {MARK[4:] + "leaked-0123456789"!r}
"""


@pytest.fixture
def session(outside):
    """Runs a module of tests in a session of its own, with our conftest; its exit code and what it says."""
    for name in ("conftest.py", "canary.py", "limits.py", "sharing.py"):
        shutil.copy(HERE / name, outside)

    def run(code):
        (outside / "test_inner.py").write_text(FIXTURE + code)
        options = ["--import-mode=importlib", "-o", f"pythonpath={outside}", "-p", "no:cacheprovider", "-q"]
        options += ["--rootdir", str(outside), "-c", "/dev/null", "--basetemp", str(outside / "base")]
        command = [sys.executable, "-m", "pytest", *options, str(outside / "test_inner.py")]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=outside)
        return ended.returncode, ended.stdout

    return run


def test_a_session_that_lets_tokens_out_fails(session):
    """Tests that pass fail as a session where a token was left, logged or printed; each place is named."""
    code, said = session(LEAKING)
    assert (code, "5 passed" in said) == (1, True), said
    told = said.partition("A token was let out")[2]
    for place in (
        "test_a_file0/left.txt",
        "the logger some.library in test_inner.py::test_a_log",
        "the logger root in test_inner.py::test_a_traceback",
        "stdout call of test_inner.py::test_a_print",
        "removed.txt, since removed",
    ):
        assert place in told
    assert "leaked-0123456789" not in said


def test_a_session_without_leaks_is_left_alone(session):
    """Where nothing was let out, nothing is said."""
    code, said = session(QUIET)
    assert (code, "1 passed" in said, "A token" in said) == (0, True, False), said
