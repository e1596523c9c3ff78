"""Studios in processes of their own, which can be killed and put to sleep."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path

import psutil

__all__ = ["SLOW", "Process"]

SLOW = """
import json, pathlib, sys, threading, time
sys.path.append(TESTS)
from slow_exports import SlowExports
from nemo_widgets.draft import Draft
from nemo_widgets.studio import exports
from nemo_widgets.studio.agent.world import Done, Text
from nemo_widgets.studio.launch import launch

data = pathlib.Path(sys.argv[1])
folder = data.parent

class Slow:
    def turn(self, text, world):
        yield Text("I begin. ")
        if text.startswith("hold"):
            (folder / "held").touch()
            while not (folder / "go").exists():
                time.sleep(0.02)
        data = world.draft.data
        yield Done(Draft({**data, "m": {**data["m"], "title": text}}), "I begin. Done.")

exports.export = SlowExports(folder).export
studio = launch(data, agent=Slow())
print(json.dumps({"url": studio.url, "token": studio.token}), flush=True)
threading.Event().wait()
""".replace("TESTS", repr(str(Path(__file__).parents[2])))
"""A studio that gets stuck in messages that begin with "hold", and in exports, until
there is a file `go` beside its data folder."""


class Process:
    """A studio in a process of its own."""

    def __init__(self, command: list[str], log: Path) -> None:
        self.log = log
        # To a file: a pipe that nobody reads fills up, and what writes to it then stands still.
        with log.open("wb") as file:
            self.popen = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=file)
        line = self.popen.stdout.readline() if self.popen.stdout else b""
        assert line, self.last_words
        told = json.loads(line)
        self.url, self.token, self._killed = told["url"], told["token"], False

    def kill(self) -> None:
        """As when the system ends it. It stays a zombie until it is waited for."""
        assert self.popen.poll() is None, self.last_words
        self._killed = True
        self.popen.kill()

    def sleep(self) -> None:
        """As when the lid of a laptop is closed over it; it does when this returns."""
        self.popen.send_signal(signal.SIGSTOP)
        while psutil.Process(self.popen.pid).status() != psutil.STATUS_STOPPED:
            time.sleep(0.001)

    def wake(self) -> None:
        """And opened again."""
        self.popen.send_signal(signal.SIGCONT)

    def end(self) -> bool:
        """Kill it and say whether it lived until then, or was killed by the test."""
        lived = self._killed or self.popen.poll() is None
        self.popen.kill()
        self.popen.communicate()
        return lived

    @property
    def last_words(self) -> str:
        """What it wrote to standard error."""
        return f"the studio ended by itself ({self.popen.poll()}): {self.log.read_text()[-3000:]}"
