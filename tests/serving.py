"""The studio's command as a process, and what it says instead of serving."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager

from waiting import PATIENCE_S

from nemo_widgets.studio import __main__ as command

__all__ = ["EVERYWHERE", "refused", "serving"]

EVERYWHERE = "0.0.0.0"  # noqa: S104 - that is what is tried


@contextmanager
def serving(*options, data, **environment):
    """The command, the line that it prints, and where it is reached from here."""
    words = [sys.executable, "-m", "nemo_widgets.studio", "serve", "--data", str(data), *map(str, options)]
    process = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | environment
    )
    try:
        line = process.stdout.readline()
        assert line, process.stderr.read()
        told = json.loads(line)
        yield process, told, told["url"].replace(EVERYWHERE, "127.0.0.1")
    finally:
        process.send_signal(signal.SIGTERM)
        _, process.told = process.communicate(timeout=PATIENCE_S)


def refused(capsys, monkeypatch, *options):
    """What the command says instead of serving: one line on standard error."""
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    assert command.main(["serve", *map(str, options)]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err
