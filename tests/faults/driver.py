"""A client in a process of its own: each line of JSON is a command, each answer another one.

It is started with `python driver.py`, uses nothing but the public interface, and may be killed at any moment.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import Any

import nemo_widgets as nemo
from nemo_widgets.testing import FastClock

SPEED = 50
SETTINGS = nemo.ClientSettings(
    clock=FastClock(SPEED),
    attempts=2,
    backoff_s=5,
    backoff_most_s=10,
    read_s=2,
    upload_answer_s=3,
    connect_s=3,
    chat_stall_s=3 * SPEED,
    studio_poll_s=0.15 * SPEED,
)
"""What waits for a studio is about as quick as with a real clock; what waits for people passes at once."""

_writing = threading.Lock()


def carry_out(command: dict[str, Any]) -> Any:
    """Do what a command says, and tell what came of it."""
    told: Any = None
    match command:
        case {"do": "connect", "url": url, "journal": journal}:
            os.environ["NEMO_JOURNAL"] = journal
            told = repr(nemo.connect(url=url, settings=SETTINGS))
        case {"do": "attach", "run": run, "journal": journal}:
            os.environ["NEMO_JOURNAL"] = journal
            told = nemo.attach(run, settings=SETTINGS).outcome
        case {"do": "edit", "text": text}:
            edit = nemo.current().start(text).result()
            told = {"run": edit.id, "outcome": edit.outcome, "changed": len(edit.changed)}
        case {"do": "upload", "files": files}:
            told = len(nemo.current().start_upload(*files).result().files)
        case {"do": "export", "path": path}:
            output = {"resolution": "64x64", "quality": "low", "fps": 5}
            told = nemo.current().start_export(path, **output).result().state
        case {"do": "cancel"}:
            told = len(nemo.current().cancel())
        case {"do": "look"}:
            told = nemo.current().draft.data
    return told


def answer(command: dict[str, Any]) -> None:
    """Carry out one command, and say how it ended."""
    try:
        told = {"value": carry_out(command)}
    except BaseException as error:  # noqa: BLE001 - whatever it is, the test has to hear of it
        kind = type(error).__name__
        told = {"error": kind, "named": isinstance(error, nemo.NemoError), "message": str(error)}
    with _writing:
        sys.stdout.write(json.dumps({"n": command["n"], **told}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    for line in sys.stdin:
        threading.Thread(target=answer, args=(json.loads(line),), daemon=True).start()
