"""Looks for tokens in all that the tests leave behind, print and log, by the mark that each token bears.

Whatever a studio hands out begins with the mark, in whichever process it runs, and so do the tests' own
tokens. So nobody has to keep a list, and a token of a process that is long gone is found as well.
"""

from __future__ import annotations

import base64
import errno
import logging
import os
import re
import shutil
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MARK", "Watch", "files_with_tokens", "holds_token"]

MARK = "nmv_" + "usr_"
"""What a token begins with; in two pieces, so that a copy of this file is none."""
_TOKEN = re.compile(re.escape(MARK.encode()) + rb"[A-Za-z0-9_.~+/=-]{8}")
_OURS = re.compile(r"token-[0-9a-f]+\.json")
_CHUNK = 4 * 1024 * 1024
_SHORT, _MOST_SEEN = 500, 10_000


def _disguises() -> list[bytes]:
    """The mark as it looks in UTF-16, in base64 at each of the three places, in hex, and percent-encoded."""
    mark = MARK.encode()
    found = [MARK.encode("utf-16-le"), MARK.encode("utf-16-be"), mark.hex().encode()]
    found += [mark.hex().upper().encode(), re.sub(rb"(..)", rb"%\1", mark.hex().encode())]
    found += [re.sub(rb"(..)", rb"%\1", mark.hex().upper().encode()), rb"nmv%5Fusr%5F", rb"nmv%5fusr%5f"]
    for before in range(3):
        text = base64.b64encode(b"\0" * before + mark)
        # Only the characters that are made of the mark alone: their neighbours may be anything.
        found.append(text[-(-before * 8 // 6) : (before + len(mark)) * 8 // 6])
    return found


_DISGUISES = _disguises()


def holds_token(data: bytes) -> bool:
    """Whether a token stands in `data`, in the clear or in one of the usual encodings."""
    if MARK.encode() in data and _TOKEN.search(data):
        return True
    if any(disguise in data for disguise in _DISGUISES):
        return True
    if b"\0" in data or b"\n" not in data:
        return False
    lines = data.replace(b"\n", b"")  # base64 is often broken into lines
    return any(disguise in lines for disguise in _DISGUISES[-3:])


def files_with_tokens(folder: Path) -> list[Path]:
    """The files below `folder` that hold a token, but for the client's own that its owner alone may read."""
    found = []
    for place, _, names in os.walk(folder):
        for path in (Path(place, name) for name in names):
            try:
                if path.is_file() and not path.is_symlink() and _leaks(path):
                    found.append(path)
            except OSError:  # a lock or a socket of a process that is just going
                continue
    return sorted(found)


def _leaks(path: Path) -> bool:
    if _OURS.fullmatch(path.name) and not path.stat().st_mode & 0o077:
        return False
    with path.open("rb") as file:
        rest = b""
        for data in _pieces(file):
            if holds_token(rest + data):
                return True
            rest = data[-256:]
    return False


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """What is in a file, but for its holes: some tests make files of half a gigabyte with nothing in them."""
    size, at = os.fstat(file.fileno()).st_size, 0
    while at < size:
        if hasattr(os, "SEEK_DATA"):
            try:
                at = os.lseek(file.fileno(), at, os.SEEK_DATA)
            except OSError as error:
                if error.errno == errno.ENXIO:  # nothing but a hole is left
                    return
        file.seek(at)
        if not (data := file.read(_CHUNK)):
            return
        yield data
        at += len(data)


class Watch:
    """A plugin: hears every record of every logger, reads what tests print, and all files at the very end.

    Attributes:
        found: where a token was found, one sentence each; never the token itself.
    """

    def __init__(self) -> None:
        self.found: list[str] = []
        self._seen: set[str] = set()
        self._folders = [Path(__file__).parent / "browser" / "screens"]

    @contextmanager
    def watching(self, folder: Path) -> Iterator[None]:
        """Hear everything from now on, and look into `folder` at the session's end."""
        self._folders.append(folder)
        with self._listening(), self._looking():
            yield

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Look into what a test printed."""
        for name, content in report.sections:
            self._look(content, f"{name} of {report.nodeid}")

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Tests that let a token out have failed, whatever they say themselves."""
        for folder in self._folders:
            self.found += [str(path.relative_to(folder.parent)) for path in files_with_tokens(folder)]
        if self.found and not session.exitstatus:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say where it was."""
        if self.found:
            terminalreporter.section("A token was let out", red=True)
            for place in dict.fromkeys(self.found):
                terminalreporter.line(place)

    def _look(self, text: str, where: str) -> None:
        if holds_token(text.encode("utf-8", "replace")):
            self.found.append(where)

    @contextmanager
    def _listening(self) -> Iterator[None]:
        """Hear everything that is logged, at every level; for the handlers it is as if we were not there."""
        enabled, handle = logging.Logger.isEnabledFor, logging.Logger.callHandlers
        write_down = logging.Logger._log

        def log(logger: logging.Logger, level: int, msg: object, args: Any, **options: Any) -> None:
            # Most of what only we hear has been heard before, word for word: no record need be made of it.
            if options or not self._heard(msg, args) or enabled(logger, level):
                options["stacklevel"] = options.get("stacklevel", 1) + 1  # it is not from here
                write_down(logger, level, msg, args, **options)

        def hear(logger: logging.Logger, record: logging.LogRecord) -> None:
            self._hear(record)
            if enabled(logger, record.levelno):
                handle(logger, record)

        logging.Logger.isEnabledFor = lambda *_: True
        logging.Logger.callHandlers = hear
        logging.Logger._log = log
        try:
            yield
        finally:
            logging.Logger.isEnabledFor, logging.Logger.callHandlers = enabled, handle
            logging.Logger._log = write_down

    @contextmanager
    def _looking(self) -> Iterator[None]:
        """Look into folders outside of pytest's before they are removed, such as a Jupyter server's."""
        remove = shutil.rmtree

        def look_and_remove(path: Any, *args: Any, **options: Any) -> None:
            if isinstance(path, (str, Path)) and Path(path).name.startswith("nemo-"):
                self.found += [f"{file}, since removed" for file in files_with_tokens(Path(path))]
            remove(path, *args, **options)

        shutil.rmtree = look_and_remove
        try:
            yield
        finally:
            shutil.rmtree = remove

    def _heard(self, message: object, args: Any) -> bool:
        """Whether a record that says this was heard before."""
        try:
            return isinstance(message, str) and (message % args if args else message) in self._seen
        except Exception:  # noqa: BLE001 - somebody's wrong record
            return False

    def _hear(self, record: logging.LogRecord) -> None:
        try:
            said = record.getMessage()
        except Exception:  # noqa: BLE001 - somebody's wrong record, which no handler would have shown either
            said = f"{record.msg} {record.args}"
        if record.exc_info and record.exc_info[1] is not None:
            said += "".join(traceback.format_exception(record.exc_info[1]))
        if said in self._seen:  # most records say what others have said before
            return
        if holds_token(said.encode("utf-8", "replace")):
            test = os.environ.get("PYTEST_CURRENT_TEST", "no test")
            self.found.append(f"a record of the logger {record.name} in {test}")
        elif len(said) < _SHORT:
            if len(self._seen) >= _MOST_SEEN:
                self._seen.clear()
            self._seen.add(said)
