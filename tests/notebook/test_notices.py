"""What the client has to wait for is seen, second by second."""

import re

import pytest

WATCH = """
from IPython import get_ipython
seen = []
publish = get_ipython().display_pub.publish
def watching(data, metadata=None, **more):
    seen.append(data.get("text/plain", ""))
    publish(data, metadata, **more)
get_ipython().display_pub.publish = watching
"""
READY = """
import asyncio
import nemo_widgets as nemo
from nemo_widgets.testing import FastClock, ScriptedBackend

class Stepping(FastClock):
    async def sleep(self, seconds):
        await asyncio.sleep(seconds / 40)
        self.advance(seconds)

backend, clock = ScriptedBackend().open(), Stepping(0)
"""
"""A clock that only sleeps move on: a machine that stands still passes none of its seconds over."""


def counted(text):
    """Whether the seconds went down from about thirty; what is shown may pass some of them over."""
    seconds = [int(found) for found in re.findall(r"Trying again in (\d+) s\.", text)]
    return len(seconds) > 2 and 20 < seconds[0] <= 30 and seconds == sorted(seconds, reverse=True)


@pytest.fixture(scope="module")
def limited(kernel):
    """A kernel with a scripted backend that is asked too often, once."""
    assert kernel.run(READY).error is None
    assert kernel.run(WATCH).error is None
    return kernel


def test_connecting_counts_down(limited):
    """429 on the token request: 30 s are waited, once, and the seconds are told."""
    limited.run("backend.error('/api/auth/anonymous-token', code=429, times=1)")
    shown = limited.run("s = nemo.connect(url=backend.url, settings=nemo.ClientSettings(clock=clock))")
    assert shown.error is None
    assert counted(limited.run("print(seen)").text)
    assert "Waited, as the server asked for." in shown.text
    assert "Connected to" in shown.text


def test_a_read_counts_down(limited):
    """429 on a read is waited for in the same way."""
    limited.run("seen.clear(); backend.error('/api/credits', code=429, times=1)")
    assert limited.run("%nemo credits").error is None
    assert counted(limited.run("print(seen)").text)


def test_a_run_counts_down(limited):
    """429 on a message is waited for, and the message is sent once that the server takes it."""
    limited.run("notes = []\nbackend.error('/run_sse', status=429, times=1)")
    limited.run("run = s.start('cut')\nrun.on_update(lambda: notes.append(run.note))\nrun.result()")
    assert counted(limited.run("print(notes)").text)
    assert limited.run("print(backend.messages, run.outcome)").text == "['cut'] done"
