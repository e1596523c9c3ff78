"""A client that follows a script, and the connections of runs to it."""

import asyncio
import threading
from types import SimpleNamespace

import pytest
from waiting import PATIENCE_S

from nemo_widgets.client import ClientSettings, MediaFile, State
from nemo_widgets.draft import Draft
from nemo_widgets.errors import UploadError
from nemo_widgets.journal import Journal
from nemo_widgets.loop import blocking, submit
from nemo_widgets.running import Connection
from nemo_widgets.testing import FastClock


def _draft(seconds, name="talk"):
    segment = {"d": seconds * 1000, "m": {"src": "s", "name": name, "in": 0, "out": seconds * 1000}}
    return Draft({"t": [{"tt": 0, "sg": [segment]}]})


class Scripted:
    """A client that plays `script` for every message: events, errors to raise, seconds or gates to wait for.

    `states` are what is read after a message was sent, in order, the last one again and again: drafts, or
    errors to raise. With `ledger` None it is a server that keeps none.
    """

    def __init__(self, script=(), after=None, *, studio=True, states=(), ledger=None):
        self.script, self.is_studio = script, studio
        self.before, self.after = _draft(10), after or _draft(10)
        self.states = list(states)
        self.found = ledger
        self.marked = False
        self.clock = FastClock(1000)
        self.settings = ClientSettings(clock=self.clock)
        self.sent, self.keys, self.stopped, self.made = [], [], [], []
        self.inside = self.most = self.reads = 0

    async def state(self, session_id):
        del session_id
        self.reads += 1
        if not self.sent:
            found = self.before
        else:
            found = self.states.pop(0) if len(self.states) > 1 else (self.states or [self.after])[0]
        if isinstance(found, BaseException):
            raise found
        if isinstance(found, State):
            return found
        return State(found)

    async def ledger(self, session_id, only=None):
        del session_id, only
        if isinstance(self.found, BaseException):
            raise self.found
        return self.found(self.keys) if self.found else None

    async def create_session(self, language="en", name="project"):
        del name
        self.made.append(language)
        return SimpleNamespace(session_id="77", task_id="t2")

    async def chat(self, session_id, text, *, key="", version=None, draft=None, raw=None, ended=None):
        del session_id
        self.sent.append(text)
        self.keys.append(key)
        self.inside += 1
        self.most = max(self.most, self.inside)
        try:
            for step in self.script:
                if isinstance(step, (int, float)):
                    await asyncio.sleep(step)
                elif isinstance(step, threading.Event):
                    await asyncio.to_thread(step.wait, PATIENCE_S)
                elif isinstance(step, BaseException):
                    raise step
                else:
                    raw(SimpleNamespace(data=f"<{type(step).__name__}>"))
                    yield step
            ended(self.marked)
        finally:
            self.inside -= 1

    async def cancel_chat(self, session_id, key=""):
        del key
        self.stopped.append(session_id)
        return self.inside > 0

    async def withdraw_chat(self, session_id, key):
        found = await self.ledger(session_id)
        return found is not None and key not in [message.key for message in found.messages]

    async def upload(self, session_id, paths, progress=None, *, key="", turn=None):
        del session_id
        name = paths[0].name
        self.keys.append(key)
        for sent in (0, 50, 100):
            progress(SimpleNamespace(path=paths[0], sent=sent, total=100, done=False, whole=sent == 100))
            await asyncio.sleep(20 if "slow" in name and sent else 0)
        await turn()
        if "bad" in name:
            raise UploadError(f"{name} is empty.")
        self.sent.append(name)
        return [MediaFile(name, "video", duration=1.0, width=2, height=2)]


@pytest.fixture
def draft():
    """Makes a draft of one clip of so many seconds."""
    return _draft


@pytest.fixture
def scripted():
    """Makes a client that follows a script."""
    return Scripted


@pytest.fixture
def connection(tmp_path):
    """Makes a connection of a client, with a journal of its own."""

    def make(client):
        async def made():
            return Connection(client, "55", journal=Journal(tmp_path / "journal"))

        return blocking(submit(made()))

    return make
