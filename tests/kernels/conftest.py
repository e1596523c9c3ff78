"""Kernels of three versions, and a studio whose agent works until it is stopped."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest
from kernels.driver import Kernel
from kernels.versions import KERNELS, PLACES, specs

from nemo_widgets.studio.agent.world import Done, Heartbeat, Text
from nemo_widgets.studio.launch import launch
from nemo_widgets.studio.settings import Settings


class Worker:
    """An agent that says a word and then works until it is stopped; "hello" it answers at once."""

    def __init__(self):
        self.begun, self.stopped = threading.Event(), threading.Event()

    def turn(self, text, world):
        self.begun.set()
        yield Text("Working")
        try:
            while "hello" not in text:
                time.sleep(0.02)
                yield Heartbeat()
        except GeneratorExit:
            self.stopped.set()
            raise
        yield Done(None, "Working")


class Company:
    """Starts one kernel a version when it is first wanted, all of them connected to one studio."""

    def __init__(self, root, problems, folder, home):
        self._root, self._problems, self.folder = root, problems, folder
        self.worker = Worker()
        self.studio = launch(home / "data", agent=self.worker, settings=Settings(text_pause=0))
        mine = {"HOME": str(home), "IPYTHONDIR": str(home / "ipython"), "NEMO_STUDIO_DATA": str(home / "own")}
        mine |= {"NEMO_API_URL": self.studio.url, "NEMO_TOKEN": self.studio.token}
        self._env = {**os.environ, **mine}
        self._running = {}

    def fresh(self, name):
        """A kernel of that version that nobody else uses; it really is of that version."""
        if self._problems[name]:
            pytest.skip(f"could not be installed: {self._problems[name]}")
        kernel = Kernel(self._root, name, self.folder, self._env)
        wanted = next(v.wanted for v in KERNELS if v.name == name)
        assert kernel.version.startswith(wanted), f"the kernel runs ipykernel {kernel.version}"
        return kernel

    def connected(self, name):
        if name not in self._running:
            kernel = self._running[name] = self.fresh(name)
            kernel.asked("%load_ext nemo_widgets\n%nemo connect")
            kernel.asked("import threading, time\nimport nemo_widgets as nemo\nsession = nemo.current()")
        return self._running[name]

    def stop(self):
        for kernel in self._running.values():
            kernel.stop()
        self.studio.stop()


@pytest.fixture(scope="session")
def kernel_specs(request, tmp_path_factory):
    """The folder with the kernelspecs, and by name why one could not be installed ("" if it was)."""
    root = tmp_path_factory.mktemp("specs")
    return root, specs(request.config.cache.mkdir("ipykernels"), root)


@pytest.fixture(scope="session")
def company(kernel_specs, tmp_path_factory):
    """The kernels by name, and the studio."""
    made = Company(*kernel_specs, tmp_path_factory.mktemp("kernels"), tmp_path_factory.mktemp("home"))
    yield made
    made.stop()


@pytest.fixture(params=PLACES, ids=str, scope="module")
def place(request, company):
    """A connected kernel, and the subshell its front end sends comm messages to (None: the main one)."""
    kernel = company.connected(request.param.version.name)
    return kernel, kernel.subshell() if request.param.subshells else None


@pytest.fixture
def told(place):
    """Writes what was measured to the file that NEMO_KERNEL_TABLE names, if it names one."""
    kernel, subshell = place

    def tell(*what):
        if table := os.environ.get("NEMO_KERNEL_TABLE"):
            with Path(table).open("a", encoding="utf-8") as file:
                print(kernel.version, "subshells" if subshell else "plain", *what, sep=" | ", file=file)

    return tell
