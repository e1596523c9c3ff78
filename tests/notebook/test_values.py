"""A run in the background as another cell's value: the live view, and its end."""

import pytest
from limits import UNHURRIED
from waiting import PATIENCE_S, until

SET_UP = """
import threading
import nemo_widgets as nemo
from nemo_widgets.testing import FastClock, ScriptedBackend

backend = ScriptedBackend().open()
settings = nemo.ClientSettings(clock=FastClock(), **UNHURRIED)
s = nemo.connect(url=backend.url, token="made-up", settings=settings)
gate = threading.Event()
backend.reply("It is ten seconds long.")
backend.answer("GET /api/state", lambda usual: gate.wait(PATIENCE_S) and usual)
run = s.start("how long is it?")
""".replace("UNHURRIED", str(UNHURRIED)).replace("PATIENCE_S", str(PATIENCE_S))
MARK = 'class="nemo-run-'
"""Where a live view stands over its words."""


@pytest.fixture(scope="module")
def talking(kernel):
    """A kernel that is connected to a scripted backend."""
    assert kernel.run(SET_UP).error is None
    return kernel


def test_a_run_under_way_is_shown_as_it_goes_on(talking):
    """Where it is a cell's value its view lives, once a cell, and ends as words."""
    value = talking.run("run")
    assert value.error is None
    assert any(MARK in bundle.get("text/markdown", "") for bundle in value.bundles)
    assert "As it was at" not in value.text
    twice = talking.run("display(run)\nrun")
    assert sum(MARK in bundle.get("text/markdown", "") for bundle in twice.bundles) == 1
    assert talking.run("gate.set()\nrun.result().outcome").text.strip() == "'done'"
    cells = talking.notebook.cells[-3:-1]

    def ended():  # the views end a moment after the run
        talking.run("import time; time.sleep(0.1)")
        saved = [[output["data"] for output in cell.outputs] for cell in cells]
        live = any(MARK in data.get("text/markdown", "") for datas in saved for data in datas)
        return None if live else saved

    for datas in until(ended):
        assert sum("It is ten seconds long." in data.get("text/plain", "") for data in datas) == 1
    ended = talking.run("run")
    assert "It is ten seconds long." in ended.text
