"""Exports that are under way together: no job is made twice, and no file is written by two of them."""

from contextlib import suppress

import pytest
from limits import UNHURRIED
from waiting import until

from nemo_widgets.client import AsyncClient, ClientSettings
from nemo_widgets.errors import Cancelled, NemoError, UsageError
from nemo_widgets.journal import Journal, Place
from nemo_widgets.loop import blocking, submit
from nemo_widgets.running import Connection, ExportRun
from nemo_widgets.testing import FastClock, ScriptedBackend

SUBMIT = "POST /api/render/proxy/lambda"
DRAFT = {"t": [{"tt": 0, "sg": [{"d": 9000, "m": {"src": "s", "name": "talk", "in": 0, "out": 9000}}]}]}


@pytest.fixture
def exports(tmp_path, monkeypatch):
    """A backend on which nothing is ever rendered to its end, and a function that begins an export there."""
    monkeypatch.chdir(tmp_path)
    clock, begun = FastClock(100), []
    with ScriptedBackend(clock=clock) as backend:

        async def opened():
            settings = ClientSettings(clock=clock, poll_s=1, **UNHURRIED)
            client = AsyncClient(base_url=backend.url, token="nmv_usr_given", settings=settings)
            made = await client.create_session("en")
            backend.draft = DRAFT
            place = Place(backend.url, made.session_id, made.task_id)
            return Connection(client, made.session_id, place, Journal(tmp_path / "runs"))

        link = blocking(submit(opened()))

        def export(name=None):
            backend.render([10])
            begun.append(ExportRun(link, name))
            return begun[-1]

        yield backend, export
        for run in begun:
            run.cancel()
            with suppress(NemoError):
                run.result()
        blocking(submit(link.client.aclose()))


def test_the_same_export_twice_is_one_job(exports):
    """A file that is being exported is not exported beside that: the second is refused, unsent."""
    backend, export = exports
    first = export("a.mp4")
    with pytest.raises(UsageError, match=rf"a\.mp4 is being exported already, by {first.id}\."):
        export("./a")
    until(lambda: backend.renders)
    assert len(backend.requests_to(SUBMIT)) == 1
    first.cancel()
    with pytest.raises(Cancelled, match=r"Cancelled: no file was written\."):
        first.result()
    export("a.mp4")
    until(lambda: len(backend.renders) == 2)


def test_exports_without_a_name_write_two_files(exports):
    """The name that an export takes for itself is none that another one is about to write."""
    backend, export = exports
    runs = [export(), export()]
    until(lambda: len(backend.renders) == 2)
    assert sorted(run.target.name for run in runs) == ["talk-edited-2.mp4", "talk-edited.mp4"]
    assert [request.json["draft"] for request in backend.requests_to(SUBMIT)] == [DRAFT] * 2
