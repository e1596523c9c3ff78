"""The studio's log never gets into the notebook of who runs it, whatever becomes of its file."""

import asyncio
import errno
import logging
import re
import shutil
from pathlib import Path

import pytest

from nemo_widgets.disguises import Disguises
from nemo_widgets.redaction import remember
from nemo_widgets.studio.logs import Log, LoopTrouble

_log = logging.getLogger("nemo_widgets.studio.requests")


@pytest.fixture
def log(tmp_path):
    made = Log(tmp_path)
    yield made
    made.close()


def lines(folder):
    path = folder / "studio.log"
    return [line.rpartition(": ")[2] for line in path.read_text().splitlines()] if path.is_file() else []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_log_on_a_full_disk_is_silent(tmp_path, capfd):
    """What can't be written is lost without a word, also as the log is closed; then it goes on."""
    (tmp_path / "studio.log").symlink_to("/dev/full")
    log = Log(tmp_path)
    for number in range(300):
        _log.info("lost %d", number)
    (tmp_path / "studio.log").unlink()
    _log.info("kept")
    log.close()
    assert lines(tmp_path) == ["kept"]
    (tmp_path / "studio.log").unlink()
    (tmp_path / "studio.log").symlink_to("/dev/full")
    log = Log(tmp_path)
    _log.info("lost")
    log.close()
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("log")
def test_log_that_was_taken_away_is_begun_anew(tmp_path, capfd):
    """A log whose file or folder is gone says nothing, and writes to a new file once that can be made."""
    _log.info("one")
    (tmp_path / "studio.log").unlink()
    _log.info("two")
    assert lines(tmp_path) == ["two"]
    shutil.rmtree(tmp_path)
    _log.info("three")
    tmp_path.write_text("")
    _log.info("four")
    tmp_path.unlink()
    tmp_path.mkdir()
    _log.info("five")
    assert lines(tmp_path) == ["five"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("log")
def test_every_message_is_one_line_without_secrets(tmp_path):
    """Whatever stands in an address or an error: no line is forged, no terminal obeys, no token is told."""
    secret = Disguises("made-up-secret-0123456789")
    remember(secret)
    forged = ("a\nERROR forged", "a\r\nforged", "a\x1b]0;title\x07\x1b[31m", "a\u2028forged\x85b")
    for words in (*forged, "made-up-secret-0123456789"):
        _log.info("GET /%s 404", words)
    error = ValueError("made%2Dup-secret-0123456789")
    _log.error("It failed", exc_info=error)
    text = (tmp_path / "studio.log").read_text()
    assert len(text.splitlines()) == len(forged) + 3
    assert "0123456789" not in text
    assert "ValueError: •••" in text
    assert not re.search("[\x1b\x07\r\x85\u2028]", text)


def test_standard_error_that_nobody_reads_is_no_trouble(tmp_path, monkeypatch, capfd):
    """A terminal that was closed, or a pipe without a reader, is not complained of."""

    class Closed:
        def write(self, _):
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")

        def flush(self):
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr("sys.stderr", Closed())
    log = Log(tmp_path, stderr=True)
    _log.info("one")
    log.close()
    monkeypatch.undo()
    assert lines(tmp_path) == ["one"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("log")
def test_event_loop_complains_to_the_log_and_once(tmp_path, capfd):
    """What asyncio would print a thousand times a second where no file can be opened is one line."""
    trouble, loop = LoopTrouble(), asyncio.new_event_loop()
    loop.set_exception_handler(trouble)
    for _ in range(1000):
        error = OSError(errno.EMFILE, "Too many open files")
        loop.call_exception_handler({"message": "socket.accept() out of system resource", "exception": error})
    loop.call_exception_handler({"message": "another", "exception": ValueError("x")})
    loop.close()
    told = (tmp_path / "studio.log").read_text()
    assert told.count("out of system resource: [Errno") == 1
    assert told.count("another") == 1
    assert "ValueError: x" in told
    assert capfd.readouterr() == ("", "")
