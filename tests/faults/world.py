"""A studio and a client, each a process that can be killed and started again, with a proxy between them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from PIL import Image
from waiting import PATIENCE_S

from nemo_widgets.journal import Journal
from nemo_widgets.testing import Proxy

if TYPE_CHECKING:
    from nemo_widgets.testing import Exchange

TOKEN = "nmv_usr_canary_of_the_machine"

_HERE = Path(__file__).parent


class Studio:
    """`nemo-studio serve`, always over the same folder and at the same port."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "studio"
        self._log = folder / "studio.err"
        self._port = 0
        self.url = ""
        self._process: subprocess.Popen[str] | None = None
        self.start()

    @property
    def alive(self) -> bool:
        return self._process is not None

    def start(self) -> None:
        # A pause between the words of an answer leaves time to break it in the middle.
        options = ["--data", str(self.data), "--port", str(self._port)]
        options += [f"--set={one}" for one in ("text_pause=0.02", "message_cost=1", "credits=100000")]
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "nemo_widgets.studio", "serve", *options],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=os.environ | {"NEMO_STUDIO_TOKEN": TOKEN},
            )
        line = self._process.stdout.readline()
        assert line, f"the studio did not start: {self._log.read_text()[-2000:]}"
        self.url = json.loads(line)["url"]
        self._port = int(self.url.rpartition(":")[2])

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


class Driver:
    """`driver.py`, and what was asked of it and is not answered yet."""

    def __init__(self, folder: Path) -> None:
        self.errors = folder / "driver.err"
        (folder / "home").mkdir(exist_ok=True)
        env = {key: value for key, value in os.environ.items() if not key.startswith("NEMO_")}
        env |= {"NEMO_TOKEN": TOKEN, "HOME": str(folder / "home"), "NEMO_JOURNAL": str(folder / "none")}
        with self.errors.open("a") as errors:
            self._process = subprocess.Popen(
                [sys.executable, str(_HERE / "driver.py")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env=env,
                cwd=folder,
            )
        self.alive = True
        self._asked = 0
        self._told: dict[int, dict[str, Any]] = {}
        self._news = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def ask(self, do: str, **what: Any) -> int:
        """Give a command, without waiting for its answer."""
        self._asked += 1
        self._process.stdin.write(json.dumps({"n": self._asked, "do": do, **what}) + "\n")
        self._process.stdin.flush()
        return self._asked

    def wait(self, number: int, seconds: float = PATIENCE_S) -> dict[str, Any]:
        """The answer to a command."""
        with self._news:
            there = self._news.wait_for(lambda: number in self._told or not self._reader.is_alive(), seconds)
            assert there, f"no answer within {seconds} s"
            assert number in self._told, f"the client died: {self.errors.read_text()[-2000:]}"
            return self._told[number]

    def kill(self) -> None:
        if self.alive:
            self.alive = False
            self._process.kill()
            self._process.wait()
            self._reader.join()
            for pipe in (self._process.stdin, self._process.stdout):
                pipe.close()

    def _read(self) -> None:
        for line in self._process.stdout:
            with self._news:
                try:
                    told = json.loads(line)
                except ValueError:  # a line that the kill broke off
                    continue
                self._told[told["n"]] = told
                self._news.notify_all()


class World:
    """All of it, for as many examples as there are; each has a journal and a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pictures = []
        for name, shade in (("one", 40), ("two", 120), ("three", 200)):
            self.pictures.append(str(folder / f"{name}.png"))
            Image.new("L", (16, 16), shade).save(self.pictures[-1])
        self.studio = Studio(folder)
        self.proxy = Proxy(self.studio.url)
        self.proxy.__enter__()
        self.driver = Driver(folder)
        self._examples = 0
        self.place = folder
        self.story: list[str] = []
        self.begun = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.driver.kill()
        self.studio.kill()
        self.proxy.__exit__(None, None, None)

    @property
    def journal(self) -> Journal:
        """The present example's journal."""
        return Journal(self.place / "journal")

    @property
    def log(self) -> list[Exchange]:
        """What went through the proxy in this example."""
        return self.proxy.log

    def fresh(self) -> None:
        """Begin an example: everything works, and nothing was done yet."""
        self._examples += 1
        self.place = self.folder / f"example-{self._examples}"
        self.place.mkdir()
        self.story = []
        self.begun = time.monotonic()
        self.proxy.log.clear()
        self.mend()

    def mend(self) -> None:
        """Take all faults away, and start what does not run."""
        self.tell("everything is mended")
        self.proxy.clear()
        if not self.studio.alive:
            self.start_the_studio()
        if not self.driver.alive:
            self.start_the_client()

    def put_away(self) -> None:
        """After an example that failed: nothing of it may reach the next."""
        self.driver.kill()
        self.driver.errors.unlink()
        self.studio.kill()

    def kill_the_client(self) -> None:
        self.driver.kill()
        self.tell("the client is killed")

    def start_the_client(self) -> None:
        self.driver = Driver(self.folder)
        self.tell("the client is started")

    def kill_the_studio(self) -> None:
        self.studio.kill()
        self.tell("the studio is killed")

    def start_the_studio(self) -> None:
        self.studio.start()
        self.tell("the studio is started")

    def paid(self) -> int:
        """What the user's messages have cost so far, by the balance."""
        request = urllib.request.Request(  # noqa: S310 - our own studio
            f"{self.studio.url}/api/credits/balance/simple", headers={"Authorization": f"Bearer {TOKEN}"}
        )
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310 - likewise
            return 100_000 - json.load(answer)["data"]["total"]

    def tell(self, what: str) -> None:
        """Note what happened, for who has to find out why something went wrong."""
        self.story.append(f"{time.monotonic() - self.begun:7.2f} s  {what}")
