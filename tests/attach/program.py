"""A program that uses nemo-widgets and is killed at a certain point, or attaches to what such ones left.

`python program.py carry URL POINT ACT FILE…` and `python program.py attach URL JOURNAL…`; the token and the
journal are in the environment. A POINT is `before 2 nemo_widgets.journal:_save`: as that function is called
for the second time; `after 2 …`: as it has returned, or was awaited.
"""

from __future__ import annotations

import functools
import inspect
import itertools
import json
import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import nemo_widgets as nemo
from nemo_widgets.client import ClientSettings
from nemo_widgets.errors import NemoError
from nemo_widgets.journal import Journal

SETTINGS = ClientSettings(chunk=2048, progress_s=0, studio_poll_s=0.1)


def die() -> None:
    """As the system ends a process: without a word."""
    os.kill(os.getpid(), signal.SIGKILL)


def arm(point: str) -> None:
    """See to it that this process is killed there."""
    when, number, place = point.split()
    module, _, path = place.partition(":")
    *owners, name = path.split(".")
    owner = functools.reduce(getattr, owners, import_module(module))
    real, count = inspect.getattr_static(owner, name), itertools.count(1)
    function = real.__func__ if isinstance(real, classmethod) else real

    async def awaited(work: Any) -> Any:
        found = await work
        die()
        return found

    def wrapped(*args: Any, **options: Any) -> Any:
        due = next(count) == int(number)
        if due and when == "before":
            die()
        found = function(*args, **options)
        if due and inspect.isawaitable(found):
            return awaited(found)
        if due:
            die()
        return found

    setattr(owner, name, classmethod(wrapped) if isinstance(real, classmethod) else wrapped)


def tell(line: str) -> None:
    """Say it before anything else happens."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def carry(url: str, point: str, act: str, files: list[str]) -> None:
    """Do it, and die over it."""
    session = nemo.connect(url=url, settings=SETTINGS)
    if act != "upload":
        session.upload(*files)
    before = session.draft
    if act == "export as it was":
        session.edit("remove the first second")
    tell(session._connection.session_id)
    arm(point)
    match act:
        case "upload":
            session.upload(*files)
        case "edit":
            session.edit("remove the first second")
        case "export":
            session.export("out.mp4", resolution="180p")
        case "export as it was":
            session.export("out.mp4", resolution="180p", draft=before)


def attach(folders: list[str]) -> None:
    """Attach to what was left behind in each journal, and print what came of it, a line of JSON each."""
    for folder in folders:
        os.environ["NEMO_JOURNAL"] = folder
        found = [record.id for record in Journal().left()]
        told = {"left": found, "error": "", "outcome": "", "sentence": ""}
        for run_id in found:
            try:
                told["outcome"] = nemo.attach(run_id, settings=SETTINGS).outcome
            except NemoError as error:
                told |= {"error": type(error).__name__, "sentence": str(error)}
                told["outcome"] = nemo.current().runs[-1].outcome
        rows = nemo.runs()
        told |= {"states": rows["state"].tolist(), "still": [r.id for r in Journal().left()]}
        tell(json.dumps(told))


if __name__ == "__main__":
    if sys.argv[1] == "carry":
        os.chdir(Path(os.environ["NEMO_JOURNAL"]).parent)
        carry(sys.argv[2], sys.argv[3], sys.argv[4], sys.argv[5:])
    else:
        attach(sys.argv[2:])
